import { loadContent } from '../../content/load.ts'
import { systemNow } from '../../content/time.ts'
import { type Db, openDb } from '../../db/open.ts'
import type { Reader } from '../../db/store.ts'
import type { Env, Work } from '../../handlers/core/feature.ts'
import { createEnv } from '../../handlers/core/settings.ts'
import { type Config, environment, readConfig, type Secrets } from '../config.ts'
import { features } from '../features.ts'
import { systemRandom } from '../random.ts'
import { sandboxNow } from '../sandbox/open.ts'

/** A refusal that the person at the keyboard can act upon: its message is shown, without a stack. */
export class CliError extends Error {
  override readonly name = 'CliError'
}

export function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

export function settings(): { readonly config: Config; readonly secrets: Secrets } {
  return readConfig(environment())
}

/** The environment of `config`; with a database, as staff have set it. */
export function envOf(config: Config, db?: Reader): Env {
  return createEnv({
    files: loadContent(config.content),
    zone: config.zone,
    random: systemRandom,
    commands: features.flatMap((f) => f.commands),
    ...(db && { db }),
  })
}

/** Does one piece of work on the database, which no other process may have open. */
export function withWork<T>(use: (work: Work, db: Db) => T): T {
  const { config } = settings()
  // Content that is wrong is told before a database is made.
  loadContent(config.content)
  using db = openDb(config.data)
  const env = envOf(config, db)
  // A code must last by the clock that the program will go by.
  const now = config.puppet === 'sandbox' ? sandboxNow(config) : systemNow()
  return db.tx((tx) => use({ tx, now, env }, db))
}
