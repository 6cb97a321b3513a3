import type { SandboxMessage, SandboxState } from '../sandbox/port.ts'

/** What the page knows, and the rules about it; nothing here touches the document. */

/** A conversation: a room, or the direct chat between somebody and the bot. */
export type Key = `room:${string}` | `person:${string}`

/** A line in a conversation: a message, or a note by the page itself (who came, who left). */
export type Entry =
  | { readonly kind: 'message'; readonly message: SandboxMessage }
  | { readonly kind: 'note'; readonly text: string }

/** The sandbox's clock as the page needs it. */
export interface ClockView {
  readonly now: string
  /** In which times are shown. */
  readonly zone: string
  /** When something next falls due by itself. */
  readonly next?: string
  /** The next time that it is eight in the morning. */
  readonly morning: string
}

export interface Model {
  network: SandboxState
  clock: ClockView
  /** Who speaks. */
  me: string
  open: Key | undefined
  readonly entries: Map<Key, readonly Entry[]>
  readonly unread: Map<Key, number>
}

export interface Conversation {
  readonly key: Key
  readonly title: string
  readonly direct: boolean
  /** Whether I may speak there. */
  readonly mine: boolean
  readonly enabled: boolean
  readonly unread: number
  readonly last: SandboxMessage | undefined
}

export function roomKey(room: string): Key {
  return `room:${room}`
}

export function directKey(person: string): Key {
  return `person:${person}`
}

/** The room's or person's id in a key. */
export function idOf(key: Key): string {
  return key.slice(key.indexOf(':') + 1)
}

export function keyOf(message: SandboxMessage, bot: string): Key {
  if (message.room !== undefined) return roomKey(message.room)
  return directKey(message.from === bot ? (message.to ?? '') : message.from)
}

/** Adds a message unless it is there already, and counts it as unread unless it is `seen` or mine. */
export function receive(model: Model, message: SandboxMessage, seen: boolean): void {
  const key = keyOf(message, model.network.bot.id)
  const entries = model.entries.get(key) ?? []
  if (ids(entries).has(message.id)) return
  model.entries.set(key, [...entries, { kind: 'message', message }])
  if (!seen) countUnread(model, key, [message])
}

/**
 * Takes `messages` for all that the conversation holds. The page's own notes stay where they were, and
 * what came while the conversation was known counts as unread, unless it is `seen` or mine.
 */
export function replace(
  model: Model,
  key: Key,
  messages: readonly SandboxMessage[],
  seen: boolean,
): void {
  const old = model.entries.get(key)
  const known = ids(old ?? [])
  if (old && !seen) {
    countUnread(
      model,
      key,
      messages.filter(({ id }) => !known.has(id)),
    )
  }
  const notes = new Map<string, Entry[]>()
  let after = ''
  for (const entry of old ?? []) {
    if (entry.kind === 'message') after = entry.message.id
    else notes.set(after, [...(notes.get(after) ?? []), entry])
  }
  const all = messages.flatMap((message): readonly Entry[] => [
    { kind: 'message', message },
    ...(notes.get(message.id) ?? []),
  ])
  model.entries.set(key, [...(notes.get('') ?? []), ...all])
}

function ids(entries: readonly Entry[]): ReadonlySet<string> {
  return new Set(entries.flatMap((entry) => (entry.kind === 'message' ? [entry.message.id] : [])))
}

function countUnread(model: Model, key: Key, messages: readonly SandboxMessage[]): void {
  const count = messages.filter(({ from }) => from !== model.me).length
  if (count > 0) model.unread.set(key, (model.unread.get(key) ?? 0) + count)
}

export function note(model: Model, key: Key, text: string): void {
  model.entries.set(key, [...(model.entries.get(key) ?? []), { kind: 'note', text }])
}

export function roomOf(model: Model, key: Key | undefined) {
  if (!key?.startsWith('room:')) return undefined
  return model.network.rooms.find((room) => room.id === idOf(key))
}

/** The name that a room knows somebody by; their own name elsewhere. */
export function nameOf(model: Model, person: string, room?: string): string {
  const { bot, people, rooms } = model.network
  if (person === bot.id) return bot.name
  const members = rooms.find(({ id }) => id === room)?.members
  const alias = members?.find((member) => member.person === person)?.alias
  return alias || (people.find(({ id }) => id === person)?.name ?? person)
}

/** The direct chat first, then my rooms, then the others, each in the network's order. */
export function conversations(model: Model): readonly Conversation[] {
  const { bot, rooms } = model.network
  const direct = {
    ...about(model, directKey(model.me)),
    title: bot.name,
    direct: true,
    mine: true,
    enabled: true,
  }
  const groups = rooms.map((room) => ({
    ...about(model, roomKey(room.id)),
    title: room.topic,
    direct: false,
    mine: room.members.some(({ person }) => person === model.me),
    enabled: room.enabled,
  }))
  return [direct, ...groups.filter(({ mine }) => mine), ...groups.filter(({ mine }) => !mine)]
}

function about(model: Model, key: Key) {
  const last = model.entries.get(key)?.findLast((entry) => entry.kind === 'message')
  return { key, unread: model.unread.get(key) ?? 0, last: last?.message }
}

/** Whoever speaks now if still there, else the first member of a served room, else anybody. */
export function firstSpeaker({ network, me }: Model): string {
  const { people, rooms, bot } = network
  const members = rooms
    .filter(({ enabled }) => enabled)
    .flatMap((room) => room.members.map(({ person }) => person))
  // Who is in one group alone is a resident rather than staff.
  const residents = members.filter((id) => members.indexOf(id) === members.lastIndexOf(id))
  const order = [me, ...residents, ...members, ...people.map(({ id }) => id)]
  return order.find((id) => id !== bot.id && people.some((person) => person.id === id)) ?? ''
}

export interface MemberChange {
  readonly room: string
  readonly joined: readonly string[]
  readonly left: readonly string[]
}

/** Who came to and left the rooms that are in both states. */
export function memberChanges(before: SandboxState, after: SandboxState): readonly MemberChange[] {
  return after.rooms.flatMap((room) => {
    const old = before.rooms.find(({ id }) => id === room.id)
    if (!old) return []
    const was = new Set(old.members.map(({ person }) => person))
    const is = new Set(room.members.map(({ person }) => person))
    const joined = [...is].filter((person) => !was.has(person))
    const left = [...was].filter((person) => !is.has(person))
    return joined.length + left.length > 0 ? [{ room: room.id, joined, left }] : []
  })
}

/** Those a composer may point at: everybody in the room but me, the bot first. */
export function mentionable(model: Model, key: Key): readonly { id: string; name: string }[] {
  const room = roomOf(model, key)
  if (!room) return []
  const { bot } = model.network
  const ids = room.members.map(({ person }) => person)
  return [bot.id, ...ids.filter((id) => id !== bot.id && id !== model.me)].map((id) => ({
    id,
    name: nameOf(model, id, room.id),
  }))
}
