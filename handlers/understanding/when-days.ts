import type { Calendar } from '../../content/calendar.ts'
import { CN, type Groups, numberIn, type Reading, type Rule, type Scene } from './when-token.ts'
import {
  DAY,
  dayOf,
  localDateOf,
  startOfMonth,
  startOfWeek,
  type Wall,
  weekdayOf,
  yearOf,
} from './when-wall.ts'

const SHIFT: Readonly<Record<string, number>> = {
  ...{ 大前: -3, 前: -2, 昨: -1, 琴: -1, 寻: -1, 头: -1, 今: 0, 明: 1, 后: 2, 大后: 3 },
}
const BACK: Readonly<Record<string, number>> = {
  上上: -2,
  上: -1,
  前: -2,
  去: -1,
  本: 0,
  这: 0,
  今: 0,
  当: 0,
  下: 1,
}
const WEEK = '(?:周|星期|礼拜)'
/** What makes a number before it a place or a thing, not a day of the month. */
const NUMBERED =
  '楼|栋|幢|座|院|门|单元|室|梯|房|线|岗|口|车|库|馆|桌|路|弄|街|机|电梯|病|字|球|地块|院'
const PART_AHEAD = '晚|早|上午|下午|中午|凌晨|半夜|夜里|傍晚|白天|深夜'

function day(
  from: Wall,
  days = 1,
  more: { nightFollows?: true; dayOfMonth?: number } = {},
): Reading {
  return { kind: 'day', from, to: from + days * DAY, ...more }
}

function range(from: Wall, to: Wall): Reading {
  return { kind: 'day', from, to }
}

/** The latest year in which the day is not ahead of today. */
function monthAndDay(groups: Groups, { today }: Scene): Reading | undefined {
  const [month, date] = [numberIn(groups, 'm') ?? 0, numberIn(groups, 'd') ?? 0]
  const said = groups['y']
  const thisYear = yearOf(today)
  if (said !== undefined) {
    const from = dayOf(yearIn(said, thisYear), month, date)
    return from === undefined ? undefined : day(from)
  }
  for (let year = thisYear; year > thisYear - 9; year--) {
    const from = dayOf(year, month, date)
    if (from !== undefined && from <= today) return day(from)
  }
  return undefined
}

function yearIn(said: string, thisYear: number): number {
  const shift = /^[去前今本]/.test(said) ? BACK[said.charAt(0)] : undefined
  if (shift !== undefined) return thisYear + shift
  const year = numberIn({ y: said.replace('年', '') }, 'y') ?? 0
  return year < 100 ? 2000 + year : year
}

function wholeMonth(groups: Groups, { today }: Scene): Reading | undefined {
  const month = numberIn(groups, 'm') ?? 0
  if (month < 1 || month > 12) return undefined
  const thisYear = yearOf(today)
  const said = groups['y']
  let from = dayOf(said === undefined ? thisYear : yearIn(said, thisYear), month, 1)
  if (from === undefined) return undefined
  if (said === undefined && from > today) from = startOfMonth(from, -12)
  return phaseOf(groups['phase'], from)
}

/** 月初 and 月底 are ten days, 月中 the ten between. */
function phaseOf(phase: string | undefined, from: Wall): Reading {
  const next = startOfMonth(from, 1)
  if (phase === undefined) return range(from, next)
  if (/初|上旬/.test(phase)) return day(from, 10)
  if (/中/.test(phase)) return day(from + 10 * DAY, 10)
  return range(from + 20 * DAY, next)
}

function dayOfMonth(groups: Groups, { today }: Scene): Reading | undefined {
  const date = numberIn(groups, 'd') ?? 0
  if (date < 1 || date > 31) return undefined
  const which = groups['month']
  const back = which === undefined ? undefined : (BACK[which.replace(/个?月$/, '')] ?? 0)
  if (back !== undefined) {
    const from = startOfMonth(today, back) + (date - 1) * DAY
    return from < startOfMonth(today, back + 1) ? day(from) : undefined
  }
  for (let months = 0; months > -3; months--) {
    const from = startOfMonth(today, months) + (date - 1) * DAY
    if (from <= today && from < startOfMonth(today, months + 1)) {
      return day(from, 1, { dayOfMonth: date })
    }
  }
  return undefined
}

