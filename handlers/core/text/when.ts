import type { LocalDate, WallTime } from '../../../content/time.ts'
import { findClock } from './clock.ts'
import { findDay } from './day.ts'
import { fold, without } from './fold.ts'

/**
 * The first day that a text names: 今天 明天 大后天 昨天 今晚, 周三 (the coming one, today included) 下周三
 * 本周三, 12月3日 12-3 12.3 12/3 (the next one on or after today) 2026-12-03 2026年12月3日, 3号 十五号 下月3号,
 * today tomorrow monday `next monday`. Habits (每周一) and places (3号楼, 3-2-501) are no days.
 * `rest` is what remains of the text, in its own words.
 */
export function parseDay(
  text: string,
  today: LocalDate,
): { readonly date: LocalDate; readonly rest: string } | undefined {
  const day = findDay(fold(text), today)
  return day && { date: day.date, rest: without(text, [day]) }
}

/**
 * The first clock reading that a text names: 15:00, 15点, 下午3点半, 晚上7点一刻, 早上九点, 3pm. Without a
 * period and a leading zero, 1 to 6 o'clock is the afternoon. None where the day would be in doubt
 * (晚上12点). `rest` is what remains, in its own words; where the text may name a day too (今晚7点), use
 * `parseDayAndClock`.
 */
export function parseClock(
  text: string,
): { readonly time: WallTime; readonly rest: string } | undefined {
  const clock = findClock(fold(text))
  return clock && { time: clock.time, rest: without(text, [clock]) }
}

/** Both at once: `周四15:00 二楼活动室` is a day, a time and the rest 二楼活动室. */
export function parseDayAndClock(
  text: string,
  today: LocalDate,
): { readonly date?: LocalDate; readonly time?: WallTime; readonly rest: string } {
  const folded = fold(text)
  const day = findDay(folded, today)
  // 下周三三点 is not 33: the clock is looked for where the day is not.
  const beside = day
    ? folded.slice(0, day.start) + ' '.repeat(day.end - day.start) + folded.slice(day.end)
    : folded
  const clock = findClock(beside)
  const ranges = [day, clock].filter((range) => range !== undefined)
  return {
    ...(day && { date: day.date }),
    ...(clock && { time: clock.time }),
    rest: without(text, ranges),
  }
}
