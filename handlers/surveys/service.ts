import { respondentsOf, setCounted } from '../../db/queries/answer.ts'
import type { ResidentId } from '../../db/schema.ts'
import type { Work } from '../core/feature.ts'

/**
 * Two residents turned out to be one person: where both answered the same round, the later answers count. Nothing is
 * deleted, so `divideAnswers` brings back what was there. Anonymous answers belong to nobody and stay.
 */
export function uniteAnswers(work: Work, from: ResidentId, into: ResidentId): void {
  const kept = new Map(respondentsOf(work.tx, into).map((row) => [row.round_id, row]))
  for (const row of respondentsOf(work.tx, from)) {
    const other = kept.get(row.round_id)
    if (other === undefined) continue
    const older = row.updated_at < other.updated_at ? row : other
    setCounted(work.tx, older.id, 0)
  }
}

/** The two are different people after all: each of them counts again. */
export function divideAnswers(work: Work, a: ResidentId, b: ResidentId): void {
  for (const id of [a, b]) {
    for (const row of respondentsOf(work.tx, id))
      if (row.counted === 0) setCounted(work.tx, row.id, 1)
  }
}
