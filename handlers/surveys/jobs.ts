import { phrase } from '../../content/i18n.ts'
import {
  addDays,
  addMonths,
  at,
  dateIn,
  dateOf,
  earliest,
  type Instant,
  type LocalDate,
  partsOf,
  plus,
} from '../../content/time.ts'
import { enabledRooms } from '../../db/queries/room.ts'
import {
  hasRoundOf,
  type RoundRow,
  roundById,
  roundRooms,
  roundsIn,
} from '../../db/queries/round.ts'
import type { RoomId } from '../../db/schema.ts'
import type { RoundId } from '../../db/schema-surveys.ts'
import type { Job, Look, Work } from '../core/feature.ts'
import { enqueue } from '../core/outbox.ts'
import { quietUntil } from '../core/quiet.ts'
import { nextSay, sayNext, tally, tallyAt } from './asking.ts'
import { questionnaireOf } from './record.ts'
import { closeRound, finishRound, mustBe, openRound } from './rounds.ts'
import { resultLines } from './words.ts'

type RoundRule = Look['env']['content']['surveyRules']['rounds'][number]

/** An automatic round that could not open is tried again for so long; then its month is left out. */
const OPEN_WITHIN_DAYS = 7

function isQuiet(look: Look): boolean {
  return quietUntil(look.now, look.env.content.chat.quietHours, look.env.zone) !== undefined
}

/** What falls due in the quiet hours waits for the morning. */
function whenAwake(look: Look, due: Instant | undefined): Instant | undefined {
  if (due === undefined) return undefined
  const from = due > look.now ? due : look.now
  return quietUntil(from, look.env.content.chat.quietHours, look.env.zone) ?? due
}

/** The month's opening of an automatic round, moved off holidays where the rule says so. */
export function openingOf(look: Look, rule: RoundRule, month: LocalDate): Instant {
  const { year, month: m } = partsOf(month)
  const day = dateOf({ year, month: m, day: rule.day })
  const date = rule.onHoliday === 'move' ? look.env.calendar.nextWorkday(day) : day
  return at(date, rule.at, look.env.zone)
}

function periodOf(month: LocalDate): string {
  return month.slice(0, 7)
}

/** Since when the community has a group of residents: what should have opened before is no business of Linli's. */
function since(look: Look): Instant | undefined {
  return earliest(...enabledRooms(look.db, 'residents').map((room) => room.created_at))
}

/** The rules whose round of this month is still to be opened, each with its time. */
function openings(look: Look): { rule: RoundRule; period: string; at: Instant }[] {
  const today = dateIn(look.env.zone, look.now)
  const { automatic, rounds } = look.env.content.surveyRules
  const from = automatic ? since(look) : undefined
  if (from === undefined) return []
  return rounds.flatMap((rule) => {
    const first = addDays(today, 1 - partsOf(today).day)
    // Holidays or another round may have moved the last month's opening into this one.
    for (const month of [addMonths(first, -1), first, addMonths(first, 1)]) {
      const period = periodOf(month)
      const opens = openingOf(look, rule, month)
      const over = plus(opens, { days: OPEN_WITHIN_DAYS }) < look.now
      if (!over && opens >= from && !hasRoundOf(look.db, rule.survey, period)) {
        return [{ rule, period, at: opens }]
      }
    }
    return []
  })
}

/** Whether a round that opens now takes the place of this month's own, which is still to come. */
export function takesPlace(look: Look, survey: string): boolean {
  const month = periodOf(dateIn(look.env.zone, look.now))
  return openings(look).some(({ rule, period }) => rule.survey === survey && period === month)
}

/** Opens the month's rounds; while the groups are busy with another round, the next one waits for its end. */
export const openJob: Job = {
  name: 'surveys.open',
  nextDueAt: (look) => {
    const next = earliest(...openings(look).map((o) => o.at))
    if (next === undefined || next > look.now) return next
    const running = roundsIn(look.db, ['open', 'closing']).map((round) => round.final_at)
    return earliest(...running) ?? whenAwake(look, next)
  },
  due: (look) =>
    openings(look)
      .filter((o) => o.at <= look.now && !isQuiet(look) && isFree(look))
      .map((o) => `${o.rule.survey} ${o.period}`),
  run: (work, unit) => {
    const [survey = '', period = ''] = unit.split(' ')
    const rule = work.env.content.surveyRules.rounds.find((r) => r.survey === survey)
    if (rule === undefined) return
    const { mode, unit: per, anonymous, days } = rule
    openRound(work, undefined, { survey, period, mode, unit: per, anonymous, days })
  },
}

