import type { OccurrenceView } from '../../../handlers/programmes/manage.ts'
import { checkInClosed } from '../../../handlers/programmes/signups/check-in.ts'
import { type List, type ListEntry, listOf } from '../../../handlers/programmes/signups/desk.ts'
import type { Sheet } from '../export.ts'
import type { Filled } from '../form.ts'
import { page } from '../layout.tsx'
import { Act, type Column, Exports, Field, Form, Select, Table } from '../parts.tsx'
import { stampText, whenText } from '../shown.ts'
import type { View } from '../view.ts'

/** Who comes to an occurrence, who waits, and who came. */

interface Of {
  readonly view: View
  readonly of: OccurrenceView
}

const MAX_NAME = 20
const MAX_PHONE = 20

/** The lists of an occurrence with everything that staff do to them. */
export function SignUps({ view, of, filled }: Of & { readonly filled: Filled }) {
  const { t } = view
  const list = listOf(view.look, of.row.id)
  if (list === undefined || of.row.state === 'cancelled' || !hasList(of, list)) return null
  const path = `/console/programmes/${of.row.id}`
  return (
    <>
      <h2 id="people">{t('console.signups.title')}</h2>
      <p>{countsText(view, list)}</p>
      <p>
        {t('console.signups.code')} <strong>{of.row.code}</strong> ·{' '}
        <a href={`${path}/print`}>{t('console.signups.print')}</a>
      </p>
      <Table
        caption={t('console.signups.seated')}
        empty={t('console.signups.nobody')}
        rows={list.seated}
        columns={[...columnsOf(view), cameColumn(view, of), actionsColumn(view, of)]}
      />
      {list.waiting.length > 0 && (
        <Table
          caption={t('console.signups.waitingList')}
          empty={t('console.signups.nobody')}
          rows={list.waiting}
          columns={[...columnsOf(view), stateColumn(view), actionsColumn(view, of)]}
        />
      )}
      {list.gone.length > 0 && (
        <details>
          <summary>{t('console.signups.gone', { n: list.gone.length })}</summary>
          <Table
            caption={t('console.signups.goneTitle')}
            empty={t('console.signups.nobody')}
            rows={list.gone}
            columns={[...columnsOf(view), stateColumn(view)]}
          />
        </details>
      )}
      <Exports view={view} path={`${path}/people`} />
      <AddByHand view={view} of={of} filled={filled} />
    </>
  )
}

/** A programme without sign-up has a list as soon as somebody has checked in. */
function hasList({ programme }: OccurrenceView, { seated, waiting, gone }: List): boolean {
  return programme?.signUp === true || seated.length + waiting.length + gone.length > 0
}

function countsText(view: View, { seated, waiting, capacity }: List): string {
  const { t } = view
  const arrived = seated.filter(({ row }) => row.arrived_at !== null).length
  return [
    capacity === undefined
      ? t('console.signups.counts', { n: seated.length })
      : t('console.signups.countsOf', { n: seated.length, capacity }),
    ...(waiting.length > 0 ? [t('console.signups.countsWaiting', { n: waiting.length })] : []),
    ...(arrived > 0
      ? [t('console.signups.countsCame', { n: arrived, absent: seated.length - arrived })]
      : []),
  ].join(' · ')
}

function columnsOf(view: View): Column<ListEntry>[] {
  const { t } = view
  return [
    { head: t('console.signups.name'), cell: ({ row }) => row.name || t('console.unknown') },
    { head: t('console.signups.by'), cell: ({ by }) => by },
    { head: t('console.signups.phone'), cell: ({ row }) => row.phone },
    { head: t('console.signups.via'), cell: ({ row }) => t(`console.signups.via.${row.via}`) },
  ]
}

function cameColumn(view: View, { row: of }: OccurrenceView): Column<ListEntry> {
  const { t } = view
  return {
    head: t('console.signups.came'),
    cell: ({ row }) =>
      row.arrived_at !== null
        ? `✓ ${whenText(view, row.arrived_at)}`
        : of.ends_at < view.now
          ? t('console.signups.notYet')
          : '',
  }
}

function stateColumn(view: View): Column<ListEntry> {
  return { head: view.t('console.group.state'), cell: ({ row }) => stateText(view, row) }
}

function stateText(view: View, row: ListEntry['row']): string {
  const { t } = view
  if (row.state === 'offered') {
    return t('console.signups.offered', { when: whenText(view, row.offer_until_at) })
  }
  return row.ended === null
    ? t(`console.signups.state.${row.state}`)
    : t(`console.signups.ended.${row.ended}`)
}

