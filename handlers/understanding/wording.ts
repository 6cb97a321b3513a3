import type { Range } from '../core/text/fold.ts'
import { ENOUGH, type Verdict } from './judge.ts'
import type { Prepared } from './text.ts'
import type { Category } from './types.ts'
import { namedIn, WORD_CLASSES } from './vocabulary.ts'
import weights from './wording.json' with { type: 'json' }

/**
 * What a message is like: a multinomial logistic regression over the verdict of the lists, the kinds of things that are
 * named together, and short runs of signs, learnt from our own labelled examples by `npm run train`.
 */

export const CLASSES = ['noise', 'waste', 'other', 'none'] as const
export type Class = (typeof CLASSES)[number]

/** Log-probabilities, in the order of `CLASSES`. */
export type Likeness = readonly [number, number, number, number]

/** What is known of a message, in kinds that weigh by themselves. */
export const KINDS = ['lists', 'words', 'runs'] as const
export type Kind = (typeof KINDS)[number]

/** Each feature as a number of its kind, each once; `nameOf` says what it stands for. */
export type Features = Readonly<Record<Kind, readonly number[]>>

/** How much a kind says: the more features are known, the less each says, by the root of their number. */
export const SAYS = { lists: 1, words: 1.5, runs: 3 } as const

/** A long message is judged by its beginning: what it is about stands there. */
const SIGNS = 160
/** Weights are kept as whole numbers. */
export const SCALE = 1000

/** What the weights are asked for. */
export function featuresOf(text: Prepared, verdict: Verdict | undefined): Features {
  return { lists: listed(verdict), words: classesNamed(text), runs: runsOf(text) }
}

const [FEWEST, MOST] = [-2, 8]
/** A class is found or doubtful, and has so many points. */
const OF_A_CLASS = MOST - FEWEST + 3

function listed(verdict: Verdict | undefined): number[] {
  if (verdict === undefined) return [0]
  const base = 1 + CLASSES.indexOf(classOf(verdict.category)) * OF_A_CLASS
  const points = Math.max(FEWEST, Math.min(MOST, Math.round(verdict.points)))
  return [base + (verdict.points < ENOUGH ? 0 : 1), base + 2 + points - FEWEST]
}

/** The class of a category of problems. */
export function classOf(category: Category): Class {
  return category === 'noise' || category === 'waste' ? category : 'other'
}

/** The classes of the words that are named, and each two of them: one's number times as many as there are, plus the other's. */
function classesNamed({ plain }: Prepared): number[] {
  const named = new Set<number>()
  for (const { classes } of namedIn(plain.slice(0, SIGNS))) {
    for (const one of classes) named.add(one)
  }
  const all = [...named].sort((a, b) => a - b)
  const features: number[] = []
  for (const [i, one] of all.entries()) {
    for (let j = i; j < all.length; j++) features.push(one * WORD_CLASSES.length + (all[j] ?? 0))
  }
  return features
}

/** The signs and the pairs of neighbouring signs, by their codes; numbers are alike. */
function runsOf({ plain }: Prepared): number[] {
  const text = `^${plain.slice(0, SIGNS).replace(/\d+/g, '0')}$`
  const runs = new Set<number>()
  let last = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    runs.add(code)
    if (i > 0) runs.add((last << 16) | code)
    last = code
  }
  return [...runs]
}

/** What a feature stands for; the weights are kept by these names. */
export function nameOf(kind: Kind, feature: number): string {
  if (kind === 'lists') return `${feature}`
  if (kind === 'runs') {
    const [first, second] = [feature >>> 16, feature & 0xffff]
    return first === 0 ? String.fromCharCode(second) : String.fromCharCode(first, second)
  }
  const [one, other] = [Math.floor(feature / WORD_CLASSES.length), feature % WORD_CLASSES.length]
  return one === other ? nameOfClass(one) : `${nameOfClass(one)}+${nameOfClass(other)}`
}

function nameOfClass(number: number): string {
  return WORD_CLASSES[number] ?? ''
}

function featureOf(kind: Kind, name: string): number {
  if (kind === 'lists') return Number(name)
  if (kind === 'runs') {
    return name.length === 1 ? name.charCodeAt(0) : (name.charCodeAt(0) << 16) | name.charCodeAt(1)
  }
  const [one = '', other = one] = name.split('+')
  return WORD_CLASSES.indexOf(one) * WORD_CLASSES.length + WORD_CLASSES.indexOf(other)
}

/** The weights of a kind, four in a row, and where those of each feature begin. */
interface Table {
  readonly at: ReadonlyMap<number, number>
  readonly weights: Int16Array
}

function tableOf(kind: Kind, named: Readonly<Record<string, readonly number[]>>): Table {
  const entries = Object.entries(named)
  return {
    at: new Map(entries.map(([name], i) => [featureOf(kind, name), i * CLASSES.length])),
    weights: Int16Array.from(entries.flatMap(([, four]) => four)),
  }
}

const TABLES: Readonly<Record<Kind, Table>> = {
  lists: tableOf('lists', weights.lists),
  words: tableOf('words', weights.words),
  runs: tableOf('runs', weights.runs),
}

/** How much a message is like those of each class. */
export function likeness(text: Prepared, verdict: Verdict | undefined): Likeness {
  const features = featuresOf(text, verdict)
  const scores = [...weights.bias]
  for (const kind of KINDS) {
    const { at, weights: all } = TABLES[kind]
    const sums = [0, 0, 0, 0]
    let known = 0
    for (const feature of features[kind]) {
      const start = at.get(feature)
      if (start === undefined) continue
      known += 1
      for (let c = 0; c < 4; c++) sums[c] = (sums[c] ?? 0) + (all[start + c] ?? 0)
    }
    const value = SAYS[kind] / Math.sqrt(Math.max(1, known))
    for (let c = 0; c < 4; c++) scores[c] = (scores[c] ?? 0) + (sums[c] ?? 0) * value
  }
  return normalised(scores.map((score) => score / SCALE))
}

function normalised(scores: readonly number[]): Likeness {
  const most = Math.max(...scores)
  const total = Math.log(scores.reduce((sum, score) => sum + Math.exp(score - most), 0)) + most
  return scores.map((score) => score - total) as unknown as Likeness
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
function speaksFor(of: Class, kind: Kind, feature: number): number {
  const { at, weights: all } = TABLES[kind]
  const start = at.get(feature)
  if (start === undefined) return 0
  return (all[start + CLASSES.indexOf(of)] ?? 0) - (all[start + CLASSES.indexOf('none')] ?? 0)
}
