import type { Programme } from '../../content/schema.ts'
import { addDays, at, dateIn, type LocalDate, plus, toLocalDate } from '../../content/time.ts'
import type { RoomRow } from '../../db/queries/room.ts'
import { setting } from '../../db/queries/setting.ts'
import type { Reader } from '../../db/store.ts'
import type { Env, Look } from '../core/feature.ts'
import { datesBetween, type PlannedDate } from './recurrence.ts'
import { isFor, type Sight } from './view.ts'

/** How far ahead occurrences and reminders stand in the ledger. */
export const DAYS_AHEAD = 60
/** The setting that holds the day of the last planning. */
export const PLANNED_ON = 'programmes.planned_on'
/** Whoever asks for the next time hears of as much of the future: yearly programmes come round within it. */
const NEXT_WITHIN_DAYS = 400

/** The last day that stands in the ledger. */
export function plannedUntil(db: Reader): LocalDate | undefined {
  const last = setting(db, PLANNED_ON)
  return last === undefined ? undefined : addDays(toLocalDate(last), DAYS_AHEAD)
}

/** What a date of a programme comes to when nobody changes it. */
export function sightOf(env: Env, programme: Programme, date: PlannedDate) {
  const startsAt = at(date.on, programme.starts, env.zone)
  const skipped = date.disposition === 'skip'
  return {
    programme: programme.id,
    scheduled_on: date.scheduledOn,
    held_on: date.on,
    start_time: programme.starts,
    starts_at: startsAt,
    ends_at: plus(startsAt, { minutes: programme.minutes }),
    venue: null,
    topic: null,
    state: skipped ? 'cancelled' : 'planned',
    reason: skipped ? 'holiday' : null,
    provisional: date.provisional ? 1 : 0,
  } as const satisfies Sight
}

/** What will be on from `from` to `to` as far as it does not stand in the ledger yet, in the order of time. */
export function foreseen(
  look: Look,
  room: RoomRow | undefined,
  from: LocalDate,
  to: LocalDate,
): Sight[] {
  const first = firstUnplanned(look)
  const start = from > first ? from : first
  return look.env.content.programmes
    .filter(({ id }) => isFor(look, room, id))
    .flatMap((programme) =>
      datesBetween(programme, look.env.calendar, start, to).map((date) =>
        sightOf(look.env, programme, date),
      ),
    )
    .filter((sight) => sight.held_on <= to)
    .sort((a, b) => a.starts_at.localeCompare(b.starts_at))
}

/** A programme's next time beyond the ledger. */
export function foreseenNext(look: Look, programme: Programme): Sight | undefined {
  const from = firstUnplanned(look)
  const dates = datesBetween(programme, look.env.calendar, from, addDays(from, NEXT_WITHIN_DAYS))
  const date = dates.find(({ disposition }) => disposition !== 'skip')
  return date && sightOf(look.env, programme, date)
}

function firstUnplanned(look: Look): LocalDate {
  const until = plannedUntil(look.db)
  return until === undefined ? dateIn(look.env.zone, look.now) : addDays(until, 1)
}
