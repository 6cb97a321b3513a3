import { phrase, type Say } from '../../content/i18n.ts'
import { reportKind } from '../../content/report-rules.ts'
import { dateIn, minutesBetween } from '../../content/time.ts'
import type { CaseId } from '../../db/schema-reports.ts'
import { datePhrase } from '../core/dates.ts'
import { startDialogue } from '../core/dialogues.ts'
import type { Answer, Ctx, DialogueKind, DialogueStep, Look, Said } from '../core/feature.ts'
import { isWord } from '../core/words.ts'
import {
  type Circumstances,
  findPlaces,
  findWhen,
  type Understanding,
  understand,
} from '../understanding/service.ts'
import { mustBeCase } from './cases.ts'
import {
  type Draft,
  draftOf,
  kindPhrase,
  missing,
  normSay,
  placeSay,
  problemOf,
  whenSay,
  withPlace,
  withWhen,
  withWords,
} from './draft.ts'
import { factsAlone, houseOf, namesNoPlace } from './facts.ts'
import { fileCase, findDuplicate, joinCase, type Words } from './filing.ts'
import { takeDraftImage } from './photos.ts'
import { statePhrase } from './refusals.ts'
import { addPhoto } from './service.ts'

/** How a report is taken in: at most two questions, then 确认; before that nothing is filed. */

/** In a group, what answers a question of place or time is short; the rest is talk. */
const SHORT = 24

export function lookOf({ tx, now, env }: Ctx): Look {
  return { db: tx, now, env }
}

/** What the speaker's words mean as a report. */
export function meaningOf(ctx: Look, text: string, where: 'group' | 'direct'): Understanding {
  const { env, now } = ctx
  const { zone, content, calendar } = env
  const about = { now, zone, content, calendar, where }
  const found = understand(text, about)
  if (found.intent === 'report' || !found.anonymous || where === 'group') return found
  return unnamed(text, about) ?? found
}

/** Who asks to stay unnamed reports something: the wish is taken out, and the rest heard as a report. */
function unnamed(text: string, about: Circumstances): Understanding | undefined {
  const parts = text.split(/[,，。!！?？;；\s]+/u).filter((part) => part !== '')
  const rest = parts.filter((part) => !understand(part, about).anonymous)
  if (rest.length === 0) return undefined
  const found = understand(['反映一下', ...rest].join('，'), about)
  const isKnown = found.intent === 'report' && found.category !== 'other'
  return isKnown ? { ...found, anonymous: true } : undefined
}

/** Begins a report with what was said, and asks what is missing or for confirmation. */
export function beginReport(ctx: Ctx, said: Said, found: Understanding): Say {
  const draft = nextStep(ctx, draftOf(ctx, said.words, found))
  const asked = startDialogue(ctx, draftDialogue, draft)
  return found.anonymous ? [ALWAYS_UNNAMED, asked] : asked
}

/** The draft at the step that it has come to: a question, a case that it may be about, or the confirmation. */
export function nextStep(ctx: Ctx, draft: Draft): Draft {
  const question = missing(draft)
  if (question !== undefined) {
    return { ...draft, step: question, asked: [...draft.asked, question], askedAt: ctx.now }
  }
  const { same: _, ...rest } = draft
  const [duplicate] =
    draft.same === undefined && draft.step !== 'same'
      ? findDuplicate(lookOf(ctx), problemOf(draft))
      : []
  if (duplicate !== undefined)
    return { ...rest, step: 'same', same: duplicate.id, askedAt: ctx.now }
  return { ...rest, step: 'confirm', askedAt: ctx.now }
}

export const draftDialogue: DialogueKind = {
  name: 'reports.draft',
  question: (ctx, state) => question(ctx, state as Draft),
  first: (look, state, { words }) => {
    const { step } = state as Draft
    const meant = step === 'place' ? houseOf(words) : words
    return step !== 'same' && factsAlone(look, meant) !== undefined
  },
  take: (ctx, state, said) => take(ctx, state as Draft, said),
  takeImage: (_, state, image) => takeDraftImage(state as Draft, image),
}

