import { phrase } from '../../content/i18n.ts'
import {
  addDays,
  at,
  dateIn,
  earliest,
  type Instant,
  type LocalDate,
  plus,
  toLocalDate,
} from '../../content/time.ts'
import { noteTold, type OccurrenceRow } from '../../db/queries/occurrence.ts'
import { digestOf, insertDigest, lastDigest } from '../../db/queries/reminder.ts'
import { enabledRooms, type RoomRow, roomById } from '../../db/queries/room.ts'
import type { RoomId } from '../../db/schema.ts'
import type { Reader } from '../../db/store.ts'
import { dayPhrase } from '../core/dates.ts'
import type { Env, Job, Look, Work } from '../core/feature.ts'
import { enqueue } from '../core/outbox.ts'
import { happening, line, provisionalNote, takesPlace } from './view.ts'

/** From so many activities on a day, a group gets one message in the morning. */
const SEVERAL = 2
/** A digest that comes later than so many hours after its time says nothing new. */
const USEFUL_HOURS = 4
/** Missed mornings further back are not worth a row each. */
const LOOK_BACK_DAYS = 60

/** One message a group in the morning of a day with several activities. Every morning has its row, sent or not. */
export const digestJob: Job = {
  name: 'programmes.digest',
  nextDueAt: (look) =>
    earliest(
      ...enabledRooms(look.db, 'residents').map((room) => digestAt(look, nextDate(look, room))),
    ),
  due: (look) =>
    enabledRooms(look.db, 'residents').flatMap((room) => {
      const units: string[] = []
      for (let date = nextDate(look, room); digestAt(look, date) <= look.now; ) {
        units.push(`${room.id} ${date}`)
        date = addDays(date, 1)
      }
      return units
    }),
  run: (work, unit) => {
    const [room, date] = unit.split(' ')
    sendDigest(work, Number(room) as RoomId, toLocalDate(date ?? ''))
  },
}

function digestAt(look: { readonly env: Env }, date: LocalDate): Instant {
  return at(date, look.env.content.chat.digestAt, look.env.zone)
}

/** The first morning without a row: after the last one, or after the group was enabled. */
function nextDate(look: Look, room: RoomRow): LocalDate {
  const today = dateIn(look.env.zone, look.now)
  const enabledAt = room.enabled_at ?? look.now
  const enabledOn = dateIn(look.env.zone, enabledAt)
  const first = digestAt(look, enabledOn) > enabledAt ? enabledOn : addDays(enabledOn, 1)
  const last = lastDigest(look.db, room.id)
  const next = last === undefined || last < first ? first : addDays(last, 1)
  const oldest = addDays(today, -LOOK_BACK_DAYS)
  return next < oldest ? oldest : next
}

function sendDigest(work: Work, room: RoomId, date: LocalDate): void {
  const { tx, now } = work
  const rows = digestRows(work, tx, room, date)
  const base = { room_id: room, on_date: date, at: now }
  if (rows.length < SEVERAL) {
    insertDigest(tx, { ...base, state: 'skipped', reason: 'nothing', outbox_id: null })
    return
  }
  const ahead = rows.filter((row) => row.starts_at > now)
  if (ahead.length === 0 || now >= latest(work, date)) {
    insertDigest(tx, { ...base, state: 'skipped', reason: 'late', outbox_id: null })
    return
  }
  const look: Look = { ...work, db: tx }
  const outbox = enqueue(work, {
    to: { room },
    key: `digest:${room}:${date}:${ahead.map((row) => `${row.id}.${row.sequence}`).join(',')}`,
    say: [
      phrase('programmes.digest', { day: dayPhrase(date, dateIn(work.env.zone, now)) }),
      ...ahead.map((row) => line(look, row)),
      ...provisionalNote(ahead),
    ],
    priority: 'notice',
    expires: latest(work, date),
  })
  insertDigest(tx, { ...base, state: 'sent', reason: null, outbox_id: outbox ?? null })
  if (outbox !== undefined)
    noteTold(
      tx,
      outbox,
      ahead.map((row) => row.id),
    )
}

function latest(work: Work, date: LocalDate): Instant {
  return plus(digestAt(work, date), { hours: USEFUL_HOURS })
}

function digestRows(work: Work, db: Reader, room: RoomId, date: LocalDate): OccurrenceRow[] {
  return happening({ ...work, db }, roomById(db, room), date, date).filter(takesPlace)
}

/** Whether the group's digest of the day has told of an occurrence, or still will. */
export function digestCovers(work: Work, room: RoomId, row: OccurrenceRow): boolean {
  const digest = digestOf(work.tx, room, row.held_on)
  if (digest !== undefined) return digest.state === 'sent'
  return (
    digestRows(work, work.tx, room, row.held_on).length >= SEVERAL &&
    work.now < latest(work, row.held_on)
  )
}
