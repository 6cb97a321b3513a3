import fc from 'fast-check'
import { Converter } from 'opencc-js/cn2t'
import { describe, expect, it } from 'vitest'
import { createCalendar } from '../../content/calendar.ts'
import { fromMillis, plus, toInstant, toMillis, toZone, withOffset } from '../../content/time.ts'
import { findWhen } from '../../handlers/understanding/when.ts'
import { demoContent } from '../support/content.ts'
import { WHEN_CASES } from '../support/when-cases.ts'

const toTraditional: (text: string) => string = Converter({ from: 'cn', to: 'twp' })
const ZONE = toZone('Asia/Shanghai')
const CALENDAR = createCalendar(demoContent().calendarRules)
const NOW = toInstant('2026-11-24T23:35:00+08:00')

function read(words: string, now = '2026-11-24 23:35') {
  const found = findWhen(words, toInstant(`${now.replace(' ', 'T')}:00+08:00`), ZONE, CALENDAR)
  if (!found) return null
  const local = (instant: typeof found.from) =>
    withOffset(ZONE, instant).slice(0, 16).replace('T', ' ')
  return { from: local(found.from), to: local(found.to), repeats: found.repeats }
}

describe('finding the time in plain words', () => {
  it.each(WHEN_CASES)('reads $words at $now', ({ now, words, from, to, repeats }) => {
    expect(read(words, now)).toEqual({ from, to, repeats })
  })

  it.each([
    '3号楼',
    '3号',
    '3-2-501',
    '3栋2-501',
    '18街坊86门',
    '2楼漏水',
    '打过12345没用',
    '一点声音都没有',
    '能不能小一点',
    '早一点处理',
    '快一点',
    '我有三点建议',
    '四点半学校报名',
    '72分贝',
    '50元',
    '3.5元一斤',
    '文明天地',
    '第三天',
    '三天内',
    '有一天',
    '一周两次',
    '三年级学生',
    '谢谢',
    '大家晚上好',
    '早上好',
    '早安',
    '',
    '@小邻',
    '[捂脸]',
  ])('finds none in %s', (words) => {
    expect(read(words)).toBeNull()
  })

  it.each([
    ['3号楼又在钻墙了,都十一点半了还在敲', '十一点半'],
    ['楼上每天晚上７：３０－９：３０唱歌', '每天晚上７：３０－９：３０'],
    ['垃圾從上週開始沒人收', '從上週開始'],
    ['老王家昨晚十點到今早六點一直在裝修', '昨晚十點到今早六點'],
  ])('gives the words of %s as they were written', (words, text) => {
    expect(findWhen(words, NOW, ZONE, CALENDAR)?.text).toBe(text)
  })

  it('says how sure the time is', () => {
    const certainty = (words: string) => findWhen(words, NOW, ZONE, CALENDAR)?.certainty
    expect(certainty('昨晚十点')).toBe('exact')
    expect(certainty('昨晚')).toBe('window')
    expect(certainty('最近')).toBe('vague')
  })

  it('keeps the seconds of the moment of speaking', () => {
    const now = toInstant('2026-11-24T23:35:20.500+08:00')
    const found = findWhen('刚才', now, ZONE)
    expect([found?.from, found?.to]).toEqual([plus(now, { minutes: -30 }), now])
  })

  it('does without a calendar, except for lunar days', () => {
    expect(findWhen('国庆后', NOW, ZONE)?.from).toBe('2026-10-07T16:00:00.000Z')
    expect(findWhen('端午', NOW, ZONE)).toBeNull()
    expect(findWhen('端午', NOW, ZONE, CALENDAR)?.from).toBe('2026-06-18T16:00:00.000Z')
  })
})

const words = fc.constantFrom(...WHEN_CASES.map((each) => each.words))
const signs = fc.constantFrom(
  ...'今昨前明天晚上早中下午半夜凌晨点分半刻到至从每周末一二三四五六日月年号0123456789:.-~了多后前小时的都十零差快',
)
const soup = fc.array(signs, { maxLength: 30 }).map((list) => list.join(''))
const moments = fc
  .integer({ min: toMillis(toInstant('2020-01-01T00:00Z')), max: toMillis(NOW) })
  .map(fromMillis)

function wide(text: string): string {
  return text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
}

describe('any words at any moment', () => {
  it('never end before they begin, and never throw', () => {
    fc.assert(
      fc.property(fc.oneof(words, soup, fc.string({ unit: 'binary' })), moments, (text, now) => {
        const found = findWhen(text, now, ZONE, CALENDAR)
        return found === null || (found.from <= found.to && text.includes(found.text))
      }),
      { numRuns: 3000 },
    )
  })

  it('mean the same in full-width signs', () => {
    fc.assert(
      fc.property(fc.oneof(words, soup), moments, (text, now) => {
        const [plain, full] = [text, wide(text)].map((t) => findWhen(t, now, ZONE, CALENDAR))
        expect({ ...full, text: '' }).toEqual({ ...plain, text: '' })
      }),
      { numRuns: 1000 },
    )
  })

  it('mean the same in traditional writing', () => {
    for (const { words: simplified, now } of WHEN_CASES) {
      expect([simplified, read(toTraditional(simplified), now)]).toEqual([
        simplified,
        read(simplified, now),
      ])
    }
  })

  it('move by a week when they are said a week later, dates and festivals apart', () => {
    const moving = words.filter((text) => !/[月号年庆旦一秋]|\d{4}|\d\.\d/.test(text))
    fc.assert(
      fc.property(moving, moments, (text, now) => {
        const first = findWhen(text, now, ZONE)
        const later = findWhen(text, plus(now, { days: 7 }), ZONE)
        if (!first || !later) throw new Error(`no time in ${text}`)
        expect([later.from, later.to]).toEqual([
          plus(first.from, { days: 7 }),
          plus(first.to, { days: 7 }),
        ])
      }),
      { numRuns: 1000 },
    )
  })

  it('stay fast on long rows of time words', () => {
    const started = performance.now()
    for (const sign of [
      '总是',
      '每天',
      '晚上十点到',
      '从',
      '都',
      '一',
      '3',
      '差',
      '到',
      '近',
      '连续',
    ]) {
      findWhen(sign.repeat(1000), NOW, ZONE, CALENDAR)
    }
    expect(performance.now() - started).toBeLessThan(2000)
  })
})
