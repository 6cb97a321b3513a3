import type { Generated } from 'kysely'
import type { PlainKey } from '../content/i18n.ts'
import type { Instant, LocalDate, WallTime } from '../content/time.ts'
import type {
  AuditId,
  DialogueId,
  Flag,
  IncidentId,
  Key,
  OccurrenceId,
  OutboxId,
  ReminderId,
  ResidentId,
  RoomId,
  SessionId,
} from './ids.ts'
import type { AnnouncementTables } from './schema-announcements.ts'
import type { ConsoleTables } from './schema-console.ts'
import type { ReportTables } from './schema-reports.ts'
import type { SignUpTables } from './schema-signups.ts'
import type { SurveyTables } from './schema-surveys.ts'

/** One interface a table; the tables themselves are made by the migrations. Flags are 0 or 1. */

export type {
  AuditId,
  DialogueId,
  Flag,
  IncidentId,
  OccurrenceId,
  OutboxId,
  ReminderId,
  ResidentId,
  RoomId,
  SessionId,
} from './ids.ts'

export const ROLES = ['resident', 'partner', 'steward', 'staff', 'owner'] as const
export type Role = (typeof ROLES)[number]

export const OUTBOX_STATES = ['queued', 'sending', 'sent', 'unknown', 'failed', 'expired'] as const
export type OutboxState = (typeof OUTBOX_STATES)[number]

export const OCCURRENCE_STATES = ['planned', 'changed', 'cancelled', 'held', 'missed'] as const
export type OccurrenceState = (typeof OCCURRENCE_STATES)[number]

export const REMINDER_STATES = ['planned', 'sent', 'skipped'] as const
export type ReminderState = (typeof REMINDER_STATES)[number]

export const SKIP_REASONS = ['late', 'cancelled', 'in_digest', 'room_off'] as const
export type SkipReason = (typeof SKIP_REASONS)[number]

export const TOPICS = ['reminders', 'surveys', 'all'] as const
export type Topic = (typeof TOPICS)[number]

