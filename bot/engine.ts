import { join } from 'node:path'
import { maxFileBytes } from '../content/announcement-rules.ts'
import { phrase } from '../content/i18n.ts'
import { earliest, type Instant } from '../content/time.ts'
import type { Db } from '../db/open.ts'
import { linkedPhotos } from '../db/queries/photo.ts'
import { boundRoom, enabledRooms, type RoomRow } from '../db/queries/room.ts'
import type { SessionId } from '../db/schema.ts'
import { createDispatcher } from '../handlers/core/dispatch.ts'
import type { Env, Work } from '../handlers/core/feature.ts'
import { openSession, rebind } from '../handlers/core/identity.ts'
import { compareMembers } from '../handlers/core/members.ts'
import { enqueue } from '../handlers/core/outbox.ts'
import { createImageGate } from '../handlers/core/pictures.ts'
import type { Files, Logger, Photos, RoomView } from '../handlers/core/ports.ts'
import type { Config } from './config.ts'
import { features } from './features.ts'
import { createIntake } from './media/intake.ts'
import { mediaFolder, openPhotos } from './media/photos.ts'
import { createOutbox } from './outbox.ts'
import { createRecalls } from './recalls.ts'
import type { Program } from './sandbox/sandbox.ts'
import { createScheduler } from './scheduler.ts'
import type { Source } from './source.ts'
import type { Health, NetworkEvents } from './wechaty/events.ts'
import { createNetwork, type Network } from './wechaty/network.ts'
import { schedule, within } from './wechaty/timers.ts'

export interface EngineDeps {
  readonly config: Config
  readonly env: Env
  readonly db: Db
  readonly source: Source
  readonly logger: Logger
  readonly onHealth: (health: Health) => void
}

export interface Engine extends Program {
  readonly network: Network
  readonly photos: Photos & Files
  /** The groups of the account with the session they belong to; null while it is offline. */
  groups(): Promise<{ readonly session: SessionId; readonly views: readonly RoomView[] } | null>
  /** Notes who is in a group that was just enabled: the next newcomer is new to it, and it is found again by them. */
  meetGroup(platformId: string): Promise<void>
  /** Does what is due and sends what may go out. Never rejects. */
  work(): Promise<void>
  /** Leaves the chat. Afterwards nothing touches the database any more. */
  stop(): Promise<void>
}

/** A send that hangs must not hold up the end; at the next start its row counts as unknown. */
const LAST_SEND_MS = 1_500

