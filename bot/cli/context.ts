import { createCalendar } from '../../content/calendar.ts'
import { loadContent } from '../../content/load.ts'
import { systemNow } from '../../content/time.ts'
import { type Db, openDb } from '../../db/open.ts'
import type { Env, Work } from '../../handlers/core/feature.ts'
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

export function envOf(config: Config): Env {
  const content = loadContent(config.content)
  return {
    content,
    calendar: createCalendar(content.calendarRules),
    zone: config.zone,
    random: systemRandom,
    commands: features.flatMap((f) => f.commands),
  }
}

/** Does one piece of work on the database, which no other process may have open. */
export function withWork<T>(use: (work: Work, db: Db) => T): T {
  const { config } = settings()
  const env = envOf(config)
  using db = openDb(config.data)
  // A code must last by the clock that the program will go by.
  const now = config.puppet === 'sandbox' ? sandboxNow(config) : systemNow()
  return db.tx((tx) => use({ tx, now, env }, db))
}
