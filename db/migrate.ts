import type { Database as Sqlite } from 'better-sqlite3'
import { corrupt, DatabaseError } from './error.ts'
import type { Migration } from './migrations/index.ts'

/**
 * The names of the migrations that made the database at `path`, in their order; none for an empty one.
 * @throws DatabaseError when it is not ours, or newer than the program
 */
export function appliedTo(sqlite: Sqlite, path: string, known: readonly Migration[]): string[] {
  const tables = sqlite.prepare('SELECT name FROM sqlite_schema').pluck().all()
  if (tables.length === 0) return []
  if (!tables.includes('migration')) throw corrupt(path)
  const applied = sqlite
    .prepare('SELECT name FROM migration ORDER BY name')
    .pluck()
    .all() as string[]
  const later = applied.filter((name) => !known.some((m) => m.name === name))
  if (later.length > 0) {
    throw new DatabaseError(
      'newer',
      `The database ${path} was written by a newer version of Linli (it has ${later.join(', ')}). Start that version, or restore an older backup.`,
    )
  }
  return applied
}

/**
 * Applies all of `pending` or, when one fails, none. Foreign keys are looked at once at the end, so that a migration
 * can rebuild a table that others refer to.
 * @throws DatabaseError with the name of the one that failed
 */
export function migrate(sqlite: Sqlite, pending: readonly Migration[]): void {
  let current = ''
  sqlite.pragma('foreign_keys = OFF')
  try {
    sqlite
      .transaction(() => {
        sqlite.exec(
          'CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, applied_at TEXT NOT NULL) STRICT',
        )
        const note = sqlite.prepare(
          "INSERT INTO migration VALUES (?, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))",
        )
        for (const { name, sql } of pending) {
          current = name
          sqlite.exec(sql)
          note.run(name)
        }
        const orphans = sqlite.pragma('foreign_key_check') as { table: string }[]
        if (orphans[0]) throw new Error(`a row of ${orphans[0].table} refers to nothing`)
      })
      .immediate()
  } catch (cause) {
    throw new DatabaseError(
      'migration',
      `The database could not be brought up to date (${current}: ${reasonOf(cause)}). It is as it was; the version of Linli that you had works with it.`,
      { cause },
    )
  } finally {
    sqlite.pragma('foreign_keys = ON')
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
