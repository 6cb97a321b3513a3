import { createHash, randomBytes } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import type { ConsoleEnv, Ctx } from './view.ts'

/** The field in which every form says which copy of it is posted. */
export const ONCE = 'once'

export function newOnce(): string {
  return randomBytes(12).toString('base64url')
}

/** So many posts are remembered; a second click comes within seconds. */
const REMEMBERED = 500

/**
 * A form that is posted twice, by a second click or an impatient reload, does its work once: the second answer leads
 * where the first one did. One that was refused, or filled in differently meanwhile, is another try.
 */
export function onceGuard(): MiddlewareHandler<ConsoleEnv> {
  const done = new Map<string, Promise<string | undefined>>()
  return async (c, next) => {
    const key = c.req.method === 'POST' ? await keyOf(c) : undefined
    if (key === undefined) return await next()
    // Nothing is waited for between this look and the note below: of two posts at once one comes first.
    const before = done.get(key)
    const there = before && (await before)
    if (there !== undefined) return c.redirect(there, 303)
    const { promise, resolve } = Promise.withResolvers<string | undefined>()
    done.set(key, promise)
    for (const oldest of done.keys()) {
      if (done.size <= REMEMBERED) break
      done.delete(oldest)
    }
    let led: string | undefined
    try {
      await next()
      led = c.res.headers.get('location') ?? undefined
    } finally {
      if (led === undefined) done.delete(key)
      resolve(led)
    }
    return undefined
  }
}

/** By what the same post is known again: who sends which copy of a form where, and everything in it. */
async function keyOf(c: Ctx): Promise<string | undefined> {
  const body = await c.req.parseBody({ all: true })
  if (typeof body[ONCE] !== 'string') return undefined
  const hash = createHash('sha256').update(`${c.get('token')} ${c.req.path}`)
  for (const [name, value] of Object.entries(body)) {
    for (const each of [value].flat()) {
      const said = each instanceof File ? `${each.name} ${each.size} ${each.lastModified}` : each
      hash.update(JSON.stringify([name, said]))
    }
  }
  return hash.digest('hex')
}
