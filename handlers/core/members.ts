import { phrase } from '../../content/i18n.ts'
import { parseNickname } from '../../content/places.ts'
import type { Community } from '../../content/schema.ts'
import { plus } from '../../content/time.ts'
import { inState, withdraw } from '../../db/queries/outbox.ts'
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
import { aliasOf, recognise } from './identity.ts'
import { enqueue } from './outbox.ts'
import type { RoomView } from './ports.ts'

/**
 * Compares a room's members with those we knew (join events get lost, so the lists are the truth): recognises residents
 * of an earlier login, and greets newcomers once. Whoever was there when the room was enabled, or was greeted before,
 * is not greeted.
 */
export function compareMembers(work: Work, session: SessionId, view: RoomView): void {
  const { tx, now } = work
  const room = boundRoom(tx, session, view.platformId)
  if (room === undefined || room.enabled === 0) return
  if (view.topic !== '' && view.topic !== room.topic) updateRoom(tx, room.id, { topic: view.topic })

  const known = new Map(membersOf(tx, session, room.id).map((m) => [m.platform_id, m.alias]))
  const firstLook = !anyGreeted(tx, room.id)
  const arrived = new Set<string>()
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
    if (before !== undefined) continue
    arrived.add(member.platformId)
    if (isNew && !firstLook) newcomers.push(alias)
  }
  for (const gone of known.keys()) memberLeft(tx, room.id, session, gone, now)
  if (arrived.size > 0) recognise(work, session, room.id, view, arrived)
  if (newcomers.length > 0 && room.kind === 'residents') greet(work, room, newcomers)
}

/** Names in one greeting; more newcomers at once are greeted together without names. */
const NAMED = 5
/** A greeting that could not be sent for so long greets nobody any more. */
const USEFUL_HOURS = 24

/** Greets in one line, together with those whose greeting still waits, for the end of the quiet hours perhaps. */
function greet(work: Work, room: RoomRow, newcomers: readonly string[]): void {
  const { tx, now, env } = work
  const prefix = `greet:${room.id}:`
  const waiting = inState(tx, 'queued').filter(
    (row) => row.dedupe_key.startsWith(prefix) && withdraw(tx, row.id, now),
  )
  const aliases = waiting
    .flatMap((row) => JSON.parse(row.dedupe_key.slice(prefix.length)) as string[])
    .concat(newcomers)
  const names = aliases.flatMap((alias) => publicName(alias, env.content.community) ?? [])
  const named = names.length === aliases.length && names.length <= NAMED
  enqueue(work, {
    to: { room: room.id },
    key: prefix + JSON.stringify(aliases),
    say: [
      named
        ? phrase('members.welcome', { names: names.join('、') })
        : phrase('members.welcomeMany', { n: aliases.length }),
      phrase('privacy.short', { bot: env.content.community.botName }),
    ],
    priority: 'notice',
    expires: plus(now, { hours: USEFUL_HOURS }),
  })
}

/** The name in a nickname, if it is fit to be said: without the address, and not where numbers might be part of one. */
function publicName(alias: string, community: Community): string | undefined {
  const name = parseNickname(alias, community).name.replace(/\s+/g, ' ')
  return name === '' || name.length > LONGEST_NAME || /\d{2}/.test(name) ? undefined : name
}

const LONGEST_NAME = 20
