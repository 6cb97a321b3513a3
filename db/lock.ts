import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { codeOf, DatabaseError, unwritable } from './error.ts'
import { makeFile } from './files.ts'

/**
 * Holds an exclusive lock on a small file in `folder`; the operating system lets go of it when the process ends,
 * however it ends. Gives the function that lets go.
 * @throws DatabaseError when another process holds it, or the folder cannot be written
 */
export function lock(folder: string): () => void {
  const path = join(folder, 'linli.lock')
  let holder: Sqlite.Database | undefined
  try {
    makeFile(path)
    holder = new Sqlite(path, { timeout: 0 })
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
    throw unwritable(folder, cause)
  }
  const held = holder
  return () => held.close()
}
