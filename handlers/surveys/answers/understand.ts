import type { Item, TextItem } from '../../../content/survey-schema.ts'
import { lengthOf } from '../../../content/survey-words.ts'
import { parseNumeral } from '../../core/text/numerals.ts'
import { intentOf } from './intents.ts'
import { asOption, byOrder, mend } from './mend.ts'
import { readMessage } from './message.ts'
import { readNumber } from './number.ts'
import { optionIndex } from './options.ts'
import type { Reading, Where } from './rate.ts'
import { ofTopic, withoutRemarks } from './remarks.ts'
import { type Token, tokenise } from './tokens.ts'

export type { Where } from './rate.ts'

/** What was heard to a question. */
export type Heard =
  /** A level (1–5), the place of an option (1 is the first), places in rising order, a number, a text. */
  | { readonly kind: 'answer'; readonly value: number | readonly number[] | string }
  /** 不清楚, where the item offers it. */
  | { readonly kind: 'unsure' }
  /** This question is left out. */
  | { readonly kind: 'skip' }
  /** Meant as an answer, but not to be read; between these, when that much is known. */
  | { readonly kind: 'ask'; readonly between?: readonly number[] }
  /** Ordinary talk; only in a group. */
  | { readonly kind: 'ignore' }
  /** The whole survey is refused. */
  | { readonly kind: 'stop' }

/** Longer messages than these are talk in a group, and are asked about in a direct chat. */
const LONGEST = { group: 30, direct: 80 } as const
/** No message of this length is worth reading, except as a text. */
const TOO_LONG = 400

const ASK: Heard = { kind: 'ask' }

function otherwise(where: Where): Heard {
  return where === 'group' ? { kind: 'ignore' } : ASK
}

/** 0分 is a low mark, not 不清楚; and what is put in quotes (非常"满意") is somebody else's word. */
const TWISTED = /^\D{0,6}[0零] ?(?:分|颗?星)|[太真可很好常分极是]"[^"]{0,4}满意/

function tidy(text: string): string {
  return text
    .replace(/(?!\n)[\p{Cc}\p{Cs}\u200B\u2060\uFEFF]/gu, ' ')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n\s*/g, '\n')
    .trim()
}

const MARKED =
  /^(?:我的)?(?:回答|答案?|答复|建议|意见|想法|反馈|answer|suggestion)(?:是|如下)?\s*[:：]\s*/i

/** Asks something of Linli, or greets: 你会干啥, 今天有什么活动. A wish may be a question too: 能不能多装几盏灯? */
const ASKS =
  /^(?:在吗?|在不在|你好|您好|帮助|菜单|功能|help|hi|hello)[啊呀吗呢?? !！。]*$|^(?:你|您)(?:是|叫|会|能|在|有|可以|知道|几岁|谁)|(?:今[天晚日]|明[天晚日]|后天|这?周[末一二三四五六日]|本周|最近|下周)?(?:有|是|办|搞)(?:些|没有)?(?:什么|啥|哪些)(?!好|用|意思)|(?:几点|什么时候|啥时候|在哪儿?里?|在哪个|怎么(?:走|报名|参加|用|玩|办|查|退)|(?:天气|温度|多少度)|多少钱|是谁|干啥|干什么|做什么)(?:的|了|开始|呀|啊|呢|吗|去)*[?？!！。]*$|^(?:查|看)(?:一?下|看)?/i

/** In a group, where anything could be a text, only what says that it is one (建议:…). */
function understandText(item: TextItem, text: string, where: Where): Heard {
  const words = tidy(text)
  const intent = words.length <= 40 ? intentOf(mend(words), where) : undefined
  if (intent && (intent !== 'unsure' || item.unknown)) return { kind: intent }
  if (where === 'group' && !MARKED.test(words)) return { kind: 'ignore' }
  if (!MARKED.test(words) && ASKS.test(words)) return ASK
  const value = words.replace(MARKED, '')
  return value === '' || lengthOf(value) > item.maxLength ? ASK : { kind: 'answer', value }
}

/** Only emoji: faces and stars are levels where a level is asked. In a group one thumb, no chain. */
function facesOf(tokens: readonly Token[], where: Where): Reading | undefined {
  const faces = tokens.filter(({ kind }) => kind !== 'gap')
  if (faces.length === 0 || faces.some(({ kind }) => kind !== 'mark')) return undefined
  const levels = new Set(faces.map(({ level }) => level))
  const [level] = levels
  const thumb = faces.length === 1 && /^(?:👍|👎|\[强\]|\[弱\])/u.test(faces[0]?.text ?? '')
  if (level === undefined || levels.size > 1 || (where === 'group' && !thumb)) return undefined
  const chain = faces.length > 2 && level !== 3
  return { kind: 'places', places: [chain ? (level > 3 ? 5 : 1) : level] }
}

/** ⭐⭐⭐⭐⭐ and ★★★★☆. */
function starsOf(text: string): Reading | undefined {
  const stars = /^((?:[⭐★🌟] ?){2,5})(?:☆ ?)*$/u.exec(text)?.[1]
  return stars ? { kind: 'places', places: [[...stars.replaceAll(' ', '')].length] } : undefined
}

type Choice = Exclude<Item, { type: 'number' | 'text' }>

function tokensOf(item: Choice, words: string, where: Where): readonly Token[] {
  if (item.type === 'scale') return tokenise(byOrder(words, 5), 5)
  const { length } = item.options
  const direct = where === 'direct'
  // 6.5 is a day, and who guesses asks: 四月二十二?
  const guess = direct && item.type === 'knowledge' && !/还是|或|吗|么/.test(words)
  const dated = words.replace(/^(\d{1,2})[.\-/](\d{1,2})$/, byDay(item))
  const plain = asOption(guess ? dated.replace(/\?$/, '') : dated)
  const said = withoutCount(byOrder(plain, length))
  const index = optionIndex(item.options)
  const tokens = tokenise(said, length, index).map(withoutRating)
  const option = tokens.some(({ kind }) => kind === 'word')
    ? index.shortened(said, direct)
    : undefined
  return option ? [{ kind: 'option', text: said, option }] : tokens
}

