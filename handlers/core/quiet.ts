import {
  addDays,
  at,
  dateIn,
  type Instant,
  timeIn,
  type WallTime,
  type Zone,
} from '../../content/time.ts'

export interface QuietHours {
  readonly from: WallTime
  readonly to: WallTime
}

/** When the quiet hours around `now` end, or `undefined` when it is not quiet. The window may cross midnight. */
export function quietUntil(now: Instant, quiet: QuietHours, zone: Zone): Instant | undefined {
  const today = dateIn(zone, now)
  const time = timeIn(zone, now)
  const crossesMidnight = quiet.from > quiet.to
  const inside = crossesMidnight
    ? time >= quiet.from || time < quiet.to
    : time >= quiet.from && time < quiet.to
  if (!inside) return undefined
  const endsTomorrow = crossesMidnight && time >= quiet.from
  return at(endsTomorrow ? addDays(today, 1) : today, quiet.to, zone)
}
