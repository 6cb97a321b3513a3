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
 * As log-odds: what the lists' verdict is worth beside the wording, what noise or waste of which no list has a word must
 * make up for, and how much the benefit of the doubt is worth to silence. Chosen on messages that neither part had seen.
 */
const TRUST = 2
const UNLISTED = 1
const DOUBT = 0.5
/** Said to Linli alone less is enough. */
const LEANING = 1

/** The likeliest class of a message; `lean` towards a report where it was said to Linli alone. */
export function decide(text: Prepared, verdict: Verdict | undefined, lean: boolean): Decision {
  const guess = verdict && classOf(verdict)
  const listed = verdict === undefined || verdict.points < ENOUGH ? 'none' : guess
  const scores = likeness(text).map((likely, i) => {
    const name = CLASSES[i]
    const heard = name === listed ? TRUST : 0
    const unheard = (name === 'noise' || name === 'waste') && name !== guess ? UNLISTED : 0
    const leaning = name === 'none' ? DOUBT : lean ? LEANING : 0
    return likely + heard - unheard + leaning
  })
  const most = Math.max(...scores)
  const total = scores.reduce((sum, score) => sum + Math.exp(score - most), 0)
  return { class: CLASSES[scores.indexOf(most)] ?? 'none', probability: 1 / total }
}

function classOf({ category }: Verdict): Class {
  return category === 'noise' || category === 'waste' ? category : 'other'
}
