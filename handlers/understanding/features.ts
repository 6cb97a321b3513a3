import type { Prepared } from './text.ts'
import { namedIn, WORD_CLASSES } from './vocabulary.ts'

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

/** What the weights are asked for, with what the lists of words say in `lists`. */
export function featuresOf(text: Prepared, lists: readonly number[]): Features {
  return { lists, words: classesNamed(text), runs: runsOf(text) }
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
export function runsOf({ plain }: Prepared): number[] {
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

/** The feature of a name that `nameOf` gave. */
export function featureOf(kind: Kind, name: string): number {
  if (kind === 'lists') return Number(name)
  if (kind === 'runs') {
    return name.length === 1 ? name.charCodeAt(0) : (name.charCodeAt(0) << 16) | name.charCodeAt(1)
  }
  const [one = '', other = one] = name.split('+')
  return WORD_CLASSES.indexOf(one) * WORD_CLASSES.length + WORD_CLASSES.indexOf(other)
}
