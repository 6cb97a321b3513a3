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
  /** When the last messages went out, oldest first, no more than may in a minute. */
  const recent: Instant[] = []
  let restUntil: Instant | undefined
  let latest: Instant | undefined

  /** Moments of a clock that was set back since would hold everything up until it gets there again. */
  function look(now: Instant): void {
    if (latest !== undefined && now < latest) {
      placeReady.clear()
      recent.length = 0
      restUntil = undefined
    }
    latest = now
  }

  return {
    readyAt: (place, now, urgent) => {
      look(now)
      let ready = restUntil !== undefined && restUntil > now ? restUntil : now
      if (!options.enabled || urgent) return ready
      const placeFree = placeReady.get(place)
      if (placeFree !== undefined && placeFree > ready) ready = placeFree
      const oldest = recent.length < options.perMinute ? undefined : recent[0]
      const free = oldest && plus(oldest, { minutes: 1 })
      return free !== undefined && free > ready ? free : ready
    },
    sent: (place, now) => {
      look(now)
      const jitter = options.random.int(Math.round(options.roomJitterSeconds * 1000) + 1)
      const gap = { seconds: options.roomSeconds, milliseconds: jitter }
      placeReady.set(place, plus(now, gap))
      recent.push(now)
      if (recent.length > options.perMinute) recent.shift()
    },
    rest: (until) => {
      restUntil = until
    },
  }
}
