import type { Calendar } from '../../content/calendar.ts'
import type { DayOfMonth, Localized, Programme, Recurrence } from '../../content/schema.ts'
import {
  addDays,
  dateOf,
  daysBetween,
  eachDay,
  type LocalDate,
  mondayOf,
  partsOf,
  toLocalDate,
  weekday,
} from '../../content/time.ts'

export interface PlannedDate {
  /** The day that the recurrence names. */
  readonly scheduledOn: LocalDate
  /** The day it happens, after the holiday rule; for `skip` the day it would have happened. */
  readonly on: LocalDate
  readonly disposition: 'hold' | 'skip' | 'move'
  /** The statutory holiday that `scheduledOn` falls on. */
  readonly holiday?: Localized
  /** The official calendar of the year is not known yet, so holidays may still change this. */
  readonly provisional: boolean
}

/**
 * The dates of a programme whose `scheduledOn` lies from `from` to `to`, both included, in order, each once.
 * A date moves off a holiday to the next working day, and is skipped when the programme comes round by then anyway.
 */
export function datesBetween(
  programme: Programme,
  calendar: Calendar,
  from: LocalDate,
  to: LocalDate,
): readonly PlannedDate[] {
  const dates: PlannedDate[] = []
  for (const date of eachDay(from, to)) {
    if (isScheduled(programme, calendar, date)) dates.push(plan(programme, calendar, date))
  }
  return dates
}

/** Whose turn it is in the programme's rotation of topics, a day each; undefined without a rotation. */
export function topicOn(programme: Programme, date: LocalDate): Localized | undefined {
  const { topics } = programme
  return topics?.[daysBetween(ROTATION_START, date) % topics.length]
}

const ROTATION_START = toLocalDate('2000-01-01')

function plan(programme: Programme, calendar: Calendar, scheduledOn: LocalDate): PlannedDate {
  const holiday = calendar.holiday(scheduledOn)
  const rule = holiday ? programme.onHoliday : 'hold'
  const target = rule === 'move' ? calendar.nextWorkday(scheduledOn) : scheduledOn
  const again = [...eachDay(addDays(scheduledOn, 1), target)].some((date) =>
    isScheduled(programme, calendar, date),
  )
  const on = again ? scheduledOn : target
  return {
    scheduledOn,
    on,
    disposition: again ? 'skip' : rule,
    ...(holiday && { holiday }),
    provisional: [scheduledOn, on].some((date) => !calendar.isOfficial(partsOf(date).year)),
  }
}

function isScheduled(programme: Programme, calendar: Calendar, date: LocalDate): boolean {
  const { from, until, recurrence } = programme
  if ((from !== undefined && date < from) || (until !== undefined && date > until)) return false
  switch (recurrence.every) {
    case 'day':
      return true
    case 'workday':
      return calendar.isWorkday(date)
    case 'schoolday':
      return calendar.isSchoolDay(date)
    case 'week': {
      const { on, interval } = recurrence
      if (!on.includes(weekday(date))) return false
      return (
        from === undefined || daysBetween(mondayOf(from), mondayOf(date)) % (7 * interval) === 0
      )
    }
    case 'month':
      return isDayOfMonth(recurrence, date)
    case 'quarter':
      return (partsOf(date).month - recurrence.month) % 3 === 0 && isDayOfMonth(recurrence, date)
    case 'year':
      return recurrence.dates.some((text) => {
        const [month = 0, day = 0] = text.split('-').map(Number)
        return dateOf({ year: partsOf(date).year, month, day }) === date
      })
    case 'lunar':
      return isLunar(recurrence, calendar, date)
    case 'once':
      return recurrence.dates.includes(date)
  }
}

function isDayOfMonth(rule: DayOfMonth, date: LocalDate): boolean {
  const { year, month, day } = partsOf(date)
  if ('day' in rule) return dateOf({ year, month, day: rule.day }) === date
  if (weekday(date) !== rule.weekday) return false
  if (rule.nth === -1) return partsOf(addDays(date, 7)).month !== month
  return Math.ceil(day / 7) === rule.nth
}

/** The last lunar months of a year fall into the next solar one, so two lunar years can name a day. */
function isLunar(
  rule: Extract<Recurrence, { every: 'lunar' }>,
  calendar: Calendar,
  date: LocalDate,
): boolean {
  const { year } = partsOf(date)
  return rule.dates.some((text) => {
    const [month = 0, day = 0] = text.split('-').map(Number)
    return [year, year - 1].some((y) => calendar.fromLunar(y, month, day) === date)
  })
}
