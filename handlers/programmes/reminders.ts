import { phrase, type Say } from '../../content/i18n.ts'
import { dateIn, earliest, type Instant } from '../../content/time.ts'
import { noteTold, type OccurrenceRow, occurrenceById } from '../../db/queries/occurrence.ts'
import {
  dueIn,
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
import { digestCovers } from './digest.ts'
import { isMorning } from './rules.ts'
import { byDay, line, programmeOf, provisionalNote } from './view.ts'

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
  due: (look) => (isQuiet(look) ? [] : roomsDue(look.db, look.now).map((room) => String(room))),
  run: (work, unit) => remind(work, Number(unit) as RoomId),
}

/** Reminders wait for the morning: the quiet hours are for sleeping. */
function whenAwake(look: Look, due: Instant): Instant {
  const { quietHours } = look.env.content.chat
  const from = due > look.now ? due : look.now
  return quietUntil(from, quietHours, look.env.zone) ?? due
}

function isQuiet(look: Look): boolean {
  return quietUntil(look.now, look.env.content.chat.quietHours, look.env.zone) !== undefined
}

function remind(work: Work, room: RoomId): void {
  const { tx, now } = work
  const due: { reminder: ReminderRow; row: OccurrenceRow }[] = []
  for (const reminder of dueIn(tx, room, now)) {
    const row = occurrenceById(tx, reminder.occurrence_id)
    const reason = row === undefined ? 'cancelled' : whyNot(work, reminder, row)
    if (reason !== undefined) reminderSkipped(tx, reminder.id, reason, now)
    else if (row !== undefined) due.push({ reminder, row })
  }
  if (due.length === 0) return
  const rows = [...new Map(due.map(({ row }) => [row.id, row])).values()]
  const outbox = enqueue(work, {
    to: { room },
    key: `remind:${room}:${due.map(({ reminder }) => reminder.id).join(',')}:${rows.map((r) => r.sequence).join(',')}`,
    say: wording(
      work,
      rows,
      due.every(({ reminder }) => reminder.offset.endsWith('m')),
    ),
    priority: 'notice',
    ...expiry(due.map(({ reminder }) => reminder.useful_until_at)),
  })
  if (outbox === undefined) return
  for (const { reminder } of due) reminderSent(tx, reminder.id, outbox, now)
  noteTold(
    tx,
    outbox,
    rows.map((row) => row.id),
  )
}

function expiry(moments: readonly Instant[]): { expires?: Instant } {
  const first = earliest(...moments)
  return first === undefined ? {} : { expires: first }
}

function whyNot(work: Work, reminder: ReminderRow, row: OccurrenceRow): SkipReason | undefined {
  if (roomById(work.tx, reminder.room_id)?.enabled !== 1) return 'room_off'
  if (row.state === 'cancelled') return 'cancelled'
  if (reminder.useful_until_at <= work.now) return 'late'
  const onTheDay = dateIn(work.env.zone, work.now) === row.held_on
  const general = isMorning(reminder.offset) || !reminder.offset.endsWith('m')
  return onTheDay && general && digestCovers(work, reminder.room_id, row) ? 'in_digest' : undefined
}

function wording(work: Work, rows: readonly OccurrenceRow[], soon: boolean): Say {
  const look: Look = { ...work, db: work.tx }
  const [only] = rows
  if (only === undefined || rows.length > 1) {
    return [phrase('programmes.remindMany'), ...byDay(look, rows), ...provisionalNote(rows)]
  }
  const note = programmeOf(work, only.programme)?.note
  const today = dateIn(work.env.zone, work.now)
  return [
    soon
      ? phrase('programmes.soon')
      : phrase('programmes.remind', { day: dayPhrase(only.held_on, today) }),
    line(look, only),
    ...(note && !soon ? [phrase('programmes.note', { note })] : []),
    ...provisionalNote(rows),
  ]
}
