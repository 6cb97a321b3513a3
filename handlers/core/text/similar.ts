import { normalise, stripTail } from './normalise.ts'

/** Below this share of common letter pairs two phrases have nothing to do with each other. */
const FLOOR = 0.25

function bigrams(text: string): Map<string, number> {
  const signs = [...stripTail(normalise(text)).replace(/[\s\p{P}]/gu, '')]
  const counts = new Map<string, number>()
  for (let i = 0; i < Math.max(signs.length - 1, 1); i++) {
    const pair = signs.slice(i, i + 2).join('')
    if (pair !== '') counts.set(pair, (counts.get(pair) ?? 0) + 1)
  }
  return counts
}

function total(counts: ReadonlyMap<string, number>): number {
  let sum = 0
  for (const n of counts.values()) sum += n
  return sum
}

/** Dice's coefficient, 0 (nothing in common) to 1. */
function alike(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let common = 0
  for (const [pair, n] of b) common += Math.min(n, a.get(pair) ?? 0)
  return common === 0 ? 0 : (2 * common) / (total(a) + total(b))
}

/**
 * Up to `count` of the phrases that are most like the text, the most alike first, in the order given
 * where they are equally alike; none that has nearly nothing in common with it.
 */
export function nearest(text: string, phrases: readonly string[], count: number): string[] {
  const wanted = bigrams(text)
  return phrases
    .map((phrase) => ({ phrase, score: alike(wanted, bigrams(phrase)) }))
    .filter(({ score }) => score >= FLOOR)
    .sort((a, b) => b.score - a.score)
    .slice(0, count)
    .map(({ phrase }) => phrase)
}
