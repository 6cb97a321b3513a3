import type { Insertable, Selectable } from 'kysely'
import type { Instant } from '../../content/time.ts'
import type { ResidentId } from '../schema.ts'
import type { CaseEventId, CaseEventTable, CaseId, CasePauseTable } from '../schema-reports.ts'
import { q, type Reader, type Tx } from '../store.ts'

export type CaseEventRow = Selectable<CaseEventTable>
export type CasePauseRow = Selectable<CasePauseTable>

/** Gives `undefined` when what happens once has happened before. */
export function insertCaseEvent(
  tx: Tx,
  row: Omit<Insertable<CaseEventTable>, 'id'>,
): CaseEventId | undefined {
  const { changes, lastId } = tx.run(
    q
      .insertInto('case_event')
      .values(row)
      .onConflict((c) => c.columns(['case_id', 'once']).doNothing()),
  )
  return changes === 1 ? (lastId as CaseEventId) : undefined
}

/** What happened to a case, in order. */
export function caseEvents(db: Reader, id: CaseId): CaseEventRow[] {
  return db.all(q.selectFrom('case_event').selectAll().where('case_id', '=', id).orderBy('id'))
}

/** The last event of a kind. */
export function lastCaseEvent(db: Reader, id: CaseId, kind: string): CaseEventRow | undefined {
  return db.get(
    q
      .selectFrom('case_event')
      .selectAll()
      .where('case_id', '=', id)
      .where('kind', '=', kind)
      .orderBy('id', 'desc')
      .limit(1),
  )
}

export function onceKeys(db: Reader, id: CaseId): Set<string> {
  const rows = db.all(q.selectFrom('case_event').select('once').where('case_id', '=', id))
  return new Set(rows.map((row) => row.once))
}

/** The clock of the case stands still from now on. */
export function beginPause(tx: Tx, id: CaseId, at: Instant): void {
  tx.run(
    q
      .insertInto('case_pause')
      .values({ case_id: id, from_at: at, to_at: null })
      // Paused, resumed and paused again within a moment: it goes on.
      .onConflict((c) => c.columns(['case_id', 'from_at']).doUpdateSet({ to_at: null })),
  )
}

/** The clock of the case runs again; nothing happens where it does already. */
export function endPause(tx: Tx, id: CaseId, at: Instant): void {
  tx.run(
    q
      .updateTable('case_pause')
      .set({ to_at: at })
      .where('case_id', '=', id)
      .where('to_at', 'is', null),
  )
}

export function pausesOf(db: Reader, id: CaseId): CasePauseRow[] {
  return db.all(q.selectFrom('case_pause').selectAll().where('case_id', '=', id).orderBy('from_at'))
}

/** The case that somebody closed last since then. */
export function lastClosedBy(db: Reader, by: ResidentId, since: Instant): CaseId | undefined {
  return db.get(
    q
      .selectFrom('case_event')
      .select('case_id')
      .where('kind', '=', 'close')
      .where('resident_id', '=', by)
      .where('at', '>=', since)
      .orderBy('id', 'desc')
      .limit(1),
  )?.case_id
}
