import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  addDays,
  at,
  dateIn,
  minutesBetween,
  plus,
  toInstant,
  toWallTime,
  toZone,
} from '../../content/time.ts'
import { dataFolder, type InProcess, NOON, startInProcess } from '../support/program.ts'

const ZONE = toZone('Asia/Shanghai')
const PATIENT = { timeout: 10_000 }

let folder: ReturnType<typeof dataFolder>
let linli: InProcess

beforeEach(() => {
  folder = dataFolder()
})

afterEach(async () => {
  await linli[Symbol.asyncDispose]()
  folder[Symbol.dispose]()
})

async function start(now: string = NOON): Promise<InProcess> {
  linli = await startInProcess(folder.path, { LINLI_SANDBOX_NOW: now })
  return linli
}

async function restart(now: string = NOON): Promise<InProcess> {
  await linli[Symbol.asyncDispose]()
  return start(now)
}

const nowOf = async () => (await linli.api.state()).now

describe('a clock that stands still', () => {
  it('shows its first moment until it is moved', async () => {
    const { api } = await start()
    expect(await nowOf()).toBe(toInstant(NOON))
    expect((await api.advance('PT1H30M')).now).toBe(toInstant('2026-11-24T13:30:00+08:00'))
    expect((await api.set('2026-11-24T14:00:00+08:00')).now).toBe(await nowOf())
  })

  it('adds up spans that are asked for at the same time', async () => {
    const { api } = await start()
    await Promise.all(Array.from({ length: 5 }, () => api.advance('PT1H')))
    expect(await nowOf()).toBe(toInstant('2026-11-24T17:00:00+08:00'))
  })

  it('refuses to go back', async () => {
    const { api } = await start()
    for (const body of [{ set: '2026-11-24T11:59:59+08:00' }, { advance: '-PT1S' }]) {
      expect((await api.call('POST', '/clock', body)).status).toBe(400)
    }
    expect(await nowOf()).toBe(toInstant(NOON))
  })

  it('goes on after a restart where it stood, or later where the setting says so', async () => {
    await (await start()).api.advance('P1D')
    await restart()
    expect(await nowOf()).toBe(toInstant('2026-11-25T12:00:00+08:00'))
    await restart('2026-11-26T12:00:00+08:00')
    expect(await nowOf()).toBe(toInstant('2026-11-26T12:00:00+08:00'))
    await restart()
    expect(await nowOf()).toBe(toInstant('2026-11-26T12:00:00+08:00'))
  })
})

describe('a clock that runs', () => {
  it('moves by itself and by what is asked', async () => {
    const { api } = await start('')
    const before = toInstant(await nowOf())
    const { now } = await api.advance('PT2H')
    const minutes = minutesBetween(before, toInstant(now))
    expect(minutes).toBeGreaterThanOrEqual(120)
    expect(minutes).toBeLessThan(121)
    expect((await api.advance('PT0S')).now > now).toBe(true)
  })

  it('keeps its lead after a restart', async () => {
    const { now } = await (await start('')).api.advance('P2D')
    await restart('')
    expect((await nowOf()) >= now).toBe(true)
  })

  it('sends what falls due by itself', async () => {
    const { api } = await start('')
    const eight = at(addDays(dateIn(ZONE, toInstant(await nowOf())), 1), toWallTime('08:00'), ZONE)
    await api.set(plus(eight, { seconds: -2 }))
    const before = (await api.messages('18街坊')).length
    await expect.poll(async () => (await api.messages('18街坊')).length, PATIENT).toBe(before + 1)
    expect((await api.messages('18街坊')).at(-1)?.at.slice(0, 18)).toBe(eight.slice(0, 18))
  })
})
