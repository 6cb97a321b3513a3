import type { Item, Questionnaire } from '../../content/survey-schema.ts'
import { at, dateIn, toWallTime } from '../../content/time.ts'
import {
  type AnswerRow,
  answersOf,
  insertHistory,
  insertRespondent,
  putAnswer,
  type RespondentRow,
  respondentByKey,
  respondentOfPerson,
  updateRespondent,
} from '../../db/queries/answer.ts'
import { wasThere } from '../../db/queries/invitation.ts'
import type { ResidentRow } from '../../db/queries/resident.ts'
import type { RoundRow } from '../../db/queries/round.ts'
import type { RoomId } from '../../db/schema.ts'
import type { Channel, RespondentId } from '../../db/schema-surveys.ts'
import type { Reader } from '../../db/store.ts'
import type { Work } from '../core/feature.ts'
import { isRight } from './awareness.ts'
import { respondentKey } from './keys.ts'

export type AnswerValue = number | readonly number[] | string

/** What somebody answered to the item at index `item`. */
export interface Given {
  readonly item: number
  readonly kind: 'answer' | 'unsure' | 'skip'
  readonly value?: AnswerValue
}

export interface Who {
  readonly key: string
  /** Missing on paper. */
  readonly resident?: ResidentRow
  readonly room?: RoomId
  readonly channel: Channel
}

export function questionnaireOf(round: RoundRow): Questionnaire {
  return JSON.parse(round.questionnaire) as Questionnaire
}

export function residentWho(
  db: Reader,
  round: RoundRow,
  resident: ResidentRow,
  channel: Channel,
  room?: RoomId,
): Who {
  const key = respondentKey(db, round, resident)
  return { key, resident, channel, ...(room === undefined ? {} : { room }) }
}

/**
 * Records answers of one person. A later answer takes the place of an earlier one, which is kept in the history.
 * The caller has checked that the round takes answers.
 */
export function record(
  work: Work,
  round: RoundRow,
  who: Who,
  given: readonly Given[],
): RespondentRow {
  const row = respondentOf(work, round, who)
  const { items } = questionnaireOf(round)
  const before = new Map(answersOf(work.tx, row.id).map((a) => [a.item, a]))
  const when = moment(work, round)
  for (const one of given) {
    const item = items[one.item]
    if (item === undefined) throw new Error(`round ${round.id} has no item ${one.item}`)
    const old = before.get(one.item)
    if (old) keep(work, old, when)
    putAnswer(work.tx, {
      respondent_id: row.id,
      item: one.item,
      round_id: round.id,
      building: row.building,
      counted: row.counted,
      kind: one.kind,
      value: one.kind === 'answer' ? JSON.stringify(one.value) : '',
      right: rightness(item, one),
      channel: who.channel,
      at: when,
    })
  }
  return summarise(work, round, row, items)
}

/** The person wants no more of this round. What was answered stays. */
export function refuse(work: Work, round: RoundRow, who: Who): void {
  const row = respondentOf(work, round, who)
  updateRespondent(work.tx, row.id, { state: 'refused', updated_at: moment(work, round) })
}

/** The respondent that a person is in a round, under the person's own key or that of an account merged into it. */
export function respondentFor(db: Reader, round: RoundRow, who: Who): RespondentRow | undefined {
  const own = respondentByKey(db, round.id, who.key)
  if (own?.counted === 1 || who.resident === undefined) return own
  return respondentOfPerson(db, round.id, who.resident.id) ?? own
}

const MAX_ID = 2 ** 47

function respondentOf(work: Work, round: RoundRow, who: Who): RespondentRow {
  const known = respondentFor(work.tx, round, who)
  if (known !== undefined) return known
  const hidden = round.anonymous === 1
  const when = moment(work, round)
  insertRespondent(work.tx, {
    // In turn, ids would tell who answered after whom.
    ...(hidden ? { id: work.env.random.int(MAX_ID) as RespondentId } : {}),
    round_id: round.id,
    key: who.key,
    resident_id: hidden ? null : (who.resident?.id ?? null),
    room_id: who.room ?? null,
    building: hidden ? '' : (who.resident?.home ?? ''),
    channel: who.channel,
    invited: who.resident && wasThere(work.tx, round, who.resident.id) ? 1 : 0,
    state: 'started',
    started_at: when,
    updated_at: when,
  })
  const made = respondentByKey(work.tx, round.id, who.key)
  if (made === undefined) throw new Error(`no respondent in round ${round.id}`)
  return made
}

/** Anonymous answers carry the day only. */
function moment(work: Work, round: RoundRow) {
  if (round.anonymous === 0) return work.now
  return at(dateIn(work.env.zone, work.now), toWallTime('00:00'), work.env.zone)
}

function keep(work: Work, old: AnswerRow, when: AnswerRow['at']): void {
  const { respondent_id, item, kind, value, channel, at } = old
  insertHistory(work.tx, { respondent_id, item, kind, value, channel, at, replaced_at: when })
}

/** For knowledge items; not knowing is not right. */
function rightness(item: Item, given: Given): 0 | 1 | null {
  if (item.type !== 'knowledge') return null
  if (given.kind !== 'answer') return 0
  const numbers = Array.isArray(given.value) ? (given.value as number[]) : [given.value as number]
  return isRight(
    item,
    numbers.map((n) => item.options[n - 1]?.id ?? ''),
  )
    ? 1
    : 0
}

function summarise(
  work: Work,
  round: RoundRow,
  row: RespondentRow,
  items: readonly Item[],
): RespondentRow {
  const answers = answersOf(work.tx, row.id)
  const done = nextItem(items, answers) === undefined
  updateRespondent(work.tx, row.id, {
    state: done ? 'completed' : 'started',
    answered: answers.filter((a) => a.kind !== 'skip').length,
    rights: answers.filter((a) => a.right === 1).length,
    updated_at: moment(work, round),
  })
  return respondentByKey(work.tx, round.id, row.key) ?? row
}

/** The index of the first item on this person's way through the questionnaire that has no answer yet. */
export function nextItem(
  items: readonly Item[],
  answers: readonly AnswerRow[],
): number | undefined {
  const given = new Map(answers.map((a) => [a.item, a]))
  for (let i = 0; i < items.length; ) {
    const answer = given.get(i)
    if (answer === undefined) return i
    i = after(items, i, answer)
  }
  return undefined
}

function after(items: readonly Item[], index: number, answer: AnswerRow): number {
  const rule = items[index]?.skip.find(({ when }) => fits(items[index], when, answer))
  if (rule === undefined) return index + 1
  return rule.to === 'end' ? items.length : items.findIndex((item) => item.id === rule.to)
}

function fits(
  item: Item | undefined,
  when: Item['skip'][number]['when'],
  answer: AnswerRow,
): boolean {
  if ('unknown' in when) return answer.kind === 'unsure'
  if (answer.kind !== 'answer') return false
  const value = JSON.parse(answer.value) as AnswerValue
  const numbers = Array.isArray(value) ? (value as number[]) : [value]
  if ('levels' in when) return numbers.some((n) => (when.levels as readonly unknown[]).includes(n))
  if (item === undefined || !('options' in item)) return false
  return numbers.some((n) => when.options.includes(item.options[Number(n) - 1]?.id ?? ''))
}
