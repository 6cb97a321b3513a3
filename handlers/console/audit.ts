import { latestAudit } from '../../db/queries/trail.ts'
import type { Look } from '../core/feature.ts'

export type AuditEntry = ReturnType<typeof latestAudit>[number]

/** What was done and by whom, newest first; `before` is the number of the last entry that was shown. */
export function auditEntries(
  look: Look,
  page: { readonly before?: number; readonly take: number },
): AuditEntry[] {
  return latestAudit(look.db, page)
}
