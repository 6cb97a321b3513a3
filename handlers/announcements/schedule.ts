import {
  addDays,
  addMonths,
  at,
  dateIn,
  type Instant,
  type LocalDate,
  timeIn,
  type Zone,
} from '../../content/time.ts'
import type { RepeatsEvery } from '../../db/schema-announcements.ts'

/** When an announcement goes out: once, or again and again at the same hour until a day. */
export interface Schedule {
  readonly first: Instant
  readonly repeats?: { readonly every: RepeatsEvery; readonly until: LocalDate }
}

/**
 * When it goes out for the `n`th time, 0 the first; `undefined` when it does not any more. A day that a month does
 * not have is its last day.
 */
export function occurrenceAt(
  { first, repeats }: Schedule,
  n: number,
  zone: Zone,
): Instant | undefined {
  if (n === 0) return first
  if (repeats === undefined) return undefined
  const start = dateIn(zone, first)
  const on =
    repeats.every === 'monthly'
      ? addMonths(start, n)
      : addDays(start, n * (repeats.every === 'weekly' ? 7 : 1))
  return on > repeats.until ? undefined : at(on, timeIn(zone, first), zone)
}
