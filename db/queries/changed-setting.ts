import type { Instant } from '../../content/time.ts'
import type { ResidentId } from '../schema.ts'
import { q, type Reader, type Tx } from '../store.ts'

/** What staff have set otherwise than the files, with who did it and when. */
export function changedSettings(db: Reader): {
  readonly name: string
  readonly value: unknown
  readonly at: Instant
  readonly by: string | null
}[] {
  const rows = db.all(
    q
      .selectFrom('changed_setting as s')
      .leftJoin('resident as r', 'r.id', 's.resident_id')
      .select(['s.name', 's.value', 's.changed_at', 'r.name as by'])
      .orderBy('s.name'),
  )
  return rows.map(({ name, value, changed_at: at, by }) => ({
    name,
    value: JSON.parse(value) as unknown,
    at,
    by,
  }))
}

export function putChangedSetting(
  tx: Tx,
  row: { name: string; value: unknown; at: Instant; by: ResidentId },
): void {
  const change = { value: JSON.stringify(row.value), changed_at: row.at, resident_id: row.by }
  tx.run(
    q
      .insertInto('changed_setting')
      .values({ name: row.name, ...change })
      .onConflict((c) => c.column('name').doUpdateSet(change)),
  )
}

export function deleteChangedSetting(tx: Tx, name: string): void {
  tx.run(q.deleteFrom('changed_setting').where('name', '=', name))
}
