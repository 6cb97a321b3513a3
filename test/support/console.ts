import { createHash } from 'node:crypto'
import { safeName } from '../../bot/media/documents.ts'
import { updateResident } from '../../db/queries/resident.ts'
import type { ResidentId, Role } from '../../db/schema.ts'
import type { Files, Photos } from '../../handlers/core/ports.ts'
import { err, ok } from '../../handlers/core/result.ts'
import { hashPin } from '../../handlers/core/secrets.ts'
import type { Condition, ConsoleDeps } from '../../web/console/port.ts'
import { createWebApp } from '../../web/server.ts'
import type { Town } from './town.ts'

/** The console over a town's database, driven like a browser without scripts: it keeps cookies and posts forms. */

export const PIN = '7391'
const ORIGIN = 'http://localhost'

export interface Answer {
  readonly status: number
  readonly html: string
  /** Where a redirect led, when the answer is one. */
  readonly location: string | undefined
  readonly headers: Headers
}

export interface Browser {
  /** Opens a page and follows redirects. */
  open(path: string): Promise<Answer>
  /** Opens a file. */
  download(path: string): Promise<{ readonly headers: Headers; readonly bytes: Uint8Array }>
  /** Posts a form, with the secret of the page that was opened last, and does not follow where it leads. */
  post(
    path: string,
    fields: Readonly<Record<string, string | Blob | readonly (string | Blob)[]>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer>
}

export function openConsole(
  town: Town,
  condition: Partial<Condition> = {},
  deps: Partial<ConsoleDeps> = {},
  publicUrl?: string,
) {
  const app = createWebApp({
    allowedHosts: [],
    publicUrl,
    health: () => ({}),
    logger: { info: () => {}, warn: () => {}, error: (...line) => errors.push(line) },
    console: {
      store: town.db,
      env: town.env,
      clock: { now: town.now },
      real: { now: town.now },
      logger: { info: () => {}, warn: () => {}, error: (...line) => errors.push(line) },
      photos: photoBox(),
      condition: () => ({
        chat: 'online',
        since: town.now(),
        puppet: 'test',
        backup: {
          folder: '/backups',
          scheduled: true,
          last: { at: town.now(), file: '/backups/linli.sqlite', bytes: 1_234_567 },
        },
        version: '0.1.0',
        started: town.now(),
        freeMb: 12_345,
        ...condition,
      }),
      wake: () => void town.settle(),
      groups: async () => ({ session: town.session(), views: town.views() }),
      meet: async () => town.compare(),
      ...deps,
    },
  })
  const errors: unknown[][] = []

  function browser(): Browser {
    const cookies = new Map<string, string>()
    let csrf = ''
    async function request(path: string, init: RequestInit): Promise<Answer> {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
      const headers = { host: 'localhost', 'accept-language': 'zh-CN', cookie, ...init.headers }
      const response = await app.request(`${ORIGIN}${path}`, { ...init, headers })
      for (const line of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
        if (/max-age=0/i.test(line)) cookies.delete(name)
        else cookies.set(name, value)
      }
      const html = await response.text()
      csrf = /name="csrf" value="([^"]*)"/.exec(html)?.[1] ?? csrf
      const location = response.headers.get('location') ?? undefined
      return { status: response.status, html, location, headers: response.headers }
    }
    return {
      async open(path) {
        let answer = await request(path, {})
        for (let hops = 0; answer.location !== undefined && hops < 5; hops++) {
          answer = await request(answer.location, {})
        }
        return answer
      },
      async download(path) {
        const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
        const response = await app.request(`${ORIGIN}${path}`, {
          headers: { host: 'localhost', cookie },
        })
        return { headers: response.headers, bytes: new Uint8Array(await response.arrayBuffer()) }
      },
      post(path, fields, headers = {}) {
        const body = new FormData()
        body.append('csrf', csrf)
        for (const [name, value] of Object.entries(fields)) {
          if (name === 'csrf') body.delete('csrf')
          for (const each of [value].flat()) body.append(name, each as string)
        }
        return request(path, { method: 'POST', body, headers: { origin: ORIGIN, ...headers } })
      },
    }
  }

  /** Somebody of that role with a PIN, signed in. */
  async function signIn(name: string, role: Exclude<Role, 'resident'>) {
    const person = town.staff(name, role)
    givePin(person.id)
    const tab = browser()
    await tab.post('/console/sign-in', { name, pin: PIN })
    await town.settle()
    const code = /(\d{6})/.exec(town.heard().at(-1)?.text ?? '')?.[1] ?? ''
    await tab.post('/console/sign-in/code', { code })
    await tab.open('/console/today')
    return { ...tab, id: person.id, person }
  }

  function givePin(id: ResidentId, pin = PIN): void {
    town.tx(({ tx }) => updateResident(tx, id, { pin_hash: hashPin(pin, 'salt') }))
  }

  /** The pages and forms of the console, as they are registered: `:id` stands for a number. */
  const routes = (method: 'GET' | 'POST') => [
    ...new Set(
      app.routes
        .filter((route) => route.method === method && route.path.startsWith('/console/'))
        .map((route) => route.path),
    ),
  ]

  return { browser, signIn, givePin, routes, errors }
}

/** Keeps files in memory, by their hash; what does not begin like a JPEG is no picture, and else only a PDF is kept. */
function photoBox(): Photos & Files {
  const kept = new Map<string, Uint8Array>()
  const put = (bytes: Uint8Array) => {
    const hash = createHash('sha256').update(bytes).digest('hex')
    kept.set(hash, bytes)
    return hash
  }
  return {
    keep: async (bytes) => {
      if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return err('notAPhoto')
      const hash = put(bytes)
      return ok({ hash, mime: 'image/jpeg', width: 4, height: 3, bytes: bytes.length })
    },
    read: async (hash) => kept.get(hash),
    keepFile: async (bytes, name) => {
      if (bytes[0] === 0xff) return ok({ hash: put(bytes) })
      if (bytes.length > 1_000) return err('tooLarge')
      const isDocument = Buffer.from(bytes).toString().startsWith('%PDF')
      return isDocument ? ok({ hash: put(bytes), name: safeName(name, 'pdf') }) : err('unknownType')
    },
    readFile: async ({ hash }) => kept.get(hash),
  }
}