/** With a week named the day of that week, else the latest one, today included. */
function dayOfWeek(groups: Groups, { today }: Scene): Reading | undefined {
  const sign = groups['d'] ?? ''
  const wanted = /[日天末]/.test(sign) ? 7 : (numberIn(groups, 'd') ?? 0)
  const week = groups['week']
  if (week !== undefined) {
    const start = startOfWeek(today) + (BACK[week] ?? 0) * 7 * DAY
    return day(start + (wanted - 1) * DAY, 1, { nightFollows: true })
  }
  return day(today - ((weekdayOf(today) - wanted + 7) % 7) * DAY, 1, { nightFollows: true })
}

function wholeYear(groups: Groups, { today }: Scene): Reading | undefined {
  const year = yearIn(groups['y'] ?? '', yearOf(today))
  const [from, to] = [dayOf(year, 1, 1), dayOf(year + 1, 1, 1)]
  if (from === undefined || to === undefined) return undefined
  const phase = groups['phase'] ?? ''
  if (/初/.test(phase)) return range(from, startOfMonth(from, 2))
  if (/底|末/.test(phase)) return range(startOfMonth(from, 10), to)
  if (/春/.test(phase)) return range(startOfMonth(from, 2), startOfMonth(from, 5))
  if (/[夏暑]/.test(phase)) return range(startOfMonth(from, 5), startOfMonth(from, 8))
  if (/秋/.test(phase)) return range(startOfMonth(from, 8), startOfMonth(from, 11))
  return range(from, to)
}

/** 6月5号, 2026-06-05, 5.31, 本月3号. */
export const DATE_RULES: readonly Rule[] = [
  {
    pattern: new RegExp(
      `(?<![\\d${CN}])(?:(?<y>(?:20)?\\d\\d年|二[〇零][${CN}]{2}年|今年|去年|前年|本年)(?:的|\\s)?)?(?<m>\\d{1,2}|[${CN}]{1,2})\\s?月份?\\s?(?<d>\\d{1,2}|[${CN}]{1,3})\\s?(?:日|号(?!${NUMBERED})|(?=\\s?(?:${PART_AHEAD}|[,。]|$)))(?:那[天晚]|当天)?`,
      'g',
    ),
    read: monthAndDay,
  },
  {
    pattern: /(?<![\d.\-/])(?<y>20\d\d)(?<sep>[-./])(?<m>\d{1,2})\k<sep>(?<d>\d{1,2})(?![\d\-/])/g,
    read: monthAndDay,
  },
  {
    // 3.5元 is a price, 3.5楼 a place, 3/4 a share of something.
    pattern: new RegExp(
      `(?<![\\w.\\-/#:晚早夜晨午上间里])(?<m>1[0-2]|0?[1-9])[./](?<d>[0-3]?\\d)(?:日|号(?!${NUMBERED}))?(?:那天|当天)?(?!\\d|[\\-/:.]\\d|[%a-z#]|[点时分元块毛米度斤吨倍万千公小平楼栋号幢个人次亿级折层多]|以后|之后|过后|左右)`,
      'g',
    ),
    read: monthAndDay,
  },
  {
    // 5-31 only with a part of the day or 日 behind it: 3-2 is a staircase.
    pattern: new RegExp(
      `(?<![\\w.\\-/#:])(?<m>1[0-2]|0?[1-9])-(?<d>[0-3]?\\d)(?:日|号(?!${NUMBERED})|(?=\\s?(?:${PART_AHEAD}|\\d\\d?:\\d\\d)))`,
      'g',
    ),
    read: monthAndDay,
  },
  {
    pattern: new RegExp(
      `(?<!\\d|[${CN}个第半每几])(?:(?<y>(?:20)?\\d\\d年|二[〇零][${CN}]{2}年|今年|去年|前年)(?:的|\\s)?)?(?<m>\\d{1,2}|[${CN}]{1,2})月(?:份)?(?<phase>初|上旬|中旬|下旬|底|末)?(?![租费薪票供嫂子饼球卡${CN}\\d])`,
      'g',
    ),
    read: wholeMonth,
  },
  {
    pattern: new RegExp(
      `(?<![\\d${CN}])(?:(?<month>(?:上上|上|本|这|当)个?月)的?)(?<d>\\d{1,2}|[${CN}]{1,3})(?:日|号(?!${NUMBERED}))(?:那天|当天)?`,
      'g',
    ),
    read: dayOfMonth,
  },
  {
    // A bare 3号 may be a building: only with what makes it a day.
    pattern: new RegExp(
      `(?:(?<=从|自|自从)|(?<![\\w.\\-/#第${CN}弄街坊路区村栋楼到至]))(?<d>[1-3]?\\d|[${CN}]{1,3})(?:号|日)(?:那[天晚]|当[天晚]|(?=(?:的)?(?:${PART_AHEAD})|开始|起|以来|(?:到|至|-)(?:[1-3]?\\d|[${CN}]{1,3})(?:号|日)(?!${NUMBERED})|(?:到|至)(?:现在|今)))`,
      'g',
    ),
    read: dayOfMonth,
  },
  {
    pattern: new RegExp(
      `(?<=(?:[1-3]?\\d|[${CN}]{1,3})(?:号|日)(?:到|至|-))(?<d>[1-3]?\\d|[${CN}]{1,3})(?:号|日)(?!${NUMBERED})`,
      'g',
    ),
    read: dayOfMonth,
  },
]

