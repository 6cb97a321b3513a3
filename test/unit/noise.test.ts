import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCalendar } from '../../content/calendar.ts'
import { render } from '../../content/i18n.ts'
import { type NoiseRules, noiseRulesSchema } from '../../content/noise-rules.ts'
import { plus, toInstant, toLocalDate, toWallTime, type Zone } from '../../content/time.ts'
import {
  exceedance,
  forbiddenSay,
  inForbiddenWindow,
  noiseLimit,
  readingSay,
} from '../../handlers/reports/noise.ts'
import { demoContent } from '../support/content.ts'
import { yamlOf } from '../support/yaml.ts'

const zone = 'Asia/Shanghai' as Zone
const here = demoContent().noiseRules
const calendar = createCalendar(demoContent().calendarRules)

/** The rules as they are with another city or area. */
function rulesOf(settings: object): NoiseRules {
  return noiseRulesSchema.parse({ ...yamlOf('rules/noise.yaml'), ...settings })
}

const at = (text: string) => toInstant(`${text}+08:00`)

function renovation(rules: NoiseRules, from: string, to = from) {
  return inForbiddenWindow({ from: at(from), to: at(to) }, 'renovation', { rules, calendar, zone })
}

describe('the limit', () => {
  it.each([
    ['05:59', 'night', 50],
    ['06:00', 'day', 60],
    ['21:59', 'day', 60],
    ['22:00', 'night', 50],
    ['00:00', 'night', 50],
  ])('at %s is that of the %s', (time, period, limit) => {
    expect(noiseLimit(at(`2026-11-24T${time}:00`), here, zone)).toMatchObject({ period, limit })
  })

  it('is lower where it is quieter, and names its source', () => {
    const limit = noiseLimit(at('2026-11-24T23:00:00'), rulesOf({ area: '1' }), zone)
    expect(limit.limit).toBe(45)
    expect(limit.basis.source).toMatchObject({ id: 'gb-3096', evidence: 'secondary' })
  })

  it('follows the hours of the city', () => {
    const rules = rulesOf({ day: { from: '05:00', to: '21:00' } })
    expect(noiseLimit(at('2026-11-24T21:30:00'), rules, zone).period).toBe('night')
    expect(noiseLimit(at('2026-11-24T05:30:00'), rules, zone).period).toBe('day')
  })

  it('is that of the night for eight hours of every day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), (day) => {
        const start = plus(at('2000-01-01T00:30:00'), { days: day })
        const hours = Array.from({ length: 24 }, (_, h) => plus(start, { hours: h }))
        const nights = hours.filter((h) => noiseLimit(h, here, zone).period === 'night')
        expect(nights).toHaveLength(8)
      }),
      { numRuns: 50 },
    )
  })
})

describe('a reading', () => {
  const night = noiseLimit(at('2026-11-24T23:00:00'), here, zone)

  it('is over by what it has more than the limit', () => {
    expect([72, 50.3, 50, 49.9].map((db) => exceedance(db, night))).toEqual([22, 0.3, 0, 0])
  })

  it('by a phone is called an indication', () => {
    expect(render(readingSay(72, night, 'phone'), 'zh-CN')).toBe(
      '手机测得 72 分贝，夜间限值 50 分贝，超出 22 分贝。\n手机读数仅供参考，不能当作检测结果。',
    )
    expect(render(readingSay(48, night, 'meter'), 'zh-CN')).toBe(
      '声级计测得 48 分贝，夜间限值 50 分贝，没有超出。',
    )
  })
})

