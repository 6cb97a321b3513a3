import { fromMillis, type Instant, toMillis } from '../../content/time.ts'
import type { Clock } from '../../handlers/core/ports.ts'

export interface SandboxClock extends Clock {
  /** False while the clock stands still between calls of `set`. */
  readonly running: boolean
  /** Moves the clock forward; a time that has passed changes nothing. */
  set(to: Instant): void
}

export interface SandboxClockOptions {
  /** Where the clock stands at first; without it the clock runs with the machine's. */
  readonly start?: Instant
  /** The latest moment that the network has known: the clock never shows less. */
  readonly last?: Instant
  /** Keeps what `set` was given. */
  readonly save: (now: Instant) => void
  readonly system: () => Instant
}

/** The sandbox's clock: it never goes back, not even when the machine's does. */
export function createSandboxClock(options: SandboxClockOptions): SandboxClock {
  const { start, last, save, system } = options
  let shown = later(start ?? system(), last)
  const ahead = () => Math.max(0, toMillis(shown) - toMillis(system()))
  let offset = ahead()

  const now = (): Instant => {
    if (start === undefined) shown = later(fromMillis(toMillis(system()) + offset), shown)
    return shown
  }
  return {
    now,
    running: start === undefined,
    set(to) {
      if (to <= now()) return
      save(to)
      shown = to
      offset = ahead()
    },
  }
}

function later(a: Instant, b: Instant | undefined): Instant {
  return b !== undefined && b > a ? b : a
}
