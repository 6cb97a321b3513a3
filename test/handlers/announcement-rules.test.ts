import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  dateIn,
  minutesBetween,
  plus,
  timeIn,
  toInstant,
  toLocalDate,
  withOffset,
  type Zone,
} from '../../content/time.ts'
import { ANNOUNCEMENT_STATES } from '../../db/schema-announcements.ts'
import { readRequest } from '../../handlers/announcements/grammar.ts'
import type { Names } from '../../handlers/announcements/names.ts'
import { fingerprintOf } from '../../handlers/announcements/preview.ts'
import { occurrenceAt } from '../../handlers/announcements/schedule.ts'
import { ANNOUNCEMENT_EVENTS, after } from '../../handlers/announcements/transitions.ts'

const zone = 'Asia/Shanghai' as Zone
/** A Tuesday at noon. */
const now = toInstant('2026-11-24T12:00:00+08:00')
const NAMES: Names = {
  known: [
    ['28街坊3号楼', { place: '28-3' }],
    ['18街坊', { place: '18' }],
    ['28街坊', { place: '28' }],
    ['老年', { tag: '老年' }],
  ],
  blocks: new Set(['18', '28']),
  rooms: new Set([1, 2]),
}

function read(words: string) {
  const result = readRequest(words, NAMES, { now, zone, repeatDays: 92 })
  if (!result.ok) return { refused: result.error.key, ...result.error.vars }
  const { schedule, expires, ...request } = result.value
  return {
    ...request,
    ...(schedule && { at: withOffset(zone, schedule.first).slice(0, 16), ...schedule.repeats }),
    ...(expires && { expires: withOffset(zone, expires).slice(0, 16) }),
  }
}

describe('when an announcement is to go out, as staff write it', () => {
  it.each([
    ['明天9点 停水', '2026-11-25T09:00'],
    ['明天上午九点：停水', '2026-11-25T09:00'],
    ['明早8点半 停水', '2026-11-25T08:30'],
    ['今晚7点发 停水', '2026-11-24T19:00'],
    ['后天下午3点发布：停水', '2026-11-26T15:00'],
    ['周五 18:00 停水', '2026-11-27T18:00'],
    ['12月3日9点，停水', '2026-12-03T09:00'],
    ['9点发 停水', '2026-11-25T09:00'],
    ['下午四点发 停水', '2026-11-24T16:00'],
    ['半小时后 停水', '2026-11-24T12:30'],
    ['两个半小时后发 停水', '2026-11-24T14:30'],
    ['20分钟后 停水', '2026-11-24T12:20'],
    ['明天９点　停水', '2026-11-25T09:00'],
  ])('%s', (words, at) => {
    expect(read(words)).toEqual({ text: '停水', urgent: false, at })
  })

  it.each([
    ['每天8点 停水', '2026-11-25T08:00', 'daily', '2027-02-25'],
    ['每天下午5点到12月1日 停水', '2026-11-24T17:00', 'daily', '2026-12-01'],
    ['每周三上午9点 停水', '2026-11-25T09:00', 'weekly', '2027-02-25'],
    ['每个星期天 8:30 停水', '2026-11-29T08:30', 'weekly', '2027-03-01'],
    ['每周二9点，停水', '2026-12-01T09:00', 'weekly', '2027-03-03'],
    ['每月5号9点一直到12月31日为止：停水', '2026-12-05T09:00', 'monthly', '2026-12-31'],
    ['每月31日9点 停水', '2026-12-31T09:00', 'monthly', '2027-04-02'],
  ])('%s', (words, at, every, until) => {
    expect(read(words)).toEqual({ text: '停水', urgent: false, at, every, until })
  })

  it.each([
    '明天9点停水',
    '明天9点给老人送餐',
    '明天停水',
    '明天 停水',
    '今天上午9点到11点停水',
    '9点 开会',
    '每天8点开门',
    '每周一课改在周三',
    '11月25日停水',
    '三天后恢复供水',
    '半小时后来水',
    '现在开始登记',
    '急救知识讲座',
    '紧急联系电话',
    '有效期内的票可用',
    '给老人送温暖活动开始了',
    '给力！社区合唱队得奖了',
  ])('leaves to the text what is told: %s', (words) => {
    expect(read(words)).toEqual({ text: words, urgent: false })
  })

  it('reads what stands before the text in any order', () => {
    const audience = { kind: 'some', rooms: [], places: ['18'], tags: ['老年'] }
    const parts = ['紧急', '给18街坊和老年', '明天9点', '有效到明天18点']
    for (const order of [parts, parts.toReversed(), [parts[2], parts[0], parts[3], parts[1]]]) {
      expect(read(`${order.join(' ')} 停水，\n请储水`)).toEqual({
        text: '停水，\n请储水',
        urgent: true,
        audience,
        at: '2026-11-25T09:00',
        expires: '2026-11-25T18:00',
      })
    }
  })

  it('takes a day alone as valid until its end', () => {
    expect(read('有效到11月30日 停水')).toMatchObject({ expires: '2026-12-01T00:00' })
  })

  it.each([
    ['给36街坊 停水', '36街坊'],
    ['给18街坊和王大爷 停水', '王大爷'],
    ['@不知道 停水', '不知道'],
  ])('asks about a name that nobody has: %s', (words, name) => {
    expect(read(words)).toEqual({ refused: 'announcements.error.unknownName', name })
  })

  it('never throws, never loses the end of the text', () => {
    const piece = fc.constantFrom(
      ...[
        '紧急',
        '给',
        '@',
        '18街坊',
        '、',
        '老年',
        ' ',
        '，',
        '明天',
        '9点',
        '每周一',
        '到',
        '发',
      ],
      ...['有效到', '停水', '群', '\n', '：', '３１号', '半小时后', '大家', '😀', '每月31日'],
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const result = readRequest(`${pieces.join('')}停水通知完`, NAMES, {
          now,
          zone,
          repeatDays: 92,
        })
        if (result.ok) expect(result.value.text.endsWith('停水通知完')).toBe(true)
      }),
    )
  })
})

