import { type Phrase, phrase } from '../../content/i18n.ts'
import type { PlaceId } from '../../content/map.ts'
import { findPlace, isWithin } from '../../content/places.ts'
import { type Category, reportKind } from '../../content/report-rules.ts'
import { earliest, type Instant, plus } from '../../content/time.ts'
import { type CaseRow, insertCase, openCasesSince } from '../../db/queries/case.ts'
import { insertCaseEvent } from '../../db/queries/case-event.ts'
import {
  type ComplaintRow,
  complaintOn,
  complaintsOf,
  insertAddition,
  insertComplaint,
  updateComplaint,
} from '../../db/queries/complaint.ts'
import type { ResidentId, RoomId } from '../../db/schema.ts'
import type {
  CaseId,
  ComplaintId,
  ReportCaseTable,
  ReportChannel,
} from '../../db/schema-reports.ts'
import type { Look, Work } from '../core/feature.ts'
import { err, ok, type Result } from '../core/result.ts'
import {
  type CaseChange,
  type Changed,
  findCase,
  isPaused,
  mustBeCase,
  perform,
  resume,
  workingTime,
} from './cases.ts'
import { standingFor } from './combine.ts'
import { alarmsOf, deadlinesOf } from './deadlines.ts'
import { publicPlace } from './mask.ts'
import { tellFiled } from './notices.ts'
import { type Actor, relationsOf } from './rights.ts'

/** What residents do: file, join, add, correct, withdraw. */

/** What a person says of a problem. */
export interface Words {
  readonly words: string
  readonly effect?: string | undefined
  readonly prior?: string | undefined
  /** In decibels, as the person's own device showed. */
  readonly level?: number | undefined
  readonly channel: ReportChannel
  readonly room?: RoomId | undefined
  /** Not named towards the group: yes, unless the person wants to be. */
  readonly anonymous?: boolean | undefined
  /** Agrees that the group sees a summary. */
  readonly consent?: boolean | undefined
}

/** What and where the problem is. */
export interface Problem {
  readonly category: Category
  readonly subtype?: string | undefined
  readonly place?: PlaceId | undefined
  /** The place as it was said; the case keeps it without flat numbers. */
  readonly placeWords?: string | undefined
  readonly happened?: { readonly from: Instant; readonly to: Instant } | undefined
  readonly repeats?: ReportCaseTable['repeats'] | undefined
}

export interface Filed {
  readonly case: CaseRow
  readonly complaint: ComplaintId
}

/**
 * Opens a case with its first report. `reporter` is missing for somebody without an account whom staff enter; `by` is
 * whoever enters it, the reporter themselves as a rule.
 */
export function fileCase(
  work: Work,
  by: Actor | undefined,
  reporter: ResidentId | undefined,
  filing: Problem & Words & { readonly urgent?: boolean | undefined },
): Result<Filed, Phrase> {
  const { tx, now } = work
  if (filing.words.trim() === '') return err(phrase('reports.refuse.noWords'))
  const place = placeOf(work, filing)
  if (!place.ok) return place
  const id = insertCase(tx, { ...NEW, ...place.value, ...factsOf(work, filing) })
  const complaint = putComplaint(work, id, reporter, filing)
  if (complaint === undefined) throw new Error(`the new case ${id} has a report already`)
  const own = by !== undefined && by.id === reporter
  insertCaseEvent(tx, {
    case_id: id,
    at: now,
    acting: by === undefined ? 'system' : own ? 'reporter' : 'staff',
    resident_id: by === undefined || own ? null : by.id,
    kind: 'file',
    from_state: null,
    to_state: 'pending',
    public_note: null,
    internal_note: null,
    detail: '{}',
    once: 'v1',
  })
  const row = mustBeCase(tx, id)
  tellFiled(work, row)
  return ok({ case: row, complaint })
}

const NEW = {
  state: 'pending',
  version: 1,
  assignee_id: null,
  extension_days: 0,
  extensions: 0,
  responded_at: null,
  supervised_at: null,
  closed_at: null,
  revisit_result: null,
  rating: null,
  revisited_at: null,
  archived_at: null,
  merged_into: null,
  transferred_to: null,
  reopened: 0,
  reopened_at: null,
} as const

