import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseNumeral } from '../../handlers/core/text/numerals.ts'

const DIGITS = [...'零一二三四五六七八九']
const UNITS = ['', '十', '百', '千']

/** 0–9999 as they are read aloud: 一千零五十, 十二. */
function spoken(n: number): string {
  if (n === 0) return '零'
  let text = ''
  let gap = false
  for (const [i, digit] of [...`${n}`].map(Number).entries()) {
    if (digit === 0) gap = true
    else {
      text += `${gap ? '零' : ''}${DIGITS[digit]}${UNITS[`${n}`.length - 1 - i]}`
      gap = false
    }
  }
  return text.replace(/^一十/, '十')
}

describe('reading numerals', () => {
  it.each<[string, number]>([
    ['十', 10],
    ['十二', 12],
    ['二十', 20],
    ['一百零五', 105],
    ['一百五', 150],
    ['一百五十', 150],
    ['一百一十二', 112],
    ['一百十二', 112],
    ['两', 2],
    ['两百', 200],
    ['两千零二十六', 2026],
    ['三千两百', 3200],
    ['一万二', 12_000],
    ['一万零二', 10_002],
    ['两万五千', 25_000],
    ['一亿二', 120_000_000],
    ['三亿零五万', 300_050_000],
    ['〇', 0],
    ['三〇一', 301],
    ['五零一', 501],
    ['幺零二', 102],
    ['二〇二六', 2026],
    ['廿', 20],
    ['廿三', 23],
    ['卅', 30],
    ['叁拾伍', 35],
    ['兩百', 200],
    ['12', 12],
    ['００７', 7],
    [' 3 ', 3],
  ])('%s is %d', (text, expected) => {
    expect(parseNumeral(text)).toBe(expected)
  })

  it.each([
    ...[
      '',
      ' ',
      '半',
      '一半',
      '三个',
      '百',
      '百五',
      '一百零',
      '十十',
      '二百千',
      '两两',
      '两十',
      '十两',
    ],
    ...['一万亿亿', '-1', '1.5', '1e3', '９９９９９９９９９９９９９９９９', '三〇一十'],
  ])('%j is no numeral', (text) => {
    expect(parseNumeral(text)).toBeUndefined()
  })

  it('reads every number up to 9999 as it is spoken', () => {
    for (let n = 0; n <= 9999; n++) expect(parseNumeral(spoken(n))).toBe(n)
  })

  it('reads numbers above 万', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9999 }),
        fc.integer({ min: 1, max: 9999 }),
        (hi, lo) => {
          const low = lo < 1000 ? `零${spoken(lo)}` : spoken(lo)
          expect(parseNumeral(`${spoken(hi)}万${low}`)).toBe(hi * 10_000 + lo)
        },
      ),
    )
  })

  it('reads digits said one by one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 99_999 }), (n) => {
        expect(parseNumeral([...`${n}`].map((d) => DIGITS[Number(d)]).join(''))).toBe(n)
      }),
    )
  })

  it('answers a safe whole number or nothing for any string', () => {
    const signs = fc.string({ unit: fc.constantFrom(...'零〇一二两九十百千万亿廿3 a') })
    fc.assert(
      fc.property(fc.oneof(signs, fc.string({ unit: 'binary' })), (text) => {
        const n = parseNumeral(text)
        expect(n === undefined || (Number.isSafeInteger(n) && n >= 0)).toBe(true)
      }),
      { numRuns: 2000 },
    )
    expect(parseNumeral('一'.repeat(10_000))).toBeUndefined()
  })
})
