import type { Instant } from '../../content/time.ts'

/** What the sandbox's HTTP interface needs of the simulated network; `bot/sandbox/` implements it. */

export type MessageKind =
  | 'text'
  | 'image'
  | 'audio'
  | 'video'
  | 'file'
  | 'emoticon'
  | 'location'
  | 'link'
  | 'recall'
  | 'other'

/** A message as the public interface shows it. Exactly one of `room` and `to` is there. */
export interface SandboxMessage {
  readonly id: string
  readonly at: Instant
  readonly from: string
  readonly room?: string
  readonly to?: string
  readonly kind: MessageKind
  readonly text?: string
  readonly mentions?: readonly string[]
  readonly quote?: string
  readonly file?: {
    readonly name: string
    readonly type: string
    readonly size: number
    /** Path of the file under the sandbox's interface. */
    readonly url: string
  }
}

export interface SandboxState {
  readonly now: Instant
  readonly bot: { readonly id: string; readonly name: string }
  readonly people: readonly { readonly id: string; readonly name: string }[]
  readonly rooms: readonly {
    readonly id: string
    readonly topic: string
    /** Whether Linli serves the room. */
    readonly enabled: boolean
    readonly members: readonly { readonly person: string; readonly alias: string }[]
  }[]
}

export interface Faults {
  /** Share of the bot's messages that vanish on the way, 0–1. */
  readonly dropSends: number
  /** Share of message events that arrive twice, 0–1. */
  readonly duplicateEvents: number
  /** Sent messages get no id back. */
  readonly loseMessageIds: boolean
  /** Room texts reach the bot cut off after their first `:\n`, as one puppet does. */
  readonly truncateAtColonNewline: boolean
  /** Mentions reach the bot as plain text only. */
  readonly textMentionsOnly: boolean
  /** Share of sends that throw and send nothing, 0–1. */
  readonly throwOnSend: number
}

export interface NewMessage {
  readonly from: string
  /** Exactly one of `room` and `to`. */
  readonly room?: string
  readonly to?: 'bot'
  readonly kind: MessageKind
  readonly text?: string
  readonly mentions?: readonly string[]
  readonly quote?: string
  readonly image?: NewFile
  /** A document, or anything else that is no picture. */
  readonly file?: NewFile
}

export interface NewFile {
  readonly name: string
  readonly type: string
  readonly bytes: Uint8Array
}

export type SandboxEvent =
  | { readonly type: 'message'; readonly message: SandboxMessage }
  | { readonly type: 'recall'; readonly message: string }
  | { readonly type: 'members'; readonly room: string }
  | { readonly type: 'clock'; readonly now: Instant }

/** Thrown for an id that the network does not know; `what` names the kind of thing. */
export class UnknownId extends Error {
  override readonly name = 'UnknownId'
  readonly what: string
  readonly id: string
  constructor(what: string, id: string) {
    super(`no ${what} ${id}`)
    this.what = what
    this.id = id
  }
}

/** Thrown for a request that the network's rules forbid; the message says which, in English. */
export class NotAllowed extends Error {
  override readonly name = 'NotAllowed'
}

/**
 * The simulated network with the bot in it. Calls that let the bot act resolve when it has settled:
 * the message is handled, and every outbox row that may go out at the sandbox's time has gone.
 * They run one after another. `sent` is what the bot said meanwhile, in order.
 */
export interface Sandbox {
  state(): SandboxState
  addPerson(name: string): { id: string }
  addRoom(topic: string, members: readonly { person: string; alias?: string }[]): { id: string }
  addMember(room: string, person: string, alias?: string): Promise<void>
  removeMember(room: string, person: string): Promise<void>
  say(message: NewMessage): Promise<{ id: string; sent: readonly SandboxMessage[] }>
  messages(where: { room: string } | { person: string }, since?: string): readonly SandboxMessage[]
  recall(message: string): Promise<void>
  /**
   * Takes the clock to what `target` makes of the time it shows when the call's turn has come.
   * @throws NotAllowed when that is in the past, and whatever `target` throws
   */
  moveClock(
    target: (now: Instant) => Instant,
  ): Promise<{ now: Instant; sent: readonly SandboxMessage[] }>
  /** When something next falls due by itself, if anything does. */
  nextDue(): Instant | undefined
  relogin(newIds: boolean): Promise<void>
  setFaults(faults: Partial<Faults>): Faults
  faults(): Faults
  file(id: string): { name: string; type: string; bytes: Uint8Array } | undefined
  /** Calls `listener` for each event until the returned function is called. */
  subscribe(listener: (event: SandboxEvent) => void): () => void
}
