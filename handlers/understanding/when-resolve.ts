import type { Calendar } from '../../content/calendar.ts'
import { minutesOf } from './when-clock.ts'
import type { Group, Side } from './when-group.ts'
import type { DayToken, Part, RepeatsToken, Scene } from './when-token.ts'
import {
  DAY,
  HOUR,
  localDateOf,
  startOfDay,
  startOfMonth,
  type Wall,
  weekdayOf,
} from './when-wall.ts'

export interface Interval {
  readonly from: Wall
  readonly to: Wall
}

/** What a side says about the hours of a day: minutes past its midnight, the plainest reading first. */
type Hours = readonly Interval[]

/** The latest interval that a group of time words means. */
export function intervalOf(group: Group, scene: Scene, calendar?: Calendar): Interval | undefined {
  const { left, right, repeats, span } = group
  const hours = hoursOf(left, right)
  if (repeats) return lastOf(repeats, hours, scene, calendar)
  if (left.moment && !left.clock && !left.part) {
    return { from: scene.now - left.moment.back, to: scene.now }
  }
  if (hours.length === 0 && left.day) return wholeDays(group, left.day, scene)
  if (hours.length === 0) return span && { from: span.from, to: span.to }
  const found =
    left.day && isLong(left.day)
      ? wholeDays(group, left.day, scene)
      : place(left, hours, scene, group.soon)
  const end = right && endOf(right, found, scene)
  if (end !== undefined && end >= found.from) return { from: found.from, to: end }
  if (group.since && found.from <= scene.now) return { from: found.from, to: scene.now }
  return found
}

function isLong(day: DayToken): boolean {
  return day.to - day.from > 2 * DAY
}

function wholeDays(group: Group, day: DayToken, scene: Scene): Interval {
  const { right } = group
  if (right) {
    const to = right.moment ? scene.now : lastDay(day, right.day)
    // 周五到周一 began last week.
    const from = to <= day.from && day.nightFollows ? day.from - 7 * DAY : day.from
    return { from, to: Math.max(to, from) }
  }
  return { from: day.from, to: group.since && day.from <= scene.now ? scene.now : day.to }
}

/** 五月一号至三号 ends on 3 May. */
function lastDay(first: DayToken, last: DayToken = first): Wall {
  if (last.dayOfMonth === undefined) return last.to
  const [same, next] = [0, 1].map((months) => startOfMonth(first.from, months))
  const inMonth = (same ?? 0) + last.dayOfMonth * DAY
  return inMonth > first.from ? inMonth : (next ?? 0) + last.dayOfMonth * DAY
}

/** A right side that stands on its own: 到现在, 到今早六点. */
function endOf(right: Side, found: Interval, scene: Scene): Wall | undefined {
  if (right.moment) return scene.now
  if (!right.day) return undefined
  const hours = hoursOf(right)
  if (hours.length === 0) return right.day.to
  const end = place(right, hours, scene)
  return right.clock ? end.from : Math.max(end.to, found.from)
}

function hoursOf(left: Side, right?: Side): Hours {
  const starts = ownHours(left)
  if (!right || right.moment || right.day) return starts
  const ranges = starts.flatMap(({ from }) => {
    const to = hoursAfter(from, right)
    return to === undefined ? [] : [{ from, to }]
  })
  if (left.part || !right.part) return ranges
  // 七点到晚上九点: the hour that fits the named part best.
  return [...ranges].sort((a, b) => a.to - a.from - (b.to - b.from)).slice(0, 1)
}

function ownHours({ part, laterPart, clock }: Side): Hours {
  if (!clock) {
    const window = laterPart ? nextMorning(laterPart.part) : part?.part
    return window ? [{ from: window.from, to: window.to }] : []
  }
  const shift = laterPart && laterPart.part.kind !== 'night' && clock.hour < 8 ? DAY : 0
  const within = laterPart && clock.hour < 8 ? laterPart.part : part?.part
  return minutesOf(clock, within).map((minute) => {
    const from = minute + shift
    if (clock.bound === 'after') return { from, to: closeOf(from, within) }
    if (clock.bound === 'before') return { from: openOf(from, within), to: from }
    return { from, to: from + clock.width }
  })
}

/** 昨晚后半夜 is after midnight; 昨晚通宵 begins in the evening. */
function nextMorning(part: Part): Part {
  if (part.kind === 'night') return part
  return { ...part, from: part.from + DAY, to: part.to + DAY }
}

/** 晚上10点以后 lasts as long as the part of the day does, at night until the morning. */
function closeOf(from: number, part: Part | undefined): number {
  if (part && part.to > from) return part.to
  if (from < DAY) return DAY
  return DAY + 6 * HOUR
}

