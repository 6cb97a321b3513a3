import type { Insertable, Selectable, Updateable } from 'kysely'
import type { Category } from '../../content/report-rules.ts'
import type { Instant } from '../../content/time.ts'
import type { ResidentId } from '../schema.ts'
import {
  type CaseId,
  type CaseState,
  OPEN_STATES,
  type ReportCaseTable,
} from '../schema-reports.ts'
import { q, type Reader, type Tx } from '../store.ts'

export type CaseRow = Selectable<ReportCaseTable>

export function insertCase(tx: Tx, row: Omit<Insertable<ReportCaseTable>, 'id'>): CaseId {
  return tx.run(q.insertInto('report_case').values(row)).lastId as CaseId
}

export function caseById(db: Reader, id: CaseId): CaseRow | undefined {
  return db.get(q.selectFrom('report_case').selectAll().where('id', '=', id))
}

/** Changes a case as it was when it was read; gives false when it has changed since. */
export function updateCase(
  tx: Tx,
  { id, version }: Pick<CaseRow, 'id' | 'version'>,
  change: Updateable<ReportCaseTable>,
): boolean {
  const query = q
    .updateTable('report_case')
    .set({ ...change, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
  return tx.run(query).changes === 1
}

export interface CaseFilter {
  readonly states?: readonly CaseState[] | undefined
  readonly category?: Category | undefined
  readonly assignee?: ResidentId | undefined
  readonly places?: readonly string[] | undefined
  readonly supervised?: boolean | undefined
  readonly public?: boolean | undefined
  readonly createdFrom?: Instant | undefined
  readonly createdBefore?: Instant | undefined
  readonly dueBefore?: Instant | undefined
}

/** The queue: urgent ones first, then by what is due next. */
export function casesWith(db: Reader, filter: CaseFilter, limit = 500): CaseRow[] {
  return db.all(
    matchingCases(filter)
      .selectAll()
      .orderBy('urgent', 'desc')
      .orderBy('due_resolve_at')
      .orderBy('id')
      .limit(limit),
  )
}

/** The cases that fit, for what is to be known of them. */
export function matchingCases(filter: CaseFilter) {
  let query = q.selectFrom('report_case')
  if (filter.states) query = query.where('state', 'in', [...filter.states])
  if (filter.category) query = query.where('category', '=', filter.category)
  if (filter.assignee) query = query.where('assignee_id', '=', filter.assignee)
  if (filter.places) query = query.where('place_id', 'in', [...filter.places])
  if (filter.supervised) query = query.where('supervised_at', 'is not', null)
  if (filter.public !== undefined) query = query.where('public', '=', filter.public ? 1 : 0)
  if (filter.createdFrom) query = query.where('created_at', '>=', filter.createdFrom)
  if (filter.createdBefore) query = query.where('created_at', '<', filter.createdBefore)
  if (filter.dueBefore) query = query.where('due_resolve_at', '<', filter.dueBefore)
  return query
}

/** Open cases of a category filed since, the latest first. */
export function openCasesSince(db: Reader, category: Category, since: Instant): CaseRow[] {
  return db.all(
    q
      .selectFrom('report_case')
      .selectAll()
      .where('category', '=', category)
      .where('state', 'in', [...OPEN_STATES])
      .where('created_at', '>=', since)
      .orderBy('id', 'desc'),
  )
}

/** The cases with something to raise by `now`. */
export function casesToRaise(db: Reader, now: Instant): CaseId[] {
  return db
    .all(
      q
        .selectFrom('report_case')
        .select('id')
        .where('alarm_at', '<=', now)
        .orderBy('alarm_at')
        .orderBy('id'),
    )
    .map((row) => row.id)
}

export function nextCaseAlarm(db: Reader): Instant | undefined {
  const row = db.get(
    q
      .selectFrom('report_case')
      .select('alarm_at')
      .where('alarm_at', 'is not', null)
      .orderBy('alarm_at')
      .limit(1),
  )
  return row?.alarm_at ?? undefined
}

/** Closed cases that nobody has revisited, or revisited ones, since before `until`. */
export function casesWaiting(db: Reader, state: 'done' | 'revisited', until: Instant): CaseRow[] {
  const since = state === 'done' ? 'closed_at' : 'revisited_at'
  return db.all(
    q
      .selectFrom('report_case')
      .selectAll()
      .where('state', '=', state)
      .where(since, '<=', until)
      .orderBy(since)
      .orderBy('id'),
  )
}

/** The cases that were merged into this one. */
export function mergedInto(db: Reader, id: CaseId): CaseRow[] {
  return db.all(q.selectFrom('report_case').selectAll().where('merged_into', '=', id).orderBy('id'))
}
