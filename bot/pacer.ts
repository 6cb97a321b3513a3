import { type Instant, plus } from '../content/time.ts'
import type { Random } from '../handlers/core/ports.ts'

export interface PacerOptions {
  readonly enabled: boolean
  readonly roomSeconds: number
  readonly roomJitterSeconds: number
  readonly perMinute: number
  readonly random: Random
}

/** Keeps the account from sending faster than people do; networks ban accounts that do. */
export interface Pacer {
  /** When the next message may go to `place`, `now` at the earliest. Urgent ones wait for a rest only. */
  readyAt(place: string, now: Instant, urgent: boolean): Instant
  sent(place: string, now: Instant): void
  /** Nothing at all goes out before `until`. */
  rest(until: Instant): void
}

export function createPacer(options: PacerOptions): Pacer {
  const placeReady = new Map<string, Instant>()
  let lastMinute: Instant[] = []
  let resting: Instant | undefined

  return {
    readyAt: (place, now, urgent) => {
      let ready = resting !== undefined && resting > now ? resting : now
      if (!options.enabled || urgent) return ready
      const place_ = placeReady.get(place)
      if (place_ !== undefined && place_ > ready) ready = place_
      const oldest = lastMinute[lastMinute.length - options.perMinute]
      const free = oldest && plus(oldest, { minutes: 1 })
      return free !== undefined && free > ready ? free : ready
    },
    sent: (place, now) => {
      const jitter = options.random.int(Math.round(options.roomJitterSeconds * 1000) + 1)
      const gap = { seconds: options.roomSeconds, milliseconds: jitter }
      placeReady.set(place, plus(now, gap))
      lastMinute = [...lastMinute.slice(1 - options.perMinute), now]
    },
    rest: (until) => {
      resting = until
    },
  }
}
