import { describe, expect, it } from 'vitest'
import { createCalendar } from '../../content/calendar.ts'
import { eachDay, type LocalDate, toLocalDate } from '../../content/time.ts'
import { demoContent } from '../support/content.ts'

const { calendarRules } = demoContent()
const calendar = createCalendar(calendarRules)
const d = toLocalDate
const days = (from: string, to: string): LocalDate[] => [...eachDay(d(from), d(to))]
const name = (date: string) => calendar.holiday(d(date))?.['zh-CN']

describe('working days and holidays', () => {
  it('takes the National Day week of 2026 off and works on its make-up days', () => {
    for (const day of days('2026-10-01', '2026-10-07')) {
      expect([calendar.isWorkday(day), calendar.holiday(day)?.en]).toEqual([false, 'National Day'])
    }
    for (const day of ['2026-09-20', '2026-10-10']) {
      expect([calendar.isWorkday(d(day)), name(day)]).toEqual([true, undefined])
    }
  })

  it('names no holiday on plain weekends and working days', () => {
    expect([calendar.isWorkday(d('2026-11-22')), name('2026-11-22')]).toEqual([false, undefined])
    expect([calendar.isWorkday(d('2026-11-23')), name('2026-11-23')]).toEqual([true, undefined])
  })

  it('names the holidays of a year in all languages', () => {
    const names = new Set(days('2026-01-01', '2026-12-31').map((day) => calendar.holiday(day)))
    names.delete(undefined)
    expect([...names].map((n) => n && [n['zh-CN'], n['zh-TW']])).toEqual([
      ['元旦', '元旦'],
      ['春节', '春節'],
      ['清明节', '清明節'],
      ['劳动节', '勞動節'],
      ['端午节', '端午節'],
      ['中秋节', '中秋節'],
      ['国庆节', '國慶節'],
    ])
  })

  it('finds the next working day, the day itself included', () => {
    expect(calendar.nextWorkday(d('2026-10-01'))).toBe('2026-10-08')
    expect(calendar.nextWorkday(d('2026-10-10'))).toBe('2026-10-10')
    expect(calendar.nextWorkday(d('2026-11-21'))).toBe('2026-11-23')
  })

  it('prefers the corrections of the community', () => {
    const election = { 'zh-CN': '换届选举', 'zh-TW': '換屆選舉', en: 'Election' }
    const corrected = createCalendar({
      ...calendarRules,
      corrections: [
        { on: d('2026-11-27'), work: false, name: election },
        { on: d('2026-10-03'), work: true, name: election },
      ],
    })
    expect(corrected.isWorkday(d('2026-11-27'))).toBe(false)
    expect(corrected.holiday(d('2026-11-27'))).toEqual(election)
    expect(corrected.isWorkday(d('2026-10-03'))).toBe(true)
    expect(corrected.holiday(d('2026-10-03'))).toBeUndefined()
  })
})

describe('a year without a published table', () => {
  it('says so', () => {
    expect([2025, 2026, 2027].map((year) => calendar.isOfficial(year))).toEqual([true, true, false])
  })

  it('takes the statutory days off and nothing around them', () => {
    const off = days('2027-01-01', '2027-12-31').filter((day) => calendar.holiday(day))
    expect(off.map((day) => `${day} ${name(day)}`)).toEqual([
      '2027-01-01 元旦',
      '2027-02-05 春节',
      '2027-02-06 春节',
      '2027-02-07 春节',
      '2027-02-08 春节',
      '2027-04-05 清明节',
      '2027-05-01 劳动节',
      '2027-05-02 劳动节',
      '2027-06-09 端午节',
      '2027-09-15 中秋节',
      '2027-10-01 国庆节',
      '2027-10-02 国庆节',
      '2027-10-03 国庆节',
    ])
    expect(off.some((day) => calendar.isWorkday(day))).toBe(false)
    expect(calendar.isWorkday(d('2027-10-04'))).toBe(true)
    expect(calendar.isWorkday(d('2027-10-09'))).toBe(false)
  })

  it('is official once the community has written out the table', () => {
    const complete = createCalendar({ ...calendarRules, completeYears: [2027] })
    expect([complete.isOfficial(2027), complete.isOfficial(2028)]).toEqual([true, false])
  })
})

describe('school days', () => {
  it('are working days within a term, make-up days included', () => {
    const school = days('2026-09-30', '2026-10-12').filter((day) => calendar.isSchoolDay(day))
    expect(school).toEqual(['2026-09-30', '2026-10-08', '2026-10-09', '2026-10-10', '2026-10-12'])
  })

  it('end with the term', () => {
    expect(calendar.isSchoolDay(d('2026-07-03'))).toBe(true)
    expect(calendar.isSchoolDay(d('2026-07-06'))).toBe(false)
    expect(calendar.isSchoolDay(d('2027-01-22'))).toBe(true)
    expect(calendar.isSchoolDay(d('2027-01-25'))).toBe(false)
  })

  it('are none where no term is known', () => {
    expect(days('2028-03-01', '2028-03-31').some((day) => calendar.isSchoolDay(day))).toBe(false)
  })
})

describe('lunar dates', () => {
  it('finds the Double Ninth', () => {
    expect(calendar.fromLunar(2026, 9, 9)).toBe('2026-10-18')
    expect(calendar.lunar(d('2026-10-18'))).toEqual({
      year: 2026,
      month: 9,
      day: 9,
      leap: false,
      text: '九月初九',
    })
  })

  it('marks leap months', () => {
    expect(calendar.lunar(d('2025-08-01'))).toMatchObject({ month: 6, day: 8, leap: true })
    expect(calendar.lunar(d('2025-08-01')).text).toBe('闰六月初八')
  })

  it('takes day 30 as the last of a short month', () => {
    expect(calendar.fromLunar(2026, 12, 29)).toBe('2027-02-05')
    expect(calendar.fromLunar(2026, 12, 30)).toBe('2027-02-05')
  })

  it('reads back what it wrote, every day of two years', () => {
    for (const day of days('2026-01-01', '2027-12-31')) {
      const { year, month, day: n, leap } = calendar.lunar(day)
      if (!leap) expect(calendar.fromLunar(year, month, n)).toBe(day)
    }
  })
})
