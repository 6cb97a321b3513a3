import { phrase } from '../../content/i18n.ts'
import { earliest, type Instant } from '../../content/time.ts'
import {
  type AnnouncementRow,
  announcementById,
  announcementsIn,
  changeAnnouncement,
} from '../../db/queries/announcement.ts'
import type { AnnouncementId } from '../../db/schema-announcements.ts'
import type { Reader } from '../../db/store.ts'
import type { Job, Recipient, Work } from '../core/feature.ts'
import { enqueue } from '../core/outbox.ts'
import { progressOfRow } from './progress.ts'
import { sendOccurrence } from './sending.ts'
import { after } from './transitions.ts'
import { headOf, troubleSay } from './words.ts'

function queued(db: Reader): AnnouncementRow[] {
  return announcementsIn(db, ['queued'])
}

/** Occurrences whose time has come, also those that fell due while the program was down: each has its row. */
export const sendJob: Job = {
  name: 'announcements.send',
  nextDueAt: ({ db }) => earliest(...queued(db).map((row) => row.next_at ?? undefined)),
  due: ({ db, now }) =>
    queued(db)
      .filter((row) => row.next_at !== null && row.next_at <= now)
      .map((row) => `${row.id} ${row.occurrences + 1}`),
  run: (work, unit) => {
    const row = announcementById(work.tx, Number(unit.split(' ')[0]) as AnnouncementId)
    if (row?.state === 'queued' && row.next_at !== null && row.next_at <= work.now) {
      sendOccurrence(work, row)
    }
  },
}

/** Occurrences of which nothing is under way any more, and staff have not heard how they went. */
function toReport(db: Reader): AnnouncementRow[] {
  return queued(db).filter(
    (row) => row.occurrences > row.reported && progressOfRow(db, row).counts.waiting === 0,
  )
}

/** Tells who asked how it went, once an occurrence; of what is repeated only when something went wrong. */
export const reportJob: Job = {
  name: 'announcements.report',
  nextDueAt: ({ db, now }) => (toReport(db).length > 0 ? now : undefined),
  due: ({ db }) => toReport(db).map((row) => `${row.id} ${row.occurrences}`),
  run: (work, unit) => {
    const row = announcementById(work.tx, Number(unit.split(' ')[0]) as AnnouncementId)
    if (row?.state === 'queued') report(work, row)
  },
}

function report(work: Work, row: AnnouncementRow): void {
  const progress = progressOfRow(work.tx, row)
  const { counts, total } = progress
  const over = row.next_at === null
  const nobody = counts.sent + counts.unknown === 0 && total > 0
  const state = over
    ? after(row.state, nobody && counts.failed === 0 ? 'lapse' : 'finish')
    : row.state
  changeAnnouncement(work.tx, row.id, 'queued', {
    reported: row.occurrences,
    ...(state && { state }),
  })
  if (row.repeats !== null && counts.sent === total) return
  const [first] = progress.deliveries.map((each) => each.id)
  enqueue(work, {
    to: askerOf(row),
    key: `announced:${row.id}:${row.occurrences}:${work.now}:${first ?? 0}`,
    say: [
      phrase('announcements.report', { no: row.id, head: headOf(row), sent: counts.sent, total }),
      ...troubleSay(progress),
    ],
    priority: 'reply',
  })
}

/** What nobody confirmed in time. A draft lapses in silence; whoever waits for a colleague hears of it. */
function lapse(name: string, state: 'draft' | 'awaiting_approval'): Job {
  return {
    name,
    ...(state === 'draft' && { silent: true }),
    nextDueAt: ({ db }): Instant | undefined =>
      earliest(...announcementsIn(db, [state]).map((row) => row.code_expires_at)),
    due: ({ db, now }) =>
      announcementsIn(db, [state])
        .filter((row) => row.code_expires_at <= now)
        .map((row) => String(row.id)),
    run: (work, unit) => {
      const row = announcementById(work.tx, Number(unit) as AnnouncementId)
      if (row?.state !== state || row.code_expires_at > work.now) return
      const next = after(state, 'lapse')
      changeAnnouncement(work.tx, row.id, state, { ...(next && { state: next }) })
      if (state === 'draft') return
      enqueue(work, {
        to: askerOf(row),
        key: `lapsed:${row.id}:${row.code_expires_at}`,
        say: phrase('announcements.lapsed', { no: row.id, head: headOf(row) }),
        priority: 'notice',
      })
    },
  }
}

export const draftsJob = lapse('announcements.drafts', 'draft')
export const approvalsJob = lapse('announcements.approvals', 'awaiting_approval')

/** Where the announcement was asked for. */
function askerOf(row: AnnouncementRow): Recipient {
  return row.origin_room_id === null ? { resident: row.author_id } : { room: row.origin_room_id }
}
