import { FileBox } from 'file-box'
import type { Message } from 'wechaty-puppet/payloads'
import type { Capabilities, Chat, Clock, RoomView, Target } from '../../handlers/core/ports.ts'
import { sentAt } from './incoming.ts'
import type { Login } from './login.ts'
import { mapLimit } from './queue.ts'

/** Thrown for what needs the network while the account is not on it. */
export class NotOnline extends Error {
  override readonly name = 'NotOnline'
  constructor() {
    super('the chat account is not logged in')
  }
}

/** Networks tell a picture from other files by the ending of its name. */
const PICTURE_NAME = 'picture.jpg'

/** Message payloads read at a time. */
const LOOKUPS = 16

export interface ChatDeps {
  readonly capabilities: Capabilities
  readonly clock: Clock
  /** The login that is ready, if any. */
  login(): Login | undefined
  /** Reads a room afresh. */
  read(login: Login, room: string): Promise<RoomView | undefined>
  readAll(login: Login): Promise<readonly RoomView[]>
}

function goesTo(target: Target, message: Message): boolean {
  if (target.room !== undefined) return message.roomId === target.room
  return !message.roomId && message.listenerId === target.person
}

/** The `Chat` port over whichever login is the present one. */
export function createChat({ capabilities, clock, login, read, readAll }: ChatDeps): Chat {
  function present(): Login {
    const now = login()
    if (now === undefined) throw new NotOnline()
    return now
  }

  async function find(target: Target) {
    const { bot } = present()
    const to =
      target.room !== undefined
        ? await bot.Room.find({ id: target.room })
        : await bot.Contact.find({ id: target.person })
    if (to === undefined) throw new Error('the network does not know whom to send to')
    return to
  }

  return {
    capabilities,
    get online() {
      return login() !== undefined
    },
    async send(target, text) {
      const said = await (await find(target)).say(text)
      return said ? { id: said.id } : {}
    },
    async sendFile(target, { data, name = PICTURE_NAME }) {
      if (!capabilities.file) throw new Error('this network takes no files')
      const said = await (await find(target)).say(FileBox.fromBuffer(Buffer.from(data), name))
      return said ? { id: said.id } : {}
    },
    async sentSince(target, since) {
      if (!capabilities.history) throw new Error('this network keeps no history')
      const { puppet, self } = present()
      // Wechaty's Message.findAll would answer an error with an empty list.
      const ids = await puppet.messageSearch(
        target.room !== undefined ? { roomId: target.room } : { toId: target.person },
      )
      const found = await mapLimit(ids, LOOKUPS, (id) => puppet.messagePayload(id))
      return found
        .filter((each) => each.talkerId === self.platformId && goesTo(target, each))
        .map((each) => ({ text: each.text ?? '', at: sentAt(each.timestamp, clock.now()) }))
        .filter(({ at }) => at >= since)
        .map(({ text }) => text)
    },
    async recall(messageId) {
      if (!capabilities.recall) throw new Error('this network takes nothing back')
      return present().puppet.messageRecall(messageId)
    },
    async rooms() {
      return readAll(present())
    },
    async room(platformId) {
      return read(present(), platformId)
    },
  }
}
