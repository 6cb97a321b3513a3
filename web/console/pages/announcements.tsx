import { Hono } from 'hono'
import { z } from 'zod'
import type { Phrase } from '../../../content/i18n.ts'
import { type AnnouncementId, REPEATS_EVERY } from '../../../db/schema-announcements.ts'
import {
  announcementList,
  approvalNeeded,
  cancel,
  confirm,
  draft,
  edit,
  inputOf,
  type Progress,
  progressOf,
  recall,
  retry,
  setApproval,
} from '../../../handlers/announcements/service.ts'
import type { Result } from '../../../handlers/core/result.ts'
import { groups } from '../../../handlers/staff/service.ts'
import { Refused } from '../../http.ts'
import { download } from '../export.ts'
import { EMPTY, type Filled, readForm, refused } from '../form.ts'
import { requireRole, roleGuard } from '../guard.ts'
import { page } from '../layout.tsx'
import { Act, Choices, Exports, Field, Form, Select, Table } from '../parts.tsx'
import { placeOptions, stampText, whenText } from '../shown.ts'
import type { ConsoleEnv, Ctx, View } from '../view.ts'
import { announcementPage, countsText } from './announcement.tsx'
import { inputFrom, MAX_TEXT, typed, writeForm } from './announcement-form.ts'

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
    const form = await readForm(c, writeForm)
    const input = form.ok ? inputFrom(view, form.value) : undefined
    if (!form.ok || input === undefined) return c.html(listPage(view, form.filled), 422)
    if (!input.ok)
      return c.html(listPage(view, refused(form.filled, input.error, 'audience[]')), 422)
    const asking = await askingOf(view)
    const made = view.work((work) => draft(work, asking, input.value))
    return made.ok
      ? c.redirect(`/console/announcements/${made.value.row.id}`, 303)
      : c.html(listPage(view, blocked(form.filled, made.error)), 422)
  })
  app.post('/announcements/approval', (c) => {
    requireRole(c, 'owner')
    const view = c.get('view')
    view.work((work) => setApproval(work, view.who.id, !approvalNeeded(work.tx, work.env)))
    return c.redirect('/console/announcements?done=1', 303)
  })

  app.get('/announcements/:id', async (c) => {
    const [view, of] = [c.get('view'), found(c)]
    if (c.req.query('format')) return download(c, deliverySheet(view, of))
    return c.html(announcementPage(view, of, EMPTY, (await askingOf(view)).session))
  })
  app.get('/announcements/:id/edit', (c) => {
    const [view, of] = [c.get('view'), found(c)]
    return c.html(listPage(view, typed(view, inputOf(of.row)), of))
  })
  app.post('/announcements/:id/edit', async (c) => {
    const [view, of] = [c.get('view'), found(c)]
    const form = await readForm(c, writeForm)
    const input = form.ok ? inputFrom(view, form.value) : undefined
    if (!form.ok || input === undefined) return c.html(listPage(view, form.filled, of), 422)
    if (!input.ok) {
      return c.html(listPage(view, refused(form.filled, input.error, 'audience[]'), of), 422)
    }
    const asking = await askingOf(view)
    const made = view.work((work) => edit(work, asking, of.row.id, input.value))
    return made.ok
      ? c.redirect(`/console/announcements/${of.row.id}`, 303)
      : c.html(listPage(view, blocked(form.filled, made.error), of), 422)
  })
  app.post('/announcements/:id/confirm', async (c) => {
    const [view, of] = [c.get('view'), found(c)]
    const form = await readForm(c, confirmForm)
    const asking = await askingOf(view)
    if (!form.ok) return c.html(announcementPage(view, of, form.filled, asking.session), 422)
    const result = view.work((work) => confirm(work, asking, form.value.code))
    if (!result.ok) {
      const again = refused(form.filled, result.error, 'code')
      return c.html(announcementPage(view, found(c), again, asking.session), 422)
    }
    return c.redirect(`/console/announcements/${of.row.id}`, 303)
  })
  for (const [name, act] of [
    ['cancel', cancel],
    ['retry', retry],
    ['recall', recall],
  ] as const) {
    app.post(`/announcements/:id/${name}`, async (c) => {
      const [view, of] = [c.get('view'), found(c)]
      const result: Result<unknown, Phrase> = view.work((work) => act(work, view.who.id, of.row.id))
      const { session } = await askingOf(view)
      return result.ok
        ? c.redirect(`/console/announcements/${of.row.id}?done=1`, 303)
        : c.html(announcementPage(view, found(c), refused(EMPTY, result.error), session), 422)
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

/** Every reason, above the form; what was typed stays. */
function blocked(filled: Filled, reasons: readonly Phrase[]): Filled {
  return refused(filled, reasons)
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
      t(`console.announcing.${p.row.state}`),
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
    rows: of.deliveries.map((d) => [d.topic, t(`console.delivery.${d.state}`), d.reason ?? '']),
  }
}

const EXCERPT = 30

function listPage(view: View, filled: Filled, editing?: Progress) {
  const { t } = view
  const approval = approvalNeeded(view.deps.store, view.deps.env)
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
                  cell: (p) => t(`console.announcing.${p.row.state}`),
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

function WriteForm(props: {
  readonly view: View
  readonly filled: Filled
  readonly editing: Progress | undefined
}) {
  const { view, filled, editing } = props
  const { t } = view
  const action = editing
    ? `/console/announcements/${editing.row.id}/edit`
    : '/console/announcements'
  return (
    <Form view={view} action={action} filled={filled}>
      <Field
        view={view}
        name="text"
        label={t('console.announcement.text')}
        hint={t('console.announcement.textHint')}
        filled={filled}
        rows={6}
        required
        max={MAX_TEXT}
      />
      <Choices
        view={view}
        name="audience[]"
        label={t('console.announcement.audience')}
        filled={filled}
        options={audienceOptions(view)}
      />
      <label class="choice">
        <input
          type="checkbox"
          name="urgent"
          value="yes"
          checked={filled.values['urgent'] === 'yes'}
        />
        {t('console.announcement.urgent')}
      </label>
      <div class="filters">
        <Field
          view={view}
          name="sendAt"
          type="datetime-local"
          label={t('console.announcement.sendAt')}
          hint={t('console.announcement.sendAtHint')}
          filled={filled}
        />
        <Select
          view={view}
          name="repeats"
          label={t('console.announcement.repeats')}
          filled={filled}
          none={t('console.announcement.once')}
          options={REPEATS_EVERY.map((every) => ({
            value: every,
            label: t(`console.announcement.${every}`),
          }))}
        />
        <Field
          view={view}
          name="until"
          type="date"
          label={t('console.announcement.until')}
          filled={filled}
        />
        <Field
          view={view}
          name="expires"
          type="datetime-local"
          label={t('console.announcement.expires')}
          filled={filled}
        />
      </div>
      <button type="submit">{t('console.announcement.preview')}</button>
    </Form>
  )
}

/** Everybody, the places and tags that groups have, and each group. */
function audienceOptions(view: View) {
  const { t } = view
  const served = groups(view.look).filter((g) => g.enabled === 1)
  const places = new Set(served.map((g) => g.place))
  const tags = [...new Set(served.flatMap((g) => JSON.parse(g.tags) as string[]))].sort()
  return [
    { value: 'all', label: t('console.announcement.everybody') },
    ...placeOptions(view)
      .filter((p) => places.has(p.value))
      .map((p) => ({ value: `place:${p.value}`, label: p.label })),
    ...tags.map((tag) => ({ value: `tag:${tag}`, label: t('console.announcement.tag', { tag }) })),
    ...served.map((g) => ({
      value: `room:${g.id}`,
      label: t('console.announcement.group', { topic: g.topic }),
    })),
  ]
}
