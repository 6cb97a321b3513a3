import type { RoundId } from '../schema-surveys.ts'
import { q, type Reader } from '../store.ts'

/** How often each value was given to one item, from the index of the distributions alone. */
export function valuesOf(db: Reader, round: RoundId, item: number) {
  return db.all(
    q
      .selectFrom('answer')
      .select((e) => ['kind', 'value', e.fn.countAll<number>().as('n')])
      .where('round_id', '=', round)
      .where('counted', '=', 1)
      .where('item', '=', item)
      .where('kind', '=', 'answer')
      .groupBy(['kind', 'value']),
  )
}
