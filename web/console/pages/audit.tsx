import { Hono } from 'hono'
import { auditEntries } from '../../../handlers/console/audit.ts'
import { download } from '../export.ts'
import { roleGuard } from '../guard.ts'
import { page } from '../layout.tsx'
import { Exports, Table } from '../parts.tsx'
import { stampText, whenText } from '../shown.ts'
import type { ConsoleEnv } from '../view.ts'

const PER_PAGE = 100
const MAX_EXPORT = 20_000

/** Who did what: for the owner. */
export function auditPages(): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>()
  app.get('/audit', roleGuard('owner'), (c) => {
    const view = c.get('view')
    const { t } = view
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
          e.action,
          e.subject,
          e.details,
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
                { head: t('console.audit.action'), cell: (e) => e.action },
                { head: t('console.audit.subject'), cell: (e) => e.subject },
                {
                  head: t('console.audit.details'),
                  cell: (e) => (e.details === '{}' ? '' : e.details),
                },
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
