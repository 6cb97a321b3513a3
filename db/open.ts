import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { type Migration, migrations as released } from './migrations/index.ts'
import { createStore, type Reader, type Store } from './store.ts'

/** Something is wrong with the database as a whole; `code` says what, the message what to do. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError'
  readonly code: 'locked' | 'corrupt' | 'unwritable' | 'newer' | 'missing'
  constructor(code: DatabaseError['code'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

export interface Db extends Store, Disposable {
  readonly path: string
  /** Copies the live database to `target` with SQLite's online backup and checks the copy. */
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
}

const DATABASE_FILE = 'linli.sqlite'

export function databasePath(folder: string): string {
  return join(folder, DATABASE_FILE)
}

/**
 * Opens the community's database in `folder`, making or upgrading it as needed. Only one process may have it open.
 * @throws DatabaseError when another process has it, or it is damaged, cannot be written or is newer than the program
 */
export function openDb(folder: string, options: OpenOptions = {}): Db {
  makeFolder(folder)
  const unlock = lock(folder)
  try {
    return open(databasePath(folder), unlock, options)
  } catch (error) {
    unlock()
    throw asDatabaseError(error, databasePath(folder))
  }
}

/** A database in memory, for tests; from the bytes of another when given. */
export function openMemoryDb(bytes?: Buffer): Db {
  const sqlite = bytes === undefined ? new Sqlite(':memory:') : new Sqlite(bytes)
  configure(sqlite)
  if (bytes === undefined) apply(sqlite, released)
  return wrap(sqlite, ':memory:', () => {})
}

function open(path: string, unlock: () => void, options: OpenOptions): Db {
  const existed = existsSync(path)
  const sqlite = new Sqlite(path)
  try {
    chmodSync(path, 0o600)
    configure(sqlite)
    const migrations = options.migrations ?? released
    const pending = pendingOf(sqlite, migrations)
    if (existed && pending.length > 0) {
      const first = pending[0]?.name ?? ''
      const copy = join(dirname(path), `before-${first}.sqlite`)
      sqlite.exec(`VACUUM INTO '${copy.replaceAll("'", "''")}'`)
      chmodSync(copy, 0o600)
      options.onBackup?.(copy)
    }
    apply(sqlite, pending)
    return wrap(sqlite, path, unlock)
  } catch (error) {
    sqlite.close()
    throw error
  }
}

function configure(sqlite: Sqlite.Database): void {
  sqlite.pragma('journal_mode = WAL')
  sqlite.pragma('synchronous = FULL')
  sqlite.pragma('foreign_keys = ON')
  sqlite.pragma('busy_timeout = 5000')
}

function pendingOf(sqlite: Sqlite.Database, known: readonly Migration[]): readonly Migration[] {
  const damage = sqlite.pragma('quick_check', { simple: true })
  if (damage !== 'ok') throw new DatabaseError('corrupt', String(damage))
  sqlite.exec(
    'CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, applied_at TEXT NOT NULL) STRICT',
  )
  const done = sqlite.prepare('SELECT name FROM migration ORDER BY name').pluck().all() as string[]
  const foreign = done.filter((name) => !known.some((m) => m.name === name))
  if (foreign.length > 0) {
    throw new DatabaseError(
      'newer',
      `The database was written by a newer version of Linli (it has ${foreign.join(', ')}). Start that version, or restore a backup.`,
    )
  }
  return known.filter((m) => !done.includes(m.name))
}

function apply(sqlite: Sqlite.Database, pending: readonly Migration[]): void {
  sqlite.exec(
    'CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, applied_at TEXT NOT NULL) STRICT',
  )
  const note = sqlite.prepare(
    "INSERT INTO migration VALUES (?, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))",
  )
  for (const { name, sql } of pending) {
    sqlite.transaction(() => {
      sqlite.exec(sql)
      note.run(name)
    })()
  }
}

