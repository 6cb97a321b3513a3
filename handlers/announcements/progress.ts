import {
  type AnnouncementRow,
  announcementById,
  latestAnnouncements,
} from '../../db/queries/announcement.ts'
import {
  type DeliveryRow,
  type DeliveryState,
  deliveries,
} from '../../db/queries/announcement-delivery.ts'
import type { AnnouncementId } from '../../db/schema-announcements.ts'
import type { Reader } from '../../db/store.ts'

/** How far the latest occurrence of an announcement got. */
export interface Progress {
  readonly row: AnnouncementRow
  readonly deliveries: readonly DeliveryRow[]
  readonly counts: Readonly<Record<DeliveryState, number>>
  readonly total: number
}

export function progressOf(db: Reader, id: AnnouncementId): Progress | undefined {
  const row = announcementById(db, id)
  return row && progressOfRow(db, row)
}

export function progressOfRow(db: Reader, row: AnnouncementRow): Progress {
  const rows = deliveries(db, row.id, row.occurrences)
  const counts = { waiting: 0, unknown: 0, failed: 0, expired: 0, sent: 0, skipped: 0 }
  for (const { state } of rows) counts[state] += 1
  return { row, deliveries: rows, counts, total: rows.length }
}

/** The latest announcements and how far they got, the newest first. */
export function announcementList(db: Reader, take: number): readonly Progress[] {
  return latestAnnouncements(db, take).map((row) => progressOfRow(db, row))
}
