import { type Selectable, sql } from 'kysely'
import type { Instant } from '../../content/time.ts'
import type { ResidentId, ResidentTable, RoomId } from '../schema.ts'
import type { RoundId } from '../schema-surveys.ts'
import { q, type Reader } from '../store.ts'

type Person = Pick<
  Selectable<ResidentTable>,
  'id' | 'role' | 'home' | 'home_room' | 'home_confirmed_at'
>

/** Somebody who is in a group: the person behind an account, also behind one that was merged, where it is known. */
export interface GroupMember {
  readonly platform_id: string
  readonly person: Person | undefined
  /** Wants to hear nothing of surveys. */
  readonly opted_out: boolean
}

/** Who is in a group, without Linli itself, as compared in the latest session in which the group was. */
export function peopleIn(db: Reader, room: RoomId): GroupMember[] {
  const latest = q
    .selectFrom('room_binding')
    .select((e) => e.fn.max('session_id').as('id'))
    .where('room_id', '=', room)
  const rows = db.all(
    q
      .selectFrom('membership as m')
      .innerJoin('login_session as s', 's.id', 'm.session_id')
      .leftJoin('resident_binding as b', (join) =>
        join
          .onRef('b.session_id', '=', 'm.session_id')
          .onRef('b.platform_id', '=', 'm.platform_id'),
      )
      .leftJoin('resident as a', 'a.id', 'b.resident_id')
      .leftJoin('resident as p', (join) =>
        join.on((e) => e('p.id', '=', e.fn.coalesce('a.merged_into', 'a.id'))),
      )
      .select(['m.platform_id', 'p.id', 'p.role', 'p.home', 'p.home_room', 'p.home_confirmed_at'])
      .select((e) =>
        e
          .exists(
            e
              .selectFrom('opt_out as o')
              .select('o.topic')
              .whereRef('o.resident_id', '=', 'p.id')
              .where('o.topic', 'in', ['surveys', 'all']),
          )
          .as('opted_out'),
      )
      .where('m.room_id', '=', room)
      .where('m.session_id', '=', latest)
      .where('m.left_at', 'is', null)
      .whereRef('m.platform_id', '<>', 's.self_id'),
  )
  return rows.map(({ platform_id, id, role, opted_out, ...home }) => ({
    platform_id,
    person: id === null || role === null ? undefined : { id, role, ...home },
    opted_out: Boolean(opted_out),
  }))
}

/**
 * Whether somebody was in a group of the round when it opened, on whichever account. After a later login everybody
 * joins anew under new ids; then it counts since when the name has been known in that group.
 */
export function wasThere(
  db: Reader,
  round: { readonly id: RoundId; readonly opens_at: Instant },
  resident: ResidentId,
): boolean {
  const found = db.get(
    q
      .selectFrom('resident as a')
      .innerJoin('resident_binding as b', 'b.resident_id', 'a.id')
      .innerJoin('membership as m', (join) =>
        join
          .onRef('m.session_id', '=', 'b.session_id')
          .onRef('m.platform_id', '=', 'b.platform_id'),
      )
      .innerJoin('login_session as s', 's.id', 'm.session_id')
      .innerJoin('round_room as rr', 'rr.room_id', 'm.room_id')
      .leftJoin('greeted as g', (join) =>
        join.onRef('g.room_id', '=', 'm.room_id').onRef('g.alias', '=', 'm.alias'),
      )
      .select('a.id')
      .where((e) => e.or([e('a.id', '=', resident), e('a.merged_into', '=', resident)]))
      .where('rr.round_id', '=', round.id)
      .where((e) =>
        e.or([
          e.and([
            e('m.joined_at', '<=', round.opens_at),
            e.or([e('m.left_at', 'is', null), e('m.left_at', '>', round.opens_at)]),
            e.or([
              e('m.back_at', 'is', null),
              e('m.back_at', '<=', round.opens_at),
              e('m.away_from_at', '>', round.opens_at),
            ]),
          ]),
          e.and([e('s.started_at', '>', round.opens_at), e('g.at', '<=', round.opens_at)]),
        ]),
      )
      .limit(1),
  )
  return found !== undefined
}

/** Of these people, each with a key of the round, the keys of those who have finished or refused it. */
export function settledAmong(
  db: Reader,
  round: RoundId,
  people: ReadonlyMap<string, ResidentId>,
): ReadonlySet<string> {
  const keys = sql<string>`(SELECT value FROM json_each(${JSON.stringify([...people.keys()])}))`
  const ids = sql<ResidentId>`(SELECT value FROM json_each(${JSON.stringify([...people.values()])}))`
  const accounts = q
    .selectFrom('resident')
    .select('id')
    .where('id', 'in', ids)
    .unionAll(q.selectFrom('resident').select('id').where('merged_into', 'in', ids))
  const settled = q
    .selectFrom('respondent as r')
    .where('r.round_id', '=', round)
    .where('r.counted', '=', 1)
    .where('r.state', '<>', 'started')
  const rows = db.all(
    settled
      .leftJoin('resident as a', 'a.id', 'r.resident_id')
      .select(['r.key', 'a.id', 'a.merged_into'])
      .where('r.key', 'in', keys)
      .unionAll(
        settled
          .innerJoin('resident as a', 'a.id', 'r.resident_id')
          .select(['r.key', 'a.id', 'a.merged_into'])
          .where('r.resident_id', 'in', accounts),
      ),
  )
  const found = new Set(rows.map((row) => row.key))
  const persons = new Set(rows.flatMap((row) => row.merged_into ?? row.id ?? []))
  return new Set([...people].flatMap(([key, id]) => (found.has(key) || persons.has(id) ? key : [])))
}
