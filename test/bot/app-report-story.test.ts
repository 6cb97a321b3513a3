import { expect, it } from 'vitest'
import { q } from '../../db/store.ts'
import type { SandboxMessage } from '../../web/sandbox/port.ts'
import { plainPhoto } from '../support/photos.ts'
import { dataFolder, type InProcess, startInProcess } from '../support/program.ts'

const GROUP = '28街坊'
const STAFF = '工作人员'
const NIGHT = '2026-11-24T23:35:00+08:00'

const texts = (messages: readonly SandboxMessage[]) => messages.map(({ text }) => text).join('\n')

/** The program, with a new process before each thing that is said: nothing may live in memory alone. */
function storyteller(folder: string, restarts: boolean) {
  let linli: InProcess | undefined
  const open = async () => {
    if (restarts) await close()
    linli ??= await startInProcess(folder, { LINLI_SANDBOX_NOW: NIGHT })
    return linli
  }
  const close = async () => {
    await linli?.[Symbol.asyncDispose]()
    linli = undefined
  }
  return {
    api: async () => (await open()).api,
    say: async (from: string, text: string, topic?: string) =>
      texts(await (await open()).api.say(from, text, topic)),
    rows: async (table: 'report_case' | 'case_event' | 'complaint' | 'case_photo') =>
      (await open()).app.db.all(
        q
          .selectFrom(table as 'case_event')
          .selectAll()
          .orderBy('id'),
      ),
    errors: () => linli?.logs.filter(({ level }) => level === 'error') ?? [],
    [Symbol.asyncDispose]: close,
  }
}

it.each([
  ['in one run', false],
  ['with a restart in the middle of every step', true],
])('takes a report from 23:35 to the reopening, %s', { timeout: 240_000 }, async (_, restarts) => {
  using folder = dataFolder()
  await using story = storyteller(folder.path, restarts)
  const { say } = story

  const asked = await say('李强', '3号楼又在钻墙了,都十一点半了还在敲', GROUP)
  expect(asked).toMatch(/噪音·装修，3号楼.*23:30/)
  expect(asked).toContain('夜间限值 50 分贝')
  expect(asked).toMatch(/不要施工：每天 20:00–次日 08:00/)
  expect(await say('李强', '确认', GROUP)).toContain('编号 #1001')
  expect(await say('胡凤珍', '#1001 我家也是', GROUP)).toContain('2 位邻居')

  await (await story.api()).set('2026-11-25T09:00:00+08:00')
  expect(await say('张主任', '派单 1001 李师傅', STAFF)).toContain('李师傅')
  expect(await say('李师傅', '劝阻 1001 上门 施工方 答应改')).toContain('劝阻')
  expect(await say('李师傅', '测量 1001 63 夜间 手机 5分钟')).toMatch(/63.*50.*13/s)
  expect(await say('李师傅', '办结 1001 已劝停，只在白天施工')).toContain('已办结')
  const api = await story.api()
  const photo = (await plainPhoto('jpeg')).toString('base64')
  await api.ok('POST', '/messages', {
    from: await api.person('李师傅'),
    to: 'bot',
    image: { name: 'done.jpg', base64: photo },
  })
  expect(await story.rows('case_photo')).toMatchObject([{ case_id: 1001, stage: 'closing' }])

  const { sent } = await (await story.api()).set('2026-11-27T10:00:00+08:00')
  expect(sent.filter(({ text = '' }) => text.includes('真解决了吗'))).toHaveLength(2)
  expect(await say('李强', '未解决')).toContain('1001')
  expect(await story.rows('report_case')).toMatchObject([{ state: 'reopened', reopened: 1 }])

  const events = (await story.rows('case_event')).map((event) => event.kind)
  expect(events).toEqual(
    'file join remind assign mediate measure close ask1 revisit reopen'.split(' '),
  )
  const group = texts((await (await story.api()).messages(GROUP)).filter((m) => m.from === 'bot'))
  expect(group).not.toMatch(/李强|胡凤珍|501|102/)
  expect(await story.rows('complaint')).toHaveLength(2)
  expect(story.errors()).toEqual([])
})

it('raises each deadline of a forgotten case once in a run of seven days', {
  timeout: 120_000,
}, async () => {
  using folder = dataFolder()
  await using story = storyteller(folder.path, false)
  await story.say('李强', '举报 3号楼昨晚十点装修电钻太吵')
  const api = await story.api()
  for (let day = 0; day < 14; day++) await api.advance('PT12H')
  const kinds = (await story.rows('case_event'))
    .map(({ once }) => once)
    .filter((once) => once.includes(':'))
  expect(kinds).toEqual([
    'remind:respond:0',
    'supervise:respond:0',
    'escalate:respond:0',
    'remind:resolve:0.0',
    'supervise:resolve:0.0',
  ])
  const told = (await api.messages(STAFF)).filter(({ text = '' }) => text.startsWith('【督办】'))
  expect(new Set(told.map(({ text }) => text)).size).toBe(told.length)
})
