import type { Category } from '../content/report-rules.ts'
import type { Instant } from '../content/time.ts'
import type { Flag, Id, Key, ResidentId, RoomId } from './ids.ts'

/** The tables of residents' reports: the cases, who reported them, and what was done. */

/** Shown as #1042. */
export type CaseId = Id<'report_case'>
export type ComplaintId = Id<'complaint'>
export type CaseEventId = Id<'case_event'>

/**
 * 待确认 · 已受理 · 已派单 · 办理中 · 退回 · 重新办理 · 已办结(待回访) · 已回访 · 已归档 · 不予受理 · 已合并 · 已撤回 · 移送.
 * 督办, 延期 and waiting for the resident are no states: they come on top of where a case stands.
 */
export const CASE_STATES = [
  'pending',
  'accepted',
  'assigned',
  'working',
  'returned',
  'reopened',
  'done',
  'revisited',
  'archived',
  'rejected',
  'merged',
  'withdrawn',
  'transferred',
] as const
export type CaseState = (typeof CASE_STATES)[number]

/** The states in which there is still something to do. */
export const OPEN_STATES = [
  'pending',
  'accepted',
  'assigned',
  'working',
  'returned',
  'reopened',
] as const satisfies readonly CaseState[]

/** What the resident says of a closed case; 未联系上 says nothing either way. */
export const REVISIT_RESULTS = ['solved', 'unsolved', 'unreached'] as const
export type RevisitResult = (typeof REVISIT_RESULTS)[number]

export const RATINGS = ['satisfied', 'basically', 'dissatisfied'] as const
export type Rating = (typeof RATINGS)[number]

export const REPORT_CHANNELS = ['group', 'direct', 'staff', 'console', 'page'] as const
export type ReportChannel = (typeof REPORT_CHANNELS)[number]

export const REPEATS = ['daily', 'weekdays', 'weekends', 'weekly'] as const

/** One problem at one place. Nothing in this row tells who reported it, or which household is meant. */
export interface ReportCaseTable {
  id: Key<CaseId>
  category: Category
  /** An id of the category's subtypes in content/rules/reports.yaml. */
  subtype: string
  /** Place id of the community's map; null where the words named none of them. */
  place_id: string | null
  /** The place in words, flat numbers taken out; may be empty. */
  place_text: string
  state: CaseState
  /** Grows with each change: who decides on an older view is told so. */
  version: number
  urgent: Flag
  happened_from_at: Instant | null
  happened_to_at: Instant | null
  repeats: (typeof REPEATS)[number] | null
  assignee_id: ResidentId | null
  /** JSON: the times to respond and to resolve that were promised; later rules do not change them. */
  limits: string
  due_respond_at: Instant
  due_resolve_at: Instant
  /** When the next 催办, 督办 or escalation falls due; null while nothing does. */
  alarm_at: Instant | null
  /** Working days that were added with a reason, since the case was last opened. */
  extension_days: number
  /** How often it was extended: each new date is raised anew. */
  extensions: number
  /** When somebody first got in touch with the reporter. */
  responded_at: Instant | null
  /** 督办 since. */
  supervised_at: Instant | null
  /** 办结: what the handler says. */
  closed_at: Instant | null
  /** What the resident says, since the case was last closed; `case_revisit` has it all. */
  revisit_result: RevisitResult | null
  rating: Rating | null
  revisited_at: Instant | null
  archived_at: Instant | null
  merged_into: CaseId | null
  /** Where it was referred to: 12345, 城管. */
  transferred_to: string | null
  /** How often it was opened again. */
  reopened: number
  reopened_at: Instant | null
  /** Whether a summary may be shown outside of the staff: a reporter has agreed. */
  public: Flag
  created_at: Instant
}

