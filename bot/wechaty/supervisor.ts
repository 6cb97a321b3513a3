import type { Schedule } from './timers.ts'

const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 60_000

/** What one connection tells about itself while it is open. */
export interface Signals {
  /** It has logged in, so the next loss starts from a short wait again. */
  loggedIn(): void
  /** It is of no more use. */
  lost(reason: string): void
}

export interface SupervisorDeps {
  /** Makes a fresh connection. It may tell `signals` before it is open. Rejects when it cannot be opened. */
  open(signals: Signals): Promise<{ close(): Promise<void> }>
  /** The connection is gone; the next is tried after `retryMs`. */
  onLost(reason: string, retryMs: number): void
  readonly schedule: Schedule
}

export interface Supervisor {
  /** Resolves when the first connection is open or has failed. */
  start(): Promise<void>
  /** Closes the connection for good. */
  stop(): Promise<void>
}

/**
 * Keeps one connection open, a fresh one after each loss, after waits that double from one second to one
 * minute. The wait begins when the last is closed: a puppet may let go of its files a moment later.
 */
export function createSupervisor({ open, onLost, schedule }: SupervisorDeps): Supervisor {
  let connection: { close(): Promise<void> } | undefined
  let attempt = 0
  let failures = 0
  let stopped = false
  let cancel = () => {}
  let work: Promise<void> = Promise.resolve()

  function serially(task: () => Promise<void>): Promise<void> {
    work = work.then(task)
    return work
  }

  async function openNext(): Promise<void> {
    if (stopped) return
    const mine = ++attempt
    try {
      connection = await open({
        loggedIn: () => {
          if (mine === attempt) failures = 0
        },
        lost: (reason) => lose(mine, reason),
      })
    } catch (error) {
      lose(mine, error instanceof Error ? error.message : String(error))
    }
  }

  async function close(): Promise<void> {
    const last = connection
    connection = undefined
    // A connection that cannot even be closed is dropped like any other.
    await last?.close().catch(() => {})
  }

  function lose(which: number, reason: string): void {
    if (stopped || which !== attempt) return
    attempt++
    const wait = Math.min(FIRST_WAIT_MS * 2 ** failures, LONGEST_WAIT_MS)
    failures++
    onLost(reason, wait)
    void serially(async () => {
      await close()
      if (!stopped) cancel = schedule(wait, () => void serially(openNext))
    })
  }

  return {
    start: () => serially(openNext),
    async stop() {
      stopped = true
      cancel()
      await serially(close)
    },
  }
}
