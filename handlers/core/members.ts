import { phrase } from '../../content/i18n.ts'
import { parseNickname } from '../../content/places.ts'
import {
  anyGreeted,
  boundRoom,
  memberLeft,
  membersOf,
  noteGreeted,
  type RoomRow,
  saveMember,
  updateRoom,
} from '../../db/queries/room.ts'
import type { SessionId } from '../../db/schema.ts'
import type { Work } from './feature.ts'
import { aliasOf } from './identity.ts'
import { enqueue } from './outbox.ts'
import type { RoomView } from './ports.ts'

/** Names in one greeting; more newcomers at once are greeted together without names. */
const NAMED = 5

/**
 * Compares a room's members with those we knew (join events get lost, so the lists are the truth) and greets newcomers
 * once, several in one line. Whoever was there when the room was enabled, or was greeted before, is not greeted.
 */
export function compareMembers(work: Work, session: SessionId, view: RoomView): void {
  const { tx, now } = work
  const room = boundRoom(tx, session, view.platformId)
  if (room === undefined || room.enabled === 0) return
  if (view.topic !== '' && view.topic !== room.topic) updateRoom(tx, room.id, { topic: view.topic })

  const known = new Map(membersOf(tx, session, room.id).map((m) => [m.platform_id, m.alias]))
  const firstLook = !anyGreeted(tx, room.id)
  const newcomers: string[] = []
  for (const member of view.members) {
    const alias = aliasOf(member)
    const before = known.get(member.platformId)
    known.delete(member.platformId)
    if (before === alias) continue
    saveMember(tx, {
      room_id: room.id,
      session_id: session,
      platform_id: member.platformId,
      alias,
      joined_at: now,
      left_at: null,
    })
    const isNew = noteGreeted(tx, room.id, alias, now)
    if (isNew && before === undefined && !firstLook) newcomers.push(alias)
  }
  for (const gone of known.keys()) memberLeft(tx, room.id, session, gone, now)
  if (newcomers.length > 0 && room.kind === 'residents') greet(work, room, newcomers)
}

function greet(work: Work, room: RoomRow, aliases: readonly string[]): void {
  const names = aliases
    .map((a) => parseNickname(a, work.env.content.community).name || a)
    .join('、')
  enqueue(work, {
    to: { room: room.id },
    key: `greet:${room.id}:${work.now}:${aliases.join('|')}`,
    say: [
      aliases.length > NAMED
        ? phrase('members.welcomeMany', { n: aliases.length })
        : phrase('members.welcome', { names }),
      phrase('privacy.short', { bot: work.env.content.community.botName }),
    ],
    priority: 'notice',
  })
}
