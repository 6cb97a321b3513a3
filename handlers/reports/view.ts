import { type Phrase, phrase } from '../../content/i18n.ts'
import type { PlaceId } from '../../content/map.ts'
import { isWithin } from '../../content/places.ts'
import type { Instant } from '../../content/time.ts'
import { type CaseFilter, type CaseRow, casesWith } from '../../db/queries/case.ts'
import { type CaseEventRow, caseEvents } from '../../db/queries/case-event.ts'
import {
  type CasePhotoRow,
  casePhotos,
  type MeasurementRow,
  measurementsOf,
  mediationsOf,
} from '../../db/queries/case-evidence.ts'
import {
  additionsOf,
  type ComplaintRow,
  complaintById,
  complaintsBy,
  complaintsOf,
} from '../../db/queries/complaint.ts'
import { residentById } from '../../db/queries/resident.ts'
import { audit } from '../../db/queries/trail.ts'
import type { ResidentId } from '../../db/schema.ts'
import type { CaseId, ComplaintId } from '../../db/schema-reports.ts'
import type { Look, Work } from '../core/feature.ts'
import { err, ok, type Result } from '../core/result.ts'
import { may } from '../core/roles.ts'
import { findCase, isPaused } from './cases.ts'
import { familyOf, rootOf } from './combine.ts'
import { standing } from './filing.ts'
import { type Actor, relationsOf } from './rights.ts'
import { type Action, possibleActions, type Relation } from './transitions.ts'

/** What may be seen of a case, and by whom. Who reported it is seen by `reveal` alone, and that is written down. */

/** A report without the person. */
export interface ReportView
  extends Pick<
    ComplaintRow,
    'id' | 'words' | 'effect' | 'prior' | 'channel' | 'consent' | 'created_at' | 'withdrawn_at'
  > {
  readonly placeWords: string | null
  /** In decibels. */
  readonly level: number | undefined
  readonly additions: readonly { readonly words: string; readonly at: Instant }[]
}

export interface CaseView {
  readonly case: CaseRow
  readonly paused: boolean
  /** People whose reports stand. */
  readonly reporters: number
  readonly relations: ReadonlySet<Relation>
  /** What the reader may do now. */
  readonly possible: readonly Action[]
  /** For reporters without internal notes, and without who did it. */
  readonly events: readonly CaseEventRow[]
  /** The words of the reports: for staff and stewards. */
  readonly reports: readonly ReportView[]
  readonly mediations: ReturnType<typeof mediationsOf>
  readonly measurements: readonly MeasurementRow[]
  readonly photos: readonly CasePhotoRow[]
}

/** A case as those who handle it, or its reporters, may see it; others are refused. */
export function caseView(look: Look, by: Actor, id: CaseId): Result<CaseView, Phrase> {
  const found = findCase(look.db, id)
  if (!found.ok) return found
  const row = found.value
  const relations = relationsOf(look.db, look.env, by, row)
  const leads = relations.has('staff') || relations.has('steward')
  const handles = leads || relations.has('handler')
  if (!handles && !relations.has('reporter')) return err(phrase('reports.refuse.role', { no: id }))
  const paused = isPaused(look.db, id)
  const family = familyOf(look.db, id)
  const complaints = complaintsOf(look.db, id)
  const events = caseEvents(look.db, id)
  return ok({
    case: row,
    paused,
    reporters: standing(complaints).length,
    relations,
    possible: possibleActions({ state: row.state, paused, relations }),
    events: handles ? events : events.map(outward),
    reports: leads ? reportViews(look, id, complaints) : [],
    mediations: handles ? mediationsOf(look.db, family) : [],
    measurements: handles ? measurementsOf(look.db, family) : [],
    photos: handles ? casePhotos(look.db, family) : [],
  })
}

function outward(event: CaseEventRow): CaseEventRow {
  return { ...event, resident_id: null, internal_note: null }
}

function reportViews(look: Look, id: CaseId, complaints: readonly ComplaintRow[]): ReportView[] {
  const additions = additionsOf(look.db, id)
  return complaints.map((c) => ({
    id: c.id,
    words: c.words,
    effect: c.effect,
    prior: c.prior,
    channel: c.channel,
    consent: c.consent,
    created_at: c.created_at,
    withdrawn_at: c.withdrawn_at,
    placeWords: c.place_words,
    level: c.level === null ? undefined : c.level / 10,
    additions: additions
      .filter((a) => a.complaint_id === c.id)
      .map(({ words, at }) => ({ words, at })),
  }))
}

/** The cases that somebody handles: all for staff, the beat's for a steward, those assigned for everybody else. */
export function caseList(look: Look, by: Actor, filter: CaseFilter = {}): CaseRow[] {
  if (may(by.role, 'staff')) return casesWith(look.db, filter)
  const assigned = casesWith(look.db, { ...filter, assignee: by.id })
  if (by.role !== 'steward') return by.role === 'resident' ? [] : assigned
  const beat = residentById(look.db, by.id)?.beat ?? null
  if (beat === null) return assigned
  const places = placesWithin(look, beat).filter((p) => filter.places?.includes(p) ?? true)
  const own = casesWith(look.db, { ...filter, places })
  return [...own, ...assigned.filter((row) => !own.some((other) => other.id === row.id))]
}

function placesWithin(look: Look, around: PlaceId): PlaceId[] {
  const { community } = look.env.content
  return community.places.map((p) => p.id).filter((id) => isWithin(community, id, around))
}

export interface OwnReport {
  /** The case that stands for it now. */
  readonly case: CaseRow
  /** The number that the resident was given. */
  readonly number: CaseId
  readonly at: Instant
  readonly withdrawn: boolean
}

/** 我的反映, the latest first. */
export function ownReports(look: Look, resident: ResidentId): OwnReport[] {
  return complaintsBy(look.db, resident).flatMap((complaint) => {
    const root = rootOf(look.db, complaint.case_id)
    if (!root.ok) return []
    const { original_case_id: number, created_at: at, withdrawn_at } = complaint
    return [{ case: root.value, number, at, withdrawn: withdrawn_at !== null }]
  })
}

/** Whom to tell what became of a case: those whose reports stand. For sending, never for showing. */
export function reportersOf(look: Look, id: CaseId): ResidentId[] {
  const ids = standing(complaintsOf(look.db, id)).flatMap((c) => c.resident_id ?? [])
  return [...new Set(ids)]
}

export interface Identity {
  readonly resident: ResidentId | undefined
  /** Missing for somebody without an account. */
  readonly name: string | undefined
  readonly home: PlaceId | undefined
  readonly room: string | undefined
}

/** Who made a report: for staff, with a reason; every look is in the audit trail. */
export function reveal(
  work: Work,
  by: Actor,
  id: ComplaintId,
  reason: string,
): Result<Identity, Phrase> {
  const complaint = complaintById(work.tx, id)
  const no = complaint?.case_id ?? 0
  if (!may(by.role, 'staff')) return err(phrase('reports.refuse.role', { no }))
  if (complaint === undefined) return err(phrase('reports.refuse.unknown', { no }))
  if (reason.trim() === '') return err(phrase('reports.refuse.reason'))
  audit(work.tx, {
    at: work.now,
    by: by.id,
    action: 'report.reveal',
    subject: `case ${complaint.case_id}`,
    details: { complaint: id, reason: reason.trim() },
  })
  const who =
    complaint.resident_id === null ? undefined : residentById(work.tx, complaint.resident_id)
  return ok({
    resident: who?.id,
    name: who?.name,
    home: who?.home ?? undefined,
    room: who?.home_room ?? undefined,
  })
}
