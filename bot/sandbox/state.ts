import { z } from 'zod'
import type { Instant } from '../../content/time.ts'
import { UnknownId } from '../../web/sandbox/port.ts'

/** The id of the bot's account on the public interface. */
export const BOT = 'bot'

const id = z.string().min(1)
const number = z.int().positive()
const instant = z.custom<Instant>(
  (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value),
  'no instant',
)
const kind = z.enum([
  'text',
  'image',
  'audio',
  'video',
  'file',
  'emoticon',
  'location',
  'link',
  'recall',
  'other',
])

const stored = z.strictObject({
  type: z.literal('message'),
  number,
  at: instant,
  from: id,
  room: id.exactOptional(),
  to: id.exactOptional(),
  kind,
  text: z.string().exactOptional(),
  mentions: z.array(id).exactOptional(),
  quote: id.exactOptional(),
  file: z
    .strictObject({ name: z.string(), type: z.string(), size: z.int().nonnegative() })
    .exactOptional(),
})

/** One change of the network, as the journal keeps it. `apply` folds changes into the state. */
const change = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('person'), id, name: z.string() }),
  z.strictObject({
    type: z.literal('room'),
    id,
    topic: z.string(),
    members: z.array(z.tuple([id, z.string()])),
  }),
  /** Also a new alias for somebody who is in the room already. */
  z.strictObject({ type: z.literal('join'), room: id, person: id, alias: z.string() }),
  z.strictObject({ type: z.literal('leave'), room: id, person: id }),
  z.strictObject({ type: z.literal('topic'), room: id, topic: z.string() }),
  z.strictObject({ type: z.literal('announcement'), room: id, text: z.string() }),
  stored,
  z.strictObject({ type: z.literal('recall'), number, message: id }),
  z.strictObject({ type: z.literal('epoch'), epoch: number }),
  z.strictObject({ type: z.literal('online'), online: z.boolean() }),
  /** The bot's program is done with all that was posted so far. */
  z.strictObject({ type: z.literal('handled') }),
  /** The bot's account went offline without a goodbye: what its program was not done with, it has not seen. */
  z.strictObject({ type: z.literal('crash') }),
  z.strictObject({ type: z.literal('clock'), now: instant }),
])

export type Change = z.infer<typeof change>

/** @throws Error that says what is wrong with the record */
export function toChange(record: unknown): Change {
  const read = change.safeParse(record)
  if (!read.success) throw new Error(z.prettifyError(read.error), { cause: read.error })
  return read.data
}

export interface StoredRoom {
  readonly id: string
  topic: string
  announcement: string
  /** Alias by person; the empty text where there is none. */
  readonly members: Map<string, string>
}

export interface StoredMessage extends Omit<z.infer<typeof stored>, 'type'> {
  readonly id: string
  /** Whether the bot's account could see it when it was posted. */
  readonly reachesBot: boolean
  /** The number of the recall, once it is recalled. */
  recalled?: number
}

/** Everything the network knows. Messages and recalls are numbered in one row. */
export interface State {
  readonly people: Map<string, string>
  readonly rooms: Map<string, StoredRoom>
  readonly messages: Map<string, StoredMessage>
  /** Messages by their conversation: a room, or the person at the other end of a direct chat. */
  readonly conversations: Map<string, StoredMessage[]>
  /** The id of the recalled message by the id of its recall. */
  readonly recalls: Map<string, string>
  lastNumber: number
  /** The last number that the bot's program was done with. */
  handled: number
  epoch: number
  /** While the bot is away, the last number it could have seen; undefined while it is online. */
  seen: number | undefined
  /** The latest moment that the network's clock is known to have shown. */
  reading: Instant | undefined
}

export function emptyState(): State {
  return {
    people: new Map(),
    rooms: new Map(),
    messages: new Map(),
    conversations: new Map(),
    recalls: new Map(),
    lastNumber: 0,
    handled: 0,
    epoch: 1,
    seen: 0,
    reading: undefined,
  }
}

export function messageId(number: number): string {
  return `m${number}`
}

/** @throws UnknownId */
export function known<T>(found: T | undefined, what: string, id: string): T {
  if (found === undefined) throw new UnknownId(what, id)
  return found
}

/** Changes `state`. @throws UnknownId when the change speaks of what is not there */
export function apply(state: State, change: Change): void {
  const room = (id: string) => known(state.rooms.get(id), 'room', id)
  switch (change.type) {
    case 'person':
      state.people.set(change.id, change.name)
      break
    case 'room': {
      const { id, topic, members } = change
      state.rooms.set(id, { id, topic, announcement: '', members: new Map(members) })
      break
    }
    case 'join':
      room(change.room).members.set(change.person, change.alias)
      break
    case 'leave':
      room(change.room).members.delete(change.person)
      break
    case 'topic':
      room(change.room).topic = change.topic
      break
    case 'announcement':
      room(change.room).announcement = change.text
      break
    case 'message':
      addMessage(state, change)
      break
    case 'recall':
      known(state.messages.get(change.message), 'message', change.message).recalled = change.number
      state.recalls.set(messageId(change.number), change.message)
      state.lastNumber = change.number
      break
    case 'epoch':
      state.epoch = change.epoch
      break
    case 'online':
      state.seen = change.online ? undefined : (state.seen ?? state.lastNumber)
      break
    case 'handled':
      state.handled = state.lastNumber
      break
    case 'crash':
      state.seen ??= state.handled
      break
    case 'clock':
      noteReading(state, change.now)
      break
  }
}

function addMessage(state: State, { type: _, ...change }: Extract<Change, { type: 'message' }>) {
  const { room, from, to } = change
  const inRoom = room === undefined ? undefined : known(state.rooms.get(room), 'room', room)
  const message = {
    ...change,
    id: messageId(change.number),
    reachesBot: inRoom?.members.has(BOT) ?? true,
  }
  const conversation = room ?? (from === BOT ? (to ?? BOT) : from)
  const others = state.conversations.get(conversation)
  if (others) others.push(message)
  else state.conversations.set(conversation, [message])
  state.messages.set(message.id, message)
  state.lastNumber = change.number
  noteReading(state, change.at)
}

function noteReading(state: State, now: Instant): void {
  if (state.reading === undefined || now > state.reading) state.reading = now
}
