import type { Instant } from '../../content/time.ts'
import type { SessionId } from '../../db/schema.ts'
import type { Incoming, RoomView } from '../../handlers/core/ports.ts'

/** How the account stands with the network. */
export interface Health {
  readonly state: 'starting' | 'scan' | 'online' | 'offline'
  /** What a phone must scan, as the content of a QR code. */
  readonly qr?: string
  readonly since: Instant
  readonly reason?: string
}

export interface Fetched {
  readonly bytes: Uint8Array
  /** What the sender's program called it. */
  readonly name: string
}

/**
 * Gets an image or a file from the network; undefined when there are more than `limit` bytes. May take long, or reject.
 * Nothing of it is fetched before.
 */
export type FetchFile = (limit: number) => Promise<Fetched | undefined>

/** What the network tells. A callback that throws is reported and disturbs nobody. */
export interface NetworkEvents {
  /** A new login. Gives the session that its platform ids belong to. */
  login(self: { readonly platformId: string; readonly name: string }): SessionId
  /** All the rooms of a login; comes before its first message. */
  rooms(session: SessionId, views: readonly RoomView[]): void
  /** A room that was read again, or for the first time. */
  roomChanged(session: SessionId, view: RoomView): void
  /** Within a conversation in the order of arrival, the next when this one is handled. `file` comes with an image or a file. */
  message(incoming: Incoming, file?: FetchFile): void | Promise<void>
  health(health: Health): void
}
