import { createFaults } from '../../bot/sandbox/faults.ts'
import { SandboxPuppet } from '../../bot/sandbox/puppet.ts'
import { openWorld, type SandboxWorld } from '../../bot/sandbox/world.ts'
import type { Health } from '../../bot/wechaty/events.ts'
import { createNetwork, type Network, type NetworkOptions } from '../../bot/wechaty/network.ts'
import { puppetInfo } from '../../bot/wechaty/puppets.ts'
import type { Schedule } from '../../bot/wechaty/timers.ts'
import { fromMillis, type Instant, toMillis } from '../../content/time.ts'
import type { SessionId } from '../../db/schema.ts'
import type { Incoming, Logger, RoomView } from '../../handlers/core/ports.ts'

export const NOW = '2026-11-23T07:00:00.000Z' as Instant

/** Things that happened, in order, and a way to wait for the next without polling. */
export interface Chronicle {
  add(entry: string): void
  readonly entries: readonly string[]
  /** Resolves when an entry matches; rejects after two seconds. */
  until(pattern: RegExp, times?: number): Promise<void>
}

export function createChronicle(): Chronicle {
  const entries: string[] = []
  const checks = new Set<() => void>()
  return {
    entries,
    add(entry) {
      entries.push(entry)
      for (const check of [...checks]) check()
    },
    until(pattern, times = 1) {
      return new Promise((resolve, reject) => {
        const late = setTimeout(() => {
          checks.delete(check)
          reject(new Error(`no ${pattern} in:\n${entries.join('\n')}`))
        }, 2_000)
        const check = () => {
          if (entries.filter((each) => pattern.test(each)).length < times) return
          clearTimeout(late)
          checks.delete(check)
          resolve()
        }
        checks.add(check)
        check()
      })
    },
  }
}

/** Timers that a test lets run out by hand. */
export function manualTimers(): {
  readonly schedule: Schedule
  readonly pending: () => readonly number[]
  /** Runs the oldest timer of this length. */
  fire(ms: number): void
  /** Resolves when there is a timer of this length. */
  until(ms: number): Promise<void>
} {
  const timers = new Set<{ ms: number; then: () => void }>()
  const set = createChronicle()
  const isPending = (ms: number) => [...timers].some((each) => each.ms === ms)
  return {
    async until(ms) {
      while (!isPending(ms)) await set.until(/./, set.entries.length + 1)
    },
    schedule(ms, then) {
      const timer = { ms, then }
      timers.add(timer)
      set.add(String(ms))
      return () => void timers.delete(timer)
    },
    pending: () => [...timers].map((each) => each.ms),
    fire(ms) {
      const timer = [...timers].find((each) => each.ms === ms)
      if (!timer) throw new Error(`no timer of ${ms} ms`)
      timers.delete(timer)
      timer.then()
    },
  }
}

