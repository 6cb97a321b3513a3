import { type Phrase, phrase } from '../../content/i18n.ts'
import type { ReportKind } from '../../content/report-rules.ts'
import { earliest, type Instant } from '../../content/time.ts'
import { type CaseRow, caseById, updateCase } from '../../db/queries/case.ts'
import { endPause, insertCaseEvent, onceKeys, pausesOf } from '../../db/queries/case-event.ts'
import { complaintsOf } from '../../db/queries/complaint.ts'
import { residentById } from '../../db/queries/resident.ts'
import type { CaseEventId, CaseId, CaseState } from '../../db/schema-reports.ts'
import type { Reader } from '../../db/store.ts'
import type { Env, Work } from '../core/feature.ts'
import { err, ok, type Result } from '../core/result.ts'
import {
  type Alarm,
  alarmsOf,
  type Deadlines,
  deadlinesOf,
  stillToRaise,
  type WorkingTime,
} from './deadlines.ts'
import { flatsIn, publicWords } from './mask.ts'
import { tellChange } from './notices.ts'
import { denialPhrase } from './refusals.ts'
import { type Actor, relationsOf } from './rights.ts'
import { type Action, decide, isOpen, type Move, type Need, type Relation } from './transitions.ts'

/** The one way in which a case changes: looked up in the table, written with its event, dates kept right, told. */

export interface Act {
  readonly action: Action
  /** What was given of what the action needs. */
  readonly given?: readonly Need[]
  /** Flats, phone numbers and the reporters' names are taken out of it. */
  readonly publicNote?: string | undefined
  readonly internalNote?: string | undefined
  /** Facts of the event: numbers and ids, never a resident's words. */
  readonly detail?: Readonly<Record<string, string | number | null>>
  /** The version on which the decision was made, where it was shown to somebody before. */
  readonly seen?: number | undefined
  /** A name, where it must happen once. */
  readonly once?: string
  /** Where the table leaves it open. */
  readonly to?: CaseState
}

/** What became of a case. */
export interface CaseChange {
  readonly before: CaseRow
  readonly case: CaseRow
  readonly event: CaseEventId
  readonly action: Action
  readonly acting: Relation
  /** As others may read it. */
  readonly publicNote: string | undefined
  readonly internalNote: string | undefined
  readonly detail: NonNullable<Act['detail']>
}

export type Changed = Result<CaseChange, Phrase>
type Facts = Partial<Omit<CaseRow, 'id' | 'version' | 'state'>>

/** The case, or why there is none. */
export function findCase(db: Reader, id: CaseId): Result<CaseRow, Phrase> {
  const row = caseById(db, id)
  return row === undefined ? err(phrase('reports.refuse.unknown', { no: id })) : ok(row)
}

/** The case that must be there. */
export function mustBeCase(db: Reader, id: CaseId): CaseRow {
  const row = caseById(db, id)
  if (row === undefined) throw new Error(`no case ${id}`)
  return row
}

/** Whether it waits for the resident, so that its deadlines stand still. */
export function isPaused(db: Reader, id: CaseId): boolean {
  return pausesOf(db, id).some((pause) => pause.to_at === null)
}

/** The case and where `act` leads, or why it cannot be done. Changes nothing. */
export function consider(
  work: Work,
  by: Actor | undefined,
  id: CaseId,
  act: Act,
): Result<Move & { readonly before: CaseRow }, Phrase> {
  const found = findCase(work.tx, id)
  if (!found.ok) return found
  const before = found.value
  if (act.seen !== undefined && act.seen !== before.version) {
    return err(phrase('reports.refuse.changed', { no: id }))
  }
  const situation = {
    state: before.state,
    paused: isPaused(work.tx, id),
    relations: relationsOf(work.tx, work.env, by, before),
  }
  const decided = decide(act.action, situation, new Set(act.given))
  if (!decided.ok) return err(denialPhrase(before, act.action, decided.error))
  return ok({ ...decided.value, before })
}

/**
 * Does `act` to a case: everything that changes one goes through here. `change` gives the facts that change with it,
 * from the case as it is; a refusal changes nothing.
 */
export function perform(
  work: Work,
  by: Actor | undefined,
  id: CaseId,
  act: Act,
  change: (row: CaseRow) => Facts = () => ({}),
): Changed {
  const considered = consider(work, by, id, act)
  if (!considered.ok) return considered
  const { before, acting } = considered.value
  const to = act.to ?? considered.value.to
  if (to === 'before') throw new Error(`nobody said where ${act.action} leads`)
  return ok(write(work, by, { before, to, acting, act, facts: change(before) }))
}

/** The deadlines run on, later by what the pause took. */
export function resume(work: Work, by: Actor, id: CaseId): Changed {
  return perform(work, by, id, { action: 'resume' }, () => {
    endPause(work.tx, id, work.now)
    return {}
  })
}

interface Writing {
  readonly before: CaseRow
  readonly to: CaseState
  readonly acting: Relation
  readonly act: Act
  readonly facts: Facts
}

