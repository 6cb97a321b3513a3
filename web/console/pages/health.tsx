import { Hono } from 'hono'
import type { Child } from 'hono/jsx'
import { renderSVG } from 'uqr'
import type { PlainKey } from '../../../content/i18n.ts'
import { type Instant, minutesBetween } from '../../../content/time.ts'
import type { OutboxId } from '../../../db/schema.ts'
import { outboxSummary } from '../../../handlers/console/health.ts'
import { groups, type Send, sendsToSettle, settleSend } from '../../../handlers/staff/service.ts'
import { Refused } from '../../http.ts'
import { EMPTY, type Filled, refused } from '../form.ts'
import { roleGuard } from '../guard.ts'
import { page } from '../layout.tsx'
import { Act, Table } from '../parts.tsx'
import type { BackupState } from '../port.ts'
import { stampText, whenText } from '../shown.ts'
import type { ConsoleEnv, View } from '../view.ts'
import { warnings } from '../warnings.ts'

/** So much of a message shows which one it is. */
const EXCERPT = 40

/** How the program is doing, and the messages that a person must settle. */
export function healthPages(): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>()
  app.use('/health/*', roleGuard('staff'))
  app.get('/health', (c) => c.html(healthPage(c.get('view'), EMPTY)))
  app.get('/health/qr.svg', (c) => {
    const { qr } = c.get('view').deps.condition()
    if (qr === undefined) throw new Refused(404, 'not_found', 'there is no code to scan now')
    return c.body(renderSVG(qr), 200, { 'Content-Type': 'image/svg+xml' })
  })
  for (const decision of ['sendAgain', 'sendDone'] as const) {
    app.post(`/health/sends/:id/${decision}`, (c) => {
      const view = c.get('view')
      const id = Number(c.req.param('id')) as OutboxId
      const result = view.work((work) => settleSend(work, view.who.id, id, decision))
      return result.ok
        ? c.redirect('/console/health?done=1', 303)
        : c.html(healthPage(view, refused(EMPTY, result.error)), 422)
    })
  }
  return app
}

function healthPage(view: View, filled: Filled) {
  const { t, deps } = view
  const condition = deps.condition()
  const error = filled.errors['']
  const known = groups(view.look)
  const topicOf = ({ room_id }: Send) => known.find(({ id }) => id === room_id)?.topic ?? ''
  return page(view, {
    title: t('console.nav.health'),
    children: (
      <>
        {error && (
          <p class="error" role="alert">
            {view.say(error)}
          </p>
        )}
        {warnings(view).map((line) => (
          <p class="warning">{line}</p>
        ))}
        <Facts view={view} />
        {condition.qr !== undefined && (
          <>
            <h2>{t('console.health.scan')}</h2>
            <img class="qr" src="/console/health/qr.svg" alt={t('console.health.scan')} />
          </>
        )}
        <h2>{t('console.health.toSettle')}</h2>
        <p>{t('console.health.toSettleHint')}</p>
        <Table
          caption={t('console.health.toSettle')}
          empty={t('console.health.allSettled')}
          rows={sendsToSettle(view.look)}
          columns={[
            { head: '#', cell: (s) => s.id, numeric: true },
            { head: t('console.health.created'), cell: (s) => whenText(view, s.created_at) },
            { head: t('console.group.topic'), cell: (s) => topicOf(s) },
            { head: t('console.health.text'), cell: (s) => excerpt(view, s) },
            { head: t('console.group.state'), cell: (s) => t(`console.outbox.${s.state}`) },
            {
              head: t('console.health.decide'),
              cell: (s) => (
                <>
                  <Act
                    view={view}
                    action={`/console/health/sends/${s.id}/sendAgain`}
                    label={t('console.health.again')}
                  />
                  <Act
                    view={view}
                    action={`/console/health/sends/${s.id}/sendDone`}
                    label={t('console.health.doneWith')}
                  />
                </>
              ),
            },
          ]}
        />
        <h2>{t('console.health.outbox')}</h2>
        <Table
          caption={t('console.health.outbox')}
          empty={t('console.nothing')}
          rows={outboxSummary(view.look)}
          columns={[
            { head: t('console.group.state'), cell: (s) => t(`console.outbox.${s.state}`) },
            { head: t('console.count'), cell: (s) => s.n, numeric: true },
          ]}
        />
      </>
    ),
  })
}

function Facts({ view }: { readonly view: View }) {
  const { t, deps } = view
  const { chat, since, puppet, backup, version, started, freeMb } = deps.condition()
  const { last, folder, scheduled } = backup
  const facts: readonly (readonly [PlainKey, Child])[] = [
    ['console.health.chat', t(`console.health.${chat}`)],
    ['console.health.since', whenText(view, since)],
    ['console.health.puppet', <code>{puppet}</code>],
    ['console.health.backup', last ? checkedText(view, last) : t('health.backup.none')],
    ['health.backup.folder', scheduled ? <code>{folder}</code> : t('health.backup.off')],
    ['health.disk', t('health.diskText', { gb: (freeMb / 1000).toFixed(1) })],
    ['health.version', version],
    ['health.uptime', uptimeText(view, started)],
  ]
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <>
          <dt>{t(name)}</dt>
          <dd>{value}</dd>
        </>
      ))}
    </dl>
  )
}

function checkedText(view: View, { at, bytes }: NonNullable<BackupState['last']>): string {
  const size = (bytes / 1_000_000).toFixed(1)
  return view.t('health.backup.checked', { when: stampText(view, at), size })
}

function uptimeText(view: View, started: Instant): string {
  const minutes = Math.floor(minutesBetween(started, view.deps.real.now()))
  return view.t('health.uptimeText', {
    days: Math.floor(minutes / 1440),
    hours: Math.floor((minutes % 1440) / 60),
    minutes: minutes % 60,
  })
}

/** The beginning of what a group was to hear; what went to one person stays with that person. */
function excerpt(view: View, { room_id, text }: Send): string {
  if (room_id === null) return view.t('console.health.direct')
  const line = [...text.replaceAll('\n', ' ')]
  return line.length > EXCERPT ? `${line.slice(0, EXCERPT).join('')}…` : line.join('')
}
