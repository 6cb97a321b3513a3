import type { Insertable, Selectable } from 'kysely'
import type { Instant } from '../../content/time.ts'
import type { OutboxId, OutboxState, OutboxTable } from '../schema.ts'
import { q, type Reader, type Tx } from '../store.ts'

export type OutboxRow = Selectable<OutboxTable>

/** Gives the new row's id, or `undefined` when its key was used before. */
export function insertOutbox(
  tx: Tx,
  row: Omit<Insertable<OutboxTable>, 'id'>,
): OutboxId | undefined {
  const { changes, lastId } = tx.run(
    q
      .insertInto('outbox')
      .values(row)
      .onConflict((c) => c.column('dedupe_key').doNothing()),
  )
  return changes === 1 ? (lastId as OutboxId) : undefined
}

/** What waits, urgent things first, then replies, then the rest, each in the order of writing. */
export function queued(db: Reader, now: Instant, limit: number): OutboxRow[] {
  return db.all(
    q
      .selectFrom('outbox')
      .selectAll()
      .where('state', '=', 'queued')
      .where('not_before_at', '<=', now)
      .orderBy((e) =>
        e
          .case()
          .when('priority', '=', 'urgent')
          .then(0)
          .when('priority', '=', 'reply')
          .then(1)
          .else(2)
          .end(),
      )
      .orderBy('id')
      .limit(limit),
  )
}

/** Takes a queued row for sending. Only one caller gets `true`. */
export function claim(tx: Tx, id: OutboxId, now: Instant): boolean {
  return (
    tx.run(
      q
        .updateTable('outbox')
        .set((e) => ({ state: 'sending', claimed_at: now, attempts: e('attempts', '+', 1) }))
        .where('id', '=', id)
        .where('state', '=', 'queued'),
    ).changes === 1
  )
}

/** Moves a row from `from` to a state in which it stays (or back to `queued`). */
export function settle(
  tx: Tx,
  id: OutboxId,
  from: OutboxState,
  to: {
    state: OutboxState
    at: Instant
    reason?: string
    platformMessageId?: string | undefined
    notBefore?: Instant
  },
): boolean {
  return (
    tx.run(
      q
        .updateTable('outbox')
        .set({
          state: to.state,
          settled_at: to.state === 'queued' ? null : to.at,
          reason: to.reason ?? null,
          ...(to.platformMessageId === undefined
            ? {}
            : { platform_message_id: to.platformMessageId }),
          ...(to.notBefore === undefined ? {} : { not_before_at: to.notBefore }),
        })
        .where('id', '=', id)
        .where('state', '=', from),
    ).changes === 1
  )
}

/** Sets aside what nobody needs any more. Gives how many. */
export function expire(tx: Tx, now: Instant): number {
  return tx.run(
    q
      .updateTable('outbox')
      .set({ state: 'expired', settled_at: now, reason: 'late' })
      .where('state', '=', 'queued')
      .where('expires_at', '<=', now),
  ).changes
}

/** Takes back queued rows before they go out. Gives the ids of those that were still there. */
export function withdraw(tx: Tx, id: OutboxId, now: Instant): boolean {
  return settle(tx, id, 'queued', { state: 'expired', at: now, reason: 'superseded' })
}

export function inState(db: Reader, state: OutboxState): OutboxRow[] {
  return db.all(q.selectFrom('outbox').selectAll().where('state', '=', state).orderBy('id'))
}

export function sentSince(db: Reader, since: Instant): number {
  const row = db.get(
    q
      .selectFrom('outbox')
      .select((e) => e.fn.countAll<number>().as('n'))
      .where('state', '=', 'sent')
      .where('settled_at', '>=', since),
  )
  return row?.n ?? 0
}

/** How many rows are in each state. */
export function outboxCounts(db: Reader): { state: OutboxState; n: number }[] {
  return db.all(
    q
      .selectFrom('outbox')
      .select((e) => ['state', e.fn.countAll<number>().as('n')])
      .groupBy('state')
      .orderBy('state'),
  )
}

/** How many other rows with the same text for the same recipient are known to have gone out since. */
export function sentWithText(db: Reader, row: OutboxRow, since: Instant): number {
  const same = q
    .selectFrom('outbox')
    .select((e) => e.fn.countAll<number>().as('n'))
    .where('state', '=', 'sent')
    .where('text', '=', row.text)
    .where('claimed_at', '>=', since)
  const found = db.get(
    row.room_id === null
      ? same.where('resident_id', '=', row.resident_id)
      : same.where('room_id', '=', row.room_id),
  )
  return found?.n ?? 0
}