/** 上周六, 这周末, 上个月, 去年夏天. */
export const WEEK_RULES: readonly Rule[] = [
  {
    pattern: new RegExp(
      `(?<week>上上|上|这|本|下)?(?:个|一)?(?:${WEEK}末|双休日?)(?:那两天)?`,
      'g',
    ),
    read: (groups, { today }) => {
      const week = groups['week']
      if (week === undefined) return { kind: 'repeats', repeats: 'weekends' }
      const saturday = startOfWeek(today) + (5 + 7 * (BACK[week] ?? 0)) * DAY
      return day(saturday, 2, { nightFollows: true })
    },
  },
  {
    pattern: new RegExp(
      `(?<![每逢隔几半多]|(?<![周期拜])[一二两三四五六七八九十])(?<week>上上|上|下|本|这)?(?:个|一)?${WEEK}(?<d>[一二三四五六](?!次|课|评|展|乐)|日(?![程常期报记历])|天(?!气)|[1-7](?![\\d.:点时号楼栋个次天]))`,
      'g',
    ),
    read: dayOfWeek,
  },
  {
    pattern: new RegExp(`(?<week>上上|上|这|本|下)(?:个|一)?${WEEK}`, 'g'),
    read: (groups, { today }) => {
      const monday = startOfWeek(today) + (BACK[groups['week'] ?? ''] ?? 0) * 7 * DAY
      return day(monday, 7)
    },
  },
  {
    pattern:
      /(?<month>上上|上|这|本|当|下)个?月(?<phase>初|上旬|中旬|中|下旬|底|末)?(?!亮|饼|租|费)/g,
    read: (groups, { today }) =>
      phaseOf(groups['phase'], startOfMonth(today, BACK[groups['month'] ?? ''] ?? 0)),
  },
  {
    pattern:
      /(?<y>(?<!\d)20[0-4]\d年|今年|去年|前年)(?:的)?(?<phase>年?初|开年|年?底|年?末|春天?|夏天?|暑假|秋天?)?来?/g,
    read: wholeYear,
  },
  {
    pattern: /(?<phase>年初|开年|年底|年末)/g,
    read: (groups, scene) => {
      const late =
        /[底末]/.test(groups['phase'] ?? '') &&
        yearOf(scene.today + 45 * DAY) === yearOf(scene.today)
      return wholeYear({ ...groups, y: late ? '去年' : '今年' }, scene)
    },
  },
  {
    pattern: /(?<![天年半季])月(?<phase>初|底|末)/g,
    read: (groups, { today }) => {
      const early =
        groups['phase'] !== '初' && yearOf(today) && today < startOfMonth(today) + 20 * DAY
      return phaseOf(groups['phase'], startOfMonth(today, early ? -1 : 0))
    },
  },
]

