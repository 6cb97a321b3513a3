import { parseNumeral } from '../../core/text/numerals.ts'
import type { Reading, Where } from './rate.ts'
import { places, type Token } from './tokens.ts'

/** What is chosen from: how many choices, and whether one or several. */
export interface Choosing {
  readonly count: number
  readonly many: boolean
  readonly where: Where
}

const ASK: Reading = { kind: 'unclear' }
const TALK: Reading = { kind: 'talk' }

/** Units that a bare number may have in a group; 5个 and 5号 are about other things there. */
const POINTS = /^(?:分|颗?星|颗心|points?|stars?)$/
const SIGNS = new Set<string>([
  ...[
    'number',
    'option',
    'verb',
    'nth',
    'unit',
    'join',
    'or',
    'all',
    'except',
    'not',
    'hardly',
    'query',
  ],
])

/** The number as a place, as several neighbours, or what else it may be. */
function single(token: Token, { count, where }: Choosing): Reading {
  const strange = where === 'group' ? TALK : ASK
  const { text, style } = token
  const fits = (place: number): Reading =>
    place <= count ? { kind: 'places', places: [place] } : ASK
  if (style === 'letters') return text.length === 1 ? fits(places(token)[0] ?? 0) : strange
  if (style === 'decimal') {
    const low = Math.floor(Number(text))
    if (/^\d\.0$/.test(text)) return fits(low)
    const half = /^\d\.5$/.test(text) && low >= 1 && low < count
    return half ? { kind: 'between', places: [low, low + 1] } : strange
  }
  const [a = 0, b = 0] = places(token)
  if (text.length === 1) return /[两百千]/.test(text) ? strange : fits(parseNumeral(text) ?? 99)
  const neighbours = style === 'han' && text.length === 2 && b - a === 1 && a > 0 && b <= count
  if (neighbours && !text.includes('十')) return { kind: 'between', places: [a, b] }
  // Up to ten somebody has marked out of ten; more is a price, a number to call, 666.
  const value = parseNumeral(text) ?? 99
  return value === 10 && text.length <= 2 ? ASK : strange
}

function readOne(clause: readonly Token[], choosing: Choosing): Reading {
  const numbers = clause.filter(({ kind }) => kind === 'number')
  if (choosing.where === 'group' && clause.some(({ text }) => /^[+&/]$/.test(text))) return TALK
  // Who says 打80分 has tried.
  const tries =
    clause.some(({ kind }) => kind === 'verb') && numbers.every((n) => n.text.length < 4)
  const read = numbers.map((token) =>
    single(token, tries ? { ...choosing, where: 'direct' } : choosing),
  )
  const odd =
    read.find(({ kind }) => kind === 'talk') ?? read.find(({ kind }) => kind === 'unclear')
  if (odd) return odd
  const between = read.find(({ kind }) => kind === 'between')
  if (between) return read.length > 1 ? ASK : between
  const chosen = read.flatMap((each) => (each.kind === 'places' ? each.places : []))
  const [a = 0, b = 0] = [...new Set(chosen)].sort((x, y) => x - y)
  const dashed = clause.some(({ text }) => text === '-' || text === '~')
  // 2-1 is a score.
  const falls = dashed && (chosen[0] ?? 0) > (chosen[1] ?? 0)
  if (falls && choosing.where === 'group') return TALK
  if (chosen.length === 2 && b - a === 1 && a > 0) return { kind: 'between', places: [a, b] }
  if (chosen.length > 1) return dashed && choosing.where === 'group' ? TALK : ASK
  const options = clause.flatMap(({ option }) => option?.place ?? [])
  const all = [...new Set([...chosen, ...options])]
  if (all.length !== 1) return ASK
  return { kind: 'places', places: all, worded: options.length > 0 }
}

/** 1到3, and 1-3都选; 1-3 alone may as well be 1 and 3. */
function span(a: number, b: number, sure: boolean): readonly number[] | Reading {
  return sure && a > 0 && a < b ? Array.from({ length: b - a + 1 }, (_, i) => a + i) : ASK
}

/** Several places from glued (134) or separate numbers; the whole span for 1到3. */
function listed(clause: readonly Token[], { count, where }: Choosing): readonly number[] | Reading {
  const numbers = clause.filter(({ kind }) => kind === 'number')
  const strange = numbers.some(({ text, style }) => {
    const rising = [...text].every((sign, i) => i === 0 || sign > text.charAt(i - 1))
    return style === 'digits' && text.length > 2 && (!rising || text.length > 4)
  })
  // 12345, 110 and house numbers; 3加1.
  if ((strange || clause.some(({ text }) => text === '加')) && where === 'group') return TALK
  const chosen = numbers.flatMap(places)
  const [a = 0, b = 0] = chosen
  const links = clause
    .filter(({ kind }) => kind === 'or' || kind === 'join')
    .map(({ text }) => text)
  if (links.some((text) => text.startsWith('或') || text === '要么' || text === 'or')) return ASK
  if (links.some((text) => /^[到至~]$/.test(text))) {
    return span(a, b, chosen.length === 2 && b <= count)
  }
  if (chosen.length === 2 && links.includes('-')) {
    return span(a, b, b <= count && clause.some(({ kind }) => kind === 'all'))
  }
  if (new Set(chosen).size < chosen.length || chosen.some((place) => place > count)) return ASK
  return chosen.includes(0) && chosen.length > 1 ? ASK : chosen
}

