import {
  addDays,
  addMonths,
  dateOf,
  type LocalDate,
  mondayOf,
  partsOf,
  type Weekday,
  weekday,
} from '../../../content/time.ts'
import type { Range } from './fold.ts'
import { parseNumeral } from './numerals.ts'

export interface FoundDay extends Range {
  readonly date: LocalDate
}

type Groups = Readonly<Record<string, string | undefined>>

interface Rule {
  readonly pattern: RegExp
  /** `undefined` when the words name no day of the calendar. */
  read(groups: Groups, today: LocalDate): LocalDate | undefined
}

const CN = '[〇零一二三四五六七八九十廿卅两]'
/** What makes a number before it a place or a thing, not a day of the month. */
const NUMBERED =
  '楼|栋|幢|座|院|门|单元|室|梯|房|线|岗|口|车|库|馆|桌|路|弄|街|机|电梯|活动室|会议室|教室|厅|病|字|球'
const MEASURED =
  '号|日|时|点|分|秒|刻|人|个|位|户|岁|天|周|月|年|层|次|张|元|块|毛|米|度|折|斤|吨|升|倍|万|千|公|小时|单元|[%#a-z]'

function existing(year: number, month: number, day: number): LocalDate | undefined {
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined
  const date = dateOf({ year, month, day })
  return partsOf(date).day === day ? date : undefined
}

/** The first such day on or after today; 29 February may be some years away. */
function nextInYear(month: number, day: number, today: LocalDate): LocalDate | undefined {
  const { year } = partsOf(today)
  for (let y = year; y <= year + 8; y++) {
    const date = existing(y, month, day)
    if (date !== undefined && date >= today) return date
  }
  return undefined
}

function dayOfMonth(day: number, today: LocalDate): LocalDate | undefined {
  const first = dateOf({ ...partsOf(today), day: 1 })
  for (let months = 0; months <= 2; months++) {
    const { year, month } = partsOf(addMonths(first, months))
    const date = existing(year, month, day)
    if (date !== undefined && date >= today) return date
  }
  return undefined
}

function number(groups: Groups, name: string): number {
  return parseNumeral(groups[name] ?? '') ?? 0
}

const RELATIVE: Readonly<Record<string, number>> = {
  ...{ 大前: -3, 前: -2, 昨: -1, 今: 0, 明: 1, 后: 2, 大后: 3 },
  ...{ yesterday: -1, today: 0, tomorrow: 1, 'day after tomorrow': 2 },
}

const WEEK: Readonly<Record<string, number>> = {
  ...{ 上上: -14, 上: -7, last: -7, 本: 0, 这: 0, 今: 0, this: 0, 下: 7, next: 7, 下下: 14 },
}

const ENGLISH_DAYS = ['mon', 'tues', 'wednes', 'thurs', 'fri', 'satur', 'sun']

/** With a week named the day of that week, else the coming one, today included. */
function dayOfWeek(day: Weekday, week: string | undefined, today: LocalDate): LocalDate {
  const shift = week === undefined ? undefined : WEEK[week]
  if (shift !== undefined) return addDays(mondayOf(today), shift + day - 1)
  return addDays(today, (day - weekday(today) + 7) % 7)
}

function relative(groups: Groups, today: LocalDate): LocalDate {
  return addDays(today, RELATIVE[groups['d'] ?? ''] ?? 0)
}

function chineseWeekday(groups: Groups, today: LocalDate): LocalDate | undefined {
  const sign = groups['d'] ?? ''
  const day = sign === '日' || sign === '天' ? 7 : number(groups, 'd')
  return dayOfWeek(day as Weekday, groups['week'], today)
}

function monthAndDay(groups: Groups, today: LocalDate): LocalDate | undefined {
  const [month, day] = [number(groups, 'm'), number(groups, 'd')]
  const said = groups['y']
  if (said === undefined) return nextInYear(month, day, today)
  const { year } = partsOf(today)
  if (said === '今年') return existing(year, month, day)
  return existing(said === '明年' ? year + 1 : number(groups, 'y'), month, day)
}

