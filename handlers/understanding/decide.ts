import type { Verdict } from './judge.ts'
import type { Prepared } from './text.ts'
import { CLASSES, type Class, likeness } from './wording.ts'

/** What a message is, and how sure that is. */
export interface Decision {
  readonly class: Class
  /** Of that class, 0 to 1. */
  readonly probability: number
}

/** As log-odds: said to Linli alone, what the lists half know is enough. */
const LEANING = 1
/**
 * Problems other than noise and waste are of many kinds, and easily taken for one another's talk; and what is said to
 * Linli alone is a command as often as a report.
 */
const EVEN_CHANCE = 0.5

/** The likeliest class of a message; `lean` towards a report where it was said to Linli alone. */
export function decide(text: Prepared, verdict: Verdict | undefined, lean: boolean): Decision {
  const leaning = lean && verdict !== undefined ? LEANING : 0
  const scores = likeness(text, verdict).map(
    (likely, i) => likely + (CLASSES[i] === 'none' ? 0 : leaning),
  )
  const most = Math.max(...scores)
  const total = scores.reduce((sum, score) => sum + Math.exp(score - most), 0)
  const found = { class: CLASSES[scores.indexOf(most)] ?? 'none', probability: 1 / total }
  const isDoubtful = (lean || found.class === 'other') && found.probability < EVEN_CHANCE
  return isDoubtful ? { class: 'none', probability: 1 - found.probability } : found
}
