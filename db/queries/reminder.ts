import { type Insertable, type Selectable, sql } from 'kysely'
import type { Instant, LocalDate } from '../../content/time.ts'
import type {
  DigestTable,
  OccurrenceId,
  OutboxId,
  OutboxState,
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

/** Plans a reminder that was not sent for another time. */
export function moveReminder(
  tx: Tx,
  id: ReminderId,
  times: { due_at: Instant; useful_until_at: Instant },
): void {
  tx.run(
    q
      .updateTable('reminder')
      .set({ ...times, state: 'planned', reason: null, outbox_id: null, settled_at: null })
      .where('id', '=', id),
  )
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

/** Settles a reminder that does not go out. */
export function reminderSkipped(tx: Tx, id: ReminderId, reason: SkipReason, at: Instant): void {
  tx.run(
    q
      .updateTable('reminder')
      .set({ state: 'skipped', reason, settled_at: at })
      .where('id', '=', id),
  )
}

/** Plans again what did not go out. */
export function planAgain(tx: Tx, id: ReminderId): void {
  tx.run(
    q
      .updateTable('reminder')
      .set({ state: 'planned', outbox_id: null, settled_at: null })
      .where('id', '=', id),
  )
}

/** Plans again what was to go out with a message that was taken back, or gave way to it. */
export function replan(tx: Tx, outbox: OutboxId): void {
  tx.run(
    q
      .updateTable('reminder')
      .set({ state: 'planned', outbox_id: null, settled_at: null })
      .where('outbox_id', '=', outbox)
      .where('state', '=', 'sent'),
  )
  const digest = tx.get(q.selectFrom('digest').selectAll().where('outbox_id', '=', outbox))
  if (digest === undefined) return
  giveBack(tx, outbox, digest.room_id)
  tx.run(q.deleteFrom('digest').where('outbox_id', '=', outbox))
}

/** Reminders that gave way to a digest that never went out are planned again. */
function giveBack(tx: Tx, digest: OutboxId, room: RoomId): void {
  const spokenOf = q.selectFrom('told').select('occurrence_id').where('outbox_id', '=', digest)
  tx.run(
    q
      .updateTable('reminder')
      .set({ state: 'planned', reason: null, settled_at: null })
      .where('room_id', '=', room)
      .where('occurrence_id', 'in', spokenOf)
      .where('reason', '=', 'in_digest'),
  )
}

/** Messages are watched for so many that came after them: those that never went out are known by then. */
const WATCHED_MESSAGES = 1_000

/** The oldest message that is watched. */
function watched() {
  return q
    .selectFrom('outbox')
    .select((e) => e(e.fn.max('id'), '-', WATCHED_MESSAGES as OutboxId).as('from'))
}

function isGivenUp(now: Instant) {
  return sql<boolean>`(o.state IN ('expired', 'failed') OR (o.state = 'queued' AND o.expires_at <= ${now}))`
}

/** Reminders that count as sent although their message is too late, or was given up before it went out. */
export function lapsedReminders(
  db: Reader,
  now: Instant,
): (ReminderRow & { message: OutboxState })[] {
  return db.all(
    q
      .selectFrom('reminder as r')
      .innerJoin('outbox as o', 'o.id', 'r.outbox_id')
      .selectAll('r')
      .select('o.state as message')
      .where('r.outbox_id', '>', watched())
      .where('r.state', '=', 'sent')
      .where(isGivenUp(now)),
  )
}

/** Digests that count as sent although their message is too late, or was given up before it went out. */
export function lapsedDigests(db: Reader, now: Instant): Selectable<DigestTable>[] {
  return db.all(
    q
      .selectFrom('outbox as o')
      .innerJoin('digest as d', 'd.room_id', 'o.room_id')
      .selectAll('d')
      .where('o.id', '>', watched())
      .where(isGivenUp(now))
      .where('d.state', '=', 'sent')
      .whereRef('d.outbox_id', '=', 'o.id')
      // so that only the last few mornings of the group are looked at
      .where('d.on_date', '>=', sql<LocalDate>`date(o.created_at, '-1 day')`),
  )
}

/** A digest never went out: it came too late, and what gave way to it is planned again. */
export function digestLapsed(tx: Tx, digest: Selectable<DigestTable>): void {
  if (digest.outbox_id !== null) giveBack(tx, digest.outbox_id, digest.room_id)
  tx.run(
    q
      .updateTable('digest')
      .set({ state: 'skipped', reason: 'late' })
      .where('room_id', '=', digest.room_id)
      .where('on_date', '=', digest.on_date),
  )
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
