import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Instant } from '../../content/time.ts'
import { NotAllowed } from '../../web/sandbox/port.ts'
import { type FileStore, filesIn, filesInMemory } from './files.ts'
import { type Journal, openJournal } from './journal.ts'
import {
  type Conversation,
  checkPerson,
  checkPost,
  conversation,
  hostOf,
  missedSince,
  type NewPost,
  type RoomState,
  roomState,
} from './rules.ts'
import {
  apply,
  BOT,
  type Change,
  emptyState,
  known,
  messageId,
  type State,
  type StoredMessage,
  type StoredRoom,
  toChange,
} from './state.ts'

/** What subscribers hear, after the change is recorded. */
export type WorldEvent =
  | { readonly type: 'message'; readonly message: StoredMessage }
  /** `recall` is the id under which the bot's account hears of it. */
  | { readonly type: 'recall'; readonly message: string; readonly recall: string }
  | {
      readonly type: 'members'
      readonly room: string
      readonly joined: readonly string[]
      readonly left: readonly string[]
      /** Who invited or removed them; themselves when they left. */
      readonly by: string
    }
  | {
      readonly type: 'topic'
      readonly room: string
      readonly topic: string
      readonly before: string
      readonly by: string
    }
  | { readonly type: 'clock'; readonly now: Instant }

interface Storage {
  readonly state: State
  readonly files: FileStore
  readonly journal?: Journal
  readonly now: () => Instant
}

/**
 * The simulated chat network: plain state that outlives the bot's process. Every call that changes
 * something has written it down before it returns. Ids are those of the public interface.
 */
export class SandboxWorld implements Disposable {
  readonly #state: State
  readonly #files: FileStore
  readonly #journal: Journal | undefined
  readonly #now: () => Instant
  readonly #listeners = new Set<(event: WorldEvent) => void>()

  /** Use `openWorld`. */
  constructor({ state, files, journal, now }: Storage) {
    this.#state = state
    this.#files = files
    this.#journal = journal
    this.#now = now
    // A process that died while online never said goodbye.
    if (this.online) this.#record({ type: 'crash' })
  }

  close(): void {
    this.#listeners.clear()
    this.#journal?.close()
  }

  [Symbol.dispose](): void {
    this.close()
  }

