import { createHash } from 'node:crypto'
import type { LocalDate } from '../../content/time.ts'
import type { Role } from '../../db/schema.ts'
import type { Answer, Command, Ctx, Env, Said, Where } from './feature.ts'
import type { Incoming } from './ports.ts'
import { may } from './roles.ts'
import { type Addressing, address } from './text/address.ts'

/**
 * By what a message is known again: its id in this session, and what it says in any session. A file that came to be
 * wanted is another message than the same one when it was not.
 */
export function identify(message: Incoming): { readonly key: string; readonly hash: string } {
  const { sender, room, session, image, file } = message
  const kept = image ?? file
  const content = JSON.stringify([
    room?.topic ?? '',
    sender.alias ?? sender.name,
    message.at,
    message.kind,
    message.text,
    ...(kept ? [kept.ok ? kept.value.hash : kept.error] : []),
  ])
  const hash = createHash('sha256').update(content).digest('hex')
  return { key: `${session}:${message.messageId ?? hash}${kept ? '#image' : ''}`, hash }
}

export interface Heard extends Said {
  readonly how: Addressing['how']
  /** The name ran into the next word: perhaps talk about Linli. */
  readonly glued: boolean
  /** Somebody else, or everybody, is named with an @, or somebody's message is quoted. */
  readonly toOthers: boolean
}

/** The part of a message that is listened to. */
export type Spoken = Pick<Incoming, 'text' | 'mentions' | 'quote' | 'room'>

/** What the message says, and whether it says it to Linli. */
export function hear(env: Pick<Env, 'content'>, message: Spoken): Heard {
  const { botName, botNicknames, botSoundsLike } = env.content.community
  const own = addressing(message, [botName, ...botNicknames])
  const { how, glued, body, words, othersMentioned } =
    own.how === 'none' ? misheard(message, botSoundsLike, own) : own
  const aside = othersMentioned && !toDuty(message.text, env.content.words['duty'])
  const toOthers = aside || message.mentions.all || message.quote?.ofSelf === false
  const addressed = how !== 'none'
  const text = joined(addressed ? body.replace(/@\S+ ?/g, '').trim() : body)
  const quoted = message.quote?.ofSelf ? { quoted: message.quote.text } : {}
  return { text, words, addressed, how, glued, toOthers, ...quoted }
}

/** `@物业 3号楼施工没停`: who looks after the estate is named to get something done, not as a neighbour. */
function toDuty(text: string, words: readonly string[] = []): boolean {
  const named = [...text.matchAll(/@\s?([^\s@,，:：!！?？。]+)/gu)].map(([, name = '']) => name)
  return named.length > 0 && named.every((name) => words.some((word) => name.includes(word)))
}

/** Voice input and shaky fingers set every character apart: 今 天 有 什 么. */
function joined(text: string): string {
  return text.replace(/(?<![^\s])\p{Script=Han}(?: \p{Script=Han}){2,}(?![^\s\p{P}])/gu, (run) =>
    run.replaceAll(' ', ''),
  )
}

function addressing({ text, mentions, quote, room }: Spoken, names: readonly string[]): Addressing {
  const quoteOfSelf = quote?.ofSelf ?? false
  return address({ text, mentions, quoteOfSelf, direct: room === undefined }, names)
}

/** Voice input writes the name as it sounds. An @ is picked, not spoken: whoever is named with one is that person. */
function misheard(message: Spoken, names: readonly string[], otherwise: Addressing): Addressing {
  const heard = addressing(message, names)
  return heard.how === 'name' ? { ...heard, glued: true } : otherwise
}

export interface Found {
  readonly command: Command
  readonly run: (ctx: Ctx) => Answer
}

export interface Listening {
  readonly where: Where
  /** The speaker's role on record. */
  readonly record: Role
  readonly today: LocalDate
  /** The speaker has a dialogue open here: what leaves it is heard without Linli's name. */
  readonly inDialogue: boolean
}

/** The command that was said, if it was said to Linli or needs no address. */
export function findCommand(env: Env, heard: Heard, listening: Listening): Found | undefined {
  const { where, record, today, inDialogue } = listening
  for (const command of env.commands) {
    if (!command.where.includes(where)) continue
    const bare = command.bare?.includes(where) || (inDialogue && command.first)
    const unmistakable = bare && !heard.toOthers && may(record, command.role)
    if (!heard.addressed && !unmistakable) continue
    const run = command.match(heard, env, today)
    if (run) return { command, run }
  }
  return undefined
}
