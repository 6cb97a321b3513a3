import { Hono } from 'hono'
import { z } from 'zod'
import { LANGS } from '../../../content/schema.ts'
import type { RoomId } from '../../../db/schema.ts'
import {
  changeGroup,
  enableGroup,
  type Group,
  groups,
  leaveGroup,
  resumeGroup,
  strangers,
} from '../../../handlers/staff/service.ts'
import { Refused } from '../../http.ts'
import { download } from '../export.ts'
import { EMPTY, type Filled, readForm, refused } from '../form.ts'
import { roleGuard } from '../guard.ts'
import { page } from '../layout.tsx'
import { Act, Exports, Field, Form, Select, Table } from '../parts.tsx'
import { placeOptions, placeText } from '../shown.ts'
import type { ConsoleEnv, Ctx, View } from '../view.ts'

const MAX_TAGS = 200
const LANGUAGES = { 'zh-CN': '简体中文', 'zh-TW': '繁體中文', en: 'English' } as const

const enableForm = z.object({
  group: z.string().min(1),
  kind: z.enum(['residents', 'staff']),
  place: z.string(),
})

const groupForm = z.object({
  place: z.string(),
  tags: z.string().max(MAX_TAGS),
  lang: z.enum(LANGS),
})

/** Groups: which Linli serves, where they belong, and those that it could serve. */
export function groupPages(): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>()
  app.use('/groups/*', roleGuard('staff'))

  app.get('/groups', async (c) => {
    if (c.req.query('format')) return download(c, sheet(c.get('view')))
    return c.html(await listPage(c.get('view'), EMPTY))
  })

  app.post('/groups/enable', async (c) => {
    const view = c.get('view')
    const form = await readForm(c, enableForm)
    const seen = await view.deps.groups()
    const group = form.ok ? seen?.views.find((v) => v.platformId === form.value.group) : undefined
    if (!form.ok || seen === null || group === undefined) {
      return c.html(await listPage(view, form.filled), 422)
    }
    const { kind, place } = form.value
    const { platformId, topic } = group
    view.work((work) =>
      enableGroup(
        work,
        view.who.id,
        { session: seen.session, platformId, topic },
        { kind, ...(place === '' ? {} : { place }) },
      ),
    )
    await view.deps.meet(platformId)
    return c.redirect('/console/groups?done=1', 303)
  })

  app.get('/groups/:id', (c) => c.html(groupPage(c.get('view'), groupOf(c), EMPTY)))
  app.post('/groups/:id', async (c) => {
    const view = c.get('view')
    const group = groupOf(c)
    const form = await readForm(c, groupForm)
    if (!form.ok) return c.html(groupPage(view, group, form.filled), 422)
    const { place, tags, lang } = form.value
    const change = {
      place: place || undefined,
      tags: tags.split(/[\s,，、]+/).filter(Boolean),
      lang,
    }
    const result = view.work((work) => changeGroup(work, view.who.id, group.id, change))
    return result.ok
      ? c.redirect(`/console/groups/${group.id}?done=1`, 303)
      : c.html(groupPage(view, group, refused(form.filled, result.error)), 422)
  })
  for (const [name, act] of [
    ['leave', leaveGroup],
    ['resume', resumeGroup],
  ] as const) {
    app.post(`/groups/:id/${name}`, (c) => {
      const view = c.get('view')
      const group = groupOf(c)
      const result = view.work((work) => act(work, view.who.id, group.id))
      return result.ok
        ? c.redirect(`/console/groups/${group.id}?done=1`, 303)
        : c.html(groupPage(view, groupOf(c), refused(EMPTY, result.error)), 422)
    })
  }
  return app
}

function groupOf(c: Ctx): Group {
  const id = Number(c.req.param('id')) as RoomId
  const group = groups(c.get('view').look).find((g) => g.id === id)
  if (group === undefined) throw new Refused(404, 'not_found', 'no such group')
  return group
}

function tagsOf(group: Group): string {
  return (JSON.parse(group.tags) as string[]).join(' ')
}

function sheet(view: View) {
  const { t } = view
  return {
    name: 'groups',
    head: [
      t('console.group.no'),
      t('console.group.topic'),
      t('console.group.kind'),
      t('console.group.place'),
      t('console.group.tags'),
      t('console.group.members'),
      t('console.group.state'),
    ],
    rows: groups(view.look).map((g) => [
      g.id,
      g.topic,
      kindText(view, g),
      placeText(view, g.place),
      tagsOf(g),
      g.members,
      stateText(view, g),
    ]),
  }
}

