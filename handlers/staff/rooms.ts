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
import type { ResidentId, RoomId } from '../../db/schema.ts'
import type { Ctx, Work } from '../core/feature.ts'
import { err, ok, type Result } from '../core/result.ts'
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
  const { tx, now, message, session } = ctx
  const platformId = message.room?.platformId
  if (platformId === undefined) return err(phrase('staff.error.sayInGroup'))
  const subject = `room-code:${session}:${message.sender.platformId}`
  const locked = lockedMinutes(ctx, subject)
  if (locked > 0) return err(phrase('staff.error.locked', { minutes: locked }))
  const grant = redeem(ctx, 'room', code) as RoomGrant | undefined
  if (grant === undefined) {
    countFailure(ctx, subject)
    return err(phrase('staff.error.roomCode'))
  }
  const known = boundRoom(tx, session, platformId)?.id ?? grant.room
  const facts = { kind: grant.kind, place: grant.place ?? null, enabled: 1 as const }
  const id =
    known ??
    insertRoom(tx, {
      ...facts,
      topic: message.room?.topic ?? '',
      tags: '[]',
      lang: 'zh-CN',
      enabled_at: now,
      created_at: now,
    })
  if (known !== undefined) {
    const again = grant.room === undefined ? facts : { enabled: 1 as const }
    updateRoom(tx, known, { ...again, topic: message.room?.topic ?? '', enabled_at: now })
  }
  bindRoom(tx, {
    session_id: session,
    platform_id: platformId,
    room_id: id,
    basis: 'code',
    bound_at: now,
  })
  audit(tx, { at: now, by: ctx.who.id, action: 'room.enable', subject: `room ${id}` })
  const room = roomById(tx, id)
  if (room === undefined) throw new Error(`room ${id} is gone`)
  planRoom(ctx, room)
  return ok(room)
}

export function disableRoom(work: Work, by: ResidentId, id: RoomId): void {
  updateRoom(work.tx, id, { enabled: 0 })
  audit(work.tx, { at: work.now, by, action: 'room.disable', subject: `room ${id}` })
}
