import type { Message } from 'wechaty-puppet/payloads'
import type { Clock, RoomView } from '../../handlers/core/ports.ts'
import type { NetworkEvents } from './events.ts'
import { fetchFile } from './fetch.ts'
import type { Guard } from './guard.ts'
import { readIncoming } from './incoming.ts'
import type { Login } from './login.ts'
import type { PuppetInfo } from './puppets.ts'
import { mapLimit, type Queues } from './queue.ts'
import { readRoom } from './rooms.ts'
import { type Schedule, within } from './timers.ts'
import type { Tracker } from './tracker.ts'

/** A message whose payload takes longer is lost, and holds up no other. */
const PAYLOAD_WITHIN_MS = 10_000
/** Rooms read at a time. */
const ROOMS = 8
/** The queue in which messages wait for their payloads, in the order of arrival. */
const ARRIVALS = ''

export interface ReceptionDeps {
  readonly info: PuppetInfo
  readonly botNames: readonly string[]
  readonly clock: Clock
  readonly schedule: Schedule
  readonly guard: Guard
  readonly queues: Queues
  readonly tracker: Tracker
  readonly events: NetworkEvents
}

/** What happens to the messages and rooms of a login. */
export interface Reception {
  /** Takes a message that the tracker knows to have arrived. */
  message(login: Login, id: string): void
  /** Something changed in the room; `gone` are those who left it. */
  room(login: Login, id: string, gone?: readonly string[]): Promise<void>
  /** Reads every room again and tells of each. */
  refresh(login: Login): Promise<void>
  /** Reads a room afresh; undefined when the account is not in it. */
  read(login: Login, id: string): Promise<RoomView | undefined>
  /** Reads all rooms afresh and hands over each as it comes. One that cannot be read is reported. */
  readAll(login: Login, each: (view: RoomView) => void): Promise<void>
}

export function createReception(deps: ReceptionDeps): Reception {
  const { info, guard, queues, tracker, events } = deps

  async function fresh(login: Login, id: string): Promise<RoomView> {
    const view = await readRoom(login.puppet, id, info)
    login.rooms.put(view)
    return view
  }

  function tell(login: Login, view: RoomView): Promise<void> {
    return guard.run('room failed', () => events.roomChanged(login.session, view))
  }

  /** Rooms are not all listed at login, and joins get lost: whoever speaks shows both. */
  async function roomOf(login: Login, id: string, speaker: string): Promise<RoomView> {
    const known = login.rooms.get(id)
    if (known && login.rooms.has(id, speaker)) return known
    try {
      const view = await fresh(login, id)
      await tell(login, view)
      return view
    } catch (error) {
      if (known) return known
      throw error
    } finally {
      login.rooms.noteSpeaker(id, speaker)
    }
  }

  async function changed(login: Login, id: string, gone: readonly string[]): Promise<void> {
    const known = login.rooms.get(id)
    const view = await fresh(login, id).catch((error: unknown) => {
      // The account itself may be out of the room and see nothing of it.
      if (known === undefined || gone.length === 0) throw error
      const members = known.members.filter((each) => !gone.includes(each.platformId))
      return { ...known, members }
    })
    await tell(login, view)
  }

  function handle(login: Login, message: Message): Promise<void> {
    return guard.run('message failed', async () => {
      const incoming = await readIncoming(
        {
          login,
          botNames: deps.botNames,
          clock: deps.clock,
          rawText: info.rawText,
          room: (id, speaker) => roomOf(login, id, speaker),
        },
        message,
      )
      if (incoming === undefined) return
      const { kind } = incoming
      if (kind !== 'image' && kind !== 'file') return await events.message(incoming)
      const { id } = message
      await events.message(incoming, (limit) => fetchFile(login.puppet, { id, kind }, limit))
    })
  }

  function room(login: Login, id: string, gone: readonly string[] = []): Promise<void> {
    return queues.push(id, () => guard.run('room failed', () => changed(login, id, gone)))
  }

  return {
    message(login, id) {
      const payload = within(deps.schedule, PAYLOAD_WITHIN_MS, login.puppet.messagePayload(id))
      // Observed below, when its turn has come.
      payload.catch(() => {})
      void queues.push(ARRIVALS, async () => {
        try {
          const message = await payload
          const conversation = message.roomId || message.talkerId
          void queues.push(conversation, async () => {
            await handle(login, message)
            tracker.done(id)
          })
        } catch (error) {
          guard.report('message lost', error)
          tracker.done(id)
        }
      })
    },
    room,
    async refresh(login) {
      await mapLimit(await login.puppet.roomList(), ROOMS, (id) => room(login, id))
    },
    async read(login, id) {
      try {
        return await fresh(login, id)
      } catch (error) {
        if ((await login.puppet.roomList()).includes(id)) throw error
        return undefined
      }
    },
    async readAll(login, each) {
      await mapLimit(await login.puppet.roomList(), ROOMS, (id) =>
        guard.run('room failed', async () => each(await fresh(login, id))),
      )
    },
  }
}
