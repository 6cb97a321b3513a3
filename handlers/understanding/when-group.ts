import type { Calendar } from '../../content/calendar.ts'
import { mayFit } from './needed.ts'
import { CLOCK_RULES } from './when-clock.ts'
import { DATE_RULES, festivalRules, RELATIVE_RULES, WEEK_RULES } from './when-days.ts'
import { PART_RULES } from './when-parts.ts'
import { MOMENT_RULES, REPEATS_RULES, SPAN_RULES } from './when-spans.ts'
import type {
  ClockToken,
  DayToken,
  MomentToken,
  PartToken,
  RepeatsToken,
  Rule,
  Scene,
  SpanToken,
  Token,
} from './when-token.ts'

/** What stands on one side of 到. */
export interface Side {
  readonly day?: DayToken
  readonly part?: PartToken
  /** 昨晚凌晨两点: the second part of the day, which is the next morning's. */
  readonly laterPart?: PartToken
  readonly clock?: ClockToken
  readonly moment?: MomentToken
}

/** Time words that belong together: 每天 · 晚上 · 十点 到 早上 · 六点. */
export interface Group {
  readonly start: number
  readonly end: number
  readonly left: Side
  readonly right?: Side
  readonly repeats?: RepeatsToken
  readonly span?: SpanToken
  /** From then until now: 从上周开始, 昨晚十点到现在. */
  readonly since: boolean
  /** 都快半夜十二点了: it may be a little ahead. */
  readonly soon: boolean
  readonly weight: number
}

/** Every time word of the folded text, in order, none overlapping another. */
export function tokensIn(text: string, scene: Scene, calendar?: Calendar): readonly Token[] {
  const taken = new Uint8Array(text.length)
  const tokens: Token[] = []
  for (const rule of rulesFor(calendar)) {
    if (mayFit(rule.pattern, text)) collect(rule, text, scene, taken, tokens)
  }
  return tokens.sort((a, b) => a.start - b.start)
}

function collect(rule: Rule, text: string, scene: Scene, taken: Uint8Array, tokens: Token[]): void {
  rule.pattern.lastIndex = 0
  for (let match = rule.pattern.exec(text); match; match = rule.pattern.exec(text)) {
    const [start, end] = [match.index, match.index + match[0].length]
    if (start === end) {
      rule.pattern.lastIndex++
      continue
    }
    if (taken.subarray(start, end).includes(1)) {
      // 一早 in 周一早上 is not free, but the 早上 that overlaps it is.
      rule.pattern.lastIndex = start + 1
      continue
    }
    const reading = rule.read(match.groups ?? {}, scene, match[0])
    if (!reading) continue
    taken.fill(1, start, end)
    tokens.push({ ...reading, start, end })
  }
}

const PLAIN_RULES = rules()
const rulesByCalendar = new WeakMap<Calendar, readonly Rule[]>()

function rulesFor(calendar?: Calendar): readonly Rule[] {
  if (!calendar) return PLAIN_RULES
  const known = rulesByCalendar.get(calendar) ?? rules(calendar)
  rulesByCalendar.set(calendar, known)
  return known
}

/** What an earlier rule has read is not read again. */
function rules(calendar?: Calendar): readonly Rule[] {
  return [
    ...REPEATS_RULES,
    ...DATE_RULES,
    ...festivalRules(calendar),
    ...WEEK_RULES,
    ...RELATIVE_RULES,
    ...SPAN_RULES,
    ...CLOCK_RULES,
    ...MOMENT_RULES,
    ...PART_RULES,
  ]
}

const BESIDE =
  /^(?:[\s,、()]|的|地|都|就|才|还|又|在|从|自|打|是|了|大概|大约|约|差不多|基本上?|几乎|固定|准时|不到|一直|持续|将近|快|时|里|那会儿?|的时候|已经|竟然|居然|有时候?|经常|总是?|老是?|开始|每到|到了|每次)*$/
const UNTIL =
  /^(?:了|的|钟)?[^\d,。;!?，\n]{0,5}?(?:(?<!不)到了?|至|-|~|直到)\s?(?:了|第二天|次日|隔天|转天|翌日|当天|同一天|今天的?|明天的?)?的?(?:大概|差不多|快)?$/
const SINCE =
  /^(?:就|才|的|时候)?\s?(?:开始|以来|起(?![床来诉火哄因])|至今|到(?:了)?(?:现在|今|目前|这会儿?|今天)|一直到(?:现在|今天)|来(?=靠|一直|就|,|的))/
const AFTERWARDS = /^(?:以后|之后|过后|后(?=开始|就|一直|没))/
const SOON = /(?:快|马上|将近|就)(?:要|到|是)?\s?$/
const FROM = /(?:打从|从|自从|自|打)\s?$/

