import { phrase } from '../../content/i18n.ts'
import { dateIn, type Instant, minutesBetween } from '../../content/time.ts'
import { alreadyProcessed, markProcessed } from '../../db/queries/message.ts'
import { insertIncident } from '../../db/queries/trail.ts'
import type { Store, Tx } from '../../db/store.ts'
import { continueDialogue } from './dialogues.ts'
import type { Answer, Ctx, DialogueKind, Env, Listener, PhotoTaker } from './feature.ts'
import { type Found, findCommand, type Heard, hear, identify } from './hearing.ts'
import { takeFile, takePicture } from './pictures.ts'
import type { Incoming, Logger } from './ports.ts'
import { reply } from './reply.ts'
import { refusal } from './roles.ts'
import { type Scene, sceneOf } from './scene.ts'
import { createTalk } from './talk.ts'
import { createPatience, unclearAnswer, wordlessAnswer } from './unclear.ts'

export interface DispatchDeps {
  readonly store: Store
  readonly env: Env
  readonly dialogues: readonly DialogueKind[]
  readonly listeners: readonly Listener[]
  readonly photos: readonly PhotoTaker[]
  readonly logger: Logger
}

/** How a message ended; for logs and tests. A `silent` one was not for Linli, and nothing of it is kept. */
export type Outcome = 'silent' | 'handled' | 'duplicate' | 'stale' | 'failed'

/** One message on its way: what is known of it so far. */
interface Attempt {
  readonly message: Incoming
  readonly now: Instant
  readonly key: string
  readonly hash: string
  /** It was said to Linli, so an error is worth a line. */
  meant: boolean
  /** Nothing may be kept by which the words could be found out. */
  forgotten: boolean
  /** The group is told something that it may talk about. */
  topic: boolean
}

/**
 * Handles one message in one transaction: what it changes, that it was handled, and what is answered commit together
 * or not at all. Silence stores nothing.
 */
