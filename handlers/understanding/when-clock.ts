import { parseNumeral } from '../core/text/numerals.ts'
import {
  type ClockToken,
  CN,
  type Groups,
  type Part,
  type Reading,
  type Rule,
} from './when-token.ts'
import { DAY, HOUR } from './when-wall.ts'

const H = `(?:\\d{1,2}|[${CN}]{1,3})`
const PERIOD = '(?:[夜晨午上间里天]|[今昨每天][早晚])\\s?'
/** Things that are counted with 点, and names that hold a clock's words (四点半学校). */
const NO_CLOCK =
  '学校|课堂|建议|意见|要求|说明|注意|想法|问题|原因|希望|不足|一线|好处|体会|感受|评|赞|位|名|都(?:不|没)'
const BEFORE =
  '(?:(?<soon>快要?到?|将近|接近|差不多)|(?<past>过了?)|差(?<lack>一刻|\\d{1,2}分|[一二两三四五六七八九十]{1,3}分)钟?到?)?'
const AFTER =
  '(?:(?<more>多钟?|几(?![个次只人])|过(?=[,。!?\\s]|$)|出头|过一?点|来钟)|(?:左右|上下|前后|钟|许|不到)|(?<bound>以后|之后|过后|往后|后(?![来面边门]|院)|过了|以前|之前|前(?!面|后|门)))*'

const COLON: Rule = {
  pattern: new RegExp(
    `${BEFORE}(?<![\\d.:/])(?<h>\\d{1,2}):(?<m>[0-5]\\d)(?::[0-5]\\d)?(?![\\d:])(?:\\s?(?<half>[ap]m)\\b)?[点分]?${AFTER}`,
    'g',
  ),
  read: (groups) => clock(groups, true),
}

const SPOKEN: Rule = {
  pattern: new RegExp(
    `${BEFORE}(?<![\\d.第几]|\\d:|[${CN}])(?:(?<h>\\d{1,2}[、,]\\d{1,2}|${H})(?:点|时(?![候段代间光刻常髦期长装令节不而])))(?!半?(?:${NO_CLOCK}))` +
      `(?:(?<quarter>[一三])刻|(?<suffix>半|整)|差(?<less>一刻|${H}分)|(?<m>${H})分(?!贝|之|钟)|(?<m2>[0-5]\\d|[〇零][一二三四五六七八九]|[二三四五]?十[一二三四五六七八九]?)(?!\\d|[.:]|[号楼栋幢个人户]|分贝))?${AFTER}`,
    'g',
  ),
  read: (groups, _scene, words) => (isALittle(words) ? undefined : clock(groups, false)),
}

/** 一点 alone is mostly "a little": 小一点, 早一点, 一点声音. */
const ONE: Rule = {
  pattern: new RegExp(
    `(?:(?<=[到至]|${PERIOD})|(?<![好早快慢小大轻重有差多少远近高低晚静第几\\d${CN}]))一点(?:(?=[到至了才还就])|(?<suffix>半|整)|(?<quarter>[一三])刻|(?<m2>[一二三四五]?十[一二三四五六七八九五]?)分?|(?=多|钟|左右|以后|之后|过后)|(?<=(?:[到至]|${PERIOD})一点))${AFTER}`,
    'g',
  ),
  read: (groups) => clock({ ...groups, h: '一' }, false),
}

/** The first hour of 8到10点, 夜间10-凌晨4点. */
const OPEN_HOUR: Rule = {
  pattern: new RegExp(
    `(?<![\\d.:/#\\-]|[${CN}]|第)(?<h>${H})(?=\\s?(?:到|至|-|~)\\s?(?:凌晨|早上?|上午|中午|下午|晚上?|半夜|深夜|第二天|次日)*(?:${H}(?:点(?!${NO_CLOCK})|时(?![候间段]))|\\d{1,2}:\\d\\d))`,
    'g',
  ),
  read: (groups) => clock(groups, false),
}

/** 晚上11.30, 11.30以后; any other 11.30 may be a date. */
const DOTTED: Rule = {
  pattern: new RegExp(
    `(?:(?<=[晚早夜晨午上间里]\\s?)(?<h>\\d{1,2})[.;](?<m>[0-5]\\d)(?![\\d.元块米])|(?<![\\d.\\-])(?<h2>\\d{1,2})[.](?<m2>[0-5]\\d)(?=以后|之后|过后|左右|了|才|还|多|到\\d{1,2}[.][0-5]\\d))${AFTER}`,
    'g',
  ),
  read: (groups) => clock({ ...groups, h: groups['h'] ?? groups['h2'] }, false),
}

