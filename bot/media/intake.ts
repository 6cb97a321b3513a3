import { type Instant, plus } from '../../content/time.ts'
import type { Clock, Incoming, Logger, Photos, Picture } from '../../handlers/core/ports.ts'
import { err } from '../../handlers/core/result.ts'
import type { FetchImage } from '../wechaty/events.ts'
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
  readonly photos: Photos
  readonly clock: Clock
  readonly schedule: Schedule
  readonly logger: Logger
  /** Whether somebody waits for a picture from this sender, there and now. */
  wants(message: Incoming): boolean
  /** Whether Linli is at home where the message was said. */
  serves(message: Incoming): boolean
}

/** Sees to it that a picture is fetched only when it is wanted. All calls of one conversation come one by one. */
export interface Intake {
  /**
   * The message as it is to be handled: an image that is wanted with its picture, one that is not as it came. Of several
   * that nobody waits for, only the first is to be handled.
   */
  take(message: Incoming, image: FetchImage | undefined): Promise<Incoming | undefined>
  /**
   * After a message was handled: images of its sender that came shortly before and are wanted now, in their order, as
   * long as they are.
   */
  awaited(message: Incoming): AsyncIterable<Incoming>
}

/** An image that nobody has asked for: not the picture, but how to get it. */
interface Held {
  readonly message: Incoming
  readonly image: FetchImage
  readonly until: Instant
}

/** What is held is in memory alone: with the process, it is gone. */
export function createIntake(deps: IntakeDeps): Intake {
  const { clock, logger } = deps
  const held = new Map<string, Held[]>()
  /** When the pictures were fetched that count against a sender's share. */
  const fetched = new Map<string, Instant[]>()

  function hold(message: Incoming, image: FetchImage): void {
    const sender = senderOf(message)
    const until = plus(clock.now(), { minutes: HELD_MINUTES })
    const others = heldOf(sender).filter((each) => each.message.messageId !== message.messageId)
    put(held, sender, [...others, { message, image, until }].slice(-PER_SENDER))
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

  async function load(message: Incoming, image: FetchImage): Promise<Picture> {
    const sender = senderOf(message)
    const now = clock.now()
    const since = plus(now, { minutes: -HELD_MINUTES })
    const lately = (fetched.get(sender) ?? []).filter((at) => at > since)
    if (lately.length >= PER_SENDER) return err('tooMany')
    put(fetched, sender, [...lately, now])
    try {
      const bytes = await within(deps.schedule, FETCH_WITHIN_MS, image(MAX_BYTES))
      return bytes === undefined ? err('tooLarge') : await deps.photos.keep(bytes)
    } catch (error) {
      logger.warn('image not fetched', {
        error: error instanceof Error ? error.name : 'not an Error',
      })
      return err('unavailable')
    }
  }

  async function withPicture({
    message,
    image,
  }: Pick<Held, 'message' | 'image'>): Promise<Incoming> {
    return { ...message, image: await load(message, image) }
  }

  return {
    async take(message, image) {
      if (message.recalls !== undefined) drop(message)
      if (image === undefined || !deps.serves(message)) return message
      if (deps.wants(message)) return await withPicture({ message, image })
      const isFirst = heldOf(senderOf(message)).length === 0
      hold(message, image)
      return isFirst ? message : undefined
    },
    async *awaited(message) {
      const sender = senderOf(message)
      // An image that was just held is not wanted; what was held before it is not either.
      if (message.kind === 'image' && message.image === undefined) return
      for (;;) {
        const [first, ...others] = heldOf(sender)
        if (first === undefined || !deps.wants(message)) return
        put(held, sender, others)
        yield await withPicture(first)
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
