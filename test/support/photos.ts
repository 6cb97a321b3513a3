import sharp from 'sharp'

/** Pictures for tests: of noise, so that they do not shrink to nothing. */

export interface Size {
  readonly width: number
  readonly height: number
}

function noise({ width, height }: Size) {
  return sharp({
    create: {
      width,
      height,
      channels: 3,
      background: 'gray',
      noise: { type: 'gaussian', mean: 128, sigma: 30 },
    },
  })
}

/** A picture without any metadata. */
export function plainPhoto(
  format: 'jpeg' | 'png' | 'webp' | 'gif',
  size: Size = { width: 320, height: 240 },
): Promise<Buffer> {
  return noise(size).toFormat(format).toBuffer()
}

/** What a phone makes: turned on its side, with place, time, device and whatever else it knows. */
export function cameraPhoto(size: Size = { width: 320, height: 240 }): Promise<Buffer> {
  return noise(size)
    .jpeg()
    .withMetadata({ orientation: 6 })
    .withExifMerge({
      IFD0: { Make: 'Xiaomi', Model: '14', Artist: '王秀英' },
      IFD2: { DateTimeOriginal: '2026:11:24 20:35:00' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '39/1 54/1 2000/100',
        GPSLongitudeRef: 'E',
        GPSLongitude: '116/1 23/1 2900/100',
      },
    })
    .withXmp(
      '<x:xmpmeta xmlns:x="adobe:ns:meta/"><a xmlns="http://ns.adobe.com/xap/1.0/"/></x:xmpmeta>',
    )
    .toBuffer()
}
