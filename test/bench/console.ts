import { join } from 'node:path'
import { type Db, openDb } from '../../db/open.ts'
import { codeAtMachine } from '../../handlers/console/codes.ts'
import { beginSignIn, finishSignIn } from '../../handlers/console/sign-in.ts'
import type { Env } from '../../handlers/core/feature.ts'
import type { Logger } from '../../handlers/core/ports.ts'
import { benchEnv, fillCommunity, OPENED } from './community.ts'
import { type Filed, fillDesk, OWNER } from './console-community.ts'
import { latency, type Measured, percentile } from './measure.ts'

const LIMIT_MS = 50
const RUNS = 40
const PEOPLE = { residents: 10_000, rounds: 36, percent: 25 }
const FILED: Filed = { cases: 5000, announcements: 500, audits: 20_000 }

const PAGES = [
  '/today',
  '/reports',
  '/reports?state=all',
  '/reports?text=电钻',
  '/reports/1020',
  '/reports/new',
  '/surveys',
  '/surveys/36',
  '/surveys/36/chart.svg',
  '/surveys/trend/satisfaction/chart.svg',
  '/programmes',
  '/lectures',
  '/announcements',
  '/announcements/500',
  '/figures',
  '/groups',
  '/groups/1',
  '/people',
  '/people?name=99',
  '/people/1',
  '/settings',
  '/health',
  '/audit',
] as const

/** How fast each page of the console comes, the slowest first, in a community of ten thousand that has used it for years. */
export async function consolePages(folder: string): Promise<Measured[]> {
  fillCommunity(folder, PEOPLE)
  fillDesk(folder, FILED)
  using db = openDb(folder)
  const env = benchEnv()
  const app = await appOver(db, env)
  const headers = { host: 'localhost', cookie: signedIn(db, env) }
  const measured: { readonly path: string; readonly times: readonly number[] }[] = []
  for (const path of PAGES) {
    const times: number[] = []
    for (let n = -1; n < RUNS; n++) {
      const started = performance.now()
      const answer = await app.request(`http://localhost/console${path}`, { headers })
      await answer.text()
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`)
      // The first time it is also loaded.
      if (n >= 0) times.push(performance.now() - started)
    }
    measured.push({ path, times: times.sort((a, b) => a - b) })
  }
  return measured
    .sort((a, b) => percentile(b.times, 0.95) - percentile(a.times, 0.95))
    .map(({ path, times }) => latency(`page ${path}`, times, LIMIT_MS))
}

/** The pages over the database. They are JSX, which only the compiled program holds. */
async function appOver(db: Db, env: Env) {
  const compiled = join(import.meta.dirname, '../../dist/web/server.js')
  const { createWebApp } = (await import(compiled)) as typeof import('../../web/server.ts')
  const logger: Logger = {
    info: () => {},
    warn: () => {},
    error: (what) => {
      throw new Error(what)
    },
  }
  return createWebApp({
    allowedHosts: [],
    health: () => ({}),
    logger,
    console: {
      store: db,
      env,
      clock: { now: () => OPENED },
      real: { now: () => OPENED },
      logger,
      photos: {
        keep: () => Promise.reject(new Error('none')),
        read: async () => undefined,
        keepFile: () => Promise.reject(new Error('none')),
        readFile: async () => undefined,
      },
      condition: () => ({
        chat: 'online',
        since: OPENED,
        puppet: 'bench',
        backup: { folder: '', scheduled: false },
        version: '',
        started: OPENED,
        freeMb: 0,
      }),
      wake: () => {},
      groups: async () => null,
      meet: async () => {},
    },
  })
}

/** The cookie of the owner. */
function signedIn(db: Db, env: Env): string {
  return db.tx((tx) => {
    const work = { tx, now: OPENED, real: OPENED, env }
    const begun = beginSignIn(work, OWNER)
    const printed = codeAtMachine(work, OWNER.name)
    if (!begun.ok || !printed.ok) throw new Error('no way in')
    const done = finishSignIn(work, begun.value.token, printed.value.code)
    if (!done.ok) throw new Error('no way in')
    return `linli_session=${done.value.token}`
  })
}
