import { occurrenceById } from '../../../db/queries/occurrence.ts'
import {
  anonymise,
  deleteChains,
  type SignUpRow,
  signUpsEver,
  signUpsUnder,
} from '../../../db/queries/sign-up.ts'
import type { ResidentId } from '../../../db/schema.ts'
import type { Work } from '../../core/feature.ts'
import { guestOf, isHopeful } from './parties.ts'
import { reinstate, release } from './seats.ts'

/** Residents who turn out to be one person, or two after all. Rows stay under the account that wrote them. */

/** How good it is to be in a state. */
const RANK = { taken: 0, offered: 1, waiting: 2, lapsed: 3, cancelled: 3 } as const

/** One person sits on one seat: of two rows for the same occurrence the better one stays. */
export function uniteSignUps(work: Work, from: ResidentId, into: ResidentId): void {
  const kept = signUpsUnder(work.tx, into, work.now).filter(isHopeful)
  for (const row of signUpsUnder(work.tx, from, work.now).filter(isHopeful)) {
    const twin = kept.find((k) => isTwin(k, row))
    if (twin === undefined) continue
    const worse = RANK[row.state] < RANK[twin.state] ? twin : row
    const of = occurrenceById(work.tx, row.occurrence_id)
    if (of !== undefined) release(work, of, worse, 'merged')
  }
}

function isTwin(a: SignUpRow, b: SignUpRow): boolean {
  return a.occurrence_id === b.occurrence_id && guestOf(a) === guestOf(b)
}

/** They are two: what was taken off as a second seat comes back, on a seat while there is one, else in its old turn. */
export function divideSignUps(work: Work, a: ResidentId, b: ResidentId): void {
  for (const id of [a, b]) {
    for (const row of signUpsUnder(work.tx, id, work.now)) {
      if (row.ended !== 'merged') continue
      const of = occurrenceById(work.tx, row.occurrence_id)
      if (of !== undefined && of.state !== 'cancelled') reinstate(work, of, row)
    }
  }
}

/**
 * Somebody who wants to be forgotten comes to nothing any more; of what is past only the number stays. Their names in
 * 接龙 lists go with the versions of the lists that they posted.
 */
export function forgetSignUps(work: Work, resident: ResidentId): void {
  for (const row of signUpsEver(work.tx, resident)) {
    const of = occurrenceById(work.tx, row.occurrence_id)
    if (of !== undefined && of.starts_at > work.now && isHopeful(row))
      release(work, of, row, 'self')
    anonymise(work.tx, row.id, `x/${work.env.random.token()}`)
  }
  deleteChains(work.tx, resident)
}
