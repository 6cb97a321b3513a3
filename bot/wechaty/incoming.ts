import type { Puppet } from 'wechaty-puppet'
import type { Message } from 'wechaty-puppet/payloads'
import { Contact as ContactType, Message as MessageType } from 'wechaty-puppet/types'
import { fromMillis, type Instant } from '../../content/time.ts'
import type { Clock, Incoming, Member, MessageKind, RoomView } from '../../handlers/core/ports.ts'
import { splitQuote } from '../../handlers/core/text/address.ts'
import type { Login } from './login.ts'
import { readMentions } from './mentions.ts'
import { readMember } from './rooms.ts'

const KINDS: Readonly<Record<MessageType, MessageKind>> = {
  [MessageType.Unknown]: 'other',
  [MessageType.Attachment]: 'file',
  [MessageType.Audio]: 'audio',
  [MessageType.Contact]: 'other',
  [MessageType.ChatHistory]: 'other',
  [MessageType.Emoticon]: 'emoticon',
  [MessageType.Image]: 'image',
  [MessageType.Text]: 'text',
  [MessageType.Location]: 'location',
  [MessageType.MiniProgram]: 'link',
  [MessageType.GroupNote]: 'other',
  [MessageType.Transfer]: 'other',
  [MessageType.RedEnvelope]: 'other',
  [MessageType.Recalled]: 'recall',
  [MessageType.Url]: 'link',
  [MessageType.Video]: 'video',
  [MessageType.Post]: 'other',
}

/** Accounts of the network itself; whoever answers them answers a machine. */
const SYSTEM = new Set(['weixin', 'filehelper', 'fmessage', 'newsapp', 'notifymessage', 'qqmail'])

function isSystem(id: string): boolean {
  return SYSTEM.has(id) || id.startsWith('gh_')
}

/** Some puppets count seconds, some milliseconds; no message is older than March 1973. */
export function sentAt(timestamp: number, now: Instant): Instant {
  if (!Number.isFinite(timestamp) || timestamp <= 0) return now
  return fromMillis(timestamp < 1e11 ? timestamp * 1000 : timestamp)
}

/**
 * The words of a room's text, where the puppet's parser cut them off after the first `:\n`.
 * @param content the raw text, perhaps with the sender before it, as `@id:\n` or `name:\n`
 */
export function repairText(delivered: string, content: string): string {
  const colon = content.indexOf(':\n')
  const body = colon < 0 ? content : content.slice(colon + 2)
  const headed = body.startsWith(delivered)
  if (headed && (content.startsWith('@') || !content.startsWith(delivered))) return body
  return content.startsWith(delivered) ? content : delivered
}

async function wholeText(puppet: Puppet, { id, text = '' }: Message): Promise<string> {
  const raw: unknown = await puppet.messageRawPayload(id)
  const content =
    typeof raw === 'object' && raw !== null && 'Content' in raw ? raw.Content : undefined
  return typeof content === 'string' ? repairText(text, content) : text
}

async function directSender(puppet: Puppet, id: string): Promise<Member | undefined> {
  const { name, type } = await puppet.contactPayload(id)
  return type === ContactType.Official ? undefined : { platformId: id, name }
}

export interface ReadContext {
  readonly login: Login
  readonly botNames: readonly string[]
  readonly clock: Clock
  /** The puppet's raw payload holds the words that its parser cuts off. */
  readonly rawText: boolean
  /** The room as it is known, read if need be. */
  room(id: string, speaker: string): Promise<RoomView>
}

/** All that the bot is called in a room. */
function namesIn({ login, botNames }: ReadContext, room: RoomView | undefined): readonly string[] {
  const self = room?.members.find((each) => each.platformId === login.self.platformId)
  return [...botNames, login.self.name, ...(self?.alias ? [self.alias] : [])]
}

/**
 * A message in the project's terms; undefined for what the bot said itself and for what no person said.
 * @throws what the puppet throws for a person or a room it does not know
 */
export async function readIncoming(
  context: ReadContext,
  message: Message,
): Promise<Incoming | undefined> {
  const { login } = context
  const { puppet, self, session } = login
  const { talkerId, roomId } = message
  if (!talkerId || talkerId === self.platformId || isSystem(talkerId)) return undefined

  const room = roomId ? await context.room(roomId, talkerId) : undefined
  const sender = roomId
    ? await readMember(puppet, roomId, talkerId)
    : await directSender(puppet, talkerId)
  if (sender === undefined) return undefined

  const kind = KINDS[message.type] ?? 'other'
  const isText = kind === 'text'
  const cut = isText && roomId && context.rawText
  const text = cut ? await wholeText(puppet, message) : (message.text ?? '')
  const { quote, reply } = splitQuote(isText ? text : '')
  const names = namesIn(context, room)
  const ids = 'mentionIdList' in message ? message.mentionIdList : undefined
  return {
    session,
    messageId: message.id,
    ...(room && { room: { platformId: room.platformId, topic: room.topic } }),
    sender,
    kind,
    text: reply,
    ...(quote && { quote: { text: quote.text, ofSelf: names.includes(quote.name.trim()) } }),
    mentions: room
      ? readMentions(reply, ids ?? [], {
          selfId: self.platformId,
          senderId: talkerId,
          names,
          memberIds: login.rooms.memberIds(room.platformId),
        })
      : { self: false, all: false, others: false },
    at: sentAt(message.timestamp, context.clock.now()),
    ...(kind === 'recall' && message.text ? { recalls: message.text } : {}),
  }
}
