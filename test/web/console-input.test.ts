import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fileCase } from '../../handlers/reports/filing.ts'
import { startRound } from '../../handlers/surveys/manage.ts'
import { NOISE } from '../support/case-town.ts'
import { openConsole } from '../support/console.ts'
import { crawl, type FoundForm, formsOf } from '../support/console-crawl.ts'
import { openTown, type Town } from '../support/town.ts'

/** Whatever is typed into a form or an address, the answer is a page that says so, never a fault. */

const LONG = '很'.repeat(3_000)
const ODD = [
  '',
  LONG,
  '2026-02-30',
  '9999-12-31',
  '2026-02-30T25:61',
  '25:99',
  '99999999999999999999',
  '👨‍👩‍👧 \u202Eمرحبا\u0000',
]

let town: Town
let web: ReturnType<typeof openConsole>
let owner: Awaited<ReturnType<typeof web.signIn>>
let pages: ReadonlyMap<string, string>
let forms: readonly FoundForm[]

beforeAll(async () => {
  town = openTown()
  web = openConsole(town)
  owner = await web.signIn('张主任', 'owner')
  town.tx((work) => {
    const by = { id: owner.id, role: 'owner' } as const
    fileCase(work, by, undefined, { ...NOISE, words: '太吵' })
    startRound(work, owner.id, {
      survey: 'satisfaction',
      mode: 'all',
      unit: 'person',
      anonymous: false,
      days: 7,
    })
  })
  await owner.open('/console/announcements')
  await owner.post('/console/announcements', { text: '大扫除', 'audience[]': 'all', repeats: '' })
  await town.settle()
  pages = await crawl(owner)
  const found = [...pages].flatMap(([path, html]) => formsOf(path, html))
  forms = [...new Map(found.map((form) => [form.action.replace(/\d+/g, 'n'), form])).values()]
})
afterAll(() => town[Symbol.dispose]())

describe('what nobody expects', () => {
  it('is refused or taken by every form, field by field', async () => {
    const broken: string[] = []
    // The town's chance repeats itself, and with it the codes that new staff get.
    const asked = forms.filter(({ action }) => !/sign-out|everywhere|people$/.test(action))
    expect(asked.length).toBeGreaterThan(30)
    for (const { method, action, fields } of asked) {
      const typed = Object.keys(fields).filter((name) => name !== 'csrf' && name !== 'once')
      for (const name of typed) {
        for (const odd of ODD) {
          const { csrf: _, once: __, ...given } = { ...fields, [name]: odd }
          const path = `${action.split('?')[0]}?${new URLSearchParams(given)}`
          if (method === 'get' && path.length > 8_000) continue
          const { status } =
            method === 'get' ? await owner.open(path) : await owner.post(action, given)
          if (status >= 500) broken.push(`${action} ${name}=${odd.slice(0, 30)}`)
        }
      }
    }
    expect(broken).toEqual([])
  }, 120_000)

  it('is no page, or the nearest one, in an address', async () => {
    const broken: string[] = []
    const addresses = [...pages.keys()].flatMap((path) =>
      ODD.filter((odd) => odd.length < 100).flatMap((odd) => {
        const said = encodeURIComponent(odd)
        const plain = path.replace(/\?.*/, '')
        const query = [...new URL(path, 'http://x').searchParams.keys(), 'page', 'before', 'month']
        return [
          plain.replace(/\d+/, said),
          ...query.map((name) => `${plain}?${new URLSearchParams({ [name]: odd })}`),
        ]
      }),
    )
    for (const path of new Set([...addresses, '/console/programmes?month=9999-12'])) {
      if ((await owner.open(path)).status >= 500) broken.push(path)
    }
    expect(broken).toEqual([])
  }, 120_000)

  it('shows the last page of a list beyond its end', async () => {
    for (const path of ['/console/people', '/console/reports?state=all']) {
      const beyond = await owner.open(`${path}${path.includes('?') ? '&' : '?'}page=99`)
      expect([path, beyond.html.includes('<tbody>')]).toEqual([path, true])
    }
  })
})
