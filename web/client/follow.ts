import type { SandboxEvent } from '../sandbox/port.ts'

const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 15_000

export interface Follower {
  connect(): Promise<AsyncIterable<SandboxEvent>>
  /** The line is open: nothing is missed from here on, something may have been before. */
  opened(): Promise<unknown>
  happened(event: SandboxEvent): Promise<unknown>
  lost(error: unknown): void
}

/** Follows the network's events for ever; after a loss it connects again, waiting longer each time. */
export async function follow({ connect, opened, happened, lost }: Follower): Promise<never> {
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    let error: unknown
    try {
      const events = await connect()
      wait = FIRST_WAIT_MS
      await opened()
      for await (const event of events) await happened(event)
    } catch (caught) {
      error = caught
    }
    lost(error)
    await new Promise((resolve) => setTimeout(resolve, wait))
  }
}
