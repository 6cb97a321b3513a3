import { type RespondentRow, respondentsOf, setCounted } from '../../db/queries/answer.ts'
import type { ResidentId } from '../../db/schema.ts'
import type { RoundId } from '../../db/schema-surveys.ts'
import type { Work } from '../core/feature.ts'

/**
 * `from` is one person with `into` from now on: where both answered the same round, the later answers count. Nothing
 * is deleted, so `divideAnswers` brings back what was there. Anonymous answers belong to nobody and stay.
 */
export function uniteAnswers(work: Work, from: ResidentId, into: ResidentId): void {
  countLatest(work, [...respondentsOf(work.tx, from), ...respondentsOf(work.tx, into)])
}

/** The two are different people after all: each of them counts again. */
export function divideAnswers(work: Work, a: ResidentId, b: ResidentId): void {
  for (const id of [a, b]) countLatest(work, respondentsOf(work.tx, id))
}

/** Of the rows of one person, the latest of each round counts. */
function countLatest(work: Work, rows: readonly RespondentRow[]): void {
  const counted = new Map<RoundId, RespondentRow>()
  for (const row of rows) {
    const other = counted.get(row.round_id)
    if (other === undefined || row.updated_at > other.updated_at) counted.set(row.round_id, row)
  }
  for (const row of rows) {
    setCounted(work.tx, row.id, counted.get(row.round_id)?.id === row.id ? 1 : 0)
  }
}
