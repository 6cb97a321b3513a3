import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openConsole } from '../support/console.ts'
import { codeOf, listed, numberOf, openSignUpTown } from '../support/sign-up-town.ts'
import type { Town } from '../support/town.ts'

let town: Town
let web: ReturnType<typeof openConsole>

beforeEach(() => {
  town = openSignUpTown(2, { now: '2026-11-25T10:00:00+08:00' })
  web = openConsole(town)
})
afterEach(() => town[Symbol.dispose]())

const text = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
const path = () => `/console/programmes/${numberOf(town)}`

/** The number of somebody's row. */
function rowOf(name: string): number {
  return Number(town.rows('sign_up').find((r) => r['name'] === name)?.['id'])
}

describe('the list of an occurrence', () => {
  it('shows who has a seat, who waits and who gave up, with the code', async () => {
    const tab = await web.signIn('刘干事', 'staff')
    const no = numberOf(town)
    await town.person('王秀英').says(`报名 ${no} 带我妈`)
    const zhou = town.person('周德福')
    await zhou.says(`候补 ${no}`)
    await zhou.says(`取消报名 ${no}`)
    await town.person('吴桂兰').says(`候补 ${no}`)
    const page = text((await tab.open(path())).html)
    expect(page).toContain('报名 2 人，共 2 个座位 · 候补 1 人')
    expect(page).toContain(codeOf(town))
    expect(page).toMatch(/我妈 王秀英[\s\S]*吴桂兰[\s\S]*取消了的 1 位[\s\S]*周德福[\s\S]*自己取消/)
    expect(text((await tab.open('/console/programmes')).html)).toMatch(/每周一课 报2/)
  })

  it('takes people by hand, on the telephone and at the door, beyond the seats there', async () => {
    const tab = await web.signIn('刘干事', 'staff')
    await tab.open(path())
    const add = (fields: Record<string, string>) => tab.post(`${path()}/people`, fields)
    expect((await add({ name: '', phone: '', way: 'phone' })).html).toContain('id="name-error"')
    expect((await add({ name: '甲', phone: 'x', way: 'phone' })).html).toContain('id="phone-error"')
    expect((await add({ name: '孙奶奶', phone: '', way: 'door' })).html).toContain('开始签到')
    for (const name of ['孙奶奶', '李爷爷', '赵大妈']) {
      expect((await add({ name, phone: '13800000000', way: 'phone' })).status).toBe(303)
    }
    expect(listed(town)).toEqual(['孙奶奶 taken', '李爷爷 taken', '赵大妈 waiting'])
    expect((await add({ name: '孙奶奶', phone: '13900000000', way: 'phone' })).html).toContain(
      '电话不一样',
    )
    await town.goTo('2026-11-25T14:45:00+08:00')
    await tab.open(path())
    await add({ name: '钱大爷', phone: '', way: 'door' })
    expect(listed(town).at(-1)).toBe('钱大爷 taken')
    expect(text((await tab.open(path())).html)).toContain('到了 1 人，没到 2 人')
  })

  it('checks people in and takes them off, and refuses a form that is out of date', async () => {
    const tab = await web.signIn('刘干事', 'staff')
    const no = numberOf(town)
    const wang = town.person('王秀英')
    await wang.says(`报名 ${no}`)
    await tab.open(path())
    const row = `${path()}/people/${rowOf('王秀英')}`
    await wang.says(`取消报名 ${no}`)
    const stale = await tab.post(`${row}/remove`, { state: 'taken' })
    expect(stale.status).toBe(422)
    expect(stale.html).toContain('刚才变了')
    expect((await tab.post(`${row}/remove`, { state: 'x' })).status).toBe(422)
    await wang.says(`报名 ${no}`)
    expect((await tab.post(`${row}/came`, { state: 'taken', came: '1' })).status).toBe(422)
    await town.goTo('2026-11-25T14:45:00+08:00')
    await tab.open(path())
    expect((await tab.post(`${row}/came`, { state: 'taken', came: '1' })).status).toBe(303)
    expect(text((await tab.open(path())).html)).toContain('到了 1 人')
    expect((await tab.post(`${row}/came`, { state: 'taken', came: '0' })).status).toBe(303)
    expect(town.rows('sign_up')[0]).toMatchObject({ arrived_at: null })
    const foreign = `/console/programmes/${numberOf(town, 'weekly-lesson', '2026-12-02')}/people`
    const wrong = await tab.post(`${foreign}/${rowOf('王秀英')}/remove`, { state: 'taken' })
    expect(wrong.status).toBe(422)
    expect(listed(town)).toEqual(['王秀英 taken'])
  })

  it('is printed with boxes to tick, and downloaded without formulas', async () => {
    const tab = await web.signIn('刘干事', 'staff')
    await tab.open(path())
    await tab.post(`${path()}/people`, { name: '=1+2', phone: '', way: 'phone' })
    const print = text((await tab.open(`${path()}/print`)).html)
    expect(print).toMatch(/☐ 1. =1\+2[\s\S]*☐ 2\./)
    const csv = await tab.download(`${path()}/people?format=csv`)
    expect(new TextDecoder().decode(csv.bytes)).toContain("'=1+2")
    const xlsx = await tab.download(`${path()}/people?format=xlsx`)
    expect(xlsx.bytes.slice(0, 2)).toEqual(new Uint8Array([0x50, 0x4b]))
  })

  it('is for staff alone', async () => {
    const tab = await web.signIn('李师傅', 'partner')
    for (const page of [path(), `${path()}/print`, `${path()}/people?format=csv`]) {
      expect((await tab.open(page)).status, page).toBe(403)
    }
  })
})

describe('an occurrence that has passed', () => {
  it('waits on the page of today until staff say whether it was held', async () => {
    const tab = await web.signIn('刘干事', 'staff')
    await town.goTo('2026-11-26T09:00:00+08:00')
    const again = await web.signIn('王干事', 'staff')
    expect(text((await again.open('/console/today')).html)).toMatch(
      /待确认是否举办[\s\S]*2026-11-25 15:00 每周一课/,
    )
    expect((await again.post(`${path()}/missed`, {})).status).toBe(303)
    expect(text((await again.open(path())).html)).toContain('未举办')
    const held = { attendance: '25', note: '都说好' }
    expect((await again.post(`${path()}/held`, held)).status).toBe(303)
    expect(text((await again.open(path())).html)).toMatch(/已举办[\s\S]*25[\s\S]*都说好/)
    expect(tab.id).not.toBe(again.id)
  })
})
