import { describe, expect, it } from 'vitest'
import { createCalendar } from '../../content/calendar.ts'
import type { Programme } from '../../content/schema.ts'
import { toLocalDate } from '../../content/time.ts'
import { datesBetween, topicOn } from '../../handlers/programmes/recurrence.ts'
import { demoContent } from '../support/content.ts'

const content = demoContent()
const calendar = createCalendar(content.calendarRules)
const d = toLocalDate

function seeded(id: string): Programme {
  const found = content.programmes.find((p) => p.id === id)
  if (!found) throw new Error(`no programme ${id}`)
  return found
}

const plan = (programme: Programme, from: string, to: string) =>
  datesBetween(programme, calendar, d(from), d(to))

/** A programme of that recurrence; it holds on holidays unless told otherwise. */
function of(recurrence: Programme['recurrence'], more: Partial<Programme> = {}): Programme {
  return { ...seeded('law'), onHoliday: 'hold', recurrence, ...more }
}

const scheduled = (programme: Programme, from: string, to: string) =>
  plan(programme, from, to).map((p) => p.scheduledOn)

describe('the seeded programmes', () => {
  it('leave 四点半学校 out in the National Day week and hold it on the make-up Saturday', () => {
    expect(scheduled(seeded('four-thirty'), '2026-09-30', '2026-10-12')).toEqual([
      '2026-09-30',
      '2026-10-08',
      '2026-10-09',
      '2026-10-10',
      '2026-10-12',
    ])
  })

  it('celebrate 重阳节 on its lunar date', () => {
    expect(plan(seeded('double-ninth'), '2026-01-01', '2026-12-31')).toEqual([
      { scheduledOn: '2026-10-18', on: '2026-10-18', disposition: 'hold', provisional: false },
    ])
  })

  it('skip 每周一课 on a holiday and say which', () => {
    expect(plan(seeded('weekly-lesson'), '2026-10-01', '2026-10-14')).toMatchObject([
      { on: '2026-10-07', disposition: 'skip', holiday: { 'zh-CN': '国庆节' } },
      { on: '2026-10-14', disposition: 'hold' },
    ])
  })

  it('move 每月一评 off the Mid-Autumn Festival', () => {
    expect(plan(seeded('monthly-review'), '2026-09-01', '2026-09-30')).toMatchObject([
      { scheduledOn: '2026-09-25', on: '2026-09-28', disposition: 'move' },
    ])
  })

  it('give four exhibitions and three environment talks a year', () => {
    expect(scheduled(seeded('quarterly-show'), '2026-01-01', '2026-12-31')).toEqual([
      '2026-03-07',
      '2026-06-06',
      '2026-09-05',
      '2026-12-05',
    ])
    expect(scheduled(seeded('eco-science'), '2026-01-01', '2026-12-31')).toHaveLength(3)
  })

  it('hold the law morning on the second Thursday', () => {
    expect(scheduled(seeded('law'), '2026-11-01', '2026-12-31')).toEqual([
      '2026-11-12',
      '2026-12-10',
    ])
  })

  it('hold 每日一乐 every day and let its topics take turns', () => {
    const daily = seeded('daily-fun')
    const dates = scheduled(daily, '2026-12-30', '2027-01-03')
    expect(dates).toHaveLength(5)
    const topics = dates.map((date) => topicOn(daily, d(date))?.['zh-CN'])
    expect(new Set(topics.slice(0, 4))).toEqual(new Set(['棋牌', '舞蹈', '文娱', '读书看报']))
    expect(topics[4]).toBe(topics[0])
    expect(topicOn(seeded('law'), d('2026-11-12'))).toBeUndefined()
  })

  it('are provisional in a year without an official calendar', () => {
    const flags = plan(seeded('weekly-lesson'), '2026-12-24', '2027-01-10').map(
      (p) => p.provisional,
    )
    expect(flags).toEqual([false, true])
  })
})

