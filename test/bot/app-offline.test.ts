import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openWorld } from '../../bot/sandbox/world.ts'
import { toInstant } from '../../content/time.ts'
import { openDb } from '../../db/open.ts'
import { insertSession } from '../../db/queries/session.ts'
import {
  dataFolder,
  type InProcess,
  NOON,
  type Settings,
  startInProcess,
} from '../support/program.ts'

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

const start = async (settings: Settings = {}) => {
  linli = await startInProcess(folder.path, settings)
}

const answers = async () =>
  (await linli.api.messages('18街坊')).filter(({ from }) => from === 'bot').length

/** Somebody asks in a group while the program is stopped; the network goes on without it. */
async function askMeanwhile(): Promise<void> {
  const { id } = await linli.api.room('18街坊')
  const from = await linli.api.person('王秀英')
  await linli[Symbol.asyncDispose]()
  using world = openWorld({ folder: folder.path, now: () => toInstant(NOON) })
  world.post({ from, room: id, kind: 'text', text: '小邻 今天有什么活动' })
}

describe('what is said while the program is stopped', () => {
  it('is lost on a network that keeps nothing', async () => {
    await askMeanwhile()
    await start()
    expect(await answers()).toBe(0)
  })

  it('is answered by the time it is ready on a network that delivers late, once', async () => {
    await askMeanwhile()
    await start({ LINLI_SANDBOX_OFFLINE: 'replay' })
    expect(await answers()).toBe(1)
    await linli[Symbol.asyncDispose]()
    await start({ LINLI_SANDBOX_OFFLINE: 'replay' })
    expect(await answers()).toBe(1)
  })

  it('is not answered when it is old by then', async () => {
    await askMeanwhile()
    await start({ LINLI_SANDBOX_OFFLINE: 'replay', LINLI_SANDBOX_NOW: '2026-11-24T13:00:00+08:00' })
    expect(await answers()).toBe(0)
  })
})

describe('a login that broke off before the groups were found', () => {
  it('does not keep the next one from finding them', async () => {
    await linli[Symbol.asyncDispose]()
    {
      using db = openDb(folder.path)
      db.tx((tx) => insertSession(tx, 'sandbox', '@2-bot-that-never-came', toInstant(NOON)))
    }
    await start()
    await linli.api.relogin(true)
    const { rooms } = await linli.api.state()
    expect(rooms.map(({ enabled }) => enabled)).toEqual([true, true, true, true])
  })
})
