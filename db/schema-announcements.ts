import type { Generated } from 'kysely'
import type { Instant, LocalDate } from '../content/time.ts'
import type { Flag, Id, Key, OutboxId, ResidentId, RoomId } from './ids.ts'

/** The tables of announcements and of who got them. */

export type AnnouncementId = Id<'announcement'>
export type DeliveryId = Id<'announcement_delivery'>

export const ANNOUNCEMENT_STATES = [
  'draft',
  'awaiting_approval',
  'queued',
  'done',
  'cancelled',
  'expired',
] as const
export type AnnouncementState = (typeof ANNOUNCEMENT_STATES)[number]

export const REPEATS_EVERY = ['daily', 'weekly', 'monthly'] as const
export type RepeatsEvery = (typeof REPEATS_EVERY)[number]

export const RECALL_STATES = ['asked', 'recalled', 'failed'] as const
export type RecallState = (typeof RECALL_STATES)[number]

/** What staff want to tell groups. */
export interface AnnouncementTable {
  id: Key<AnnouncementId>
  state: AnnouncementState
  author_id: ResidentId
  /** Where staff asked for it and hear how it went; the author's direct chat when null. */
  origin_room_id: RoomId | null
  text: string
  /** The same for texts that differ in spaces, signs and writing only. */
  fingerprint: string
  urgent: Flag
  /** JSON: whom it is for. */
  audience: string
  /** JSON array of the groups that the preview named. */
  rooms: string
  /** When it goes out first; at the confirmation when null. */
  send_at: Instant | null
  repeats: RepeatsEvery | null
  /** The last day of repeats. */
  until_on: LocalDate | null
  /** Nothing goes out from then on. */
  expires_at: Instant | null
  /** What has to be said to confirm it; kept, so that it can be told when it is said twice. */
  code: string
  code_expires_at: Instant
  /** Staff know that a group had the same words not long ago. */
  again: Flag
  confirmed_by: ResidentId | null
  confirmed_at: Instant | null
  approved_by: ResidentId | null
  /** How often it has gone out, and when next. */
  occurrences: Generated<number>
  next_at: Instant | null
  last_at: Instant | null
  /** The occurrence of which staff heard how it went. */
  reported: Generated<number>
  created_at: Instant
}

/** One group's copy of one occurrence. How far it got is in the outbox. */
export interface AnnouncementDeliveryTable {
  id: Key<DeliveryId>
  announcement_id: AnnouncementId
  occurrence: number
  room_id: RoomId
  /** Why nothing was sent at all. */
  skipped: 'room_off' | 'late' | null
  created_at: Instant
}

/** The messages of a delivery: a long text has several parts, and a part that failed another attempt. */
export interface AnnouncementPartTable {
  delivery_id: DeliveryId
  part: number
  attempt: number
  outbox_id: OutboxId
}

/** A picture or document that goes out after the text: a file outside the database, by its hash. */
export interface AnnouncementFileTable {
  announcement_id: AnnouncementId
  position: number
  hash: string
  /** What a document is called; a picture has no name. */
  name: string | null
}

/** A message of the outbox that is a file; its text says so, for those who look at the outbox. */
export interface OutboxFileTable {
  outbox_id: OutboxId
  hash: string
  name: string | null
}

/** A message that staff want taken back. */
export interface AnnouncementRecallTable {
  outbox_id: OutboxId
  state: RecallState
  asked_by: ResidentId
  asked_at: Instant
  settled_at: Instant | null
}

export interface AnnouncementTables {
  announcement: AnnouncementTable
  announcement_delivery: AnnouncementDeliveryTable
  announcement_part: AnnouncementPartTable
  announcement_file: AnnouncementFileTable
  outbox_file: OutboxFileTable
  announcement_recall: AnnouncementRecallTable
}
