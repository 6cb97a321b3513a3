import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { contentRoot } from '../../content/load.ts'
import { databasePath } from '../../db/files.ts'
import { openReadOnly } from '../../db/open.ts'
import { q, type Reader } from '../../db/store.ts'
import { dataFolder, type Program, type Sent, startProgram } from '../support/program.ts'

vi.setConfig({ testTimeout: 300_000 })

const GROUPS = 200
const EVERYWHERE = GROUPS + 3
/** The program is killed when so many groups have been told. */
const KILLS_AFTER = [0, 1, 30, 80, 120, 160, 195]

/** The demonstration community with many more groups. */
function contentWithGroups(path: string): string {
  const dir = join(path, 'content')
  cpSync(contentRoot(), dir, { recursive: true })
  const demo = join(dir, 'community/demo.yaml')
  const rooms = Array.from(
    { length: GROUPS },
    (_, i) => `  - { topic: 第${i + 1}群, kind: residents }`,
  )
  const text = readFileSync(demo, 'utf8')
  writeFileSync(demo, text.replace('\npeople:', `\n${rooms.join('\n')}\n\npeople:`))
  return dir
}

/** What of each text the network shows, group by group. */
async function shown({ api }: Program): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  for (const room of (await api.state()).rooms) {
    const { messages } = await api.ok<{ messages: { from: string; text?: string }[] }>(
      'GET',
      `/messages?room=${room.id}`,
    )
    for (const { from, text = '' } of messages) {
      if (from !== 'bot' || !text.startsWith('【社区公告】')) continue
      found.set(text, [...(found.get(text) ?? []), room.topic])
    }
  }
  return found
}

/** How many copies have left, as the database says. */
function sentIn(db: Reader): number {
  return db.all(
    q
      .selectFrom('announcement_part as p')
      .innerJoin('outbox as o', 'o.id', 'p.outbox_id')
      .select('o.id')
      .where('o.state', '=', 'sent'),
  ).length
}

it('tells two hundred groups once, however often it is killed in the middle', async () => {
  using folder = dataFolder()
  const settings = { LINLI_CONTENT: contentWithGroups(folder.path) }
  let midway = 0
  for (const [i, enough] of KILLS_AFTER.entries()) {
    const program = await startProgram(folder.path, settings)
    const preview = await program.api.say('张主任', `公告 第${i + 1}次停水`)
    const code = /确认 (\d{4,6})/.exec(preview.map((m) => m.text).join())?.[1]
    using db = openReadOnly(databasePath(folder.path))
    const before = sentIn(db)
    const answered = program.api.say('张主任', `确认 ${code}`).catch(() => undefined)
    while (sentIn(db) < before + enough) await new Promise((next) => setImmediate(next))
    await program.end('SIGKILL')
    await answered
    const sent = sentIn(db) - before
    if (sent > 0 && sent < EVERYWHERE) midway++
  }
  await using program = await startProgram(folder.path, settings)
  await program.api.advance('PT1M')
  const told = await shown(program)

  using db = openReadOnly(databasePath(folder.path))
  const confirmed = db.all(
    q.selectFrom('announcement').selectAll().where('confirmed_at', 'is not', null),
  )
  const lost = db.all(
    q.selectFrom('outbox').selectAll().where('state', 'in', ['unknown', 'queued', 'failed']),
  )
  expect(lost).toEqual([])
  expect(midway).toBeGreaterThan(2)
  expect(confirmed.length).toBeGreaterThanOrEqual(KILLS_AFTER.length - 1)
  for (const { text } of confirmed) {
    const groups = told.get(`【社区公告】\n${text}`) ?? []
    expect(groups).toHaveLength(EVERYWHERE)
    expect(new Set(groups).size).toBe(EVERYWHERE)
  }
})

/** How many files each group shows. */
async function filesShown({ api }: Program): Promise<Map<string, number>> {
  const found = new Map<string, number>()
  for (const room of (await api.state()).rooms) {
    const { messages } = await api.ok<{ messages: { from: string; kind: string }[] }>(
      'GET',
      `/messages?room=${room.id}`,
    )
    const files = messages.filter(({ from, kind }) => from === 'bot' && kind === 'file')
    found.set(room.topic, files.length)
  }
  return found
}

it('brings a document to each group once, or says that nobody knows and asks', async () => {
  using folder = dataFolder()
  const settings = { LINLI_CONTENT: contentWithGroups(folder.path) }
  {
    const program = await startProgram(folder.path, settings)
    const { api } = program
    const from = await api.person('张主任')
    await api.say('张主任', '公告 明天停水')
    const file = { name: '停水通知.pdf', base64: Buffer.from('%PDF-1.7 words').toString('base64') }
    const { sent } = await api.ok<Sent>('POST', '/messages', { from, to: 'bot', file })
    const code = /确认 (\d{4,6})/.exec(sent.map((m) => m.text).join())?.[1]
    using db = openReadOnly(databasePath(folder.path))
    const answered = api.say('张主任', `确认 ${code}`).catch(() => undefined)
    while (sentIn(db) < GROUPS) await new Promise((next) => setImmediate(next))
    await program.end('SIGKILL')
    await answered
    expect(sentIn(db)).toBeLessThan(2 * EVERYWHERE)
  }
  await using program = await startProgram(folder.path, settings)
  await program.api.advance('PT1M')
  expect((await shown(program)).get('【社区公告】\n明天停水')).toHaveLength(EVERYWHERE)

  using db = openReadOnly(databasePath(folder.path))
  const unknown = db.all(
    q
      .selectFrom('outbox as o')
      .innerJoin('room as r', 'r.id', 'o.room_id')
      .select(['o.id', 'r.topic'])
      .where('o.state', '=', 'unknown'),
  )
  const residents = (files: ReadonlyMap<string, number>) =>
    [...files].filter(([topic]) => !topic.endsWith('工作人员'))
  const before = await filesShown(program)
  for (const [topic, n] of residents(before)) {
    const isKnown = unknown.every((row) => row.topic !== topic)
    expect([topic, n === 1 || (n === 0 && !isKnown)]).toEqual([topic, true])
  }
  for (const { id, topic } of unknown) {
    await program.api.say('张主任', before.get(topic) === 1 ? `不用重发 ${id}` : `重发 ${id}`)
  }
  await program.api.advance('PT1M')
  for (const [topic, n] of residents(await filesShown(program))) {
    expect([topic, n]).toEqual([topic, 1])
  }
})
