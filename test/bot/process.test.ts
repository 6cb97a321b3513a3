import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { toInstant } from '../../content/time.ts'
import { databasePath } from '../../db/files.ts'
import { dataFolder, runCli, startProgram } from '../support/program.ts'

vi.setConfig({ testTimeout: 120_000 })

/** Generous: other tests may run at the same time. */
const READY_MS = 10_000
const ANSWER_MS = 1_000
const WEEK_MS = 10_000
const MONTH_MS = 20_000
const STOP_MS = 3_000
const PATIENT = { timeout: 10_000 }

const QUESTION = '小邻 今天有什么活动'

let folder: ReturnType<typeof dataFolder>

beforeEach(() => {
  folder = dataFolder()
})

afterEach(() => folder[Symbol.dispose]())

async function timed(act: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await act()
  return performance.now() - from
}

/** Starts the program where it cannot start; gives what it says about it. */
async function refusal(settings: Record<string, string> = {}) {
  return runCli(['start'], {
    LINLI_DATA: folder.path,
    LINLI_PORT: '0',
    LINLI_SANDBOX_NOW: '2026-11-24T12:00:00+08:00',
    ...settings,
  })
}

const ONE_LINE = /^[^\n]+\n$/

describe('starting and ending', () => {
  it('ends cleanly where it is told to as soon as it is ready', async () => {
    await using program = await startProgram(folder.path)
    expect(program.readyMs).toBeLessThan(READY_MS)
    expect(await program.end('SIGTERM')).toMatchObject({ code: 0, signal: null })
  })

  it('ends cleanly in the middle of a long walk of the clock, and goes on from there', async () => {
    await using program = await startProgram(folder.path)
    const { api } = program
    const walk = api.advance('P300D').catch(() => 'cut short')
    await expect.poll(async () => (await api.messages('18街坊')).length, PATIENT).toBeGreaterThan(3)
    const { code, ms } = await program.end('SIGINT')
    expect(code).toBe(0)
    expect(ms).toBeLessThan(STOP_MS)
    await walk
    expect(program.err()).toBe('')

    await using again = await startProgram(folder.path)
    const { now } = await again.api.state()
    expect(now > toInstant('2026-11-25T00:00:00+08:00')).toBe(true)
    expect(now < toInstant('2027-09-20T12:00:00+08:00')).toBe(true)
    const texts = (await again.api.messages('18街坊')).map(({ text }) => text)
    expect(new Set(texts).size).toBe(texts.length)
  })

  it('is not disturbed by a second start on the same data or the same port', async () => {
    await using program = await startProgram(folder.path)
    const { port } = new URL(program.url)
    const sameData = await refusal()
    expect(sameData).toMatchObject({ code: 1, err: expect.stringMatching(ONE_LINE) })
    expect(sameData.err).toContain(folder.path)
    const samePort = await refusal({ LINLI_DATA: join(folder.path, 'other'), LINLI_PORT: port })
    expect(samePort).toMatchObject({ code: 1, err: expect.stringMatching(ONE_LINE) })
    expect(samePort.err).toContain(port)
    expect(await program.api.say('王秀英', QUESTION, '18街坊')).toHaveLength(1)
  })
})

