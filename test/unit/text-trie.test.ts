import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { eachWord, longestWords, trieOf } from '../../handlers/core/text/trie.ts'

const WORDS = ['电', '电钻', '钻墙', '墙']
const trie = trieOf(WORDS.map((word) => [word, word] as const))

describe('words found in one reading', () => {
  it('are all there, also where one lies within another', () => {
    const found: string[] = []
    eachWord(trie, '电钻墙', (values, start, end) => found.push(`${values[0]}@${start}-${end}`))
    expect(found).toEqual(['电@0-1', '电钻@0-2', '钻墙@1-3', '墙@2-3'])
  })

  it('do not overlap where the longest are wanted', () => {
    expect(longestWords(trie, '用电钻钻墙').map(({ values }) => values[0])).toEqual([
      '电钻',
      '钻墙',
    ])
  })

  it('are those that a search for each word finds', () => {
    const sign = fc.constantFrom('电', '钻', '墙', '人')
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 12 }), (signs) => {
        const text = signs.join('')
        const found: string[] = []
        eachWord(trie, text, ([word], start) => found.push(`${start}${word}`))
        const searched = [...text].flatMap((_, start) =>
          WORDS.filter((word) => text.startsWith(word, start)).map((word) => `${start}${word}`),
        )
        expect(found.sort()).toEqual(searched.sort())
      }),
    )
  })
})
