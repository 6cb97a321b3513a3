import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { dataFolder, type Program, startProgram } from '../support/program.ts'
import { OWNER, openTab, signIn, type Tab } from '../support/staff-tab.ts'

/** Every page of the console as different people have it before them: on a screen, on a phone, in the dark. */

vi.setConfig({ testTimeout: 180_000 })

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const MOST_BYTES = 100 * 1024

const SCREEN: BrowserContextOptions = { viewport: { width: 1280, height: 900 } }
const PHONE: BrowserContextOptions = { viewport: { width: 360, height: 740 }, hasTouch: true }

const folder = dataFolder()
let browser: Browser
let program: Program
let pages: readonly string[]
/** An activity with people on its list, some of them waiting. */
let lesson = ''

beforeAll(async () => {
  ;[browser, program] = await Promise.all([launchBrowser(), startProgram(folder.path)])
  await live()
  pages = await everyPage()
  expect(pages.length).toBeGreaterThan(20)
}, 120_000)

afterAll(async () => {
  await browser?.close()
  await program?.[Symbol.asyncDispose]()
  folder[Symbol.dispose]()
})

/** Something of everything has happened. */
async function live(): Promise<void> {
  const { api } = program
  const staff = (text: string) => api.say(OWNER.name, text, '工作人员')
  await staff('调查 开始 满意度 一次问完')
  for (const [who, where] of [
    ['王秀英', '18街坊'],
    ['周德福', '18街坊'],
    ['李强', '28街坊'],
    ['马长林', '29街坊'],
  ] as const) {
    await api.say(who, '55445352', where)
  }
  await staff('调查 结束')
  await api.advance('PT25H')
  await staff('调查 开始 知晓 一次问完')
  await api.say('王秀英', '举报 18街坊86门三楼 昨晚十一点半还在装修 电钻声音很大', '18街坊')
  await api.say('李强', '举报 28街坊3号楼门口 今天早上 垃圾成堆没人清')
  const draft = await api.say(OWNER.name, '公告 明天上午八点到十二点停水，请提前储水')
  const code = /确认 (\d{4,6})/.exec(draft.map((m) => m.text).join())?.[1]
  await api.say(OWNER.name, `确认 ${code}`)
  await api.say(OWNER.name, '公告 周五下午两点，居委会二楼量血压')
  const joined = await api.say('王秀英', '报名 每周一课 带我妈')
  lesson = /取消报名 (\d+)/.exec(joined.map((m) => m.text).join())?.[1] ?? ''
}

/** What the navigation shows, and whatever those pages lead to, one of a kind. */
async function everyPage(): Promise<readonly string[]> {
  const tab = await inside(SCREEN)
  const { page } = tab
  const kinds = new Map([['/programmes/N', `/programmes/${lesson}`]])
  const links = async () =>
    page
      .locator('a[href^="/console/"]')
      .evaluateAll((all) => all.map((a) => a.getAttribute('href')))
  const note = (found: readonly (string | null)[]) => {
    for (const href of found) {
      if (!href || /\/(language|assets)\b|[?]format=|&format=/.test(href)) continue
      const path = href.replace('/console', '')
      // Occurrences, people and cases are many of a kind; rounds and announcements differ by state.
      const kind = path
        .replace(/\?.*/, '')
        .replace(/^\/(?!surveys|announcements)(\w+)\/\d+/, '/$1/N')
      if (!kinds.has(kind)) kinds.set(kind, path)
    }
  }
  await tab.open('/today')
  note(await links())
  for (const path of kinds.values()) {
    await tab.open(path)
    note(await links())
  }
  await tab.close()
  return [...kinds.values(), '/no-such-page']
}

async function inside(options: BrowserContextOptions): Promise<Tab> {
  const tab = await openTab(browser, program, options)
  await tab.page.context().addInitScript({ content: AXE })
  await signIn(tab, program.api, OWNER)
  return tab
}

/** What axe finds, each with where it is. */
async function violations({ page }: Tab, rules: readonly string[] = RULES): Promise<string[]> {
  await page.evaluate(
    `document.querySelectorAll('details').forEach((each) => { each.open = true })`,
  )
  const run = `axe.run({ runOnly: ${JSON.stringify(rules)} }).then((r) => r.violations.flatMap((v) =>
    v.nodes.map((n) => v.id + ': ' + n.target.join(' ') + ' ' + n.failureSummary)))`
  return page.evaluate<string[]>(run)
}

const isTooWide = ({ page }: Tab) =>
  page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth')