export interface Town {
  readonly world: SandboxWorld
  readonly faults: ReturnType<typeof createFaults>
  readonly network: Network
  readonly record: Chronicle
  readonly incoming: Incoming[]
  readonly views: RoomView[]
  readonly healths: Health[]
  readonly selves: string[]
  /** The puppets made so far, the present one last. */
  readonly puppets: SandboxPuppet[]
  /** What a message does besides being recorded. */
  onMessage: (incoming: Incoming) => void | Promise<void>
  /** A person says something; resolves when the bot has handled it. */
  say(from: string, room: string | undefined, text: string, more?: More): Promise<Incoming>
  /** Resolves when Wechaty has been told of everything. */
  told(): Promise<void>
  /** Resolves when the bot has been told of everything and has handled it. */
  settled(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

export interface TownOptions extends Partial<NetworkOptions> {
  /** Rooms cannot be read before this. */
  readonly slowRooms?: Promise<void>
  /** The puppets' start is not over before this, though they log in. */
  readonly slowStart?: Promise<void>
  /** So many logins cannot be told. */
  readonly loginFails?: number
  /** So many puppets do not start. */
  readonly startFails?: number
}

interface More {
  readonly mentions?: readonly string[]
  readonly quote?: string
}

/** A network of two rooms on the sandbox: 张三 (p1), 李四 (p2) and 王五 (p3) in r1, 张三 and 李四 in r2. */
export function createTown({
  slowRooms,
  slowStart,
  loginFails = 0,
  startFails = 0,
  ...options
}: TownOptions = {}): Town {
  let millis = toMillis(NOW)
  const now = () => fromMillis(millis++)
  const world = openWorld({ now })
  for (const name of ['张三', '李四', '王五']) world.addPerson(name)
  world.addRoom('18街坊', [{ person: 'p1', alias: '3-502 张' }, { person: 'p2' }, { person: 'p3' }])
  world.addRoom('28街坊', [{ person: 'p1' }, { person: 'p2' }])

  const faults = createFaults({ int: (below) => below - 1 })
  const record = createChronicle()
  const incoming: Incoming[] = []
  const views: RoomView[] = []
  const healths: Health[] = []
  const selves: string[] = []
  const puppets: SandboxPuppet[] = []
  let failed = 0
  const ready = Promise.withResolvers<void>()
  const log = (level: string) => (event: string, fields?: { err?: unknown }) =>
    record.add(`${level} ${event} ${fields?.err instanceof Error ? fields.err.message : ''}`)
  const logger: Logger = { info: log('info'), warn: log('warn'), error: log('error') }

  const network = createNetwork({
    puppetName: 'sandbox',
    capabilities: puppetInfo('sandbox').capabilities,
    async makePuppet() {
      const puppet = new SandboxPuppet(world, { name: '小邻', faults, offline: 'lose' })
      puppets.push(puppet)
      if (puppets.length <= startFails) {
        puppet.onStart = () => Promise.reject(new Error('no chat server'))
      }
      if (slowStart !== undefined) {
        const start = puppet.onStart.bind(puppet)
        puppet.onStart = async () => {
          await start()
          await slowStart
        }
      }
      puppet.once('ready', () => ready.resolve())
      if (slowRooms !== undefined) {
        const list = puppet.roomMemberList.bind(puppet)
        puppet.roomMemberList = async (id) => {
          await slowRooms
          return list(id)
        }
      }
      return puppet
    },
    botNames: ['小邻', '邻里'],
    clock: { now },
    logger,
    events: {
      login(self) {
        if (selves.length + failed < loginFails) {
          failed++
          throw new Error('disk full')
        }
        selves.push(self.platformId)
        record.add(`login ${self.name}`)
        return selves.length as SessionId
      },
      rooms(session, all) {
        views.push(...all)
        record.add(`rooms ${session}: ${all.map((each) => each.topic).join(' ')}`)
      },
      roomChanged(session, view) {
        views.push(view)
        record.add(`room ${session}: ${view.topic} ${view.members.map((m) => m.name).join(' ')}`)
      },
      async message(message) {
        incoming.push(message)
        record.add(`message ${message.session}: ${message.sender.name} ${message.text}`)
        await town.onMessage(message)
      },
      health(health) {
        healths.push(health)
        record.add(`health ${health.state} ${health.reason ?? ''}`)
      },
    },
    ...options,
  })

  const town: Town = {
    world,
    faults,
    network,
    record,
    incoming,
    views,
    healths,
    selves,
    puppets,
    onMessage: () => {},
    async say(from, room, text, more = {}) {
      const place = room === undefined ? { to: 'bot' } : { room }
      const { id } = world.post({ from, ...place, kind: 'text', text, ...more })
      await network.handled(id)
      const found = incoming.findLast((each) => each.messageId === id)
      if (!found) throw new Error(`not handed over: ${text}`)
      return found
    },
    async told() {
      await ready.promise
      await puppets.at(-1)?.delivered()
    },
    async settled() {
      await town.told()
      await network.idle()
    },
    async [Symbol.asyncDispose]() {
      await network.stop()
      world.close()
    },
  }
  return town
}

/** A town whose bot is online. */
export async function openTown(options: TownOptions = {}): Promise<Town> {
  const town = createTown(options)
  await town.network.start()
  await town.record.until(/^health online/)
  return town
}
