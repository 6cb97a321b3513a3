import type { FileBoxInterface } from 'file-box'
import type { Puppet } from 'wechaty-puppet'
import { Image } from 'wechaty-puppet/types'
import type { Fetched } from './events.ts'

/**
 * The bytes and the name of an image or file message; undefined when there are more than `limit` bytes.
 * @throws what the puppet throws for a file that it cannot get, or not any more
 */
export async function fetchFile(
  puppet: Puppet,
  { id, kind }: { readonly id: string; readonly kind: 'image' | 'file' },
  limit: number,
): Promise<Fetched | undefined> {
  const file = kind === 'image' ? await pictureOf(puppet, id) : await puppet.messageFile(id)
  const bytes = await readUpTo(limit, file)
  return bytes && { bytes, name: file.name }
}

/** Some puppets know images as files only. */
async function pictureOf(puppet: Puppet, id: string): Promise<FileBoxInterface> {
  try {
    return await puppet.messageImage(id, Image.HD)
  } catch {
    return await puppet.messageFile(id)
  }
}

/** The size that the network tells may be wrong or missing, so the bytes are counted as they come. */
async function readUpTo(limit: number, file: FileBoxInterface): Promise<Uint8Array | undefined> {
  const stream = await file.toStream()
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of stream as AsyncIterable<Uint8Array | string>) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    length += bytes.length
    // Leaving the loop destroys the stream.
    if (length > limit) return undefined
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}
