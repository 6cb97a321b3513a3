import { expect, it } from 'vitest'
import { roundById } from '../../db/queries/round.ts'
import type { RoundId } from '../../db/schema-surveys.ts'
import { q } from '../../db/store.ts'
import { roundFigures } from '../../handlers/surveys/report.ts'
import type { SandboxMessage } from '../../web/sandbox/port.ts'
import { type Api, dataFolder, type InProcess, startInProcess } from '../support/program.ts'

const GROUPS = ['18街坊', '28街坊', '29街坊'] as const
const STAFF = '工作人员'

/** Each of the first 36 says the same thing every day: 21 times a 5, 6 times a 4, 3 times a 3, a 2 and no opinion. */
const STYLES = [
  ...['5', '５', '五', '⑤', '5️⃣', '选5', '很满意'],
  ...['挺好的', '👍', '一般', '不太满意', '不清楚'],
]
const CHAT = [
  '3号楼的快递到了',
  '今天有5个人来跳舞',
  '谁家的车挡着门了？',
  '好的',
  '明天降温，多穿点',
]

interface Neighbour {
  readonly id: string
  readonly room: string
}

/** Forty neighbours instead of the demonstration's residents: 14, 14 and 12. */
async function moveIn(api: Api): Promise<readonly Neighbour[]> {
  const { rooms, people } = await api.state()
  const staff = ['张主任', '陈晓雯', '刘志远', '赵玉梅', '李师傅']
  const homes = GROUPS.map((topic) => rooms.find((room) => room.topic.includes(topic)))
  for (const room of homes) {
    for (const { person } of room?.members ?? []) {
      const name = people.find(({ id }) => id === person)?.name
      if (name !== undefined && !staff.includes(name))
        await api.ok('DELETE', `/rooms/${room?.id}/members/${person}`)
    }
  }
  const neighbours: Neighbour[] = []
  for (let k = 0; k < 40; k++) {
    const room = homes[k < 14 ? 0 : k < 28 ? 1 : 2]?.id ?? ''
    const { id } = await api.ok<{ id: string }>('POST', '/people', { name: `邻居${k}` })
    const alias = `${k < 14 ? 18 : k < 28 ? 28 : 29}-8-${1001 + k} 邻居${k}`
    await api.ok('POST', `/rooms/${room}/members`, { person: id, alias })
    neighbours.push({ id, room })
  }
  return neighbours
}

type Say = (k: number, text: string) => Promise<readonly SandboxMessage[]>

/** One day's answers among ordinary talk; nobody is answered. */
async function day(say: Say, index: number): Promise<void> {
  const said = await Promise.all(
    STYLES.flatMap((style, i) => [i, i + 12, i + 24].map((k) => [k, style] as const)).flatMap(
      ([k, style]) => [say(k, style), say(k, CHAT[(k + index) % CHAT.length] ?? '')],
    ),
  )
  expect(said.flat()).toEqual([])
}

function tables(linli: InProcess) {
  const { db } = linli.app
  const all = (table: 'respondent' | 'answer_history') => db.all(q.selectFrom(table).selectAll())
  const open = roundById(db, 1 as RoundId)
  if (open === undefined) throw new Error('no round')
  return {
    state: open.state,
    figures: roundFigures(db, linli.app.env, open),
    respondents: all('respondent').length,
    replaced: all('answer_history').length,
  }
}

const texts = (messages: readonly SandboxMessage[]) => messages.map(({ text }) => text).join('\n')

