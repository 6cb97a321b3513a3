import { type Phrase, phrase, type Say } from '../../content/i18n.ts'
import { dateIn, type Instant, type LocalDate, type WallTime } from '../../content/time.ts'
import {
  insertChange,
  noteTold,
  type OccurrenceRow,
  occurrenceById,
  toldOf,
  updateOccurrence,
} from '../../db/queries/occurrence.ts'
import { withdraw } from '../../db/queries/outbox.ts'
import { moveReminder, remindersOf, replan, skipRemaining } from '../../db/queries/reminder.ts'
import type { OccurrenceId, OccurrenceState, ResidentId } from '../../db/schema.ts'
import { dayPhrase } from '../core/dates.ts'
import type { Recipient, Work } from '../core/feature.ts'
import { enqueue } from '../core/outbox.ts'
import { dueAt, offsetName, slotOf, usefulUntil } from './rules.ts'
import { line, programmeOf } from './view.ts'

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
 * out yet are taken back, and whoever was told is told again, once. Gives how many were told again.
 */
export function amend(
  work: Work,
  row: OccurrenceRow,
  change: Amendment,
  by: ResidentId | undefined,
): number {
  const { tx, now } = work
  const sequence = row.sequence + 1
  const told = stillTold(work, row.id)
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
    resident_id: by ?? null,
    before: facts(row),
    after: facts(after),
    reason: change.reason ?? null,
  })
  if (after.state === 'cancelled') skipRemaining(tx, row.id, 'cancelled', now)
  else moveReminders(work, after)
  for (const to of told) tellAgain(work, row, after, to)
  return told.length
}

function facts(row: OccurrenceRow): string {
  const { state, held_on, start_time, venue, topic } = row
  return JSON.stringify({ state, held_on, start_time, venue, topic })
}

/** Takes back what has not gone out and gives those who know from what has. Replies are not taken back. */
function stillTold(work: Work, id: OccurrenceId): Recipient[] {
  const known = new Map<string, Recipient>()
  for (const message of toldOf(work.tx, id)) {
    const unsent = message.state === 'queued' && message.priority !== 'reply'
    if (unsent && withdraw(work.tx, message.outbox_id, work.now)) {
      replan(work.tx, message.outbox_id)
    } else if (message.room_id !== null) {
      known.set(`room:${message.room_id}`, { room: message.room_id })
    } else if (message.resident_id !== null) {
      known.set(`resident:${message.resident_id}`, { resident: message.resident_id })
    }
  }
  return [...known.values()]
}

function moveReminders(work: Work, row: OccurrenceRow): void {
  const offsets = programmeOf(work, row.programme)?.reminders ?? []
  for (const reminder of remindersOf(work.tx, row.id)) {
    const offset = offsets.find((o) => offsetName(o) === reminder.offset)
    if (offset === undefined) continue
    moveReminder(work.tx, reminder.id, {
      due_at: dueAt(offset, slotOf(row), work.env.zone),
      useful_until_at: usefulUntil(offset, slotOf(row)),
    })
  }
}

function tellAgain(work: Work, before: OccurrenceRow, after: OccurrenceRow, to: Recipient): void {
  const who = to.room === undefined ? `resident:${to.resident}` : `room:${to.room}`
  const outbox = enqueue(work, {
    to,
    key: `change:${after.id}:${after.sequence}:${who}`,
    say: notice(work, before, after),
    priority: 'notice',
    expires: before.starts_at > after.starts_at ? before.starts_at : after.starts_at,
    ...(to.room === undefined ? { topic: 'reminders' as const } : {}),
  })
  if (outbox !== undefined) noteTold(work.tx, outbox, [after.id])
}

function notice(work: Work, before: OccurrenceRow, after: OccurrenceRow): Say {
  const today = dateIn(work.env.zone, work.now)
  const name = programmeOf(work, after.programme)?.name ?? after.programme
  const was = {
    name,
    day: dayPhrase(before.held_on, today),
    time: before.start_time,
  }
  if (after.state === 'cancelled') {
    return [phrase('programmes.cancelled', was), ...because(after)]
  }
  const changed: Phrase =
    before.state === 'cancelled'
      ? phrase('programmes.revived', { name })
      : phrase('programmes.changed', was)
  return [
    changed,
    phrase('programmes.now', { day: dayPhrase(after.held_on, today) }),
    line({ ...work, db: work.tx }, after),
    ...because(after),
  ]
}

function because(row: OccurrenceRow): Say[] {
  if (row.reason === null || row.reason === 'content') return []
  if (row.reason === 'holiday') return [phrase('programmes.holidayReason')]
  return [phrase('programmes.because', { reason: row.reason })]
}
