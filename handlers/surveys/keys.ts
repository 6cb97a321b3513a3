import { createHmac } from 'node:crypto'
import type { ResidentRow } from '../../db/queries/resident.ts'
import type { RoundRow } from '../../db/queries/round.ts'

/**
 * The key that makes one person, or one household, one respondent of a round. In an anonymous round it is a keyed hash:
 * it still recognises who answered before, until the key is destroyed at closing; after that nobody can tell.
 */
export function respondentKey(
  round: RoundRow,
  resident: Pick<ResidentRow, 'id' | 'home' | 'home_room'>,
): string {
  const plain =
    round.unit === 'household' && resident.home !== null && resident.home_room !== null
      ? `h:${resident.home}-${resident.home_room}`
      : `r:${resident.id}`
  return hidden(round, plain)
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
