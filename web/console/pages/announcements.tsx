import { Hono } from 'hono'
import { z } from 'zod'
import { type Phrase, phrase } from '../../../content/i18n.ts'
import type { AnnouncementId } from '../../../db/schema-announcements.ts'
import {
  type AnnouncementInput,
  announcementList,
  approvalNeeded,
  cancel,
  confirm,
  draft,
  edit,
  filesOf,
  type Progress,
  progressOf,
  recall,
  retry,
  setApproval,
  tellColleagues,
} from '../../../handlers/announcements/service.ts'
import { err, type Result } from '../../../handlers/core/result.ts'
import { Refused } from '../../http.ts'
import { download } from '../export.ts'
import { EMPTY, type Filled, type Read, readForm, refused } from '../form.ts'
import { requireRole, roleGuard } from '../guard.ts'
import { page } from '../layout.tsx'
import { Act, Exports, Table } from '../parts.tsx'
import { stampText, whenText } from '../shown.ts'
import type { ConsoleEnv, Ctx, View } from '../view.ts'
import { announcementPage, countsText, reasonText, stateText } from './announcement.tsx'
import { fileResponse, keptIn, takeFiles } from './announcement-files.ts'
import { blocked, inputFrom, typed, writeForm } from './announcement-form.ts'
import { WriteForm } from './announcement-write.tsx'

const SHOWN = 60

const confirmForm = z.object({ code: z.string().trim().min(1).max(10) })

/** Announcements: writing, looking, confirming, and seeing them go out. */
export function announcementPages(): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>()
  app.use('/announcements/*', roleGuard('staff'))
  app.get('/announcements', (c) => {
    const view = c.get('view')
    if (c.req.query('format')) return download(c, listSheet(view))
    return c.html(listPage(view, EMPTY))
  })
  app.post('/announcements', async (c) => {
    const view = c.get('view')
    const read = await readWritten(c)
    if (!read.ok) return c.html(listPage(view, read.filled), 422)
    const { value, filled } = read
    const asking = await askingOf(view)
    const made = view.work((work) => draft(work, asking, value, keptIn(filled)))
    return made.ok
      ? c.redirect(`/console/announcements/${made.value.row.id}`, 303)
      : c.html(listPage(view, blocked(filled, made.error)), 422)
  })
  app.post('/announcements/approval', (c) => {
    requireRole(c, 'owner')
    const view = c.get('view')
    view.work((work) => setApproval(work, view.who.id, !approvalNeeded(work.env)))
    return c.redirect('/console/announcements?done=1', 303)
  })

  app.get('/announcements/:id', async (c) => {
    const [view, of] = [c.get('view'), found(c)]
    if (c.req.query('format')) return download(c, deliverySheet(view, of))
    return c.html(announcementPage(view, of, EMPTY, (await askingOf(view)).session))
  })
  app.get('/announcements/:id/files/:n', (c) => fileResponse(c, found(c).row.id))
  app.get('/announcements/:id/edit', (c) => {
    const [view, { row }] = [c.get('view'), found(c)]
    const files = filesOf(view.deps.store, row.id)
    return c.html(listPage(view, typed(view, { row, files }), row.id))
  })
  app.post('/announcements/:id/edit', async (c) => {
    const [view, { row }] = [c.get('view'), found(c)]
    const { id } = row
    const read = await readWritten(c)
    if (!read.ok) return c.html(listPage(view, read.filled, id), 422)
    const { value: input, filled } = read
    const asking = await askingOf(view)
    const change = { input, files: keptIn(filled), seen: filled.values['seen'] ?? '' }
    const made = view.work((work) => edit(work, asking, id, change))
    if (made.ok) return c.redirect(`/console/announcements/${id}`, 303)
    // Whoever has read that it was changed may send the same again.
    const values = { ...filled.values, seen: found(c).row.code }
    return c.html(listPage(view, blocked({ ...filled, values }, made.error), id), 422)
  })
  app.post('/announcements/:id/confirm', async (c) => {
    const [view, of] = [c.get('view'), found(c)]
    const form = await readForm(c, confirmForm)
    const asking = await askingOf(view)
    if (!form.ok) return c.html(announcementPage(view, of, form.filled, asking.session), 422)
    const result = view.work((work) => {
      const confirmed = confirm(work, asking, form.value.code, of.row.id)
      if (confirmed.ok && confirmed.value.kind === 'awaiting') {
        tellColleagues(work, confirmed.value, view.who.name)
      }
      return confirmed
    })
    if (!result.ok) {
      const again = refused(form.filled, result.error, 'code')
      return c.html(announcementPage(view, found(c), again, asking.session), 422)
    }
    return c.redirect(`/console/announcements/${of.row.id}`, 303)
  })
  for (const [name, act] of [
    ['cancel', cancel],
    ['retry', retry],
    ['recall', takeBack],
  ] as const) {
    app.post(`/announcements/:id/${name}`, async (c) => {
      const [view, of] = [c.get('view'), found(c)]
      const result: Result<unknown, Phrase> = view.work((work) => act(work, view.who.id, of.row.id))
      if (result.ok) return c.redirect(`/console/announcements/${of.row.id}?done=1`, 303)
      const { session } = await askingOf(view)
      return c.html(announcementPage(view, found(c), refused(EMPTY, result.error), session), 422)
    })
  }
  return app
}

