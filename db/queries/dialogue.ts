import type { Insertable, Selectable, Updateable } from 'kysely'
import type { Instant } from '../../content/time.ts'
import type { DialogueId, DialogueTable, ResidentId } from '../schema.ts'
import { q, type Reader, type Tx } from '../store.ts'

export type DialogueRow = Selectable<DialogueTable>

/** The resident's open dialogue in a room (0 is the direct chat), unless it has run out. */
export function openDialogue(
  db: Reader,
  resident: ResidentId,
  place: number,
  now: Instant,
): DialogueRow | undefined {
  return db.get(
    q
      .selectFrom('dialogue')
      .selectAll()
      .where('resident_id', '=', resident)
      .where('place', '=', place)
      .where('expires_at', '>', now),
  )
}

/** Opens a dialogue; one that was open in the same place ends. */
export function putDialogue(tx: Tx, row: Omit<Insertable<DialogueTable>, 'id'>): void {
  const { resident_id, place, ...rest } = row
  tx.run(
    q
      .insertInto('dialogue')
      .values(row)
      .onConflict((c) => c.columns(['resident_id', 'place']).doUpdateSet(rest)),
  )
}

export function updateDialogue(tx: Tx, id: DialogueId, change: Updateable<DialogueTable>): void {
  tx.run(q.updateTable('dialogue').set(change).where('id', '=', id))
}

export function endDialogue(tx: Tx, id: DialogueId): void {
  tx.run(q.deleteFrom('dialogue').where('id', '=', id))
}

export function pruneDialogues(tx: Tx, now: Instant): number {
  return tx.run(q.deleteFrom('dialogue').where('expires_at', '<=', now)).changes
}
