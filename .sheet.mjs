import sharp from 'sharp'
import { readdirSync } from 'node:fs'
const [,, dir, prefix, w, h, per, scale] = process.argv
const files = readdirSync(dir).filter(f => f.startsWith(prefix) && f.endsWith('.png')).sort()
for (let i = 0; i < files.length; i += +per) {
  const group = files.slice(i, i + +per)
  const parts = await Promise.all(group.map(async (f, k) => {
    const img = sharp(`${dir}/${f}`).resize({ width: Math.round(+w * +scale) })
    const meta = await img.toBuffer({ resolveWithObject: true })
    const hh = Math.min(meta.info.height, +h)
    return { input: await sharp(meta.data).extract({ left: 0, top: 0, width: meta.info.width, height: hh }).toBuffer(), left: k * (Math.round(+w * +scale) + 10), top: 0 }
  }))
  await sharp({ create: { width: group.length * (Math.round(+w * +scale) + 10), height: +h, channels: 3, background: '#888' } }).composite(parts).png().toFile(`${dir}/sheet-${prefix}${String(i / +per).padStart(2,'0')}.png`)
  console.log(`sheet-${prefix}${i / +per}`, group.join(' | '))
}
