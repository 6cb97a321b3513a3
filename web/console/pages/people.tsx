import { Hono } from 'hono'
import { z } from 'zod'
import { type ResidentId, ROLES, type Role } from '../../../db/schema.ts'
import {
  addStaff,
  changeRole,
  merge,
  people,
  personById,
  unmerge,
} from '../../../handlers/staff/service.ts'
import { Refused } from '../../http.ts'
import { download } from '../export.ts'
import { EMPTY, type Filled, readForm, refused } from '../form.ts'
import { requireRole, roleGuard } from '../guard.ts'
import { page } from '../layout.tsx'
import { Act, Exports, Field, Form, Pager, Select, Table } from '../parts.tsx'
import { placeOptions, placeText, stampText, whenText } from '../shown.ts'
import { type ConsoleEnv, type Ctx, pageOf, type View } from '../view.ts'

const PER_PAGE = 50
const MAX_EXPORT = 20_000
const STAFF_ROLES = ['staff', 'steward', 'partner', 'owner'] as const

const addForm = z.object({
  name: z.string().trim().min(1).max(40),
  role: z.enum(STAFF_ROLES),
  beat: z.string(),
})
const roleForm = z.object({ role: z.enum(ROLES), beat: z.string() })
const mergeForm = z.object({ into: z.coerce.number().int().min(1) })

type Person = ReturnType<typeof people>['rows'][number]

/** People: looking them up, joining two rows that are one person, and who works here. */
export function peoplePages(): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>()
  app.use('/people/*', roleGuard('staff'))

  app.get('/people', (c) => {
    if (c.req.query('format')) return download(c, sheet(c))
    return c.html(listPage(c, EMPTY))
  })
  app.post('/people', async (c) => {
    requireRole(c, 'owner')
    const view = c.get('view')
    const form = await readForm(c, addForm)
    if (!form.ok) return c.html(listPage(c, form.filled), 422)
    const { name, role, beat } = form.value
    const added = view.work((work) =>
      addStaff(work, view.who.id, { name, role, ...(beat === '' ? {} : { beat }) }),
    )
    return c.html(codePage(view, name, added.code))
  })
  app.get('/people/:id', (c) => c.html(personPage(c.get('view'), personOf(c), EMPTY)))
  app.post('/people/:id/role', async (c) => {
    requireRole(c, 'owner')
    const { view, person } = { view: c.get('view'), person: personOf(c) }
    const form = await readForm(c, roleForm)
    if (!form.ok) return c.html(personPage(view, person, form.filled), 422)
    const { role, beat } = form.value
    const result = view.work((work) =>
      changeRole(work, view.who.id, person.id, { role, beat: beat || undefined }),
    )
    return result.ok
      ? c.redirect(`/console/people/${person.id}?done=1`, 303)
      : c.html(personPage(view, person, refused(form.filled, result.error, 'role')), 422)
  })
  app.post('/people/:id/merge', async (c) => {
    const { view, person } = { view: c.get('view'), person: personOf(c) }
    const form = await readForm(c, mergeForm)
    if (!form.ok) return c.html(personPage(view, person, form.filled), 422)
    const into = form.value.into as ResidentId
    const result = view.work((work) => merge(work, view.who.id, person.id, into))
    return result.ok
      ? c.redirect(`/console/people/${into}?done=1`, 303)
      : c.html(personPage(view, person, refused(form.filled, result.error, 'into')), 422)
  })
  app.post('/people/:id/unmerge', (c) => {
    const { view, person } = { view: c.get('view'), person: personOf(c) }
    const result = view.work((work) => unmerge(work, view.who.id, person.id))
    return result.ok
      ? c.redirect(`/console/people/${person.id}?done=1`, 303)
      : c.html(personPage(view, person, refused(EMPTY, result.error)), 422)
  })
  return app
}

function personOf(c: Ctx): Person {
  const person = personById(c.get('view').look, Number(c.req.param('id')) as ResidentId)
  if (person === undefined) throw new Refused(404, 'not_found', 'no such person')
  return person
}

function filterOf(c: Ctx) {
  const role = ROLES.find((r) => r === c.req.query('role'))
  return { name: (c.req.query('name') ?? '').trim().slice(0, 40), ...(role && { role }) }
}

function sheet(c: Ctx) {
  const view = c.get('view')
  const { t } = view
  return {
    name: 'people',
    head: [
      t('console.person.no'),
      t('console.person.name'),
      t('console.person.role'),
      t('console.person.home'),
      t('console.person.since'),
    ],
    rows: people(view.look, filterOf(c), { skip: 0, take: MAX_EXPORT }).rows.map((p) => [
      p.id,
      p.name,
      roleText(view, p.role),
      placeText(view, p.home),
      stampText(view, p.created_at),
    ]),
  }
}

function roleText(view: View, role: Role): string {
  return view.t(`console.role.${role}`)
}

function roleOptions(view: View, roles: readonly Role[]) {
  return roles.map((role) => ({ value: role, label: roleText(view, role) }))
}

