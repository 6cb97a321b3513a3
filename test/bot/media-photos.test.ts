import { existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { mediaFolder, openPhotos, type PhotoArchive } from '../../bot/media/photos.ts'
import { type Instant, plus, toInstant } from '../../content/time.ts'
import type { StoredPhoto } from '../../handlers/core/ports.ts'
import { plainPhoto } from '../support/photos.ts'
import { dataFolder } from '../support/program.ts'

let data: ReturnType<typeof dataFolder>
let photos: PhotoArchive
let now: Instant
let linked: Set<string>
let logs: string[]

/** The photos as a new process finds them. */
function open(folder = mediaFolder(data.path)): PhotoArchive {
  const log = (event: string) => void logs.push(event)
  return openPhotos({
    folder,
    maxDocumentBytes: 1_000_000,
    clock: { now: () => now },
    logger: { info: log, warn: log, error: log },
    linked: () => linked,
  })
}

beforeEach(() => {
  data = dataFolder()
  now = toInstant('2026-11-24T20:35:00+08:00')
  linked = new Set()
  logs = []
  photos = open()
})
afterEach(() => data[Symbol.dispose]())

async function keep(bytes?: Uint8Array): Promise<StoredPhoto> {
  const kept = await photos.keep(bytes ?? (await plainPhoto('jpeg')))
  if (!kept.ok) throw new Error(kept.error)
  return kept.value
}

function pathOf({ hash }: StoredPhoto): string {
  return join(mediaFolder(data.path), hash.slice(0, 2), `${hash}.jpg`)
}

const files = () =>
  readdirSync(mediaFolder(data.path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)

async function tidyAfter(hours: number): Promise<void> {
  now = plus(now, { hours })
  await photos.tidy()
}

describe('a photo that is kept', () => {
  it('is a file named by its hash, for its owner alone', async () => {
    const photo = await keep()
    expect(photo).toMatchObject({ mime: 'image/jpeg', width: 320, height: 240 })
    expect(statSync(pathOf(photo)).size).toBe(photo.bytes)
    expect(statSync(pathOf(photo)).mode & 0o777).toBe(0o600)
    expect(statSync(dirname(pathOf(photo))).mode & 0o777).toBe(0o700)
    expect(statSync(mediaFolder(data.path)).mode & 0o777).toBe(0o700)
    expect(files()).toEqual([`${photo.hash}.jpg`])
  })

  it('is read back by its hash, also by the next process', async () => {
    const photo = await keep()
    expect(await open().read(photo.hash)).toEqual(readFileSync(pathOf(photo)))
  })

  it('is one file, however often it comes', async () => {
    const bytes = await plainPhoto('png')
    expect(await keep(bytes)).toEqual(await keep(bytes))
    expect(files()).toHaveLength(1)
  })

  it.each([
    '',
    '../../linli',
    'a'.repeat(63),
    `${'a'.repeat(64)}/x`,
    'A'.repeat(64),
    '0'.repeat(64),
  ])('is not found as %j', async (hash) => {
    await keep()
    expect(await photos.read(hash)).toBeUndefined()
  })

  it('is refused with a reason when it is none, and leaves no file', async () => {
    expect(await photos.keep(Buffer.from('你好'))).toEqual({ ok: false, error: 'notAPhoto' })
    expect(() => files()).toThrow('ENOENT')
  })

  it('comes to nothing where there is no room for it', async () => {
    writeFileSync(join(data.path, 'full'), '')
    photos = open(join(data.path, 'full'))
    const kept = await photos.keep(await plainPhoto('jpeg'))
    expect(kept).toEqual({ ok: false, error: 'unavailable' })
    expect(logs).toEqual(['file not kept'])
  })
})

describe('thirty photos at once', () => {
  it('are all kept, and never two of them decoded at a time', async () => {
    const photo = await plainPhoto('jpeg', { width: 1200, height: 900 })
    let left = 30
    const kept = Promise.all(
      Array.from({ length: left }, async () => {
        const { ok } = await photos.keep(photo)
        left--
        return ok
      }),
    )
    let most = 0
    while (left > 0) {
      const { queue, process } = sharp.counters()
      most = Math.max(most, queue, process)
      await turn()
    }
    expect(await kept).toEqual(Array(30).fill(true))
    expect(most).toBe(1)
  })
})

describe('a photo that no row refers to', () => {
  it('stays for a day, then goes', async () => {
    const orphan = await keep()
    await tidyAfter(23)
    expect(files()).toEqual([`${orphan.hash}.jpg`])
    await tidyAfter(6)
    expect(files()).toEqual([])
  })

  it('goes also when the process that kept it was killed before it referred to it', async () => {
    await keep()
    now = plus(now, { days: 2 })
    photos = open()
    await photos.tidy()
    expect(files()).toHaveLength(1)
    await tidyAfter(6)
    expect(files()).toEqual([])
  })

  it('goes alone: what is linked stays as long as it is', async () => {
    const [case1, orphan] = [await keep(), await keep(await plainPhoto('webp'))]
    linked.add(case1.hash)
    await tidyAfter(48)
    expect(files()).toEqual([`${case1.hash}.jpg`])
    expect(orphan.hash).not.toBe(case1.hash)
    linked.clear()
    await tidyAfter(48)
    expect(files()).toEqual([])
  })

  it('stays for another day when it comes again', async () => {
    const bytes = await plainPhoto('jpeg')
    await keep(bytes)
    now = plus(now, { hours: 23 })
    await keep(bytes)
    await tidyAfter(20)
    expect(files()).toHaveLength(1)
  })

  it('is not taken for one that was just kept again', async () => {
    const bytes = await plainPhoto('jpeg')
    const photo = await keep(bytes)
    now = plus(now, { hours: 48 })
    await Promise.all([photos.tidy(), photos.keep(bytes), photos.tidy()])
    await tidyAfter(6)
    // Whichever came first, what was promised to be kept is there.
    expect(await photos.read(photo.hash)).toBeDefined()
  })

  it('half written by a process that died, goes too', async () => {
    const photo = await keep()
    linked.add(photo.hash)
    const half = `${pathOf(photo)}.0123456789ab.part`
    writeFileSync(half, 'half')
    utimesSync(half, 0, 0)
    await tidyAfter(6)
    expect(files()).toEqual([`${photo.hash}.jpg`])
  })
})

describe('tidying', () => {
  it('does not look at the disk each time', async () => {
    const orphan = await keep()
    await tidyAfter(22)
    await tidyAfter(3)
    expect(files()).toEqual([`${orphan.hash}.jpg`])
    await tidyAfter(3)
    expect(files()).toEqual([])
  })

  it('that fails is told and tried again', async () => {
    const orphan = await keep()
    const broken = linked
    linked = undefined as unknown as Set<string>
    await tidyAfter(48)
    expect(logs).toEqual(['photos not tidied'])
    expect(files()).toEqual([`${orphan.hash}.jpg`])
    linked = broken
    await tidyAfter(6)
    expect(files()).toEqual([])
  })
})

describe('a document that is kept', () => {
  const PDF = Buffer.from('%PDF-1.7\nwords')

  it('stays as it is, under its hash and with a safe name, as long as something refers to it', async () => {
    const kept = await photos.keepFile(PDF, '../../停水.pdf')
    if (!kept.ok) throw new Error(kept.error)
    expect(kept.value.name).toBe('停水.pdf')
    expect(files()).toEqual([`${kept.value.hash}.pdf`])
    expect(await open().readFile(kept.value)).toEqual(PDF)
    linked = new Set([kept.value.hash])
    await tidyAfter(48)
    expect(files()).toHaveLength(1)
    linked = new Set()
    await tidyAfter(48)
    expect(files()).toEqual([])
  })

  it('is a picture where it is one, whatever it is called', async () => {
    const kept = await photos.keepFile(await plainPhoto('png'), '通知.pdf')
    if (!kept.ok) throw new Error(kept.error)
    expect(kept.value).toEqual({ hash: expect.any(String) })
    expect(await photos.readFile(kept.value)).toEqual(await photos.read(kept.value.hash))
  })

  it('is refused when it is too large, or no document', async () => {
    const large = Buffer.concat([PDF, Buffer.alloc(1_000_000)])
    expect(await photos.keepFile(large, 'a.pdf')).toMatchObject({ error: 'tooLarge' })
    expect(await photos.keepFile(Buffer.from('MZ'), 'a.pdf')).toMatchObject({
      error: 'unknownType',
    })
    expect(existsSync(mediaFolder(data.path))).toBe(false)
  })
})
