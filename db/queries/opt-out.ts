import type { Instant } from '../../content/time.ts'
import type { ResidentId, Topic } from '../schema.ts'
import { q, type Reader, type Tx } from '../store.ts'

export function optedOut(db: Reader, resident: ResidentId, topic: Exclude<Topic, 'all'>): boolean {
  return (
    db.get(
      q
        .selectFrom('opt_out')
        .select('topic')
        .where('resident_id', '=', resident)
        .where('topic', 'in', [topic, 'all'])
        .limit(1),
    ) !== undefined
  )
}

/** Whether the resident wants no messages at all. */
export function optedOutOfAll(db: Reader, resident: ResidentId): boolean {
  const query = q.selectFrom('opt_out').select('topic').where('resident_id', '=', resident)
  return db.get(query.where('topic', '=', 'all').limit(1)) !== undefined
}

export function addOptOut(tx: Tx, resident: ResidentId, topic: Topic, at: Instant): boolean {
  return (
    tx.run(
      q
        .insertInto('opt_out')
        .values({ resident_id: resident, topic, at })
        .onConflict((c) => c.doNothing()),
    ).changes === 1
  )
}

/** Taking `all` back takes every topic back. */
export function removeOptOut(tx: Tx, resident: ResidentId, topic: Topic): boolean {
  const query = q.deleteFrom('opt_out').where('resident_id', '=', resident)
  return tx.run(topic === 'all' ? query : query.where('topic', '=', topic)).changes > 0
}
