import type { Selectable } from 'kysely'
import type { Instant } from '../../content/time.ts'
import type {
  AttemptTable,
  AuditAction,
  AuditTable,
  CodeTable,
  IncidentId,
  ResidentId,
} from '../schema.ts'
import { q, type Reader, type Tx } from '../store.ts'

export type AuditRow = Selectable<AuditTable>

/** `details` never holds a secret or a resident's words. */
export function audit(
  tx: Tx,
  entry: {
    at: Instant
    by: ResidentId | undefined
    action: AuditAction
    subject: string
    details?: Readonly<Record<string, string | number | null>>
  },
): void {
  tx.run(
    q.insertInto('audit').values({
      at: entry.at,
      resident_id: entry.by ?? null,
      action: entry.action,
      subject: entry.subject,
      details: JSON.stringify(entry.details ?? {}),
    }),
  )
}

export function auditTrail(db: Reader): AuditRow[] {
  return db.all(q.selectFrom('audit').selectAll().orderBy('id'))
}

/** The latest entries, newest first, each with the name of who acted; `before` continues a list. */
export function latestAudit(
  db: Reader,
  { before, take }: { readonly before?: number; readonly take: number },
): (AuditRow & { readonly name: string | null })[] {
  const latest = q
    .selectFrom('audit as a')
    .leftJoin('resident as r', 'r.id', 'a.resident_id')
    .selectAll('a')
    .select('r.name')
    .orderBy('a.id', 'desc')
    .limit(take)
  return db.all(before === undefined ? latest : latest.where('a.id', '<', before as AuditRow['id']))
}

/** Whether that was written down about the subject since then. */
export function auditedSince(
  db: Reader,
  of: { readonly action: AuditAction; readonly subject: string; readonly since: Instant },
): boolean {
  const found = db.get(
    q
      .selectFrom('audit')
      .select('id')
      .where('action', '=', of.action)
      .where('subject', '=', of.subject)
      .where('at', '>', of.since)
      .limit(1),
  )
  return found !== undefined
}

/** Gives the number that the resident is told. */
export function insertIncident(tx: Tx, at: Instant, origin: string, error: string): IncidentId {
  return tx.run(q.insertInto('incident').values({ at, origin, error })).lastId as IncidentId
}

export function insertCode(tx: Tx, row: Omit<CodeTable, 'used_at'>): void {
  tx.run(q.insertInto('code').values({ ...row, used_at: null }))
}

/** Uses up a code. Gives what it grants, or `undefined` when there is no such code, or it was used or has run out. */
export function useCode(
  tx: Tx,
  hash: string,
  purpose: CodeTable['purpose'],
  now: Instant,
): string | undefined {
  const open = q
    .selectFrom('code')
    .select('grants')
    .where('hash', '=', hash)
    .where('purpose', '=', purpose)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
  const row = tx.get(open)
  if (row === undefined) return undefined
  tx.run(q.updateTable('code').set({ used_at: now }).where('hash', '=', hash))
  return row.grants
}

export function attemptsOf(db: Reader, subject: string): AttemptTable | undefined {
  return db.get(q.selectFrom('attempt').selectAll().where('subject', '=', subject))
}

export function saveAttempts(tx: Tx, row: AttemptTable): void {
  tx.run(
    q
      .insertInto('attempt')
      .values(row)
      .onConflict((c) =>
        c
          .column('subject')
          .doUpdateSet({ failures: row.failures, locked_until_at: row.locked_until_at }),
      ),
  )
}

export function clearAttempts(tx: Tx, subject: string): void {
  tx.run(q.deleteFrom('attempt').where('subject', '=', subject))
}
