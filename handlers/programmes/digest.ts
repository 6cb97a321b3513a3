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
import { noteTold, type OccurrenceRow, speaksOf } from '../../db/queries/occurrence.ts'
import { digestOf, insertDigest, lastDigest } from '../../db/queries/reminder.ts'
import { enabledRooms, type RoomRow, roomById } from '../../db/queries/room.ts'
import type { RoomId } from '../../db/schema.ts'
import { dayPhrase } from '../core/dates.ts'
import type { Env, Job, Look, Work } from '../core/feature.ts'
import { enqueue } from '../core/outbox.ts'
import { happening, line, provisionalNote, signUpHint, takesPlace } from './view.ts'

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
  due: (look) => enabledRooms(look.db, 'residents').flatMap((room) => mornings(look, room)),
  run: (work, unit) => {
    const [room, date] = unit.split(' ')
    sendDigest(work, Number(room) as RoomId, toLocalDate(date ?? ''))
  },
}

/** The mornings of a group that have come and have no row yet, as units of work. */
function mornings(look: Look, room: RoomRow): string[] {
  const units: string[] = []
  for (let date = nextDate(look, room); digestAt(look, date) <= look.now; date = addDays(date, 1)) {
    units.push(`${room.id} ${date}`)
  }
  return units
}

function digestAt(look: { readonly env: Env }, date: LocalDate): Instant {
  return at(date, look.env.content.chat.digestAt, look.env.zone)
}

/** The first morning without a row: after the last one, or after the group was enabled. */
function nextDate(look: Look, room: RoomRow): LocalDate {
  const today = dateIn(look.env.zone, look.now)
  const enabledAt = room.enabled_at ?? look.now
  const enabledOn = dateIn(look.env.zone, enabledAt)
  const first = digestAt(look, enabledOn) >= enabledAt ? enabledOn : addDays(enabledOn, 1)
  const last = lastDigest(look.db, room.id)
  const next = last === undefined || last < first ? first : addDays(last, 1)
  const oldest = addDays(today, -LOOK_BACK_DAYS)
  return next < oldest ? oldest : next
}

function sendDigest(work: Work, room: RoomId, date: LocalDate): void {
  const { tx, now } = work
  const look: Look = { ...work, db: tx }
  const rows = activitiesOn(look, room, date)
  const ahead = rows.filter((row) => row.starts_at > now)
  const useful = now < usefulUntil(work, date) && ahead.length > 0
  if (rows.length < SEVERAL || !useful) {
    const reason = rows.length < SEVERAL ? 'nothing' : 'late'
    insertDigest(tx, {
      room_id: room,
      on_date: date,
      state: 'skipped',
      reason,
      outbox_id: null,
      at: now,
    })
    return
  }
  const outbox = enqueue(work, {
    to: { room },
    key: `digest:${room}:${date}:${ahead.map((row) => `${row.id}.${row.sequence}`).join(',')}`,
    say: [
      phrase('programmes.digest', { day: dayPhrase(date, dateIn(work.env.zone, now)) }),
      ...ahead.flatMap((row) => [line(look, row), ...signUpHint(look, row)]),
      ...provisionalNote(ahead),
    ],
    priority: 'notice',
    expires: usefulUntil(work, date),
  })
  if (outbox === undefined) throw new Error(`digest of ${date} was written before`)
  const sent = { state: 'sent', reason: null, outbox_id: outbox } as const
  insertDigest(tx, { room_id: room, on_date: date, ...sent, at: now })
  noteTold(
    tx,
    outbox,
    ahead.map((row) => row.id),
  )
}

function usefulUntil(work: Work, date: LocalDate): Instant {
  return plus(digestAt(work, date), { hours: USEFUL_HOURS })
}

function activitiesOn(look: Look, room: RoomId, date: LocalDate): OccurrenceRow[] {
  return happening(look, roomById(look.db, room), date, date).filter(takesPlace)
}

/** What a group's digest does for an occurrence: it has told of it, it will at a moment to come, or it does not. */
export function digestFor(
  work: Work,
  room: RoomId,
  row: OccurrenceRow,
): 'told' | Instant | undefined {
  const { tx, now } = work
  const digest = digestOf(tx, room, row.held_on)
  if (digest !== undefined) {
    const told = digest.outbox_id !== null && speaksOf(tx, digest.outbox_id, row.id)
    return digest.state === 'sent' && told ? 'told' : undefined
  }
  const morning = digestAt(work, row.held_on)
  const willCome = activitiesOn({ ...work, db: tx }, room, row.held_on).length >= SEVERAL
  return willCome && now < morning && morning < row.starts_at ? morning : undefined
}
