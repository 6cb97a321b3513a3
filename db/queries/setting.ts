import type { Instant } from '../../content/time.ts'
import { q, type Reader, type Tx } from '../store.ts'

export function setting(db: Reader, name: string): string | undefined {
  return db.get(q.selectFrom('setting').select('value').where('name', '=', name))?.value
}

export function putSetting(tx: Tx, name: string, value: string, at: Instant): void {
  tx.run(
    q
      .insertInto('setting')
      .values({ name, value, updated_at: at })
      .onConflict((c) => c.column('name').doUpdateSet({ value, updated_at: at })),
  )
}