/** One person's report of a case: the only place with the person and the person's words. */
export interface ComplaintTable {
  id: Key<ComplaintId>
  case_id: CaseId
  /** Unique in the case: `r:` and the resident, or `n:` and a token for somebody without an account. */
  reporter: string
  resident_id: ResidentId | null
  words: string
  effect: string | null
  prior: string | null
  /** The place as the person said it, flat numbers and all. */
  place_words: string | null
  /** As the person's own meter or phone showed it, in tenths of a decibel. */
  level: number | null
  channel: ReportChannel
  room_id: RoomId | null
  /** Not named towards the group. */
  anonymous: Flag
  /** Agrees that the group sees a summary. */
  consent: Flag
  /** The case it was made on: a merge moves it, taking the merge back returns it. */
  original_case_id: CaseId
  created_at: Instant
  withdrawn_at: Instant | null
}

/** What a reporter said later about the same case. */
export interface ComplaintAdditionTable {
  id: Key<number>
  complaint_id: ComplaintId
  words: string
  at: Instant
}

export const ACTING = ['staff', 'steward', 'handler', 'reporter', 'neighbour', 'system'] as const

export interface CaseEventTable {
  id: Key<CaseEventId>
  case_id: CaseId
  at: Instant
  /** What they were to the case; who, for those who handle it only: a reporter is not named here. */
  acting: (typeof ACTING)[number]
  resident_id: ResidentId | null
  kind: string
  /** Null at the filing. */
  from_state: CaseState | null
  to_state: CaseState
  /** For the reporters and, where they agreed, the group. */
  public_note: string | null
  internal_note: string | null
  /** JSON: days, results, numbers; never words of a resident. */
  detail: string
  /** Unique in the case: what must happen once carries a name, everything else the version it made. */
  once: string
}

/** Times of waiting for the resident: deadlines stand still. */
export interface CasePauseTable {
  case_id: CaseId
  from_at: Instant
  /** Null while it lasts. */
  to_at: Instant | null
}

/** Every answer to a revisit. */
export interface CaseRevisitTable {
  id: Key<number>
  case_id: CaseId
  at: Instant
  result: RevisitResult
  rating: Rating | null
  /** Whether the reporter said it to Linli, or staff noted it. */
  by_reporter: Flag
}

export const MEDIATION_KINDS = ['dissuasion', 'mediation', 'notice'] as const
export const MEDIATION_HOWS = ['visit', 'phone', 'chat', 'meeting', 'letter'] as const
export const MEDIATION_PARTIES = ['source', 'reporter', 'both', 'business', 'property'] as const
export const MEDIATION_OUTCOMES = ['stopped', 'promised', 'agreed', 'refused', 'absent'] as const

/** 劝阻 · 调解 · 整改通知: the evidence that the noise law asks for. Parties are kinds, never names. */
export interface MediationTable {
  id: Key<number>
  case_id: CaseId
  at: Instant
  kind: (typeof MEDIATION_KINDS)[number]
  /** Who did it. */
  resident_id: ResidentId
  how: (typeof MEDIATION_HOWS)[number]
  party: (typeof MEDIATION_PARTIES)[number]
  outcome: (typeof MEDIATION_OUTCOMES)[number]
  note: string | null
  recorded_at: Instant
}

export interface MeasurementTable {
  id: Key<number>
  case_id: CaseId
  at: Instant
  /** Tenths of a decibel, A-weighted. */
  level: number
  instrument: 'phone' | 'meter'
  minutes: number | null
  /** Where it was taken, in words without flat numbers. */
  point: string
  period: 'day' | 'night'
  /** The limit that held then and there, in tenths of a decibel. */
  limit_level: number
  exceeded: Flag
  resident_id: ResidentId
  recorded_at: Instant
}

/** A picture is a file named by its hash, stored outside of the database. */
export interface CasePhotoTable {
  id: Key<number>
  case_id: CaseId
  /** Of a report: whose it is. */
  complaint_id: ComplaintId | null
  stage: 'report' | 'closing'
  hash: string
  mime: string
  width: number
  height: number
  bytes: number
  at: Instant
}

export interface ReportTables {
  report_case: ReportCaseTable
  complaint: ComplaintTable
  complaint_addition: ComplaintAdditionTable
  case_event: CaseEventTable
  case_pause: CasePauseTable
  case_revisit: CaseRevisitTable
  mediation: MediationTable
  measurement: MeasurementTable
  case_photo: CasePhotoTable
}
