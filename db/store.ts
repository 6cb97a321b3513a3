import type { Database as Sqlite, Statement } from 'better-sqlite3'
import {
  type Compilable,
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { Database } from './schema.ts'

/** Builds statements, typed by the schema; it never runs them. */
export const q = new Kysely<Database>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
})

/** Reads. Every call is synchronous. */
export interface Reader {
  all<Row>(query: Compilable<Row>): Row[]
  get<Row>(query: Compilable<Row>): Row | undefined
}

export interface Written {
  readonly changes: number
  readonly lastId: number
}

declare const inTransaction: unique symbol

/** Reads and writes inside one transaction: a function that takes a `Tx` cannot be called outside of one. */
export interface Tx extends Reader {
  readonly [inTransaction]: true
  run(query: Compilable<unknown>): Written
  /** Calls `act` once the transaction has committed, and never when it is rolled back. */
  afterCommit(act: () => void): void
  /** What was overwritten here is to be found nowhere: once this has committed, the write-ahead log is emptied. */
  leaveNoTrace(): void
}

export interface Store extends Reader {
  /**
   * Runs `work` in one IMMEDIATE transaction: it commits when `work` returns and rolls back when it throws.
   * `work` is synchronous and opens no transaction of its own.
   */
  tx<T>(work: (tx: Tx) => T): T
}

/** More than the program has statements; a bound all the same, for those with lists of varying length. */
const MAX_PREPARED = 500

/** Runs built statements on an open database and keeps the `maxPrepared` last used ones prepared. */
export function createStore(sqlite: Sqlite, maxPrepared = MAX_PREPARED): Store {
  const prepared = new Map<string, Statement>()

  function prepare(sql: string): Statement {
    const statement = prepared.get(sql) ?? sqlite.prepare(sql)
    prepared.delete(sql)
    prepared.set(sql, statement)
    const oldest = prepared.size > maxPrepared ? prepared.keys().next().value : undefined
    if (oldest !== undefined) prepared.delete(oldest)
    return statement
  }

  /** Something destroyed may still stand in the write-ahead log. */
  let traces = false

  const reader: Reader = {
    all<Row>(query: Compilable<Row>) {
      const { sql, parameters } = query.compile()
      return prepare(sql).all(...parameters) as Row[]
    },
    get<Row>(query: Compilable<Row>) {
      const { sql, parameters } = query.compile()
      return prepare(sql).get(...parameters) as Row | undefined
    },
  }

  let afterwards: (() => void)[] = []
  const tx = {
    ...reader,
    afterCommit: (act: () => void) => void afterwards.push(act),
    run(query: Compilable<unknown>): Written {
      if (!sqlite.inTransaction) throw new Error('a Tx was used outside of a transaction')
      const { sql, parameters } = query.compile()
      const { changes, lastInsertRowid } = prepare(sql).run(...parameters)
      return { changes, lastId: Number(lastInsertRowid) }
    },
    leaveNoTrace(): void {
      traces = true
    },
  } as unknown as Tx

  return {
    ...reader,
    tx: (work) => {
      // A nested one would be a savepoint: its caller would think it committed.
      if (sqlite.inTransaction) throw new Error('the store is already inside a transaction')
      afterwards = []
      const result = sqlite.transaction(() => work(tx)).immediate()
      // While somebody reads, a backup perhaps, the log is in use: the next transaction tries again.
      if (traces) traces = !emptyLog(sqlite)
      for (const act of afterwards) act()
      return result
    },
  }
}

/** How long a statement waits for another process that has the database. */
export const BUSY_MS = 5000

/** Moves what stands in the write-ahead log to its place and cuts the log to nothing. Gives false when it is in use. */
export function emptyLog(sqlite: Sqlite): boolean {
  sqlite.pragma('busy_timeout = 0')
  const [state] = sqlite.pragma('wal_checkpoint(TRUNCATE)') as { readonly busy: number }[]
  sqlite.pragma(`busy_timeout = ${BUSY_MS}`)
  return state?.busy === 0
}
