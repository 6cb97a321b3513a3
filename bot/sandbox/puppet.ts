import { randomUUID } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import { FileBox, type FileBoxInterface } from 'file-box'
import { type filters, type payloads, types } from 'wechaty-puppet'
import { toMillis } from '../../content/time.ts'
import { UnknownId } from '../../web/sandbox/port.ts'
import type { FaultBox } from './faults.ts'
import { DirectoryPuppet } from './puppet-directory.ts'
import { history, kindOf, messagePayload, type RawMessage, rawMessage } from './puppet-payloads.ts'
import type { NewPost } from './rules.ts'
import { BOT, type StoredMessage } from './state.ts'
import type { SandboxWorld, WorldEvent } from './world.ts'

export interface SandboxPuppetOptions {
  /** The name of the bot's account. */
  readonly name: string
  readonly faults: FaultBox
  /** What becomes of messages that were posted while the account was logged out. */
  readonly offline: 'replay' | 'lose'
}

/** The events that this puppet emits with something in them; the base class takes anything. */
interface Emitted {
  readonly dirty: payloads.EventDirty
  readonly dong: payloads.EventDong
  readonly heartbeat: payloads.EventHeartbeat
  readonly message: payloads.EventMessage
  readonly ready: payloads.EventReady
  readonly 'room-join': payloads.EventRoomJoin
  readonly 'room-leave': payloads.EventRoomLeave
  readonly 'room-topic': payloads.EventRoomTopic
}

/** Well within the minute after which Wechaty takes a silent puppet for dead. */
const HEARTBEAT_MS = 15_000

/** The bot's account on the simulated network, as Wechaty sees it. Platform ids in and out. */
export class SandboxPuppet extends DirectoryPuppet {
  readonly #options: SandboxPuppetOptions
  #unsubscribe: (() => void) | undefined
  #heart: NodeJS.Timeout | undefined
  #start: NodeJS.Immediate | undefined
  /** What happened and is still to be told, in order. */
  readonly #queue: (() => void)[] = []
  #ready = false
  #draining: Promise<void> | undefined

  constructor(world: SandboxWorld, options: SandboxPuppetOptions) {
    super(world, options.name)
    this.#options = options
  }

  override name(): string {
    return 'sandbox'
  }

