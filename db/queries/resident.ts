import type { Insertable, Selectable, Updateable } from 'kysely'
import type { Instant } from '../../content/time.ts'
import type { ResidentBindingTable, ResidentId, ResidentTable, SessionId } from '../schema.ts'
import { q, type Reader, type Tx } from '../store.ts'

export type ResidentRow = Selectable<ResidentTable>
export type ResidentBindingRow = Selectable<ResidentBindingTable>

export function residentById(db: Reader, id: ResidentId): ResidentRow | undefined {
  return db.get(q.selectFrom('resident').selectAll().where('id', '=', id))
}

export function insertResident(
  tx: Tx,
  row: Pick<Insertable<ResidentTable>, 'name' | 'role' | 'created_at'> &
    Partial<Insertable<ResidentTable>>,
): ResidentId {
  return tx.run(q.insertInto('resident').values(row)).lastId as ResidentId
}

export function updateResident(tx: Tx, id: ResidentId, change: Updateable<ResidentTable>): void {
  tx.run(q.updateTable('resident').set(change).where('id', '=', id))
}

/**
 * Who stands behind a platform id in a login session; merged residents lead to the one that was kept, with `account`
 * still naming the row that is bound. A role is confirmed for the account that showed it, never for one merged into it.
 */
export function boundResident(
  db: Reader,
  session: SessionId,
  platformId: string,
): (ResidentRow & { account: ResidentId; confirmed_at: Instant | null }) | undefined {
  const row = db.get(
    q
      .selectFrom('resident_binding as b')
      .innerJoin('resident as r', 'r.id', 'b.resident_id')
      .selectAll('r')
      .select(['b.resident_id as account', 'b.confirmed_at'])
      .where('b.session_id', '=', session)
      .where('b.platform_id', '=', platformId),
  )
  if (row === undefined || row.merged_into === null) return row
  const kept = residentById(db, row.merged_into)
  return kept && { ...kept, account: row.account, confirmed_at: null }
}

/** Takes a resident's accounts of a session away, before another is bound. */
export function releaseResident(tx: Tx, session: SessionId, id: ResidentId): void {
  tx.run(
    q
      .deleteFrom('resident_binding')
      .where('session_id', '=', session)
      .where('resident_id', '=', id),
  )
}

export function bindResident(tx: Tx, row: ResidentBindingRow): void {
  const { session_id, platform_id, ...rest } = row
  tx.run(
    q
      .insertInto('resident_binding')
      .values({ session_id, platform_id, ...rest })
      .onConflict((c) => c.columns(['session_id', 'platform_id']).doUpdateSet(rest)),
  )
}

/** Where a resident can be reached in a session; else where one who was merged into this one can. */
export function platformIdOf(db: Reader, session: SessionId, id: ResidentId): string | undefined {
  return db.get(
    q
      .selectFrom('resident_binding as b')
      .innerJoin('resident as r', 'r.id', 'b.resident_id')
      .select('b.platform_id')
      .where('b.session_id', '=', session)
      .where((e) => e.or([e('r.id', '=', id), e('r.merged_into', '=', id)]))
      .orderBy((e) => e('r.id', '=', id), 'desc')
      .orderBy('b.bound_at', 'desc')
      .limit(1),
  )?.platform_id
}

export function bindingsOf(db: Reader, session: SessionId): ResidentBindingRow[] {
  return db.all(q.selectFrom('resident_binding').selectAll().where('session_id', '=', session))
}

/** Everybody who is more than a resident. */
export function staffList(db: Reader): ResidentRow[] {
  return db.all(
    q
      .selectFrom('resident')
      .selectAll()
      .where('role', '!=', 'resident')
      .where('merged_into', 'is', null)
      .orderBy('id'),
  )
}

/** Whether other residents were merged into this one. */
export function hasMerged(db: Reader, id: ResidentId): boolean {
  return (
    db.get(q.selectFrom('resident').select('id').where('merged_into', '=', id).limit(1)) !==
    undefined
  )
}

/** Residents whose name contains `name`, those merged into others too. */
export function residentsNamed(db: Reader, name: string, limit: number): ResidentRow[] {
  return db.all(
    q
      .selectFrom('resident')
      .selectAll()
      .where((e) => e(e.fn<number>('instr', ['name', e.val(name)]), '>', 0))
      .orderBy('id')
      .limit(limit),
  )
}

export interface ResidentFilter {
  /** Part of the name; everybody when empty. */
  readonly name: string
  readonly role?: ResidentRow['role']
}

/** People as staff look them up, those merged into others too; `skip` and `take` rows by number. */
export function residentPage(
  db: Reader,
  filter: ResidentFilter,
  { skip, take }: { readonly skip: number; readonly take: number },
): ResidentRow[] {
  return db.all(filtered(filter).selectAll().orderBy('id').limit(take).offset(skip))
}

export function residentCount(db: Reader, filter: ResidentFilter): number {
  return db.get(filtered(filter).select((e) => e.fn.countAll<number>().as('n')))?.n ?? 0
}

function filtered({ name, role }: ResidentFilter) {
  let query = q.selectFrom('resident')
  if (name !== '')
    query = query.where((e) => e(e.fn<number>('instr', ['name', e.val(name)]), '>', 0))
  return role === undefined ? query : query.where('role', '=', role)
}
