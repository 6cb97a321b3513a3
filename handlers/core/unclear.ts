import { phrase, render, type Say } from '../../content/i18n.ts'
import type { Lang } from '../../content/schema.ts'
import { type Instant, minutesBetween } from '../../content/time.ts'
import type { Role } from '../../db/schema.ts'
import type { Command, Env, Where } from './feature.ts'
import type { Heard } from './hearing.ts'
import type { MessageKind } from './ports.ts'
import { may } from './roles.ts'
import { nearest } from './text/similar.ts'
import { isWord } from './words.ts'

/** The commands that help shows to somebody of that role there. */
export function usable(env: Env, where: Where, role: Role): Command[] {
  return env.commands.filter(
    (c) => c.help !== undefined && c.where.includes(where) && may(role, c.role),
  )
}

/** What cannot be read is answered only in a direct chat, and stickers not at all. */
export function wordlessAnswer(kind: MessageKind, where: Where): Say | undefined {
  if (where !== 'direct') return undefined
  switch (kind) {
    case 'audio':
      return phrase('core.pleaseType')
    case 'emoticon':
    case 'recall':
    case 'other':
      return undefined
    case 'image':
      return phrase('core.wordsToPicture')
    default:
      return phrase('core.wordsPlease')
  }
}

/** An unclear message gets the nearest commands in a direct chat, one line in a group, and never an error. */
export function unclearAnswer(
  env: Env,
  heard: Heard,
  { where, role, lang }: { readonly where: Where; readonly role: Role; readonly lang: Lang },
): Say | undefined {
  const usage = heard.addressed ? usageOf(env, heard.text, where, role) : undefined
  if (usage !== undefined) return usage
  const spokenTo = heard.how === 'mention' || (heard.how === 'name' && !heard.glued)
  if (where !== 'direct' && !spokenTo) return undefined
  if (isGreeting(heard.text)) return phrase('core.hello')
  if (isCourtesy(env, heard.text)) {
    return where === 'direct' ? phrase('core.youAreWelcome') : undefined
  }
  if (where !== 'direct') return phrase('core.unclearRoom')
  const near = nearest(heard.text, suggestions(env, role, lang), SUGGESTIONS)
  return near.length === 0
    ? phrase('core.unclear')
    : phrase('core.unclearNear', { commands: near.map((n) => `「${n}」`).join('、') })
}

/** Staff who begin a command of theirs and do not finish it are shown how it is said, and where. */
function usageOf(env: Env, text: string, where: Where, role: Role): Say | undefined {
  if (where !== 'direct' && where !== 'staff-room') return undefined
  // 合并居民 is more than 合并: the longest beginning tells which one is meant.
  const [begun] = env.commands
    .filter((c) => c.help !== undefined && c.role !== 'resident' && may(role, c.role))
    .map((command) => ({ command, word: firstWord(command) }))
    .filter(({ word }) => word !== '' && text.startsWith(word))
    .sort((a, b) => b.word.length - a.word.length)
  if (begun?.command.help === undefined) return undefined
  const example = phrase(begun.command.help.example)
  const isHere = begun.command.where.includes(where)
  return isHere ? phrase('core.usage', { example }) : phrase('core.sayPrivately')
}

/** What the example begins with. */
function firstWord({ help }: Command): string {
  if (help === undefined) return ''
  return /^\p{Script=Han}+/u.exec(render(phrase(help.example), 'zh-CN'))?.[0] ?? ''
}

const SUGGESTIONS = 3

function suggestions(env: Env, role: Role, lang: Lang): string[] {
  const examples = usable(env, 'direct', role).flatMap((c) =>
    c.help === undefined ? [] : [render(phrase(c.help.example), lang)],
  )
  return [...new Set([...examples, ...(env.content.words['suggest'] ?? [])])]
}

/** Nothing but a greeting, or nothing at all. */
function isGreeting(text: string): boolean {
  const said = text.replace(/\[[^[\]]{1,4}\]/g, '')
  return /^[\p{P}\p{S}\s]*$/u.test(said) || isWord(said, GREETINGS)
}

const GREETINGS = [
  '你好',
  '您好',
  '你们好',
  '大家好',
  '早',
  '早上好',
  '上午好',
  '下午好',
  '晚上好',
].concat(['在吗', '在不在', '有人吗', '嗨', 'hi', 'hello'])

/** Thanks and the like; 好 in front makes thanks the tail of a sentence, which is told from a request. */
function isCourtesy(env: Env, text: string): boolean {
  const words = env.content.words['courtesy']
  return isWord(text, words) || isWord(`好 ${text}`, words)
}

const UNCLEAR_IN_A_ROW = 20
const PAUSE_MINUTES = 60
const REMEMBERED = 10_000

/** Who talks on and on without a pause and without a clear word may be another bot: it is not answered for ever. */
export interface Patience {
  /** Whether one more unclear message gets an answer. */
  has(who: string, now: Instant): boolean
  restore(who: string): void
}

export function createPatience(): Patience {
  const unclear = new Map<string, { last: Instant; n: number }>()
  return {
    has(who, now) {
      const before = unclear.get(who)
      const goesOn = before && minutesBetween(before.last, now) < PAUSE_MINUTES
      const n = goesOn ? before.n + 1 : 1
      if (unclear.size >= REMEMBERED) unclear.clear()
      unclear.set(who, { last: now, n })
      return n <= UNCLEAR_IN_A_ROW
    },
    restore: (who) => void unclear.delete(who),
  }
}