describe('recurrences', () => {
  it('clamps a monthly day to the end of the month', () => {
    const monthly = of({ every: 'month', day: 31 })
    expect(scheduled(monthly, '2027-01-01', '2027-04-30')).toEqual([
      '2027-01-31',
      '2027-02-28',
      '2027-03-31',
      '2027-04-30',
    ])
    expect(scheduled(monthly, '2028-02-01', '2028-02-29')).toEqual(['2028-02-29'])
  })

  it('leaves months without a fifth weekday out', () => {
    expect(
      scheduled(of({ every: 'month', nth: 5, weekday: 1 }), '2026-09-01', '2026-12-31'),
    ).toEqual(['2026-11-30'])
  })

  it('finds the last weekday of each month', () => {
    expect(
      scheduled(of({ every: 'month', nth: -1, weekday: 1 }), '2026-11-01', '2027-02-28'),
    ).toEqual(['2026-11-30', '2026-12-28', '2027-01-25', '2027-02-22'])
  })

  it('finds a day of each quarter', () => {
    expect(
      scheduled(of({ every: 'quarter', month: 2, day: 30 }), '2026-01-01', '2026-12-31'),
    ).toEqual(['2026-02-28', '2026-05-30', '2026-08-30', '2026-11-30'])
  })

  it('takes 02-29 as 02-28 in a common year', () => {
    const leap = of({ every: 'year', dates: ['02-29'] })
    expect(scheduled(leap, '2027-01-01', '2028-12-31')).toEqual(['2027-02-28', '2028-02-29'])
  })

  it('finds New Year’s Eve by its lunar date in the next solar year', () => {
    const eve = of({ every: 'lunar', dates: ['12-30'] })
    expect(scheduled(eve, '2026-01-01', '2027-12-31')).toEqual(['2026-02-16', '2027-02-05'])
  })

  it('never counts a leap month', () => {
    const sixth = of({ every: 'lunar', dates: ['06-08'] })
    expect(scheduled(sixth, '2025-01-01', '2025-12-31')).toEqual(['2025-07-02'])
  })

  it('waits for the weekday when a weekly programme starts on another day', () => {
    const weekly = of({ every: 'week', on: [3], interval: 1 }, { from: d('2026-11-26') })
    expect(scheduled(weekly, '2026-11-01', '2026-12-10')).toEqual(['2026-12-02', '2026-12-09'])
  })

  it('counts every other week from the week of the first day', () => {
    const everyOther = of({ every: 'week', on: [1, 5], interval: 2 }, { from: d('2026-11-25') })
    expect(scheduled(everyOther, '2026-11-01', '2026-12-31')).toEqual([
      '2026-11-27',
      '2026-12-07',
      '2026-12-11',
      '2026-12-21',
      '2026-12-25',
    ])
  })

  it('stays between the first and the last day, both included', () => {
    const daily = of({ every: 'day' }, { from: d('2026-11-03'), until: d('2026-11-05') })
    expect(scheduled(daily, '2026-11-01', '2026-11-30')).toEqual([
      '2026-11-03',
      '2026-11-04',
      '2026-11-05',
    ])
  })

  it('works on make-up days and rests on holidays', () => {
    expect(scheduled(of({ every: 'workday' }), '2026-10-05', '2026-10-11')).toEqual([
      '2026-10-08',
      '2026-10-09',
      '2026-10-10',
    ])
  })

  it('takes single days as they are', () => {
    const once = of({ every: 'once', dates: [d('2026-12-24'), d('2026-11-30')] })
    expect(scheduled(once, '2026-11-01', '2026-12-31')).toEqual(['2026-11-30', '2026-12-24'])
  })

  it('gives nothing for a range that ends before it begins', () => {
    expect(scheduled(of({ every: 'day' }), '2026-11-02', '2026-11-01')).toEqual([])
  })
})

describe('the holiday rule', () => {
  const festival = of({ every: 'once', dates: [d('2026-10-03')] })

  it.each([
    ['hold', '2026-10-03', 'hold'],
    ['skip', '2026-10-03', 'skip'],
    ['move', '2026-10-08', 'move'],
  ] as const)('obeys %s', (onHoliday, on, disposition) => {
    expect(plan({ ...festival, onHoliday }, '2026-10-01', '2026-10-07')).toEqual([
      {
        scheduledOn: '2026-10-03',
        on,
        disposition,
        holiday: { 'zh-CN': '国庆节', 'zh-TW': '國慶節', en: 'National Day' },
        provisional: false,
      },
    ])
  })

  it('leaves plain weekends alone', () => {
    const sunday = of({ every: 'week', on: [7], interval: 1 }, { onHoliday: 'move' })
    expect(plan(sunday, '2026-11-22', '2026-11-22')).toMatchObject([
      { on: '2026-11-22', disposition: 'hold' },
    ])
  })

  it('skips instead of moving when the programme comes round by then anyway', () => {
    const twice = of({ every: 'week', on: [4, 5], interval: 1 }, { onHoliday: 'move' })
    expect(
      plan(twice, '2026-10-01', '2026-10-09').map((p) => [p.scheduledOn, p.on, p.disposition]),
    ).toEqual([
      ['2026-10-01', '2026-10-01', 'skip'],
      ['2026-10-02', '2026-10-02', 'skip'],
      ['2026-10-08', '2026-10-08', 'hold'],
      ['2026-10-09', '2026-10-09', 'hold'],
    ])
  })

  it('calls a date provisional when it moves into a year without an official calendar', () => {
    const newYear = { 'zh-CN': '元旦', 'zh-TW': '元旦', en: "New Year's Day" }
    const bridged = createCalendar({
      ...content.calendarRules,
      corrections: [{ on: d('2026-12-31'), work: false, name: newYear }],
    })
    const last = of({ every: 'once', dates: [d('2026-12-31')] }, { onHoliday: 'move' })
    expect(datesBetween(last, bridged, d('2026-12-01'), d('2026-12-31'))).toMatchObject([
      { on: '2027-01-04', provisional: true },
    ])
  })
})
