import { type Instant, plus } from '../../content/time.ts'
import type { Clock, Files, Incoming, Logger, Photos } from '../../handlers/core/ports.ts'
import { err } from '../../handlers/core/result.ts'
import type { Fetched, FetchFile } from '../wechaty/events.ts'
import { type Schedule, within } from '../wechaty/timers.ts'
import { MAX_BYTES } from './clean.ts'

/** So long a picture may come before the words that say what it is about. */
const HELD_MINUTES = 3
/** As many as one message of the chat network shows together; of one sender in as many minutes no more are taken. */
const PER_SENDER = 9
const SENDERS = 1_000
/** A picture that the network does not give in this time holds up no conversation any longer. */
const FETCH_WITHIN_MS = 15_000

export interface IntakeDeps {
  readonly photos: Photos & Files
  /** A document may have so many bytes. */
  readonly maxDocumentBytes: number
  readonly clock: Clock
  readonly schedule: Schedule
  readonly logger: Logger
  /** Whether somebody waits for such a picture or document from this sender, there and now. */
  wants(message: Incoming): boolean
  /** Whether Linli is at home where the message was said. */
  serves(message: Incoming): boolean
}

/** Sees to it that a picture or document is fetched only when it is wanted. All calls of one conversation come one by one. */
export interface Intake {
  /**
   * The message as it is to be handled: a file that is wanted with what was kept of it, else as it came. Of several
   * that nobody waits for, only the first is to be handled.
   */
  take(message: Incoming, file: FetchFile | undefined): Promise<Incoming | undefined>
  /**
   * After a message was handled: files of its sender that came shortly before and are wanted now, in their order, as
   * long as they are.
   */
  awaited(message: Incoming): AsyncIterable<Incoming>
}

/** A picture or document that nobody has asked for: not the file, but how to get it. */
interface Held {
  readonly message: Incoming
  readonly file: FetchFile
  readonly until: Instant
}

/** What is held is in memory alone: with the process, it is gone. */
export function createIntake(deps: IntakeDeps): Intake {
  const { clock, logger } = deps
  const held = new Map<string, Held[]>()
  /** When the pictures were fetched that count against a sender's share. */
  const fetched = new Map<string, Instant[]>()

  function hold(message: Incoming, file: FetchFile): void {
    const sender = senderOf(message)
    const until = plus(clock.now(), { minutes: HELD_MINUTES })
    const others = heldOf(sender).filter((each) => each.message.messageId !== message.messageId)
    put(held, sender, [...others, { message, file, until }].slice(-PER_SENDER))
  }

  function heldOf(sender: string): Held[] {
    const now = clock.now()
    return (held.get(sender) ?? []).filter(({ until }) => until > now)
  }

  function drop(message: Incoming): void {
    const sender = senderOf(message)
    const left = heldOf(sender).filter((each) => each.message.messageId !== message.recalls)
    put(held, sender, left)
  }

  /** Fetches a file, and keeps it by what `keep` makes of it. */
  async function load<T>(
    { message, file }: Pick<Held, 'message' | 'file'>,
    limit: number,
    keep: (fetched: Fetched) => Promise<T>,
  ) {
    const sender = senderOf(message)
    const now = clock.now()
    const since = plus(now, { minutes: -HELD_MINUTES })
    const lately = (fetched.get(sender) ?? []).filter((at) => at > since)
    if (lately.length >= PER_SENDER) return err('tooMany' as const)
    put(fetched, sender, [...lately, now])
    try {
      const fetched = await within(deps.schedule, FETCH_WITHIN_MS, file(limit))
      return fetched === undefined ? err('tooLarge' as const) : await keep(fetched)
    } catch (error) {
      logger.warn('file not fetched', {
        error: error instanceof Error ? error.name : 'not an Error',
      })
      return err('unavailable' as const)
    }
  }

  async function withFile(held: Pick<Held, 'message' | 'file'>): Promise<Incoming> {
    const { message } = held
    const { photos, maxDocumentBytes } = deps
    if (message.kind === 'image') {
      return { ...message, image: await load(held, MAX_BYTES, ({ bytes }) => photos.keep(bytes)) }
    }
    const keep = ({ bytes, name }: Fetched) => photos.keepFile(bytes, name)
    return { ...message, file: await load(held, Math.max(MAX_BYTES, maxDocumentBytes), keep) }
  }

  return {
    async take(message, file) {
      if (message.recalls !== undefined) drop(message)
      if (file === undefined || !deps.serves(message)) return message
      if (deps.wants(message)) return await withFile({ message, file })
      const isFirst = heldOf(senderOf(message)).length === 0
      hold(message, file)
      return isFirst ? message : undefined
    },
    async *awaited(message) {
      const sender = senderOf(message)
      // A file that was just held is not wanted; what was held before it is not either.
      if (heldOf(sender).some((each) => each.message.messageId === message.messageId)) return
      for (;;) {
        const [first, ...others] = heldOf(sender)
        if (first === undefined || !deps.wants(message)) return
        put(held, sender, others)
        yield await withFile(first)
      }
    },
  }
}

function senderOf({ session, room, sender }: Incoming): string {
  return JSON.stringify([session, room?.platformId, sender.platformId])
}

/** Keeps a list under a key, and of too many keys the youngest. */
function put<T>(map: Map<string, T[]>, key: string, list: T[]): void {
  map.delete(key)
  if (list.length === 0) return
  map.set(key, list)
  for (const oldest of map.keys()) {
    if (map.size <= SENDERS) break
    map.delete(oldest)
  }
}
