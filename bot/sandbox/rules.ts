import { NotAllowed, type SandboxMessage, UnknownId } from '../../web/sandbox/port.ts'
import { BOT, known, messageId, type State, type StoredMessage, type StoredRoom } from './state.ts'

/** A message to be posted. Exactly one of `room` and `to`; `to` is the bot or, from the bot, a person. */
export interface NewPost {
  readonly from: string
  readonly room?: string
  readonly to?: string
  readonly kind: StoredMessage['kind']
  readonly text?: string
  readonly mentions?: readonly string[]
  readonly quote?: string
  readonly file?: { readonly name: string; readonly type: string; readonly bytes: Uint8Array }
}

/** A room, or the direct chat between the bot and a person. */
export type Conversation = { readonly room: string } | { readonly person: string }

export interface RoomState {
  readonly id: string
  readonly topic: string
  readonly announcement: string
  /** The bot among them while it is in; `alias` is the empty text where there is none. */
  readonly members: readonly { readonly person: string; readonly alias: string }[]
}

export function roomState({ id, topic, announcement, members }: StoredRoom): RoomState {
  const listed = [...members].map(([person, alias]) => ({ person, alias }))
  return { id, topic, announcement, members: listed }
}

/** @throws UnknownId */
export function checkPerson(state: State, id: string): void {
  if (id !== BOT && !state.people.has(id)) throw new UnknownId('person', id)
}

/** @throws UnknownId */
export function conversation(state: State, where: Conversation): readonly StoredMessage[] {
  if ('room' in where) known(state.rooms.get(where.room), 'room', where.room)
  else known(state.people.get(where.person), 'person', where.person)
  return state.conversations.get('room' in where ? where.room : where.person) ?? []
}

/** @throws UnknownId @throws NotAllowed when the sender may not speak there or says nothing */
export function checkPost(state: State, post: NewPost): void {
  const { from, kind, text, mentions = [], quote } = post
  const where = placeOf(post)
  checkPerson(state, from)
  const here = conversation(state, where)
  if ('room' in where && !state.rooms.get(where.room)?.members.has(from)) {
    throw new NotAllowed(`${from} is not in ${where.room}`)
  }
  for (const person of mentions) checkPerson(state, person)
  if (kind === 'text' && !text) throw new NotAllowed('a text message needs words')
  if (quote === undefined) return
  if (!here.includes(known(state.messages.get(quote), 'message', quote))) {
    throw new NotAllowed('a quote stays in its conversation')
  }
}

function placeOf({ from, room, to }: NewPost): Conversation {
  if (room !== undefined && to === undefined) return { room }
  if (to === undefined || room !== undefined) throw new NotAllowed('exactly one of room and to')
  if ((from === BOT) === (to === BOT)) throw new NotAllowed(`${from} cannot write to ${to}`)
  return { person: from === BOT ? to : from }
}

/** Who acts for a room: its first member other than `person`, the bot last; else `person`. */
export function hostOf(room: StoredRoom, person: string): string {
  const others = [...room.members.keys()].filter((member) => member !== person)
  return others.find((member) => member !== BOT) ?? others[0] ?? person
}

/** Ids, in order, of the messages and recalls that the bot's account has missed while away. */
export function missedSince({ seen, messages }: State): readonly string[] {
  if (seen === undefined) return []
  const missed: number[] = []
  for (const { number, recalled, from, reachesBot } of messages.values()) {
    if (!reachesBot || from === BOT) continue
    if (number > seen && recalled === undefined) missed.push(number)
    if (number <= seen && recalled !== undefined && recalled > seen) missed.push(recalled)
  }
  return missed.sort((a, b) => a - b).map(messageId)
}

/** A message as the public interface shows it; of a recalled one only that it was there. */
export function publicMessage(message: StoredMessage): SandboxMessage {
  const { id, at, from, room, to, kind, text, mentions, quote, file, recalled } = message
  const place = { ...(room !== undefined && { room }), ...(to !== undefined && { to }) }
  if (recalled !== undefined) return { id, at, from, ...place, kind: 'recall' }
  return {
    id,
    at,
    from,
    ...place,
    kind,
    ...(text !== undefined && { text }),
    ...(mentions && { mentions }),
    ...(quote !== undefined && { quote }),
    ...(file && { file: { ...file, url: `/sandbox/api/files/${id}` } }),
  }
}
