import { dirname, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { type Item, questionnaireSchema } from '../../content/survey-schema.ts'
import { type Instant, systemNow, toInstant, withOffset } from '../../content/time.ts'
import { ContentError, type Problem, readContentFile } from '../../content/yaml.ts'
import type { Env } from '../../handlers/core/feature.ts'
import { hear } from '../../handlers/core/hearing.ts'
import { splitQuote } from '../../handlers/core/text/address.ts'
import {
  type Heard as Answered,
  understandAnswer,
} from '../../handlers/surveys/answers/understand.ts'
import { understand as understandMessage } from '../../handlers/understanding/service.ts'
import { CliError, envOf, say, settings } from './context.ts'

const replySchema = z.object({
  id: z.union([z.string(), z.number()]),
  text: z.string(),
  /** Whether the question stands open in the group; true when left out. */
  open: z.boolean().optional(),
})

const messageSchema = z.object({
  id: z.union([z.string(), z.number()]),
  text: z.string(),
  /** When it was said. */
  now: z.string().transform(readInstant).optional(),
})

export interface UnderstandOptions {
  readonly question?: string
  readonly where?: string
  readonly now?: string
}

/**
 * `linli understand`: messages in, what they report out, as JSON lines;
 * with `--question FILE#ITEM --where group|direct`: replies in, what they answer out.
 */
export async function understand(options: UnderstandOptions): Promise<void> {
  const { question, where } = options
  if (where !== undefined && where !== 'group' && where !== 'direct') {
    throw new CliError(`--where must be group or direct, not "${where}".`)
  }
  if (question === undefined) return understandMessages(options.now, where ?? 'group')
  if (where === undefined) throw new CliError('--question needs --where group or --where direct.')
  return understandReplies(readItem(question), where)
}

async function understandMessages(at: string | undefined, where: 'group' | 'direct') {
  const { config } = settings()
  const { content, calendar, zone } = envOf(config)
  const start = at === undefined ? systemNow() : readNow(at)
  for await (const { id, text, now } of lines(
    messageSchema,
    '"id", "text" and, if wanted, "now": a moment with its offset such as 2026-11-23T23:35:00+08:00',
  )) {
    const heard = understandMessage(text, { now: now ?? start, zone, content, calendar, where })
    const { intent, category, subtype, place, when, db, emergency, confidence, because } = heard
    const seen = {
      ...{ id, intent, category, subtype },
      place: place && { text: place.text, ...(place.id !== undefined && { id: place.id }) },
      when: when && {
        text: when.text,
        from: withOffset(zone, when.from),
        to: withOffset(zone, when.to),
        repeats: when.repeats,
      },
      ...{ db, emergency, confidence, because },
    }
    say(JSON.stringify(seen))
  }
}

const IGNORED = { kind: 'ignore' } as const
const NOBODY = { self: false, all: false, others: false } as const

/** What a reply means, heard as in the chat: what is said to others, or under their words, is not for Linli. */
function replyTo(item: Item, text: string, where: 'group' | 'direct', env: Env): Answered {
  const { botName, botNicknames } = env.content.community
  const { quote, reply } = splitQuote(text)
  const ofSelf = quote !== undefined && [botName, ...botNicknames].includes(quote.name.trim())
  const { words, addressed, toOthers } = hear(env, {
    text: reply,
    mentions: NOBODY,
    ...(quote && { quote: { text: quote.text, ofSelf } }),
    ...(where === 'group' && { room: { platformId: '', topic: '' } }),
  })
  if (where === 'group' && toOthers) return IGNORED
  return understandAnswer(item, words, addressed ? 'direct' : 'group')
}

async function understandReplies(item: Item, where: 'group' | 'direct') {
  const env = envOf(settings().config)
  for await (const { id, text, open } of lines(
    replySchema,
    '"id", "text" and, if wanted, "open": true or false',
  )) {
    const heard = open === false && where === 'group' ? IGNORED : replyTo(item, text, where, env)
    const value = heard.kind === 'answer' ? heard.value : null
    say(JSON.stringify({ id, kind: heard.kind, value }))
  }
}

/** The objects on standard input, one a line. */
async function* lines<T>(schema: z.ZodType<T>, expected: string): AsyncGenerator<T> {
  let number = 0
  for await (const line of createInterface({
    input: process.stdin,
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    number += 1
    if (line.trim() === '') continue
    yield readLine(line, number, schema, expected)
  }
}

function readLine<T>(line: string, number: number, schema: z.ZodType<T>, expected: string): T {
  try {
    return schema.parse(JSON.parse(line.replace(/^\uFEFF/, '')))
  } catch {
    throw new CliError(`Line ${number} is not a JSON object with ${expected}.`)
  }
}

function readInstant(text: string, ctx: z.RefinementCtx): Instant {
  try {
    return toInstant(text)
  } catch {
    ctx.addIssue({ code: 'custom', message: 'expected a moment with its offset' })
    return z.NEVER
  }
}

function readNow(text: string): Instant {
  try {
    return toInstant(text)
  } catch {
    throw new CliError(
      `--now must be a moment with its offset such as 2026-11-23T23:35:00+08:00, not "${text}".`,
    )
  }
}

function readItem(question: string): Item {
  const [file = '', id = ''] = question.split('#')
  if (file === '' || id === '') {
    throw new CliError('--question names a file and an item, such as satisfaction.v1.yaml#overall.')
  }
  const path = resolve(file)
  const problems: Problem[] = []
  const read = readContentFile(
    dirname(path),
    path.slice(dirname(path).length + 1),
    questionnaireSchema,
    problems,
  )
  if (read === undefined) throw new ContentError(problems)
  const item = read.value.items.find((i) => i.id === id)
  if (item === undefined) {
    const ids = read.value.items.map((i) => i.id).join(', ')
    throw new CliError(`${file} has no item "${id}". It has: ${ids}.`)
  }
  return item
}
