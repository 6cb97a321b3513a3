import { html } from 'hono/html'
import type { Child } from 'hono/jsx'
import { type PlainKey, phrase, render } from '../../content/i18n.ts'
import { LANGS, type Lang } from '../../content/schema.ts'
import type { Role } from '../../db/schema.ts'
import { may } from '../../handlers/core/roles.ts'
import { Act } from './parts.tsx'
import type { View } from './view.ts'

interface Entry {
  readonly href: string
  readonly label: PlainKey
  readonly role: Role
}

/** The console's pages in the order of the day. Partners and stewards see reports alone. */
export const PAGES: readonly Entry[] = [
  { href: '/console/today', label: 'console.nav.today', role: 'resident' },
  { href: '/console/reports', label: 'console.nav.reports', role: 'resident' },
  { href: '/console/surveys', label: 'console.nav.surveys', role: 'staff' },
  { href: '/console/programmes', label: 'console.nav.programmes', role: 'staff' },
  { href: '/console/announcements', label: 'console.nav.announcements', role: 'staff' },
  { href: '/console/figures', label: 'console.nav.figures', role: 'staff' },
  { href: '/console/groups', label: 'console.nav.groups', role: 'staff' },
  { href: '/console/people', label: 'console.nav.people', role: 'staff' },
  { href: '/console/settings', label: 'console.nav.settings', role: 'resident' },
  { href: '/console/health', label: 'console.nav.health', role: 'staff' },
  { href: '/console/audit', label: 'console.nav.audit', role: 'owner' },
]

/** What a redirect may have the next page say: the page after a form says what was done. */
export interface PageOptions {
  readonly title: string
  readonly children: Child
}

/** A whole page for somebody who is signed in. */
export function page(view: View, { title, children }: PageOptions) {
  const { who, lang } = view
  const path = view.path.split('?')[0] ?? ''
  const done = new URL(view.path, 'http://x').searchParams.get('done')
  return frame(
    lang,
    title,
    <>
      <header>
        <a class="skip" href="#main">
          {view.t('console.skip')}
        </a>
        <p class="brand">
          <strong>{view.t('console.brand')}</strong> {view.deps.env.content.community.name[lang]}
        </p>
        <nav aria-label={view.t('console.nav')}>
          {PAGES.filter((p) => may(who.role, p.role)).map((p) => (
            <a href={p.href} aria-current={isHere(p.href, path) ? 'page' : undefined}>
              {view.t(p.label)}
            </a>
          ))}
        </nav>
        <div class="me">
          <span>{who.name}</span>
          <Languages lang={lang} back={path} />
          <Act view={view} action="/console/sign-out" label={view.t('console.signOut')} />
        </div>
      </header>
      <main id="main">
        <h1>{title}</h1>
        {done === '1' && (
          <p class="done" role="status">
            {view.t('console.done')}
          </p>
        )}
        {children}
      </main>
    </>,
  )
}

function isHere(href: string, path: string): boolean {
  return path === href || path.startsWith(`${href}/`)
}

/** A page for somebody who is not signed in yet. */
export function doorPage(lang: Lang, title: string, children: Child) {
  return frame(
    lang,
    title,
    <main id="main" class="door">
      <h1>{title}</h1>
      {children}
      <Languages lang={lang} back="/console/sign-in" />
    </main>,
  )
}

function Languages({ lang, back }: { readonly lang: Lang; readonly back: string }) {
  const link = (to: Lang) => `/console/language?to=${to}&back=${encodeURIComponent(back)}`
  return (
    <span class="languages">
      {LANGS.map((to) =>
        to === lang ? (
          <span aria-current="true">{LANGUAGE_NAMES[to]}</span>
        ) : (
          <a href={link(to)} lang={to}>
            {LANGUAGE_NAMES[to]}
          </a>
        ),
      )}
    </span>
  )
}

const LANGUAGE_NAMES: Readonly<Record<Lang, string>> = {
  'zh-CN': '简体',
  'zh-TW': '繁體',
  en: 'English',
}

function frame(lang: Lang, title: string, body: Child) {
  const brand = render(phrase('console.brand'), lang)
  return html`<!doctype html>${(
    <html lang={lang}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="htmx-config" content='{"includeIndicatorCSS":false}' />
        <title>{`${title} · ${brand}`}</title>
        <link rel="icon" href="/console/assets/icon.svg" />
        <link rel="stylesheet" href="/console/assets/simple.css" />
        <link rel="stylesheet" href="/console/assets/console.css" />
        <script src="/console/assets/htmx.js" defer />
      </head>
      <body>{body}</body>
    </html>
  )}`
}
