import { WechatyBuilder } from 'wechaty'
import type { Puppet } from 'wechaty-puppet'
import { ScanStatus } from 'wechaty-puppet/types'
import type { Health, NetworkEvents } from './events.ts'
import type { Guard } from './guard.ts'
import { createPresence, type Presence } from './presence.ts'
import type { PuppetInfo } from './puppets.ts'
import type { Reception } from './reception.ts'
import type { Signals } from './supervisor.ts'
import type { Schedule } from './timers.ts'
import type { Tracker } from './tracker.ts'
import { type Watch, type WatchLimits, watch } from './watch.ts'

/** Errors after which a puppet says nothing more, though it does not say so. */
const FATAL = /CANCELLED|UNAVAILABLE|UNAUTHENTICATED|RST_STREAM|must logout first/

export interface ConnectionDeps {
  readonly info: PuppetInfo
  makePuppet(): Promise<Puppet>
  /** Path of Wechaty's memory card, without its ending `.memory-card.json`. */
  readonly memory: string | undefined
  readonly botNames: readonly string[]
  readonly schedule: Schedule
  readonly guard: Guard
  readonly tracker: Tracker
  readonly reception: Reception
  readonly events: NetworkEvents
  readonly limits: WatchLimits
  setHealth(health: Omit<Health, 'since'>): void
  /** Where the present login is found. Comes before the start, which a login may outrun. */
  attach(presence: Presence): void
}

interface Wiring {
  readonly deps: ConnectionDeps
  readonly signals: Signals
  readonly puppet: Puppet
  readonly presence: Presence
  readonly watcher: Watch
  readonly isClosed: () => boolean
}

/**
 * What comes in is taken from the puppet's events, not from Wechaty's: those come after lookups of their
 * own, which let messages overtake each other and lose a join whose inviter is unknown.
 */
function listen({ deps, signals, puppet, presence, watcher, isClosed }: Wiring): void {
  const { guard, reception, tracker } = deps
  const open =
    <T>(handle: (event: T) => void) =>
    (event: T): void => {
      if (isClosed()) return
      watcher.beat()
      handle(event)
    }
  const roomChanges = (id: string, gone: readonly string[] = []) =>
    presence.take({ run: (login) => void reception.room(login, id, gone) })

  puppet.on(
    'message',
    open(({ messageId }) => {
      tracker.arrived(messageId)
      presence.take({
        run: (login) => reception.message(login, messageId),
        drop: () => tracker.done(messageId),
      })
    }),
  )
  puppet.on(
    'login',
    open(({ contactId }) => {
      watcher.loginCame()
      presence.enter(contactId).catch((error: unknown) => {
        guard.report('login failed', error)
        signals.lost('login failed')
      })
    }),
  )
  puppet.on(
    'logout',
    open(({ data }) => {
      presence.leave()
      tracker.release()
      deps.setHealth({ state: 'offline', reason: data ?? 'logged out' })
      if (deps.info.freshAfterLogout) signals.lost('logged out')
      else watcher.expectLogin()
    }),
  )
  puppet.on(
    'scan',
    open(({ qrcode, status }) => {
      watcher.loginCame()
      const waits = status === ScanStatus.Waiting || status === ScanStatus.Timeout
      deps.setHealth({ state: 'scan', ...(waits && qrcode ? { qr: qrcode } : {}) })
    }),
  )
  // The room list is complete only now on some networks. Comes twice, or never.
  puppet.on(
    'ready',
    open(() => {
      const { login } = presence
      if (login) void guard.run('rooms failed', () => reception.refresh(login))
    }),
  )
  puppet.on(
    'heartbeat',
    open(() => {}),
  )
  puppet.on(
    'room-join',
    open(({ roomId }) => roomChanges(roomId)),
  )
  puppet.on(
    'room-leave',
    open(({ roomId, removeeIdList }) => roomChanges(roomId, removeeIdList)),
  )
  puppet.on(
    'room-topic',
    open(({ roomId }) => roomChanges(roomId)),
  )
}

/**
 * One puppet in one Wechaty, started.
 * @throws when the puppet does not start
 */
export async function openConnection(
  deps: ConnectionDeps,
  signals: Signals,
): Promise<{ close(): Promise<void> }> {
  const { guard, tracker, memory } = deps
  deps.setHealth({ state: 'starting' })
  const puppet = await deps.makePuppet()
  const bot = WechatyBuilder.build({ puppet, ...(memory ? { name: memory } : {}) })
  const watcher = watch(deps.schedule, signals.lost, deps.limits)
  const presence = createPresence({
    ...deps,
    bot,
    puppet,
    onReady: () => {
      signals.loggedIn()
      deps.setHealth({ state: 'online' })
    },
  })
  let closed = false
  let firstError: unknown

  async function close(): Promise<void> {
    closed = true
    watcher.end()
    presence.leave()
    tracker.release()
    await bot.stop()
  }

  bot.on('error', (error) => {
    firstError ??= error
    guard.report('network error', error)
    // Only the word: the rest of the message may show the token.
    const fatal = FATAL.exec(`${error.name} ${error.message}`)
    if (!closed && fatal) signals.lost(fatal[0])
  })
  deps.attach(presence)
  listen({ deps, signals, puppet, presence, watcher, isClosed: () => closed })
  watcher.expectLogin()
  try {
    await bot.start()
    // Wechaty starts even when its puppet does not.
    if (puppet.state.active() === false) throw firstError ?? new Error('the puppet did not start')
  } catch (error) {
    await close()
    throw error
  }
  return { close }
}