it('runs a month of satisfaction from the opening to the publication', {
  timeout: 120_000,
}, async () => {
  using folder = dataFolder()
  await using linli = await startInProcess(folder.path, {
    LINLI_SANDBOX_NOW: '2026-12-06T12:00:00+08:00',
  })
  const { api } = linli
  const people = await moveIn(api)
  const say: Say = async (k, text) => {
    const { id, room } = people[k] ?? { id: '', room: '' }
    const body = { from: id, room, text }
    return (await api.ok<{ sent: SandboxMessage[] }>('POST', '/messages', body)).sent
  }
  const heard = async (part: string) => {
    const lists = await Promise.all([...GROUPS, STAFF].map((topic) => api.messages(topic)))
    const of = (list: readonly SandboxMessage[]) =>
      list.filter(({ from, text = '' }) => from === 'bot' && text.includes(part))
    return lists.map((list) => of(list).length)
  }

  await api.set('2026-12-07T09:29:59+08:00')
  expect(await heard('满意')).toEqual([0, 0, 0, 0])
  const { sent } = await api.set('2026-12-07T10:00:00+08:00')
  const opening = sent.filter(({ text = '' }) => text.includes('每日一题（1/8）'))
  expect(opening.map(({ at }) => at)).toEqual(opening.map(() => '2026-12-07T01:30:00.000Z'))
  expect(opening).toHaveLength(3)

  for (let index = 0; index < 8; index++) {
    await api.set(`2026-12-${String(7 + index).padStart(2, '0')}T10:00:00+08:00`)
    await day(say, index)
    if (index === 0) {
      for (const [k, text] of [
        [36, '54433545'],
        [37, '5 4 4 3 3 5 4 5'],
        [38, '2'],
      ] as const) {
        expect(await say(k, text)).toEqual([])
      }
    }
    if (index !== 3) continue
    await api.relogin(true)
    await api.advance('PT1M')
    await say(38, '一般')
    // Half of them once more, as nobody knows whether the first answer arrived.
    await Promise.all(Array.from({ length: 18 }, (_, k) => say(k, STYLES[k % 12] ?? '')))
    expect(tables(linli)).toMatchObject({ respondents: 39, replaced: 18 })
  }
  expect(await heard('每日一题')).toEqual([8, 8, 8, 0])
  expect(await heard('%')).toEqual([0, 0, 0, 0])

  await api.set('2026-12-17T09:00:00+08:00')
  expect(await heard('快结束了，到12月17日（周四）09:30为止')).toEqual([0, 0, 2, 0])
  await api.set('2026-12-17T12:00:00+08:00')
  expect(tables(linli).state).toBe('closing')
  expect(await say(39, '5')).toEqual([])

  await api.set('2026-12-18T09:31:00+08:00')
  expect(await heard('2026-12 结果')).toEqual([0, 0, 0, 1])
  expect(texts(await api.messages(STAFF))).toContain('满意率 82.9%（29/35')
  const { state, figures } = tables(linli)
  expect(state).toBe('closed')
  expect(figures).toMatchObject({
    ...{ invited: 40, reached: 40, answered: 39, completed: 38, refused: 0 },
    response: { successes: 39, n: 40 },
    satisfaction: { strict: { successes: 29, n: 35 }, withMiddle: { successes: 32, n: 35 } },
  })
  // The 36, then 5 4 4 3 3 5 4 5 twice, then the 2 of the first day and the 3 of the fourth.
  expect(figures.items.map(({ counts, unsure }) => [counts, unsure])).toEqual([
    [{ 5: 23, 4: 6, 3: 3, 2: 4 }, 3],
    [{ 5: 21, 4: 8, 3: 3, 2: 3 }, 3],
    [{ 5: 21, 4: 8, 3: 3, 2: 3 }, 3],
    [{ 5: 21, 4: 6, 3: 6, 2: 3 }, 3],
    [{ 5: 21, 4: 6, 3: 5, 2: 3 }, 3],
    [{ 5: 23, 4: 6, 3: 3, 2: 3 }, 3],
    [{ 5: 21, 4: 8, 3: 3, 2: 3 }, 3],
    [{ 5: 23, 4: 6, 3: 3, 2: 3 }, 3],
  ])

  await api.say('张主任', '验证 8642')
  const [preview] = await api.say('张主任', '调查 发布 每周检查垃圾房', STAFF)
  expect(preview?.text).toContain('还没有发出。将发到 3 个群')
  expect(await heard('结果出来了')).toEqual([0, 0, 0, 1])
  const code = /确认 (\d{6})/.exec(preview?.text ?? '')?.[1]
  await api.say('张主任', `确认 ${code}`, STAFF)
  expect(await heard('结果出来了，39 位邻居参加')).toEqual([1, 1, 1, 1])
  expect(await heard('每周检查垃圾房')).toEqual([1, 1, 1, 1])
  expect(tables(linli).state).toBe('published')
  expect(linli.logs.filter(({ level }) => level === 'error')).toEqual([])
})
