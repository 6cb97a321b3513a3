import type { Selectable } from 'kysely'
import type { Instant } from '../../content/time.ts'
import type { ResidentId } from '../schema.ts'
import type { SignInCodeTable, WebSessionTable } from '../schema-console.ts'
import { q, type Reader, type Tx } from '../store.ts'

export type WebSessionRow = Selectable<WebSessionTable>

export function insertWebSession(tx: Tx, row: WebSessionRow): void {
  tx.run(q.insertInto('web_session').values(row))
}

/** The session of a token's hash, while it lasts. */
export function webSession(db: Reader, hash: string, now: Instant): WebSessionRow | undefined {
  return db.get(
    q
      .selectFrom('web_session')
      .selectAll()
      .where('token_hash', '=', hash)
      .where('expires_at', '>', now),
  )
}

export function deleteWebSession(tx: Tx, hash: string): void {
  tx.run(q.deleteFrom('web_session').where('token_hash', '=', hash))
}

/** Gives how many there were. */
export function deleteWebSessionsOf(tx: Tx, resident: ResidentId): number {
  return tx.run(q.deleteFrom('web_session').where('resident_id', '=', resident)).changes
}

export function deleteExpiredSignIns(tx: Tx, now: Instant): void {
  tx.run(q.deleteFrom('web_session').where('expires_at', '<=', now))
  tx.run(q.deleteFrom('sign_in_code').where('expires_at', '<=', now))
}

/** Voids the unused codes of a person that last no longer than until `before`. */
export function voidSignInCodes(tx: Tx, resident: ResidentId, before: Instant): void {
  tx.run(
    q
      .deleteFrom('sign_in_code')
      .where('resident_id', '=', resident)
      .where('used_at', 'is', null)
      .where('expires_at', '<=', before),
  )
}

export function insertSignInCode(tx: Tx, row: Omit<SignInCodeTable, 'used_at'>): void {
  tx.run(q.insertInto('sign_in_code').values({ ...row, used_at: null }))
}

/** Uses up a code: whether it was there, unused and in time. */
export function useSignInCode(tx: Tx, hash: string, now: Instant): boolean {
  const used = tx.run(
    q
      .updateTable('sign_in_code')
      .set({ used_at: now })
      .where('hash', '=', hash)
      .where('used_at', 'is', null)
      .where('expires_at', '>', now),
  )
  return used.changes === 1
}

/** Whether anybody has ever signed in to the console. */
export function anySignIn(db: Reader): boolean {
  const row = db.get(
    q.selectFrom('audit').select('id').where('action', '=', 'console.sign-in').limit(1),
  )
  return row !== undefined
}
