import type { Insertable, Selectable, Updateable } from 'kysely'
import type { ResidentId, RoomId } from '../schema.ts'
import type {
  AnswerHistoryTable,
  AnswerTable,
  RespondentId,
  RespondentTable,
  RoundId,
} from '../schema-surveys.ts'
import { q, type Reader, type Tx } from '../store.ts'

export type RespondentRow = Selectable<RespondentTable>
export type AnswerRow = Selectable<AnswerTable>

export function respondentByKey(
  db: Reader,
  round: RoundId,
  key: string,
): RespondentRow | undefined {
  return db.get(
    q.selectFrom('respondent').selectAll().where('round_id', '=', round).where('key', '=', key),
  )
}

export function insertRespondent(
  tx: Tx,
  row: Omit<Insertable<RespondentTable>, 'id'> & { readonly id?: RespondentId },
): RespondentId {
  return tx.run(q.insertInto('respondent').values(row)).lastId as RespondentId
}

export function updateRespondent(
  tx: Tx,
  id: RespondentId,
  change: Updateable<RespondentTable>,
): void {
  tx.run(q.updateTable('respondent').set(change).where('id', '=', id))
}

/** Takes a respondent away with everything that was answered, now and before. */
export function removeRespondent(tx: Tx, id: RespondentId): void {
  tx.run(q.deleteFrom('answer_history').where('respondent_id', '=', id))
  tx.run(q.deleteFrom('answer').where('respondent_id', '=', id))
  tx.run(q.deleteFrom('respondent').where('id', '=', id))
}

export function answersOf(db: Reader, respondent: RespondentId): AnswerRow[] {
  return db.all(
    q.selectFrom('answer').selectAll().where('respondent_id', '=', respondent).orderBy('item'),
  )
}

export function putAnswer(tx: Tx, row: Insertable<AnswerTable>): void {
  const { respondent_id, item, ...rest } = row
  tx.run(
    q
      .insertInto('answer')
      .values({ respondent_id, item, ...rest })
      .onConflict((c) => c.columns(['respondent_id', 'item']).doUpdateSet(rest)),
  )
}

export function insertHistory(tx: Tx, row: Omit<Insertable<AnswerHistoryTable>, 'id'>): void {
  tx.run(q.insertInto('answer_history').values(row))
}

/** Whether a respondent, and every answer of theirs, is counted. */
export function setCounted(tx: Tx, id: RespondentId, counted: 0 | 1): void {
  tx.run(q.updateTable('respondent').set({ counted }).where('id', '=', id))
  tx.run(q.updateTable('answer').set({ counted }).where('respondent_id', '=', id))
}

/** What a resident, and those merged into it, answered in all rounds; the latest first. */
export function respondentsOf(db: Reader, resident: ResidentId): RespondentRow[] {
  return db.all(
    q
      .selectFrom('respondent as p')
      .innerJoin('resident as r', 'r.id', 'p.resident_id')
      .selectAll('p')
      .where((e) => e.or([e('r.id', '=', resident), e('r.merged_into', '=', resident)]))
      .orderBy('p.updated_at', 'desc')
      .orderBy('p.id', 'desc'),
  )
}

export interface Cell {
  readonly item: number
  readonly kind: AnswerTable['kind']
  readonly value: string
  readonly right: 0 | 1 | null
  readonly building: string
  readonly n: number
}

/** How often each value was given to each item in each building: every distribution comes from here. */
export function distribution(db: Reader, round: RoundId): Cell[] {
  return db.all(
    q
      .selectFrom('answer')
      .select((e) => [
        'item',
        'kind',
        'value',
        'right',
        'building',
        e.fn.countAll<number>().as('n'),
      ])
      .where('round_id', '=', round)
      .where('counted', '=', 1)
      .groupBy(['item', 'kind', 'value', 'right', 'building']),
  )
}

export interface Attendance {
  readonly state: RespondentTable['state']
  readonly answered: number
  readonly rights: number
  readonly invited: RespondentRow['invited']
  readonly n: number
}

/** How many people stand where: their state, how many items they answered and how many rightly, invited or not. */
export function attendance(db: Reader, round: RoundId): Attendance[] {
  return db.all(
    q
      .selectFrom('respondent')
      .select((e) => ['state', 'answered', 'rights', 'invited', e.fn.countAll<number>().as('n')])
      .where('round_id', '=', round)
      .where('counted', '=', 1)
      .groupBy(['state', 'answered', 'rights', 'invited']),
  )
}

/** How many people of a group have taken part, and how many of them were invited at the opening. */
export function participantsFrom(
  db: Reader,
  round: RoundId,
  room: RoomId,
): { readonly all: number; readonly invited: number } {
  const row = db.get(
    q
      .selectFrom('respondent')
      .select((e) => [
        e.fn.countAll<number>().as('all'),
        e.fn.coalesce(e.fn.sum<number>('invited'), e.lit(0)).as('invited'),
      ])
      .where('round_id', '=', round)
      .where('room_id', '=', room)
      .where('counted', '=', 1)
      .where('answered', '>', 0),
  )
  return row ?? { all: 0, invited: 0 }
}

/** Nothing in the rows of an anonymous round tells any more who was invited: it would single out a newcomer. */
export function forgetInvited(tx: Tx, round: RoundId): void {
  tx.run(q.updateTable('respondent').set({ invited: 1 }).where('round_id', '=', round))
}

/** Every counted answer of a round with its respondent, for exports. */
export function exportRows(db: Reader, round: RoundId) {
  return db.all(
    q
      .selectFrom('respondent as p')
      .leftJoin('answer as a', 'a.respondent_id', 'p.id')
      .select([
        'p.id',
        'p.channel',
        'p.building',
        'p.state',
        'p.updated_at',
        'a.item',
        'a.kind',
        'a.value',
      ])
      .where('p.round_id', '=', round)
      .where('p.counted', '=', 1)
      .orderBy('p.id')
      .orderBy('a.item'),
  )
}

/** The counted respondent behind a resident, under the resident's own id or one that was merged into it. */
export function respondentOfPerson(
  db: Reader,
  round: RoundId,
  resident: ResidentId,
): RespondentRow | undefined {
  return db.get(
    q
      .selectFrom('respondent as p')
      .innerJoin('resident as r', 'r.id', 'p.resident_id')
      .selectAll('p')
      .where('p.round_id', '=', round)
      .where('p.counted', '=', 1)
      .where((e) => e.or([e('r.id', '=', resident), e('r.merged_into', '=', resident)]))
      .orderBy('p.updated_at', 'desc')
      .limit(1),
  )
}
