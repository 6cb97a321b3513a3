import type { Programme } from '../../content/schema.ts'
import {
  addDays,
  at,
  dateIn,
  type Instant,
  type LocalDate,
  plus,
  toLocalDate,
  toWallTime,
} from '../../content/time.ts'
import {
  insertOccurrence,
  type OccurrenceRow,
  scheduledFrom,
  upcoming,
  updateOccurrence,
} from '../../db/queries/occurrence.ts'
import { insertReminder } from '../../db/queries/reminder.ts'
import { enabledRooms, type RoomRow } from '../../db/queries/room.ts'
import { putSetting, setting } from '../../db/queries/setting.ts'
import type { Job, Work } from '../core/feature.ts'
import { amend } from './changes.ts'
import { datesBetween, type PlannedDate } from './recurrence.ts'
import { concerns, dueAt, offsetName, slotOf, usefulUntil } from './rules.ts'
import { programmeOf } from './view.ts'

/** How far ahead occurrences and reminders stand in the ledger. */
const DAYS_AHEAD = 60
const PLANNED_ON = 'programmes.planned_on'
const PLAN_AT = toWallTime('00:05')

/**
 * Brings the ledger in line with the content and the calendar: every date that a recurrence names from the last
 * planning on has its row, also where the program was down meanwhile, and rows that staff did not touch follow the
 * content.
 */
export function plan(work: Work): void {
  const today = dateIn(work.env.zone, work.now)
  const last = setting(work.tx, PLANNED_ON)
  const gapFrom = last === undefined ? today : addDays(toLocalDate(last), DAYS_AHEAD + 1)
  const from = gapFrom < today ? gapFrom : today
  for (const programme of work.env.content.programmes) {
    planProgramme(work, programme, from, addDays(today, DAYS_AHEAD))
  }
  withdrawRemoved(work)
  for (const room of enabledRooms(work.tx, 'residents')) planRoom(work, room)
  putSetting(work.tx, PLANNED_ON, today, work.now)
}

/** Once a day, after midnight, and at the first start. */
export const planJob: Job = {
  name: 'programmes.plan',
  nextDueAt: ({ db, now, env }) => {
    const last = setting(db, PLANNED_ON)
    if (last === undefined) return now
    const next = addDays(toLocalDate(last), 1)
    return at(next, PLAN_AT, env.zone)
  },
  due: (look) => {
    const next = planJob.nextDueAt(look)
    return next !== undefined && next <= look.now ? ['plan'] : []
  },
  run: (work) => plan(work),
}

function planProgramme(work: Work, programme: Programme, from: LocalDate, to: LocalDate): void {
  const today = dateIn(work.env.zone, work.now)
  const known = new Map(
    scheduledFrom(work.tx, programme.id, from).map((row) => [row.scheduled_on, row]),
  )
  for (const date of datesBetween(programme, work.env.calendar, from, to)) {
    const row = known.get(date.scheduledOn)
    known.delete(date.scheduledOn)
    if (row === undefined) addOccurrence(work, programme, date)
    else if (row.scheduled_on >= today && isOurs(row)) follow(work, programme, row, date)
  }
  for (const row of known.values()) {
    if (row.starts_at > work.now && isOurs(row) && row.state !== 'cancelled') {
      amend(work, row, { state: 'cancelled', reason: 'content' }, undefined)
    }
  }
}

/** A row that only the planning has written to. */
function isOurs(row: OccurrenceRow): boolean {
  return row.by_staff === 0 && (row.state === 'planned' || row.state === 'cancelled')
}

function wanted(work: Work, programme: Programme, date: PlannedDate) {
  const startsAt = at(date.on, programme.starts, work.env.zone)
  const skipped = date.disposition === 'skip'
  return {
    held_on: date.on,
    start_time: programme.starts,
    starts_at: startsAt,
    ends_at: plus(startsAt, { minutes: programme.minutes }),
    state: skipped ? ('cancelled' as const) : ('planned' as const),
    reason: skipped ? 'holiday' : null,
  }
}

function addOccurrence(work: Work, programme: Programme, date: PlannedDate): void {
  const want = wanted(work, programme, date)
  insertOccurrence(work.tx, {
    ...want,
    programme: programme.id,
    scheduled_on: date.scheduledOn,
    venue: null,
    topic: null,
    sequence: 0,
    provisional: date.provisional ? 1 : 0,
    by_staff: 0,
    attendance: null,
    created_at: work.now,
  })
}

/** The content or the calendar says something else now: whoever was told is told again. */
function follow(work: Work, programme: Programme, row: OccurrenceRow, date: PlannedDate): void {
  const want = wanted(work, programme, date)
  const provisional = date.provisional ? 1 : 0
  if (row.provisional !== provisional) updateOccurrence(work.tx, row.id, { provisional })
  const same =
    row.starts_at === want.starts_at && row.ends_at === want.ends_at && row.state === want.state
  if (!same && row.starts_at > work.now) amend(work, row, want, undefined)
}

/** A programme that is no longer in the content takes its future occurrences along. */
function withdrawRemoved(work: Work): void {
  for (const row of upcoming(work.tx, work.now)) {
    if (programmeOf(work, row.programme) === undefined && isOurs(row) && row.state === 'planned') {
      amend(work, row, { state: 'cancelled', reason: 'content' }, undefined)
    }
  }
}

/** Plans the reminders of a group for everything that is still to come. */
export function planRoom(work: Work, room: RoomRow): void {
  for (const row of upcoming(work.tx, work.now)) {
    const programme = programmeOf(work, row.programme)
    if (programme === undefined || row.state === 'cancelled') continue
    if (concerns(programme, room, work.env.content.community)) {
      planReminders(work, programme, row, room)
    }
  }
}

/** A reminder whose time had passed when it was planned is not sent as if it had been missed. */
function planReminders(work: Work, programme: Programme, row: OccurrenceRow, room: RoomRow): void {
  const slot = slotOf(row)
  for (const offset of programme.reminders) {
    const due: Instant = dueAt(offset, slot, work.env.zone)
    const passed = due <= work.now
    insertReminder(work.tx, {
      occurrence_id: row.id,
      offset: offsetName(offset),
      room_id: room.id,
      due_at: due,
      useful_until_at: usefulUntil(offset, slot),
      state: passed ? 'skipped' : 'planned',
      reason: passed ? 'late' : null,
      outbox_id: null,
      settled_at: passed ? work.now : null,
    })
  }
}
