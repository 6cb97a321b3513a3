import { createHmac } from 'node:crypto'
import type { ResidentRow } from '../../db/queries/resident.ts'
import { keyBeforeMove, type RoundRow } from '../../db/queries/round.ts'
import type { ResidentId } from '../../db/schema.ts'
import type { Reader } from '../../db/store.ts'

/**
 * The key that makes one person, or one household, one respondent of a round. In an anonymous round it is a keyed hash:
 * it still recognises who answered before, until the key is destroyed at closing; after that nobody can tell. Who moves
 * while a round by household runs keeps the key of the home that was left.
 */
export function respondentKey(db: Reader, round: RoundRow, resident: Householder): string {
  const before =
    round.unit === 'household'
      ? keyBeforeMove(db, round.id, movedKey(round, resident.id))
      : undefined
  return before ?? hidden(round, unitKey(round.unit, resident))
}

/** Knows again, while the round runs, who has moved meanwhile. */
export function movedKey(round: RoundRow, id: ResidentId): string {
  return hidden(round, `moved:${id}`)
}

/** The key under which somebody answers whose home is not confirmed yet. */
export function personalKey(round: RoundRow, id: ResidentId): string {
  return hidden(round, `r:${id}`)
}

type Householder = Pick<ResidentRow, 'id' | 'home' | 'home_room' | 'home_confirmed_at'>

/**
 * Who counts once in a round: a person, or a household. Only a home that a resident has confirmed makes a household: one
 * that was read out of a nickname may be wrong, and would take a neighbour's voice away.
 */
export function unitKey(unit: RoundRow['unit'], resident: Householder): string {
  const { id, home, home_room: room, home_confirmed_at: confirmed } = resident
  const isHome = home !== null && room !== null && confirmed !== null
  return unit === 'household' && isHome ? `h:${home}-${room}` : `r:${id}`
}

/** Knows again, while the round is open, whom it has asked; in an anonymous round it does not lead to the answers. */
export function askedKey(round: RoundRow, resident: ResidentRow): string {
  return hidden(round, `asked:${resident.id}`)
}

function hidden(round: RoundRow, plain: string): string {
  if (round.anonymous === 0) return plain
  if (round.hash_key === null) throw new Error(`the key of round ${round.id} is destroyed`)
  return `a:${createHmac('sha256', round.hash_key).update(plain).digest('hex')}`
}

/** One paper form is one respondent. */
export function paperKey(number: string): string {
  return `p:${number}`
}
