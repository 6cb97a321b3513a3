import { createHash } from 'node:crypto'
import { type Phrase, phrase, render, type Say } from '../../content/i18n.ts'
import { addDays, at, dateIn, type Instant, plus, toWallTime } from '../../content/time.ts'
import { type AnnouncementRow, sameWords } from '../../db/queries/announcement.ts'
import { roomsTold } from '../../db/queries/announcement-delivery.ts'
import { sentSince } from '../../db/queries/outbox.ts'
import { type RoomRow, roomPlatformId } from '../../db/queries/room.ts'
import type { RoomId, SessionId } from '../../db/schema.ts'
import type { AnnouncementId } from '../../db/schema-announcements.ts'
import type { Look } from '../core/feature.ts'
import { quietUntil } from '../core/quiet.ts'
import { normalise } from '../core/text/normalise.ts'
import { clean, splitText } from '../core/text/split.ts'
import { type Audience, around, reached } from './audience.ts'
import type { Schedule } from './schedule.ts'

/** What is to be announced. */
export interface AnnouncementInput {
  readonly text: string
  readonly urgent: boolean
  readonly audience: Audience
  /** At once when missing. */
  readonly schedule?: Schedule | undefined
  /** Nothing goes out from then on. */
  readonly expires?: Instant | undefined
}

/** What would happen: shown before anything is confirmed, and looked at again when it is. */
export interface Preview {
  readonly rooms: readonly RoomRow[]
  /** As a group will see it, in parts. */
  readonly parts: readonly string[]
  /** When it goes out first, the quiet hours counted in. */
  readonly sendsAt: Instant
  /** It waits for the end of the quiet hours. */
  readonly held: boolean
  /** Groups that would belong to the audience and are switched off, or that this login does not know. */
  readonly off: readonly RoomRow[]
  readonly unbound: readonly RoomRow[]
  /** An announcement with the same words that one of the groups had not long ago. */
  readonly same: AnnouncementRow | undefined
  /** About so many minutes from the first group to the last. */
  readonly minutes: number
  /** The account has sent so much that some groups have to wait for the next day. */
  readonly overDay: boolean
  /** Why it cannot go out; empty when it can. */
  readonly blockers: readonly Phrase[]
}

/** The same for texts that differ in spaces, signs and writing only. */
export function fingerprintOf(text: string): string {
  const letters = normalise(text).replace(/[\p{P}\p{S}\p{Z}\s]/gu, '')
  return createHash('sha256').update(letters).digest('hex')
}

/** The announcement as its readers get it. */
export function messageOf(text: string, urgent: boolean): Say {
  return phrase(urgent ? 'announcements.messageUrgent' : 'announcements.message', { text })
}

const LONGEST_REPEAT_DAYS = 366

export function previewOf(
  look: Look,
  input: AnnouncementInput,
  { session, not }: { readonly session?: SessionId | undefined; readonly not?: AnnouncementId },
): Preview {
  const { db, now, env } = look
  const { rooms, off } = reached(db, input.audience, env.content.community)
  const first = input.schedule?.first ?? now
  const awake = input.urgent ? undefined : quietUntil(first, env.content.chat.quietHours, env.zone)
  const text = clean(render(messageOf(input.text, input.urgent), 'zh-CN'))
  const parts = splitText(text, env.content.chat.maxTextLength)
  const preview = {
    rooms,
    off,
    parts,
    ...effortOf(look, input, rooms.length * parts.length),
    sendsAt: awake ?? first,
    held: awake !== undefined,
    unbound:
      session === undefined
        ? []
        : rooms.filter((room) => roomPlatformId(db, session, room.id) === undefined),
    same: sameBefore(
      look,
      input.text,
      rooms.map((room) => room.id),
      not,
    ),
  }
  return { ...preview, blockers: [...blockersOf(look, input, preview)] }
}

/** How long `messages` take; urgent ones go out without pacing. */
function effortOf(
  { db, now, env }: Look,
  { urgent, schedule }: AnnouncementInput,
  messages: number,
) {
  const { perMinute, perDay } = env.content.chat.pacing
  const { urgentGapSeconds } = env.content.announcementRules
  if (urgent) return { minutes: Math.ceil((messages * urgentGapSeconds) / 60), overDay: false }
  const midnight = at(dateIn(env.zone, now), MIDNIGHT, env.zone)
  const sent = schedule === undefined ? sentSince(db, midnight) : 0
  return { minutes: Math.ceil(messages / perMinute), overDay: sent + messages > perDay }
}

const MIDNIGHT = toWallTime('00:00')

/** An announcement with the same words to one of the groups. */
function sameBefore(
  { db, now, env }: Look,
  text: string,
  rooms: readonly RoomId[],
  not: AnnouncementId | undefined,
): AnnouncementRow | undefined {
  const since = plus(now, { hours: -env.content.announcementRules.duplicateHours })
  return sameWords(db, fingerprintOf(text), since).find((row) => {
    if (row.id === not) return false
    const told = row.occurrences > 0 ? roomsTold(db, row.id) : (JSON.parse(row.rooms) as RoomId[])
    return told.some((id) => rooms.includes(id))
  })
}

function* blockersOf(
  { db, now, env }: Look,
  { text, schedule, expires, audience }: AnnouncementInput,
  { rooms, off, unbound, sendsAt }: Omit<Preview, 'blockers'>,
): Generator<Phrase> {
  const { maxLength } = env.content.announcementRules
  const length = [...text.trim()].length
  if (clean(text).trim() === '') yield phrase('announcements.error.empty')
  if (length > maxLength) yield phrase('announcements.error.long', { n: length, max: maxLength })
  if (rooms.length === 0) {
    const near = around(db, audience, env.content.community)
    if (off.length > 0) yield phrase('announcements.error.roomsOff', { names: topics(off) })
    else if (near.length > 0) yield phrase('announcements.error.near', { names: topics(near) })
    else yield phrase('announcements.error.noRooms')
  } else if (unbound.length === rooms.length) {
    yield phrase('announcements.error.unbound', { names: topics(unbound) })
  }
  if (schedule !== undefined && schedule.first <= now) yield phrase('announcements.error.past')
  if (expires !== undefined && expires <= sendsAt) yield phrase('announcements.error.expiresFirst')
  const until = schedule?.repeats?.until
  if (schedule === undefined || until === undefined) return
  const start = dateIn(env.zone, schedule.first)
  if (until < start || until > addDays(start, LONGEST_REPEAT_DAYS)) {
    yield phrase('announcements.error.until')
  }
}

const SHOWN = 8

/** The names of groups, as many as are of use. */
export function topics(rooms: readonly { readonly topic: string }[]): Phrase | string {
  const names = rooms.slice(0, SHOWN).map((room) => room.topic)
  return rooms.length <= SHOWN
    ? names.join('、')
    : phrase('announcements.andMore', { names: names.join('、'), n: rooms.length })
}
