import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { toZone } from '../../content/time.ts'
import { createWebApp, type RunningServer, startServer } from '../../web/server.ts'
import { compileClient, launchBrowser } from '../support/browser.ts'
import { createFakeSandbox, type FakeSandbox, PNG } from '../support/fake-sandbox.ts'

const TOKEN = 'the-token'
const logger = { info: () => {}, warn: () => {}, error: () => {} }

// A browser on a busy machine takes its time.
vi.setConfig({ testTimeout: 30_000 })

let browser: Browser
let server: RunningServer
let sandbox: FakeSandbox
let page: Page
/** What the browser complained about: script errors, forbidden content, missing files. */
let complaints: string[]

beforeAll(async () => {
  await compileClient()
  browser = await launchBrowser()
}, 60_000)

afterAll(() => browser?.close())

beforeEach(async () => {
  sandbox = createFakeSandbox()
  const zone = toZone('Asia/Shanghai')
  const options = { allowedHosts: [], health: () => ({}), logger }
  const app = createWebApp({ ...options, sandbox: { sandbox, token: TOKEN, zone } })
  server = await startServer({ host: '127.0.0.1', port: 0, app, logger })
  page = await browser.newPage({ locale: 'zh-CN', viewport: { width: 1280, height: 800 } })
  page.setDefaultTimeout(15_000)
  complaints = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (line) => {
    if (line.type() === 'error') complaints.push(line.text())
  })
})

afterEach(async () => {
  await page.close()
  await server.close()
})

const poll = <T>(read: () => T) => expect.poll(read, { timeout: 15_000 })
const log = () => page.getByRole('log')
const field = () => page.getByLabel('说点什么')
const conversation = (name: RegExp) => page.getByRole('button', { name })

async function open(): Promise<void> {
  await page.goto(`${server.url}/sandbox/#token=${TOKEN}`)
  await page.getByRole('navigation').waitFor()
}

describe('opening the page', () => {
  it('says in Chinese where the token is, and takes it', async () => {
    await page.goto(`${server.url}/sandbox/`)
    await page.getByText('#token=').waitFor()
    await page.getByLabel('口令').fill('wrong')
    await page.getByRole('button', { name: '打开' }).click()
    await page.getByText('口令不对').waitFor()
    await page.getByLabel('口令').fill(TOKEN)
    await page.getByRole('button', { name: '打开' }).click()
    await conversation(/18街坊/).waitFor()
  })

  it('takes the token out of the address and keeps it for a reload', async () => {
    await open()
    expect(page.url()).toBe(`${server.url}/sandbox/`)
    await page.reload()
    await conversation(/18街坊/).waitFor()
    expect(complaints).toEqual([])
  })
})

describe('speaking in a group', () => {
  it('shows what was said and what the bot answers', async () => {
    await open()
    await page.getByLabel('以谁的身份说话').selectOption('李建国')
    await conversation(/18街坊/).click()
    await page.getByRole('button', { name: '今天有什么活动' }).click()
    await field().press('Enter')
    await log().getByText('收到:今天有什么活动').waitFor()
    expect(sandbox.heard).toEqual([
      { from: 'p2', room: 'r1', kind: 'text', text: '今天有什么活动' },
    ])
    expect(await log().locator('.mine .bubble').allTextContents()).toEqual(['今天有什么活动'])
    expect(complaints).toEqual([])
  })

  it('points at somebody by keyboard', async () => {
    await open()
    await field().pressSequentially('@')
    await page.getByRole('listbox').getByText('李建国').waitFor()
    await field().press('ArrowDown')
    await field().press('Enter')
    await field().pressSequentially('在吗')
    await field().press('Enter')
    await log().getByText('收到:@李建国').waitFor()
    expect(sandbox.heard[0]).toMatchObject({ text: '@李建国\u2005在吗', mentions: ['p2'] })
  })

  it('quotes a message that is tapped', async () => {
    await sandbox.say({ from: 'p2', room: 'r1', kind: 'text', text: '楼道灯坏了' })
    await open()
    await log().getByText('楼道灯坏了', { exact: true }).click()
    await field().fill('我家也是')
    await page.getByRole('button', { name: '发送' }).click()
    await log().getByText('收到:我家也是').waitFor()
    expect(sandbox.heard.at(-1)).toMatchObject({ text: '我家也是', quote: 'm1' })
    expect(await log().locator('blockquote').textContent()).toBe('李建国：楼道灯坏了')
  })

  it('sends a picture and shows it', async () => {
    await open()
    const file = { name: '楼道.png', mimeType: 'image/png', buffer: Buffer.from(PNG) }
    await page.getByRole('button', { name: '图片' }).setInputFiles(file)
    const picture = log().getByAltText('图片 楼道.png')
    await picture.waitFor()
    await poll(() => picture.evaluate((img) => 'naturalWidth' in img && img.naturalWidth)).toBe(1)
    expect(sandbox.heard[0]?.image).toMatchObject({ name: '楼道.png', type: 'image/png' })
    expect(complaints).toEqual([])
  })

  it('shows markup as the letters that it is', async () => {
    await open()
    await field().fill('<img src=x onerror=alert(1)>')
    await field().press('Enter')
    await log().getByText('收到:<img src=x onerror=alert(1)>').waitFor()
    expect(await log().locator('img').count()).toBe(0)
  })

  it('only shows a group to whoever is not in it, and lets them in', async () => {
    await open()
    await conversation(/光明社区工作人员/).click()
    await page.getByText('王秀英不在这个群里').waitFor()
    expect(await field().isVisible()).toBe(false)
    await page.getByRole('button', { name: '进群' }).click()
    await field().waitFor()
    await log().getByText('王秀英进了群').waitFor()
  })
})

