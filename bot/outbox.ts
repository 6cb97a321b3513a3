import {
  addDays,
  at,
  dateIn,
  earliest,
  type Instant,
  plus,
  toInstant,
  toWallTime,
} from '../content/time.ts'
import {
  claim,
  expire,
  inState,
  laterRows,
  nextRows,
  type OutboxRow,
  othersWithText,
  type Settlement,
  sentSince,
  settle,
  type Waiting,
} from '../db/queries/outbox.ts'
import { fileIn } from '../db/queries/outbox-file.ts'
import { platformIdOf } from '../db/queries/resident.ts'
import { roomPlatformId } from '../db/queries/room.ts'
import type { OutboxId, SessionId } from '../db/schema.ts'
import type { Store } from '../db/store.ts'
import type { Env } from '../handlers/core/feature.ts'
import type { Chat, Clock, Files, Logger, Target } from '../handlers/core/ports.ts'
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
  /** Where the files are that messages may be; none can be sent without. */
  readonly files?: Pick<Files, 'readFile'>
}

export interface Outbox {
  /** Settles what a crash left in `sending`: by what the network shows, where it can be asked; else it is unknown. */
  recover(): Promise<void>
  /** Sends whatever may go out now. Calls made meanwhile wait for the same round and one more. */
  drain(): Promise<void>
  /** When something may go out next: now or later; `undefined` when nothing waits, or only for the network. */
  nextAt(): Instant | undefined
}

/** Seconds to wait after the first, second … failed try; after the last one a row has failed. */
const RETRY_SECONDS = [5, 15, 60, 300]
const SEND_TIMEOUT_MS = 30_000
/** The network said that the account sends too fast: it gets a rest. */
const TOO_FAST = /\b120[45]\b|频繁|too frequent/i
const REST_MINUTES = 10
const MIDNIGHT = toWallTime('00:00')

