import { type Phrase, phrase } from '../../content/i18n.ts'
import { casesWithPhoto } from '../../db/queries/case-evidence.ts'
import type { ResidentId } from '../../db/schema.ts'
import type { CaseId, ComplaintId } from '../../db/schema-reports.ts'
import type { Look, Work } from '../core/feature.ts'
import { err, ok, type Result } from '../core/result.ts'
import { type Changed, findCase } from './cases.ts'
import { rootOf } from './combine.ts'
import type { Actor } from './rights.ts'
import { assign } from './service.ts'
import { type CaseView, caseView, type Identity, reveal } from './view.ts'

/** How cases are handled at a desk: pages that may be old by the time their form is sent, and several cases at once. */

/** A case as those who handle it see it: neither reporters nor neighbours are among them. */
export function deskView(look: Look, by: Actor, id: CaseId): Result<CaseView, Phrase> {
  const view = caseView(look, by, id)
  if (!view.ok) return view
  const { relations } = view.value
  const handles = relations.has('staff') || relations.has('steward') || relations.has('handler')
  return handles ? view : err(phrase('reports.refuse.role', { no: id }))
}

/** Whether they read what only those who lead a case may: the reports and the internal notes. */
export function leads({ relations }: CaseView): boolean {
  return relations.has('staff') || relations.has('steward')
}

/** Does `step` unless somebody has changed the case since `version` of it was on the screen. */
export function ifUnchanged<T>(
  work: Work,
  { id, version }: { readonly id: CaseId; readonly version: number },
  step: () => Result<T, Phrase>,
): Result<T, Phrase> {
  const found = findCase(work.tx, id)
  if (!found.ok) return found
  return found.value.version === version
    ? step()
    : err(phrase('reports.refuse.changed', { no: id }))
}

export interface Picked {
  readonly id: CaseId
  /** The version that was on the screen. */
  readonly seen: number
}

/** Gives several cases to one person; each is done, or refused for a reason of its own. */
export function assignMany(
  work: Work,
  by: Actor,
  cases: readonly Picked[],
  assignee: ResidentId,
): { readonly id: CaseId; readonly changed: Changed }[] {
  return cases.map(({ id, seen }) => ({ id, changed: assign(work, by, id, { assignee, seen }) }))
}

/** Who made the reports of a case that stand: every one is written down with the reason. */
export function revealReporters(
  work: Work,
  by: Actor,
  id: CaseId,
  reason: string,
): Result<ReadonlyMap<ComplaintId, Identity>, Phrase> {
  const view = deskView({ db: work.tx, now: work.now, env: work.env }, by, id)
  if (!view.ok) return view
  const found = new Map<ComplaintId, Identity>()
  for (const report of view.value.reports.filter((each) => each.withdrawn_at === null)) {
    const identity = reveal(work, by, report.id, reason)
    if (!identity.ok) return identity
    found.set(report.id, identity.value)
  }
  return ok(found)
}

/** Whether a picture belongs to a case, or to one that was merged into it, that they handle. */
export function maySeePhoto(look: Look, by: Actor, hash: string): boolean {
  return casesWithPhoto(look.db, hash).some((id) => {
    const root = rootOf(look.db, id)
    const ids = root.ok ? [id, root.value.id] : [id]
    return ids.some((each) => deskView(look, by, each).ok)
  })
}
