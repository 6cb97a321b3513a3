import type { Range } from '../core/text/fold.ts'
import { featuresOf, nameOf, runsOf } from './features.ts'
import { ENOUGH, type Verdict } from './judge.ts'
import { modelOf } from './model.ts'
import type { Prepared } from './text.ts'
import type { Category } from './types.ts'
import { namedIn, WORD_CLASSES } from './vocabulary.ts'
import weights from './wording.json' with { type: 'json' }

/**
 * What a message is like: a logistic regression over the verdict of the lists, the kinds of things that are named
 * together, and short runs of signs, learnt from our own labelled examples by `npm run train`.
 */

export const CLASSES = ['noise', 'waste', 'other', 'none'] as const
export type Class = (typeof CLASSES)[number]

const MODEL = modelOf(weights)

const [FEWEST, MOST] = [-2, 8]
/** A class is found or doubtful, and has so many points. */
const OF_A_CLASS = MOST - FEWEST + 3

/** What the lists say, as features: which class, how surely. */
export function listsSay(verdict: Verdict | undefined): number[] {
  if (verdict === undefined) return [0]
  const base = 1 + CLASSES.indexOf(classOf(verdict.category)) * OF_A_CLASS
  const points = Math.max(FEWEST, Math.min(MOST, Math.round(verdict.points)))
  return [base + (verdict.points < ENOUGH ? 0 : 1), base + 2 + points - FEWEST]
}

/** The class of a category of problems. */
export function classOf(category: Category): Class {
  return category === 'noise' || category === 'waste' ? category : 'other'
}

/** How much a message is like those of each class: log-probabilities, in the order of `CLASSES`. */
export function likeness(text: Prepared, verdict: Verdict | undefined): number[] {
  return MODEL.likeness(featuresOf(text, listsSay(verdict)))
}

/** Where the words stand that speak most for a class, the strongest first; pairs of signs where none does. */
export function telling(text: Prepared, of: Class, count: number): Range[] {
  const words = namedIn(text.plain).map(({ start, end, classes }) => ({
    start,
    end,
    for: Math.max(...classes.map((one) => speaksFor(of, 'words', one * (WORD_CLASSES.length + 1)))),
  }))
  const strongest = (all: readonly (Range & { for: number })[]) =>
    all.filter((one) => one.for > 0).sort((a, b) => b.for - a.for)
  const named = strongest(words)
  return (named.length > 0 ? named : strongest(pairsIn(text, of))).slice(0, count)
}

function pairsIn(text: Prepared, of: Class): (Range & { for: number })[] {
  return runsOf(text).flatMap((run) => {
    const name = nameOf('runs', run)
    const start = name.length > 1 ? text.plain.indexOf(name) : -1
    return start < 0 ? [] : [{ start, end: start + 2, for: speaksFor(of, 'runs', run) }]
  })
}

/** How much more a feature speaks for a class than for none. */
function speaksFor(of: Class, kind: 'words' | 'runs', feature: number): number {
  const weight = (name: Class) => MODEL.weight(kind, feature, CLASSES.indexOf(name))
  return weight(of) - weight('none')
}
