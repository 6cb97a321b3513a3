import { ENOUGH, type Verdict } from './judge.ts'
import type { Prepared } from './text.ts'
import { CLASSES, type Class, likeness } from './wording.ts'

/** What the lists of words and the wording as a whole say together. */
export interface Decision {
  readonly class: Class
  /** Of that class, 0 to 1. */
  readonly probability: number
}

/**
 * What the lists' verdict is worth beside the wording, as a log-odds: chosen on sets of messages that neither had seen,
 * where it made the fewest false reports at the same recall.
 */
const TRUST = 2
/** Said to Linli alone less is enough. */
const LEANING = 1

/** The likeliest class of a message; `lean` towards a report where it was said to Linli alone. */
export function decide(text: Prepared, verdict: Verdict | undefined, lean: boolean): Decision {
  const listed = classOf(verdict)
  const scores = likeness(text).map((likely, i) => {
    const name = CLASSES[i]
    return likely + (name === listed ? TRUST : 0) + (lean && name !== 'none' ? LEANING : 0)
  })
  const most = Math.max(...scores)
  const total = scores.reduce((sum, score) => sum + Math.exp(score - most), 0)
  return { class: CLASSES[scores.indexOf(most)] ?? 'none', probability: 1 / total }
}

function classOf(verdict: Verdict | undefined): Class {
  if (verdict === undefined || verdict.points < ENOUGH) return 'none'
  const { category } = verdict
  return category === 'noise' || category === 'waste' ? category : 'other'
}
