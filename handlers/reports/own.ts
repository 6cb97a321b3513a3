import { phrase, type Say } from '../../content/i18n.ts'
import { dateIn, plus } from '../../content/time.ts'
import type { CaseRow } from '../../db/queries/case.ts'
import { latestReportOf } from '../../db/queries/complaint.ts'
import type { CaseId } from '../../db/schema-reports.ts'
import { datePhrase, dayPhrase } from '../core/dates.ts'
import type { Ctx, Look } from '../core/feature.ts'
import { kindPhrase, placeSay } from './draft.ts'
import { lookOf } from './intake.ts'
import { statePhrase } from './refusals.ts'
import { isOpen } from './transitions.ts'
import { caseView, ownReports } from './view.ts'

/** What somebody has reported themselves, and what they are told of it. */

const SHOWN = 8
const LATEST_HOURS = 24

/** The open case that the speaker reported in the last day. */
export function latestOwn(ctx: Ctx): CaseId | undefined {
  return latestReportOf(ctx.tx, ctx.who.id, plus(ctx.now, { hours: -LATEST_HOURS }))
}

/** The open cases that somebody reports, the latest first. */
export function openOwn(look: Look, resident: Ctx['who']['id']): CaseRow[] {
  const rows = ownReports(look, resident)
    .filter((own) => !own.withdrawn && isOpen(own.case.state))
    .map((own) => own.case)
  return rows.filter((row, i) => rows.findIndex((other) => other.id === row.id) === i)
}

/** 还在吵, said in a group without a place by somebody whose case of that kind is open: no new report. */
export function ownOfSameKind(ctx: Ctx, category: CaseRow['category'] | null): CaseId | undefined {
  const look = { db: ctx.tx, now: ctx.now, env: ctx.env }
  const same = openOwn(look, ctx.who.id).filter((row) => row.category === category)
  return same.length === 1 ? same[0]?.id : undefined
}

/** The one case of that kind that is said to be done, while its reporter has not said whether it is solved. */
export function doneOfSameKind(ctx: Ctx, category: CaseRow['category'] | null): CaseId | undefined {
  const rows = ownReports({ db: ctx.tx, now: ctx.now, env: ctx.env }, ctx.who.id)
    .filter((own) => !own.withdrawn && own.case.state === 'done')
    .filter((own) => own.case.category === category)
  const ids = new Set(rows.map((own) => own.case.id))
  return ids.size === 1 ? rows[0]?.case.id : undefined
}

/** Where a case of the speaker's stands: all of it alone, in a group the state and the date. */
export function progressSay(ctx: Ctx, id: CaseId): Say {
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
}

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

/** What the speaker has reported. */
export function ownSay(ctx: Ctx): Say {
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
}
