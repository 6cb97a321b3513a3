import { type Insertable, type Selectable, sql } from 'kysely'
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

/** What is needed to tell when something may go out. */
export type Waiting = Pick<OutboxRow, 'room_id' | 'resident_id' | 'priority' | 'not_before_at'>

/** The first row to go out to each recipient in each priority, unless it is too late; a retry holds its place. */
const firstDue = (now: Instant) =>
  q
    .selectFrom('outbox')
    .select((e) => e.fn.min('id').as('id'))
    .where('state', '=', 'queued')
    .where((e) => e.or([e('not_before_at', '<=', now), e('attempts', '>', 0)]))
    .where((e) => e.or([e('expires_at', 'is', null), e('expires_at', '>', now)]))
    .groupBy(['room_id', 'resident_id', 'priority'])

/** What may be next, at most a row for each recipient and priority: urgent first, then replies, then notices. */
export function nextRows(db: Reader, now: Instant): OutboxRow[] {
  return db.all(
    q
      .selectFrom('outbox')
      .selectAll()
      .where('id', 'in', firstDue(now))
      .orderBy((e) => e.case('priority').when('urgent').then(0).when('reply').then(1).else(2).end())
      .orderBy('id'),
  )
}

/** When the first row that still has to wait for its time is due, for each recipient and priority. */
export function laterRows(db: Reader, now: Instant): Waiting[] {
  return db.all(
    q
      .selectFrom('outbox')
      .select(['room_id', 'resident_id', 'priority'])
      .select((e) => e.fn.min('not_before_at').as('not_before_at'))
      .where('state', '=', 'queued')
      .where('not_before_at', '>', now)
      .groupBy(['room_id', 'resident_id', 'priority']),
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

/** How a row goes on: into a state in which it stays, or back to `queued`. */
export interface Settlement {
  readonly state: Exclude<OutboxState, 'sending'>
  readonly at: Instant
  readonly reason?: string
  readonly platformMessageId?: string | undefined
  readonly notBefore?: Instant
}

/** Gives false, and changes nothing, when the row is no longer in the state `from`. */
export function settle(tx: Tx, id: OutboxId, from: OutboxState, to: Settlement): boolean {
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

/** How many went out since, or may have. */
export function sentSince(db: Reader, since: Instant): number {
  const row = db.get(
    q
      .selectFrom('outbox')
      .select((e) => e.fn.countAll<number>().as('n'))
      .where('state', 'in', ['sent', 'unknown'])
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

/**
 * How many other rows with the same text went out to the same recipient: `surely` since then, and `perhaps`, those
 * counted that were on their way by then or of which nobody knows.
 */
export function othersWithText(
  db: Reader,
  row: OutboxRow,
  since: Instant,
): { readonly surely: number; readonly perhaps: number } {
  const others = db.all(
    q
      .selectFrom('outbox')
      .select(['state', 'claimed_at'])
      .where('state', 'in', ['sent', 'unknown', 'sending'])
      .where('id', '!=', row.id)
      .where('text', '=', row.text)
      .where('room_id', 'is', row.room_id)
      .where('resident_id', 'is', row.resident_id)
      .where((e) => e.or([e('settled_at', 'is', null), e('settled_at', '>=', since)])),
  )
  const sure = others.filter(
    ({ state, claimed_at }) => state === 'sent' && claimed_at !== null && claimed_at >= since,
  )
  return { surely: sure.length, perhaps: others.length }
}

export function outboxById(db: Reader, id: OutboxId): OutboxRow | undefined {
  return db.get(q.selectFrom('outbox').selectAll().where('id', '=', id))
}

/** What waits for the decision of a person. */
export function unsettled(db: Reader): OutboxRow[] {
  return db.all(
    q
      .selectFrom('outbox')
      .selectAll()
      .where('state', 'in', ['unknown', 'failed'])
      .where('dedupe_key', 'not like', 'unsettled:%')
      .orderBy('id'),
  )
}

/**
 * Those of them that the staff have not been told of; what tells of them is not told of itself, and of announcements
 * staff hear as a whole.
 */
export function unannounced(db: Reader): OutboxRow[] {
  return db.all(
    q
      .selectFrom('outbox as o')
      .selectAll('o')
      .where('o.state', 'in', ['unknown', 'failed'])
      .where('o.dedupe_key', 'not like', 'unsettled:%')
      .where((e) =>
        e.not(
          e.exists(
            e
              .selectFrom('announcement_part as p')
              .select('p.part')
              .whereRef('p.outbox_id', '=', 'o.id'),
          ),
        ),
      )
      .where((e) =>
        e.not(
          e.exists(
            e
              .selectFrom('outbox as told')
              .select('told.id')
              .where(sql<boolean>`told.dedupe_key = 'unsettled:' || o.id`),
          ),
        ),
      )
      .orderBy('o.id'),
  )
}

/** Puts an unknown or failed row back into the queue, as a person has decided. */
export function resend(
  tx: Tx,
  row: OutboxRow,
  { at, expires }: { readonly at: Instant; readonly expires: Instant },
): void {
  tx.run(
    q
      .updateTable('outbox')
      .set({
        state: 'queued',
        attempts: 0,
        not_before_at: at,
        expires_at: expires,
        settled_at: null,
        reason: 'by_staff',
      })
      .where('id', '=', row.id)
      .where('state', '=', row.state),
  )
}
