import type { Logger } from '../../handlers/core/ports.ts'
import type { Schedule } from './timers.ts'

const WINDOW_MS = 60_000
/** Distinct errors remembered; beyond that one window serves them all. */
const KEPT = 100

/** Where errors of the network end: none gets out, and the same one fills no log. */
export interface Guard {
  /** Logs an error. A repetition within a minute is only counted, and the count logged at its end. */
  report(event: string, err: unknown): void
  /** Runs `task`; what it throws or rejects with is reported. */
  run(event: string, task: () => unknown): Promise<void>
  /** Logs the counts that are left and ends the windows. */
  close(): void
}

export function createGuard(logger: Logger, schedule: Schedule): Guard {
  const windows = new Map<string, { repeated: number; end: () => void }>()

  function report(event: string, err: unknown): void {
    const message = err instanceof Error ? err.message : String(err)
    const key = windows.size < KEPT ? `${event} ${message.slice(0, 200)}` : 'others'
    const open = windows.get(key)
    if (open) {
      open.repeated++
      return
    }
    logger.error(event, { err })
    const end = () => {
      cancel()
      windows.delete(key)
      if (window.repeated > 0) logger.error(event, { err, repeated: window.repeated })
    }
    const cancel = schedule(WINDOW_MS, end)
    const window = { repeated: 0, end }
    windows.set(key, window)
  }

  return {
    report,
    async run(event, task) {
      try {
        await task()
      } catch (err) {
        report(event, err)
      }
    },
    close() {
      for (const window of [...windows.values()]) window.end()
    },
  }
}
