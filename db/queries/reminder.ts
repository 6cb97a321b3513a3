import type { Insertable, Selectable } from 'kysely'
import type { Instant, LocalDate } from '../../content/time.ts'
import type {
  DigestTable,
  OccurrenceId,
  OutboxId,
  ReminderId,
  ReminderTable,
  RoomId,
  SkipReason,
} from '../schema.ts'
import { q, type Reader, type Tx } from '../store.ts'

export type ReminderRow = Selectable<ReminderTable>

/** Plans a reminder; one that exists for the same occurrence, offset and room is left as it is. */
export function insertReminder(tx: Tx, row: Omit<Insertable<ReminderTable>, 'id'>): void {
  tx.run(
    q
      .insertInto('reminder')
      .values(row)
      .onConflict((c) => c.columns(['occurrence_id', 'offset', 'room_id']).doNothing()),
  )
}

export function remindersOf(db: Reader, occurrence: OccurrenceId): ReminderRow[] {
  return db.all(q.selectFrom('reminder').selectAll().where('occurrence_id', '=', occurrence))
}

export function moveReminder(
  tx: Tx,
  id: ReminderId,
  times: { due_at: Instant; useful_until_at: Instant },
): void {
  tx.run(q.updateTable('reminder').set(times).where('id', '=', id).where('state', '=', 'planned'))
}

export function nextReminderAt(db: Reader): Instant | undefined {
  return db.get(
    q
      .selectFrom('reminder')
      .select('due_at')
      .where('state', '=', 'planned')
      .orderBy('due_at')
      .limit(1),
  )?.due_at
}

/** The rooms for which reminders are due, each once. */
export function roomsDue(db: Reader, now: Instant): RoomId[] {
  return db
    .all(
      q
        .selectFrom('reminder')
        .select('room_id')
        .distinct()
        .where('state', '=', 'planned')
        .where('due_at', '<=', now)
        .orderBy('room_id'),
    )
    .map((row) => row.room_id)
}

export function dueIn(db: Reader, room: RoomId, now: Instant): ReminderRow[] {
  return db.all(
    q
      .selectFrom('reminder')
      .selectAll()
      .where('state', '=', 'planned')
      .where('due_at', '<=', now)
      .where('room_id', '=', room)
      .orderBy('due_at')
      .orderBy('id'),
  )
}

export function reminderSent(tx: Tx, id: ReminderId, outbox: OutboxId, at: Instant): void {
  tx.run(
    q
      .updateTable('reminder')
      .set({ state: 'sent', outbox_id: outbox, settled_at: at })
      .where('id', '=', id)
      .where('state', '=', 'planned'),
  )
}

export function reminderSkipped(tx: Tx, id: ReminderId, reason: SkipReason, at: Instant): void {
  tx.run(
    q
      .updateTable('reminder')
      .set({ state: 'skipped', reason, settled_at: at })
      .where('id', '=', id)
      .where('state', '=', 'planned'),
  )
}

/** Skips whatever is still planned for an occurrence. */
export function skipRemaining(
  tx: Tx,
  occurrence: OccurrenceId,
  reason: SkipReason,
  at: Instant,
): void {
  tx.run(
    q
      .updateTable('reminder')
      .set({ state: 'skipped', reason, settled_at: at })
      .where('occurrence_id', '=', occurrence)
      .where('state', '=', 'planned'),
  )
}

/** Plans again what was to go out with a message that was taken back. */
export function replan(tx: Tx, outbox: OutboxId): void {
  tx.run(
    q
      .updateTable('reminder')
      .set({ state: 'planned', outbox_id: null, settled_at: null })
      .where('outbox_id', '=', outbox),
  )
  tx.run(q.deleteFrom('digest').where('outbox_id', '=', outbox))
}

export function digestOf(
  db: Reader,
  room: RoomId,
  date: LocalDate,
): Selectable<DigestTable> | undefined {
  return db.get(
    q.selectFrom('digest').selectAll().where('room_id', '=', room).where('on_date', '=', date),
  )
}

export function lastDigest(db: Reader, room: RoomId): LocalDate | undefined {
  return db.get(
    q
      .selectFrom('digest')
      .select('on_date')
      .where('room_id', '=', room)
      .orderBy('on_date', 'desc')
      .limit(1),
  )?.on_date
}

export function insertDigest(tx: Tx, row: Insertable<DigestTable>): void {
  tx.run(q.insertInto('digest').values(row))
}
