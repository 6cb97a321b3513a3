import { Hono } from 'hono'
import { type ResidentId, ROLES } from '../../../db/schema.ts'
import { auditEntries } from '../../../handlers/console/audit.ts'
import { groups, personById } from '../../../handlers/staff/service.ts'
import { download } from '../export.ts'
import { roleGuard } from '../guard.ts'
import { page } from '../layout.tsx'
import { dayOf } from '../moments.ts'
import { Exports, Table } from '../parts.tsx'
import { dayText, placeText, stampText, whenText } from '../shown.ts'
import type { ConsoleEnv, View } from '../view.ts'

const PER_PAGE = 100
const MAX_EXPORT = 20_000

/** Who did what: for the owner. */
export function auditPages(): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>()
  app.get('/audit', roleGuard('owner'), (c) => {
    const view = c.get('view')
    const { t } = view
    const topics = new Map(groups(view.look).map((group) => [String(group.id), group.topic]))
    if (c.req.query('format')) {
      return download(c, {
        name: 'audit',
        head: [
          t('console.audit.at'),
          t('console.audit.who'),
          t('console.audit.action'),
          t('console.audit.subject'),
          t('console.audit.details'),
        ],
        rows: auditEntries(view.look, { take: MAX_EXPORT }).map((e) => [
          stampText(view, e.at),
          e.name ?? t('console.audit.program'),
          t(`audit.${e.action}`),
          subjectText(view, topics, e.subject),
          detailsText(view, e.details),
        ]),
      })
    }
    const before = Number(c.req.query('before')) || undefined
    const entries = auditEntries(view.look, { take: PER_PAGE, ...(before && { before }) })
    const last = entries.at(-1)
    return c.html(
      page(view, {
        title: t('console.nav.audit'),
        children: (
          <>
            <Table
              caption={t('console.nav.audit')}
              empty={t('console.nothing')}
              rows={entries}
              columns={[
                { head: t('console.audit.at'), cell: (e) => whenText(view, e.at) },
                {
                  head: t('console.audit.who'),
                  cell: (e) => e.name ?? t('console.audit.program'),
                },
                { head: t('console.audit.action'), cell: (e) => t(`audit.${e.action}`) },
                {
                  head: t('console.audit.subject'),
                  cell: (e) => subjectText(view, topics, e.subject),
                },
                { head: t('console.audit.details'), cell: (e) => detailsText(view, e.details) },
              ]}
            />
            {entries.length === PER_PAGE && last && (
              <p>
                <a href={`/console/audit?before=${last.id}`}>{t('console.audit.earlier')}</a>
              </p>
            )}
            <Exports view={view} path="/console/audit" />
          </>
        ),
      }),
    )
  })
  return app
}

const SUBJECTS = [
  'resident',
  'announcement',
  'room',
  'outbox',
  'occurrence',
  'round',
  'case',
] as const

/** What it was done to: `announcement 3`, `weekly-lesson 2026-11-25` or a place, in words; groups and people by name. */
function subjectText(view: View, topics: ReadonlyMap<string, string>, subject: string): string {
  const [kind = '', no = ''] = subject.split(' ')
  const topic = kind === 'room' ? topics.get(no) : undefined
  if (topic !== undefined) return topic
  const name = kind === 'resident' && personById(view.look, Number(no) as ResidentId)?.name
  if (name) return view.t('auditSubject.person', { name, no })
  const known = SUBJECTS.find((each) => each === kind)
  if (known !== undefined && no !== '') return view.t(`auditSubject.${known}`, { no })
  if (subject === 'on' || subject === 'off') {
    return view.t(subject === 'on' ? 'console.yes' : 'console.no')
  }
  const { programmes, community } = view.deps.env.content
  const programme = programmes.find(({ id }) => id === kind)
  if (programme) {
    const day = dayOf(no)
    return `${programme.name[view.lang]} ${day ? dayText(view, day) : no}`
  }
  const place = community.places.find(({ id }) => id === subject)
  return place ? placeText(view, place.id) : subject
}

/** The particulars, one after the other; a role by its name. */
function detailsText(view: View, details: string): string {
  const values = Object.values(JSON.parse(details) as Record<string, string | number | null>)
  const words = values.map((value) => {
    const role = ROLES.find((each) => each === value)
    return role ? view.t(`console.role.${role}`) : String(value ?? '')
  })
  return words.join(' → ')
}
