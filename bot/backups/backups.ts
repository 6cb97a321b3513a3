import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import {
  earliest,
  fromMillis,
  type Instant,
  plus,
  type WallTime,
  type Zone,
} from '../../content/time.ts'
import { forgetKeys } from '../../db/backup.ts'
import { makeFolder } from '../../db/files.ts'
import type { Clock, Logger } from '../../handlers/core/ports.ts'
import type { BackupState } from '../../web/console/port.ts'
import { copyMedia, pruneMedia } from './pictures.ts'
import { backupName, begunAt, type Keep, lastDue, superfluous } from './retention.ts'

/** A failed backup is tried again after so long. */
const RETRY_HOURS = 1
/** Times of files are not exact. */
const SLACK = { minutes: -1 }

export interface BackupPlan {
  readonly folder: string
  /** When in the day; never by itself when missing. */
  readonly at: WallTime | undefined
  readonly keep: Keep
}

export interface BackupDeps {
  readonly plan: BackupPlan
  readonly zone: Zone
  /** Where pictures are kept. */
  readonly media: string
  /** Real time: a copy is a matter of the machine, whatever the sandbox's clock shows. */
  readonly clock: Clock
  readonly logger: Logger
  /** Copies the live database and checks the copy, which gets its name only then. @throws DatabaseError */
  copy(target: string): Promise<void>
  /** The rounds whose key has been destroyed; it is destroyed in earlier copies as well. */
  withoutKey(): readonly number[]
  /** Told of every failure. */
  failed(at: Instant): void
}

export interface Backups {
  state(): BackupState
  /** Makes a backup when one is due. Resolves when none is under way; never rejects. */
  tend(): Promise<void>
  /** Resolves when none is under way. */
  settled(): Promise<void>
}

export function createBackups(deps: BackupDeps): Backups {
  const { plan, zone, clock, logger } = deps
  let failure: BackupState['failed']
  let running: Promise<void> = Promise.resolve()
  let busy = false

  function isDue(now: Instant): boolean {
    if (plan.at === undefined) return false
    if (failure !== undefined && plus(failure.at, { hours: RETRY_HOURS }) > now) return false
    const last = newestBackup(plan.folder)
    return last === undefined || last.at < lastDue(now, plan.at, zone)
  }

  async function run(now: Instant): Promise<void> {
    try {
      await backUpAll({
        folder: plan.folder,
        name: backupName(now),
        media: deps.media,
        copy: deps.copy,
        clock,
      })
      prune(plan.folder, plan.keep, zone)
      for (const { file } of backupsIn(plan.folder)) forgetKeys(file, deps.withoutKey())
      failure = undefined
      logger.info('backup made')
    } catch (err) {
      failure = { at: now, why: err instanceof Error ? err.message : String(err) }
      logger.error('backup failed', { err })
      deps.failed(now)
    }
  }

  return {
    state() {
      const last = newestBackup(plan.folder)
      return {
        folder: plan.folder,
        scheduled: plan.at !== undefined,
        ...(last && { last }),
        ...(failure && { failed: failure }),
      }
    },
    tend() {
      const now = clock.now()
      if (!busy && isDue(now)) {
        busy = true
        running = run(now)
          .catch((err: unknown) => logger.error('backup not noted', { err }))
          .finally(() => {
            busy = false
          })
      }
      return running
    },
    settled: () => running,
  }
}

export interface BackupJob {
  readonly folder: string
  readonly name: string
  readonly media: string
  readonly clock: Clock
  copy(target: string): Promise<void>
}

/**
 * The database as `folder/name`, and the pictures in `folder/media`, which all backups there share. The pictures come
 * second: each that the copied database names was on the disk before it was named. Gives how many there are.
 * @throws DatabaseError, or Error when pictures are damaged
 */
export async function backUpAll({ folder, name, media, copy, clock }: BackupJob): Promise<number> {
  makeFolder(folder, 'LINLI_BACKUP_DIR')
  await copy(join(folder, name))
  const { count, damaged } = await copyMedia(media, join(folder, 'media'), clock.now())
  if (damaged.length > 0) {
    throw new Error(`${damaged.length} files in ${media} are damaged, such as ${damaged[0]}.`)
  }
  return count
}

/** Deletes what is superfluous; files with other names are somebody's own and stay, with their pictures. */
function prune(folder: string, keep: Keep, zone: Zone): void {
  const made = backupsIn(folder).map(({ at }) => at)
  for (const instant of superfluous(made, keep, zone)) rmSync(join(folder, backupName(instant)))
  const left = readdirSync(folder)
    .filter((name) => name.endsWith('.sqlite'))
    .map((name) => begunAt(name) ?? fromMillis(statSync(join(folder, name)).mtimeMs))
  pruneMedia(join(folder, 'media'), plus(earliest(...left) ?? fromMillis(0), SLACK))
}

/** The newest backup in `folder`. It was read through and found sound, or it would have no name. */
export function newestBackup(folder: string): BackupState['last'] {
  return backupsIn(folder)[0]
}

/** Those that the program made itself, the newest first: path, when it was begun, and size. */
function backupsIn(folder: string): NonNullable<BackupState['last']>[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return []
  const made = readdirSync(folder).flatMap((name) => begunAt(name) ?? [])
  return made
    .sort()
    .reverse()
    .map((at) => {
      const file = join(folder, backupName(at))
      return { at, file, bytes: statSync(file).size }
    })
}
