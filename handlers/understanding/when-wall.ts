import type { LocalDate, WallTime, Weekday, Zone } from '../../content/time.ts'
import { at, fromMillis, type Instant, plus, toMillis, withOffset } from '../../content/time.ts'

/**
 * A reading of the community's clock and calendar, in minutes since 1970-01-01 00:00 of its own wall. Days are
 * all 1440 minutes long here, so windows and weeks are plain sums; a moment becomes an `Instant` only at the end.
 */
export type Wall = number

export const HOUR = 60
export const DAY = 1440
const MINUTE = 60_000

export function toWall(now: Instant, zone: Zone): Wall {
  if (now !== latest.now || zone !== latest.zone) {
    const minutes = minutesOf(`${withOffset(zone, now).slice(0, 16)}:00.000Z`)
    latest = { now, zone, wall: minutes + (toMillis(now) % MINUTE) / MINUTE }
  }
  return latest.wall
}

/** Many messages may be read as said at one moment. */
let latest: { now?: Instant; zone?: Zone; wall: Wall } = { wall: 0 }

export function fromWall(wall: Wall, zone: Zone): Instant {
  const minute = Math.floor(wall)
  const milliseconds = Math.round((wall - minute) * MINUTE)
  return plus(onTheMinute(minute, zone), { milliseconds })
}

function onTheMinute(wall: Wall, zone: Zone): Instant {
  const key = `${zone} ${wall}`
  const known = instants.get(key)
  if (known !== undefined) return known
  const text = textOf(wall)
  const instant = at(text.slice(0, 10) as LocalDate, text.slice(11, 16) as WallTime, zone)
  if (instants.size > 1000) instants.clear()
  instants.set(key, instant)
  return instant
}

/** Windows begin at the same few moments in message after message. */
const instants = new Map<string, Instant>()

export function startOfDay(wall: Wall): Wall {
  return Math.floor(wall / DAY) * DAY
}

export function weekdayOf(wall: Wall): Weekday {
  // 1970-01-01 was a Thursday.
  return (((((Math.floor(wall / DAY) + 3) % 7) + 7) % 7) + 1) as Weekday
}

export function startOfWeek(wall: Wall): Wall {
  return startOfDay(wall) - (weekdayOf(wall) - 1) * DAY
}

export function localDateOf(wall: Wall): LocalDate {
  return textOf(wall).slice(0, 10) as LocalDate
}

export function yearOf(wall: Wall): number {
  return Number(textOf(wall).slice(0, 4))
}

export function monthOf(wall: Wall): number {
  return Number(textOf(wall).slice(5, 7))
}

/** The day's first minute; `undefined` when there is no such day. */
export function dayOf(year: number, month: number, day: number): Wall | undefined {
  if (year < 1970 || year > 9000) return undefined
  const date = `${year}-${pad(month)}-${pad(day)}`
  const wall = minutesOf(`${date}T00:00:00.000Z`)
  return Number.isFinite(wall) && localDateOf(wall) === date ? wall : undefined
}

/** The first minute of the month that lies `months` after the one of `wall`. */
export function startOfMonth(wall: Wall, months = 0): Wall {
  const count = yearOf(wall) * 12 + monthOf(wall) - 1 + months
  return dayOf(Math.floor(count / 12), (count % 12) + 1, 1) ?? wall
}

/** The same day and time some months earlier, or the last day of a shorter month. */
export function monthsBefore(wall: Wall, months: number): Wall {
  const start = startOfMonth(wall, -months)
  const last = startOfMonth(wall, 1 - months) - DAY
  const into = wall - startOfMonth(wall)
  return Math.min(start + startOfDay(into), last) + (into % DAY)
}

function minutesOf(utc: string): number {
  return toMillis(utc as Instant) / MINUTE
}

function textOf(wall: Wall): string {
  return fromMillis(Math.round(wall * MINUTE))
}

function pad(n: number): string {
  return `${n}`.padStart(2, '0')
}
