import { createHash } from 'node:crypto'
import { type Phrase, phrase, type Say } from '../../content/i18n.ts'
import { dateIn, type Instant, type LocalDate, minutesBetween } from '../../content/time.ts'
import { endDialogue } from '../../db/queries/dialogue.ts'
import { alreadyProcessed, markProcessed } from '../../db/queries/message.ts'
import { boundRoom, type RoomRow } from '../../db/queries/room.ts'
import { insertIncident } from '../../db/queries/trail.ts'
import type { Role } from '../../db/schema.ts'
import type { Store, Tx } from '../../db/store.ts'
import { continueDialogue, dialogueOf } from './dialogues.ts'
import type { Answer, Command, Ctx, DialogueKind, Env, Said, Where, Work } from './feature.ts'
import { meet, speakerOf } from './identity.ts'
import { enqueue, residentLanguage } from './outbox.ts'
import type { Incoming, Logger } from './ports.ts'
import { reply } from './reply.ts'
import { may } from './roles.ts'
import { type Addressing, address } from './text/address.ts'
import { nearest } from './text/similar.ts'
import { isWord } from './words.ts'

export interface DispatchDeps {
  readonly store: Store
  readonly env: Env
  readonly dialogues: readonly DialogueKind[]
  readonly logger: Logger
}

/** How a message ended; for logs and tests. */
export type Outcome = 'silent' | 'answered' | 'duplicate' | 'stale' | 'failed'

/** More unclear messages an hour from one person get no more help: it may be another bot. */
const UNCLEAR_PER_HOUR = 20
/** Nearest commands offered for an unclear message. */
const SUGGESTIONS = 3

interface Found {
  readonly run: (ctx: Ctx) => Answer
  readonly name: string
}

/**
 * Handles one message in one transaction: what it changes, that it was handled, and what is answered commit together
 * or not at all. Silence stores nothing.
 */
export function createDispatcher(deps: DispatchDeps): (message: Incoming, now: Instant) => Outcome {
  const { store, env, logger } = deps
  const kinds = new Map(deps.dialogues.map((d) => [d.name, d]))
  const unclear = new Map<string, { hour: Instant; n: number }>()

  function mayHelp(message: Incoming, now: Instant): boolean {
    const who = `${message.session}:${message.sender.platformId}`
    const seen = unclear.get(who)
    if (seen === undefined || minutesBetween(seen.hour, now) >= 60) {
      if (unclear.size > 10_000) unclear.clear()
      unclear.set(who, { hour: now, n: 1 })
      return true
    }
    seen.n += 1
    return seen.n <= UNCLEAR_PER_HOUR
  }

  function handle(tx: Tx, message: Incoming, now: Instant): Outcome {
    const work: Work = { tx, now, env }
    const room = message.room && boundRoom(tx, message.session, message.room.platformId)
    const served = message.room === undefined || room?.enabled === 1
    if (minutesBetween(message.at, now) > env.content.chat.staleMinutes) return 'stale'
    if (message.kind !== 'text' && message.room !== undefined) return 'silent'
    const ids = identify(message)
    if (alreadyProcessed(tx, ids.key, ids.hash, message.session)) return 'duplicate'

    const addressing = addressOf(env, message)
    const speaker = speakerOf(work, message)
    const lang = room?.lang ?? (speaker ? residentLanguage(tx, speaker.id) : 'zh-CN')
    const place = room && {
      id: room.id,
      kind: room.kind,
      place: room.place ?? undefined,
    }
    /** Whoever is not known yet is met only when there is something to do for them. */
    const contextFor = (): Ctx => ({
      ...work,
      session: message.session,
      who: speaker ?? meet(work, message),
      room: place,
      lang,
      message,
      key: ids.key,
    })
    const finish = (ctx: Ctx, answer: Answer): Outcome => {
      markProcessed(tx, {
        key: ids.key,
        session_id: message.session,
        content_hash: ids.hash,
        at: now,
      })
      if (answer === undefined) return 'silent'
      reply(ctx, answer)
      return 'answered'
    }

    if (message.kind !== 'text') {
      const answer = wordless(message)
      return answer === undefined ? 'silent' : finish(contextFor(), answer)
    }
    const said = addressing.said
    const { addressed } = said
    const found = findCommand(
      env,
      said,
      whereOf(message, room, served),
      addressing,
      speaker?.record ?? 'resident',
      dateIn(env.zone, now),
    )
    if (!served) {
      if (found === undefined) return 'silent'
      const ctx = contextFor()
      return finish(ctx, found.run(ctx))
    }

    if (found?.first) {
      const ctx = contextFor()
      return finish(ctx, runAs(ctx, found))
    }
    if (speaker !== undefined) {
      const ctx = contextFor()
      const open = dialogueOf(ctx)
      const kind = open && kinds.get(open.kind)
      if (open && kind) {
        if (isWord(said.text, env.content.words['cancel'])) {
          endDialogue(tx, open.id)
          return finish(ctx, phrase('dialogue.left'))
        }
        const step = continueDialogue(ctx, open, kind, said, addressed && found === undefined)
        if (step !== undefined) return finish(ctx, step.answer)
      }
    }
    if (found !== undefined) {
      const ctx = contextFor()
      return finish(ctx, runAs(ctx, found))
    }
    const help = unclearAnswer(env, addressing, message)
    if (help === undefined || !mayHelp(message, now)) return 'silent'
    return finish(contextFor(), help)
  }

  /** What went wrong is noted with a number, and the speaker gets one polite line, in a transaction of its own. */
  function recover(message: Incoming, now: Instant, error: unknown): Outcome {
    const what = error instanceof Error ? `${error.name}: ${firstFrame(error)}` : 'not an Error'
    try {
      store.tx((tx) => {
        const work: Work = { tx, now, env }
        const no = insertIncident(tx, now, 'message', what)
        logger.error('message failed', { incident: no, err: error })
        const ids = identify(message)
        const room = message.room && boundRoom(tx, message.session, message.room.platformId)
        markProcessed(tx, {
          key: ids.key,
          session_id: message.session,
          content_hash: ids.hash,
          at: now,
        })
        const say = phrase('core.error', { no })
        if (room?.enabled === 1) {
          enqueue(work, { to: { room: room.id }, key: `reply:${ids.key}`, say, priority: 'reply' })
        } else if (message.room === undefined) {
          const who = speakerOf(work, message) ?? meet(work, message)
          const to = { resident: who.id }
          enqueue(work, { to, key: `reply:${ids.key}`, say, priority: 'reply' })
        }
      })
    } catch (second) {
      logger.error('message failed and could not be noted', { err: second })
    }
    return 'failed'
  }

  return (message, now) => {
    try {
      return store.tx((tx) => handle(tx, message, now))
    } catch (error) {
      return recover(message, now, error)
    }
  }
}

