import type { Puppet } from 'wechaty-puppet'
import type { Member, RoomView } from '../../handlers/core/ports.ts'
import { mapLimit } from './queue.ts'

/** Lookups at a time in one room; a remote puppet answers each over the network. */
const LOOKUPS = 16

function member(platformId: string, name: string, alias: string | undefined): Member {
  return { platformId, name, ...(alias ? { alias } : {}) }
}

/**
 * How somebody is called in a room just now. Reads the raw payload, because Wechaty's cache of room
 * aliases outlives their change. Somebody the room does not know goes by the contact's name.
 */
export async function readMember(puppet: Puppet, room: string, person: string): Promise<Member> {
  try {
    const raw: unknown = await puppet.roomMemberRawPayload(room, person)
    const { name, roomAlias } = await puppet.roomMemberRawPayloadParser(raw)
    return member(person, name || (await contactName(puppet, person)), roomAlias)
  } catch {
    return member(person, await contactName(puppet, person), undefined)
  }
}

/** Empty when the network does not know. */
async function contactName(puppet: Puppet, person: string): Promise<string> {
  try {
    return (await puppet.contactPayload(person)).name
  } catch {
    return ''
  }
}

/**
 * A room as the network has it just now, past Wechaty's caches.
 * @throws what the puppet throws for a room it does not know
 */
export async function readRoom(
  puppet: Puppet,
  id: string,
  { caches }: { readonly caches: boolean },
): Promise<RoomView> {
  if (caches) {
    await puppet.roomPayloadDirty(id)
    await puppet.roomMemberPayloadDirty(id)
  }
  const raw: unknown = await puppet.roomRawPayload(id)
  const { topic } = await puppet.roomRawPayloadParser(raw)
  const ids = await puppet.roomMemberList(id)
  const members = await mapLimit(ids, LOOKUPS, (person) => readMember(puppet, id, person))
  return { platformId: id, topic, members }
}

/** The rooms known of one login, as they were read last. */
export interface Rooms {
  get(id: string): RoomView | undefined
  has(room: string, person: string): boolean
  memberIds(room: string): ReadonlySet<string>
  /** Somebody who speaks in the room is in it, even if the network lists them late. */
  noteSpeaker(room: string, person: string): void
  put(view: RoomView): void
}

const NOBODY: ReadonlySet<string> = new Set()

export function createRooms(): Rooms {
  const known = new Map<string, { view: RoomView; ids: Set<string> }>()
  return {
    get: (id) => known.get(id)?.view,
    has: (room, person) => known.get(room)?.ids.has(person) ?? false,
    memberIds: (room) => known.get(room)?.ids ?? NOBODY,
    noteSpeaker: (room, person) => void known.get(room)?.ids.add(person),
    put: (view) =>
      void known.set(view.platformId, {
        view,
        ids: new Set(view.members.map((each) => each.platformId)),
      }),
  }
}
