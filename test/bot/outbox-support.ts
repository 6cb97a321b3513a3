import { createOutbox, type Outbox } from '../../bot/outbox.ts'
import type { Content } from '../../content/schema.ts'
import { type Instant, plus, type Span, toInstant, type Zone } from '../../content/time.ts'
import { insertOutbox, type OutboxRow } from '../../db/queries/outbox.ts'
import { bindResident, insertResident } from '../../db/queries/resident.ts'
import { bindRoom, insertRoom } from '../../db/queries/room.ts'
import { insertSession } from '../../db/queries/session.ts'
import type { OutboxId, ResidentId, RoomId, SessionId } from '../../db/schema.ts'
import { q } from '../../db/store.ts'
import type { Capabilities, Chat, Logger } from '../../handlers/core/ports.ts'
import { createEnv } from '../../handlers/core/settings.ts'
import { raw, rows } from '../db/support.ts'
import { demoContent } from '../support/content.ts'
import { testDb, testRandom } from '../support/town.ts'

/** An outbox over a real database, a clock that stands still, and a network that does as it is told. */

export interface Delivery {
  readonly row: OutboxId
  readonly to: string
  readonly text: string
  readonly at: Instant
}

/** `lost` and `late`: no answer ever comes; the message did not arrive, or it did. */
export type Fate = 'ok' | 'lost' | 'late' | Error

export interface DeskOptions {
  readonly now?: string
  readonly pacing?: boolean
  readonly history?: boolean
  readonly content?: Content
}

interface Note {
  readonly to?: RoomId | ResidentId
  readonly person?: boolean
  readonly key?: string
  readonly text?: string
  readonly priority?: OutboxRow['priority']
  readonly notBefore?: string
  readonly expires?: string
}

