import { phrase, type Say } from '../../content/i18n.ts'
import { reportKind } from '../../content/report-rules.ts'
import { dateIn } from '../../content/time.ts'
import type { CaseId } from '../../db/schema-reports.ts'
import { datePhrase } from '../core/dates.ts'
import { startDialogue } from '../core/dialogues.ts'
import type { Answer, Ctx, DialogueKind, DialogueStep, Look, Said } from '../core/feature.ts'
import { isWord } from '../core/words.ts'
import { findPlaces, findWhen, type Understanding, understand } from '../understanding/service.ts'
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
  return understand(text, { now, zone, content, calendar, where })
}

/** Begins a report with what was said, and asks what is missing or for confirmation. */
export function beginReport(ctx: Ctx, said: Said, found: Understanding): Say {
  const draft = nextStep(ctx, draftOf(ctx, said.words, found))
  return startDialogue(ctx, draftDialogue, draft)
}

/** The draft at the step that it has come to: a question, a case that it may be about, or the confirmation. */
export function nextStep(ctx: Ctx, draft: Draft): Draft {
  const question = missing(draft)
  if (question !== undefined) {
    return { ...draft, step: question, asked: [...draft.asked, question] }
  }
  const { same: _, ...rest } = draft
  const [duplicate] =
    draft.same === undefined && draft.step !== 'same'
      ? findDuplicate(lookOf(ctx), problemOf(draft))
      : []
  if (duplicate !== undefined) return { ...rest, step: 'same', same: duplicate.id }
  return { ...rest, step: 'confirm' }
}

export const draftDialogue: DialogueKind = {
  name: 'reports.draft',
  question: (ctx, state) => question(ctx, state as Draft),
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

type Choice = 'yes' | 'no' | 'change'

/** What was chosen, by its number or in words; silent nods such as 嗯 count only where Linli is spoken to. */
function choiceOf(ctx: Ctx, said: Said): Choice | undefined {
  const { words } = ctx.env.content
  const spokenTo = said.addressed || ctx.where === 'direct'
  if (isWord(said.text, words['report.yes'])) return 'yes'
  if (spokenTo && isWord(said.text, words['report.nod'])) return 'yes'
  if (isWord(said.text, words['report.no'])) return 'no'
  if (isWord(said.text, words['report.change'])) return 'change'
  return undefined
}

function take(ctx: Ctx, draft: Draft, said: Said): DialogueStep | undefined {
  const { words } = ctx.env.content
  if (isWord(said.text, words['report.anonymous'])) {
    return { answer: [phrase('reports.anonymousAlways'), question(ctx, draft)], next: draft }
  }
  const corrected = correction(ctx, draft, said)
  if (corrected !== undefined) return goOn(ctx, corrected)
  switch (draft.step) {
    case 'place':
    case 'when':
      return takeFact(ctx, draft, said, draft.step)
    case 'change':
      return takeChange(ctx, draft, said)
    case 'same':
    case 'confirm':
      return takeChoice(ctx, draft, said)
  }
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
  const isTalk = ctx.where !== 'direct' && !said.addressed && said.text.length > SHORT
  if (isTalk) return undefined
  const filled = withFacts(ctx, draft, said)
  const came = fact === 'place' ? filled.placeWords : filled.from
  if (came !== undefined) return goOn(ctx, withWords(filled, said.words))
  if (ctx.where !== 'direct' && !said.addressed) return undefined
  // Words that are on no map are a place all the same when the question was for one.
  if (fact === 'place' && said.text.length <= SHORT && !isQuestion(said.text)) {
    return goOn(ctx, withWords({ ...draft, placeWords: said.words }, said.words))
  }
  return undefined
}

function isQuestion(text: string): boolean {
  return /[?？吗呢]$|^(?:为什么|怎么|什么)/u.test(text)
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
  /(?:[发说打写报搞弄]错|不对|不是.{1,12}[,，。 ]?.{0,2}是|应该是|更正|改成|改为|其实是)/u

function correction(ctx: Ctx, draft: Draft, said: Said): Draft | undefined {
  if (!WRONG.test(said.words)) return undefined
  const right = said.words.split(WRONG).at(-1) ?? ''
  const filled = withFacts(ctx, draft, { ...said, words: right, text: right })
  const changed = filled.placeWords !== draft.placeWords || filled.from !== draft.from
  return changed ? withWords({ ...filled, step: 'confirm' }, said.words) : undefined
}

function takeChange(ctx: Ctx, draft: Draft, said: Said): DialogueStep | undefined {
  if (isWord(said.text, ctx.env.content.words['report.no'])) {
    return { answer: phrase('reports.dropped') }
  }
  const filled = withFacts(ctx, draft, said)
  const found = meaningOf(lookOf(ctx), said.words, 'direct')
  const kind =
    found.intent === 'report' && found.category !== null
      ? { category: found.category, subtype: found.subtype }
      : {}
  const changed =
    filled.placeWords !== draft.placeWords || filled.from !== draft.from || 'category' in kind
  if (!changed) return undefined
  return goOn(ctx, withWords({ ...filled, ...kind, step: 'confirm' }, said.words))
}

function takeChoice(ctx: Ctx, draft: Draft, said: Said): DialogueStep | undefined {
  const choice = choiceOf(ctx, said)
  if (draft.step === 'same' && draft.same !== undefined) {
    if (choice === 'yes' || isWord(said.text, ctx.env.content.words['report.join'])) {
      return { answer: joinSay(ctx, draft.same, wordsOf(ctx, draft)) }
    }
    if (choice === 'change' || isWord(said.text, ctx.env.content.words['report.other'])) {
      return goOn(ctx, draft)
    }
    if (choice === 'no') return { answer: phrase('reports.dropped') }
    return undefined
  }
  if (choice === 'yes') return { answer: fileSay(ctx, draft) }
  if (choice === 'no') return { answer: phrase('reports.dropped') }
  if (choice === 'change') {
    const step: Draft = { ...draft, step: 'change' }
    return { answer: question(ctx, step), next: step }
  }
  return more(ctx, draft, said)
}

/** Further words about the same thing, sent after the first: they join the draft without a word. */
function more(ctx: Ctx, draft: Draft, said: Said): DialogueStep | undefined {
  const found = meaningOf(lookOf(ctx), said.words, ctx.where === 'direct' ? 'direct' : 'group')
  if (found.intent !== 'report' || found.category !== draft.category) return undefined
  return { answer: undefined, next: withWords(draft, said.words) }
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
  return ctx.room !== undefined && !NEWS.has(reporters)
    ? undefined
    : phrase('reports.joined', { no: id, n: reporters })
}
