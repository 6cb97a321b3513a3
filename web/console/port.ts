import type { Instant } from '../../content/time.ts'
import type { SessionId } from '../../db/schema.ts'
import type { Store } from '../../db/store.ts'
import type { Env } from '../../handlers/core/feature.ts'
import type { Clock, Files, Logger, Photos, RoomView } from '../../handlers/core/ports.ts'

/** How the program is doing, for the health page. */
export interface Condition {
  readonly chat: 'starting' | 'scan' | 'online' | 'offline'
  readonly since: Instant
  readonly puppet: string
  /** What a phone must scan, as the content of a QR code. */
  readonly qr?: string
  readonly backup: BackupState
  readonly version: string
  /** When the process began, in real time. */
  readonly started: Instant
  /** What is left on the disk of the data folder. */
  readonly freeMb: number
}

/** How the copies of the database and the pictures are doing. */
export interface BackupState {
  readonly folder: string
  readonly scheduled: boolean
  /** The newest copy; it was read through and found sound before it got its name. */
  readonly last?: { readonly at: Instant; readonly file: string; readonly bytes: number }
  /** The last try, when it failed and none has worked since. */
  readonly failed?: { readonly at: Instant; readonly why: string }
}

/** What the console needs from the program around it. */
export interface ConsoleDeps {
  readonly store: Store
  readonly env: Env
  readonly clock: Clock
  /** Real time, by which codes and sessions end; the community's own clock may be moved in the sandbox. */
  readonly real: Clock
  readonly logger: Logger
  readonly condition: () => Condition
  /** Where the pictures of cases are kept, and what goes out with announcements. */
  readonly photos: Photos & Files
  /** Sends what a use case has put into the outbox, without waiting for it. */
  readonly wake: () => void
  /** The groups that the chat account is in now; none while it is offline. */
  readonly groups: () => Promise<{
    readonly session: SessionId
    readonly views: readonly RoomView[]
  } | null>
  /** Notes who is in a group that was just enabled. */
  readonly meet: (platformId: string) => Promise<void>
}
