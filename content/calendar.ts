import published from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import { LunarDay, LunarMonth, SolarDay, SolarTerm } from 'tyme4ts'
import type { CalendarRules, Localized } from './schema.ts'
import { addDays, dateOf, type LocalDate, partsOf, weekday } from './time.ts'

export interface LunarDate {
  /** The lunar year, named by the solar year in which it begins. */
  readonly year: number
  readonly month: number
  readonly day: number
  readonly leap: boolean
  /** As it is read out: 九月初九. */
  readonly text: string
}

/** Working days, holidays and lunar dates of mainland China. */
export interface Calendar {
  /** A day on which offices work, make-up Saturdays and Sundays included. */
  isWorkday(date: LocalDate): boolean
  /** The name of the statutory holiday that `date` is off for; undefined on ordinary days and weekends. */
  holiday(date: LocalDate): Localized | undefined
  /** Whether the State Council's table for `year` is known; without it only the statutory days themselves are off. */
  isOfficial(year: number): boolean
  /** A working day within a school term that the rules name. */
  isSchoolDay(date: LocalDate): boolean
  nextWorkday(onOrAfter: LocalDate): LocalDate
  lunar(date: LocalDate): LunarDate
  /** The day of a lunar date outside leap months; day 30 is the last day of a short month. */
  fromLunar(year: number, month: number, day: number): LocalDate
}

interface DayRule {
  readonly work: boolean
  readonly name: Localized
}

const named = (cn: string, tw: string, en: string): Localized => ({ 'zh-CN': cn, 'zh-TW': tw, en })

const HOLIDAYS = {
  newYear: named('元旦', '元旦', "New Year's Day"),
  spring: named('春节', '春節', 'Spring Festival'),
  qingming: named('清明节', '清明節', 'Qingming Festival'),
  labour: named('劳动节', '勞動節', 'Labour Day'),
  dragonBoat: named('端午节', '端午節', 'Dragon Boat Festival'),
  midAutumn: named('中秋节', '中秋節', 'Mid-Autumn Festival'),
  national: named('国庆节', '國慶節', 'National Day'),
} as const

/** The published table's words for them. */
const BY_WORD: ReadonlyMap<string, Localized> = new Map([
  ['元旦', HOLIDAYS.newYear],
  ['春节', HOLIDAYS.spring],
  ['清明', HOLIDAYS.qingming],
  ['劳动节', HOLIDAYS.labour],
  ['端午', HOLIDAYS.dragonBoat],
  ['中秋', HOLIDAYS.midAutumn],
  ['国庆节', HOLIDAYS.national],
])

// The library's functions read a day in the machine's own zone and answer for the day before in half the world;
// its table does not.
const OFF: Readonly<Record<string, string | undefined>> = published.holidays
const MAKE_UP: Readonly<Record<string, string | undefined>> = published.workdays

/** A calendar from the published tables with the community's corrections on top. */
export function createCalendar(rules: CalendarRules): Calendar {
  const corrections = new Map<LocalDate, DayRule>(rules.corrections.map((c) => [c.on, c]))
  const statutory = remember(statutoryDays)
  const lunarDays = remember((key: string) => {
    const [year = 0, month = 0, day = 0] = key.split(' ').map(Number)
    return fromLunar(year, month, day)
  })

  /** What sets `date` apart from its weekday, if anything does. */
  function special(date: LocalDate): DayRule | undefined {
    const corrected = corrections.get(date)
    if (corrected) return corrected
    const { year } = partsOf(date)
    if (hasTable(year)) return fromTable(date)
    const name = statutory(year).get(date)
    return name && { work: false, name }
  }

  function isWorkday(date: LocalDate): boolean {
    return special(date)?.work ?? weekday(date) <= 5
  }

  return {
    isWorkday,
    holiday(date) {
      const rule = special(date)
      return rule?.work === false ? rule.name : undefined
    },
    isOfficial: (year) => hasTable(year) || rules.completeYears.includes(year),
    isSchoolDay: (date) =>
      isWorkday(date) && rules.schoolTerms.some((term) => term.from <= date && date <= term.to),
    nextWorkday(onOrAfter) {
      let date = onOrAfter
      while (!isWorkday(date)) date = addDays(date, 1)
      return date
    },
    lunar,
    fromLunar: (year, month, day) => lunarDays(`${year} ${month} ${day}`),
  }
}

/** National Day is in every published table. */
function hasTable(year: number): boolean {
  return OFF[`${year}-10-01`] !== undefined
}

function fromTable(date: LocalDate): DayRule | undefined {
  const off = OFF[date]
  const entry = off ?? MAKE_UP[date]
  if (entry === undefined) return undefined
  const [en = entry, word = entry] = entry.split(',')
  return { work: off === undefined, name: BY_WORD.get(word) ?? named(word, word, en) }
}

/** 全国年节及纪念日放假办法 as in force since 2025, without the days that a year's table swaps around them. */
function statutoryDays(year: number): ReadonlyMap<LocalDate, Localized> {
  const solar = (month: number, day: number) => dateOf({ year, month, day })
  const springFirst = fromLunar(year, 1, 1)
  const qingming = SolarTerm.fromName(year, '清明').getSolarDay()
  return new Map([
    [solar(1, 1), HOLIDAYS.newYear],
    ...[-1, 0, 1, 2].map((n) => [addDays(springFirst, n), HOLIDAYS.spring] as const),
    [localDate(qingming), HOLIDAYS.qingming],
    ...[1, 2].map((day) => [solar(5, day), HOLIDAYS.labour] as const),
    [fromLunar(year, 5, 5), HOLIDAYS.dragonBoat],
    [fromLunar(year, 8, 15), HOLIDAYS.midAutumn],
    ...[1, 2, 3].map((day) => [solar(10, day), HOLIDAYS.national] as const),
  ])
}

function lunar(date: LocalDate): LunarDate {
  const { year, month, day } = partsOf(date)
  const lunarDay = SolarDay.fromYmd(year, month, day).getLunarDay()
  const lunarMonth = lunarDay.getLunarMonth()
  return {
    year: lunarDay.getYear(),
    month: lunarMonth.getMonth(),
    day: lunarDay.getDay(),
    leap: lunarMonth.isLeap(),
    text: `${lunarMonth.getName()}${lunarDay.getName()}`,
  }
}

function fromLunar(year: number, month: number, day: number): LocalDate {
  const last = LunarMonth.fromYm(year, month).getDayCount()
  return localDate(LunarDay.fromYmd(year, month, Math.min(day, last)).getSolarDay())
}

function localDate(day: SolarDay): LocalDate {
  return dateOf({ year: day.getYear(), month: day.getMonth(), day: day.getDay() })
}

function remember<K, T>(make: (key: K) => T): (key: K) => T {
  const known = new Map<K, T>()
  return (key) => {
    const value = known.get(key) ?? make(key)
    known.set(key, value)
    return value
  }
}
