import { phrase } from '../../content/i18n.ts'
import {
  addDays,
  at,
  dateIn,
  type LocalDate,
  mondayOf,
  toLocalDate,
  toWallTime,
} from '../../content/time.ts'
import { lectureOf } from '../../db/queries/lecture.ts'
import { type OccurrenceRow, occurrencesBetween } from '../../db/queries/occurrence.ts'
import { enabledRooms } from '../../db/queries/room.ts'
import { putSetting, setting } from '../../db/queries/setting.ts'
import { datePhrase } from '../core/dates.ts'
import type { Job, Look, Work } from '../core/feature.ts'
import { enqueue } from '../core/outbox.ts'
import { nameOf } from './names.ts'
import { programmeOf, takesPlace } from './view.ts'

/** Staff hear of a week without a speaker so many days ahead, once. */
const DAYS_AHEAD = 7
const CHECK_AT = toWallTime('09:00')
const CHECKED_ON = 'programmes.lectures_checked_on'

export const lectureJob: Job = {
  name: 'programmes.lectures',
  nextDueAt: (look) => at(nextCheck(look), CHECK_AT, look.env.zone),
  due: (look) => (at(nextCheck(look), CHECK_AT, look.env.zone) <= look.now ? ['check'] : []),
  run: (work) => {
    const today = dateIn(work.env.zone, work.now)
    for (const row of occurrencesBetween(work.tx, today, addDays(today, DAYS_AHEAD))) {
      if (isOpen(work, row)) report(work, row)
    }
    putSetting(work.tx, CHECKED_ON, today, work.now)
  },
}

function nextCheck(look: Look): LocalDate {
  const last = setting(look.db, CHECKED_ON)
  return last === undefined ? dateIn(look.env.zone, look.now) : addDays(toLocalDate(last), 1)
}

function isOpen(work: Work, row: OccurrenceRow): boolean {
  const programme = programmeOf(work, row.programme)
  if (programme?.lectures !== true || !takesPlace(row) || row.starts_at <= work.now) return false
  const speaker = lectureOf(work.tx, programme.id, mondayOf(row.scheduled_on))?.speaker ?? ''
  return row.topic === null && speaker === ''
}

function report(work: Work, row: OccurrenceRow): void {
  for (const room of enabledRooms(work.tx, 'staff')) {
    enqueue(work, {
      to: { room: room.id },
      key: `lecture-open:${row.id}:${room.id}`,
      say: phrase('programmes.lectureOpen', {
        name: nameOf({ ...work, db: work.tx }, row.programme),
        day: datePhrase(row.held_on),
        no: row.id,
      }),
      priority: 'notice',
      expires: row.starts_at,
    })
  }
}
