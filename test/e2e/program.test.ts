import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { dataFolder, type Program, startProgram } from '../support/program.ts'

// A browser and a program on a busy machine take their time.
vi.setConfig({ testTimeout: 60_000 })

const folder = dataFolder()
let browser: Browser
let program: Program
let page: Page
/** What the browser complained about: script errors, forbidden content, missing files. */
let complaints: string[]

beforeAll(async () => {
  ;[browser, program] = await Promise.all([launchBrowser(), startProgram(folder.path)])
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await program?.[Symbol.asyncDispose]()
  folder[Symbol.dispose]()
})

beforeEach(async () => {
  page = await browser.newPage({ locale: 'zh-CN', viewport: { width: 1280, height: 800 } })
  page.setDefaultTimeout(20_000)
  complaints = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (line) => {
    if (line.type() === 'error') complaints.push(line.text())
  })
})

afterEach(() => page.close())

const log = () => page.getByRole('log')
const field = () => page.getByLabel('说点什么')

async function speakAs(name: string, group: RegExp): Promise<void> {
  await page.getByLabel('以谁的身份说话').selectOption({ label: name })
  await page.getByRole('navigation').getByRole('button', { name: group }).click()
}

async function say(text: string): Promise<void> {
  await field().fill(text)
  await field().press('Enter')
}

describe('the printed address', () => {
  it('opens a page where a resident asks and is answered', async () => {
    await page.goto(program.page)
    await speakAs('王秀英', /18街坊/)
    await say('今天有什么活动')
    await log().getByText('09:00 每日一乐·棋牌').waitFor()
    await say('楼下的猫又来了')
    await say('小邻 每周一课讲什么')
    await log().getByText('冬季养生怎么吃').waitFor()
    expect(await log().locator('.message:not(.mine) .bubble').count()).toBe(2)
    expect(complaints).toEqual([])
  })

  it('lets the time pass up to a reminder', async () => {
    await page.goto(program.page)
    await speakAs('王秀英', /18街坊/)
    await page.getByRole('button', { name: '到下一个提醒' }).click()
    await log().getByText('提醒大家，明天').waitFor()
    await page.getByText('小邻说了 3 句话：3 个会话').waitFor()
    for (const other of [/28街坊/, /29街坊/]) {
      const row = page.getByRole('navigation').getByRole('button', { name: other })
      await row.getByTitle('1 条未读').waitFor()
    }
    expect(complaints).toEqual([])
  })

  it('works on a phone', async () => {
    await page.setViewportSize({ width: 360, height: 720 })
    await page.goto(program.page)
    await speakAs('马长林', /29街坊/)
    await say('本周活动')
    await say('小邻 帮助')
    await log().getByText('可以这样跟我说').waitFor()
    await expect.poll(() => log().evaluate(isAtEnd)).toBe(true)
    // The keyboard comes up.
    await page.setViewportSize({ width: 360, height: 480 })
    await expect.poll(() => log().evaluate(isAtEnd)).toBe(true)
    expect(await page.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false)
    expect(complaints).toEqual([])
  })
})

/** Runs in the browser. */
function isAtEnd(node: { scrollHeight: number; scrollTop: number; clientHeight: number }): boolean {
  return node.scrollHeight - node.scrollTop - node.clientHeight < 2
}
