import { phrase } from '../../content/i18n.ts'
import { earliest, type Instant, plus } from '../../content/time.ts'
import { type AnnouncementRow, changeAnnouncement } from '../../db/queries/announcement.ts'
import {
  insertDelivery,
  insertPart,
  type PartRow,
  partsOf,
} from '../../db/queries/announcement-delivery.ts'
import { insertOutbox, settle } from '../../db/queries/outbox.ts'
import { fileIn, filesOf, makeFile } from '../../db/queries/outbox-file.ts'
import { enabledRooms } from '../../db/queries/room.ts'
import type { OutboxId, RoomId } from '../../db/schema.ts'
import type { Work } from '../core/feature.ts'
import { enqueueParts, type Outgoing } from '../core/outbox.ts'
import { type Audience, reached } from './audience.ts'
import { messageOf } from './preview.ts'
import { occurrenceAt, type Schedule } from './schedule.ts'

/** When an announcement goes out, from its row; `undefined` for what goes out at its confirmation, once. */
export function scheduleOf(row: AnnouncementRow): Schedule | undefined {
  if (row.send_at === null) return undefined
  return row.repeats === null || row.until_on === null
    ? { first: row.send_at }
    : { first: row.send_at, repeats: { every: row.repeats, until: row.until_on } }
}

/** Until when it is of use that something goes out that was due at `due`. */
function usefulUntil(work: Work, row: AnnouncementRow, due: Instant): Instant {
  const useful = plus(due, { hours: work.env.content.announcementRules.usefulHours })
  return earliest(useful, row.expires_at ?? undefined) ?? useful
}

/** Those that the preview named; of what is repeated, whoever belongs to the audience by then. */
function audienceNow({ tx, env }: Work, row: AnnouncementRow): readonly RoomId[] {
  if (row.repeats === null) return JSON.parse(row.rooms) as RoomId[]
  const audience = JSON.parse(row.audience) as Audience
  return reached(tx, audience, env.content.community).rooms.map((room) => room.id)
}

const LATE = 'late' as const
const OFF = 'room_off' as const

/**
 * Puts one occurrence of a queued announcement into the outbox: a row of the ledger for every group, whether it gets
 * the message or not.
 */
export function sendOccurrence(work: Work, row: AnnouncementRow): void {
  const { tx, now, env } = work
  if (row.next_at === null) return
  const occurrence = row.occurrences + 1
  const useful = usefulUntil(work, row, row.next_at)
  const served = new Set(enabledRooms(tx).map((room) => room.id))
  audienceNow(work, row).forEach((room, i) => {
    const skipped = useful <= now ? LATE : served.has(room) ? null : OFF
    const delivery = {
      announcement_id: row.id,
      occurrence,
      room_id: room,
      skipped,
      created_at: now,
    }
    const id = insertDelivery(tx, delivery)
    if (id === undefined || skipped !== null) return
    const parts = enqueueAll(work, row, {
      to: { room },
      key: keyOf(row, occurrence, room, 1),
      say: messageOf(row.text, row.urgent === 1),
      priority: row.urgent === 1 ? 'urgent' : 'notice',
      notBefore: leaves(work, row, i),
      expires: useful,
    })
    parts.forEach((outbox, part) => {
      if (outbox === undefined) throw new Error(`announcement ${row.id} was sent to ${room} before`)
      insertPart(tx, { delivery_id: id, part: part + 1, attempt: 1, outbox_id: outbox })
    })
  })
  const schedule = scheduleOf(row)
  const next = schedule && occurrenceAt(schedule, occurrence, env.zone)
  const over = next === undefined || (row.expires_at !== null && next >= row.expires_at)
  const change = { occurrences: occurrence, last_at: now, next_at: over ? null : next }
  changeAnnouncement(tx, row.id, 'queued', change)
}

/** The words, then the pictures and documents. */
function enqueueAll(
  work: Work,
  row: AnnouncementRow,
  out: Outgoing,
): readonly (OutboxId | undefined)[] {
  const { tx } = work
  const words = enqueueParts(work, out)
  const files = filesOf(tx, row.id).map((file, i) => {
    const { name } = file
    const say =
      name === undefined
        ? phrase('announcements.picture', { n: i + 1 })
        : phrase('announcements.file', { name })
    const id = enqueueParts(work, { ...out, key: `${out.key}:file${i + 1}`, say })[0]
    if (id !== undefined) makeFile(tx, id, file)
    return id
  })
  return [...words, ...files]
}

function keyOf(row: AnnouncementRow, occurrence: number, room: RoomId, attempt: number): string {
  const base = `announcement:${row.id}:${occurrence}:${room}`
  return attempt === 1 ? base : `${base}:again${attempt}`
}

/** Urgent messages are not paced by the outbox; they leave one after the other all the same. */
function leaves({ now, env }: Work, row: AnnouncementRow, place: number): Instant {
  const { urgentGapSeconds } = env.content.announcementRules
  return row.urgent === 1 ? plus(now, { seconds: place * urgentGapSeconds }) : now
}

/** Nobody has it, and nobody has decided that it need not go out. */
function isFailure({ message }: PartRow): boolean {
  return message.state === 'failed' || (message.state === 'expired' && message.reason === 'late')
}

/**
 * Sends what failed of the latest occurrence again, as new messages: never what went out or may have. Gives how many
 * groups that concerns.
 */
export function sendFailedAgain(work: Work, row: AnnouncementRow): number {
  const { tx, now } = work
  const served = new Set(enabledRooms(tx).map((room) => room.id))
  const groups = new Set<RoomId>()
  for (const each of partsOf(tx, row.id, row.occurrences)) {
    const { message, delivery_id, part } = each
    const room = message.room_id
    if (!isFailure(each) || room === null || !served.has(room)) continue
    const attempt = each.attempt + 1
    const key = keyOf(row, row.occurrences, room, attempt)
    const { id: _, ...kept } = message
    settle(tx, message.id, 'failed', { state: 'expired', at: now, reason: 'retried' })
    const outbox = insertOutbox(tx, {
      ...kept,
      dedupe_key: part === 1 ? key : `${key}#${part}`,
      state: 'queued',
      not_before_at: leaves(work, row, groups.size),
      expires_at: usefulUntil(work, row, now),
      attempts: 0,
      claimed_at: null,
      settled_at: null,
      reason: null,
      platform_message_id: null,
      created_at: now,
    })
    if (outbox === undefined) continue
    const file = fileIn(tx, message.id)
    if (file !== undefined) makeFile(tx, outbox, file)
    insertPart(tx, { delivery_id, part, attempt, outbox_id: outbox })
    groups.add(room)
  }
  return groups.size
}

/** Takes back what has not left yet; a message that has begun to arrive is brought to its end. Gives how many groups. */
export function stopSending({ tx, now }: Work, row: AnnouncementRow): number {
  const parts = partsOf(tx, row.id, row.occurrences)
  const begun = new Set(
    parts
      .filter(({ message }) => ['sending', 'sent', 'unknown'].includes(message.state))
      .map((part) => part.delivery_id),
  )
  const stopped = parts.filter(({ delivery_id, message }) => {
    if (begun.has(delivery_id)) return false
    return settle(tx, message.id, 'queued', { state: 'expired', at: now, reason: 'cancelled' })
  })
  return new Set(stopped.map((part) => part.delivery_id)).size
}
