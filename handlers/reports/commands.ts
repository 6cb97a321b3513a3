import { phrase, type Say } from '../../content/i18n.ts'
import { dateIn } from '../../content/time.ts'
import type { CaseId } from '../../db/schema-reports.ts'
import { datePhrase, dayPhrase } from '../core/dates.ts'
import { startDialogue } from '../core/dialogues.ts'
import { type Answer, type Command, type Ctx, command, type Said } from '../core/feature.ts'
import { afterWord, isWord } from '../core/words.ts'
import { draftOf, kindPhrase, normSay, placeSay } from './draft.ts'
import { addWords, withdraw } from './filing.ts'
import { draftDialogue, fileSay, lookOf, meaningOf, nextStep } from './intake.ts'
import { latestOwn } from './listener.ts'
import { statePhrase } from './refusals.ts'
import { urge } from './service.ts'
import { isOpen } from './transitions.ts'
import { caseView, ownReports } from './view.ts'

const EVERYWHERE = ['room', 'direct'] as const
const SHOWN = 8
const MAX_ADDED = 500

/** `举报 3号楼半夜装修`: with all it needs it is filed at once, otherwise what is missing is asked. */
const report = command({
  name: 'reports.report',
  role: 'resident',
  where: EVERYWHERE,
  bare: ['room'],
  help: { what: 'reports.help.report', example: 'reports.example.report' },
  parse: (said, env) => {
    const rest = afterWord(said.text, env.content.words['report'])
    if (rest === undefined) return undefined
    const first = afterRaw(said, env.content.words['report'] ?? [])
    return { words: first, empty: rest === '' }
  },
  run: (ctx, { words, empty }): Say => {
    if (empty) return phrase('reports.askWhat')
    const found = meaningOf(lookOf(ctx), words, 'direct')
    const draft = nextStep(ctx, draftOf(ctx, words, found))
    return draft.step === 'confirm' && found.intent === 'report'
      ? [...fileSay(ctx, draft), ...normSay(ctx.env, draft)]
      : startDialogue(ctx, draftDialogue, draft)
  },
})

/** The words as they were written, without the command's own. */
function afterRaw(said: Said, words: readonly string[]): string {
  const found = [...words]
    .filter((word) => said.words.startsWith(word))
    .sort((a, b) => b.length - a.length)[0]
  const rest = found === undefined ? said.words : said.words.slice(found.length)
  return rest.replace(/^[\s,:，：。]+/u, '')
}

function numbered(grammar: RegExp) {
  return (said: Said) => {
    const found = grammar.exec(said.text)
    // In a group only the number shows that it is meant for Linli.
    if (found === null || (!said.addressed && found[1] === undefined)) return undefined
    return { id: found[1] === undefined ? undefined : (Number(found[1]) as CaseId) }
  }
}

