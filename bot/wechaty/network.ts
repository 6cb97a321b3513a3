import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Puppet } from 'wechaty-puppet'
import type { Capabilities, Chat, Clock, Logger, RoomView } from '../../handlers/core/ports.ts'
import { createChat } from './chat.ts'
import { openConnection } from './connection.ts'
import type { Health, NetworkEvents } from './events.ts'
import { createGuard } from './guard.ts'
import type { Presence } from './presence.ts'
import { puppetInfo } from './puppets.ts'
import { createQueues } from './queue.ts'
import { createReception } from './reception.ts'
import { createSupervisor } from './supervisor.ts'
import { schedule as realTime, type Schedule } from './timers.ts'
import { createTracker } from './tracker.ts'
import type { WatchLimits } from './watch.ts'

export interface NetworkOptions {
  /** The puppet's npm name, or `sandbox`. */
  readonly puppetName: string
  readonly capabilities: Capabilities
  /** Makes a fresh puppet; called again after each loss of the connection. */
  makePuppet(): Promise<Puppet>
  /** What residents call the bot, the first its name. */
  readonly botNames: readonly string[]
  readonly clock: Clock
  readonly logger: Logger
  readonly events: NetworkEvents
  /** Where logins are kept, without the ending `.memory-card.json`. Without it they are forgotten. */
  readonly memory?: string
  readonly limits?: WatchLimits
  /** Real time unless a test says otherwise. */
  readonly schedule?: Schedule
}

export interface Network {
  readonly chat: Chat
  health(): Health
  /** Resolves when the first connection is open or has failed; further ones are tried by itself. */
  start(): Promise<void>
  /** For good. Resolves when what has arrived is handled. */
  stop(): Promise<void>
  /**
   * Resolves when the message with this platform id has been handled or dropped; at once when the
   * account is not on the network and it has not arrived.
   */
  handled(messageId: string): Promise<void>
  /** Resolves when nothing that has arrived is left to handle. */
  idle(): Promise<void>
  /** Reads every room again and tells of each, since joins get lost. Does nothing while offline; never rejects. */
  refreshRooms(): Promise<void>
}

/** The card holds the cookies of a login, so it is made readable for its owner alone. */
async function protectCard(memory: string): Promise<void> {
  await mkdir(dirname(memory), { recursive: true })
  const options = { flag: 'wx', mode: 0o600 }
  await writeFile(`${memory}.memory-card.json`, '{}', options).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  })
}

/** The chat network through Wechaty, kept connected. */
export function createNetwork(options: NetworkOptions): Network {
  const { clock, events, memory, capabilities, schedule = realTime } = options
  const info = puppetInfo(options.puppetName)
  const guard = createGuard(options.logger, schedule)
  const queues = createQueues()
  const tracker = createTracker()
  const reception = createReception({ ...options, info, schedule, guard, queues, tracker })
  let presence: Presence | undefined
  let health: Health = { state: 'offline', since: clock.now() }

  function setHealth(next: Omit<Health, 'since'>): void {
    const unchanged =
      next.state === health.state && next.qr === health.qr && next.reason === health.reason
    if (unchanged) return
    health = { ...next, since: clock.now() }
    void guard.run('health failed', () => events.health(health))
  }

  const supervisor = createSupervisor({
    schedule,
    async open(signals) {
      if (memory !== undefined) await protectCard(memory)
      return openConnection(
        {
          ...options,
          info,
          memory,
          schedule,
          guard,
          tracker,
          reception,
          limits: options.limits ?? {},
          setHealth,
          attach: (attached) => {
            presence = attached
          },
        },
        signals,
      )
    },
    onLost(reason, retryMs) {
      presence = undefined
      options.logger.warn('network lost', { reason, retryMs })
      setHealth({ state: 'offline', reason })
    },
  })

  const chat = createChat({
    capabilities,
    clock,
    login: () => presence?.login,
    read: reception.read,
    async readAll(login) {
      const views: RoomView[] = []
      await reception.readAll(login, (view) => views.push(view))
      return views
    },
  })

  return {
    chat,
    health: () => health,
    start: () => supervisor.start(),
    async stop() {
      await supervisor.stop()
      await queues.idle()
      setHealth({ state: 'offline', reason: 'stopped' })
      guard.close()
    },
    async handled(id) {
      if (presence?.isEntered || tracker.isUnderWay(id)) await tracker.wait(id)
    },
    idle: () => queues.idle(),
    async refreshRooms() {
      const login = presence?.login
      if (login) await guard.run('rooms failed', () => reception.refresh(login))
    },
  }
}
