import { statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { backUp, checkPages, copyNow, finishRestore, mustExist, openExisting } from './backup.ts'
import { asDatabaseError, DatabaseError } from './error.ts'
import { databasePath, makeFile, makeFolder } from './files.ts'
import { lock } from './lock.ts'
import { appliedTo, migrate } from './migrate.ts'
import { type Migration, migrations as released } from './migrations/index.ts'
import { BUSY_MS, createStore, emptyLog, type Reader, type Store } from './store.ts'

export interface Db extends Store, Disposable {
  readonly path: string
  /** Copies the live database to `target`, a little at a time, and checks the copy. @throws DatabaseError */
  backup(target: string): Promise<void>
  /** The text of every table and index, as SQLite holds it. */
  schemaText(): string
  /** The bytes of the whole database. */
  serialize(): Buffer
  close(): void
}

export interface OpenOptions {
  readonly migrations?: readonly Migration[]
  /** Told the path of the copy that was made before an upgrade. */
  readonly onBackup?: (path: string) => void
  readonly checkUpToBytes?: number
}

/**
 * Every page of a database up to this size is looked at before it is used (about 0.1 s). A larger one would make the
 * start slow: `linli doctor` and each backup look at it instead.
 */
const CHECK_UP_TO_BYTES = 64 * 1024 * 1024

/**
 * Opens the community's database in `folder`, making or upgrading it as needed. Only one process may have it open.
 * @throws DatabaseError when another process has it, or it is damaged, cannot be written or is newer than the program
 */
export function openDb(folder: string, options: OpenOptions = {}): Db {
  makeFolder(folder)
  const unlock = lock(folder)
  const path = databasePath(folder)
  try {
    return open(path, unlock, options)
  } catch (error) {
    unlock()
    throw advised(asDatabaseError(error, path))
  }
}

/** What to do about a damaged database. */
export const RESTORE = 'It is left as it is. Put a backup in its place: linli restore FILE'

function advised(error: unknown): unknown {
  if (!(error instanceof DatabaseError && error.code === 'corrupt')) return error
  return new DatabaseError('corrupt', `${error.message} ${RESTORE}`, { cause: error.cause })
}

/** A database in memory, for tests; from the bytes of another when given. */
export function openMemoryDb(bytes?: Buffer): Db {
  const sqlite = bytes === undefined ? new Sqlite(':memory:') : new Sqlite(bytes)
  configure(sqlite)
  if (bytes === undefined) migrate(sqlite, released)
  return wrap(sqlite, ':memory:', () => {})
}

function open(path: string, unlock: () => void, options: OpenOptions): Db {
  const { migrations = released, checkUpToBytes = CHECK_UP_TO_BYTES } = options
  finishRestore(path)
  makeFile(path)
  if (statSync(path).size <= checkUpToBytes) checkBefore(path)
  const sqlite = new Sqlite(path)
  try {
    const applied = appliedTo(sqlite, path, migrations)
    configure(sqlite)
    const pending = migrations.filter((m) => !applied.includes(m.name))
    if (applied.length > 0 && pending[0]) {
      const copy = join(dirname(path), `before-${pending[0].name}.sqlite`)
      copyNow(sqlite, copy)
      options.onBackup?.(copy)
    }
    if (pending.length > 0) migrate(sqlite, pending)
    // After a crash the log may hold what was to be destroyed.
    emptyLog(sqlite)
    return wrap(sqlite, path, unlock)
  } catch (error) {
    sqlite.close()
    throw error
  }
}

/** On a connection of its own: full-text tables hold on to what a check reads, and the log could not be emptied. */
function checkBefore(path: string): void {
  const sqlite = new Sqlite(path)
  try {
    checkPages(sqlite, path, 'quick_check')
  } finally {
    sqlite.close()
  }
}

function configure(sqlite: Sqlite.Database): void {
  sqlite.pragma('journal_mode = WAL')
  sqlite.pragma('synchronous = FULL')
  sqlite.pragma('foreign_keys = ON')
  // What is destroyed is overwritten: the key of an anonymous round, what somebody wants deleted.
  sqlite.pragma('secure_delete = ON')
  sqlite.pragma(`busy_timeout = ${BUSY_MS}`)
}

function wrap(sqlite: Sqlite.Database, path: string, unlock: () => void): Db {
  const close = () => {
    sqlite.close()
    unlock()
  }
  return {
    ...createStore(sqlite),
    path,
    backup: (target) => backUp(sqlite, target),
    schemaText: () =>
      (
        sqlite
          .prepare(
            // What a search index keeps for itself is its own business.
            `SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL
             AND name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow') ORDER BY type DESC, name`,
          )
          .pluck()
          .all() as string[]
      )
        .map((sql) => `${sql};\n`)
        .join('\n'),
    serialize: () => sqlite.serialize(),
    close,
    [Symbol.dispose]: close,
  }
}

/** Opens a database for looking only, also while the bot runs. @throws DatabaseError */
export function openReadOnly(path: string): Reader & Disposable {
  const sqlite = openExisting(path)
  const { all, get } = createStore(sqlite)
  return { all, get, [Symbol.dispose]: () => sqlite.close() }
}

/**
 * Opens the database beside a Linli that may be running, for one short change that nothing running keeps in memory.
 * @throws DatabaseError when it is not there, damaged, or of another version than this program
 */
export function openBeside(folder: string): Store & Disposable {
  const path = databasePath(folder)
  mustExist(path)
  try {
    const sqlite = new Sqlite(path)
    try {
      const applied = appliedTo(sqlite, path, released)
      if (applied.length < released.length) {
        throw new DatabaseError(
          'older',
          `The database ${path} was written by an older version of Linli. Start this version once, or run: linli migrate`,
        )
      }
      configure(sqlite)
    } catch (error) {
      sqlite.close()
      throw error
    }
    return { ...createStore(sqlite), [Symbol.dispose]: () => sqlite.close() }
  } catch (error) {
    throw advised(asDatabaseError(error, path))
  }
}
