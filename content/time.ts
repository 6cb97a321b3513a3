import { Temporal } from 'temporal-polyfill'

/**
 * Time as the project speaks of it. The only module that uses Temporal or Date.
 *
 * An `Instant` is a moment, UTC text of exactly `YYYY-MM-DDTHH:MM:SS.sssZ`: it sorts as text.
 * A `LocalDate` is a civil day `YYYY-MM-DD`, a `WallTime` a clock reading `HH:MM`; both mean
 * something only in a `Zone` (an IANA name).
 */
export type Instant = string & { readonly __brand: 'Instant' }
export type LocalDate = string & { readonly __brand: 'LocalDate' }
export type WallTime = string & { readonly __brand: 'WallTime' }
export type Zone = string & { readonly __brand: 'Zone' }

/** 1 is Monday, 7 is Sunday (ISO 8601). */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7

export interface Span {
  readonly days?: number
  readonly hours?: number
  readonly minutes?: number
  readonly seconds?: number
  readonly milliseconds?: number
}

const MS = { days: 86_400_000, hours: 3_600_000, minutes: 60_000, seconds: 1_000, milliseconds: 1 }

/** Milliseconds since 1970 as an instant. */
export function fromMillis(ms: number): Instant {
  return new Date(ms).toISOString() as Instant
}

export function toMillis(instant: Instant): number {
  return Date.parse(instant)
}

/** What the machine's clock says. Call it from the outermost layer only; everybody else takes a Clock. */
export function systemNow(): Instant {
  return fromMillis(Date.now())
}

/**
 * Reads an ISO 8601 text with an offset or `Z`.
 * @throws RangeError when the text has no offset or is no time
 */
export function toInstant(text: string): Instant {
  return fromMillis(Temporal.Instant.from(text).epochMilliseconds)
}

/** @throws RangeError when the text is not a day of the calendar */
export function toLocalDate(text: string): LocalDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) throw new RangeError(`not a date YYYY-MM-DD: ${text}`)
  return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() as LocalDate
}

/** @throws RangeError when the text is not a clock reading HH:MM */
export function toWallTime(text: string): WallTime {
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(text)) throw new RangeError(`not a time HH:MM: ${text}`)
  return text as WallTime
}

/** @throws RangeError when the platform does not know the zone */
export function toZone(name: string): Zone {
  return Temporal.Now.zonedDateTimeISO(name).timeZoneId as Zone
}

/** The moment at which a clock in `zone` shows `time` on `date` (the later one in a DST gap). */
export function at(date: LocalDate, time: WallTime, zone: Zone): Instant {
  const zoned = Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(zone)
  return fromMillis(zoned.epochMilliseconds)
}

export function dateIn(zone: Zone, instant: Instant): LocalDate {
  return Temporal.Instant.from(instant)
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .toString() as LocalDate
}

export function timeIn(zone: Zone, instant: Instant): WallTime {
  const zoned = Temporal.Instant.from(instant).toZonedDateTimeISO(zone)
  return zoned.toPlainTime().toString({ smallestUnit: 'minute' }) as WallTime
}

/** `instant` as ISO 8601 with the zone's offset, to the second: what people and exports read. */
export function withOffset(zone: Zone, instant: Instant): string {
  const zoned = Temporal.Instant.from(instant).toZonedDateTimeISO(zone)
  return zoned.toString({ smallestUnit: 'second', timeZoneName: 'never' })
}

/** Exact time later (or earlier, with negative numbers); a day is 24 hours. */
export function plus(instant: Instant, span: Span): Instant {
  let ms = toMillis(instant)
  for (const [unit, n] of Object.entries(span)) ms += n * MS[unit as keyof Span]
  return fromMillis(ms)
}

/**
 * Reads an ISO 8601 duration of days and smaller, such as `PT2H` or `P1DT30M`.
 * @throws RangeError when it is no duration or has years, months or weeks
 */
export function toSpan(text: string): Span {
  const d = Temporal.Duration.from(text)
  if (d.years || d.months || d.weeks) throw new RangeError(`days or smaller, please: ${text}`)
  return {
    days: d.days,
    hours: d.hours,
    minutes: d.minutes,
    seconds: d.seconds,
    milliseconds: d.milliseconds,
  }
}

/** Minutes from `from` to `to`, with a fraction; negative when `to` is earlier. */
export function minutesBetween(from: Instant, to: Instant): number {
  return (toMillis(to) - toMillis(from)) / MS.minutes
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return Temporal.PlainDate.from(date).add({ days }).toString() as LocalDate
}

/** Clamped to the end of a shorter month: 01-31 plus one month is 02-28 or 02-29. */
export function addMonths(date: LocalDate, months: number): LocalDate {
  return Temporal.PlainDate.from(date).add({ months }).toString() as LocalDate
}

export function daysBetween(from: LocalDate, to: LocalDate): number {
  return Temporal.PlainDate.from(from).until(to, { largestUnit: 'day' }).days
}

export function weekday(date: LocalDate): Weekday {
  return Temporal.PlainDate.from(date).dayOfWeek as Weekday
}

/** The Monday of the week of `date`. */
export function mondayOf(date: LocalDate): LocalDate {
  return addDays(date, 1 - weekday(date))
}

export interface DateParts {
  readonly year: number
  /** 1–12 */
  readonly month: number
  readonly day: number
}

export function partsOf(date: LocalDate): DateParts {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number]
  return { year, month, day }
}

/** The day, with `day` clamped to the end of the month. */
export function dateOf({ year, month, day }: DateParts): LocalDate {
  return Temporal.PlainDate.from(
    { year, month, day },
    { overflow: 'constrain' },
  ).toString() as LocalDate
}

/** Every day from `from` to `to`, both included. */
export function* eachDay(from: LocalDate, to: LocalDate): Generator<LocalDate> {
  // By number: as texts, dates after the year 9999 come before all others.
  for (let n = 0, days = daysBetween(from, to); n <= days; n++) yield addDays(from, n)
}

/** The earlier of the moments given, if any. */
export function earliest(...instants: readonly (Instant | undefined)[]): Instant | undefined {
  let found: Instant | undefined
  for (const i of instants) if (i !== undefined && (found === undefined || i < found)) found = i
  return found
}
