import type { Insertable, Selectable, Updateable } from 'kysely'
import type { Instant } from '../../content/time.ts'
import type { MembershipTable, RoomBindingTable, RoomId, RoomTable, SessionId } from '../schema.ts'
import { q, type Reader, type Tx } from '../store.ts'

export type RoomRow = Selectable<RoomTable>
export type MembershipRow = Selectable<MembershipTable>

export function roomById(db: Reader, id: RoomId): RoomRow | undefined {
  return db.get(q.selectFrom('room').selectAll().where('id', '=', id))
}

export function insertRoom(tx: Tx, row: Omit<Insertable<RoomTable>, 'id'>): RoomId {
  return tx.run(q.insertInto('room').values(row)).lastId as RoomId
}

export function updateRoom(tx: Tx, id: RoomId, change: Updateable<RoomTable>): void {
  tx.run(q.updateTable('room').set(change).where('id', '=', id))
}

/** The rooms that Linli serves. */
export function enabledRooms(db: Reader, kind?: RoomTable['kind']): RoomRow[] {
  const all = q.selectFrom('room').selectAll().where('enabled', '=', 1).orderBy('id')
  return db.all(kind === undefined ? all : all.where('kind', '=', kind))
}

/** Every group that Linli has ever served, with how many people were in it when last compared. */
export function roomList(db: Reader): (RoomRow & { readonly members: number })[] {
  const latest = q
    .selectFrom('room_binding')
    .select(['room_id', (e) => e.fn.max('session_id').as('session_id')])
    .groupBy('room_id')
    .as('l')
  return db.all(
    q
      .selectFrom('room as r')
      .leftJoin(latest, 'l.room_id', 'r.id')
      .leftJoin('membership as m', (j) =>
        j
          .onRef('m.room_id', '=', 'r.id')
          .onRef('m.session_id', '=', 'l.session_id')
          .on('m.left_at', 'is', null),
      )
      .selectAll('r')
      .select((e) => e.fn.count<number>('m.platform_id').as('members'))
      .groupBy('r.id')
      .orderBy('r.id'),
  )
}

export function boundRoom(db: Reader, session: SessionId, platformId: string): RoomRow | undefined {
  return db.get(
    q
      .selectFrom('room_binding as b')
      .innerJoin('room as r', 'r.id', 'b.room_id')
      .selectAll('r')
      .where('b.session_id', '=', session)
      .where('b.platform_id', '=', platformId),
  )
}

export function bindRoom(tx: Tx, row: Insertable<RoomBindingTable>): void {
  tx.run(
    q
      .deleteFrom('room_binding')
      .where('session_id', '=', row.session_id)
      .where((e) => e.or([e('platform_id', '=', row.platform_id), e('room_id', '=', row.room_id)])),
  )
  tx.run(q.insertInto('room_binding').values(row))
}

export function roomPlatformId(db: Reader, session: SessionId, room: RoomId): string | undefined {
  return db.get(
    q
      .selectFrom('room_binding')
      .select('platform_id')
      .where('session_id', '=', session)
      .where('room_id', '=', room),
  )?.platform_id
}

/** Who is in the room now, as last compared in that session. */
export function membersOf(db: Reader, session: SessionId, room: RoomId): MembershipRow[] {
  return db.all(
    q
      .selectFrom('membership')
      .selectAll()
      .where('room_id', '=', room)
      .where('session_id', '=', session)
      .where('left_at', 'is', null),
  )
}

/** Somebody is in a room, perhaps again or under another name. */
export function saveMember(tx: Tx, row: Insertable<MembershipTable>): void {
  tx.run(
    q
      .insertInto('membership')
      .values(row)
      .onConflict((c) =>
        c.columns(['room_id', 'session_id', 'platform_id']).doUpdateSet((e) => ({
          alias: row.alias,
          left_at: null,
          away_from_at: e.fn.coalesce('membership.left_at', 'membership.away_from_at'),
          back_at: e
            .case()
            .when('membership.left_at', 'is', null)
            .then(e.ref('membership.back_at'))
            .else(row.joined_at)
            .end(),
        })),
      ),
  )
}

export function memberLeft(
  tx: Tx,
  room: RoomId,
  session: SessionId,
  platformId: string,
  at: Instant,
): void {
  tx.run(
    q
      .updateTable('membership')
      .set({ left_at: at })
      .where('room_id', '=', room)
      .where('session_id', '=', session)
      .where('platform_id', '=', platformId),
  )
}

/** Notes that `alias` was greeted in the room, or was there before Linli. Gives false when it was noted before. */
export function noteGreeted(tx: Tx, room: RoomId, alias: string, at: Instant): boolean {
  return (
    tx.run(
      q
        .insertInto('greeted')
        .values({ room_id: room, alias, at })
        .onConflict((c) => c.doNothing()),
    ).changes === 1
  )
}

/** Whether the room's members were ever looked at. */
export function anyGreeted(db: Reader, room: RoomId): boolean {
  return (
    db.get(q.selectFrom('greeted').select('alias').where('room_id', '=', room).limit(1)) !==
    undefined
  )
}

/** What somebody is called in the rooms of a session. */
export function aliasesOf(db: Reader, session: SessionId, platformId: string): string[] {
  return db
    .all(
      q
        .selectFrom('membership')
        .select('alias')
        .where('session_id', '=', session)
        .where('platform_id', '=', platformId)
        .where('left_at', 'is', null),
    )
    .map((row) => row.alias)
}

/** The rooms in which somebody is in a session. */
export function roomsOf(db: Reader, session: SessionId, platformId: string): RoomId[] {
  return db
    .all(
      q
        .selectFrom('membership')
        .select('room_id')
        .where('session_id', '=', session)
        .where('platform_id', '=', platformId)
        .where('left_at', 'is', null),
    )
    .map((row) => row.room_id)
}

/** Groups that Linli served once and leaves alone now. */
export function disabledRooms(db: Reader): RoomRow[] {
  return db.all(q.selectFrom('room').selectAll().where('enabled', '=', 0).orderBy('id'))
}