describe('repeats', () => {
  const every = fc.constantFrom('daily' as const, 'weekly' as const, 'monthly' as const)

  it('keep the hour, go forward, and end on their last day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 600_000 }), every, fc.nat(300), (start, how, days) => {
        const first = plus(now, { minutes: start })
        const until = dateIn(zone, plus(first, { days }))
        const schedule = { first, repeats: { every: how, until } }
        let before = first
        for (let n = 1; ; n++) {
          const next = occurrenceAt(schedule, n, zone)
          if (next === undefined) break
          expect(minutesBetween(before, next)).toBeGreaterThan(0)
          expect(timeIn(zone, next)).toBe(timeIn(zone, first))
          expect(dateIn(zone, next) <= until).toBe(true)
          before = next
        }
        expect(minutesBetween(before, plus(first, { days })) < 32 * 1440).toBe(true)
      }),
    )
  })

  it('fall on the last day of a month that is too short', () => {
    const first = toInstant('2027-01-31T09:00:00+08:00')
    const schedule = {
      first,
      repeats: { every: 'monthly', until: toLocalDate('2027-12-31') },
    } as const
    const days = [1, 2, 3].map((n) => dateIn(zone, occurrenceAt(schedule, n, zone) ?? first))
    expect(days).toEqual(['2027-02-28', '2027-03-31', '2027-04-30'])
  })
})

describe('the states of an announcement', () => {
  it('lead nowhere from cancelled and expired, and to sending only by a confirmation or a retry', () => {
    for (const state of ANNOUNCEMENT_STATES) {
      for (const event of ANNOUNCEMENT_EVENTS) {
        const next = after(state, event)
        if (state === 'cancelled' || state === 'expired') expect(next).toBeUndefined()
        if (next === 'queued') {
          expect(['draft confirm', 'awaiting_approval confirm', 'done retry']).toContain(
            `${state} ${event}`,
          )
        }
      }
    }
  })
})

describe('the same words', () => {
  it('are the same in other signs, spaces and writing', () => {
    const same = [
      '明天停水，请储水！',
      '明天停水 请储水',
      '明天停水\n請儲水。',
      '【明天停水】请储水😀',
    ]
    expect(new Set(same.map(fingerprintOf)).size).toBe(1)
    expect(fingerprintOf('明天停电，请储水')).not.toBe(fingerprintOf('明天停水，请储水'))
  })
})
