import { earliest, type Instant, plus } from '../../../content/time.ts'
import type { OccurrenceRow } from '../../../db/queries/occurrence.ts'
import { optedOutOfAll } from '../../../db/queries/opt-out.ts'
import {
  insertSignUp,
  nextTurn,
  offersOf,
  type SignUpRow,
  seatsOf,
  signUpById,
  signUpOf,
  updateSignUp,
  waitingFor,
} from '../../../db/queries/sign-up.ts'
import type { ResidentId, RoomId } from '../../../db/schema.ts'
import type { SignUpEnd, SignUpWay } from '../../../db/schema-signups.ts'
import type { Env, Work } from '../../core/feature.ts'
import { quietUntil } from '../../core/quiet.ts'
import { programmeOf } from '../view.ts'
import { tellOffer, tellSeated } from './notices.ts'

/** Who gets which seat. Everything here runs in the one transaction of its caller; the database refuses a seat given twice. */

export interface Newcomer {
  readonly party: string
  /** Missing for a name alone. */
  readonly resident?: ResidentId
  readonly name: string
  readonly phone?: string
  readonly via: SignUpWay
  /** The group in which it was said. */
  readonly room?: RoomId
}

export interface Enlisted {
  readonly row: SignUpRow
  /** `known`: was on the list before, nothing changed; `accepted`: took a seat that was offered or waited for. */
  readonly was: 'new' | 'known' | 'accepted'
}

/** How many seats there are; without a limit when the programme names none. */
export function capacityOf(at: { readonly env: Env }, row: OccurrenceRow): number | undefined {
  return programmeOf(at, row.programme)?.capacity
}

/** The lowest seat that nobody has; `undefined` when there is none. */
function freeSeat(work: Work, row: OccurrenceRow): number | undefined {
  let seat = 1
  for (const taken of seatsOf(work.tx, row.id)) {
    if (taken !== seat) break
    seat += 1
  }
  return seat <= (capacityOf(work, row) ?? seat) ? seat : undefined
}

/**
 * Puts somebody on the list: on a seat while there is one, else last on the waiting list. Who is on it stays as they
 * are; a seat that is kept for them becomes theirs.
 */
export function enlist(
  work: Work,
  row: OccurrenceRow,
  who: Newcomer,
  seen = signUpOf(work.tx, row.id, who.party),
): Enlisted {
  if (seen?.state === 'taken') return { row: seen, was: 'known' }
  if (seen?.state === 'offered') return seatedAt(work, seen, seen.seat)
  const seat = freeSeat(work, row)
  if (seen?.state === 'waiting') {
    return seat === undefined ? { row: seen, was: 'known' } : seatedAt(work, seen, seat)
  }
  return added(work, row, who, seen, seat)
}

function seatedAt(work: Work, seen: SignUpRow, seat: number): Enlisted {
  updateSignUp(work.tx, seen, {
    state: 'taken',
    seat,
    offer_until_at: null,
    updated_at: work.now,
  })
  return { row: again(work, seen), was: 'accepted' }
}

/** A new row, or the one of somebody who comes back after they had left the list. */
function added(
  work: Work,
  row: OccurrenceRow,
  who: Newcomer,
  seen: SignUpRow | undefined,
  seat = 0,
): Enlisted {
  const values = {
    resident_id: who.resident ?? null,
    name: who.name,
    phone: who.phone ?? '',
    via: who.via,
    room_id: who.room ?? null,
    state: seat > 0 ? ('taken' as const) : ('waiting' as const),
    ended: null,
    seat,
    turn: nextTurn(work.tx, row.id),
    offer_until_at: null,
    arrived_at: null,
    reminded_at: null,
    updated_at: work.now,
  }
  if (seen !== undefined) {
    updateSignUp(work.tx, seen, values)
    return { row: again(work, seen), was: 'new' }
  }
  const { party } = who
  const id = insertSignUp(work.tx, {
    occurrence_id: row.id,
    party,
    ...values,
    created_at: work.now,
  })
  return { row: again(work, { id }), was: 'new' }
}