  override async onStart(): Promise<void> {
    this.#unsubscribe = this.world.subscribe((event) => this.#hear(event))
    const beat = () => this.#tell('heartbeat', { data: 'sandbox' })
    this.#heart = setInterval(beat, HEARTBEAT_MS)
    this.#heart.unref()
    // Wechaty has to see the puppet started before it can take a login.
    this.#start = setImmediate(() => {
      beat()
      this.wrapAsync(this.#comeOnline())
    })
  }

  override async onStop(): Promise<void> {
    clearImmediate(this.#start)
    clearInterval(this.#heart)
    this.#unsubscribe?.()
    this.#queue.length = 0
    this.#ready = false
    this.world.goOffline()
  }

  override async logout(reason?: string): Promise<void> {
    await this.delivered()
    this.#ready = false
    this.world.goOffline()
    await super.logout(reason)
  }

  /** The account logs out and in again, with new platform ids if asked; resolves when it is ready. */
  async relogin(newIds: boolean): Promise<void> {
    await this.logout('relogin')
    if (newIds) this.world.newEpoch()
    this.cache.clear()
    await this.#comeOnline()
    await this.delivered()
  }

  /** Resolves when Wechaty has been told of everything that happened so far. */
  async delivered(): Promise<void> {
    await this.#draining
  }

  async #comeOnline(): Promise<void> {
    const missed = this.world.goOnline()
    if (this.#options.offline === 'replay') for (const id of missed) this.#tellMessage(id)
    this.login(this.world.platformId(BOT))
    // Wechaty looks the account up before it passes the login on; ready must not overtake it.
    await turn()
    if (!this.world.online) return
    this.#ready = true
    this.#tell('ready', { data: 'sandbox' })
    this.#draining ??= this.#drain()
  }

  /**
   * One event a turn: Wechaty reads payloads before it passes an event on, and a message whose room it
   * has read already would overtake one whose room it has not.
   */
  async #drain(): Promise<void> {
    for (;;) {
      await turn()
      const next = this.#queue.shift()
      if (!next) break
      try {
        next()
      } catch (error) {
        this.emit('error', error)
      }
    }
    this.#draining = undefined
  }

  #enqueue(event: () => void): void {
    this.#queue.push(event)
    if (this.#ready) this.#draining ??= this.#drain()
  }

  #tell<Name extends keyof Emitted>(name: Name, payload: Emitted[Name]): void {
    this.emit(name, payload)
  }

  #tellMessage(id: string): void {
    const { faults } = this.#options
    const twice = faults.chance(faults.now.duplicateEvents)
    for (const messageId of twice ? [id, id] : [id]) {
      this.#enqueue(() => this.#tell('message', { messageId }))
    }
  }

  #hear(event: WorldEvent): void {
    if (!this.world.online) return
    switch (event.type) {
      case 'message':
        if (this.#canSee(event.message)) this.#tellMessage(event.message.id)
        break
      case 'recall':
        if (this.#canSee(this.world.message(event.message))) this.#tellMessage(event.recall)
        break
      case 'members':
        this.#hearMembers(event)
        break
      case 'topic':
        this.#hearTopic(event)
        break
      case 'clock':
        break
    }
  }

  #canSee({ room, reachesBot }: StoredMessage): boolean {
    return reachesBot && (room === undefined || this.world.isMember(room, BOT))
  }

  #hearMembers({ room, joined, left, by }: Extract<WorldEvent, { type: 'members' }>): void {
    if (!this.world.isMember(room, BOT) && !left.includes(BOT)) return
    this.#makeDirty(room)
    const roomId = this.world.platformId(room)
    const ids = (people: readonly string[]) => people.map((id) => this.world.platformId(id))
    const actor = this.world.platformId(by)
    const timestamp = toMillis(this.world.now())
    if (joined.length > 0) {
      const payload = { roomId, inviteeIdList: ids(joined), inviterId: actor, timestamp }
      this.#enqueue(() => this.#tell('room-join', payload))
    }
    if (left.length > 0) {
      const payload = { roomId, removeeIdList: ids(left), removerId: actor, timestamp }
      this.#enqueue(() => this.#tell('room-leave', payload))
    }
  }

  #hearTopic({ room, topic, before, by }: Extract<WorldEvent, { type: 'topic' }>): void {
    if (!this.world.isMember(room, BOT)) return
    this.#makeDirty(room)
    const payload = {
      roomId: this.world.platformId(room),
      changerId: this.world.platformId(by),
      newTopic: topic,
      oldTopic: before,
      timestamp: toMillis(this.world.now()),
    }
    this.#enqueue(() => this.#tell('room-topic', payload))
  }

  /** Wechaty keeps what it has read of a room until told otherwise. */
  #makeDirty(room: string): void {
    const payloadId = this.world.platformId(room)
    this.#tell('dirty', { payloadType: types.Dirty.Room, payloadId })
    this.#tell('dirty', { payloadType: types.Dirty.RoomMember, payloadId })
  }

  override ding(data?: string): void {
    this.#tell('dong', data === undefined ? {} : { data })
  }

  override async messageRawPayload(messageId: string): Promise<RawMessage> {
    return rawMessage(this.world, this.account, messageId)
  }

  override async messageRawPayloadParser(raw: RawMessage): Promise<payloads.Message> {
    return messagePayload(this.world, this.#options.faults.now, raw)
  }

  override async messageFile(messageId: string): Promise<FileBoxInterface> {
    const file = this.world.file(messageId)
    if (!file) throw new UnknownId('file', messageId)
    return FileBox.fromBuffer(Buffer.from(file.bytes), file.name)
  }

  override async messageImage(messageId: string): Promise<FileBoxInterface> {
    return await this.messageFile(messageId)
  }

  /** The whole history that the account has seen, not just what is cached. */
  override messageList(): string[] {
    return history(this.world, this.account, {})
  }

  override async messageSearch(query?: filters.Message): Promise<string[]> {
    if (query?.id !== undefined) return await super.messageSearch(query)
    return history(this.world, this.account, query ?? {})
  }

  override async messageSendText(
    conversationId: string,
    text: string,
    mentionIdList: string[] = [],
  ): Promise<string | undefined> {
    const place = this.place(conversationId)
    const mentions = mentionIdList.map((id) => this.publicId(id))
    return this.#post({ ...place, kind: 'text', text, mentions })
  }

  override async messageSendFile(
    conversationId: string,
    file: FileBoxInterface,
  ): Promise<string | undefined> {
    const { name, mediaType: type } = file
    // The box may hold a stream that can be read only once.
    const bytes = await file.toBuffer()
    const place = this.place(conversationId)
    return this.#post({ ...place, kind: kindOf(type), file: { name, type, bytes } })
  }

  override async messageForward(
    conversationId: string,
    messageId: string,
  ): Promise<string | undefined> {
    const { kind, text } = this.world.message(messageId)
    const file = this.world.file(messageId)
    const place = this.place(conversationId)
    return this.#post({ ...place, kind, ...(text && { text }), ...(file && { file }) })
  }

  /** False for what is not the bot's own to take back. */
  override async messageRecall(messageId: string): Promise<boolean> {
    const { from, recalled } = this.world.message(messageId)
    if (from !== BOT || recalled !== undefined) return false
    this.world.recall(messageId)
    return true
  }

  override async roomAnnounce(roomId: string): Promise<string>
  override async roomAnnounce(roomId: string, text: string): Promise<void>
  override async roomAnnounce(roomId: string, text?: string): Promise<unknown> {
    const id = this.publicId(roomId)
    if (text === undefined) return this.world.room(id)?.announcement ?? ''
    return this.#send(() => this.world.announce(id, text, BOT))
  }

  #post(message: Omit<NewPost, 'from'>): string | undefined {
    return this.#send(() => this.world.post({ from: BOT, ...message }))
  }

  /** Sends, unless a fault strikes; gives the id of the message where the network gives one. */
  #send(post: () => StoredMessage): string | undefined {
    if (!this.world.online) throw new Error('the account is logged out')
    const { faults } = this.#options
    if (faults.chance(faults.now.throwOnSend)) throw new Error('the network failed')
    const lost = faults.chance(faults.now.dropSends)
    const id = lost ? `lost-${randomUUID()}` : post().id
    return faults.now.loseMessageIds ? undefined : id
  }
}
