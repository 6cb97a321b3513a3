import { Hono } from 'hono'
import { z } from 'zod'
import { SIGN_UP_STATES, type SignUpId } from '../../../db/schema-signups.ts'
import { addByHand, removeByHand, setArrived } from '../../../handlers/programmes/signups/desk.ts'
import { download } from '../export.ts'
import { EMPTY, readForm, refused } from '../form.ts'
import { roleGuard } from '../guard.ts'
import type { ConsoleEnv, Ctx } from '../view.ts'
import { nameOf, occurrencePage } from './occurrence.tsx'
import { found } from './programmes.tsx'
import { peopleSheet, printPage } from './sign-up-list.tsx'

const addForm = z.object({
  name: z.string().trim().min(1).max(20),
  phone: z
    .string()
    .trim()
    .regex(/^[\d+\- ]{0,20}$/),
  way: z.enum(['phone', 'door']),
})
const removeForm = z.object({ state: z.enum(SIGN_UP_STATES) })
const cameForm = z.object({ state: z.enum(SIGN_UP_STATES), came: z.enum(['0', '1']) })

/** The list of an occurrence: by hand, checked in, printed, as a file. */
export function signUpPages(): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>()
  app.use('/programmes/*', roleGuard('staff'))
  app.get('/programmes/:id{[0-9]+}/print', (c) => {
    const [view, of] = [c.get('view'), found(c)]
    return c.html(printPage(view, of, nameOf(view, of)))
  })
  app.get('/programmes/:id{[0-9]+}/people', (c) =>
    download(c, peopleSheet(c.get('view'), found(c))),
  )

  app.post('/programmes/:id{[0-9]+}/people', async (c) => {
    const [view, of] = [c.get('view'), found(c)]
    const form = await readForm(c, addForm)
    if (!form.ok) return c.html(occurrencePage(view, of, form.filled), 422)
    const result = view.work((work) => addByHand(work, view.who.id, of.row.id, form.value))
    return result.ok
      ? back(c)
      : c.html(occurrencePage(view, of, refused(form.filled, result.error, 'name')), 422)
  })
  app.post('/programmes/:id{[0-9]+}/people/:who{[0-9]+}/remove', async (c) => {
    const [view, of] = [c.get('view'), found(c)]
    const form = await readForm(c, removeForm)
    if (!form.ok) return c.html(occurrencePage(view, of, form.filled), 422)
    const seen = { id: signUpId(c), state: form.value.state }
    const result = view.work((work) => removeByHand(work, view.who.id, of.row.id, seen))
    return result.ok ? back(c) : c.html(occurrencePage(view, of, refused(EMPTY, result.error)), 422)
  })
  app.post('/programmes/:id{[0-9]+}/people/:who{[0-9]+}/came', async (c) => {
    const [view, of] = [c.get('view'), found(c)]
    const form = await readForm(c, cameForm)
    if (!form.ok) return c.html(occurrencePage(view, of, form.filled), 422)
    const { state, came } = form.value
    const seen = { id: signUpId(c), state }
    const result = view.work((work) => setArrived(work, view.who.id, of.row.id, seen, came === '1'))
    return result.ok ? back(c) : c.html(occurrencePage(view, of, refused(EMPTY, result.error)), 422)
  })
  return app
}

function signUpId(c: Ctx): SignUpId {
  return Number(c.req.param('who')) as SignUpId
}

function back(c: Ctx) {
  return c.redirect(`/console/programmes/${c.req.param('id')}?done=1#people`, 303)
}
