import { expect, it, vi } from 'vitest'
import { databasePath } from '../../db/files.ts'
import { openReadOnly } from '../../db/open.ts'
import { q } from '../../db/store.ts'
import { type Api, dataFolder, startProgram } from '../support/program.ts'

vi.setConfig({ testTimeout: 240_000 })

const GROUP = '18街坊'
const STAFF = '工作人员'

/** `count` new neighbours in the group, each with a home in the nickname; gives their ids. */
async function neighbours(api: Api, room: string, count: number): Promise<readonly string[]> {
  const ids: string[] = []
  for (let n = 1; n <= count; n++) {
    const name = `邻居${n}`
    const { id } = await api.ok<{ id: string }>('POST', '/people', { name })
    const alias = `18-86-${1000 + n} ${name}`
    await api.ok('POST', `/rooms/${room}/members`, { person: id, alias })
    ids.push(id)
  }
  return ids
}

/** A round in which the first question stands open. */
async function openRound(api: Api): Promise<void> {
  const said = await api.say('张主任', '调查 开始 满意度', STAFF)
  const { sent } = await api.advance('PT1M')
  const texts = [...said, ...sent].map(({ text }) => text).join()
  expect(texts).toContain('开始了')
  expect(texts).toContain('每日一题（1/8）')
}

async function progress(api: Api): Promise<string> {
  return (await api.say('张主任', '调查 进度', STAFF)).map(({ text }) => text).join('\n')
}

function given(data: string) {
  using db = openReadOnly(databasePath(data))
  const now = db.all(
    q
      .selectFrom('answer as a')
      .innerJoin('respondent as r', 'r.id', 'a.respondent_id')
      .innerJoin('resident as p', 'p.id', 'r.resident_id')
      .select(['p.name', 'a.item', 'a.value', 'r.counted'])
      .orderBy('a.respondent_id'),
  )
  const before = db.all(
    q
      .selectFrom('answer_history as h')
      .innerJoin('respondent as r', 'r.id', 'h.respondent_id')
      .innerJoin('resident as p', 'p.id', 'r.resident_id')
      .select(['p.name', 'h.item', 'h.value'])
      .orderBy('h.id'),
  )
  return { now, before }
}

it('takes 200 answers at once, and once each over a new login in mid-round', async () => {
  using folder = dataFolder()
  await using program = await startProgram(folder.path)
  const { api } = program
  const { id: room } = await api.room(GROUP)
  const people = await neighbours(api, room, 200)
  await openRound(api)
  const answer = (from: string, text: string) => api.ok('POST', '/messages', { from, room, text })

  await Promise.all(people.map((from, n) => answer(from, String(1 + (n % 5)))))
  expect(await progress(api)).toContain('200')
  const { now } = given(folder.path)
  expect(now.map(({ name, value }) => `${name} ${value}`).sort()).toEqual(
    people.map((_, n) => `邻居${n + 1} ${1 + (n % 5)}`).sort(),
  )

  await api.relogin(true)
  const again = people.slice(0, 40).map((from, n) => answer(from, String(1 + ((n + 1) % 5))))
  await Promise.all(again)
  const after = given(folder.path)
  expect(after.now).toHaveLength(200)
  expect(new Set(after.now.map(({ name }) => name)).size).toBe(200)
  expect(after.now.filter(({ counted }) => counted !== 1)).toEqual([])
  expect(after.before).toHaveLength(40)
})

it('keeps every acknowledged answer once when it is killed among 1,000', async () => {
  const PEOPLE = 50
  const EACH = 20
  using folder = dataFolder()
  const program = await startProgram(folder.path)
  const { id: room } = await program.api.room(GROUP)
  const people = await neighbours(program.api, room, PEOPLE)
  await openRound(program.api)
  const digit = (n: number, k: number) => String(1 + ((n + k) % 5))

  const acknowledged = people.map(() => 0)
  let all = 0
  let killed: Promise<unknown> | undefined
  await Promise.all(
    people.map(async (from, n) => {
      for (let k = 0; k < EACH; k++) {
        const text = digit(n, k)
        const took = await program.api
          .ok('POST', '/messages', { from, room, text })
          .then(() => true)
          .catch(() => false)
        if (!took) return
        acknowledged[n] = k + 1
        all += 1
        if (all === (PEOPLE * EACH) / 2) killed = program.end('SIGKILL')
      }
    }),
  )
  await killed
  expect(all).toBeGreaterThanOrEqual((PEOPLE * EACH) / 2)
  expect(all).toBeLessThan(PEOPLE * EACH)

  await using again = await startProgram(folder.path)
  expect(await progress(again.api)).toContain(String(PEOPLE))
  const { now, before } = given(folder.path)
  expect(now).toHaveLength(PEOPLE)
  for (const [n, count] of acknowledged.entries()) {
    const of = ({ name }: { name: string }) => name === `邻居${n + 1}`
    const values = [...before.filter(of), ...now.filter(of)].map(({ value }) => value)
    // What was under way at the kill may have been taken without the acknowledgement.
    expect(values.length - count === 0 || values.length - count === 1).toBe(true)
    expect(values).toEqual(values.map((_, k) => digit(n, k)))
  }
})
