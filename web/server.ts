import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Zone } from '../content/time.ts'
import type { Logger } from '../handlers/core/ports.ts'
import { consoleApp } from './console/console.ts'
import { consoleErrorPage } from './console/error.tsx'
import type { ConsoleDeps } from './console/port.ts'
import { bracketed, hostGuard, Refused, securityHeaders } from './http.ts'
import { asRefusal, sandboxApi } from './sandbox/api.ts'
import { errorPage } from './sandbox/page.tsx'
import type { Sandbox } from './sandbox/port.ts'
import { sandboxPages } from './sandbox/routes.ts'

export interface WebOptions {
  /** Names beside the loopback ones under which the server may be addressed, without a port. */
  readonly allowedHosts: readonly string[]
  /** The origin under which a proxy serves the pages: it is allowed as a host, and forms may come from it. */
  readonly publicUrl?: string | undefined
  readonly sandbox?: {
    readonly sandbox: Sandbox
    /** What its callers must carry. */
    readonly token: string
    /** The community's zone, in which the page shows and reads times. */
    readonly zone: Zone
  }
  readonly console?: ConsoleDeps
  /** What `/healthz` answers; anybody who can reach the server reads it. */
  readonly health: () => object
  readonly logger: Logger
}

/** Everything that is served over HTTP, without a server: `request()` it or hand it to `startServer`. */
export function createWebApp(options: WebOptions): Hono {
  const { publicUrl, sandbox, health, logger } = options
  const publicHost = publicUrl === undefined ? [] : [new URL(publicUrl).hostname]
  const app = new Hono()
  app.onError((error, c) => answerError(c, asRefusal(error), logger))
  app.notFound((c) => answerError(c, new Refused(404, 'not_found', 'no such page'), logger))
  app.use(securityHeaders(), hostGuard([...options.allowedHosts, ...publicHost]))
  app.get('/healthz', (c) => c.json(health()))
  if (options.console) {
    for (const path of ['/console', '/console/']) {
      app.get(path, (c) => c.redirect('/console/today'))
    }
    app.route('/console', consoleApp(options.console, publicUrl))
  }
  if (!sandbox && options.console) app.get('/', (c) => c.redirect('/console/today'))
  if (sandbox) {
    app.get('/', (c) => c.redirect('/sandbox/'))
    app.get('/sandbox', (c) => c.redirect('/sandbox/'))
    app.route('/sandbox/api', sandboxApi(sandbox.sandbox, sandbox.token))
    app.route('/', sandboxPages(sandbox))
  }
  return app
}

/** Answers with what was refused and why; of a fault nothing but the fact leaves the log. */
function answerError(c: Context, error: unknown, logger: Logger): Response | Promise<Response> {
  const refused =
    error instanceof Refused ? error : new Refused(500, 'internal', 'something went wrong here')
  // The route's pattern, not the path: a path may hold what somebody typed.
  if (refused !== error) {
    logger.error('http.failed', { method: c.req.method, route: c.req.routePath, err: error })
  }
  const status: ContentfulStatusCode = refused.status
  if (c.req.path.startsWith('/console')) return c.html(consoleErrorPage(c, refused), status)
  if (!/^\/sandbox\/(api|page)(\/|$)/.test(c.req.path)) return c.html(errorPage(status), status)
  const { code, message, issues } = refused
  return c.json({ error: { code, message, issues } }, status)
}

/** Thrown when the server cannot listen where it should; the message is one line for the operator. */
export class CannotListen extends Error {
  override readonly name = 'CannotListen'
  constructor(host: string, port: number, cause: unknown) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
    const why =
      code === 'EADDRINUSE'
        ? 'another program uses the port; set LINLI_PORT to a free one'
        : `set LINLI_HOST and LINLI_PORT to an address of this machine that is free (${code})`
    super(`Cannot listen on ${bracketed(host)}:${port}: ${why}.`, { cause })
  }
}

export interface RunningServer extends AsyncDisposable {
  readonly url: string
  readonly port: number
  /** Stops listening and cuts open connections, event streams included. */
  close(): Promise<void>
}

export interface ServerOptions {
  readonly host: string
  /** 0 takes any free one. */
  readonly port: number
  readonly app: Hono
  readonly logger: Logger
}

/** Listens on `host` and `port`. @throws CannotListen */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { host, app, logger } = options
  const server = createAdaptorServer({ fetch: app.fetch })
  server.listen(options.port, host)
  try {
    await once(server, 'listening')
  } catch (cause) {
    throw new CannotListen(host, options.port, cause)
  }
  server.on('error', (err) => logger.error('http.server', { err }))
  const { port } = server.address() as AddressInfo
  const close = async () => {
    if (!server.listening) return
    const closed = once(server, 'close')
    server.close()
    if ('closeAllConnections' in server) server.closeAllConnections()
    await closed
  }
  return { url: `http://${shown(host)}:${port}`, port, close, [Symbol.asyncDispose]: close }
}

/** A host that a browser can open: "every interface" is no address to go to. */
function shown(host: string): string {
  return host === '0.0.0.0' || host === '::' ? 'localhost' : bracketed(host)
}
