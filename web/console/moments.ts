import { z } from 'zod'
import { at, dateIn, type Instant, timeIn, toLocalDate, toWallTime } from '../../content/time.ts'
import type { View } from './view.ts'

/** Days and moments as forms hold them: 2026-11-24 and 2026-11-24T15:00, in the community's zone. */

/** Whether there is such a day in the years that anybody plans for, and such a time on it. */
function exists(text: string): boolean {
  const [date = '', time = '00:00'] = text.split('T')
  if (!date.startsWith('20')) return false
  try {
    toLocalDate(date)
    toWallTime(time)
    return true
  } catch {
    return false
  }
}

/** A moment, or nothing. */
export const momentField = z.union([
  z.literal(''),
  z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/)
    .refine(exists),
])

/** A day. */
export const requiredDay = z
  .string()
  .min(1)
  .regex(/^\d{4}-\d\d-\d\d$/)
  .refine(exists)
  .transform(toLocalDate)

/** A day, or nothing. */
export const dayField = z.union([z.literal(''), requiredDay])

/** A time of the day. */
export const requiredTime = z
  .string()
  .min(1)
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
  .transform(toWallTime)

/** What a form's moment means; `undefined` for none. */
export function instantOf(view: View, text: string): Instant | undefined {
  const [date, time] = text.split('T')
  if (!date || !time) return undefined
  return at(toLocalDate(date), toWallTime(time), view.deps.env.zone)
}

/** A moment as a form holds it. */
export function localText(view: View, instant: Instant | undefined): string {
  const { zone } = view.deps.env
  return instant === undefined ? '' : `${dateIn(zone, instant)}T${timeIn(zone, instant)}`
}

/** A day as it came in an address; `undefined` for what is none. */
export function dayOf(text: string | undefined) {
  return text !== undefined && /^\d{4}-\d\d-\d\d$/.test(text) && exists(text)
    ? toLocalDate(text)
    : undefined
}