function isFree(look: Look): boolean {
  const busy = new Set(
    roundsIn(look.db, ['open', 'closing']).flatMap((r) =>
      roundRooms(look.db, r.id).map((x) => x.room_id),
    ),
  )
  const rooms = enabledRooms(look.db, 'residents')
  return rooms.length > 0 && rooms.every((room) => !busy.has(room.id))
}

function says(look: Look): { round: RoundRow; room: RoomId; at: Instant }[] {
  return roundsIn(look.db, ['open']).flatMap((round) =>
    roundRooms(look.db, round.id).flatMap(({ room_id: room }) => {
      const next = nextSay(look, round, room)
      return next === undefined || next.at >= round.closes_at ? [] : [{ round, room, at: next.at }]
    }),
  )
}

/** Questions and reminders, when it is not quiet. */
export const askJob: Job = {
  name: 'surveys.ask',
  nextDueAt: (look) => whenAwake(look, earliest(...says(look).map((s) => s.at))),
  due: (look) =>
    isQuiet(look)
      ? []
      : says(look)
          .filter((s) => s.at <= look.now)
          .map((s) => `${s.round.id} ${s.room}`),
  run: (work, unit) => {
    const [id, room] = unit.split(' ').map(Number)
    const round = mustBe(work, id as RoundId)
    const next = nextSay({ ...work, db: work.tx }, round, room as RoomId)
    if (next !== undefined && next.at <= work.now) sayNext(work, round, room as RoomId, next)
  },
}

/** The groups with news to tell, each with the time from which it may be told. */
function tallies(look: Look): { unit: string; at: Instant }[] {
  return roundsIn(look.db, ['open']).flatMap((round) =>
    roundRooms(look.db, round.id).flatMap((room) => {
      const at = tallyAt(look, round, room)
      return at === undefined ? [] : [{ unit: `${round.id} ${room.room_id}`, at }]
    }),
  )
}

export const tallyJob: Job = {
  name: 'surveys.tally',
  nextDueAt: (look) => whenAwake(look, earliest(...tallies(look).map((t) => t.at))),
  due: (look) =>
    isQuiet(look)
      ? []
      : tallies(look)
          .filter((t) => t.at <= look.now)
          .map((t) => t.unit),
  run: (work, unit) => {
    const [id, room] = unit.split(' ').map(Number)
    const round = mustBe(work, id as RoundId)
    const row = roundRooms(work.tx, round.id).find((r) => r.room_id === room)
    if (row !== undefined) tally(work, round, row)
  },
}

function endings(look: Look): { round: RoundRow; at: Instant }[] {
  return roundsIn(look.db, ['open', 'closing']).map((round) => ({
    round,
    at: round.state === 'open' ? round.closes_at : round.final_at,
  }))
}

/** Closes rounds on time, and gives staff the results when they are final. */
export const closeJob: Job = {
  name: 'surveys.close',
  nextDueAt: (look) => earliest(...endings(look).map((e) => e.at)),
  due: (look) =>
    endings(look)
      .filter((e) => e.at <= look.now)
      .map((e) => String(e.round.id)),
  run: (work, unit) => {
    const round = roundById(work.tx, Number(unit) as RoundId)
    if (round?.state === 'open') closeRound(work, undefined, round)
    else if (round?.state === 'closing' && finishRound(work, undefined, round))
      tellStaff(work, round)
  },
}

/** The results, to the staff alone: residents see them when staff publish. */
export function tellStaff(work: Work, round: RoundRow): void {
  for (const room of enabledRooms(work.tx, 'staff')) {
    enqueue(work, {
      to: { room: room.id },
      key: `survey-final:${round.id}:${room.id}`,
      say: [
        phrase('surveys.final', { title: questionnaireOf(round).title, period: round.period }),
        ...resultLines(work, mustBe(work, round.id)),
        phrase('surveys.publishHow'),
      ],
      priority: 'notice',
    })
  }
}
