import type { SessionId } from '../../../db/schema.ts'
import {
  authorOf,
  filesOf,
  inputOf,
  type Progress,
  previewOf,
  type Tally,
  whyOf,
} from '../../../handlers/announcements/service.ts'
import type { Filled } from '../form.ts'
import { page } from '../layout.tsx'
import { Act, Exports, Field, Form, Table } from '../parts.tsx'
import { dayText, whenText } from '../shown.ts'
import type { View } from '../view.ts'
import { fileText } from './announcement-files.ts'

/** How many groups have it: 12/40. */
export function countsText(view: View, { row, counts, total }: Tally): string {
  if (row.occurrences === 0) return ''
  const { t } = view
  return [
    t('console.announcement.counts', { sent: counts.sent, total }),
    ...(['failed', 'unknown', 'expired', 'skipped'] as const)
      .filter((state) => counts[state] > 0)
      .map((state) => `${t(`console.delivery.${state}`)} ${counts[state]}`),
  ].join('，')
}

/** Where an announcement stands: one that was confirmed may still wait for its time. */
export function stateText(view: View, { row, counts }: Tally): string {
  const waits = row.state === 'queued' && row.next_at !== null && counts.waiting === 0
  return view.t(waits ? 'console.announcement.planned' : `console.announcing.${row.state}`)
}

/** Why a group has not got it, in words; empty for one that has. */
export function reasonText(view: View, delivery: Progress['deliveries'][number]): string {
  const { state } = delivery
  return state === 'sent' || state === 'waiting' ? '' : view.say(whyOf(delivery))
}

/** One announcement: its preview until it is confirmed, then how far it got in each group. */
export function announcementPage(
  view: View,
  of: Progress,
  filled: Filled,
  session: SessionId | undefined,
) {
  const { t } = view
  const { row } = of
  const path = `/console/announcements/${row.id}`
  const waiting = row.state === 'draft' || row.state === 'awaiting_approval'
  const whole = filled.errors['']
  return page(view, {
    title: t('console.announcement.title', { no: row.id }),
    children: (
      <>
        {whole && (
          <p class="error" role="alert">
            {view.say(whole)}
          </p>
        )}
        <dl class="facts">
          <dt>{t('console.group.state')}</dt>
          <dd>{stateText(view, of)}</dd>
          <dt>{t('console.announcement.sendAt')}</dt>
          <dd>{whenText(view, row.send_at) || t('console.announcement.now')}</dd>
          {row.repeats && (
            <>
              <dt>{t('console.announcement.repeats')}</dt>
              <dd>
                {t(`console.announcement.${row.repeats}`)} –{' '}
                {row.until_on && dayText(view, row.until_on)}
              </dd>
            </>
          )}
          {row.occurrences > 0 && row.next_at && (
            <>
              <dt>{t('console.announcement.next')}</dt>
              <dd>{whenText(view, row.next_at)}</dd>
            </>
          )}
          {row.expires_at && (
            <>
              <dt>{t('console.announcement.expires')}</dt>
              <dd>{whenText(view, row.expires_at)}</dd>
            </>
          )}
        </dl>
        {waiting ? (
          <Preview view={view} of={of} filled={filled} session={session} path={path} />
        ) : (
          <Sending view={view} of={of} path={path} />
        )}
      </>
    ),
  })
}

interface Props {
  readonly view: View
  readonly of: Progress
  readonly filled: Filled
  readonly session: SessionId | undefined
  readonly path: string
}

function Preview({ view, of, filled, session, path }: Props) {
  const { t } = view
  const { row } = of
  const preview = previewOf(view.look, inputOf(row), { session, not: row.id })
  const own = row.author_id === view.who.id
  return (
    <>
      <h2>{t('console.announcement.preview')}</h2>
      {preview.blockers.map((blocker) => (
        <p class="error">{view.say(blocker)}</p>
      ))}
      {notes(view, row, preview).map((note) => (
        <p class="warning">{note}</p>
      ))}
      <p>{groupsText(view, of)}</p>
      {preview.parts.map((part) => (
        <p class="message">{part}</p>
      ))}
      <Attached view={view} of={of} path={path} />
      {row.state === 'awaiting_approval' && own ? (
        <p class="done">{t('console.announcement.askOther')}</p>
      ) : (
        <Confirming view={view} of={of} path={path} filled={filled} />
      )}
      {own && (
        <p>
          <a href={`${path}/edit`}>{t('console.announcement.edit')}</a>
        </p>
      )}
      <Act
        view={view}
        action={`${path}/cancel`}
        label={t('console.announcement.cancel')}
        class="danger"
      />
    </>
  )
}

function groupsText(view: View, { row }: Progress): string {
  const { rooms } = previewOf(view.look, inputOf(row), { not: row.id })
  return view.t('console.announcement.toGroups', { n: rooms.length }) + names(rooms)
}

const names = (rooms: readonly { readonly topic: string }[]) =>
  rooms.map((room) => room.topic).join('、')

