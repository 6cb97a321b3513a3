import { describe, expect, it } from 'vitest'
import { err, ok } from '../../handlers/core/result.ts'
import { openTown, type Person, PICTURE, type Town } from '../support/town.ts'

const HASH = 'ab'.repeat(32)
const OTHER = 'cd'.repeat(32)

function picture(hash: string) {
  const mime = 'image/jpeg' as const
  return { kind: 'image', image: ok({ hash, mime, width: 8, height: 6, bytes: 99 }) } as const
}

function document(hash: string, name: string) {
  return { kind: 'file', file: ok({ hash, name }) } as const
}

async function heardBy(town: Town, who: Person, act: Promise<unknown>): Promise<string> {
  await act
  return town
    .heard()
    .filter((m) => m.to === who.name)
    .map((m) => m.text)
    .join('\n')
}

const codeIn = (text: string) => /确认 (\d{4,6})/.exec(text)?.[1]

async function draftWith(pictures: readonly string[]) {
  const town = openTown()
  const chief = town.staff('张主任', 'owner')
  let shown = await heardBy(town, chief, chief.says('公告 给18街坊、28街坊 明天停水'))
  const first = codeIn(shown)
  for (const hash of pictures) {
    shown = await heardBy(town, chief, chief.says('', undefined, picture(hash)))
  }
  return { town, chief, shown, first, code: codeIn(shown) }
}

describe('a picture sent while a draft waits', () => {
  it('is shown in a new preview, and goes out after the words', async () => {
    const { town, chief, shown, code } = await draftWith([HASH, OTHER])
    using _ = town
    expect(shown).toContain('另有 2 张图片')
    await chief.says(`确认 ${code}`)
    const heard = town.heard().filter((m) => m.to === '一群')
    expect(heard.map((m) => m.text)).toEqual([
      '【社区公告】\n明天停水',
      `${PICTURE} ${HASH}`,
      `${PICTURE} ${OTHER}`,
    ])
    expect(await heardBy(town, chief, chief.says('公告 进度 1'))).toContain('2/2 已发')
  })

  it('is tried again alone where it failed', async () => {
    const { town, chief, code } = await draftWith([HASH])
    using _ = town
    town.trouble((text, to) => (text === PICTURE && to === '二群' ? new Error('no') : undefined))
    await chief.says(`确认 ${code}`)
    await town.advance({ minutes: 10 })
    expect(await heardBy(town, chief, chief.says('公告 进度 1'))).toContain('1/2 已发')
    town.trouble(undefined)
    await chief.says('公告 重试 1')
    expect(
      town
        .heard()
        .filter((m) => m.to === '二群')
        .map((m) => m.text),
    ).toEqual([`${PICTURE} ${HASH}`])
  })

  it('that is gone is said to be the reason', async () => {
    const { town, chief, code } = await draftWith([HASH])
    using _ = town
    town.losePictures()
    await chief.says(`确认 ${code}`)
    await town.settle()
    expect(await heardBy(town, chief, chief.says('公告 进度 1'))).toContain(
      '一群：图片或文件已经不在了',
    )
  })

  it('is one of five files at most', async () => {
    const { town, shown } = await draftWith([HASH, OTHER, HASH, OTHER, HASH, OTHER])
    using _ = town
    expect(shown).toContain('图片和文件一共最多 5 个')
  })

  it('stays with the draft when its words are changed', async () => {
    const { town, chief } = await draftWith([HASH])
    using _ = town
    const shown = await heardBy(town, chief, chief.says('公告 修改 1 后天停水'))
    expect(shown).toContain('另有 1 张图片')
  })

  it('is no business of anybody else’s, nor of a draft that is over', async () => {
    const { town, chief, code } = await draftWith([])
    using _ = town
    await town.person('王秀英').says('', undefined, picture(HASH))
    await chief.says('', '一群', picture(HASH))
    await chief.says(`确认 ${code}`)
    await chief.says('', undefined, picture(HASH))
    expect(town.rows('announcement_file')).toEqual([])
  })
})

describe('a document sent while a draft waits', () => {
  it('is named in a new preview, and goes out after words and pictures', async () => {
    const { town, chief } = await draftWith([HASH])
    using _ = town
    const shown = await heardBy(town, chief, chief.says('', undefined, document(OTHER, '停水.pdf')))
    expect(shown).toContain('另有 1 张图片')
    expect(shown).toContain('另有 1 个文件，跟在文字后面发：停水.pdf')
    await chief.says(`确认 ${codeIn(shown)}`)
    const heard = town.heard().filter((m) => m.to === '二群')
    expect(heard.map((m) => m.text)).toEqual([
      '【社区公告】\n明天停水',
      `${PICTURE} ${HASH}`,
      `停水.pdf ${OTHER}`,
    ])
  })

  it('is tried again alone where the network took everything else', async () => {
    const { town, chief } = await draftWith([HASH])
    using _ = town
    const shown = await heardBy(town, chief, chief.says('', undefined, document(OTHER, '停水.pdf')))
    town.trouble((text, to) => (text === '停水.pdf' && to === '二群' ? new Error('no') : undefined))
    await chief.says(`确认 ${codeIn(shown)}`)
    await town.advance({ minutes: 10 })
    const progress = await heardBy(town, chief, chief.says('公告 进度 1'))
    expect(progress).toContain('1/2 已发')
    town.trouble(undefined)
    await chief.says('公告 重试 1')
    const again = town.heard().filter((m) => m.to.endsWith('群'))
    expect(again.map((m) => [m.to, m.text])).toEqual([['二群', `停水.pdf ${OTHER}`]])
  })

  it('that the network cannot carry is told with the reason, and the words are not sent again', async () => {
    using town = openTown({ capabilities: { file: false } })
    const chief = town.staff('张主任', 'owner')
    await chief.says('公告 给18街坊 明天停水')
    town.heard()
    const shown = await heardBy(town, chief, chief.says('', undefined, document(OTHER, '停水.pdf')))
    await chief.says(`确认 ${codeIn(shown)}`)
    await town.settle()
    town.heard()
    const progress = await heardBy(town, chief, chief.says('公告 进度 1'))
    expect(progress).toContain('一群：这个账号发不了图片和文件')
    await chief.says('公告 重试 1')
    expect(town.heard().filter((m) => m.to === '一群')).toEqual([])
  })

  it.each([
    ['unknownType', '这个文件发不了'],
    ['tooLarge', '最多 10 MB'],
  ] as const)('that cannot be kept (%s) is refused with what to do', async (problem, says) => {
    const { town, chief } = await draftWith([])
    using _ = town
    const refused = { kind: 'file', file: err(problem) } as const
    expect(await heardBy(town, chief, chief.says('', undefined, refused))).toContain(says)
    expect(town.rows('announcement_file')).toEqual([])
  })
})
