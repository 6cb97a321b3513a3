import type { Range } from '../core/text/fold.ts'
import { eachWord, type Trie, trieOf } from '../core/text/trie.ts'
import { alternativesOf, neededSigns } from './needed.ts'

/** Words that count as evidence: one group counts once, with the points of its best word. */
export interface Sign {
  readonly group: string
  readonly points: number
  /** Words and small patterns, separated by spaces or line breaks. */
  readonly list: string
  readonly subtype?: string
  /** Which subtype wins where several are named; the points unless said otherwise. */
  readonly rank: number
}

export interface Hit extends Range {
  readonly sign: Sign
}

/** A list of words and small patterns, separated by spaces or line breaks, as one expression. */
export function words(list: string): RegExp {
  return new RegExp(list.trim().split(/\s+/).join('|'), 'g')
}

export function sign(
  group: string,
  points: number,
  list: string,
  subtype?: string,
  rank = points,
): Sign {
  return { group, points, list, rank, ...(subtype !== undefined && { subtype }) }
}

/** The first place where an expression of `words` fits, from `from` on. Cheaper than matchAll, which copies it. */
function next(pattern: RegExp, text: string, from: number): Range | undefined {
  pattern.lastIndex = from
  const match = pattern.exec(text)
  return match ? { start: match.index, end: match.index + match[0].length } : undefined
}

/** Where the first of the words stands. */
export function findFirst(pattern: RegExp, text: string): Range | undefined {
  return next(pattern, text, 0)
}

interface Word<List> {
  readonly list: List
  readonly sign: Sign
  /** The place of its sign among all. */
  readonly order: number
}

interface Pattern<List> extends Word<List> {
  readonly pattern: RegExp
}

/** Several lists of signs that are looked for in one reading. */
export interface Lexicon<List extends string> {
  /** Words that are no more than their own signs. */
  readonly plain: Trie<Word<List>>
  /** Patterns by the codes of the signs of which they need one to fit. */
  readonly patterns: ReadonlyMap<number, readonly Pattern<List>[]>
  /** Patterns of which nothing can be told. */
  readonly always: readonly Pattern<List>[]
  readonly lists: readonly List[]
}

const PATTERN = /[\\^$.*+?()[\]{}|]/

/** Of thousands of words only those are ever tried of whose signs the text has one. */
export function lexiconOf<List extends string>(
  lists: Readonly<Record<List, readonly Sign[]>>,
): Lexicon<List> {
  const plain: [string, Word<List>][] = []
  const patterns = new Map<number, Pattern<List>[]>()
  const always: Pattern<List>[] = []
  const names = Object.keys(lists) as List[]
  let order = 0
  for (const list of names) {
    for (const sign of lists[list]) {
      order += 1
      for (const source of sign.list.trim().split(/\s+/).flatMap(alternativesOf)) {
        if (!PATTERN.test(source)) {
          plain.push([source, { list, sign, order }])
          continue
        }
        const pattern = { list, sign, order, pattern: new RegExp(source, 'g') }
        const needed = neededSigns(source)
        if (needed === undefined) always.push(pattern)
        for (const one of needed ?? []) {
          const code = one.charCodeAt(0)
          patterns.set(code, [...(patterns.get(code) ?? []), pattern])
        }
      }
    }
  }
  return { plain: trieOf(plain), patterns, always, lists: names }
}

type Found = Hit & { readonly order: number }

/** Where the signs of each list stand in the text, in the order of the signs. */
export function findSigns<List extends string>(
  { plain, patterns, always, lists }: Lexicon<List>,
  text: string,
): Readonly<Record<List, readonly Hit[]>> {
  const found = Object.fromEntries(lists.map((list) => [list, []])) as unknown as Record<
    List,
    Found[]
  >
  eachWord(plain, text, (words, start, end) => {
    for (const { list, sign, order } of words) found[list].push({ sign, order, start, end })
  })
  for (const pattern of always) collect(pattern, text, found[pattern.list])
  const tried = new Set<Pattern<List>>()
  for (let i = 0; i < text.length; i++) {
    const possible = patterns.get(text.charCodeAt(i))
    if (possible === undefined) continue
    for (const pattern of possible) {
      if (tried.has(pattern)) continue
      tried.add(pattern)
      collect(pattern, text, found[pattern.list])
    }
  }
  for (const list of lists) if (found[list].length > 1) found[list].sort(inOrder)
  return found
}

function inOrder(a: Found, b: Found): number {
  return a.order - b.order || a.start - b.start || b.end - a.end
}

function collect({ sign, order, pattern }: Pattern<string>, text: string, found: Found[]): void {
  for (let at = next(pattern, text, 0); at && at.end > at.start; at = next(pattern, text, at.end)) {
    found.push({ sign, order, ...at })
  }
}

/** The hits that lie outside of all these parts of the text. */
export function outside(hits: readonly Hit[], parts: readonly Range[]): readonly Hit[] {
  if (parts.length === 0) return hits
  return hits.filter((hit) => !parts.some(({ start, end }) => hit.start < end && start < hit.end))
}
