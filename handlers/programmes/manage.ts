import { type Phrase, phrase } from '../../content/i18n.ts'
import type { Programme } from '../../content/schema.ts'
import { addDays, dateIn, type LocalDate, mondayOf } from '../../content/time.ts'
import { type LectureRow, lecturesFrom } from '../../db/queries/lecture.ts'
import {
  heldByMonth,
  heldInYear,
  type OccurrenceRow,
  occurrenceById,
  occurrencesBetween,
} from '../../db/queries/occurrence.ts'
import type { OccurrenceId, ResidentId } from '../../db/schema.ts'
import type { Look, Work } from '../core/feature.ts'
import { err, ok, type Result } from '../core/result.ts'
import { type LectureEntry, readLectureTable, type TableProblem } from './lecture-table.ts'
import { planLecture } from './service.ts'
import { unconfirmed } from './unconfirmed.ts'
import { programmeOf, topicOf } from './view.ts'

/** What the console shows of programmes, and the lecture plan. */

export interface OccurrenceView {
  readonly row: OccurrenceRow
  readonly programme: Programme | undefined
  readonly topic: ReturnType<typeof topicOf>
}

function viewOf(look: Look, row: OccurrenceRow): OccurrenceView {
  const programme = programmeOf(look, row.programme)
  return { row, programme, topic: programme && topicOf(look.db, programme, row) }
}

/** What is planned from `from` to `to`, both included, cancelled ones too. */
export function occurrences(look: Look, from: LocalDate, to: LocalDate): OccurrenceView[] {
  return occurrencesBetween(look.db, from, to).map((row) => viewOf(look, row))
}

export function occurrence(look: Look, id: OccurrenceId): OccurrenceView | undefined {
  const row = occurrenceById(look.db, id)
  return row && viewOf(look, row)
}

/** What has passed and waits for staff to say whether it was held. */
export function toConfirm(look: Look): OccurrenceView[] {
  return unconfirmed(look).map((row) => viewOf(look, row))
}

export interface TargetCount {
  readonly programme: Programme
  readonly held: number
  readonly target: number
}

/** How often each programme was held in each month of `year` (2026-11) in which it was. */
export function heldMonths(look: Look, year: number): ReturnType<typeof heldByMonth> {
  return heldByMonth(look.db, year)
}

/** How often each programme with a yearly target was held in `year`. */
export function targets(look: Look, year: number): TargetCount[] {
  return look.env.content.programmes.flatMap((programme) =>
    programme.yearlyTarget === undefined
      ? []
      : [
          {
            programme,
            held: heldInYear(look.db, programme.id, year),
            target: programme.yearlyTarget,
          },
        ],
  )
}

/** The programmes that have a lecture plan. */
export function lectureProgrammes(look: Look): Programme[] {
  return look.env.content.programmes.filter((p) => p.lectures)
}

export interface LectureWeek {
  /** The week's Monday. */
  readonly week: LocalDate
  readonly lecture: LectureRow | undefined
}

/** The plan of the next `weeks` weeks, with the weeks for which nothing is planned. */
export function lecturePlan(look: Look, programme: string, weeks: number): LectureWeek[] {
  const monday = mondayOf(dateIn(look.env.zone, look.now))
  const known = new Map(lecturesFrom(look.db, programme, monday).map((l) => [l.week_on, l]))
  return Array.from({ length: weeks }, (_, i) => {
    const week = addDays(monday, 7 * i)
    return { week, lecture: known.get(week) }
  })
}

/** A table as it would be imported: its lectures, or every problem with its line. */
export function previewLectures(table: readonly (readonly string[])[]): {
  readonly rows: readonly LectureEntry[]
  readonly problems: readonly TableProblem[]
} {
  return readLectureTable(table)
}

/** Imports a table of lectures: all of it, or nothing when there is a problem. */
export function importLectures(
  work: Work,
  by: ResidentId,
  programme: string,
  table: readonly (readonly string[])[],
): Result<number, Phrase> {
  const { rows, problems } = readLectureTable(table)
  if (problems.length > 0 || rows.length === 0) return err(phrase('programmes.table.columns'))
  for (const row of rows) planLecture(work, by, { programme, ...row })
  return ok(rows.length)
}