export function createDispatcher(deps: DispatchDeps): (message: Incoming, now: Instant) => Outcome {
  const { store, env, logger } = deps
  const kinds = new Map(deps.dialogues.map((d) => [d.name, d]))
  const pictures = { env, dialogues: kinds, photos: deps.photos }
  const patience = createPatience()
  const talk = createTalk()

  function handle(tx: Tx, attempt: Attempt): Outcome {
    const { message, now, key, hash } = attempt
    if (minutesBetween(message.at, now) > env.content.chat.staleMinutes) return 'stale'
    if (alreadyProcessed(tx, key, hash, message.session)) return 'duplicate'
    const scene = attended(tx, attempt)
    const answer =
      message.kind === 'text'
        ? answerWords(scene, attempt)
        : (answerFile(tx, scene, attempt) ?? answerWordless(scene, attempt))
    if (answer === undefined) {
      goesOn(scene, attempt)
      return 'silent'
    }
    attempt.meant = true
    const ctx = scene.ctx()
    const say = answer(ctx)
    goesOn(scene, attempt)
    if (attempt.forgotten) {
      // A key made from the words would tell them; the same anonymous answer twice changes nothing.
      if (message.messageId !== undefined) mark(tx, attempt, '')
      if (say !== undefined) reply({ ...ctx, key: env.random.token() }, say)
      return 'handled'
    }
    mark(tx, attempt, hash)
    if (message.image ?? message.file) markWithoutFile(tx, attempt)
    if (say !== undefined) reply(ctx, say)
    return 'handled'
  }

  function attended(tx: Tx, attempt: Attempt): Scene {
    const { message, now, key } = attempt
    const forget = () => {
      attempt.forgotten = true
    }
    const opensTopic = () => {
      attempt.topic = true
    }
    return sceneOf({ tx, now, env }, message, { key, forget, opensTopic })
  }

  /** Follows the talk of a group, so that +1 is heard only where it can be meant for Linli. */
  function goesOn({ room }: Scene, { message, now, topic }: Attempt): void {
    if (room?.kind !== 'residents') return
    if (topic) {
      talk.settle(room.id)
      return
    }
    const look = { db: store, now, env }
    const heard = hear(env, message)
    for (const { weigh } of deps.listeners) talk.add(room.id, weigh?.(look, room, heard) ?? 0)
  }

  /** What the words bring about, or `undefined` when they are not for Linli. */
  function answerWords(scene: Scene, attempt: Attempt): ((ctx: Ctx) => Answer) | undefined {
    const { message, now } = attempt
    const heard = hear(env, message)
    attempt.meant = heard.addressed && scene.where !== 'unknown-room'
    const { where, speaker } = scene
    const record = speaker?.record ?? 'resident'
    const listening = { where, record, today: dateIn(env.zone, now) }
    const open = scene.dialogue()
    const kind = open && kinds.get(open.kind)

    const found = findCommand(env, heard, { ...listening, inDialogue: kind !== undefined })
    const state: unknown = open && kind?.first && JSON.parse(open.state)
    const answers = !found?.command.first && kind?.first?.({ db: store, now, env }, state, heard)
    if (found !== undefined && !answers) return obey(found)
    if (where === 'unknown-room') return undefined
    const alarm = where === 'staff-room' ? undefined : cry(now, heard)
    if (alarm !== undefined) return alarm
    if (open && kind && (heard.addressed || !heard.toOthers)) {
      const loose = findCommand(env, heard, { ...listening, inDialogue: false })
      const turn = kind.yields ? interruption(now, heard) : undefined
      const askAgain = heard.addressed && loose === undefined && turn === undefined
      const step = continueDialogue(scene.ctx(), open, kind, heard, askAgain)
      if (step !== undefined) return () => step.answer
      if (loose !== undefined) return obey(loose)
      if (turn !== undefined) return turn
    }
    const overheard = overhear(scene, attempt, heard)
    if (overheard !== undefined) return overheard
    const unclear = unclearAnswer(env, heard, { where, role: record, lang: scene.lang })
    return unclear && patience.has(whoIs(message), now) ? () => unclear : undefined
  }

  /** A call for help outranks whatever is being talked about. */
  function cry(now: Instant, heard: Heard): ((ctx: Ctx) => Answer) | undefined {
    for (const listener of deps.listeners) {
      const act = listener.alarm?.({ db: store, now, env }, heard)
      if (act !== undefined) return act
    }
    return undefined
  }

  /** What goes before a question that may wait. */
  function interruption(now: Instant, heard: Heard): ((ctx: Ctx) => Answer) | undefined {
    for (const listener of deps.listeners) {
      const act = listener.interrupts?.({ db: store, now, env }, heard)
      if (act !== undefined) return act
    }
    return undefined
  }

  /** A group's talk among itself: some of it is for a feature, such as the answer to an open question. */
  function overhear(
    scene: Scene,
    { now }: Attempt,
    heard: Heard,
  ): ((ctx: Ctx) => Answer) | undefined {
    const { room, where, speaker } = scene
    const look = { db: store, now, env }
    for (const listener of deps.listeners) {
      const act =
        where === 'direct'
          ? listener.hearPrivately?.(look, heard, speaker)
          : room?.kind === 'residents' && !heard.toOthers
            ? listener.hear(look, room, heard, talk.drift(room.id))
            : undefined
      if (act !== undefined) return act
    }
    return undefined
  }

  function obey({ command, run }: Found): (ctx: Ctx) => Answer {
    return (ctx) => {
      patience.restore(whoIs(ctx.message))
      return refusal(ctx.who, command.role) ?? run(ctx)
    }
  }

  function answerFile(tx: Tx, scene: Scene, attempt: Attempt): ((ctx: Ctx) => Answer) | undefined {
    const { now } = attempt
    const { image, file } = attempt.message
    const work = { tx, now, env }
    attempt.meant ||= (image ?? file) !== undefined
    if (image !== undefined) return takePicture(pictures, work, scene, image)
    return file && takeFile(pictures, work, scene, file)
  }

  function answerWordless(scene: Scene, { message, now }: Attempt): (() => Answer) | undefined {
    const answer = wordlessAnswer(message.kind, scene.where)
    return answer && patience.has(whoIs(message), now) ? () => answer : undefined
  }

  /** What went wrong is noted with a number, and who spoke to Linli gets one polite line. */
  function recover(attempt: Attempt, error: unknown): Outcome {
    const { now, hash, meant } = attempt
    const what = describe(error)
    try {
      store.tx((tx) => {
        const no = insertIncident(tx, now, 'message', what)
        logger.error('message failed', { incident: no, error: what })
        mark(tx, attempt, hash)
        if (!meant) return
        const scene = attended(tx, attempt)
        if (scene.where !== 'unknown-room') reply(scene.ctx(), phrase('core.error', { no }))
      })
    } catch (second) {
      logger.error('message failed and could not be noted', { error: describe(second) })
    }
    return 'failed'
  }

  return (message, now) => {
    const attempt = {
      message,
      now,
      ...identify(message),
      meant: false,
      forgotten: false,
      topic: false,
    }
    try {
      return store.tx((tx) => handle(tx, attempt))
    } catch (error) {
      return recover(attempt, error)
    }
  }
}

function mark(tx: Tx, { key, message, now }: Attempt, content: string): void {
  markProcessed(tx, { key, session_id: message.session, content_hash: content, at: now })
}

/** A copy of the message that comes when its picture or document is not wanted any more is no news either. */
function markWithoutFile(tx: Tx, attempt: Attempt): void {
  const { image: _, file: __, ...message } = attempt.message
  const { key, hash } = identify(message)
  if (alreadyProcessed(tx, key, hash, message.session)) return
  mark(tx, { ...attempt, key }, hash)
}

function whoIs({ session, sender }: Incoming): string {
  return `${session}:${sender.platformId}`
}

/** Kind and place of an error, not its message, which may quote what somebody wrote. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'not an Error'
  const stack = error.stack?.replace(error.message, '') ?? ''
  const frames = [...stack.matchAll(/^\s+at (.*)$/gm)].slice(0, 3).map(([, place]) => place)
  return `${error.name}: ${frames.join(' < ')}`
}
