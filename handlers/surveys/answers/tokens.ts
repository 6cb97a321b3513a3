import { parseNumeral } from '../../core/text/numerals.ts'
import { DEGREES, FACES, RATINGS, WORDS, type WordKind } from './lexicon.ts'
import { type OptionIndex, standsAt, type Wording } from './options.ts'

export type TokenKind =
  | WordKind
  | 'rating'
  | 'number'
  | 'option'
  | 'mark'
  | 'gap'
  | 'break'
  | 'word'

export interface Token {
  readonly kind: TokenKind
  readonly text: string
  /** Of a rating: its level, 1 to 5. */
  readonly level?: number
  readonly option?: Wording
  /** Of a number, how it is written. */
  readonly style?: 'digits' | 'decimal' | 'han' | 'letters'
}

type Entry = Pick<Token, 'kind' | 'level'>

function lexicon(): ReadonlyMap<string, Entry> {
  const words = new Map<string, Entry>()
  const put = (list: string, entry: Entry) => {
    for (const word of list.split(' ')) words.set(word.replaceAll('_', ' '), entry)
  }
  for (const [kind, list] of Object.entries(WORDS)) put(list, { kind: kind as WordKind })
  put(Object.keys(DEGREES).join(' '), { kind: 'word' })
  for (const [level, list] of Object.entries(RATINGS)) {
    put(list, { kind: 'rating', level: Number(level) })
  }
  return words
}

const LEXICON = lexicon()

/** The length of the longest word that begins with a sign. */
const LONGEST = new Map<string, number>()
for (const word of LEXICON.keys()) {
  const first = word.charAt(0)
  LONGEST.set(first, Math.max(LONGEST.get(first) ?? 0, word.length))
}

