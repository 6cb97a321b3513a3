import { sql } from 'kysely'
import type { Category } from '../../content/report-rules.ts'
import type { Instant } from '../../content/time.ts'
import { q, type Reader } from '../store.ts'

export interface ResponseCount {
  readonly category: Category
  /** Cases to be answered by a moment of the period. */
  readonly due: number
  /** Of these, answered in time. */
  readonly inTime: number
}

/**
 * 响应率 by category: the cases whose time to respond ended in the period and by `now`. Merged and withdrawn cases are
 * left out, and those that wait for the resident.
 */
export function responseCounts(
  db: Reader,
  { from, before, now }: { from: Instant; before: Instant; now: Instant },
): ResponseCount[] {
  return db.all(
    q
      .selectFrom('report_case as c')
      .select((e) => [
        'c.category',
        e.fn.countAll<number>().as('due'),
        sql<number>`total(c.responded_at <= c.due_respond_at)`.as('inTime'),
      ])
      .where('c.due_respond_at', '>=', from)
      .where('c.due_respond_at', '<', before)
      .where('c.due_respond_at', '<=', now)
      .where('c.state', 'not in', ['merged', 'withdrawn'])
      .where((e) =>
        e.or([
          e('c.responded_at', 'is not', null),
          e.not(
            e.exists(
              e
                .selectFrom('case_pause as p')
                .select('p.case_id')
                .whereRef('p.case_id', '=', 'c.id')
                .where('p.to_at', 'is', null),
            ),
          ),
        ]),
      )
      .groupBy('c.category'),
  )
}

export interface RevisitCount {
  readonly category: Category
  readonly solved: number
  readonly unsolved: number
  readonly unreached: number
  readonly satisfied: number
  readonly basically: number
  readonly dissatisfied: number
}

/**
 * 解决率 and 满意率 by category: of each case the last valid answer, and the last rating, that was given in the period.
 * A case is 未联系上 when it has no valid answer there. Merged cases are left out: the one that stands for them counts.
 */
export function revisitCounts(
  db: Reader,
  { from, before }: { from: Instant; before: Instant },
): RevisitCount[] {
  const last = (column: 'result' | 'rating', valid: string) =>
    sql`(SELECT v.${sql.ref(column)} FROM case_revisit v WHERE v.case_id = c.id AND v.at >= ${from} AND v.at < ${before}
      AND ${sql.raw(valid)} ORDER BY v.at DESC, v.id DESC LIMIT 1)`
  const cases = q
    .selectFrom('report_case as c')
    .select([
      'c.category',
      sql<string>`coalesce(${last('result', "v.result <> 'unreached'")}, 'unreached')`.as('result'),
      sql<string | null>`${last('rating', 'v.rating IS NOT NULL')}`.as('rating'),
    ])
    .where('c.state', '<>', 'merged')
    .where((e) =>
      e(
        'c.id',
        'in',
        e
          .selectFrom('case_revisit as r')
          .select('r.case_id')
          .where('r.at', '>=', from)
          .where('r.at', '<', before),
      ),
    )
  return db.all(
    q
      .selectFrom(cases.as('x'))
      .select([
        'x.category',
        sql<number>`total(x.result = 'solved')`.as('solved'),
        sql<number>`total(x.result = 'unsolved')`.as('unsolved'),
        sql<number>`total(x.result = 'unreached')`.as('unreached'),
        sql<number>`total(x.rating = 'satisfied')`.as('satisfied'),
        sql<number>`total(x.rating = 'basically')`.as('basically'),
        sql<number>`total(x.rating = 'dissatisfied')`.as('dissatisfied'),
      ])
      .groupBy('x.category'),
  )
}
