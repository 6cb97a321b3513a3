import type { Instant } from '../../content/time.ts'
import type { Db } from '../../db/open.ts'
import { putSetting, setting } from '../../db/queries/setting.ts'
import type { OutboxId, ResidentId, RoomId } from '../../db/schema.ts'
import { q, type Reader, type Store, type Tx } from '../../db/store.ts'

/** Checked by the compiler alone: what may be written where. */

declare const db: Db
declare const store: Store
declare const reader: Reader
declare const tx: Tx
declare const now: Instant

putSetting(tx, 'name', 'value', now)
setting(db, 'name')
setting(reader, 'name')
setting(tx, 'name')
store.tx((inside) => putSetting(inside, 'name', 'value', now))

// @ts-expect-error a write outside of a transaction
putSetting(db, 'name', 'value', now)
// @ts-expect-error a write outside of a transaction
putSetting(store, 'name', 'value', now)
// @ts-expect-error a write with what only reads
putSetting(reader, 'name', 'value', now)
// @ts-expect-error the store itself runs nothing
store.run(q.deleteFrom('setting'))
// @ts-expect-error no transaction inside a transaction
tx.tx(() => 1)

declare const room: RoomId
// @ts-expect-error a room is no resident
export const resident: ResidentId = room
// @ts-expect-error a number is no id
export const outbox: OutboxId = 1

// @ts-expect-error no such column
q.selectFrom('setting').select('colour')
// @ts-expect-error no such word
q.updateTable('outbox').set({ state: 'lost' })
