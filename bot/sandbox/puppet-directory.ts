import type { payloads } from 'wechaty-puppet'
import { UnknownId } from '../../web/sandbox/port.ts'
import { contactPayload, memberPayload, roomPayload } from './puppet-payloads.ts'
import { PartialPuppet } from './puppet-unsupported.ts'
import type { NewPost } from './rules.ts'
import { BOT } from './state.ts'
import type { SandboxWorld } from './world.ts'

/** The part of the sandbox's puppet that knows people and rooms. */
export abstract class DirectoryPuppet extends PartialPuppet {
  protected readonly world: SandboxWorld
  /** The name of the bot's account. */
  protected readonly account: string

  // The world is no puppet option: the base class writes those out as JSON.
  constructor(world: SandboxWorld, account: string) {
    super()
    this.world = world
    this.account = account
  }

  override async contactList(): Promise<string[]> {
    return this.world.people().map(({ id }) => this.world.platformId(id))
  }

  override async contactRawPayload(contactId: string): Promise<payloads.Contact> {
    return contactPayload(this.world, this.account, contactId)
  }

  override async contactRawPayloadParser(raw: payloads.Contact): Promise<payloads.Contact> {
    return raw
  }

  override async roomList(): Promise<string[]> {
    const rooms = this.world.rooms().filter(({ id }) => this.world.isMember(id, BOT))
    return rooms.map(({ id }) => this.world.platformId(id))
  }

  override async roomRawPayload(roomId: string): Promise<payloads.Room> {
    return roomPayload(this.world, this.publicId(roomId))
  }

  override async roomRawPayloadParser(raw: payloads.Room): Promise<payloads.Room> {
    return raw
  }

  override async roomMemberList(roomId: string): Promise<string[]> {
    return roomPayload(this.world, this.publicId(roomId)).memberIdList
  }

  override async roomMemberRawPayload(
    roomId: string,
    contactId: string,
  ): Promise<payloads.RoomMember | undefined> {
    const [room, person] = [this.publicId(roomId), this.publicId(contactId)]
    return memberPayload(this.world, this.account, room, person)
  }

  override async roomMemberRawPayloadParser(
    raw: payloads.RoomMember,
  ): Promise<payloads.RoomMember> {
    return raw
  }

  override async roomCreate(contactIdList: string[], topic = '群聊'): Promise<string> {
    const members = contactIdList.map((id) => ({ person: this.publicId(id) }))
    return this.world.platformId(this.world.addRoom(topic, members).id)
  }

  override async roomAdd(roomId: string, contactId: string | string[]): Promise<void> {
    for (const id of [contactId].flat()) {
      this.world.addMember(this.publicId(roomId), this.publicId(id), { by: BOT })
    }
  }

  override async roomDel(roomId: string, contactId: string | string[]): Promise<void> {
    for (const id of [contactId].flat()) {
      this.world.removeMember(this.publicId(roomId), this.publicId(id), { by: BOT })
    }
  }

  override async roomQuit(roomId: string): Promise<void> {
    this.world.removeMember(this.publicId(roomId), BOT, { by: BOT })
  }

  override async roomTopic(roomId: string): Promise<string>
  override async roomTopic(roomId: string, topic: string): Promise<void>
  override async roomTopic(roomId: string, topic?: string): Promise<unknown> {
    const id = this.publicId(roomId)
    if (topic === undefined) return roomPayload(this.world, id).topic
    return this.world.setTopic(id, topic, BOT)
  }

  /** @throws UnknownId also for an id of earlier logins */
  protected publicId(platformId: string): string {
    const id = this.world.publicId(platformId)
    if (id === undefined) throw new UnknownId('platform id', platformId)
    return id
  }

  protected place(conversationId: string): Pick<NewPost, 'room' | 'to'> {
    const id = this.publicId(conversationId)
    return this.world.room(id) ? { room: id } : { to: id }
  }
}
