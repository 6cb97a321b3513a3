import { fileTypeFromBuffer } from 'file-type'
import sharp, { type Sharp } from 'sharp'
import type { PhotoProblem } from '../../handlers/core/ports.ts'
import { err, ok, type Result } from '../../handlers/core/result.ts'

/** A JPEG without anything but the picture: no place, no time, no device, no preview, nothing appended. */
export interface CleanPhoto {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
}

/** What may come in. */
export const MAX_BYTES = 10 * 1024 * 1024
/** A few kilobytes can unfold to any number of pixels. */
const MAX_PIXELS = 25_000_000
/** Enough to read a licence plate or a label, and to print half a page. */
const LONGEST_SIDE = 1600
const QUALITY = 80
const SECONDS = 10

const READ = ['image/jpeg', 'image/png', 'image/webp', 'image/gif']
const HEIC = ['image/heic', 'image/heif', 'image/heic-sequence', 'image/heif-sequence']

/** The decoders for what may come in; all others, of documents for one, are closed. */
const DECODERS = ['Jpeg', 'Png', 'Webp', 'Nsgif'].map((name) => `VipsForeignLoad${name}Buffer`)

export type Clean = (bytes: Uint8Array) => Promise<Result<CleanPhoto, PhotoProblem>>

/** Reads pictures by what they contain, whatever they are called, and encodes them anew: upright, of a modest size. */
export function createCleaner(): Clean {
  sharp.cache(false)
  sharp.concurrency(1)
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({ operation: DECODERS })

  return async (bytes) => {
    const type = await fileTypeFromBuffer(bytes)
    if (type !== undefined && HEIC.includes(type.mime)) return err('heic')
    if (type === undefined || !READ.includes(type.mime)) return err('notAPhoto')
    if (bytes.length > MAX_BYTES) return err('tooLarge')
    try {
      const { data, info } = await encoded(bytes).toBuffer({ resolveWithObject: true })
      return ok({ data, width: info.width, height: info.height })
    } catch (error) {
      const tooMany = error instanceof Error && error.message.includes('pixel limit')
      return err(tooMany ? 'tooLarge' : 'damaged')
    }
  }
}

/** The first picture, where it is one of several that move. Without being told to keep any, it loses all metadata. */
function encoded(bytes: Uint8Array): Sharp {
  return sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'truncated' })
    .timeout({ seconds: SECONDS })
    .autoOrient()
    .resize(LONGEST_SIDE, LONGEST_SIDE, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: 'white' })
    .toColourspace('srgb')
    .jpeg({ quality: QUALITY })
}
