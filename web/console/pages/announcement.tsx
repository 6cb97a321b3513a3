import type { SessionId } from '../../../db/schema.ts'
import {
  inputOf,
  type Progress,
  previewOf,
  type Tally,
} from '../../../handlers/announcements/service.ts'
import type { Filled } from '../form.ts'
import { page } from '../layout.tsx'
import { Act, Exports, Field, Form, Table } from '../parts.tsx'
import { whenText } from '../shown.ts'
import type { View } from '../view.ts'

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
          <dd>{t(`console.announcing.${row.state}`)}</dd>
          <dt>{t('console.announcement.sendAt')}</dt>
          <dd>{whenText(view, row.send_at) || t('console.announcement.now')}</dd>
          {row.repeats && (
            <>
              <dt>{t('console.announcement.repeats')}</dt>
              <dd>
                {t(`console.announcement.${row.repeats}`)} – {row.until_on}
              </dd>
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

function Preview(props: {
  readonly view: View
  readonly of: Progress
  readonly filled: Filled
  readonly session: SessionId | undefined
  readonly path: string
}) {
  const { view, of, filled, session, path } = props
  const { t } = view
  const { row } = of
  const preview = previewOf(view.look, inputOf(row), { session, not: row.id })
  return (
    <>
      <h2>{t('console.announcement.preview')}</h2>
      {preview.blockers.map((blocker) => (
        <p class="error">{view.say(blocker)}</p>
      ))}
      {preview.held && (
        <p class="warning">
          {t('console.announcement.held', { at: whenText(view, preview.sendsAt) })}
        </p>
      )}
      {preview.same && (
        <p class="warning">{t('console.announcement.same', { no: preview.same.id })}</p>
      )}
      {preview.unbound.length > 0 && (
        <p class="warning">
          {t('console.announcement.unbound', {
            names: preview.unbound.map((room) => room.topic).join('、'),
          })}
        </p>
      )}
      <p>
        {t('console.announcement.toGroups', { n: preview.rooms.length })}
        {preview.rooms.map((room) => room.topic).join('、')}
      </p>
      {preview.parts.map((part) => (
        <p class="message">{part}</p>
      ))}
      <Form view={view} action={`${path}/confirm`} filled={{ ...filled, errors: {} }}>
        <Field
          view={view}
          name="code"
          label={t('console.announcement.code', { code: row.code })}
          hint={t('console.announcement.codeHint')}
          inputmode="numeric"
          filled={filled}
          required
          max={10}
        />
        <button type="submit">{t('console.announcement.confirm')}</button>
      </Form>
      <p>
        <a href={`${path}/edit`}>{t('console.announcement.edit')}</a>
      </p>
      <Act
        view={view}
        action={`${path}/cancel`}
        label={t('console.announcement.cancel')}
        class="danger"
      />
    </>
  )
}

function Sending(props: { readonly view: View; readonly of: Progress; readonly path: string }) {
  const { view, of, path } = props
  const { t } = view
  const { row, counts } = of
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
      <section id="live" {...live}>
        <h2>{t('console.announcement.progress')}</h2>
        <p role="status">
          <strong>{countsText(view, of) || t('console.announcement.notYet')}</strong>
        </p>
        {row.state === 'queued' && (
          <Act
            view={view}
            action={`${path}/cancel`}
            label={t('console.announcement.cancel')}
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
          <Act view={view} action={`${path}/recall`} label={t('console.announcement.recall')} />
        )}
        {counts.unknown > 0 && (
          <p class="warning">
            {t('console.announcement.unknown')}{' '}
            <a href="/console/health">{t('console.nav.health')}</a>
          </p>
        )}
        <Table
          caption={t('console.announcement.byGroup')}
          empty={t('console.nothing')}
          rows={of.deliveries}
          columns={[
            { head: t('console.group.topic'), cell: (d) => d.topic },
            { head: t('console.group.state'), cell: (d) => t(`console.delivery.${d.state}`) },
            { head: t('console.announcement.reason'), cell: (d) => d.reason ?? '' },
            {
              head: t('console.announcement.recalled'),
              cell: (d) => (d.recalled > 0 ? t('console.yes') : ''),
            },
          ]}
        />
      </section>
      <Exports view={view} path={path} />
    </>
  )
}
