import { type Phrase, phrase, type Say } from '../../content/i18n.ts'
import { dateIn, type LocalDate } from '../../content/time.ts'
import type { OccurrenceId } from '../../db/schema.ts'
import { dayPhrase } from '../core/dates.ts'
import { startDialogue } from '../core/dialogues.ts'
import {
  type Answer,
  type Command,
  type Ctx,
  command,
  type DialogueKind,
  type Env,
  type Said,
} from '../core/feature.ts'
import { normalise } from '../core/text/normalise.ts'
import { parseDayAndClock } from '../core/text/when.ts'
import { datesInFigures, plain, takeApart, vocabularyOf } from './ask-words.ts'
import { lecture } from './lecture-command.ts'
import type { Editor } from './listeners.ts'
import { nameOf } from './names.ts'
import { type Change, cancel, markHeld, markMissed, openOccurrence, reschedule } from './service.ts'
import { line } from './view.ts'

const EVERYWHERE = ['room', 'staff-room', 'direct'] as const
const MAX_WORDS = 100
const MAX_NOTE = 500

/** The number, which must not be the beginning of a date, a place or an amount. */
const NUMBER =
  /^[^0-9０-９]+([0-9０-９]{1,9})\s*(?:号活动|号)?(?=$|[\s,，:：。周星礼今明后大下本这])[\s,，:：。]*([\s\S]*)$/u

/** `改期 12 …`: the number, and the words after it as they were written. */
function numbered(said: Said, words: RegExp): { id: OccurrenceId; rest: string } | undefined {
  const match = words.test(said.text) ? NUMBER.exec(said.words) : null
  if (match?.[1] === undefined) return undefined
  return { id: Number(match[1].normalize('NFKC')) as OccurrenceId, rest: (match[2] ?? '').trim() }
}

function editor(ctx: Ctx): Editor {
  return { id: ctx.who.id, ...(ctx.room && { room: ctx.room.id }) }
}

