import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { systemNow } from '../../content/time.ts'
import { copyDatabase, restoreDb } from '../../db/backup.ts'
import { databasePath } from '../../db/files.ts'
import { openDb } from '../../db/open.ts'
import { CliError, say, settings } from './context.ts'

/** A moment as part of a file name. */
function stamp(): string {
  return systemNow().replace(/[:.]/g, '-')
}

/** `linli migrate` */
export function migrate(): void {
  const { config } = settings()
  using db = openDb(config.data, { onBackup: (path) => say(`The database as it was: ${path}`) })
  say(`The database is up to date: ${db.path}`)
}

/** `linli backup [file]`; works while the bot runs. */
export async function backup(file: string | undefined): Promise<void> {
  const { config } = settings()
  const source = databasePath(config.data)
  if (!existsSync(source)) throw new CliError(`There is no database yet in ${config.data}.`)
  const target = file === undefined ? join(config.data, `backup-${stamp()}.sqlite`) : resolve(file)
  if (existsSync(target)) throw new CliError(`${target} is there already; name another file.`)
  await copyDatabase(source, target)
  say(`Backed up and checked: ${target}`)
}

/** `linli restore FILE` */
export function restore(file: string): void {
  const { config } = settings()
  const kept = restoreDb(config.data, resolve(file), stamp())
  say(`Restored from ${resolve(file)}.`)
  if (kept !== undefined) say(`What was there before is kept: ${kept}`)
}
