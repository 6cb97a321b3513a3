import { type Phrase, phrase } from '../../content/i18n.ts'
import { announcementById, changeAnnouncement } from '../../db/queries/announcement.ts'
import { askRecall, partsOf } from '../../db/queries/announcement-delivery.ts'
import { audit } from '../../db/queries/trail.ts'
import type { ResidentId } from '../../db/schema.ts'
import type { AnnouncementId } from '../../db/schema-announcements.ts'
import type { Work } from '../core/feature.ts'
import { err, ok, type Result } from '../core/result.ts'
import { sendFailedAgain, stopSending } from './sending.ts'
import { after } from './transitions.ts'

/** What chat and console do with announcements. */

export { type FileRef, filesOf } from '../../db/queries/outbox-file.ts'
export { tellColleagues } from './approval.ts'
export { type Audience, EVERYBODY } from './audience.ts'
export { approvalNeeded, type Confirmed, confirm, setApproval } from './confirm.ts'
export { type Asking, attach, type Draft, draft, dropDrafts, edit, inputOf } from './drafts.ts'
export { fileProblem } from './files.ts'
export { type AnnouncementInput, type Preview, previewOf } from './preview.ts'
export { announcementList, authorOf, type Progress, progressOf, type Tally } from './progress.ts'
export type { Schedule } from './schedule.ts'
export { whyOf } from './words.ts'

/** Calls it off: what has not left stays here. Gives how many groups will not get it. */
export function cancel(
  work: Work,
  by: ResidentId,
  id: AnnouncementId,
): Result<{ readonly stopped: number; readonly begun: boolean }, Phrase> {
  const row = announcementById(work.tx, id)
  if (row === undefined) return err(phrase('announcements.error.none', { no: id }))
  if (row.state === 'done') return err(phrase('announcements.error.done', { no: id }))
  const state = after(row.state, 'cancel')
  if (state === undefined) return err(phrase('announcements.error.over', { no: id }))
  const stopped = stopSending(work, row)
  changeAnnouncement(work.tx, id, row.state, { state, next_at: null })
  const { now: at } = work
  audit(work.tx, { at, by, action: 'announcement.cancel', subject: `announcement ${id}` })
  return ok({ stopped, begun: row.occurrences > 0 })
}

/** Sends what failed again, and nothing else. Gives how many groups. */
export function retry(
  work: Work,
  by: ResidentId,
  id: AnnouncementId,
): Result<{ readonly groups: number }, Phrase> {
  const row = announcementById(work.tx, id)
  if (row === undefined) return err(phrase('announcements.error.none', { no: id }))
  if (row.state !== 'queued' && after(row.state, 'retry') === undefined) {
    return err(phrase('announcements.error.noRetry', { no: id }))
  }
  if (row.expires_at !== null && row.expires_at <= work.now) {
    return err(phrase('announcements.error.over', { no: id }))
  }
  const groups = sendFailedAgain(work, row)
  if (groups === 0) return err(phrase('announcements.error.noFailures', { no: id }))
  changeAnnouncement(work.tx, id, row.state, { state: 'queued', reported: row.occurrences - 1 })
  const { now: at } = work
  audit(work.tx, { at, by, action: 'announcement.retry', subject: `announcement ${id}` })
  return ok({ groups })
}

/**
 * Has what went out last taken back, where the network can; what has not left is stopped. Gives how many messages are
 * asked back, and how many cannot be because the network never named them.
 */
export function recall(
  work: Work,
  by: ResidentId,
  id: AnnouncementId,
): Result<{ readonly asked: number; readonly beyond: number; readonly stopped: number }, Phrase> {
  const { tx, now } = work
  const row = announcementById(tx, id)
  if (row === undefined) return err(phrase('announcements.error.none', { no: id }))
  if (row.occurrences === 0) return err(phrase('announcements.error.notSent', { no: id }))
  const cancelled = row.state === 'queued' ? cancel(work, by, id) : undefined
  const gone = partsOf(tx, id, row.occurrences).filter(({ message }) => message.state === 'sent')
  const named = gone.filter(({ message }) => message.platform_message_id !== null)
  const asked = named.filter(({ outbox_id }) => askRecall(tx, outbox_id, by, now)).length
  audit(tx, { at: now, by, action: 'announcement.recall', subject: `announcement ${id}` })
  const stopped = cancelled?.ok ? cancelled.value.stopped : 0
  return ok({ asked, beyond: gone.length - named.length, stopped })
}
