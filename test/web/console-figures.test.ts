import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dateIn, type Instant, plus, toInstant, type Zone } from '../../content/time.ts'
import type { CaseId } from '../../db/schema-reports.ts'
import { fileCase } from '../../handlers/reports/filing.ts'
import { PERIODS, periodAt } from '../../handlers/reports/periods.ts'
import { close, respond, revisit, unreached } from '../../handlers/reports/service.ts'
import { granted, NOISE } from '../support/case-town.ts'
import { openConsole } from '../support/console.ts'
import { readSheet } from '../support/spreadsheet.ts'
import { openTown, type Person, type Town } from '../support/town.ts'

let town: Town
let web: ReturnType<typeof openConsole>
let people: Person[]

beforeEach(async () => {
  town = openTown({ now: '2026-11-02T12:00:00+08:00' })
  web = openConsole(town)
  people = Array.from({ length: 10 }, (_, i) => town.person(`居民${i}`))
  town.compare()
  await town.settle()
})
afterEach(() => town[Symbol.dispose]())

const text = (html: string) =>
  html
    .replace(/<(script|style|select)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')

async function signIn(name = '刘干事', role: 'staff' | 'partner' = 'staff') {
  await town.settle()
  town.heard()
  return web.signIn(name, role)
}

/** Four cases of which three were answered in time; two solved, one not, one not reached; satisfied, basically and not. */
function handleCases(): void {
  const by = { id: town.staff('赵主任', 'staff').id, role: 'staff' } as const
  const ids: CaseId[] = Array.from({ length: 4 }, () =>
    town.tx((w) => granted(fileCase(w, by, undefined, NOISE)).case.id),
  )
  const [a, b, c, d] = ids as [CaseId, CaseId, CaseId, CaseId]
  for (const id of [a, b, c]) town.tx((w) => granted(respond(w, by, id)))
  town.jump('2026-11-05T12:00:00+08:00')
  for (const id of ids) town.tx((w) => granted(close(w, by, id, { note: '办好了' })))
  town.tx((w) => granted(revisit(w, by, a, { result: 'solved', rating: 'satisfied' })))
  town.tx((w) => granted(revisit(w, by, b, { result: 'solved', rating: 'basically' })))
  town.tx((w) => granted(revisit(w, by, c, { result: 'unsolved', rating: 'dissatisfied' })))
  town.tx((w) => granted(unreached(w, by, d)))
}

/** A round that ten people answered: seven 5s, one 4, two 2s for each item. */
async function survey(): Promise<void> {
  const tab = await signIn('王干事')
  const form = { survey: 'satisfaction', mode: 'all', unit: 'person', days: '7' }
  const started = await tab.post('/console/surveys', form)
  await town.settle()
  for (const [i, who] of people.entries()) {
    await who.says((i < 7 ? '5' : i < 8 ? '4' : '2').repeat(8), '一群')
  }
  const path = started.location?.split('?')[0] ?? ''
  expect(text((await tab.open('/console/figures')).html)).toContain('还没有结束的调查')
  await tab.post(`${path}/end`, {})
  await town.advance({ hours: 25 })
}

describe('the figures', () => {
  it('hold the latest round of each survey against its target, with interval and trend', async () => {
    await survey()
    const tab = await signIn()
    const { html } = await tab.open('/console/figures')
    expect(text(html)).toMatch(/满意率 .*? 80\.0 % 10 49\.\d % – 94\.\d % 70\.0 % 达标，但人数太少/)
    expect(text(html)).toMatch(/知晓率 .*?还没有结束的调查。 — — — 90\.0 % 还没有人回答/)
    expect(html).toContain('src="/console/surveys/trend/satisfaction/chart.svg"')
    expect(html).not.toContain('src="/console/surveys/trend/awareness/chart.svg"')
  })

  it('give the three rates of the handling with n, in all, by kind and by month', async () => {
    handleCases()
    const tab = await signIn()
    const month = text((await tab.open('/console/figures')).html)
    const rates = '75.0 % (3/4) 66.7 % (2/3) 66.7 % (2/3) 1'
    expect(month).toContain(`全部类别 ${rates}`)
    expect(month).toContain(`噪音 ${rates}`)
    expect(month).toContain(`2026年11月 ${rates}`)
    expect(month).toContain('2025年12月 — (0/0) — (0/0) — (0/0) 0')
    // In the next month these are of the quarter and the year, and not of the month.
    town.jump('2026-12-02T12:00:00+08:00')
    const later = await signIn('钱干事')
    const shown = async (period: string) =>
      text((await later.open(`/console/figures?period=${period}`)).html)
    expect(await shown('month')).not.toContain(`全部类别 ${rates}`)
    expect(await shown('quarter')).toContain(`全部类别 ${rates}`)
    expect(await shown('year')).toContain(`全部类别 ${rates}`)
    expect((await later.open('/console/figures?period=x')).status).toBe(200)
  })

  it('count what was held against the year and month by month', async () => {
    const lesson = town
      .rows('occurrence')
      .find((o) => o['programme'] === 'weekly-lesson' && o['held_on'] === '2026-11-04')
    await town.goTo('2026-11-05T09:00:00+08:00')
    const tab = await signIn()
    await tab.post(`/console/programmes/${lesson?.['id']}/held`, { attendance: '12' })
    const row = town.rows('occurrence').find((o) => o['id'] === lesson?.['id'])
    expect(row?.['state']).toBe('held')
    const page = text((await tab.open('/console/figures')).html)
    expect(page).toMatch(/每周一课 1 48 2\.1 %/)
    expect(page).toMatch(/每周一课( 0){10} 1 0/)
  })

  it('are drawn as charts, each beside its table', async () => {
    handleCases()
    const tab = await signIn()
    const { html } = await tab.open('/console/figures')
    const charts = [...html.matchAll(/<img class="chart" src="([^"]+)" alt="([^"]+)"/g)]
    expect(charts.map(([, src]) => src)).toEqual([
      '/console/figures/cases/responded/chart.svg',
      '/console/figures/cases/solved/chart.svg',
      '/console/figures/cases/satisfied/chart.svg',
      '/console/figures/programmes/chart.svg',
      '/console/figures/programmes/months.svg',
    ])
    for (const [, src = ''] of charts) {
      const { status, html: svg, headers } = await tab.open(src)
      expect([src, status, headers.get('content-type')]).toEqual([src, 200, 'image/svg+xml'])
      expect(svg).toMatch(/^<svg/)
    }
    expect((await tab.open('/console/figures/cases/responded/chart.svg')).html).toContain('75 %')
    expect((await tab.open('/console/figures/cases/x/chart.svg')).status).toBe(404)
  })

  it('are exported as numbers', async () => {
    handleCases()
    const tab = await signIn()
    const { bytes } = await tab.download('/console/figures?period=year&format=xlsx')
    const rows = await readSheet(bytes)
    expect(rows).toContainEqual(expect.arrayContaining(['响应率', '全部类别', '今年', 3, 4, 75]))
    expect(rows).toContainEqual(expect.arrayContaining(['满意率', '满意度调查', 70]))
    const csv = await tab.download('/console/figures?format=csv')
    expect(new TextDecoder().decode(csv.bytes)).toContain('每周一课,2026,0,48,0')
  })

  it('are for staff', async () => {
    const tab = await signIn('李师傅', 'partner')
    for (const path of ['', '?format=csv', '/cases/solved/chart.svg', '/programmes/chart.svg']) {
      expect([path, (await tab.open(`/console/figures${path}`)).status]).toEqual([path, 403])
    }
    expect((await tab.open('/console/reports')).html).not.toContain('/console/figures')
  })
})

describe('a period', () => {
  const zones = ['Asia/Shanghai', 'America/New_York', 'UTC', 'Pacific/Auckland'] as Zone[]
  const moments = fc
    .integer({ min: 0, max: 20 * 366 * 24 })
    .map((hours) => plus(toInstant('2016-01-01T00:00:00Z'), { hours }))

  it('holds the moment, begins on the first of a month, and follows the one before without a gap', () => {
    fc.assert(
      fc.property(
        moments,
        fc.constantFrom(...zones),
        fc.constantFrom(...PERIODS),
        fc.integer({ min: 0, max: 30 }),
        (now, zone, kind, back) => {
          const period = periodAt(zone, now, kind, back)
          const before = periodAt(zone, now, kind, back + 1)
          expect(before.before).toBe(period.from)
          expect(dateIn(zone, period.from)).toBe(period.day)
          expect(period.day).toMatch(/-01$/)
          if (back > 0) return
          expect(period.from <= now && now < period.before).toBe(true)
        },
      ),
    )
  })

  it('is a month, a quarter or a year of the calendar', () => {
    const now = toInstant('2026-11-24T12:00:00+08:00')
    const days = PERIODS.map((kind) => periodAt('Asia/Shanghai' as Zone, now, kind))
    const day = (at: Instant) => dateIn('Asia/Shanghai' as Zone, at)
    expect(days.map((p) => [day(p.from), day(p.before)])).toEqual([
      ['2026-11-01', '2026-12-01'],
      ['2026-10-01', '2027-01-01'],
      ['2026-01-01', '2027-01-01'],
    ])
  })
})