describe('while it runs', () => {
  it('answers at once, walks through a month in seconds and keeps its files to itself', async () => {
    await using program = await startProgram(folder.path)
    const { api } = program
    const times: number[] = []
    for (let i = 0; i < 11; i++)
      times.push(await timed(() => api.say('王秀英', QUESTION, '18街坊')))
    expect(times.sort((a, b) => a - b)[5]).toBeLessThan(ANSWER_MS)
    expect(await timed(() => api.advance('P7D'))).toBeLessThan(WEEK_MS)
    expect(await timed(() => api.advance('P30D'))).toBeLessThan(MONTH_MS)
    const others = readdirSync(folder.path).filter(
      (name) => (statSync(join(folder.path, name)).mode & 0o077) !== 0,
    )
    expect(others).toEqual([])
    const { code, ms } = await program.end('SIGTERM')
    expect(code).toBe(0)
    expect(ms).toBeLessThan(STOP_MS)
    expect(program.err()).toBe('')
  })

  it('survives a fault in somebody else’s callback', async () => {
    const fault =
      'setInterval(() => { Promise.reject(new Error("late")); queueMicrotask(() => { throw 1 }) }, 300)'
    await using program = await startProgram(folder.path, {
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(fault)}`,
    })
    await expect.poll(program.err, PATIENT).toMatch(/unhandled rejection.*uncaught exception/s)
    expect(await program.api.say('王秀英', QUESTION, '18街坊')).toHaveLength(1)
    expect((await program.end('SIGTERM')).code).toBe(0)
  })
})

describe('what it writes to its log', () => {
  it('holds nothing that anybody said, and no token', async () => {
    await using program = await startProgram(folder.path, { LINLI_LOG: 'info' })
    const { api } = program
    await api.faults({ throwOnSend: 0.5, duplicateEvents: 1, dropSends: 0.2 })
    for (const where of ['18街坊', undefined]) {
      await api.say('王秀英', '小邻 金丝雀叫了', where)
      await api.say('王秀英', '我住18街坊86门301，电话13800138000', where)
    }
    await api.relogin(true)
    await api.advance('P2D')
    await program.end('SIGTERM')
    expect(program.err()).toContain('send failed')
    expect(program.err()).not.toMatch(/金丝雀|13800138000|86门|王秀英|每周一课|testtoken/)
  })
})

describe('what keeps it from starting', () => {
  it('an address that is not of this machine', async () => {
    const { code, err } = await refusal({ LINLI_HOST: '192.0.2.1' })
    expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(ONE_LINE) })
    expect(err).toContain('192.0.2.1')
  })

  it('a data folder that cannot be made', async () => {
    writeFileSync(join(folder.path, 'file'), '')
    const data = join(folder.path, 'file', 'data')
    const { code, err } = await refusal({ LINLI_DATA: data })
    expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(ONE_LINE) })
    expect(err).toContain(data)
  })

  it.skipIf(process.getuid?.() === 0)('a data folder that cannot be written', async () => {
    mkdirSync(join(folder.path, 'data'), { mode: 0o500 })
    const { code, err } = await refusal({ LINLI_DATA: join(folder.path, 'data') })
    expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(ONE_LINE) })
  })

  it('a file of the simulated network that cannot be opened', async () => {
    mkdirSync(join(folder.path, 'sandbox.jsonl'))
    const { code, err } = await refusal()
    expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(ONE_LINE) })
    expect(err).toContain('sandbox.jsonl')
  })

  it.each([
    ['no database', 'not a database, but long enough to look at: '.repeat(200)],
    ['a damaged one', undefined],
  ])('a database that is %s, which is kept as it is', async (_, content) => {
    const path = databasePath(folder.path)
    if (content === undefined) {
      await (await startProgram(folder.path)).end('SIGTERM')
      const bytes = readFileSync(path)
      bytes.fill(0x5a, 4096, bytes.length)
      writeFileSync(path, bytes)
    } else {
      writeFileSync(path, content)
    }
    const before = readFileSync(path)
    const { code, err } = await refusal()
    expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(ONE_LINE) })
    expect(err).toContain(path)
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  it('a damaged journal of the simulated network, which is kept as it is', async () => {
    await using program = await startProgram(folder.path)
    await program.api.say('王秀英', '金丝雀叫了', '18街坊')
    await program.end('SIGTERM')
    const path = join(folder.path, 'sandbox.jsonl')
    const damaged = readFileSync(path, 'utf8').replace('"text":"金丝雀', '"text":金丝雀')
    writeFileSync(path, damaged)
    const { code, err } = await refusal()
    expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(ONE_LINE) })
    expect(err).toContain(path)
    expect(err).not.toContain('金丝雀')
    expect(readFileSync(path, 'utf8')).toBe(damaged)
  })

  it('settings that are wrong', async () => {
    const { code, err } = await refusal({ LINLI_PORT: 'http', LINLI_SANDBOX_NOW: 'tomorrow' })
    expect(code).toBe(1)
    expect(err).toMatch(/LINLI_PORT.*\n.*LINLI_SANDBOX_NOW/)
  })
})

describe('an empty network', () => {
  const LATER = '2027-03-02T12:00:00+08:00'
  const settings = { LINLI_SANDBOX_SEED: 'empty', LINLI_SANDBOX_NOW: LATER }
  const code = (out: string) => /\d{6}/.exec(out)?.[0]

  it('is set up with the command line while the program is stopped', async () => {
    await using first = await startProgram(folder.path, settings)
    expect(await first.api.state()).toMatchObject({ people: [], rooms: [] })
    const member = async (name: string) => ({
      person: (await first.api.ok<{ id: string }>('POST', '/people', { name })).id,
    })
    const members = [await member('钱主任'), await member('冯阿姨')]
    await first.api.ok('POST', '/rooms', { topic: '甲群', members })
    await first.api.ok('POST', '/rooms', { topic: '乙群', members })
    await first.end('SIGTERM')

    const cli = { LINLI_DATA: folder.path, ...settings }
    const staff = await runCli(['staff', 'add', '--name', '钱主任', '--role', 'owner'], cli)
    const room = await runCli(['room', 'code', '--place', '28街坊'], cli)
    expect([staff.code, room.code]).toEqual([0, 0])

    await using second = await startProgram(folder.path, settings)
    const { api } = second
    expect((await api.say('钱主任', `绑定身份 ${code(staff.out)}`))[0]?.text).toMatch('钱主任')
    await api.say('冯阿姨', `绑定本群 ${code(room.out)}`, '甲群')
    const [answer] = await api.say('钱主任', '群绑定码 29街坊')
    await api.say('冯阿姨', `绑定本群 ${code(answer?.text ?? '')}`, '乙群')
    expect((await api.state()).rooms.map(({ enabled }) => enabled)).toEqual([true, true])
    const { sent } = await api.set('2027-03-03T18:00:00+08:00')
    expect(sent.filter(({ text = '' }) => text.includes('每周一课'))).toHaveLength(6)
  })
})
