import { type Phrase, phrase } from '../../content/i18n.ts'
import { currentSurvey, type Questionnaire } from '../../content/survey-schema.ts'
import { dateIn, type Instant, plus, timeIn } from '../../content/time.ts'
import { forgetInvited, participantsFrom } from '../../db/queries/answer.ts'
import { enabledRooms, type RoomRow } from '../../db/queries/room.ts'
import {
  forgetMoves,
  insertRound,
  insertRoundRoom,
  moveRound,
  type RoundRow,
  roundById,
  roundInRoom,
  roundRooms,
  roundsIn,
  saveAnswered,
} from '../../db/queries/round.ts'
import { audit } from '../../db/queries/trail.ts'
import type { ResidentId } from '../../db/schema.ts'
import type { RoundId } from '../../db/schema-surveys.ts'
import { datePhrase } from '../core/dates.ts'
import type { Work } from '../core/feature.ts'
import { err, ok, type Result } from '../core/result.ts'
import { invitedIn } from './invited.ts'
import { questionnaireOf } from './record.ts'
import { besideIn } from './report.ts'

export interface RoundPlan {
  readonly survey: string
  readonly period: string
  readonly mode: 'daily' | 'all'
  readonly unit: 'person' | 'household'
  readonly anonymous: boolean
  readonly days: number
}

/**
 * Opens a round now: the questionnaire, the groups and the number of people invited are frozen. A group takes part in
 * one round at a time; when every group is busy, or the same questionnaire is out, the round is refused.
 */
export function openRound(
  work: Work,
  by: ResidentId | undefined,
  plan: RoundPlan,
): Result<RoundRow, Phrase> {
  const survey = currentSurvey(work.env.content.surveys, plan.survey)
  if (survey === undefined) return err(phrase('surveys.error.unknown', { survey: plan.survey }))
  const rooms = enabledRooms(work.tx, 'residents').filter(
    (room) => roundInRoom(work.tx, room.id) === undefined,
  )
  const running = roundsIn(work.tx, ['open', 'closing'])
  const before = running.find((r) => r.survey === survey.id) ?? (rooms.length === 0 && running[0])
  if (before) return err(busy(work, before))
  if (rooms.length === 0) return err(phrase('surveys.error.noGroup'))
  const id = create(work, survey, plan, rooms)
  if (id === undefined) return err(phrase('surveys.error.already', { title: survey.title }))
  audit(work.tx, { at: work.now, by, action: 'round.open', subject: `round ${id}` })
  return ok(mustBe(work, id))
}

/** What runs, and until when nothing else can. */
function busy({ env: { zone } }: Work, round: RoundRow): Phrase {
  const end = round.state === 'open' ? round.closes_at : round.final_at
  return phrase('surveys.error.busy', {
    title: questionnaireOf(round).title,
    day: datePhrase(dateIn(zone, end)),
    time: timeIn(zone, end),
  })
}

function create(
  work: Work,
  survey: Questionnaire,
  plan: RoundPlan,
  rooms: readonly RoomRow[],
): RoundId | undefined {
  const { env, now, tx } = work
  const { graceHours, population, countMiddle } = env.content.surveyRules
  const closesAt: Instant = plus(now, { days: plan.days })
  const members = rooms.map((room) => ({
    room,
    people: [...new Set(invitedIn(work, room.id, plan.unit))],
  }))
  const id = insertRound(tx, {
    survey: survey.id,
    version: survey.version,
    questionnaire: JSON.stringify(survey),
    period: plan.period,
    state: 'open',
    mode: survey.items.length === 1 ? 'daily' : plan.mode,
    unit: plan.unit,
    anonymous: plan.anonymous ? 1 : 0,
    hash_key: plan.anonymous ? env.random.token() : null,
    population: (plan.unit === 'household' ? population?.households : population?.people) ?? null,
    invited: new Set(members.flatMap((m) => m.people)).size,
    count_middle: countMiddle ? 1 : 0,
    opens_at: now,
    closes_at: closesAt,
    final_at: plus(closesAt, { hours: graceHours }),
    created_at: now,
  })
  if (id === undefined) return undefined
  for (const { room, people } of members) {
    insertRoundRoom(tx, {
      round_id: id,
      room_id: room.id,
      invited: people.length,
      tally_at: null,
      tally_count: 0,
    })
  }
  return id
}

/** No new people from now on; those who have started may finish until the round is final. */
export function closeRound(work: Work, by: ResidentId | undefined, round: RoundRow): boolean {
  const { graceHours } = work.env.content.surveyRules
  const moved = moveRound(work.tx, round.id, 'open', {
    state: 'closing',
    closes_at: work.now < round.closes_at ? work.now : round.closes_at,
    final_at: work.now < round.closes_at ? plus(work.now, { hours: graceHours }) : round.final_at,
  })
  if (moved)
    audit(work.tx, { at: work.now, by, action: 'round.close', subject: `round ${round.id}` })
  return moved
}

/** The figures are final, and the key of an anonymous round is destroyed. */
export function finishRound(work: Work, by: ResidentId | undefined, round: RoundRow): boolean {
  const end = endOf(work, round)
  // A code that would have called it off confirms nothing any more.
  const done = moveRound(work.tx, round.id, 'closing', {
    state: 'closed',
    confirm_code: null,
    ...end,
  })
  if (!done) return false
  destroyTraces(work, round)
  audit(work.tx, { at: work.now, by, action: 'round.finish', subject: `round ${round.id}` })
  return true
}

/** What a round is left with: of an anonymous one a number instead of who was not invited, and no key. */
function endOf(work: Work, round: RoundRow) {
  const beside = round.anonymous === 1 ? { beside: besideIn(work.tx, round) } : {}
  return { closed_at: work.now, hash_key: null, ...beside }
}

function destroyTraces(work: Work, round: RoundRow): void {
  forgetMoves(work.tx, round.id)
  if (round.anonymous === 0) return
  for (const { room_id: room } of roundRooms(work.tx, round.id)) {
    saveAnswered(work.tx, round.id, room, participantsFrom(work.tx, round.id, room).invited)
  }
  forgetInvited(work.tx, round.id)
  work.tx.leaveNoTrace()
}

export function cancelRound(work: Work, by: ResidentId, round: RoundRow): boolean {
  const change = { state: 'cancelled' as const, ...endOf(work, round) }
  const done =
    moveRound(work.tx, round.id, 'open', change) || moveRound(work.tx, round.id, 'closing', change)
  if (!done) return false
  destroyTraces(work, round)
  audit(work.tx, { at: work.now, by, action: 'round.cancel', subject: `round ${round.id}` })
  return true
}

export function mustBe(work: Work, id: RoundId): RoundRow {
  const row = roundById(work.tx, id)
  if (row === undefined) throw new Error(`no round ${id}`)
  return row
}
