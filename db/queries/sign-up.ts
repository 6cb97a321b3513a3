import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { Instant } from '../../content/time.ts'
import type { OccurrenceId, ResidentId, RoomId } from '../schema.ts'
import type { ChainTable, SignUpId, SignUpState, SignUpTable } from '../schema-signups.ts'
import { q, type Reader, type Tx } from '../store.ts'

export type SignUpRow = Selectable<SignUpTable>

/** States in which somebody still means to come. */
const HOPEFUL = ['taken', 'offered', 'waiting'] as const

export function signUpById(db: Reader, id: SignUpId): SignUpRow | undefined {
  return db.get(q.selectFrom('sign_up').selectAll().where('id', '=', id))
}

/** Everybody of an occurrence in the order of coming, those who do not come after all too. */
export function signUpsOf(db: Reader, occurrence: OccurrenceId): SignUpRow[] {
  return db.all(
    q.selectFrom('sign_up').selectAll().where('occurrence_id', '=', occurrence).orderBy('turn'),
  )
}

export function signUpOf(
  db: Reader,
  occurrence: OccurrenceId,
  party: string,
): SignUpRow | undefined {
  const query = q.selectFrom('sign_up').selectAll().where('occurrence_id', '=', occurrence)
  return db.get(query.where('party', '=', party))
}

/** What a resident wrote under any account, at occurrences that end after `at` or at the one that is named. */
export function signUpsBy(
  db: Reader,
  resident: ResidentId,
  of: { readonly occurrence: OccurrenceId } | { readonly endingAfter: Instant },
): SignUpRow[] {
  const query = q
    .selectFrom('sign_up as s')
    .innerJoin('resident as r', 'r.id', 's.resident_id')
    .innerJoin('occurrence as o', 'o.id', 's.occurrence_id')
    .selectAll('s')
    .where((e) => e.or([e('r.id', '=', resident), e('r.merged_into', '=', resident)]))
    .orderBy('o.starts_at')
    .orderBy('s.turn')
  return db.all(
    'occurrence' in of
      ? query.where('s.occurrence_id', '=', of.occurrence)
      : query.where('o.ends_at', '>', of.endingAfter),
  )
}

/** What stands under this very account, at occurrences that start after `at`. */
export function signUpsUnder(db: Reader, account: ResidentId, at: Instant): SignUpRow[] {
  return db.all(
    q
      .selectFrom('sign_up as s')
      .innerJoin('occurrence as o', 'o.id', 's.occurrence_id')
      .selectAll('s')
      .where('s.resident_id', '=', account)
      .where('o.starts_at', '>', at)
      .orderBy('s.turn'),
  )
}

export function insertSignUp(tx: Tx, row: Omit<Insertable<SignUpTable>, 'id'>): SignUpId {
  return tx.run(q.insertInto('sign_up').values(row)).lastId as SignUpId
}

/** Changes a row that is still in the state in which it was seen; gives whether it was. */
export function updateSignUp(
  tx: Tx,
  seen: Pick<SignUpRow, 'id' | 'state'>,
  change: Updateable<SignUpTable>,
): boolean {
  const query = q.updateTable('sign_up').set(change).where('id', '=', seen.id)
  return tx.run(query.where('state', '=', seen.state)).changes === 1
}

/** The seats that are given or kept for somebody, in their order. */
export function seatsOf(db: Reader, occurrence: OccurrenceId): number[] {
  const query = q.selectFrom('sign_up').select('seat').where('occurrence_id', '=', occurrence)
  return db.all(query.where('seat', '>', 0).orderBy('seat')).map(({ seat }) => seat)
}

/** The next place in the order of coming. */
export function nextTurn(db: Reader, occurrence: OccurrenceId): number {
  const query = q.selectFrom('sign_up').select((e) => e.fn.max('turn').as('last'))
  return (db.get(query.where('occurrence_id', '=', occurrence))?.last ?? 0) + 1
}

/** The waiting list, who is next first. */
export function waitingFor(db: Reader, occurrence: OccurrenceId): SignUpRow[] {
  const query = q.selectFrom('sign_up').selectAll().where('occurrence_id', '=', occurrence)
  return db.all(query.where('state', '=', 'waiting').orderBy('turn'))
}

/** Seats that are kept for somebody. */
export function offersOf(db: Reader, occurrence: OccurrenceId): SignUpRow[] {
  const query = q.selectFrom('sign_up').selectAll().where('occurrence_id', '=', occurrence)
  return db.all(query.where('state', '=', 'offered').orderBy('turn'))
}

/** Offers that nobody has taken in time. */
export function lapsedOffers(db: Reader, at: Instant): SignUpId[] {
  const query = q.selectFrom('sign_up').select('id').where('state', '=', 'offered')
  return db.all(query.where('offer_until_at', '<=', at).orderBy('id')).map(({ id }) => id)
}

