import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCalendar } from '../../content/calendar.ts'
import type { Programme, Recurrence } from '../../content/schema.ts'
import {
  addDays,
  daysBetween,
  type LocalDate,
  toLocalDate,
  type Weekday,
  weekday,
} from '../../content/time.ts'
import { datesBetween } from '../../handlers/programmes/recurrence.ts'
import { demoContent } from '../support/content.ts'

const content = demoContent()
const calendar = createCalendar(content.calendarRules)

const START = toLocalDate('2025-12-01')
const anyDate: fc.Arbitrary<LocalDate> = fc
  .integer({ min: 0, max: 500 })
  .map((n) => addDays(START, n))
const anyWeekday = fc.constantFrom<Weekday[]>(1, 2, 3, 4, 5, 6, 7)
const anyNth = fc.constantFrom(
  1 as const,
  2 as const,
  3 as const,
  4 as const,
  5 as const,
  -1 as const,
)
const weekly = fc.record({
  every: fc.constant('week' as const),
  on: fc.uniqueArray(anyWeekday, { minLength: 1 }),
  interval: fc.integer({ min: 1, max: 4 }),
})
const day = fc.integer({ min: 1, max: 31 })
const quarterMonth = fc.constantFrom(1 as const, 2 as const, 3 as const)
const every = <E extends string>(text: E) => fc.constant(text)

const anyRecurrence: fc.Arbitrary<Recurrence> = fc.oneof(
  fc.constantFrom<Recurrence[]>({ every: 'day' }, { every: 'workday' }, { every: 'schoolday' }),
  weekly,
  fc.record({ every: every('month'), day }),
  fc.record({ every: every('month'), nth: anyNth, weekday: anyWeekday }),
  fc.record({ every: every('quarter'), month: quarterMonth, day }),
  fc.record({ every: every('quarter'), month: quarterMonth, nth: anyNth, weekday: anyWeekday }),
  fc.constant<Recurrence>({ every: 'year', dates: ['01-01', '02-29', '10-02'] }),
  fc.constant<Recurrence>({ every: 'lunar', dates: ['01-01', '08-15', '12-30'] }),
  fc.record({ every: every('once'), dates: fc.uniqueArray(anyDate, { minLength: 1 }) }),
)

const [sample] = content.programmes
if (!sample) throw new Error('no programmes')
const base: Programme = sample

function programmes(recurrence: fc.Arbitrary<Recurrence>): fc.Arbitrary<Programme> {
  return fc
    .record({
      recurrence,
      onHoliday: fc.constantFrom('hold' as const, 'skip' as const, 'move' as const),
      from: anyDate,
    })
    .map((some) => ({ ...base, ...some }))
}

const anyRange = fc.tuple(anyDate, fc.integer({ min: 0, max: 120 })).map(([from, length]) => ({
  from,
  to: addDays(from, length),
}))

const plan = (programme: Programme, from: LocalDate, to: LocalDate) =>
  datesBetween(programme, calendar, from, to)

describe('any recurrence', () => {
  it('gives each day of the range at most once, in order', () => {
    fc.assert(
      fc.property(programmes(anyRecurrence), anyRange, (programme, { from, to }) => {
        const dates = plan(programme, from, to).map((p) => p.scheduledOn)
        expect(dates).toEqual([...new Set(dates)].sort())
        expect(dates.every((date) => from <= date && date <= to)).toBe(true)
      }),
    )
  })

  it('gives the same for two halves of a range as for the whole', () => {
    const cut = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(programmes(anyRecurrence), anyRange, cut, (programme, { from, to }, share) => {
        const middle = addDays(from, Math.floor(share * daysBetween(from, to)))
        const halves = [
          ...plan(programme, from, middle),
          ...plan(programme, addDays(middle, 1), to),
        ]
        expect(halves).toEqual(plan(programme, from, to))
      }),
    )
  })

  it('moves only forward, from a holiday to a working day, and never two to one day', () => {
    fc.assert(
      fc.property(programmes(anyRecurrence), anyRange, (programme, { from, to }) => {
        const dates = plan({ ...programme, onHoliday: 'move' }, from, to)
        for (const { disposition, on, scheduledOn, holiday } of dates) {
          if (disposition !== 'move') expect(on).toBe(scheduledOn)
          else {
            expect(holiday).toBeDefined()
            expect(on > scheduledOn && calendar.isWorkday(on)).toBe(true)
          }
        }
        const happening = dates.filter((p) => p.disposition !== 'skip').map((p) => p.on)
        expect(new Set(happening).size).toBe(happening.length)
      }),
    )
  })
})

describe('a weekly recurrence', () => {
  it('falls on its weekdays', () => {
    fc.assert(
      fc.property(programmes(weekly), anyRange, (programme, { from, to }) => {
        const { recurrence } = programme
        if (recurrence.every !== 'week') throw new Error('not weekly')
        for (const { scheduledOn } of plan(programme, from, to)) {
          expect(recurrence.on).toContain(weekday(scheduledOn))
        }
      }),
    )
  })
})
