import type { Range } from '../core/text/fold.ts'
import { longestWords, trieOf } from '../core/text/trie.ts'
import { LIFE } from './vocabulary/life.ts'
import { NOISE } from './vocabulary/noise.ts'
import { TALK } from './vocabulary/talk.ts'
import { WASTE } from './vocabulary/waste.ts'

/**
 * Words by meaning. They decide nothing by themselves: they let the wording be judged by what kind of things are named
 * together, so that 葫芦丝 is heard like 二胡, though no example has it.
 */
const CLASSES: Readonly<Record<string, string>> = { ...NOISE, ...WASTE, ...LIFE, ...TALK }

/** A word of the text, and its classes. */
export interface Named extends Range {
  /** As places in `WORD_CLASSES`. */
  readonly classes: readonly number[]
}

/** The names of the classes. */
export const WORD_CLASSES: readonly string[] = Object.keys(CLASSES)

const WORDS = trieOf(
  Object.values(CLASSES).flatMap((list, number) =>
    list
      .trim()
      .split(/\s+/)
      .map((word) => [word, number] as const),
  ),
)

/** The known words of a plain text, from left to right, the longest where several begin. */
export function namedIn(plain: string): Named[] {
  return longestWords(WORDS, plain).map(({ start, end, values }) => ({
    start,
    end,
    classes: values,
  }))
}
