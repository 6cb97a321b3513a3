import { phrase, type Say } from '../../content/i18n.ts'
import { answersOf } from '../../db/queries/answer.ts'
import { optedOut } from '../../db/queries/opt-out.ts'
import { residentById } from '../../db/queries/resident.ts'
import { roomsOf } from '../../db/queries/room.ts'
import { type RoundRow, roundById, roundRooms, roundsIn } from '../../db/queries/round.ts'
import type { RoundId } from '../../db/schema-surveys.ts'
import { startDialogue } from '../core/dialogues.ts'
import {
  type Answer,
  type Ctx,
  command,
  type DialogueKind,
  type DialogueStep,
  type Look,
  type Said,
  type Speaker,
} from '../core/feature.ts'
import { isWord } from '../core/words.ts'
import { understandAnswer } from './answers/understand.ts'
import { understandAll } from './compact.ts'
import { listed, mayAnswer, toGiven } from './listen.ts'
import { asked, several } from './question.ts'
import { aboutSurvey, askedAbout } from './questions.ts'
import { headline, quotedPart } from './quoted.ts'
import {
  nextItem,
  questionnaireOf,
  record,
  refuse,
  residentWho,
  respondentFor,
  type Who,
} from './record.ts'

interface State {
  readonly round: RoundId
  /** The item that is asked again after 上一题. */
  readonly at?: number
}

/** The rounds that the speaker may answer: those of a group the speaker is in, or any for somebody in none. */
function roundFor(ctx: Ctx): RoundRow | undefined {
  const rooms = roomsOf(ctx.tx, ctx.session, ctx.message.sender.platformId)
  return roundsIn(ctx.tx, ['open', 'closing']).find((round) =>
    roundRooms(ctx.tx, round.id).some((r) => rooms.length === 0 || rooms.includes(r.room_id)),
  )
}

function whoOf(ctx: Ctx, round: RoundRow): Who | undefined {
  const resident = residentById(ctx.tx, ctx.who.id)
  return resident && residentWho(ctx.tx, round, resident, 'direct')
}

export const answerCommand = command({
  name: 'surveys.answer',
  role: 'resident',
  where: ['direct'],
  help: { what: 'surveys.help.answer', example: 'surveys.example.answer' },
  parse: (said, env) => (isWord(said.text, env.content.words['survey']) ? true : undefined),
  run: (ctx): Say => {
    const round = roundFor(ctx)
    if (ctx.who.record !== 'resident') return phrase('surveys.forResidents')
    const who = round && whoOf(ctx, round)
    if (round === undefined || who === undefined) return phrase('surveys.noneOpen')
    if (!mayAnswer(ctx, round, who)) return phrase('surveys.over')
    const survey = questionnaireOf(round)
    if (pending(ctx, round, who) === undefined)
      return phrase('surveys.done', { title: survey.title })
    return [
      phrase('surveys.title', { title: survey.title }),
      phrase('surveys.note', { note: survey.intro }),
      startDialogue(ctx, surveyDialogue, { round: round.id } satisfies State),
    ]
  },
})

function pending(ctx: Ctx, round: RoundRow, who: Who): number | undefined {
  const row = respondentFor(ctx.tx, round, who)
  return nextItem(questionnaireOf(round).items, row ? answersOf(ctx.tx, row.id) : [])
}