function readMany(clause: readonly Token[], choosing: Choosing): Reading {
  const has = (kind: Token['kind']) => clause.some((token) => token.kind === kind)
  const numbers = listed(clause, choosing)
  if ('kind' in numbers) return numbers
  const options = clause.flatMap(({ option }) => option?.place ?? [])
  const chosen = [...new Set([...numbers, ...options])].sort((a, b) => a - b)
  const everything = Array.from({ length: choosing.count }, (_, i) => i + 1)
  if (has('except')) {
    const rest = everything.filter((place) => !chosen.includes(place))
    return chosen.length > 0 && rest.length > 0 ? { kind: 'places', places: rest } : ASK
  }
  // 四个都选
  if (has('all') && has('unit') && numbers.length === 1 && !has('nth')) {
    return numbers[0] === choosing.count ? { kind: 'places', places: everything } : ASK
  }
  if (chosen.length > 0) return { kind: 'places', places: chosen, worded: options.length > 0 }
  const said = clause.find(({ kind }) => kind === 'all')?.text ?? ''
  const loose = /^(?:都有|都对|都要|全部|全对|all)$/.test(said)
  return loose && choosing.where === 'group' ? TALK : { kind: 'places', places: everything }
}

/** Whether a number or an option is named as talk does not: whole, chosen (选5个), with 第. */
function isNamed(clause: readonly Token[], { where }: Choosing): boolean {
  const has = (kind: Token['kind']) => clause.some((token) => token.kind === kind)
  if (where === 'direct' || has('all')) return true
  const numbers = clause.filter(({ kind }) => kind === 'number').length
  const units = clause.filter(({ kind }) => kind === 'unit')
  const counts = units.some(({ text }) => !POINTS.test(text)) && numbers > 0 && !has('option')
  if (counts && !has('nth')) return clause.some(({ text }) => /选|勾|[给打评]个/.test(text))
  if (has('verb')) return true
  // 第一 alone is a cry of joy as well.
  if (has('nth') && units.length === 0 && numbers < 2) return false
  // 10点 is a time of day before it is half of 10点到6点.
  const enough = (text: string) => (/\d/.test(text) ? 0.6 : 0.5)
  return clause.every(({ option, text }) => !option || option.share >= enough(text) || numbers > 0)
}

/** In a group 报警了 tells what somebody did, and 其他的呢 asks, where only the words of an option are said. */
function isReported(all: readonly Token[], { where }: Choosing): boolean {
  const last = all.findLast(({ kind }) => kind !== 'gap' && kind !== 'mark')
  const worded = !all.some(
    ({ kind, text }) => kind === 'number' || /选|勾|当然|肯定|应该/.test(text),
  )
  return where === 'group' && worded && /^(?:了|啦|呢|吗|么)$/.test(last?.text ?? '')
}

/** Other words are let through in a direct chat: 环境我打4分, 电池应该是有害垃圾里的. */
function amongWords(clause: readonly Token[], choosing: Choosing): Reading {
  if (
    choosing.where === 'group' ||
    clause.some(({ kind }) => ['not', 'hardly', 'never', 'query', 'unclear', 'past'].includes(kind))
  ) {
    return TALK
  }
  const known = clause.filter(({ kind }) => SIGNS.has(kind))
  const first = clause.findIndex(({ kind }) => kind === 'number' || kind === 'option')
  if (first < 0) return TALK
  const tail = clause.slice(first).every(({ kind }) => SIGNS.has(kind))
  const number = clause.some(({ kind }) => kind === 'number')
  const scored = clause[first - 1]?.kind === 'verb' || POINTS.test(clause[first + 1]?.text ?? '')
  if (number) return tail && scored ? choose(known, choosing) : TALK
  return known.every(({ option }) => !option || option.share >= 0.5)
    ? choose(known, choosing)
    : TALK
}

function choose(clause: readonly Token[], choosing: Choosing): Reading {
  const [only] = clause
  const strange = /^(?:\d|10)$/.test(only?.text ?? '') && Number(only?.text) > choosing.count
  // Nothing but a number that is no choice was said to somebody else.
  if (choosing.where === 'group' && clause.length === 1 && strange) return TALK
  return choosing.many ? readMany(clause, choosing) : readOne(clause, choosing)
}

/**
 * Reads numbers, letters and options as places: `verb? 第? number unit?`, lists of them, 全选, 除了2.
 * A denied choice (不是3) is `unclear`.
 */
export function readPlaces(all: readonly Token[], choosing: Choosing): Reading {
  const clause = all.filter(({ kind }) => !['fill', 'mark', 'gap'].includes(kind))
  while (clause.at(-1)?.kind === 'join' && clause.at(-1)?.text !== '+') clause.pop()
  if (clause[0]?.kind === 'join' || clause.at(-1)?.kind === 'join')
    return choosing.where === 'group' ? TALK : ASK
  if (clause.some(({ kind }) => !SIGNS.has(kind))) return amongWords(clause, choosing)
  if (!isNamed(clause, choosing) || isReported(all, choosing)) return TALK
  // 我选3号 votes for somebody just as well.
  const contest =
    clause.some(({ text }) => text === '号') && !clause.some(({ kind }) => kind === 'nth')
  if (contest && choosing.where === 'group') return ASK
  const kinds = new Set(clause.map(({ kind }) => kind))
  const asks = clause.some(({ kind, text }) => kind === 'query' && !/^[?吗么]$/.test(text))
  if (asks && choosing.where === 'group') return TALK
  if (choosing.where === 'group' && kinds.has('query') && choose(clause, choosing).kind === 'talk')
    return TALK
  if (kinds.has('query') || kinds.has('not') || kinds.has('hardly')) return ASK
  if (!choosing.many && kinds.has('except')) return ASK
  if (choosing.many || !kinds.has('all')) return choose(clause, choosing)
  // 我们家都选5: all of us.
  const [whole, ...rest] = clause
  const us = whole?.text === '都选' && rest.length === 1 && rest[0]?.kind === 'number'
  return us ? choose(rest, choosing) : ASK
}
