import type { Phrase } from '../../../content/i18n.ts'
import { addDays, at, toWallTime } from '../../../content/time.ts'
import type { ResidentId } from '../../../db/schema.ts'
import type { CaseId } from '../../../db/schema-reports.ts'
import { may } from '../../../handlers/core/roles.ts'
import { lateOf } from '../../../handlers/reports/lines.ts'
import { caseQueue, GROUPS, type Queue, type Wanted } from '../../../handlers/reports/queue.ts'
import type { Sheet } from '../export.ts'
import { EMPTY, type Filled } from '../form.ts'
import { page } from '../layout.tsx'
import { dayOf } from '../moments.ts'
import { Exports, Field, Form, Pager, Select, Table } from '../parts.tsx'
import { placeOptions, placeText, stampText } from '../shown.ts'
import type { View } from '../view.ts'
import { caseKind } from './case-words.ts'
import { staffOptions } from './report-actions.ts'
import { Due } from './report-facts.tsx'

/** The queue: which cases there are, looked for by what they are and by their words. */

type FoundCase = Queue['rows'][number]

const PER_PAGE = 50
const MAX_EXPORT = 20_000
const MAX_TEXT = 100
const MIDNIGHT = toWallTime('00:00')
const FILTERS = ['state', 'category', 'place', 'assignee', 'due', 'from', 'to', 'q'] as const

/** The filters as they stand in the address. */
export type Filters = Readonly<Record<(typeof FILTERS)[number], string>>

export function filtersFrom(query: URLSearchParams): Filters {
  const values = FILTERS.map((name) => [name, (query.get(name) ?? '').slice(0, MAX_TEXT)] as const)
  const filters = Object.fromEntries(values) as Filters
  return { ...filters, state: GROUPS.find((g) => g === filters.state) ?? 'open' }
}

/** The query of the list's address. */
export function queryOf(filters: Filters): string {
  return new URLSearchParams(
    FILTERS.map((name): [string, string] => [name, filters[name]]),
  ).toString()
}

/** What the filters mean; one that means nothing is none. */
function wantedFrom(view: View, filters: Filters): Wanted {
  const { content, zone } = view.deps.env
  const [from, to] = [dayOf(filters.from), dayOf(filters.to)]
  const assignee = Number(filters.assignee)
  return {
    group: GROUPS.find((g) => g === filters.state),
    category: content.reportRules.categories.find((c) => c.id === filters.category)?.id,
    place: content.community.places.find((p) => p.id === filters.place)?.id,
    assignee:
      filters.assignee === 'nobody'
        ? 'nobody'
        : assignee > 0
          ? (assignee as ResidentId)
          : undefined,
    late: filters.due === 'overdue',
    from: from && at(from, MIDNIGHT, zone),
    before: to && at(addDays(to, 1), MIDNIGHT, zone),
    text: filters.q,
  }
}

/** What became of each of several cases. */
export interface Outcome {
  readonly id: CaseId
  readonly error: Phrase | undefined
}

export function listPage(
  view: View,
  filters: Filters,
  more: {
    readonly page?: number
    readonly outcomes?: readonly Outcome[]
    readonly filled?: Filled
  } = {},
): ReturnType<typeof page> {
  const { t } = view
  const at = more.page ?? 1
  const { rows, total } = caseQueue(view.look, view.who, wantedFrom(view, filters), {
    skip: (at - 1) * PER_PAGE,
    take: PER_PAGE,
  })
  const last = Math.max(1, Math.ceil(total / PER_PAGE))
  if (at > last) return listPage(view, filters, { ...more, page: last })
  const path = `/console/reports?${queryOf(filters)}`
  const { role } = view.who
  return page(view, {
    title: t('console.nav.reports'),
    children: (
      <>
        {may(role, 'staff') && (
          <p>
            <a class="button" href="/console/reports/new">
              {t('console.report.new')}
            </a>
          </p>
        )}
        {more.outcomes && <Outcomes view={view} outcomes={more.outcomes} />}
        <FilterForm view={view} filters={filters} />
        {may(role, 'steward') && rows.length > 0 ? (
          <Form view={view} action="/console/reports/bulk" filled={more.filled ?? EMPTY}>
            <input type="hidden" name="query" value={queryOf(filters)} />
            <List view={view} rows={rows} total={total} pick />
            <div class="filters">
              <Select
                view={view}
                name="assign-to"
                label={t('console.report.assignPicked')}
                filled={more.filled ?? EMPTY}
                none={t('console.report.choose')}
                options={staffOptions(view)}
              />
              <button type="submit">{t('reports.action.assign')}</button>
            </div>
          </Form>
        ) : (
          <List view={view} rows={rows} total={total} />
        )}
        <Pager view={view} page={at} pages={last} link={(n) => `${path}&page=${n}`} />
        <Exports view={view} path={path} />
      </>
    ),
  })
}

