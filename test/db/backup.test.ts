import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { checkFile, copyDatabase, restoreDb } from '../../db/backup.ts'
import { DatabaseError } from '../../db/error.ts'
import { databasePath } from '../../db/files.ts'
import { type Db, openDb, openReadOnly } from '../../db/open.ts'
import { names, tempFolder, write, writeMany } from './support.ts'

const STAMP = '2026-11-24'

/** A data folder whose database holds these facts. */
function folderWith(...facts: string[]): string {
  const folder = tempFolder()
  using db = openDb(folder)
  for (const fact of facts) write(db, fact, 'x')
  return folder
}

async function backupOf(...facts: string[]): Promise<string> {
  const file = join(tempFolder(), 'backup.sqlite')
  await copyDatabase(databasePath(folderWith(...facts)), file)
  return file
}

function factsIn(folder: string): string[] {
  using db = openDb(folder)
  return names(db)
}

async function failure(act: () => unknown): Promise<DatabaseError> {
  try {
    await act()
  } catch (error) {
    if (error instanceof DatabaseError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

describe('a backup', () => {
  it('holds everything, in one private file that opens anywhere', async () => {
    const file = await backupOf('a', 'b')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    checkFile(file)
    {
      using copy = openReadOnly(file)
      expect(names(copy)).toEqual(['a', 'b'])
    }
    expect(readdirSync(join(file, '..'))).toEqual(['backup.sqlite'])
  })

  it('is whole though writing goes on in the same process', async () => {
    const folder = folderWith('a')
    using db: Db = openDb(folder)
    writeMany(db, 'before', 300)
    const file = join(folder, 'backup.sqlite')
    let done = false
    const copying = db.backup(file).finally(() => {
      done = true
    })
    let during = 0
    while (!done) {
      write(db, `during${during++}`, 'x'.repeat(3000))
      await new Promise((resolve) => setImmediate(resolve))
    }
    await copying
    expect(during).toBeGreaterThan(1)
    using copy = openReadOnly(file)
    expect(names(copy).filter((name) => name.startsWith('before'))).toHaveLength(300)
  })

  it('comes to an end though another process keeps writing', async () => {
    const folder = folderWith()
    {
      using db = openDb(folder)
      writeMany(db, 'fact', 10_000)
    }
    const script = join(import.meta.dirname, 'holder.ts')
    const child = spawn(process.execPath, [script, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    onTestFinished(() => {
      child.kill('SIGKILL')
    })
    await once(child.stdout, 'data')
    const file = join(folder, 'backup.sqlite')
    await copyDatabase(databasePath(folder), file)
    checkFile(file)
    using copy = openReadOnly(file)
    expect(names(copy).filter((name) => name.startsWith('fact'))).toHaveLength(10_000)
  })

  it('refuses a place that is not there, and leaves nothing behind', async () => {
    const folder = folderWith('a')
    const target = join(folder, 'nowhere', 'backup.sqlite')
    const error = await failure(() => copyDatabase(databasePath(folder), target))
    expect(error.code).toBe('unwritable')
    expect(error.message).toContain(target)
  })

  it('refuses a damaged database and leaves no half copy', async () => {
    const folder = tempFolder()
    const source = databasePath(folder)
    writeFileSync(source, 'no database'.repeat(1000))
    const target = join(folder, 'backup.sqlite')
    expect((await failure(() => copyDatabase(source, target))).code).toBe('corrupt')
    expect(readdirSync(folder)).toEqual(['linli.sqlite'])
  })
})

describe('restoring a backup', () => {
  it('puts it in place and keeps what was there', async () => {
    const file = await backupOf('a')
    const folder = folderWith('b')
    const kept = restoreDb(folder, file, STAMP)
    expect(kept).toBe(join(folder, `replaced-${STAMP}.sqlite`))
    expect(factsIn(folder)).toEqual(['a'])
    expect(statSync(databasePath(folder)).mode & 0o777).toBe(0o600)
    using before = openReadOnly(kept ?? '')
    expect(names(before)).toEqual(['b'])
    checkFile(file)
  })

  it('works into a folder that is not there yet', async () => {
    const file = await backupOf('a')
    const folder = join(tempFolder(), 'new')
    expect(restoreDb(folder, file, STAMP)).toBeUndefined()
    expect(factsIn(folder)).toEqual(['a'])
  })

  it('keeps what a killed process had committed but not yet moved into the database', async () => {
    const file = await backupOf('a')
    const folder = folderWith('b')
    crash(folder, 'c')
    const kept = restoreDb(folder, file, STAMP)
    expect(existsSync(`${kept}-wal`)).toBe(false)
    expect(factsIn(folder)).toEqual(['a'])
    using before = openReadOnly(kept ?? '')
    expect(names(before)).toEqual(['b', 'c'])
  })

  it('takes the place of a damaged database, which is kept as it is', async () => {
    const file = await backupOf('a')
    const folder = tempFolder()
    writeFileSync(databasePath(folder), 'garbage'.repeat(1000))
    const kept = restoreDb(folder, file, STAMP)
    expect(factsIn(folder)).toEqual(['a'])
    expect(readFileSync(kept ?? '', 'utf8')).toBe('garbage'.repeat(1000))
  })

  it('is finished at the next start when it was cut short', async () => {
    const file = await backupOf('a')
    const folder = folderWith('b')
    restoreDb(folder, file, STAMP)
    renameSync(databasePath(folder), `${databasePath(folder)}.incoming`)
    expect(factsIn(folder)).toEqual(['a'])
  })

  it('cannot run beside a running bot', async () => {
    const file = await backupOf('a')
    const folder = folderWith('b')
    using db = openDb(folder)
    expect((await failure(() => restoreDb(folder, file, STAMP))).code).toBe('locked')
    expect(names(db)).toEqual(['b'])
  })

  it.each<[string, string, (file: string) => void]>([
    ['no file', 'missing', () => {}],
    ['a folder', 'unwritable', (file) => mkdirSync(file)],
    ['garbage', 'corrupt', (file) => writeFileSync(file, 'garbage'.repeat(1000))],
    ['an empty file', 'corrupt', (file) => writeFileSync(file, '')],
    [
      'the database of another program',
      'corrupt',
      (file) => {
        const other = new Sqlite(file)
        other.exec('CREATE TABLE song (title TEXT)')
        other.close()
      },
    ],
    [
      'a database of a newer version',
      'newer',
      (file) => {
        const source = databasePath(folderWith('a'))
        copyFileSync(source, file)
        const newer = new Sqlite(file)
        newer.exec("INSERT INTO migration VALUES ('999-later', '2030-01-01T00:00:00.000Z')")
        newer.close()
      },
    ],
  ])('refuses %s and leaves what is there', async (_, code, make) => {
    const file = join(tempFolder(), 'given')
    make(file)
    const folder = folderWith('b')
    const error = await failure(() => restoreDb(folder, file, STAMP))
    expect(error.code).toBe(code)
    expect(error.message).toContain(file)
    expect(factsIn(folder)).toEqual(['b'])
    expect(readdirSync(folder).sort()).toEqual(['linli.lock', 'linli.sqlite'])
  })
})

/** Leaves the folder as a killed process does: the last commit only in the write-ahead log. */
function crash(folder: string, fact: string): void {
  const away = tempFolder()
  {
    using db = openDb(folder)
    write(db, fact, 'x')
    for (const file of readdirSync(folder)) copyFileSync(join(folder, file), join(away, file))
  }
  for (const file of readdirSync(away)) copyFileSync(join(away, file), join(folder, file))
  expect(existsSync(`${databasePath(folder)}-wal`)).toBe(true)
}
