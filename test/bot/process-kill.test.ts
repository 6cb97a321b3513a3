import { expect, it, vi } from 'vitest'
import { toInstant } from '../../content/time.ts'
import { databasePath } from '../../db/files.ts'
import { openReadOnly } from '../../db/open.ts'
import { q } from '../../db/store.ts'
import type { SandboxMessage } from '../../web/sandbox/port.ts'
import { type Api, dataFolder, type Program, startProgram, TOKEN } from '../support/program.ts'
import { ALL_ONCE, GROUPS, toldEverywhere } from '../support/reminders.ts'

vi.setConfig({ testTimeout: 300_000 })

const SEED = 20261124
const KILLS = 26
/** About as long as a call takes: the kill comes before, within or after what it does. */
const LONGEST_MS = 45
const QUESTION = '小邻 今天有什么活动'

/** Mulberry32: the same numbers for the same seed. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return (((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below
  }
}

/** Starts a call and kills the program while it is under way; gives whether the call was answered all the same. */
async function killDuring(
  program: Program,
  call: (() => Promise<unknown>) | undefined,
  ms: number,
): Promise<boolean> {
  const answered = Promise.resolve(call?.()).then(
    () => true,
    () => false,
  )
  await new Promise((resolve) => setTimeout(resolve, ms))
  await program.end('SIGKILL')
  return answered
}

/** Moves the clock to where something falls due, as the page's button does. */
async function toNextDue({ url, api }: Program): Promise<unknown> {
  const headers = { authorization: `Bearer ${TOKEN}` }
  const response = await fetch(`${url}/sandbox/page/clock`, { headers })
  const { next } = (await response.json()) as { next: string }
  return api.set(next)
}

const key = (room: unknown, text: unknown) => `${room} ${text}`

/** What the bot's messages are in the network, and what the outbox says went out. */
async function books(api: Api, data: string) {
  const messages: SandboxMessage[] = []
  const topics = new Map<string, string>()
  for (const { id, topic } of (await api.state()).rooms) {
    topics.set(id, topic)
    messages.push(...(await api.messages(topic)))
  }
  const shown = messages
    .filter(({ from }) => from === 'bot')
    .map(({ room = '', text }) => key(topics.get(room), text))
  using db = openReadOnly(databasePath(data))
  const rows = db.all(
    q
      .selectFrom('outbox as o')
      .innerJoin('room as r', 'r.id', 'o.room_id')
      .select(['r.topic', 'o.text', 'o.state']),
  )
  const now = toInstant((await api.state()).now)
  const forgotten = db.all(
    q.selectFrom('reminder').selectAll().where('state', '=', 'planned').where('due_at', '<=', now),
  )
  return {
    shown: shown.sort(),
    sent: rows
      .filter(({ state }) => state === 'sent')
      .map((row) => key(row.topic, row.text))
      .sort(),
    unknown: rows.filter(({ state }) => state === 'unknown' || state === 'sending'),
    forgotten,
    messages,
  }
}

it('sends everything once however often it is killed', async () => {
  using folder = dataFolder()
  const random = numbers(SEED)
  const pick = (below: number) => Math.floor(random(below))
  let asked = 0
  for (let kill = 0; kill < KILLS; kill++) {
    const program = await startProgram(folder.path)
    const { api } = program
    const group = GROUPS[pick(GROUPS.length)] ?? GROUPS[0]
    const person = { '18街坊': '王秀英', '28街坊': '李强', '29街坊': '马长林' }[group]
    const question = `${QUESTION}${'？'.repeat(kill + 1)}`
    const asks = pick(5) === 0
    const call = [
      () => api.advance(`PT${1 + pick(5)}H`),
      () => toNextDue(program),
      () => toNextDue(program),
      () => api.relogin(pick(2) === 1),
    ][pick(4)]
    const act = asks ? () => api.say(person, question, group) : call
    const answered = await killDuring(program, act, random(LONGEST_MS))
    if (asks && answered) asked++
  }
  await using program = await startProgram(folder.path)
  const { api } = program
  if ((await api.state()).now < toInstant('2026-11-25T18:00:00+08:00')) {
    await api.set('2026-11-25T18:00:00+08:00')
  }
  const { shown, sent, unknown, forgotten, messages } = await books(api, folder.path)
  expect(await toldEverywhere(api)).toEqual(ALL_ONCE)
  expect(unknown).toEqual([])
  expect(forgotten).toEqual([])
  expect(shown).toEqual(sent)
  const questions = messages.filter(({ text = '' }) => text.startsWith(QUESTION))
  const answers = messages.filter(({ text = '' }) => text.startsWith('今天（'))
  expect(answers.length).toBeLessThanOrEqual(questions.length)
  expect(answers.length).toBeGreaterThanOrEqual(asked)
})