function wrap(sqlite: Sqlite.Database, path: string, unlock: () => void): Db {
  const close = () => {
    if (sqlite.open) sqlite.close()
    unlock()
  }
  return {
    ...createStore(sqlite),
    path,
    backup: (target) => backUp(sqlite, target),
    schemaText: () =>
      (
        sqlite
          .prepare('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type DESC, name')
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

/**
 * Copies a database that another process may have open, with SQLite's online backup, and checks the copy.
 * @throws DatabaseError
 */
export async function copyDatabase(source: string, target: string): Promise<void> {
  let sqlite: Sqlite.Database | undefined
  try {
    sqlite = new Sqlite(source, { fileMustExist: true })
    await backUp(sqlite, target)
  } catch (error) {
    throw asDatabaseError(error, source)
  } finally {
    sqlite?.close()
  }
}

/** A finished backup only ever appears under its own name, whole and checked. */
async function backUp(sqlite: Sqlite.Database, target: string): Promise<void> {
  const half = `${target}.part`
  await sqlite.backup(half)
  chmodSync(half, 0o600)
  checkFile(half)
  renameSync(half, target)
}

/** Opens a database for looking only, also while the bot runs. @throws DatabaseError */
export function openReadOnly(path: string): Reader & Disposable {
  try {
    const sqlite = new Sqlite(path, { readonly: true, fileMustExist: true })
    return { ...createStore(sqlite), [Symbol.dispose]: () => sqlite.close() }
  } catch (error) {
    throw asDatabaseError(error, path)
  }
}

/** @throws DatabaseError when `path` is no sound database of ours */
export function checkFile(path: string): void {
  if (!existsSync(path)) throw new DatabaseError('missing', `There is no file ${path}.`)
  let sqlite: Sqlite.Database | undefined
  try {
    sqlite = new Sqlite(path, { readonly: true, fileMustExist: true })
    const damage = sqlite.pragma('integrity_check', { simple: true })
    if (damage !== 'ok') throw new DatabaseError('corrupt', String(damage))
    sqlite.prepare('SELECT name FROM migration').all()
  } catch (error) {
    throw asDatabaseError(error, path)
  } finally {
    sqlite?.close()
  }
}

/**
 * Puts the backup `source` in the place of the database in `folder`; what was there is kept beside it.
 * Gives the path of what was there, if anything. No process may have the database open.
 */
export function restoreDb(folder: string, source: string, stamp: string): string | undefined {
  checkFile(source)
  makeFolder(folder)
  const unlock = lock(folder)
  try {
    const path = databasePath(folder)
    const incoming = `${path}.incoming`
    const bytes = readFileSync(source)
    const copy = new Sqlite(bytes)
    copy.exec(`VACUUM INTO '${incoming.replaceAll("'", "''")}'`)
    copy.close()
    chmodSync(incoming, 0o600)
    const kept = existsSync(path) ? join(folder, `replaced-${stamp}.sqlite`) : undefined
    if (kept !== undefined) renameSync(path, kept)
    for (const tail of ['-wal', '-shm']) {
      if (kept !== undefined && existsSync(path + tail)) renameSync(path + tail, kept + tail)
      else rmSync(path + tail, { force: true })
    }
    renameSync(incoming, path)
    return kept
  } finally {
    unlock()
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch (cause) {
    throw new DatabaseError('unwritable', `The data folder ${folder} cannot be made.`, { cause })
  }
}

/**
 * Holds an exclusive lock on a small file beside the database; the operating system lets go of it when the process
 * ends, however it ends.
 */
function lock(folder: string): () => void {
  const path = join(folder, 'linli.lock')
  let holder: Sqlite.Database | undefined
  try {
    holder = new Sqlite(path, { timeout: 0 })
    holder.pragma('journal_mode = DELETE')
    holder.exec('BEGIN EXCLUSIVE')
  } catch (cause) {
    holder?.close()
    if (codeOf(cause).startsWith('SQLITE_BUSY')) {
      throw new DatabaseError(
        'locked',
        `Another Linli already uses the data folder ${folder}. Stop it first, or set LINLI_DATA to another folder.`,
        { cause },
      )
    }
    throw new DatabaseError('unwritable', `The data folder ${folder} cannot be written.`, { cause })
  }
  const held = holder
  return () => held.close()
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

function asDatabaseError(error: unknown, path: string): unknown {
  if (error instanceof DatabaseError) {
    return error.code === 'corrupt' ? corrupt(path, error) : error
  }
  const code = codeOf(error)
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) return corrupt(path, error)
  if (/^(SQLITE_(CANTOPEN|READONLY|IOERR|FULL|PERM)|EACCES|EPERM|EROFS|ENOSPC)/.test(code)) {
    return new DatabaseError('unwritable', `The database ${path} cannot be opened or written.`, {
      cause: error,
    })
  }
  return error
}

function corrupt(path: string, cause: unknown): DatabaseError {
  return new DatabaseError(
    'corrupt',
    `The database ${path} is damaged or is no database. Restore a backup: linli restore FILE. The damaged file is kept.`,
    { cause },
  )
}
