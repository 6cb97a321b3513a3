import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { cameraPhoto } from '../support/photos.ts'
import { dataFolder, type Program, startProgram } from '../support/program.ts'
import {
  contentWithGroups,
  giveCode,
  givePin,
  lastTo,
  OWNER,
  openTab,
  printedCode,
  signIn,
  type Tab,
} from '../support/staff-tab.ts'

/** One working day at the console; each test goes on where the one before has ended. */

vi.setConfig({ testTimeout: 60_000 })

/** With the three of the demonstration they are forty. */
const MORE_GROUPS = Array.from({ length: 37 }, (_, i) => `第${i + 1}楼群`)
const PARTNER = { name: '李师傅', pin: '2580' }

const folder = dataFolder()
let browser: Browser
let program: Program
let desk: Tab

beforeAll(async () => {
  const settings = { LINLI_CONTENT: contentWithGroups(folder.path, MORE_GROUPS) }
  ;[browser, program] = await Promise.all([launchBrowser(), startProgram(folder.path, settings)])
  desk = await openTab(browser, program)
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await program?.[Symbol.asyncDispose]()
  folder[Symbol.dispose]()
})

afterEach(() => expect(desk.complaints).toEqual([]))

const main = () => desk.page.locator('main')
const press = (name: string | RegExp) => main().getByRole('button', { name }).click()
const field = (label: string | RegExp) => main().getByLabel(label)
const heard = async (topic: string, words: string) =>
  (await program.api.messages(topic)).filter((m) => m.from === 'bot' && m.text?.includes(words))

describe('signing in', () => {
  it('takes the printed code the first time', async () => {
    await givePin(desk, OWNER)
    await giveCode(desk, printedCode(program))
    await main().getByText('张主任，您好。').waitFor()
    await main().getByRole('cell', { name: '棋牌', exact: true }).waitFor()
    expect(new URL(desk.page.url()).pathname).toBe('/console/today')
  })

  it('takes the code that comes in the chat, and leads where one wanted to go', async () => {
    const tab = await openTab(browser, program)
    await tab.open('/groups')
    expect(new URL(tab.page.url()).pathname).toBe('/console/sign-in')
    await tab.page.getByLabel('姓名').fill(OWNER.name)
    await tab.page.getByLabel('PIN 码').fill('0000')
    await tab.page.getByRole('button', { name: '下一步' }).click()
    await tab.page.getByRole('alert').getByText('姓名或 PIN 码不对').waitFor()
    await signIn(tab, program.api, OWNER)
    expect(tab.complaints).toEqual([])
    await tab.close()
  })
})

describe('a group', () => {
  it('is enabled, and answered from then on', async () => {
    const { api } = program
    const [chen, zhou] = await Promise.all([api.person('陈晓雯'), api.person('周德福')])
    const members = [{ person: chen }, { person: zhou }]
    await api.ok('POST', '/rooms', { topic: '光明合唱队', members })
    expect(await api.say('周德福', '小邻 帮助', '光明合唱队')).toEqual([])
    await desk.open('/groups')
    await field('群名').selectOption({ label: '光明合唱队（3）' })
    await field('地点').selectOption({ label: '18街坊' })
    await press('启用一个群')
    await main().getByText('已办好。').waitFor()
    await main().getByRole('link', { name: '光明合唱队' }).waitFor()
    const [answer] = await api.say('周德福', '小邻 帮助', '光明合唱队')
    expect(answer?.text).toContain('可以这样跟我说')
  })

  it('is left alone again', async () => {
    await main().getByRole('link', { name: '光明合唱队' }).click()
    await press('停用这个群')
    await main().getByText('已停用').waitFor()
    expect(await program.api.say('周德福', '小邻 帮助', '光明合唱队')).toEqual([])
  })
})

describe('the lecture plan', () => {
  const csv = (...lines: string[]) => ({
    name: '讲课.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(['日期,题目,老师', ...lines].join('\n')),
  })

  it('names every line of a table that is wrong, and imports none of it', async () => {
    await desk.open('/lectures')
    const file = csv('下周三,防诈骗,李警官', '2026-12-09,,赵队长', '2026-12-16,急救入门,孙护士')
    await field('表格文件').setInputFiles(file)
    await press('预览')
    await main().getByText('有 2 处要改').waitFor()
    const problems = main().getByRole('table', { name: /有 2 处要改/ })
    expect(await problems.locator('tbody td:first-child').allTextContents()).toEqual(['2', '3'])
    expect(
      await main()
        .getByRole('button', { name: /确认导入/ })
        .count(),
    ).toBe(0)
  })

  it('is imported once it is right', async () => {
    await main().getByRole('link', { name: '回到讲课计划' }).click()
    await field('表格文件').setInputFiles(csv('2026-12-16,急救入门,孙护士'))
    await press('预览')
    await press('确认导入 1 课')
    await main().getByRole('cell', { name: '急救入门' }).waitFor()
    const [answer] = await program.api.say('王秀英', '12月16号有什么活动', '18街坊')
    expect(answer?.text).toContain('急救入门')
  })
})