/** A time of day and a sum of digits with signs are nobody's choice. */
const FIGURE = /\d+:\d+|\d+[a-z]+|[a-z]+\d+|\d+(?:\.\d+){2,}(?=\.|$)|\d+%/y
const DECIMAL = /\d+\.\d+(?![.\d])/y
const DIGITS = /\d+/y
const HAN = /[零〇一二两三四五六七八九十百千壹贰叁肆伍]+/y
const LATIN = /[a-z]+/y
const EMOTE = /\[[^[\]\s]{1,4}\]/y
const PICTURE = /\p{Extended_Pictographic}\p{Emoji_Modifier}?(?:\u200D\p{Extended_Pictographic})*/uy
const HARD = /[,。!;:=\n…()"'【】[\]《》<>]/

function match(pattern: RegExp, text: string, from: number): string | undefined {
  pattern.lastIndex = from
  return pattern.exec(text)?.[0]
}

const DEGREE: ReadonlySet<TokenKind> = new Set([
  ...(['strong', 'mild', 'not', 'hardly', 'never'] as const),
])

const LED: ReadonlySet<TokenKind> = new Set([
  ...(['fill', 'lead', 'gap', 'break', 'earlier', 'fix'] as const),
])

/** Whether a word may lead up to what is meant: 我说满意, but not 满意就说. */
function leads(tokens: readonly Token[]): boolean {
  const before = tokens.at(-1)
  if (before !== undefined && !LED.has(before.kind)) return false
  const clause = tokens.slice(tokens.findLastIndex(({ kind }) => kind === 'break') + 1)
  return !clause.some(({ kind }) => kind === 'rating')
}

function known(text: string, from: number, tokens: readonly Token[]): Token | undefined {
  const before = tokens.at(-1)
  const afterDegree = before !== undefined && (DEGREE.has(before.kind) || before.text in DEGREES)
  const longest = Math.min(LONGEST.get(text.charAt(from)) ?? 0, text.length - from)
  for (let length = longest; length > 0; length--) {
    const word = text.slice(from, from + length)
    const entry = LEXICON.get(word)
    if (!entry || !standsAt(text, word, from)) continue
    if (entry.kind === 'name') {
      const apart = !before || ['gap', 'break'].includes(before.kind) || before.kind === 'fill'
      const ends = /^$|[\s\p{P}]/u.test(text.charAt(from + word.length))
      return { kind: apart && ends && before?.text !== '的' ? 'fill' : 'word', text: word }
    }
    if (entry.kind === 'lead') {
      return { kind: leads(tokens) ? 'fill' : 'word', text: word }
    }
    // 满意还是不满意 asks, 还是不满意 does not.
    if (word === '还是不' && before?.kind !== 'rating') continue
    // 三成 is a part, 一对 are two.
    if (/^[成对]$/.test(word) && before?.kind === 'number') return { kind: 'word', text: word }
    if (entry.kind === 'ack' && afterDegree) {
      if (word === '行') return { kind: 'rating', level: 4, text: word }
      continue
    }
    return { ...entry, kind: entry.kind === 'ack' ? 'fill' : entry.kind, text: word }
  }
  return undefined
}

function picture(text: string): Token {
  const level = FACES.get(text.replace(/\p{Emoji_Modifier}/gu, ''))
  return level === undefined ? { kind: 'mark', text } : { kind: 'mark', text, level }
}

function shaped(text: string, from: number, letters: number): Token {
  const figure = match(FIGURE, text, from)
  if (figure !== undefined) {
    return { kind: figure.endsWith('%') ? 'unclear' : 'word', text: figure }
  }
  const decimal = match(DECIMAL, text, from)
  if (decimal !== undefined) return { kind: 'number', style: 'decimal', text: decimal }
  const digits = match(DIGITS, text, from)
  if (digits !== undefined) return { kind: 'number', style: 'digits', text: digits }
  const han = match(HAN, text, from)
  if (han !== undefined) return { kind: 'number', style: 'han', text: han }
  const latin = match(LATIN, text, from)
  if (latin !== undefined) {
    const places = [...latin].map((letter) => letter.charCodeAt(0) - 96)
    const all = places.every((place) => place <= letters) && new Set(places).size === places.length
    return all ? { kind: 'number', style: 'letters', text: latin } : { kind: 'word', text: latin }
  }
  const face = match(EMOTE, text, from) ?? match(PICTURE, text, from)
  if (face !== undefined) return picture(face)
  const sign = String.fromCodePoint(text.codePointAt(from) ?? 0x20)
  if (sign === ' ') return { kind: 'gap', text: sign }
  return { kind: HARD.test(sign) ? 'break' : 'word', text: sign }
}

const RATES: ReadonlySet<TokenKind> = new Set([...(['rating', 'not', 'hardly', 'never'] as const)])

/** 好 and its like are degrees where what rates follows at once, and none where a degree precedes. */
function settleDegrees(tokens: readonly Token[]): readonly Token[] {
  const settled: Token[] = []
  for (const [i, token] of [...tokens.entries()].reverse()) {
    const degree = DEGREES[token.text]
    const next = settled.at(-1)
    const graded = DEGREE.has(tokens[i - 1]?.kind ?? 'word')
    if (degree && next && RATES.has(next.kind) && !graded) {
      settled.push({ kind: degree, text: token.text })
    } else if (token.text === '十分') settled.push({ kind: 'number', style: 'han', text: '十' })
    else settled.push(token)
  }
  return settled.reverse()
}

/**
 * A normalised text as words of the lexicon, of the item's options, numbers and signs; what is none of
 * these is one `word` for each sign. The longest word wins, an option before a word of the same length.
 * @param letters how many choices have a letter (a, b, c…)
 */
export function tokenise(text: string, letters: number, options?: OptionIndex): readonly Token[] {
  const tokens: Token[] = []
  for (let at = 0; at < text.length; ) {
    const chosen = options?.at(text, at)
    const word = known(text, at, tokens)
    const next =
      chosen && chosen.text.length >= (word?.text.length ?? 0)
        ? { kind: 'option' as const, text: chosen.text, option: chosen }
        : (word ?? shaped(text, at, letters))
    tokens.push(next)
    at += next.text.length
  }
  return settleDegrees(tokens)
}

/** Each place that a number token chooses, glued digits one by one (134 is 1, 3 and 4). */
export function places(token: Token): readonly number[] {
  if (token.style === 'letters') return [...token.text].map((sign) => sign.charCodeAt(0) - 96)
  return [...token.text].filter((sign) => sign !== '.').map((sign) => parseNumeral(sign) ?? 0)
}