const move = command({
  name: 'programmes.move',
  role: 'staff',
  where: EVERYWHERE,
  bare: EVERYWHERE,
  help: { what: 'programmes.help.move', example: 'programmes.example.move' },
  parse: (said) => numbered(said, /^(?:改期|改时间|改地点|活动改期)\s*#?\s*\d/),
  run: (ctx, { id, rest }) => {
    const today = dateIn(ctx.env.zone, ctx.now)
    const change = readChange(rest, ctx.env, today)
    if (change === undefined) return phrase('programmes.error.moveHow', { no: id })
    if ((change.venue ?? change.reason ?? '').length > MAX_WORDS) {
      return phrase('programmes.error.tooLong', { max: MAX_WORDS })
    }
    const result = reschedule(ctx, editor(ctx), id, change)
    if (!result.ok) return result.error
    const { row, told } = result.value
    return [
      phrase('programmes.moved', { day: dayPhrase(row.held_on, today) }),
      line({ db: ctx.tx, now: ctx.now, env: ctx.env }, row, ctx.room?.kind !== 'residents'),
      told === 0 ? phrase('programmes.nobodyTold') : toldLine(told),
    ]
  },
})

/** What stands between the number, the time and the place. */
const BETWEEN =
  /^(?:[改推调换挪延移]+[迟期后动]?[到至成为在]|提前[到至]|时间|地点|[在到至]|[\s,，:：。;；])+/u
const BECAUSE = /[\s,，。;；]*(?:因为?|由于|原因是?)[:：\s]*/u
/** A time that could not be read, or second thoughts: told to residents as a place, it would send them astray. */
const NO_PLACE =
  /\d\s*(?:[月点时日:]|号(?![楼门栋幢座院]))|^[-—~–至]|周[一二三四五六日天末]|星期|礼拜|^(?:不|别|没|算了|取消|等)/u
/** Words of time that no date or hour was made of: they are no place either. */
const TIMES = [
  'part',
  'this-week',
  'next-week',
  'weekend',
  'next-weekend',
  'soon',
  'this-month',
  'next-month',
]

/** `周四15:00 二楼活动室 因为下雨`: any of day, time and place, perhaps with a reason. */
function readChange(words: string, env: Env, today: LocalDate): Change | undefined {
  const [what = '', ...why] = words.replace(/\s+/gu, ' ').split(BECAUSE)
  const { date, time, rest } = parseDayAndClock(datesInFigures(what), today)
  const venue = rest.replace(BETWEEN, '').trim()
  const { tokens } = takeApart(plain(normalise(venue)), vocabularyOf(env.content))
  const unclear = tokens.some(({ kinds }) => TIMES.some((kind) => kinds.has(kind)))
  const nothing = date === undefined && time === undefined && venue === ''
  if (nothing || unclear || NO_PLACE.test(venue.normalize('NFKC'))) return undefined
  const reason = why.join('').trim()
  return {
    ...(date && { date }),
    ...(time && { time }),
    ...(venue && { venue }),
    ...(reason && { reason }),
  }
}

function toldLine(n: number): Phrase {
  return phrase('programmes.toldAgain', { n })
}

const callOff = command({
  name: 'programmes.cancel',
  role: 'staff',
  where: EVERYWHERE,
  bare: EVERYWHERE,
  help: { what: 'programmes.help.cancel', example: 'programmes.example.cancel' },
  parse: (said) => numbered(said, /^(?:取消活动|活动取消)\s*#?\s*\d/),
  run: (ctx, { id, rest }): Answer => {
    if (rest !== '') return cancelFor(ctx, id, rest)
    const found = openOccurrence(ctx, id)
    return found.ok ? startDialogue(ctx, reasonDialogue, { id }) : found.error
  },
})

function cancelFor(ctx: Ctx, id: OccurrenceId, reason: string): Say {
  if (reason.length > MAX_WORDS) return phrase('programmes.error.tooLong', { max: MAX_WORDS })
  const result = cancel(ctx, editor(ctx), id, reason)
  if (!result.ok) return result.error
  const { told } = result.value
  return [phrase('programmes.calledOff', { no: id }), ...(told > 0 ? [toldLine(told)] : [])]
}

/** Residents are owed a reason: without one, staff are asked for it. */
export const reasonDialogue: DialogueKind = {
  name: 'programmes.reason',
  question: (_, state) => phrase('programmes.askReason', { no: (state as { id: number }).id }),
  take: (ctx, state, said) => {
    const reason = said.words.trim()
    const isTalk = ctx.room?.kind === 'residents' && !said.addressed
    if (isTalk || reason.length < 2) return undefined
    if (reason.length > MAX_WORDS) {
      return { answer: phrase('programmes.error.tooLong', { max: MAX_WORDS }), next: state }
    }
    return { answer: cancelFor(ctx, (state as { id: OccurrenceId }).id, reason) }
  },
}

const held = command({
  name: 'programmes.held',
  role: 'staff',
  where: EVERYWHERE,
  bare: EVERYWHERE,
  help: { what: 'programmes.help.held', example: 'programmes.example.held' },
  parse: (said) => {
    const found = numbered(said, /^(?:已办|已举办|办了|活动完成|到场|实到)\s*#?\s*\d/)
    if (found === undefined) return undefined
    const people = /^(?:(?:共|来了|到场|参加)*\s*(\d{1,5})\s*[人位名]?(.*))?$/su.exec(
      found.rest.normalize('NFKC'),
    )
    if (people === null) return undefined
    const note = (people[2] ?? '').replace(/^[\s,，。;；:：、]+/u, '').trim()
    return {
      id: found.id,
      seen: {
        attendance: people[1] === undefined ? undefined : Number(people[1]),
        note: note === '' ? undefined : note.slice(0, MAX_NOTE),
      },
    }
  },
  run: (ctx, { id, seen }) => {
    const result = markHeld(ctx, ctx.who.id, id, seen)
    if (!result.ok) return result.error
    const { row, count, target, attendance } = result.value
    const name = nameOf({ env: ctx.env, db: ctx.tx }, row.programme)
    return [
      target === undefined
        ? phrase('programmes.heldNoted', { name, count })
        : phrase('programmes.heldOfTarget', { name, count, target }),
      ...(attendance.arrived > 0 ? [phrase('signups.absent', { ...attendance })] : []),
    ]
  },
})

const notHeld = command({
  name: 'programmes.missed',
  role: 'staff',
  where: EVERYWHERE,
  bare: EVERYWHERE,
  help: { what: 'programmes.help.missed', example: 'programmes.example.missed' },
  parse: (said) => {
    const found = numbered(said, /^(?:没办成?|没有办|未办|没举办|未举办)\s*#?\s*\d/)
    return found?.rest === '' ? found.id : undefined
  },
  run: (ctx, id) => {
    const result = markMissed(ctx, ctx.who.id, id)
    return result.ok ? phrase('programmes.missedNoted', { no: id }) : result.error
  },
})

export const staffCommands: readonly Command[] = [move, callOff, held, notHeld, lecture]
