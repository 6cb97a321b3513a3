import { Hono } from 'hono'
import { renderSVG } from 'uqr'
import { addDays, dateIn, partsOf } from '../../../content/time.ts'
import type { OutboxId } from '../../../db/schema.ts'
import { outboxSummary } from '../../../handlers/console/health.ts'
import { type Send, sendsToSettle, settleSend } from '../../../handlers/staff/service.ts'
import { Refused } from '../../http.ts'
import { EMPTY, type Filled, refused } from '../form.ts'
import { roleGuard } from '../guard.ts'
import { page } from '../layout.tsx'
import { Act, Table } from '../parts.tsx'
import { whenText } from '../shown.ts'
import type { ConsoleEnv, View } from '../view.ts'

/** A backup that is older is worth a warning. */
const BACKUP_DAYS = 7
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

/** What the operator should see to, each a line. */
function warnings(view: View): string[] {
  const { t, now, deps } = view
  const { calendar, zone } = deps.env
  const today = dateIn(zone, now)
  const { lastBackup } = deps.condition()
  const { year, month } = partsOf(today)
  // The table of the next year is published in November.
  const wanted = month === 12 ? year + 1 : year
  return [
    ...(calendar.isOfficial(wanted) ? [] : [t('console.health.noCalendar', { year: wanted })]),
    ...(lastBackup === undefined || dateIn(zone, lastBackup) < addDays(today, -BACKUP_DAYS)
      ? [t('console.health.noBackup', { days: BACKUP_DAYS })]
      : []),
  ]
}

function healthPage(view: View, filled: Filled) {
  const { t, deps } = view
  const condition = deps.condition()
  const error = filled.errors['']
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
        <dl class="facts">
          <dt>{t('console.health.chat')}</dt>
          <dd>{t(`console.health.${condition.chat}`)}</dd>
          <dt>{t('console.health.since')}</dt>
          <dd>{whenText(view, condition.since)}</dd>
          <dt>{t('console.health.puppet')}</dt>
          <dd>{condition.puppet}</dd>
          <dt>{t('console.health.backup')}</dt>
          <dd>{whenText(view, condition.lastBackup) || t('console.none')}</dd>
        </dl>
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

/** The beginning of what a group was to hear; what went to one person stays with that person. */
function excerpt(view: View, { room_id, text }: Send): string {
  if (room_id === null) return view.t('console.health.direct')
  const line = [...text.replaceAll('\n', ' ')]
  return line.length > EXCERPT ? `${line.slice(0, EXCERPT).join('')}…` : line.join('')
}
