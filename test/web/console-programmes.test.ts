import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openConsole } from '../support/console.ts'
import { openTown, type Town } from '../support/town.ts'

let town: Town
let web: ReturnType<typeof openConsole>

beforeEach(() => {
  town = openTown({ now: '2026-11-24T12:00:00+08:00' })
  web = openConsole(town)
})
afterEach(() => town[Symbol.dispose]())

const text = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

/** The page of the lecture of Wednesday, 25 November. */
function lessonPath(): string {
  const row = town
    .rows('occurrence')
    .find((o) => o['programme'] === 'weekly-lesson' && o['held_on'] === '2026-11-25')
  return `/console/programmes/${row?.['id']}`
}

describe('the calendar', () => {
  it('shows the month, each activity on its day, and leads to its page', async () => {
    const tab = await web.signIn('刘干事', 'staff')
    const month = await tab.open('/console/programmes')
    expect(month.html).toContain(`href="${lessonPath()}"`)
    const lesson = text((await tab.open(lessonPath())).html)
    expect(lesson).toMatch(/每周一课 · 明天（11月25日 周三）.*冬季养生.*王医生/)
    const december = text((await tab.open('/console/programmes?month=2026-12')).html)
    expect(december).toContain('活动 · 2026年12月')
    expect((await tab.open('/console/programmes?month=2026-13')).status).toBe(200)
  })
})

describe('changing an occurrence', () => {
  it('tells again whoever was told, once', async () => {
    const tab = await web.signIn('刘干事', 'staff')
    await town.goTo('2026-11-24T19:05:00+08:00')
    expect(town.heard().filter((m) => m.text.includes('每周一课'))).toHaveLength(3)
    const form = { date: '2026-11-26', time: '09:30', venue: '一楼大厅', reason: '停电' }
    const moved = await tab.post(`${lessonPath()}/move`, form)
    expect(moved.status).toBe(303)
    await town.settle()
    const heard = town.heard()
    expect(heard.map((m) => m.to).sort()).toEqual(['一群', '三群', '二群'].sort())
    expect(heard[0]?.text).toMatch(/09:30[\s\S]*一楼大厅/)
    const same = await tab.post(`${moved.location?.split('?')[0]}/move`, form)
    expect(same.status).toBe(422)
  })

  it('refuses a time in the past and keeps what was typed', async () => {
    const tab = await web.signIn('刘干事', 'staff')
    const answer = await tab.post(`${lessonPath()}/move`, {
      date: '2026-11-20',
      time: '09:30',
      venue: '广场',
      reason: '',
    })
    expect(answer.status).toBe(422)
    expect(answer.html).toContain('id="date-error"')
    expect(answer.html).toContain('value="广场"')
  })

  it('is called off only with a reason', async () => {
    const tab = await web.signIn('刘干事', 'staff')
    expect((await tab.post(`${lessonPath()}/cancel`, { why: ' ' })).html).toContain('这一项要填')
    await tab.post(`${lessonPath()}/cancel`, { why: '老师生病' })
    expect(text((await tab.open(lessonPath())).html)).toMatch(/已取消.*老师生病/)
    expect((await tab.post(`${lessonPath()}/cancel`, { why: '再来' })).status).toBe(422)
  })

  it('is marked as held with the number of people, and counted against the target', async () => {
    const tab = await web.signIn('刘干事', 'staff')
    expect((await tab.post(`${lessonPath()}/held`, { attendance: '30' })).status).toBe(422)
    await town.goTo('2026-11-25T17:00:00+08:00')
    const path = lessonPath()
    const again = await web.signIn('王干事', 'staff')
    expect((await again.post(`${path}/held`, { attendance: '-3' })).html).toContain('不能小于 0')
    await again.post(`${path}/held`, { attendance: '32' })
    expect(text((await again.open(path)).html)).toMatch(/到场人数 32/)
    expect(text((await again.open('/console/programmes?month=2026-11')).html)).toMatch(
      /每周一课 1 48/,
    )
  })
})

describe('the lecture plan', () => {
  const csv = (lines: string[]) => new Blob([['日期,题目,老师', ...lines].join('\n')])

  it('is imported from a table after it was seen', async () => {
    const tab = await web.signIn('刘干事', 'staff')
    const before = town.rows('lecture').length
    const seen = await tab.post('/console/lectures/preview', {
      programme: 'weekly-lesson',
      file: csv(['2026-12-02,防诈骗,李警官', '2026-12-09,"<b>消防</b>",赵队长']),
    })
    expect(seen.html).toContain('确认导入 2 课')
    expect(seen.html).not.toContain('<b>消防')
    const table =
      /name="table" value="([^"]*)"/.exec(seen.html)?.[1]?.replaceAll('&quot;', '"') ?? ''
    const escaped = table.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
    await tab.post('/console/lectures/import', { programme: 'weekly-lesson', table: escaped })
    expect(town.rows('lecture').length).toBe(before)
    expect(text((await tab.open('/console/lectures')).html)).toMatch(/防诈骗 李警官/)
  })

  it('names every mistake with its line and imports nothing', async () => {
    const tab = await web.signIn('刘干事', 'staff')
    const seen = await tab.post('/console/lectures/preview', {
      programme: 'weekly-lesson',
      file: csv(['下周三,防诈骗,李警官', '2026-12-09,,赵队长', '2026-12-16,急救,孙护士']),
    })
    expect(seen.status).toBe(422)
    expect(text(seen.html)).toMatch(/有 2 处要改.*2 日期要写成.*下周三.*3 没有写题目/)
    expect(seen.html).not.toContain('/console/lectures/import')
    expect(text((await tab.open('/console/lectures')).html)).not.toContain('急救')
  })

  it.each([
    ['an empty file', new Blob([])],
    ['a picture', new Blob([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 1, 2])])],
    ['a broken spreadsheet', new Blob(['PK nothing'])],
  ])('refuses %s in plain words', async (_, file) => {
    const tab = await web.signIn('刘干事', 'staff')
    const answer = await tab.post('/console/lectures/preview', { programme: 'weekly-lesson', file })
    expect(answer.status).toBe(422)
    expect(answer.html).toMatch(/这一项要填|这不是 CSV|第一行要有这三列/)
    expect(web.errors).toEqual([])
  })
})
