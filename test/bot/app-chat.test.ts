import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SandboxMessage } from '../../web/sandbox/port.ts'
import { PNG } from '../support/fake-sandbox.ts'
import { type Api, dataFolder, type InProcess, startInProcess } from '../support/program.ts'

const folder = dataFolder()
let linli: InProcess
let api: Api

beforeAll(async () => {
  linli = await startInProcess(folder.path)
  api = linli.api
})

afterAll(async () => {
  await linli[Symbol.asyncDispose]()
  folder[Symbol.dispose]()
})

const GROUP = '18街坊'
const TODAY = '今天（11月24日 周二）：\n09:00 每日一乐'

/** What the bot answered, if anything: one message, where it was asked. */
async function ask(text: string, group?: string, from = '王秀英'): Promise<string | undefined> {
  const sent = await api.say(from, text, group)
  expect(sent.length).toBeLessThanOrEqual(1)
  const where =
    group === undefined ? { to: await api.person(from) } : { room: (await api.room(group)).id }
  for (const message of sent) expect(message).toMatchObject({ from: 'bot', kind: 'text', ...where })
  return sent[0]?.text
}

async function post(body: object): Promise<{ status: number; sent: readonly SandboxMessage[] }> {
  const { status, body: answer } = await api.call<{ sent: readonly SandboxMessage[] }>(
    'POST',
    '/messages',
    { from: await api.person('王秀英'), ...body },
  )
  return { status, sent: answer.sent }
}

const inGroup = async (body: object) => post({ room: (await api.room(GROUP)).id, ...body })
const direct = async (body: object) => post({ to: 'bot', ...body })

describe('a fresh start', () => {
  it('greets nobody who was there before', async () => {
    for (const topic of [GROUP, '28街坊', '29街坊', '工作人员']) {
      expect(await api.messages(topic)).toEqual([])
    }
  })

  it('serves the groups of the demonstration', async () => {
    const { rooms } = await api.state()
    expect(rooms.map(({ enabled }) => enabled)).toEqual([true, true, true, true])
  })
})

describe('in a group', () => {
  it.each([
    '今天有什么活动',
    '今天有什么活动？',
    '小邻 今天有什么活动',
    '小邻今天有什么活动',
    '@小邻 今天有什么活动',
    '@小邻\u2005今天有什么活动',
    '小邻\n今天有什么活动',
    '小鄰，今天有什麼活動',
    '小邻 今天\u0000有什么\u0007活动\u202e\u200b',
  ])('%j is answered with the day', async (text) => {
    expect(await ask(text, GROUP)).toMatch(TODAY)
  })

  it('the week and a programme are answered', async () => {
    expect(await ask('本周活动', GROUP)).toMatch('15:00 每周一课《冬季养生怎么吃》')
    expect(await ask('每周一课讲什么', GROUP)).toMatch('15:00 每周一课《冬季养生怎么吃》')
    expect(await ask('小邻 帮助', GROUP)).toMatch('今天有什么活动')
  })

  it.each([
    '今天吃什么',
    '谢谢小邻',
    '帮助',
    '１',
    '👍',
    '@李强 今天有什么活动',
    '#接龙 团购鸡蛋\n1. 王阿姨\n2. 李叔',
  ])('%j is left alone', async (text) => {
    expect(await ask(text, GROUP)).toBeUndefined()
  })

  it('a mention by the network alone is heard, also where it arrives as plain text', async () => {
    const said = { text: '今天有什么活动', mentions: ['bot'] }
    expect((await inGroup(said)).sent[0]?.text).toMatch(TODAY)
    await api.faults({ textMentionsOnly: true })
    expect((await inGroup(said)).sent[0]?.text).toMatch(TODAY)
    await api.faults({ textMentionsOnly: false })
  })

  it('a quote of what the bot said is heard', async () => {
    const { sent } = await inGroup({ text: '小邻 帮助' })
    const quote = sent[0]?.id
    expect((await inGroup({ text: '今天有什么活动', quote })).sent[0]?.text).toMatch(TODAY)
  })

  it('a text that the network cuts off is heard whole', async () => {
    await api.faults({ truncateAtColonNewline: true })
    expect(await ask('小邻:\n今天有什么活动', GROUP)).toMatch(TODAY)
    await api.faults({ truncateAtColonNewline: false })
  })

  it('10,000 characters are read', async () => {
    expect(await ask(`小邻${' 哈'.repeat(5_000)}`, GROUP)).toBeUndefined()
    expect(await ask('今'.repeat(10_000), GROUP)).toBeUndefined()
  })

  it.each(['audio', 'video', 'file', 'emoticon', 'location', 'link', 'other'])(
    'what comes as %s is left alone',
    async (kind) => {
      expect(await inGroup({ kind })).toEqual({ status: 200, sent: [] })
    },
  )

  it('a picture is left alone and kept', async () => {
    const base64 = Buffer.from(PNG).toString('base64')
    expect(await inGroup({ image: { name: '楼道.png', base64 } })).toEqual({
      status: 200,
      sent: [],
    })
    expect((await api.messages(GROUP)).at(-1)).toMatchObject({
      kind: 'image',
      file: { name: '楼道.png', type: 'image/png', size: PNG.length },
    })
  })

  it('a recall is noted and answered by nobody', async () => {
    const before = (await api.messages(GROUP)).length
    await api.say('王秀英', '说错了', GROUP)
    const id = (await api.messages(GROUP)).at(-1)?.id
    expect((await api.call('POST', `/messages/${id}/recall`)).status).toBe(200)
    const after = await api.messages(GROUP)
    expect(after).toHaveLength(before + 1)
    expect(after.at(-1)).toMatchObject({ id, kind: 'recall' })
  })
})

