import type { Category } from '../../content/report-rules.ts'
import type { Instant } from '../../content/time.ts'
import {
  type ResponseCount,
  type RevisitCount,
  responseCounts,
  revisitCounts,
} from '../../db/queries/case-figures.ts'
import type { Look } from '../core/feature.ts'

/** 响应率, 解决率 and 满意率 of a period, each with the cases that it is of. */

/** `of` cases are the whole; the rate is missing where there are none. */
export interface Rate {
  readonly n: number
  readonly of: number
  readonly rate: number | undefined
}

export interface CaseFigures {
  /** Contacted within the limit, over those due. */
  readonly responded: Rate
  /** Reporters who confirm that it is solved, over those who answered. */
  readonly solved: Rate
  /** 未联系上: beside the rates, in none of them. */
  readonly unreached: number
  /** 满意 and 基本满意, over valid ratings; of cases, not of people. */
  readonly satisfied: Rate
  readonly ratings: Readonly<Record<'satisfied' | 'basically' | 'dissatisfied', number>>
}

export interface PeriodFigures extends CaseFigures {
  readonly categories: ReadonlyMap<Category, CaseFigures>
}

/**
 * The figures from `from` until before `before`, in all and by category. Responses belong to the day on which they were
 * due, answers to the day on which they were given: a month that is over does not change any more.
 */
export function caseFigures(
  look: Look,
  period: { readonly from: Instant; readonly before: Instant },
): PeriodFigures {
  const responses = responseCounts(look.db, { ...period, now: look.now })
  const revisits = revisitCounts(look.db, period)
  const names = new Set([...responses, ...revisits].map((row) => row.category))
  const of = (category: Category) =>
    figuresOf(
      responses.filter((row) => row.category === category),
      revisits.filter((row) => row.category === category),
    )
  return {
    ...figuresOf(responses, revisits),
    categories: new Map([...names].sort().map((category) => [category, of(category)])),
  }
}

function figuresOf(
  responses: readonly ResponseCount[],
  revisits: readonly RevisitCount[],
): CaseFigures {
  const total = <K extends string>(rows: readonly Readonly<Record<K, number>>[], key: K) =>
    rows.reduce((sum, row) => sum + row[key], 0)
  const solved = total(revisits, 'solved')
  const ratings = {
    satisfied: total(revisits, 'satisfied'),
    basically: total(revisits, 'basically'),
    dissatisfied: total(revisits, 'dissatisfied'),
  }
  const content = ratings.satisfied + ratings.basically
  return {
    responded: rate(total(responses, 'inTime'), total(responses, 'due')),
    solved: rate(solved, solved + total(revisits, 'unsolved')),
    unreached: total(revisits, 'unreached'),
    satisfied: rate(content, content + ratings.dissatisfied),
    ratings,
  }
}

function rate(n: number, of: number): Rate {
  return { n, of, rate: of === 0 ? undefined : n / of }
}