export const LANGUAGES = ['zh-CN', 'zh-TW', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

/** A small fact the program keeps about itself, by name. */
export interface SettingTable {
  name: string
  value: string
  updated_at: Instant
}

export interface ResidentTable {
  id: Key<ResidentId>
  /** What the resident is called; staff see it, groups never do. */
  name: string
  role: Role
  /** The steward's beat, a place id of the content. */
  beat: string | null
  /** Where the resident lives, a place id, once the resident has confirmed it. */
  home: string | null
  home_room: string | null
  home_confirmed_at: Instant | null
  lang: Language | null
  pin_hash: string | null
  /** Set when this row was found to be the same person as another. */
  merged_into: ResidentId | null
  /** When the privacy notice was first given in a direct chat. */
  noticed_at: Instant | null
  created_at: Instant
}

export interface RoomTable {
  id: Key<RoomId>
  topic: string
  kind: 'residents' | 'staff'
  place: string | null
  /** JSON array of tags. */
  tags: string
  lang: Language
  enabled: Flag
  enabled_at: Instant | null
  created_at: Instant
}

/** One login of the chat account. Platform ids mean something only within it. */
export interface LoginSessionTable {
  id: Key<SessionId>
  puppet: string
  self_id: string
  started_at: Instant
}

export interface ResidentBindingTable {
  session_id: SessionId
  platform_id: string
  resident_id: ResidentId
  /** How we know: told by the person, found again by the room nickname, or met for the first time. */
  basis: 'code' | 'pin' | 'nickname' | 'new' | 'seed'
  /** Null until the role of a staff member has been confirmed in this session. */
  confirmed_at: Instant | null
  bound_at: Instant
}

export interface RoomBindingTable {
  session_id: SessionId
  platform_id: string
  room_id: RoomId
  basis: 'code' | 'members' | 'seed'
  bound_at: Instant
}

/** Who is in an enabled room, as last compared with the network's list. */
export interface MembershipTable {
  room_id: RoomId
  session_id: SessionId
  platform_id: string
  /** The name used in the room, which tells people apart after a new login. */
  alias: string
  joined_at: Instant
  left_at: Instant | null
  /** The last time that somebody was out of the room and came back. */
  away_from_at: Generated<Instant | null>
  back_at: Generated<Instant | null>
}

/** Names that were already greeted or present when a room was enabled: nobody is greeted twice. */
export interface GreetedTable {
  room_id: RoomId
  alias: string
  at: Instant
}

export interface ProcessedMessageTable {
  key: string
  session_id: SessionId
  /** Recognises the same words replayed under another id by a later session. */
  content_hash: string
  at: Instant
}

export interface OutboxTable {
  id: Key<OutboxId>
  dedupe_key: string
  room_id: RoomId | null
  resident_id: ResidentId | null
  /** Replies go before what Linli starts by itself; urgent goes before both. */
  priority: 'urgent' | 'reply' | 'notice'
  text: string
  state: OutboxState
  not_before_at: Instant
  expires_at: Instant | null
  attempts: number
  claimed_at: Instant | null
  settled_at: Instant | null
  /** Why it failed or expired: a short code, never words of a resident. */
  reason: string | null
  platform_message_id: string | null
  created_at: Instant
}

export interface DialogueTable {
  id: Key<DialogueId>
  resident_id: ResidentId
  /** The room it is held in, 0 in the direct chat: a key must not be NULL. */
  place: number
  kind: string
  /** JSON, the kind's own. */
  state: string
  /** JSON array of what was said to the present question. */
  heard: string
  asks: number
  expires_at: Instant
  created_at: Instant
}

export interface OptOutTable {
  resident_id: ResidentId
  topic: Topic
  at: Instant
}

/** One-time codes; only their hashes are kept. */
export interface CodeTable {
  hash: string
  purpose: 'room' | 'staff'
  /** JSON: what the code grants. */
  grants: string
  created_at: Instant
  expires_at: Instant
  used_at: Instant | null
}

/** Failed tries at a secret, by subject. */
export interface AttemptTable {
  subject: string
  failures: number
  locked_until_at: Instant | null
}

type ActionOf<K> = K extends `audit.${infer Action}` ? Action : never
/** What can be noted: whatever the catalogue has words for. */
export type AuditAction = ActionOf<PlainKey>

export interface AuditTable {
  id: Key<AuditId>
  at: Instant
  /** Null when the program itself or the command line acted. */
  resident_id: ResidentId | null
  action: AuditAction
  subject: string
  /** JSON. */
  details: string
}

/** Something went wrong in our code; its number is what the resident was told. */
export interface IncidentTable {
  id: Key<IncidentId>
  at: Instant
  origin: string
  error: string
}

export interface OccurrenceTable {
  id: Key<OccurrenceId>
  programme: string
  /** The day the recurrence names: unique with the programme. */
  scheduled_on: LocalDate
  held_on: LocalDate
  start_time: WallTime
  starts_at: Instant
  ends_at: Instant
  /** Null means as the programme says. */
  venue: string | null
  topic: string | null
  state: OccurrenceState
  /** Grows with each change, as iCalendar wants it. */
  sequence: number
  reason: string | null
  /** 1 while the year's official holidays are not known. */
  provisional: Flag
  /** 1 once staff changed it: content no longer overrides it. */
  by_staff: Flag
  attendance: number | null
  created_at: Instant
  /** Four digits that people at the door say to check in. */
  code: string
  /** What staff wrote about how it went. */
  note: Generated<string>
  /** When staff were asked whether it was held. */
  asked_at: Instant | null
}

export interface OccurrenceChangeTable {
  id: Key<number>
  occurrence_id: OccurrenceId
  sequence: number
  at: Instant
  resident_id: ResidentId | null
  /** JSON: what was before and what is after. */
  before: string
  after: string
  reason: string | null
}

export interface LectureTable {
  programme: string
  /** Any day of the week it belongs to is kept as that week's Monday. */
  week_on: LocalDate
  topic: string
  speaker: string
  updated_at: Instant
}

export interface ReminderTable {
  id: Key<ReminderId>
  occurrence_id: OccurrenceId
  /** Which of the programme's reminders: `1d19:00`, `30m`. */
  offset: string
  room_id: RoomId
  due_at: Instant
  useful_until_at: Instant
  state: ReminderState
  reason: SkipReason | null
  outbox_id: OutboxId | null
  settled_at: Instant | null
}

export interface DigestTable {
  room_id: RoomId
  on_date: LocalDate
  state: 'sent' | 'skipped'
  reason: 'late' | 'nothing' | null
  outbox_id: OutboxId | null
  at: Instant
}

/** Which messages spoke of an occurrence: whoever got one is told again when it changes. */
export interface ToldTable {
  occurrence_id: OccurrenceId
  outbox_id: OutboxId
}

export interface Database
  extends SurveyTables,
    ReportTables,
    AnnouncementTables,
    ConsoleTables,
    SignUpTables {
  setting: SettingTable
  resident: ResidentTable
  room: RoomTable
  login_session: LoginSessionTable
  resident_binding: ResidentBindingTable
  room_binding: RoomBindingTable
  membership: MembershipTable
  greeted: GreetedTable
  processed_message: ProcessedMessageTable
  outbox: OutboxTable
  dialogue: DialogueTable
  opt_out: OptOutTable
  code: CodeTable
  attempt: AttemptTable
  audit: AuditTable
  incident: IncidentTable
  occurrence: OccurrenceTable
  occurrence_change: OccurrenceChangeTable
  lecture: LectureTable
  reminder: ReminderTable
  digest: DigestTable
  told: ToldTable
}