function listPage(c: Ctx, filled: Filled, at = pageOf(c)): ReturnType<typeof page> {
  const view = c.get('view')
  const { t } = view
  const filter = filterOf(c)
  const { rows, total } = people(view.look, filter, { skip: (at - 1) * PER_PAGE, take: PER_PAGE })
  const last = Math.max(1, Math.ceil(total / PER_PAGE))
  if (at > last) return listPage(c, filled, last)
  const query = new URLSearchParams({ name: filter.name, role: filter.role ?? '' })
  const path = `/console/people?${query}`
  return page(view, {
    title: t('console.nav.people'),
    children: (
      <>
        <form method="get" action="/console/people" class="filters">
          <Field view={view} name="name" label={t('console.person.name')} value={filter.name} />
          <Select
            view={view}
            name="role"
            label={t('console.person.role')}
            value={filter.role ?? ''}
            none={t('console.any')}
            options={roleOptions(view, ROLES)}
          />
          <button type="submit">{t('console.search')}</button>
        </form>
        <Table
          caption={t('console.person.count', { n: total })}
          empty={t('console.nothing')}
          rows={rows}
          columns={[
            { head: t('console.person.no'), cell: (p) => p.id, numeric: true },
            {
              head: t('console.person.name'),
              cell: (p) => <a href={`/console/people/${p.id}`}>{p.name}</a>,
            },
            { head: t('console.person.role'), cell: (p) => roleText(view, p.role) },
            { head: t('console.person.home'), cell: (p) => placeText(view, p.home) },
            {
              head: t('console.person.note'),
              cell: (p) =>
                p.merged_into === null ? '' : t('console.person.mergedInto', { no: p.merged_into }),
            },
          ]}
        />
        <Pager view={view} page={at} pages={last} link={(n) => `${path}&page=${n}`} />
        <Exports view={view} path={path} />
        {view.who.role === 'owner' && (
          <>
            <h2>{t('console.person.add')}</h2>
            <Form view={view} action="/console/people" filled={filled}>
              <Field
                view={view}
                name="name"
                label={t('console.person.name')}
                filled={filled}
                required
                max={40}
              />
              <RoleFields
                view={view}
                filled={filled}
                roles={STAFF_ROLES}
                held="staff"
                beat={null}
              />
              <button type="submit">{t('console.person.add')}</button>
            </Form>
          </>
        )}
      </>
    ),
  })
}

function RoleFields(props: {
  readonly view: View
  readonly filled: Filled
  readonly roles: readonly Role[]
  readonly held: Role
  readonly beat: string | null
}) {
  const { view, filled, roles, held, beat } = props
  return (
    <>
      <Select
        view={view}
        name="role"
        label={view.t('console.person.role')}
        filled={filled}
        value={held}
        options={roleOptions(view, roles)}
      />
      <Select
        view={view}
        name="beat"
        label={view.t('console.person.beat')}
        filled={filled}
        value={beat ?? ''}
        none={view.t('console.none')}
        options={placeOptions(view)}
      />
    </>
  )
}

function codePage(view: View, name: string, code: string) {
  const { t } = view
  return page(view, {
    title: t('console.person.add'),
    children: (
      <>
        <p class="done" role="status">
          {t('console.person.added', { name, code, hours: view.deps.env.content.chat.codeHours })}
        </p>
        <p>
          <a href="/console/people">{t('console.nav.people')}</a>
        </p>
      </>
    ),
  })
}

function personPage(view: View, person: Person, filled: Filled) {
  const { t } = view
  const path = `/console/people/${person.id}`
  const whole = filled.errors['']
  return page(view, {
    title: person.name,
    children: (
      <>
        {whole && <p class="error">{view.say(whole)}</p>}
        <dl class="facts">
          <dt>{t('console.person.no')}</dt>
          <dd>{person.id}</dd>
          <dt>{t('console.person.role')}</dt>
          <dd>{roleText(view, person.role)}</dd>
          <dt>{t('console.person.home')}</dt>
          <dd>{placeText(view, person.home) || t('console.unknown')}</dd>
          <dt>{t('console.person.since')}</dt>
          <dd>{whenText(view, person.created_at)}</dd>
        </dl>
        {person.merged_into === null ? (
          person.role === 'resident' && (
            <>
              <h2>{t('console.person.merge')}</h2>
              <p>{t('console.person.mergeHint')}</p>
              <Form view={view} action={`${path}/merge`} filled={filled}>
                <Field
                  view={view}
                  name="into"
                  label={t('console.person.into')}
                  type="number"
                  filled={filled}
                  required
                />
                <button type="submit">{t('console.person.merge')}</button>
              </Form>
            </>
          )
        ) : (
          <>
            <p>
              <a href={`/console/people/${person.merged_into}`}>
                {t('console.person.mergedInto', { no: person.merged_into })}
              </a>
            </p>
            <Act view={view} action={`${path}/unmerge`} label={t('console.person.unmerge')} />
          </>
        )}
        {view.who.role === 'owner' && person.role !== 'resident' && (
          <>
            <h2>{t('console.person.role')}</h2>
            <Form view={view} action={`${path}/role`} filled={filled}>
              <RoleFields
                view={view}
                filled={filled}
                roles={ROLES}
                held={person.role}
                beat={person.beat}
              />
              <button type="submit">{t('console.save')}</button>
            </Form>
          </>
        )}
      </>
    ),
  })
}
