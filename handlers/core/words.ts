import { normalise, stripTail } from './text/normalise.ts'

/** The + of `+1` stays, because a bare 1 says something else. */
function letters(text: string): string {
  return text.replaceAll('➕', '+').replace(/(?!\+)[\p{P}\p{S}\p{Z}\s]/gu, '')
}

/** Whether normalised words are one of `words`, and nothing else but courtesy, signs and punctuation. */
export function isWord(text: string, words: readonly string[] | undefined): boolean {
  const said = [letters(text), letters(stripTail(text))]
  return (words ?? []).some((word) => said.includes(letters(normalise(word))))
}

/** What follows one of `words` at the beginning of normalised words; the longest word wins. */
export function afterWord(text: string, words: readonly string[] | undefined): string | undefined {
  const found = (words ?? [])
    .map(normalise)
    .filter((word) => text.startsWith(word))
    .sort((a, b) => b.length - a.length)[0]
  return found === undefined ? undefined : text.slice(found.length).replace(/^[\s,:，：]+/u, '')
}
