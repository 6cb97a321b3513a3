import { setImmediate as turn } from 'node:timers/promises'
import type { Instant } from '../../content/time.ts'
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
import type { SandboxWorld, WorldEvent } from './world.ts'

/** What the sandbox needs of the program around it. */
export interface Program {
  /** Resolves when the account has logged in the next time and its groups are known. */
  nextLogin(): Promise<void>
  /** Resolves when the message with this id has been handled or dropped. */
  handled(messageId: string): Promise<void>
  /** Resolves when all is handled, done and sent that may be at the clock's time. */
  settled(): Promise<void>
  /** When something next falls due or may be sent, after now. */
  nextAt(): Instant | undefined
  /** The same, without what nobody hears of. */
  nextHeardAt(): Instant | undefined
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

export interface SandboxDriver extends Sandbox {
  /** Resolves when the program has logged in and settled, what it missed while it was away included. */
  ready(): Promise<void>
  /** Cuts short what is under way and lets nothing more begin. Resolves when nothing is under way. */
  stop(): Promise<void>
}

/**
 * The simulated network with the program in it, for the HTTP interface. Calls that let the program act run one by one,
 * the first when it has logged in.
 */
export function createSandbox(parts: SandboxParts): SandboxDriver {
  const { world, clock, faults, program } = parts
  let last: Promise<unknown> = program.nextLogin()
  let current: Promise<unknown> | undefined
  let stopping = false

  function inTurn<T>(act: () => Promise<T>): Promise<T> {
    const mine = last.then(() => {
      if (stopping) throw new NotAllowed('the program stops')
      const acting = act()
      current = acting
      return acting
    })
    last = mine.catch(() => undefined)
    return mine
  }

  /** Does `act`, lets the program settle, and gives what the bot said meanwhile. */
  async function hearing(act: () => Promise<void> | void): Promise<SandboxMessage[]> {
    const heard: SandboxMessage[] = []
    const unsubscribe = world.subscribe((event) => {
      if (event.type === 'message' && event.message.from === BOT) {
        heard.push(publicMessage(event.message))
      }
    })
    try {
      await act()
      await parts.puppet()?.delivered()
      await program.settled()
      world.noteHandled()
      return heard
    } finally {
      unsubscribe()
    }
  }

  const quietly = (act: () => Promise<void> | void): Promise<void> =>
    inTurn(async () => {
      await hearing(act)
    })

  /** Goes to `to` by way of every moment at which something falls due. */
  async function walk(to: Instant): Promise<void> {
    await program.settled()
    for (let next = program.nextAt(); !stopping; next = program.nextAt()) {
      const stop = next !== undefined && next < to ? next : to
      // A clock that runs may be there already.
      if (stop > clock.now()) clock.set(stop)
      if (next === undefined || next >= to) return
      await program.settled()
      // A long way must not keep requests and signals waiting.
      await turn()
    }
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
      quietly(() => world.addMember(room, person, alias === undefined ? {} : { alias })),
    removeMember: (room, person) => quietly(() => world.removeMember(room, person)),
    say: (message) =>
      inTurn(async () => {
        const { image, file = image, to, room, ...rest } = message
        if (rest.from === BOT) throw new NotAllowed('the bot speaks for itself')
        let id = ''
        const sent = await hearing(async () => {
          const posted = world.post({
            ...rest,
            ...(room === undefined ? {} : { room }),
            ...(to === undefined ? {} : { to: BOT }),
            ...(file && { file }),
          })
          id = posted.id
          await parts.puppet()?.delivered()
          if (posted.reachesBot && world.online) await program.handled(id)
        })
        return { id, sent }
      }),
    messages: (where, since) => world.messages(where, since).map(publicMessage),
    recall: (message) => quietly(() => world.recall(message)),
    moveClock: (target) =>
      inTurn(async () => {
        const now = clock.now()
        const to = target(now)
        if (to < now) throw new NotAllowed('the clock goes forward only')
        const sent = await hearing(() => walk(to))
        const reached = clock.now()
        // A clock that runs has gone on meanwhile: what the caller has seen must hold after a restart.
        if (clock.running) world.saveReading(reached)
        return { now: reached, sent }
      }),
    nextDue: () => program.nextHeardAt(),
    relogin: (newIds) =>
      quietly(async () => {
        const loggedIn = program.nextLogin()
        await parts.puppet()?.relogin(newIds)
        await loggedIn
      }),
    setFaults: (changed) => faults.set(changed),
    faults: () => faults.now,
    file: (id) => world.file(id),
    subscribe: (listener) =>
      world.subscribe((event) => {
        const told = toEvent(event)
        if (told !== undefined) listener(told)
      }),
    ready: () => quietly(() => {}),
    stop: async () => {
      stopping = true
      await current?.catch(() => undefined)
    },
  }
}

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
