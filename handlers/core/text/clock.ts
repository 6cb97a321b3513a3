import { toWallTime, type WallTime } from '../../../content/time.ts'
import type { Range } from './fold.ts'
import { parseNumeral } from './numerals.ts'

export interface FoundClock extends Range {
  readonly time: WallTime
}

type Groups = Readonly<Record<string, string | undefined>>

const CN = '[〇零一二两三四五六七八九十]'
const PERIOD =
  '(?:(?<period>大清早|一大早|凌晨|清晨|清早|早上|早晨|上午|中午|正午|下午|午后|傍晚|晚上|晚间|夜里|夜间|半夜|深夜|早|晚|夜)\\s?)?'

/** Things that are counted with 点, and names that hold a clock's words (四点半学校). */
const NO_CLOCK =
  '学校|课堂|建议|意见|要求|说明|注意|想法|问题|原因|希望|不足|一线|好处|体会|感受|名|评|赞|亮'
const COUNTED = '[号楼栋幢座人个位户街单块元名张]'

const PATTERNS: readonly RegExp[] = [
  new RegExp(
    `${PERIOD}(?<![\\d.:/])(?<h>\\d{1,2}):(?<m>[0-5]\\d)(?::[0-5]\\d)?(?![\\d:])(?:\\s?(?<half>[ap]m)\\b)?`,
    'g',
  ),
  new RegExp(
    `${PERIOD}(?<![\\d.:]|${CN})(?:(?<h>\\d{1,2}|${CN}{1,3})点|(?<h2>\\d{1,2})时(?![候段代间光刻常髦期长装令节不而]))(?!半?(?:${NO_CLOCK}))` +
      `(?:(?<quarter>[一三])刻|(?<suffix>半|整|钟)|(?<m>\\d{1,2}|${CN}{1,3})分(?!贝|之|钟)` +
      `|(?<m2>[0-5]\\d|[〇零][一二三四五六七八九]|[二三四五]?十[一二三四五六七八九]?)(?!\\d|[.:]|-\\d{1,4}(?![\\d点时:])|${COUNTED}))?`,
    'g',
  ),
  /(?<![\w.:])(?<h>\d{1,2})\s?(?<half>[ap]m)\b/g,
]

/**
 * The hour of the day; `undefined` where the words contradict the number, or where the day would be in
 * doubt (晚上12点 and 晚上1点 belong to the next day).
 */
function inPeriod(hour: number, period: string): number | undefined {
  if (/夜/.test(period)) {
    if (hour >= 8 && hour <= 11) return hour + 12
    return hour <= 5 || hour >= 20 ? hour : undefined
  }
  if (/晚/.test(period)) {
    if (hour >= 5 && hour <= 11) return hour + 12
    return hour >= 17 ? hour : undefined
  }
  if (/中午|正午/.test(period)) {
    if (hour >= 1 && hour <= 3) return hour + 12
    return hour >= 10 && hour <= 15 ? hour : undefined
  }
  if (/午后|下午|傍晚/.test(period)) {
    if (hour === 0) return undefined
    return hour < 12 ? hour + 12 : hour
  }
  if (hour > 12) return undefined
  return period === '凌晨' && hour === 12 ? 0 : hour
}

function hourOf(said: string, groups: Groups): number | undefined {
  const hour = parseNumeral(said)
  const { period, half } = { period: groups['period'], half: groups['half'] }
  if (hour === undefined || hour > 23) return undefined
  if (half !== undefined) {
    if (hour > 12) return half === 'pm' ? hour : undefined
    return (hour % 12) + (half === 'pm' ? 12 : 0)
  }
  if (period !== undefined) return inPeriod(hour, period)
  // Activities are held by day: 3点 is the afternoon, 03:00 and 凌晨3点 are the night.
  return hour >= 1 && hour <= 6 && !said.startsWith('0') ? hour + 12 : hour
}

function minuteOf(groups: Groups): number | undefined {
  if (groups['quarter'] !== undefined) return groups['quarter'] === '一' ? 15 : 45
  if (groups['suffix'] === '半') return 30
  const said = groups['m'] ?? groups['m2']
  const minute = said === undefined ? 0 : parseNumeral(said)
  return minute !== undefined && minute < 60 ? minute : undefined
}

/** 一点 is mostly "a little" (小一点, 早一点): a clock only after a full period word, with 半 or 钟, or alone. */
function isALittle(match: RegExpMatchArray, groups: Groups, folded: string): boolean {
  if (groups['h'] !== '一' || !match[0].endsWith('点')) return false
  if ((groups['period'] ?? '').length > 1) return false
  const start = match.index ?? 0
  const next = folded.charAt(start + match[0].length)
  return match[0] !== '一点' || start > folded.search(/\S/) || !/^[\s,到至-]?$/.test(next)
}

/** The first clock reading that a folded text names. */
export function findClock(folded: string): FoundClock | undefined {
  let found: FoundClock | undefined
  for (const pattern of PATTERNS) {
    for (const match of folded.matchAll(pattern)) {
      if (found && match.index >= found.start) break
      const groups: Groups = match.groups ?? {}
      const hour = hourOf(groups['h'] ?? groups['h2'] ?? '', groups)
      const minute = minuteOf(groups)
      if (hour === undefined || minute === undefined || isALittle(match, groups, folded)) continue
      const time = toWallTime(`${pad(hour)}:${pad(minute)}`)
      found = { time, start: match.index, end: match.index + match[0].length }
      break
    }
  }
  return found
}

function pad(n: number): string {
  return `${n}`.padStart(2, '0')
}
