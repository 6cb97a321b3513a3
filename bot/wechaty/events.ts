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

/**
 * Gets an image's bytes from the network; undefined when there are more than `limit` of them. May take long, or reject.
 * Nothing of an image is fetched before.
 */
export type FetchImage = (limit: number) => Promise<Uint8Array | undefined>

/** What the network tells. A callback that throws is reported and disturbs nobody. */
export interface NetworkEvents {
  /** A new login. Gives the session that its platform ids belong to. */
  login(self: { readonly platformId: string; readonly name: string }): SessionId
  /** All the rooms of a login; comes before its first message. */
  rooms(session: SessionId, views: readonly RoomView[]): void
  /** A room that was read again, or for the first time. */
  roomChanged(session: SessionId, view: RoomView): void
  /** Within a conversation in the order of arrival, the next when this one is handled. `image` comes with an image. */
  message(incoming: Incoming, image?: FetchImage): void | Promise<void>
  health(health: Health): void
}
