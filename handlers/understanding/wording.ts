import type { Prepared } from './text.ts'
import weights from './wording.json' with { type: 'json' }

/**
 * What the wording of a message is like: a multinomial logistic regression over its short runs of signs, learnt from
 * our own labelled examples by `npm run train`. It knows turns of phrase that no list has; the lists know what it has
 * never seen. `judge.ts` listens to both.
 */

export const CLASSES = ['noise', 'waste', 'other', 'none'] as const
export type Class = (typeof CLASSES)[number]

/** Log-probabilities, in the order of `CLASSES`. */
export type Likeness = readonly [number, number, number, number]

/** The longest run of signs. */
const LONGEST = 3
/** A long message is judged by its beginning: what it is about stands there. */
const SIGNS = 160
/** Weights are kept as whole numbers. */
export const SCALE = 1000

/** The runs of one to three signs of a message, each once; digits are alike. */
export function runsOf({ plain }: Pick<Prepared, 'plain'>): Set<string> {
  const text = `^${plain.slice(0, SIGNS).replace(/\d+/g, '0')}$`
  const runs = new Set<string>()
  for (let length = 1; length <= LONGEST; length++) {
    for (let i = 0; i + length <= text.length; i++) runs.add(text.slice(i, i + length))
  }
  return runs
}

const TABLE = new Map(Object.entries(weights.runs as Record<string, number[]>))

/**
 * What a run counts for in a message with so many known runs: the more there are, the less each says, so that a short
 * message is heard as well as a long one.
 */
export function valueOfRun(known: number): number {
  return 3 / Math.sqrt(Math.max(1, known))
}

/** How much the wording is like that of each class. */
export function likeness(text: Prepared): Likeness {
  const sum = [0, 0, 0, 0]
  let known = 0
  for (const run of runsOf(text)) {
    const weight = TABLE.get(run)
    if (weight === undefined) continue
    known += 1
    for (let c = 0; c < sum.length; c++) sum[c] = (sum[c] ?? 0) + (weight[c] ?? 0)
  }
  const value = valueOfRun(known)
  return normalised(sum.map((weight, c) => ((weights.bias[c] ?? 0) + weight * value) / SCALE))
}

function normalised(scores: readonly number[]): Likeness {
  const most = Math.max(...scores)
  const total = Math.log(scores.reduce((sum, score) => sum + Math.exp(score - most), 0)) + most
  return scores.map((score) => score - total) as unknown as Likeness
}

/** The runs that speak most for a class, the strongest first. */
export function telling(text: Prepared, of: Class, count: number): string[] {
  const at = CLASSES.indexOf(of)
  const none = CLASSES.indexOf('none')
  return [...runsOf(text)]
    .filter((run) => run.length > 1 && !/[\^$]/.test(run))
    .map((run) => {
      const weight = TABLE.get(run)
      return { run, for: (weight?.[at] ?? 0) - (weight?.[none] ?? 0) }
    })
    .filter((one) => one.for > 0)
    .sort((a, b) => b.for - a.for)
    .slice(0, count)
    .map(({ run }) => run)
}
