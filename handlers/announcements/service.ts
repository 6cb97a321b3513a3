import { type Phrase, phrase } from '../../content/i18n.ts'
import { plus } from '../../content/time.ts'
import {
  type AnnouncementRow,
  announcementByCode,
  announcementById,
  changeAnnouncement,
  draftsOf,
  insertAnnouncement,
} from '../../db/queries/announcement.ts'
import { askRecall, partsOf } from '../../db/queries/announcement-delivery.ts'
import { addPicture, picturesOf } from '../../db/queries/outbox-picture.ts'
import { putSetting, setting } from '../../db/queries/setting.ts'
import { audit } from '../../db/queries/trail.ts'
import type { ResidentId, RoomId, SessionId } from '../../db/schema.ts'
import type { AnnouncementId } from '../../db/schema-announcements.ts'
import type { Reader } from '../../db/store.ts'
import type { Env, Work } from '../core/feature.ts'
import { err, ok, type Result } from '../core/result.ts'
import { countFailure, digits, forgetFailures, lockedMinutes } from '../core/secrets.ts'
import type { Audience } from './audience.ts'
import { type AnnouncementInput, fingerprintOf, type Preview, previewOf } from './preview.ts'
import { scheduleOf, sendFailedAgain, sendOccurrence, stopSending } from './sending.ts'
import { type AnnouncementEvent, after } from './transitions.ts'

/** What chat and console do with announcements. */

export { type Audience, EVERYBODY } from './audience.ts'
export { type AnnouncementInput, type Preview, previewOf } from './preview.ts'
export { announcementList, type Progress, progressOf } from './progress.ts'
export type { Schedule } from './schedule.ts'

/** Who asks, and where they hear how it went: in that room, or in their direct chat. */
export interface Asking {
  readonly by: ResidentId
  readonly origin?: RoomId | undefined
  /** The login in force: a group that it does not know cannot be reached. */
  readonly session?: SessionId | undefined
}

export interface Draft {
  readonly row: AnnouncementRow
  readonly preview: Preview
}

const APPROVAL = 'announcements.approval'

/** Whether a second member of staff has to confirm: as staff set it, else as the content says. */
export function approvalNeeded(db: Reader, env: Env): boolean {
  const set = setting(db, APPROVAL)
  return set === undefined ? env.content.announcementRules.approval : set === 'on'
}

export function setApproval(work: Work, by: ResidentId, on: boolean): void {
  putSetting(work.tx, APPROVAL, on ? 'on' : 'off', work.now)
  audit(work.tx, { at: work.now, by, action: 'announcement.approval', subject: on ? 'on' : 'off' })
}

/** Writes a draft down, with a code that confirms it; refused, with every reason, when it could not go out. */
export function draft(
  work: Work,
  { by, origin, session }: Asking,
  input: AnnouncementInput,
): Result<Draft, readonly Phrase[]> {
  const preview = previewOf({ ...work, db: work.tx }, input, { session })
  if (preview.blockers.length > 0) return err(preview.blockers)
  const id = insertAnnouncement(work.tx, {
    ...columnsOf(work, input, preview),
    state: 'draft',
    author_id: by,
    origin_room_id: origin ?? null,
    confirmed_by: null,
    confirmed_at: null,
    approved_by: null,
    next_at: null,
    last_at: null,
    created_at: work.now,
  })
  return ok({ row: mustBe(work, id), preview })
}

function columnsOf(work: Work, input: AnnouncementInput, preview: Preview) {
  const { schedule } = input
  return {
    text: input.text.trim(),
    fingerprint: fingerprintOf(input.text),
    urgent: input.urgent ? 1 : 0,
    audience: JSON.stringify(input.audience),
    rooms: JSON.stringify(preview.rooms.map((room) => room.id)),
    send_at: schedule?.first ?? null,
    repeats: schedule?.repeats?.every ?? null,
    until_on: schedule?.repeats?.until ?? null,
    expires_at: input.expires ?? null,
    again: 0,
    ...freshCode(work, { minutes: work.env.content.announcementRules.draftMinutes }),
  } as const
}

