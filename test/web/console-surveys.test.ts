import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openConsole } from '../support/console.ts'
import { readSheet } from '../support/spreadsheet.ts'
import { openTown, type Person, type Town } from '../support/town.ts'

let town: Town
let web: ReturnType<typeof openConsole>
let people: Person[]

beforeEach(() => {
  town = openTown()
  web = openConsole(town)
  people = Array.from({ length: 10 }, (_, i) => town.person(`居民${i}`))
  town.compare()
})
afterEach(() => town[Symbol.dispose]())

const text = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
const START = { survey: 'satisfaction', mode: 'all', unit: 'person', days: '7' }

/** A round that ran from the console, answered by ten people: seven 5s, one 4, two 2s for each item. */
async function finished() {
  const tab = await web.signIn('刘干事', 'staff')
  const started = await tab.post('/console/surveys', START)
  await town.settle()
  for (const [i, who] of people.entries()) {
    await who.says((i < 7 ? '5' : i < 8 ? '4' : '2').repeat(8), '一群')
  }
  const path = started.location?.split('?')[0] ?? ''
  await tab.post(`${path}/end`, {})
  await town.advance({ hours: 25 })
  const again = await web.signIn('王干事', 'staff')
  return { tab: again, path }
}

describe('a round from the console', () => {
  it('opens, is watched without results, closes, shows results and is published', async () => {
    const tab = await web.signIn('刘干事', 'staff')
    const started = await tab.post('/console/surveys', START)
    const path = started.location?.split('?')[0] ?? ''
    await town.settle()
    expect(town.heard().filter((m) => m.to === '一群')).toHaveLength(1)
    await people[0]?.says('55555555', '一群')
    const open = text((await tab.open(path)).html)
    expect(open).toMatch(/参加人数 1 /)
    expect(open).toContain('结果要等这一轮结束才看得到')
    expect(open).not.toContain('满意率')
    expect((await tab.open(`${path}/chart.svg`)).status).toBe(403)
    expect((await tab.open(`${path}?format=csv`)).status).toBe(403)
  })

  it('shows 8 of 10 satisfied with its interval, verdict and distribution', async () => {
    const { tab, path } = await finished()
    const shown = text((await tab.open(path)).html)
    expect(shown).toMatch(
      /满意率（很满意＋满意） 80\.0 % 10 49\.\d % – 94\.\d % 70\.0 % 达标，但人数太少/,
    )
    expect(shown).toMatch(/很满意 7，?/)
    const chart = await tab.open(`${path}/chart.svg`)
    expect(chart.html).toContain('<svg')
    expect(chart.html).toContain('很满意')
  })

  it('publishes once, with what will be done', async () => {
    const { tab, path } = await finished()
    town.heard()
    await tab.post(`${path}/publish`, { measures: '每周检查垃圾房' })
    await town.settle()
    const heard = town.heard()
    expect(heard.map((m) => m.to)).toEqual(['一群', '二群', '三群'])
    expect(heard[0]?.text).toContain('每周检查垃圾房')
    const twice = await tab.post(`${path}/publish`, { measures: '再发一次' })
    expect([twice.status, twice.html.includes('已经发布过')]).toEqual([422, true])
    await town.settle()
    expect(town.heard()).toEqual([])
  })

  it('exports the answers without names', async () => {
    const { tab, path } = await finished()
    const { bytes } = await tab.download(`${path}?format=xlsx`)
    const rows = await readSheet(bytes)
    expect(rows).toHaveLength(11)
    expect(JSON.stringify(rows)).not.toContain('居民0')
  })

  it('refuses a second round for busy groups and keeps what was chosen', async () => {
    const tab = await web.signIn('刘干事', 'staff')
    await tab.post('/console/surveys', START)
    const again = await tab.post('/console/surveys', { ...START, survey: 'awareness' })
    expect(again.status).toBe(422)
    expect(again.html).toContain('【满意度调查】还在进行')
    expect(again.html).toMatch(/value="awareness" selected/)
    const days = await tab.post('/console/surveys', { ...START, days: '99' })
    expect(days.html).toContain('不能大于 60')
  })
})

describe('paper forms', () => {
  const answers = { q: '5' }

  it('count once for each number, and are refused with the mistake beside the question', async () => {
    const tab = await web.signIn('刘干事', 'staff')
    const path = (await tab.post('/console/surveys', START)).location?.split('?')[0] ?? ''
    const fields = [...(await tab.open(path)).html.matchAll(/<input id="([a-z-]+)"/g)]
      .map(([, id]) => id ?? '')
      .filter((id) => id !== 'number')
    expect(fields).toHaveLength(8)
    const form = Object.fromEntries(fields.map((id) => [id, answers.q]))
    const wrong = await tab.post(`${path}/paper`, { number: 'A1', ...form, [fields[2] ?? '']: '9' })
    expect(wrong.status).toBe(422)
    expect(wrong.html).toContain(`id="${fields[2]}-error"`)
    expect(wrong.html).toContain('value="A1"')
    expect(text((await tab.open(path)).html)).toMatch(/参加人数 0 /)

    const blank = Object.fromEntries(fields.map((id) => [id, '']))
    const empty = await tab.post(`${path}/paper`, { number: 'A1', ...blank })
    expect([empty.status, empty.html.includes('一题都没有答')]).toEqual([422, true])
    await tab.post(`${path}/paper`, { number: 'A1', ...form })
    const again = await tab.post(`${path}/paper`, { number: 'A1', ...form })
    expect([again.status, again.html.includes('编号 A1 已经录过了')]).toEqual([422, true])
    const replaced = await tab.post(`${path}/paper`, { number: 'A1', ...form, again: 'yes' })
    expect(replaced.status).toBe(303)
    await tab.post(`${path}/paper`, { number: 'A2', ...form })
    expect(text((await tab.open(path)).html)).toMatch(/受邀以外的回答 2 /)
  })
})