/** How a day in two numbers is written where the options are days. */
function byDay({ options }: Exclude<Choice, { type: 'scale' }>): string {
  return options.some(({ text }) => /\d月\d/.test(text['zh-CN'])) ? '$1月$2日' : '$&'
}

/** Who names each of several right options knows as much as who names one. */
function takesSeveral(item: Exclude<Item, TextItem>): boolean {
  if (item.type !== 'knowledge') return item.type === 'multiple'
  return item.choose === 'many' || item.options.filter(({ correct }) => correct).length > 1
}

function readChoice(item: Choice, text: string, tokens: readonly Token[], where: Where): Reading {
  if (item.type !== 'scale') {
    return readMessage(tokens, { count: item.options.length, many: takesSeveral(item), where })
  }
  const shown = starsOf(text) ?? facesOf(tokens, where)
  return shown ?? readMessage(tokens, { count: 5, many: false, where })
}

/** 1,3两个 says how many there are, and nothing else. */
function withoutCount(words: string): string {
  const [, list = '', count = ''] =
    /^(.*\d)[,、 ]*(?:这|共)?([两二三四五六])[个项种样]$/.exec(words) ?? []
  const named = list.match(/\d/g)?.length
  return named !== undefined && named === parseNumeral(count) ? list : words
}

/** 挺好的 rates nothing where options are asked. */
function withoutRating(token: Token): Token {
  return token.kind === 'rating' ? { kind: 'word', text: token.text } : token
}

function heard(item: Exclude<Item, TextItem>, reading: Reading, where: Where): Heard {
  if (reading.kind === 'between') return { kind: 'ask', between: reading.places }
  if (reading.kind === 'unclear') return ASK
  if (reading.kind !== 'places') return otherwise(where)
  const [first = 0] = reading.places
  if (item.type === 'number') return { kind: 'answer', value: first }
  if (first === 0) return item.unknown ? { kind: 'unsure' } : ASK
  const one = item.type === 'knowledge' && item.choose === 'one' && reading.places.length === 1
  return { kind: 'answer', value: takesSeveral(item) && !one ? reading.places : first }
}

function ofIntent(item: Item, words: string, where: Where): Heard | undefined {
  const intent = intentOf(words, where)
  if (!intent) return undefined
  return intent === 'unsure' && !item.unknown ? otherwise(where) : { kind: intent }
}

function isWhole({ kind, option }: Token): boolean {
  return option ? option.share === 1 : ['fill', 'verb', 'mark', 'gap', 'break'].includes(kind)
}

/** What a whole message, or a part of one, means by itself. */
function understandWords(item: Exclude<Item, TextItem>, words: string, where: Where): Heard {
  if (item.type === 'number') {
    return ofIntent(item, words, where) ?? heard(item, readNumber(item, words, where), where)
  }
  if (item.type === 'scale' && TWISTED.test(words)) return ASK
  // An option may be called 不知道 or 不参加.
  const tokens = tokensOf(item, words, where)
  const named = tokens.some(({ option }) => option) && tokens.every(isWhole)
  const intent = named ? undefined : ofIntent(item, words, where)
  return intent ?? heard(item, readChoice(item, words, tokens, where), where)
}

const TAKEN_BACK = /^(.{1,8}?)[,。! ]*(?:(?:不对)+|错了|不是不是|[哦啊]不)[,。! ]+(.+)$/

/** The answer of a message that also says why, or names what was asked about. */
function understandPart(
  item: Exclude<Item, TextItem>,
  words: string,
  where: Where,
): Heard | undefined {
  const counts = (part: string | undefined) => {
    const meant = part === undefined ? undefined : understandWords(item, part, 'group')
    return meant?.kind === 'answer' || meant?.kind === 'unsure' ? meant : undefined
  }
  const strict = (part: string) => counts(part) ?? counts(ofTopic(item, part))
  // 1,不对,大骨头是其他垃圾
  const [, first, better] = TAKEN_BACK.exec(words) ?? []
  if (better !== undefined && counts(first)) return understandPart(item, better, where)
  // 可回收吧?我都攒着呢; 120?我选1
  const told =
    item.type === 'knowledge' ? words.replace(/(?<=[吧呗])\?|\?(?=我?就?选)/g, ',') : words
  const names = (part: string) =>
    item.type !== 'number' &&
    tokensOf(item, part, 'direct').some(({ option }) => (option?.share ?? 0) >= 0.5)
  const kept = withoutRemarks(item, told, where, strict, names)
  return kept === undefined ? strict(told) : strict(kept)
}

/**
 * What a resident's message means as an answer to `item`. Never guesses: what could mean two things is
 * `ask`. In a group all of the message must be an answer or a remark on it, so that talk is left alone; a
 * quote's header, the bot's name and mentions must have been taken off.
 */
export function understandAnswer(item: Item, text: string, where: Where): Heard {
  if (item.type === 'text') return understandText(item, text, where)
  if (text.length > TOO_LONG) return otherwise(where)
  const words = mend(text)
  if (words === '' || words.length > LONGEST[where]) return otherwise(where)
  const whole = understandWords(item, words, where)
  const open = whole.kind === 'ignore' || (where === 'direct' && whole.kind === 'ask')
  return (open ? understandPart(item, words, where) : undefined) ?? whole
}
