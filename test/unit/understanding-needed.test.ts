import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mayFit, neededSigns } from '../../handlers/understanding/needed.ts'
import { exampleFiles, readExamples } from '../eval/train.ts'

describe('the signs that a pattern needs', () => {
  it.each([
    ['电钻', '电'],
    ['(?:没|无)+人?', '没无'],
    ['[敲砸]墙?', '敲砸'],
    ['吵(?!架)', '吵'],
    ['(?<=在)钻', '钻'],
    ['\\d+分贝', '分'],
    ['敲?打+', '打'],
    ['甲|乙丙', '甲乙'],
    ['\\d(?<mark>[-./])\\d\\k<mark>日', '日'],
  ])('of %s are %s', (pattern, signs) => {
    expect([...(neededSigns(pattern) ?? [])].sort()).toEqual([...signs].sort())
  })

  it.each(['[^,。]{0,3}', '\\d{2}', '敲?', '(?=响)', '甲|\\s', '[一-龥]厂?', '敲{0,2}'])(
    'of %s cannot be told',
    (pattern) => {
      expect(neededSigns(pattern)).toBeUndefined()
    },
  )
})

describe('whether a pattern may fit', () => {
  const texts = exampleFiles()
    .flatMap(readExamples)
    .map(({ text }) => text)
  const patterns = [
    /(?:昨|今)[天晚]|上周/g,
    /(?<![\d第])(?<n>\d{1,3}|[一二三]{1,3})(?:号楼|栋(?!大))/g,
    /没人?(?:收|扫)|不[收扫]/g,
    /(?:又|还)在(?:敲|钻)+/g,
    /[一-龥]{1,3}(?:站|亭)/g,
    /(?<y>20\d\d)(?<sep>[-./])\d{1,2}\k<sep>\d{1,2}/g,
  ]

  it.each(patterns)('is never denied where %s fits', (pattern) => {
    fc.assert(
      fc.property(fc.constantFrom(...texts), (text) => {
        expect(mayFit(pattern, text) || text.search(pattern) < 0).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })
})
