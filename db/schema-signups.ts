import type { Generated } from 'kysely'
import type { Instant } from '../content/time.ts'
import type { Id, Key, OccurrenceId, ResidentId, RoomId } from './ids.ts'

/** The tables of who wants to come to an occurrence, and who came. */

export type SignUpId = Id<'sign_up'>

/** `offered`: a seat that has become free is kept for somebody on the waiting list, for a while. */
export const SIGN_UP_STATES = ['taken', 'offered', 'waiting', 'lapsed', 'cancelled'] as const
export type SignUpState = (typeof SIGN_UP_STATES)[number]

/** How it reached Linli: in words, in a 接龙 list, by staff on the telephone, or at the door. */
export const SIGN_UP_WAYS = ['chat', 'chain', 'phone', 'door'] as const
export type SignUpWay = (typeof SIGN_UP_WAYS)[number]

/** Why somebody does not come after all. `merged`: the same person has a seat under another account. */
export const SIGN_UP_ENDS = ['self', 'staff', 'list', 'merged'] as const
export type SignUpEnd = (typeof SIGN_UP_ENDS)[number]

/** One person at one occurrence: whoever signs others up has a row for each of them. */
export interface SignUpTable {
  id: Key<SignUpId>
  occurrence_id: OccurrenceId
  /** Who it is, once in an occurrence: `r12`, `r12/妈` for somebody whom resident 12 brings, `n/王秀英` for a name alone. */
  party: string
  /** Who signed up and may cancel; null for a name alone. */
  resident_id: ResidentId | null
  /** What staff call them. */
  name: string
  phone: Generated<string>
  via: SignUpWay
  /** The group in which it was said; null in a direct chat or on the console. */
  room_id: RoomId | null
  state: SignUpState
  ended: SignUpEnd | null
  /** From 1; 0 for who has none. Nobody else of the occurrence has the same. */
  seat: Generated<number>
  /** The order of coming, which is the order of the waiting list. */
  turn: number
  offer_until_at: Instant | null
  arrived_at: Instant | null
  reminded_at: Instant | null
  created_at: Instant
  updated_at: Instant
}

/** A 接龙 list as it was posted: the next one is compared with it. */
export interface ChainTable {
  id: Key<number>
  occurrence_id: OccurrenceId
  room_id: RoomId
  resident_id: ResidentId
  /** JSON: the names, in their order. */
  names: string
  at: Instant
}

export interface SignUpTables {
  sign_up: SignUpTable
  chain: ChainTable
}