/** `进度 1042`. In a group it says where the case stands and nothing of what it is about. */
const progress = command({
  name: 'reports.progress',
  role: 'resident',
  where: EVERYWHERE,
  bare: ['room'],
  help: { what: 'reports.help.progress', example: 'reports.example.progress' },
  parse: numbered(/^(?:进度|查进度|办得怎么样了?|处理得?怎么样了?)\s*#?\s*(\d{1,9})?$/),
  run: (ctx, { id = latestOwn(ctx) }): Answer => {
    if (id === undefined) return phrase('reports.noneOwn')
    const view = caseView(lookOf(ctx), ctx.who, id)
    if (!view.ok) return view.error
    const { case: row, events } = view.value
    const short = progressLine(ctx, row)
    if (ctx.where !== 'direct') return short
    const day = (at: typeof row.created_at) => dayPhrase(dateIn(ctx.env.zone, at), today(ctx))
    return [
      short,
      phrase('reports.about', {
        kind: kindPhrase(ctx.env, row),
        place: placeSay(ctx.env, placeOf(row)),
      }),
      ...events
        .filter((e) => e.public_note !== null)
        .slice(-5)
        .map((e) => phrase('reports.eventNote', { day: day(e.at), note: e.public_note ?? '' })),
    ]
  },
})

function today(ctx: Ctx) {
  return dateIn(ctx.env.zone, ctx.now)
}

function placeOf(row: { readonly place_id: string | null; readonly place_text: string }) {
  return {
    placeWords: row.place_text,
    ...(row.place_id !== null && { place: row.place_id }),
  }
}

type Row = Extract<ReturnType<typeof caseView>, { ok: true }>['value']['case']

function progressLine(ctx: Ctx, row: Row): Say {
  const state = statePhrase(row.state)
  return isOpen(row.state)
    ? phrase('reports.progress', {
        no: row.id,
        state,
        day: datePhrase(dateIn(ctx.env.zone, row.due_resolve_at)),
      })
    : phrase('reports.progressOver', { no: row.id, state })
}

const own = command({
  name: 'reports.own',
  role: 'resident',
  where: ['direct'],
  help: { what: 'reports.help.own', example: 'reports.example.own' },
  parse: (said, env) => (isWord(said.text, env.content.words['report.own']) ? true : undefined),
  run: (ctx): Say => {
    const reports = ownReports(lookOf(ctx), ctx.who.id).filter((r) => !r.withdrawn)
    if (reports.length === 0) return phrase('reports.noneOwn')
    return [
      phrase('reports.ownTitle', { n: reports.length }),
      ...reports.slice(0, SHOWN).map(({ case: row, number }) =>
        phrase('reports.ownLine', {
          no: number,
          kind: kindPhrase(ctx.env, row),
          place: placeSay(ctx.env, placeOf(row)),
          state: statePhrase(row.state),
        }),
      ),
      phrase('reports.ownHow'),
    ]
  },
})

const takeBack = command({
  name: 'reports.withdraw',
  role: 'resident',
  where: EVERYWHERE,
  bare: ['room'],
  help: { what: 'reports.help.withdraw', example: 'reports.example.withdraw' },
  parse: numbered(
    /^(?:撤回|撤销|撤回反映|撤销反映|不反映了|不投诉了|不举报了|不报了|算了不报了)\s*#?\s*(\d{1,9})?$/,
  ),
  run: (ctx, { id = latestOwn(ctx) }): Answer => {
    if (id === undefined) return phrase('reports.noneOwn')
    const changed = withdraw(ctx, ctx.who, id)
    return changed.ok ? phrase('reports.withdrawn', { no: id }) : changed.error
  },
})

const add = command({
  name: 'reports.add',
  role: 'resident',
  where: ['direct'],
  help: { what: 'reports.help.add', example: 'reports.example.add' },
  parse: (said) => {
    const found = /^补充\s*#?\s*(\d{1,9})[\s,:，：]+(.+)$/s.exec(said.text)
    if (found === null) return undefined
    return {
      id: Number(found[1]) as CaseId,
      words: said.words.replace(/^\D*[\d０-９]+[\s,:，：]+/u, '').slice(0, MAX_ADDED),
    }
  },
  run: (ctx, { id, words }): Answer => {
    const changed = addWords(ctx, ctx.who, id, words)
    return changed.ok ? phrase('reports.added', { no: id }) : changed.error
  },
})

/** A reporter or staff ask for more haste. */
const hurry = command({
  name: 'reports.urge',
  role: 'resident',
  where: ['direct', 'staff-room'],
  bare: ['staff-room'],
  help: { what: 'reports.help.urge', example: 'reports.example.urge' },
  parse: numbered(/^(?:催办|催一下|催|催促)\s*#?\s*(\d{1,9})$/),
  run: (ctx, { id }): Answer => {
    if (id === undefined) return undefined
    const changed = urge(ctx, ctx.who, id)
    return changed.ok ? phrase('reports.urged', { no: id }) : changed.error
  },
})

export const residentCommands: readonly Command[] = [report, progress, own, takeBack, add, hurry]
