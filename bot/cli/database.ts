import { existsSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { systemNow } from '../../content/time.ts'
import { copyDatabase, restoreDb } from '../../db/backup.ts'
import { databasePath } from '../../db/files.ts'
import { openDb } from '../../db/open.ts'
import { backUpAll } from '../backups/backups.ts'
import { copyMedia } from '../backups/pictures.ts'
import { backupName } from '../backups/retention.ts'
import { mediaFolder } from '../media/photos.ts'
import { CliError, say, settings } from './context.ts'

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
  const target = resolve(file ?? join(config.backup.folder, backupName(systemNow())))
  if (existsSync(target)) throw new CliError(`${target} is there already; name another file.`)
  const pictures = await backUpAll({
    folder: dirname(target),
    name: basename(target),
    media: mediaFolder(config.data),
    clock: { now: systemNow },
    copy: (path) => copyDatabase(source, path),
  })
  say(`Backed up and checked: ${target}`)
  say(`With it belong ${pictures} pictures and documents: ${join(dirname(target), 'media')}`)
}

/** `linli restore FILE` */
export async function restore(file: string): Promise<void> {
  const { config } = settings()
  const stamp = systemNow().replace(/[:.]/g, '-')
  const kept = restoreDb(config.data, resolve(file), stamp)
  say(`Restored from ${resolve(file)}.`)
  if (kept !== undefined) say(`What was there before is kept: ${kept}`)
  const media = join(dirname(resolve(file)), 'media')
  const { count, damaged } = await copyMedia(media, mediaFolder(config.data), systemNow())
  say(
    existsSync(media)
      ? `${count} pictures and documents are in place.`
      : `There is no folder ${media}: pictures are as they were.`,
  )
  if (damaged.length > 0) throw new CliError(`Damaged and left out: ${damaged.join(', ')}`)
}
