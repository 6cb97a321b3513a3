import { type Phrase, phrase } from '../../../content/i18n.ts'
import type { OccurrenceRow } from '../../../db/queries/occurrence.ts'
import { residentById } from '../../../db/queries/resident.ts'
import {
  type SignUpRow,
  signUpOf,
  signUpsBy,
  signUpsOf,
  updateSignUp,
  waitingFor,
} from '../../../db/queries/sign-up.ts'
import type { ResidentId, RoomId } from '../../../db/schema.ts'
import type { Look, Work } from '../../core/feature.ts'
import { err, ok, type Result } from '../../core/result.ts'
import { guestOf, isHopeful, nameKey, partyOf } from './parties.ts'
import { type Enlisted, enlist, release } from './seats.ts'

/** What residents do: sign up, bring others, take it back. */

/** Who signs up, and where that was said. */
export interface Asker {
  readonly id: ResidentId
  readonly name: string
  readonly room: RoomId | undefined
}

/** Whom: oneself, and others by name. */
export interface Whom {
  readonly self: boolean
  readonly names: readonly string[]
}

export interface SignedUp extends Enlisted {
  /** Missing for the asker. */
  readonly guest?: string
  /** Where on the waiting list; 0 with a seat. */
  readonly place: number
}

/** Signs the asker and others up, each on a seat or on the waiting list; who is on the list already stays there. */
export function signUp(
  work: Work,
  row: OccurrenceRow,
  by: Asker,
  whom: Whom,
): Result<readonly SignedUp[], Phrase> {
  const mine = signUpsBy(work.tx, by.id, { occurrence: row.id })
  const offered = mine.filter((m) => m.state === 'offered')
  if (offered.length > 0 && whom.names.length === 0) {
    return ok(offered.map((seen) => accepted(work, row, seen)))
  }
  const guests = new Map(whom.names.map((name) => [nameKey(name), name]))
  const self = guests.delete(nameKey(by.name)) || whom.self
  const brought = mine.filter((m) => isHopeful(m) && guestOf(m) !== '')
  const all = new Set([...brought.map(guestOf), ...guests.keys()])
  const { guestsMost } = work.env.content.signUpRules
  if (all.size > guestsMost) return err(phrase('signups.error.guests', { max: guestsMost }))
  return ok([
    ...(self ? [enlisted(work, row, by, ownRow(work, row, by, mine))] : []),
    ...[...guests].map(([key, guest]) =>
      enlisted(
        work,
        row,
        by,
        mine.find((m) => isHopeful(m) && guestOf(m) === key),
        guest,
      ),
    ),
  ])
}

function accepted(work: Work, row: OccurrenceRow, seen: SignUpRow): SignedUp {
  const { party, name, via } = seen
  const enlisted = enlist(work, row, { party, name, via }, seen)
  return { ...enlisted, place: 0, ...(guestOf(seen) === '' ? {} : { guest: name }) }
}

function enlisted(
  work: Work,
  row: OccurrenceRow,
  by: Asker,
  seen: SignUpRow | undefined,
  guest?: string,
): SignedUp {
  const who = {
    party: partyOf(by.id, guest),
    resident: by.id,
    name: guest ?? by.name,
    via: 'chat',
    ...(by.room === undefined ? {} : { room: by.room }),
  } as const
  const done = seen === undefined ? enlist(work, row, who) : enlist(work, row, who, seen)
  return {
    ...done,
    place: placeOf(work, done.row),
    ...(guest === undefined ? {} : { guest }),
  }
}

/** The asker's own row under any account; or that of their full name, which came by 接龙 or from a call. */
function ownRow(
  work: Work,
  row: OccurrenceRow,
  by: Asker,
  mine: readonly SignUpRow[],
): SignUpRow | undefined {
  const own = mine.find((m) => isHopeful(m) && guestOf(m) === '')
  if (own !== undefined) return own
  const party = partyOf(by.id)
  const named = signUpsOf(work.tx, row.id).find(
    (s) => s.resident_id === null && isHopeful(s) && nameKey(s.name) === nameKey(by.name),
  )
  if (named === undefined || signUpOf(work.tx, row.id, party) !== undefined) return undefined
  updateSignUp(work.tx, named, { party, resident_id: by.id, updated_at: work.now })
  return { ...named, party, resident_id: by.id }
}

/** The place on the waiting list, from 1; 0 for who does not wait. */
export function placeOf(work: Work, row: SignUpRow): number {
  return waitingFor(work.tx, row.occurrence_id).findIndex(({ id }) => id === row.id) + 1
}

/** Takes back what a resident signed up for: all of it, or those who are named. Gives the rows that were taken off. */
export function withdraw(
  work: Work,
  row: OccurrenceRow,
  by: ResidentId,
  whom: Whom,
): readonly SignUpRow[] {
  const keys = new Set(whom.names.map(nameKey))
  const mine = signUpsBy(work.tx, by, { occurrence: row.id }).filter(isHopeful)
  const meant = keys.size === 0 ? mine : mine.filter((m) => keys.has(keyOf(m)))
  return meant.filter((seen) => release(work, row, seen, 'self'))
}

/** The guest's key, or that of the name under which somebody stands on a list. */
function keyOf(row: SignUpRow): string {
  return guestOf(row) || nameKey(row.name)
}

/** What a resident still means to come to, under any account. */
export function own(work: Work, resident: ResidentId): SignUpRow[] {
  return signUpsBy(work.tx, resident, { endingAfter: work.now }).filter(isHopeful)
}

/** The name of whoever signed somebody up; empty for a name alone. */
export function broughtBy(look: Pick<Look, 'db'>, row: SignUpRow): string {
  if (row.resident_id === null || guestOf(row) === '') return ''
  return residentById(look.db, row.resident_id)?.name ?? ''
}
