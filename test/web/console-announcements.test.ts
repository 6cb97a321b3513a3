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
    const seen = /name="seen" value="([^"]+)"/.exec((await tab.open(`${path}/edit`)).html)?.[1]
    await tab.post(`${path}/edit`, { ...FORM, text: '明天下午停水', seen: seen ?? '' })
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

const PDF = new File(['%PDF-1.7 words'], '停水通知.pdf')
const JPEG = new File([new Uint8Array([0xff, 0xd8, 1])], 'a.jpg')
const filesIn = () => town.rows('announcement_file').map((row) => row['name'])

/** What stands beside the field. */
const beside = (html: string, field: string) =>
  new RegExp(`id="${field.replace(/[[\]]/g, '\\$&')}-error"[^>]*>([^<]*)`).exec(html)?.[1] ?? ''

describe('pictures and files of an announcement', () => {
  it('are shown before it is sent, and go out after the words', async () => {
    const tab = await web.signIn('刘干事', 'staff')
    const made = await tab.post('/console/announcements', { ...FORM, files: [JPEG, PDF] })
    const path = made.location ?? ''
    const { html } = await tab.open(path)
    expect(html).toContain(`<img src="${path}/files/1"`)
    expect(html).toContain('停水通知.pdf')
    const file = await tab.download(`${path}/files/2`)
    expect(file.headers.get('content-disposition')).toContain("attachment; filename*=UTF-8''")
    expect(file.headers.get('content-type')).toBe('application/octet-stream')
    expect(Buffer.from(file.bytes).toString()).toBe('%PDF-1.7 words')
    await tab.post(`${path}/confirm`, { code: /确认码 (\d{4,6})/.exec(html)?.[1] ?? '' })
    await town.settle()
    const heard = town.heard().filter((m) => m.to === '一群')
    expect(heard.map((m) => m.text.split(' ')[0])).toEqual([
      '【社区公告】\n明天上午停水',
      '[picture]',
      '停水通知.pdf',
    ])
  })

  it('that do not fit are refused beside the field, and the others need not be chosen again', async () => {
    const tab = await web.signIn('刘干事', 'staff')
    const wrong = new File(['MZ'], '病毒.pdf')
    const large = new File([`%PDF${'x'.repeat(2000)}`], '大.pdf')
    for (const [bad, says] of [
      [wrong, '病毒.pdf：这个文件发不了'],
      [large, '大.pdf：这个文件太大了，最多 10 MB'],
    ] as const) {
      const answer = await tab.post('/console/announcements', { ...FORM, files: [PDF, bad] })
      expect(answer.status).toBe(422)
      expect(beside(answer.html, 'files')).toContain(says)
      expect(answer.html).toContain('明天上午停水')
      const kept = /name="kept\[\]" value="([^"]+)" checked/.exec(answer.html)?.[1] ?? ''
      await tab.post('/console/announcements', { ...FORM, 'kept[]': kept })
    }
    expect(filesIn()).toEqual(['停水通知.pdf', '停水通知.pdf'])
  })

  it('are taken off again, and joined by others, until it is confirmed', async () => {
    const tab = await web.signIn('刘干事', 'staff')
    const { location: path = '' } = await tab.post('/console/announcements', {
      ...FORM,
      files: [JPEG, PDF],
    })
    const { html } = await tab.open(`${path}/edit`)
    const [picture = ''] = [...html.matchAll(/name="kept\[\]" value="([^"]+)"/g)].map((m) => m[1])
    const seen = /name="seen" value="([^"]+)"/.exec(html)?.[1] ?? ''
    const other = new File(['%PDF other'], '名单.pdf')
    await tab.post(`${path}/edit`, { ...FORM, seen, 'kept[]': picture, files: other })
    expect(filesIn()).toEqual([null, '名单.pdf'])
  })

  it('are five at most, and none that somebody made up', async () => {
    const tab = await web.signIn('刘干事', 'staff')
    const many = Array.from({ length: 6 }, (_, i) => new File([`%PDF ${i}`], `${i}.pdf`))
    const answer = await tab.post('/console/announcements', { ...FORM, files: many })
    expect(beside(answer.html, 'files')).toContain('最多 5 个')
    for (const made of ['ab'.repeat(32), `${'ab'.repeat(32)}:..%2F..%2Fx`, '../../x']) {
      await tab.post('/console/announcements', { ...FORM, 'kept[]': made })
    }
    expect(filesIn()).toEqual([])
  })
})

