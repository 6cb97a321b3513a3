import { Hono } from 'hono'
import { z } from 'zod'
import { phrase } from '../../../content/i18n.ts'
import type { ResidentId } from '../../../db/schema.ts'
import type { CaseId } from '../../../db/schema-reports.ts'
import {
  assignMany,
  deskView,
  ifUnchanged,
  maySeePhoto,
  revealReporters,
} from '../../../handlers/reports/desk.ts'
import type { Action } from '../../../handlers/reports/transitions.ts'
import type { CaseView } from '../../../handlers/reports/view.ts'
import { Refused } from '../../http.ts'
import { download } from '../export.ts'
import { readForm, refused } from '../form.ts'
import { requireRole, roleGuard } from '../guard.ts'
import { type ConsoleEnv, type Ctx, pageOf } from '../view.ts'
import { STEPS } from './report-actions.ts'
import { casePage } from './report-case.tsx'
import { evidencePage, evidenceSheet } from './report-evidence.tsx'
import { readFields } from './report-fields.ts'
import { filtersFrom, listPage, listSheet } from './report-list.tsx'
import { enter, NEW_FIELDS, newPage, SAME_FIELD } from './report-new.tsx'

const PICK = phrase('console.report.pickSome')

const bulkForm = z.object({
  query: z.string().max(1000).default(''),
  'assign-to': z.coerce.number().int().min(1),
  'case[]': z.array(z.string().regex(/^\d{1,9}:\d{1,9}$/)).min(1),
})

/** Reports: the queue, one case with what can be done about it, its evidence and its pictures. */
export function reportPages(): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>()
  app.get('/reports', (c) => {
    const view = c.get('view')
    const query = new URL(c.req.url).searchParams
    if (query.has('format')) return download(c, listSheet(view, filtersFrom(query)))
    return c.html(listPage(view, filtersFrom(query), { page: pageOf(c) }))
  })
  app.post('/reports/bulk', (c) => bulk(c))
  // Whoever changes the language below what was done comes here.
  app.get('/reports/bulk', (c) => c.redirect('/console/reports'))
  app.use('/reports/new', roleGuard('staff'))
  app.get('/reports/new', (c) => c.html(newPage(c.get('view'))))
  app.post('/reports/new', (c) => file(c))
  app.get('/reports/:id{[0-9]+}', (c) => c.html(casePage(c.get('view'), caseOf(c))))
  app.get('/reports/:id{[0-9]+}/evidence', (c) => {
    const [view, of] = [c.get('view'), caseOf(c)]
    return c.req.query('format')
      ? download(c, evidenceSheet(view, of))
      : c.html(evidencePage(view, of))
  })
  app.post('/reports/:id{[0-9]+}/reveal', (c) => reveal(c))
  app.post('/reports/:id{[0-9]+}/:action', (c) => step(c))
  app.get('/photos/:hash{[0-9a-f]{64}}', (c) => photo(c))
  return app
}

/** @throws Refused 404 for a case that is not there, and for one that is not theirs */
function caseOf(c: Ctx): CaseView {
  const view = c.get('view')
  const found = deskView(view.look, view.who, Number(c.req.param('id')) as CaseId)
  if (!found.ok) throw new Refused(404, 'not_found', 'no such case')
  return found.value
}

/** One step of a case; a refusal keeps what was typed and shows the case as it is now. */
async function step(c: Ctx): Promise<Response> {
  const [view, of] = [c.get('view'), caseOf(c)]
  const name = c.req.param('action') as Action
  const known = Object.hasOwn(STEPS, name) ? STEPS[name] : undefined
  if (known === undefined) throw new Refused(404, 'not_found', 'no such step')
  const { id } = of.case
  const read = await readFields(c, name, known.fields, of)
  if (!read.ok) {
    return c.html(casePage(view, of, { refusal: { form: name, filled: read.filled } }), 422)
  }
  const { given, filled } = read
  const result = view.work((work) =>
    ifUnchanged(work, { id, version: given.seen }, () => known.run({ view, work, of, id }, given)),
  )
  if (result.ok) return c.redirect(`/console/reports/${id}?done=1`, 303)
  const refusal = { form: name, filled: refused(filled, result.error) }
  return c.html(casePage(view, caseOf(c), { refusal }), 422)
}

const REASON = {
  name: 'reason',
  label: 'console.report.revealWhy',
  kind: 'line',
  required: true,
} as const

/** The names are in this answer alone; whoever wants them again gives a reason again. */
async function reveal(c: Ctx): Promise<Response> {
  requireRole(c, 'staff')
  const [view, of] = [c.get('view'), caseOf(c)]
  const read = await readFields(c, 'reveal', [REASON])
  if (!read.ok) {
    return c.html(casePage(view, of, { refusal: { form: 'reveal', filled: read.filled } }), 422)
  }
  const reason = read.given.words['reason'] ?? ''
  const result = view.work((work) => revealReporters(work, view.who, of.case.id, reason))
  if (result.ok) return c.html(casePage(view, of, { identities: result.value }))
  const filled = refused(read.filled, result.error)
  return c.html(casePage(view, of, { refusal: { form: 'reveal', filled } }), 422)
}

/** Several cases to one person: each is done or refused by itself. */
async function bulk(c: Ctx): Promise<Response> {
  requireRole(c, 'steward')
  const view = c.get('view')
  const form = await readForm(c, bulkForm)
  const filters = filtersFrom(new URLSearchParams(form.filled.values['query'] ?? ''))
  if (!form.ok) {
    const { errors } = form.filled
    const error = errors['case[]'] ? { errors: { '': PICK, ...errors } } : {}
    return c.html(listPage(view, filters, { filled: { ...form.filled, ...error } }), 422)
  }
  const cases = form.value['case[]'].map((each) => {
    const [id, seen] = each.split(':').map(Number)
    return { id: id as CaseId, seen: seen ?? 0 }
  })
  const done = view.work((work) =>
    assignMany(work, view.who, cases, form.value['assign-to'] as ResidentId),
  )
  const outcomes = done.map(({ id, changed }) => ({
    id,
    error: changed.ok ? undefined : changed.error,
  }))
  return c.html(listPage(view, filters, { outcomes }))
}

async function file(c: Ctx): Promise<Response> {
  const view = c.get('view')
  const read = await readFields(c, 'new', [...NEW_FIELDS, SAME_FIELD])
  if (!read.ok) return c.html(newPage(view, read.filled), 422)
  const entered = enter(view, read.given)
  if (!entered.ok) return c.html(newPage(view, refused(read.filled, entered.error)), 422)
  return 'case' in entered.value
    ? c.redirect(`/console/reports/${entered.value.case}?done=1`, 303)
    : c.html(newPage(view, read.filled, entered.value.candidates), 422)
}

/** A picture of a case, for those who handle it. */
async function photo(c: Ctx): Promise<Response> {
  const view = c.get('view')
  const hash = c.req.param('hash') ?? ''
  const data = maySeePhoto(view.look, view.who, hash)
    ? await view.deps.photos.read(hash)
    : undefined
  if (data === undefined) throw new Refused(404, 'not_found', 'no such picture')
  return c.body(new Uint8Array(data), 200, {
    'Content-Type': 'image/jpeg',
    'Content-Disposition': 'inline',
  })
}
