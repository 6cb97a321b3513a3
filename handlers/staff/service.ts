import { type Phrase, phrase } from '../../content/i18n.ts'
import type { PlaceId } from '../../content/map.ts'
import {
  type ResidentFilter,
  type ResidentRow,
  residentById,
  residentCount,
  residentPage,
  updateResident,
} from '../../db/queries/resident.ts'
import { boundRoom, type RoomRow, roomById, roomList, updateRoom } from '../../db/queries/room.ts'
import { audit } from '../../db/queries/trail.ts'
import type { ResidentId, Role, RoomId, SessionId } from '../../db/schema.ts'
import type { Look, Work } from '../core/feature.ts'
import type { RoomView } from '../core/ports.ts'
import { err, ok, type Result } from '../core/result.ts'
import { planRoom } from '../programmes/service.ts'
import { disableRoom, type GroupSeen, type RoomGrant, serveRoom, tagRoom } from './rooms.ts'

/** What the console does with groups and people. */

export { addStaff, changePin, merge, unmerge } from './people.ts'
export { type Send, sendsToSettle, settleSend } from './sends.ts'

export type Group = ReturnType<typeof roomList>[number]

/** The groups that Linli serves or has served. */
export function groups(look: Look): Group[] {
  return roomList(look.db)
}

/** Those of the network's groups that Linli does not serve. */
export function strangers(
  look: Look,
  session: SessionId,
  views: readonly RoomView[],
): readonly RoomView[] {
  return views.filter((view) => boundRoom(look.db, session, view.platformId)?.enabled !== 1)
}

/** Enables a group that the network shows. */
export function enableGroup(
  work: Work,
  by: ResidentId,
  seen: GroupSeen,
  grant: RoomGrant,
): RoomRow {
  return serveRoom(work, by, grant, seen)
}

export interface GroupChange {
  readonly place: PlaceId | undefined
  readonly tags: readonly string[]
  readonly lang: RoomRow['lang']
}

/** Changes what a group is: its place and its tags decide what concerns it. */
export function changeGroup(
  work: Work,
  by: ResidentId,
  id: RoomId,
  { place, tags, lang }: GroupChange,
): Result<true, Phrase> {
  const room = roomById(work.tx, id)
  if (room === undefined) return err(phrase('staff.error.noRoom', { no: id }))
  updateRoom(work.tx, id, { place: place ?? null, lang })
  tagRoom(work, by, { ...room, place: place ?? null, lang }, tags)
  return ok(true)
}

/** Linli leaves the group alone from now on. */
export function leaveGroup(work: Work, by: ResidentId, id: RoomId): Result<true, Phrase> {
  const room = roomById(work.tx, id)
  if (room?.enabled !== 1) return err(phrase('staff.error.noRoom', { no: id }))
  disableRoom(work, by, id)
  return ok(true)
}

/** A group that was switched off is served again, where this login knows it. */
export function resumeGroup(work: Work, by: ResidentId, id: RoomId): Result<true, Phrase> {
  const room = roomById(work.tx, id)
  if (room === undefined || room.enabled === 1) return err(phrase('staff.error.noRoom', { no: id }))
  updateRoom(work.tx, id, { enabled: 1, enabled_at: work.now })
  audit(work.tx, { at: work.now, by, action: 'room.enable', subject: `room ${id}` })
  planRoom(work, { ...room, enabled: 1 })
  return ok(true)
}

/** People as staff look them up: a page of them, and how many there are. */
export function people(
  look: Look,
  filter: ResidentFilter,
  page: { readonly skip: number; readonly take: number },
): { readonly rows: ResidentRow[]; readonly total: number } {
  return { rows: residentPage(look.db, filter, page), total: residentCount(look.db, filter) }
}

export function personById(look: Look, id: ResidentId): ResidentRow | undefined {
  return residentById(look.db, id)
}

/** Gives a member of staff another role, or none; only the owner does. The last owner stays one. */
export function changeRole(
  work: Work,
  by: ResidentId,
  id: ResidentId,
  { role, beat }: { readonly role: Role; readonly beat: PlaceId | undefined },
): Result<true, Phrase> {
  const row = residentById(work.tx, id)
  if (row === undefined || row.merged_into !== null || row.role === 'resident') {
    return err(phrase('staff.error.noResident', { no: id }))
  }
  const owners = residentCount(work.tx, { name: '', role: 'owner' })
  if (row.role === 'owner' && role !== 'owner' && owners === 1) {
    return err(phrase('staff.error.lastOwner'))
  }
  updateResident(work.tx, id, { role, beat: role === 'steward' ? (beat ?? null) : null })
  audit(work.tx, {
    at: work.now,
    by,
    action: 'resident.role',
    subject: `resident ${id}`,
    details: { from: row.role, to: role },
  })
  return ok(true)
}
