import { existsSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'
import Sqlite from 'better-sqlite3'
import { asDatabaseError, codeOf, corrupt, DatabaseError } from './error.ts'
import { databasePath, makeFile, makeFolder, publish, removeDatabase, TAILS } from './files.ts'
import { lock } from './lock.ts'
import { appliedTo } from './migrate.ts'
import { migrations } from './migrations/index.ts'

/** A copy is made under this name first, so that a finished one only ever appears whole, checked and on the disk. */
const half = (target: string) => `${target}.part`

/** Where a restored database waits until the one before it is out of the way. */
const incomingFor = (path: string) => `${path}.incoming`

/** Pages copied at a time: about a millisecond of work. */
const FEW_PAGES = 100
const ALL_PAGES = 0x7fff_ffff

/**
 * Copies an open database with SQLite's online backup, a few pages at a time, and checks the copy: one file, readable
 * by its owner only, without a log beside it. A copy that was there before is replaced.
 * @throws DatabaseError
 */
export async function backUp(
  sqlite: Sqlite.Database,
  target: string,
  pages = FEW_PAGES,
): Promise<void> {
  startCopy(target)
  try {
    await sqlite.backup(half(target), { progress: () => pages })
    finishCopy(target)
  } catch (error) {
    removeDatabase(half(target))
    throw asDatabaseError(error, target)
  }
}

/** As `backUp`, at once: for a database that nobody writes to. */
export function copyNow(sqlite: Sqlite.Database, target: string): void {
  startCopy(target)
  try {
    sqlite.exec(`VACUUM INTO '${half(target).replaceAll("'", "''")}'`)
    finishCopy(target)
  } catch (error) {
    removeDatabase(half(target))
    throw asDatabaseError(error, target)
  }
}

function startCopy(target: string): void {
  try {
    removeDatabase(half(target))
    makeFile(half(target))
  } catch (cause) {
    throw new DatabaseError(
      'unwritable',
      `The copy ${target} cannot be written (${codeOf(cause)}). Name a file in a folder that is there and that this user may write.`,
      { cause },
    )
  }
}

function finishCopy(target: string): void {
  const copy = new Sqlite(half(target))
  try {
    copy.pragma('journal_mode = DELETE')
    checkPages(copy, target, 'integrity_check')
  } finally {
    copy.close()
  }
  publish(half(target), target)
}

/** @throws DatabaseError when pages of the database at `path` are damaged */
export function checkPages(
  sqlite: Sqlite.Database,
  path: string,
  how: 'quick_check' | 'integrity_check',
): void {
  const found = sqlite.pragma(`${how}(1)`, { simple: true })
  if (found !== 'ok') throw corrupt(path, new Error(String(found)))
}

/**
 * Copies a database that another process may have open and write to, in one go: a copy in steps would begin anew
 * with each of the other's writes.
 * @throws DatabaseError
 */
export async function copyDatabase(source: string, target: string): Promise<void> {
  const sqlite = openExisting(source)
  try {
    await backUp(sqlite, target, ALL_PAGES)
  } finally {
    sqlite.close()
  }
}

/**
 * Destroys in a backup, too, the keys of anonymous rounds that were destroyed since: nobody may tell from a copy who gave
 * which answer. A round that was open in it counts as closed there, with the answers that it has.
 * @throws DatabaseError
 */
export function forgetKeys(path: string, rounds: readonly number[]): void {
  const sqlite = new Sqlite(path)
  try {
    sqlite.pragma('secure_delete = ON')
    const forget = sqlite.prepare(
      `UPDATE round SET hash_key = NULL, state = 'closed', closed_at = closes_at
       WHERE hash_key IS NOT NULL AND id IN (SELECT value FROM json_each(?))`,
    )
    if (forget.run(JSON.stringify(rounds)).changes > 0) checkPages(sqlite, path, 'integrity_check')
  } catch (error) {
    throw asDatabaseError(error, path)
  } finally {
    sqlite.close()
  }
}

/** Looks at every page and index. @throws DatabaseError when `path` is no sound database of ours */
export function checkFile(path: string): void {
  const sqlite = openExisting(path)
  try {
    checkPages(sqlite, path, 'integrity_check')
    if (appliedTo(sqlite, path, migrations).length === 0) throw corrupt(path)
  } catch (error) {
    throw asDatabaseError(error, path)
  } finally {
    sqlite.close()
  }
}

/** @throws DatabaseError */
export function mustExist(path: string): void {
  if (!existsSync(path)) throw new DatabaseError('missing', `There is no file ${path}.`)
}

/** Opens a database for looking only. @throws DatabaseError */
export function openExisting(path: string): Sqlite.Database {
  mustExist(path)
  try {
    return new Sqlite(path, { readonly: true, fileMustExist: true })
  } catch (error) {
    throw asDatabaseError(error, path)
  }
}

/**
 * Puts the backup `source` in the place of the database in `folder`; what was there is kept beside it, with `stamp`
 * in its name. Gives the path of what was there, if anything. No process may have the database open.
 * @throws DatabaseError; nothing is changed then
 */
export function restoreDb(folder: string, source: string, stamp: string): string | undefined {
  checkFile(source)
  makeFolder(folder)
  const unlock = lock(folder)
  try {
    const path = databasePath(folder)
    const backup = openExisting(source)
    try {
      copyNow(backup, incomingFor(path))
    } finally {
      backup.close()
    }
    const kept = existsSync(path) ? `${dirname(path)}/replaced-${stamp}.sqlite` : undefined
    if (kept !== undefined) setAside(path, kept)
    finishRestore(path)
    return kept
  } finally {
    unlock()
  }
}

/** What goes with the database moves first: a log must never meet a database that it does not belong to. */
function setAside(path: string, kept: string): void {
  foldLog(path)
  for (const tail of [...TAILS, '']) {
    if (existsSync(path + tail)) renameSync(path + tail, kept + tail)
  }
}

/** Moves what a killed process left in the log into the database itself, where it is sound enough for that. */
function foldLog(path: string): void {
  try {
    const sqlite = new Sqlite(path)
    try {
      sqlite.pragma('wal_checkpoint(TRUNCATE)')
    } finally {
      sqlite.close()
    }
  } catch {
    // A damaged database is kept as it is, with its log.
  }
}

/** The last step of a restore; also taken at the next start when the step before it was the last that was reached. */
export function finishRestore(path: string): void {
  const incoming = incomingFor(path)
  if (!existsSync(path) && existsSync(incoming)) publish(incoming, path)
}
