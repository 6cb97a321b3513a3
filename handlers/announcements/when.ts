import {
  addDays,
  addMonths,
  at,
  dateIn,
  dateOf,
  type Instant,
  type LocalDate,
  partsOf,
  plus,
  toWallTime,
  type WallTime,
  type Weekday,
  weekday,
  type Zone,
} from '../../content/time.ts'
import type { RepeatsEvery } from '../../db/schema-announcements.ts'
import { findClock } from '../core/text/clock.ts'
import { findDay } from '../core/text/day.ts'
import { parseNumeral } from '../core/text/numerals.ts'
import type { Schedule } from './schedule.ts'

export interface Moment {
  readonly now: Instant
  readonly zone: Zone
  /** So long repeats go on where no end is named. */
  readonly repeatDays: number
}

/** A time at the beginning of a folded text, and how much of it that takes. */
export type Timed = { readonly schedule: Schedule; readonly length: number }

const SEND = '(?:再|准时)?(?:发送|发布|发出|发)?'
const END = /^(?:[\s,:、。!;]|$)/

/** How long 发 and the like is after a time; `undefined` where the words run on: 明天9点停水 is what is told. */
function ended(rest: string): number | undefined {
  if (/^发(?:给|到)/.test(rest)) return 0
  const send = new RegExp(`^${SEND}`).exec(rest)?.[0].length ?? 0
  if (END.test(rest.slice(send))) return send
  return END.test(rest) ? 0 : undefined
}

/** A clock reading that begins at `from`, or one space after. */
function clockAt(
  folded: string,
  from: number,
): { readonly time: WallTime; readonly end: number } | undefined {
  const found = findClock(' '.repeat(from) + folded.slice(from))
  return found !== undefined && found.start <= from + 1 ? found : undefined
}

/** `明天9点 …`, `今晚7点发 …`, `每周一9点 …`, `半小时后 …`; `undefined` when the text begins with no time to send at. */
export function readWhen(folded: string, moment: Moment): Timed | undefined {
  return readRepeat(folded, moment) ?? readDay(folded, moment) ?? readDelay(folded, moment)
}

function readDay(folded: string, { now, zone }: Moment): Timed | undefined {
  const day = findDay(folded, dateIn(zone, now))
  const begins = day?.start === 0 ? day : undefined
  const clock = clockAt(folded, begins?.end ?? 0)
  if (clock === undefined) return undefined
  const send = ended(folded.slice(clock.end))
  if (send === undefined) return undefined
  if (begins !== undefined) {
    return { schedule: { first: at(begins.date, clock.time, zone) }, length: clock.end + send }
  }
  // 9点 开会 is what is told; 9点发 is when.
  if (send === 0) return undefined
  return { schedule: { first: next(clock.time, now, zone) }, length: clock.end + send }
}

/** The next moment at which the clock shows `time`. */
function next(time: WallTime, now: Instant, zone: Zone): Instant {
  const today = dateIn(zone, now)
  const first = at(today, time, zone)
  return first > now ? first : at(addDays(today, 1), time, zone)
}

const DELAY =
  /^(?:(?<n>\d{1,3}|[一二两三四五六七八九十]{1,3})个?(?<half>半)?(?<unit>小时|钟头|分钟)|(?<only>半)个?(?:小时|钟头))(?:以后|之后|过后|后)/

function readDelay(folded: string, { now }: Moment): Timed | undefined {
  const found = DELAY.exec(folded)
  if (found === null) return undefined
  const send = ended(folded.slice(found[0].length))
  if (send === undefined) return undefined
  const { n = '', half, unit, only } = found.groups ?? {}
  const count = parseNumeral(n) ?? 0
  const minutes = only ? 30 : unit === '分钟' ? count : count * 60 + (half ? 30 : 0)
  return { schedule: { first: plus(now, { minutes }) }, length: found[0].length + send }
}

const REPEAT =
  /^每(?:一|个)?(?:(?<daily>天|日)|(?:周|星期|礼拜)(?<weekday>[一二三四五六日天1-7])|(?:个?月)(?<day>\d{1,2}|[一二三四五六七八九十廿]{1,3})[号日])的?\s*/
