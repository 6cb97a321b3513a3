import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createBackups } from '../../bot/backups/backups.ts'
import { copyMedia } from '../../bot/backups/pictures.ts'
import { backupName, superfluous } from '../../bot/backups/retention.ts'
import { type Instant, plus, toInstant, toWallTime, type Zone } from '../../content/time.ts'
import { checkFile, restoreDb } from '../../db/backup.ts'
import { type Db, openDb } from '../../db/open.ts'
import { roundsWithoutKey } from '../../db/queries/round.ts'
import { tellBackupFailed } from '../../handlers/console/health.ts'
import { names, raw, tempFolder, write } from '../db/support.ts'
import { openTown } from '../support/town.ts'

const ZONE = 'Asia/Shanghai' as Zone
const START = toInstant('2026-11-24T12:00:00+08:00')
const SILENT = { info: () => {}, warn: () => {}, error: () => {} }

/** A file in a media folder, named by its hash; gives where it is below the folder. */
function picture(media: string, content: string): string {
  const name = `${createHash('sha256').update(content).digest('hex')}.jpg`
  const path = join(name.slice(0, 2), name)
  mkdirSync(dirname(join(media, path)), { recursive: true })
  writeFileSync(join(media, path), content)
  return path
}

function openMachine() {
  const data = tempFolder()
  const folder = join(data, 'backups')
  const media = join(data, 'media')
  let now: Instant = START
  const failures: Instant[] = []
  let db: Db = openDb(data)
  let broken: Error | undefined
  const backups = createBackups({
    plan: { folder, at: toWallTime('03:00'), keep: { days: 2, weeks: 1 } },
    zone: ZONE,
    media,
    clock: { now: () => now },
    logger: SILENT,
    copy: async (target) => {
      if (broken !== undefined) throw broken
      await db.backup(target)
    },
    withoutKey: () => roundsWithoutKey(db),
    failed: (at) => failures.push(at),
  })
  return {
    data,
    folder,
    media,
    backups,
    failures,
    db: () => db,
    close: () => db.close(),
    reopen: () => {
      db = openDb(data)
      return db
    },
    breakDisk: (error: Error | undefined) => {
      broken = error
    },
    /** The clock goes on, and the minute strikes. */
    wait: async (span: Parameters<typeof plus>[1]) => {
      now = plus(now, span)
      await backups.tend()
    },
    copies: () =>
      existsSync(folder) ? readdirSync(folder).filter((n) => n.endsWith('.sqlite')) : [],
  }
}

describe('which backups stay', () => {
  const day = (text: string) => toInstant(`${text}T03:00:00+08:00`)

  it('the newest of each of the last days and weeks that have one', () => {
    const made = [
      '2026-10-05',
      '2026-11-09',
      '2026-11-15',
      '2026-11-21',
      '2026-11-23',
      '2026-11-24',
    ]
    const gone = superfluous(
      [...made.map(day), toInstant('2026-11-24T09:00:00+08:00')],
      { days: 2, weeks: 3 },
      ZONE,
    )
    expect(gone.sort()).toEqual([day('2026-10-05'), day('2026-11-09'), day('2026-11-24')])
  })

  it('never none: however old, the newest stays', () => {
    expect(superfluous([day('2020-01-01')], { days: 1, weeks: 0 }, ZONE)).toEqual([])
  })
})

