import { type Context, Hono } from 'hono'
import { type Instant, plus, toInstant, toSpan } from '../../content/time.ts'
import { conform, misfit, Refused, readJson, sizeGuard, tokenGuard } from '../http.ts'
import { streamEvents } from './events.ts'
import { NotAllowed, type Sandbox, UnknownId } from './port.ts'
import * as schema from './schema.ts'

const MAX_BODY = 8 * 1024 * 1024

/** The public interface of the sandbox, to be mounted at `/sandbox/api`. */
export function sandboxApi(sandbox: Sandbox, token: string): Hono {
  const api = new Hono()
  api.use(tokenGuard(token), sizeGuard(MAX_BODY))

  api.get('/state', (c) => c.json(sandbox.state()))
  api.get('/events', (c) => streamEvents(c, sandbox))
  network(api, sandbox)
  messages(api, sandbox)

  api.post('/clock', async (c) => {
    const move = await readJson(c, schema.clockMove)
    return c.json(await sandbox.moveClock((now) => target(move, now)))
  })
  api.post('/relogin', async (c) => {
    const { newIds } = await readJson(c, schema.relogin)
    await sandbox.relogin(newIds)
    return c.json({})
  })
  api.post('/faults', async (c) => {
    sandbox.setFaults(await readJson(c, schema.faults))
    return c.json({})
  })
  return api
}

function network(api: Hono, sandbox: Sandbox): void {
  api.post('/people', async (c) => {
    const { name } = await readJson(c, schema.newPerson)
    return c.json(sandbox.addPerson(name))
  })
  api.post('/rooms', async (c) => {
    const { topic, members } = await readJson(c, schema.newRoom)
    return c.json(sandbox.addRoom(topic, members))
  })
  api.post('/rooms/:id/members', async (c) => {
    const { person, alias } = await readJson(c, schema.newMember)
    await sandbox.addMember(c.req.param('id'), person, alias)
    return c.json({})
  })
  api.delete('/rooms/:id/members/:person', async (c) => {
    await sandbox.removeMember(c.req.param('id'), c.req.param('person'))
    return c.json({})
  })
}

function messages(api: Hono, sandbox: Sandbox): void {
  api.post('/messages', async (c) => {
    const message = await schema.toNewMessage(await readJson(c, schema.newMessage))
    const { id, sent } = await sandbox.say(message)
    return c.json({ id, sent })
  })
  api.get('/messages', (c) => {
    const { room, person = '', since } = conform(schema.whichMessages, c.req.query())
    const where = room === undefined ? { person } : { room }
    return c.json({ messages: sandbox.messages(where, since) })
  })
  api.post('/messages/:id/recall', async (c) => {
    await sandbox.recall(c.req.param('id'))
    return c.json({})
  })
  api.get('/files/:id', (c) => file(c, sandbox, c.req.param('id')))
}

function file(c: Context, sandbox: Sandbox, id: string): Response {
  const found = sandbox.file(id)
  if (!found) throw new UnknownId('file', id)
  // Only a picture may show itself; anything else, a page with a script for one, is for saving.
  const picture = found.type.startsWith('image/') && found.type !== 'image/svg+xml'
  return c.body(new Uint8Array(found.bytes), 200, {
    'Content-Type': picture ? found.type : 'application/octet-stream',
    'Content-Disposition': `${picture ? 'inline' : 'attachment'}; filename*=UTF-8''${quoted(found.name)}`,
    'Cache-Control': 'private, max-age=3600',
  })
}

/** A file name as RFC 8187 wants it; half a surrogate pair cannot be encoded and becomes `_`. */
function quoted(name: string): string {
  const hex = (char: string) => `%${char.charCodeAt(0).toString(16)}`
  return encodeURIComponent(name.replace(/\p{Surrogate}/gu, '_')).replace(/['()*]/g, hex)
}

/** Where the clock is to go. @throws Refused 400 when the text is no time, or one in the past */
function target(move: { set?: string; advance?: string }, now: Instant): Instant {
  const path = move.set === undefined ? 'advance' : 'set'
  const to = read(path, move, now)
  if (to < now) throw misfit(path, 'the clock goes forward only')
  return to
}

function read(path: string, move: { set?: string; advance?: string }, now: Instant): Instant {
  try {
    const to = move.set === undefined ? plus(now, toSpan(move.advance ?? '')) : toInstant(move.set)
    // Beyond the year 9999 an instant is written longer and no longer sorts as text.
    if (to.length === now.length) return to
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
  }
  throw misfit(
    path,
    path === 'set'
      ? 'an ISO 8601 time with an offset, such as 2026-11-23T19:00:00+08:00'
      : 'an ISO 8601 duration of days or smaller, such as PT2H',
  )
}

/** What the sandbox throws, as the refusal that a caller gets; anything else stays as it is. */
export function asRefusal(error: unknown): unknown {
  if (error instanceof UnknownId) return new Refused(404, 'not_found', error.message)
  if (error instanceof NotAllowed) return new Refused(400, 'not_allowed', error.message)
  return error
}
