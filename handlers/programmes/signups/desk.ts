import { type Phrase, phrase } from '../../../content/i18n.ts'
import { type OccurrenceRow, occurrenceById } from '../../../db/queries/occurrence.ts'
import {
  countSignUps,
  type SignUpRow,
  signUpById,
  signUpsOf,
  updateSignUp,
} from '../../../db/queries/sign-up.ts'
import { audit } from '../../../db/queries/trail.ts'
import type { AuditAction, OccurrenceId, ResidentId } from '../../../db/schema.ts'
import type { SignUpId, SignUpState } from '../../../db/schema-signups.ts'
import type { Look, Work } from '../../core/feature.ts'
import { err, ok, type Result } from '../../core/result.ts'
import { arrive, checkInOpen } from './check-in.ts'
import { openFor } from './open.ts'
import { isHopeful, nameParty } from './parties.ts'
import { admit, capacityOf, type Enlisted, enlist, release } from './seats.ts'
import { broughtBy, placeOf } from './service.ts'

/** What staff do with a list: on the console, and in the chat for who called. */

export interface ListEntry {
  readonly row: SignUpRow
  /** Who signed them up; empty for who came by themselves. */
  readonly by: string
}

export interface List {
  readonly of: OccurrenceRow
  readonly capacity: number | undefined
  /** Who has a seat, in the order of coming. */
  readonly seated: readonly ListEntry[]
  /** Offers and the waiting list, who is next first. */
  readonly waiting: readonly ListEntry[]
  readonly gone: readonly ListEntry[]
}

/** Everybody on an occurrence's list. */
export function listOf(look: Look, id: OccurrenceId): List | undefined {
  const of = occurrenceById(look.db, id)
  if (of === undefined) return undefined
  const all = signUpsOf(look.db, id).map((row) => ({ row, by: broughtBy(look, row) }))
  const has = (...states: SignUpState[]) => all.filter(({ row }) => states.includes(row.state))
  return {
    of,
    capacity: capacityOf(look, of),
    seated: has('taken'),
    waiting: [...has('offered'), ...has('waiting')],
    gone: has('cancelled', 'lapsed'),
  }
}

export interface Counts {
  readonly seats: number
  readonly waiting: number
  readonly arrived: number
}

/** How many are on the lists of several occurrences; those without any are left out. */
export function countsOf(
  look: Look,
  occurrences: readonly OccurrenceId[],
): ReadonlyMap<OccurrenceId, Counts> {
  const counts = new Map<OccurrenceId, Counts>()
  for (const { occurrence_id: id, state, n, arrived } of countSignUps(look.db, occurrences)) {
    const before = counts.get(id) ?? { seats: 0, waiting: 0, arrived: 0 }
    counts.set(id, {
      seats: before.seats + (state === 'taken' ? n : 0),
      waiting: before.waiting + (state === 'waiting' || state === 'offered' ? n : 0),
      arrived: before.arrived + arrived,
    })
  }
  return counts
}

/** Somebody who called, by name alone; gives the place on the waiting list, 0 with a seat. */
export function addByPhone(
  work: Work,
  row: OccurrenceRow,
  name: string,
  phone = '',
): Enlisted & { readonly place: number } {
  const done = enlist(work, row, { party: nameParty(name), name, phone, via: 'phone' })
  return { ...done, place: placeOf(work, done.row) }
}

export interface ByHand {
  readonly name: string
  readonly phone: string
  /** On the telephone before it starts, or at the door. */
  readonly way: 'phone' | 'door'
}

/** Staff put somebody on a list by hand; who stands at the door has come. */
export function addByHand(
  work: Work,
  by: ResidentId,
  id: OccurrenceId,
  { name, phone, way }: ByHand,
): Result<SignUpRow, Phrase> {
  const found = way === 'door' ? checkInOpen(look(work), id, true) : openFor(look(work), id)
  if (!found.ok) return found
  const party = nameParty(name)
  const seen = signUpsOf(work.tx, id).find((s) => s.party === party && isHopeful(s))
  if (seen !== undefined && seen.phone !== phone && phone !== '' && seen.phone !== '') {
    return err(phrase('signups.error.sameName', { name }))
  }
  note(work, by, 'signups.add', id)
  if (way === 'phone') return ok(addByPhone(work, found.value, name, phone).row)
  return ok(arrive(work, admit(work, found.value, { party, name, phone, via: 'door' })))
}

/** The row as a page showed it: what was done to it meanwhile must not be undone unseen. */
export interface Seen {
  readonly id: SignUpId
  readonly state: SignUpState
}

/** Staff take somebody off a list; the seat goes to who is next. */
export function removeByHand(
  work: Work,
  by: ResidentId,
  id: OccurrenceId,
  seen: Seen,
): Result<true, Phrase> {
  const found = openFor(look(work), id)
  if (!found.ok) return found
  const row = signUpById(work.tx, seen.id)
  const same = row?.occurrence_id === id && isHopeful(seen)
  if (!same || !release(work, found.value, seen, 'staff')) return err(phrase('signups.error.stale'))
  note(work, by, 'signups.remove', id)
  return ok(true)
}

/** Staff note that somebody came, or that this was a mistake. */
export function setArrived(
  work: Work,
  by: ResidentId,
  id: OccurrenceId,
  seen: Seen,
  came: boolean,
): Result<true, Phrase> {
  const found = checkInOpen(look(work), id, true)
  if (!found.ok) return found
  const row = signUpById(work.tx, seen.id)
  if (
    row === undefined ||
    row.occurrence_id !== id ||
    row.state !== seen.state ||
    !isHopeful(row)
  ) {
    return err(phrase('signups.error.stale'))
  }
  if (came) {
    const { party, name, via } = row
    arrive(work, admit(work, found.value, { party, name, via }, row))
  } else updateSignUp(work.tx, row, { arrived_at: null, updated_at: work.now })
  note(work, by, came ? 'signups.arrived' : 'signups.notArrived', id)
  return ok(true)
}

function look(work: Work): Look {
  return { ...work, db: work.tx }
}

function note(work: Work, by: ResidentId, action: AuditAction, id: OccurrenceId): void {
  audit(work.tx, { at: work.now, by, action, subject: `occurrence ${id}` })
}
