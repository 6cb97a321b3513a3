import { phrase, type Say } from '../../content/i18n.ts'
import type { Item } from '../../content/survey-schema.ts'
import { residentById } from '../../db/queries/resident.ts'
import { asksOf, type RoundRow, roundInRoom } from '../../db/queries/round.ts'
import type { RoomId } from '../../db/schema.ts'
import type { Reader } from '../../db/store.ts'
import type { Answer, Ctx, Listener, Said } from '../core/feature.ts'
import { enqueue } from '../core/outbox.ts'
import { isPlainReport } from '../understanding/service.ts'
import { type Heard, understandAnswer } from './answers/understand.ts'
import { type ListedAnswer, takesDigit, understandAll } from './compact.ts'
import { askedKey } from './keys.ts'
import { ALL_ITEMS, howToAll, several } from './question.ts'
import { aboutSurvey, askedAbout } from './questions.ts'
import { quotedPart } from './quoted.ts'
import {
  type Given,
  questionnaireOf,
  record,
  refuse,
  residentWho,
  respondentFor,
  type Who,
} from './record.ts'

/** The index of the question that stands open in a group, ALL_ITEMS for all of them. */
function openItem(db: Reader, round: RoundRow, room: RoomId): number | undefined {
  return asksOf(db, round.id, room).findLast(
    (ask) => ask.kind === 'question' && ask.outbox_id !== null,
  )?.item
}

type Meaning =
  | { readonly kind: 'given'; readonly given: readonly Given[] }
  | { readonly kind: 'ask'; readonly item: number }
  | { readonly kind: 'stop' }

/** Fewer digits than these are no attempt at answering everything: 88 is a good-bye. */
const ATTEMPT = /(?:\d\D*){4}/

/** What words in a group mean for its open round: nothing, as a rule. */
function meaning(round: RoundRow, last: number, said: Said): Meaning | undefined {
  const survey = questionnaireOf(round)
  const { items } = survey
  const quoted = said.quoted === undefined ? undefined : quotedPart(survey, said.quoted, 'room')
  if (quoted?.kind === 'other') return undefined
  const [text, where] = [said.words, said.addressed ? 'direct' : 'group'] as const
  const all = understandAll(items, text, where)
  if (all?.kind === 'answers') return { kind: 'given', given: listed(items, all.answers) }
  // An answer to a reminder is for no item that could be known.
  if (quoted?.kind === 'survey' && last !== ALL_ITEMS) return undefined
  const open = quoted?.kind === 'item' ? quoted.item : last
  const item = items[open]
  // Where all stand open one answer is for none of them, but a refusal is for all.
  const asked = item ?? items[0]
  const heard = asked === undefined ? undefined : understandAnswer(asked, text, where)
  if (heard?.kind === 'stop') return { kind: 'stop' }
  if (item === undefined || heard === undefined || heard.kind === 'ignore') {
    const attempt = all?.kind === 'ask' && (item === undefined || ATTEMPT.test(text))
    return attempt ? { kind: 'ask', item: ALL_ITEMS } : undefined
  }
  // What was said to Linli, and is no text for this question, is for whoever else listens.
  if (heard.kind === 'ask' && item.type === 'text') return undefined
  if (heard.kind === 'ask') return { kind: 'ask', item: open }
  return { kind: 'given', given: [toGiven(open, heard)] }
}

/** A list of answers as what is recorded. */
export function listed(items: readonly Item[], answers: readonly ListedAnswer[]): Given[] {
  return answers.map(({ item, value }) =>
    value === 'unsure'
      ? { item: items.indexOf(item), kind: 'unsure' }
      : { item: items.indexOf(item), kind: 'answer', value },
  )
}

export function toGiven(
  item: number,
  heard: Extract<Heard, { kind: 'answer' | 'unsure' | 'skip' }>,
): Given {
  return heard.kind === 'answer'
    ? { item, kind: 'answer', value: heard.value }
    : { item, kind: heard.kind }
}

/**
 * Hears answers in a group of residents while a question is open there. Answers are taken without a word; what is
 * meant as one but unclear is asked about once; everything else is ordinary talk.
 */
export const surveyListener: Listener = {
  name: 'surveys',
  hear: (look, room, said) => {
    const round = roundInRoom(look.db, room.id)
    if (round === undefined) return undefined
    const open = openItem(look.db, round, room.id)
    if (open === undefined) return undefined
    if (said.addressed) {
      const about = askedAbout(said.text)
      if (about !== undefined) return (ctx) => aboutSurvey(ctx, round, about)
      // A report said to Linli is one while a survey runs as well; a quoted question shows what is meant.
      if (said.quoted === undefined && isPlainReport(said.words, { ...look.env, now: look.now }))
        return undefined
    }
    const meant = meaning(round, open, said)
    return meant && ((ctx) => take(ctx, round, room.id, meant))
  },
}

function take(ctx: Ctx, round: RoundRow, room: RoomId, meant: Meaning): Answer {
  const resident = residentById(ctx.tx, ctx.who.id)
  if (resident === undefined || ctx.who.record !== 'resident') return undefined
  const who = residentWho(ctx.tx, round, resident, 'group', room)
  if (round.anonymous === 1) ctx.forget()
  if (!mayAnswer(ctx, round, who)) return undefined
  switch (meant.kind) {
    case 'given':
      record(ctx, round, who, meant.given)
      return undefined
    case 'stop':
      refuse(ctx, round, who)
      return undefined
    case 'ask':
      enqueue(ctx, {
        to: { room },
        key: `survey-which:${round.id}:${meant.item}:${askedKey(round, resident)}`,
        say: which(ctx, round, meant.item),
        priority: 'reply',
      })
      return undefined
  }
}

/** What is asked where an answer was unclear. */
function which(ctx: Ctx, round: RoundRow, index: number): Say {
  const { items } = questionnaireOf(round)
  const item = items[index]
  if (item !== undefined) return several(item).at(0) ?? phrase('surveys.whichOne')
  return items.every(takesDigit)
    ? phrase('surveys.whichAll', { n: items.length })
    : howToAll(items, ctx.env.content.community.botName)
}

/** After the closing, only people who have started may finish. */
export function mayAnswer(ctx: Ctx, round: RoundRow, who: Who): boolean {
  if (round.state === 'open' && ctx.now < round.closes_at) return true
  const begun = respondentFor(ctx.tx, round, who)
  return ctx.now < round.final_at && begun?.state === 'started'
}
