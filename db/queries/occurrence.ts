import { type Insertable, type Selectable, sql, type Updateable } from 'kysely'
import type { Instant, LocalDate } from '../../content/time.ts'
import type {
  OccurrenceChangeTable,
  OccurrenceId,
  OccurrenceTable,
  OutboxId,
  OutboxState,
  ResidentId,
  RoomId,
} from '../schema.ts'
import { q, type Reader, type Tx } from '../store.ts'

export type OccurrenceRow = Selectable<OccurrenceTable>

export function occurrenceById(db: Reader, id: OccurrenceId): OccurrenceRow | undefined {
  return db.get(q.selectFrom('occurrence').selectAll().where('id', '=', id))
}

export function insertOccurrence(
  tx: Tx,
  row: Omit<Insertable<OccurrenceTable>, 'id'>,
): OccurrenceId {
  return tx.run(q.insertInto('occurrence').values(row)).lastId as OccurrenceId
}

export function updateOccurrence(
  tx: Tx,
  id: OccurrenceId,
  change: Updateable<OccurrenceTable>,
): void {
  tx.run(q.updateTable('occurrence').set(change).where('id', '=', id))
}

/** What happens from `from` to `to`, both included, in the order of time; cancelled ones too. */
export function occurrencesBetween(db: Reader, from: LocalDate, to: LocalDate): OccurrenceRow[] {
  return db.all(
    q
      .selectFrom('occurrence')
      .selectAll()
      .where('held_on', '>=', from)
      .where('held_on', '<=', to)
      .orderBy('starts_at')
      .orderBy('id'),
  )
}

/** A programme's occurrences whose recurrence names a day from `from` to `to`, both included. */
export function scheduledBetween(
  db: Reader,
  programme: string,
  from: LocalDate,
  to: LocalDate,
): OccurrenceRow[] {
  return db.all(
    q
      .selectFrom('occurrence')
      .selectAll()
      .where('programme', '=', programme)
      .where('scheduled_on', '>=', from)
      .where('scheduled_on', '<=', to),
  )
}

/** The programme's occurrence that goes on at `at`, or the first one after it; one that takes place. */
export function nextOccurrence(
  db: Reader,
  programme: string,
  at: Instant,
): OccurrenceRow | undefined {
  return db.get(
    q
      .selectFrom('occurrence')
      .selectAll()
      .where('programme', '=', programme)
      .where('ends_at', '>', at)
      .where('state', 'in', ['planned', 'changed'])
      .orderBy('starts_at')
      .limit(1),
  )
}

/** Occurrences that start after `at`, cancelled ones too. */
export function upcoming(db: Reader, at: Instant): OccurrenceRow[] {
  return db.all(
    q.selectFrom('occurrence').selectAll().where('starts_at', '>', at).orderBy('starts_at'),
  )
}

/** How often a programme was held in a year: what its yearly target is compared with. */
export function heldInYear(db: Reader, programme: string, year: number): number {
  const row = db.get(
    q
      .selectFrom('occurrence')
      .select((e) => e.fn.countAll<number>().as('n'))
      .where('programme', '=', programme)
      .where('state', '=', 'held')
      .where('held_on', '>=', `${year}-01-01` as LocalDate)
      .where('held_on', '<=', `${year}-12-31` as LocalDate),
  )
  return row?.n ?? 0
}

/** How often each programme was held in each month of `year` (2026-11) in which it was. */
export function heldByMonth(
  db: Reader,
  year: number,
): { readonly programme: string; readonly month: string; readonly n: number }[] {
  const month = sql<string>`substr(held_on, 1, 7)`
  return db.all(
    q
      .selectFrom('occurrence')
      .select((e) => ['programme', month.as('month'), e.fn.countAll<number>().as('n')])
      .where('state', '=', 'held')
      .where('held_on', '>=', `${year}-01-01` as LocalDate)
      .where('held_on', '<=', `${year}-12-31` as LocalDate)
      .groupBy(['programme', month]),
  )
}

export function insertChange(tx: Tx, row: Omit<Insertable<OccurrenceChangeTable>, 'id'>): void {
  tx.run(q.insertInto('occurrence_change').values(row))
}

/** Notes that a message speaks of occurrences. */
export function noteTold(tx: Tx, outbox: OutboxId, occurrences: readonly OccurrenceId[]): void {
  for (const occurrence of occurrences) {
    tx.run(
      q
        .insertInto('told')
        .values({ occurrence_id: occurrence, outbox_id: outbox })
        .onConflict((c) => c.doNothing()),
    )
  }
}

export interface ToldRow {
  readonly outbox_id: OutboxId
  readonly dedupe_key: string
  readonly room_id: RoomId | null
  readonly resident_id: ResidentId | null
  readonly state: OutboxState
  readonly priority: 'urgent' | 'reply' | 'notice'
}

/** Every message about an occurrence, whatever became of it, in the order of writing. */
export function messagesAbout(db: Reader, occurrence: OccurrenceId): ToldRow[] {
  return db.all(
    q
      .selectFrom('told as t')
      .innerJoin('outbox as o', 'o.id', 't.outbox_id')
      .select([
        't.outbox_id',
        'o.dedupe_key',
        'o.room_id',
        'o.resident_id',
        'o.state',
        'o.priority',
      ])
      .where('t.occurrence_id', '=', occurrence)
      .orderBy('t.outbox_id'),
  )
}

/** Whether a message speaks of an occurrence. */
export function speaksOf(db: Reader, outbox: OutboxId, occurrence: OccurrenceId): boolean {
  return (
    db.get(
      q
        .selectFrom('told')
        .select('outbox_id')
        .where('outbox_id', '=', outbox)
        .where('occurrence_id', '=', occurrence),
    ) !== undefined
  )
}

/** What was before each change of an occurrence, by its sequence number: JSON as it was written. */
export function changesOf(
  db: Reader,
  occurrence: OccurrenceId,
): { readonly sequence: number; readonly before: string }[] {
  return db.all(
    q
      .selectFrom('occurrence_change')
      .select(['sequence', 'before'])
      .where('occurrence_id', '=', occurrence)
      .orderBy('sequence'),
  )
}

/** What the messages here have spoken of since a moment, the latest message first. */
export function toldLately(
  db: Reader,
  here: { readonly room?: RoomId; readonly resident?: ResidentId },
  since: Instant,
): (OccurrenceRow & { readonly outbox_id: OutboxId })[] {
  return db.all(
    q
      .selectFrom('occurrence as o')
      .innerJoin('told as t', 't.occurrence_id', 'o.id')
      .innerJoin('outbox as m', 'm.id', 't.outbox_id')
      .selectAll('o')
      .select('t.outbox_id')
      .where((e) =>
        here.room === undefined
          ? e('m.resident_id', '=', here.resident ?? null)
          : e('m.room_id', '=', here.room),
      )
      .where('o.starts_at', '>', since)
      .where('m.created_at', '>', since)
      .where('m.state', 'in', ['queued', 'sending', 'sent', 'unknown'])
      .orderBy('m.id', 'desc'),
  )
}

/** Occurrences on days from `from` to before `before` of which nobody has said whether they were held. */
export function unsettled(
  db: Reader,
  { from, before }: { readonly from?: LocalDate; readonly before: LocalDate },
): OccurrenceRow[] {
  const query = q
    .selectFrom('occurrence')
    .selectAll()
    .where('held_on', '<', before)
    .where('state', 'in', ['planned', 'changed'])
    .orderBy('starts_at')
  return db.all(from === undefined ? query : query.where('held_on', '>=', from))
}