export function createOutbox(deps: OutboxDeps): Outbox {
  const { store, env, clock, chat, logger } = deps
  const { pacing } = env.content.chat
  const pacer = createPacer({ ...pacing, enabled: deps.pacing, random: env.random })
  /** What this process has claimed, and how it ended once that is known: until it is written down. */
  const inHand = new Map<OutboxId, Settlement | undefined>()
  let round: Promise<void> | undefined
  let again = false

  function target(row: Waiting, session: SessionId): Target | undefined {
    if (row.room_id !== null) {
      const room = roomPlatformId(store, session, row.room_id)
      return room === undefined ? undefined : { room }
    }
    const person = row.resident_id && platformIdOf(store, session, row.resident_id)
    return person ? { person } : undefined
  }

  /** When the account may send again, once it has sent as much as it may in a day. */
  function fullUntil(now: Instant): Instant | undefined {
    if (!deps.pacing) return undefined
    const today = dateIn(env.zone, now)
    const sent = sentSince(store, at(today, MIDNIGHT, env.zone))
    return sent < pacing.perDay ? undefined : at(addDays(today, 1), MIDNIGHT, env.zone)
  }

  /** When a row may go out, seen from `now`. */
  function readyAt(row: Waiting, now: Instant, full: Instant | undefined): Instant {
    const urgent = row.priority === 'urgent'
    let ready = pacer.readyAt(placeOf(row), now, urgent)
    if (row.not_before_at > ready) ready = row.not_before_at
    if (!urgent && full !== undefined && full > ready) ready = full
    const held =
      row.priority === 'notice' && quietUntil(ready, env.content.chat.quietHours, env.zone)
    return held || ready
  }

  async function sendOne(row: OutboxRow, to: Target): Promise<void> {
    if (!store.tx((tx) => claim(tx, row.id, clock.now()))) return
    inHand.set(row.id, undefined)
    pacer.sent(placeOf(row), clock.now())
    inHand.set(row.id, await attempt(row, to))
    writeDown()
  }

  async function attempt(row: OutboxRow, to: Target): Promise<Settlement> {
    try {
      const file = fileIn(store, row.id)
      if (file !== undefined && !chat.capabilities.file) return unsendable(row, 'no_files')
      const data = file && (await deps.files?.readFile(file))
      if (file !== undefined && data === undefined) return unsendable(row, 'file_lost')
      const sent = data ? chat.sendFile(to, { data, name: file.name }) : chat.send(to, row.text)
      const { id } = await within(deps.schedule, SEND_TIMEOUT_MS, sent)
      return { state: 'sent', at: clock.now(), platformMessageId: id }
    } catch (error) {
      return error instanceof TimedOut ? unanswered(row) : refused(row, error)
    }
  }

  /** No further try would help: a person has to know. */
  function unsendable(row: OutboxRow, reason: 'no_files' | 'file_lost'): Settlement {
    logger.warn('file cannot be sent', { outbox: row.id, reason })
    return { state: 'failed', at: clock.now(), reason }
  }

  /** Nobody knows whether it went out: it is for a person to decide, never sent again by itself. */
  function unanswered(row: OutboxRow): Settlement {
    logger.warn('send without an answer', { outbox: row.id })
    return { state: 'unknown', at: clock.now(), reason: 'timeout' }
  }

  function refused(row: OutboxRow, error: unknown): Settlement {
    const now = clock.now()
    const tooFast = error instanceof Error && TOO_FAST.test(error.message)
    if (tooFast) pacer.rest(plus(now, { minutes: REST_MINUTES }))
    logger.warn('send failed', { outbox: row.id, attempt: row.attempts + 1, tooFast })
    const wait = RETRY_SECONDS[row.attempts]
    if (wait === undefined) return { state: 'failed', at: now, reason: 'gave_up' }
    return { state: 'queued', at: now, reason: 'retry', notBefore: plus(now, { seconds: wait }) }
  }

  /** What could not be written, because the disk was full, is written in a later round: never sent again. */
  function writeDown(): void {
    for (const [id, end] of inHand) {
      if (end === undefined) continue
      store.tx((tx) => settle(tx, id, 'sending', end))
      inHand.delete(id)
    }
  }

  function sendable(): { row: OutboxRow; to: Target } | undefined {
    const session = deps.session()
    if (session === undefined || !chat.online) return undefined
    const now = clock.now()
    const rows = nextRows(store, now)
    if (rows.length === 0) return undefined
    const full = fullUntil(now)
    for (const row of rows) {
      if (readyAt(row, now, full) > now) continue
      const to = target(row, session)
      if (to !== undefined) return { row, to }
    }
    return undefined
  }

  async function work(): Promise<void> {
    do {
      again = false
      writeDown()
      store.tx((tx) => expire(tx, clock.now()))
      for (let next = sendable(); next !== undefined; next = sendable()) {
        await sendOne(next.row, next.to)
      }
    } while (again)
  }

  /** What the network shows of a row that was being sent. */
  async function evidence(row: OutboxRow, session: SessionId): Promise<Settlement['state']> {
    const to = target(row, session)
    if (!chat.capabilities.history || to === undefined || row.claimed_at === null) return 'unknown'
    // One file cannot be told from another there.
    if (fileIn(store, row.id) !== undefined) return 'unknown'
    // Networks keep time in whole seconds.
    const since = toInstant(`${row.claimed_at.slice(0, 19)}Z`)
    let seen: number
    try {
      seen = (await chat.sentSince(to, since)).filter((text) => text === row.text).length
    } catch (err) {
      logger.error('the history cannot be read', { outbox: row.id, err })
      return 'unknown'
    }
    const { surely, perhaps } = othersWithText(store, row, since)
    if (seen > perhaps) return 'sent'
    return seen > surely ? 'unknown' : 'queued'
  }

  return {
    recover: async () => {
      const session = deps.session()
      if (session === undefined) return
      for (const row of inState(store, 'sending')) {
        if (inHand.has(row.id)) continue
        const state = await evidence(row, session)
        inHand.set(row.id, { state, at: clock.now(), reason: 'restart' })
        if (state === 'unknown') logger.warn('send interrupted by a stop', { outbox: row.id })
      }
      try {
        writeDown()
      } catch (err) {
        logger.error('what a stop left behind cannot be written', { err })
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
      const waiting = [...nextRows(store, now), ...laterRows(store, now)]
      const reachable = waiting.filter((row) => target(row, session) !== undefined)
      if (reachable.length === 0) return undefined
      const full = fullUntil(now)
      return earliest(...reachable.map((row) => readyAt(row, now, full)))
    },
  }
}

function placeOf(row: Waiting): string {
  return row.room_id === null ? `resident:${row.resident_id}` : `room:${row.room_id}`
}
