import { type Phrase, phrase, type Say } from '../../content/i18n.ts'
import { dateIn, type Instant, timeIn } from '../../content/time.ts'
import type { CaseEventRow } from '../../db/queries/case-event.ts'
import type { ResidentId } from '../../db/schema.ts'
import type { Rating } from '../../db/schema-reports.ts'
import { datePhrase } from '../core/dates.ts'
import type { Answer, Command, Ctx } from '../core/feature.ts'
import { rootOf } from './combine.ts'
import { whenSay } from './draft.ts'
import { aboutCase, lateOf, nameOf } from './lines.ts'
import { actionPhrase, BESIDE, listing, statePhrase } from './refusals.ts'
import type { RevisitAnswer } from './service.ts'
import { measurementSay, mediationSay } from './staff-evidence.ts'
import { caseCommand } from './staff-grammar.ts'
import { ACTIONS, type Action, isOpen } from './transitions.ts'
import { type CaseView, caseView } from './view.ts'

/** `工单 1042`: all that somebody who handles the case needs, and nothing of who reported it. */

const EVENTS = 6
const REPORTS = 3
const WORDS = 80
const LEDGER = 4

const card = caseCommand({
  name: 'card',
  role: 'handler',
  verbs: '工单|看工单|查工单|查看',
  run: (ctx, { id, words }): Answer => {
    if (words !== '') return phrase('cases.list.how', { words })
    const look = { db: ctx.tx, now: ctx.now, env: ctx.env }
    const view = caseView(look, ctx.who, id)
    if (!view.ok) return view.error
    const root = rootOf(ctx.tx, id)
    return [
      ...(root.ok && root.value.id !== id
        ? [phrase('reports.refuse.mergedInto', { no: id, into: root.value.id })]
        : []),
      ...cardSay(ctx, view.value),
    ]
  },
})

function cardSay(ctx: Ctx, view: CaseView): Say[] {
  const { case: row, possible } = view
  const steps = listing(possible.filter((a) => !BESIDE.has(a)).map(actionPhrase))
  const when = whenSay(ctx.env, ctx.now, {
    from: row.happened_from_at ?? undefined,
    to: row.happened_to_at ?? undefined,
    repeats: row.repeats,
  })
  return [
    phrase('cases.card.title', { no: row.id, about: aboutCase(ctx.env, row) }),
    phrase('cases.card.facts', { state: stateSay(ctx, view), when, n: view.reporters }),
    ...dueSay(ctx, view),
    ...wordsSay(ctx, view),
    ...evidenceSay(ctx, view),
    ...view.events.flatMap((event) => eventSay(ctx, view, event)).slice(-EVENTS),
    ...(steps === undefined ? [] : [phrase('cases.card.can', { steps })]),
  ]
}

function stateSay(ctx: Ctx, { case: row, paused }: CaseView): Phrase {
  const state = statePhrase(row.state)
  if (paused) return phrase('cases.card.paused', { state })
  const name = nameOf(ctx.tx, row.assignee_id)
  return name === undefined ? state : phrase('cases.line.with', { state, name })
}

function dueSay(ctx: Ctx, { case: row }: CaseView): Say[] {
  if (!isOpen(row.state)) return []
  const respond = moment(ctx, row.due_respond_at)
  const resolve = moment(ctx, row.due_resolve_at)
  return [
    row.responded_at === null
      ? phrase('cases.card.due', { respond, resolve })
      : phrase('cases.card.dueResolve', { resolve }),
    ...lateSay(lateOf({ db: ctx.tx, now: ctx.now }, row)),
    ...(row.supervised_at === null ? [] : [phrase('cases.card.supervised')]),
  ]
}

function lateSay(late: ReturnType<typeof lateOf>): Say[] {
  if (late === undefined) return []
  return [phrase(late === 'resolve' ? 'cases.card.late' : 'cases.card.lateRespond')]
}

/** What people said, for staff and stewards, and only where nobody else reads along. */
function wordsSay(ctx: Ctx, { reports }: CaseView): Say[] {
  const standing = reports.filter((r) => r.withdrawn_at === null)
  if (standing.length === 0) return []
  if (ctx.where !== 'direct') return [phrase('cases.card.wordsPrivately')]
  return standing
    .slice(0, REPORTS)
    .map((r) => phrase('cases.card.words', { words: [...r.words].slice(0, WORDS).join('') }))
}

/** The ledger, the latest entries, and how many pictures there are. */
function evidenceSay(ctx: Ctx, { photos, mediations, measurements }: CaseView): Say[] {
  return [
    ...mediations.slice(-LEDGER).map((row) => mediationSay(row, moment(ctx, row.at))),
    ...measurements.slice(-LEDGER).map((row) => measurementSay(row, moment(ctx, row.at))),
    ...(photos.length > 0 ? [phrase('cases.card.photos', { n: photos.length })] : []),
  ]
}

/** What tells the reader nothing about the handling. */
const SILENT: ReadonlySet<string> = new Set([
  'absorb',
  'ask1',
  'ask2',
  'publish',
  'mediate',
  'measure',
])

function eventSay(ctx: Ctx, view: CaseView, event: CaseEventRow): Say[] {
  if (SILENT.has(event.kind)) return []
  // What was said among those who lead may hold more than others may know.
  const leads = view.relations.has('staff') || view.relations.has('steward')
  const inside = leads && ctx.where === 'direct' ? event.internal_note : null
  const what = whatSay(ctx, event)
  const note = event.public_note ?? inside
  const name = nameOf(ctx.tx, event.resident_id)
  const vars = {
    at: moment(ctx, event.at),
    what: name === undefined ? what : phrase('cases.card.by', { what, name }),
  }
  return [
    note === null
      ? phrase('cases.card.event', vars)
      : phrase('cases.card.eventNote', { ...vars, note }),
  ]
}

/** The step, to whom it was given, and what the reporter answered. */
function whatSay(ctx: Ctx, { kind, detail }: CaseEventRow): Phrase {
  if (!isAction(kind)) return phrase('cases.card.filed')
  const what = actionPhrase(kind)
  const facts = JSON.parse(detail) as EventFacts
  if (kind === 'assign') {
    const name = nameOf(ctx.tx, facts.assignee ?? null)
    return name === undefined ? what : phrase('cases.card.assigned', { what, name })
  }
  if (kind !== 'revisit' || !facts.result) return what
  const result = phrase(`cases.revisit.result.${facts.result}`)
  return facts.rating
    ? phrase('cases.card.rated', {
        what,
        result,
        rating: phrase(`cases.revisit.rating.${facts.rating}`),
      })
    : phrase('cases.card.answered', { what, result })
}

interface EventFacts {
  readonly assignee?: ResidentId | null
  readonly result?: RevisitAnswer['result']
  readonly rating?: Rating | null
}

function isAction(kind: string): kind is Action {
  return (ACTIONS as readonly string[]).includes(kind)
}

function moment(ctx: Ctx, at: Instant): Phrase {
  return phrase('cases.moment', {
    day: datePhrase(dateIn(ctx.env.zone, at)),
    time: timeIn(ctx.env.zone, at),
  })
}

export const cardCommands: readonly Command[] = [card]
