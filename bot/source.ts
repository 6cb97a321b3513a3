import type { Puppet } from 'wechaty-puppet'
import { systemNow } from '../content/time.ts'
import type { SessionId } from '../db/schema.ts'
import type { Env, Work } from '../handlers/core/feature.ts'
import type { Capabilities, Clock } from '../handlers/core/ports.ts'
import type { Config } from './config.ts'
import { openSandbox } from './sandbox/open.ts'
import type { Program, SandboxDriver } from './sandbox/sandbox.ts'
import { loadPuppet, puppetInfo } from './wechaty/puppets.ts'

/** Where the chat comes from: the simulated network, or a puppet by name. */
export interface Source extends Disposable {
  readonly clock: Clock
  readonly capabilities: Capabilities
  makePuppet(): Promise<Puppet>
  /** Called at each login, before anything is handled. */
  prepare(work: Work, session: SessionId): void
  /** The simulated network's interface, once the program around it is there. */
  connect?(program: Program): SandboxDriver
  /** Whether time passes by itself. */
  readonly ticking: boolean
}

/** @throws JournalError, PuppetMissing, PuppetUnusable */
export async function openSource(config: Config, env: Env): Promise<Source> {
  if (config.puppet === 'sandbox') return openSandbox(config, env)
  const PuppetClass = await loadPuppet(config.puppet)
  return {
    clock: { now: systemNow },
    capabilities: puppetInfo(config.puppet).capabilities,
    makePuppet: async () => new PuppetClass(),
    prepare: () => {},
    ticking: true,
    [Symbol.dispose]: () => {},
  }
}
