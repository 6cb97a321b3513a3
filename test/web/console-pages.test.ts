import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openConsole } from '../support/console.ts'
import { readSheet } from '../support/spreadsheet.ts'
import { openTown, type Town } from '../support/town.ts'

let town: Town
let web: ReturnType<typeof openConsole>

beforeEach(() => {
  town = openTown()
  web = openConsole(town)
})
afterEach(() => town[Symbol.dispose]())

/** What the reader sees, without markup. */
const text = (html: string) =>
  html
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')

describe('groups', () => {
  it('enables a group that the bot was added to, and speaks there from then on', async () => {
    const tab = await web.signIn('刘干事', 'staff')
    const li = town.person('李阿姨')
    town.strangeRoom('广场舞队')
    const before = await tab.open('/console/groups')
    const id = /<option value="([^"]+)"[^>]*>广场舞队/.exec(before.html)?.[1] ?? ''
    expect(await li.says('小邻 帮助', '广场舞队')).toBe('silent')

    const done = await tab.post('/console/groups/enable', {
      group: id,
      kind: 'residents',
      place: '28',
    })
    expect(done.location).toBe('/console/groups?done=1')
    expect(text((await tab.open('/console/groups')).html)).toMatch(/广场舞队 居民群 28街坊/)
    expect(await li.says('小邻 帮助', '广场舞队')).toBe('handled')
    const audit = town.rows('audit').filter((a) => a['action'] === 'room.enable')
    expect(audit.map((a) => a['resident_id'])).toEqual([tab.id])
  })

  it('changes place and tags, switches a group off and on again', async () => {
    const tab = await web.signIn('刘干事', 'staff')
    const li = town.person('李阿姨')
    const path = `/console/groups/${town.rooms.一群}`
    await tab.open(path)
    await tab.post(path, { place: '29', tags: '老年，合唱', lang: 'en' })
    const page = await tab.open(path)
    expect(page.html).toContain('value="老年 合唱"')
    await tab.post(`${path}/leave`, {})
    expect(await li.says('小邻 帮助', '一群')).toBe('silent')
    expect((await tab.post(`${path}/leave`, {})).status).toBe(422)
    await tab.post(`${path}/resume`, {})
    expect(await li.says('小邻 帮助', '一群')).toBe('handled')
  })

  it('refuses a language that there is not, and keeps what was typed', async () => {
    const tab = await web.signIn('刘干事', 'staff')
    const path = `/console/groups/${town.rooms.一群}`
    const answer = await tab.post(path, { place: '', tags: '老年', lang: 'fr' })
    expect(answer.status).toBe(422)
    expect(answer.html).toContain('请从列出的选项里选')
    expect(answer.html).toContain('value="老年"')
  })

  it('says when the chat is not connected', async () => {
    const away = openConsole(town, {}, { groups: async () => null })
    const tab = await away.signIn('刘干事', 'staff')
    expect((await tab.open('/console/groups')).html).toContain('聊天还没有连上')
  })
})

describe('people', () => {
  it('finds people by a part of the name and by role', async () => {
    const tab = await web.signIn('刘干事', 'staff')
    await town.person('王秀英').says('帮助')
    await town.person('王建国').says('帮助')
    const found = text((await tab.open('/console/people?name=王&role=')).html)
    expect(found).toMatch(/共 2 人.*王秀英.*王建国/)
    const staff = text((await tab.open('/console/people?name=&role=staff')).html)
    expect(staff).toMatch(/共 1 人 .*刘干事/)
  })

  it('merges two rows of one person and takes it back', async () => {
    const tab = await web.signIn('刘干事', 'staff')
    await town.person('王秀英').says('帮助')
    await town.person('秀英').says('帮助')
    const [a, b] = town.rows('resident').filter((r) => r['role'] === 'resident')
    await tab.post(`/console/people/${b?.['id']}/merge`, { into: String(a?.['id']) })
    expect((await tab.open(`/console/people/${b?.['id']}`)).html).toContain('已合并到')
    const twice = await tab.post(`/console/people/${b?.['id']}/merge`, { into: String(a?.['id']) })
    expect(twice.status).toBe(422)
    await tab.post(`/console/people/${b?.['id']}/unmerge`, {})
    expect((await tab.open(`/console/people/${b?.['id']}`)).html).not.toContain('已合并到')
  })

  it('lets the owner alone give roles, and keeps a last owner', async () => {
    const staff = await web.signIn('刘干事', 'staff')
    const added = await staff.post('/console/people', { name: '坏人', role: 'owner', beat: '' })
    expect(added.status).toBe(403)
    expect(
      (await staff.post(`/console/people/${staff.id}/role`, { role: 'owner', beat: '' })).status,
    ).toBe(403)

    const owner = await web.signIn('张主任', 'owner')
    const answer = await owner.post('/console/people', {
      name: '小陈',
      role: 'steward',
      beat: '18',
    })
    expect(answer.html).toMatch(/绑定身份 \d{6}/)
    const last = await owner.post(`/console/people/${owner.id}/role`, { role: 'staff', beat: '' })
    expect(last.html).toContain('至少要留一位管理员')
    await owner.post(`/console/people/${staff.id}/role`, { role: 'resident', beat: '' })
    expect((await staff.open('/console/today')).html).toContain('登录工作台')
  })

  it('shows hostile names as plain text, in pages and in files', async () => {
    const tab = await web.signIn('刘干事', 'staff')
    await town.person('<script>alert(1)</script>').says('帮助')
    await town.person('=HYPERLINK("http://x","y")').says('帮助')
    await town.person(`'; drop table resident; --`).says('帮助')
    const { html } = await tab.open('/console/people')
    expect(html).not.toContain('<script>alert')
    expect(html).toContain('&lt;script&gt;alert')
    const csv = (await tab.open('/console/people?format=csv')).html
    expect(csv).toContain(`,"'=HYPERLINK(""http://x"",""y"`)
    const { bytes } = await tab.download('/console/people?format=csv')
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    expect(text((await tab.open('/console/people?name=drop table')).html)).toContain('共 1 人')
  })

  it('gives the list as a spreadsheet whose words are words', async () => {
    const tab = await web.signIn('刘干事', 'staff')
    await town.person('=1+1').says('帮助')
    const { headers, bytes } = await tab.download('/console/people?format=xlsx')
    expect(headers.get('content-disposition')).toMatch(/linli-people-\d+\.xlsx/)
    const rows = await readSheet(bytes)
    expect(rows[0]).toEqual(['编号', '姓名', '身份', '住处', '登记时间'])
    expect(rows.map((r) => r[1])).toContain('=1+1')
  })
})

