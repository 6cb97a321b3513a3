import { type Phrase, phrase, type Say } from '../../content/i18n.ts'
import { type Instant, plus } from '../../content/time.ts'
import type { CaseRow } from '../../db/queries/case.ts'
import { lastCaseEvent } from '../../db/queries/case-event.ts'
import { openDialogue, putDialogue } from '../../db/queries/dialogue.ts'
import { optedOutOfAll } from '../../db/queries/opt-out.ts'
import { residentById } from '../../db/queries/resident.ts'
import type { ResidentId } from '../../db/schema.ts'
import type { CaseId, Rating } from '../../db/schema-reports.ts'
import type { Reader } from '../../db/store.ts'
import { startDialogue } from '../core/dialogues.ts'
import {
  type Answer,
  type Command,
  type Ctx,
  command,
  type DialogueKind,
  type DialogueStep,
  type Env,
  type Listener,
  type Look,
  type Said,
  type Work,
} from '../core/feature.ts'
import { enqueue } from '../core/outbox.ts'
import { ok, type Result } from '../core/result.ts'
import { may } from '../core/roles.ts'
import { isWord } from '../core/words.ts'
import { consider, mustBeCase } from './cases.ts'
import { standingFor } from './combine.ts'
import { addWords } from './filing.ts'
import { aboutCase } from './lines.ts'
import { relationsOf } from './rights.ts'
import { type RevisitAnswer, revisit, unreached } from './service.ts'
import { aboutOne } from './staff-grammar.ts'
import { ownReports } from './view.ts'

/** 回访: whether it is solved, and how satisfied they are, as the reporter says it or staff heard it by telephone. */

interface State {
  readonly case: CaseId
  /** The first question is answered, and what is asked for now is the rating. */
  readonly solved?: true
}

const DIRECT = 0

/**
 * Asks a reporter in the direct chat. Where they are busy with something else there, the question says how to answer
 * it later; nothing is asked of those who want no messages. Gives whether it was asked.
 */
export function askRevisit(work: Work, id: CaseId, resident: ResidentId, nth: 1 | 2): boolean {
  const { tx, now, env } = work
  if (optedOutOfAll(tx, resident)) return false
  const row = mustBeCase(tx, id)
  const who = residentById(tx, resident)?.merged_into ?? resident
  const busy = openDialogue(tx, who, DIRECT, now) !== undefined
  const about = { no: id, about: aboutCase(env, row) }
  const sent = enqueue(work, {
    to: { resident },
    key: `revisit:${id}:${row.reopened}:${nth}:${resident}`,
    say: [
      phrase(nth === 1 ? 'cases.revisit.ask' : 'cases.revisit.askAgain', about),
      ...(busy
        ? [phrase('cases.revisit.later', { no: id })]
        : [phrase('cases.revisit.choices'), phrase('cases.revisit.orNamed', { no: id })]),
    ],
    priority: 'notice',
    expires: plus(now, { hours: env.content.chat.dialogueHours }),
  })
  if (sent === undefined || busy) return sent !== undefined
  putDialogue(tx, {
    resident_id: who,
    place: DIRECT,
    kind: revisitDialogue.name,
    state: JSON.stringify({ case: id } satisfies State),
    heard: '[]',
    asks: 0,
    expires_at: plus(now, { hours: env.content.chat.dialogueHours }),
    created_at: now,
  })
  return true
}

/** When the reporters of a case were asked for the first or second time since it was closed. */
export function askedAt(db: Reader, row: CaseRow, nth: number): Instant | undefined {
  const event = lastCaseEvent(db, row.id, `ask${nth}`)
  return event !== undefined && event.once === askedOnce(row, nth) ? event.at : undefined
}

/** A case that was opened again is asked about anew. */
export function askedOnce(row: CaseRow, nth: number): string {
  return `ask:${row.reopened}.${nth}`
}

export const revisitDialogue: DialogueKind = {
  name: 'reports.revisit',
  question: (ctx, state) => question(ctx, state as State),
  take: (ctx, state, said) => take(ctx, state as State, said),
}