/** 昨天, 前天, 今晚's day. */
export const RELATIVE_RULES: readonly Rule[] = [
  {
    pattern: /(?<d>大前|前|大后|(?<![然之以今此日往])后)(?:天|日(?![来后])|儿个?)(?!气)/g,
    read: relative,
  },
  {
    pattern:
      /(?<d>昨|今|(?<![文聪光透分])明|琴|寻|头)(?:天(?![气然])|日(?!头条|报)|儿个?(?!童|子|科)|个(?:儿)?(?=[早晚上下中半夜凌])|朝)/g,
    read: relative,
  },
  {
    pattern: /(?<d>大?前|昨|今|(?<![文聪光透分])明|琴|寻)(?=[晚夜]|[早晨](?!餐|饭|练|会|报))/g,
    read: relative,
  },
]

function relative(groups: Groups, { today }: Scene): Reading {
  const shift = SHIFT[groups['d'] ?? ''] ?? 0
  return day(today + shift * DAY, 1, shift < 0 ? { nightFollows: true } : {})
}

interface Festival {
  readonly words: string
  /** First day and length without a calendar: [month, day, days], the month negative where it is lunar. */
  readonly days: readonly [month: number, day: number, days: number]
}

const FESTIVALS: readonly Festival[] = [
  { words: '国庆|十一(?=假期|长假|黄金周|期间)', days: [10, 1, 7] },
  { words: '元旦', days: [1, 1, 1] },
  { words: '(?<![周期拜])五一(?!路|村|街|小区|广场|天)|劳动节', days: [5, 1, 5] },
  { words: '清明(?!上河)', days: [4, 4, 3] },
  { words: '端午', days: [-5, 5, 3] },
  { words: '中秋', days: [-8, 15, 1] },
  { words: '春节|过年|大年初一', days: [-1, 1, 7] },
  { words: '元宵|正月十五', days: [-1, 15, 1] },
  { words: '重阳', days: [-9, 9, 1] },
  { words: '高考', days: [6, 7, 3] },
  { words: '(?<![周期拜])六一(?!路|村|街|天)|儿童节', days: [6, 1, 1] },
]
const TAIL =
  '(?:佳?节)?(?:假期|放假|期间|长假|小长假|黄金周|那几天|那天|当天)?(?<after>(?:以|之|过)?后)?'
/** 元旦凌晨两点 is the day itself, not the days off around it. */
const AN_HOUR = `(?<hour>(?=的?(?:${PART_AHEAD})|(?:\\d{1,2}|[${CN}]{1,3})点))`

function festivalRule({ words, days: [month, date, length] }: Festival, calendar?: Calendar): Rule {
  return {
    pattern: new RegExp(
      `(?:(?<y>今年|去年|前年|20\\d\\d年)的?)?(?:${words})(?:${AN_HOUR}|${TAIL})`,
      'g',
    ),
    read: (groups, { today, now }) => {
      const said = groups['y']
      const latest = said === undefined ? yearOf(today) : yearIn(said, yearOf(today))
      for (let year = latest; year > latest - 2; year--) {
        const found = startOf(year, month, date, calendar)
        if (found === undefined || found > today) continue
        if (groups['hour'] !== undefined) return day(found)
        const [from, to] = holiday(found, length, calendar)
        return {
          kind: 'day',
          from: groups['after'] ? to : from,
          to: groups['after'] ? Math.max(now, to) : to,
        }
      }
      return undefined
    },
  }
}

function startOf(year: number, month: number, date: number, calendar?: Calendar): Wall | undefined {
  if (month > 0) return dayOf(year, month, date)
  if (!calendar) return undefined
  const [y = 0, m = 0, d = 0] = calendar.fromLunar(year, -month, date).split('-').map(Number)
  return dayOf(y, m, d)
}

/** The days off around a festival as the official table has them; its usual length where there is none. */
function holiday(on: Wall, length: number, calendar?: Calendar): readonly [from: Wall, to: Wall] {
  const name = calendar?.isOfficial(yearOf(on)) ? calendar.holiday(localDateOf(on)) : undefined
  if (!calendar || !name) return [on, on + length * DAY]
  const isOff = (wall: Wall) => calendar.holiday(localDateOf(wall)) !== undefined
  let from = on
  let to = on + DAY
  while (isOff(from - DAY) && on - from < 10 * DAY) from -= DAY
  while (isOff(to) && to - on < 10 * DAY) to += DAY
  return [from, to]
}

/** 国庆, 春节期间, 端午后; lunar ones need a calendar. */
export function festivalRules(calendar?: Calendar): readonly Rule[] {
  return FESTIVALS.map((festival) => festivalRule(festival, calendar))
}
