import { phrase, type Say } from '../../content/i18n.ts'
import {
  addDays,
  at,
  dateIn,
  earliest,
  type Instant,
  minutesBetween,
  toWallTime,
} from '../../content/time.ts'
import { noteTold, type OccurrenceRow, occurrenceById } from '../../db/queries/occurrence.ts'
import {
  dueIn,
  moveReminder,
  nextReminderAt,
  type ReminderRow,
  reminderSent,
  reminderSkipped,
  roomsDue,
} from '../../db/queries/reminder.ts'
import { roomById } from '../../db/queries/room.ts'
import type { RoomId, SkipReason } from '../../db/schema.ts'
import { dayPhrase } from '../core/dates.ts'
import type { Job, Look, Work } from '../core/feature.ts'
import { enqueue } from '../core/outbox.ts'
import { quietUntil } from '../core/quiet.ts'
import { digestFor } from './digest.ts'
import { isByMinutes } from './rules.ts'
import { byDay, line, programmeOf, provisionalNote, signUpHint } from './view.ts'

/** What starts within so many minutes starts soon. */
const SOON_MINUTES = 30

/**
 * Sends the reminders that are due, a message a group. One that was missed is sent late while it is of use, and
 * otherwise skipped with the reason; either way its row says so.
 */
export const reminderJob: Job = {
  name: 'programmes.remind',
  nextDueAt: (look) => {
    const next = nextReminderAt(look.db)
    return next === undefined ? undefined : whenAwake(look, next)
  },
  due: (look) =>
    quietNow(look) === undefined ? roomsDue(look.db, look.now).map((room) => String(room)) : [],
  run: (work, unit) => remind(work, Number(unit) as RoomId),
}

/** Reminders wait for the morning: the quiet hours are for sleeping. */
function whenAwake(look: Look, due: Instant): Instant {
  const { quietHours } = look.env.content.chat
  const from = due > look.now ? due : look.now
  return quietUntil(from, quietHours, look.env.zone) ?? due
}

function quietNow(look: Look): Instant | undefined {
  return quietUntil(look.now, look.env.content.chat.quietHours, look.env.zone)
}

interface Due {
  readonly reminder: ReminderRow
  readonly row: OccurrenceRow
}

function remind(work: Work, room: RoomId): void {
  const { tx, now } = work
  const due = dueIn(tx, room, now).flatMap((reminder) => toSend(work, reminder) ?? [])
  if (due.length === 0) return
  const rows = [...new Map(due.map(({ row }) => [row.id, row])).values()].sort((a, b) =>
    a.starts_at.localeCompare(b.starts_at),
  )
  const today = dateIn(work.env.zone, now)
  const reminders = due.map(({ reminder }) => reminder.id).join(',')
  const outbox = enqueue(work, {
    to: { room },
    key: `remind:${room}:${today}:${reminders}:${rows.map((row) => row.sequence).join(',')}`,
    say: wording(work, rows),
    priority: 'notice',
    ...expiry(work, due),
  })
  if (outbox === undefined) throw new Error(`reminders ${reminders} were written before`)
  for (const { reminder } of due) reminderSent(tx, reminder.id, outbox, now)
  noteTold(
    tx,
    outbox,
    rows.map((row) => row.id),
  )
}

/** Its words say 今天 or 明天, so a message is good for the day it was written on. */
function expiry(work: Work, due: readonly Due[]): { readonly expires?: Instant } {
  const tomorrow = addDays(dateIn(work.env.zone, work.now), 1)
  const midnight = at(tomorrow, toWallTime('00:00'), work.env.zone)
  const expires = earliest(midnight, ...due.map(({ reminder }) => reminder.useful_until_at))
  return expires === undefined ? {} : { expires }
}

/** The reminder with its occurrence when it is to go out now; otherwise it is settled, or waits for the digest. */
function toSend(work: Work, reminder: ReminderRow): Due | undefined {
  const { tx, now } = work
  const row = occurrenceById(tx, reminder.occurrence_id)
  const skip = (reason: SkipReason) => reminderSkipped(tx, reminder.id, reason, now)
  if (roomById(tx, reminder.room_id)?.enabled !== 1) skip('room_off')
  else if (row === undefined || row.state === 'cancelled') skip('cancelled')
  else if (reminder.useful_until_at <= now) skip('late')
  else {
    const digest = digestInstead(work, reminder, row)
    if (digest === undefined) return { reminder, row }
    if (digest === 'told') skip('in_digest')
    else moveReminder(tx, reminder.id, { ...reminder, due_at: digest })
  }
  return undefined
}

/** On the day itself the digest speaks for all reminders but those of the last minutes. */
function digestInstead(work: Work, reminder: ReminderRow, row: OccurrenceRow) {
  const onTheDay = dateIn(work.env.zone, work.now) === row.held_on
  if (!onTheDay || isByMinutes(reminder.offset)) return undefined
  return digestFor(work, reminder.room_id, row)
}

function wording(work: Work, rows: readonly OccurrenceRow[]): Say {
  const look: Look = { ...work, db: work.tx }
  const [only] = rows
  if (only === undefined || rows.length > 1) {
    return [phrase('programmes.remindMany'), ...byDay(look, rows), ...provisionalNote(rows)]
  }
  if (minutesBetween(work.now, only.starts_at) <= SOON_MINUTES) {
    return [
      phrase('programmes.soon'),
      line(look, only),
      ...signUpHint(look, only),
      ...provisionalNote(rows),
    ]
  }
  const note = programmeOf(work, only.programme)?.note
  const day = dayPhrase(only.held_on, dateIn(work.env.zone, work.now))
  return [
    phrase('programmes.remind', { day }),
    line(look, only),
    ...signUpHint(look, only),
    ...(note ? [phrase('programmes.note', { note })] : []),
    ...provisionalNote(rows),
  ]
}
