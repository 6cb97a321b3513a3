import cron from 'node-cron'
import { loadContent } from '../content/load.ts'
import { type Instant, systemNow, type Zone } from '../content/time.ts'
import { type Db, openDb } from '../db/open.ts'
import { outboxCounts } from '../db/queries/outbox.ts'
import { roundsWithoutKey } from '../db/queries/round.ts'
import { firstSignIn, type PrintedCode } from '../handlers/console/codes.ts'
import { tellBackupFailed } from '../handlers/console/health.ts'
import type { Env } from '../handlers/core/feature.ts'
import type { Logger } from '../handlers/core/ports.ts'
import { createEnv } from '../handlers/core/settings.ts'
import type { Condition } from '../web/console/port.ts'
import { createWebApp, startServer } from '../web/server.ts'
import { type Backups, createBackups } from './backups/backups.ts'
import type { Config } from './config.ts'
import { createEngine, type Engine } from './engine.ts'
import { features } from './features.ts'
import { freeMegabytes, programVersion } from './machine.ts'
import { mediaFolder } from './media/photos.ts'
import { systemRandom } from './random.ts'
import { openSource } from './source.ts'
import type { Health } from './wechaty/events.ts'
import type { Network } from './wechaty/network.ts'

export interface AppOptions {
  readonly config: Config
  /** What callers of the sandbox's interface must carry. */
  readonly sandboxToken: string
  readonly logger: Logger
  /** Told when the connection changes, also with the QR code to scan. */
  readonly onHealth?: (health: Health) => void
}

export interface App extends AsyncDisposable {
  /** Where it listens. */
  readonly url: string
  /** Where staff find the console. */
  readonly consoleUrl: string
  readonly db: Db
  readonly env: Env
  /** The first code for the console's owner, while nobody has ever signed in. */
  readonly firstSignIn: PrintedCode | undefined
  /** Resolves when all is handled, done and sent that may be at this time. */
  settled(): Promise<void>
}

/** How often member lists are compared, since the network forgets to tell of joins. */
const COMPARE_MEMBERS = '*/10 * * * *'
const EVERY_SECOND = '* * * * * *'
const EVERY_MINUTE = '* * * * *'

/**
 * Starts the whole program: content, database, chat, clockwork and web pages. The sandbox is logged in when this
 * resolves; a real account may still wait for somebody to scan a code. Disposing of the app ends it in the opposite
 * order, so that nothing is handled once the database is closed.
 * @throws ContentError, DatabaseError, JournalError, PuppetMissing, PuppetUnusable, CannotListen: each says what to do
 */
export async function startApp(options: AppOptions): Promise<App> {
  const { config, logger, onHealth = () => {} } = options
  const files = loadContent(config.content)
  await using stack = new AsyncDisposableStack()
  const db = stack.use(
    openDb(config.data, { onBackup: (path) => logger.info('backup before upgrade', { path }) }),
  )
  const env = createEnv({
    files,
    zone: config.zone,
    random: systemRandom,
    commands: features.flatMap((f) => f.commands),
    db,
  })
  const source = stack.use(await openSource(config, env))
  const engine = createEngine({ config, env, db, source, logger, onHealth })
  stack.defer(() => engine.stop())
  const { network, settled } = engine
  const sandbox = source.connect?.(engine)
  const started = systemNow()
  const backups = createBackups({
    plan: config.backup,
    zone: config.zone,
    media: mediaFolder(config.data),
    clock: { now: systemNow },
    logger,
    copy: (target) => db.backup(target),
    withoutKey: () => roundsWithoutKey(db),
    failed: () => db.tx((tx) => tellBackupFailed({ tx, now: source.clock.now(), env })),
  })
  stack.defer(() => backups.settled())

  const server = await startServer({
    host: config.host,
    port: config.port,
    app: createWebApp({
      allowedHosts: [config.host],
      publicUrl: config.publicUrl,
      console: {
        store: db,
        env,
        clock: source.clock,
        real: { now: systemNow },
        logger,
        condition: () => conditionOf({ config, started, network, backups }),
        photos: engine.photos,
        wake: () => void engine.work(),
        groups: () => engine.groups(),
        meet: (platformId) => engine.meetGroup(platformId),
      },
      ...(sandbox && { sandbox: { sandbox, token: options.sandboxToken, zone: config.zone } }),
      health: () => ({ chat: network.health().state, outbox: outboxCounts(db) }),
      logger,
    }),
    logger,
  })
  stack.use(server)
  if (sandbox !== undefined) stack.defer(() => sandbox.stop())
  await network.start()
  await (sandbox === undefined ? settled() : sandbox.ready())
  if (source.ticking) stack.defer(startTicking(engine, config.zone, logger))
  stack.defer(tick(EVERY_MINUTE, () => backups.tend(), config.zone, logger))

  const owned = stack.move()
  return {
    url: server.url,
    consoleUrl: `${config.publicUrl ?? server.url}/console/`,
    db,
    env,
    firstSignIn: db.tx((tx) =>
      firstSignIn({ tx, now: source.clock.now(), real: systemNow(), env }),
    ),
    settled,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

/** How the program is doing now, for the health page. */
function conditionOf(of: {
  readonly config: Config
  readonly started: Instant
  readonly network: Network
  readonly backups: Backups
}): Condition {
  const { state, since, qr } = of.network.health()
  return {
    chat: state,
    since,
    puppet: of.config.puppet,
    ...(qr && { qr }),
    backup: of.backups.state(),
    version: programVersion(),
    started: of.started,
    freeMb: freeMegabytes(of.config.data),
  }
}

/** The clockwork; the ledgers remember what is due, so a tick that is late or lost does no harm. */
function startTicking(engine: Engine, zone: Zone, logger: Logger): () => Promise<void> {
  const ends = [
    tick(EVERY_SECOND, () => engine.work(), zone, logger),
    tick(COMPARE_MEMBERS, () => engine.network.refreshRooms(), zone, logger),
  ]
  return async () => {
    for (const end of ends) await end()
  }
}

/** Does `work` again and again, never twice at a time, until the function that it gives is called. */
function tick(
  when: string,
  work: () => Promise<void>,
  timezone: Zone,
  logger: Logger,
): () => Promise<void> {
  const task = cron.schedule(when, work, { timezone, noOverlap: true })
  task.on('execution:failed', () => logger.error('tick failed'))
  return async () => {
    await task.destroy()
  }
}
