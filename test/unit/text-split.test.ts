import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clean, splitText } from '../../handlers/core/text/split.ts'

const size = (text: string) => [...text].length
const bare = (parts: readonly string[]) =>
  parts.length === 1 ? parts : parts.map((part) => part.replace(/^\(\d+\/\d+\) /, ''))

describe('splitting a long text', () => {
  it('leaves a text that fits unchanged', () => {
    expect(splitText('一\n\n二 \n')).toEqual(['一\n\n二 \n'])
    expect(splitText('字'.repeat(600))).toEqual(['字'.repeat(600)])
    expect(splitText('👍'.repeat(600))).toHaveLength(1)
  })

  it('makes no message of nothing', () => {
    expect(splitText('')).toEqual([])
    expect(splitText('\n'.repeat(700))).toEqual([])
  })

  it('cuts between lines and numbers the parts', () => {
    const line = '今天下午三点二楼活动室'
    const parts = splitText(Array.from({ length: 6 }, () => line).join('\n'), 40)
    expect(parts).toEqual([
      `(1/3) ${line}\n${line}`,
      `(2/3) ${line}\n${line}`,
      `(3/3) ${line}\n${line}`,
    ])
  })

  it('keeps the blank lines inside a part and drops those at its border', () => {
    const parts = splitText(`一\n\n二\n\n${'三'.repeat(34)}\n四`, 40)
    expect(bare(parts)).toEqual(['一\n\n二', '三'.repeat(34), '四'])
  })

  it('cuts a line that is too long at the end of a sentence', () => {
    const parts = splitText(`${'一'.repeat(20)}。${'二'.repeat(20)}。`, 40)
    expect(parts).toEqual([`(1/2) ${'一'.repeat(20)}。`, `(2/2) ${'二'.repeat(20)}。`])
  })

  it('keeps a closing quotation mark with its sentence', () => {
    const parts = splitText(`${'一'.repeat(12)}。“${'二'.repeat(11)}。”${'三'.repeat(9)}`, 32)
    expect(bare(parts)[0]).toBe(`${'一'.repeat(12)}。`)
  })

  it('falls back to a comma, then to a hard cut', () => {
    expect(bare(splitText(`${'一'.repeat(20)}，${'二'.repeat(20)}`, 40))[0]).toBe(
      `${'一'.repeat(20)}，`,
    )
    expect(bare(splitText('一'.repeat(50), 40)).map(size)).toEqual([34, 16])
  })

  it('never cuts an emoji in two', () => {
    const family = '👨‍👩‍👧‍👦'
    for (const part of bare(splitText(family.repeat(40), 50))) {
      expect(part.replaceAll(family, '')).toBe('')
    }
  })

  it('loses nothing, makes no part too long and none empty', () => {
    const unit = fc.constantFrom('字', 'a', '\n', ' ', '。', '，', '👍', '\u0301', '👨‍👩‍👧')
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit, maxLength: 400 }),
          fc.string({ unit: 'binary', maxLength: 300 }),
        ),
        fc.integer({ min: 20, max: 80 }),
        (text, max) => {
          const parts = splitText(text, max)
          for (const [i, part] of parts.entries()) {
            expect(size(part)).toBeLessThanOrEqual(max)
            expect(part.trim()).not.toBe('')
            if (parts.length > 1) expect(part.startsWith(`(${i + 1}/${parts.length}) `)).toBe(true)
          }
          expect(bare(parts).join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
        },
      ),
      { numRuns: 1000 },
    )
  })

  it.each(['字', '\n', ' ', '\u0301', '👨‍👩‍👧', '字\n'])(
    'takes 10,000 of %j in its stride',
    (unit) => {
      const started = performance.now()
      splitText(clean(`a${unit.repeat(10_000)}b`))
      splitText(unit.repeat(10_000), 20)
      expect(performance.now() - started).toBeLessThan(1500)
    },
  )
})

describe('cleaning what goes out', () => {
  it.each([
    ['一 \t\n二', '一\n二'],
    ['一\n\n\n\n二', '一\n\n二'],
    ['一\n \n\t\n二', '一\n\n二'],
    ['\n\n一\n', '一'],
    ['报修:\n3-502', '报修：\n3-502'],
    ['报修: \r\n3-502', '报修：\n3-502'],
    ['报修:\u200b\n3-502', '报修：\n3-502'],
    ['网址 https://a.b:80/', '网址 https://a.b:80/'],
    ['坏\0字\u001b[31m', '坏字[31m'],
    ['\u202e翻转', '翻转'],
    ['家👨‍👩‍👧庭❤️', '家👨‍👩‍👧庭❤️'],
    ['半\ud83d个', '半\ufffd个'],
    ['@李叔\u2005您好', '@李叔\u2005您好'],
  ])('%j becomes %j', (text, expected) => {
    expect(clean(text)).toBe(expected)
  })

  it('is idempotent and leaves no cut for the network on any string', () => {
    const unit = fc.oneof(
      fc.constantFrom(':', '\n', '\r', ' ', '\u200b', '\0', '\ufeff'),
      fc.string(),
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(unit).map((u) => u.join('')),
          fc.string({ unit: 'binary' }),
        ),
        (text) => {
          const once = clean(text)
          expect(clean(once)).toBe(once)
          expect(once).not.toMatch(/:\n|\n{3}|[ \t]\n|\r/)
          expect(once.isWellFormed()).toBe(true)
        },
      ),
      { numRuns: 2000 },
    )
  })
})
