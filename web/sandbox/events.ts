import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { Sandbox } from './port.ts'

/** Often enough that no proxy takes the line for dead. */
const KEEP_ALIVE_MS = 20_000

/** Streams every event of the network to the caller until the caller leaves. */
export function streamEvents(c: Context, sandbox: Sandbox): Response {
  return streamSSE(c, async (stream) => {
    const unsubscribe = sandbox.subscribe((event) => {
      void stream.writeSSE({ event: event.type, data: JSON.stringify(event) })
    })
    // The first comment tells the caller that nothing will be missed from here on.
    const beat = () => void stream.write(': alive\n\n')
    beat()
    const timer = setInterval(beat, KEEP_ALIVE_MS)
    timer.unref()
    await new Promise<void>((resolve) => stream.onAbort(resolve))
    clearInterval(timer)
    unsubscribe()
  })
}