/** The groups of the text, the ones with more to tell first. */
export function groupsIn(text: string, tokens: readonly Token[]): readonly Group[] {
  const groups: Group[] = []
  let members: Token[] = []
  let split: number | undefined
  const close = () => {
    if (members.length > 0) groups.push(groupOf(text, members, split))
    members = []
    split = undefined
  }
  for (const token of tokens) {
    const last = members.at(-1)
    if (last) {
      const gap = text.slice(last.end, token.start)
      if (split === undefined && canEnd(token, members) && isShort(gap) && UNTIL.test(gap))
        split = members.length
      else if (!isShort(gap) || !BESIDE.test(gap) || !fits(token, members.slice(split ?? 0)))
        close()
    }
    members.push(token)
  }
  close()
  return groups.sort((a, b) => b.weight - a.weight || a.start - b.start)
}

/** More words than this between two times, and they are not about the same. */
function isShort(gap: string): boolean {
  return gap.length <= 12
}

function canEnd(token: Token, before: readonly Token[]): boolean {
  if (!before.some((t) => t.kind === 'day' || t.kind === 'part' || t.kind === 'clock')) return false
  return token.kind !== 'repeats' && token.kind !== 'span'
}

/** One of each kind, save a later part of the day. */
function fits(token: Token, members: readonly Token[]): boolean {
  const same = members.filter((member) => member.kind === token.kind)
  if (same.length === 0) return !(token.kind === 'day' && members.some((m) => m.kind === 'clock'))
  const [first] = same
  // 周末每天, 工作日天天: which days stands in the first.
  if (token.kind === 'repeats') {
    return token.repeats === 'daily' && first?.kind === 'repeats' && first.repeats !== null
  }
  return (
    token.kind === 'part' &&
    first?.kind === 'part' &&
    same.length === 1 &&
    /dawn|deep|night/.test(token.part.kind) &&
    /evening|night/.test(first.part.kind) &&
    !members.some((m) => m.kind === 'clock')
  )
}

function groupOf(text: string, members: readonly Token[], split: number | undefined): Group {
  const left = sideOf(members.slice(0, split))
  const right = split === undefined ? undefined : sideOf(members.slice(split))
  const first = members[0]?.start ?? 0
  const last = members.at(-1)?.end ?? 0
  const before = text.slice(Math.max(0, first - 3), first)
  const from = FROM.exec(before)
  const isFrom = from !== null || /从|自(?![己习])/.test(text.slice(first, last))
  const rest = text.slice(last)
  const until = right
    ? null
    : (SINCE.exec(rest) ?? (left.clock || left.part ? null : AFTERWARDS.exec(rest)))
  const hasClock = left.clock !== undefined || left.part !== undefined
  const toNow = until !== null && /到|至今|以来/.test(until[0])
  return {
    start: from ? first - from[0].length : first,
    end: until ? last + until[0].length : last,
    left,
    ...(right && { right }),
    ...pick(members, 'repeats'),
    ...pick(members, 'span'),
    since:
      !right &&
      (hasClock ? toNow || (isFrom && (until !== null || hasEnd(rest))) : until !== null || isFrom),
    soon: SOON.test(before) || left.clock?.soon === true,
    weight: members.reduce((sum, token) => sum + weightOf(token), right ? 2 : 0) - doubt(rest),
  }
}

/** 我六点还要上班, 白天不干: when the speaker has to be up, or when it is quiet. */
const BESIDES =
  /^(?:就|还|又)?(?:要|得)(?:去|早?起|上班|上学|考|赶|早|出)|^的?[早晚]?班(?!车|$)|^(?:上班|起床|考试|不干|不[吵响])/

function doubt(rest: string): number {
  return BESIDES.test(rest) ? 9 : 0
}

/** Nothing else is said: 今天从早上八点. */
function hasEnd(rest: string): boolean {
  return /^(?:就|了|$|[,。!?\s])/.test(rest)
}

function pick(members: readonly Token[], kind: 'repeats' | 'span') {
  const found = members.find((token) => token.kind === kind)
  return found ? { [kind]: found } : {}
}

function sideOf(members: readonly Token[]): Side {
  const parts = members.filter((token) => token.kind === 'part')
  const [part, laterPart] = parts
  const day = members.find((token) => token.kind === 'day')
  const clock = members.find((token) => token.kind === 'clock')
  const moment = members.find((token) => token.kind === 'moment')
  return {
    ...(day && { day }),
    ...(part && { part }),
    ...(laterPart && { laterPart }),
    ...(clock && { clock }),
    ...(moment && { moment }),
  }
}

function weightOf(token: Token): number {
  switch (token.kind) {
    case 'clock':
      return 8
    case 'moment':
      return 5
    case 'part':
    case 'day':
      return 4
    case 'repeats':
      return 3
    case 'span':
      return token.weight
  }
}