function question(ctx: Ctx, draft: Draft): Say {
  switch (draft.step) {
    case 'place':
      return phrase('reports.askPlace', { kind: kindPhrase(ctx.env, draft) })
    case 'when':
      return phrase('reports.askWhen', { place: placeSay(ctx.env, draft) })
    case 'change':
      return phrase('reports.askChange')
    case 'same': {
      const row = draft.same && mustBeCase(ctx.tx, draft.same)
      if (!row) return confirmSay(ctx, draft)
      return phrase('reports.askSame', {
        kind: kindPhrase(ctx.env, row),
        place: placeSay(ctx.env, draft),
        no: row.id,
        state: statePhrase(row.state),
      })
    }
    case 'confirm':
      return confirmSay(ctx, draft)
  }
}

function confirmSay(ctx: Ctx, draft: Draft): Say {
  return [
    phrase('reports.confirm', {
      kind: kindPhrase(ctx.env, draft),
      place: placeSay(ctx.env, draft),
      when: whenSay(ctx.env, ctx.now, draft),
    }),
    ...normSay(ctx.env, draft),
    phrase('reports.confirmHow'),
  ]
}

/** A nod in a group so soon after the question is meant for it. */
const FRESH_MINUTES = 2

type Choice = 'yes' | 'no' | 'change'

/** What was chosen, by its number or in words; silent nods such as 嗯 count only where Linli is spoken to. */
function choiceOf(ctx: Ctx, said: Said, draft: Draft): Choice | undefined {
  const { words } = ctx.env.content
  // The number and the word, as they are offered: 2 改一下.
  const text = said.text.replace(/^[123][\s.、,:]+(?=\S)/u, '')
  if (isWord(text, words['report.yes'])) return 'yes'
  const fresh =
    draft.askedAt !== undefined && minutesBetween(draft.askedAt, ctx.now) <= FRESH_MINUTES
  if ((fresh || isSpokenTo(ctx, said)) && isWord(text, words['report.nod'])) return 'yes'
  if (isWord(text, words['report.no'])) return 'no'
  if (isWord(text, words['report.change'])) return 'change'
  return undefined
}

function take(ctx: Ctx, draft: Draft, said: Said): DialogueStep | undefined {
  const { words } = ctx.env.content
  const unnamed = isWord(said.text, words['report.anonymous'])
  const step = unnamed ? undefined : takeWords(ctx, draft, said)
  const asksIt = unnamed || (isSpokenTo(ctx, said) && staysUnnamed(ctx, said))
  if (!asksIt) return step
  const { answer, next } = step ?? { answer: question(ctx, draft), next: draft }
  return {
    answer: answer === undefined ? ALWAYS_UNNAMED : [ALWAYS_UNNAMED, answer],
    ...(next !== undefined && { next }),
  }
}

const ALWAYS_UNNAMED = phrase('reports.anonymousAlways')

function staysUnnamed(ctx: Ctx, said: Said): boolean {
  return meaningOf(lookOf(ctx), said.words, 'direct').anonymous
}

function takeWords(ctx: Ctx, draft: Draft, said: Said): DialogueStep | undefined {
  const corrected = correction(ctx, draft, said)
  if (corrected !== undefined) return goOn(ctx, corrected)
  switch (draft.step) {
    case 'place':
    case 'when':
      return takeFact(ctx, draft, said, draft.step) ?? plusOne(ctx, draft, said)
    case 'change':
      return takeChange(ctx, draft, said)
    case 'same':
      return takeSame(ctx, draft, said)
    case 'confirm':
      return takeChoice(ctx, draft, said) ?? plusOne(ctx, draft, said)
  }
}

/** Somebody with a report of their own open does not join another's with a nod that may be meant for their own. */
function plusOne(ctx: Ctx, draft: Draft, said: Said): DialogueStep | undefined {
  if (isSpokenTo(ctx, said)) return undefined
  if (!isWord(said.text, ctx.env.content.words['report.plus-one'])) return undefined
  return { answer: undefined, next: draft }
}

function goOn(ctx: Ctx, draft: Draft): DialogueStep {
  const ahead = nextStep(ctx, draft)
  return { answer: question(ctx, ahead), next: ahead }
}