function again(work: Work, { id }: Pick<SignUpRow, 'id'>): SignUpRow {
  const row = signUpById(work.tx, id)
  if (row === undefined) throw new Error(`sign-up ${id} is gone`)
  return row
}

/** Somebody who stands at the door has come, whether or not there is a chair: beyond the seats the numbers go on. */
export function admit(work: Work, row: OccurrenceRow, who: Newcomer, seen?: SignUpRow): SignUpRow {
  const enlisted = enlist(work, row, who, seen ?? signUpOf(work.tx, row.id, who.party)).row
  if (enlisted.state === 'taken') return enlisted
  const last = seatsOf(work.tx, row.id).at(-1) ?? 0
  return seatedAt(work, enlisted, Math.max(last, capacityOf(work, row) ?? 0) + 1).row
}

/** Somebody does not come after all: their seat goes to who is next. Gives false when the row is not as it was seen. */
export function release(
  work: Work,
  row: OccurrenceRow,
  seen: Pick<SignUpRow, 'id' | 'state'>,
  ended: SignUpEnd,
): boolean {
  const done = updateSignUp(work.tx, seen, {
    state: 'cancelled',
    ended,
    seat: 0,
    offer_until_at: null,
    arrived_at: null,
    updated_at: work.now,
  })
  if (done) offerFree(work, row)
  return done
}

/** The moment until which an offer made now holds; one that is past when it is too late for offers. */
function offerEnd(work: Work, row: OccurrenceRow): Instant {
  const { chat, signUpRules } = work.env.content
  const awake = quietUntil(work.now, chat.quietHours, work.env.zone) ?? work.now
  const held = plus(awake, { hours: signUpRules.offerHours })
  return earliest(held, lastOffer(work, row)) ?? held
}

function lastOffer(work: Work, row: OccurrenceRow): Instant {
  return plus(row.starts_at, { hours: -work.env.content.signUpRules.offersEndHoursBefore })
}

/**
 * Keeps each free seat for who is next on the waiting list and asks them. A name without an account cannot be asked: it
 * gets the seat. Who wants no private messages at all is passed over, since they would never hear of it.
 */
export function offerFree(work: Work, row: OccurrenceRow): void {
  const until = offerEnd(work, row)
  if (row.state === 'cancelled' || until <= work.now) return
  for (const next of waitingFor(work.tx, row.id)) {
    const seat = freeSeat(work, row)
    if (seat === undefined) return
    if (next.resident_id === null) {
      tellSeated(work, row, seatedAt(work, next, seat).row)
    } else if (!optedOutOfAll(work.tx, next.resident_id)) {
      const offered = { state: 'offered', seat, offer_until_at: until } as const
      updateSignUp(work.tx, next, { ...offered, updated_at: work.now })
      tellOffer(work, row, { ...next, ...offered })
    }
  }
}

/** Somebody who was taken off by mistake is back: on a seat while there is one, else in the old turn. */
export function reinstate(work: Work, row: OccurrenceRow, seen: SignUpRow): void {
  const seat = freeSeat(work, row) ?? 0
  const state = seat > 0 ? 'taken' : 'waiting'
  updateSignUp(work.tx, seen, { state, ended: null, seat, updated_at: work.now })
}

/** An offer that nobody took in time: who had it leaves the list. */
export function letLapse(work: Work, row: OccurrenceRow, seen: SignUpRow): void {
  const gone = { state: 'lapsed', seat: 0, offer_until_at: null, updated_at: work.now } as const
  if (updateSignUp(work.tx, seen, gone)) offerFree(work, row)
}

/** An occurrence that was moved to an earlier time leaves less time for its offers. */
export function shortenOffers(work: Work, row: OccurrenceRow): void {
  const last = lastOffer(work, row)
  for (const offer of offersOf(work.tx, row.id)) {
    const until = earliest(offer.offer_until_at ?? last, last)
    if (until !== undefined && until !== offer.offer_until_at) {
      updateSignUp(work.tx, offer, { offer_until_at: until, updated_at: work.now })
    }
  }
}
