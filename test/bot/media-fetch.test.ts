import { Readable } from 'node:stream'
import { FileBox } from 'file-box'
import { describe, expect, it } from 'vitest'
import type { Puppet } from 'wechaty-puppet'
import { fetchFile } from '../../bot/wechaty/fetch.ts'

/** As much of a puppet as gives images. */
function puppet(give: Partial<Pick<Puppet, 'messageImage' | 'messageFile'>>): Puppet {
  const refuse = async () => Promise.reject(new Error('not supported'))
  return { messageImage: refuse, messageFile: refuse, ...give } as unknown as Puppet
}

/** The bytes of the image `m1`. */
const fetchImage = async (network: Puppet, limit: number) =>
  (await fetchFile(network, { id: 'm1', kind: 'image' }, limit))?.bytes
const text = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString()

describe('fetching an image', () => {
  it('takes the large one', async () => {
    const asked: unknown[] = []
    const network = puppet({
      messageImage: async (id, type) => {
        asked.push(id, type)
        return FileBox.fromBuffer(Buffer.from('large'), 'a.jpg')
      },
    })
    expect(text(await fetchImage(network, 10))).toBe('large')
    expect(asked).toEqual(['m1', 2])
  })

  it('takes the file where the network knows images as files only', async () => {
    const network = puppet({
      messageFile: async (id) => FileBox.fromBuffer(Buffer.from(id), 'a.jpg'),
    })
    expect(text(await fetchImage(network, 10))).toBe('m1')
  })

  it('stops reading where there is more than is allowed', async () => {
    let read = 0
    const endless = Readable.from(
      (function* () {
        for (;;) {
          read += 1000
          yield Buffer.alloc(1000)
        }
      })(),
    )
    const network = puppet({ messageImage: async () => FileBox.fromStream(endless, 'a.jpg') })
    expect(await fetchImage(network, 50_000)).toBeUndefined()
    expect(read).toBeLessThan(200_000)
    expect(endless.destroyed).toBe(true)
  })

  it('takes exactly as much as is allowed', async () => {
    const network = puppet({
      messageImage: async () => FileBox.fromBuffer(Buffer.alloc(50), 'a.jpg'),
    })
    expect(await fetchImage(network, 50)).toHaveLength(50)
    expect(await fetchImage(network, 49)).toBeUndefined()
  })

  it('fails where the network has neither', async () => {
    await expect(fetchImage(puppet({}), 50)).rejects.toThrow('not supported')
  })
})

describe('fetching a file', () => {
  it('gives what it is called, and is no picture', async () => {
    const network = puppet({
      messageFile: async (id) => FileBox.fromBuffer(Buffer.from(id), '停水.pdf'),
    })
    const found = await fetchFile(network, { id: 'm2', kind: 'file' }, 10)
    expect([found?.name, text(found?.bytes)]).toEqual(['停水.pdf', 'm2'])
  })
})