const ENGLISH: Rule = {
  pattern: /(?<![\w.:])(?<h>\d{1,2})\s?(?<half>[ap]m)\b/g,
  read: (groups) => clock(groups, false),
}

/** 22:30, 十一点半, 差一刻八点, 10点多, 四五点, 晚10点以后. */
export const CLOCK_RULES: readonly Rule[] = [COLON, DOTTED, ONE, SPOKEN, OPEN_HOUR, ENGLISH]

function isALittle(words: string): boolean {
  return /^(?:快要?到?|过了?|差不多|接近)?一点$/.test(words)
}

function clock(groups: Groups, colon: boolean): Reading | undefined {
  const said = groups['h'] ?? ''
  const [hour, width] = hourIn(said)
  const minute = minuteIn(groups)
  if (hour === undefined || hour > 24 || minute === undefined) return undefined
  const half = groups['half']
  if (half !== undefined && hour > 12) return undefined
  const lacking = lackIn(groups['lack'] ?? groups['less'])
  const total = (half === undefined ? hour : (hour % 12) + (half === 'pm' ? 12 : 0)) * HOUR
  const exactly = total + minute - lacking
  const at = exactly < 0 ? exactly + DAY : exactly
  const bound = groups['bound'] ?? (groups['past'] && '后')
  return {
    kind: 'clock',
    hour: Math.floor(at / HOUR),
    minute: at % HOUR,
    exact: hour > 12 || hour === 0 || half !== undefined || /^0\d/.test(said),
    colon,
    width: width || (groups['more'] && minute === 0 ? HOUR : 0),
    ...(bound && { bound: /前/.test(bound) ? 'before' : 'after' }),
    soon: groups['soon'] !== undefined || lacking > 0,
  }
}

/** 四五点 is four and an hour more. */
function hourIn(said: string): readonly [hour: number | undefined, width: number] {
  const listed = /^(\d+)[、,](\d+)$/.exec(said)
  if (listed)
    return Number(listed[2]) === Number(listed[1]) + 1 ? [Number(listed[1]), HOUR] : [undefined, 0]
  const hour = parseNumeral(said)
  const pair = /^(十?)([一二两三四五六七八九])([一二两三四五六七八九])$/.exec(said)
  if (!pair) return [hour, 0]
  const [first = 0, second = 0] = [pair[2], pair[3]].map((sign) => parseNumeral(sign ?? ''))
  return second === first + 1 ? [first + (pair[1] ? 10 : 0), HOUR] : [undefined, 0]
}

function minuteIn(groups: Groups): number | undefined {
  if (groups['quarter'] !== undefined) return groups['quarter'] === '一' ? 15 : 45
  if (groups['suffix'] === '半') return 30
  const said = groups['m'] ?? groups['m2']
  const minute = said === undefined ? 0 : parseNumeral(said)
  return minute !== undefined && minute < 60 ? minute : undefined
}

function lackIn(said: string | undefined): number {
  if (said === undefined) return 0
  return said === '一刻' ? 15 : (parseNumeral(said.replace('分', '')) ?? 0)
}

/**
 * The minutes of the day that a clock may mean within a part of the day, the plainest first; past 1440 is the
 * next morning (晚上十二点, 昨晚两点).
 */
export function minutesOf(clock: ClockToken, part: Part | undefined): readonly number[] {
  const { hour, minute } = clock
  const h = part ? hourWithin(hour, part.kind) : undefined
  if (h !== undefined) return [h * HOUR + minute]
  const plain = hour * HOUR + minute
  if (clock.exact || hour > 12) return [plain]
  if (hour === 12) return [plain, plain + 12 * HOUR]
  return [plain, plain + 12 * HOUR]
}

function hourWithin(hour: number, kind: Part['kind']): number | undefined {
  switch (kind) {
    case 'dawn':
      return hour === 12 || hour === 24 ? 0 : hour
    case 'deep':
      if (hour === 12 || hour === 24) return 0
      return hour >= 8 && hour < 12 ? hour + 12 : hour
    case 'morning':
      return hour
    case 'noon':
      return hour >= 1 && hour <= 4 ? hour + 12 : hour
    case 'afternoon':
      return hour >= 1 && hour < 12 ? hour + 12 : hour
    case 'day':
      return hour >= 1 && hour <= 5 ? hour + 12 : hour
    case 'evening':
    case 'night':
      if (hour === 12 || hour === 0) return 24
      if (hour >= 5 && hour < 12 && !(kind === 'night' && hour === 5)) return hour + 12
      return hour < 6 ? hour + 24 : hour
  }
}
