/** Words by their signs, so that a text is read once, however many words are known. */
export interface Trie<T> {
  /** By the code of the next sign. */
  readonly next: Map<number, Trie<T>>
  /** Of the word that ends here. */
  readonly values: T[]
}

/** A trie of words and what is known of each; a word may come several times. */
export function trieOf<T>(entries: Iterable<readonly [word: string, value: T]>): Trie<T> {
  const root: Trie<T> = { next: new Map(), values: [] }
  for (const [word, value] of entries) {
    let node = root
    for (let i = 0; i < word.length; i++) {
      const code = word.charCodeAt(i)
      const next = node.next.get(code) ?? { next: new Map(), values: [] }
      node.next.set(code, next)
      node = next
    }
    node.values.push(value)
  }
  return root
}

/** Calls `found` for each known word of the text, also where one lies within another. */
export function eachWord<T>(
  trie: Trie<T>,
  text: string,
  found: (values: readonly T[], start: number, end: number) => void,
): void {
  for (let start = 0; start < text.length; start++) {
    let node: Trie<T> | undefined = trie
    for (let i = start; i < text.length; i++) {
      node = node.next.get(text.charCodeAt(i))
      if (node === undefined) break
      if (node.values.length > 0) found(node.values, start, i + 1)
    }
  }
}

/** The known words from left to right, the longest where several begin, none overlapping another. */
export function longestWords<T>(
  trie: Trie<T>,
  text: string,
): { readonly start: number; readonly end: number; readonly values: readonly T[] }[] {
  const words: { start: number; end: number; values: readonly T[] }[] = []
  for (let start = 0; start < text.length; ) {
    let node: Trie<T> | undefined = trie
    let end = start
    let values: readonly T[] = []
    for (let i = start; i < text.length; i++) {
      node = node.next.get(text.charCodeAt(i))
      if (node === undefined) break
      if (node.values.length > 0) {
        end = i + 1
        values = node.values
      }
    }
    if (end > start) words.push({ start, end, values })
    start = Math.max(end, start + 1)
  }
  return words
}
