import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDb } from '../../db/open.ts'
import { q } from '../../db/store.ts'
import { dataFolder, type InProcess, startInProcess } from '../support/program.ts'

let folder: ReturnType<typeof dataFolder>
let linli: InProcess

beforeEach(async () => {
  folder = dataFolder()
  linli = await startInProcess(folder.path)
})

afterEach(async () => {
  await linli[Symbol.asyncDispose]()
  folder[Symbol.dispose]()
})

/** Leaves the one answer of the outbox as a process does that dies while it sends. */
async function dieWhileSending(change: { readonly text?: string } = {}): Promise<void> {
  await linli.api.say('王秀英', '小邻 今天有什么活动', '18街坊')
  await linli[Symbol.asyncDispose]()
  using db = openDb(folder.path)
  const interrupted = { state: 'sending' as const, settled_at: null, ...change }
  db.tx((tx) => tx.run(q.updateTable('outbox').set(interrupted)))
}

const answers = async () =>
  (await linli.api.messages('18街坊')).filter(({ from }) => from === 'bot').map(({ text }) => text)

const states = () => linli.app.db.all(q.selectFrom('outbox').select('state')).map((r) => r.state)

describe('a send that the end of the process cut short', () => {
  it('is not done again when the network shows it', async () => {
    await dieWhileSending()
    linli = await startInProcess(folder.path)
    expect(await answers()).toHaveLength(1)
    expect(states()).toEqual(['sent'])
  })

  it('is done when the network does not show it', async () => {
    await dieWhileSending({ text: '没有发出去的话' })
    linli = await startInProcess(folder.path)
    expect((await answers()).at(-1)).toBe('没有发出去的话')
    expect(states()).toEqual(['sent'])
  })

  it('is found under new platform ids, too', async () => {
    await dieWhileSending()
    linli = await startInProcess(folder.path)
    await linli.api.relogin(true)
    expect(await answers()).toHaveLength(1)
  })
})
