import type { Calendar } from '../../content/calendar.ts'
import type { Limit, ReportKind } from '../../content/report-rules.ts'
import {
  addDays,
  at,
  dateIn,
  fromMillis,
  type Instant,
  type LocalDate,
  plus,
  toMillis,
  type WallTime,
  type Zone,
} from '../../content/time.ts'

/** Until when a case must be taken up and dealt with, and when that is raised. Pure. */

export interface WorkingTime {
  readonly calendar: Calendar
  readonly zone: Zone
  /** When a working day is over. */
  readonly workdayEnds: WallTime
}

/** A time of waiting for the resident that has ended. */
export interface Pause {
  readonly from: Instant
  readonly to: Instant
}

export interface DeadlineFacts {
  readonly limits: Pick<ReportKind, 'respond' | 'resolve'>
  readonly filedAt: Instant
  /** When it was last opened again: the time to resolve begins anew. */
  readonly reopenedAt?: Instant | undefined
  /** Working days on top, for resolving. */
  readonly extensionDays: number
  readonly pauses: readonly Pause[]
}

export interface Deadlines {
  readonly respond: Instant
  readonly resolve: Instant
}

/**
 * Working days count from the day after, and end when work ends; one that ends during a pause does not count. Hours run
 * day and night, pauses left out.
 */
export function deadlinesOf(facts: DeadlineFacts, time: WorkingTime): Deadlines {
  const { limits, filedAt, extensionDays, pauses } = facts
  return {
    respond: dueAt(limits.respond, { from: filedAt, extra: 0, pauses }, time),
    resolve: dueAt(
      limits.resolve,
      { from: facts.reopenedAt ?? filedAt, extra: extensionDays, pauses },
      time,
    ),
  }
}

interface Span {
  readonly from: Instant
  readonly extra: number
  readonly pauses: readonly Pause[]
}

function dueAt(limit: Limit, { from, extra, pauses }: Span, time: WorkingTime): Instant {
  if ('workdays' in limit) return workdaysAfter(from, limit.workdays + extra, pauses, time)
  let due = plus(from, { hours: limit.hours })
  for (const pause of pauses.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const begin = pause.from > from ? pause.from : from
    if (begin < due && pause.to > begin) {
      due = plus(due, { milliseconds: toMillis(pause.to) - toMillis(begin) })
    }
  }
  return workdaysAfter(due, extra, pauses, time)
}

/** The end of the n-th working day after the day of `from`; `from` itself for none. */
function workdaysAfter(
  from: Instant,
  n: number,
  pauses: readonly Pause[],
  time: WorkingTime,
): Instant {
  let end = from
  let date = dateIn(time.zone, from)
  for (let left = n; left > 0; ) {
    date = addDays(date, 1)
    if (!time.calendar.isWorkday(date)) continue
    const over = endOf(date, time)
    if (pauses.some((p) => p.from <= over && over < p.to)) continue
    end = over
    left -= 1
  }
  return end
}

function endOf(date: LocalDate, time: WorkingTime): Instant {
  return at(date, time.workdayEnds, time.zone)
}

/** In the order of their weight: 催办, 督办, escalation. */
export const LEVELS = ['remind', 'supervise', 'escalate'] as const
export type Level = (typeof LEVELS)[number]
export type Which = keyof Deadlines

/** Something to raise about a deadline. */
export interface Alarm {
  readonly which: Which
  readonly level: Level
  readonly at: Instant
  /** Names it in the case: it is raised once. A new date after an extension or a reopening has names of its own. */
  readonly once: string
}

export interface AlarmFacts {
  readonly due: Deadlines
  readonly filedAt: Instant
  readonly reopenedAt?: Instant | undefined
  readonly responded: boolean
  readonly reopened: number
  readonly extensions: number
}

/**
 * What is to be raised about an open case, and when: 催办 one working day before (half-way, where there is not so much
 * time), 督办 when it is due, and escalation one working day later.
 */
export function alarmsOf(facts: AlarmFacts, time: WorkingTime): Alarm[] {
  const { due, filedAt, reopenedAt, reopened, extensions } = facts
  const resolving = raised('resolve', `${reopened}.${extensions}`, {
    from: reopenedAt ?? filedAt,
    due: due.resolve,
    time,
  })
  if (facts.responded) return resolving
  return [...raised('respond', '0', { from: filedAt, due: due.respond, time }), ...resolving]
}

function raised(
  which: Which,
  name: string,
  { from, due, time }: { from: Instant; due: Instant; time: WorkingTime },
): Alarm[] {
  const moments: Readonly<Record<Level, Instant>> = {
    remind: reminderOf(from, due, time),
    supervise: due,
    escalate: workdaysAfter(due, 1, [], time),
  }
  return LEVELS.map((level) => ({
    which,
    level,
    at: moments[level],
    once: `${level}:${which}:${name}`,
  }))
}

/** The end of the working day before the day of `due`; half-way where that would be no later than `from`. */
function reminderOf(from: Instant, due: Instant, time: WorkingTime): Instant {
  let date = addDays(dateIn(time.zone, due), -1)
  while (!time.calendar.isWorkday(date)) date = addDays(date, -1)
  const before = endOf(date, time)
  if (before > from) return before
  return fromMillis(Math.floor((toMillis(from) + toMillis(due)) / 2))
}

/** The alarms still to come: once a level was raised, the lower ones have nothing more to say. */
export function stillToRaise(
  alarms: readonly Alarm[],
  wasRaised: (once: string) => boolean,
): Alarm[] {
  return alarms.filter(
    (alarm) =>
      !alarms.some(
        (other) =>
          other.which === alarm.which &&
          LEVELS.indexOf(other.level) >= LEVELS.indexOf(alarm.level) &&
          wasRaised(other.once),
      ),
  )
}

/** The one to tell of several at one moment: the gravest, and of equals that of resolving. */
export function heaviestOf(alarms: readonly Alarm[]): Alarm | undefined {
  const weight = ({ level, which }: Alarm) =>
    2 * LEVELS.indexOf(level) + (which === 'resolve' ? 1 : 0)
  return alarms.toSorted((a, b) => weight(b) - weight(a))[0]
}

/** Of what is due by `now`, the heaviest of each deadline. */
export function dueAlarms(alarms: readonly Alarm[], now: Instant): Alarm[] {
  const due = alarms.filter((alarm) => alarm.at <= now)
  return due.filter((alarm) => {
    const own = due.filter((other) => other.which === alarm.which)
    return own.at(-1) === alarm
  })
}