/** What is worth knowing before it is confirmed. */
function notes(view: View, row: Progress['row'], preview: ReturnType<typeof previewOf>): string[] {
  const { t } = view
  const { held, same, unbound, off, minutes, overDay, sendsAt } = preview
  return [
    row.urgent === 1 && t('console.announcement.urgentNote'),
    held && t('console.announcement.held', { at: whenText(view, sendsAt) }),
    same &&
      t(row.again === 1 ? 'console.announcement.sameAgain' : 'console.announcement.same', {
        no: same.id,
      }),
    unbound.length > 0 && t('console.announcement.unbound', { names: names(unbound) }),
    off.length > 0 && t('console.announcement.off', { names: names(off) }),
    minutes >= LONG_MINUTES && t('console.announcement.minutes', { n: minutes }),
    overDay && t('console.announcement.overDay'),
  ].filter((note) => typeof note === 'string')
}

/** From here on it is worth saying how long it takes. */
const LONG_MINUTES = 2

function Confirming({ view, of, filled, path }: Omit<Props, 'session'>) {
  const { t } = view
  const { code, state, author_id } = of.row
  const { draftMinutes, approvalHours } = view.deps.env.content.announcementRules
  const minutes = state === 'draft' ? draftMinutes : approvalHours * 60
  const author = author_id === view.who.id ? undefined : authorOf(view.look.db, of.row)
  return (
    <Form view={view} action={`${path}/confirm`} filled={{ ...filled, errors: {} }}>
      {author && <p>{t('console.announcement.author', { name: author })}</p>}
      <Field
        view={view}
        name="code"
        label={t('console.announcement.code', { code })}
        hint={`${t('console.announcement.codeHint')} ${t('console.announcement.codeMinutes', { minutes })}`}
        inputmode="numeric"
        filled={filled}
        required
        max={10}
      />
      <button type="submit">{t('console.announcement.confirm')}</button>
    </Form>
  )
}

/** The pictures and documents that go out after the words. */
function Attached({ view, of, path }: Pick<Props, 'view' | 'of' | 'path'>) {
  const files = filesOf(view.look.db, of.row.id)
  if (files.length === 0) return null
  return (
    <p class="photos">
      {files.map((file, i) => (
        <a href={`${path}/files/${i + 1}`}>
          {file.name ?? <img src={`${path}/files/${i + 1}`} alt={fileText(view, file, i)} />}
        </a>
      ))}
    </p>
  )
}

function Sending(props: { readonly view: View; readonly of: Progress; readonly path: string }) {
  const { view, of, path } = props
  const { t } = view
  const { row, counts } = of
  // What is under way now, whatever its time was.
  const now = { ...inputOf(row), schedule: undefined }
  const { held, sendsAt } = previewOf(view.look, now, { not: row.id })
  const live =
    row.state === 'queued'
      ? {
          'hx-get': path,
          'hx-select': '#live',
          'hx-swap': 'outerHTML',
          'hx-trigger': 'every 2s',
        }
      : {}
  return (
    <>
      <p class="message">{row.text}</p>
      <Attached view={view} of={of} path={path} />
      {row.occurrences === 0 && <p>{groupsText(view, of)}</p>}
      <section id="live" {...live}>
        <h2>{t('console.announcement.progress')}</h2>
        <p role="status">
          <strong>{countsText(view, of) || t('console.announcement.notYet')}</strong>
        </p>
        {counts.waiting > 0 && held && (
          <p class="warning">{t('console.announcement.held', { at: whenText(view, sendsAt) })}</p>
        )}
        {row.state === 'queued' && (
          <Act
            view={view}
            action={`${path}/cancel`}
            label={t('console.announcement.cancelStop')}
            class="danger"
          />
        )}
        {counts.failed > 0 && (
          <Act
            view={view}
            action={`${path}/retry`}
            label={t('console.announcement.retry', { n: counts.failed })}
          />
        )}
        {counts.sent > 0 && (
          <p>
            <Act
              view={view}
              action={`${path}/recall`}
              label={t('console.announcement.recall')}
              class="danger"
            />
            <small class="hint">{t('console.announcement.recallHint')}</small>
          </p>
        )}
        {counts.unknown > 0 && (
          <p class="warning">
            {t('console.announcement.unknown')}{' '}
            <a href="/console/health">{t('console.nav.health')}</a>
          </p>
        )}
        {row.occurrences > 0 && (
          <Table
            caption={t('console.announcement.byGroup')}
            empty={t('console.nothing')}
            rows={of.deliveries}
            columns={[
              { head: t('console.group.topic'), cell: (d) => d.topic },
              { head: t('console.group.state'), cell: (d) => t(`console.delivery.${d.state}`) },
              { head: t('console.announcement.reason'), cell: (d) => reasonText(view, d) },
              {
                head: t('console.announcement.recalled'),
                cell: (d) =>
                  d.stuck > 0
                    ? t('console.announcement.stuck')
                    : d.recalled > 0
                      ? t('console.yes')
                      : '',
              },
            ]}
          />
        )}
      </section>
      {row.occurrences > 0 && <Exports view={view} path={path} />}
    </>
  )
}
