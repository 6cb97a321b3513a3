import type { Insertable, Selectable } from 'kysely'
import type {
  CaseId,
  CasePhotoTable,
  CaseRevisitTable,
  ComplaintId,
  MeasurementTable,
  MediationTable,
} from '../schema-reports.ts'
import { q, type Reader, type Tx } from '../store.ts'

export type MeasurementRow = Selectable<MeasurementTable>
export type CasePhotoRow = Selectable<CasePhotoTable>

export function insertMediation(tx: Tx, row: Omit<Insertable<MediationTable>, 'id'>): void {
  tx.run(q.insertInto('mediation').values(row))
}

/** The mediation ledger of some cases with the names of those who did it, by time. */
export function mediationsOf(db: Reader, ids: readonly CaseId[]) {
  return db.all(
    q
      .selectFrom('mediation as m')
      .innerJoin('resident as r', 'r.id', 'm.resident_id')
      .selectAll('m')
      .select('r.name as by_name')
      .where('m.case_id', 'in', [...ids])
      .orderBy('m.at')
      .orderBy('m.id'),
  )
}

export function insertMeasurement(tx: Tx, row: Omit<Insertable<MeasurementTable>, 'id'>): void {
  tx.run(q.insertInto('measurement').values(row))
}

export function measurementsOf(db: Reader, ids: readonly CaseId[]): MeasurementRow[] {
  return db.all(
    q
      .selectFrom('measurement')
      .selectAll()
      .where('case_id', 'in', [...ids])
      .orderBy('at')
      .orderBy('id'),
  )
}

/** The same picture at the same stage of a case is kept once. */
export function insertCasePhoto(tx: Tx, row: Omit<Insertable<CasePhotoTable>, 'id'>): void {
  tx.run(
    q
      .insertInto('case_photo')
      .values(row)
      .onConflict((c) => c.columns(['case_id', 'stage', 'hash']).doNothing()),
  )
}

export function casePhotos(db: Reader, ids: readonly CaseId[]): CasePhotoRow[] {
  return db.all(
    q
      .selectFrom('case_photo')
      .selectAll()
      .where('case_id', 'in', [...ids])
      .orderBy('id'),
  )
}

export function insertRevisit(tx: Tx, row: Omit<Insertable<CaseRevisitTable>, 'id'>): void {
  tx.run(q.insertInto('case_revisit').values(row))
}

/** Takes the pictures of a report away; gives their hashes. */
export function deletePhotosOf(tx: Tx, complaint: ComplaintId): string[] {
  const rows = tx.all(
    q.selectFrom('case_photo').select('hash').where('complaint_id', '=', complaint),
  )
  tx.run(q.deleteFrom('case_photo').where('complaint_id', '=', complaint))
  return rows.map((row) => row.hash)
}

/** How many pictures came with a report. */
export function photosOfComplaint(db: Reader, complaint: ComplaintId): number {
  const row = db.get(
    q
      .selectFrom('case_photo')
      .select((e) => e.fn.countAll<number>().as('n'))
      .where('complaint_id', '=', complaint),
  )
  return row?.n ?? 0
}

/** The cases that a picture belongs to. */
export function casesWithPhoto(db: Reader, hash: string): CaseId[] {
  const rows = db.all(
    q.selectFrom('case_photo').select('case_id').distinct().where('hash', '=', hash),
  )
  return rows.map((row) => row.case_id)
}
