import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { insertResident } from '../../db/queries/resident.ts'
import { updateRoom } from '../../db/queries/room.ts'
import { fileCase } from '../../handlers/reports/filing.ts'
import { NOISE } from '../support/case-town.ts'
import { openConsole } from '../support/console.ts'
import { crawl, type FoundForm, formsOf } from '../support/console-crawl.ts'
import { openTown, type Town } from '../support/town.ts'

/** What holds for every page and form of the console; both are taken from what is registered, so a new one is covered. */

const HOSTILE = `<script>alert(1)</script>=HYPERLINK("http://x") ../../x '; drop table room;--`

let town: Town
let web: ReturnType<typeof openConsole>
let owner: Awaited<ReturnType<typeof web.signIn>>
let partner: Awaited<ReturnType<typeof web.signIn>>
let pages: ReadonlyMap<string, string>
let forms: readonly FoundForm[]

beforeAll(async () => {
  town = openTown()
  web = openConsole(town)
  owner = await web.signIn('张主任', 'owner')
  partner = await web.signIn('李师傅', 'partner')
  town.tx((work) => {
    const by = insertResident(work.tx, { name: HOSTILE, role: 'resident', created_at: work.now })
    const problem = { ...NOISE, words: HOSTILE, placeWords: HOSTILE }
    fileCase(work, { id: by, role: 'resident' }, by, problem)
    updateRoom(work.tx, town.rooms.一群, { topic: `=${HOSTILE}`, tags: JSON.stringify([HOSTILE]) })
  })
  await owner.open('/console/announcements')
  await owner.post('/console/announcements', {
    text: `=${HOSTILE}`,
    'audience[]': 'all',
    sendAt: '',
    repeats: '',
    until: '',
    expires: '',
    files: new File(['%PDF'], `${HOSTILE}.pdf`),
  })
  await town.settle()
  pages = await crawl(owner)
  forms = [...pages].flatMap(([path, html]) => formsOf(path, html))
})
afterAll(() => town[Symbol.dispose]())

const PARAMETER = /:\w+(\{.*?\}+)?/g
/** A route with numbers for its parameters. */
const real = (route: string) => route.replace(PARAMETER, '1')

/** All that is stored, but for when a session was last seen. */
function stored(): string {
  const tables = Object.keys(town.counts()).filter((name) => name !== 'web_session')
  return JSON.stringify(tables.map((name) => town.rows(name as 'outbox')))
}

const posted = () => web.routes('POST').filter((path) => !path.startsWith('/console/sign-in'))
/** What partners and stewards have pages for. */
const OPEN = /^\/console\/(today|reports|photos|settings|sign-out|language)(\/|$)/

describe('every form', () => {
  it('is refused without a session, without its secret, and from another site', async () => {
    const before = stored()
    expect(posted().length).toBeGreaterThan(30)
    for (const route of posted()) {
      const path = real(route)
      const outside = await web.browser().post(path, {})
      expect([path, outside.location]).toEqual([path, '/console/sign-in'])
      for (const [fields, headers] of [
        [{ csrf: '' }, {}],
        [{ csrf: 'ab'.repeat(16) }, {}],
        [{}, { origin: 'http://evil.example' }],
        [{}, { origin: 'null' }],
        [{}, { 'sec-fetch-site': 'cross-site' }],
      ] as const) {
        const answer = await owner.post(path, fields, headers)
        expect([path, headers, answer.status]).toEqual([path, headers, 403])
      }
    }
    expect(stored()).toBe(before)
  })

  it('of staff is refused to a partner, and of a case that is not theirs is not there', async () => {
    await partner.open('/console/today')
    const before = stored()
    for (const route of posted().filter((path) => !/\/(settings|sign-out)/.test(path))) {
      const { status } = await partner.post(real(route), {})
      const fits = OPEN.test(route) ? [403, 404, 422] : [403]
      expect(fits, real(route)).toContain(status)
    }
    expect(stored()).toBe(before)
  })

  it('works without scripts, and says which copy of it is posted', () => {
    const known = web
      .routes('POST')
      .map((route) => new RegExp(`^${route.replace(PARAMETER, '[^/]+')}$`))
    expect(forms.length).toBeGreaterThan(40)
    for (const { page, method, action, fields } of forms) {
      if (method === 'get') continue
      expect([page, known.some((route) => route.test(action))]).toEqual([page, true])
      expect(Object.keys(fields), `${page} ${action}`).toEqual(
        expect.arrayContaining(['csrf', 'once']),
      )
    }
    for (const html of pages.values()) expect(html).not.toMatch(/hx-(post|put|patch|delete)/)
  })
})

describe('every page', () => {
  it('leads to the door without a session, and is closed to partners where it is not theirs', async () => {
    const open = /^\/console\/($|assets|sign-in|language)/
    for (const route of web.routes('GET').filter((path) => !open.test(path))) {
      const path = real(route)
      const outside = await web.browser().open(path)
      expect([path, outside.html.includes('登录工作台')]).toEqual([path, true])
      if (OPEN.test(route)) continue
      expect([path, (await partner.open(path)).status]).toEqual([path, 403])
    }
  })

  it('holds no script and no style of its own, and forbids them', async () => {
    expect(pages.size).toBeGreaterThan(20)
    for (const [path, html] of pages) {
      expect(html, path).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\s(on\w+|style)="|javascript:/i)
    }
    const policy = (await owner.open('/console/today')).headers.get('content-security-policy')
    expect(policy).toContain("script-src 'self'")
    expect(policy).not.toContain('unsafe')
  })

  it('shows what is hostile as plain text, on the page and in its files', async () => {
    const shown = [...pages].filter(([, html]) => html.includes('&lt;script&gt;alert(1)'))
    expect(shown.map(([path]) => path)).toEqual(
      expect.arrayContaining(['/console/announcements', '/console/groups', '/console/people']),
    )
    for (const [path, html] of pages) expect(html, path).not.toContain('<script>alert')
    const links = [...pages.values()].flatMap((html) =>
      [...html.matchAll(/href="([^"]*format=csv[^"]*)"/g)].map(([, href = '']) => href),
    )
    for (const href of new Set(links)) {
      const { bytes } = await owner.download(href.replaceAll('&amp;', '&'))
      expect(Buffer.from(bytes).toString(), href).not.toMatch(/(^|\n|,)"?=/)
    }
    expect(town.rows('announcement_file').map((row) => row['name'])).toEqual([
      `x '; drop table room;--.pdf`,
    ])
    expect(town.rows('room')).toHaveLength(4)
  })
})

it('whatever is posted twice is done once', async () => {
  const lasting = forms.filter(
    ({ method, action }) => method === 'post' && !/sign-out|settings/.test(action),
  )
  let done = 0
  for (const { page, action } of lasting) {
    const fresh = formsOf(page, (await owner.open(page)).html).find((f) => f.action === action)
    if (fresh === undefined) continue
    const first = await owner.post(action, fresh.fields)
    if (first.location === undefined) continue
    done++
    const before = stored()
    const second = await owner.post(action, fresh.fields)
    expect([action, second.location]).toEqual([action, first.location])
    expect(stored(), action).toBe(before)
  }
  expect(done).toBeGreaterThan(5)
})
