import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openConsole } from '../support/console.ts'
import { demoContent } from '../support/content.ts'
import { openTown, type Town } from '../support/town.ts'

let town: Town
let web: ReturnType<typeof openConsole>

beforeEach(() => {
  town = openTown({ now: '2026-11-24T12:00:00+08:00' })
  web = openConsole(town)
})
afterEach(() => town[Symbol.dispose]())

const owner = () => web.signIn('张主任', 'owner')
const of = (name: string) => `/console/settings/of/${name}`
const fields = (name: string, values: Record<string, string>) =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [`${name}.${key}`, value]))

describe('the settings of the community', () => {
  it('are as in the files until the owner changes one, and can be put back', async () => {
    const tab = await owner()
    expect((await tab.open('/console/settings')).html).toContain(
      '和文件里的一样（rules/chat.yaml）',
    )
    await tab.post(of('chat.quiet'), fields('chat.quiet', { from: '20:00', to: '08:00' }))
    expect(town.env.content.chat.quietHours).toEqual({ from: '20:00', to: '08:00' })
    const changed = (await tab.open('/console/settings')).html
    expect(changed).toContain('张主任 2026-11-24 12:00改过；文件里是：从 21:30 · 到 07:30')
    expect(changed).toContain('value="20:00"')
    await tab.post(`${of('chat.quiet')}/reset`, {})
    expect(town.env.content.chat.quietHours).toEqual({ from: '21:30', to: '07:30' })
    const noted = town.rows('audit').filter((row) => String(row['action']).startsWith('setting.'))
    expect(noted.map((row) => [row['action'], row['subject']])).toEqual([
      ['setting.change', 'chat.quiet'],
      ['setting.reset', 'chat.quiet'],
    ])
    expect(noted[0]?.['details']).toContain('20:00')
  })

  it('hold at once, for what waits in the outbox too, and after a restart', async () => {
    const tab = await owner()
    await tab.post(of('chat.quiet'), fields('chat.quiet', { from: '11:00', to: '12:30' }))
    await tab.post(of('chat.digest'), fields('chat.digest', { at: '09:15' }))
    town.sql(`INSERT INTO outbox (dedupe_key, room_id, priority, text, state, not_before_at, attempts, created_at)
      VALUES ('x', 1, 'notice', '通知', 'queued', '${town.now()}', 0, '${town.now()}')`)
    town.heard()
    await town.settle()
    expect(town.heard()).toEqual([])
    await town.restart()
    expect(town.env.content.chat).toMatchObject({ digestAt: '09:15', quietHours: { to: '12:30' } })
    await town.advance({ minutes: 30 })
    expect(town.heard().map((m) => m.text)).toEqual(['通知'])
  })

  it.each([
    ['chat.quiet', { from: '21:30', to: '21:30' }],
    ['chat.quiet', { from: '25:00', to: '07:30' }],
    ['chat.quiet', {}],
    ['surveys.round.satisfaction', { day: '32', at: '09:30', days: '10' }],
    ['surveys.round.satisfaction', { day: '5', at: '09:30', days: '3' }],
    ['surveys.target.satisfaction', { percent: '0' }],
    ['surveys.target.satisfaction', { percent: '70.5' }],
    ['surveys.population', { people: '-1', households: '' }],
    ['noise.area', { area: '9' }],
  ])('are kept when %s does not fit: %s', async (name, values) => {
    const before = JSON.stringify(town.env.content)
    const tab = await owner()
    const answer = await tab.post(of(name), fields(name, values))
    expect([answer.status, answer.html.includes('这样填不行')]).toEqual([422, true])
    expect(JSON.stringify(town.env.content)).toBe(before)
    expect(town.rows('changed_setting')).toEqual([])
  })

  it('are changed by the owner alone; the others see them', async () => {
    const tab = await web.signIn('刘干事', 'staff')
    const { html } = await tab.open('/console/settings')
    expect(html).toContain('从 21:30 · 到 07:30')
    expect(html).not.toContain('/console/settings/of/')
    const answer = await tab.post(of('chat.digest'), fields('chat.digest', { at: '09:15' }))
    expect(answer.status).toBe(403)
    expect((await (await owner()).post(of('nothing'), {})).status).toBe(404)
  })

  it('give way to the file when it no longer has what they are about, with a warning', async () => {
    const tab = await owner()
    await tab.post(of('noise.area'), fields('noise.area', { area: '1' }))
    expect(town.env.content.noiseRules.area.id).toBe('1')
    const demo = demoContent()
    const areas = demo.noiseRules.areas.filter(({ id }) => id !== '1')
    await town.restart({ ...demo, noiseRules: { ...demo.noiseRules, areas } })
    expect(town.env.content.noiseRules.area.id).toBe('2')
    web = openConsole(town)
    const again = await web.signIn('李主任', 'owner')
    expect((await again.open('/console/health')).html).toContain('noise.area')
  })
})

describe('a round that is open', () => {
  it('keeps its target, its days and its population; the next one has the new ones', async () => {
    const tab = await owner()
    town.person('李阿姨')
    const director = town.staff('周主任', 'staff')
    await director.says('调查 开始 满意度')
    const [open] = town.rows('round')
    const target = (row: Record<string, unknown> | undefined) =>
      JSON.parse(String(row?.['questionnaire'])).target.rate
    await tab.post(
      of('surveys.target.satisfaction'),
      fields('surveys.target.satisfaction', { percent: '85' }),
    )
    await tab.post(
      of('surveys.population'),
      fields('surveys.population', { people: '999', households: '' }),
    )
    await tab.post(
      of('surveys.round.satisfaction'),
      fields('surveys.round.satisfaction', { day: '3', at: '10:00', days: '12' }),
    )
    expect(town.rows('round')).toEqual([open])
    town.sql("UPDATE round SET state = 'cancelled', period = 'x'")
    await director.says('调查 开始 满意度')
    const next = town.rows('round').at(-1)
    expect([target(open), target(next), next?.['population']]).toEqual([0.7, 0.85, 999])
  })
})

describe('two-person approval', () => {
  it('is one setting, changed in chat or here', async () => {
    const tab = await owner()
    await tab.person.says('公告 审批 开')
    expect(town.env.content.announcementRules.approval).toBe(true)
    await tab.post(of('announcements.approval'), fields('announcements.approval', { on: 'off' }))
    expect(town.env.content.announcementRules.approval).toBe(false)
    expect(town.rows('changed_setting')).toEqual([])
  })
})
