import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { toZone } from '../../content/time.ts'
import { CannotListen, createWebApp, startServer } from '../../web/server.ts'
import { createFakeSandbox } from '../support/fake-sandbox.ts'

const TOKEN = 'the-token'
const zone = toZone('Asia/Shanghai')

interface Logged {
  readonly event: string
  readonly fields: unknown
}

function recorder() {
  const logged: Logged[] = []
  const error = (event: string, fields?: unknown) => void logged.push({ event, fields })
  return { logged, logger: { info: () => {}, warn: () => {}, error } }
}

function webApp(options: { sandbox?: boolean; hosts?: readonly string[] } = {}) {
  const sandbox = createFakeSandbox()
  const { logged, logger } = recorder()
  const app = createWebApp({
    allowedHosts: options.hosts ?? [],
    health: () => ({ status: 'ok' }),
    logger,
    ...(options.sandbox === false ? {} : { sandbox: { sandbox, token: TOKEN, zone } }),
  })
  const authorized = (path: string) =>
    app.request(path, { headers: { Authorization: `Bearer ${TOKEN}` } })
  return { app, sandbox, logged, authorized }
}

describe('the host name', () => {
  it.each(['localhost:8080', '127.0.0.1:8080', '[::1]:8080', 'LOCALHOST', 'linli.lan:80'])(
    'serves %s',
    async (host) => {
      const { app } = webApp({ hosts: ['linli.lan'] })
      expect((await app.request('/healthz', { headers: { host } })).status).toBe(200)
    },
  )

  it.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example:8080',
    'linli.lan.',
    '',
  ])('refuses %j on every path', async (host) => {
    const { app } = webApp({ hosts: ['linli.lan'] })
    for (const path of ['/', '/healthz', '/sandbox/', '/sandbox/api/state', '/nothing']) {
      expect((await app.request(path, { headers: { host } })).status).toBe(403)
    }
  })

  it('refuses the interface in JSON even with the token', async () => {
    const { app } = webApp()
    const headers = { host: 'evil.example', Authorization: `Bearer ${TOKEN}` }
    const response = await app.request('/sandbox/api/state', { headers })
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ error: { code: 'wrong_host', issues: [] } })
  })

  it('serves an address of version 6 that it listens on', async () => {
    const { app } = webApp({ hosts: ['fd00::1'] })
    expect((await app.request('/healthz', { headers: { host: '[fd00::1]:8080' } })).status).toBe(
      200,
    )
  })
})

describe('every answer', () => {
  it.each(['/sandbox/', '/sandbox/api/state', '/nothing', '/healthz'])(
    '%s forbids foreign content and framing',
    async (path) => {
      const { headers } = await webApp().app.request(path)
      const policy = headers.get('content-security-policy') ?? ''
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("script-src 'self';")
      expect(policy).toContain("img-src 'self' blob:")
      expect(policy).toContain("frame-ancestors 'none'")
      expect(policy).not.toContain('unsafe')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('same-origin')
    },
  )

  it('shows its health', async () => {
    const response = await webApp().app.request('/healthz')
    expect(await response.json()).toEqual({ status: 'ok' })
  })

  it('shows a plain page for what is not there', async () => {
    const response = await webApp().app.request('/nothing')
    expect(response.status).toBe(404)
    expect(await response.text()).toContain('没有这一页')
  })
})

describe('a fault', () => {
  it('is logged without what was said, and answered without a trace of the code', async () => {
    const { app, sandbox, logged } = webApp()
    const fault = new Error('secret detail')
    sandbox.say = () => Promise.reject(fault)
    const response = await app.request('/sandbox/api/messages', {
      method: 'POST',
      headers: { Authorization: `Bearer ${TOKEN}` },
      body: JSON.stringify({ from: 'p1', room: 'r1', text: '私事' }),
    })
    expect(response.status).toBe(500)
    const text = await response.text()
    expect(JSON.parse(text)).toMatchObject({ error: { code: 'internal', issues: [] } })
    expect(text).not.toMatch(/secret|at .*\.ts/)
    expect(logged).toEqual([
      {
        event: 'http.failed',
        fields: { method: 'POST', route: '/sandbox/api/messages', err: fault },
      },
    ])
  })
})

