import type { Programme, ReminderOffset } from '../../content/schema.ts'
import { dateIn, type Instant } from '../../content/time.ts'
import type { OccurrenceRow } from '../../db/queries/occurrence.ts'
import {
  insertReminder,
  moveReminder,
  type ReminderRow,
  reminderSkipped,
  remindersOf,
} from '../../db/queries/reminder.ts'
import type { RoomRow } from '../../db/queries/room.ts'
import type { Work } from '../core/feature.ts'
import { concerns, dueAt, offsetName, usefulUntil } from './rules.ts'
import { programmeOf } from './view.ts'

/**
 * Brings the reminders of an occurrence in line with its programme, its time and its state, for each of `rooms`:
 * what was not sent moves along, what is missing is added, what is no longer wanted is skipped.
 * One that was due before `since` when it is added was nobody's to send: it is noted as late.
 */
export function alignReminders(
  work: Work,
  row: OccurrenceRow,
  rooms: readonly RoomRow[],
  since: (room: RoomRow) => Instant = () => work.now,
): void {
  const programme = programmeOf(work, row.programme)
  const existing = remindersOf(work.tx, row.id)
  for (const room of rooms) {
    const known = new Map(
      existing.filter((r) => r.room_id === room.id).map((r) => [r.offset, r] as const),
    )
    for (const offset of wanted(work, programme, row, room)) {
      const name = offsetName(offset)
      const times = timesOf(work, row, offset)
      const old = known.get(name)
      known.delete(name)
      if (old === undefined) add(work, row, room, name, times, since(room))
      else if (isToMove(work, old, times)) moveReminder(work.tx, old.id, times)
    }
    for (const old of known.values()) {
      if (old.state === 'planned') reminderSkipped(work.tx, old.id, 'cancelled', work.now)
    }
  }
}

interface Times {
  readonly due_at: Instant
  readonly useful_until_at: Instant
}

function wanted(
  work: Work,
  programme: Programme | undefined,
  row: OccurrenceRow,
  room: RoomRow,
): readonly ReminderOffset[] {
  if (programme === undefined || row.state === 'cancelled') return []
  return concerns(programme, room, work.env.content.community) ? programme.reminders : []
}

function timesOf(work: Work, row: OccurrenceRow, offset: ReminderOffset): Times {
  return { due_at: dueAt(offset, row, work.env.zone), useful_until_at: usefulUntil(offset, row) }
}

/**
 * What the group was never told comes again when its time lies ahead once more; so does what it was told of another
 * day, since a reminder of the old day reminds nobody of the new one.
 */
function isToMove(work: Work, old: ReminderRow, times: Times): boolean {
  const { now } = work
  if (old.state === 'planned') return old.due_at !== times.due_at
  if (old.state === 'sent') {
    const { zone } = work.env
    return times.due_at > now && dateIn(zone, times.due_at) !== dateIn(zone, old.due_at)
  }
  return old.state === 'skipped' && old.reason !== 'in_digest' && times.due_at > now
}

function add(
  work: Work,
  row: OccurrenceRow,
  room: RoomRow,
  offset: string,
  times: Times,
  since: Instant,
): void {
  const passed = times.due_at < since
  insertReminder(work.tx, {
    occurrence_id: row.id,
    offset,
    room_id: room.id,
    ...times,
    state: passed ? 'skipped' : 'planned',
    reason: passed ? 'late' : null,
    outbox_id: null,
    settled_at: passed ? work.now : null,
  })
}
