import { fold, type Range, without } from './fold.ts'
import { normalise } from './normalise.ts'

export interface Address {
  /** As the sender typed it, a quote's header taken off. */
  readonly text: string
  /** What the network says; one that knows no mentions says false everywhere. */
  readonly mentions: { readonly self: boolean; readonly all: boolean; readonly others: boolean }
  /** The message quotes one of the bot's own. */
  readonly quoteOfSelf: boolean
  /** Said to the bot alone. */
  readonly direct: boolean
}

export interface Addressing {
  readonly how: 'direct' | 'mention' | 'name' | 'quote' | 'none'
  /**
   * The name runs into the next word, so this may be talk about the bot (小邻真棒): answer only what
   * really is a command.
   */
  readonly glued: boolean
  /** What is said, normalised, without the bot's name. */
  readonly body: string
  /** What is said in the sender's own words and writing, without the bot's name. */
  readonly words: string
  /** Somebody else than the bot is named with an @. */
  readonly othersMentioned: boolean
}

const SEPARATOR = /^[\s,:;!?。.、~…·\-，：；！？\p{Extended_Pictographic}]/u
const SEPARATORS = /[\s,:;!?。.、~…·\-，：；！？]*/uy
const OPENING = /\s*(?:(?:请问|麻烦|你好|您好|嗨|嘿|喂|hi|hello)[\s,!。~]*)?/uy
/** After these the name was only the beginning of another word (小邻居, 邻里关系). */
const LONGER_WORD = /^(?:居|里|家|们|之间|关系|纠纷|矛盾|互助|和睦|和谐|圈)/
const EVERYBODY = /^(?:所有人|全体成员|all(?![a-z])|everyone)/

function after(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from
  return pattern.exec(text) ? pattern.lastIndex : from
}

/** Where one of the names ends that begins at `from`, unless it is part of a longer word. */
function nameEnd(text: string, from: number, names: readonly string[]): number | undefined {
  const name = names.find((each) => text.startsWith(each, from))
  if (name === undefined) return undefined
  const end = from + name.length
  return LONGER_WORD.test(text.slice(end, end + 2)) ? undefined : end
}

function isGlued(text: string, end: number): boolean {
  return end < text.length && !SEPARATOR.test(text.slice(end, end + 2))
}

interface Call extends Range {
  readonly at: boolean
  readonly glued: boolean
}

/** The bot's name, once or more, at the beginning of the text, perhaps after a greeting. */
function openingCall(text: string, names: readonly string[]): Call | undefined {
  let end = after(OPENING, text, 0)
  let at = false
  let found = false
  for (;;) {
    let from = found ? after(SEPARATORS, text, end) : end
    const sign = text.charAt(from) === '@'
    if (sign) from += text.charAt(from + 1) === ' ' ? 2 : 1
    const next = nameEnd(text, from, names)
    if (next === undefined) break
    found = true
    at ||= sign
    end = next
  }
  if (!found) return undefined
  return { start: 0, end: after(SEPARATORS, text, end), at, glued: isGlued(text, end) }
}

interface Mention extends Range {
  readonly who: 'bot' | 'all' | 'other'
  readonly glued: boolean
}

/** Every @ of the text that is not part of an e-mail address, nor of 别@我. */
function mentionsIn(text: string, names: readonly string[]): Mention[] {
  return [...text.matchAll(/(?<![a-z0-9._%+-])@ ?(?=[^\s@])(?!我们?(?:了|[,。!]|$))/g)].map(
    (match): Mention => {
      const start = match.index
      const from = start + match[0].length
      const named = nameEnd(text, from, names)
      if (named !== undefined) {
        return { who: 'bot', start, end: named, glued: isGlued(text, named) }
      }
      const end = after(/[^\s@,:;!?。、]*/y, text, from)
      const who = EVERYBODY.test(text.slice(from, from + 8)) ? 'all' : 'other'
      return { who, start, end, glued: false }
    },
  )
}

/** The @s that mean the bot. A name the bot was not told of counts when the network is sure and it is the only @. */
function ofBot(mentions: readonly Mention[], { self, all, others }: Address['mentions']) {
  const known = mentions.filter(
    // With others named and not the bot, a glued name is the head of a longer nickname.
    ({ who, glued }) => who === 'bot' && !(glued && others && !self),
  )
  const only = mentions.length === 1 ? mentions[0] : undefined
  const guessed = known.length === 0 && self && !all && !others && only?.who === 'other'
  return guessed && only ? [only] : known
}

/**
 * Whether a message speaks to the bot, and what it says.
 *
 * In a direct chat always. In a group: its name or @ at the beginning; a mention of it anywhere, unless
 * everybody is mentioned; a quote of its message. `@所有人` is not an address even when the network counts
 * the bot among everybody.
 * @param names the names the bot goes by, its nickname in the group among them
 */
export function address(input: Address, names: readonly string[]): Addressing {
  const text = fold(input.text)
  const known = names
    .map((name) => fold(name.trim()))
    .filter((name) => name !== '')
    .sort((a, b) => b.length - a.length)
  const mentions = mentionsIn(text, known)
  const bot = ofBot(mentions, input.mentions)
  const opening = openingCall(text, known)
  const call = opening?.at && bot.length === 0 ? undefined : opening
  const othersMentioned =
    input.mentions.others || mentions.some((each) => each.who !== 'all' && !bot.includes(each))
  const everybody = input.mentions.all || mentions.some(({ who }) => who === 'all')

  const result = (how: Addressing['how'], cuts: readonly Range[], glued = false): Addressing => {
    const words = cuts.length > 0 ? without(input.text, cuts) : input.text
    return { how, glued, body: normalise(words), words, othersMentioned }
  }
  const cuts = call ? [call, ...bot] : bot
  if (input.direct) return result('direct', cuts)
  if (call?.at) return result('mention', cuts)
  if (call && !call.glued) return result('name', cuts)
  if (!everybody && (input.mentions.self || bot.length > 0)) return result('mention', cuts)
  if (!everybody && input.quoteOfSelf) return result('quote', [])
  return call ? result('name', [call], true) : result('none', [])
}

export interface Quote {
  readonly name: string
  readonly text: string
}

const RULE = /」\r?\n(?:- ?){5,}[^\S\n]*(?:\r?\n|$)/y

/** Where the 」 stands that closes the header: the one that balances its 「, else the first before a rule. */
function headerEnd(text: string): number | undefined {
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    const sign = text.charAt(i)
    if (sign === '「') depth++
    else if (sign === '」' && --depth === 0) {
      if (after(RULE, text, i) > i) return i
      break
    }
  }
  for (let i = text.indexOf('」'); i >= 0; i = text.indexOf('」', i + 1)) {
    if (after(RULE, text, i) > i) return i
  }
  return undefined
}

/**
 * Takes off the header into which some networks flatten a quote: `「name：what they said」`, a line of
 * `- - - - -`, the reply. Without a header the reply is the text, unchanged.
 */
export function splitQuote(text: string): { readonly quote?: Quote; readonly reply: string } {
  const end = text.startsWith('「') ? headerEnd(text) : undefined
  if (end === undefined) return { reply: text }
  const quoted = text.slice(1, end)
  const colon = quoted.includes('：') ? quoted.indexOf('：') : quoted.indexOf(':')
  if (colon < 0) return { reply: text }
  return {
    quote: { name: quoted.slice(0, colon), text: quoted.slice(colon + 1) },
    reply: text.slice(after(RULE, text, end)),
  }
}
