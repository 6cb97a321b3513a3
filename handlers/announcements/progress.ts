import {
  type AnnouncementRow,
  announcementById,
  latestAnnouncements,
} from '../../db/queries/announcement.ts'
import {
  type DeliveryRow,
  type DeliveryState,
  deliveries,
  deliveryCounts,
} from '../../db/queries/announcement-delivery.ts'
import { residentById } from '../../db/queries/resident.ts'
import type { AnnouncementId } from '../../db/schema-announcements.ts'
import type { Reader } from '../../db/store.ts'

/** How many groups the latest occurrence of an announcement has reached. */
export interface Tally {
  readonly row: AnnouncementRow
  readonly counts: Readonly<Record<DeliveryState, number>>
  readonly total: number
}

/** The same, group by group. */
export interface Progress extends Tally {
  readonly deliveries: readonly DeliveryRow[]
}

const NONE: Tally['counts'] = {
  waiting: 0,
  unknown: 0,
  failed: 0,
  expired: 0,
  sent: 0,
  skipped: 0,
}

/** The name of whoever wrote it. */
export function authorOf(db: Reader, { author_id }: AnnouncementRow): string {
  return residentById(db, author_id)?.name ?? ''
}

export function progressOf(db: Reader, id: AnnouncementId): Progress | undefined {
  const row = announcementById(db, id)
  return row && progressOfRow(db, row)
}

export function progressOfRow(db: Reader, row: AnnouncementRow): Progress {
  const rows = deliveries(db, row.id, row.occurrences)
  const counts = { ...NONE }
  for (const { state } of rows) counts[state] += 1
  return { row, deliveries: rows, counts, total: rows.length }
}

/** The latest announcements and how far they got, the newest first. */
export function announcementList(db: Reader, take: number): readonly Tally[] {
  const rows = latestAnnouncements(db, take)
  const counted = Map.groupBy(
    deliveryCounts(
      db,
      rows.map((row) => row.id),
    ),
    (count) => count.id,
  )
  return rows.map((row) => {
    const counts = { ...NONE }
    for (const { state, n } of counted.get(row.id) ?? []) counts[state] = n
    return { row, counts, total: Object.values(counts).reduce((sum, n) => sum + n, 0) }
  })
}
