import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DatabaseError } from '../../db/error.ts'
import { databasePath } from '../../db/files.ts'
import { type Migration, migrations } from '../../db/migrations/index.ts'
import { openDb, openReadOnly } from '../../db/open.ts'
import { names, raw, rows, tempFolder, write } from './support.ts'

const first: Migration = {
  name: '001-first',
  sql: `CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL, updated_at TEXT NOT NULL) STRICT;
        CREATE TABLE child (of TEXT NOT NULL REFERENCES setting (name)) STRICT;`,
}
const second: Migration = { name: '002-second', sql: 'CREATE TABLE pet (name TEXT) STRICT;' }
const broken: Migration = {
  name: '003-broken',
  sql: 'CREATE TABLE half (name TEXT) STRICT; INSERT INTO nowhere VALUES (1);',
}

function open(folder: string, list: readonly Migration[]) {
  const copies: string[] = []
  const db = openDb(folder, { migrations: list, onBackup: (path) => copies.push(path) })
  return { db, copies }
}

/** A folder whose database was made by the first migration and holds the fact `a`. */
function oldFolder(): string {
  const folder = tempFolder()
  using db = open(folder, [first]).db
  write(db, 'a', 'x')
  return folder
}

function failure(act: () => unknown): DatabaseError {
  try {
    act()
  } catch (error) {
    if (error instanceof DatabaseError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

describe('migrations', () => {
  it('make a new database, without a copy of nothing', () => {
    const { db, copies } = open(tempFolder(), migrations)
    using _ = db
    expect(rows(db, 'SELECT name FROM migration').map((row) => row['name'])).toEqual(
      migrations.map((m) => m.name),
    )
    expect(copies).toEqual([])
  })

  it('have names in the order of the list, each once', () => {
    const list = migrations.map((m) => m.name)
    expect([...new Set(list)].sort()).toEqual(list)
    for (const name of list) expect(name).toMatch(/^\d{3}-[a-z-]+$/)
  })

  it('keep a copy of the database as it was before an upgrade', () => {
    const folder = oldFolder()
    const { db, copies } = open(folder, [first, second])
    using _ = db
    expect(rows(db, 'SELECT * FROM pet')).toEqual([])
    expect(names(db)).toEqual(['a'])
    const copy = join(folder, 'before-002-second.sqlite')
    expect(copies).toEqual([copy])
    expect(statSync(copy).mode & 0o777).toBe(0o600)
    using old = openReadOnly(copy)
    expect(names(old)).toEqual(['a'])
    expect(() => rows(old, 'SELECT * FROM pet')).toThrow('no such table')
  })

  it('run once', () => {
    const folder = oldFolder()
    open(folder, [first, second]).db.close()
    const { db, copies } = open(folder, [first, second])
    using _ = db
    expect(copies).toEqual([])
  })

  it('leave everything as it was when one of them fails, those before it included', () => {
    const folder = oldFolder()
    const error = failure(() => open(folder, [first, second, broken]))
    expect(error.code).toBe('migration')
    expect(error.message).toContain('003-broken')
    expect(error.message).toContain('as it was')
    using db = open(folder, [first]).db
    expect(names(db)).toEqual(['a'])
    expect(() => rows(db, 'SELECT * FROM half')).toThrow('no such table')
    write(db, 'b', 'x')
  })

  it('can be tried again after a failure', () => {
    const folder = oldFolder()
    failure(() => open(folder, [first, second, broken]))
    failure(() => open(folder, [first, second, broken]))
    expect(existsSync(join(folder, 'before-002-second.sqlite.part'))).toBe(false)
    using db = open(folder, [first, second]).db
    expect(names(db)).toEqual(['a'])
  })

  it('may rebuild a table that others refer to', () => {
    const folder = oldFolder()
    {
      using db = open(folder, [first]).db
      db.tx((tx) => tx.run(raw("INSERT INTO child VALUES ('a')")))
    }
    const rebuild: Migration = {
      name: '002-rebuild',
      sql: `CREATE TABLE setting_new (name TEXT PRIMARY KEY, value TEXT NOT NULL, updated_at TEXT NOT NULL, note TEXT) STRICT;
            INSERT INTO setting_new SELECT *, NULL FROM setting;
            DROP TABLE setting;
            ALTER TABLE setting_new RENAME TO setting;`,
    }
    using db = open(folder, [first, rebuild]).db
    expect(rows(db, 'SELECT of FROM child')).toEqual([{ of: 'a' }])
    expect(rows(db, 'PRAGMA foreign_keys')).toEqual([{ foreign_keys: 1 }])
    expect(() => write(db, 'a', 'again')).toThrow('UNIQUE')
  })

  it('may not leave rows that refer to nothing', () => {
    const folder = oldFolder()
    const orphan: Migration = { name: '002-orphan', sql: "INSERT INTO child VALUES ('nobody');" }
    expect(failure(() => open(folder, [first, orphan])).code).toBe('migration')
    using db = open(folder, [first]).db
    expect(rows(db, 'SELECT * FROM child')).toEqual([])
  })

  it('refuse the database of a newer version and leave it alone', () => {
    const folder = oldFolder()
    open(folder, [first, second]).db.close()
    const error = failure(() => open(folder, [first]))
    expect(error.code).toBe('newer')
    expect(error.message).toContain('002-second')
    expect(error.message).toContain('newer version')
    using db = open(folder, [first, second]).db
    expect(names(db)).toEqual(['a'])
    expect(databasePath(folder)).toBe(db.path)
  })
})
