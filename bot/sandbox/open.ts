import { type Instant, systemNow } from '../../content/time.ts'
import type { SessionId } from '../../db/schema.ts'
import type { Env, Work } from '../../handlers/core/feature.ts'
import type { Config } from '../config.ts'
import { puppetInfo } from '../wechaty/puppets.ts'
import { createSandboxClock, type SandboxClock } from './clock.ts'
import { createFaults } from './faults.ts'
import { SandboxPuppet } from './puppet.ts'
import { createSandbox, type Program, type SandboxDriver } from './sandbox.ts'
import { seedCommunity, seedNetwork } from './seed.ts'
import { openWorld } from './world.ts'

/** The simulated network of `config`, with the demonstration community on it unless it is to be empty. */
export function openSandbox(config: Config, env: Env) {
  const { seed, offline } = config.sandbox
  const { world, clock } = openNetwork(config)
  // A later start with an earlier setting must not take the clock back behind what the database has seen.
  world.saveReading(clock.now())
  const { botName } = env.content.community
  const faults = createFaults(env.random)
  let puppet: SandboxPuppet | undefined
  if (seed === 'demo') seedNetwork(world, env.content.demo)

  return {
    clock,
    capabilities: puppetInfo('sandbox').capabilities,
    makePuppet: async () => {
      puppet = new SandboxPuppet(world, { name: botName, faults, offline })
      return puppet
    },
    prepare: (work: Work, session: SessionId) => {
      if (seed === 'demo') seedCommunity(work, session, world)
    },
    ticking: clock.running,
    connect: (program: Program): SandboxDriver =>
      createSandbox({ world, clock, faults, puppet: () => puppet, program, botName }),
    [Symbol.dispose]: () => world.close(),
  }
}

function openNetwork({ data, sandbox: { now } }: Config) {
  const world = openWorld({ folder: data, now: () => clock.now() })
  const clock: SandboxClock = createSandboxClock({
    ...(now === undefined ? {} : { start: now }),
    ...(world.lastReading === undefined ? {} : { last: world.lastReading }),
    save: (reading) => world.saveReading(reading),
    system: systemNow,
  })
  return { world, clock }
}

/** What the sandbox's clock shows while the program is stopped. @throws JournalError */
export function sandboxNow(config: Config): Instant {
  const { world, clock } = openNetwork(config)
  using _ = world
  return clock.now()
}