describe('renovation', () => {
  // 24 November 2026 is a Tuesday.
  it('is out of place at noon and at night by the community’s agreement', () => {
    expect(renovation(here, '2026-11-24T12:30:00')).toMatchObject({ basis: undefined, whole: true })
    expect(renovation(here, '2026-11-24T23:30:00')).toBeDefined()
    expect(renovation(here, '2026-11-24T03:00:00')).toBeDefined()
    expect(renovation(here, '2026-11-24T10:00:00')).toBeUndefined()
    expect(renovation(here, '2026-11-24T08:00:00')).toBeUndefined()
    expect(renovation(here, '2026-11-24T14:00:00')).toBeUndefined()
    expect(renovation(here, '2026-11-24T20:00:00')).toBeDefined()
  })

  it('is not allowed in Beijing on days of rest, nor on make-up days at noon', () => {
    const beijing = rulesOf({ city: 'beijing' })
    expect(renovation(beijing, '2026-11-24T10:00:00')).toBeUndefined()
    expect(renovation(beijing, '2026-11-24T18:30:00')?.basis?.source.id).toBe('beijing')
    expect(renovation(beijing, '2026-11-28T10:00:00')?.window.on).toBe('restday')
    // A Thursday of the National Day holiday, and a Saturday that is worked for it.
    expect(renovation(beijing, '2026-10-01T10:00:00')?.window.on).toBe('restday')
    expect(calendar.isWorkday(toLocalDate('2026-10-10'))).toBe(true)
    expect(renovation(beijing, '2026-10-10T10:00:00')).toBeUndefined()
    expect(renovation(beijing, '2026-10-10T13:00:00')?.window.on).toBe('workday')
  })

  it.each([
    ['ningbo', '07:30', false],
    ['ningbo', '06:30', true],
    ['xuchang', '07:30', false],
    ['hangzhou', '07:30', true],
    ['hangzhou', '13:00', true],
    ['huzhou', '13:00', false],
    ['huzhou', '20:30', true],
    ['shandong', '13:00', true],
    ['shandong', '20:30', false],
  ])('in %s at %s: forbidden %s', (city, time, forbidden) => {
    const found = renovation(rulesOf({ city }), `2026-11-24T${time}:00`)
    expect(found !== undefined).toBe(forbidden)
  })

  it('that began before the window is forbidden in part', () => {
    expect(renovation(here, '2026-11-24T11:00:00', '2026-11-24T12:30:00')?.whole).toBe(false)
    expect(renovation(here, '2026-11-24T11:00:00', '2026-11-24T12:00:00')).toBeUndefined()
    expect(renovation(here, '2026-11-24T22:00:00', '2026-11-25T02:00:00')?.whole).toBe(true)
  })

  it('says when, and where that is written', () => {
    const beijing = rulesOf({ city: 'beijing' })
    const found = renovation(beijing, '2026-11-24T19:00:00')
    expect(found && render(forbiddenSay(found), 'zh-CN')).toBe(
      '这个时间规定不能施工：工作日 18:00–次日 08:00。\n依据：北京市环境噪声污染防治办法第 35 条。',
    )
    const agreed = renovation(here, '2026-11-24T13:00:00')
    expect(agreed && render(forbiddenSay(agreed), 'zh-CN')).toBe(
      '这个时间按社区约定不要施工：每天 12:00–14:00。',
    )
  })
})

describe('other noise', () => {
  const ask = (kind: string, from: string, rules = here) =>
    inForbiddenWindow({ from: at(from), to: at(from) }, kind, { rules, calendar, zone })

  it('of building sites is forbidden at night everywhere', () => {
    expect(ask('construction', '2026-11-24T23:00:00')?.basis?.articles).toEqual([43])
    expect(ask('construction', '2026-11-24T12:30:00')).toBeUndefined()
    expect(ask('upstairs', '2026-11-24T23:00:00')).toBeUndefined()
  })

  it('of building sites stops in Beijing on the days of an exam', () => {
    const examDays = [{ from: '2027-06-07', to: '2027-06-08' }]
    const rules = rulesOf({ city: 'beijing', examDays })
    expect(ask('construction', '2027-06-08T10:00:00', rules)?.window.on).toBe('exam')
    expect(ask('construction', '2027-06-09T10:00:00', rules)).toBeUndefined()
  })
})

describe('an interval of any length', () => {
  it('is forbidden when one of its moments is, and wholly only when all are', () => {
    const minute = fc.integer({ min: 0, max: 3 * 24 * 60 })
    fc.assert(
      fc.property(minute, fc.integer({ min: 1, max: 20 * 60 }), (start, length) => {
        const from = plus(at('2026-11-24T00:00:00'), { minutes: start })
        const to = plus(from, { minutes: length })
        const moments = Array.from({ length }, (_, m) => plus(from, { minutes: m }))
        const bad = moments.filter((m) => {
          const hour = Number(m.slice(11, 13))
          // 12–14 and 20–08 in Shanghai, as UTC hours.
          return hour >= 12 || (hour >= 4 && hour < 6)
        })
        const found = inForbiddenWindow({ from, to }, 'renovation', { rules: here, calendar, zone })
        expect(found !== undefined).toBe(bad.length > 0)
        if (found) expect(found.whole).toBe(bad.length === moments.length)
      }),
      { numRuns: 60 },
    )
  })
})

describe('the file', () => {
  const problemsOf = (settings: object) => {
    const result = noiseRulesSchema.safeParse({ ...yamlOf('rules/noise.yaml'), ...settings })
    return result.error?.issues.map((i) => [i.path.join('.'), i.message]) ?? []
  }

  it('needs the class and the city that it speaks of, and a night of eight hours', () => {
    expect(problemsOf({ area: '4a' })).toMatchObject([
      ['area', expect.stringMatching(/listed under "areas"/)],
    ])
    expect(problemsOf({ city: 'atlantis' })).toMatchObject([
      ['city', expect.stringMatching(/listed under "cities"/)],
    ])
    expect(problemsOf({ day: { from: '06:00', to: '23:00' } })).toMatchObject([
      ['day', expect.stringMatching(/eight/)],
    ])
  })

  it('has no limit without a source', () => {
    expect(problemsOf({ sources: [] }).map(([path]) => path)).toContain('areas.0.basis.source')
    expect(here.day).toEqual({ from: toWallTime('06:00'), to: toWallTime('22:00') })
  })
})