  /** Calls `listener` for each event until the returned function is called. */
  subscribe(listener: (event: WorldEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** The network's present time. */
  now(): Instant {
    return this.#now()
  }

  /** Everybody but the bot. */
  people(): readonly { readonly id: string; readonly name: string }[] {
    return [...this.#state.people].map(([id, name]) => ({ id, name }))
  }

  /** Undefined for the bot, whose name is its own affair, and for an unknown id. */
  personName(id: string): string | undefined {
    return this.#state.people.get(id)
  }

  rooms(): readonly RoomState[] {
    return [...this.#state.rooms.values()].map(roomState)
  }

  room(id: string): RoomState | undefined {
    const room = this.#state.rooms.get(id)
    return room && roomState(room)
  }

  /** Whether `person` is in `room`; false when there is no such room. */
  isMember(room: string, person: string): boolean {
    return this.#state.rooms.get(room)?.members.has(person) ?? false
  }

  /** The empty text where there is none. */
  alias(room: string, person: string): string {
    return this.#state.rooms.get(room)?.members.get(person) ?? ''
  }

  /** @throws NotAllowed when the name is empty */
  addPerson(name: string): { id: string } {
    if (name.trim() === '') throw new NotAllowed('a person needs a name')
    const id = `p${this.#state.people.size + 1}`
    this.#record({ type: 'person', id, name })
    return { id }
  }

  /** Makes a room with the bot in it. @throws UnknownId @throws NotAllowed when the topic is empty */
  addRoom(
    topic: string,
    members: readonly { readonly person: string; readonly alias?: string }[],
  ): { id: string } {
    if (topic.trim() === '') throw new NotAllowed('a room needs a topic')
    const aliases = new Map(members.map(({ person, alias = '' }) => [person, alias]))
    for (const person of aliases.keys()) checkPerson(this.#state, person)
    if (!aliases.has(BOT)) aliases.set(BOT, '')
    const id = `r${this.#state.rooms.size + 1}`
    this.#record({ type: 'room', id, topic, members: [...aliases] })
    this.#tell({
      type: 'members',
      room: id,
      joined: [BOT],
      left: [],
      by: hostOf(this.#room(id), BOT),
    })
    return { id }
  }

  /**
   * Lets somebody in, invited by `by` (else by the room's first member). For somebody who is in
   * already, changes the alias where one is given.
   * @throws UnknownId
   */
  addMember(id: string, person: string, { alias, by }: { alias?: string; by?: string } = {}): void {
    const room = this.#room(id)
    checkPerson(this.#state, person)
    const isNew = !room.members.has(person)
    const wanted = alias ?? room.members.get(person) ?? ''
    if (!isNew && wanted === room.members.get(person)) return
    const inviter = by ?? hostOf(room, person)
    this.#record({ type: 'join', room: id, person, alias: wanted })
    const joined = isNew ? [person] : []
    this.#tell({ type: 'members', room: id, joined, left: [], by: inviter })
  }

  /**
   * Takes somebody out. Unless `by` says otherwise, people leave and the bot is thrown out.
   * @throws UnknownId for somebody who is not in the room, too
   */
  removeMember(id: string, person: string, { by }: { by?: string } = {}): void {
    known(this.#room(id).members.get(person), 'member', person)
    const remover = by ?? (person === BOT ? hostOf(this.#room(id), BOT) : person)
    this.#record({ type: 'leave', room: id, person })
    this.#tell({ type: 'members', room: id, joined: [], left: [person], by: remover })
  }

  /** @throws UnknownId @throws NotAllowed when the topic is empty or `by` is not in the room */
  setTopic(id: string, topic: string, by: string): void {
    const { topic: before, members } = this.#room(id)
    if (!members.has(by)) throw new NotAllowed(`${by} is not in ${id}`)
    if (topic.trim() === '') throw new NotAllowed('a room needs a topic')
    if (topic === before) return
    this.#record({ type: 'topic', room: id, topic })
    this.#tell({ type: 'topic', room: id, topic, before, by })
  }

  /** Sets the room's announcement and posts it, as the network does. @throws like `post` */
  announce(id: string, text: string, by: string): StoredMessage {
    const message = this.post({ from: by, room: id, kind: 'text', text: `@所有人\n${text}` })
    this.#record({ type: 'announcement', room: id, text })
    return message
  }

  /**
   * Posts a message at the network's present time.
   * @throws UnknownId for ids that are not there
   * @throws NotAllowed when the sender may not speak there or there is nothing to say
   */
  post({ file, mentions, ...rest }: NewPost): StoredMessage {
    checkPost(this.#state, { mentions: mentions ?? [], ...rest })
    const number = this.#state.lastNumber + 1
    const id = messageId(number)
    if (file) this.#files.put(id, file.bytes)
    this.#record({
      type: 'message',
      ...rest,
      number,
      at: this.#now(),
      ...(mentions?.length && { mentions: [...new Set(mentions)] }),
      ...(file && { file: { name: file.name, type: file.type, size: file.bytes.length } }),
    })
    const message = this.message(id)
    this.#tell({ type: 'message', message })
    return message
  }

  /** @throws UnknownId @throws NotAllowed when it is recalled already */
  recall(id: string): void {
    if (this.message(id).recalled !== undefined) throw new NotAllowed('recalled already')
    const number = this.#state.lastNumber + 1
    this.#record({ type: 'recall', number, message: id })
    this.#tell({ type: 'recall', message: id, recall: messageId(number) })
  }

  /** A message as it was posted, also when it is recalled. @throws UnknownId */
  message(id: string): StoredMessage {
    return known(this.#state.messages.get(id), 'message', id)
  }

  /** The message that the recall `id` took back; undefined when `id` is no recall. */
  recalledBy(id: string): StoredMessage | undefined {
    const message = this.#state.recalls.get(id)
    return message === undefined ? undefined : this.#state.messages.get(message)
  }

  /**
   * The messages of a room or of a person's direct chat, in order; with `since` those after that
   * message. Without a place, all there are.
   * @throws UnknownId
   */
  messages(where?: Conversation, since?: string): readonly StoredMessage[] {
    const after = since === undefined ? 0 : this.message(since).number
    const all = where ? conversation(this.#state, where) : [...this.#state.messages.values()]
    return all.filter(({ number }) => number > after)
  }

  /** The file of a message; undefined when the message has none or is recalled. */
  file(id: string): { name: string; type: string; bytes: Uint8Array } | undefined {
    const message = this.#state.messages.get(id)
    if (!message?.file || message.recalled !== undefined) return undefined
    const bytes = this.#files.get(id)
    return bytes && { name: message.file.name, type: message.file.type, bytes }
  }

  /** The id under which the bot's account knows a person, itself or a room; a message keeps its own. */
  platformId(id: string): string {
    return `${this.#state.rooms.has(id) ? '@@' : '@'}${this.#state.epoch}-${id}`
  }

  /** The person, bot or room that has this platform id now; undefined for an id of earlier logins. */
  publicId(platformId: string): string | undefined {
    const id = /^@@?\d+-(.+)$/.exec(platformId)?.[1]
    return id !== undefined && this.platformId(id) === platformId ? id : undefined
  }

  /** Gives everybody and every room, the bot's account too, a new platform id. */
  newEpoch(): void {
    this.#record({ type: 'epoch', epoch: this.#state.epoch + 1 })
  }

  /** Whether the bot's account is logged in. */
  get online(): boolean {
    return this.#state.seen === undefined
  }

  /** From now on the bot's account sees what is posted. Gives the ids of what it missed, recalls too. */
  goOnline(): readonly string[] {
    const missed = missedSince(this.#state)
    if (!this.online) this.#record({ type: 'online', online: true })
    return missed
  }

  /** The bot's program is done with all that was posted so far: a crash from now on makes it miss none of that. */
  noteHandled(): void {
    if (this.#state.lastNumber > this.#state.handled) this.#record({ type: 'handled' })
  }

  goOffline(): void {
    if (this.online) this.#record({ type: 'online', online: false })
  }

  /** The latest moment that the network's clock is known to have shown. */
  get lastReading(): Instant | undefined {
    return this.#state.reading
  }

  saveReading(now: Instant): void {
    this.#record({ type: 'clock', now })
    this.#tell({ type: 'clock', now })
  }

  #record(entry: Change): void {
    this.#journal?.append(entry)
    apply(this.#state, entry)
  }

  #tell(event: WorldEvent): void {
    for (const listener of [...this.#listeners]) listener(event)
  }

  #room(id: string): StoredRoom {
    return known(this.#state.rooms.get(id), 'room', id)
  }
}

/**
 * Opens the network kept in `folder` (made when missing), or without one a network in memory.
 * `now` gives the time of new messages.
 * @throws JournalError when what is there cannot be read back
 */
export function openWorld({ folder, now }: { folder?: string; now: () => Instant }): SandboxWorld {
  const state = emptyState()
  if (folder === undefined) return new SandboxWorld({ state, files: filesInMemory(), now })
  mkdirSync(folder, { recursive: true })
  const journal = openJournal(join(folder, 'sandbox.jsonl'), (record) =>
    apply(state, toChange(record)),
  )
  return new SandboxWorld({ state, files: filesIn(join(folder, 'sandbox-files')), journal, now })
}
