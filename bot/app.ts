import { join } from 'node:path'
import cron from 'node-cron'
import type { Puppet } from 'wechaty-puppet'
import { createCalendar } from '../content/calendar.ts'
import { phrase } from '../content/i18n.ts'
import { loadContent } from '../content/load.ts'
import { type Instant, systemNow } from '../content/time.ts'
import { type Db, openDb } from '../db/open.ts'
import { outboxCounts } from '../db/queries/outbox.ts'
import { boundRoom, enabledRooms, type RoomRow } from '../db/queries/room.ts'
import type { SessionId } from '../db/schema.ts'
import { createDispatcher } from '../handlers/core/dispatch.ts'
import type { Env, Work } from '../handlers/core/feature.ts'
import { openSession, rebind } from '../handlers/core/identity.ts'
import { compareMembers } from '../handlers/core/members.ts'
import { enqueue } from '../handlers/core/outbox.ts'
import type { Capabilities, Clock, Logger, RoomView } from '../handlers/core/ports.ts'
import type { Sandbox } from '../web/sandbox/port.ts'
import { createWebApp, startServer } from '../web/server.ts'
import type { Config } from './config.ts'
import { features } from './features.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import { systemRandom } from './random.ts'
import { openSandbox } from './sandbox/open.ts'
import type { Program } from './sandbox/sandbox.ts'
import { createScheduler, type Scheduler } from './scheduler.ts'
import type { Health } from './wechaty/events.ts'
import { createNetwork, type Network } from './wechaty/network.ts'
import { loadPuppet, puppetInfo } from './wechaty/puppets.ts'
import { schedule } from './wechaty/timers.ts'

export interface AppOptions {
  readonly config: Config
  /** What callers of the sandbox's interface must carry. */
  readonly sandboxToken: string
  readonly logger: Logger
  /** Told when the connection changes, also with the QR code to scan. */
  readonly onHealth?: (health: Health) => void
}

export interface App extends AsyncDisposable {
  readonly url: string
  readonly db: Db
  readonly env: Env
  /** Resolves when all is handled, done and sent that may be at this time. */
  settled(): Promise<void>
}

/** How often member lists are compared, since the network forgets to tell of joins. */
const COMPARE_MEMBERS = '*/10 * * * *'
const EVERY_SECOND = '* * * * * *'

/** Where the chat comes from: the simulated network, or a puppet by name. */
export interface Source {
  readonly clock: Clock
  readonly capabilities: Capabilities
  makePuppet(): Promise<Puppet>
  /** Called once at the first login, before anything is handled. */
  prepare(work: Work, session: SessionId): void
  /** The simulated network's interface, once the program around it is there. */
  connect?(program: Program): Sandbox
  /** Whether time passes by itself. */
  readonly ticking: boolean
  close(): void
}

async function openSource(config: Config, env: Env): Promise<Source> {
  if (config.puppet === 'sandbox') {
    return openSandbox(config, env)
  }
  const { capabilities } = puppetInfo(config.puppet)
  const PuppetClass = await loadPuppet(config.puppet)
  return {
    clock: { now: systemNow },
    capabilities,
    makePuppet: async () => new PuppetClass(),
    prepare: () => {},
    ticking: true,
    close: () => {},
  }
}

/**
 * Starts the whole program: content, database, chat, clockwork and web pages.
 * @throws ContentError, DatabaseError, PuppetMissing, PortInUse: each says what to do
 */
