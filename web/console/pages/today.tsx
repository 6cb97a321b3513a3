import { Hono } from 'hono'
import { page } from '../layout.tsx'
import type { ConsoleEnv } from '../view.ts'

/** What needs somebody now. */
export function todayPages(): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>()
  app.get('/today', (c) => {
    const view = c.get('view')
    return c.html(
      page(view, {
        title: view.t('console.nav.today'),
        children: <p>{view.t('console.hello', { name: view.who.name })}</p>,
      }),
    )
  })
  return app
}