function factsOf(work: Work, filing: Problem & Words & { readonly urgent?: boolean | undefined }) {
  const { now, env } = work
  const kind = reportKind(env.content.reportRules, filing.category, filing.subtype)
  const time = workingTime(env)
  const due = deadlinesOf({ limits: kind, filedAt: now, extensionDays: 0, pauses: [] }, time)
  const alarms = alarmsOf({ due, filedAt: now, responded: false, reopened: 0, extensions: 0 }, time)
  return {
    category: kind.category,
    subtype: kind.subtype,
    urgent: kind.urgent || filing.urgent ? 1 : 0,
    happened_from_at: filing.happened?.from ?? null,
    happened_to_at: filing.happened?.to ?? null,
    repeats: filing.repeats ?? null,
    limits: JSON.stringify({ respond: kind.respond, resolve: kind.resolve }),
    due_respond_at: due.respond,
    due_resolve_at: due.resolve,
    alarm_at: earliest(...alarms.map((alarm) => alarm.at)) ?? null,
    public: filing.consent ? 1 : 0,
    created_at: now,
  } as const
}

function putComplaint(
  work: Work,
  id: CaseId,
  reporter: ResidentId | undefined,
  said: Words & Pick<Problem, 'placeWords'>,
): ComplaintId | undefined {
  return insertComplaint(work.tx, {
    case_id: id,
    reporter: reporter === undefined ? `n:${work.env.random.token()}` : `r:${reporter}`,
    resident_id: reporter ?? null,
    words: said.words.trim(),
    effect: said.effect ?? null,
    prior: said.prior ?? null,
    place_words: said.placeWords ?? null,
    level: said.level === undefined ? null : Math.round(said.level * 10),
    channel: said.channel,
    room_id: said.room ?? null,
    anonymous: said.anonymous === false ? 0 : 1,
    consent: said.consent ? 1 : 0,
    original_case_id: id,
    created_at: work.now,
    withdrawn_at: null,
  })
}

function placeOf(
  work: Work,
  { place, placeWords }: Pick<Problem, 'place' | 'placeWords'>,
): Result<Pick<CaseRow, 'place_id' | 'place_text'>, Phrase> {
  if (place !== undefined && findPlace(work.env.content.community, place) === undefined) {
    return err(phrase('reports.refuse.noPlace'))
  }
  return ok({ place_id: place ?? null, place_text: publicPlace(placeWords ?? '') })
}

/** A new report this long after another is about the same thing, if place and kind are the same too. */
const SAME_WITHIN_DAYS = 14

/**
 * The open cases that a report could be about, the most likely first: the same kind at the same place, or at one that
 * lies within the other, in the last fortnight.
 */
export function findDuplicate(
  look: Look,
  problem: Pick<Problem, 'category' | 'subtype' | 'place'>,
): CaseRow[] {
  const { category, place } = problem
  const { community, reportRules } = look.env.content
  if (place === undefined) return []
  const { subtype } = reportKind(reportRules, category, problem.subtype)
  const near = (row: CaseRow) =>
    row.place_id !== null &&
    (isWithin(community, row.place_id, place) || isWithin(community, place, row.place_id))
  const alike = (row: CaseRow) =>
    row.subtype === subtype || row.subtype === 'other' || subtype === 'other'
  const weight = (row: CaseRow) =>
    (row.place_id === place ? 2 : 0) + (row.subtype === subtype ? 1 : 0)
  return openCasesSince(look.db, category, plus(look.now, { days: -SAME_WITHIN_DAYS }))
    .filter((row) => near(row) && alike(row))
    .sort((a, b) => weight(b) - weight(a))
}

export interface Joined extends CaseChange {
  readonly complaint: ComplaintId
  /** How many people report it now. */
  readonly reporters: number
}

/** 我家也是: one person more reports the same. A report that was withdrawn stands again. */
export function joinCase(
  work: Work,
  by: Actor,
  reporter: ResidentId | undefined,
  number: CaseId,
  said: Words,
): Result<Joined, Phrase> {
  const { tx } = work
  const id = standingFor(tx, number)
  const earlier = reporter === undefined ? undefined : complaintOn(tx, id, reporter)
  if (earlier?.withdrawn_at === null) return err(phrase('reports.refuse.joined', { no: id }))
  const changed = perform(work, by, id, { action: 'join' })
  if (!changed.ok) return changed
  if (earlier !== undefined) updateComplaint(tx, earlier.id, { withdrawn_at: null })
  const complaint = earlier?.id ?? putComplaint(work, id, reporter, said)
  if (complaint === undefined) throw new Error(`the report of case ${id} is there already`)
  if (earlier !== undefined && said.words.trim() !== '') {
    insertAddition(tx, earlier.id, said.words.trim(), work.now)
  }
  return ok({ ...changed.value, complaint, reporters: standing(complaintsOf(tx, id)).length })
}

