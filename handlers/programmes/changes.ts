import { type Phrase, phrase, type Say } from '../../content/i18n.ts'
import { at, type Instant, type LocalDate, type WallTime } from '../../content/time.ts'
import {
  changesOf,
  insertChange,
  messagesAbout,
  noteTold,
  type OccurrenceRow,
  occurrenceById,
  type ToldRow,
  updateOccurrence,
} from '../../db/queries/occurrence.ts'
import { withdraw } from '../../db/queries/outbox.ts'
import { reminderSkipped, remindersOf, replan } from '../../db/queries/reminder.ts'
import { enabledRooms, roomById } from '../../db/queries/room.ts'
import type { OccurrenceState, ResidentId, RoomId } from '../../db/schema.ts'
import { datePhrase } from '../core/dates.ts'
import type { Recipient, Work } from '../core/feature.ts'
import { enqueue } from '../core/outbox.ts'
import { nameOf } from './names.ts'
import { alignReminders } from './reminder-rows.ts'
import { line } from './view.ts'

export interface Amendment {
  readonly state: OccurrenceState
  readonly held_on?: LocalDate
  readonly start_time?: WallTime
  readonly starts_at?: Instant
  readonly ends_at?: Instant
  readonly venue?: string
  readonly topic?: string
  readonly reason?: string | null
}

/** Who changes something, and in which group; the direct chat when that is left out. */
export interface Editor {
  readonly id: ResidentId
  readonly room?: RoomId
}

/** What residents know of an occurrence. */
interface Facts {
  readonly state: OccurrenceState
  readonly held_on: LocalDate
  readonly start_time: WallTime
  readonly venue: string | null
  readonly topic: string | null
}

/** Somebody who was told, and what. */
interface Listener {
  readonly to: Recipient
  readonly knows: Facts
}

/**
 * Changes or cancels an occurrence: the reminders still to come move along or are dropped, messages that have not gone
 * out yet are taken back, and whoever knows something else is told, once. Gives how many are told.
 */
export function amend(
  work: Work,
  row: OccurrenceRow,
  change: Amendment,
  by: Editor | undefined,
): number {
  const { tx, now } = work
  const sequence = row.sequence + 1
  const listeners = listenersTo(work, row).filter(({ to }) => isServed(work, to, by))
  updateOccurrence(tx, row.id, {
    ...change,
    reason: change.reason ?? null,
    sequence,
    ...(by === undefined ? {} : { by_staff: 1 }),
  })
  const after = occurrenceById(tx, row.id) ?? row
  insertChange(tx, {
    occurrence_id: row.id,
    sequence,
    at: now,
    resident_id: by?.id ?? null,
    before: JSON.stringify(factsOf(row)),
    after: JSON.stringify(factsOf(after)),
    reason: change.reason ?? null,
  })
  alignReminders(work, after, enabledRooms(tx, 'residents'))
  const told = listeners.filter((listener) => tellAgain(work, after, listener))
  dropDue(work, after, told)
  return told.length
}

function factsOf({ state, held_on, start_time, venue, topic }: OccurrenceRow): Facts {
  return { state, held_on, start_time, venue, topic }
}

/**
 * Takes back what has not gone out, replies excepted, and gives those who know from what has. Somebody whose notice of
 * an earlier change was taken back, or never arrived, still knows what was before that change.
 */
function listenersTo(work: Work, row: OccurrenceRow): Listener[] {
  const before = new Map(
    changesOf(work.tx, row.id).map((c) => [c.sequence, JSON.parse(c.before) as Facts]),
  )
  const known = new Map<string, Listener & { readonly upToDate: boolean }>()
  for (const message of messagesAbout(work.tx, row.id)) {
    const to = recipientOf(message)
    if (to === undefined) continue
    const who = addressOf(to)
    const listener = known.get(who)
    if (isOut(work, message)) {
      known.set(who, { to, knows: factsOf(row), upToDate: true })
    } else if (listener?.upToDate) {
      const missed = before.get(changeIn(message.dedupe_key))
      if (missed !== undefined) known.set(who, { to, knows: missed, upToDate: false })
    }
  }
  return [...known.values()]
}

