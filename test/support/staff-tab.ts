import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { contentRoot } from '../../content/load.ts'
import type { SandboxMessage } from '../../web/sandbox/port.ts'
import type { Api, Program } from './program.ts'

/** The console in a real browser: tabs that note what the browser complains of, and the way in. */

/** The demonstration owner's, as it is printed at the start. */
export const OWNER = { name: '张主任', pin: '8642' } as const

export interface Tab {
  readonly page: Page
  /** Script errors, forbidden content, missing files. An answer that refuses a form is none. */
  readonly complaints: string[]
  /** Opens a page of the console. */
  open(path: string): Promise<void>
  close(): Promise<void>
}

const REFUSAL = /^Failed to load resource: the server responded with a status of (422|403)/

/** A window of its own, with its own cookies. */
export async function openTab(
  browser: Browser,
  program: Program,
  options: BrowserContextOptions = {},
): Promise<Tab> {
  const context = await browser.newContext({
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: 1280, height: 900 },
    ...options,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (line) => {
    if (line.type() === 'error' && !REFUSAL.test(line.text())) complaints.push(line.text())
  })
  return {
    page,
    complaints,
    open: async (path) => void (await page.goto(`${program.url}/console${path}`)),
    close: () => context.close(),
  }
}

/** The code of the first sign-in, as the terminal shows it. */
export function printedCode(program: Program): string {
  return /then the code (\d{6})/.exec(program.out())?.[1] ?? ''
}

/** What the bot said last to somebody in private. */
export async function lastTo(api: Api, name: string): Promise<string> {
  const person = await api.person(name)
  const { messages } = await api.ok<{ messages: SandboxMessage[] }>(
    'GET',
    `/messages?person=${person}`,
  )
  return messages.findLast((m) => m.from === 'bot')?.text ?? ''
}

/** The first of the two steps. */
export async function givePin({ page, open }: Tab, who: { name: string; pin: string }) {
  await open('/today')
  await page.locator('#name').fill(who.name)
  await page.locator('#pin').fill(who.pin)
  await page.locator('main button[type=submit]').click()
  await page.locator('#code').waitFor()
}

export async function giveCode({ page }: Tab, code: string): Promise<void> {
  await page.locator('#code').fill(code)
  await page.locator('main button[type=submit]').click()
}

/** Both steps, the code read in the chat. */
export async function signIn(tab: Tab, api: Api, who: { name: string; pin: string }) {
  await givePin(tab, who)
  await giveCode(tab, await codeInChat(api, who.name))
  await tab.page.locator('body > header nav').waitFor()
}

/** The sign-in code leaves right after the page has answered. */
async function codeInChat(api: Api, name: string): Promise<string> {
  for (;;) {
    const code = /\b(\d{6})\b/.exec(await lastTo(api, name))?.[1]
    if (code !== undefined) return code
    await new Promise((next) => setImmediate(next))
  }
}

/** The demonstration community with further groups of residents, for `LINLI_CONTENT`. */
export function contentWithGroups(folder: string, topics: readonly string[]): string {
  const path = join(folder, 'content')
  cpSync(contentRoot(), path, { recursive: true })
  const demo = join(path, 'community/demo.yaml')
  const rooms = topics.map((topic) => `  - { topic: ${topic}, kind: residents }`)
  const text = readFileSync(demo, 'utf8')
  writeFileSync(demo, text.replace('\npeople:', `\n${rooms.join('\n')}\n\npeople:`))
  return path
}