describe('settings', () => {
  it('changes the own PIN, but only with the old one', async () => {
    const tab = await web.signIn('刘干事', 'staff')
    const wrong = await tab.post('/console/settings/pin', { old: '0000', fresh: '5821' })
    expect(wrong.html).toContain('error')
    expect(wrong.status).toBe(422)
    const weak = await tab.post('/console/settings/pin', { old: '7391', fresh: '1234' })
    expect(weak.status).toBe(422)
    expect(weak.html).not.toContain('7391')
    expect((await tab.post('/console/settings/pin', { old: '7391', fresh: '5821' })).status).toBe(
      303,
    )
    const fresh = web.browser()
    expect((await fresh.post('/console/sign-in', { name: '刘干事', pin: '7391' })).status).toBe(422)
    expect((await fresh.post('/console/sign-in', { name: '刘干事', pin: '5821' })).status).toBe(303)
  })
})

describe('health', () => {
  it('tells of the last backup, the version and the disk, and warns of nothing else', async () => {
    const tab = await openConsole(town).signIn('刘干事', 'staff')
    const { html } = await tab.open('/console/health')
    for (const words of ['（1.2 MB），检查过，完好', '0.1.0', '12.3 GB', '0 天 0 小时 0 分钟']) {
      expect(html).toContain(words)
    }
    expect(html.match(/class="warning"/g)?.length ?? 0).toBe(
      html.includes('2027 年的放假安排') ? 1 : 0,
    )
  })

  it('warns of what somebody should see to, on the page of the day as well', async () => {
    const failing = openConsole(town, {
      chat: 'offline',
      freeMb: 80,
      backup: { folder: '/b', scheduled: true, failed: { at: town.now(), why: 'no space left' } },
    })
    const tab = await failing.signIn('刘干事', 'staff')
    for (const path of ['/console/health', '/console/today']) {
      const { html } = await tab.open(path)
      for (const words of ['no space left', '只剩 80 MB', '聊天连接断开了'])
        expect(html).toContain(words)
    }
  })

  it('warns when the last backup is days old', async () => {
    const last = { at: town.now(), file: '/b/x.sqlite', bytes: 1 }
    const late = openConsole(town, { backup: { folder: '/b', scheduled: true, last } })
    await town.advance({ days: 3 })
    town.heard()
    const tab = await late.signIn('刘干事', 'staff')
    expect((await tab.open('/console/health')).html).toContain('已经两天多没有新的备份')
  })

  it('settles a message of which nobody knows whether it went out', async () => {
    const tab = await web.signIn('刘干事', 'staff')
    await town.person('李阿姨').says('小邻 今天有什么活动', '一群')
    town.sql(`UPDATE outbox SET state = 'unknown' WHERE id = (SELECT max(id) FROM outbox)`)
    const page = await tab.open('/console/health')
    const id = /sends\/(\d+)\/sendAgain/.exec(page.html)?.[1]
    expect(id).toBeDefined()
    town.heard()
    await tab.post(`/console/health/sends/${id}/sendAgain`, {})
    await town.settle()
    expect(town.heard().filter((m) => m.to === '一群')).toHaveLength(1)
    expect((await tab.post(`/console/health/sends/${id}/sendAgain`, {})).status).toBe(422)
  })

  it('shows the code to scan while the account is not logged in', async () => {
    const waiting = openConsole(town, { chat: 'scan', qr: 'https://login.example/abc' })
    const tab = await waiting.signIn('刘干事', 'staff')
    expect((await tab.open('/console/health')).html).toContain('/console/health/qr.svg')
    expect((await tab.open('/console/health/qr.svg')).html).toContain('<svg')
  })
})

describe('the audit log', () => {
  it('is for the owner, and names who did what', async () => {
    const staff = await web.signIn('刘干事', 'staff')
    expect((await staff.open('/console/audit')).status).toBe(403)
    const owner = await web.signIn('张主任', 'owner')
    const page = text((await owner.open('/console/audit')).html)
    expect(page).toContain('刘干事 登录工作台 刘干事（1 号）')
    await owner.post(`/console/groups/${town.rooms.一群}/leave`, {})
    expect(text((await owner.open('/console/audit')).html)).toContain('张主任 停用群 一群')
    const file = await owner.download('/console/audit?format=csv')
    expect(Buffer.from(file.bytes).toString()).toContain('登录工作台')
  })
})

describe('roles', () => {
  it.each([
    '/console/groups',
    '/console/people',
    '/console/people/1',
    '/console/health',
    '/console/audit',
  ])('a partner gets no %s', async (path) => {
    const tab = await web.signIn('物业李师傅', 'partner')
    expect((await tab.open(path)).status).toBe(403)
    expect((await tab.open('/console/today')).html).not.toContain(`href="${path}"`)
  })
})
