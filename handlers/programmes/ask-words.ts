import type { Content } from '../../content/schema.ts'
import { normalise } from '../core/text/normalise.ts'

/** What a question is made of: each word of the content's `ask.` lists, and the programmes' names. */
export interface Token {
  readonly word: string
  /** The names of its lists without `ask.`. */
  readonly kinds: ReadonlySet<string>
  /** The programme that it names. */
  readonly programme?: string
  /** It names the programme only when Linli is spoken to. */
  readonly common?: boolean
}

/** What was read: the words in their order, and what no list knows. */
export interface Reading {
  readonly tokens: readonly Token[]
  readonly rest: string
}

type Vocabulary = ReadonlyMap<string, readonly Token[]>

/** With a day of the week after it, a week is part of a day: 下周三, next wednesday. */
const WEEKS: ReadonlySet<string> = new Set(['this-week', 'next-week', 'next'])
const DAY_OF_WEEK = /^ ?(?:[一二三四五六日天末1-7]|mon|tue|wed|thu|fri|sat|sun)/

/** Takes a text apart, the longest word first wherever it stands. */
export function takeApart(text: string, vocabulary: Vocabulary): Reading {
  const tokens: Token[] = []
  let rest = ''
  for (let i = 0; i < text.length; ) {
    const token = vocabulary.get(text.charAt(i))?.find((t) => isAt(text, i, t))
    if (token !== undefined) {
      tokens.push(token)
      i += token.word.length
    } else {
      const unknown = /^(?:[a-z]+|.)/u.exec(text.slice(i))?.[0] ?? ''
      rest += unknown
      i += unknown.length
    }
  }
  return { tokens, rest: rest.replace(/ +/g, ' ').trim() }
}

function isAt(text: string, i: number, { word, kinds }: Token): boolean {
  if (!text.startsWith(word, i)) return false
  const after = text.slice(i + word.length)
  if (/[a-z]$/.test(word) && (/^[a-z]/.test(after) || /[a-z]/.test(text.charAt(i - 1)))) {
    return false
  }
  return !(DAY_OF_WEEK.test(after) && [...kinds].some((kind) => WEEKS.has(kind)))
}

const built = new WeakMap<Content, Vocabulary>()

export function vocabularyOf(content: Content): Vocabulary {
  const known = built.get(content)
  if (known !== undefined) return known
  const tokens = new Map<string, Token>()
  const add = (raw: string, more: Partial<Token>) => {
    const word = plain(normalise(raw))
    const before = tokens.get(word)
    const kinds = new Set([...(before?.kinds ?? []), ...(more.kinds ?? [])])
    tokens.set(word, { ...before, ...more, word, kinds })
  }
  for (const [list, words] of Object.entries(content.words)) {
    const kind = /^ask\.(.+)$/.exec(list)?.[1]
    if (kind !== undefined) for (const word of words) add(word, { kinds: new Set([kind]) })
  }
  for (const { id, name } of content.programmes) {
    const aliases = content.words[`programme.${id}`] ?? []
    for (const word of [...Object.values(name), ...aliases]) add(word, { programme: id })
  }
  for (const word of content.words['programme.common'] ?? []) add(word, { common: true })
  const vocabulary = byFirstLetter([...tokens.values()])
  built.set(content, vocabulary)
  return vocabulary
}

function byFirstLetter(tokens: readonly Token[]): Vocabulary {
  const found = new Map<string, Token[]>()
  for (const token of [...tokens].sort((a, b) => b.word.length - a.word.length)) {
    const letter = token.word.charAt(0)
    found.set(letter, [...(found.get(letter) ?? []), token])
  }
  return found
}

const MONTHS = [
  ...['jan(?:uary)?', 'feb(?:ruary)?', 'mar(?:ch)?', 'apr(?:il)?', 'may', 'june?'],
  ...['july?', 'aug(?:ust)?', 'sept?(?:ember)?', 'oct(?:ober)?', 'nov(?:ember)?', 'dec(?:ember)?'],
]
const MONTH = MONTHS.join('|')
const ENGLISH_DATE = new RegExp(
  `\\b(?:(?<m>${MONTH})\\.? ?(?<d>\\d{1,2})|(?<d2>\\d{1,2})(?:st|nd|rd|th)? (?:of )?(?<m2>${MONTH}))(?:st|nd|rd|th)?\\b`,
  'gi',
)

/** The text with its English dates in figures: Dec 2 is 12月2日. */
export function datesInFigures(text: string): string {
  return text.replace(ENGLISH_DATE, (...args) => {
    const { m, m2, d, d2 } = args.at(-1) as Record<string, string | undefined>
    const name = (m ?? m2 ?? '').slice(0, 3).toLowerCase()
    return `${MONTHS.findIndex((month) => month.startsWith(name)) + 1}月${d ?? d2}日`
  })
}

/** Normalised words without punctuation, dates in figures: what is taken apart. */
export function plain(text: string): string {
  return datesInFigures(text)
    .replaceAll("'", '')
    .replace(/(?<=\d)[.\-/:](?=\d)|[\p{P}\p{S}\s]+/gu, (sign) =>
      /^[.\-/:]$/.test(sign) ? sign : ' ',
    )
    .trim()
}