describe('automatic backups', () => {
  it('are made once a day at their time, and made up for after a time without power', async () => {
    const m = openMachine()
    await m.wait({ minutes: 1 })
    expect(m.copies()).toHaveLength(1)
    await m.wait({ hours: 14 })
    expect(m.copies()).toHaveLength(1)
    await m.wait({ hours: 1 })
    expect(m.copies()).toHaveLength(2)
    await m.wait({ days: 3 })
    await m.wait({ minutes: 1 })
    expect(m.copies()).toHaveLength(2)
    expect(m.backups.state().last?.at).toBe(plus(START, { minutes: 1, hours: 15 + 72 }))
    m.close()
  })

  it('bring everything back: the database and the pictures', async () => {
    const m = openMachine()
    write(m.db(), 'before', 'x')
    const kept = picture(m.media, 'a photo')
    await m.wait({ minutes: 1 })
    const { file } = m.backups.state().last ?? { file: '' }
    write(m.db(), 'after', 'x')
    rmSync(m.media, { recursive: true })
    m.close()
    restoreDb(m.data, file, 'stamp')
    const copied = await copyMedia(join(m.folder, 'media'), m.media, START)
    expect(copied).toEqual({ count: 1, damaged: [] })
    expect(existsSync(join(m.media, kept))).toBe(true)
    expect(names(m.reopen())).toContain('before')
    expect(names(m.db())).not.toContain('after')
    m.close()
  })

  it('forget a picture with the last backup that knew it, and no earlier', async () => {
    const m = openMachine()
    const gone = picture(m.media, 'to be erased')
    const stays = picture(m.media, 'stays')
    await m.wait({ minutes: 1 })
    rmSync(join(m.media, gone))
    const inBackup = (path: string) => existsSync(join(m.folder, 'media', path))
    await m.wait({ days: 1 })
    expect([inBackup(gone), inBackup(stays)]).toEqual([true, true])
    await m.wait({ days: 7 })
    await m.wait({ days: 1 })
    expect([inBackup(gone), inBackup(stays)]).toEqual([false, true])
    m.close()
  })

  it('say why when they fail, try again after an hour, and delete nothing meanwhile', async () => {
    const m = openMachine()
    await m.wait({ minutes: 1 })
    m.breakDisk(new Error('no space left'))
    await m.wait({ days: 1 })
    await m.wait({ minutes: 30 })
    expect([m.copies().length, m.failures.length]).toEqual([1, 1])
    expect(m.backups.state().failed?.why).toBe('no space left')
    await m.wait({ minutes: 30 })
    expect(m.failures).toHaveLength(2)
    m.breakDisk(undefined)
    await m.wait({ hours: 1 })
    expect(m.backups.state().failed).toBeUndefined()
    expect(m.copies()).toHaveLength(2)
    m.close()
  })

  it('keep no key of an anonymous round longer than the round', async () => {
    const m = openMachine()
    const key = 'feedfacefeedfacefeedfacefeedface'
    m.db().tx((tx) => {
      tx.run(
        raw(`INSERT INTO round (survey, version, questionnaire, period, state, mode, unit, anonymous, hash_key,
          invited, opens_at, closes_at, final_at, created_at) VALUES ('s', 1, '{}', '2026-11', 'open', 'daily',
          'person', 1, '${key}', 5, '${START}', '${START}', '${START}', '${START}')`),
      )
    })
    await m.wait({ minutes: 1 })
    const first = join(m.folder, m.copies()[0] ?? '')
    expect(readFileSync(first).includes(key)).toBe(true)
    m.db().tx((tx) => tx.run(raw("UPDATE round SET hash_key = NULL, state = 'closed'")))
    await m.wait({ days: 1 })
    expect(m.copies()).toHaveLength(2)
    expect(readFileSync(first).includes(key)).toBe(false)
    checkFile(first)
    m.close()
  })

  it('leave out a picture that is damaged, and say so', async () => {
    const m = openMachine()
    const path = picture(m.media, 'fine')
    writeFileSync(join(m.media, path), 'not what it was')
    await m.wait({ minutes: 1 })
    expect(m.backups.state().failed?.why).toContain('damaged')
    expect(existsSync(join(m.folder, 'media', path))).toBe(false)
    expect(m.copies()).toEqual([backupName(plus(START, { minutes: 1 }))])
    m.close()
  })
})

describe('a failed backup', () => {
  it('is told to the owner once a day', async () => {
    using town = openTown()
    town.staff('张主任', 'owner')
    for (let i = 0; i < 3; i++) town.tx(tellBackupFailed)
    await town.settle()
    expect(town.heard().map((m) => m.to)).toEqual(['张主任'])
    await town.advance({ days: 1 })
    town.heard()
    town.tx(tellBackupFailed)
    await town.settle()
    expect(town.heard().map((m) => m.text)).toEqual([expect.stringContaining('备份没有做成')])
  })
})