/** Joins the parts: messages to the dispatcher, due work to the scheduler, and what is written to the outbox. */
export function createEngine(deps: EngineDeps): Engine {
  const { config, env, db, source, logger } = deps
  const { clock } = source
  const { botName, botNicknames } = env.content.community
  let session: SessionId | undefined
  /** The groups of this login as they were last seen; some networks list them late. */
  const seen = new Map<string, RoomView>()
  let recovered: Promise<void> = Promise.resolve()
  let login = Promise.withResolvers<void>()

  const base = { store: db, env, clock, logger }
  const listening = {
    ...base,
    dialogues: features.flatMap((f) => f.dialogues),
    listeners: features.flatMap((f) => f.listeners ?? []),
    photos: features.flatMap((f) => f.photos ?? []),
  }
  const dispatch = createDispatcher(listening)
  const maxDocumentBytes = maxFileBytes(env.content.announcementRules)
  const photos = openPhotos({
    folder: mediaFolder(config.data),
    clock,
    logger,
    maxDocumentBytes,
    linked: (now) => linkedPhotos(db, now),
  })
  const wants = createImageGate(listening)
  const intake = createIntake({
    photos,
    maxDocumentBytes,
    clock,
    schedule,
    logger,
    wants: (message) => wants(message, clock.now()),
    serves: ({ room }) => room === undefined || isEnabled(room.platformId),
  })
  const scheduler = createScheduler({ ...base, jobs: features.flatMap((f) => f.jobs) })
  const inTx = <T>(use: (work: Work) => T): T => db.tx((tx) => use({ tx, now: clock.now(), env }))

  const events: NetworkEvents = {
    login: (self) => {
      seen.clear()
      session = inTx((work) => {
        const id = openSession(work, config.puppet, self.platformId)
        source.prepare(work, id)
        return id
      })
      return session
    },
    rooms: (id, views) => {
      for (const view of views) seen.set(view.platformId, view)
      inTx((work) => {
        const lost = rebind(work, id, views)
        for (const view of views) compareMembers(work, id, view)
        reportLost(work, id, lost)
      })
      // The chat counts as online only when this event is over.
      recovered = Promise.resolve()
        .then(() => outbox.recover())
        .catch((err: unknown) => logger.error('outbox not recovered', { err }))
      login.resolve()
      login = Promise.withResolvers()
      void send()
    },
    roomChanged: (id, view) => {
      seen.set(view.platformId, view)
      inTx((work) => {
        rebind(work, id, [...seen.values()])
        compareMembers(work, id, view)
      })
      void send()
    },
    message: async (incoming, file) => {
      const room = incoming.room?.platformId
      const wasEnabled = room === undefined || isEnabled(room)
      const message = await intake.take(incoming, file)
      if (message === undefined) return
      dispatch(message, clock.now())
      void send()
      if (!wasEnabled && isEnabled(room)) await meetGroup(room)
      for await (const earlier of intake.awaited(message)) {
        dispatch(earlier, clock.now())
        void send()
      }
    },
    health: deps.onHealth,
  }
  const network = createNetwork({
    puppetName: config.puppet,
    capabilities: source.capabilities,
    makePuppet: source.makePuppet,
    botNames: [botName, ...botNicknames],
    clock,
    logger,
    ...(config.puppet === 'sandbox' ? {} : { memory: join(config.data, 'login') }),
    events,
  })
  const outbox = createOutbox({
    ...base,
    chat: network.chat,
    session: () => session,
    pacing: config.pacing,
    schedule,
    files: photos,
  })

  const recalls = createRecalls({ ...base, chat: network.chat, schedule })

  /** The first of the moments that is still to come. */
  function later(...moments: readonly (Instant | undefined)[]): Instant | undefined {
    const now = clock.now()
    return earliest(...moments.filter((at) => at !== undefined && at > now))
  }

  const isEnabled = (platformId: string): boolean =>
    session !== undefined && boundRoom(db, session, platformId)?.enabled === 1

  async function meetGroup(platformId: string): Promise<void> {
    const view = await network.chat.room(platformId)
    if (view !== undefined && session !== undefined) events.roomChanged(session, view)
  }

  async function send(): Promise<void> {
    try {
      await recovered
      await outbox.drain()
      await recalls.drain()
    } catch (err) {
      logger.error('outbox failed', { err })
    }
  }

  async function work(): Promise<void> {
    try {
      scheduler.runDue()
    } catch (err) {
      logger.error('jobs failed', { err })
    }
    await send()
    await photos.tidy()
  }

  return {
    network,
    photos,
    nextLogin: () => login.promise,
    handled: (id) => network.handled(id),
    work,
    settled: async () => {
      await network.idle()
      await work()
      // What went out may bring something about: staff hear how an announcement went.
      await work()
    },
    nextAt: () => later(outbox.nextAt(), scheduler.nextDueAt()),
    nextHeardAt: () => later(outbox.nextAt(), scheduler.nextHeardAt()),
    isEnabled,
    groups: async () =>
      session === undefined || !network.chat.online
        ? null
        : { session, views: await network.chat.rooms() },
    meetGroup,
    stop: async () => {
      await network.stop()
      await photos.tidy()
      await within(schedule, LAST_SEND_MS, send()).catch(() => logger.warn('stopped while sending'))
    },
  }
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
