import { timingSafeEqual } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { Role } from '../../db/schema.ts'
import type { DoorLook } from '../../handlers/console/codes.ts'
import { signedIn } from '../../handlers/console/sign-in.ts'
import { may } from '../../handlers/core/roles.ts'
import { Refused } from '../http.ts'
import type { ConsoleDeps } from './port.ts'
import { type ConsoleEnv, type Ctx, makeView } from './view.ts'

/** The session's token, out of reach for scripts and foreign sites. */
const COOKIE = 'linli_session'

export function readToken(c: Context): string | undefined {
  return getCookie(c, COOKIE)
}

/** Keeps the token in the browser; an empty one takes it away. */
export function writeToken(c: Context, token: string): void {
  setCookie(c, COOKIE, token, {
    path: '/console',
    httpOnly: true,
    sameSite: 'Strict',
    secure: isEncrypted(c),
    ...(token === '' ? { maxAge: 0 } : {}),
  })
}

/** A cookie is set in answer to a form, whose origin was looked at: it says what the browser sees, proxy or not. */
function isEncrypted(c: Context): boolean {
  return c.req.header('origin')?.startsWith('https:') === true
}

/** Refuses what another site sends: browsers name the origin of every form that is posted. */
export function originGuard(publicUrl: string | undefined): MiddlewareHandler {
  return async (c, next) => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD' && !isOwnOrigin(c, publicUrl)) {
      throw new Refused(403, 'foreign_origin', 'this form was not sent from here')
    }
    await next()
  }
}

function isOwnOrigin(c: Context, publicUrl: string | undefined): boolean {
  const site = c.req.header('sec-fetch-site')
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  const origin = c.req.header('origin')
  if (origin === undefined) return site !== undefined
  if (origin === publicUrl) return true
  if (!URL.canParse(origin)) return false
  return new URL(origin).host === (c.req.header('host') ?? new URL(c.req.url).host)
}

/** What the door works with: a look at the present moment, and real time. */
export function atDoor({ store, env, clock, real }: ConsoleDeps): DoorLook {
  return { db: store, now: clock.now(), real: real.now(), env }
}

/** Lets in who is signed in, and puts a `View` before them; others are led to the door. */
export function sessionGuard(deps: ConsoleDeps): MiddlewareHandler<ConsoleEnv> {
  return async (c, next) => {
    const token = readToken(c)
    const who = token === undefined ? undefined : signedIn(atDoor(deps), token)
    if (token === undefined || who === undefined) {
      if (c.req.header('hx-request') !== undefined) c.header('HX-Redirect', '/console/sign-in')
      const here = c.req.path + new URL(c.req.url).search
      const back = c.req.method === 'GET' ? `?back=${encodeURIComponent(here)}` : ''
      return c.redirect(`/console/sign-in${back}`)
    }
    c.set('token', token)
    c.set('view', makeView(c, deps, who))
    c.header('Cache-Control', 'no-store')
    await next()
    return undefined
  }
}

/** Every form that is posted carries the session's own secret. */
export function csrfGuard(): MiddlewareHandler<ConsoleEnv> {
  return async (c, next) => {
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') {
      const body = await c.req.parseBody({ all: true })
      const given = Buffer.from(typeof body['csrf'] === 'string' ? body['csrf'] : '')
      const wanted = Buffer.from(c.get('view').who.csrf)
      if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
        throw new Refused(403, 'wrong_form', 'this form is out of date; open the page again')
      }
    }
    await next()
  }
}

/** Lets in who has the role at least. */
export function roleGuard(role: Role): MiddlewareHandler<ConsoleEnv> {
  return async (c, next) => {
    requireRole(c, role)
    await next()
  }
}

/** @throws Refused 403 */
export function requireRole(c: Ctx, role: Role): void {
  if (!may(c.get('view').who.role, role)) {
    throw new Refused(403, 'not_allowed', 'this page is not for your role')
  }
}
