import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCalendar } from '../../content/calendar.ts'
import type { Limit } from '../../content/report-rules.ts'
import {
  addDays,
  dateIn,
  eachDay,
  type Instant,
  plus,
  toInstant,
  toWallTime,
  toZone,
  withOffset,
} from '../../content/time.ts'
import {
  type Alarm,
  alarmsOf,
  type DeadlineFacts,
  deadlinesOf,
  dueAlarms,
  type Pause,
  stillToRaise,
  type WorkingTime,
} from '../../handlers/reports/deadlines.ts'
import { demoContent } from '../support/content.ts'

const zone = toZone('Asia/Shanghai')
const time: WorkingTime = {
  calendar: createCalendar(demoContent().calendarRules),
  zone,
  workdayEnds: toWallTime('17:30'),
}
const t = (text: string): Instant => toInstant(`${text}+08:00`)
const shown = (instant: Instant) => withOffset(zone, instant).slice(0, 16)

const LIMITS = { respond: { workdays: 1 }, resolve: { workdays: 5 } } as const

function facts(filedAt: Instant, more: Partial<DeadlineFacts> = {}): DeadlineFacts {
  return { limits: LIMITS, filedAt, extensionDays: 0, pauses: [], ...more }
}

function due(filedAt: string, more: Partial<DeadlineFacts> = {}): [string, string] {
  const { respond, resolve } = deadlinesOf(facts(t(filedAt), more), time)
  return [shown(respond), shown(resolve)]
}

describe('deadlines', () => {
  it('count working days from the day after, until work ends', () => {
    // Tuesday; Saturday and Sunday do not count.
    expect(due('2026-11-24T12:00')).toEqual(['2026-11-25T17:30', '2026-12-01T17:30'])
    expect(due('2026-11-24T23:30')).toEqual(['2026-11-25T17:30', '2026-12-01T17:30'])
    expect(due('2026-11-28T09:00')).toEqual(['2026-11-30T17:30', '2026-12-04T17:30'])
  })

  it('know the holidays and the make-up days', () => {
    // National Day is off from 10-01 to 10-07, and Saturday 10-10 is worked: 09-30, 10-08, 10-09, 10-10, 10-12.
    expect(due('2026-09-29T10:00')).toEqual(['2026-09-30T17:30', '2026-10-12T17:30'])
  })

  it('count hours day and night, for what is urgent', () => {
    const limits = { respond: { hours: 2 }, resolve: { hours: 24 } }
    expect(due('2026-11-27T23:30', { limits })).toEqual(['2026-11-28T01:30', '2026-11-28T23:30'])
  })

  it('stand still during a pause: a working day that ends in it does not count', () => {
    const pause = { from: t('2026-11-25T10:00'), to: t('2026-11-27T10:00') }
    expect(due('2026-11-24T12:00', { pauses: [pause] })).toEqual([
      '2026-11-27T17:30',
      '2026-12-03T17:30',
    ])
    const limits = { respond: { hours: 2 }, resolve: { hours: 24 } }
    const short = { from: t('2026-11-24T13:00'), to: t('2026-11-24T16:00') }
    expect(due('2026-11-24T12:00', { limits, pauses: [short] })).toEqual([
      '2026-11-24T17:00',
      '2026-11-25T15:00',
    ])
  })

  it('are extended by working days', () => {
    expect(due('2026-11-24T12:00', { extensionDays: 3 })).toEqual([
      '2026-11-25T17:30',
      '2026-12-04T17:30',
    ])
    const limits = { respond: { hours: 2 }, resolve: { hours: 24 } }
    expect(due('2026-11-27T12:00', { limits, extensionDays: 1 })[1]).toBe('2026-11-30T17:30')
  })

  it('begin anew for resolving when a case is opened again', () => {
    expect(due('2026-11-02T12:00', { reopenedAt: t('2026-11-24T12:00') })).toEqual([
      '2026-11-03T17:30',
      '2026-12-01T17:30',
    ])
  })
})

const moment = fc
  .integer({ min: 0, max: 300 * 24 * 60 })
  .map((minutes) => plus(t('2026-01-05T00:00'), { minutes }))
const length = fc.integer({ min: 1, max: 20 * 24 * 60 })
const pause: fc.Arbitrary<Pause> = fc
  .tuple(moment, length)
  .map(([from, minutes]) => ({ from, to: plus(from, { minutes }) }))
const limit: fc.Arbitrary<Limit> = fc.oneof(
  fc.record({ workdays: fc.integer({ min: 1, max: 20 }) }),
  fc.record({ hours: fc.integer({ min: 1, max: 100 }) }),
)
const limits = fc.record({ respond: limit, resolve: limit })
const anyFacts: fc.Arbitrary<DeadlineFacts> = fc.record({
  limits,
  filedAt: moment,
  extensionDays: fc.integer({ min: 0, max: 10 }),
  pauses: fc.array(pause, { maxLength: 4 }),
})

