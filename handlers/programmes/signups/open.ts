import { type Phrase, phrase } from '../../../content/i18n.ts'
import { addDays, dateIn, plus } from '../../../content/time.ts'
import { type OccurrenceRow, occurrenceById, toldLately } from '../../../db/queries/occurrence.ts'
import type { RoomRow } from '../../../db/queries/room.ts'
import type { OccurrenceId } from '../../../db/schema.ts'
import { datePhrase } from '../../core/dates.ts'
import type { Look, Recipient } from '../../core/feature.ts'
import { err, ok, type Result } from '../../core/result.ts'
import { nameOf } from '../names.ts'
import { happening, programmeOf } from '../view.ts'

/** Which occurrences people can sign up for. */

export function takesSignUps(look: Pick<Look, 'env'>, row: OccurrenceRow): boolean {
  return programmeOf(look, row.programme)?.signUp === true
}

export function isOpen(look: Look, row: OccurrenceRow): boolean {
  return takesSignUps(look, row) && row.state !== 'cancelled' && row.starts_at > look.now
}

/** The occurrence when people can sign up for it now, or why not. */
export function openFor(look: Look, id: OccurrenceId): Result<OccurrenceRow, Phrase> {
  const row = occurrenceById(look.db, id)
  if (row === undefined) return err(phrase('signups.error.unknown', { no: id }))
  const vars = { name: nameOf(look, row.programme), day: datePhrase(row.held_on), no: id }
  if (!takesSignUps(look, row)) return err(phrase('signups.error.notNeeded', vars))
  if (row.state === 'cancelled') return err(phrase('signups.error.cancelled', vars))
  if (row.starts_at <= look.now) return err(phrase('signups.error.started', vars))
  return ok(row)
}

/** How far ahead somebody looks who does not say which activity. */
const DAYS_AHEAD = 14

/** What people of a group, or anybody where none is given, can sign up for in the days to come. */
export function openAhead(look: Look, room: RoomRow | undefined): OccurrenceRow[] {
  const today = dateIn(look.env.zone, look.now)
  return happening(look, room, today, addDays(today, DAYS_AHEAD)).filter((row) => isOpen(look, row))
}

/** An answer to what was said here belongs to it for so long. */
const FRESH_HOURS = 36

/** The one occurrence that takes sign-ups in the latest message here that speaks of any. */
export function justTold(look: Look, here: Recipient): OccurrenceRow | undefined {
  const since = plus(look.now, { hours: -FRESH_HOURS })
  const rows = toldLately(look.db, here, since).filter((row) => isOpen(look, row))
  const latest = rows.filter((row) => row.outbox_id === rows[0]?.outbox_id)
  return latest.length === 1 ? latest[0] : undefined
}