/** What can be done with somebody now. A form tells what it saw, so that one that is out of date is refused. */
function actionsColumn(view: View, { row: of }: OccurrenceView): Column<ListEntry> {
  const { t } = view
  const atDoor = !checkInClosed(view.look, of)
  const ahead = of.starts_at > view.now
  return {
    head: t('console.signups.do'),
    cell: ({ row }) => {
      const path = `/console/programmes/${of.id}/people/${row.id}`
      const came = row.arrived_at !== null
      const named = (label: string) => `${label}：${row.name}`
      return (
        <div class="acts">
          {atDoor && (
            <Act
              view={view}
              action={`${path}/came`}
              label={t(came ? 'console.signups.undo' : 'console.signups.arrived')}
              name={named(t(came ? 'console.signups.undo' : 'console.signups.arrived'))}
              fields={{ state: row.state, came: came ? 0 : 1 }}
            />
          )}
          {ahead && (
            <Act
              view={view}
              action={`${path}/remove`}
              label={t('console.signups.remove')}
              name={named(t('console.signups.remove'))}
              fields={{ state: row.state }}
              class="danger"
            />
          )}
        </div>
      )
    },
  }
}

function AddByHand({ view, of, filled }: Of & { readonly filled: Filled }) {
  const { t } = view
  const ahead = of.row.starts_at > view.now && of.programme?.signUp === true
  const atDoor = !checkInClosed(view.look, of.row)
  const ways = [...(ahead ? (['phone'] as const) : []), ...(atDoor ? (['door'] as const) : [])]
  if (ways.length === 0) return null
  return (
    <section>
      <h3>{t('console.signups.add')}</h3>
      <Form view={view} action={`/console/programmes/${of.row.id}/people`} filled={filled}>
        <Field
          view={view}
          name="name"
          label={t('console.signups.name')}
          filled={filled}
          required
          max={MAX_NAME}
        />
        <Field
          view={view}
          name="phone"
          label={t('console.signups.phone')}
          hint={t('console.signups.phoneHint')}
          filled={filled}
          inputmode="numeric"
          max={MAX_PHONE}
        />
        <Select
          view={view}
          name="way"
          label={t('console.signups.via')}
          filled={filled}
          options={ways.map((way) => ({ value: way, label: t(`console.signups.via.${way}`) }))}
        />
        <button type="submit">{t('console.signups.add')}</button>
      </Form>
    </section>
  )
}

/** A sheet for the door: names, boxes to tick, and empty lines. */
export function printPage(view: View, of: OccurrenceView, name: string) {
  const { t } = view
  const list = listOf(view.look, of.row.id)
  const blanks = Array.from({ length: BLANK_LINES }, () => undefined)
  return page(view, {
    title: `${name} · ${of.row.held_on} ${of.row.start_time}`,
    children: (
      <>
        <p class="back">
          <a href={`/console/programmes/${of.row.id}#people`}>{t('console.signups.back')}</a>
        </p>
        {list && <p>{countsText(view, list)}</p>}
        <Table
          caption={t('console.signups.seated')}
          empty={t('console.signups.nobody')}
          rows={[...(list?.seated ?? []), ...blanks].map((entry, i) => ({ entry, n: i + 1 }))}
          columns={[
            { head: t('console.signups.came'), cell: () => '☐' },
            {
              head: t('console.signups.name'),
              cell: ({ entry, n }) => `${n}. ${nameText(view, entry)}`,
            },
            { head: t('console.signups.sign'), cell: () => '' },
          ]}
        />
        {list !== undefined && list.waiting.length > 0 && (
          <Table
            caption={t('console.signups.waitingList')}
            empty={t('console.signups.nobody')}
            rows={list.waiting}
            columns={[
              { head: t('console.signups.came'), cell: () => '☐' },
              { head: t('console.signups.name'), cell: (entry) => nameText(view, entry) },
              { head: t('console.signups.sign'), cell: () => '' },
            ]}
          />
        )}
      </>
    ),
  })
}

const BLANK_LINES = 8

function nameText(view: View, entry: ListEntry | undefined): string {
  if (entry === undefined) return ''
  const { row, by } = entry
  return by === '' ? row.name : view.t('signups.guestOf', { name: row.name, by })
}

/** Everybody, with their state, as a file. */
export function peopleSheet(view: View, of: OccurrenceView): Sheet {
  const { t } = view
  const list = listOf(view.look, of.row.id)
  const all = [...(list?.seated ?? []), ...(list?.waiting ?? []), ...(list?.gone ?? [])]
  return {
    name: `sign-ups-${of.row.held_on}-${of.row.id}`,
    head: [
      t('console.signups.name'),
      t('console.signups.by'),
      t('console.signups.phone'),
      t('console.signups.via'),
      t('console.group.state'),
      t('console.signups.at'),
      t('console.signups.came'),
      t('console.signups.absent'),
    ],
    rows: all.map(({ row, by }) => [
      row.name,
      by,
      row.phone,
      t(`console.signups.via.${row.via}`),
      stateText(view, row),
      stampText(view, row.created_at),
      stampText(view, row.arrived_at),
      isAbsent(view, of, list, row) ? t('console.yes') : '',
    ]),
  }
}

/** Had a seat and did not come, where somebody was checked in at all. */
function isAbsent(
  view: View,
  of: OccurrenceView,
  list: List | undefined,
  row: ListEntry['row'],
): boolean {
  const looked = list?.seated.some((s) => s.row.arrived_at !== null) === true
  return looked && of.row.ends_at < view.now && row.state === 'taken' && row.arrived_at === null
}