/** Few people confirm at a time, so four digits do; a longer code where those are taken. */
function freshCode(work: Work, life: { readonly hours?: number; readonly minutes?: number }) {
  const { tx, now, env } = work
  const taken = (code: string) => announcementByCode(tx, code, plus(now, REMEMBERED)) !== undefined
  for (let tries = 0; ; tries++) {
    const code = digits(env.random, tries < 20 ? 4 : 6)
    if (tries > 100 || !taken(code)) return { code, code_expires_at: plus(now, life) }
  }
}

/** A code that was used or has run out is still known for so long: who says it again is told what became of it. */
const REMEMBERED = { hours: -24 }

/** Changes what the author has not confirmed, or a colleague has not; it has to be confirmed anew. */
export function edit(
  work: Work,
  { by, session }: Asking,
  id: AnnouncementId,
  change: Partial<AnnouncementInput>,
): Result<Draft, readonly Phrase[]> {
  const row = announcementById(work.tx, id)
  if (row === undefined) return err([phrase('announcements.error.none', { no: id })])
  const state = after(row.state, 'edit')
  if (state === undefined) return err([phrase('announcements.error.noEdit', { no: id })])
  if (row.author_id !== by) return err([phrase('announcements.error.notYours', { no: id })])
  const input = { ...inputOf(row), ...change }
  const preview = previewOf({ ...work, db: work.tx }, input, { session, not: id })
  if (preview.blockers.length > 0) return err(preview.blockers)
  changeAnnouncement(work.tx, id, row.state, { ...columnsOf(work, input, preview), state })
  return ok({ row: mustBe(work, id), preview })
}

/** More would be too many for a group. */
export const MAX_PICTURES = 3

/** Puts a picture that was kept behind the text of a draft; it has to be confirmed anew. */
export function attach(
  work: Work,
  asking: Asking,
  id: AnnouncementId,
  hash: string,
): Result<Draft, readonly Phrase[]> {
  const has = picturesOf(work.tx, id).length
  if (has >= MAX_PICTURES) {
    return err([phrase('announcements.error.pictures', { max: MAX_PICTURES })])
  }
  const edited = edit(work, asking, id, {})
  if (edited.ok) addPicture(work.tx, id, has + 1, hash)
  return edited
}

/** What is to be announced, from its row. */
export function inputOf(row: AnnouncementRow): AnnouncementInput {
  return {
    text: row.text,
    urgent: row.urgent === 1,
    audience: JSON.parse(row.audience) as Audience,
    schedule: scheduleOf(row),
    expires: row.expires_at ?? undefined,
  }
}

/** In chat the latest draft is the one that counts: the others cannot be confirmed any more. Gives their numbers. */
export function dropDrafts(
  work: Work,
  by: ResidentId,
  latest: AnnouncementId,
): readonly AnnouncementId[] {
  const old = draftsOf(work.tx, by).filter(({ id }) => id !== latest)
  for (const { id } of old) changeAnnouncement(work.tx, id, 'draft', { state: 'cancelled' })
  return old.map(({ id }) => id)
}

export type Confirmed =
  | { readonly kind: 'queued'; readonly row: AnnouncementRow; readonly preview: Preview }
  /** A colleague has to confirm with the new code. */
  | { readonly kind: 'awaiting'; readonly row: AnnouncementRow; readonly preview: Preview }
  /** The groups had the same words not long ago: it takes the new code to send them all the same. */
  | { readonly kind: 'again'; readonly row: AnnouncementRow; readonly same: AnnouncementRow }

/** Confirms what the code was shown for: it goes out, or to a colleague. */
export function confirm(
  work: Work,
  { by, session }: Asking,
  code: string,
): Result<Confirmed, Phrase> {
  const subject = `announcement:${by}`
  const locked = lockedMinutes(work, subject)
  if (locked > 0) return err(phrase('staff.error.locked', { minutes: locked }))
  const row = announcementByCode(work.tx, code, plus(work.now, REMEMBERED))
  if (row === undefined) {
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
  if (row.state === 'draft' && approvalNeeded(work.tx, work.env)) {
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

function mustBe(work: Work, id: AnnouncementId): AnnouncementRow {
  const row = announcementById(work.tx, id)
  if (row === undefined) throw new Error(`no announcement ${id}`)
  return row
}
