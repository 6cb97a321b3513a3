import type { Instant } from '../../content/time.ts'
import type { SessionId } from '../../db/schema.ts'
import type { Result } from './result.ts'

/** What handlers need from the outside world; `bot/` implements it. */

export interface Clock {
  now(): Instant
}

/** Fields never hold a resident's words, a phone number, a unit number or a secret. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>

export interface Logger {
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  /** `err` may be anything that was thrown; only its name and place in the code are written. */
  error(event: string, fields?: Readonly<Record<string, unknown>>): void
}

export interface Random {
  /** A uniform integer in [0, below). */
  int(below: number): number
  /** 128 random bits as 32 hexadecimal digits. */
  token(): string
}

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

/** One message from the chat network, as the adapter hands it over. Platform ids hold for one login session. */
export interface Incoming {
  readonly session: SessionId
  /** Missing on networks that give none. */
  readonly messageId?: string
  /** Missing in a direct chat. */
  readonly room?: { readonly platformId: string; readonly topic: string }
  readonly sender: {
    readonly platformId: string
    readonly name: string
    /** The name the sender uses in this room, where it has one. */
    readonly alias?: string
  }
  readonly kind: MessageKind
  /** The words as the sender typed them, a quote's header taken off; empty for what is not text. */
  readonly text: string
  readonly quote?: { readonly text: string; readonly ofSelf: boolean }
  readonly mentions: { readonly self: boolean; readonly all: boolean; readonly others: boolean }
  /** When the network says it was sent. */
  readonly at: Instant
  /** Of an image that a feature wants; no other image is fetched. */
  readonly image?: Picture
  /** The same of a document. */
  readonly file?: KeptFile
  /** Of a recall: the id of the message that was taken back. */
  readonly recalls?: string
}

/** A picture that was kept: encoded anew with nothing in it but what it shows, in a file outside the database. */
export interface StoredPhoto {
  /** The SHA-256 of the file, by which it is found. */
  readonly hash: string
  readonly mime: 'image/jpeg'
  readonly width: number
  readonly height: number
  /** The size of the file. */
  readonly bytes: number
}

/** Why a picture could not be kept. `unavailable`: the network did not give it, or there is no room for it. */
export type PhotoProblem = 'notAPhoto' | 'heic' | 'tooLarge' | 'damaged' | 'tooMany' | 'unavailable'

/** A picture that was wanted: what was kept, or why it was not. */
export type Picture = Result<StoredPhoto, PhotoProblem>

/** A file that was kept: a picture encoded anew, or a document as it came. */
export interface StoredFile {
  readonly hash: string
  /** What a document is called: safe anywhere, and ending as its content says. A picture has no name. */
  readonly name?: string
}

/** Why a file could not be kept. `unknownType`: neither a picture nor a document that groups can be sent. */
export type FileProblem = PhotoProblem | 'unknownType'

export type KeptFile = Result<StoredFile, FileProblem>

/** Where documents are kept, beside the pictures and as they are. */
export interface Files {
  /** Keeps a document under a safe form of `name`, or a picture; which of them it is, its content tells. */
  keepFile(bytes: Uint8Array, name: string): Promise<KeptFile>
  readFile(file: StoredFile): Promise<Uint8Array | undefined>
}

/** Where pictures are kept. One that no row refers to is deleted after a day. */
export interface Photos {
  /** Cleans a picture and keeps it; call it before the transaction that refers to it. */
  keep(bytes: Uint8Array): Promise<Picture>
  /** The file, a JPEG; undefined when there is none under this hash. */
  read(hash: string): Promise<Uint8Array | undefined>
}

/** Somebody in a room, as the chat network lists them. */
export interface Member {
  readonly platformId: string
  readonly name: string
  readonly alias?: string
}

export interface RoomView {
  readonly platformId: string
  readonly topic: string
  readonly members: readonly Member[]
}

export interface Capabilities {
  /** Platform ids survive a new login. */
  readonly stableIds: boolean
  /** An @ in a sent message is a real one, not plain text. */
  readonly realMention: boolean
  /** A sent message gets an id back. */
  readonly messageIds: boolean
  readonly recall: boolean
  readonly announce: boolean
  readonly file: boolean
  /** What the account itself sent earlier can be looked up, even after a restart. */
  readonly history: boolean
}

export type Target =
  | { readonly room: string; readonly person?: never }
  | { readonly person: string; readonly room?: never }

/** The chat network, addressed by platform ids of the present session. */
export interface Chat {
  readonly capabilities: Capabilities
  /** True between login and logout; while false nothing is sent. */
  readonly online: boolean
  /**
   * Resolves when the network took the message. A rejection means it was not taken and may be tried again;
   * a promise that never settles means nobody knows.
   */
  send(target: Target, text: string): Promise<{ readonly id?: string }>
  /** Sends a document in the same manner, or a JPEG, which has no name. Only where `capabilities.file`. */
  sendFile(
    target: Target,
    file: { readonly data: Uint8Array; readonly name?: string | undefined },
  ): Promise<{ readonly id?: string }>
  /** What the account itself sent to `target` at or after `since`. Only where `capabilities.history`. */
  sentSince(target: Target, since: Instant): Promise<readonly string[]>
  /** Takes back a message of the account itself; whether the network did. Only where `capabilities.recall`. */
  recall(messageId: string): Promise<boolean>
  rooms(): Promise<readonly RoomView[]>
  room(platformId: string): Promise<RoomView | undefined>
}
