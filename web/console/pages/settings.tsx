import { Hono } from 'hono'
import { z } from 'zod'
import { changePin } from '../../../handlers/staff/service.ts'
import { EMPTY, type Filled, readForm, refused } from '../form.ts'
import { roleGuard } from '../guard.ts'
import { page } from '../layout.tsx'
import { Act, Field, Form } from '../parts.tsx'
import type { ConsoleEnv, View } from '../view.ts'

const pinForm = z.object({
  old: z.string().min(1),
  fresh: z.string().regex(/^\d{4,8}$/),
})

/** One's own PIN and sessions, and what the community has set, with the file in which it is changed. */
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
  return app
}

function settingsPage(view: View, filled: Filled) {
  const { t, lang, deps } = view
  const { chat, community, surveyRules } = deps.env.content
  const files: readonly (readonly [string, string, string])[] = [
    [t('console.settings.name'), community.name[lang], 'community/community.yaml'],
    [
      t('console.settings.quiet'),
      `${chat.quietHours.from}–${chat.quietHours.to}`,
      'rules/chat.yaml',
    ],
    [t('console.settings.digest'), chat.digestAt, 'rules/chat.yaml'],
    [
      t('console.settings.pacing'),
      t('console.settings.pacingText', {
        seconds: chat.pacing.roomSeconds,
        minute: chat.pacing.perMinute,
        day: chat.pacing.perDay,
      }),
      'rules/chat.yaml',
    ],
    [
      t('console.settings.rounds'),
      t(surveyRules.automatic ? 'console.settings.automatic' : 'console.settings.byHand'),
      'rules/surveys.yaml',
    ],
  ]
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
        <p>{t('console.settings.filesHint')}</p>
        <dl class="facts">
          {files.map(([name, value, file]) => (
            <>
              <dt>{name}</dt>
              <dd>
                {value} <small>（{file}）</small>
              </dd>
            </>
          ))}
        </dl>
      </>
    ),
  })
}