/** Where two begin at the same place the first one counts. */
const RULES: readonly Rule[] = [
  {
    pattern: /(?<d>大前|大后|前|后)天(?![气天])/g,
    read: relative,
  },
  {
    // Not the 明天 of 文明天地, nor the 明儿 of 聪明儿童.
    pattern: /(?<d>昨|今|(?<![文聪光透])明)(?:天|日(?!头条|报)|儿个?(?!童|子|科))/g,
    read: relative,
  },
  {
    // The 晚 that belongs to a clock (今晚7点) is left to it.
    pattern: new RegExp(
      `(?<d>昨|今|(?<![文聪光透])明)(?:(?=[晚早夜]上?\\s?(?:\\d|${CN}){1,3}[点时:])|[晚早夜]上?)`,
      'g',
    ),
    read: relative,
  },
  {
    // 每周三 is no day, 一周一次 and 每周一课 are none either, 下周三号楼 is next week in building 3.
    pattern:
      /(?<![每逢隔几半多一二两三四五六七八九十]|每个|(?<!:\d)\d)(?<week>上上|上|下下|下|本|这|今)?个?(?:周|星期|礼拜)(?<d>[一二三四五六](?!号|楼|栋|幢|单元|次|课|评|展|乐)|日(?![程常期报记历])|天(?!气)|[1-7](?![\d.:点时号楼栋]))/g,
    read: chineseWeekday,
  },
  {
    pattern: new RegExp(
      `(?<!\\d|[农阴]历\\s?|${CN})(?:(?<y>20\\d\\d|二[〇零]${CN}{2})年\\s?|(?<y2>今年|明年))?` +
        `(?<m>\\d{1,2}|${CN}{1,2})\\s?月份?\\s?(?<d>\\d{1,2}|${CN}{1,3})\\s?(?:日|号(?!楼|栋|幢|单元))`,
      'g',
    ),
    read: (groups, today) => monthAndDay({ ...groups, y: groups['y'] ?? groups['y2'] }, today),
  },
  {
    pattern: /(?<![\d.\-/])(?<y>20\d\d)(?<sep>[-./])(?<m>\d{1,2})\k<sep>(?<d>\d{1,2})(?![\d\-/])/g,
    read: monthAndDay,
  },
  {
    // 3-2-501 is a home, 3.5元 a price, 3-5点 a while.
    pattern: new RegExp(
      `(?<![\\w.\\-/#:])(?<m>\\d{1,2})[-./](?<d>\\d{1,2})(?![\\d\\-/:]|\\.\\d|\\s?(?:${MEASURED}|${NUMBERED}))`,
      'g',
    ),
    read: monthAndDay,
  },
  {
    // 18街坊3号, 第3号 and 3号楼 are places; 三日游 and 3日内 are spans.
    pattern: new RegExp(
      `(?<![\\w.\\-/#第月]|月\\s|月份\\s?|街坊|弄|路|街|巷|村|苑|院|区|栋|幢|楼|${CN})(?:(?<month>[本这下])个?月)?` +
        `(?<d>\\d{1,2}|${CN}{1,3})(?:号(?!${NUMBERED})|(?<=\\d|[十廿]${CN}?)日(?!内|游|后|前|间))`,
      'g',
    ),
    read: (groups, today) => {
      const day = number(groups, 'd')
      if (groups['month'] === undefined) return dayOfMonth(day, today)
      const first = dateOf({ ...partsOf(today), day: 1 })
      const { year, month } = partsOf(addMonths(first, groups['month'] === '下' ? 1 : 0))
      return existing(year, month, day)
    },
  },
  {
    pattern: /\b(?:the )?(?<d>day after tomorrow|tomorrow|today|yesterday)\b/g,
    read: relative,
  },
  {
    pattern: /\b(?:(?<week>this|next|last) )?(?<d>mon|tues|wednes|thurs|fri|satur|sun)day\b/g,
    read: (groups, today) =>
      dayOfWeek((ENGLISH_DAYS.indexOf(groups['d'] ?? '') + 1) as Weekday, groups['week'], today),
  },
]

/** The first day that a folded text names, with the 的 that ties it to what follows. */
export function findDay(folded: string, today: LocalDate): FoundDay | undefined {
  let found: FoundDay | undefined
  for (const { pattern, read } of RULES) {
    for (const match of folded.matchAll(pattern)) {
      if (found && match.index >= found.start) break
      const date = read(match.groups ?? {}, today)
      if (date === undefined) continue
      const end = match.index + match[0].length
      found = { date, start: match.index, end: folded.charAt(end) === '的' ? end + 1 : end }
      break
    }
  }
  return found
}