/** The place in the code, without the message: an error's message may quote what somebody wrote. */
function firstFrame(error: Error): string {
  return (
    error.stack
      ?.split('\n')
      .find((line) => line.trimStart().startsWith('at '))
      ?.trim() ?? ''
  )
}

function identify(message: Incoming): { key: string; hash: string } {
  const { sender, room } = message
  const content = JSON.stringify([
    room?.topic ?? '',
    sender.alias ?? sender.name,
    message.at,
    message.kind,
    message.text,
  ])
  const hash = createHash('sha256').update(content).digest('hex')
  const key =
    message.messageId === undefined
      ? `${message.session}:${hash}`
      : `${message.session}:${message.messageId}`
  return { key, hash }
}

interface Heard extends Addressing {
  readonly said: Said
}

function addressOf(env: Env, message: Incoming): Heard {
  const { botName, botNicknames } = env.content.community
  const addressing = address(
    {
      text: message.text,
      mentions: message.mentions,
      quoteOfSelf: message.quote?.ofSelf ?? false,
      direct: message.room === undefined,
    },
    [botName, ...botNicknames],
  )
  return {
    ...addressing,
    said: {
      text: addressing.body,
      words: addressing.words,
      addressed: addressing.how !== 'none',
    },
  }
}

function whereOf(message: Incoming, room: RoomRow | undefined, served: boolean): Where {
  if (message.room === undefined) return 'direct'
  if (!served) return 'unknown-room'
  return room?.kind === 'staff' ? 'staff-room' : 'room'
}

function findCommand(
  env: Env,
  said: Said,
  where: Where,
  addressing: Addressing,
  record: Role,
  today: LocalDate,
): (Found & Pick<Command, 'role' | 'first'>) | undefined {
  for (const command of env.commands) {
    if (!command.where.includes(where)) continue
    const unmistakable = command.bare?.includes(where) && !addressing.othersMentioned
    if (!said.addressed && !(unmistakable && may(record, command.role))) continue
    const run = command.match(said, env, today)
    if (run) {
      const { name, role, first } = command
      return { run, name, role, ...(first === undefined ? {} : { first }) }
    }
  }
  return undefined
}

/** A command of a higher role is refused politely. */
function runAs(ctx: Ctx, found: Found & Pick<Command, 'role'>): Answer {
  if (may(ctx.who.role, found.role)) return found.run(ctx)
  return may(ctx.who.record, found.role) ? phrase('staff.confirmFirst') : phrase('core.notAllowed')
}

/** What cannot be read is answered only in a direct chat. */
function wordless(message: Incoming): Phrase | undefined {
  if (message.kind === 'audio') return phrase('core.pleaseType')
  if (message.kind === 'emoticon' || message.kind === 'recall' || message.kind === 'other') {
    return undefined
  }
  return phrase('core.wordsPlease')
}

/** An unclear message gets the nearest commands in a direct chat, one line in a group, and never an error. */
function unclearAnswer(env: Env, addressing: Heard, message: Incoming): Say | undefined {
  const { how, said } = addressing
  if (message.room === undefined) {
    if (/^[\p{P}\p{S}\s]*$/u.test(said.text)) return phrase('core.hello')
    if (isCourtesy(env, said)) return phrase('core.youAreWelcome')
    const near = nearest(said.text, env.content.words['suggest'] ?? [], SUGGESTIONS)
    return near.length === 0
      ? phrase('core.unclear')
      : phrase('core.unclearNear', { commands: near.map((n) => `「${n}」`).join('、') })
  }
  const spokenTo = how === 'mention' || (how === 'name' && !addressing.glued)
  if (!spokenTo || isCourtesy(env, said)) return undefined
  return phrase('core.unclearRoom')
}

function isCourtesy(env: Env, said: Said): boolean {
  const bare = said.text.replace(/[\p{P}\p{S}\s]/gu, '')
  return (env.content.words['courtesy'] ?? []).includes(bare)
}
