import {
  type RespondentRow,
  removeRespondent,
  respondentByKey,
  respondentsOf,
  setCounted,
  updateRespondent,
} from '../../db/queries/answer.ts'
import { type ResidentRow, residentById } from '../../db/queries/resident.ts'
import { type RoundRow, roundsIn } from '../../db/queries/round.ts'
import type { ResidentId } from '../../db/schema.ts'
import type { RoundId } from '../../db/schema-surveys.ts'
import type { Work } from '../core/feature.ts'
import { respondentKey } from './keys.ts'

/**
 * `from` is one person with `into` from now on: where both answered the same round, the later answers count. Nothing
 * is deleted, so `divideAnswers` brings back what was there; but of an anonymous round the earlier answers are gone for
 * good, since keeping them apart would say whose they were.
 */
export function uniteAnswers(work: Work, from: ResidentId, into: ResidentId): void {
  countLatest(work, [...respondentsOf(work.tx, from), ...respondentsOf(work.tx, into)])
  const [old, kept] = [residentById(work.tx, from), residentById(work.tx, into)]
  if (old === undefined || kept === undefined) return
  for (const round of roundsIn(work.tx, ['open', 'closing'])) {
    if (round.anonymous === 1) uniteHidden(work, round, old, kept)
  }
}

/** While an anonymous round runs, its key still knows both; the day tells which answers are the later ones. */
function uniteHidden(work: Work, round: RoundRow, from: ResidentRow, into: ResidentRow): void {
  const [left, key] = [respondentKey(round, from), respondentKey(round, into)]
  const old = respondentByKey(work.tx, round.id, left)
  if (old === undefined || left === key) return
  const kept = respondentByKey(work.tx, round.id, key)
  if (kept !== undefined && kept.updated_at >= old.updated_at) {
    removeRespondent(work.tx, old.id)
    return
  }
  if (kept !== undefined) removeRespondent(work.tx, kept.id)
  updateRespondent(work.tx, old.id, { key })
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