describe('the sandbox page', () => {
  it('is where the bare address leads', async () => {
    const { app } = webApp()
    for (const path of ['/', '/sandbox']) {
      const response = await app.request(path)
      expect([response.status, response.headers.get('location')]).toEqual([302, '/sandbox/'])
    }
  })

  it('holds no inline script or style', async () => {
    const page = await (await webApp().app.request('/sandbox/')).text()
    expect(page.startsWith('<!doctype html>')).toBe(true)
    expect(page).not.toMatch(/<script(?![^>]* src=)|<style|style=|onclick=/)
  })

  it('serves its files and nothing beside them', async () => {
    const { app } = webApp()
    const css = await app.request('/sandbox/assets/sandbox.css')
    expect(css.headers.get('content-type')).toContain('text/css')
    for (const name of ['nothing.js', '..%2f..%2fpackage.json', '%2e%2e/sandbox.css', '.css']) {
      expect((await app.request(`/sandbox/assets/${name}`)).status).toBe(404)
    }
  })

  it('is not there without the sandbox', async () => {
    const { app } = webApp({ sandbox: false })
    for (const path of ['/', '/sandbox/', '/sandbox/api/state', '/sandbox/assets/sandbox.css']) {
      expect((await app.request(path)).status).toBe(404)
    }
  })

  it('learns the clock, the next reminder and the next morning', async () => {
    const { authorized } = webApp()
    expect(await (await authorized('/sandbox/page/clock')).json()).toEqual({
      now: '2026-11-23T07:00:00.000Z',
      zone: 'Asia/Shanghai',
      next: '2026-11-23T11:00:00.000Z',
      morning: '2026-11-24T00:00:00.000Z',
    })
  })

  it('takes the same day for the next morning before eight', async () => {
    const { authorized, sandbox } = webApp()
    sandbox.state = () => createFakeSandbox('2026-11-23T06:30:00+08:00').state()
    const clock = await (await authorized('/sandbox/page/clock')).json()
    expect(clock).toMatchObject({ morning: '2026-11-23T00:00:00.000Z' })
  })

  it('has a local time turned into a moment', async () => {
    const { authorized } = webApp()
    const path = '/sandbox/page/instant?local='
    const answer = await authorized(`${path}2026-11-24T08:00`)
    expect(await answer.json()).toEqual({ instant: '2026-11-24T00:00:00.000Z' })
    expect((await authorized(`${path}2026-02-30T08:00`)).status).toBe(400)
    expect((await authorized('/sandbox/page/instant')).status).toBe(400)
  })

  it('keeps its extras behind the token and out of the public interface', async () => {
    const { app, authorized, sandbox } = webApp()
    expect((await app.request('/sandbox/page/faults')).status).toBe(401)
    expect(await (await authorized('/sandbox/page/faults')).json()).toEqual(sandbox.faults())
    expect((await authorized('/sandbox/api/clock')).status).toBe(404)
    expect((await authorized('/sandbox/api/faults')).status).toBe(404)
  })
})

describe('the server', () => {
  const { logger } = recorder()
  const host = '127.0.0.1'

  it('listens where it says, and stops', async () => {
    const app = new Hono().get('/', (c) => c.text('here'))
    const server = await startServer({ host, port: 0, app, logger })
    expect(server.url).toBe(`http://127.0.0.1:${server.port}`)
    expect(await (await fetch(server.url)).text()).toBe('here')
    await server.close()
    await server.close()
    await expect(fetch(server.url)).rejects.toThrow()
  })

  it('says which port is taken', async () => {
    await using first = await startServer({ host, port: 0, app: new Hono(), logger })
    const { port } = first
    const second = startServer({ host, port, app: new Hono(), logger })
    await expect(second).rejects.toThrow(CannotListen)
    await expect(second).rejects.toThrow(`:${port}`)
  })

  it('stops although somebody follows the events', async () => {
    const { app, sandbox } = webApp()
    const server = await startServer({ host, port: 0, app, logger })
    const headers = { Authorization: `Bearer ${TOKEN}` }
    const response = await fetch(`${server.url}/sandbox/api/events`, { headers })
    expect(response.status).toBe(200)
    await server.close()
    await expect(response.text()).rejects.toThrow()
    await expect.poll(() => sandbox.listeners()).toBe(0)
  })

  it('answers a body over the limit instead of cutting the line', async () => {
    await using server = await startServer({ host, port: 0, app: webApp().app, logger })
    const response = await fetch(`${server.url}/sandbox/api/people`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${TOKEN}` },
      body: 'a'.repeat(9 * 1024 * 1024),
    })
    expect(response.status).toBe(413)
  })
})
