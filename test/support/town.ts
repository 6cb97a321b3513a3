import type { Compilable } from 'kysely'
import { expect } from 'vitest'
import { features } from '../../bot/features.ts'
import { createOutbox } from '../../bot/outbox.ts'
import { createRecalls } from '../../bot/recalls.ts'
import { createScheduler } from '../../bot/scheduler.ts'
import type { Content } from '../../content/schema.ts'
import {
  addDays,
  dateIn,
  type Instant,
  plus,
  type Span,
  toInstant,
  type Zone,
} from '../../content/time.ts'
import { type Db, openMemoryDb } from '../../db/open.ts'
import { bindResident, insertResident } from '../../db/queries/resident.ts'
import { bindRoom, insertRoom } from '../../db/queries/room.ts'
import type { ResidentId, Role, RoomId, SessionId } from '../../db/schema.ts'
import { q } from '../../db/store.ts'
import { createDispatcher, type Outcome } from '../../handlers/core/dispatch.ts'
import type { Env, Feature, Work } from '../../handlers/core/feature.ts'
import { openSession, rebind } from '../../handlers/core/identity.ts'
import { compareMembers } from '../../handlers/core/members.ts'
import type {
  Capabilities,
  Chat,
  Incoming,
  Logger,
  Member,
  Random,
  RoomView,
  Target,
} from '../../handlers/core/ports.ts'
import { createEnv } from '../../handlers/core/settings.ts'
import { planLecture } from '../../handlers/programmes/service.ts'
import { demoContent } from './content.ts'

/** A small community for conversation tests: real database, real dispatcher, outbox and scheduler; chat and clock are fakes. */

const ZONE = 'Asia/Shanghai' as Zone

let template: Buffer | undefined

/** A migrated database in memory, copied from one that was migrated once. */
export function testDb(): Db {
  template ??= (() => {
    using db = openMemoryDb()
    return db.serialize()
  })()
  return openMemoryDb(template)
}

/** Predictable, and different at each call. */
export function testRandom(): Random {
  let n = 0
  return {
    int: (below) => {
      n += 7
      return n % below
    },
    token: () => (++n).toString(16).padStart(32, '0'),
  }
}

export interface LogLine {
  readonly level: 'info' | 'warn' | 'error'
  readonly event: string
  readonly fields: Readonly<Record<string, unknown>>
}

export interface Sent {
  /** The group's name, or the person's in a direct chat. */
  readonly to: string
  readonly text: string
  readonly at: Instant
}

export interface TownOptions {
  /** The first moment, with an offset; a Tuesday at noon when left out. */
  readonly now?: string
  readonly content?: Content
  readonly features?: readonly Feature[]
  readonly capabilities?: Partial<Capabilities>
  readonly pacing?: boolean
  /** A year of lectures is planned, unless false. */
  readonly lectures?: boolean
  /** Survey rounds open by themselves; otherwise only when staff open one. */
  readonly rounds?: boolean
  /** The community's zone; Asia/Shanghai when left out. */
  readonly zone?: string
}

export interface Person {
  readonly name: string
  /** Says `text` in a group by its name, or in the direct chat; gives how it ended. */
  says(text: string, where?: string, extra?: Partial<Incoming>): Promise<Outcome>
}

/** How a picture shows among what was sent, with its hash; a document shows by its name. */
export const PICTURE = '[picture]'

const ALL: Capabilities = {
  stableIds: false,
  realMention: true,
  messageIds: true,
  recall: true,
  announce: true,
  file: true,
  history: false,
}

