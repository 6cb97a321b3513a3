import type { Schedule } from './timers.ts'

export interface WatchLimits {
  /** A login or a QR code must come within this time after the start and after a logout. */
  readonly loginWithinMs?: number
  /** A puppet that has beaten once and then is silent for this long is dead. Below Wechaty's own 60 s. */
  readonly heartbeatWithinMs?: number
}

export interface Watch {
  /** Something came from the puppet. */
  beat(): void
  /** A login or a QR code is expected. */
  expectLogin(): void
  /** It has come. */
  loginCame(): void
  end(): void
}

const LOGIN_WITHIN_MS = 60_000
const HEARTBEAT_WITHIN_MS = 45_000
/** A silence is noticed this many times finer than its limit. */
const CHECKS = 3

/** Calls `dead` once when a connection's login or heartbeat stays away too long. */
export function watch(
  schedule: Schedule,
  dead: (reason: string) => void,
  options: WatchLimits = {},
): Watch {
  const { loginWithinMs = LOGIN_WITHIN_MS, heartbeatWithinMs = HEARTBEAT_WITHIN_MS } = options
  let silent: number | undefined
  let ended = false
  let cancelLogin = () => {}
  let cancelCheck = () => {}

  function end(): void {
    ended = true
    cancelLogin()
    cancelCheck()
  }

  function die(reason: string): void {
    end()
    dead(reason)
  }

  function check(): void {
    cancelCheck = schedule(heartbeatWithinMs / CHECKS, () => {
      silent = (silent ?? 0) + 1
      if (silent > CHECKS) die('no heartbeat')
      else check()
    })
  }

  return {
    beat() {
      if (silent === undefined && !ended) check()
      silent = 0
    },
    expectLogin() {
      cancelLogin()
      if (!ended) cancelLogin = schedule(loginWithinMs, () => die('no login'))
    },
    loginCame: () => cancelLogin(),
    end,
  }
}