describe('a survey', () => {
  it('is opened, counts people as they answer, and hides what they say', async () => {
    await desk.open('/surveys')
    await field('问卷').selectOption({ label: '满意度调查' })
    await field('问法').selectOption('all')
    await field('天数').fill('7')
    await press('开始一轮')
    await main().getByText('结果要等这一轮结束才看得到').waitFor()
    await program.api.say('王秀英', '55445554', '18街坊')
    await program.api.say('马长林', '44445554', '29街坊')
    await program.api.say('何美玲', '42333321', '29街坊')
    await desk.page.reload()
    expect(await main().locator('#live dd').nth(2).textContent()).toBe('3')
    expect(await main().locator('img.chart').count()).toBe(0)
  })

  it('takes a form of paper', async () => {
    await field('表格编号').fill('A1')
    for (let i = 1; i <= 8; i++) await field(new RegExp(`^${i}\\. `)).fill('5')
    await main().locator('form[action$=paper] button').click()
    // Whoever filled it in was not invited by name: beside the three of the chat.
    const counted = () => main().locator('#live dd').allTextContents()
    await expect.poll(async () => (await counted()).slice(2, 4)).toEqual(['3', '1'])
  })

  it('is ended, counted, drawn and published to the groups', async () => {
    await press('现在结束')
    await program.api.advance('PT25H')
    await desk.page.reload()
    await main().getByRole('table', { name: '主要指标' }).waitFor()
    const charts = main().locator('img.chart')
    const drawn = () =>
      charts.evaluateAll((all) => all.map((img) => 'naturalWidth' in img && img.naturalWidth))
    await expect.poll(drawn, { timeout: 20_000 }).toEqual([720, 720])
    await field('我们打算怎么做').fill('下月起每周检查垃圾房')
    await press('发布给居民')
    await main().getByText('已发布').waitFor()
    await program.api.advance('PT1M')
    expect(await heard('18街坊', '下月起每周检查垃圾房')).toHaveLength(1)
  })
})

describe('an announcement', () => {
  const TEXT = '周六上午九点，各楼一起大扫除'

  it('goes to forty groups, two of which have turned the account out', async () => {
    const { api } = program
    const lost = await Promise.all(['第5楼群', '第30楼群'].map((topic) => api.room(topic)))
    for (const { id } of lost) await api.ok('DELETE', `/rooms/${id}/members/bot`)
    await desk.open('/announcements')
    await field('内容').fill(TEXT)
    await field('所有居民群').check()
    await press('预览')
    await main().getByText('发给 40 个群').waitFor()
    await field(/确认码/).fill('1')
    await press('确认发送')
    await main()
      .getByText(/确认码不对|不对/)
      .first()
      .waitFor()
    const label = await main().locator('label[for=code]').textContent()
    const code = /\d{4,6}/.exec(label ?? '')?.[0]
    await field(/确认码/).fill(code ?? '')
    await press('确认发送')
    // Without opening the page again.
    await main().getByRole('status').getByText('38/40 已发').waitFor()
    await api.advance('PT10M')
    await main().getByRole('status').getByText('没发成 2').waitFor()
    const failed = main().getByRole('row').filter({ hasText: '没发成' })
    expect(await failed.locator('td:first-child').allTextContents()).toEqual([
      '第5楼群',
      '第30楼群',
    ])
  })

  it('is sent again to those two alone', async () => {
    const { api } = program
    for (const topic of ['第5楼群', '第30楼群']) {
      await api.ok('POST', `/rooms/${(await api.room(topic)).id}/members`, { person: 'bot' })
    }
    await press('只重发没发成的（2 个群）')
    await api.advance('PT1M')
    await main().getByRole('status').getByText('40/40 已发').waitFor()
    const copies = await Promise.all(
      [...MORE_GROUPS, '18街坊', '28街坊', '29街坊'].map((topic) => heard(topic, TEXT)),
    )
    expect(copies.map((each) => each.length)).toEqual(Array(40).fill(1))
  })
})

