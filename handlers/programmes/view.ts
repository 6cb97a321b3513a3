import { type Phrase, phrase, type Say, type Value } from '../../content/i18n.ts'
import type { Programme } from '../../content/schema.ts'
import { dateIn, type LocalDate, mondayOf, partsOf } from '../../content/time.ts'
import { lectureOf } from '../../db/queries/lecture.ts'
import { type OccurrenceRow, occurrencesBetween } from '../../db/queries/occurrence.ts'
import type { RoomRow } from '../../db/queries/room.ts'
import { seatsOf } from '../../db/queries/sign-up.ts'
import type { OccurrenceId } from '../../db/schema.ts'
import type { Reader } from '../../db/store.ts'
import { dayPhrase } from '../core/dates.ts'
import type { Env, Look } from '../core/feature.ts'
import { nameOf } from './names.ts'
import { topicOn } from './recurrence.ts'
import { concerns } from './rules.ts'

/** What can be said of an occurrence; one too far ahead to be planned has no row yet, and so no number. */
export type Sight = Pick<
  OccurrenceRow,
  | 'programme'
  | 'scheduled_on'
  | 'held_on'
  | 'start_time'
  | 'starts_at'
  | 'ends_at'
  | 'venue'
  | 'topic'
  | 'state'
  | 'reason'
  | 'provisional'
> & { readonly id?: OccurrenceRow['id'] }

export function programmeOf(work: { readonly env: Env }, id: string): Programme | undefined {
  return work.env.content.programmes.find((p) => p.id === id)
}

/** What an occurrence is about: what staff set, the lecture plan's entry, or the topic whose turn it is. */
export function topicOf(db: Reader, programme: Programme, row: Sight): Value | undefined {
  if (row.topic !== null) return phrase('programmes.topic', { topic: row.topic })
  if (!programme.lectures) {
    const turn = topicOn(programme, row.held_on)
    return turn && phrase('programmes.turn', { topic: turn })
  }
  const lecture = lectureOf(db, programme.id, mondayOf(row.scheduled_on))
  if (lecture === undefined) return undefined
  const { topic, speaker } = lecture
  return speaker === ''
    ? phrase('programmes.topic', { topic })
    : phrase('programmes.lecture', { topic, speaker })
}

/** One occurrence on one line: time, name, topic, place; for staff its number too. */
export function line(look: Look, row: Sight, forStaff = false): Phrase {
  const programme = programmeOf(look, row.programme)
  const vars = {
    time: row.start_time,
    name: nameOf(look, row.programme),
    topic: programme ? (topicOf(look.db, programme, row) ?? '') : '',
  }
  const no = forStaff ? row.id : undefined
  if (row.state === 'cancelled') {
    const isHoliday = row.reason === 'holiday'
    const off = {
      ...vars,
      reason: isHoliday ? phrase('programmes.holidayReason') : phrase('programmes.off'),
    }
    return no === undefined
      ? phrase('programmes.lineOff', off)
      : phrase('programmes.lineOffNo', { no, ...off })
  }
  const on = { ...vars, venue: row.venue ?? programme?.venue ?? '' }
  return no === undefined
    ? phrase('programmes.line', on)
    : phrase('programmes.lineNo', { no, ...on })
}

/** A note that a year's holidays are not official yet, where that matters to one of the rows. */
export function provisionalNote(rows: readonly Sight[]): Say[] {
  const row = rows.find((r) => r.provisional === 1)
  return row ? [phrase('programmes.provisional', { year: partsOf(row.held_on).year })] : []
}

/** Whether a programme is worth telling in a room; every one is when no group of residents asks. */
export function isFor(look: Look, room: RoomRow | undefined, id: string): boolean {
  if (room === undefined || room.kind === 'staff') return true
  const programme = programmeOf(look, id)
  return programme !== undefined && concerns(programme, room, look.env.content.community)
}

/** What is planned for a group from `from` to `to`; everything when no group of residents asks. */
export function happening(
  look: Look,
  room: RoomRow | undefined,
  from: LocalDate,
  to: LocalDate,
): OccurrenceRow[] {
  return occurrencesBetween(look.db, from, to).filter((row) => isFor(look, room, row.programme))
}

export function takesPlace(row: Sight): boolean {
  return row.state !== 'cancelled'
}

/** Seats that nobody has; `undefined` where there is no limit. */
export function seatsLeft(
  look: Look,
  row: Sight & { readonly id: OccurrenceId },
): number | undefined {
  const capacity = programmeOf(look, row.programme)?.capacity
  if (capacity === undefined) return undefined
  return capacity - seatsOf(look.db, row.id).filter((seat) => seat <= capacity).length
}

/** How to sign up for an occurrence, where people can: with the seats that are left, or the waiting list. */
export function signUpHint(look: Look, row: Sight): Say[] {
  const { id: no } = row
  const open =
    programmeOf(look, row.programme)?.signUp && takesPlace(row) && row.starts_at > look.now
  if (!open || no === undefined) return []
  const left = seatsLeft(look, { ...row, id: no })
  if (left === undefined) return [phrase('signups.how', { no })]
  return [left > 0 ? phrase('signups.howLeft', { no, left }) : phrase('signups.howFull', { no })]
}

/** What stands beside each line: how to sign up, the number for staff, or nothing. */
type Detail = 'hints' | 'numbers' | 'plain'

/** Rows by day, each day with its heading. */
export function byDay(look: Look, rows: readonly Sight[], detail: Detail = 'hints'): Say[] {
  const today = dateIn(look.env.zone, look.now)
  const days = new Map<LocalDate, Sight[]>()
  for (const row of rows) days.set(row.held_on, [...(days.get(row.held_on) ?? []), row])
  return [...days].map(([date, ofDay]) => [
    phrase('programmes.day', { day: dayPhrase(date, today) }),
    ...ofDay.flatMap((row) => [
      line(look, row, detail === 'numbers'),
      ...(detail === 'hints' ? signUpHint(look, row) : []),
    ]),
  ])
}
