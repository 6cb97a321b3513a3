import {
  type RespondentRow,
  removeRespondent,
  respondentByKey,
  respondentsOf,
  setCounted,
  updateRespondent,
} from '../../db/queries/answer.ts'
import { type ResidentRow, residentById } from '../../db/queries/resident.ts'
import { insertMove, type RoundRow, roundsIn } from '../../db/queries/round.ts'
import type { ResidentId } from '../../db/schema.ts'
import type { RoundId } from '../../db/schema-surveys.ts'
import type { Work } from '../core/feature.ts'
import { movedKey, personalKey, respondentKey } from './keys.ts'

export { confirmRound } from './confirm.ts'

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
  const [left, key] = [from, into].map((r) => respondentKey(work.tx, round, r)) as [string, string]
  if (left !== key) uniteRows(work, round, left, key)
}

/**
 * Somebody has confirmed a home. In the rounds by household that run, what they answered alone becomes the answer of the
 * household, and of two answers the later one stands. Who has moved from a confirmed home goes on answering for that one:
 * what was answered there may be somebody else's as well, and nobody is to answer for two homes.
 */
export function settleHome(work: Work, before: ResidentRow): void {
  const resident = residentById(work.tx, before.id)
  if (resident === undefined) return
  for (const round of roundsIn(work.tx, ['open', 'closing'])) {
    const left = respondentKey(work.tx, round, before)
    const key = respondentKey(work.tx, round, resident)
    if (left === key) continue
    if (left === personalKey(round, before.id)) uniteRows(work, round, left, key)
    else insertMove(work.tx, { round_id: round.id, person: movedKey(round, before.id), key: left })
  }
}

/** The row under `left` goes over to `key`; where both are there, the later one stays. */
function uniteRows(work: Work, round: RoundRow, left: string, key: string): void {
  const old = respondentByKey(work.tx, round.id, left)
  if (old === undefined) return
  const kept = respondentByKey(work.tx, round.id, key)
  if (kept !== undefined && kept.updated_at >= old.updated_at) {
    setAside(work, round, old)
    return
  }
  if (kept !== undefined) setAside(work, round, kept)
  updateRespondent(work.tx, old.id, { key })
}

/** Kept without counting; of an anonymous round nothing is kept that would say whose it was. */
function setAside(work: Work, round: RoundRow, row: RespondentRow): void {
  if (round.anonymous === 1) {
    removeRespondent(work.tx, row.id)
    return
  }
  updateRespondent(work.tx, row.id, { key: `aside:${row.id}` })
  setCounted(work.tx, row.id, 0)
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
