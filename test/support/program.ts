import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type App, startApp } from '../../bot/app.ts'
import { readConfig } from '../../bot/config.ts'
import type { SandboxMessage, SandboxState } from '../../web/sandbox/port.ts'

/**
 * The whole program, driven through its public interface: in a process of its own as its users start it
 * (`npm run build` comes first), or in the test's process, where a start takes a fifth of the time.
 */

const ROOT = join(import.meta.dirname, '../..')
export const TOKEN = 'testtoken'
/** A Tuesday; 每周一课 is on the Wednesday. */
export const NOON = '2026-11-24T12:00:00+08:00'
const READY_WITHIN_MS = 60_000
const LONGEST_RUN_MS = 300_000

/** A data folder that is gone after the test. */
export function dataFolder(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), 'linli-program-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

export interface Answer<Body = unknown> {
  readonly status: number
  readonly body: Body
}

export interface Sent {
  readonly sent: readonly SandboxMessage[]
}

/** The sandbox's public interface. Calls whose connection breaks reject. */
export interface Api {
  /** A body that is a text is sent as it is. */
  call<Body>(method: string, path: string, body?: unknown): Promise<Answer<Body>>
  /** Like `call`. @throws Error unless the status is 200 */
  ok<Body>(method: string, path: string, body?: unknown): Promise<Body>
  state(): Promise<SandboxState>
  /** The room whose topic contains `topic`. */
  room(topic: string): Promise<SandboxState['rooms'][number]>
  person(name: string): Promise<string>
  /** Somebody speaks in a room, by the names of both, or without a room to the bot. Gives what the bot said. */
  say(from: string, text: string, topic?: string): Promise<readonly SandboxMessage[]>
  advance(span: string): Promise<{ readonly now: string } & Sent>
  set(moment: string): Promise<{ readonly now: string } & Sent>
  messages(topic: string): Promise<readonly SandboxMessage[]>
  relogin(newIds: boolean): Promise<void>
  faults(faults: object): Promise<void>
}

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  /** From the request to end to the end. */
  readonly ms: number
}

export interface Program extends AsyncDisposable {
  readonly url: string
  readonly api: Api
  /** The address of the sandbox's page, as it was printed. */
  readonly page: string
  /** From the start of the process to the line that says it is ready. */
  readonly readyMs: number
  readonly out: () => string
  readonly err: () => string
  /** Whether the process still runs. */
  readonly alive: () => boolean
  end(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): Promise<Ended>
}

/** Environment variables. An empty value takes a default away. */
export type Settings = Readonly<Record<string, string>>

const DEFAULTS: Settings = {
  LINLI_PORT: '0',
  LINLI_SANDBOX_TOKEN: TOKEN,
  LINLI_SANDBOX_NOW: NOON,
}

interface Running {
  readonly child: ChildProcess
  readonly out: () => string
  readonly err: () => string
  readonly exit: Promise<readonly [number | null, NodeJS.Signals | null]>
}