/** Opens a town with three groups of residents (一群, 二群, 三群) and the staff's (工作群), all enabled. */
export function openTown(options: TownOptions = {}) {
  const contentOf = (given: Content) => (options.rounds === true ? given : withoutRounds(given))
  let content = contentOf(options.content ?? demoContent())
  const zone = (options.zone ?? ZONE) as Zone
  const all = options.features ?? features
  const db = testDb()
  let now = toInstant(options.now ?? '2026-11-24T12:00:00+08:00')
  const clock = { now: () => now }
  const logs: LogLine[] = []
  const log =
    (level: LogLine['level']) =>
    (event: string, fields: Readonly<Record<string, unknown>> = {}) => {
      logs.push({ level, event, fields })
    }
  const logger: Logger = { info: log('info'), warn: log('warn'), error: log('error') }
  const random = testRandom()
  const makeEnv = (): Env =>
    createEnv({ files: content, zone, random, commands: all.flatMap((f) => f.commands), db })
  let env = makeEnv()
  const sent: Sent[] = []
  const names = new Map<string, string>()
  let epoch = 1
  let online = true
  const recalled: string[] = []
  let lostPictures = false
  let refuseRecall = false
  let refuse: ((text: string, to: string) => Error | 'hang' | undefined) | undefined

  const chat: Chat = {
    capabilities: { ...ALL, ...options.capabilities },
    get online() {
      return online
    },
    send: async (target: Target, text: string) => {
      const id = target.room ?? target.person ?? ''
      const to = names.get(id.replace(/^\d+-/, '')) ?? id
      const trouble = refuse?.(text, to)
      if (trouble === 'hang') return new Promise(() => {})
      if (trouble !== undefined) throw trouble
      sent.push({ to, text, at: now })
      return { id: `out${sent.length}` }
    },
    sentSince: async (target, since) => {
      const to = names.get((target.room ?? target.person ?? '').replace(/^\d+-/, ''))
      return sent.filter((m) => m.to === to && m.at >= since).map((m) => m.text)
    },
    sendFile: async (target, { data, name = PICTURE }) => {
      const to = names.get((target.room ?? target.person ?? '').replace(/^\d+-/, '')) ?? ''
      const trouble = refuse?.(name, to)
      if (trouble === 'hang') return new Promise(() => {})
      if (trouble !== undefined) throw trouble
      sent.push({ to, text: `${name} ${Buffer.from(data).toString()}`, at: now })
      return { id: `out${sent.length}` }
    },
    recall: async (id) => {
      if (refuseRecall) return false
      recalled.push(id)
      return true
    },
    rooms: async () => [],
    room: async () => undefined,
  }

  let session = db.tx((tx) => openSession({ tx, now, env }, 'test', `${epoch}-bot`))
  const tx = <T>(use: (work: Work) => T): T => db.tx((t) => use({ tx: t, now, env }))
  const rooms = new Map<string, { key: string; members: Map<string, Member> }>()
  const titles = new Map<string, string>()
  let timers: { ms: number; then: () => void }[] = []

  const makeOutbox = () =>
    createOutbox({
      store: db,
      env,
      clock,
      chat,
      logger,
      session: () => session,
      pacing: options.pacing ?? false,
      files: {
        readFile: async ({ hash }) => (lostPictures ? undefined : Buffer.from(hash)),
      },
      schedule: (ms, then) => {
        const timer = { ms, then }
        timers.push(timer)
        return () => {
          timers = timers.filter((t) => t !== timer)
        }
      },
    })
  const recalls = createRecalls({
    store: db,
    clock,
    chat,
    logger,
    schedule: () => () => {},
  })
  const makeScheduler = () =>
    createScheduler({ store: db, env, clock, logger, jobs: all.flatMap((f) => f.jobs) })
  const makeDispatcher = () =>
    createDispatcher({
      store: db,
      env,
      dialogues: all.flatMap((f) => f.dialogues),
      listeners: all.flatMap((f) => f.listeners ?? []),
      photos: all.flatMap((f) => f.photos ?? []),
      logger,
    })
  let outbox = makeOutbox()
  let scheduler = makeScheduler()
  let dispatch = makeDispatcher()

  function addRoom(topic: string, kind: 'residents' | 'staff', place: string | null): RoomId {
    const key = `r${rooms.size + 1}`
    rooms.set(topic, { key, members: new Map() })
    names.set(key, topic)
    return tx((work) => {
      const id = insertRoom(work.tx, {
        topic,
        kind,
        place,
        tags: '[]',
        lang: 'zh-CN',
        enabled: 1,
        enabled_at: now,
        created_at: now,
      })
      bindRoom(work.tx, {
        session_id: session,
        platform_id: `${epoch}-${key}`,
        room_id: id,
        basis: 'seed',
        bound_at: now,
      })
      return id
    })
  }

  let people = 0
  let messages = 0

  async function settle(): Promise<void> {
    scheduler.runDue()
    await outbox.drain()
    await recalls.drain()
  }

  function person(name: string, alias?: Readonly<Record<string, string>>): Person {
    const key = `p${++people}`
    names.set(key, name)
    for (const [topic, room] of rooms) {
      const here = alias?.[topic]
      room.members.set(key, {
        platformId: key,
        name,
        ...(here === undefined ? {} : { alias: here }),
      })
    }
    return {
      name,
      says: async (text, where, extra = {}) => {
        const room = where === undefined ? undefined : rooms.get(where)
        if (where !== undefined && room === undefined) throw new Error(`no room ${where}`)
        const here = where === undefined ? undefined : alias?.[where]
        const outcome = dispatch(
          {
            session,
            messageId: `in${++messages}`,
            ...(room && where
              ? { room: { platformId: `${epoch}-${room.key}`, topic: where } }
              : {}),
            sender: {
              platformId: `${epoch}-${key}`,
              name,
              ...(here === undefined ? {} : { alias: here }),
            },
            kind: 'text',
            text,
            mentions: { self: false, all: false, others: false },
            at: now,
            ...extra,
          },
          now,
        )
        await settle()
        return outcome
      },
    }
  }

  /** Somebody whose chat account is bound to a role already. */
  function staff(name: string, role: Exclude<Role, 'resident'>): Person & { id: ResidentId } {
    const who = person(name)
    const id = tx((work) => {
      const made = insertResident(work.tx, { name, role, created_at: now })
      bindResident(work.tx, {
        session_id: session,
        platform_id: `${epoch}-p${people}`,
        resident_id: made,
        basis: 'seed',
        confirmed_at: now,
        bound_at: now,
      })
      return made
    })
    return { ...who, id }
  }

  function views(): RoomView[] {
    return [...rooms].map(([topic, room]) => ({
      platformId: `${epoch}-${room.key}`,
      topic: titles.get(topic) ?? topic,
      members: [...room.members.values()].map((m) => ({
        ...m,
        platformId: `${epoch}-${m.platformId}`,
      })),
    }))
  }

  function compare(): void {
    tx((work) => {
      for (const view of views()) compareMembers(work, session, view)
    })
  }

  const ids = {
    一群: addRoom('一群', 'residents', '18'),
    二群: addRoom('二群', 'residents', '28'),
    三群: addRoom('三群', 'residents', '29'),
    工作群: addRoom('工作群', 'staff', null),
  }
  if (options.lectures !== false) tx((work) => planYear(work, zone))
  tx((work) => {
    for (const job of all.flatMap((f) => f.jobs)) {
      for (const unit of job.due({ db, now, env })) job.run(work, unit)
    }
  })

  return {
    db,
    get env() {
      return env
    },
    logs,
    /** Another enabled group of residents. */
    addRoom: (topic: string, place: string | null = null) => addRoom(topic, 'residents', place),
    /** Everything the bot has said, in order. */
    sent,
    rooms: ids,
    get outbox() {
      return outbox
    },
    get scheduler() {
      return scheduler
    },
    person,
    staff,
    settle,
    tx,
    now: () => now,
    session: (): SessionId => session,
    /** What was said since the last call. */
    heard: (): Sent[] => sent.splice(0),
    /** Goes forward by way of everything that falls due. */
    advance: async (span: Span) => walk(plus(now, span)),
    goTo: async (text: string) => walk(toInstant(text)),
    /** The clock jumps, as after a stop: nothing runs on the way. */
    jump: (text: string) => {
      now = toInstant(text)
    },
    /** Compares the members of all rooms, as the timer does. */
    compare,
    /** The groups as the network lists them. */
    views,
    join: (topic: string, name: string, alias?: string) => {
      const key = `p${++people}`
      names.set(key, name)
      rooms.get(topic)?.members.set(key, {
        platformId: key,
        name,
        ...(alias === undefined ? {} : { alias }),
      })
    },
    leave: (topic: string, name: string) => {
      const room = rooms.get(topic)
      for (const [key, member] of room?.members ?? []) {
        if (member.name === name) room?.members.delete(key)
      }
    },
    /** Somebody who left the group is in it again. */
    comeBack: (topic: string, name: string) => {
      for (const [key, known] of names) {
        if (known === name) rooms.get(topic)?.members.set(key, { platformId: key, name })
      }
    },
    /** Somebody takes another name in the group. */
    rename: (topic: string, name: string, alias: string) => {
      const room = rooms.get(topic)
      for (const [key, member] of room?.members ?? []) {
        if (member.name === name) room?.members.set(key, { ...member, alias })
      }
    },
    /** A group that Linli does not serve yet. */
    strangeRoom: (topic: string) => {
      const key = `r${rooms.size + 1}`
      rooms.set(topic, { key, members: new Map() })
      names.set(key, topic)
    },
    /** The account logs in again; with new platform ids for everybody unless told otherwise. */
    relogin: async (newIds = true) => {
      if (newIds) epoch += 1
      const lost = tx((work) => {
        session = openSession(work, 'test', `${epoch}-bot`)
        return rebind(work, session, views())
      })
      compare()
      await settle()
      return lost.map((room) => room.topic)
    },
    /** A new process over the same database, with other content if given. */
    restart: async (other?: Content) => {
      if (other !== undefined) content = contentOf(other)
      env = makeEnv()
      outbox = makeOutbox()
      scheduler = makeScheduler()
      dispatch = makeDispatcher()
      await outbox.recover()
      await settle()
    },
    setOnline: (value: boolean) => {
      online = value
    },
    /** Makes sends fail or hang, as long as `how` says so. */
    trouble: (how: ((text: string, to: string) => Error | 'hang' | undefined) | undefined) => {
      refuse = how
    },
    /** Ids of the messages that were taken back. */
    recalled,
    losePictures: () => {
      lostPictures = true
    },
    refuseRecalls: () => {
      refuseRecall = true
    },
    /** Lets the real-time limits that are running strike. */
    timeout: () => {
      for (const timer of timers.splice(0)) timer.then()
    },
    /** How many rows each table has: what stores nothing leaves this as it is. */
    counts: (): Record<string, number> => {
      const names = db.all(statement<{ name: string }>(TABLES))
      return Object.fromEntries(
        names.map(({ name }) => [
          name,
          db.get(statement<{ n: number }>(`SELECT count(*) AS n FROM "${name}"`))?.n ?? 0,
        ]),
      )
    },
    /** Runs any SQL, to break what should be sound. */
    sql: (text: string): void => void db.tx((t) => t.run(statement(text))),
    /** The network shows another name for the group from now on. */
    retitle: (topic: string, title: string) => {
      titles.set(topic, title)
    },
    /** Whole tables, for what no message shows. */
    rows: <T extends Parameters<typeof q.selectFrom>[0] & string>(table: T) =>
      db.all(q.selectFrom(table as 'outbox').selectAll()) as unknown as Record<string, unknown>[],
    [Symbol.dispose]: () => db.close(),
  }

  async function walk(to: Instant): Promise<void> {
    await settle()
    for (;;) {
      const next = [scheduler.nextDueAt(), outbox.nextAt()]
        .filter((at): at is Instant => at !== undefined && at > now && at <= to)
        .sort()[0]
      if (next === undefined) break
      now = next
      await settle()
    }
    now = to
    await settle()
  }
}

function planYear(work: Work, zone: Zone): void {
  const today = dateIn(zone, work.now)
  for (let week = 0; week < 53; week++) {
    planLecture(work, undefined, {
      programme: 'weekly-lesson',
      date: addDays(today, 7 * week),
      topic: '冬季养生',
      speaker: '王医生',
    })
  }
}

const TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"

function statement<Row>(sql: string): Compilable<Row> {
  return { compile: () => ({ sql, parameters: [] }) } as unknown as Compilable<Row>
}

/** The same content, but only staff open survey rounds. */
function withoutRounds(content: Content): Content {
  return { ...content, surveyRules: { ...content.surveyRules, automatic: false } }
}

export type Town = ReturnType<typeof openTown>

/** Expects exactly one message since the last look, to `to`, with all of `parts`; gives its text. */
export function expectOne(town: Town, to: string, ...parts: string[]): string {
  const heard = town.heard()
  expect(heard.map((m) => m.to)).toEqual([to])
  const text = heard[0]?.text ?? ''
  for (const part of parts) expect(text).toContain(part)
  return text
}

/** Expects that nothing was said since the last look. */
export function expectSilence(town: Town): void {
  expect(town.heard()).toEqual([])
}
