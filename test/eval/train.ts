import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Features,
  featuresOf,
  KINDS,
  type Kind,
  nameOf,
  SAYS,
  SCALE,
} from '../../handlers/understanding/features.ts'
import { judge } from '../../handlers/understanding/judge.ts'
import { KINDS_OF, kindListed, type Problem } from '../../handlers/understanding/kinds.ts'
import type { Learnt } from '../../handlers/understanding/model.ts'
import { prepare } from '../../handlers/understanding/text.ts'
import { CLASSES, listsSay } from '../../handlers/understanding/wording.ts'
import type { Example } from './score.ts'

/**
 * `npm run train`: learns wording.json and kinds.json of handlers/understanding from the labelled examples. AdaGrad on the
 * cross-entropy with an L2 penalty; the order of examples comes from a fixed seed, so the same examples give the same weights.
 */

const FOLDER = join(import.meta.dirname, '../support/reports')
const TARGET = join(import.meta.dirname, '../../handlers/understanding')

const EPOCHS = 20
const RATE = 0.15
const PENALTY = 1e-3
/** A feature must occur in so many examples, or it says more about the writer than about the matter. */
const LEAST = { wording: 2, kinds: 4 }
/** Weights below are noise. */
const SMALLEST = 90

const CLASS_OF: Readonly<Record<Example['label'], number>> = {
  noise: CLASSES.indexOf('noise'),
  waste: CLASSES.indexOf('waste'),
  other_complaint: CLASSES.indexOf('other'),
  not_complaint: CLASSES.indexOf('none'),
}

/** A feature's place in the weights, and what it counts for in its message. */
interface Row {
  readonly features: Int32Array
  readonly values: Float64Array
  readonly label: number
}

type Numbers = Readonly<Record<Kind, ReadonlyMap<number, number>>>

/** Emergencies rest on lists alone: the ear would only learn what looks like them. */
const NOT_LEARNT = 'emergencies.jsonl'

/** The examples' files, in order. */
export function exampleFiles(folder = FOLDER): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl') && name !== NOT_LEARNT)
    .sort()
    .map((name) => join(folder, name))
}

export function readExamples(file: string): Example[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Example)
}

/** By what the weights are known to be those of the examples. */
export function fingerprint(examples: readonly Example[]): string {
  const lines = examples.map(({ text, label, subtype }) => `${label} ${subtype} ${text}`)
  return createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 16)
}

/** What each class is like: its weights, in the order of `CLASSES`. */
export function learnWording(examples: readonly Example[]): Learnt {
  const rows = examples.map(({ text, label }) => {
    const prepared = prepare(text)
    return { features: featuresOf(prepared, listsSay(judge(prepared))), label: CLASS_OF[label] }
  })
  return learn(rows, CLASSES.length, LEAST.wording)
}

/** What each kind of a problem is like, in the order of `KINDS_OF`. */
export function learnKinds(examples: readonly Example[], problem: Problem): Learnt {
  const rows = examples
    .filter(({ label }) => CLASSES[CLASS_OF[label]] === problem)
    .map(({ text, subtype = 'other' }) => {
      const prepared = prepare(text)
      const features = featuresOf(prepared, kindListed(problem, judge(prepared)))
      return { features, label: KINDS_OF[problem].indexOf(subtype) }
    })
  return learn(rows, KINDS_OF[problem].length, LEAST.kinds)
}

interface Heard {
  readonly features: Features
  readonly label: number
}

function learn(heard: readonly Heard[], classes: number, least: number): Learnt {
  const numbers = numbered(heard, least)
  const rows = heard.map((one) => rowOf(one, numbers))
  const size = KINDS.reduce((sum, kind) => sum + numbers[kind].size, 1)
  const weights = descend(rows, size, classes)
  const at = (feature: number) =>
    [...weights.subarray(feature * classes, (feature + 1) * classes)].map((w) =>
      Math.round(SCALE * w),
    )
  const table = (kind: Kind) =>
    Object.fromEntries(
      [...numbers[kind]]
        .map(([feature, number]): [string, number[]] => [nameOf(kind, feature), at(number)])
        .filter(([, w]) => w.some((one) => Math.abs(one) >= SMALLEST))
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    )
  return { bias: at(BIAS), lists: table('lists'), words: table('words'), runs: table('runs') }
}

/** The bias is the feature that every message has. */
const BIAS = 0

