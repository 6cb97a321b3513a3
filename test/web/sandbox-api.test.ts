import { beforeEach, describe, expect, it } from 'vitest'
import { toZone } from '../../content/time.ts'
import { createWebApp } from '../../web/server.ts'
import { createFakeSandbox, type FakeSandbox, PNG } from '../support/fake-sandbox.ts'

const TOKEN = 'the-token'
let sandbox: FakeSandbox
let app: ReturnType<typeof createWebApp>

beforeEach(() => {
  sandbox = createFakeSandbox()
  app = createWebApp({
    allowedHosts: [],
    health: () => ({}),
    logger: { info: () => {}, warn: () => {}, error: () => {} },
    sandbox: { sandbox, token: TOKEN, zone: toZone('Asia/Shanghai') },
  })
})

interface Answer {
  readonly error: { readonly code: string; readonly issues: readonly { readonly path: string }[] }
  readonly messages: readonly { readonly text?: string }[]
}

async function call(method: string, path: string, body?: unknown) {
  const response = await app.request(`/sandbox/api${path}`, {
    method,
    headers: { Authorization: `Bearer ${TOKEN}` },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  return { status: response.status, json: (await response.json()) as Answer }
}

const post = (path: string, body: unknown) => call('POST', path, body)
const say = (body: object) => post('/messages', { from: 'p1', room: 'r1', ...body })

/** The paths that a 400 complains about. */
async function complaints(answer: ReturnType<typeof call>): Promise<readonly string[]> {
  const { status, json } = await answer
  expect(status).toBe(400)
  expect(json.error).toMatchObject({ code: 'invalid_request', message: expect.any(String) })
  return json.error.issues.map((issue) => issue.path)
}

describe('who may call', () => {
  it.each([
    ['none', undefined],
    ['another token', 'Bearer other'],
    ['another scheme', `Basic ${TOKEN}`],
    ['a longer token', `Bearer ${TOKEN}x`],
  ])('refuses a caller with %s', async (_, authorization) => {
    const headers = authorization ? { Authorization: authorization } : {}
    const response = await app.request('/sandbox/api/state', { headers })
    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({ error: { code: 'unauthorized', issues: [] } })
  })

  it('asks for the token before it says what exists', async () => {
    expect((await app.request('/sandbox/api/nothing')).status).toBe(401)
  })

  it('answers an unknown path in JSON', async () => {
    const { status, json } = await call('GET', '/nothing')
    expect(status).toBe(404)
    expect(json.error.code).toBe('not_found')
  })
})

describe('bodies', () => {
  it.each(['{', '', 'null', '[]', '"text"', '7'])('refuses %j', async (body) => {
    expect(await complaints(post('/people', body))).toEqual([''])
  })

  it('names a field that it does not know', async () => {
    expect(await complaints(post('/people', { name: '赵', nick: 'x' }))).toEqual(['nick'])
  })

  it('refuses a body over 8 MiB', async () => {
    const { status, json } = await say({ text: 'a'.repeat(8 * 1024 * 1024) })
    expect(status).toBe(413)
    expect(json).toMatchObject({ error: { code: 'too_large', issues: [] } })
  })

  it('takes a body of just under 8 MiB', async () => {
    expect((await say({ text: 'a'.repeat(8 * 1024 * 1024 - 100) })).status).toBe(200)
  })
})

describe('people and rooms', () => {
  it('shows the network', async () => {
    const { json } = await call('GET', '/state')
    expect(json).toEqual(JSON.parse(JSON.stringify(sandbox.state())))
  })

  it('adds a person and a room with them', async () => {
    const person = await post('/people', { name: '赵大妈' })
    expect(person.json).toEqual({ id: 'p4' })
    const members = [{ person: 'p4', alias: '18-2-101 赵大妈' }, { person: 'p1' }]
    const room = await post('/rooms', { topic: '28街坊', members })
    expect(room.json).toEqual({ id: 'r4' })
    expect(
      sandbox
        .state()
        .rooms.at(-1)
        ?.members.map((m) => m.alias),
    ).toContain('18-2-101 赵大妈')
  })

  it.each([
    ['/people', { name: ' ' }, 'name'],
    ['/people', {}, 'name'],
    ['/rooms', { topic: '28街坊' }, 'members'],
    ['/rooms', { topic: '28街坊', members: [{ person: 7 }] }, 'members.0.person'],
    ['/rooms/r1/members', { alias: 'x' }, 'person'],
    ['/relogin', {}, 'newIds'],
    ['/relogin', { newIds: 'yes' }, 'newIds'],
  ])('%s with %j complains about %s', async (path, body, complaint) => {
    expect(await complaints(post(path, body))).toEqual([complaint])
  })

  it('brings a member in and takes them out', async () => {
    const ids = () => sandbox.state().rooms[0]?.members.map((m) => m.person)
    expect((await post('/rooms/r1/members', { person: 'p3' })).json).toEqual({})
    expect(ids()).toContain('p3')
    expect((await call('DELETE', '/rooms/r1/members/p3')).json).toEqual({})
    expect(ids()).not.toContain('p3')
  })

  it.each([
    ['POST', '/rooms/nowhere/members', { person: 'p1' }],
    ['POST', '/rooms/r1/members', { person: 'nobody' }],
    ['DELETE', '/rooms/r1/members/nobody', undefined],
    ['POST', '/messages', { from: 'nobody', room: 'r1', text: 'a' }],
    ['POST', '/messages', { from: 'p1', room: 'r1', text: 'a', quote: 'nothing' }],
    ['POST', '/messages/nothing/recall', undefined],
    ['GET', '/messages?room=nowhere', undefined],
    ['GET', '/messages?person=nobody', undefined],
    ['GET', '/messages?room=r1&since=nothing', undefined],
    ['GET', '/files/nothing', undefined],
  ])('%s %s does not find an unknown id', async (method, path, body) => {
    const { status, json } = await call(method, path, body)
    expect(status).toBe(404)
    expect(json.error).toMatchObject({ code: 'not_found', issues: [] })
  })
})

describe('saying something', () => {
  it('gives the id and what the bot said', async () => {
    const { status, json } = await say({ text: '小邻 帮助' })
    expect(status).toBe(200)
    expect(json).toEqual({
      id: 'm1',
      sent: [
        expect.objectContaining({ id: 'm2', from: 'bot', room: 'r1', text: '收到:小邻 帮助' }),
      ],
    })
  })

  it('speaks to the bot alone', async () => {
    await post('/messages', { from: 'p1', to: 'bot', text: '帮助' })
    expect(sandbox.heard).toEqual([{ from: 'p1', to: 'bot', kind: 'text', text: '帮助' }])
  })

  it('passes mentions and a quote on', async () => {
    await say({ text: '早' })
    await say({ text: '@小邻 早', mentions: ['bot'], quote: 'm1' })
    expect(sandbox.heard[1]).toMatchObject({ mentions: ['bot'], quote: 'm1' })
  })

  it.each([
    ['20,000 characters', '楼'.repeat(20_000)],
    ['control characters', 'a\u0000b\u0007c\u200b\u202e\ufeff\r\n\t'],
    ['half of a pair', 'a\ud83d'],
    ['markup', '<script>alert(1)</script>'],
  ])('passes %s on unchanged', async (_, text) => {
    expect((await say({ text })).status).toBe(200)
    expect(sandbox.heard[0]?.text).toBe(text)
  })

  it('lets words and a picture say what kind they are', async () => {
    await say({ kind: 'text', text: '早' })
    const base64 = Buffer.from(PNG).toString('base64')
    await say({ kind: 'image', image: { name: 'a.png', base64 } })
    expect(sandbox.heard.map(({ kind }) => kind)).toEqual(['text', 'image'])
  })

  it('sends what is neither words nor a picture', async () => {
    await say({ kind: 'location' })
    expect(sandbox.heard).toEqual([{ from: 'p1', room: 'r1', kind: 'location' }])
  })

  it.each([
    [{ from: 'p1', text: 'a' }, 'room'],
    [{ from: 'p1', room: 'r1', to: 'bot', text: 'a' }, 'to'],
    [{ from: 'p1', to: 'p2', text: 'a' }, 'to'],
    [{ room: 'r1', text: 'a' }, 'from'],
    [{ from: 'p1', room: 'r1' }, 'text'],
    [{ from: 'p1', room: 'r1', text: '' }, 'text'],
    [{ from: 'p1', room: 'r1', text: 'a', kind: 'audio' }, 'kind'],
    [{ from: 'p1', room: 'r1', text: 'a', kind: 'image' }, 'kind'],
    [{ from: 'p1', room: 'r1', kind: 'text' }, 'kind'],
    [{ from: 'p1', room: 'r1', kind: 'shout' }, 'kind'],
    [{ from: 'p1', room: 'r1', kind: 'audio', mentions: ['bot'] }, 'mentions'],
    [{ from: 'p1', room: 'r1', text: 'a', mentions: 'bot' }, 'mentions'],
    [{ from: 'p1', room: 'r1', image: { name: 'a.png' } }, 'image.base64'],
  ])('%j complains about %s', async (body, complaint) => {
    expect(await complaints(post('/messages', body))).toEqual([complaint])
    expect(sandbox.heard).toEqual([])
  })

  it('answers with a 400 when the network does not allow it', async () => {
    const { status, json } = await post('/messages', { from: 'p3', room: 'r1', text: 'a' })
    expect(status).toBe(400)
    expect(json.error).toMatchObject({ code: 'not_allowed', issues: [] })
  })

  it('takes a message back', async () => {
    await say({ text: '说错了' })
    expect((await call('POST', '/messages/m1/recall')).json).toEqual({})
    expect(sandbox.messages({ room: 'r1' })[0]?.kind).toBe('recall')
  })
})

describe('pictures', () => {
  const base64 = Buffer.from(PNG).toString('base64')

  it('takes one by its content and gives it back', async () => {
    await say({ image: { name: "楼道'1'.txt", base64 } })
    expect(sandbox.heard[0]?.image).toMatchObject({ name: "楼道'1'.txt", type: 'image/png' })
    const url = sandbox.messages({ room: 'r1' })[0]?.file?.url ?? ''
    expect((await app.request(url)).status).toBe(401)
    const response = await app.request(url, { headers: { Authorization: `Bearer ${TOKEN}` } })
    expect(response.headers.get('content-type')).toBe('image/png')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect(response.headers.get('content-disposition')).toBe(
      "inline; filename*=UTF-8''%E6%A5%BC%E9%81%93%271%27.txt",
    )
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(PNG)
  })

  it.each([
    ['no base64', '***'],
    ['base64 that is cut off', base64.slice(0, -2)],
    ['nothing', ''],
    ['a text', Buffer.from('just words').toString('base64')],
    ['a web page', Buffer.from('<!doctype html><script>1</script>').toString('base64')],
    ['a PDF', Buffer.from('%PDF-1.7\n1 0 obj').toString('base64')],
  ])('refuses %s', async (_, bytes) => {
    const image = { name: 'a.png', base64: bytes }
    expect(await complaints(say({ image }))).toEqual(['image.base64'])
  })
})

describe('reading messages', () => {
  it('gives those of a room, or of a direct chat, after a message', async () => {
    await say({ text: '一' })
    await say({ text: '二' })
    await post('/messages', { from: 'p1', to: 'bot', text: '三' })
    const texts = async (query: string) => {
      const { json } = await call('GET', `/messages?${query}`)
      return json.messages.map((message) => message.text)
    }
    expect(await texts('room=r1')).toEqual(['一', '收到:一', '二', '收到:二'])
    expect(await texts('room=r1&since=m2')).toEqual(['二', '收到:二'])
    expect(await texts('person=p1')).toEqual(['三', '收到:三'])
  })

  it.each(['', '?room=r1&person=p1', '?room=', '?since=m1', '?room=r1&sort=up'])(
    'refuses /messages%s',
    async (query) => {
      expect(await complaints(call('GET', `/messages${query}`))).toHaveLength(1)
    },
  )
})

describe('the clock', () => {
  it('goes to a moment, and by a duration', async () => {
    const set = await post('/clock', { set: '2026-11-23T19:00:00+08:00' })
    expect(set.json).toEqual({
      now: '2026-11-23T11:00:00.000Z',
      sent: [expect.objectContaining({ text: '提醒:明早有活动' })],
    })
    const advance = await post('/clock', { advance: 'PT2H' })
    expect(advance.json).toEqual({ now: '2026-11-23T13:00:00.000Z', sent: [] })
  })

  it.each([
    [{}, 'set'],
    [{ set: '2026-11-23T19:00:00+08:00', advance: 'PT2H' }, 'advance'],
    [{ set: '2026-11-23T14:59:59+08:00' }, 'set'],
    [{ set: '2026-11-23T19:00:00' }, 'set'],
    [{ set: 'tomorrow' }, 'set'],
    [{ set: 5 }, 'set'],
    [{ advance: '-PT1H' }, 'advance'],
    [{ advance: 'P1M' }, 'advance'],
    [{ advance: '2h' }, 'advance'],
    [{ advance: 'P9999999D' }, 'advance'],
    [{ set: '+012026-01-01T00:00:00Z' }, 'set'],
  ])('%j complains about %s', async (body, complaint) => {
    expect(await complaints(post('/clock', body))).toEqual([complaint])
  })
})

describe('faults and log-ins', () => {
  it('takes shares and booleans', async () => {
    const some = { dropSends: 0.5, duplicateEvents: true, throwOnSend: false, loseMessageIds: 1 }
    expect((await post('/faults', some)).json).toEqual({})
    expect(sandbox.faults()).toEqual({
      dropSends: 0.5,
      duplicateEvents: 1,
      throwOnSend: 0,
      loseMessageIds: true,
      truncateAtColonNewline: false,
      textMentionsOnly: false,
    })
  })

  it('leaves alone what it is not told', async () => {
    await post('/faults', { dropSends: 0.5 })
    await post('/faults', { textMentionsOnly: true })
    expect(sandbox.faults()).toMatchObject({ dropSends: 0.5, textMentionsOnly: true })
  })

  it.each([[{ dropSends: 1.1 }], [{ dropSends: -0.1 }], [{ dropSends: 'all' }], [{ drop: 1 }]])(
    'refuses %j',
    async (body) => {
      expect(await complaints(post('/faults', body))).toEqual(Object.keys(body))
    },
  )

  it('logs in again', async () => {
    expect((await post('/relogin', { newIds: true })).json).toEqual({})
    expect(sandbox.relogins).toEqual([true])
  })
})

describe('events', () => {
  it('streams what happens until the caller leaves', async () => {
    const headers = { Authorization: `Bearer ${TOKEN}` }
    const response = await app.request('/sandbox/api/events', { headers })
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    expect(sandbox.listeners()).toBe(1)
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    expect((await reader?.read())?.value).toBe(': alive\n\n')
    await say({ text: '第一行\n第二行' })
    const block = (await reader?.read())?.value ?? ''
    expect(block.startsWith('event: message\ndata: {')).toBe(true)
    expect(JSON.parse(block.split('data: ')[1] ?? '')).toMatchObject({
      type: 'message',
      message: { id: 'm1', text: '第一行\n第二行' },
    })
    await reader?.cancel()
    await expect.poll(() => sandbox.listeners()).toBe(0)
  })
})