const UNTIL = /^[\s,]*(?:一直|截)?(?:到|至|直到|止于)\s*/

function readRepeat(folded: string, moment: Moment): Timed | undefined {
  const found = REPEAT.exec(folded)
  if (found === null) return undefined
  const clock = clockAt(folded, found[0].length)
  if (clock === undefined) return undefined
  let length = clock.end
  const sent = new RegExp(`^${SEND}`).exec(folded.slice(length))?.[0].length ?? 0
  const until = readUntil(folded.slice(length + sent), moment)
  if (until !== undefined) length += sent + until.length
  const send = ended(folded.slice(length))
  if (send === undefined) return undefined
  const { first, every } = firstOf(found.groups ?? {}, clock.time, moment)
  if (first === undefined) return undefined
  const end = until?.date ?? addDays(dateIn(moment.zone, first), moment.repeatDays)
  return { schedule: { first, repeats: { every, until: end } }, length: length + send }
}

function readUntil(
  folded: string,
  { now, zone }: Moment,
): { readonly date: LocalDate; readonly length: number } | undefined {
  const word = UNTIL.exec(folded)?.[0]
  if (word === undefined) return undefined
  const day = findDay(' '.repeat(word.length) + folded.slice(word.length), dateIn(zone, now))
  if (day?.start !== word.length) return undefined
  const end = /^(?:为止|止)?/.exec(folded.slice(day.end))?.[0].length ?? 0
  return { date: day.date, length: day.end + end }
}

function firstOf(
  { daily, weekday: day = '', day: date = '' }: Readonly<Record<string, string | undefined>>,
  time: WallTime,
  { now, zone }: Moment,
): { readonly first: Instant | undefined; readonly every: RepeatsEvery } {
  const today = dateIn(zone, now)
  if (daily !== undefined) return { first: next(time, now, zone), every: 'daily' }
  if (day !== '') {
    const wanted = (/[日天]/.test(day) ? 7 : (parseNumeral(day) ?? 1)) as Weekday
    const on = addDays(today, (wanted - weekday(today) + 7) % 7)
    const first = at(on, time, zone)
    return { first: first > now ? first : at(addDays(on, 7), time, zone), every: 'weekly' }
  }
  return {
    first: monthly(parseNumeral(date.replace('廿', '二十')) ?? 0, time, now, zone),
    every: 'monthly',
  }
}

/** The next such day of a month, in the next one that has it. */
function monthly(day: number, time: WallTime, now: Instant, zone: Zone): Instant | undefined {
  const start = dateOf({ ...partsOf(dateIn(zone, now)), day: 1 })
  for (let months = 0; day >= 1 && day <= 31 && months <= 2; months++) {
    const on = dateOf({ ...partsOf(addMonths(start, months)), day })
    const first = at(on, time, zone)
    if (partsOf(on).day === day && first > now) return first
  }
  return undefined
}

const UNTIL_WORD = /^(?:有效(?:期)?(?:到|至)|过期时间|(?:发到)?截止(?:到)?)\s*/
const MIDNIGHT = toWallTime('00:00')

/** `有效到明天18点 …`: nothing goes out from then on. A day alone lasts until its end. */
export function readExpiry(
  folded: string,
  { now, zone }: Moment,
): { readonly expires: Instant; readonly length: number } | undefined {
  const word = UNTIL_WORD.exec(folded)?.[0]
  if (word === undefined) return undefined
  const blank = ' '.repeat(word.length) + folded.slice(word.length)
  const day = findDay(blank, dateIn(zone, now))
  const begins = day?.start === word.length ? day : undefined
  const clock = clockAt(blank, begins?.end ?? word.length)
  const end = clock?.end ?? begins?.end
  if (end === undefined || !END.test(folded.slice(end))) return undefined
  const date = begins?.date ?? dateIn(zone, now)
  const expires =
    clock === undefined ? at(addDays(date, 1), MIDNIGHT, zone) : at(date, clock.time, zone)
  return { expires, length: end }
}
