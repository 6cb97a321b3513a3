import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import { type Key, type PlainKey, phrase, render, type Say, type Vars } from '../../content/i18n.ts'
import { LANGS, type Lang } from '../../content/schema.ts'
import type { Instant } from '../../content/time.ts'
import type { SignedIn } from '../../handlers/console/sign-in.ts'
import type { Look, Work } from '../../handlers/core/feature.ts'
import type { ConsoleDeps } from './port.ts'

/** Everything a page works with while one request is answered. */
export interface View {
  readonly who: SignedIn
  readonly lang: Lang
  readonly now: Instant
  /** The path with its query, for what leads back here. */
  readonly path: string
  readonly deps: ConsoleDeps
  /** A look at one moment. */
  readonly look: Look
  /** One use case in one transaction; what it wants sent is sent after the commit. */
  work<T>(use: (work: Work) => T): T
  /** The words of a phrase in the reader's language. */
  t<K extends PlainKey>(key: K): string
  t<K extends Key>(key: K, vars: Vars<K>): string
  say(say: Say): string
}

export type ConsoleEnv = { Variables: { view: View; token: string } }
export type Ctx = Context<ConsoleEnv>

/** The language a browser without a session reads: its cookie, then what it says of itself. */
export function languageOf(c: Context): Lang {
  const chosen = getCookie(c, 'linli_lang')
  const known = LANGS.find((lang) => lang === chosen)
  if (known !== undefined) return known
  const wanted = c.req.header('accept-language') ?? ''
  if (/^\s*zh-(TW|HK|MO|Hant)/i.test(wanted)) return 'zh-TW'
  return /^\s*en/i.test(wanted) ? 'en' : 'zh-CN'
}

/** The page of a list that the address asks for; the list itself says which is its last. */
export function pageOf(c: Context): number {
  return Math.min(10_000, Math.max(1, Math.floor(Number(c.req.query('page'))) || 1))
}

export function makeView(c: Context, deps: ConsoleDeps, who: SignedIn): View {
  const now = deps.clock.now()
  const lang = getCookie(c, 'linli_lang') === undefined && who.lang ? who.lang : languageOf(c)
  const { store, env } = deps
  const url = new URL(c.req.url)
  return {
    who,
    lang,
    now,
    path: url.pathname + url.search,
    deps,
    look: { db: store, now, env },
    work: (use) => {
      const result = store.tx((tx) => use({ tx, now, env }))
      deps.wake()
      return result
    },
    t: (key: Key, vars?: Readonly<Record<string, unknown>>) =>
      render(phrase(key as PlainKey, ...((vars === undefined ? [] : [vars]) as [])), lang),
    say: (say) => render(say, lang),
  }
}
