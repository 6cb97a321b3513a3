import { choices, type Item } from '../../content/survey-schema.ts'
import { normalise } from '../core/text/normalise.ts'
import { parseNumeral } from '../core/text/numerals.ts'
import { labelled } from './answers/labels.ts'
import { understandAnswer, type Where } from './answers/understand.ts'

/** One answer out of a list; `unsure` where 不清楚 was said and the item offers it. */
export interface ListedAnswer<T extends Item = Item> {
  readonly item: T
  readonly value: number | 'unsure'
}

export type AllHeard<T extends Item = Item> =
  | { readonly kind: 'answers'; readonly answers: readonly ListedAnswer<T>[] }
  | {
      readonly kind: 'ask'
      /** `unsuitable`: an item wants more than one digit. `unclear`: crying (55555) or an item twice. */
      readonly reason: 'too_few' | 'too_many' | 'out_of_range' | 'unsuitable' | 'unclear'
    }

type Reason = Extract<AllHeard, { kind: 'ask' }>['reason']
const ask = (reason: Reason): AllHeard<never> => ({ kind: 'ask', reason })

const LONGEST = 120
/** Years and days, mobile numbers, numbers to call. */
const OTHER_FIGURE =
  /^(?:(?:19|20)\d\d(?:[01]\d[0-3]\d)?|1[3-9]\d{9}|400\d{7}|12345|12315|12369|95\d{3}|1[12][0-9])$/
const LEAD = /^(?:我的?)?(?:选择|选的|回答|答案?|选|填|依次|分别)?(?:是)?[:, ]*/
const TAIL = /[\s,。.!~、]*(?:谢谢您?|辛苦了|吧|哈|啊|完毕|好了)?[\s,。.!~、]*$/

/** Whether one digit answers the item. */
export function takesDigit(item: Item): boolean {
  return (
    item.type === 'scale' ||
    item.type === 'single' ||
    (item.type === 'knowledge' && item.choose === 'one')
  )
}

/** What one entry of a list says about its item. */
function readEntry(item: Item, entry: string): number | 'unsure' | undefined {
  if (/^(?:0|\?|x|×|-|不)$/.test(entry)) return item.unknown ? 'unsure' : undefined
  const heard = understandAnswer(item, entry, 'direct')
  if (heard.kind === 'unsure') return 'unsure'
  return heard.kind === 'answer' && typeof heard.value === 'number' ? heard.value : undefined
}

function matched<T extends Item>(pairs: readonly (readonly [T, string])[]): AllHeard<T> {
  const answers: ListedAnswer<T>[] = []
  for (const [item, entry] of pairs) {
    const value = readEntry(item, entry)
    if (value === undefined) return ask('out_of_range')
    answers.push({ item, value })
  }
  return { kind: 'answers', answers }
}

/** The answers of a list without labels, which must be as many as the items. */
function inOrder<T extends Item>(items: readonly T[], entries: readonly string[]): AllHeard<T> {
  if (!items.every(takesDigit)) return ask('unsuitable')
  if (entries.length < items.length) return ask('too_few')
  if (entries.length > items.length) return ask('too_many')
  return matched(items.flatMap((item, i) => [[item, entries[i] ?? ''] as const]))
}

function byLabel<T extends Item>(
  items: readonly T[],
  pairs: readonly (readonly [number, string])[],
): AllHeard<T> {
  const labels = pairs.map(([label]) => label)
  if (new Set(labels).size < labels.length) return ask('unclear')
  if (labels.some((label) => label < 1 || label > items.length)) return ask('too_many')
  const named = pairs.flatMap(([label, entry]) => {
    const item = items[label - 1]
    return item ? [[item, entry] as const] : []
  })
  return named.every(([item]) => takesDigit(item)) ? matched(named) : ask('unsuitable')
}

/** Whether glued digits may be meant for these items: about as many, and in range but for a slip. */
function plausible(items: readonly Item[], signs: readonly string[]): boolean {
  const most = Math.max(...items.flatMap((item) => choices(item).map(({ digit }) => digit)))
  const beyond = signs.filter((sign) => Number(sign) > most).length
  if (signs.length === items.length) return beyond <= (items.length > 3 ? 1 : 0)
  return signs.length > 3 && beyond === 0 && Math.abs(signs.length - items.length) <= 2
}

