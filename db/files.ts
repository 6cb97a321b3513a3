import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { unwritable } from './error.ts'

const DATABASE_FILE = 'linli.sqlite'

export function databasePath(folder: string): string {
  return join(folder, DATABASE_FILE)
}

/** What SQLite keeps beside a database while it is open, and after a crash. */
export const TAILS = ['-wal', '-shm', '-journal'] as const

/** Makes the folder, for its owner only, unless it is there. @throws DatabaseError that names the setting to change */
export function makeFolder(folder: string, setting?: string): void {
  try {
    makeEach(folder)
  } catch (cause) {
    throw unwritable(folder, cause, setting)
  }
}

/** Level by level: Node's own way of making them all never comes back from places such as /proc. */
function makeEach(folder: string): void {
  if (existsSync(folder)) return
  makeEach(dirname(folder))
  mkdirSync(folder, { mode: 0o700 })
}

/** Makes an empty file, unless it is there, that only its owner reads from its first moment on. */
export function makeFile(path: string): void {
  closeSync(openSync(path, 'a', 0o600))
  chmodSync(path, 0o600)
}

export function removeDatabase(path: string): void {
  for (const tail of ['', ...TAILS]) rmSync(path + tail, { force: true })
}

/** Gives a finished file its name: all of it is on the disk before the name is. */
export function publish(half: string, target: string): void {
  sync(half)
  renameSync(half, target)
  sync(dirname(target))
}

function sync(path: string): void {
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
