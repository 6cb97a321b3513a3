import type { Insertable } from 'kysely'
import type { Instant } from '../../content/time.ts'
import type { ProcessedMessageTable, SessionId } from '../schema.ts'
import { q, type Reader, type Tx } from '../store.ts'

/** True when the message was handled before: under this key, or with the same content in another login session. */
export function alreadyProcessed(
  db: Reader,
  key: string,
  contentHash: string,
  session: SessionId,
): boolean {
  return (
    db.get(
      q
        .selectFrom('processed_message')
        .select('key')
        .where((e) =>
          e.or([
            e('key', '=', key),
            e.and([e('content_hash', '=', contentHash), e('session_id', '!=', session)]),
          ]),
        )
        .limit(1),
    ) !== undefined
  )
}

export function markProcessed(tx: Tx, row: Insertable<ProcessedMessageTable>): void {
  tx.run(q.insertInto('processed_message').values(row))
}

export function pruneProcessed(tx: Tx, before: Instant): number {
  return tx.run(q.deleteFrom('processed_message').where('at', '<', before)).changes
}
