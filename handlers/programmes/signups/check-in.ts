import { type Phrase, phrase } from '../../../content/i18n.ts'
import { addDays, dateIn, type Instant, plus, timeIn } from '../../../content/time.ts'
import {
  type OccurrenceRow,
  occurrenceById,
  occurrencesBetween,
} from '../../../db/queries/occurrence.ts'
import { type SignUpRow, signUpsBy, signUpsOf, updateSignUp } from '../../../db/queries/sign-up.ts'
import type { OccurrenceId } from '../../../db/schema.ts'
import { datePhrase } from '../../core/dates.ts'
import type { Look, Work } from '../../core/feature.ts'
import { err, ok, type Result } from '../../core/result.ts'
import { countFailure, forgetFailures, lockedMinutes } from '../../core/secrets.ts'
import { nameOf } from '../names.ts'
import { guestOf, isHopeful, nameKey, nameParty, partyOf } from './parties.ts'
import { admit } from './seats.ts'
import type { Asker, Whom } from './service.ts'

/** Who came: by the code at the door, or by staff. */

/** When people can check in by themselves. */
function opensAt(look: Pick<Look, 'env'>, row: OccurrenceRow): Instant {
  return plus(row.starts_at, { minutes: -look.env.content.signUpRules.checkInMinutesBefore })
}

export function isCheckInOpen(look: Look, row: OccurrenceRow): boolean {
  return row.state !== 'cancelled' && opensAt(look, row) <= look.now && look.now <= row.ends_at
}

/** Whether staff cannot check anybody in: too early, or cancelled. */
export function checkInClosed(look: Look, row: OccurrenceRow): boolean {
  return row.state === 'cancelled' || look.now < opensAt(look, row)
}

/** What goes on around now, and people can check in to. */
export function openNow(look: Look): OccurrenceRow[] {
  const today = dateIn(look.env.zone, look.now)
  return occurrencesBetween(look.db, addDays(today, -1), addDays(today, 1)).filter((row) =>
    isCheckInOpen(look, row),
  )
}

/** The occurrence when somebody can check in to it now, or why not; staff may do so after the end too. */
export function checkInOpen(
  look: Look,
  id: OccurrenceId,
  byStaff = false,
): Result<OccurrenceRow, Phrase> {
  const row = occurrenceById(look.db, id)
  if (row === undefined) return err(phrase('signups.error.unknown', { no: id }))
  const vars = { name: nameOf(look, row.programme), day: datePhrase(row.held_on) }
  const time = timeIn(look.env.zone, opensAt(look, row))
  if (row.state === 'cancelled') return err(phrase('signups.error.cancelled', vars))
  if (look.now < opensAt(look, row)) return err(phrase('signups.error.early', { ...vars, time }))
  if (look.now > row.ends_at && !byStaff) return err(phrase('signups.error.late', vars))
  return ok(row)
}

/**
 * Checks people in who said the right code: whom they name, else themselves, else those whom they signed up. Who is not
 * on the list has come all the same. Wrong codes are counted. Gives who is there now, and whether they were before.
 */
export function checkIn(
  work: Work,
  row: OccurrenceRow,
  by: Asker,
  whom: Whom,
  code: string,
): Result<readonly SignUpRow[], Phrase> {
  const subject = `check-in:${by.id}`
  const minutes = lockedMinutes(work, subject)
  if (minutes > 0) return err(phrase('staff.error.locked', { minutes }))
  if (code !== row.code) {
    countFailure(work, subject)
    return err(phrase('signups.error.code'))
  }
  forgetFailures(work, subject)
  const mine = signUpsBy(work.tx, by.id, { occurrence: row.id }).filter(isHopeful)
  const keys = whom.names.map((name) => ({ key: nameKey(name), name }))
  const rows = keys.map(({ key, name }) => {
    const seen = mine.find((m) => (guestOf(m) || nameKey(m.name)) === key)
    return admitted(work, row, by, seen, name)
  })
  if (!whom.self) return ok(rows)
  const own = mine.find((m) => guestOf(m) === '')
  const guests = own === undefined && rows.length === 0 ? mine : []
  if (guests.length > 0) return ok(guests.map((seen) => admitted(work, row, by, seen, seen.name)))
  return ok([admitted(work, row, by, own), ...rows])
}

function admitted(
  work: Work,
  row: OccurrenceRow,
  by: Asker,
  seen: SignUpRow | undefined,
  guest?: string,
): SignUpRow {
  const who = {
    party: partyOf(by.id, guest),
    resident: by.id,
    name: guest ?? by.name,
    via: 'door',
    ...(by.room === undefined ? {} : { room: by.room }),
  } as const
  return arrive(work, admit(work, row, who, seen))
}

/** Notes that somebody with a seat has come; once. */
export function arrive(work: Work, seen: SignUpRow): SignUpRow {
  if (seen.arrived_at !== null) return seen
  updateSignUp(work.tx, seen, { arrived_at: work.now, updated_at: work.now })
  return { ...seen, arrived_at: work.now }
}

/** Staff check somebody in by name: the one on the list, or else as somebody who came without signing up. */
export function checkInByName(
  work: Work,
  row: OccurrenceRow,
  name: string,
): Result<{ readonly row: SignUpRow; readonly listed: boolean }, Phrase> {
  const key = nameKey(name)
  const all = signUpsOf(work.tx, row.id).filter(isHopeful)
  const exact = all.filter((s) => nameKey(s.name) === key)
  const found = exact.length > 0 ? exact : all.filter((s) => nameKey(s.name).includes(key))
  const [only] = found
  if (found.length > 1) return err(phrase('signups.error.several', { name, n: found.length }))
  const who = { party: only?.party ?? nameParty(name), name, via: 'door' } as const
  const seated = only === undefined ? admit(work, row, who) : admit(work, row, who, only)
  return ok({ row: arrive(work, seated), listed: only !== undefined })
}

export interface Attendance {
  readonly seats: number
  readonly waiting: number
  readonly arrived: number
  /** Signed up and not there; none while nobody has checked in, since then nobody has looked. */
  readonly absent: number
}

/** How many signed up, wait, came and stayed away. */
export function attendanceOf(look: Pick<Look, 'db'>, id: OccurrenceId): Attendance {
  const all = signUpsOf(look.db, id)
  const seats = all.filter((s) => s.state === 'taken')
  const arrived = seats.filter((s) => s.arrived_at !== null).length
  return {
    seats: seats.length,
    waiting: all.filter((s) => s.state === 'waiting' || s.state === 'offered').length,
    arrived,
    absent: arrived === 0 ? 0 : seats.length - arrived,
  }
}