function kindText(view: View, { kind }: Pick<Group, 'kind'>): string {
  return view.t(kind === 'staff' ? 'console.group.staff' : 'console.group.residents')
}

function stateText(view: View, { enabled }: Pick<Group, 'enabled'>): string {
  return view.t(enabled === 1 ? 'console.group.on' : 'console.group.off')
}

async function listPage(view: View, filled: Filled) {
  const { t } = view
  const seen = await view.deps.groups()
  const open = seen === null ? [] : strangers(view.look, seen.session, seen.views)
  return page(view, {
    title: t('console.nav.groups'),
    children: (
      <>
        <Table
          caption={t('console.group.served')}
          empty={t('console.group.none')}
          rows={groups(view.look)}
          columns={[
            {
              head: t('console.group.topic'),
              cell: (g) => <a href={`/console/groups/${g.id}`}>{g.topic}</a>,
            },
            { head: t('console.group.kind'), cell: (g) => kindText(view, g) },
            { head: t('console.group.place'), cell: (g) => placeText(view, g.place) },
            { head: t('console.group.tags'), cell: (g) => tagsOf(g) },
            { head: t('console.group.members'), cell: (g) => g.members, numeric: true },
            { head: t('console.group.state'), cell: (g) => stateText(view, g) },
          ]}
        />
        <Exports view={view} path="/console/groups" />
        <h2>{t('console.group.enable')}</h2>
        {seen === null && <p class="warning">{t('console.group.offline')}</p>}
        {open.length === 0 ? (
          <p class="empty">{t('console.group.noneToEnable')}</p>
        ) : (
          <Form view={view} action="/console/groups/enable" filled={filled}>
            <Select
              view={view}
              name="group"
              label={t('console.group.topic')}
              filled={filled}
              options={open.map((v) => ({
                value: v.platformId,
                label: `${v.topic}（${v.members.length}）`,
              }))}
            />
            <Select
              view={view}
              name="kind"
              label={t('console.group.kind')}
              filled={filled}
              options={[
                { value: 'residents', label: t('console.group.residents') },
                { value: 'staff', label: t('console.group.staff') },
              ]}
            />
            <Select
              view={view}
              name="place"
              label={t('console.group.place')}
              filled={filled}
              none={t('console.group.wholeCommunity')}
              options={placeOptions(view)}
            />
            <button type="submit">{t('console.group.enable')}</button>
          </Form>
        )}
        <p class="hint">{t('console.group.enableHint')}</p>
      </>
    ),
  })
}

function groupPage(view: View, group: Group, filled: Filled) {
  const { t } = view
  const path = `/console/groups/${group.id}`
  return page(view, {
    title: group.topic,
    children: (
      <>
        <dl class="facts">
          <dt>{t('console.group.kind')}</dt>
          <dd>{kindText(view, group)}</dd>
          <dt>{t('console.group.members')}</dt>
          <dd>{group.members}</dd>
          <dt>{t('console.group.state')}</dt>
          <dd>{stateText(view, group)}</dd>
        </dl>
        <Form view={view} action={path} filled={filled}>
          <Select
            view={view}
            name="place"
            label={t('console.group.place')}
            filled={filled}
            value={group.place ?? ''}
            none={t('console.group.wholeCommunity')}
            options={placeOptions(view)}
          />
          <Field
            view={view}
            name="tags"
            label={t('console.group.tags')}
            hint={t('console.group.tagsHint')}
            filled={filled}
            value={tagsOf(group)}
            max={MAX_TAGS}
          />
          <Select
            view={view}
            name="lang"
            label={t('console.language')}
            filled={filled}
            value={group.lang}
            options={LANGS.map((lang) => ({ value: lang, label: LANGUAGES[lang] }))}
          />
          <button type="submit">{t('console.save')}</button>
        </Form>
        <h2>{t('console.group.state')}</h2>
        {group.enabled === 1 ? (
          <>
            <p>{t('console.group.leaveHint')}</p>
            <Act
              view={view}
              action={`${path}/leave`}
              label={t('console.group.leave')}
              class="danger"
            />
          </>
        ) : (
          <Act view={view} action={`${path}/resume`} label={t('console.group.resume')} />
        )}
      </>
    ),
  })
}