function takeFact(
  ctx: Ctx,
  draft: Draft,
  said: Said,
  fact: 'place' | 'when',
): DialogueStep | undefined {
  const { words } = ctx.env.content
  if (isWord(said.text, words['report.no'])) return { answer: phrase('reports.dropped') }
  if (isWord(said.text, words['report.unknown'])) return goOn(ctx, draft)
  const heard = fact === 'place' ? { ...said, words: houseOf(said.words) } : said
  if (!isAnswer(ctx, draft, heard)) return undefined
  const filled = withFacts(ctx, draft, heard)
  const came = fact === 'place' ? filled.placeWords : filled.from
  if (came !== undefined) return goOn(ctx, withWords(filled, said.words))
  const alone = factsAlone(lookOf(ctx), heard.words)
  if (alone !== undefined && filled !== draft) return askOnceMore(ctx, filled, said, fact)
  if (!isSpokenTo(ctx, said)) return undefined
  // A house above or beside the speaker's own, which Linli does not know.
  if (fact === 'place' && alone?.place !== undefined) {
    return goOn(ctx, withWords({ ...draft, placeWords: alone.place.text }, said.words))
  }
  if (filled !== draft || isReport(ctx, said)) return askOnceMore(ctx, filled, said, fact)
  // Words that are on no map are a place all the same when the question was for one.
  if (fact === 'place' && !namesNoPlace(lookOf(ctx), said)) {
    return goOn(ctx, withWords({ ...draft, placeWords: said.words }, said.words))
  }
  return undefined
}

/** In a group a place or a time counts where the words are nothing else, or tell of the same problem. */
function isAnswer(ctx: Ctx, draft: Draft, said: Said): boolean {
  if (isSpokenTo(ctx, said)) return true
  if (said.text.length > SHORT) return false
  return factsAlone(lookOf(ctx), said.words) !== undefined || isSameProblem(ctx, draft, said)
}

/** What was said is kept; what was asked for is asked once more, and in a group not a third time. */
function askOnceMore(ctx: Ctx, draft: Draft, said: Said, fact: 'place' | 'when'): DialogueStep {
  const again = draft.asked.filter((each) => each === fact).length < 2
  const next = withWords({ ...draft, asked: [...draft.asked, fact] }, said.words)
  return { answer: again || isSpokenTo(ctx, said) ? question(ctx, next) : undefined, next }
}

function isReport(ctx: Ctx, said: Said): boolean {
  return meaningOf(lookOf(ctx), said.words, 'direct').intent === 'report'
}

function isSpokenTo(ctx: Ctx, said: Said): boolean {
  return said.addressed || ctx.where === 'direct'
}

/** Place and time out of the words, where they have any. */
function withFacts(ctx: Ctx, draft: Draft, said: Said): Draft {
  const { env, now } = ctx
  const [place] = findPlaces(said.words, env.content.community).filter((p) => !p.elsewhere)
  const when = isWord(said.text, env.content.words['report.now'])
    ? { from: now, to: now, repeats: null }
    : findWhen(said.words, now, env.zone, env.calendar)
  return withWhen(withPlace(ctx, draft, place ?? null), when)
}

/** 不是3号楼，是4号楼 · 发错了，四单元 · 应该是昨晚. */
const WRONG =
  /(?:[发说打写报搞弄]错(?:楼|地方|时间|位置|号)?|不对|不是.{1,12}[,，。 ]?.{0,2}是|应该是|更正|改成|改为|其实是)/u

function correction(ctx: Ctx, draft: Draft, said: Said): Draft | undefined {
  if (!WRONG.test(said.words)) return undefined
  const right = said.words.split(WRONG).at(-1) ?? ''
  if (!isAnswer(ctx, draft, { ...said, words: right })) return undefined
  const filled = withFacts(ctx, draft, { ...said, words: right, text: right })
  return isChanged(draft, filled)
    ? withWords({ ...filled, step: 'confirm' }, said.words)
    : undefined
}

function takeChange(ctx: Ctx, draft: Draft, said: Said): DialogueStep | undefined {
  if (isWord(said.text, ctx.env.content.words['report.no'])) {
    return { answer: phrase('reports.dropped') }
  }
  const found = meaningOf(lookOf(ctx), said.words, 'direct')
  const told = found.intent === 'report' || isAnswer(ctx, draft, said)
  const filled = told ? withFacts(ctx, draft, said) : draft
  const kind =
    found.intent === 'report' && found.category !== null
      ? { category: found.category, subtype: found.subtype }
      : {}
  if (!isChanged(draft, filled) && !('category' in kind)) return undefined
  return goOn(ctx, withWords({ ...filled, ...kind, step: 'confirm' }, said.words))
}

const JOINING = ['report.join', 'report.plus-one', 'report.me-too'] as const

