import { type Features, featureOf, KINDS, type Kind, SAYS, SCALE } from './features.ts'

/** Weights by the names of features, one for each class, as they are kept in JSON. */
export type Learnt = Readonly<Record<Kind, Readonly<Record<string, readonly number[]>>>> & {
  readonly bias: readonly number[]
}

/** A multinomial logistic regression. */
export interface Model {
  /** Log-probabilities of the classes. */
  likeness(features: Features): number[]
  /** The weight of a feature for a class; 0 where the feature is not known. */
  weight(kind: Kind, feature: number, ofClass: number): number
}

/** The weights of a kind in one row, and where those of each feature begin. */
interface Table {
  readonly at: ReadonlyMap<number, number>
  readonly weights: Int16Array
}

/** The model of what was learnt. */
export function modelOf(learnt: Learnt): Model {
  const count = learnt.bias.length
  const tables = {
    lists: tableOf('lists', learnt, count),
    words: tableOf('words', learnt, count),
    runs: tableOf('runs', learnt, count),
  }
  return {
    likeness(features) {
      const scores = [...learnt.bias]
      for (const kind of KINDS) addScores(scores, kind, features[kind], tables[kind])
      return normalised(scores.map((score) => score / SCALE))
    },
    weight(kind, feature, ofClass) {
      const start = tables[kind].at.get(feature)
      return start === undefined ? 0 : (tables[kind].weights[start + ofClass] ?? 0)
    },
  }
}

function tableOf(kind: Kind, learnt: Learnt, count: number): Table {
  const entries = Object.entries(learnt[kind])
  return {
    at: new Map(entries.map(([name], i) => [featureOf(kind, name), i * count])),
    weights: Int16Array.from(entries.flatMap(([, weights]) => weights)),
  }
}

function addScores(
  scores: number[],
  kind: Kind,
  features: readonly number[],
  { at, weights }: Table,
): void {
  const count = scores.length
  const sums = new Float64Array(count)
  let known = 0
  for (const feature of features) {
    const start = at.get(feature)
    if (start === undefined) continue
    known += 1
    for (let c = 0; c < count; c++) sums[c] = (sums[c] ?? 0) + (weights[start + c] ?? 0)
  }
  const value = SAYS[kind] / Math.sqrt(Math.max(1, known))
  for (let c = 0; c < count; c++) scores[c] = (scores[c] ?? 0) + (sums[c] ?? 0) * value
}

function normalised(scores: readonly number[]): number[] {
  const most = Math.max(...scores)
  const total = Math.log(scores.reduce((sum, score) => sum + Math.exp(score - most), 0)) + most
  return scores.map((score) => score - total)
}
