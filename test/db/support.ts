import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Compilable, CompiledQuery } from 'kysely'
import { afterEach } from 'vitest'
import { type Instant, toInstant } from '../../content/time.ts'
import { q, type Reader, type Store } from '../../db/store.ts'

const made: string[] = []

afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A new empty folder, gone after the test. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'linli-test-'))
  made.push(folder)
  return folder
}

export const NOON: Instant = toInstant('2026-11-24T12:00:00+08:00')

/** Writes one small fact. */
export function write(db: Store, name: string, value: string): void {
  db.tx((tx) => tx.run(q.insertInto('setting').values({ name, value, updated_at: NOON })))
}

/** Writes `count` large facts at once, named `prefix0`, `prefix1` … */
export function writeMany(db: Store, prefix: string, count: number): void {
  db.tx((tx) => {
    for (let n = 0; n < count; n++) {
      const row = { name: `${prefix}${n}`, value: 'x'.repeat(3000), updated_at: NOON }
      tx.run(q.insertInto('setting').values(row))
    }
  })
}

/** The names of the facts that are there. */
export function names(db: Reader): string[] {
  return db.all(q.selectFrom('setting').select('name').orderBy('name')).map((row) => row.name)
}

/** A statement as text, for what no query of the program says. */
export function raw(sql: string): Compilable<Record<string, unknown>> {
  return { compile: () => CompiledQuery.raw(sql) }
}

export function rows(db: Reader, sql: string): Record<string, unknown>[] {
  return db.all(raw(sql))
}

export function pragma(db: Reader, name: string): unknown {
  return Object.values(rows(db, `PRAGMA ${name}`)[0] ?? {})[0]
}
