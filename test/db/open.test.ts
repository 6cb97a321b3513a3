import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { DatabaseError } from '../../db/error.ts'
import { databasePath } from '../../db/files.ts'
import { openDb, openMemoryDb } from '../../db/open.ts'
import { q } from '../../db/store.ts'
import { names, pragma, tempFolder, write, writeMany } from './support.ts'

/** What opening `folder` fails with. */
function refusal(folder: string): DatabaseError {
  try {
    openDb(folder).close()
  } catch (error) {
    if (error instanceof DatabaseError) return error
    throw error
  }
  throw new Error('it opened')
}

function fill(folder: string, rows: number): void {
  using db = openDb(folder)
  writeMany(db, 'fact', rows)
}

const mode = (path: string) => statSync(path).mode & 0o777

describe('opening a data folder', () => {
  it('makes it, with a database that only its owner reads', () => {
    const folder = join(tempFolder(), 'new', 'data')
    using db = openDb(folder)
    write(db, 'a', 'x')
    expect(mode(folder)).toBe(0o700)
    const files = readdirSync(folder)
    expect(files).toContain('linli.sqlite')
    expect(files.map((file) => [file, mode(join(folder, file))])).toEqual(
      files.map((file) => [file, 0o600]),
    )
  })

  it('closes a database that others could read', () => {
    const folder = tempFolder()
    openDb(folder).close()
    chmodSync(databasePath(folder), 0o644)
    openDb(folder).close()
    expect(mode(databasePath(folder))).toBe(0o600)
  })

  it('finds again what was written', () => {
    const folder = tempFolder()
    fill(folder, 3)
    using db = openDb(folder)
    expect(names(db)).toEqual(['fact0', 'fact1', 'fact2'])
  })

  it('works safely: write-ahead log, full synchronisation, foreign keys', () => {
    const folder = tempFolder()
    using db = openDb(folder)
    expect(pragma(db, 'journal_mode')).toBe('wal')
    expect(pragma(db, 'synchronous')).toBe(2)
    expect(pragma(db, 'foreign_keys')).toBe(1)
    expect(pragma(db, 'secure_delete')).toBe(1)
    expect(pragma(db, 'busy_timeout')).toBe(5000)
    using memory = openMemoryDb()
    expect(pragma(memory, 'foreign_keys')).toBe(1)
  })

  it('overwrites what is deleted', () => {
    const folder = tempFolder()
    const held = () => readFileSync(databasePath(folder)).includes('destroyed-key')
    {
      using db = openDb(folder)
      for (let n = 0; n < 9; n++) write(db, `fact${n}`, n === 4 ? 'destroyed-key' : 'kept')
    }
    expect(held()).toBe(true)
    {
      using db = openDb(folder)
      db.tx((tx) => tx.run(q.deleteFrom('setting').where('name', '=', 'fact4')))
    }
    expect(held()).toBe(false)
  })

  it('checks a small database whole, and leaves a large one to doctor', () => {
    const folder = tempFolder()
    fill(folder, 200)
    damagePage(databasePath(folder))
    expect(refusal(folder).code).toBe('corrupt')
    openDb(folder, { checkUpToBytes: 1000 }).close()
  })
})

describe('the lock on a data folder', () => {
  it('refuses a second opening in the same process', () => {
    const folder = tempFolder()
    using _ = openDb(folder)
    expect(refusal(folder).code).toBe('locked')
  })

  it('refuses a second process and says what to do', async () => {
    const folder = tempFolder()
    await holder(folder)
    const { code, message } = refusal(folder)
    expect(code).toBe('locked')
    expect(message).toContain(folder)
    expect(message).toContain('Stop it first')
    expect(message).toContain('LINLI_DATA')
  })

  it('is free again, and nothing committed is lost, after the holder was killed', async () => {
    const folder = tempFolder()
    const child = await holder(folder)
    child.kill('SIGKILL')
    await once(child, 'exit')
    using db = openDb(folder)
    const kept = names(db)
    expect(kept.length).toBeGreaterThan(0)
    expect(pragma(db, 'integrity_check')).toBe('ok')
  })

  it('is free again after closing, also twice', () => {
    const folder = tempFolder()
    const db = openDb(folder)
    db.close()
    db.close()
    openDb(folder).close()
  })
})

describe('a damaged database', () => {
  function damaged(how: (path: string) => void) {
    const folder = tempFolder()
    fill(folder, 200)
    const path = databasePath(folder)
    how(path)
    const before = readFileSync(path)
    const error = refusal(folder)
    expect(readFileSync(path).equals(before)).toBe(true)
    expect(error.code).toBe('corrupt')
    expect(error.message).toContain(path)
    expect(error.message).toContain('linli restore')
  }

  it('is refused and left alone: random bytes', () => {
    damaged((path) => writeFileSync(path, Buffer.from('no database at all. '.repeat(1000))))
  })

  it('is refused and left alone: cut short', () => {
    damaged((path) => writeFileSync(path, readFileSync(path).subarray(0, 100_001)))
  })

  it('is refused and left alone: pages overwritten', () => {
    damaged(damagePage)
  })

  it('is refused and left alone: the database of another program', () => {
    damaged((path) => {
      writeFileSync(path, '')
      const other = new Sqlite(path)
      other.exec('CREATE TABLE song (title TEXT)')
      other.close()
    })
  })

  it('is made anew when it is empty: the first start was cut short', () => {
    const folder = tempFolder()
    writeFileSync(databasePath(folder), '')
    fill(folder, 1)
    using db = openDb(folder)
    expect(names(db)).toEqual(['fact0'])
  })
})

describe('a place that cannot be written', () => {
  it('is refused: a folder under a file', () => {
    const file = join(tempFolder(), 'file')
    writeFileSync(file, 'x')
    const { code, message } = refusal(join(file, 'data'))
    expect(code).toBe('unwritable')
    expect(message).toContain('LINLI_DATA')
  })

  it('is refused: a file in place of the folder', () => {
    const file = join(tempFolder(), 'file')
    writeFileSync(file, 'x')
    expect(refusal(file).code).toBe('unwritable')
    expect(readFileSync(file, 'utf8')).toBe('x')
  })

  it('is refused: a file system that takes no files', () => {
    expect(refusal('/proc/self').code).toBe('unwritable')
    expect(refusal('/proc/nowhere/data').code).toBe('unwritable')
  })

  it('is refused: a folder in place of the database', () => {
    const folder = tempFolder()
    mkdirSync(databasePath(folder))
    const { code, message } = refusal(folder)
    expect(code).toBe('unwritable')
    expect(message).toContain(databasePath(folder))
    expect(existsSync(databasePath(folder))).toBe(true)
  })
})

/** Overwrites pages in the middle; the header stays as it is. */
function damagePage(path: string): void {
  const bytes = readFileSync(path)
  bytes.fill(0x5a, bytes.length >> 1, (bytes.length >> 1) + 4096 * 20)
  writeFileSync(path, bytes)
}

/** A process that has the folder open, as the bot has, until the test ends. */
async function holder(folder: string): Promise<ChildProcess> {
  const script = join(import.meta.dirname, 'holder.ts')
  const child = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  await once(child.stdout, 'data')
  return child
}
