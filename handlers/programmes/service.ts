import { type Phrase, phrase } from '../../content/i18n.ts'
import {
  at,
  type LocalDate,
  minutesBetween,
  mondayOf,
  partsOf,
  plus,
  type WallTime,
} from '../../content/time.ts'
import { putLecture } from '../../db/queries/lecture.ts'
import {
  heldInYear,
  type OccurrenceRow,
  occurrenceById,
  updateOccurrence,
} from '../../db/queries/occurrence.ts'
import { audit } from '../../db/queries/trail.ts'
import type { OccurrenceId, ResidentId } from '../../db/schema.ts'
import type { Work } from '../core/feature.ts'
import { err, ok, type Result } from '../core/result.ts'
import { amend } from './changes.ts'
import type { Editor } from './listeners.ts'
import { type Attendance, attendanceOf } from './signups/check-in.ts'
import { programmeOf } from './view.ts'

export { planRoom } from './planning.ts'
export { divideSignUps, forgetSignUps, uniteSignUps } from './signups/merge.ts'

export interface Told {
  readonly row: OccurrenceRow
  /** Groups and residents that were told again. */
  readonly told: number
}

/** What staff change of an occurrence; what is left out stays. */
export interface Change {
  readonly date?: LocalDate
  readonly time?: WallTime
  readonly venue?: string
  /** Shown to residents. */
  readonly reason?: string
}

/** Staff give an occurrence another time or place. */
export function reschedule(
  work: Work,
  by: Editor,
  id: OccurrenceId,
  change: Change,
): Result<Told, Phrase> {
  const found = openOccurrence(work, id)
  if (!found.ok) return found
  const row = found.value
  const date = change.date ?? row.held_on
  const time = change.time ?? row.start_time
  const venue = change.venue ?? row.venue
  const startsAt = at(date, time, work.env.zone)
  if (startsAt <= work.now) return err(phrase('programmes.error.past'))
  const usualVenue = programmeOf(work, row.programme)?.venue['zh-CN']
  if (startsAt === row.starts_at && (venue ?? usualVenue) === (row.venue ?? usualVenue)) {
    return err(phrase('programmes.error.same', { no: id }))
  }
  const told = amend(
    work,
    row,
    {
      state: 'changed',
      held_on: date,
      start_time: time,
      starts_at: startsAt,
      ends_at: plus(startsAt, { minutes: minutesBetween(row.starts_at, row.ends_at) }),
      ...(venue === null ? {} : { venue }),
      ...(change.reason === undefined ? {} : { reason: change.reason }),
    },
    by,
  )
  audit(work.tx, {
    at: work.now,
    by: by.id,
    action: 'occurrence.change',
    subject: `occurrence ${id}`,
  })
  return ok({ row: occurrenceById(work.tx, id) ?? row, told })
}

/** Staff call an occurrence off. The reason is shown to residents. */
export function cancel(
  work: Work,
  by: Editor,
  id: OccurrenceId,
  reason: string,
): Result<Told, Phrase> {
  const found = openOccurrence(work, id)
  if (!found.ok) return found
  const told = amend(work, found.value, { state: 'cancelled', reason }, by)
  audit(work.tx, {
    at: work.now,
    by: by.id,
    action: 'occurrence.cancel',
    subject: `occurrence ${id}`,
  })
  return ok({ row: found.value, told })
}

/** The occurrence, when it can still be changed. */
export function openOccurrence(work: Work, id: OccurrenceId): Result<OccurrenceRow, Phrase> {
  const row = occurrenceById(work.tx, id)
  if (row === undefined) return err(phrase('programmes.error.unknown', { no: id }))
  if (row.state === 'cancelled') return err(phrase('programmes.error.cancelled', { no: id }))
  if (row.starts_at <= work.now) return err(phrase('programmes.error.over', { no: id }))
  return ok(row)
}

export interface Held {
  readonly row: OccurrenceRow
  readonly attendance: Attendance
  /** How often in the year, and how often it should be. */
  readonly count: number
  readonly target: number | undefined
}

/** What staff saw: how many came, where they counted, and how it went. */
export interface Seen {
  readonly attendance?: number | undefined
  readonly note?: string | undefined
}

/** Staff note that an occurrence took place. Those who checked in are counted when staff did not count. */
export function markHeld(
  work: Work,
  by: ResidentId,
  id: OccurrenceId,
  { attendance, note }: Seen,
): Result<Held, Phrase> {
  const row = occurrenceById(work.tx, id)
  if (row === undefined) return err(phrase('programmes.error.unknown', { no: id }))
  if (row.starts_at > work.now) return err(phrase('programmes.error.notYet', { no: id }))
  if (row.state === 'cancelled') return err(phrase('programmes.error.cancelled', { no: id }))
  const came = attendanceOf({ db: work.tx }, id)
  const people = attendance ?? row.attendance ?? (came.arrived > 0 ? came.arrived : undefined)
  updateOccurrence(work.tx, id, {
    state: 'held',
    ...(people === undefined ? {} : { attendance: people }),
    ...(note === undefined ? {} : { note }),
  })
  audit(work.tx, { at: work.now, by, action: 'occurrence.held', subject: `occurrence ${id}` })
  const year = partsOf(row.held_on).year
  return ok({
    row,
    attendance: came,
    count: heldInYear(work.tx, row.programme, year),
    target: programmeOf(work, row.programme)?.yearlyTarget,
  })
}

/** Staff say that an occurrence did not take place, though nobody had called it off; they may still say that it did. */
export function markMissed(work: Work, by: ResidentId, id: OccurrenceId): Result<true, Phrase> {
  const row = occurrenceById(work.tx, id)
  if (row === undefined) return err(phrase('programmes.error.unknown', { no: id }))
  if (row.starts_at > work.now) return err(phrase('programmes.error.notYet', { no: id }))
  if (row.state === 'cancelled') return err(phrase('programmes.error.cancelled', { no: id }))
  updateOccurrence(work.tx, id, { state: 'missed' })
  audit(work.tx, { at: work.now, by, action: 'occurrence.missed', subject: `occurrence ${id}` })
  return ok(true)
}

/** Sets the topic and the speaker of the week in which `date` lies. */
export function planLecture(
  work: Work,
  by: ResidentId | undefined,
  lecture: {
    readonly programme: string
    readonly date: LocalDate
    readonly topic: string
    readonly speaker: string
  },
): void {
  putLecture(work.tx, {
    programme: lecture.programme,
    week_on: mondayOf(lecture.date),
    topic: lecture.topic,
    speaker: lecture.speaker,
    updated_at: work.now,
  })
  const subject = `${lecture.programme} ${mondayOf(lecture.date)}`
  audit(work.tx, { at: work.now, by, action: 'lecture.plan', subject })
}
