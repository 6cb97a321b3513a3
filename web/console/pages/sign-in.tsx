import { type Context, Hono } from 'hono'
import { setCookie } from 'hono/cookie'
import { phrase, render, type Say } from '../../../content/i18n.ts'
import { LANGS, type Lang } from '../../../content/schema.ts'
import type { DoorWork } from '../../../handlers/console/codes.ts'
import {
  awaitsCode,
  beginSignIn,
  finishSignIn,
  signOut,
  signOutEverywhere,
} from '../../../handlers/console/sign-in.ts'
import { atDoor, csrfGuard, readToken, sessionGuard, writeToken } from '../guard.ts'
import { doorPage } from '../layout.tsx'
import type { ConsoleDeps } from '../port.ts'
import { type ConsoleEnv, languageOf } from '../view.ts'

/** Somebody's browser keeps the chosen language for a year. */
const YEAR_SECONDS = 31_536_000

/** The door: name and PIN, then the code from the chat. */
export function signInPages(deps: ConsoleDeps): Hono<ConsoleEnv> {
  const { store, wake } = deps
  const app = new Hono<ConsoleEnv>()
  const work = <T,>(use: (work: DoorWork) => T): T => {
    const { now, real, env } = atDoor(deps)
    const result = store.tx((tx) => use({ tx, now, real, env }))
    wake()
    return result
  }

  app.get('/sign-in', (c) => {
    const token = readToken(c)
    const stage = token !== undefined && awaitsCode(atDoor(deps), token) ? 'code' : 'pin'
    return c.html(door(languageOf(c), stage, backOf(c), undefined, ''))
  })

  app.post('/sign-in', async (c) => {
    const body = await c.req.parseBody()
    const [name, pin] = [text(body['name']), text(body['pin'])]
    const result = work((w) => beginSignIn(w, { name, pin }))
    if (!result.ok) return c.html(door(languageOf(c), 'pin', backOf(c), result.error, name), 422)
    writeToken(c, result.value.token)
    return c.redirect(`/console/sign-in?back=${encodeURIComponent(backOf(c))}`, 303)
  })

  app.post('/sign-in/code', async (c) => {
    const body = await c.req.parseBody()
    const token = readToken(c) ?? ''
    const result = work((w) => finishSignIn(w, token, text(body['code'])))
    if (result.ok) {
      writeToken(c, result.value.token)
      return c.redirect(backOf(c), 303)
    }
    const stage = awaitsCode(atDoor(deps), token) ? 'code' : 'pin'
    return c.html(door(languageOf(c), stage, backOf(c), result.error, ''), 422)
  })

  app.get('/language', (c) => {
    const to = LANGS.find((lang) => lang === c.req.query('to'))
    if (to !== undefined) {
      setCookie(c, 'linli_lang', to, { path: '/console', sameSite: 'Lax', maxAge: YEAR_SECONDS })
    }
    return c.redirect(backOf(c))
  })

  app.use('/sign-out/*', sessionGuard(deps), csrfGuard())
  app.post('/sign-out', (c) => {
    work((w) => signOut(w, c.get('token')))
    writeToken(c, '')
    return c.redirect('/console/sign-in', 303)
  })
  app.post('/sign-out/everywhere', (c) => {
    work((w) => signOutEverywhere(w, c.get('view').who.id))
    writeToken(c, '')
    return c.redirect('/console/sign-in', 303)
  })
  return app
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 100) : ''
}

/** Where to go afterwards: a page of the console, never elsewhere. */
function backOf(c: Context): string {
  const back = c.req.query('back') ?? ''
  const known =
    /^\/console\/[\w/-]*(\?[^\s#\\]*)?$/.test(back) && !back.startsWith('/console/sign-')
  return known ? back : '/console/today'
}

function door(
  lang: Lang,
  stage: 'pin' | 'code',
  back: string,
  error: Say | undefined,
  name: string,
) {
  const t = (key: Parameters<typeof phrase>[0] & DoorKey) => render(phrase(key), lang)
  const query = `?back=${encodeURIComponent(back)}`
  return doorPage(
    lang,
    t('console.signIn'),
    <>
      {error && (
        <p class="error" role="alert">
          {render(error, lang)}
        </p>
      )}
      {stage === 'pin' ? (
        <form method="post" action={`/console/sign-in${query}`}>
          <label for="name">{t('console.signIn.name')}</label>
          <input id="name" name="name" value={name} required autocomplete="username" />
          <label for="pin">{t('console.signIn.pin')}</label>
          <input
            id="pin"
            name="pin"
            type="password"
            inputmode="numeric"
            required
            autocomplete="current-password"
          />
          <button type="submit">{t('console.signIn.next')}</button>
          <p class="hint">{t('console.signIn.pinHint')}</p>
        </form>
      ) : (
        <form method="post" action={`/console/sign-in/code${query}`}>
          <label for="code">{t('console.signIn.codeLabel')}</label>
          <input id="code" name="code" inputmode="numeric" required autocomplete="one-time-code" />
          <button type="submit">{t('console.signIn')}</button>
          <p class="hint">{t('console.signIn.codeHint')}</p>
        </form>
      )}
    </>,
  )
}

type DoorKey =
  | 'console.signIn'
  | 'console.signIn.name'
  | 'console.signIn.pin'
  | 'console.signIn.next'
  | 'console.signIn.pinHint'
  | 'console.signIn.codeLabel'
  | 'console.signIn.codeHint'
