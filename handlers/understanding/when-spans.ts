import type { Repeats } from './types.ts'
import { CN, type Groups, numberIn, type Reading, type Rule, type Scene } from './when-token.ts'
import { DAY, HOUR, monthsBefore, startOfDay } from './when-wall.ts'

const WEEK = '(?:周|星期|礼拜)'

function habit(pattern: RegExp, repeats: Repeats | null): Rule {
  return { pattern, read: () => ({ kind: 'repeats', repeats }) }
}

/** 每天, 一到周末, 工作日, 每周三, 隔三差五. The part of the day in 每晚 and 一到晚上 is read apart. */
export const REPEATS_RULES: readonly Rule[] = [
  habit(
    /(?:每逢|一到|逢|每次|(?<![一等])一)(?:下雨天?|放假)|隔三[差岔]五|三天两头|时不时|三不五时|动不动/g,
    null,
  ),
  habit(
    new RegExp(
      `(?:每[个逢到]?|逢)?(?:${WEEK})一(?:到|至|-|~)(?:${WEEK})?五|(?:每个?)?工作日|(?:每个?)?上班日|平日里?`,
      'g',
    ),
    'weekdays',
  ),
  habit(
    new RegExp(
      `(?:每[逢到个]?|(?<![周期拜])一到了?|到了?|逢|每个|每次)(?:${WEEK}末|双休日?|休息日)|${WEEK}六(?:、|和|跟|到|至|-)?${WEEK}?[日天]|休息日|双休日|节假日|公休日`,
      'g',
    ),
    'weekends',
  ),
  {
    pattern: new RegExp(
      `(?:每[逢个到]?|逢|(?<![周期拜])一到)(?:个)?${WEEK}(?<d>[一二三四五六、]{0,6}(?:[一二三四五六](?!次|课|评|展|乐)|日(?!常)|天)|[1-7](?!\\d|次))`,
      'g',
    ),
    read: (groups) => ({
      kind: 'repeats',
      repeats: 'weekly',
      weekdays: [...(groups['d'] ?? '')].flatMap(weekdayNumber),
    }),
  },
  habit(new RegExp(`每个?${WEEK}(?!年|岁|一[次课评展乐])`, 'g'), 'weekly'),
  habit(
    /每一?天(?!然)|(?<![今昨前明后每一两三整])天天(?![气亮])|日日|每日(?!一|活动)|整天整天|一年四季|一年到头|一天到[晚黑]|日复一日|见天儿?/g,
    'daily',
  ),
  habit(
    /没日没夜|没白天没黑夜|日夜|昼夜|不分(?:白天黑夜|昼夜)|白天黑夜|白天晚上|黑天白夜|(?:全天)?(?:24|二十四)个?小时(?!内)|全天候/g,
    'daily',
  ),
  habit(
    /(?:(?<![周期拜])一到|每到|每逢|每当|到了|每(?:个|天)?)(?=(?:大?半夜|深夜|夜里|夜间|夜晚|晚上?|早上?|清晨|凌晨|中午|下午|傍晚|[\d一二三四五六七八九十]+点))/g,
    'daily',
  ),
  habit(/夜(?=夜)|晚(?=晚)/g, 'daily'),
]

function weekdayNumber(sign: string): number[] {
  if (/[日天]/.test(sign)) return [7]
  const n = numberIn({ n: sign }, 'n')
  return n === undefined ? [] : [n]
}

const COUNT = `(?<n>\\d{1,3}|[${CN}]{1,3}|好几|几|数|半|好多|好些|俩|多|(?=个把))`
const LEAD =
  '(?:连续|连着|一连|接连|持续|接连着|最近|近|这|整整|已经|都|快|近|将近|大概|足足|有|超过|过去|过了)*'
/** A count that is an amount, an ordinal or ahead is no time that has passed. */
const NOT_BEFORE = `(?<![第\\d${CN}.每隔那哪这月年前])`
const UNIT: Readonly<Record<string, number>> = {
  ...{ 分钟: 1, 小时: HOUR, 钟头: HOUR, 天: DAY, 日: DAY, 晚: DAY, 晚上: DAY, 夜: DAY },
  ...{ 周: 7 * DAY, 星期: 7 * DAY, 礼拜: 7 * DAY },
}
const COUNTED =
  '(?:个)?(?<more>多|来|把)?(?:个)?(?<half>半)?(?<unit>分钟|小时|钟头|天(?![气然])(?:[一二两三四五六七]夜)?|日(?<=[二两三四五六七八九十几]日)(?=冇)|晚上?|夜|周(?![一二三四五六日末年岁])|星期(?![一二三四五六日天])|礼拜(?![一二三四五六日天])|月(?![租费\\d])|号头|年(?![级代轻度龄检]))(?<plushalf>半(?!夜))?(?:多|来)?'

/** 第五天了 is the fourth day since. */
function since(groups: Groups, scene: Scene): Reading | undefined {
  const n = numberIn(groups, 'n')
  if (n === undefined || n < 2) return undefined
  return passed({ ...groups, n: `${n - 1}` }, scene)
}

function passed(groups: Groups, { now }: Scene): Reading | undefined {
  const n = amount(groups)
  if (n === undefined) return undefined
  const from = back(now, n, unitOf(groups))
  return { kind: 'span', from, to: now, weight: 3 }
}