describe('in a direct chat', () => {
  it('the first answer brings the privacy notice, later ones do not', async () => {
    expect(await ask('今天有什么活动', undefined, '周德福')).toMatch(/每日一乐.*隐私说明/s)
    expect(await ask('今天有什么活动', undefined, '周德福')).not.toMatch('隐私说明')
  })

  it.each([
    ['帮助', '可以这样跟我说'],
    ['你好', '我是小邻'],
    ['谢谢', '不客气'],
    ['活动安徘', '本周活动'],
    ['活动', '每周一课'],
    ['阿斯蒂芬', '帮助'],
    ['取消', '没有正在办的事'],
    ['退订', '恢复'],
    ['今'.repeat(10_000), '没听明白'],
  ])('%j gets an answer with %j', async (text, part) => {
    expect(await ask(text)).toMatch(part)
  })

  it('who sends pictures, places or links is asked for words', async () => {
    const base64 = Buffer.from(PNG).toString('base64')
    const picture = await direct({ image: { name: 'a.png', base64 } })
    expect(picture.sent[0]?.text).toMatch('文字')
    for (const kind of ['location', 'video', 'link']) {
      expect((await direct({ kind })).sent[0]?.text).toMatch('文字')
    }
    expect((await direct({ kind: 'audio' })).sent[0]?.text).toMatch('打字')
    expect((await direct({ kind: 'emoticon' })).sent).toEqual([])
  })
})

describe('what does not fit', () => {
  it.each([
    ['a body that is no JSON', '{', 400],
    ['nobody', { room: 'r1', text: 'a' }, 400],
    ['nowhere', { from: 'p6', text: 'a' }, 400],
    ['nothing', { from: 'p6', room: 'r1' }, 400],
    ['a room and the bot at once', { from: 'p6', room: 'r1', to: 'bot', text: 'a' }, 400],
    ['a stranger', { from: 'p99', room: 'r1', text: 'a' }, 404],
    ['an unknown room', { from: 'p6', room: 'r99', text: 'a' }, 404],
    ['somebody of another group', { from: 'p6', room: 'r2', text: 'a' }, 400],
    ['the bot itself', { from: 'bot', room: 'r1', text: 'a' }, 400],
  ])('%s is refused and says nothing', async (_, body, status) => {
    const before = (await api.messages(GROUP)).length
    const answer = await api.call<{ error: { code: string } }>('POST', '/messages', body)
    expect(answer.status).toBe(status)
    expect(answer.body.error.code).toEqual(expect.any(String))
    expect(await api.messages(GROUP)).toHaveLength(before)
  })
})

it('none of all this is an error', () => {
  expect(linli.logs.filter(({ level }) => level !== 'info')).toEqual([])
})
