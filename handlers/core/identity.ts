import { parseNickname } from '../../content/places.ts'
import {
  bindingsOf,
  bindResident,
  boundResident,
  insertResident,
  releaseResident,
} from '../../db/queries/resident.ts'
import {
  bindRoom,
  boundRoom,
  enabledRooms,
  type MembershipRow,
  membersOf,
  type RoomRow,
  roomPlatformId,
} from '../../db/queries/room.ts'
import { findSession, insertSession, previousSession } from '../../db/queries/session.ts'
import type { ResidentId, Role, RoomId, SessionId } from '../../db/schema.ts'
import type { Tx } from '../../db/store.ts'
import type { Speaker, Work } from './feature.ts'
import type { Incoming, Member, RoomView } from './ports.ts'

/** The session of this login. The same own id as before means the same session: its bindings still hold. */
export function openSession(work: Work, puppet: string, selfId: string): SessionId {
  return (
    findSession(work.tx, puppet, selfId)?.id ?? insertSession(work.tx, puppet, selfId, work.now)
  )
}

/** Who said it, when we know. A role that was not confirmed in this session does not count. */
export function speakerOf(work: Work, message: Incoming): Speaker | undefined {
  const row = boundResident(work.tx, message.session, message.sender.platformId)
  if (row === undefined) return undefined
  const role: Role = row.confirmed_at === null ? 'resident' : row.role
  return { id: row.id, name: row.name, role, record: row.role }
}

/** Makes a resident of somebody who uses a service for the first time. */
export function meet(work: Work, message: Incoming): Speaker {
  const { name: called, alias } = message.sender
  const name = parseNickname(alias ?? called, work.env.content.community).name || called
  const id = insertResident(work.tx, { name, role: 'resident', created_at: work.now })
  bindResident(work.tx, {
    session_id: message.session,
    platform_id: message.sender.platformId,
    resident_id: id,
    basis: 'new',
    confirmed_at: work.now,
    bound_at: work.now,
  })
  return { id, name, role: 'resident', record: 'resident' }
}

/**
 * Gives a role to the account that has shown with a code or the PIN whose it is; the account that had the role in this
 * session before, a lost phone perhaps, has it no more.
 */
export function confirm(
  work: Work,
  session: SessionId,
  platformId: string,
  resident: ResidentId,
  basis: 'code' | 'pin',
): void {
  releaseResident(work.tx, session, resident)
  bindResident(work.tx, {
    session_id: session,
    platform_id: platformId,
    resident_id: resident,
    basis,
    confirmed_at: work.now,
    bound_at: work.now,
  })
}

/** At least this share of the earlier members must be in a room for it to be taken for the same room. */
const OVERLAP = 0.5

/**
 * After a login under new platform ids: finds our rooms again, each by its topic and the names of its members. Rooms
 * that are bound in this session already are left alone. Gives the rooms that could not be found.
 */
export function rebind(work: Work, session: SessionId, views: readonly RoomView[]): RoomRow[] {
  const { tx } = work
  return enabledRooms(tx).filter((room) => {
    if (roomPlatformId(tx, session, room.id) !== undefined) return false
    const members = lastSeen(tx, session, room.id)?.members ?? []
    const [view, ...others] = views.filter(
      (v) =>
        v.topic === room.topic &&
        boundRoom(tx, session, v.platformId) === undefined &&
        overlap(new Set(v.members.map(aliasOf)), members) >= OVERLAP,
    )
    if (view === undefined || others.length > 0) return true
    bindRoom(tx, {
      session_id: session,
      platform_id: view.platformId,
      room_id: room.id,
      basis: 'members',
      bound_at: work.now,
    })
    return false
  })
}

/** A room's members in the latest earlier session that knew any. */
function lastSeen(
  tx: Tx,
  session: SessionId,
  room: RoomId,
): { readonly session: SessionId; readonly members: readonly MembershipRow[] } | undefined {
  for (let s = previousSession(tx, session); s !== undefined; s = previousSession(tx, s.id)) {
    const members = membersOf(tx, s.id, room)
    if (members.length > 0) return { session: s.id, members }
  }
  return undefined
}

/**
 * Finds residents of an earlier session among those who are seen in a room for the first time in this one: by the room
 * nickname, where it was unique and still is. Staff roles stay unconfirmed until the PIN is given.
 */
export function recognise(
  work: Work,
  session: SessionId,
  room: RoomId,
  view: RoomView,
  arrived: ReadonlySet<string>,
): void {
  const { tx, now } = work
  const before = lastSeen(tx, session, room)
  if (before === undefined) return
  const residents = new Map(
    bindingsOf(tx, before.session).map((b) => [b.platform_id, b.resident_id]),
  )
  const bound = bindingsOf(tx, session)
  const taken = new Set(bound.map((b) => b.platform_id))
  const here = new Set(bound.map((b) => b.resident_id))
  const present = unique(view.members.map((m) => [aliasOf(m), m.platformId]))
  for (const [alias, was] of unique(before.members.map((m) => [m.alias, m.platform_id]))) {
    const platformId = present.get(alias)
    const resident = residents.get(was)
    if (platformId === undefined || resident === undefined) continue
    if (!arrived.has(platformId) || taken.has(platformId) || here.has(resident)) continue
    const isStaff = boundResident(tx, before.session, was)?.role !== 'resident'
    bindResident(tx, {
      session_id: session,
      platform_id: platformId,
      resident_id: resident,
      basis: 'nickname',
      confirmed_at: isStaff ? null : now,
      bound_at: now,
    })
  }
}

/** The name somebody goes by in a room. */
export function aliasOf(member: Member): string {
  return member.alias === undefined || member.alias === '' ? member.name : member.alias
}

function overlap(present: ReadonlySet<string>, known: readonly MembershipRow[]): number {
  if (known.length === 0) return 0
  return known.filter((m) => present.has(m.alias)).length / known.length
}

/** What belongs to each name, without the names that are there twice. */
function unique(entries: readonly (readonly [name: string, id: string])[]): Map<string, string> {
  const found = new Map(entries)
  const seen = new Set<string>()
  for (const [name] of entries) {
    if (seen.has(name)) found.delete(name)
    seen.add(name)
  }
  return found
}