function takeSame(ctx: Ctx, draft: Draft, said: Said): DialogueStep | undefined {
  const { words } = ctx.env.content
  const choice = choiceOf(ctx, said, draft)
  if (draft.same === undefined) return takeChoice(ctx, draft, said)
  if (choice === 'yes' || JOINING.some((name) => isWord(said.text, words[name]))) {
    return { answer: joinSay(ctx, draft.same, wordsOf(ctx, draft)) }
  }
  if (choice === 'change' || isWord(said.text, words['report.other'])) return goOn(ctx, draft)
  if (choice === 'no') return { answer: phrase('reports.dropped') }
  return undefined
}

function takeChoice(ctx: Ctx, draft: Draft, said: Said): DialogueStep | undefined {
  const choice = choiceOf(ctx, said, draft)
  if (choice === 'yes') return { answer: fileSay(ctx, draft) }
  if (choice === 'no') return { answer: phrase('reports.dropped') }
  if (choice === 'change') {
    const step: Draft = { ...draft, step: 'change' }
    return { answer: question(ctx, step), next: step }
  }
  return takeFactsAlone(ctx, draft, said) ?? more(ctx, draft, said)
}

/** `昨晚十点` or `4号楼` and nothing else puts the draft right. */
function takeFactsAlone(ctx: Ctx, draft: Draft, said: Said): DialogueStep | undefined {
  if (factsAlone(lookOf(ctx), said.words) === undefined) return undefined
  const filled = withFacts(ctx, draft, said)
  if (isChanged(draft, filled)) return goOn(ctx, withWords(filled, said.words))
  return isSpokenTo(ctx, said) ? { answer: question(ctx, draft), next: draft } : undefined
}

function isChanged(draft: Draft, filled: Draft): boolean {
  return filled.placeWords !== draft.placeWords || !sameTime(draft, filled)
}

function sameTime(a: Draft, b: Draft): boolean {
  return a.from === b.from && a.to === b.to && a.repeats === b.repeats
}

/** Further words about the same thing, sent after the first: they join the draft without a word. */
function more(ctx: Ctx, draft: Draft, said: Said): DialogueStep | undefined {
  if (!isSameProblem(ctx, draft, said)) return undefined
  return { answer: undefined, next: withWords(draft, said.words) }
}

function isSameProblem(ctx: Ctx, draft: Draft, said: Said): boolean {
  const found = meaningOf(lookOf(ctx), said.words, ctx.where === 'direct' ? 'direct' : 'group')
  return found.intent === 'report' && found.category === draft.category
}

function wordsOf(ctx: Ctx, draft: Draft): Words {
  return {
    words: draft.words.join('\n'),
    effect: draft.effect,
    prior: draft.prior,
    level: draft.level,
    channel: ctx.room === undefined ? 'direct' : 'group',
    room: ctx.room?.id,
  }
}

/** Files the draft, tells staff, and answers with the number, what happens next and by when. */
export function fileSay(ctx: Ctx, draft: Draft): readonly Say[] {
  const filed = fileCase(ctx, ctx.who, ctx.who.id, { ...problemOf(draft), ...wordsOf(ctx, draft) })
  if (!filed.ok) return [filed.error]
  const { case: row, complaint } = filed.value
  ctx.opensTopic()
  for (const photo of draft.photos) addPhoto(ctx, row.id, photo, { stage: 'report', complaint })
  const { zone, content } = ctx.env
  const kind = reportKind(content.reportRules, row.category, row.subtype)
  return [
    phrase('reports.filed', { no: row.id }),
    phrase('reports.filedNext', {
      next: kind.next,
      respond: datePhrase(dateIn(zone, row.due_respond_at)),
      resolve: datePhrase(dateIn(zone, row.due_resolve_at)),
    }),
    phrase('reports.filedHow', { no: row.id }),
  ]
}

/** So many join before it is no news any more. */
const NEWS = new Set([2, 3, 5, 10, 20, 50, 100])

/** One person more reports the same. In a group only some of them are told, so that it stays quiet. */
export function joinSay(ctx: Ctx, id: CaseId, said: Words): Answer {
  const joined = joinCase(ctx, ctx.who, ctx.who.id, id, said)
  if (!joined.ok) return joined.error
  const { reporters } = joined.value
  ctx.opensTopic()
  return ctx.room !== undefined && !NEWS.has(reporters)
    ? undefined
    : phrase('reports.joined', { no: id, n: reporters })
}
