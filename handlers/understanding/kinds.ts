import { featuresOf } from './features.ts'
import type { Verdict } from './judge.ts'
import weights from './kinds.json' with { type: 'json' }
import { modelOf } from './model.ts'
import type { Prepared } from './text.ts'
import { CATEGORIES, type Category } from './types.ts'
import { type Class, classOf } from './wording.ts'

/**
 * Of what kind a problem is: of noise and waste the subtype, of everything else the category. Learnt like `wording.ts`
 * from the examples that are of that class, the lists' own word for it being one of the features.
 */

export const NOISE_KINDS = [
  ...['renovation', 'construction', 'square-dance', 'upstairs', 'pets', 'instruments', 'aircon'],
  ...['equipment', 'shop', 'vehicles', 'crowd', 'handling', 'other'],
] as const
export const WASTE_KINDS = [
  ...['dumping', 'mixed', 'mixed-collection', 'overflow', 'construction-waste', 'bulky', 'falling'],
  ...['corridor', 'burning', 'pet-waste', 'odour', 'pests', 'bin', 'other'],
] as const
const OTHER_KINDS: readonly Category[] = CATEGORIES.filter((one) => classOf(one) === 'other')

export type Problem = Exclude<Class, 'none'>

export const KINDS_OF: Readonly<Record<Problem, readonly string[]>> = {
  noise: NOISE_KINDS,
  waste: WASTE_KINDS,
  other: OTHER_KINDS,
}

const MODELS = {
  noise: modelOf(weights.noise),
  waste: modelOf(weights.waste),
  other: modelOf(weights.other),
}

/** The kind that the lists name, as a feature; 0 where they name none of this class. */
export function kindListed(problem: Problem, verdict: Verdict | undefined): number[] {
  if (verdict === undefined || classOf(verdict.category) !== problem) return [0]
  const name = problem === 'other' ? verdict.category : verdict.subtype
  return [1 + KINDS_OF[problem].indexOf(name)]
}

/** Category and subtype of a problem of this class. */
export function kindOfProblem(
  text: Prepared,
  problem: Problem,
  verdict: Verdict | undefined,
): { readonly category: Category; readonly subtype: string } {
  const scores = MODELS[problem].likeness(featuresOf(text, kindListed(problem, verdict)))
  const kind = KINDS_OF[problem][scores.indexOf(Math.max(...scores))] ?? 'other'
  return problem === 'other'
    ? { category: OTHER_KINDS.find((one) => one === kind) ?? 'other', subtype: 'other' }
    : { category: problem, subtype: kind }
}
