import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { createCleaner, MAX_BYTES } from '../../bot/media/clean.ts'
import { cameraPhoto, plainPhoto } from '../support/photos.ts'

const clean = createCleaner()

async function cleaned(bytes: Uint8Array) {
  const result = await clean(bytes)
  if (!result.ok) throw new Error(result.error)
  return result.value
}

describe('a photo from a phone', () => {
  it('loses place, time, device, preview and comment', async () => {
    const photo = await cameraPhoto()
    const before = await sharp(photo).metadata()
    expect(Buffer.from(before.exif ?? []).includes('Xiaomi')).toBe(true)
    expect(before.xmp).toBeDefined()
    expect(before.orientation).toBe(6)
    const { data } = await cleaned(photo)
    const { exif, xmp, iptc, icc, comments, orientation } = await sharp(data).metadata()
    expect({ exif, xmp, iptc, icc, comments, orientation }).toEqual({})
    for (const trace of ['Exif', 'GPS', 'Xiaomi', 'http://ns.adobe.com', '39/1', '2026:11']) {
      expect(Buffer.from(data).includes(trace)).toBe(false)
    }
  })

  it('has no segment but those of the picture itself', async () => {
    const { data } = await cleaned(await cameraPhoto())
    const markers = segments(Buffer.from(data))
    expect(markers.filter((marker) => marker > 0xe0 && marker <= 0xef)).toEqual([])
    expect(markers).not.toContain(0xfe)
  })

  it('is turned upright', async () => {
    const { width, height } = await cleaned(await cameraPhoto({ width: 400, height: 300 }))
    expect([width, height]).toEqual([300, 400])
  })

  it('is made no larger than 1600 pixels and never enlarged', async () => {
    const large = await cleaned(await plainPhoto('jpeg', { width: 4000, height: 1000 }))
    expect([large.width, large.height]).toEqual([1600, 400])
    const small = await cleaned(await plainPhoto('jpeg', { width: 40, height: 30 }))
    expect([small.width, small.height]).toEqual([40, 30])
  })

  it('loses what was appended to it', async () => {
    const photo = Buffer.concat([await plainPhoto('jpeg'), Buffer.from('PK\x03\x04<script>')])
    const { data } = await cleaned(photo)
    expect(Buffer.from(data).includes('<script>')).toBe(false)
  })

  it('gives the same file each time', async () => {
    const photo = await cameraPhoto()
    expect((await cleaned(photo)).data).toEqual((await cleaned(photo)).data)
  })
})

describe('every format that may come in', () => {
  it.each(['jpeg', 'png', 'webp', 'gif'] as const)('%s becomes a JPEG', async (format) => {
    const { data, width } = await cleaned(await plainPhoto(format))
    expect([...data.subarray(0, 3)]).toEqual([0xff, 0xd8, 0xff])
    expect(width).toBe(320)
  })

  it('one that moves becomes its first picture', async () => {
    const frames = await Promise.all(['red', 'blue'].map(plain))
    const moving = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer()
    expect((await sharp(moving, { animated: true }).metadata()).pages).toBe(2)
    const { data, height } = await cleaned(moving)
    expect(height).toBe(20)
    const { dominant } = await sharp(data).stats()
    expect(dominant.r).toBeGreaterThan(200)
  })

  it('what is transparent becomes white', async () => {
    const clear = { r: 0, g: 0, b: 0, alpha: 0 }
    const png = await sharp({
      create: { width: 20, height: 20, channels: 4, background: clear },
    })
      .png()
      .toBuffer()
    const { channels } = await sharp((await cleaned(png)).data).stats()
    expect(channels.map(({ min }) => min)).toEqual([255, 255, 255])
  })
})

describe('what is no photo', () => {
  it.each([
    ['text that is called a photo', Buffer.from('这不是照片，只是改了名字的文本')],
    ['nothing', Buffer.alloc(0)],
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a drawing', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
    ['a document', Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\n')],
    ['an archive', Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(60)])],
  ])('%s is refused', async (_, bytes) => {
    expect(await clean(bytes)).toEqual({ ok: false, error: 'notAPhoto' })
  })

  it('a photo of an iPhone is told from what is none', async () => {
    const heic = Buffer.concat([
      Buffer.from([0, 0, 0, 24]),
      Buffer.from('ftypheic\0\0\0\0mif1heic'),
      Buffer.alloc(64),
    ])
    expect(await clean(heic)).toEqual({ ok: false, error: 'heic' })
  })

  it.each(['jpeg', 'png', 'webp', 'gif'] as const)('half a %s is damaged', async (format) => {
    const photo = await plainPhoto(format)
    const half = photo.subarray(0, Math.floor(photo.length / 2))
    expect(await clean(half)).toEqual({ ok: false, error: 'damaged' })
  })

  it('a script that begins like a photo is damaged', async () => {
    const mixed = Buffer.concat([
      Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
      Buffer.from('/*<script>*/'),
    ])
    expect(await clean(mixed)).toEqual({ ok: false, error: 'damaged' })
  })
})

describe('what is too large', () => {
  it('more than ten megabytes are not looked at', async () => {
    const photo = Buffer.concat([await plainPhoto('jpeg'), Buffer.alloc(MAX_BYTES)])
    expect(await clean(photo)).toEqual({ ok: false, error: 'tooLarge' })
  })

  it('a few kilobytes that unfold to a billion pixels are not unfolded', async () => {
    const bomb = hugePng(32_000)
    expect(bomb.length).toBeLessThan(200_000)
    const before = process.memoryUsage().rss
    expect(await clean(bomb)).toEqual({ ok: false, error: 'tooLarge' })
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000)
  })
})

function plain(background: string): Promise<Buffer> {
  return sharp({ create: { width: 20, height: 20, channels: 3, background } })
    .png()
    .toBuffer()
}

/** The markers of a JPEG up to its data. */
function segments(jpeg: Buffer): number[] {
  const markers: number[] = []
  for (let at = 2; at < jpeg.length && jpeg[at] === 0xff; at += 2 + jpeg.readUInt16BE(at + 2)) {
    markers.push(jpeg.readUInt8(at + 1))
    if (jpeg[at + 1] === 0xda) break
  }
  return markers
}

/** A valid PNG, one bit a pixel, all of one colour. */
function hugePng(side: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header.set([1, 0, 0, 0, 0], 8)
  const lines = deflateSync(Buffer.alloc((1 + side / 8) * side), { level: 9 })
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const parts = [chunk('IHDR', header), chunk('IDAT', lines), chunk('IEND', Buffer.alloc(0))]
  return Buffer.concat([signature, ...parts])
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}