function openOf(to: number, part: Part | undefined): number {
  return part && part.from < to ? part.from : startOfDay(to - 1)
}

/** The first time after `from` that the right side can mean: 中午12点到2点 ends at 14:00. */
function hoursAfter(from: number, right: Side): number | undefined {
  const { clock, part } = right
  const ends = clock ? minutesOf(clock, part?.part) : part ? [part.part.to] : []
  const free = clock && !part && clock.colon && clock.hour <= 12 ? [...ends, ends[0] ?? 0] : ends
  const later = free.flatMap((end) =>
    [end - DAY, end, end + DAY].filter((minute) => minute > from && minute - from <= DAY),
  )
  const end = later.length > 0 ? Math.min(...later) : undefined
  return end === undefined ? undefined : end + (clock?.width ?? 0)
}

/** Puts the hours on the day named, or on the latest day that has begun them. */
function place(side: Side, hours: Hours, scene: Scene, soon = false): Interval {
  const limit = scene.now + (soon && side.clock ? HOUR : 0)
  if (side.day) return onDay(side, side.day, hours, scene)
  const near = side.clock?.colon && !side.part ? nearby(hours, limit, scene) : undefined
  const choices = near ? [near] : side.clock?.colon && !side.part ? hours.slice(0, 1) : hours
  const found = [1, 0, -1, -2].flatMap((shift) =>
    choices
      .map((hour) => moved(hour, scene.today + shift * DAY))
      .filter(({ from }) => from <= limit),
  )
  return found.reduce((best, next) => (next.from > best.from ? next : best))
}

/** 10:30 is 22:30 only just after it. */
function nearby(hours: Hours, limit: Wall, { today }: Scene): Interval | undefined {
  return hours.find(({ from }) => {
    const since = limit - (today + from)
    return since >= 0 && since <= HOUR
  })
}

function onDay(side: Side, day: DayToken, hours: Hours, scene: Scene): Interval {
  const { now, today } = scene
  const first = hours[0] ?? { from: 0, to: 0 }
  const deep = side.part && !side.laterPart && side.part.part.kind === 'deep'
  if (deep && day.nightFollows && first.from < 8 * HOUR) {
    const following = moved(first, day.from + DAY)
    return following.from <= now ? following : moved(first, day.from)
  }
  if (day.from === today) {
    const early = now - today < 6 * HOUR ? hours.map((hour) => moved(hour, -DAY)) : []
    const past = [...hours, ...early.filter(({ from }) => from >= 0)]
      .map((hour) => moved(hour, today))
      .filter(({ from }) => from <= now)
    if (past.length > 0) return past.reduce((best, next) => (next.from > best.from ? next : best))
    return moved(first, today)
  }
  const choice = moved(plainest(side, hours), day.from)
  return day.from < today && choice.from > now ? moved(choice, -DAY) : choice
}

/** 昨天三点 is the afternoon, 昨天十点 the morning. */
function plainest(side: Side, hours: Hours): Interval {
  const [first = { from: 0, to: 0 }, second] = hours
  const early = side.clock && !side.part && !side.clock.colon && first.from < 6 * HOUR
  return early && second ? second : first
}

function moved({ from, to }: Interval, by: number): Interval {
  return { from: from + by, to: to + by }
}

/** The latest such window that has begun. */
function lastOf(
  token: RepeatsToken,
  hours: Hours,
  scene: Scene,
  calendar?: Calendar,
): Interval | undefined {
  if (hours.length === 0 && token.repeats === 'weekends') return lastWeekend(scene)
  if (
    hours.length === 0 &&
    (token.repeats === null || (token.repeats === 'weekly' && !token.weekdays))
  ) {
    return { from: scene.now - 7 * DAY, to: scene.now }
  }
  const hour = hours[0] ?? { from: 0, to: DAY }
  const on = isOn(token, calendar)
  for (let shift = 0; shift < 15; shift++) {
    const day = scene.today - shift * DAY
    if (on(day) && day + hour.from <= scene.now) return moved(hour, day)
  }
  return undefined
}

function isOn(token: RepeatsToken, calendar?: Calendar): (day: Wall) => boolean {
  const { weekdays } = token
  if (weekdays) return (day) => weekdays.includes(weekdayOf(day))
  switch (token.repeats) {
    case 'weekends':
      return (day) => weekdayOf(day) >= 6
    case 'weekdays':
      return (day) => calendar?.isWorkday(localDateOf(day)) ?? weekdayOf(day) <= 5
    default:
      return () => true
  }
}

function lastWeekend({ today }: Scene): Interval {
  const saturday = today - ((weekdayOf(today) + 1) % 7) * DAY
  return { from: saturday, to: saturday + 2 * DAY }
}