function recipientOf({ room_id, resident_id }: ToldRow): Recipient | undefined {
  if (room_id !== null) return { room: room_id }
  return resident_id === null ? undefined : { resident: resident_id }
}

/** Whether a message went out, may have, or will; what can still be held back is taken back. */
function isOut(work: Work, message: ToldRow): boolean {
  if (message.state === 'expired' || message.state === 'failed') return false
  if (message.state !== 'queued' || message.priority === 'reply') return true
  if (!withdraw(work.tx, message.outbox_id, work.now)) return true
  replan(work.tx, message.outbox_id)
  return false
}

/** Whoever makes the change sees it in the answer; a group that was switched off hears nothing. */
function isServed(work: Work, to: Recipient, by: Editor | undefined): boolean {
  if (to.room === undefined) return by === undefined || to.resident !== by.id
  const room = roomById(work.tx, to.room)
  if (room?.enabled !== 1) return false
  return room.kind === 'residents' || to.room !== by?.room
}

function addressOf(to: Recipient): string {
  return to.room === undefined ? `resident:${to.resident}` : `room:${to.room}`
}

function noticeKey(row: OccurrenceRow, to: Recipient): string {
  return `change:${row.id}:${row.sequence}:${addressOf(to)}`
}

/** The sequence number of the change that a notice tells of; NaN for other messages. */
function changeIn(key: string): number {
  return Number(/^change:\d+:(\d+):/.exec(key)?.[1])
}

/** Gives whether there was something to tell. */
function tellAgain(work: Work, after: OccurrenceRow, { to, knows }: Listener): boolean {
  if (!isNews(knows, after)) return false
  const knownStart = at(knows.held_on, knows.start_time, work.env.zone)
  const outbox = enqueue(work, {
    to,
    key: noticeKey(after, to),
    say: notice(work, knows, after),
    priority: 'notice',
    expires: knownStart > after.starts_at ? knownStart : after.starts_at,
    ...(to.room === undefined ? { topic: 'reminders' as const } : {}),
  })
  if (outbox === undefined) return false
  noteTold(work.tx, outbox, [after.id])
  return true
}

function isNews(knows: Facts, after: OccurrenceRow): boolean {
  if (knows.state === 'cancelled' || after.state === 'cancelled') {
    return (knows.state === 'cancelled') !== (after.state === 'cancelled')
  }
  const facts = ['held_on', 'start_time', 'venue', 'topic'] as const
  return facts.some((fact) => knows[fact] !== after[fact])
}

/** Whoever was told just now needs no reminder that fell due by the change itself. */
function dropDue(work: Work, row: OccurrenceRow, told: readonly Listener[]): void {
  const rooms = new Set(told.map(({ to }) => to.room))
  for (const reminder of remindersOf(work.tx, row.id)) {
    const isDue = reminder.state === 'planned' && reminder.due_at <= work.now
    if (isDue && rooms.has(reminder.room_id)) {
      reminderSkipped(work.tx, reminder.id, 'late', work.now)
    }
  }
}

/** Days stand in full here: the night may lie between the writing and the sending. */
function notice(work: Work, knows: Facts, after: OccurrenceRow): Say {
  const look = { ...work, db: work.tx }
  const name = nameOf(look, after.programme)
  const was = { name, day: datePhrase(knows.held_on), time: knows.start_time }
  if (after.state === 'cancelled') return [phrase('programmes.cancelled', was), ...because(after)]
  const changed: Phrase =
    knows.state === 'cancelled'
      ? phrase('programmes.revived', { name })
      : phrase('programmes.changed', was)
  return [
    changed,
    phrase('programmes.now', { day: datePhrase(after.held_on) }),
    line(look, after),
    ...because(after),
  ]
}

function because(row: OccurrenceRow): Say[] {
  if (row.reason === null || row.reason === 'content') return []
  if (row.reason === 'holiday') return [phrase('programmes.holidayReason')]
  return [phrase('programmes.because', { reason: row.reason })]
}
