import { WechatyBuilder } from 'wechaty'
import type { Puppet } from 'wechaty-puppet'
import type { Health, NetworkEvents } from './events.ts'
import type { Guard } from './guard.ts'
import { listen } from './listen.ts'
import { createPresence, type Presence } from './presence.ts'
import type { PuppetInfo } from './puppets.ts'
import type { Reception } from './reception.ts'
import type { Signals } from './supervisor.ts'
import type { Schedule } from './timers.ts'
import type { Tracker } from './tracker.ts'
import { type WatchLimits, watch } from './watch.ts'

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
  listen(puppet, { ...deps, presence, watcher, signals, isClosed: () => closed })
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
