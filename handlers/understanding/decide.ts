import type { Verdict } from './judge.ts'
import type { Prepared } from './text.ts'
import { CLASSES, type Class, likeness } from './wording.ts'

/** What a message is, and how sure that is. */
export interface Decision {
  readonly class: Class
  /** Of that class, 0 to 1. */
  readonly probability: number
}

/** The benefit of the doubt is with silence, as log-odds; said to Linli alone less is enough. */
const DOUBT = 0.3
const LEANING = 1

/** The likeliest class of a message; `lean` towards a report where it was said to Linli alone. */
export function decide(text: Prepared, verdict: Verdict | undefined, lean: boolean): Decision {
  const scores = likeness(text, verdict).map(
    (likely, i) => likely + (CLASSES[i] === 'none' ? DOUBT : lean ? LEANING : 0),
  )
  const most = Math.max(...scores)
  const total = scores.reduce((sum, score) => sum + Math.exp(score - most), 0)
  return { class: CLASSES[scores.indexOf(most)] ?? 'none', probability: 1 / total }
}
