import type { Insertable, Selectable, Updateable } from 'kysely'
import type { Instant } from '../../content/time.ts'
import type { ResidentId } from '../schema.ts'
import type {
  AnnouncementId,
  AnnouncementState,
  AnnouncementTable,
} from '../schema-announcements.ts'
import { q, type Reader, type Tx } from '../store.ts'

export type AnnouncementRow = Selectable<AnnouncementTable>

export function insertAnnouncement(
  tx: Tx,
  row: Omit<Insertable<AnnouncementTable>, 'id'>,
): AnnouncementId {
  return tx.run(q.insertInto('announcement').values(row)).lastId as AnnouncementId
}

export function announcementById(db: Reader, id: AnnouncementId): AnnouncementRow | undefined {
  return db.get(q.selectFrom('announcement').selectAll().where('id', '=', id))
}

/** Changes an announcement that is in `from`. Gives false when it was not: somebody was faster. */
export function changeAnnouncement(
  tx: Tx,
  id: AnnouncementId,
  from: AnnouncementState,
  change: Updateable<AnnouncementTable>,
): boolean {
  return (
    tx.run(q.updateTable('announcement').set(change).where('id', '=', id).where('state', '=', from))
      .changes === 1
  )
}

/** The announcement that a code was for, live or not. */
export function announcementByCode(
  db: Reader,
  code: string,
  since: Instant,
): AnnouncementRow | undefined {
  return db.get(
    q
      .selectFrom('announcement')
      .selectAll()
      .where('code', '=', code)
      .where('code_expires_at', '>', since)
      .orderBy('id', 'desc')
      .limit(1),
  )
}

export function announcementsIn(
  db: Reader,
  states: readonly AnnouncementState[],
): AnnouncementRow[] {
  return db.all(
    q
      .selectFrom('announcement')
      .selectAll()
      .where('state', 'in', [...states])
      .orderBy('id'),
  )
}

/** The latest announcements, the newest first. */
export function latestAnnouncements(db: Reader, take: number): AnnouncementRow[] {
  return db.all(q.selectFrom('announcement').selectAll().orderBy('id', 'desc').limit(take))
}

/** Drafts of one person that nobody has confirmed. */
export function draftsOf(db: Reader, author: ResidentId): AnnouncementRow[] {
  return db.all(
    q
      .selectFrom('announcement')
      .selectAll()
      .where('author_id', '=', author)
      .where('state', '=', 'draft')
      .orderBy('id'),
  )
}

/** Confirmed announcements with the same words that went out since, or are still to go out. */
export function sameWords(db: Reader, fingerprint: string, since: Instant): AnnouncementRow[] {
  return db.all(
    q
      .selectFrom('announcement')
      .selectAll()
      .where('fingerprint', '=', fingerprint)
      .where('state', 'in', ['awaiting_approval', 'queued', 'done', 'cancelled'])
      .where((e) =>
        e.or([
          e('state', '=', 'awaiting_approval'),
          e('next_at', 'is not', null),
          e('last_at', '>=', since),
        ]),
      )
      .orderBy('id', 'desc'),
  )
}
