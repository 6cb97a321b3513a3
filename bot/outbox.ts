import { at, dateIn, earliest, type Instant, plus, toWallTime } from '../content/time.ts'
import {
  claim,
  expire,
  inState,
  type OutboxRow,
  queued,
  sentSince,
  sentWithText,
  settle,
} from '../db/queries/outbox.ts'
import { platformIdOf } from '../db/queries/resident.ts'
import { roomPlatformId } from '../db/queries/room.ts'
import type { SessionId } from '../db/schema.ts'
import type { Store } from '../db/store.ts'
import type { Env } from '../handlers/core/feature.ts'
import type { Chat, Clock, Logger, Target } from '../handlers/core/ports.ts'
import { quietUntil } from '../handlers/core/quiet.ts'
import { createPacer } from './pacer.ts'
import { type Schedule, TimedOut, within } from './wechaty/timers.ts'

export interface OutboxDeps {
  readonly store: Store
  readonly env: Env
  readonly clock: Clock
  readonly chat: Chat
  readonly logger: Logger
  /** The login session in force; nothing is sent without one. */
  readonly session: () => SessionId | undefined
  readonly pacing: boolean
  /** Real time, also where the clock is a simulated one. */
  readonly schedule: Schedule
}

export interface Outbox {
  /** Settles what a crash left in `sending`: by what the network shows, where it can be asked; else it is unknown. */
  recover(): Promise<void>
  /** Sends whatever may go out now. Calls made meanwhile wait for the same round and one more. */
  drain(): Promise<void>
  /** When the next row may go out, if one waits for its time. */
  nextAt(): Instant | undefined
}

/** Seconds to wait after the first, second … failed try; after the last one a row has failed. */
const RETRY_SECONDS = [5, 15, 60, 300]
const SEND_TIMEOUT_MS = 30_000
const BATCH = 100
/** The network said that the account sends too fast: it gets a rest. */
const TOO_FAST = /\b120[45]\b|频繁|too frequent/i
const REST_MINUTES = 10

export function createOutbox(deps: OutboxDeps): Outbox {
  const { store, env, clock, chat, logger } = deps
  const { quietHours, pacing } = env.content.chat
  const pacer = createPacer({ ...pacing, enabled: deps.pacing, random: env.random })
  let round: Promise<void> | undefined
  let again = false

  function target(row: OutboxRow, session: SessionId): Target | undefined {
    if (row.room_id !== null) {
      const room = roomPlatformId(store, session, row.room_id)
      return room === undefined ? undefined : { room }
    }
    const person = row.resident_id && platformIdOf(store, session, row.resident_id)
    return person ? { person } : undefined
  }

  /** When a row may go out, seen from `now`. */
  function readyAt(row: OutboxRow, now: Instant): Instant {
    let ready = row.not_before_at > now ? row.not_before_at : now
    const paced = pacer.readyAt(placeOf(row), now, row.priority === 'urgent')
    if (paced > ready) ready = paced
    const held = row.priority === 'notice' && quietUntil(ready, quietHours, env.zone)
    return held || ready
  }

  async function sendOne(row: OutboxRow, to: Target): Promise<void> {
    const claimed = store.tx((tx) => claim(tx, row.id, clock.now()))
    if (!claimed) return
    pacer.sent(placeOf(row), clock.now())
    try {
      const { id } = await within(deps.schedule, SEND_TIMEOUT_MS, chat.send(to, row.text))
      const done = { state: 'sent', at: clock.now(), platformMessageId: id } as const
      store.tx((tx) => settle(tx, row.id, 'sending', done))
    } catch (error) {
      if (error instanceof TimedOut) unanswered(row)
      else failed(row, error)
    }
  }

  /** Nobody knows whether it went out: it is for a person to decide, never sent again by itself. */
  function unanswered(row: OutboxRow): void {
    logger.warn('send without an answer', { outbox: row.id })
    const lost = { state: 'unknown', at: clock.now(), reason: 'timeout' } as const
    store.tx((tx) => settle(tx, row.id, 'sending', lost))
  }

  function failed(row: OutboxRow, error: unknown): void {
    const now = clock.now()
    const message = error instanceof Error ? error.message : ''
    if (TOO_FAST.test(message)) pacer.rest(plus(now, { minutes: REST_MINUTES }))
    const wait = RETRY_SECONDS[row.attempts]
    logger.warn('send failed', { outbox: row.id, attempt: row.attempts + 1 })
    store.tx((tx) =>
      wait === undefined
        ? settle(tx, row.id, 'sending', { state: 'failed', at: now, reason: 'gave_up' })
        : settle(tx, row.id, 'sending', {
            state: 'queued',
            at: now,
            reason: 'retry',
            notBefore: plus(now, { seconds: wait }),
          }),
    )
  }

  function sendable(): { row: OutboxRow; to: Target } | undefined {
    const session = deps.session()
    if (session === undefined || !chat.online) return undefined
    const now = clock.now()
    const midnight = at(dateIn(env.zone, now), toWallTime('00:00'), env.zone)
    if (deps.pacing && sentSince(store, midnight) >= pacing.perDay) return undefined
    for (const row of queued(store, now, BATCH)) {
      if (readyAt(row, now) > now) continue
      const to = target(row, session)
      if (to !== undefined) return { row, to }
    }
    return undefined
  }

  async function work(): Promise<void> {
    do {
      again = false
      store.tx((tx) => expire(tx, clock.now()))
      for (let next = sendable(); next !== undefined; next = sendable()) {
        await sendOne(next.row, next.to)
      }
    } while (again)
  }

  async function evidence(
    row: OutboxRow,
    session: SessionId,
  ): Promise<'sent' | 'queued' | 'unknown'> {
    const to = target(row, session)
    if (!chat.capabilities.history || to === undefined || row.claimed_at === null) return 'unknown'
    const seen = (await chat.sentSince(to, row.claimed_at)).filter((text) => text === row.text)
    return seen.length > sentWithText(store, row, row.claimed_at) ? 'sent' : 'queued'
  }

  return {
    recover: async () => {
      const session = deps.session()
      if (session === undefined) return
      for (const row of inState(store, 'sending')) {
        const state = await evidence(row, session)
        store.tx((tx) =>
          settle(tx, row.id, 'sending', { state, at: clock.now(), reason: 'restart' }),
        )
        if (state === 'unknown') logger.warn('send interrupted by a stop', { outbox: row.id })
      }
    },
    drain: () => {
      if (round !== undefined) {
        again = true
        return round
      }
      round = work().finally(() => {
        round = undefined
      })
      return round
    },
    nextAt: () => {
      const session = deps.session()
      if (session === undefined || !chat.online) return undefined
      const now = clock.now()
      const waiting = inState(store, 'queued').filter((row) => target(row, session) !== undefined)
      return earliest(...waiting.map((row) => readyAt(row, now)))
    },
  }
}

function placeOf(row: OutboxRow): string {
  return row.room_id === null ? `resident:${row.resident_id}` : `room:${row.room_id}`
}