function question(ctx: Ctx, state: State): Say {
  if (state.solved) return phrase('cases.revisit.rate')
  const row = mustBeCase(ctx.tx, state.case)
  return [
    phrase('cases.revisit.ask', { no: row.id, about: aboutCase(ctx.env, row) }),
    phrase('cases.revisit.choices'),
  ]
}

function take(ctx: Ctx, state: State, said: Said): DialogueStep | undefined {
  const { env } = ctx
  const rating = state.solved && ratingOf(env, said.text)
  const read: Read | undefined = state.solved
    ? rating && { result: 'solved', rating }
    : answerOf(env, said.text)
  if (read === undefined) return undefined
  const recorded = record(ctx, state.case, read)
  if (!recorded.ok) return { answer: recorded.error }
  const id = recorded.value
  if (read.result === 'unsolved' || read.rating !== undefined) return { answer: thanks(id, read) }
  const next: State = { case: id, solved: true }
  return { answer: [thanks(id, read), question(ctx, next)], next }
}

/** Keeps the answer at once: whoever stops half-way has said what counts. */
function record(ctx: Ctx, number: CaseId, read: Read): Result<CaseId, Phrase> {
  const { result, rating, more } = read
  const changed = revisit(ctx, ctx.who, number, { result, rating })
  if (!changed.ok) return changed
  const { id } = changed.value.case
  if (result === 'unsolved' && more !== undefined && isReporter(ctx, id))
    addWords(ctx, ctx.who, id, more)
  return ok(id)
}

/** 还在吵, after 办结: it is not solved, in the reporter's own words. */
export function notSolved(ctx: Ctx, id: CaseId, words: string): Say {
  const recorded = record(ctx, id, { result: 'unsolved', more: words })
  return recorded.ok ? thanks(recorded.value, { result: 'unsolved' }) : recorded.error
}

function thanks(no: CaseId, { result, rating }: Read): Say {
  if (result === 'unsolved') return phrase('cases.revisit.unsolved', { no })
  if (rating === undefined) return phrase('cases.revisit.solved', { no })
  return phrase(rating === 'dissatisfied' ? 'cases.revisit.sorry' : 'cases.revisit.thanks', { no })
}

const RATINGS = ['satisfied', 'basically', 'dissatisfied'] as const

function ratingOf(env: Env, text: string): Rating | undefined {
  return RATINGS.find((rating) => isWord(text, env.content.words[`revisit.${rating}`]))
}

function resultOf(env: Env, text: string): RevisitAnswer['result'] | undefined {
  const { words } = env.content
  if (isWord(text, words['revisit.unsolved'])) return 'unsolved'
  return isWord(text, words['revisit.solved']) ? 'solved' : undefined
}

interface Read extends RevisitAnswer {
  /** What is still wrong. */
  readonly more?: string
}

/** `1`, `未解决`, `已解决 满意`, `1 2`, `没解决，今天又敲了`. */
function answerOf(env: Env, text: string): Read | undefined {
  const whole = resultOf(env, text)
  if (whole !== undefined) return { result: whole }
  const [, first = '', rest = ''] = /^([^\s,，。:：、;]+)[\s,，。:：、;]+(.+)$/su.exec(text) ?? []
  const result = resultOf(env, first)
  if (result === undefined) return undefined
  const rating = ratingOf(env, rest)
  return rating === undefined ? { result, more: rest } : { result, rating }
}

/**
 * An answer days after the question, when its dialogue is over: it counts where a case of the speaker waits for one.
 * Talk about something else may begin with 好了 or 1, so no more than the answer itself is read.
 */
export const revisitListener: Listener = {
  name: 'reports.revisit',
  hear: () => undefined,
  hearPrivately: (look, said, speaker) => {
    const read = answerOf(look.env, said.text)
    if (speaker === undefined || read === undefined || isTalk(said.text, read)) return undefined
    const waiting = waitingFor(look, speaker.id)
    const [only, ...others] = waiting
    if (only === undefined) return undefined
    return (ctx) => (others.length === 0 ? answered(ctx, only.id, read) : whichOne(ctx, waiting))
  },
}

