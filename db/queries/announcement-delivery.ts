import { type Selectable, sql } from 'kysely'
import type { Instant } from '../../content/time.ts'
import type { OutboxId, ResidentId, RoomId } from '../schema.ts'
import type {
  AnnouncementDeliveryTable,
  AnnouncementId,
  AnnouncementPartTable,
  DeliveryId,
  RecallState,
} from '../schema-announcements.ts'
import { q, type Reader, type Tx } from '../store.ts'
import type { OutboxRow } from './outbox.ts'

/** How far a group's copy got: seen from the outbox, the worst of its parts. */
export type DeliveryState = 'waiting' | 'unknown' | 'failed' | 'expired' | 'sent' | 'skipped'

export interface DeliveryRow extends Selectable<AnnouncementDeliveryTable> {
  readonly topic: string
  readonly state: DeliveryState
  /** Why it failed, expired or was skipped: a short code. */
  readonly reason: string | null
  /** The message that a person has to look after. */
  readonly trouble: OutboxId | null
  /** Messages of it that were taken back, and that could not be. */
  readonly recalled: number
  readonly stuck: number
}

/** Gives `undefined` when the group has its row of that occurrence already. */
export function insertDelivery(
  tx: Tx,
  row: Omit<Selectable<AnnouncementDeliveryTable>, 'id'>,
): DeliveryId | undefined {
  const { changes, lastId } = tx.run(
    q
      .insertInto('announcement_delivery')
      .values(row)
      .onConflict((c) => c.columns(['announcement_id', 'occurrence', 'room_id']).doNothing()),
  )
  return changes === 1 ? (lastId as DeliveryId) : undefined
}

export function insertPart(tx: Tx, row: AnnouncementPartTable): void {
  tx.run(q.insertInto('announcement_part').values(row))
}

/** Of every part its latest attempt. */
const latestParts = () =>
  q
    .selectFrom('announcement_part as p')
    .selectAll('p')
    .where('p.attempt', '=', (e) =>
      e
        .selectFrom('announcement_part as l')
        .select((m) => m.fn.max('l.attempt').as('attempt'))
        .whereRef('l.delivery_id', '=', 'p.delivery_id')
        .whereRef('l.part', '=', 'p.part'),
    )

const STATE = sql<DeliveryState>`CASE
  WHEN d.skipped IS NOT NULL THEN 'skipped'
  WHEN sum(o.state IN ('queued','sending')) > 0 THEN 'waiting'
  WHEN sum(o.state = 'unknown') > 0 THEN 'unknown'
  WHEN sum(o.state = 'failed') > 0 THEN 'failed'
  WHEN sum(o.state = 'expired') > 0 THEN 'expired'
  ELSE 'sent' END`

/** Every group's copy of one occurrence and how far it got, in one statement. */
export function deliveries(db: Reader, id: AnnouncementId, occurrence: number): DeliveryRow[] {
  return db.all(
    q
      .selectFrom('announcement_delivery as d')
      .innerJoin('room as r', 'r.id', 'd.room_id')
      .leftJoin(latestParts().as('p'), 'p.delivery_id', 'd.id')
      .leftJoin('outbox as o', 'o.id', 'p.outbox_id')
      .leftJoin('announcement_recall as c', 'c.outbox_id', 'o.id')
      .selectAll('d')
      .select(['r.topic', STATE.as('state')])
      .select([
        sql<
          string | null
        >`coalesce(d.skipped, max(CASE WHEN o.state IN ('unknown','failed','expired') THEN o.reason END))`.as(
          'reason',
        ),
        sql<OutboxId | null>`min(CASE WHEN o.state IN ('unknown','failed') THEN o.id END)`.as(
          'trouble',
        ),
        sql<number>`coalesce(sum(c.state = 'recalled'), 0)`.as('recalled'),
        sql<number>`coalesce(sum(c.state = 'failed'), 0)`.as('stuck'),
      ])
      .where('d.announcement_id', '=', id)
      .where('d.occurrence', '=', occurrence)
      .groupBy('d.id')
      .orderBy('d.id'),
  )
}