/** The reports that have not been withdrawn. */
export function standing(complaints: readonly ComplaintRow[]): ComplaintRow[] {
  return complaints.filter((complaint) => complaint.withdrawn_at === null)
}

/** A reporter has more to say about their own case; one that waited for it runs on. */
export function addWords(work: Work, by: Actor, number: CaseId, words: string): Changed {
  const id = standingFor(work.tx, number)
  if (words.trim() === '') return err(phrase('reports.refuse.noWords'))
  const changed = perform(work, by, id, { action: 'add' })
  const own = complaintOn(work.tx, id, by.id)
  if (!changed.ok || own === undefined) return changed
  insertAddition(work.tx, own.id, words.trim(), work.now)
  return isPaused(work.tx, id) ? resume(work, by, id) : changed
}

/** Whether a reporter agrees that the group hears how it ended; it is shown where all of them do. */
export function agree(work: Work, by: Actor, id: CaseId, shown: boolean): Changed {
  const own = complaintOn(work.tx, id, by.id)
  if (own === undefined || own.withdrawn_at !== null) {
    return err(phrase('reports.refuse.notYours', { no: id }))
  }
  const others = standing(complaintsOf(work.tx, id)).filter(({ id: other }) => other !== own.id)
  const all = shown && others.every((complaint) => complaint.consent === 1)
  // What the group may hear is read from the rows.
  const act = { action: 'publish', detail: { agrees: shown ? 1 : 0 } } as const
  updateComplaint(work.tx, own.id, { consent: shown ? 1 : 0 })
  return perform(work, by, id, act, () => ({ public: all ? 1 : 0 }))
}

/** Takes a reporter's own report back; the case ends with the last one. */
export function withdraw(work: Work, by: Actor, number: CaseId): Changed {
  const id = standingFor(work.tx, number)
  const found = findCase(work.tx, id)
  if (!found.ok) return found
  const own = complaintOn(work.tx, id, by.id)
  if (own === undefined || own.withdrawn_at !== null) {
    return err(phrase('reports.refuse.notYours', { no: id }))
  }
  const last = standing(complaintsOf(work.tx, id)).length === 1
  const to = last ? 'withdrawn' : found.value.state
  const changed = perform(work, by, id, { action: 'withdraw', to })
  if (changed.ok) updateComplaint(work.tx, own.id, { withdrawn_at: work.now })
  return changed
}

/**
 * Puts right what a case is about; another kind brings its own deadlines. A reporter may as long as nobody else reports
 * the same case.
 */
export function correct(
  work: Work,
  by: Actor,
  id: CaseId,
  change: Partial<Problem> & { readonly seen?: number | undefined },
): Changed {
  const found = findCase(work.tx, id)
  if (!found.ok) return found
  const relations = relationsOf(work.tx, work.env, by, found.value)
  const leads = relations.has('staff') || relations.has('steward')
  if (!leads && standing(complaintsOf(work.tx, id)).length > 1) {
    return err(phrase('reports.refuse.notAlone', { no: id }))
  }
  const place = placeOf(work, change)
  if (!place.ok) return place
  const detail = {
    ...(change.category && { category: found.value.category, subtype: found.value.subtype }),
    ...(change.place && { place: found.value.place_id }),
  }
  return perform(work, by, id, { action: 'correct', seen: change.seen, detail }, (row) => ({
    ...(change.place !== undefined && { place_id: place.value.place_id }),
    ...(change.placeWords !== undefined && { place_text: place.value.place_text }),
    ...kindFacts(work, row, change),
    ...(change.happened && {
      happened_from_at: change.happened.from,
      happened_to_at: change.happened.to,
    }),
    ...(change.repeats !== undefined && { repeats: change.repeats }),
  }))
}

function kindFacts(work: Work, row: CaseRow, change: Partial<Problem>) {
  if (change.category === undefined && change.subtype === undefined) return {}
  const category = change.category ?? row.category
  const { respond, resolve, ...kind } = reportKind(
    work.env.content.reportRules,
    category,
    change.subtype,
  )
  return {
    category,
    subtype: kind.subtype,
    urgent: kind.urgent ? 1 : row.urgent,
    limits: JSON.stringify({ respond, resolve }),
  } as const
}
