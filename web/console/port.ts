import type { Instant } from '../../content/time.ts'
import type { Store } from '../../db/store.ts'
import type { Env } from '../../handlers/core/feature.ts'
import type { Clock, Logger } from '../../handlers/core/ports.ts'

/** How the program is doing, for the health page. */
export interface Condition {
  readonly chat: 'starting' | 'scan' | 'online' | 'offline'
  readonly since: Instant
  readonly puppet: string
  /** What a phone must scan, as the content of a QR code. */
  readonly qr?: string
}

/** What the console needs from the program around it. */
export interface ConsoleDeps {
  readonly store: Store
  readonly env: Env
  readonly clock: Clock
  readonly logger: Logger
  readonly condition: () => Condition
  /** Sends what a use case has put into the outbox, without waiting for it. */
  readonly wake: () => void
}
