import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { Compilable } from 'kysely'
import { features } from '../../bot/features.ts'
import { plus } from '../../content/time.ts'
import { databasePath } from '../../db/files.ts'
import { openDb } from '../../db/open.ts'
import { insertAsk } from '../../db/queries/round.ts'
import type { RoomId, SessionId } from '../../db/schema.ts'
import { q, type Reader, type Store, type Tx } from '../../db/store.ts'
import { createDispatcher } from '../../handlers/core/dispatch.ts'
import type { Incoming } from '../../handlers/core/ports.ts'
import { openRound } from '../../handlers/surveys/rounds.ts'
import { benchEnv, fillCommunity, OPENED } from './community.ts'
import type { Measured } from './measure.ts'

const PEOPLE = 500
const ROOM = 1 as RoomId

interface Call {
  readonly sql: string
  readonly parameters: readonly unknown[]
  readonly writes: boolean
}

/**
 * One-digit answers in a group through the dispatcher, each with a commit that survives a loss of power, beside the very
 * statements that it runs for them, one transaction a message, without our code around them.
 */
export function answersPerSecond(folder: string, messages: number): Measured {
  const first = join(folder, 'recorded')
  openRoundIn(first)
  const [ours, bare] = ['dispatched', 'bare'].map((name) => copyOf(first, join(folder, name)))
  if (ours === undefined || bare === undefined) throw new Error('no copies')

  const calls = recordCalls(first, messages)
  const limit = messages / replay(bare, calls)
  const measured = messages / dispatchAll(ours, messages)
  return {
    what: `group answers a second, each committed durably (${messages} messages)`,
    measured: `${Math.round(measured)} /s`,
    limit: `bare SQL ${Math.round(limit)} /s`,
    ratio: (measured / limit).toFixed(2),
  }
}

/** A group of 500 with an open round whose first question has been put. */
function openRoundIn(folder: string): void {
  fillCommunity(folder, { residents: PEOPLE, rounds: 0, percent: 0 })
  using db = openDb(folder)
  db.tx((tx) => {
    const work = { tx, now: OPENED, env: benchEnv() }
    const opened = openRound(work, undefined, {
      survey: 'satisfaction',
      period: 'now',
      mode: 'daily',
      unit: 'person',
      anonymous: false,
      days: 10,
    })
    if (!opened.ok) throw new Error('no round')
    const { lastId } = tx.run(
      q.insertInto('outbox').values({
        dedupe_key: 'question',
        room_id: ROOM,
        priority: 'notice',
        text: '',
        state: 'sent',
        not_before_at: OPENED,
        attempts: 0,
        created_at: OPENED,
      }),
    )
    insertAsk(tx, {
      round_id: opened.value.id,
      room_id: ROOM,
      kind: 'question',
      item: 0,
      at: OPENED,
      outbox_id: lastId as never,
    })
  })
}

function copyOf(from: string, to: string): string {
  mkdirSync(to)
  copyFileSync(databasePath(from), databasePath(to))
  return to
}

/** Dispatches the messages; gives the seconds. Everybody answers in turn, and again with another digit. */
function dispatchAll(folder: string, messages: number): number {
  using db = openDb(folder)
  return run(db, messages)
}

function run(store: Store, messages: number): number {
  const dispatch = createDispatcher({
    store,
    env: benchEnv(features.flatMap((f) => f.commands)),
    dialogues: features.flatMap((f) => f.dialogues),
    listeners: features.flatMap((f) => f.listeners ?? []),
    photos: features.flatMap((f) => f.photos ?? []),
    logger: { info() {}, warn() {}, error() {} },
  })
  const started = performance.now()
  for (let n = 0; n < messages; n++) {
    const outcome = dispatch(message(n), plus(OPENED, { minutes: 1 + Math.floor(n / 60) }))
    if (outcome !== 'handled') throw new Error(`message ${n}: ${outcome}`)
  }
  return (performance.now() - started) / 1000
}

function message(n: number): Incoming {
  return {
    session: 1 as SessionId,
    messageId: `m${n}`,
    room: { platformId: 'r1', topic: 'group 1' },
    sender: { platformId: `p${1 + (n % PEOPLE)}`, name: 'somebody' },
    kind: 'text',
    text: String(1 + ((n + Math.floor(n / PEOPLE)) % 5)),
    mentions: { self: false, all: false, others: false },
    at: plus(OPENED, { minutes: 1 + Math.floor(n / 60) }),
  }
}

/** The statements of each message. */
function recordCalls(folder: string, messages: number): readonly (readonly Call[])[] {
  using db = openDb(folder)
  const all: Call[][] = []
  const note = (query: Compilable<unknown>, writes: boolean) => {
    const { sql, parameters } = query.compile()
    all.at(-1)?.push({ sql, parameters, writes })
  }
  const spy = (reader: Reader): Reader => ({
    all: (query) => {
      note(query, false)
      return reader.all(query)
    },
    get: (query) => {
      note(query, false)
      return reader.get(query)
    },
  })
  const store: Store = {
    ...spy(db),
    tx: (work) => {
      all.push([])
      return db.tx((tx) => {
        const run: Tx['run'] = (query) => {
          note(query, true)
          return tx.run(query)
        }
        return work({ ...spy(tx), run } as Tx)
      })
    },
  }
  run(store, messages)
  return all
}

/** Runs recorded statements with the same settings; gives the seconds. */
function replay(folder: string, calls: readonly (readonly Call[])[]): number {
  const db = new Sqlite(databasePath(folder))
  try {
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = FULL')
    db.pragma('foreign_keys = ON')
    const prepared = new Map<string, Sqlite.Statement>()
    const statement = (sql: string) => {
      const known = prepared.get(sql) ?? db.prepare(sql)
      prepared.set(sql, known)
      return known
    }
    const one = db.transaction((message: readonly Call[]) => {
      for (const { sql, parameters, writes } of message) {
        if (writes) statement(sql).run(...parameters)
        else statement(sql).all(...parameters)
      }
    })
    const started = performance.now()
    for (const message of calls) one.immediate(message)
    return (performance.now() - started) / 1000
  } finally {
    db.close()
  }
}
