import { type Phrase, phrase, type Say, type Value } from '../../content/i18n.ts'
import type { Programme } from '../../content/schema.ts'
import { dateIn, type LocalDate, mondayOf, partsOf } from '../../content/time.ts'
import { lectureOf } from '../../db/queries/lecture.ts'
import { type OccurrenceRow, occurrencesBetween } from '../../db/queries/occurrence.ts'
import type { RoomRow } from '../../db/queries/room.ts'
import type { Reader } from '../../db/store.ts'
import { dayPhrase } from '../core/dates.ts'
import type { Env, Look } from '../core/feature.ts'
import { nameOf } from './names.ts'
import { topicOn } from './recurrence.ts'
import { concerns } from './rules.ts'

export function programmeOf(work: { readonly env: Env }, id: string): Programme | undefined {
  return work.env.content.programmes.find((p) => p.id === id)
}

/** What an occurrence is about: what staff set, the lecture plan's entry, or the topic whose turn it is. */
export function topicOf(db: Reader, programme: Programme, row: OccurrenceRow): Value | undefined {
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
export function line(look: Look, row: OccurrenceRow, forStaff = false): Phrase {
  const programme = programmeOf(look, row.programme)
  const vars = {
    time: row.start_time,
    name: nameOf(look, row.programme),
    topic: programme ? (topicOf(look.db, programme, row) ?? '') : '',
    venue: row.venue ?? programme?.venue ?? '',
  }
  if (row.state === 'cancelled') {
    const reason =
      row.reason === 'holiday' ? phrase('programmes.holidayReason') : phrase('programmes.off')
    const { time, name, topic } = vars
    return forStaff
      ? phrase('programmes.lineOffNo', { no: row.id, time, name, topic, reason })
      : phrase('programmes.lineOff', { time, name, topic, reason })
  }
  return forStaff
    ? phrase('programmes.lineNo', { no: row.id, ...vars })
    : phrase('programmes.line', vars)
}

/** A note that a year's holidays are not official yet, where that matters to one of the rows. */
export function provisionalNote(rows: readonly OccurrenceRow[]): Say[] {
  const row = rows.find((r) => r.provisional === 1)
  return row ? [phrase('programmes.provisional', { year: partsOf(row.held_on).year })] : []
}

/** What concerns a group from `from` to `to`; everything when no group of residents asks. */
export function happening(
  look: Look,
  room: RoomRow | undefined,
  from: LocalDate,
  to: LocalDate,
): OccurrenceRow[] {
  const rows = occurrencesBetween(look.db, from, to)
  if (room === undefined || room.kind === 'staff') return rows
  return rows.filter((row) => {
    const programme = programmeOf(look, row.programme)
    return programme !== undefined && concerns(programme, room, look.env.content.community)
  })
}

export function takesPlace(row: OccurrenceRow): boolean {
  return row.state !== 'cancelled'
}

/** Rows by day, each day with its heading. */
export function byDay(look: Look, rows: readonly OccurrenceRow[], forStaff = false): Say[] {
  const today = dateIn(look.env.zone, look.now)
  const days = new Map<LocalDate, OccurrenceRow[]>()
  for (const row of rows) days.set(row.held_on, [...(days.get(row.held_on) ?? []), row])
  return [...days].map(([date, ofDay]) => [
    phrase('programmes.day', { day: dayPhrase(date, today) }),
    ...ofDay.map((row) => line(look, row, forStaff)),
  ])
}
