import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { dateIn, partsOf, plus, systemNow } from '../../content/time.ts'
import { checkFile } from '../../db/backup.ts'
import { DatabaseError } from '../../db/error.ts'
import { databasePath } from '../../db/files.ts'
import { openReadOnly, RESTORE } from '../../db/open.ts'
import { outboxCounts } from '../../db/queries/outbox.ts'
import type { OutboxState } from '../../db/schema.ts'
import { type BackupPlan, newestBackup } from '../backups/backups.ts'
import { freeMegabytes } from '../machine.ts'
import { loadPuppet, puppetInfo } from '../wechaty/puppets.ts'
import { calendarWarning } from './check.ts'
import { envOf, say, settings } from './context.ts'

/** `linli doctor`: one line a finding; the exit status is 1 when something needs a person. */
export async function doctor(): Promise<void> {
  const findings: { fine: boolean; text: string }[] = []
  const note = (fine: boolean, text: string) => findings.push({ fine, text })

  note(true, `Node ${process.version}`)
  const { config } = settings()
  const env = envOf(config)
  note(true, `settings and content are fine (${env.content.programmes.length} programmes)`)
  folder(config.data, note)
  database(config.data, note)
  if (existsSync(databasePath(config.data))) backups(config.backup, note)
  await puppet(config.puppet, note)
  const { year } = partsOf(dateIn(config.zone, systemNow()))
  for (const each of [year, year + 1]) {
    if (!env.calendar.isOfficial(each)) note(true, calendarWarning(each))
  }
  for (const { fine, text } of findings) say(`${fine ? 'ok  ' : 'BAD '} ${text}`)
  if (findings.some((f) => !f.fine)) process.exitCode = 1
}

/** States in which a message needs a person. */
const OUTBOX_TROUBLE: Partial<Record<OutboxState, string>> = {
  unknown: ' (they may have gone out or not: look in the groups)',
  failed: ' (they did not go out)',
}

/** With less a backup may not fit, and soon nothing is saved any more. */
const LEAST_FREE_MB = 200

type Note = (fine: boolean, text: string) => void

function folder(path: string, note: Note): void {
  if (!existsSync(path)) {
    note(true, `data folder ${path} will be made at the first start`)
    return
  }
  try {
    accessSync(path, constants.W_OK)
    note(true, `data folder ${path} can be written`)
  } catch {
    note(false, `data folder ${path} cannot be written by this user`)
  }
  const free = freeMegabytes(path)
  note(free >= LEAST_FREE_MB, `${free} MB free on its disk`)
}

function database(data: string, note: Note): void {
  const path = databasePath(data)
  if (!existsSync(path)) return
  try {
    checkFile(path)
    note(true, `database ${path} is sound`)
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error
    note(false, error.code === 'corrupt' ? `${error.message} ${RESTORE}` : error.message)
    return
  }
  const open = (statSync(path).mode & 0o077) !== 0
  note(!open, open ? `others can read ${path}: chmod 600 it` : 'the database is private')
  using db = openReadOnly(path)
  for (const { state, n } of outboxCounts(db)) {
    note(OUTBOX_TROUBLE[state] === undefined, `outbox: ${n} ${state}${OUTBOX_TROUBLE[state] ?? ''}`)
  }
}

/** So old may the newest backup be where one is made every day. */
const BACKUP_DAYS = 2

function backups({ folder, at }: BackupPlan, note: Note): void {
  const last = newestBackup(folder)
  if (last === undefined) {
    note(true, `no backup yet in ${folder}${at === undefined ? '; none is made by itself' : ''}`)
    return
  }
  const late = at !== undefined && plus(last.at, { days: BACKUP_DAYS }) < systemNow()
  note(!late, `the last backup is of ${last.at}${late ? ', too long ago' : ''}: ${last.file}`)
  try {
    checkFile(last.file)
    note(true, 'it is sound')
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error
    note(false, `it cannot be restored: ${error.message}`)
  }
}

async function puppet(name: string, note: Note): Promise<void> {
  if (name === 'sandbox') {
    note(true, 'chat: the sandbox, no account needed')
    return
  }
  try {
    await loadPuppet(name)
    note(true, `chat: ${name} is installed`)
  } catch (error) {
    note(false, error instanceof Error ? error.message : String(error))
  }
  if (puppetInfo(name).risk) {
    note(true, 'WARNING: a personal account that is run this way can be banned')
  }
}