/** Which were given to somebody, and which were not and why. */
function Outcomes({
  view,
  outcomes,
}: {
  readonly view: View
  readonly outcomes: readonly Outcome[]
}) {
  const { t } = view
  const failed = outcomes.filter((o) => o.error !== undefined)
  return (
    <div role="status">
      <p class={failed.length === 0 ? 'done' : 'warning'}>
        {t('console.report.assigned', {
          n: outcomes.length - failed.length,
          total: outcomes.length,
        })}
      </p>
      {failed.length > 0 && (
        <ul>
          {failed.map(({ id, error }) => (
            <li>
              <a href={`/console/reports/${id}`}>#{id}</a> {error && view.say(error)}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function FilterForm({ view, filters }: { readonly view: View; readonly filters: Filters }) {
  const { t, lang } = view
  const { categories } = view.deps.env.content.reportRules
  return (
    <form method="get" action="/console/reports" class="filters">
      <Field
        view={view}
        name="q"
        label={t('console.report.search')}
        value={filters.q}
        max={MAX_TEXT}
      />
      <Select
        view={view}
        name="state"
        label={t('console.group.state')}
        value={filters.state}
        options={GROUPS.map((g) => ({ value: g, label: t(`console.report.group.${g}`) }))}
      />
      <Select
        view={view}
        name="category"
        label={t('console.report.kind')}
        value={filters.category}
        none={t('console.any')}
        options={categories.map((c) => ({ value: c.id, label: c.name[lang] }))}
      />
      <Select
        view={view}
        name="place"
        label={t('console.group.place')}
        value={filters.place}
        none={t('console.any')}
        options={placeOptions(view)}
      />
      {may(view.who.role, 'staff') && (
        <Select
          view={view}
          name="assignee"
          label={t('console.report.assignee')}
          value={filters.assignee}
          none={t('console.any')}
          options={[
            { value: 'nobody', label: t('console.report.unassigned') },
            ...staffOptions(view),
          ]}
        />
      )}
      <Select
        view={view}
        name="due"
        label={t('console.report.deadline')}
        value={filters.due}
        none={t('console.any')}
        options={[{ value: 'overdue', label: t('console.report.late') }]}
      />
      <Field
        view={view}
        name="from"
        type="date"
        label={t('console.report.from')}
        value={filters.from}
      />
      <Field view={view} name="to" type="date" label={t('console.report.to')} value={filters.to} />
      <button type="submit">{t('console.search')}</button>
    </form>
  )
}

function List(props: {
  readonly view: View
  readonly rows: readonly FoundCase[]
  readonly total: number
  /** With boxes to pick some. */
  readonly pick?: boolean
}) {
  const { view, rows, total, pick } = props
  const { t } = view
  return (
    <Table
      caption={t('console.report.count', { n: total })}
      empty={t('console.report.none')}
      rows={rows}
      columns={[
        ...(pick
          ? [{ head: t('console.report.pick'), cell: (r: FoundCase) => <Pick row={r} /> }]
          : []),
        { head: '#', cell: (r) => <a href={`/console/reports/${r.id}`}>#{r.id}</a> },
        { head: t('console.report.kind'), cell: (r) => caseKind(view, r) },
        {
          head: t('console.group.place'),
          cell: (r) => placeText(view, r.place_id) || r.place_text,
        },
        { head: t('console.group.state'), cell: (r) => stateText(view, r) },
        {
          head: t('console.today.due'),
          cell: (r) => <NextDue view={view} row={r} />,
        },
        { head: t('console.report.assignee'), cell: (r) => r.assignee ?? '' },
        { head: t('console.report.reporters'), cell: (r) => r.reporters, numeric: true },
      ]}
    />
  )
}

/** What is due next, as the chat has it: a late first contact before the day of dealing with it. */
function NextDue({ view, row }: { readonly view: View; readonly row: FoundCase }) {
  const late = lateOf(view.look, row)
  if (late !== 'respond') {
    return <Due view={view} at={row.due_resolve_at} late={late !== undefined} />
  }
  return (
    <>
      {view.t('console.report.dueRespond')} <Due view={view} at={row.due_respond_at} late />
    </>
  )
}

function Pick({ row }: { readonly row: FoundCase }) {
  return (
    <input
      type="checkbox"
      name="case[]"
      value={`${row.id}:${row.version}`}
      aria-label={`#${row.id}`}
    />
  )
}

function stateText({ t }: View, row: FoundCase): string {
  const marks = [
    row.urgent === 1 && t('console.report.urgent'),
    row.supervised_at !== null && t('console.report.supervised'),
  ]
  return [t(`reports.state.${row.state}`), ...marks].filter(Boolean).join(' · ')
}

function lateText(view: View, row: FoundCase): string {
  const late = lateOf(view.look, row)
  if (late === undefined) return ''
  return view.t(late === 'respond' ? 'console.report.dueRespond' : 'console.today.due')
}

/** The list as a file: without names and words of reporters, and without flats. */
export function listSheet(view: View, filters: Filters): Sheet {
  const { t } = view
  const { rows } = caseQueue(view.look, view.who, wantedFrom(view, filters), {
    skip: 0,
    take: MAX_EXPORT,
  })
  return {
    name: 'reports',
    head: [
      '#',
      t('console.report.kind'),
      t('console.group.place'),
      t('console.report.placeWords'),
      t('console.group.state'),
      t('console.report.late'),
      t('console.report.assignee'),
      t('console.report.reporters'),
      t('console.report.filed'),
      t('console.report.dueRespond'),
      t('console.report.responded'),
      t('console.today.due'),
      t('console.report.closed'),
      t('console.report.solved'),
      t('console.report.rating'),
      t('console.report.transferredTo'),
    ],
    rows: rows.map((r) => [
      r.id,
      caseKind(view, r),
      placeText(view, r.place_id),
      r.place_text,
      stateText(view, r),
      lateText(view, r),
      r.assignee ?? '',
      r.reporters,
      stampText(view, r.created_at),
      stampText(view, r.due_respond_at),
      stampText(view, r.responded_at),
      stampText(view, r.due_resolve_at),
      stampText(view, r.closed_at),
      r.revisit_result === null ? '' : t(`console.report.result.${r.revisit_result}`),
      r.rating === null ? '' : t(`console.report.rating.${r.rating}`),
      r.transferred_to ?? '',
    ]),
  }
}
