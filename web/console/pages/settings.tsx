import { Hono } from 'hono'
import { z } from 'zod'
import { type Setting, settingsOf } from '../../../content/settings.ts'
import { changeSetting, resetSetting } from '../../../handlers/core/settings.ts'
import { changePin } from '../../../handlers/staff/service.ts'
import { Refused } from '../../http.ts'
import { EMPTY, type Filled, readForm, refused } from '../form.ts'
import { roleGuard } from '../guard.ts'
import { page } from '../layout.tsx'
import { Act, Field, Form } from '../parts.tsx'
import type { ConsoleEnv, View } from '../view.ts'
import { CommunitySettings, type Rejected, valueFrom } from './community-settings.tsx'

const pinForm = z.object({
  old: z.string().min(1),
  fresh: z.string().regex(/^\d{4,8}$/),
})

/** One's own PIN and sessions, and what the community has set. */
export function settingsPages(): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>()
  app.use('/settings/*', roleGuard('resident'))
  app.get('/settings', (c) => c.html(settingsPage(c.get('view'), EMPTY)))
  app.post('/settings/pin', async (c) => {
    const view = c.get('view')
    const form = await readForm(c, pinForm)
    // A PIN is never written back into the page.
    const blank: Filled = { values: {}, errors: form.filled.errors }
    if (!form.ok) return c.html(settingsPage(view, blank), 422)
    const result = view.work((work) => changePin(work, view.who.id, form.value))
    return result.ok
      ? c.redirect('/console/settings?done=1', 303)
      : c.html(settingsPage(view, refused(blank, result.error, 'old')), 422)
  })
  app.post('/settings/of/:name', roleGuard('owner'), async (c) => {
    const view = c.get('view')
    const name = c.req.param('name')
    const setting = settingNamed(view, name)
    const body = await c.req.parseBody()
    const value = valueFrom(setting, body)
    if (view.work((work) => changeSetting(work, view.who.id, name, value))) {
      return c.redirect('/console/settings?done=1', 303)
    }
    const values = Object.fromEntries(
      Object.entries(body).flatMap(([key, text]) =>
        typeof text === 'string' ? [[key, text]] : [],
      ),
    )
    return c.html(settingsPage(view, EMPTY, { name, values }), 422)
  })
  app.post('/settings/of/:name/reset', roleGuard('owner'), (c) => {
    const view = c.get('view')
    const { name } = settingNamed(view, c.req.param('name'))
    view.work((work) => resetSetting(work, view.who.id, name))
    return c.redirect('/console/settings?done=1', 303)
  })
  return app
}

/** @throws Refused 404 */
function settingNamed(view: View, name: string): Setting {
  const found = settingsOf(view.deps.env.files).find((s) => s.name === name)
  if (found === undefined) throw new Refused(404, 'not_found', 'there is no such setting')
  return found
}

function settingsPage(view: View, filled: Filled, rejected?: Rejected) {
  const { t } = view
  return page(view, {
    title: t('console.nav.settings'),
    children: (
      <>
        <h2>{t('console.settings.pin')}</h2>
        <Form view={view} action="/console/settings/pin" filled={filled}>
          <Field
            view={view}
            name="old"
            type="password"
            inputmode="numeric"
            autocomplete="current-password"
            label={t('console.settings.oldPin')}
            filled={filled}
            required
          />
          <Field
            view={view}
            name="fresh"
            type="password"
            inputmode="numeric"
            autocomplete="new-password"
            label={t('console.settings.newPin')}
            hint={t('console.settings.pinHint')}
            filled={filled}
            required
          />
          <button type="submit">{t('console.save')}</button>
        </Form>
        <h2>{t('console.settings.sessions')}</h2>
        <Act
          view={view}
          action="/console/sign-out/everywhere"
          label={t('console.signOutEverywhere')}
        />
        <h2>{t('console.settings.community')}</h2>
        <CommunitySettings view={view} rejected={rejected} />
      </>
    ),
  })
}