function isTalk(text: string, { result, more }: Read): boolean {
  return (
    more !== undefined && !(result === 'unsolved' && /^[^\s,，。:：、;]*(?:解决|好)/u.test(text))
  )
}

/** The closed cases that somebody reported and was asked about. */
function waitingFor(look: Look, resident: ResidentId): CaseRow[] {
  const rows = ownReports(look, resident)
    .filter((own) => !own.withdrawn && own.case.state === 'done')
    .map((own) => own.case)
    .filter((row) => askedAt(look.db, row, 1) !== undefined)
  return rows.filter((row, i) => rows.findIndex((other) => other.id === row.id) === i)
}

function whichOne({ env }: Ctx, rows: readonly CaseRow[]): Say {
  return [
    phrase('cases.revisit.which'),
    ...rows.map((row) =>
      phrase('cases.revisit.whichOne', { no: row.id, about: aboutCase(env, row) }),
    ),
  ]
}

const ABOUT = aboutOne('回访|已解决|解决|没解决|未解决|没有解决|还没解决')
const UNREACHED = /^(?:未|没|没有|无法)?联系不?上|^电话不通|^无人接听|^没人接/u

/** `回访 1042`, `已解决 1042`, `回访 1042 未解决`, and by staff `回访 1042 未联系上`. */
const revisitCommand = command({
  name: 'reports.revisit',
  role: 'resident',
  where: ['direct', 'staff-room'],
  bare: ['staff-room'],
  help: { what: 'cases.help.revisit', example: 'cases.example.revisit' },
  parse: (said) => {
    const told = ABOUT(said)
    if (told === undefined) return undefined
    const verb = /^\D*?(未解决|没有?解决|还没解决)|^(已?解决)/u.exec(said.text)
    const first = verb?.[1] === undefined ? (verb?.[2] === undefined ? '' : '已解决') : '未解决'
    return { id: told.id, text: `${first} ${told.text}`.trim() }
  },
  run: (ctx, { id, text }): Answer => {
    if (UNREACHED.test(text) && may(ctx.who.role, 'staff')) {
      const changed = unreached(ctx, ctx.who, id)
      return changed.ok ? phrase('cases.revisit.noted', { no: id }) : changed.error
    }
    const read = answerOf(ctx.env, text)
    if (read !== undefined) return answered(ctx, id, read)
    return text === '' ? begin(ctx, id) : phrase('cases.revisit.how', { no: id })
  },
})

/** A reporter goes on to the rating; what staff note is complete as it is. */
function answered(ctx: Ctx, number: CaseId, read: Read): Answer {
  const recorded = record(ctx, number, read)
  if (!recorded.ok) return recorded.error
  const id = recorded.value
  const open = read.result === 'solved' && read.rating === undefined
  if (!open || ctx.where !== 'direct' || !isReporter(ctx, id)) return thanks(id, read)
  return [
    thanks(id, read),
    startDialogue(ctx, revisitDialogue, { case: id, solved: true } satisfies State),
  ]
}

/** `回访 1042` alone: a reporter is asked, staff are told how to note it. */
function begin(ctx: Ctx, number: CaseId): Answer {
  const id = standingFor(ctx.tx, number)
  const considered = consider(ctx, ctx.who, id, { action: 'revisit' })
  if (!considered.ok) return considered.error
  if (ctx.where !== 'direct' || !isReporter(ctx, id)) return phrase('cases.revisit.how', { no: id })
  return startDialogue(ctx, revisitDialogue, { case: id } satisfies State)
}

function isReporter(ctx: Ctx, id: CaseId): boolean {
  return relationsOf(ctx.tx, ctx.env, ctx.who, mustBeCase(ctx.tx, id)).has('reporter')
}

export const revisitCommands: readonly Command[] = [revisitCommand]
