import { phrase, type Say } from '../../../content/i18n.ts'
import { dateIn, timeIn } from '../../../content/time.ts'
import { noteTold, type OccurrenceRow } from '../../../db/queries/occurrence.ts'
import type { SignUpRow } from '../../../db/queries/sign-up.ts'
import { datePhrase } from '../../core/dates.ts'
import type { Recipient, Work } from '../../core/feature.ts'
import { enqueue } from '../../core/outbox.ts'
import { nameOf } from '../names.ts'
import { guestOf } from './parties.ts'

/** What Linli says by itself to people on a waiting list. What was asked for is no reminder: 退订 提醒 does not stop it. */

interface About {
  readonly row: OccurrenceRow
  readonly seen: SignUpRow
}

/** A seat has become free: whoever waits for it hears how long it is kept. */
export function tellOffer(work: Work, row: OccurrenceRow, seen: SignUpRow): void {
  const until = seen.offer_until_at
  if (seen.resident_id === null || until === null) return
  const { zone } = work.env
  const day = datePhrase(dateIn(zone, until))
  const when = phrase('signups.until', { day, time: timeIn(zone, until) })
  const vars = { what: what(work, row), no: row.id, when, name: seen.name }
  const say =
    guestOf(seen) === '' ? phrase('signups.offer', vars) : phrase('signups.offerFor', vars)
  tell(work, { row, seen }, { resident: seen.resident_id }, `offer:${until}`, say)
}

/** The seat was not taken in time and goes to who is next. */
export function tellLapsed(work: Work, row: OccurrenceRow, seen: SignUpRow): void {
  if (seen.resident_id === null) return
  const say = phrase('signups.lapsed', { what: what(work, row), no: row.id })
  tell(work, { row, seen }, { resident: seen.resident_id }, `lapsed:${seen.turn}`, say)
}

/** A name of a 接龙 list moves up; the group has read the name in the list already. */
export function tellSeated(work: Work, row: OccurrenceRow, seen: SignUpRow): void {
  if (seen.room_id === null || seen.via !== 'chain') return
  const say = phrase('signups.movedUp', { what: what(work, row), name: seen.name })
  tell(work, { row, seen }, { room: seen.room_id }, `seated:${seen.turn}`, say)
}

function what(work: Work, row: OccurrenceRow): Say {
  const day = datePhrase(row.held_on)
  const name = nameOf({ env: work.env, db: work.tx }, row.programme)
  return phrase('signups.what', { day, time: row.start_time, name })
}

function tell(work: Work, { row, seen }: About, to: Recipient, event: string, say: Say): void {
  const key = `signup:${seen.id}:${event}`
  const outbox = enqueue(work, { to, key, say, priority: 'notice', expires: row.starts_at })
  if (outbox !== undefined) noteTold(work.tx, outbox, [row.id])
}
