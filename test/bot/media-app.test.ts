import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { mediaFolder } from '../../bot/media/photos.ts'
import { databasePath } from '../../db/files.ts'
import { openReadOnly } from '../../db/open.ts'
import { q } from '../../db/store.ts'
import type { SandboxMessage } from '../../web/sandbox/port.ts'
import { cameraPhoto, plainPhoto } from '../support/photos.ts'
import { type Api, dataFolder, type InProcess, startInProcess } from '../support/program.ts'

/** Pictures all the way: from the simulated network through Wechaty to the case and the disk. */

const GROUP = '18街坊'
const PROBLEM = '86门楼道里堆满了垃圾，臭死了'

let folder: ReturnType<typeof dataFolder>
let linli: InProcess
let api: Api

beforeEach(async () => {
  folder = dataFolder()
  linli = await startInProcess(folder.path)
  api = linli.api
})
afterEach(async () => {
  await linli[Symbol.asyncDispose]()
  folder[Symbol.dispose]()
})

/** Somebody sends a picture to a group, or without one to the bot; gives what the bot said. */
async function shows(bytes: Uint8Array, group?: string, from = '王秀英') {
  const to = group === undefined ? { to: 'bot' } : { room: (await api.room(group)).id }
  const image = { name: 'IMG_0001.JPG', base64: Buffer.from(bytes).toString('base64') }
  const body = { from: await api.person(from), ...to, image }
  const { sent } = await api.ok<{ sent: readonly SandboxMessage[] }>('POST', '/messages', body)
  return sent.map(({ text = '' }) => text)
}

async function says(text: string, group?: string, from = '王秀英') {
  return (await api.say(from, text, group)).map((message) => message.text ?? '')
}

function files(): string[] {
  const media = mediaFolder(folder.path)
  if (!existsSync(media)) return []
  return readdirSync(media, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

/** The pictures of all cases, in order. */
function linked() {
  using db = openReadOnly(databasePath(folder.path))
  return db.all(q.selectFrom('case_photo').selectAll().orderBy('id'))
}

describe('what neighbours show each other', () => {
  it('is neither answered nor stored', async () => {
    expect(await shows(await cameraPhoto(), GROUP)).toEqual([])
    expect(await says('今天的晚霞真好看', GROUP)).toEqual([])
    expect(files()).toEqual([])
    expect(linked()).toEqual([])
  })

  it('does not join the report of somebody else, nor of the same person elsewhere', async () => {
    await says(PROBLEM, GROUP, '李师傅')
    await shows(await plainPhoto('jpeg'), GROUP, '孙建国')
    await shows(await plainPhoto('jpeg'), '28街坊', '李师傅')
    expect((await says('确认', GROUP, '李师傅'))[0]).toContain('#')
    expect(linked()).toEqual([])
    expect(files()).toEqual([])
  })
})

describe('a picture of a problem', () => {
  it('joins the report that is being made, without its metadata', async () => {
    expect((await says(PROBLEM, GROUP))[0]).toContain('确认')
    await shows(await cameraPhoto(), GROUP)
    expect(files()).toHaveLength(1)
    await says('确认', GROUP)
    const [photo, ...others] = linked()
    expect(others).toEqual([])
    const [path = ''] = files()
    expect(path).toContain(`${photo?.hash}.jpg`)
    const { exif, xmp } = await sharp(readFileSync(path)).metadata()
    expect({ exif, xmp }).toEqual({})
    expect(photo).toMatchObject({ mime: 'image/jpeg', width: 240, height: 320 })
  })

  it('that came up to three minutes before the words joins them', async () => {
    await shows(await plainPhoto('jpeg'), GROUP)
    await shows(await plainPhoto('png'), GROUP)
    expect(files()).toEqual([])
    await api.advance('PT2M')
    await says(PROBLEM, GROUP)
    expect(files()).toHaveLength(2)
    await says('确认', GROUP)
    expect(linked()).toHaveLength(2)
  })

  it('that came earlier is not looked at', async () => {
    await shows(await plainPhoto('jpeg'), GROUP)
    await api.advance('PT3M1S')
    await says(PROBLEM, GROUP)
    await says('确认', GROUP)
    expect(files()).toEqual([])
  })

  it('that was taken back is not looked at', async () => {
    const image = { name: 'a.jpg', base64: (await plainPhoto('jpeg')).toString('base64') }
    const body = { from: await api.person('王秀英'), room: (await api.room(GROUP)).id, image }
    const { id } = await api.ok<{ id: string }>('POST', '/messages', body)
    await api.ok('POST', `/messages/${id}/recall`)
    const answers = await says(PROBLEM, GROUP)
    expect(answers).toHaveLength(1)
    expect(answers[0]).toContain('确认')
    await says('确认', GROUP)
    expect(linked()).toEqual([])
  })

  it('counts once when the network tells of it twice', async () => {
    await api.faults({ duplicateEvents: 1 })
    await shows(await plainPhoto('jpeg'), GROUP)
    await says(PROBLEM, GROUP)
    await shows(await plainPhoto('png'), GROUP)
    await says('确认', GROUP)
    expect(linked()).toHaveLength(2)
    expect(files()).toHaveLength(2)
  })

  it('first in a direct chat is answered once, and joins the words', async () => {
    const [first] = await shows(await plainPhoto('jpeg'))
    expect(first).toContain('用文字说说')
    expect(await shows(await plainPhoto('png'))).toEqual([])
    expect(files()).toEqual([])
    await says(PROBLEM)
    await says('确认')
    expect(linked()).toHaveLength(2)
  })

  it('too large to be unfolded is refused in plain words, and the report goes on', async () => {
    await says(PROBLEM, GROUP)
    const side = { width: 6000, height: 6000 }
    const blank = sharp({ create: { ...side, channels: 3, background: 'gray' } })
    const [answer] = await shows(await blank.png().toBuffer(), GROUP)
    expect(answer).toContain('太大')
    expect(files()).toEqual([])
    expect((await says('确认', GROUP))[0]).toContain('#')
  })

  it('damaged on the way is refused in plain words', async () => {
    await says(PROBLEM, GROUP)
    const photo = await plainPhoto('jpeg')
    const [answer] = await shows(photo.subarray(0, photo.length / 2), GROUP)
    expect(answer).toMatch(/再发一次/)
  })
})

describe('a picture for a report that is given up', () => {
  it('is deleted after a day', async () => {
    await says(PROBLEM, GROUP)
    await shows(await plainPhoto('jpeg'), GROUP)
    expect(files()).toHaveLength(1)
    await says('取消', GROUP)
    await api.advance('PT23H')
    expect(files()).toHaveLength(1)
    await api.advance('PT12H')
    expect(files()).toEqual([])
  })

  it('stays while the report is open, and with the case for good', async () => {
    await says(PROBLEM, GROUP)
    await shows(await plainPhoto('jpeg'), GROUP)
    await api.advance('PT20H')
    await says('确认', GROUP)
    await api.advance('P3D')
    expect(linked()).toHaveLength(1)
    expect(files()).toHaveLength(1)
  })
})
