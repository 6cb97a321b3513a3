import type { Calendar } from '../../content/calendar.ts'
import type { Instant, Zone } from '../../content/time.ts'
import { fold } from '../core/text/fold.ts'
import type { WhenFound } from './types.ts'
import { type Group, groupsIn, tokensIn } from './when-group.ts'
import { intervalOf } from './when-resolve.ts'
import type { SpanToken } from './when-token.ts'
import { DAY, fromWall, startOfDay, toWall, type Wall } from './when-wall.ts'

/** Without one of these a line tells no time. */
const ANY =
  /[天日号周月年班晌点时早晚夜午晨宵昏昨今刚近末节假钟分期旦秋拂亮黑朝长久现这眼此隔元平前如昼春宿俩逢]|放学|饭后|\d[:./-]\d|[ap]m|而家|依家|国庆|五一|清明|端午|工作|礼拜|高考|六一|当下|正在|方才|重阳/

/**
 * The time that a resident's words tell, as the latest interval that fits them.
 *
 * A part of the day is its civil window (晚上 18–24), a whole day lasts until the next midnight, a clock is a point
 * (from = to) unless its words leave it open: 10点多 and 四五点 are an hour, 晚上10点以后 lasts as long as the
 * evening. A clock without a part of the day is its latest occurrence not after `now`; only 快十二点 may lie up to an
 * hour ahead. Habits give their latest window and `repeats`; what has gone on for some days gives those days up to
 * `now`. 昨天半夜 is the night after yesterday. Never throws.
 */
export function findWhen(
  text: string,
  now: Instant,
  zone: Zone,
  calendar?: Calendar,
): WhenFound | null {
  const folded = fold(text.slice(0, MAX_LENGTH))
  if (!ANY.test(folded)) return null
  const moment = toWall(now, zone)
  const scene = { now: moment, today: startOfDay(moment) }
  const tokens = tokensIn(folded, scene, calendar)
  if (tokens.length === 0) return null
  const [main, ...others] = groupsIn(folded, tokens)
  if (!main) return null
  const group = completed(main, others)
  const interval = intervalOf(group, scene, calendar)
  if (!interval) return null
  const asInstant = (wall: Wall) => (wall === moment ? now : fromWall(wall, zone))
  return {
    text: text.slice(group.start, group.end).trim(),
    from: asInstant(interval.from),
    to: asInstant(interval.to),
    repeats: repeatsOf(group),
    certainty: certaintyOf(group),
  }
}

/** Longer than any message that a chat network lets through in one piece. */
const MAX_LENGTH = 2000

/** 楼上天天装修,早上七点就开始: the habit, or the day, stands elsewhere in the message. */
function completed(main: Group, others: readonly Group[]): Group {
  const { left } = main
  if (!left.clock && !left.part) return main
  if (main.repeats || left.day || main.span) return main
  const habit = others.find((group) => group.repeats && !group.left.clock && !group.left.part)
  if (habit?.repeats) return { ...main, repeats: habit.repeats }
  const days = others.find(({ span, left: { part } }) => span && isDays(span) && !part)
  if (days?.span) return { ...main, span: days.span }
  const day = others.find(
    (group) => group.left.day && !group.left.part && !group.left.clock && group.start < main.start,
  )?.left.day
  return day ? { ...main, left: { ...left, day } } : main
}

/** 没停过一分钟 says nothing of other days. */
function isDays({ weight, from, to }: SpanToken): boolean {
  return weight >= 3 && to - from >= DAY
}

/** 连续三天晚上十点 is every day of them. */
function repeatsOf({ repeats, span, left }: Group): WhenFound['repeats'] {
  if (repeats) return repeats.repeats
  return span && !left.day && (left.clock || left.part) ? 'daily' : null
}

function certaintyOf({ left, repeats, span }: Group): WhenFound['certainty'] {
  if (left.clock || left.moment) return 'exact'
  if (left.part || left.day) return 'window'
  return span || repeats?.repeats === null ? 'vague' : 'window'
}
