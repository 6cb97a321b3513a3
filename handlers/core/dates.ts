import { type Phrase, phrase } from '../../content/i18n.ts'
import { daysBetween, type LocalDate, partsOf, weekday } from '../../content/time.ts'

const WEEKDAYS = [
  'date.mon',
  'date.tue',
  'date.wed',
  'date.thu',
  'date.fri',
  'date.sat',
  'date.sun',
] as const

export function weekdayPhrase(date: LocalDate): Phrase {
  return phrase(WEEKDAYS[weekday(date) - 1] ?? 'date.mon')
}

/** A day in full: 11月25日(周三). */
export function datePhrase(date: LocalDate): Phrase {
  const { month, day } = partsOf(date)
  return phrase('date.full', { month, day, weekday: weekdayPhrase(date) })
}

/** A day as one says it today: 今天(11月25日 周三), 明天…, 后天…, or in full. */
export function dayPhrase(date: LocalDate, today: LocalDate): Phrase {
  const { year, month, day } = partsOf(date)
  const vars = { month, day, weekday: weekdayPhrase(date) }
  switch (daysBetween(today, date)) {
    case 0:
      return phrase('date.today', vars)
    case 1:
      return phrase('date.tomorrow', vars)
    case 2:
      return phrase('date.dayAfter', vars)
    default:
      return partsOf(today).year === year
        ? phrase('date.full', vars)
        : phrase('date.withYear', { year, ...vars })
  }
}
