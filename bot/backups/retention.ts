import {
  addDays,
  at,
  dateIn,
  type Instant,
  mondayOf,
  toInstant,
  type WallTime,
  type Zone,
} from '../../content/time.ts'

/** What a scheduled backup is called, and what its name says about when it was begun. */

const NAME = /^linli-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z\.sqlite$/

export function backupName(begun: Instant): string {
  return `linli-${begun.replace(/[:.]/g, '-')}.sqlite`
}

export function begunAt(name: string): Instant | undefined {
  const [, day, hour, minute, second, millis] = NAME.exec(name) ?? []
  return day === undefined ? undefined : toInstant(`${day}T${hour}:${minute}:${second}.${millis}Z`)
}

export interface Keep {
  readonly days: number
  readonly weeks: number
}

/**
 * Which of the backups are no longer needed: all but the newest of each of the last days, and of each of the last weeks,
 * on which there was one. Days without a backup do not count, so the newest ones stay however long the program was off.
 */
export function superfluous(made: readonly Instant[], keep: Keep, zone: Zone): Instant[] {
  const newestFirst = [...made].sort().reverse()
  const kept = new Set([
    ...firstOfEach(newestFirst, keep.days, (instant) => dateIn(zone, instant)),
    ...firstOfEach(newestFirst, keep.weeks, (instant) => mondayOf(dateIn(zone, instant))),
  ])
  return newestFirst.filter((instant) => !kept.has(instant))
}

function firstOfEach(
  list: readonly Instant[],
  most: number,
  group: (instant: Instant) => string,
): Instant[] {
  const first = new Map<string, Instant>()
  for (const instant of list) {
    const name = group(instant)
    if (!first.has(name)) first.set(name, instant)
  }
  return [...first.values()].slice(0, most)
}

/** The last moment, up to now, at which a backup was to be made. */
export function lastDue(now: Instant, time: WallTime, zone: Zone): Instant {
  const today = dateIn(zone, now)
  const due = at(today, time, zone)
  return due <= now ? due : at(addDays(today, -1), time, zone)
}
