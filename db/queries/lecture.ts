import type { Selectable } from 'kysely'
import type { LocalDate } from '../../content/time.ts'
import type { LectureTable } from '../schema.ts'
import { q, type Reader, type Tx } from '../store.ts'

export type LectureRow = Selectable<LectureTable>

/** The lecture of the week that begins on the Monday `week`. */
export function lectureOf(db: Reader, programme: string, week: LocalDate): LectureRow | undefined {
  return db.get(
    q
      .selectFrom('lecture')
      .selectAll()
      .where('programme', '=', programme)
      .where('week_on', '=', week),
  )
}

export function putLecture(tx: Tx, row: LectureRow): void {
  const { topic, speaker, updated_at } = row
  tx.run(
    q
      .insertInto('lecture')
      .values(row)
      .onConflict((c) =>
        c.columns(['programme', 'week_on']).doUpdateSet({ topic, speaker, updated_at }),
      ),
  )
}

export function lecturesFrom(db: Reader, programme: string, week: LocalDate): LectureRow[] {
  return db.all(
    q
      .selectFrom('lecture')
      .selectAll()
      .where('programme', '=', programme)
      .where('week_on', '>=', week)
      .orderBy('week_on'),
  )
}
