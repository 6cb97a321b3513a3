import { type filters, type payloads, types } from 'wechaty-puppet'
import { toMillis } from '../../content/time.ts'
import { type Faults, UnknownId } from '../../web/sandbox/port.ts'
import { NO_FAULTS } from './faults.ts'
import { BOT, type StoredMessage } from './state.ts'
import type { SandboxWorld } from './world.ts'

/** What the network hands the bot's account for a message. */
export interface RawMessage {
  /** As a web client gets it: in a room the sender's id, `:` and a line break precede the text. */
  readonly Content: string
  /** The id of the message, or of the recall that took it back. */
  readonly id: string
  readonly text: string
  readonly message: StoredMessage
}

/** What kind of message a file of this media type is. */
export function kindOf(mediaType: string): StoredMessage['kind'] {
  const [kind] = mediaType.split('/')
  return kind === 'image' || kind === 'audio' || kind === 'video' ? kind : 'file'
}

const TYPES: Readonly<Record<StoredMessage['kind'], types.Message>> = {
  text: types.Message.Text,
  image: types.Message.Image,
  audio: types.Message.Audio,
  video: types.Message.Video,
  file: types.Message.Attachment,
  emoticon: types.Message.Emoticon,
  location: types.Message.Location,
  link: types.Message.Url,
  recall: types.Message.Recalled,
  other: types.Message.Unknown,
}

/** What WeChat puts after a name that was picked from the list of members. */
const AT_SEPARATOR = '\u2005'

const QUOTE_RULE = '- - - - - - - - - - - - - - -'

/** The name under which a room shows somebody: the alias there, else the name. */
function shownName(world: SandboxWorld, botName: string, person: string, room?: string): string {
  const alias = room === undefined ? '' : world.alias(room, person)
  return alias || nameOf(world, botName, person)
}

function nameOf(world: SandboxWorld, botName: string, person: string): string {
  return person === BOT ? botName : (world.personName(person) ?? person)
}

/** The text as it reaches the bot's account: mentions written out, a quote flattened into it. */
export function deliveredText(world: SandboxWorld, botName: string, message: StoredMessage) {
  const { from, room, text = '', mentions = [], quote } = message
  if (from === BOT) return text
  const shown = (person: string) => shownName(world, botName, person, room)
  const missing = mentions.map((person) => `@${shown(person)}`).filter((at) => !text.includes(at))
  const words = missing.map((at) => `${at}${AT_SEPARATOR}`).join('') + text
  if (quote === undefined) return words
  const quoted = world.message(quote)
  const content = quoted.text ?? `[${quoted.file?.name ?? quoted.kind}]`
  return `「${shown(quoted.from)}：${content}」\n${QUOTE_RULE}\n${words}`
}

/** @throws UnknownId */
export function rawMessage(world: SandboxWorld, botName: string, id: string): RawMessage {
  const recalled = world.recalledBy(id)
  if (recalled) return { id, text: recalled.id, Content: recalled.id, message: recalled }
  const message = world.message(id)
  if (!message.reachesBot) throw new UnknownId('message', id)
  const text = deliveredText(world, botName, message)
  const incoming = message.room !== undefined && message.from !== BOT
  const Content = incoming ? `${world.platformId(message.from)}:\n${text}` : text
  return { id, text, Content, message }
}

/** A raw message as Wechaty wants it, with the damage that `faults` do on the way. */
export function messagePayload(
  world: SandboxWorld,
  faults: Faults,
  { id, text, message }: RawMessage,
): payloads.Message {
  const { from, room, to, mentions = [], at, file } = message
  const isRecall = id !== message.id
  const cut = faults.truncateAtColonNewline && room !== undefined && from !== BOT && !isRecall
  const base = {
    id,
    talkerId: world.platformId(from),
    timestamp: toMillis(at),
    type: isRecall ? types.Message.Recalled : TYPES[message.kind],
    text: cut ? (text.split(':\n')[0] ?? '') : text,
    ...(file && { filename: file.name }),
  }
  if (room === undefined) return { ...base, listenerId: world.platformId(to ?? BOT) }
  const mentionIdList = faults.textMentionsOnly ? [] : mentions.map((m) => world.platformId(m))
  return { ...base, roomId: world.platformId(room), mentionIdList }
}

/** Whether Wechaty's query, by platform ids, asks for the message. */
function matches(payload: payloads.Message, query: filters.Message): boolean {
  const { text = '' } = payload
  return (
    (query.fromId === undefined || query.fromId === payload.talkerId) &&
    (query.toId === undefined || query.toId === payload.listenerId) &&
    (query.roomId === undefined || query.roomId === payload.roomId) &&
    (query.type === undefined || query.type === payload.type) &&
    (query.text === undefined ||
      (typeof query.text === 'string' ? query.text === text : query.text.test(text)))
  )
}

/** The ids of what the bot's account has seen, oldest first, narrowed down as Wechaty asks. */
export function history(world: SandboxWorld, botName: string, query: filters.Message): string[] {
  const room = query.roomId === undefined ? undefined : world.publicId(query.roomId)
  if (query.roomId !== undefined && room === undefined) return []
  return world
    .messages(room === undefined ? undefined : { room })
    .filter(({ reachesBot }) => reachesBot)
    .map(({ id }) => messagePayload(world, NO_FAULTS, rawMessage(world, botName, id)))
    .filter((payload) => matches(payload, query))
    .map(({ id }) => id)
}

/**
 * A person or the bot. Also a room: Wechaty looks rooms up among the contacts whenever a membership
 * changes, and reports an error when there is none.
 * @throws UnknownId for ids of earlier logins, too
 */
export function contactPayload(
  world: SandboxWorld,
  botName: string,
  platformId: string,
): payloads.Contact {
  const id = world.publicId(platformId)
  if (id === undefined) throw new UnknownId('contact', platformId)
  return {
    id: platformId,
    name: world.room(id)?.topic ?? nameOf(world, botName, id),
    type: types.Contact.Individual,
    gender: types.ContactGender.Unknown,
    avatar: '',
    phone: [],
    friend: true,
  }
}

/** Undefined for somebody who is not in the room. */
export function memberPayload(
  world: SandboxWorld,
  botName: string,
  room: string,
  person: string,
): payloads.RoomMember | undefined {
  if (!world.isMember(room, person)) return undefined
  const roomAlias = world.alias(room, person)
  return {
    id: world.platformId(person),
    name: nameOf(world, botName, person),
    avatar: '',
    ...(roomAlias !== '' && { roomAlias }),
  }
}

/** Also for a room that the bot has been thrown out of: Wechaty asks once more. */
export function roomPayload(world: SandboxWorld, id: string): payloads.Room {
  const room = world.room(id)
  if (!room) throw new UnknownId('room', id)
  return {
    id: world.platformId(id),
    topic: room.topic,
    memberIdList: room.members.map(({ person }) => world.platformId(person)),
    adminIdList: [],
  }
}
