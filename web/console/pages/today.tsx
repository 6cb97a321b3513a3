import { Hono } from 'hono'
import { addDays, dateIn } from '../../../content/time.ts'
import { OPEN_STATES } from '../../../db/schema-reports.ts'
import { may } from '../../../handlers/core/roles.ts'
import {
  lecturePlan,
  lectureProgrammes,
  type OccurrenceView,
  occurrences,
  toConfirm,
} from '../../../handlers/programmes/manage.ts'
import { caseCount } from '../../../handlers/reports/queue.ts'
import { caseList } from '../../../handlers/reports/view.ts'
import { sendsToSettle } from '../../../handlers/staff/service.ts'
import { rounds } from '../../../handlers/surveys/manage.ts'
import { page } from '../layout.tsx'
import { Table, Tile } from '../parts.tsx'
import { placeText, topicText, whenText } from '../shown.ts'
import type { ConsoleEnv, View } from '../view.ts'
import { warnings } from '../warnings.ts'
import { caseKind } from './case-words.ts'
import { nameOf, venueOf } from './occurrence.tsx'

const ROUNDS = 20
const DAYS = 7
const MOST_URGENT = 8

type Cases = ReturnType<typeof caseList>

interface Count {
  readonly label: string
  readonly value: number
  readonly href: string
  readonly urgent?: boolean
}

/** What needs somebody now, and what happens today. */
export function todayPages(): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>()
  app.get('/today', (c) => c.html(todayPage(c.get('view'))))
  return app
}

function todayPage(view: View) {
  const { t, look, who } = view
  const open = caseList(look, who, { states: OPEN_STATES })
  const staff = may(who.role, 'staff')
  const waiting = staff ? toConfirm(look) : []
  const counts = [
    ...caseCounts(view, open),
    ...(staff ? staffCounts(view, waiting.length) : []),
  ].filter(({ value }) => value > 0)
  const todays = staff ? stillToday(view, waiting) : []
  return page(view, {
    title: t('console.nav.today'),
    children: (
      <>
        <p>{t('console.hello', { name: who.name })}</p>
        {staff &&
          warnings(view).map((line) => (
            <p class="warning">
              <a href="/console/health">{line}</a>
            </p>
          ))}
        {counts.length === 0 && <p class="empty">{t('console.today.nothing')}</p>}
        <div class="tiles">
          {counts.map((count) => (
            <Tile {...count} />
          ))}
        </div>
        {open.length > 0 && <Urgent view={view} rows={open.slice(0, MOST_URGENT)} />}
        {todays.length > 0 && (
          <>
            <h2>{t('console.today.programmes')}</h2>
            <Occurrences
              view={view}
              caption={t('console.today.programmes')}
              rows={todays}
              when={(o) => o.row.start_time}
            />
          </>
        )}
        {waiting.length > 0 && (
          <>
            <h2 id="unconfirmed">{t('console.today.unconfirmed')}</h2>
            <Occurrences
              view={view}
              caption={t('console.today.unconfirmed')}
              rows={waiting}
              when={(o) => `${o.row.held_on} ${o.row.start_time}`}
            />
          </>
        )}
      </>
    ),
  })
}

function Urgent({ view, rows }: { readonly view: View; readonly rows: Cases }) {
  const { t } = view
  return (
    <>
      <h2>{t('console.today.cases')}</h2>
      <Table
        caption={t('console.today.cases')}
        empty=""
        rows={rows}
        columns={[
          { head: '#', cell: (r) => <a href={`/console/reports/${r.id}`}>#{r.id}</a> },
          { head: t('console.today.kind'), cell: (r) => caseKind(view, r) },
          {
            head: t('console.group.place'),
            cell: (r) => placeText(view, r.place_id) || r.place_text,
          },
          { head: t('console.group.state'), cell: (r) => t(`reports.state.${r.state}`) },
          { head: t('console.today.due'), cell: (r) => whenText(view, r.due_resolve_at) },
        ]}
      />
    </>
  )
}

function Occurrences(props: {
  readonly view: View
  readonly caption: string
  readonly rows: readonly OccurrenceView[]
  readonly when: (of: OccurrenceView) => string
}) {
  const { view, caption, rows, when } = props
  const { t } = view
  return (
    <Table
      caption={caption}
      empty=""
      rows={rows}
      columns={[
        { head: t('console.programme.time'), cell: when },
        {
          head: t('console.programme.name'),
          cell: (o) => <a href={`/console/programmes/${o.row.id}`}>{nameOf(view, o)}</a>,
        },
        { head: t('console.programme.topic'), cell: (o) => topicText(view, o.topic) },
        { head: t('console.programme.venue'), cell: (o) => venueOf(view, o) },
        { head: t('console.group.state'), cell: (o) => t(`console.occurrence.${o.row.state}`) },
      ]}
    />
  )
}

function caseCounts(view: View, open: Cases): Count[] {
  const { t, look, who } = view
  const overdue = caseCount(look, who, { group: 'open', late: true })
  const unanswered = open.filter((r) => r.responded_at === null).length
  return [
    { label: t('console.today.open'), value: open.length, href: '/console/reports' },
    {
      label: t('console.today.unanswered'),
      value: unanswered,
      href: '/console/reports',
      urgent: unanswered > 0,
    },
    {
      label: t('console.today.overdue'),
      value: overdue,
      href: '/console/reports?due=overdue',
      urgent: overdue > 0,
    },
  ]
}

function staffCounts(view: View, waiting: number): Count[] {
  const { t, look } = view
  const all = rounds(look, ROUNDS)
  const toPublish = all.filter((r) => r.row.state === 'closed').length
  const unsettled = sendsToSettle(look).length
  const today = dateIn(view.deps.env.zone, view.now)
  const unplanned = lectureProgrammes(look).flatMap((p) =>
    lecturePlan(look, p.id, 2).filter(
      ({ week, lecture }) => lecture === undefined && week <= addDays(today, DAYS),
    ),
  ).length
  return [
    {
      label: t('console.today.unconfirmed'),
      value: waiting,
      href: '/console/today#unconfirmed',
      urgent: waiting > 0,
    },
    {
      label: t('console.today.toPublish'),
      value: toPublish,
      href: '/console/surveys',
      urgent: toPublish > 0,
    },
    {
      label: t('console.today.unplanned'),
      value: unplanned,
      href: '/console/lectures',
      urgent: unplanned > 0,
    },
    {
      label: t('console.today.unsettled'),
      value: unsettled,
      href: '/console/health',
      urgent: unsettled > 0,
    },
  ]
}

/** What of today's activities is still to come or to be confirmed, but for what is listed as waiting. */
function stillToday(view: View, waiting: readonly OccurrenceView[]): OccurrenceView[] {
  const today = dateIn(view.deps.env.zone, view.now)
  const listed = new Set(waiting.map(({ row }) => row.id))
  return occurrences(view.look, today, today).filter(
    ({ row }) => (row.state === 'planned' || row.state === 'changed') && !listed.has(row.id),
  )
}
