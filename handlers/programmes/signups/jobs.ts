import { phrase } from '../../../content/i18n.ts'
import { dateIn, earliest, type Instant, plus } from '../../../content/time.ts'
import { type OccurrenceRow, occurrenceById } from '../../../db/queries/occurrence.ts'
import {
  lapsedOffers,
  nextLapse,
  type SignUpRow,
  signUpById,
  signUpsBy,
  toRemind,
  updateSignUp,
  waitedFor,
} from '../../../db/queries/sign-up.ts'
import type { OccurrenceId, ResidentId } from '../../../db/schema.ts'
import type { SignUpId } from '../../../db/schema-signups.ts'
import { dayPhrase } from '../../core/dates.ts'
import type { Job, Look } from '../../core/feature.ts'
import { enqueue } from '../../core/outbox.ts'
import { dueAt } from '../rules.ts'
import { line, programmeOf, seatsLeft } from '../view.ts'
import { tellLapsed } from './notices.ts'
import { letLapse, offerFree } from './seats.ts'

/** An offer that nobody took in time goes to who is next. */
export const lapseJob: Job = {
  name: 'signups.lapse',
  nextDueAt: (look) => nextLapse(look.db),
  due: (look) => lapsedOffers(look.db, look.now).map(String),
  run: (work, unit) => {
    const seen = signUpById(work.tx, Number(unit) as SignUpId)
    const row = seen && occurrenceById(work.tx, seen.occurrence_id)
    if (seen === undefined || row === undefined) return
    if (row.state !== 'cancelled' && row.starts_at > work.now) tellLapsed(work, row, seen)
    letLapse(work, row, seen)
  },
}

/** Seats that are free while somebody waits, as after the content gave more of them, are offered. */
export const offerJob: Job = {
  name: 'signups.offer',
  silent: true,
  nextDueAt: () => undefined,
  due: (look) => withFreeSeats(look).map(({ id }) => String(id)),
  run: (work, unit) => {
    const row = occurrenceById(work.tx, Number(unit) as OccurrenceId)
    if (row !== undefined) offerFree(work, row)
  },
}

function withFreeSeats(look: Look): OccurrenceRow[] {
  return waitedFor(look.db, look.now)
    .flatMap((id) => occurrenceById(look.db, id) ?? [])
    .filter((row) => (seatsLeft(look, row) ?? 1) > 0)
}

/** As far as occurrences are planned. */
const DAYS_AHEAD = 60

/** Who signed up in the direct chat is reminded there, once: no group does it for them. */
export const remindJob: Job = {
  name: 'signups.remind',
  nextDueAt: (look) => earliest(...reminders(look).map(({ due }) => due)),
  due: (look) => [
    ...new Set(
      reminders(look)
        .filter(({ due }) => due <= look.now)
        .map(({ seen }) => `${seen.occurrence_id} ${seen.resident_id}`),
    ),
  ],
  run: (work, unit) => {
    const [occurrence = 0, resident = 0] = unit.split(' ').map(Number)
    const row = occurrenceById(work.tx, occurrence as OccurrenceId)
    if (row === undefined) return
    for (const seen of signUpsBy(work.tx, resident as ResidentId, { occurrence: row.id })) {
      updateSignUp(work.tx, seen, { reminded_at: work.now })
    }
    const look = { ...work, db: work.tx }
    enqueue(work, {
      to: { resident: resident as ResidentId },
      key: `signup:${row.id}:${resident}:remind:${row.starts_at}`,
      say: [
        phrase('signups.remind', { day: dayPhrase(row.held_on, dateIn(work.env.zone, work.now)) }),
        line(look, row),
        phrase('signups.cancelHow', { no: row.id }),
      ],
      priority: 'notice',
      expires: row.starts_at,
      topic: 'reminders',
    })
  },
}

interface Reminder {
  readonly seen: SignUpRow
  readonly due: Instant
}

/** Whoever signed up after the reminder's time needs none. */
function reminders(look: Look): Reminder[] {
  return toRemind(look.db, look.now, plus(look.now, { days: DAYS_AHEAD })).flatMap((seen) => {
    const row = occurrenceById(look.db, seen.occurrence_id)
    const due = row && reminderAt(look, row)
    return due !== undefined && seen.updated_at < due ? [{ seen, due }] : []
  })
}

/** As the programme's first reminder, which is for the groups; a programme without any has none for people either. */
function reminderAt(look: Look, row: OccurrenceRow): Instant | undefined {
  const [offset] = programmeOf(look, row.programme)?.reminders ?? []
  return offset && dueAt(offset, row, look.env.zone)
}