describe('deadlines of any case', () => {
  it('never come earlier through a pause', () => {
    fc.assert(
      fc.property(anyFacts, pause, (before, more) => {
        const was = deadlinesOf(before, time)
        const is = deadlinesOf({ ...before, pauses: [...before.pauses, more] }, time)
        expect(is.respond >= was.respond && is.resolve >= was.resolve).toBe(true)
      }),
    )
  })

  it('come later by exactly the working days of an extension', () => {
    fc.assert(
      fc.property(anyFacts, fc.integer({ min: 1, max: 10 }), (given, days) => {
        const before = { ...given, pauses: [] }
        const was = deadlinesOf(before, time)
        const is = deadlinesOf({ ...before, extensionDays: before.extensionDays + days }, time)
        const between = [
          ...eachDay(addDays(dateIn(zone, was.resolve), 1), dateIn(zone, is.resolve)),
        ].filter((date) => time.calendar.isWorkday(date))
        expect(between).toHaveLength(days)
        expect(is.respond).toBe(was.respond)
      }),
    )
  })

  it('lie after the filing, and end with a working day where they count in working days', () => {
    fc.assert(
      fc.property(anyFacts, (given) => {
        const { resolve } = deadlinesOf(given, time)
        expect(resolve > given.filedAt).toBe(true)
        if ('hours' in given.limits.resolve) return
        expect(shown(resolve).slice(11)).toBe('17:30')
        expect(time.calendar.isWorkday(dateIn(zone, resolve))).toBe(true)
      }),
    )
  })
})

function alarms(filedAt: string, more: Partial<DeadlineFacts> = {}, responded = false): Alarm[] {
  const given = facts(t(filedAt), more)
  return alarmsOf(
    {
      due: deadlinesOf(given, time),
      filedAt: given.filedAt,
      responded,
      reopened: 0,
      extensions: 0,
    },
    time,
  )
}

describe('what is raised about a deadline', () => {
  it('is 催办 a working day before, 督办 at the deadline, escalation a working day later', () => {
    expect(alarms('2026-11-24T12:00').map((a) => [a.once, shown(a.at)])).toEqual([
      ['remind:respond:0', '2026-11-24T17:30'],
      ['supervise:respond:0', '2026-11-25T17:30'],
      ['escalate:respond:0', '2026-11-26T17:30'],
      ['remind:resolve:0.0', '2026-11-30T17:30'],
      ['supervise:resolve:0.0', '2026-12-01T17:30'],
      ['escalate:resolve:0.0', '2026-12-02T17:30'],
    ])
  })

  it('reminds half-way where there is no working day before', () => {
    const [remind] = alarms('2026-11-24T17:30')
    expect(shown(remind?.at ?? t('2026-01-01T00:00'))).toBe('2026-11-25T05:30')
  })

  it('says nothing more of an answer that was given', () => {
    expect(alarms('2026-11-24T12:00', {}, true).map((a) => a.which)).toEqual([
      'resolve',
      'resolve',
      'resolve',
    ])
  })

  it('comes once each, the heavier after the lighter, whenever the clock is looked at', () => {
    const ticks = fc.array(fc.integer({ min: 0, max: 20 * 24 * 60 }), { maxLength: 30 })
    fc.assert(
      fc.property(moment, limits, ticks, (filedAt, given, minutes) => {
        const due = deadlinesOf(facts(filedAt, { limits: given }), time)
        const all = alarmsOf({ due, filedAt, responded: false, reopened: 0, extensions: 0 }, time)
        const said: Alarm[] = []
        const raised = (once: string) => said.some((alarm) => alarm.once === once)
        for (const minute of [...minutes].sort((a, b) => a - b)) {
          const now = plus(filedAt, { minutes: minute })
          said.push(...dueAlarms(stillToRaise(all, raised), now))
        }
        expect(new Set(said.map((alarm) => alarm.once)).size).toBe(said.length)
        for (const which of ['respond', 'resolve'] as const) {
          const own = said.filter((alarm) => alarm.which === which)
          expect(own).toEqual(own.toSorted((a, b) => all.indexOf(a) - all.indexOf(b)))
          const last = plus(filedAt, { minutes: Math.max(-1, ...minutes) })
          const fallen = all.filter((alarm) => alarm.which === which && alarm.at <= last)
          if (minutes.length > 0) expect(own.at(-1)).toBe(fallen.at(-1))
        }
      }),
    )
  })
})
