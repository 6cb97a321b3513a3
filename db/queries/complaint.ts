import type { Insertable, Selectable, Updateable } from 'kysely'
import type { Instant } from '../../content/time.ts'
import type { ResidentId, RoomId } from '../schema.ts'
import {
  type CaseId,
  type ComplaintAdditionTable,
  type ComplaintId,
  type ComplaintTable,
  OPEN_STATES,
} from '../schema-reports.ts'
import { q, type Reader, type Tx } from '../store.ts'

export type ComplaintRow = Selectable<ComplaintTable>
export type AdditionRow = Selectable<ComplaintAdditionTable>

/** Gives `undefined` when the same person has reported the case before. */
export function insertComplaint(
  tx: Tx,
  row: Omit<Insertable<ComplaintTable>, 'id'>,
): ComplaintId | undefined {
  const { changes, lastId } = tx.run(
    q
      .insertInto('complaint')
      .values(row)
      .onConflict((c) => c.columns(['case_id', 'reporter']).doNothing()),
  )
  return changes === 1 ? (lastId as ComplaintId) : undefined
}

export function complaintById(db: Reader, id: ComplaintId): ComplaintRow | undefined {
  return db.get(q.selectFrom('complaint').selectAll().where('id', '=', id))
}

export function updateComplaint(tx: Tx, id: ComplaintId, change: Updateable<ComplaintTable>): void {
  tx.run(q.updateTable('complaint').set(change).where('id', '=', id))
}

/** The reports of a case, withdrawn ones too, the first one first. */
export function complaintsOf(db: Reader, id: CaseId): ComplaintRow[] {
  return db.all(q.selectFrom('complaint').selectAll().where('case_id', '=', id).orderBy('id'))
}

/** The reports that were made on a case, wherever a merge has taken them. */
export function complaintsMadeOn(db: Reader, id: CaseId): ComplaintRow[] {
  return db.all(
    q.selectFrom('complaint').selectAll().where('original_case_id', '=', id).orderBy('id'),
  )
}

/** What a resident, on any account that was merged into theirs, has reported; the latest first. */
export function complaintsBy(db: Reader, resident: ResidentId): ComplaintRow[] {
  return db.all(
    q
      .selectFrom('complaint as c')
      .innerJoin('resident as r', 'r.id', 'c.resident_id')
      .selectAll('c')
      .where((e) => e.or([e('r.id', '=', resident), e('r.merged_into', '=', resident)]))
      .orderBy('c.id', 'desc'),
  )
}

/** The report of a case by a resident, on any account that was merged into theirs. */
export function complaintOn(
  db: Reader,
  id: CaseId,
  resident: ResidentId,
): ComplaintRow | undefined {
  return db.get(
    q
      .selectFrom('complaint as c')
      .innerJoin('resident as r', 'r.id', 'c.resident_id')
      .selectAll('c')
      .where('c.case_id', '=', id)
      .where((e) => e.or([e('r.id', '=', resident), e('r.merged_into', '=', resident)]))
      .orderBy('c.withdrawn_at')
      .orderBy('c.id')
      .limit(1),
  )
}

export function insertAddition(tx: Tx, complaint: ComplaintId, words: string, at: Instant): void {
  tx.run(q.insertInto('complaint_addition').values({ complaint_id: complaint, words, at }))
}

export function additionsOf(db: Reader, id: CaseId): AdditionRow[] {
  return db.all(
    q
      .selectFrom('complaint_addition as a')
      .innerJoin('complaint as c', 'c.id', 'a.complaint_id')
      .selectAll('a')
      .where('c.case_id', '=', id)
      .orderBy('a.id'),
  )
}

export function deleteAdditions(tx: Tx, complaint: ComplaintId): void {
  tx.run(q.deleteFrom('complaint_addition').where('complaint_id', '=', complaint))
}

/** The open case that was reported last in a group since then, unless Linli has told the group something else since. */
export function reportTopicIn(db: Reader, room: RoomId, since: Instant): CaseId | undefined {
  return db.get(
    openReports(since)
      .where('c.room_id', '=', room)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('outbox as o')
              .select('o.id')
              .where('o.room_id', '=', room)
              .where('o.state', '=', 'sent')
              .where('o.priority', '=', 'notice')
              .whereRef('o.settled_at', '>', 'c.created_at'),
          ),
        ),
      ),
  )?.id
}

/** The open case that a resident reported last since then. */
export function latestReportOf(
  db: Reader,
  resident: ResidentId,
  since: Instant,
): CaseId | undefined {
  return db.get(openReports(since).where('c.resident_id', '=', resident))?.id
}

function openReports(since: Instant) {
  return q
    .selectFrom('complaint as c')
    .innerJoin('report_case as r', 'r.id', 'c.case_id')
    .select('r.id')
    .where('c.created_at', '>=', since)
    .where('c.withdrawn_at', 'is', null)
    .where('r.state', 'in', [...OPEN_STATES])
    .orderBy('c.id', 'desc')
    .limit(1)
}

/** The report that a resident made last since then, in that group or in the direct chat. */
export function latestComplaint(
  db: Reader,
  resident: ResidentId,
  room: RoomId | undefined,
  since: Instant,
): Pick<ComplaintRow, 'id' | 'case_id'> | undefined {
  return db.get(
    q
      .selectFrom('complaint')
      .select(['id', 'case_id'])
      .where('resident_id', '=', resident)
      .where('room_id', room === undefined ? 'is' : '=', room ?? null)
      .where('created_at', '>=', since)
      .where('withdrawn_at', 'is', null)
      .orderBy('id', 'desc')
      .limit(1),
  )
}
