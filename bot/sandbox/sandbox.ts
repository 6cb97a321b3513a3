import type { Instant } from '../../content/time.ts'
import type { Clock } from '../../handlers/core/ports.ts'
import {
  NotAllowed,
  type Sandbox,
  type SandboxEvent,
  type SandboxMessage,
} from '../../web/sandbox/port.ts'
import type { SandboxClock } from './clock.ts'
import type { FaultBox } from './faults.ts'
import type { SandboxPuppet } from './puppet.ts'
import { publicMessage } from './rules.ts'
import { BOT } from './state.ts'
import type { SandboxWorld } from './world.ts'

/** What the sandbox needs of the program around it. */
export interface Program {
  /** Resolves when the message with this id has been handled or dropped. */
  handled(messageId: string): Promise<void>
  /** Resolves when all is handled, done and sent that may be at the clock's time. */
  settled(): Promise<void>
  /** When something next falls due or may be sent, after now. */
  nextAt(): Instant | undefined
  isEnabled(platformRoomId: string): boolean
}

export interface SandboxParts {
  readonly world: SandboxWorld
  readonly clock: SandboxClock
  readonly faults: FaultBox
  /** The puppet that is on the network at present. */
  readonly puppet: () => SandboxPuppet | undefined
  readonly program: Program
  readonly botName: string
}

/** The simulated network with the program in it, for the HTTP interface. Calls that let it act run one by one. */
export function createSandbox(parts: SandboxParts): Sandbox {
  const { world, clock, faults, program } = parts
  let last: Promise<unknown> = Promise.resolve()

  function inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = last.then(act, act)
    last = turn.catch(() => undefined)
    return turn
  }

  /** Does `act`, lets the program settle, and gives what the bot said meanwhile. */
  async function hearing(act: () => Promise<void> | void): Promise<SandboxMessage[]> {
    const before = world.messages().at(-1)?.id
    await act()
    await program.settled()
    return world
      .messages(undefined, before)
      .filter((message) => message.from === BOT)
      .map(publicMessage)
  }

  return {
    state: () => ({
      now: clock.now(),
      bot: { id: BOT, name: parts.botName },
      people: world.people(),
      rooms: world.rooms().map((room) => ({
        id: room.id,
        topic: room.topic,
        enabled: program.isEnabled(world.platformId(room.id)),
        members: room.members,
      })),
    }),
    addPerson: (name) => world.addPerson(name),
    addRoom: (topic, members) => world.addRoom(topic, members),
    addMember: (room, person, alias) =>
      inTurn(async () => {
        await hearing(() => world.addMember(room, person, alias === undefined ? {} : { alias }))
      }),
    removeMember: (room, person) =>
      inTurn(async () => {
        await hearing(() => world.removeMember(room, person))
      }),
    say: (message) =>
      inTurn(async () => {
        const { image, to, room, ...rest } = message
        let id = ''
        const sent = await hearing(async () => {
          const posted = world.post({
            ...rest,
            ...(room === undefined ? {} : { room }),
            ...(to === undefined ? {} : { to: BOT }),
            ...(image && { file: image }),
          })
          id = posted.id
          await parts.puppet()?.delivered()
          if (posted.reachesBot && world.online) await program.handled(id)
        })
        return { id, sent }
      }),
    messages: (where, since) => world.messages(where, since).map(publicMessage),
    recall: (message) =>
      inTurn(async () => {
        await hearing(() => world.recall(message))
      }),
    advanceTo: (to) =>
      inTurn(async () => {
        if (to < clock.now()) throw new NotAllowed('the clock goes forward only')
        const sent = await hearing(() => walk(clock, program, to))
        return { now: clock.now(), sent }
      }),
    nextDue: () => program.nextAt(),
    relogin: (newIds) =>
      inTurn(async () => {
        await hearing(async () => {
          await parts.puppet()?.relogin(newIds)
        })
      }),
    setFaults: (changed) => faults.set(changed),
    faults: () => faults.now,
    file: (id) => world.file(id),
    subscribe: (listener) =>
      world.subscribe((event) => {
        const told = toEvent(event)
        if (told !== undefined) listener(told)
      }),
  }
}

/** Goes to `to` by way of every moment at which something falls due. */
async function walk(clock: SandboxClock & Clock, program: Program, to: Instant): Promise<void> {
  await program.settled()
  for (let next = program.nextAt(); next !== undefined && next <= to; next = program.nextAt()) {
    if (next > clock.now()) clock.set(next)
    await program.settled()
  }
  if (to > clock.now()) clock.set(to)
}

type WorldEvent = Parameters<Parameters<SandboxWorld['subscribe']>[0]>[0]

function toEvent(event: WorldEvent): SandboxEvent | undefined {
  switch (event.type) {
    case 'message':
      return { type: 'message', message: publicMessage(event.message) }
    case 'recall':
      return { type: 'recall', message: event.message }
    case 'members':
    case 'topic':
      return { type: 'members', room: event.room }
    case 'clock':
      return { type: 'clock', now: event.now }
  }
}