/** How many groups' copies of the latest occurrence of each announcement are in each state, in one statement. */
export function deliveryCounts(
  db: Reader,
  of: readonly AnnouncementId[],
): { readonly id: AnnouncementId; readonly state: DeliveryState; readonly n: number }[] {
  const copies = q
    .selectFrom('announcement as a')
    .innerJoin('announcement_delivery as d', (j) =>
      j.onRef('d.announcement_id', '=', 'a.id').onRef('d.occurrence', '=', 'a.occurrences'),
    )
    .leftJoin(latestParts().as('p'), 'p.delivery_id', 'd.id')
    .leftJoin('outbox as o', 'o.id', 'p.outbox_id')
    .select(['a.id', STATE.as('state')])
    .where('a.id', 'in', of)
    .groupBy('d.id')
  return db.all(
    q
      .selectFrom(copies.as('x'))
      .select((e) => ['x.id', 'x.state', e.fn.countAll<number>().as('n')])
      .groupBy(['x.id', 'x.state']),
  )
}

/** A message of a delivery, the latest attempt at its part. */
export interface PartRow extends AnnouncementPartTable {
  readonly message: OutboxRow
}

/** The messages of one occurrence as they are now, in the order of groups and parts. */
export function partsOf(db: Reader, id: AnnouncementId, occurrence: number): PartRow[] {
  const rows = db.all(
    q
      .selectFrom('announcement_delivery as d')
      .innerJoin(latestParts().as('p'), 'p.delivery_id', 'd.id')
      .innerJoin('outbox as o', 'o.id', 'p.outbox_id')
      .selectAll('o')
      .select(['p.delivery_id', 'p.part', 'p.attempt', 'p.outbox_id'])
      .where('d.announcement_id', '=', id)
      .where('d.occurrence', '=', occurrence)
      .orderBy('d.id')
      .orderBy('p.part'),
  )
  return rows.map(({ delivery_id, part, attempt, outbox_id, ...message }) => ({
    delivery_id,
    part,
    attempt,
    outbox_id,
    message,
  }))
}

/** The groups that had one of these announcements, or are about to. */
export function roomsTold(db: Reader, id: AnnouncementId): RoomId[] {
  return db
    .all(
      q
        .selectFrom('announcement_delivery')
        .select('room_id')
        .distinct()
        .where('announcement_id', '=', id)
        .where('skipped', 'is', null),
    )
    .map((row) => row.room_id)
}

/** Asks for a message to be taken back. Gives false when it was asked before. */
export function askRecall(tx: Tx, outbox: OutboxId, by: ResidentId, at: Instant): boolean {
  const row = { outbox_id: outbox, state: 'asked', asked_by: by, asked_at: at } as const
  return (
    tx.run(
      q
        .insertInto('announcement_recall')
        .values({ ...row, settled_at: null })
        .onConflict((c) =>
          c
            .column('outbox_id')
            .doUpdateSet({ state: 'asked', asked_at: at, settled_at: null })
            .where('announcement_recall.state', '=', 'failed'),
        ),
    ).changes === 1
  )
}

/** The messages that are still to be taken back. */
export function recallsAsked(db: Reader): OutboxRow[] {
  return db.all(
    q
      .selectFrom('announcement_recall as c')
      .innerJoin('outbox as o', 'o.id', 'c.outbox_id')
      .selectAll('o')
      .where('c.state', '=', 'asked')
      .orderBy('o.id'),
  )
}

export function settleRecall(
  tx: Tx,
  outbox: OutboxId,
  state: Exclude<RecallState, 'asked'>,
  at: Instant,
): void {
  tx.run(
    q
      .updateTable('announcement_recall')
      .set({ state, settled_at: at })
      .where('outbox_id', '=', outbox)
      .where('state', '=', 'asked'),
  )
}
