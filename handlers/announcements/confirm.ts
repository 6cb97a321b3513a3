import { type Phrase, phrase } from '../../content/i18n.ts'
import { plus } from '../../content/time.ts'
import {
  type AnnouncementRow,
  announcementByCode,
  changeAnnouncement,
} from '../../db/queries/announcement.ts'
import { audit } from '../../db/queries/trail.ts'
import type { ResidentId } from '../../db/schema.ts'
import type { AnnouncementId } from '../../db/schema-announcements.ts'
import type { Env, Work } from '../core/feature.ts'
import { err, ok, type Result } from '../core/result.ts'
import { countFailure, forgetFailures, lockedMinutes } from '../core/secrets.ts'
import { changeSetting } from '../core/settings.ts'
import { type Asking, freshCode, inputOf, mustBe, REMEMBERED } from './drafts.ts'
import { type Preview, previewOf } from './preview.ts'
import { sendOccurrence } from './sending.ts'
import { type AnnouncementEvent, after } from './transitions.ts'

/** Whether a second member of staff has to confirm. */
export function approvalNeeded(env: Env): boolean {
  return env.content.announcementRules.approval
}

export function setApproval(work: Work, by: ResidentId, on: boolean): void {
  changeSetting(work, by, 'announcements.approval', { on })
}

export type Confirmed =
  | { readonly kind: 'queued'; readonly row: AnnouncementRow; readonly preview: Preview }
  /** A colleague has to confirm with the new code. */
  | { readonly kind: 'awaiting'; readonly row: AnnouncementRow; readonly preview: Preview }
  /** The groups had the same words not long ago: it takes the new code to send them all the same. */
  | { readonly kind: 'again'; readonly row: AnnouncementRow; readonly same: AnnouncementRow }

/** Confirms what the code was shown for, and with `only` nothing else: it goes out, or to a colleague. */
export function confirm(
  work: Work,
  { by, session }: Asking,
  code: string,
  only?: AnnouncementId,
): Result<Confirmed, Phrase> {
  const subject = `announcement:${by}`
  const locked = lockedMinutes(work, subject)
  if (locked > 0) return err(phrase('staff.error.locked', { minutes: locked }))
  const row = announcementByCode(work.tx, code, plus(work.now, REMEMBERED))
  if (row === undefined || (only !== undefined && row.id !== only)) {
    countFailure(work, subject)
    return err(phrase('announcements.error.code'))
  }
  forgetFailures(work, subject)
  const refusal = refusalOf(work, row, by)
  if (refusal !== undefined) return err(refusal)
  const look = { ...work, db: work.tx }
  const preview = previewOf(look, inputOf(row), { session, not: row.id })
  const [blocker] = preview.blockers
  if (blocker !== undefined) return err(blocker)
  const { draftMinutes, approvalHours } = work.env.content.announcementRules
  if (preview.same !== undefined && row.again === 0) {
    const renewed = { again: 1, ...freshCode(work, { minutes: draftMinutes }) } as const
    changeAnnouncement(work.tx, row.id, row.state, renewed)
    return ok({ kind: 'again', row: mustBe(work, row.id), same: preview.same })
  }
  if (row.state === 'draft' && approvalNeeded(work.env)) {
    const change = { confirmed_by: by, confirmed_at: work.now } as const
    advance(work, row, 'submit', { ...change, ...freshCode(work, { hours: approvalHours }) })
    return ok({ kind: 'awaiting', row: mustBe(work, row.id), preview })
  }
  queue(work, row, by)
  return ok({ kind: 'queued', row: mustBe(work, row.id), preview })
}

/** Why this person cannot confirm it, or not any more. */
function refusalOf(work: Work, row: AnnouncementRow, by: ResidentId): Phrase | undefined {
  const no = row.id
  if (row.state === 'queued' || row.state === 'done') {
    return phrase('announcements.error.confirmed', { no })
  }
  if (row.state === 'cancelled') return phrase('announcements.error.cancelled', { no })
  if (row.state === 'expired' || row.code_expires_at <= work.now) {
    return phrase('announcements.error.codeLate', { no })
  }
  if (row.state === 'draft' && row.author_id !== by) {
    return phrase('announcements.error.notYours', { no })
  }
  if (row.state === 'awaiting_approval' && row.author_id === by) {
    return phrase('announcements.error.needOther', { no })
  }
  return undefined
}

function queue(work: Work, row: AnnouncementRow, by: ResidentId): void {
  const { tx, now } = work
  const approving = row.state === 'awaiting_approval'
  advance(work, row, 'confirm', {
    ...(approving ? { approved_by: by } : { confirmed_by: by, confirmed_at: now }),
    next_at: row.send_at ?? now,
  })
  const subject = `announcement ${row.id}`
  audit(tx, {
    at: now,
    by,
    action: approving ? 'announcement.approve' : 'announcement.confirm',
    subject,
  })
  if (row.urgent === 1) audit(tx, { at: now, by, action: 'announcement.urgent', subject })
  const queued = mustBe(work, row.id)
  if (queued.next_at !== null && queued.next_at <= now) sendOccurrence(work, queued)
}

function advance(
  work: Work,
  row: AnnouncementRow,
  event: AnnouncementEvent,
  change: Parameters<typeof changeAnnouncement>[3],
): void {
  const state = after(row.state, event)
  if (
    state === undefined ||
    !changeAnnouncement(work.tx, row.id, row.state, { ...change, state })
  ) {
    throw new Error(`announcement ${row.id} cannot ${event}`)
  }
}
