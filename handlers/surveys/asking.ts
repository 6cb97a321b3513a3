import { phrase, type Say } from '../../content/i18n.ts'
import { dateIn, type Instant, plus, timeIn } from '../../content/time.ts'
import { participantsFrom } from '../../db/queries/answer.ts'
import { roomById } from '../../db/queries/room.ts'
import {
  asksOf,
  insertAsk,
  lastAskIn,
  type RoundRoomRow,
  type RoundRow,
  roundRooms,
  saveReached,
  saveTally,
  setAskOutbox,
} from '../../db/queries/round.ts'
import type { RoomId } from '../../db/schema.ts'
import { datePhrase } from '../core/dates.ts'
import type { Look, Work } from '../core/feature.ts'
import { enqueue } from '../core/outbox.ts'
import { anybodyMissing, invitedIn } from './invited.ts'
import { ALL_ITEMS, groupQuestion } from './question.ts'
import { questionnaireOf } from './record.ts'

/** Two reminders of a round in one group are at least so far apart, whatever the settings say. */
const REMINDER_GAP_HOURS = 48

/** When the next thing is to be said in a group for a round, and what. */
export interface NextSay {
  readonly at: Instant
  readonly kind: 'question' | 'reminder'
  readonly item: number
}

/**
 * What a group hears next of its round: the questions a day apart (or all at once), then at most two reminders.
 * Within the quiet gap after anything it heard from any survey, it waits.
 */
export function nextSay(look: Look, round: RoundRow, room: RoomId): NextSay | undefined {
  const { surveyRules } = look.env.content
  const asked = asksOf(look.db, round.id, room)
  const last = lastAskIn(look.db, room)
  const free = last === undefined ? undefined : plus(last, { hours: surveyRules.quietGapHours })
  const wait = (due: Instant) => (free !== undefined && free > due ? free : due)

  const questions = asked.filter((a) => a.kind === 'question').length
  const total = round.mode === 'all' ? 1 : questionnaireOf(round).items.length
  if (questions < total) {
    const item = round.mode === 'all' ? ALL_ITEMS : questions
    return { at: wait(plus(round.opens_at, { days: questions })), kind: 'question', item }
  }
  const reminders = asked.filter((a) => a.kind === 'reminder')
  const hours = surveyRules.remindHoursBefore[reminders.length]
  if (hours === undefined) return undefined
  const due = plus(round.closes_at, { hours: -hours })
  const before = reminders.at(-1)
  const apart = before === undefined ? due : plus(before.at, { hours: REMINDER_GAP_HOURS })
  return { at: wait(apart > due ? apart : due), kind: 'reminder', item: reminders.length }
}

/** Says what is due in a group. A reminder is only noted where everybody has answered. */
export function sayNext(work: Work, round: RoundRow, room: RoomId, next: NextSay): void {
  const ask = { round_id: round.id, room_id: room, kind: next.kind, item: next.item }
  if (!insertAsk(work.tx, { ...ask, at: work.now, outbox_id: null })) return
  if (next.kind === 'reminder' && !anybodyMissing(work, round, room)) return
  const outbox = enqueue(work, {
    to: { room },
    key: `survey:${round.id}:${room}:${next.kind}:${next.item}`,
    say: next.kind === 'question' ? question(work, round, room, next.item) : reminder(work, round),
    priority: 'notice',
    expires: round.closes_at,
  })
  if (outbox === undefined) return
  setAskOutbox(work.tx, ask, outbox)
  if (next.kind === 'question') reach(work, round)
}

/** The people of all groups in which the round was put so far, each once, of those invited. */
function reach(work: Work, round: RoundRow): void {
  const people = new Set(
    roundRooms(work.tx, round.id)
      .filter(({ room_id: room }) => asksOf(work.tx, round.id, room).length > 0)
      .flatMap(({ room_id: room }) => invitedIn(work, room, round.unit)),
  )
  saveReached(work.tx, round.id, Math.min(people.size, round.invited))
}

function question(work: Work, round: RoundRow, room: RoomId, index: number): Say {
  const lang = roomById(work.tx, room)?.lang ?? 'zh-CN'
  return groupQuestion(round, index, lang, work.env.content.community.botName)
}

function reminder({ env: { zone } }: Work, round: RoundRow): Say {
  return phrase('surveys.reminder', {
    title: questionnaireOf(round).title,
    day: datePhrase(dateIn(zone, round.closes_at)),
    time: timeIn(zone, round.closes_at),
  })
}

/** From when a group may be told how many have taken part: not too often, and only when it has changed. */
export function tallyAt(look: Look, round: RoundRow, room: RoundRoomRow): Instant | undefined {
  const { tallyMinutes } = look.env.content.surveyRules
  const changed = participantsFrom(look.db, round.id, room.room_id).all > room.tally_count
  return changed ? plus(room.tally_at ?? round.opens_at, { minutes: tallyMinutes }) : undefined
}

export function tally(work: Work, round: RoundRow, room: RoundRoomRow): void {
  const { all: count } = participantsFrom(work.tx, round.id, room.room_id)
  saveTally(work.tx, round.id, room.room_id, work.now, count)
  enqueue(work, {
    to: { room: room.room_id },
    key: `tally:${round.id}:${room.room_id}:${count}`,
    say: phrase('surveys.tally', { title: questionnaireOf(round).title, n: count }),
    priority: 'notice',
    expires: plus(work.now, { hours: 2 }),
  })
}