function write(work: Work, by: Actor | undefined, writing: Writing): CaseChange {
  const { before, to, acting, act } = writing
  const { tx, now } = work
  if (!isOpen(to)) endPause(tx, before.id, now)
  const notes = notesOf(work, before.id, act)
  const event = insertCaseEvent(tx, {
    case_id: before.id,
    at: now,
    acting,
    resident_id: HANDLES.has(acting) ? (by?.id ?? null) : null,
    kind: act.action,
    from_state: before.state,
    to_state: to,
    public_note: notes.public ?? null,
    internal_note: notes.internal ?? null,
    detail: JSON.stringify(act.detail ?? {}),
    once: act.once ?? `v${before.version + 1}`,
  })
  if (event === undefined) throw new Error(`${act.once} of case ${before.id} has happened before`)
  const row: CaseRow = { ...before, ...writing.facts, state: to }
  const dated = withAlarm(work, moves(act.action) ? withDeadlines(work, row) : row)
  const { id, version, ...facts } = dated
  if (!updateCase(tx, { id, version }, facts)) throw new Error(`case ${id} changed in between`)
  const change: CaseChange = {
    before,
    case: { ...dated, version: version + 1 },
    event,
    action: act.action,
    acting,
    publicNote: notes.public,
    internalNote: notes.internal,
    detail: act.detail ?? {},
  }
  tellChange(work, by, change)
  return change
}

/** Those whose names the history of a case keeps: a reporter's is not among them. */
const HANDLES: ReadonlySet<Relation> = new Set(['staff', 'steward', 'handler'])

function notesOf(work: Work, id: CaseId, act: Act): { public?: string; internal?: string } {
  const given = act.publicNote?.trim() ?? ''
  const internal = act.internalNote?.trim() ?? ''
  if (given === '') return internal === '' ? {} : { internal }
  const shown = publicWords(given, secretsOf(work.tx, id))
  const kept = [shown === given ? '' : given, internal].filter((text) => text !== '').join('\n')
  return { public: shown, ...(kept === '' ? {} : { internal: kept }) }
}

/** The reporters' names and flats, and the flats that they spoke of. */
function secretsOf(db: Reader, id: CaseId): string[] {
  return complaintsOf(db, id).flatMap(({ resident_id, place_words }) => {
    const who = resident_id === null ? undefined : residentById(db, resident_id)
    const known = [who?.name, who?.home_room].filter((each) => typeof each === 'string')
    return [...known, ...flatsIn(place_words ?? '')]
  })
}

/** Whether the deadlines are reckoned anew. */
function moves(action: Action): boolean {
  return ['extend', 'resume', 'reopen', 'correct', 'unmerge'].includes(action)
}

/** When the working day ends, and which days are working days. */
export function workingTime(env: Env): WorkingTime {
  const { calendar, zone, content } = env
  return { calendar, zone, workdayEnds: content.reportRules.workdayEnds }
}

/** The dates of a case by what was promised; one that was answered keeps its date to answer. */
function withDeadlines(work: Work, row: CaseRow): CaseRow {
  const due = deadlinesOf(
    {
      limits: JSON.parse(row.limits) as Pick<ReportKind, 'respond' | 'resolve'>,
      filedAt: row.created_at,
      reopenedAt: row.reopened_at ?? undefined,
      extensionDays: row.extension_days,
      pauses: pausesOf(work.tx, row.id).flatMap(({ from_at, to_at }) =>
        to_at === null ? [] : [{ from: from_at, to: to_at }],
      ),
    },
    workingTime(work.env),
  )
  return {
    ...row,
    due_respond_at: row.responded_at === null ? due.respond : row.due_respond_at,
    due_resolve_at: due.resolve,
  }
}

function withAlarm(work: Work, row: CaseRow): CaseRow {
  const alarms = isOpen(row.state) && !isPaused(work.tx, row.id) ? openAlarms(work, row) : []
  const next: Instant | undefined = earliest(...alarms.map((alarm) => alarm.at))
  return { ...row, alarm_at: next ?? null }
}

/** Reckons anew when a case has something to raise: the working hours may have changed meanwhile. */
export function settleAlarm(work: Work, id: CaseId): void {
  const row = mustBeCase(work.tx, id)
  updateCase(work.tx, row, { alarm_at: withAlarm(work, row).alarm_at })
}

/** What is still to be raised about the deadlines of an open case whose clock runs. */
export function openAlarms(work: Work, row: CaseRow): Alarm[] {
  const due: Deadlines = { respond: row.due_respond_at, resolve: row.due_resolve_at }
  const alarms = alarmsOf(
    {
      due,
      filedAt: row.created_at,
      reopenedAt: row.reopened_at ?? undefined,
      responded: row.responded_at !== null,
      reopened: row.reopened,
      extensions: row.extensions,
    },
    workingTime(work.env),
  )
  const raised = onceKeys(work.tx, row.id)
  return stillToRaise(alarms, (once) => raised.has(once))
}