/** One question after the other. Where it stands is read from the answers, so it goes on after any interruption. */
export const surveyDialogue: DialogueKind = {
  name: 'surveys.answer',
  yields: true,
  question: (ctx, state) => ask(ctx, state as State),
  take: (ctx, state, said) => {
    const s = state as State
    const round = roundById(ctx.tx, s.round)
    const who = round && whoOf(ctx, round)
    if (round === undefined || who === undefined || !mayAnswer(ctx, round, who)) {
      return { answer: phrase('surveys.over') }
    }
    if (round.anonymous === 1) ctx.forget()
    const survey = questionnaireOf(round)
    const { items } = survey
    const quoted = said.quoted === undefined ? undefined : quotedPart(survey, said.quoted, 'direct')
    // What answers something else that Linli said is no answer to this.
    if (quoted?.kind === 'other') return undefined
    const index = quoted?.kind === 'item' ? quoted.item : (s.at ?? pending(ctx, round, who))
    const item = index === undefined ? undefined : items[index]
    if (index === undefined || item === undefined) return { answer: phrase('surveys.thanks') }
    const about = askedAbout(said.text)
    if (about !== undefined) {
      return { answer: [aboutSurvey(ctx, round, about), ask(ctx, s)], next: s }
    }
    if (isWord(said.text, ctx.env.content.words['survey.back'])) return back(ctx, s, index)

    const all = understandAll(items, said.words, 'direct')
    if (all?.kind === 'answers') {
      record(ctx, round, who, listed(items, all.answers))
      return goOn(ctx, round, who)
    }
    const heard = understandAnswer(item, said.words, 'direct')
    switch (heard.kind) {
      case 'answer':
      case 'unsure':
      case 'skip':
        record(ctx, round, who, [toGiven(index, heard)])
        return goOn(ctx, round, who)
      case 'stop':
        refuse(ctx, round, who)
        return { answer: phrase('surveys.refused') }
      default:
        return undefined
    }
  },
}

function back(ctx: Ctx, state: State, index: number): DialogueStep {
  const next: State = { round: state.round, at: Math.max(0, index - 1) }
  return { answer: ask(ctx, next), next }
}

function goOn(ctx: Ctx, round: RoundRow, who: Who): DialogueStep {
  if (pending(ctx, round, who) === undefined) {
    return { answer: phrase('surveys.note', { note: questionnaireOf(round).thanks }) }
  }
  const next: State = { round: round.id }
  return { answer: ask(ctx, next), next }
}

function ask(ctx: Ctx, state: State): Say {
  const round = roundById(ctx.tx, state.round)
  const who = round && whoOf(ctx, round)
  if (round === undefined || who === undefined) return phrase('surveys.over')
  const survey = questionnaireOf(round)
  const index = state.at ?? pending(ctx, round, who)
  const item = index === undefined ? undefined : survey.items[index]
  if (index === undefined || item === undefined) return phrase('surveys.thanks')
  return [
    headline(survey, index, 'direct'),
    asked(item, ctx.lang),
    ...several(item),
    ...(index === 0 ? [phrase('surveys.howDirect')] : []),
  ]
}

/**
 * Hears in the direct chat, where no dialogue is open, a question about a survey that runs, and digits of somebody who
 * has not finished it. A digit alone tells no question, so the next one is shown and nothing is counted.
 */
export function hearPrivately(
  look: Look,
  said: Said,
  speaker: Speaker | undefined,
): ((ctx: Ctx) => Answer) | undefined {
  if (roundsIn(look.db, ['open', 'closing']).length === 0) return undefined
  if (speaker !== undefined && speaker.record !== 'resident') return undefined
  const about = askedAbout(said.text)
  const digits = /^[0-9\s,.、]{1,40}$/.test(said.text) && /\d/.test(said.text)
  if (about === undefined && !digits) return undefined
  return (ctx) => {
    const round = roundFor(ctx)
    const who = round && whoOf(ctx, round)
    if (round === undefined || who === undefined) return phrase('core.unclear')
    if (about !== undefined) return aboutSurvey(ctx, round, about)
    return takeUp(ctx, round, who, said)
  }
}

function takeUp(ctx: Ctx, round: RoundRow, who: Who, said: Said): Answer {
  const { title, items, thanks } = questionnaireOf(round)
  const refused = respondentFor(ctx.tx, round, who)?.state === 'refused'
  const open = mayAnswer(ctx, round, who) && pending(ctx, round, who) !== undefined
  if (!open || refused || optedOut(ctx.tx, ctx.who.id, 'surveys')) return phrase('core.unclear')
  if (round.anonymous === 1) ctx.forget()
  // As many digits as questions, all in range, are an answer in a group as well.
  const all = understandAll(items, said.words, 'group')
  if (all?.kind === 'answers' && all.answers.length === items.length) {
    record(ctx, round, who, listed(items, all.answers))
    return phrase('surveys.note', { note: thanks })
  }
  return [
    phrase('surveys.offer', { title }),
    startDialogue(ctx, surveyDialogue, { round: round.id } satisfies State),
  ]
}
