import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Instant } from '../../content/time.ts'
import type { ResidentId } from '../schema.ts'
import { type CaseId, OPEN_STATES } from '../schema-reports.ts'
import type { Reader } from '../store.ts'
import { type CaseFilter, type CaseRow, matchingCases } from './case.ts'

/** The cases of somebody who does not see all of them. */
export interface CaseScope {
  /** Those that are assigned to them. */
  readonly assignee: ResidentId
  /** Those that happened there: they lead these, and may find them by the words of the reports. */
  readonly places: readonly string[]
}

/** One word that must be found, wherever that is. */
export interface SearchTerm {
  readonly text: string
  /** The places that are called so. */
  readonly places: readonly string[]
  /** The case with that number. */
  readonly no: CaseId | undefined
}

export interface CaseSearch extends CaseFilter {
  /** Missing for those who see all. */
  readonly scope?: CaseScope | undefined
  readonly terms?: readonly SearchTerm[] | undefined
  /** Only what is late then. */
  readonly lateAt?: Instant | undefined
  readonly unassigned?: boolean | undefined
}

export type FoundCase = CaseRow & {
  /** People whose reports stand. */
  readonly reporters: number
  readonly assignee: string | null
}

/** What is found, as the queue has it: open ones first, urgent ones before the others, then by what is due next. */
export function searchCases(
  db: Reader,
  search: CaseSearch,
  { skip, take }: { readonly skip: number; readonly take: number },
): FoundCase[] {
  return db.all(
    found(search)
      .selectAll('report_case')
      .select([
        sql<number>`(SELECT count(*) FROM complaint c WHERE c.case_id = report_case.id AND c.withdrawn_at IS NULL)`.as(
          'reporters',
        ),
        sql<string | null>`(SELECT r.name FROM resident r WHERE r.id = report_case.assignee_id)`.as(
          'assignee',
        ),
      ])
      .orderBy(sql`state IN (${OPEN})`, 'desc')
      .orderBy('urgent', 'desc')
      .orderBy('due_resolve_at')
      .orderBy('id')
      .limit(take)
      .offset(skip),
  )
}

export function countCases(db: Reader, search: CaseSearch): number {
  return db.get(found(search).select((e) => e.fn.countAll<number>().as('n')))?.n ?? 0
}

function found(search: CaseSearch) {
  const { scope, terms = [], lateAt, unassigned } = search
  let query = matchingCases(search)
  if (scope) {
    query = query.where((e) =>
      e.or([e('assignee_id', '=', scope.assignee), e('place_id', 'in', [...scope.places])]),
    )
  }
  if (unassigned) query = query.where('assignee_id', 'is', null)
  if (lateAt) query = query.where(isLate(lateAt))
  for (const term of terms) query = query.where(holds(term, scope))
  return query
}

const OPEN = sql.join(OPEN_STATES.map((state) => sql.lit(state)))

/** Open, and something promised is late; while the clock stands still, nothing becomes late. */
function isLate(now: Instant): RawBuilder<SqlBool> {
  const then = sql`coalesce((SELECT p.from_at FROM case_pause p WHERE p.case_id = report_case.id AND p.to_at IS NULL), ${now})`
  return sql<SqlBool>`(state IN (${OPEN}) AND (due_resolve_at < ${then} OR (responded_at IS NULL AND due_respond_at < ${then})))`
}

/** What everybody who handles a case may read of it, and what only those who lead it do. */
const SHARED = sql`
  SELECT hit.id FROM hit WHERE hit.kind = 0
  UNION ALL SELECT e.case_id FROM hit JOIN case_event e ON e.id = hit.id WHERE hit.kind = 3`
const LED = sql`
  UNION ALL SELECT c.case_id FROM hit JOIN complaint c ON c.id = hit.id WHERE hit.kind = 1
  UNION ALL SELECT c.case_id FROM hit JOIN complaint_addition a ON a.id = hit.id
    JOIN complaint c ON c.id = a.complaint_id WHERE hit.kind = 2
  UNION ALL SELECT e.case_id FROM hit JOIN case_event e ON e.id = hit.id WHERE hit.kind = 4
  UNION ALL SELECT m.case_id FROM hit JOIN mediation m ON m.id = hit.id WHERE hit.kind = 5`

/** A word counts where it stands in what may be read, in the name of the place, or is the case's number. */
function holds({ text, places, no }: SearchTerm, scope: CaseScope | undefined) {
  const hit = hitsOf(text)
  const anywhere = sql`report_case.id IN (WITH hit AS MATERIALIZED (${hit}) ${SHARED} ${LED})`
  const words =
    scope === undefined
      ? anywhere
      : sql`report_case.id IN (WITH hit AS MATERIALIZED (${hit}) ${SHARED})
          OR place_id IN (${sql.join([...scope.places])}) AND ${anywhere}`
  return sql<boolean>`(${words} OR place_id IN (${sql.join([...places])}) OR report_case.id = ${no ?? null})`
}

/** The index knows runs of three characters; shorter ones are looked for in the text itself. */
const INDEXED = 3

function hitsOf(text: string) {
  const columns = sql`SELECT rowid >> 3 AS id, rowid & 7 AS kind`
  if ([...text].length < INDEXED) {
    const like = `%${text.replace(/[\\%_]/g, '\\$&')}%`
    return sql`${columns} FROM case_text WHERE text LIKE ${like} ESCAPE ${'\\'}`
  }
  const quoted = `"${text.replaceAll('"', '""')}"`
  return sql`${columns} FROM case_search WHERE case_search MATCH ${quoted}`
}
