import { phrase, type Say } from '../../content/i18n.ts'
import { type Instant, plus } from '../../content/time.ts'
import {
  type DialogueRow,
  endDialogue,
  openDialogue,
  putDialogue,
  updateDialogue,
} from '../../db/queries/dialogue.ts'
import type { ResidentId, RoomId } from '../../db/schema.ts'
import type { Reader } from '../../db/store.ts'
import type { Answer, Ctx, DialogueKind, DialogueStep, Said } from './feature.ts'
import type { Picture } from './ports.ts'

/** A question is asked again so often; after that the dialogue ends politely. */
const ASKED_AGAIN = 2

/** What is kept of an answer that comes in pieces. */
const PIECES = 5

/** The dialogue that the resident has open in a room, or in the direct chat when no room is given. */
export function dialogueWith(
  db: Reader,
  resident: ResidentId,
  room: RoomId | undefined,
  now: Instant,
): DialogueRow | undefined {
  return openDialogue(db, resident, room ?? DIRECT, now)
}

const DIRECT = 0

/** Opens a dialogue with the speaker where the message was said, and gives its first question. */
export function startDialogue(ctx: Ctx, kind: DialogueKind, state: unknown): Say {
  putDialogue(ctx.tx, {
    resident_id: ctx.who.id,
    place: ctx.room?.id ?? DIRECT,
    kind: kind.name,
    state: JSON.stringify(state),
    heard: '[]',
    asks: 0,
    expires_at: plus(ctx.now, { hours: ctx.env.content.chat.dialogueHours }),
    created_at: ctx.now,
  })
  return kind.question(ctx, state)
}

/** Leaves the open dialogue. Gives false when there is none. */
export function cancelDialogue(ctx: Ctx): boolean {
  const row = dialogueWith(ctx.tx, ctx.who.id, ctx.room?.id, ctx.now)
  if (row === undefined) return false
  endDialogue(ctx.tx, row.id)
  return true
}

/**
 * Gives what was said to the open dialogue: alone, or together with what came before it when an answer is sent in
 * pieces. In a group, words that are no answer and not meant for Linli give `undefined`.
 */
export function continueDialogue(
  ctx: Ctx,
  row: DialogueRow,
  kind: DialogueKind,
  said: Said,
  /** Words that are no answer are worth asking again: they were meant for Linli and are no command. */
  askAgain: boolean,
): { readonly answer: Answer } | undefined {
  const state: unknown = JSON.parse(row.state)
  const heard = JSON.parse(row.heard) as Said[]
  const step =
    kind.take(ctx, state, said) ??
    (heard.length > 0 ? kind.take(ctx, state, together([...heard, said])) : undefined)
  if (step !== undefined) {
    goOn(ctx, row, step)
    return { answer: step.answer }
  }
  if (!askAgain) return undefined
  if (row.asks >= ASKED_AGAIN) {
    endDialogue(ctx.tx, row.id)
    return { answer: phrase('dialogue.gaveUp') }
  }
  updateDialogue(ctx.tx, row.id, {
    asks: row.asks + 1,
    heard: JSON.stringify([...heard, said].slice(-PIECES)),
  })
  return { answer: [phrase('dialogue.again'), kind.question(ctx, state)] }
}

function goOn(ctx: Ctx, row: DialogueRow, { next }: DialogueStep): void {
  if (next === undefined) endDialogue(ctx.tx, row.id)
  else updateDialogue(ctx.tx, row.id, { state: JSON.stringify(next), heard: '[]', asks: 0 })
}

/** Gives a picture to the open dialogue, where it takes any. */
export function continueWithImage(
  ctx: Ctx,
  row: DialogueRow,
  kind: DialogueKind,
  image: Picture,
): { readonly answer: Answer } | undefined {
  const step = kind.takeImage?.(ctx, JSON.parse(row.state), image)
  if (step !== undefined) goOn(ctx, row, step)
  return step
}

function together(pieces: readonly Said[]): Said {
  return {
    text: pieces.map((p) => p.text).join(' '),
    words: pieces.map((p) => p.words).join(' '),
    addressed: pieces.some((p) => p.addressed),
  }
}
