import type { NumberItem } from '../../../content/survey-schema.ts'
import { normalise } from '../../core/text/normalise.ts'
import { parseNumeral } from '../../core/text/numerals.ts'
import type { Reading, Where } from './rate.ts'
import { places, type Token, tokenise } from './tokens.ts'

const COUNTERS =
  /(?<=[\d一二两三四五六七八九十百千零]) ?(?:个人|口人|个小时|个月|分钟|小时|左右|上下|[个口人次回位名岁年天只户块元遍趟场件条辆包袋斤])(?:左右|上下)?/g
const NONE =
  /^(?:没有?|无|从来不去?|从来没有?|从不|一次都没有?|一次也没有?|一回都没有?|一个都没有?|none|zero|never)(?:的|过|啊|呀|吧|了|哦|去过)*$/

/** How people count their household. */
const HOUSEHOLD: readonly (readonly [RegExp, string])[] = [
  [/^(?:就|只有?)?我(?:自己|一个)?(?:一个人|一人)?住?$|^独居$/, '1'],
  [/^(?:就|只有?)?(?:我们)?(?:(?:老|小)?两口子?|俩人?)$/, '2'],
  [/(?<=[\d一二两三四五六七八九]) ?(?:口之家|口人?|(?:个人|人|位)住?)$/, ''],
  [
    /^(?:(?:我们?家里?|家里|家中)(?:一共|总共|共|就|只)?(?:有|住着?)?|一家(?=.口)|一共|总共|就)(?=[\d一二两三四五六七八九])/,
    '',
  ],
]

/** Spans of time that things are counted in; a question asks about one of them. */
const SPANS: readonly RegExp[] = [
  /(?:每|一|1)个?(?:星期|礼拜|周)里?(?![一二三四五六天日末](?![次回趟遍]))/,
  /(?:每|一|1)个?月/,
  /(?:每|一|1)年/,
  /(?:每|一|1)[天日]/,
]
const DAILY =
  /^我?(?:基本上?|差不多)?(?:每天都?|天天都?)(?:有|去|来|锻炼|跑|走)?(?:[一1][次回趟])?$/
const A_WEEK = /星期|礼拜|周/

/** 一个星期三次 without the span that was asked about; `undefined` when it is another one. */
function inSpan(text: string, item: NumberItem): string | undefined {
  const asked = item.text['zh-CN']
  if (A_WEEK.test(asked) && DAILY.test(text)) return '7'
  const span = SPANS.find((each) => each.test(text))
  if (!span) return text
  return span.test(asked) ? text.replace(span, '') : undefined
}

/** Words for people where people are counted. */
function ofHousehold(text: string, item: NumberItem): string {
  if (!/人|口/.test(item.unit?.['zh-CN'] ?? '')) return text
  return HOUSEHOLD.reduce((rest, [words, number]) => rest.replace(words, number), text)
}

/** The number without what it counts. In a group only the item's own unit goes with it: 3点 stays. */
function counted(text: string, item: NumberItem, where: Where): string {
  const units = Object.values(item.unit ?? {}).map(normalise)
  if (units.includes('次')) units.push('回', '趟', '遍')
  const own = units.reduce(
    (rest, unit) =>
      rest
        .replace(/[\d一二两三四五六七八九十百千零]/g, '$&\u0000')
        .replaceAll(`\u0000${unit}`, '\u0000')
        .replaceAll(`\u0000 ${unit}`, '\u0000')
        .replaceAll('\u0000', ''),
    text,
  )
  return where === 'direct'
    ? own.replace(COUNTERS, '')
    : own.replace(/(?<=\d|[一二两三四五六七八九十]) ?[个次](?![\p{L}])/gu, '')
}

function amount({ style, text }: Token): number | undefined {
  return style === 'letters' ? undefined : style === 'decimal' ? Number(text) : parseNumeral(text)
}

/** Reads an answer to a question for a number; the `places` are the number itself. */
export function readNumber(item: NumberItem, text: string, where: Where): Reading {
  const talk: Reading = { kind: where === 'group' ? 'talk' : 'unclear' }
  if (where === 'direct' && item.min <= 0 && NONE.test(text)) return { kind: 'places', places: [0] }
  const spanned = inSpan(text.replaceAll('俩', '两'), item)
  if (spanned === undefined) return talk
  const all = tokenise(counted(ofHousehold(spanned, item), item, where), 0)
  // 说了三次了 counts something that was done.
  if (where === 'group' && all.findLast(({ kind }) => kind !== 'mark')?.text === '了') return talk
  const fixed = all.findLastIndex(({ kind }) => kind === 'fix') + 1
  if (where === 'group' && all.slice(0, fixed).some(({ kind }) => kind === 'word')) return talk
  const tokens = all
    .slice(fixed)
    .filter(({ kind }) => !['fill', 'verb', 'mark', 'gap', 'break'].includes(kind))
  const numbers = tokens.filter(({ kind }) => kind === 'number')
  const [number, other] = numbers
  if (!number) return talk
  const signs = tokens.some(({ kind }) => !['number', 'join', 'or'].includes(kind))
  const led =
    where === 'direct' &&
    tokens.at(-1) === number &&
    tokens.every(({ kind }) => kind === 'number' || kind === 'word')
  if (signs && !(led && numbers.length === 1)) return talk
  if (tokens[0]?.kind === 'join') return talk
  const value = amount(number)
  const [a = 0, b = 0] = places(number)
  if (
    number.style === 'han' &&
    number.text.length === 2 &&
    b - a === 1 &&
    !number.text.includes('十')
  ) {
    return { kind: 'between', places: [a, b] }
  }
  const end = other && amount(other)
  if (value !== undefined && end !== undefined && numbers.length === 2 && value < end) {
    return { kind: 'between', places: [value, end] }
  }
  if (value === undefined || numbers.length > 1) return talk
  if (item.integer && !Number.isInteger(value)) return { kind: 'unclear' }
  if (value >= item.min && value <= item.max) return { kind: 'places', places: [value] }
  return number.text.length <= `${item.max}`.length + 1 ? { kind: 'unclear' } : talk
}
