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
import { type FileRef, filesOf, putFiles } from '../../db/queries/outbox-file.ts'
import type { ResidentId, RoomId, SessionId } from '../../db/schema.ts'
import type { AnnouncementId } from '../../db/schema-announcements.ts'
import type { Work } from '../core/feature.ts'
import { err, ok, type Result } from '../core/result.ts'
import { digits } from '../core/secrets.ts'
import type { Audience } from './audience.ts'
import { type AnnouncementInput, fingerprintOf, type Preview, previewOf } from './preview.ts'
import { scheduleOf } from './sending.ts'
import { after } from './transitions.ts'

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

/** Writes a draft down, with a code that confirms it; refused, with every reason, when it could not go out. */
export function draft(
  work: Work,
  { by, origin, session }: Asking,
  input: AnnouncementInput,
  files: readonly FileRef[] = [],
): Result<Draft, readonly Phrase[]> {
  const preview = previewOf({ ...work, db: work.tx }, input, { session })
  const blockers = [...preview.blockers, ...tooMany(work, files)]
  if (blockers.length > 0) return err(blockers)
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
  putFiles(work.tx, id, files)
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
export function freshCode(
  work: Work,
  life: { readonly hours?: number; readonly minutes?: number },
) {
  const { tx, now, env } = work
  const taken = (code: string) => announcementByCode(tx, code, plus(now, REMEMBERED)) !== undefined
  for (let tries = 0; ; tries++) {
    const code = digits(env.random, tries < 20 ? 4 : 6)
    if (tries > 100 || !taken(code)) return { code, code_expires_at: plus(now, life) }
  }
}

/** A code that was used or has run out is still known for so long: who says it again is told what became of it. */
export const REMEMBERED = { hours: -24 }

function tooMany(work: Work, files: readonly FileRef[]): readonly Phrase[] {
  const { maxFiles: max } = work.env.content.announcementRules
  return files.length > max ? [phrase('announcements.error.files', { max })] : []
}

export interface Edit {
  readonly input?: AnnouncementInput | Pick<AnnouncementInput, 'text'>
  /** What goes with it from now on; all as it was when left out. */
  readonly files?: readonly FileRef[]
  /** The code of what was seen: another one says that it was changed meanwhile. */
  readonly seen?: string
}

/** Changes what the author has not confirmed, or a colleague has not; it has to be confirmed anew. */
export function edit(
  work: Work,
  { by, session }: Asking,
  id: AnnouncementId,
  { input: change, files, seen }: Edit,
): Result<Draft, readonly Phrase[]> {
  const row = announcementById(work.tx, id)
  if (row === undefined) return err([phrase('announcements.error.none', { no: id })])
  if (seen !== undefined && seen !== row.code) return err([phrase('announcements.error.changed')])
  const state = after(row.state, 'edit')
  if (state === undefined) return err([phrase('announcements.error.noEdit', { no: id })])
  if (row.author_id !== by) return err([phrase('announcements.error.notYours', { no: id })])
  const input = { ...inputOf(row), ...change }
  const preview = previewOf({ ...work, db: work.tx }, input, { session, not: id })
  const blockers = [...preview.blockers, ...tooMany(work, files ?? [])]
  if (blockers.length > 0) return err(blockers)
  if (files !== undefined) putFiles(work.tx, id, files)
  changeAnnouncement(work.tx, id, row.state, { ...columnsOf(work, input, preview), state })
  return ok({ row: mustBe(work, id), preview })
}

/** Puts a file that was kept behind the text of a draft; it has to be confirmed anew. */
export function attach(
  work: Work,
  asking: Asking,
  id: AnnouncementId,
  { hash, name }: FileRef,
): Result<Draft, readonly Phrase[]> {
  const file = { hash, ...(name !== undefined && { name }) }
  return edit(work, asking, id, { files: [...filesOf(work.tx, id), file] })
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

export function mustBe(work: Work, id: AnnouncementId): AnnouncementRow {
  const row = announcementById(work.tx, id)
  if (row === undefined) throw new Error(`no announcement ${id}`)
  return row
}
