import { type Phrase, phrase } from '../../content/i18n.ts'
import { type CaseRow, mergedInto } from '../../db/queries/case.ts'
import { lastCaseEvent } from '../../db/queries/case-event.ts'
import { complaintsMadeOn, complaintsOf, updateComplaint } from '../../db/queries/complaint.ts'
import type { CaseId } from '../../db/schema-reports.ts'
import type { Reader } from '../../db/store.ts'
import type { Work } from '../core/feature.ts'
import { err, type Result } from '../core/result.ts'
import { type Changed, consider, findCase, perform } from './cases.ts'
import type { Actor } from './rights.ts'

/** Several cases that are one: 合并, and taking it back. */

/** The case that stands for this one, through all merges. */
export function rootOf(db: Reader, id: CaseId): Result<CaseRow, Phrase> {
  const found = findCase(db, id)
  if (!found.ok || found.value.merged_into === null) return found
  return rootOf(db, found.value.merged_into)
}

/** The number of the case that stands for the one that somebody was told. */
export function standingFor(db: Reader, number: CaseId): CaseId {
  const root = rootOf(db, number)
  return root.ok ? root.value.id : number
}

/** The case and all that were merged into it, at whatever remove. */
export function familyOf(db: Reader, id: CaseId): CaseId[] {
  return [id, ...mergedInto(db, id).flatMap((row) => familyOf(db, row.id))]
}

/**
 * 合并: the reports of `id` go to `into`, which goes on alone. Whoever reported both is counted once: that report stays
 * behind.
 */
export function merge(
  work: Work,
  by: Actor,
  id: CaseId,
  into: CaseId | undefined,
  extra: { readonly internal?: string | undefined; readonly seen?: number | undefined } = {},
): Changed {
  const { internal: internalNote, seen } = extra
  if (into === undefined) return perform(work, by, id, { action: 'merge' })
  if (into === id) return err(phrase('reports.refuse.self'))
  const target = consider(work, by, into, { action: 'absorb' })
  if (!target.ok) return target
  const act = { action: 'merge', given: ['target'], detail: { into }, internalNote, seen } as const
  const changed = perform(work, by, id, act, () => ({ merged_into: into }))
  if (!changed.ok) return changed
  const { urgent } = changed.value.before
  perform(work, by, into, { action: 'absorb', detail: { case: id } }, (row) => ({
    urgent: row.urgent === 1 ? 1 : urgent,
    // What everybody agreed to before, the newcomers may not have.
    public: row.public === 1 && changed.value.before.public === 1 ? 1 : 0,
  }))
  moveReports(work, id, into)
  return changed
}

function moveReports(work: Work, from: CaseId, to: CaseId): void {
  const there = new Map(complaintsOf(work.tx, to).map((c) => [c.reporter, c]))
  for (const complaint of complaintsOf(work.tx, from)) {
    const other = there.get(complaint.reporter)
    if (other === undefined) updateComplaint(work.tx, complaint.id, { case_id: to })
    else if (complaint.withdrawn_at === null) {
      updateComplaint(work.tx, other.id, { withdrawn_at: null })
    }
  }
}

/** 拆分: takes a merge back. The case is where it was, with the reports that came with it. */
export function unmerge(work: Work, by: Actor, id: CaseId): Changed {
  const found = findCase(work.tx, id)
  if (!found.ok) return found
  const root = rootOf(work.tx, id)
  const family = familyOf(work.tx, id)
  const to = lastCaseEvent(work.tx, id, 'merge')?.from_state ?? found.value.state
  const changed = perform(work, by, id, { action: 'unmerge', to }, () => ({ merged_into: null }))
  if (!changed.ok || !root.ok) return changed
  for (const complaint of family.flatMap((each) => complaintsMadeOn(work.tx, each))) {
    if (complaint.case_id === root.value.id) updateComplaint(work.tx, complaint.id, { case_id: id })
  }
  return changed
}