describe('a browser without scripts', () => {
  it('signs in, writes an announcement, confirms it and sees how far it got', async () => {
    const tab = await openTab(browser, program, { javaScriptEnabled: false })
    const { page } = tab
    await signIn(tab, program.api, OWNER)
    await page.getByRole('link', { name: '公告' }).click()
    await page.getByLabel('内容').fill('今晚八点检修水泵')
    await page.getByLabel('18街坊', { exact: true }).check()
    await page.getByRole('button', { name: '预览' }).click()
    const label = await page.locator('label[for=code]').textContent()
    await page.locator('#code').fill(/\d{4,6}/.exec(label ?? '')?.[0] ?? '')
    await page.getByRole('button', { name: '确认发送' }).click()
    await page.locator('#live').waitFor()
    await program.api.advance('PT1M')
    await page.reload()
    await page.getByText('1/1 已发').waitFor()
    expect(await heard('18街坊', '今晚八点检修水泵')).toHaveLength(1)
    expect(tab.complaints).toEqual([])
    await tab.close()
  })
})

describe('a case', () => {
  const step = (name: string) => desk.page.locator(`#step-${name}`)
  const state = () => main().locator('.facts dd').first().textContent()

  it('comes from the chat into the queue, is found by its words, accepted and given to a partner', async () => {
    const { api } = program
    await api.say('李强', '举报 28街坊3号楼门口 今天早上 垃圾成堆没人清')
    await api.say('王秀英', '举报 18街坊86门三楼 昨晚十一点半还在装修 电钻声音很大')
    await desk.open('/reports')
    await field(/查找/).fill('电钻')
    await press('查找')
    const row = main().locator('tbody tr')
    await expect.poll(() => row.count()).toBe(1)
    await row.getByRole('link', { name: '#1002' }).click()
    await press('受理')
    await main().getByText('已办好。').waitFor()
    expect(await state()).toBe('已受理')
    await step('assign').locator('summary').click()
    await step('assign').getByLabel('经办人').selectOption({ label: '李师傅（物业 · 保洁）' })
    await step('assign').getByRole('button').click()
    await main().getByText('已办好。').waitFor()
    expect(await state()).toBe('已派单')
    expect(await lastTo(api, PARTNER.name)).toContain('1002')
  })

  it('is handled by the partner, who is kept out of all that is not theirs', async () => {
    const { api } = program
    await api.say(PARTNER.name, `设密码 ${PARTNER.pin}`)
    const tab = await openTab(browser, program, { viewport: { width: 360, height: 740 } })
    const { page } = tab
    await signIn(tab, api, PARTNER)
    const shown = await page.locator('body > header nav a').allTextContents()
    expect(shown).toEqual(['今日', '居民反映', '设置'])
    const closed = [
      '/announcements',
      '/people',
      '/surveys/1',
      '/lectures',
      '/figures',
      '/health',
      '/audit',
    ]
    for (const path of closed) {
      await tab.open(path)
      await page.getByRole('heading', { name: '这一页您不能看' }).waitFor()
    }
    await tab.open('/reports/1001')
    await page.getByRole('heading', { name: '没有这一页' }).waitFor()
    await tab.open('/reports?state=all')
    expect(await page.locator('tbody tr').count()).toBe(1)
    await page.getByRole('link', { name: '#1002' }).click()
    expect(await page.getByText('王秀英').count()).toBe(0)
    await page.getByRole('button', { name: '开始办理' }).click()
    await page.getByText('已办好。').waitFor()
    const close = page.locator('#step-close')
    await close.locator('summary').click()
    await close.getByLabel('办理情况').fill('已上门劝阻，业主答应白天再施工')
    const photo = { name: '现场.jpg', mimeType: 'image/jpeg', buffer: await cameraPhoto() }
    await close.getByLabel('照片').setInputFiles(photo)
    await close.getByRole('button', { name: '办结' }).click()
    await page.getByText('已办好。').waitFor()
    // The case that is not theirs.
    expect(tab.complaints).toEqual([expect.stringContaining('404')])
    await tab.close()
  })

  it('is asked about, archived, and its whole way can be read', async () => {
    const { api } = program
    expect(await lastTo(api, '王秀英')).toContain('已上门劝阻')
    await api.say('王秀英', '已解决 1002')
    await api.say('王秀英', '1')
    await desk.page.reload()
    expect(await state()).toBe('已回访')
    const photo = main().getByAltText(/办结时的照片/)
    await photo.scrollIntoViewIfNeeded()
    await expect
      .poll(() => photo.evaluate((img) => 'naturalWidth' in img && img.naturalWidth))
      .toBeGreaterThan(0)
    await press('归档')
    await main().getByText('已办好。').waitFor()
    expect(await state()).toBe('已归档')
    const way = await main().locator('.timeline').textContent()
    for (const did of ['受理', '派单', '开始办理', '办结', '回访', '归档'])
      expect(way).toContain(did)
    const download = desk.page.waitForEvent('download')
    await desk.open('/reports?state=all')
    await main().getByRole('link', { name: 'CSV' }).click()
    expect((await download).suggestedFilename()).toMatch(/\.csv$/)
  })
})
