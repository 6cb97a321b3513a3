import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openConsole } from '../support/console.ts'
import { openTown, type Town } from '../support/town.ts'

let town: Town
let web: ReturnType<typeof openConsole>

beforeEach(async () => {
  town = openTown({ now: '2026-11-24T12:00:00+08:00' })
  web = openConsole(town)
  await town.settle()
  town.heard()
})
afterEach(() => town[Symbol.dispose]())

/** What groups heard of it; the author hears how it went. */
const inGroups = (words: string) =>
  town.heard().filter((m) => m.to.endsWith('群') && m.text.includes(words))
const text = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
const FORM = {
  text: '明天上午停水',
  'audience[]': 'all',
  sendAt: '',
  repeats: '',
  until: '',
  expires: '',
}

type Tab = Awaited<ReturnType<typeof web.signIn>>

/** Writes it; gives the path of its page and the code on it. */
async function written(
  tab: Tab,
  extra: Partial<Record<keyof typeof FORM | 'urgent', string>> = {},
) {
  const made = await tab.post('/console/announcements', { ...FORM, ...extra })
  const path = made.location ?? ''
  const { html } = await tab.open(path)
  return { made, path, html, code: /确认码 (\d{4,6})/.exec(html)?.[1] ?? '' }
}

describe('an announcement from the console', () => {
  it('is seen before it is sent, confirmed with its code, and reaches each group once', async () => {
    const tab = await web.signIn('刘干事', 'staff')
    const { path, html, code } = await written(tab)
    expect(text(html)).toMatch(/发给 3 个群： ?一群、二群、三群.*明天上午停水/)
    await town.settle()
    expect(town.heard()).toEqual([])
    expect((await tab.post(`${path}/confirm`, { code: '0000' })).status).toBe(422)
    await tab.post(`${path}/confirm`, { code })
    const twice = await tab.post(`${path}/confirm`, { code })
    expect(twice.status).toBe(422)
    await town.settle()
    const heard = inGroups('明天上午停水')
    expect(heard.map((m) => m.to).sort()).toEqual(['一群', '三群', '二群'].sort())
    expect(text((await tab.open(path)).html)).toContain('3/3 已发')
  })

  it('shows failures with a retry that reaches only those', async () => {
    const tab = await web.signIn('刘干事', 'staff')
    const { path, code } = await written(tab)
    town.trouble((words) => (words.includes('停水') && !done ? new Error('no') : undefined))
    let done = false
    await tab.post(`${path}/confirm`, { code })
    await town.advance({ hours: 1 })
    const page = text((await tab.open(path)).html)
    expect(page).toMatch(/没发成 3/)
    done = true
    town.heard()
    await tab.post(`${path}/retry`, {})
    await town.advance({ minutes: 5 })
    expect(inGroups('停水')).toHaveLength(3)
    expect(text((await tab.open(path)).html)).toContain('3/3 已发')
    expect((await tab.post(`${path}/retry`, {})).status).toBe(422)
  })

  it('goes to the groups that were chosen, at the time that was chosen', async () => {
    const tab = await web.signIn('刘干事', 'staff')
    const { path, code } = await written(tab, {
      'audience[]': 'place:28',
      sendAt: '2026-11-25T09:00',
    })
    await tab.post(`${path}/confirm`, { code })
    await town.goTo('2026-11-25T08:59:00+08:00')
    expect(inGroups('停水')).toEqual([])
    await town.goTo('2026-11-25T09:01:00+08:00')
    expect(inGroups('停水').map((m) => m.to)).toEqual(['二群'])
  })

  it.each([
    ['nothing', { text: '  ' }, '这一项要填'],
    ['nobody', { 'audience[]': 'room:999' }, 'error'],
    ['a time that is past', { sendAt: '2026-11-24T09:00' }, 'error'],
    ['too much', { text: '停'.repeat(6000) }, '太长了'],
  ])('is refused with %s, and what was typed is kept', async (_, extra, says) => {
    const tab = await web.signIn('刘干事', 'staff')
    const answer = await tab.post('/console/announcements', { ...FORM, ...extra })
    expect(answer.status).toBe(422)
    expect(answer.html).toContain(says)
    if (!('text' in extra)) expect(answer.html).toContain('明天上午停水')
    expect(town.rows('announcement' as 'outbox')).toEqual([])
  })

  it('names the groups to choose when none was', async () => {
    const tab = await web.signIn('刘干事', 'staff')
    const { 'audience[]': _, ...rest } = FORM
    const answer = await tab.post('/console/announcements', rest)
    expect(answer.html).toContain('请选要发给哪些群')
  })

  it('is changed before it is confirmed, and called off', async () => {
    const tab = await web.signIn('刘干事', 'staff')
    const { path } = await written(tab)
    expect((await tab.open(`${path}/edit`)).html).toContain('明天上午停水')
    await tab.post(`${path}/edit`, { ...FORM, text: '明天下午停水' })
    expect((await tab.open(path)).html).toContain('明天下午停水')
    await tab.post(`${path}/cancel`, {})
    expect(text((await tab.open(path)).html)).toContain('已取消')
    const { code } = await written(tab)
    expect(code).not.toBe('')
  })

  it('needs a second person where the owner wants it', async () => {
    const owner = await web.signIn('张主任', 'owner')
    const staff = await web.signIn('刘干事', 'staff')
    expect((await staff.post('/console/announcements/approval', {})).status).toBe(403)
    await owner.post('/console/announcements/approval', {})
    const { path, code } = await written(staff)
    await staff.post(`${path}/confirm`, { code })
    const second = /确认码 (\d{4,6})/.exec((await owner.open(path)).html)?.[1] ?? ''
    await town.settle()
    expect(town.heard().filter((m) => m.to === '一群')).toEqual([])
    expect((await staff.post(`${path}/confirm`, { code: second })).status).toBe(422)
    await owner.post(`${path}/confirm`, { code: second })
    await town.settle()
    expect(town.heard().filter((m) => m.to === '一群')).toHaveLength(1)
  })
})
