import type { LocalDate, WallTime } from '../../content/time.ts'
import {
  changesOf,
  messagesAbout,
  type OccurrenceRow,
  type ToldRow,
} from '../../db/queries/occurrence.ts'
import { withdraw } from '../../db/queries/outbox.ts'
import { replan } from '../../db/queries/reminder.ts'
import { roomById } from '../../db/queries/room.ts'
import type { OccurrenceState, ResidentId, RoomId } from '../../db/schema.ts'
import type { Recipient, Work } from '../core/feature.ts'

/** Who changes something, and in which group; the direct chat when that is left out. */
export interface Editor {
  readonly id: ResidentId
  readonly room?: RoomId
}

/** What residents know of an occurrence. */
export interface Facts {
  readonly state: OccurrenceState
  readonly held_on: LocalDate
  readonly start_time: WallTime
  readonly venue: string | null
  readonly topic: string | null
}

/** Somebody who was told, and what. */
export interface Listener {
  readonly to: Recipient
  readonly knows: Facts
}

/** Whether an occurrence is not what somebody takes it for. */
export function isNews(knows: Facts, after: OccurrenceRow): boolean {
  if (knows.state === 'cancelled' || after.state === 'cancelled') {
    return (knows.state === 'cancelled') !== (after.state === 'cancelled')
  }
  const facts = ['held_on', 'start_time', 'venue', 'topic'] as const
  return facts.some((fact) => knows[fact] !== after[fact])
}

export function factsOf({ state, held_on, start_time, venue, topic }: OccurrenceRow): Facts {
  return { state, held_on, start_time, venue, topic }
}

/**
 * Takes back what has not gone out, replies excepted, and gives those who know from what has. Somebody whose notice of
 * an earlier change was taken back, or never arrived, still knows what was before that change.
 */
export function listenersTo(work: Work, row: OccurrenceRow): Listener[] {
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
export function isServed(work: Work, to: Recipient, by: Editor | undefined): boolean {
  if (to.room === undefined) return by === undefined || to.resident !== by.id
  const room = roomById(work.tx, to.room)
  if (room?.enabled !== 1) return false
  return room.kind === 'residents' || to.room !== by?.room
}

function addressOf(to: Recipient): string {
  return to.room === undefined ? `resident:${to.resident}` : `room:${to.room}`
}

export function noticeKey(row: OccurrenceRow, to: Recipient): string {
  return `change:${row.id}:${row.sequence}:${addressOf(to)}`
}

/** The sequence number of the change that a notice tells of; NaN for other messages. */
function changeIn(key: string): number {
  return Number(/^change:\d+:(\d+):/.exec(key)?.[1])
}