/** Digits without anything between them. In a group a house or order number looks the same. */
function glued<T extends Item>(
  items: readonly T[],
  text: string,
  where: Where,
): AllHeard<T> | undefined {
  const signs = [...text]
  const digits = /^\d+$/.test(text)
  if (digits && OTHER_FIGURE.test(text)) {
    return where === 'direct' && signs.length === items.length ? ask('unclear') : undefined
  }
  if (where === 'group' && !plausible(items, signs)) return undefined
  // Crying (呜呜呜) as long as it is short.
  if (where === 'group' && /^5+$/.test(text) && signs.length < 6) return ask('unclear')
  // Mostly zeros is an amount or a post code.
  if (signs.filter((sign) => sign === '0').length * 2 > signs.length) return ask('unclear')
  return inOrder(items, signs)
}

/** 1、1、2、1 has no labels: one sign parts all of it. */
const UNIFORM = /^\d([^\d])\d(?:\1\d)*$/

const SAME =
  /^(?:全部|全|都|统统|每题|每项|所有)都?(?:是|选|打|给|填)?(?!可以|行|成|好$|一样)(.{1,8})$/

/** 都是5, 全部满意. */
function allTheSame<T extends Item>(
  items: readonly T[],
  entry: string,
  where: Where,
): AllHeard<T> | undefined {
  const [first] = items
  const heard = first && understandAnswer(first, entry, where)
  if (heard?.kind !== 'answer' || !items.every(takesDigit)) return undefined
  return matched(items.map((item) => [item, entry]))
}

const HAN_DIGITS = /^[一二三四五六七八九]+$/

const PARTS = /[\s,;、/|\-。.]+/

/**
 * All answers of a questionnaire in one message: `54433`, `5 4 4 3 3`, `1.5 2.4`, `第1题5 第2题4`, words
 * between commas. `0`, `?` and `x` stand for 不清楚. A list without labels must have an answer for every
 * item; a labelled one may leave some out. `undefined` when the message is no such list.
 * @param items the items in the order in which they were shown, at least two
 */
export function understandAll<T extends Item>(
  items: readonly T[],
  text: string,
  where: Where,
): AllHeard<T> | undefined {
  if (items.length < 2 || text.length > LONGEST) return undefined
  // ①5②4: the ringed ones are labels.
  const marked = text.replace(
    /[①-⑨](?=\s*[0-9０-９])/g,
    (sign) => ` ${sign.charCodeAt(0) - 0x245f}.`,
  )
  const words = normalise(marked).replace(LEAD, '').replace(TAIL, '')
  if (words === '') return undefined
  const same = SAME.exec(words)?.[1]
  if (same !== undefined && items.length > 2) return allTheSame(items, same, where)
  const pairs = UNIFORM.test(words) ? undefined : labelled(words)
  const ordered = pairs?.every(([label], i) => label === i + 1)
  if (
    pairs &&
    (pairs.length > 1 || /第|题/.test(words)) &&
    (where === 'direct' || ordered || /第|题/.test(words))
  ) {
    return byLabel(items, pairs)
  }
  if (/^[\d?x×]{3,}$/.test(words) || (/^\d{2}$/.test(words) && items.length === 2))
    return glued(items, words, where)
  if (HAN_DIGITS.test(words) && words.length === items.length && items.length > 3) {
    return inOrder(items, [...words])
  }
  // 3.5 and 3-2 are a price and a door.
  if (where === 'group' && /^\d[.\-/]\d$/.test(words)) return undefined
  const entries = words.split(PARTS)
  if (entries.length < 2 || entries.length > 40) return undefined
  return list(items, entries, where)
}

/** 5 4 4 3 3 and 很满意,满意,一般; ① 5 ② 4 with the labels apart. */
function list<T extends Item>(
  items: readonly T[],
  entries: readonly string[],
  where: Where,
): AllHeard<T> | undefined {
  const digits = entries.every((entry) => /^[0-9?x×]$|^[一二三四五六七八九]$/.test(entry))
  const labels = entries.filter((_, i) => i % 2 === 0)
  const paired =
    digits &&
    entries.length === items.length * 2 &&
    labels.every((label, i) => parseNumeral(label) === i + 1)
  if (paired)
    return inOrder(
      items,
      entries.filter((_, i) => i % 2 === 1),
    )
  if (digits) {
    const few = entries.length < 3 && entries.length < items.length
    return few ? undefined : inOrder(items, entries)
  }
  // Words count only when they are answers, each of them, and as many as the items.
  if (entries.length !== items.length || !items.every(takesDigit)) return undefined
  const heard = entries.map((entry, i) => {
    const item = items[i]
    return item && understandAnswer(item, entry, where)
  })
  if (heard.some((each) => each?.kind !== 'answer' && each?.kind !== 'unsure')) return undefined
  return inOrder(items, entries)
}