export function openDesk(options: DeskOptions = {}) {
  const content = options.content ?? demoContent()
  const db = testDb()
  const { tx } = db
  let now = toInstant(options.now ?? '2026-11-24T12:00:00+08:00')
  let online = true
  let fate: (row: OutboxId, text: string) => Fate = () => 'ok'
  let timers: { ms: number; then: () => void }[] = []
  const delivered: Delivery[] = []
  const tried: Delivery[] = []
  const logs: { event: string; fields: object | undefined }[] = []
  const log = (event: string, fields?: object) => {
    logs.push({ event, fields })
  }
  const logger: Logger = { info: log, warn: log, error: log }
  const session: SessionId = db.tx((tx) => insertSession(tx, 'test', 'bot', now))

  const capabilities: Capabilities = {
    stableIds: false,
    realMention: false,
    messageIds: true,
    recall: false,
    announce: false,
    file: false,
    history: options.history ?? false,
  }
  let historyFails = false

  db.tx((tx) => {
    tx.run(raw('CREATE TEMP TABLE edge (id INTEGER PRIMARY KEY, of INTEGER, words TEXT)'))
    tx.run(
      raw(`CREATE TEMP TRIGGER watch AFTER UPDATE OF state ON main.outbox WHEN old.state <> new.state
           BEGIN INSERT INTO edge (of, words) VALUES (old.id, old.state || ' ' || new.state); END`),
    )
  })
  /** The row that a send is for: it is claimed right before. */
  function lastClaim(): OutboxId {
    const sql = `SELECT of FROM edge WHERE words = 'queued sending' ORDER BY id DESC LIMIT 1`
    return rows(db, sql)[0]?.['of'] as OutboxId
  }

  const chat: Chat = {
    capabilities,
    get online() {
      return online
    },
    send: async (target, text) => {
      const what = { row: lastClaim(), to: target.room ?? target.person ?? '', text, at: now }
      tried.push(what)
      const how = fate(what.row, text)
      if (how instanceof Error) throw how
      if (how !== 'lost') delivered.push(what)
      return how === 'ok' ? { id: `m${delivered.length}` } : new Promise(() => {})
    },
    sentSince: async (target, since) => {
      if (historyFails) throw new Error('not now')
      const to = target.room ?? target.person
      return delivered.filter((m) => m.to === to && m.at >= since).map((m) => m.text)
    },
    recall: async () => false,
    sendFile: async () => ({}),
    rooms: async () => [],
    room: async () => undefined,
  }

  function make(): Outbox {
    return createOutbox({
      store: db,
      env: createEnv({
        files: content,
        zone: 'Asia/Shanghai' as Zone,
        random: testRandom(),
        commands: [],
      }),
      clock: { now: () => now },
      chat,
      logger,
      session: () => session,
      pacing: options.pacing ?? false,
      schedule: (ms, then) => {
        const timer = { ms, then }
        timers.push(timer)
        return () => {
          timers = timers.filter((t) => t !== timer)
        }
      },
    })
  }
  let outbox = make()

  let rooms = 0
  function room(bound = true): RoomId {
    rooms += 1
    return db.tx((tx) => {
      const id = insertRoom(tx, {
        topic: `room${rooms}`,
        kind: 'residents',
        place: null,
        tags: '[]',
        lang: 'zh-CN',
        enabled: 1,
        enabled_at: now,
        created_at: now,
      })
      if (bound) {
        bindRoom(tx, {
          session_id: session,
          platform_id: `room${id}`,
          room_id: id,
          basis: 'seed',
          bound_at: now,
        })
      }
      return id
    })
  }

  function inState(state: OutboxRow['state']): OutboxRow[] {
    return db.all(q.selectFrom('outbox').selectAll().where('state', '=', state).orderBy('id'))
  }

  const first = room()
  let notes = 0

  return {
    db,
    logs,
    /** Every way in which a row went from one state to another, `from to`. */
    edges: () => rows(db, 'SELECT DISTINCT words FROM edge').map((row) => String(row['words'])),
    /** Every send that was begun, and every message that arrived. */
    tried,
    delivered,
    room,
    first,
    inState,
    now: () => now,
    get outbox() {
      return outbox
    },
    person: (): ResidentId =>
      db.tx((tx) => {
        const id = insertResident(tx, { name: '王阿姨', role: 'resident', created_at: now })
        bindResident(tx, {
          session_id: session,
          platform_id: `person${id}`,
          resident_id: id,
          basis: 'new',
          confirmed_at: now,
          bound_at: now,
        })
        return id
      }),
    /** Writes a row; to the first room and as a reply unless told otherwise. */
    put: (note: Note = {}): OutboxId => {
      notes += 1
      const id = db.tx((tx) =>
        insertOutbox(tx, {
          dedupe_key: note.key ?? `note${notes}`,
          room_id: note.person ? null : ((note.to as RoomId) ?? first),
          resident_id: note.person ? (note.to as ResidentId) : null,
          priority: note.priority ?? 'reply',
          text: note.text ?? `text${notes}`,
          state: 'queued',
          not_before_at: note.notBefore === undefined ? now : toInstant(note.notBefore),
          expires_at: note.expires === undefined ? null : toInstant(note.expires),
          attempts: 0,
          claimed_at: null,
          settled_at: null,
          reason: null,
          platform_message_id: null,
          created_at: now,
        }),
      )
      if (id === undefined) throw new Error('that key was used before')
      return id
    },
    row: (id: OutboxId): OutboxRow => {
      const row = db.get(q.selectFrom('outbox').selectAll().where('id', '=', id))
      if (row === undefined) throw new Error(`row ${id} is gone`)
      return row
    },
    /** How sends end from now on. */
    network: (how: Fate | ((row: OutboxId, text: string) => Fate)) => {
      fate = typeof how === 'function' ? how : () => how
    },
    historyFails: (fails: boolean) => {
      historyFails = fails
    },
    /** One write fails, after so many that succeed. */
    failDisk: (after: number) => {
      let left = after
      Object.assign(db, {
        tx: ((work) => {
          if (left-- === 0) throw new Error('disk is full')
          return tx(work)
        }) as typeof tx,
      })
    },
    setOnline: (value: boolean) => {
      online = value
    },
    goTo: (text: string) => {
      now = toInstant(text)
    },
    pass: (span: Span) => {
      now = plus(now, span)
    },
    drain: () => outbox.drain(),
    /** Starts a round that meets a hanging send, and comes back while it hangs. */
    hang: async () => {
      const round = outbox.drain()
      await new Promise((resolve) => setImmediate(resolve))
      return { round }
    },
    /** The real-time limits that are running, in milliseconds. */
    limits: () => timers.map((timer) => timer.ms),
    /** They strike. */
    timeout: async () => {
      for (const timer of timers.splice(0)) timer.then()
      await new Promise((resolve) => setImmediate(resolve))
    },
    /** The process dies; another one begins with the same database, and logs in unless told otherwise. */
    crash: async (login = true) => {
      timers = []
      outbox = make()
      if (login) await outbox.recover()
    },
    bound: (id: RoomId | null): boolean =>
      db.get(q.selectFrom('room_binding').select('room_id').where('room_id', '=', id)) !==
      undefined,
    unbind: (id: RoomId) => {
      db.tx((tx) => tx.run(q.deleteFrom('room_binding').where('room_id', '=', id)))
    },
    /** Goes on from one moment at which something may go out to the next; gives how often. */
    run: async (until: string): Promise<number> => {
      const end = toInstant(until)
      await outbox.drain()
      for (let steps = 0; ; steps++) {
        const next = outbox.nextAt()
        if (next === undefined || next > end || steps > 10_000) return steps
        if (next <= now) throw new Error(`nextAt stands still at ${next}`)
        now = next
        await outbox.drain()
      }
    },
    [Symbol.dispose]: () => db.close(),
  }
}

export type Desk = ReturnType<typeof openDesk>
