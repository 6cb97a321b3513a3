import type { Puppet } from 'wechaty-puppet'
import type {
  EventLogin,
  EventLogout,
  EventMessage,
  EventRoomJoin,
  EventRoomLeave,
  EventRoomTopic,
  EventScan,
} from 'wechaty-puppet/payloads'
import { ScanStatus } from 'wechaty-puppet/types'
import type { Health } from './events.ts'
import type { Guard } from './guard.ts'
import type { Presence } from './presence.ts'
import type { PuppetInfo } from './puppets.ts'
import type { Reception } from './reception.ts'
import type { Signals } from './supervisor.ts'
import type { Tracker } from './tracker.ts'
import type { Watch } from './watch.ts'

export interface Listening {
  readonly info: PuppetInfo
  readonly guard: Guard
  readonly tracker: Tracker
  readonly reception: Reception
  readonly presence: Presence
  readonly watcher: Watch
  readonly signals: Signals
  setHealth(health: Omit<Health, 'since'>): void
  /** From then on nothing is heard. */
  isClosed(): boolean
}

type Hear = <T>(handle: (event: T) => void) => (event: T) => void

/**
 * What comes in is taken from the puppet's events, not from Wechaty's: those come after lookups of their
 * own, which let messages overtake each other and lose a join whose inviter is unknown.
 */
export function listen(puppet: Puppet, to: Listening): void {
  const hear: Hear = (handle) => (event) => {
    if (to.isClosed()) return
    to.watcher.beat()
    handle(event)
  }
  puppet.on(
    'heartbeat',
    hear(() => {}),
  )
  listenToAccount(puppet, to, hear)
  listenToRooms(puppet, to, hear)
}

function listenToAccount(puppet: Puppet, to: Listening, hear: Hear): void {
  const { presence, watcher, signals, guard } = to

  function onLogin({ contactId }: EventLogin): void {
    watcher.loginCame()
    presence.enter(contactId).catch((error: unknown) => {
      guard.report('login failed', error)
      signals.lost('login failed')
    })
  }

  function onLogout({ data }: EventLogout): void {
    presence.leave()
    to.tracker.release()
    to.setHealth({ state: 'offline', reason: data ?? 'logged out' })
    if (to.info.freshAfterLogout) signals.lost('logged out')
    else watcher.expectLogin()
  }

  function onScan({ qrcode, status }: EventScan): void {
    watcher.loginCame()
    const waits = status === ScanStatus.Waiting || status === ScanStatus.Timeout
    to.setHealth({ state: 'scan', ...(waits && qrcode ? { qr: qrcode } : {}) })
  }

  /** On some networks the list of rooms is complete only now. Comes twice, or never. */
  function onReady(): void {
    const { login } = presence
    if (login) void guard.run('rooms failed', () => to.reception.refresh(login))
  }

  puppet.on('login', hear(onLogin))
  puppet.on('logout', hear(onLogout))
  puppet.on('scan', hear(onScan))
  puppet.on('ready', hear(onReady))
}

function listenToRooms(puppet: Puppet, to: Listening, hear: Hear): void {
  const { presence, reception, tracker } = to

  function onMessage({ messageId }: EventMessage): void {
    tracker.arrived(messageId)
    presence.take({
      run: (login) => reception.message(login, messageId),
      drop: () => tracker.done(messageId),
    })
  }

  function onRoom({ roomId }: EventRoomJoin | EventRoomTopic): void {
    presence.take({ run: (login) => void reception.room(login, roomId) })
  }

  function onLeave({ roomId, removeeIdList }: EventRoomLeave): void {
    presence.take({ run: (login) => void reception.room(login, roomId, removeeIdList) })
  }

  puppet.on('message', hear(onMessage))
  puppet.on('room-join', hear(onRoom))
  puppet.on('room-topic', hear(onRoom))
  puppet.on('room-leave', hear(onLeave))
}