function ago(groups: Groups, { now }: Scene): Reading | undefined {
  const n = amount(groups)
  if (n === undefined) return undefined
  const unit = groups['unit'] ?? ''
  const from = back(now, n, unit)
  if (/分钟|小时|钟头/.test(unit)) return { kind: 'span', from, to: from, weight: 4 }
  const day = startOfDay(from)
  return { kind: 'day', from: day, to: day + DAY, nightFollows: true }
}

/** 两天两夜 are two days. */
function unitOf(groups: Groups): string {
  return (groups['unit'] ?? '').replace(/^天.夜$/, '天')
}

function back(now: number, n: number, unit: string): number {
  if (unit === '月' || unit === '号头')
    return back(monthsBefore(now, Math.floor(n)), (n % 1) * 30, '天')
  if (unit === '年') return monthsBefore(now, Math.round(n * 12))
  return now - Math.round(n * (UNIT[unit] ?? DAY))
}

function amount(groups: Groups): number | undefined {
  const said = groups['n'] ?? ''
  const half = groups['half'] || groups['plushalf'] ? 0.5 : 0
  if (said === '半') return 0.5
  if (said === '') return 1
  if (said === '俩') return 2 + half
  if (/[几数]/.test(said)) return 3
  if (/多|些/.test(said)) return 7
  const pair = /^([一两二三四五六七八])([二两三四五六七八九])$/.exec(said)
  const n = numberIn({ n: pair?.[2] ?? said }, 'n')
  return n === undefined || n > 500 ? undefined : n + half
}

function vague(words: string, days: number): Rule {
  return {
    pattern: new RegExp(words, 'g'),
    read: (_groups, { now }) => ({ kind: 'span', from: now - days * DAY, to: now, weight: 1 }),
  }
}

/** 半小时前, 三天前, 连续三天, 一个多月, 最近, 好久了. */
export const SPAN_RULES: readonly Rule[] = [
  {
    pattern: new RegExp(`${NOT_BEFORE}${COUNT}${COUNTED}(?:之前|以前|前(?![后面]))`, 'g'),
    read: ago,
  },
  {
    pattern: new RegExp(
      `(?:连续|连着|一连|接连|持续|整整|已经|足足|超过|过去)(?:了)?${COUNT}${COUNTED}(?:了|以来|下来)?`,
      'g',
    ),
    read: passed,
  },
  {
    pattern: new RegExp(
      `${NOT_BEFORE}${LEAD}${COUNT}${COUNTED}(?![内后一级次以]|之内|之后|以内|以后|[前来]?有?一次|的时间内)(?:了|以来|来)?(?:左右|上下)?(?=没|冇|不|无|都|就|还|了|,|。|$|\\s|堆|吵|闹|敲|响|臭|也|一直|天天|每|总|老|晚|半夜|从|里|的)`,
      'g',
    ),
    read: (groups, scene, words) =>
      /^有?(?:一|半|1)[天晚夜]|^一晚上|^一年$/.test(words) ? undefined : passed(groups, scene),
  },
  {
    pattern: new RegExp(
      `第(?<n>\\d{1,3}|[${CN}]{1,3})(?:个)?(?<unit>天|晚|夜|周|星期|礼拜|月)(?=了|(?<!第二.)[,。!])`,
      'g',
    ),
    read: since,
  },
  vague('(?:这|近|最近|前)两[天日](?:来)?|近两日|这一两天', 2),
  vague('(?:这|近|最近这?|前)(?:几|三|些)[天日](?:来)?|近日|连日来?|接连几天|好几天', 3),
  vague(
    '最近(?:一段时间|一阵子?|这段时间)?|近期|近来|近段时间|(?:这|近)一?(?:周|星期|礼拜)(?:以?来)?',
    7,
  ),
  vague(
    '(?:这|近|前)一?(?:段时间|阵子?|些日子|段日子|个把月)(?:以?来)?|(?:这|近)一?个月(?:以?来)?',
    30,
  ),
  vague(
    '长期(?:以来)?|长年(?:累月)?|常年|多年(?:来|了)?|好久|很久|老长时间|好长时间|很长时间|长时间|成年累月',
    30,
  ),
  {
    pattern: /(?:[从由打]\s?)?[早朝][一-龥]{0,2}到(?:晚|黑)(?!上)/g,
    read: (_groups, { today }) => ({
      kind: 'span',
      from: today + 6 * HOUR,
      to: today + DAY,
      weight: 3,
    }),
  },
  {
    pattern:
      /整[天日](?:整夜)?|全天|一整天|大半天|成[天日]|终日|(?<![第有那每哪这某前后早晚隔差头])一天(?=了|工夫|[,。!]|$)/g,
    read: (_groups, { today }) => ({ kind: 'span', from: today, to: today + DAY, weight: 3 }),
  },
]

/** 现在, 刚才. */
export const MOMENT_RULES: readonly Rule[] = [
  {
    pattern: /刚刚(?!好)|刚才|方才|才刚|将将才|刚(?=听到|看到|看见|听见|闻到|发现|路过)/g,
    read: () => ({ kind: 'moment', back: 30 }),
  },
  {
    pattern:
      /现在|这会儿?|此时此刻|此刻|此时|目前(?!为止)|眼下|当下|这个?时候|这个?时间|这个?点儿?(?![的]?(?:位|心|事|小|问题))|而家|依家|正在(?=敲|装修|施工|钻|吵|唱|烧|跳)|如今/g,
    read: () => ({ kind: 'moment', back: 0 }),
  },
]
