import { parseNickname } from '../../content/places.ts'
import {
  bindingsOf,
  bindResident,
  boundResident,
  insertResident,
  updateResident,
} from '../../db/queries/resident.ts'
import {
  bindRoom,
  boundRoom,
  enabledRooms,
  membersOf,
  type RoomRow,
  roomPlatformId,
} from '../../db/queries/room.ts'
import { findSession, insertSession, previousSession } from '../../db/queries/session.ts'
import type { ResidentId, Role, RoomId, SessionId } from '../../db/schema.ts'
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
  const { name } = parseNickname(
    message.sender.alias ?? message.sender.name,
    work.env.content.community,
  )
  const id = insertResident(work.tx, {
    name: name || message.sender.name,
    role: 'resident',
    created_at: work.now,
  })
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

/** Gives a role to the person behind a platform id, once a code or the PIN has shown who it is. */
export function confirm(
  work: Work,
  session: SessionId,
  platformId: string,
  resident: ResidentId,
  basis: 'code' | 'pin',
): void {
  bindResident(work.tx, {
    session_id: session,
    platform_id: platformId,
    resident_id: resident,
    basis,
    confirmed_at: work.now,
    bound_at: work.now,
  })
}

export function setRole(work: Work, id: ResidentId, role: Role, beat: string | undefined): void {
  updateResident(work.tx, id, { role, beat: beat ?? null })
}

/** At least this share of the earlier members must be in a room for it to be taken for the same room. */
const OVERLAP = 0.5

/**
 * After a login under new platform ids: finds our rooms and residents again. A room by its topic and the names of its
 * members; a resident by the room nickname, when it was unique there and still is. Staff roles stay unconfirmed until
 * the PIN is given. Rooms and residents that are bound in this session already are left alone.
 * Gives the rooms that could not be found.
 */
export function rebind(work: Work, session: SessionId, views: readonly RoomView[]): RoomRow[] {
  const { tx } = work
  const before = previousSession(tx, session)
  if (before === undefined) return []
  const lost: RoomRow[] = []
  for (const room of enabledRooms(tx)) {
    if (roomPlatformId(tx, session, room.id) !== undefined) continue
    const known = membersOf(tx, before.id, room.id)
    const candidates = views.filter(
      (v) => v.topic === room.topic && boundRoom(tx, session, v.platformId) === undefined,
    )
    const found = candidates.filter((v) => overlap(aliasesOf(v.members), known) >= OVERLAP)
    const [view] = found
    if (view === undefined || found.length > 1) {
      lost.push(room)
      continue
    }
    bindRoom(tx, {
      session_id: session,
      platform_id: view.platformId,
      room_id: room.id,
      basis: 'members',
      bound_at: work.now,
    })
    rebindMembers(work, before.id, session, room.id, view)
  }
  return lost
}

function rebindMembers(
  work: Work,
  before: SessionId,
  session: SessionId,
  room: RoomId,
  view: RoomView,
): void {
  const { tx } = work
  const bound = new Map(bindingsOf(tx, before).map((b) => [b.platform_id, b.resident_id]))
  const taken = new Set(bindingsOf(tx, session).map((b) => b.platform_id))
  const earlier = byUniqueAlias(
    membersOf(tx, before, room).map((m) => ({ alias: m.alias, platformId: m.platform_id })),
  )
  const present = byUniqueAlias(
    view.members.map((m) => ({ alias: aliasOf(m), platformId: m.platformId })),
  )
  for (const [alias, platformId] of present) {
    const was = earlier.get(alias)
    const resident = was === undefined ? undefined : bound.get(was)
    if (resident === undefined || taken.has(platformId)) continue
    const role = boundResident(tx, before, was ?? '')?.role ?? 'resident'
    bindResident(tx, {
      session_id: session,
      platform_id: platformId,
      resident_id: resident,
      basis: 'nickname',
      confirmed_at: role === 'resident' ? work.now : null,
      bound_at: work.now,
    })
  }
}

/** The name somebody goes by in a room. */
export function aliasOf(member: Member): string {
  return member.alias === undefined || member.alias === '' ? member.name : member.alias
}

function aliasesOf(members: readonly Member[]): Set<string> {
  return new Set(members.map(aliasOf))
}

function overlap(present: ReadonlySet<string>, known: readonly { alias: string }[]): number {
  if (known.length === 0) return 0
  return known.filter((m) => present.has(m.alias)).length / known.length
}

function byUniqueAlias(
  people: readonly { alias: string; platformId: string }[],
): Map<string, string> {
  const found = new Map<string, string>()
  const twice = new Set<string>()
  for (const { alias, platformId } of people) {
    if (found.has(alias)) twice.add(alias)
    found.set(alias, platformId)
  }
  for (const alias of twice) found.delete(alias)
  return found
}
