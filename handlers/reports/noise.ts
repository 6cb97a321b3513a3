import type { Calendar } from '../../content/calendar.ts'
import { phrase, type Say } from '../../content/i18n.ts'
import type { NoiseRules, QuietWindow } from '../../content/noise-rules.ts'
import type { Basis } from '../../content/sources.ts'
import {
  addDays,
  at as atTime,
  dateIn,
  eachDay,
  type Instant,
  type LocalDate,
  timeIn,
  toWallTime,
  type Zone,
} from '../../content/time.ts'
import { basisSay, windowSay } from '../core/norms.ts'

export type Period = 'day' | 'night'

export interface NoiseLimit {
  readonly period: Period
  /** LAeq in dB(A). */
  readonly limit: number
  readonly basis: Basis
}

/** The limit that holds at that moment in the community's area. */
export function noiseLimit(at: Instant, rules: NoiseRules, zone: Zone): NoiseLimit {
  const time = timeIn(zone, at)
  const { from, to } = rules.day
  const period = from <= time && time < to ? 'day' : 'night'
  return { period, limit: rules.area[period], basis: rules.area.basis }
}

/** By how many decibels a level is over the limit, to the tenth; 0 when it is not. */
export function exceedance(db: number, { limit }: Pick<NoiseLimit, 'limit'>): number {
  return Math.max(0, Math.round((db - limit) * 10) / 10)
}

/** What a level means; a phone's reading is never more than an indication. */
export function readingSay(db: number, limit: NoiseLimit, instrument: 'phone' | 'meter'): Say {
  const by = exceedance(db, limit)
  const facts = {
    instrument: phrase(`reports.noise.${instrument}`),
    db,
    period: phrase(`reports.noise.${limit.period}`),
    limit: limit.limit,
  }
  return [
    by > 0 ? phrase('reports.noise.over', { ...facts, by }) : phrase('reports.noise.within', facts),
    ...(instrument === 'phone' ? [phrase('reports.noise.indicative')] : []),
  ]
}

export interface Interval {
  readonly from: Instant
  /** `from` itself for a moment. */
  readonly to: Instant
}

export interface Surroundings {
  readonly rules: NoiseRules
  readonly calendar: Calendar
  readonly zone: Zone
}

export interface Forbidden {
  /** The first window that the interval touches. */
  readonly window: QuietWindow
  /** Missing where it is an agreement among neighbours only. */
  readonly basis: Basis | undefined
  /** Every moment of the interval lies in a window. */
  readonly whole: boolean
}

/** Further days of a long interval tell nothing new. */
const DAYS = 31

/** Whether that kind of noise, a subtype such as `renovation`, was made when it is not allowed. */
export function inForbiddenWindow(
  interval: Interval,
  kind: string,
  around: Surroundings,
): Forbidden | undefined {
  const first = dateIn(around.zone, interval.from)
  const last = [dateIn(around.zone, interval.to), addDays(first, DAYS)].sort()[0] ?? first
  const touched = [...eachDay(first, last)].flatMap((date) =>
    around.rules.windows
      .filter((window) => window.kinds.includes(kind) && holdsOn(window, date, around))
      .flatMap((window) => stretches(window, date, around.zone).map((s) => ({ window, ...s })))
      .filter((stretch) => meets(interval, stretch)),
  )
  const [found] = touched
  if (found === undefined) return undefined
  const { window } = found
  return { window, basis: window.basis, whole: covers(touched, interval) }
}

function holdsOn({ on }: QuietWindow, date: LocalDate, { rules, calendar }: Surroundings): boolean {
  switch (on) {
    case 'every':
      return true
    case 'workday':
      return calendar.isWorkday(date)
    case 'restday':
      return !calendar.isWorkday(date)
    case 'exam':
      return rules.examDays.some((days) => days.from <= date && date <= days.to)
  }
}

const MIDNIGHT = toWallTime('00:00')

/** The parts of a day that the window takes; over midnight they are its morning and its evening. */
function stretches({ hours }: QuietWindow, date: LocalDate, zone: Zone): Interval[] {
  const start = atTime(date, MIDNIGHT, zone)
  const end = atTime(addDays(date, 1), MIDNIGHT, zone)
  if (hours === undefined) return [{ from: start, to: end }]
  const from = atTime(date, hours.from, zone)
  const to = atTime(date, hours.to, zone)
  if (from < to) return [{ from, to }]
  return [
    { from: start, to },
    { from, to: end },
  ]
}

function meets(interval: Interval, stretch: Interval): boolean {
  if (interval.from === interval.to) {
    return stretch.from <= interval.from && interval.from < stretch.to
  }
  return interval.from < stretch.to && stretch.from < interval.to
}

function covers(stretches: readonly Interval[], interval: Interval): boolean {
  let reached = interval.from
  for (const { from, to } of [...stretches].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    if (from > reached) return false
    if (to > reached) reached = to
  }
  return reached >= interval.to
}

/** That the time was one in which it is not allowed, and where that is written. */
export function forbiddenSay({ window, basis }: Forbidden): Say {
  const when = windowSay(window)
  if (basis === undefined) return phrase('reports.quiet.agreed', { when })
  return [phrase('reports.quiet.forbidden', { when }), basisSay(basis)]
}