describe('a form that is filled in wrongly', () => {
  it.each([
    [{ sendAt: '2026-11-24T09:00' }, 'sendAt', '时间已经过了'],
    [{ repeats: 'daily', until: '2026-12-01' }, 'sendAt', '第一次什么时候发'],
    [{ repeats: 'daily', sendAt: '2026-11-25T09:00' }, 'until', '到哪天为止'],
    [{ until: '2026-12-01' }, 'repeats', '多久重复一次'],
    [{ until: '2026-13-45' }, 'until', '不对'],
    [{ expires: '2026-11-24T11:00' }, 'expires', '还没到发的时间就过期'],
    [{ text: '停'.repeat(1900) }, 'text', '太长了，有 1900 个字'],
    [{ 'audience[]': 'place:nowhere' }, 'audience[]', '没有这样的群'],
  ])('says so beside the field, %j', async (wrong, field, says) => {
    const tab = await web.signIn('刘干事', 'staff')
    const answer = await tab.post('/console/announcements', { ...FORM, ...wrong })
    expect(answer.status).toBe(422)
    expect(beside(answer.html, field)).toContain(says)
    expect(town.rows('announcement')).toEqual([])
  })

  it('changes nothing when the announcement was changed meanwhile, until it is sent again', async () => {
    const tab = await web.signIn('刘干事', 'staff')
    const { path } = await written(tab)
    const stale = /name="seen" value="([^"]+)"/.exec((await tab.open(`${path}/edit`)).html)?.[1]
    await tab.person.says('公告 修改 1 后天停水')
    const change = { ...FORM, text: '明天停电', seen: stale ?? '' }
    const answer = await tab.post(`${path}/edit`, change)
    expect(answer.status).toBe(422)
    expect(text(answer.html)).toContain('刚刚改过了')
    expect(answer.html).toContain('明天停电')
    expect((await tab.open(path)).html).toContain('后天停水')
    const seen = /name="seen" value="([^"]+)"/.exec(answer.html)?.[1] ?? ''
    await tab.post(`${path}/edit`, { ...change, seen })
    expect((await tab.open(path)).html).toContain('明天停电')
  })

  it('confirms no other announcement than the one that is shown', async () => {
    const tab = await web.signIn('刘干事', 'staff')
    const first = await written(tab)
    const second = await written(tab, { text: '明天停电' })
    expect((await tab.post(`${first.path}/confirm`, { code: second.code })).status).toBe(422)
    await town.settle()
    expect(inGroups('停')).toEqual([])
  })
})

it('a double click writes one draft', async () => {
  const tab = await web.signIn('刘干事', 'staff')
  const { html } = await tab.open('/console/announcements')
  const once = /name="once" value="([^"]+)"/.exec(html.slice(html.indexOf('id="text"') - 900))?.[1]
  const form = { ...FORM, once: once ?? '' }
  const both = await Promise.all([
    tab.post('/console/announcements', form),
    tab.post('/console/announcements', form),
  ])
  expect(both.map((answer) => answer.location)).toEqual(Array(2).fill('/console/announcements/1'))
  expect(town.rows('announcement')).toHaveLength(1)
  const other = await tab.post('/console/announcements', { ...form, text: '后天停水' })
  expect(other.location).toBe('/console/announcements/2')
})

it('asks colleagues in the staff group to agree, and its author for nothing more', async () => {
  const owner = await web.signIn('张主任', 'owner')
  const staff = await web.signIn('刘干事', 'staff')
  await owner.post('/console/announcements/approval', {})
  const { path, code } = await written(staff)
  town.heard()
  await staff.post(`${path}/confirm`, { code })
  await town.settle()
  const asked = town.heard().find((m) => m.to === '工作群')?.text ?? ''
  expect(asked).toContain('刘干事 要发公告 #1')
  const own = (await staff.open(path)).html
  expect(own).toContain('已经请另一位同事确认')
  expect(own).not.toContain('name="code"')
  expect(text((await owner.open(path)).html)).toContain('刘干事 写的')
})

it('says in words why a group has not got it, and that nothing can be taken back', async () => {
  const tab = await web.signIn('刘干事', 'staff')
  const { path, code } = await written(tab)
  town.trouble((_, to) => (to === '二群' ? new Error('no') : undefined))
  await tab.post(`${path}/confirm`, { code })
  await town.advance({ hours: 1 })
  expect(text((await tab.open(path)).html)).toContain('二群 没发成 没发出去，试了几次都不行')
  await tab.post(`${path}/recall`, {})
  expect(town.recalled).toHaveLength(2)
  await town.settle()
  const again = await tab.post(`${path}/recall`, {})
  expect(again.status).toBe(422)
  expect(text(again.html)).toContain('没有可以撤回的消息')
})

it('of which nobody knows whether it went out, is settled on the health page', async () => {
  const tab = await web.signIn('刘干事', 'staff')
  const made = await tab.post('/console/announcements', { ...FORM, files: PDF })
  const path = made.location ?? ''
  const code = /确认码 (\d{4,6})/.exec((await tab.open(path)).html)?.[1] ?? ''
  town.trouble((words, to) => (words === '停水通知.pdf' && to === '二群' ? 'hang' : undefined))
  await tab.post(`${path}/confirm`, { code })
  await new Promise((next) => setImmediate(next))
  town.timeout()
  await town.settle()
  const page = await tab.open(path)
  expect(text(page.html)).toContain('二群 不知是否发出')
  expect(page.html).toContain('href="/console/health"')
  const health = await tab.open('/console/health')
  expect(text(health.html)).toMatch(/二群 （文件：停水通知.pdf）/)
  town.trouble(undefined)
  town.heard()
  const again = /action="([^"]+sendAgain)"/.exec(health.html)?.[1] ?? ''
  await tab.post(again, {})
  await town.settle()
  expect(town.heard().filter((m) => m.to === '二群')).toHaveLength(1)
  expect(text((await tab.open(path)).html)).toContain('3/3 已发')
})
