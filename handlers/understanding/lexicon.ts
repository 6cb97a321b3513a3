import type { Range } from '../core/text/fold.ts'

/** Words that count as evidence: one group counts once, with the points of its best word. */
export interface Sign {
  readonly group: string
  readonly points: number
  readonly pattern: RegExp
  readonly subtype?: string
  /** Which subtype wins where several are named; the points unless said otherwise. */
  readonly rank: number
}

export interface Hit extends Range {
  readonly sign: Sign
}

/** A list of words and small patterns, separated by spaces or line breaks, as one expression. */
export function words(list: string): RegExp {
  return new RegExp(list.trim().split(/\s+/).join('|'), 'g')
}

export function sign(
  group: string,
  points: number,
  list: string,
  subtype?: string,
  rank = points,
): Sign {
  return { group, points, pattern: words(list), rank, ...(subtype !== undefined && { subtype }) }
}

/** The first place where an expression of `words` fits, from `from` on. Cheaper than matchAll, which copies it. */
function next(pattern: RegExp, text: string, from: number): Range | undefined {
  pattern.lastIndex = from
  const match = pattern.exec(text)
  return match ? { start: match.index, end: match.index + match[0].length } : undefined
}

/** Where the first of the words stands. */
export function findFirst(pattern: RegExp, text: string): Range | undefined {
  return next(pattern, text, 0)
}

/** Where the signs stand in the text, those inside `masked` ranges left out. */
export function findSigns(
  signs: readonly Sign[],
  plain: string,
  masked: readonly Range[] = [],
): Hit[] {
  const hits: Hit[] = []
  for (const sign of signs) {
    for (let at = next(sign.pattern, plain, 0); at; at = next(sign.pattern, plain, at.end)) {
      const { start, end } = at
      if (!masked.some((range) => start < range.end && range.start < end)) {
        hits.push({ sign, start, end })
      }
    }
  }
  return hits
}