export function nextLapse(db: Reader): Instant | undefined {
  const query = q.selectFrom('sign_up').select((e) => e.fn.min('offer_until_at').as('at'))
  return db.get(query.where('state', '=', 'offered'))?.at ?? undefined
}

/** Occurrences still to come for which somebody waits. */
export function waitedFor(db: Reader, at: Instant): OccurrenceId[] {
  return db
    .all(
      q
        .selectFrom('occurrence as o')
        .select('o.id')
        .where('o.starts_at', '>', at)
        .where('o.state', 'in', ['planned', 'changed'])
        .where('o.id', 'in', (e) =>
          e.selectFrom('sign_up').select('occurrence_id').where('state', '=', 'waiting'),
        ),
    )
    .map(({ id }) => id)
}

/** Seats of residents who signed up in the direct chat and have not been reminded, at occurrences that start in between. */
export function toRemind(db: Reader, from: Instant, to: Instant): SignUpRow[] {
  return db.all(
    q
      .selectFrom('sign_up as s')
      .innerJoin('occurrence as o', 'o.id', 's.occurrence_id')
      .selectAll('s')
      .where('s.state', '=', 'taken')
      .where('s.resident_id', 'is not', null)
      .where('s.room_id', 'is', null)
      .where('s.reminded_at', 'is', null)
      .where('o.state', 'in', ['planned', 'changed'])
      .where('o.starts_at', '>', from)
      .where('o.starts_at', '<=', to)
      .orderBy('o.starts_at')
      .orderBy('s.turn'),
  )
}

export interface SignUpCount {
  readonly occurrence_id: OccurrenceId
  readonly state: SignUpState
  readonly n: number
  readonly arrived: number
}

/** How many of each state there are at each of the occurrences, and how many of them came. */
export function countSignUps(db: Reader, occurrences: readonly OccurrenceId[]): SignUpCount[] {
  if (occurrences.length === 0) return []
  const all = sql`(SELECT value FROM json_each(${JSON.stringify(occurrences)}))`
  return db.all(
    q
      .selectFrom('sign_up')
      .select((e) => [
        'occurrence_id',
        'state',
        e.fn.countAll<number>().as('n'),
        e.fn.count<number>('arrived_at').as('arrived'),
      ])
      .where(sql<boolean>`occurrence_id IN ${all}`)
      .groupBy(['occurrence_id', 'state']),
  )
}

/** Whether a resident still means to come to an occurrence, or brings somebody. */
export function expects(db: Reader, occurrence: OccurrenceId, account: ResidentId): boolean {
  return (
    db.get(
      q
        .selectFrom('sign_up')
        .select('id')
        .where('occurrence_id', '=', occurrence)
        .where('resident_id', '=', account)
        .where('state', 'in', HOPEFUL)
        .limit(1),
    ) !== undefined
  )
}

/** The versions of a 接龙 list that were posted in a group, in their order. */
export function chainVersions(
  db: Reader,
  occurrence: OccurrenceId,
  room: RoomId,
): { readonly resident_id: ResidentId; readonly names: string }[] {
  return db.all(
    q
      .selectFrom('chain')
      .select(['resident_id', 'names'])
      .where('occurrence_id', '=', occurrence)
      .where('room_id', '=', room)
      .orderBy('id'),
  )
}

export function insertChain(tx: Tx, row: Omit<Insertable<ChainTable>, 'id'>): void {
  tx.run(q.insertInto('chain').values(row))
}

/** Everything that stands under an account or one that was merged into it, past and to come. */
export function signUpsEver(db: Reader, resident: ResidentId): SignUpRow[] {
  return db.all(
    q
      .selectFrom('sign_up as s')
      .innerJoin('resident as r', 'r.id', 's.resident_id')
      .selectAll('s')
      .where((e) => e.or([e('r.id', '=', resident), e('r.merged_into', '=', resident)]))
      .orderBy('s.id'),
  )
}

/** Leaves of a row only that there was somebody. */
export function anonymise(tx: Tx, id: SignUpId, party: string): void {
  const nobody = { party, resident_id: null, name: '', phone: '', room_id: null }
  tx.run(q.updateTable('sign_up').set(nobody).where('id', '=', id))
}

/** Forgets the versions of lists that a resident posted. */
export function deleteChains(tx: Tx, resident: ResidentId): void {
  const own = q
    .selectFrom('resident')
    .select('id')
    .where((e) => e.or([e('id', '=', resident), e('merged_into', '=', resident)]))
  tx.run(q.deleteFrom('chain').where('resident_id', 'in', own))
}
