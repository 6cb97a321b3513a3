import sharp from 'sharp'
import { expect, it } from 'vitest'
import { dataFolder, type InProcess, type Sent, startInProcess } from '../support/program.ts'

const GROUPS = ['18街坊', '28街坊', '29街坊']

async function say({ api }: InProcess, text: string): Promise<string> {
  return (await api.say('张主任', text))
    .filter((m) => m.room === undefined)
    .map((m) => m.text)
    .join('\n')
}

async function announce(program: InProcess): Promise<void> {
  const preview = await say(program, '公告 明天停水')
  const sent = await say(program, `确认 ${/确认 (\d{4,6})/.exec(preview)?.[1]}`)
  expect(sent).toContain('发完了：3/3 已发')
}

/** What the groups still show of announcements. */
async function shown({ api }: InProcess): Promise<string[]> {
  const lists = await Promise.all(GROUPS.map((group) => api.messages(group)))
  return lists.flatMap((list) =>
    list.flatMap(({ text = '', kind }) =>
      text.startsWith('【社区公告】') && kind === 'text' ? [text] : [],
    ),
  )
}

it('goes through the chat network to every group, and is taken back from each', async () => {
  using folder = dataFolder()
  await using program = await startInProcess(folder.path)
  await announce(program)
  expect(await shown(program)).toHaveLength(3)
  expect(await say(program, '公告 撤回 1')).toContain('3 条消息')
  expect(await say(program, '公告 进度 1')).toContain('3 个群里的已经撤回')
  expect(await shown(program)).toEqual([])
})

it('carries a picture from the chat of staff to every group', async () => {
  using folder = dataFolder()
  await using program = await startInProcess(folder.path)
  const { api } = program
  await say(program, '公告 明天停水')
  const from = await api.person('张主任')
  const white = { create: { width: 40, height: 30, channels: 3, background: 'white' } } as const
  const png = await sharp(white).png().toBuffer()
  const image = { name: 'photo.png', base64: png.toString('base64') }
  const { sent } = await api.ok<Sent>('POST', '/messages', { from, to: 'bot', image })
  const preview = sent.map((m) => m.text).join()
  expect(preview).toContain('另有 1 张图片')
  const answer = await say(program, `确认 ${/确认 (\d{4,6})/.exec(preview)?.[1]}`)
  expect(answer).toContain('3/3 已发')
  for (const group of GROUPS) {
    const messages = (await api.messages(group)).filter((m) => m.from === 'bot').slice(-2)
    expect(messages.map((m) => m.kind)).toEqual(['text', 'image'])
    expect(messages[1]?.file?.size).toBeGreaterThan(0)
  }
})

it('carries a document that staff sent before the words, and refuses what is none', async () => {
  using folder = dataFolder()
  await using program = await startInProcess(folder.path)
  const { api } = program
  const from = await api.person('张主任')
  const send = async (name: string, words: string) => {
    const file = { name, base64: Buffer.from(words).toString('base64') }
    const { sent } = await api.ok<Sent>('POST', '/messages', { from, to: 'bot', file })
    return sent.map((m) => m.text).join()
  }
  await send('../../停水通知.pdf', '%PDF-1.7 words')
  const preview = await say(program, '公告 明天停水')
  expect(preview).toContain('另有 1 个文件，跟在文字后面发：停水通知.pdf')
  expect(await send('病毒.pdf', 'MZ')).toContain('这个文件发不了')
  const code = [...preview.matchAll(/确认 (\d{4,6})/g)].at(-1)?.[1]
  expect(await say(program, `确认 ${code}`)).toContain('3/3 已发')
  for (const group of GROUPS) {
    const messages = (await api.messages(group)).filter((m) => m.from === 'bot').slice(-2)
    expect(messages.map((m) => m.kind)).toEqual(['text', 'file'])
    expect(messages[1]?.file?.name).toBe('停水通知.pdf')
  }
})

it('says plainly that a network without message ids takes nothing back', async () => {
  using folder = dataFolder()
  await using program = await startInProcess(folder.path)
  await program.api.faults({ loseMessageIds: true })
  await announce(program)
  expect(await say(program, '公告 撤回 1')).toContain('有 3 条消息，这个账号撤不回')
  expect(await shown(program)).toHaveLength(3)
})
