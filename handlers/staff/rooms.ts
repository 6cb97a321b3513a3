import { type Phrase, phrase } from '../../content/i18n.ts'
import type { PlaceId } from '../../content/map.ts'
import {
  bindRoom,
  boundRoom,
  insertRoom,
  type RoomRow,
  roomById,
  updateRoom,
} from '../../db/queries/room.ts'
import { audit } from '../../db/queries/trail.ts'
import type { ResidentId, RoomId, SessionId } from '../../db/schema.ts'
import type { Ctx, Work } from '../core/feature.ts'
import { err, ok, type Result } from '../core/result.ts'
import { may } from '../core/roles.ts'
import { countFailure, lockedMinutes, makeCode, redeem } from '../core/secrets.ts'
import { planRoom } from '../programmes/service.ts'

/** What a room code grants: a new group at a place, or an earlier group found again. */
export interface RoomGrant {
  readonly kind: RoomRow['kind']
  readonly place?: PlaceId
  readonly room?: RoomId
}

/** Makes a code that enables one group; whoever says it in the group shows that staff wanted it. */
export function roomCode(work: Work, by: ResidentId | undefined, grant: RoomGrant): string {
  audit(work.tx, { at: work.now, by, action: 'room.code', subject: grant.place ?? grant.kind })
  return makeCode(work, 'room', grant)
}

/** Enables the group in which the code was said. */
export function enableRoom(ctx: Ctx, code: string): Result<RoomRow, Phrase> {
  const { tx, message, session } = ctx
  const platformId = message.room?.platformId
  if (platformId === undefined) return err(phrase('staff.error.sayInGroup'))
  const subject = `room-code:${session}:${message.sender.platformId}`
  const locked = lockedMinutes(ctx, subject)
  if (locked > 0) return err(phrase('staff.error.locked', { minutes: locked }))
  if (boundRoom(tx, session, platformId)?.enabled === 1 && !may(ctx.who.role, 'staff')) {
    return err(phrase('staff.error.roomOn'))
  }
  const grant = redeem(ctx, 'room', code) as RoomGrant | undefined
  if (grant === undefined) {
    countFailure(ctx, subject)
    return err(phrase('staff.error.roomCode'))
  }
  const topic = message.room?.topic ?? ''
  return ok(serveRoom(ctx, ctx.who.id, grant, { session, platformId, topic }))
}

/** A group as the chat network shows it in a login session. */
export interface GroupSeen {
  readonly session: SessionId
  readonly platformId: string
  readonly topic: string
}

/** Enables a group: as a new one, or as the one that it was. */
export function serveRoom(
  work: Work,
  by: ResidentId,
  grant: RoomGrant,
  { session, platformId, topic }: GroupSeen,
): RoomRow {
  const { tx, now } = work
  const here = boundRoom(tx, session, platformId)
  const known = grant.room ?? here?.id
  if (here?.enabled === 1 && here.id !== known) disableRoom(work, by, here.id)
  const id = known ?? insertRoom(tx, { ...NEW_ROOM, topic: '', created_at: now })
  updateRoom(tx, id, {
    ...(isPlain(grant) && known !== undefined
      ? {}
      : { kind: grant.kind, place: grant.place ?? null }),
    topic,
    enabled: 1,
    enabled_at: now,
  })
  bindRoom(tx, {
    session_id: session,
    platform_id: platformId,
    room_id: id,
    basis: 'code',
    bound_at: now,
  })
  audit(tx, { at: now, by, action: 'room.enable', subject: `room ${id}` })
  const room = roomById(tx, id)
  if (room === undefined) throw new Error(`room ${id} is gone`)
  planRoom(work, room)
  return room
}

const NEW_ROOM = { kind: 'residents', tags: '[]', lang: 'zh-CN', enabled: 0 } as const

/** A code that says nothing about the group: one that is known stays what it was. */
function isPlain({ kind, place, room }: RoomGrant): boolean {
  return room !== undefined || (kind === 'residents' && place === undefined)
}

export function disableRoom(work: Work, by: ResidentId, id: RoomId): void {
  updateRoom(work.tx, id, { enabled: 0 })
  audit(work.tx, { at: work.now, by, action: 'room.disable', subject: `room ${id}` })
}

/** Gives a group its tags, in place of those it had; they decide which programmes concern it. */
export function tagRoom(work: Work, by: ResidentId, room: RoomRow, tags: readonly string[]): void {
  updateRoom(work.tx, room.id, { tags: JSON.stringify(tags) })
  audit(work.tx, { at: work.now, by, action: 'room.tags', subject: `room ${room.id}` })
  planRoom(work, { ...room, tags: JSON.stringify(tags) })
}
