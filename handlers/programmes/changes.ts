import { type Phrase, phrase, type Say } from '../../content/i18n.ts'
import { at, type Instant, type LocalDate, type WallTime } from '../../content/time.ts'
import {
  insertChange,
  noteTold,
  type OccurrenceRow,
  occurrenceById,
  updateOccurrence,
} from '../../db/queries/occurrence.ts'
import { optedOutOfAll } from '../../db/queries/opt-out.ts'
import { reminderSkipped, remindersOf } from '../../db/queries/reminder.ts'
import { enabledRooms } from '../../db/queries/room.ts'
import { expects } from '../../db/queries/sign-up.ts'
import type { OccurrenceState, ResidentId } from '../../db/schema.ts'
import { datePhrase } from '../core/dates.ts'
import type { Work } from '../core/feature.ts'
import { enqueue } from '../core/outbox.ts'
import {
  type Editor,
  type Facts,
  factsOf,
  isNews,
  isServed,
  type Listener,
  listenersTo,
  noticeKey,
} from './listeners.ts'
import { nameOf } from './names.ts'
import { alignReminders } from './reminder-rows.ts'
import { shortenOffers } from './signups/seats.ts'
import { line } from './view.ts'

export interface Amendment {
  readonly state: OccurrenceState
  readonly held_on?: LocalDate
  readonly start_time?: WallTime
  readonly starts_at?: Instant
  readonly ends_at?: Instant
  readonly venue?: string
  readonly topic?: string
  readonly reason?: string | null
}

/**
 * Changes or cancels an occurrence: the reminders still to come move along or are dropped, messages that have not gone
 * out yet are taken back, and whoever knows something else is told, once. Gives how many are told.
 */
export function amend(
  work: Work,
  row: OccurrenceRow,
  change: Amendment,
  by: Editor | undefined,
): number {
  const { tx, now } = work
  const sequence = row.sequence + 1
  const listeners = listenersTo(work, row).filter(({ to }) => isServed(work, to, by))
  updateOccurrence(tx, row.id, {
    ...change,
    reason: change.reason ?? null,
    sequence,
    ...(by === undefined ? {} : { by_staff: 1 }),
  })
  const after = occurrenceById(tx, row.id) ?? row
  insertChange(tx, {
    occurrence_id: row.id,
    sequence,
    at: now,
    resident_id: by?.id ?? null,
    before: JSON.stringify(factsOf(row)),
    after: JSON.stringify(factsOf(after)),
    reason: change.reason ?? null,
  })
  alignReminders(work, after, enabledRooms(tx, 'residents'))
  shortenOffers(work, after)
  const told = listeners.filter((listener) => tellAgain(work, after, listener))
  dropDue(work, after, told)
  return told.length
}

/** Who signed up must hear that it is called off, also without reminders; not who wants no messages at all. */
function holds(work: Work, row: OccurrenceRow, resident: ResidentId): boolean {
  return expects(work.tx, row.id, resident) && !optedOutOfAll(work.tx, resident)
}

/** Gives whether there was something to tell. */
function tellAgain(work: Work, after: OccurrenceRow, { to, knows }: Listener): boolean {
  if (!isNews(knows, after)) return false
  const knownStart = at(knows.held_on, knows.start_time, work.env.zone)
  const outbox = enqueue(work, {
    to,
    key: noticeKey(after, to),
    say: notice(work, knows, after),
    priority: 'notice',
    expires: knownStart > after.starts_at ? knownStart : after.starts_at,
    ...(to.resident === undefined || holds(work, after, to.resident)
      ? {}
      : { topic: 'reminders' as const }),
  })
  if (outbox === undefined) return false
  noteTold(work.tx, outbox, [after.id])
  return true
}

/** Whoever was told just now needs no reminder that fell due by the change itself. */
function dropDue(work: Work, row: OccurrenceRow, told: readonly Listener[]): void {
  const rooms = new Set(told.map(({ to }) => to.room))
  for (const reminder of remindersOf(work.tx, row.id)) {
    const isDue = reminder.state === 'planned' && reminder.due_at <= work.now
    if (isDue && rooms.has(reminder.room_id)) {
      reminderSkipped(work.tx, reminder.id, 'late', work.now)
    }
  }
}

/** Days stand in full here: the night may lie between the writing and the sending. */
function notice(work: Work, knows: Facts, after: OccurrenceRow): Say {
  const look = { ...work, db: work.tx }
  const name = nameOf(look, after.programme)
  const was = { name, day: datePhrase(knows.held_on), time: knows.start_time }
  if (after.state === 'cancelled') return [phrase('programmes.cancelled', was), ...because(after)]
  const changed: Phrase =
    knows.state === 'cancelled'
      ? phrase('programmes.revived', { name })
      : phrase('programmes.changed', was)
  return [
    changed,
    phrase('programmes.now', { day: datePhrase(after.held_on) }),
    line(look, after),
    ...because(after),
  ]
}

function because(row: OccurrenceRow): Say[] {
  if (row.reason === null || row.reason === 'content') return []
  if (row.reason === 'holiday') return [phrase('programmes.holidayReason')]
  return [phrase('programmes.because', { reason: row.reason })]
}
