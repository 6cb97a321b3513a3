import type { Wechaty } from 'wechaty'
import type { Puppet } from 'wechaty-puppet'
import type { RoomView } from '../../handlers/core/ports.ts'
import type { NetworkEvents } from './events.ts'
import type { Guard } from './guard.ts'
import type { Login } from './login.ts'
import type { Reception } from './reception.ts'
import { createRooms } from './rooms.ts'
import { type Schedule, within } from './timers.ts'

/** Rooms that take longer to read at login follow one by one. */
const ROOMS_WITHIN_MS = 30_000
/** An account whose name takes longer goes by the bot's. */
const NAME_WITHIN_MS = 10_000

/** Something that came in: done with a login, or dropped when there will be none. */
export interface Arrival {
  run(login: Login): void
  drop?(): void
}

export interface PresenceDeps {
  readonly bot: Wechaty
  readonly puppet: Puppet
  readonly botNames: readonly string[]
  readonly schedule: Schedule
  readonly guard: Guard
  readonly reception: Reception
  readonly events: NetworkEvents
  /** The login is told and its rooms are: messages follow, and answers may go out. */
  onReady(login: Login): void
}

/** Whether the account is on the network, and what waits until it is. */
export interface Presence {
  /** The login that is ready, if any. */
  readonly login: Login | undefined
  /** The account is logged in, though its login may not be ready. */
  readonly isEntered: boolean
  /** Tells a new login and its rooms, then lets in what waited. Resolves when that is done. */
  enter(selfId: string): Promise<void>
  /** The account is gone, and what waited for it is dropped. */
  leave(): void
  take(arrival: Arrival): void
}

export function createPresence(deps: PresenceDeps): Presence {
  const { bot, puppet, reception, events, guard } = deps
  let login: Login | undefined
  let isInside = false
  let waiting: Arrival[] = []
  /** Told apart, so that a login which was followed by another says no more. */
  let logins = 0

  async function selfName(id: string): Promise<string> {
    const contact = within(deps.schedule, NAME_WITHIN_MS, puppet.contactPayload(id))
    const named = await contact.catch(() => undefined)
    return named?.name || (deps.botNames[0] ?? '')
  }

  /** Those that are read in time; the others are told later, as changed. */
  async function readRooms(entered: Login): Promise<readonly RoomView[]> {
    const views: RoomView[] = []
    let late = false
    const all = reception.readAll(entered, (view) => {
      if (late) events.roomChanged(entered.session, view)
      else views.push(view)
    })
    await guard.run('rooms late', () => within(deps.schedule, ROOMS_WITHIN_MS, all))
    late = true
    return views
  }

  function leave(): void {
    logins++
    login = undefined
    isInside = false
    const dropped = waiting
    waiting = []
    for (const each of dropped) each.drop?.()
  }

  return {
    get login() {
      return login
    },
    get isEntered() {
      return isInside
    },
    async enter(selfId) {
      login = undefined
      isInside = true
      const mine = ++logins
      // What an earlier login looked up may be out of date, or name other people.
      puppet.cache.clear()
      const self = { platformId: selfId, name: await selfName(selfId) }
      if (mine !== logins) return
      const session = events.login(self)
      const entered: Login = { bot, puppet, session, self, rooms: createRooms() }
      const views = await readRooms(entered)
      if (mine !== logins) return
      events.rooms(session, views)
      login = entered
      deps.onReady(entered)
      const due = waiting
      waiting = []
      for (const each of due) each.run(entered)
    },
    leave,
    take(arrival) {
      if (login) arrival.run(login)
      else waiting.push(arrival)
    },
  }
}