describe('what happens elsewhere', () => {
  it('is counted at the conversation and shown when it is opened', async () => {
    await open()
    await poll(() => sandbox.listeners()).toBe(1)
    await sandbox.say({ from: 'p1', room: 'r3', kind: 'text', text: '下棋吗' })
    const row = conversation(/棋友会/)
    await row.getByTitle('1 条未读').waitFor()
    await row.click()
    await log().getByText('收到:下棋吗').waitFor()
    expect(await row.getByTitle('条未读').count()).toBe(0)
  })

  it('is there after the line broke', async () => {
    await open()
    await poll(() => sandbox.listeners()).toBe(1)
    const { port } = server
    await server.close()
    await sandbox.say({ from: 'p2', room: 'r1', kind: 'text', text: '断线时说的' })
    const zone = toZone('Asia/Shanghai')
    const options = { allowedHosts: [], health: () => ({}), logger }
    const app = createWebApp({ ...options, sandbox: { sandbox, token: TOKEN, zone } })
    server = await startServer({ host: '127.0.0.1', port, app, logger })
    await log().getByText('断线时说的', { exact: true }).waitFor()
  })
})

describe('the clock', () => {
  it('goes to the next reminder, to the morning and by the hour', async () => {
    await open()
    const now = page.getByRole('region', { name: '沙盒的时钟' }).locator('time')
    expect(await now.textContent()).toBe('11月23日 周一 15:00')
    await page.getByRole('button', { name: '到下一个提醒' }).click()
    await log().getByText('提醒:明早有活动').waitFor()
    await page.getByText('小邻说了 1 句话：18街坊').waitFor()
    await page.getByRole('button', { name: '到明早8点' }).click()
    await poll(() => now.textContent()).toBe('11月24日 周二 08:00')
    await page.getByRole('button', { name: '+1小时' }).click()
    await poll(() => now.textContent()).toBe('11月24日 周二 09:00')
    await page.getByLabel('日期和时间').fill('2026-11-25T07:30')
    await page.getByRole('button', { name: '去这个时间' }).click()
    await poll(() => now.textContent()).toBe('11月25日 周三 07:30')
    expect(complaints).toEqual([])
  })
})

describe('hard mode', () => {
  it('switches faults and logs in with new ids', async () => {
    await open()
    await page.getByRole('button', { name: '困难模式' }).click()
    await page.getByLabel('小邻发出的消息丢失').fill('0.3')
    await page.getByLabel('@ 只剩文字').check()
    await poll(() => sandbox.faults()).toMatchObject({ dropSends: 0.3, textMentionsOnly: true })
    await page.getByRole('button', { name: '全部恢复正常' }).click()
    await poll(() => sandbox.faults().dropSends).toBe(0)
    await page.getByRole('button', { name: '重新登录(换号)' }).click()
    await poll(() => sandbox.relogins).toEqual([true])
  })
})

describe('a phone-wide window', () => {
  it('shows the list or the chat and never scrolls sideways', async () => {
    await page.setViewportSize({ width: 360, height: 640 })
    await open()
    expect(await field().isVisible()).toBe(false)
    await conversation(/18街坊/).click()
    await field().fill('楼'.repeat(300))
    await field().press('Enter')
    await log().getByText('收到:').waitFor()
    const sideways = () => page.evaluate('document.documentElement.scrollWidth > innerWidth')
    expect(await sideways()).toBe(false)
    await page.getByRole('button', { name: '11月23日' }).click()
    expect(await page.getByRole('button', { name: '到下一个提醒' }).isVisible()).toBe(true)
    expect(await sideways()).toBe(false)
    await page.getByRole('button', { name: '返回会话列表' }).click()
    expect(await page.getByRole('navigation').isVisible()).toBe(true)
    expect(await field().isVisible()).toBe(false)
  })
})
