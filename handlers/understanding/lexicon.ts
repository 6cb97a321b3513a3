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

/** Where the signs stand in the text, those inside `masked` ranges left out. */
export function findSigns(
  signs: readonly Sign[],
  plain: string,
  masked: readonly Range[] = [],
): Hit[] {
  const hits: Hit[] = []
  for (const sign of signs) {
    for (const match of plain.matchAll(sign.pattern)) {
      const hit = { sign, start: match.index, end: match.index + match[0].length }
      if (!masked.some((range) => hit.start < range.end && range.start < hit.end)) hits.push(hit)
    }
  }
  return hits
}
