import { cpSync, existsSync, readFileSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { databasePath } from '../../db/files.ts'
import { type Db, openDb } from '../../db/open.ts'
import { createStore, q, type Tx } from '../../db/store.ts'
import { testDb } from '../support/town.ts'
import { NOON, names, tempFolder, write } from './support.ts'

const fact = (name: string) =>
  q.insertInto('setting').values({ name, value: 'x', updated_at: NOON })

describe('a transaction', () => {
  it('commits what it wrote and gives what the work returned', () => {
    using db = testDb()
    const written = db.tx((tx) => tx.run(fact('a')))
    expect(written.changes).toBe(1)
    expect(names(db)).toEqual(['a'])
  })

  it('rolls everything back when the work throws', () => {
    using db = testDb()
    expect(() =>
      db.tx((tx) => {
        tx.run(fact('a'))
        throw new Error('stop')
      }),
    ).toThrow('stop')
    expect(names(db)).toEqual([])
    write(db, 'b', 'x')
    expect(names(db)).toEqual(['b'])
  })

  it('reads what it wrote', () => {
    using db = testDb()
    db.tx((tx) => {
      tx.run(fact('a'))
      expect(names(tx)).toEqual(['a'])
    })
  })

  it('cannot be opened inside another one', () => {
    using db = testDb()
    expect(() =>
      db.tx((tx) => {
        tx.run(fact('outer'))
        db.tx((inner) => inner.run(fact('inner')))
      }),
    ).toThrow('already inside a transaction')
    expect(names(db)).toEqual([])
  })

  it('rolls back and refuses work that gives a promise', () => {
    using db = testDb()
    expect(() =>
      db.tx(async (tx) => {
        tx.run(fact('a'))
      }),
    ).toThrow(TypeError)
    expect(names(db)).toEqual([])
  })

  it('ends with its work: what was kept of it cannot write later', () => {
    using db = testDb()
    const kept: Tx = db.tx((tx) => tx)
    expect(() => kept.run(fact('late'))).toThrow('outside of a transaction')
    expect(names(db)).toEqual([])
  })

  it('takes the lock for writing at once', () => {
    const path = `${tempFolder()}/a.sqlite`
    using first = new Disposing(path)
    using second = new Disposing(path)
    first.sqlite.exec('CREATE TABLE t (n INTEGER) STRICT')
    const store = createStore(first.sqlite)
    store.tx(() => {
      expect(() => second.sqlite.exec('BEGIN IMMEDIATE')).toThrow('locked')
    })
  })

  it('rolls back when the disk is full, and goes on once there is room', () => {
    const path = `${tempFolder()}/a.sqlite`
    using file = new Disposing(path)
    file.sqlite.exec(
      'CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT, updated_at TEXT) STRICT',
    )
    const store = createStore(file.sqlite)
    write(store, 'before', 'x')
    file.sqlite.pragma(`max_page_count = ${file.sqlite.pragma('page_count', { simple: true })}`)
    const fill = () =>
      store.tx((tx) => {
        tx.run(fact('small'))
        for (let n = 0; n < 100; n++) {
          tx.run(
            q
              .insertInto('setting')
              .values({ name: `big${n}`, value: 'x'.repeat(4000), updated_at: NOON }),
          )
        }
      })
    expect(fill).toThrow(expect.objectContaining({ code: 'SQLITE_FULL' }))
    expect(names(store)).toEqual(['before'])
    file.sqlite.pragma('max_page_count = 100000')
    fill()
    expect(names(store)).toHaveLength(102)
  })
})

describe('prepared statements', () => {
  it('are kept for use again, and never more than so many', () => {
    using file = new Disposing(':memory:')
    file.sqlite.exec('CREATE TABLE setting (name TEXT, value TEXT, updated_at TEXT) STRICT')
    let prepared = 0
    const prepare = file.sqlite.prepare.bind(file.sqlite)
    file.sqlite.prepare = ((sql: string) => {
      prepared += 1
      return prepare(sql)
    }) as typeof file.sqlite.prepare
    const store = createStore(file.sqlite, 3)
    const ask = (n: number) => store.all(q.selectFrom('setting').select('name').limit(n))
    const list = (n: number) =>
      store.all(
        q.selectFrom('setting').select('name').where('name', 'in', Array<string>(n).fill('x')),
      )
    for (let n = 0; n < 50; n++) ask(n)
    expect(prepared).toBe(1)
    list(1)
    list(2)
    ask(1)
    expect(prepared).toBe(3)
    list(3)
    ask(1)
    expect(prepared).toBe(4)
    list(1)
    expect(prepared).toBe(5)
  })
})

class Disposing {
  readonly sqlite: Sqlite.Database
  constructor(path: string) {
    this.sqlite = new Sqlite(path, { timeout: 0 })
  }
  [Symbol.dispose](): void {
    this.sqlite.close()
  }
}

describe('what is destroyed', () => {
  const secret = `${'a'.repeat(8)}5eC7e7${'b'.repeat(8)}`
  const held = (path: string) =>
    ['', '-wal'].filter(
      (tail) => existsSync(path + tail) && readFileSync(path + tail).includes(secret),
    )

  /** Writes a secret, and overwrites it in a transaction of its own. */
  function destroy(db: Db): void {
    write(db, 'key', secret)
    expect(held(db.path)).toContain('-wal')
    db.tx((tx) => {
      tx.run(q.updateTable('setting').set({ value: 'gone' }).where('name', '=', 'key'))
      tx.leaveNoTrace()
    })
  }

  it('is in neither file once the transaction has committed', () => {
    const folder = tempFolder()
    using db = openDb(folder)
    destroy(db)
    expect(held(db.path)).toEqual([])
    expect(names(db)).toEqual(['key'])
  })

  it('is gone after the next transaction where somebody was reading', () => {
    const folder = tempFolder()
    using db = openDb(folder)
    write(db, 'other', 'x')
    const reader = new Sqlite(db.path, { readonly: true })
    reader.exec('BEGIN; SELECT * FROM setting')
    destroy(db)
    expect(held(db.path)).toContain('-wal')
    reader.close()
    write(db, 'later', 'x')
    expect(held(db.path)).toEqual([])
  })

  it('is gone after the start that follows a crash', () => {
    const folder = tempFolder()
    const path = databasePath(folder)
    using crashed = openDb(folder)
    write(crashed, 'key', secret)
    crashed.tx((tx) =>
      tx.run(q.updateTable('setting').set({ value: 'gone' }).where('name', '=', 'key')),
    )
    const other = tempFolder()
    for (const tail of ['', '-wal']) cpSync(path + tail, databasePath(other) + tail)
    expect(held(databasePath(other))).toContain('-wal')
    using db = openDb(other)
    expect(held(db.path)).toEqual([])
  })
})