/** Looks at every page; gives what is wrong, page by page. */
async function inspect(tab: Tab, rules?: readonly string[]) {
  const found: Record<string, unknown> = {}
  for (const path of pages) {
    await tab.open(path)
    const wrong = await violations(tab, rules)
    if (wrong.length > 0) found[path] = wrong
    if (await isTooWide(tab)) found[`${path} is too wide`] = true
  }
  return found
}

/** A page that does not exist is told as one. */
const NOT_FOUND = /status of 404/

describe('every page', () => {
  it.each([
    ['on a screen', SCREEN, 'zh-CN'],
    ['on a phone', PHONE, 'zh-CN'],
    ['on a phone in English', PHONE, 'en'],
  ] as const)('can be read and used by everybody %s', async (_, options, locale) => {
    const tab = await inside({ ...options, locale })
    expect(await tab.page.locator('html').getAttribute('lang')).toBe(locale)
    expect(await inspect(tab)).toEqual({})
    expect(tab.complaints.filter((line) => !NOT_FOUND.test(line))).toEqual([])
    await tab.close()
  })

  it('stays so when a form is refused', async () => {
    const tab = await inside(PHONE)
    await tab.open('/announcements')
    await tab.page.getByLabel('内容').fill('停水')
    await tab.page.getByRole('button', { name: '预览' }).click()
    await tab.page.getByText('请选要发给哪些群').waitFor()
    expect([await violations(tab), await isTooWide(tab)]).toEqual([[], false])
    await tab.close()
  })

  it('has its contrast in the dark too', async () => {
    const tab = await inside({ ...SCREEN, colorScheme: 'dark' })
    expect(await inspect(tab, ['color-contrast'])).toEqual({})
    await tab.close()
  })

  it('is light', async () => {
    const tab = await inside(SCREEN)
    const heavy: Record<string, number> = {}
    const sizeOf = async (url: string) => (await (await fetch(url)).arrayBuffer()).byteLength
    for (const path of pages) {
      await tab.open(path)
      const urls = await tab.page.evaluate<string[]>(
        `[...document.querySelectorAll('script[src], link[rel=stylesheet]')].map((e) => e.src || e.href)`,
      )
      const bytes = (await Promise.all(urls.map(sizeOf))).reduce((sum, n) => sum + n, 0)
      if (bytes === 0 || bytes >= MOST_BYTES) heavy[path] = bytes
    }
    expect(heavy).toEqual({})
    await tab.close()
  })
})

describe('the door', () => {
  it.each([
    ['on a screen', SCREEN],
    ['on a phone', PHONE],
  ] as const)('can be read and used by everybody %s', async (_, options) => {
    const tab = await openTab(browser, program, options)
    await tab.page.context().addInitScript({ content: AXE })
    await tab.open('/sign-in')
    expect([await violations(tab), await isTooWide(tab)]).toEqual([[], false])
    await tab.page.getByLabel('姓名').fill(OWNER.name)
    await tab.page.getByLabel('PIN 码').fill(OWNER.pin)
    await tab.page.getByRole('button').first().click()
    await tab.page.locator('#code').waitFor()
    expect([await violations(tab), await isTooWide(tab)]).toEqual([[], false])
    await tab.close()
  })
})

describe('the keyboard', () => {
  /** Where the keyboard is, and whether that can be seen. */
  const focused = ({ page }: Tab) =>
    page.evaluate<{ name: string; seen: boolean }>(`(() => {
      const e = document.activeElement
      const style = getComputedStyle(e)
      const box = e.getBoundingClientRect()
      const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0
      return { name: e === document.body ? 'BODY' : e.id || e.textContent.trim(), seen: ring && box.right > 0 && box.width > 0 }
    })()`)

  it('comes to the content first, then along the navigation, and can be seen wherever it is', async () => {
    const tab = await inside(SCREEN)
    await tab.open('/settings')
    const names: string[] = []
    for (let i = 0; i < 40; i++) {
      await tab.page.keyboard.press('Tab')
      const { name, seen } = await focused(tab)
      if (name === 'BODY' || names.includes(name)) break
      expect([name, seen]).toEqual([name, true])
      names.push(name)
    }
    const nav = await tab.page.locator('body > header nav a').allTextContents()
    expect(names.slice(0, 1 + nav.length)).toEqual(['跳到正文', ...nav])
    expect(names).toContain('old')
    expect(names.indexOf('old')).toBeLessThan(names.indexOf('fresh'))
    await tab.close()
  })

  it('skips the navigation', async () => {
    const tab = await inside(SCREEN)
    await tab.open('/settings')
    await tab.page.keyboard.press('Tab')
    await tab.page.keyboard.press('Enter')
    await tab.page.keyboard.press('Tab')
    expect((await focused(tab)).name).toBe('old')
    await tab.close()
  })
})