/** A number for each feature that is frequent enough, the bias having the first. */
function numbered(heard: readonly Heard[], least: number): Numbers {
  let next = BIAS + 1
  const ofKind = (kind: Kind) => {
    const counts = new Map<number, number>()
    for (const { features } of heard) {
      for (const feature of features[kind]) counts.set(feature, (counts.get(feature) ?? 0) + 1)
    }
    const kept = [...counts].filter(([, n]) => n >= least).map(([feature]) => feature)
    return new Map(kept.sort((a, b) => a - b).map((feature) => [feature, next++]))
  }
  return { lists: ofKind('lists'), words: ofKind('words'), runs: ofKind('runs') }
}

function rowOf({ features, label }: Heard, numbers: Numbers): Row {
  const known = KINDS.map((kind) =>
    features[kind].map((one) => numbers[kind].get(one)).filter((n) => n !== undefined),
  )
  const values = known.map((all, k) => {
    const kind = KINDS[k] ?? 'runs'
    return all.map(() => SAYS[kind] / Math.sqrt(Math.max(1, all.length)))
  })
  return {
    features: Int32Array.from([BIAS, ...known.flat()]),
    values: Float64Array.from([1, ...values.flat()]),
    label,
  }
}

function descend(rows: readonly Row[], size: number, count: number): Float64Array {
  const weights = new Float64Array(size * count)
  const steps = new Float64Array(size * count)
  const random = sequence()
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    for (const { features, values, label } of shuffled(rows, random)) {
      const chances = chancesOf(features, values, weights, count)
      for (let c = 0; c < count; c++) {
        const error = (chances[c] ?? 0) - (c === label ? 1 : 0)
        for (let i = 0; i < features.length; i++) {
          const at = (features[i] ?? 0) * count + c
          const penalty = features[i] === BIAS ? 0 : PENALTY * (weights[at] ?? 0)
          const slope = error * (values[i] ?? 0) + penalty
          steps[at] = (steps[at] ?? 0) + slope * slope
          weights[at] = (weights[at] ?? 0) - (RATE * slope) / (Math.sqrt(steps[at] ?? 0) + 1e-6)
        }
      }
    }
  }
  return weights
}

/** The probability of each class under the weights so far. */
function chancesOf(
  features: Int32Array,
  values: Float64Array,
  weights: Float64Array,
  count: number,
): number[] {
  const scores = Array.from({ length: count }, (_, c) => {
    let sum = 0
    for (let i = 0; i < features.length; i++) {
      sum += (weights[(features[i] ?? 0) * count + c] ?? 0) * (values[i] ?? 0)
    }
    return sum
  })
  const most = Math.max(...scores)
  const odds = scores.map((score) => Math.exp(score - most))
  const total = odds.reduce((a, b) => a + b, 0)
  return odds.map((odd) => odd / total)
}

/** Park and Miller's generator, from a fixed seed. */
function sequence(): () => number {
  let state = 1
  return () => {
    state = (state * 16807) % 2147483647
    return state / 2147483647
  }
}

function shuffled<T>(rows: readonly T[], random: () => number): T[] {
  const all = [...rows]
  for (let i = all.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const [a, b] = [all[i] as T, all[j] as T]
    all[i] = b
    all[j] = a
  }
  return all
}

function written(table: Readonly<Record<string, readonly number[]>>): string {
  const lines = Object.entries(table).map(
    ([name, w]) => `${JSON.stringify(name)}:${JSON.stringify(w)}`,
  )
  return `{\n${lines.join(',\n')}\n}`
}

function writtenModel({ bias, ...tables }: Learnt): string {
  const parts = KINDS.map((kind) => `"${kind}":${written(tables[kind])}`)
  return `"bias":${JSON.stringify(bias)},${parts.join(',')}`
}

if (import.meta.main) {
  const examples = exampleFiles(process.argv[2]).flatMap(readExamples)
  const head = `"examples":"${fingerprint(examples)}"`
  writeFileSync(join(TARGET, 'wording.json'), `{${head},${writtenModel(learnWording(examples))}}\n`)
  const problems = (Object.keys(KINDS_OF) as Problem[]).map(
    (problem) => `"${problem}":{${writtenModel(learnKinds(examples, problem))}}`,
  )
  writeFileSync(join(TARGET, 'kinds.json'), `{${head},${problems.join(',')}}\n`)
  process.stdout.write(`learnt from ${examples.length} examples\n`)
}
