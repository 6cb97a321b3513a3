import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { prepare } from '../../handlers/understanding/text.ts'
import { CLASSES, runsOf, SCALE, valueOfRun } from '../../handlers/understanding/wording.ts'
import type { Example } from './score.ts'

/**
 * `npm run train`: learns handlers/understanding/wording.json from the labelled examples. AdaGrad on the cross-entropy
 * with an L2 penalty; the order of examples comes from a fixed seed, so the same examples give the same weights.
 */

const FOLDER = join(import.meta.dirname, '../support/reports')
const TARGET = join(import.meta.dirname, '../../handlers/understanding/wording.json')

const EPOCHS = 40
const RATE = 0.15
const PENALTY = 1e-3
/** A run must occur in so many examples, or it says more about the writer than about the matter. */
const LEAST = 2
/** Weights below are noise. */
const SMALLEST = 60

const CLASS_OF: Readonly<Record<Example['label'], number>> = {
  noise: CLASSES.indexOf('noise'),
  waste: CLASSES.indexOf('waste'),
  other_complaint: CLASSES.indexOf('other'),
  not_complaint: CLASSES.indexOf('none'),
}

interface Row {
  readonly runs: readonly string[]
  readonly label: number
}

type Weights = Map<string, Float64Array>

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
  const lines = examples.map(({ text, label }) => `${label} ${text}`)
  return createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 16)
}

/** What is learnt from the examples. */
export function learn(examples: readonly Example[]) {
  const rows = examples.map(({ text, label }) => ({
    runs: [...runsOf(prepare(text))],
    label: CLASS_OF[label],
  }))
  const known = frequent(rows)
  const weights = descend(
    rows.map((row) => ({ ...row, runs: row.runs.filter((r) => known.has(r)) })),
  )
  const runs: Record<string, number[]> = {}
  for (const run of [...known].sort()) {
    const scaled = [...(weights.get(run) ?? [])].map((w) => Math.round(w * SCALE))
    if (scaled.some((w) => Math.abs(w) >= SMALLEST)) runs[run] = scaled
  }
  const bias = [...(weights.get('') ?? [])].map((w) => Math.round(w * SCALE))
  return { examples: fingerprint(examples), bias, runs }
}

function frequent(rows: readonly Row[]): Set<string> {
  const counts = new Map<string, number>()
  for (const { runs } of rows) for (const run of runs) counts.set(run, (counts.get(run) ?? 0) + 1)
  return new Set([...counts].filter(([, n]) => n >= LEAST).map(([run]) => run))
}

function descend(rows: readonly Row[]): Weights {
  const weights: Weights = new Map()
  const steps: Weights = new Map()
  const at = (of: Weights, run: string) => {
    const known = of.get(run) ?? new Float64Array(CLASSES.length)
    of.set(run, known)
    return known
  }
  const random = sequence()
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    for (const { runs, label } of shuffled(rows, random)) {
      const each = valueOfRun(runs.length)
      const values: [string, number][] = [['', 1], ...runs.map((r): [string, number] => [r, each])]
      const scores = CLASSES.map((_, c) =>
        values.reduce((sum, [run, value]) => sum + (at(weights, run)[c] ?? 0) * value, 0),
      )
      const most = Math.max(...scores)
      const odds = scores.map((score) => Math.exp(score - most))
      const total = odds.reduce((a, b) => a + b, 0)
      for (const [run, value] of values) {
        const w = at(weights, run)
        const g = at(steps, run)
        for (let c = 0; c < CLASSES.length; c++) {
          const error = (odds[c] ?? 0) / total - (c === label ? 1 : 0)
          const slope = error * value + PENALTY * (w[c] ?? 0)
          g[c] = (g[c] ?? 0) + slope * slope
          w[c] = (w[c] ?? 0) - (RATE * slope) / (Math.sqrt(g[c] ?? 0) + 1e-6)
        }
      }
    }
  }
  return weights
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

if (import.meta.main) {
  const examples = exampleFiles(process.argv[2]).flatMap(readExamples)
  const learnt = learn(examples)
  const lines = Object.entries(learnt.runs).map(
    ([run, w]) => `${JSON.stringify(run)}:${JSON.stringify(w)}`,
  )
  writeFileSync(
    TARGET,
    `{"examples":"${learnt.examples}","bias":${JSON.stringify(learnt.bias)},"runs":{\n${lines.join(',\n')}\n}}\n`,
  )
  process.stdout.write(`${examples.length} examples, ${lines.length} runs\n`)
}
