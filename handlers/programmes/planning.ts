import { createHash } from 'node:crypto'
import type { Programme } from '../../content/schema.ts'
import { addDays, at, dateIn, type LocalDate, toLocalDate, toWallTime } from '../../content/time.ts'
import {
  insertOccurrence,
  type OccurrenceRow,
  scheduledBetween,
  upcoming,
  updateOccurrence,
} from '../../db/queries/occurrence.ts'
import { enabledRooms, type RoomRow } from '../../db/queries/room.ts'
import { putSetting, setting } from '../../db/queries/setting.ts'
import type { Env, Job, Look, Work } from '../core/feature.ts'
import type { Random } from '../core/ports.ts'
import { amend } from './changes.ts'
import { DAYS_AHEAD, PLANNED_ON, plannedUntil, sightOf } from './foresight.ts'
import { rememberNames } from './names.ts'
import { datesBetween, type PlannedDate } from './recurrence.ts'
import { alignReminders } from './reminder-rows.ts'
import { settleMissed } from './unconfirmed.ts'
import { programmeOf } from './view.ts'

const PLANNED_FROM = 'programmes.planned_from'
const PLAN_AT = toWallTime('00:05')

/**
 * Brings the ledger in line with the content and the calendar: every date that a recurrence names from the last
 * planning on has its row, also where the program was down meanwhile, and rows that staff did not touch follow the
 * content.
 */
export function plan(work: Work): void {
  const today = dateIn(work.env.zone, work.now)
  const until = plannedUntil(work.tx)
  const unplanned = until === undefined ? today : addDays(until, 1)
  const from = unplanned < today ? unplanned : today
  for (const programme of work.env.content.programmes) {
    planProgramme(work, programme, from, addDays(today, DAYS_AHEAD))
  }
  withdrawRemoved(work)
  rememberNames(work)
  planReminders(work, until === undefined ? undefined : unplanned)
  putSetting(work.tx, PLANNED_ON, today, work.now)
  putSetting(work.tx, PLANNED_FROM, fingerprint(work.env), work.now)
}

/** Once a day, after midnight; and at a start with other content than before. */
export const planJob: Job = {
  name: 'programmes.plan',
  silent: true,
  nextDueAt: (look) => {
    const last = setting(look.db, PLANNED_ON)
    if (last === undefined || isOutdated(look)) return look.now
    return at(addDays(toLocalDate(last), 1), PLAN_AT, look.env.zone)
  },
  due: (look) => {
    const next = planJob.nextDueAt(look)
    return next !== undefined && next <= look.now ? ['plan'] : []
  },
  run: (work) => {
    plan(work)
    settleMissed(work)
  },
}

function isOutdated({ db, env }: Look): boolean {
  return setting(db, PLANNED_FROM) !== fingerprint(env)
}

const fingerprints = new WeakMap<Env, string>()

/** Recognises the content that a plan was made from. */
function fingerprint(env: Env): string {
  const known = fingerprints.get(env)
  if (known !== undefined) return known
  const { programmes, calendarRules } = env.content
  const text = JSON.stringify([programmes, calendarRules, env.zone])
  const made = createHash('sha256').update(text).digest('hex')
  fingerprints.set(env, made)
  return made
}

function planProgramme(work: Work, programme: Programme, from: LocalDate, to: LocalDate): void {
  const today = dateIn(work.env.zone, work.now)
  const known = new Map(
    scheduledBetween(work.tx, programme.id, from, to).map((row) => [row.scheduled_on, row]),
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

function addOccurrence(work: Work, programme: Programme, date: PlannedDate): void {
  insertOccurrence(work.tx, {
    ...sightOf(work.env, programme, date),
    sequence: 0,
    by_staff: 0,
    attendance: null,
    code: checkInCode(work.env.random),
    created_at: work.now,
  })
}

/** Four digits: they are read from a sheet at the door and typed on a phone. */
function checkInCode(random: Random): string {
  return String(random.int(10_000)).padStart(4, '0')
}

/** The content or the calendar says something else now: whoever was told is told again. */
function follow(work: Work, programme: Programme, row: OccurrenceRow, date: PlannedDate): void {
  const { held_on, start_time, starts_at, ends_at, state, reason, provisional } = sightOf(
    work.env,
    programme,
    date,
  )
  if (row.provisional !== provisional) updateOccurrence(work.tx, row.id, { provisional })
  const same = row.starts_at === starts_at && row.ends_at === ends_at && row.state === state
  if (same || row.starts_at <= work.now) return
  amend(work, row, { held_on, start_time, starts_at, ends_at, state, reason }, undefined)
}

/** A programme that is no longer in the content takes its future occurrences along. */
function withdrawRemoved(work: Work): void {
  for (const row of upcoming(work.tx, work.now)) {
    if (programmeOf(work, row.programme) === undefined && isOurs(row) && row.state === 'planned') {
      amend(work, row, { state: 'cancelled', reason: 'content' }, undefined)
    }
  }
}

/**
 * Plans the reminders of everything that is still to come. For days from `unplanned` on, which the last planning did
 * not reach, that includes what was missed meanwhile.
 */
function planReminders(work: Work, unplanned: LocalDate | undefined): void {
  const rooms = enabledRooms(work.tx, 'residents')
  const missedFrom = unplanned && at(unplanned, toWallTime('00:00'), work.env.zone)
  const from = missedFrom !== undefined && missedFrom < work.now ? missedFrom : work.now
  for (const row of upcoming(work.tx, from)) {
    const isNew = unplanned !== undefined && row.scheduled_on >= unplanned
    alignReminders(work, row, rooms, isNew ? (room) => room.enabled_at ?? work.now : undefined)
  }
}

/** Plans the reminders of a group that was enabled, for everything that is still to come. */
export function planRoom(work: Work, room: RoomRow): void {
  for (const row of upcoming(work.tx, work.now)) alignReminders(work, row, [room])
}
