import { type Phrase, phrase, type Say } from '../../content/i18n.ts'
import { addDays, dateIn, type LocalDate, mondayOf } from '../../content/time.ts'
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
import { fold } from '../core/text/fold.ts'
import { parseDay, parseDayAndClock } from '../core/text/when.ts'
import { readAsk } from './ask.ts'
import { datesInFigures } from './ask-words.ts'
import type { Editor } from './changes.ts'
import { cancel, markHeld, openOccurrence, planLecture, reschedule } from './service.ts'
import { line, programmeOf } from './view.ts'

const EVERYWHERE = ['room', 'staff-room', 'direct'] as const
const MAX_WORDS = 100

/** `改期 12 …`: the number, and the words after it as they were written. */
function numbered(said: Said, words: RegExp): { id: OccurrenceId; rest: string } | undefined {
  if (!words.test(said.text)) return undefined
  const match =
    /^\s*\S+?\s*[#＃]?\s*([0-9０-９]{1,9})(?![0-9０-９])\s*(?:号活动|号)?[\s,，:：]*([\s\S]*)$/u.exec(
      said.words,
    )
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
    const { date, time, rest: venue } = parseDayAndClock(datesInFigures(rest), today)
    const where = venue.replace(/^[\s,，:：在到至]+/u, '').trim()
    if (date === undefined && time === undefined && where === '') {
      return phrase('programmes.error.moveHow', { no: id })
    }
    if (where.length > MAX_WORDS) return phrase('programmes.error.tooLong', { max: MAX_WORDS })
    const result = reschedule(ctx, editor(ctx), id, {
      ...(date && { date }),
      ...(time && { time }),
      ...(where && { venue: where }),
    })
    if (!result.ok) return result.error
    const { row, told } = result.value
    return [
      phrase('programmes.moved', { day: dayPhrase(row.held_on, today) }),
      line({ db: ctx.tx, now: ctx.now, env: ctx.env }, row, true),
      told === 0 ? phrase('programmes.nobodyTold') : toldLine(told),
    ]
  },
})

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
    const found = numbered(said, /^(?:已办|已举办|办了|活动完成)\s*#?\s*\d/)
    if (found === undefined) return undefined
    const people = /^(?:共|来了|到场)?\s*(\d{1,5})\s*(?:人|位)?/u.exec(found.rest.normalize('NFKC'))
    return { id: found.id, people: people?.[1] === undefined ? undefined : Number(people[1]) }
  },
  run: (ctx, { id, people }) => {
    const result = markHeld(ctx, ctx.who.id, id, people)
    if (!result.ok) return result.error
    const { row, count, target } = result.value
    const name = programmeOf(ctx, row.programme)?.name ?? row.programme
    return target === undefined
      ? phrase('programmes.heldNoted', { name, count })
      : phrase('programmes.heldOfTarget', { name, count, target })
  },
})

interface LectureWords {
  readonly date: LocalDate
  readonly topic: string
  readonly speaker: string
}

const LECTURE = /^\s*(?:讲座安排|講座安排|安排讲座|安排講座|排课|排課)[\s:：,，]*/u

/** A day or a week that the words name, and the rest of them. */
function dayOrWeek(words: string, env: Env, today: LocalDate) {
  const day = parseDay(datesInFigures(words), today)
  if (day !== undefined) return { ...day, isDay: true }
  for (const [list, days] of [
    ['ask.this-week', 0],
    ['ask.next-week', 7],
  ] as const) {
    const named = env.content.words[list]?.filter((word) => fold(words).startsWith(word)) ?? []
    const length = Math.max(0, ...named.map((word) => word.length))
    const date = addDays(mondayOf(today), days)
    if (length > 0) return { date, rest: words.slice(length), isDay: false }
  }
  return undefined
}

/** `12月2日 冬季养生 王医生`: a day or a week, the topic, and what is left is the speaker. */
function lectureWords(said: Said, env: Env, today: LocalDate): LectureWords | 'how' | undefined {
  const found = dayOrWeek(said.words.replace(LECTURE, ''), env, today)
  const [topic = '', ...speaker] = (found?.rest ?? '').split(/[\s,，、;；]+/u).filter(Boolean)
  if (found === undefined || topic === '') {
    // 讲座安排 and 讲座安排 下周 are what people ask.
    const isQuestion = readAsk(said.text, true, env.content, today) !== undefined
    return isQuestion && !found?.isDay ? undefined : 'how'
  }
  return { date: found.date, topic: topic.replace(/^《|》$/gu, ''), speaker: speaker.join(' ') }
}

const lecture = command({
  name: 'programmes.lecture',
  role: 'staff',
  where: ['staff-room', 'direct'],
  bare: EVERYWHERE,
  help: { what: 'programmes.help.lecture', example: 'programmes.example.lecture' },
  parse: (said, env, today) =>
    LECTURE.test(said.words) ? lectureWords(said, env, today) : undefined,
  run: (ctx, words) => {
    const programme = ctx.env.content.programmes.find((p) => p.lectures)
    if (programme === undefined) return phrase('programmes.error.noLectures')
    if (words === 'how') return phrase('programmes.error.lectureHow')
    if (words.topic.length + words.speaker.length > MAX_WORDS) {
      return phrase('programmes.error.tooLong', { max: MAX_WORDS })
    }
    planLecture(ctx, ctx.who.id, { programme: programme.id, ...words })
    return phrase('programmes.lecturePlanned', {
      day: dayPhrase(words.date, dateIn(ctx.env.zone, ctx.now)),
      name: programme.name,
      topic: words.topic,
      speaker: words.speaker,
    })
  },
})

export const staffCommands: readonly Command[] = [move, callOff, held, lecture]
