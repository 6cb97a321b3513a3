import type { Insertable, Selectable, Updateable } from 'kysely'
import type { Instant } from '../../content/time.ts'
import type { OutboxId, RoomId } from '../schema.ts'
import type {
  RoundAskTable,
  RoundHomeTable,
  RoundId,
  RoundRoomTable,
  RoundState,
  RoundTable,
} from '../schema-surveys.ts'
import { q, type Reader, type Tx } from '../store.ts'

export type RoundRow = Selectable<RoundTable>
export type RoundRoomRow = Selectable<RoundRoomTable>

export function roundById(db: Reader, id: RoundId): RoundRow | undefined {
  return db.get(q.selectFrom('round').selectAll().where('id', '=', id))
}

/** Gives `undefined` when the survey has a round of that period already. */
export function insertRound(tx: Tx, row: Omit<Insertable<RoundTable>, 'id'>): RoundId | undefined {
  const { changes, lastId } = tx.run(
    q
      .insertInto('round')
      .values(row)
      .onConflict((c) => c.columns(['survey', 'period']).doNothing()),
  )
  return changes === 1 ? (lastId as RoundId) : undefined
}

/** Changes a round that is in `from`. Gives false when it was not: somebody was faster. */
export function moveRound(
  tx: Tx,
  id: RoundId,
  from: RoundState,
  change: Updateable<RoundTable>,
): boolean {
  return (
    tx.run(q.updateTable('round').set(change).where('id', '=', id).where('state', '=', from))
      .changes === 1
  )
}

export function roundsIn(db: Reader, states: readonly RoundState[]): RoundRow[] {
  return db.all(
    q
      .selectFrom('round')
      .selectAll()
      .where('state', 'in', [...states])
      .orderBy('opens_at')
      .orderBy('id'),
  )
}

/** The rounds of a survey that have ended, and were opened before `before` if given; the latest first. */
export function endedRounds(
  db: Reader,
  survey: string,
  limit: number,
  before?: Instant,
): RoundRow[] {
  const ended = q
    .selectFrom('round')
    .selectAll()
    .where('survey', '=', survey)
    .where('state', 'in', ['closed', 'published'])
  return db.all(
    (before === undefined ? ended : ended.where('opens_at', '<', before))
      .orderBy('opens_at', 'desc')
      .limit(limit),
  )
}

/** The round that ended last. */
export function lastEnded(db: Reader): RoundRow | undefined {
  return db.get(
    q
      .selectFrom('round')
      .selectAll()
      .where('state', 'in', ['closed', 'published'])
      .orderBy('closed_at', 'desc')
      .orderBy('id', 'desc')
      .limit(1),
  )
}

/** The anonymous rounds whose key is destroyed: nobody can tell any more who gave which answer. */
export function roundsWithoutKey(db: Reader): RoundId[] {
  const query = q.selectFrom('round').select('id').where('anonymous', '=', 1)
  return db.all(query.where('hash_key', 'is', null)).map((row) => row.id)
}

/** The round that was last asked about with this code. */
export function roundByCode(db: Reader, code: string): RoundRow | undefined {
  return db.get(q.selectFrom('round').selectAll().where('confirm_code', '=', code).limit(1))
}

export function insertRoundRoom(tx: Tx, row: Insertable<RoundRoomTable>): void {
  tx.run(q.insertInto('round_room').values(row))
}

export function roundRooms(db: Reader, round: RoundId): RoundRoomRow[] {
  return db.all(
    q.selectFrom('round_room').selectAll().where('round_id', '=', round).orderBy('room_id'),
  )
}

/** The round that is under way in a group; there is one at most. */
export function roundInRoom(db: Reader, room: RoomId): RoundRow | undefined {
  return db.get(
    q
      .selectFrom('round_room as rr')
      .innerJoin('round as r', 'r.id', 'rr.round_id')
      .selectAll('r')
      .where('rr.room_id', '=', room)
      .where('r.state', 'in', ['open', 'closing'])
      .orderBy('r.id', 'desc')
      .limit(1),
  )
}

export function saveTally(tx: Tx, round: RoundId, room: RoomId, at: Instant, count: number): void {
  tx.run(
    q
      .updateTable('round_room')
      .set({ tally_at: at, tally_count: count })
      .where('round_id', '=', round)
      .where('room_id', '=', room),
  )
}

/** Keeps how many of those invited took part in a group. */
export function saveAnswered(tx: Tx, round: RoundId, room: RoomId, answered: number): void {
  tx.run(
    q
      .updateTable('round_room')
      .set({ answered })
      .where('round_id', '=', round)
      .where('room_id', '=', room),
  )
}

/** The key under which somebody goes on answering who has moved while the round runs. */
export function keyBeforeMove(db: Reader, round: RoundId, person: string): string | undefined {
  return db.get(
    q
      .selectFrom('round_home')
      .select('key')
      .where('round_id', '=', round)
      .where('person', '=', person),
  )?.key
}

export function insertMove(tx: Tx, row: Insertable<RoundHomeTable>): void {
  tx.run(q.insertInto('round_home').values(row))
}

export function forgetMoves(tx: Tx, round: RoundId): void {
  tx.run(q.deleteFrom('round_home').where('round_id', '=', round))
}

/** How many of those invited have heard a question so far. */
export function saveReached(tx: Tx, round: RoundId, reached: number): void {
  tx.run(q.updateTable('round').set({ reached }).where('id', '=', round))
}

/** Notes what was asked; gives false when it was asked before. */
export function insertAsk(tx: Tx, row: Omit<Insertable<RoundAskTable>, 'id'>): boolean {
  return (
    tx.run(
      q
        .insertInto('round_ask')
        .values(row)
        .onConflict((c) => c.doNothing()),
    ).changes === 1
  )
}

export function setAskOutbox(
  tx: Tx,
  ask: Pick<RoundAskTable, 'round_id' | 'room_id' | 'kind' | 'item'>,
  outbox: OutboxId,
): void {
  tx.run(
    q
      .updateTable('round_ask')
      .set({ outbox_id: outbox })
      .where('round_id', '=', ask.round_id)
      .where('room_id', '=', ask.room_id)
      .where('kind', '=', ask.kind)
      .where('item', '=', ask.item),
  )
}

export function asksOf(db: Reader, round: RoundId, room: RoomId): Selectable<RoundAskTable>[] {
  return db.all(
    q
      .selectFrom('round_ask')
      .selectAll()
      .where('round_id', '=', round)
      .where('room_id', '=', room)
      .orderBy('at'),
  )
}

/** When a group last heard from any survey. */
export function lastAskIn(db: Reader, room: RoomId): Instant | undefined {
  return db.get(
    q
      .selectFrom('round_ask')
      .select('at')
      .where('room_id', '=', room)
      .orderBy('at', 'desc')
      .limit(1),
  )?.at
}

/** Whether a month such as `2026-12` has its round: its own, also called off, or one that staff opened and let run. */
export function hasRoundOf(db: Reader, survey: string, month: string): boolean {
  const found = db.get(
    q
      .selectFrom('round')
      .select('id')
      .where('survey', '=', survey)
      .where((e) =>
        e.or([
          e('period', '=', month),
          e.and([e('period', 'like', `${month}-%`), e('state', '<>', 'cancelled')]),
        ]),
      )
      .limit(1),
  )
  return found !== undefined
}

/** The latest rounds of every survey, newest first. */
export function latestRounds(db: Reader, limit: number): RoundRow[] {
  return db.all(
    q
      .selectFrom('round')
      .selectAll()
      .orderBy('opens_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit),
  )
}