function run(args: readonly string[], settings: Settings, cwd = tmpdir()): Running {
  const child = spawn(process.execPath, [join(ROOT, 'dist/bot/cli.js'), ...args], {
    cwd,
    env: { ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const text = { out: '', err: '' }
  child.stdout?.on('data', (chunk) => {
    text.out += chunk
  })
  child.stderr?.on('data', (chunk) => {
    text.err += chunk
  })
  const kill = () => child.kill('SIGKILL')
  // A test that ran out of time leaves nothing running.
  const timer = setTimeout(kill, LONGEST_RUN_MS)
  process.once('exit', kill)
  const exit = once(child, 'close').then(([code, signal]) => {
    clearTimeout(timer)
    process.off('exit', kill)
    return [code, signal] as const
  })
  return { child, out: () => text.out, err: () => text.err, exit }
}

/** Runs one command of the command line to its end; a program that goes on is killed and has no code. */
export async function runCli(
  args: readonly string[],
  settings: Settings,
  cwd?: string,
): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> {
  const { child, exit, out, err } = run(args, settings, cwd)
  const timer = setTimeout(() => child.kill('SIGKILL'), READY_WITHIN_MS)
  const [code] = await exit
  clearTimeout(timer)
  return { code, out: out(), err: err() }
}

/** Starts the program on `data` and waits until it says that it is ready. @throws Error when it ends before */
export async function startProgram(data: string, settings: Settings = {}): Promise<Program> {
  const started = performance.now()
  const { child, out, err, exit } = run(['start'], { ...DEFAULTS, LINLI_DATA: data, ...settings })
  const end: Program['end'] = async (signal) => {
    const asked = performance.now()
    child.kill(signal)
    const [code, by] = await exit
    return { code, signal: by, ms: performance.now() - asked }
  }
  const page = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not ready: ${err()}`)), READY_WITHIN_MS)
    child.stdout?.on('data', () => {
      const found = /is ready.*Open +(\S+)/s.exec(out())?.[1]
      if (found !== undefined) resolve(found)
    })
    void exit.then(([code]) => reject(new Error(`ended with ${code}: ${err()}`)))
    void exit.finally(() => clearTimeout(timer))
  }).catch(async (error: unknown) => {
    await end('SIGKILL')
    throw error
  })
  const url = new URL(page).origin
  return {
    url,
    page,
    api: apiOf(url),
    readyMs: performance.now() - started,
    out,
    err,
    alive: () => child.exitCode === null && child.signalCode === null,
    end,
    [Symbol.asyncDispose]: async () => {
      await end('SIGKILL')
    },
  }
}

export interface LogLine {
  readonly level: 'info' | 'warn' | 'error'
  readonly event: string
}

export interface InProcess extends AsyncDisposable {
  readonly app: App
  readonly api: Api
  readonly logs: readonly LogLine[]
}

/** Starts the program on `data` within the test's own process. */
export async function startInProcess(data: string, settings: Settings = {}): Promise<InProcess> {
  const { config } = readConfig({ ...DEFAULTS, LINLI_DATA: data, ...settings })
  const logs: LogLine[] = []
  const log = (level: LogLine['level']) => (event: string) => void logs.push({ level, event })
  const logger = { info: log('info'), warn: log('warn'), error: log('error') }
  const app = await startApp({ config, sandboxToken: TOKEN, logger })
  return {
    app,
    api: apiOf(app.url),
    logs,
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  }
}

function apiOf(url: string): Api {
  const call = async <Body>(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<Answer<Body>> => {
    const response = await fetch(`${url}/sandbox/api${path}`, {
      method,
      headers: { authorization: `Bearer ${TOKEN}` },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    return { status: response.status, body: (await response.json()) as Body }
  }
  const ok = async <Body>(method: string, path: string, body?: unknown): Promise<Body> => {
    const answer = await call<Body>(method, path, body)
    if (answer.status === 200) return answer.body
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
  }
  const state = () => ok<SandboxState>('GET', '/state')
  const room: Api['room'] = async (topic) =>
    found((await state()).rooms.find((each) => each.topic.includes(topic)))
  const person: Api['person'] = async (name) =>
    found((await state()).people.find((each) => each.name === name)).id
  return {
    call,
    ok,
    state,
    room,
    person,
    say: async (from, text, topic) => {
      const where = topic === undefined ? { to: 'bot' } : { room: (await room(topic)).id }
      const said = { from: await person(from), ...where, text }
      return (await ok<Sent>('POST', '/messages', said)).sent
    },
    advance: (span) => ok('POST', '/clock', { advance: span }),
    set: (moment) => ok('POST', '/clock', { set: moment }),
    messages: async (topic) => {
      const { id } = await room(topic)
      return (await ok<{ messages: SandboxMessage[] }>('GET', `/messages?room=${id}`)).messages
    },
    relogin: async (newIds) => void (await ok('POST', '/relogin', { newIds })),
    faults: async (faults) => void (await ok('POST', '/faults', faults)),
  }
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('no such name')
  return value
}