export async function startApp(options: AppOptions): Promise<App> {
  const { config, logger } = options
  const content = loadContent(config.content)
  const env: Env = {
    content,
    calendar: createCalendar(content.calendarRules),
    zone: config.zone,
    random: systemRandom,
    commands: features.flatMap((f) => f.commands),
  }
  await using stack = new AsyncDisposableStack()
  const db = stack.use(
    openDb(config.data, { onBackup: (path) => logger.info('backup before upgrade', { path }) }),
  )
  const source = await openSource(config, env)
  stack.defer(() => source.close())
  const running = assemble(options, env, db, source)
  const { network, settled, outbox, scheduler } = running

  const server = await startServer({
    host: config.host,
    port: config.port,
    app: createWebApp({
      allowedHosts: [config.host],
      ...(running.sandbox && {
        sandbox: { sandbox: running.sandbox, token: options.sandboxToken, zone: config.zone },
      }),
      health: () => ({ chat: network.health().state, outbox: outboxCounts(db) }),
      logger,
    }),
    logger,
  })
  stack.use(server)
  stack.defer(() => network.stop())
  await network.start()
  if (running.sandbox !== undefined) await running.ready
  await settled()
  stack.defer(startTicking(source, network, scheduler, outbox, logger, config))

  const owned = stack.move()
  return {
    url: server.url,
    db,
    env,
    settled,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

interface Assembled {
  readonly network: Network
  readonly outbox: Outbox
  readonly scheduler: Scheduler
  readonly sandbox: Sandbox | undefined
  /** Resolves after the first login, when the groups are known. */
  readonly ready: Promise<void>
  settled(): Promise<void>
}

/** Joins the parts: messages to the dispatcher, due work to the scheduler, what is written to the outbox. */
function assemble(options: AppOptions, env: Env, db: Db, source: Source): Assembled {
  const { config, logger } = options
  const { clock } = source
  let session: SessionId | undefined
  let recovered: Promise<void> = Promise.resolve()
  const { promise: ready, resolve: isReady } = Promise.withResolvers<void>()

  const dispatch = createDispatcher({
    store: db,
    env,
    dialogues: features.flatMap((f) => f.dialogues),
    logger,
  })
  const scheduler = createScheduler({
    store: db,
    env,
    clock,
    logger,
    jobs: features.flatMap((f) => f.jobs),
  })
  const inTx = <T>(use: (work: Work) => T): T => db.tx((tx) => use({ tx, now: clock.now(), env }))
  const { botName, botNicknames } = env.content.community
  const network = createNetwork({
    puppetName: config.puppet,
    capabilities: source.capabilities,
    makePuppet: source.makePuppet,
    botNames: [botName, ...botNicknames],
    clock,
    logger,
    ...(config.puppet === 'sandbox' ? {} : { memory: join(config.data, 'login') }),
    events: {
      login: (self) => {
        session = inTx((work) => {
          const id = openSession(work, config.puppet, self.platformId)
          source.prepare(work, id)
          return id
        })
        return session
      },
      rooms: (id, views) => {
        inTx((work) => {
          const lost = rebind(work, id, views)
          for (const view of views) compareMembers(work, id, view)
          reportLost(work, id, lost)
        })
        recovered = outbox.recover()
        isReady()
        kick()
      },
      roomChanged: (id, view: RoomView) => {
        inTx((work) => compareMembers(work, id, view))
        kick()
      },
      message: (incoming) => {
        dispatch(incoming, clock.now())
        kick()
      },
      health: (health) => options.onHealth?.(health),
    },
  })
  const outbox = createOutbox({
    store: db,
    env,
    clock,
    chat: network.chat,
    logger,
    session: () => session,
    pacing: config.pacing,
    schedule,
  })
  const send = (): Promise<void> => recovered.then(() => outbox.drain())
  const kick = () => {
    send().catch((err: unknown) => logger.error('outbox failed', { err }))
  }

  /** What is handled may bring work, and work brings messages: until nothing is left to do now. */
  async function settled(): Promise<void> {
    await network.idle()
    scheduler.runDue()
    await send()
  }

  function nextAt(): Instant | undefined {
    const now = clock.now()
    const sending = outbox.nextAt()
    const due = scheduler.nextDueAt()
    const ahead = [sending, due].filter((next) => next !== undefined && next > now).sort()
    return ahead[0]
  }

  const sandbox = source.connect?.({
    handled: (id) => network.handled(id),
    settled,
    nextAt,
    isEnabled: (platformId) =>
      session !== undefined && boundRoom(db, session, platformId)?.enabled === 1,
  })
  return { network, outbox, scheduler, sandbox, ready, settled }
}

/** Groups that were not found again after a new login: staff are told how to bind them. */
function reportLost(work: Work, session: SessionId, lost: readonly RoomRow[]): void {
  for (const room of lost) {
    for (const staffRoom of enabledRooms(work.tx, 'staff')) {
      if (staffRoom.id === room.id) continue
      enqueue(work, {
        to: { room: staffRoom.id },
        key: `lost:${session}:${room.id}:${staffRoom.id}`,
        say: phrase('staff.roomLost', { topic: room.topic, no: room.id }),
        priority: 'notice',
      })
    }
  }
}

/** The clockwork; the ledgers remember what is due, so a tick that is late or lost does no harm. */
function startTicking(
  source: Source,
  network: Network,
  scheduler: Scheduler,
  outbox: Outbox,
  logger: Logger,
  config: Config,
): () => Promise<void> {
  if (!source.ticking) return async () => {}
  const options = { timezone: config.zone, noOverlap: true }
  const tick = cron.schedule(
    EVERY_SECOND,
    async () => {
      scheduler.runDue()
      await outbox.drain()
    },
    options,
  )
  const compare = cron.schedule(COMPARE_MEMBERS, () => network.refreshRooms(), options)
  tick.on('execution:failed', () => logger.error('tick failed'))
  return async () => {
    await tick.destroy()
    await compare.destroy()
  }
}