function found(c: Ctx): Progress {
  const id = Number(c.req.param('id')) as AnnouncementId
  const of = progressOf(c.get('view').deps.store, id)
  if (of === undefined) throw new Refused(404, 'not_found', 'no such announcement')
  return of
}

async function askingOf(view: View) {
  const seen = await view.deps.groups()
  return { by: view.who.id, ...(seen && { session: seen.session }) }
}

/** What was written, with its files among what was typed. */
async function readWritten(c: Ctx): Promise<Read<AnnouncementInput>> {
  const form = await readForm(c, writeForm)
  const filled = await takeFiles(c, form.filled)
  if (!form.ok || Object.keys(filled.errors).length > 0) return { ok: false, filled }
  const input = inputFrom(c.get('view'), form.value)
  if (input.ok) return { ok: true, value: input.value, filled }
  const [field, why] = input.error
  return { ok: false, filled: refused(filled, why, field) }
}

/** A recall that takes nothing back is worth a word. */
function takeBack(...[work, by, id]: Parameters<typeof recall>): Result<unknown, Phrase> {
  const result = recall(work, by, id)
  if (!result.ok) return result
  const { asked, beyond, stopped } = result.value
  if (beyond > 0) return err(phrase('announcements.beyond', { n: beyond }))
  return asked + stopped > 0 ? result : err(phrase('announcements.nothingToRecall', { no: id }))
}

function listSheet(view: View) {
  const { t } = view
  return {
    name: 'announcements',
    head: [
      '#',
      t('console.announcement.text'),
      t('console.group.state'),
      t('console.announcement.sendAt'),
      t('console.announcement.sent'),
      t('console.group.topic'),
    ],
    rows: announcementList(view.deps.store, 10_000).map((p) => [
      p.row.id,
      p.row.text,
      stateText(view, p),
      stampText(view, p.row.last_at ?? p.row.send_at ?? p.row.created_at),
      p.counts.sent,
      p.total,
    ]),
  }
}

function deliverySheet(view: View, of: Progress) {
  const { t } = view
  return {
    name: `announcement-${of.row.id}`,
    head: [t('console.group.topic'), t('console.group.state'), t('console.announcement.reason')],
    rows: of.deliveries.map((d) => [
      d.topic,
      t(`console.delivery.${d.state}`),
      reasonText(view, d),
    ]),
  }
}

const EXCERPT = 30

function listPage(view: View, filled: Filled, editing?: AnnouncementId) {
  const { t } = view
  const approval = approvalNeeded(view.deps.env)
  return page(view, {
    title: t('console.nav.announcements'),
    children: (
      <>
        <h2>{t(editing ? 'console.announcement.edit' : 'console.announcement.write')}</h2>
        <WriteForm view={view} filled={filled} editing={editing} />
        {editing === undefined && (
          <>
            <h2>{t('console.announcement.latest')}</h2>
            <Table
              caption={t('console.announcement.latest')}
              empty={t('console.nothing')}
              rows={announcementList(view.deps.store, SHOWN)}
              columns={[
                { head: '#', cell: (p) => p.row.id, numeric: true },
                {
                  head: t('console.announcement.text'),
                  cell: (p) => (
                    <a href={`/console/announcements/${p.row.id}`}>
                      {[...p.row.text.replaceAll('\n', ' ')].slice(0, EXCERPT).join('')}
                    </a>
                  ),
                },
                {
                  head: t('console.group.state'),
                  cell: (p) => stateText(view, p),
                },
                { head: t('console.announcement.progress'), cell: (p) => countsText(view, p) },
                {
                  head: t('console.announcement.sendAt'),
                  cell: (p) => whenText(view, p.row.last_at ?? p.row.send_at ?? p.row.created_at),
                },
              ]}
            />
            <Exports view={view} path="/console/announcements" />
            <h2>{t('console.announcement.approval')}</h2>
            <p>
              {t(approval ? 'console.announcement.approvalOn' : 'console.announcement.approvalOff')}
            </p>
            {view.who.role === 'owner' && (
              <Act
                view={view}
                action="/console/announcements/approval"
                label={t(
                  approval ? 'console.announcement.approveOne' : 'console.announcement.approveTwo',
                )}
              />
            )}
          </>
        )}
      </>
    ),
  })
}
