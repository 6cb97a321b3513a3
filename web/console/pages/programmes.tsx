import { Hono } from 'hono'
import { z } from 'zod'
import {
  addDays,
  addMonths,
  dateIn,
  dateOf,
  eachDay,
  type LocalDate,
  mondayOf,
  partsOf,
} from '../../../content/time.ts'
import type { OccurrenceId } from '../../../db/schema.ts'
import { weekdayPhrase } from '../../../handlers/core/dates.ts'
import {
  type OccurrenceView,
  occurrence,
  occurrences,
  targets,
} from '../../../handlers/programmes/manage.ts'
import { cancel, markHeld, markMissed, reschedule } from '../../../handlers/programmes/service.ts'
import { type Counts, countsOf } from '../../../handlers/programmes/signups/desk.ts'
import { Refused } from '../../http.ts'
import { download } from '../export.ts'
import { EMPTY, readForm, refused } from '../form.ts'
import { roleGuard } from '../guard.ts'
import { page } from '../layout.tsx'
import { dayOf, requiredDay, requiredTime } from '../moments.ts'
import { Exports, Table } from '../parts.tsx'
import { monthText, topicText } from '../shown.ts'
import type { ConsoleEnv, Ctx, View } from '../view.ts'
import { MAX_NOTE, MAX_WORDS, nameOf, occurrencePage, venueOf } from './occurrence.tsx'

const moveForm = z.object({
  date: requiredDay,
  time: requiredTime,
  venue: z.string().trim().max(MAX_WORDS),
  reason: z.string().trim().max(MAX_WORDS),
})
const cancelForm = z.object({ why: z.string().trim().min(1).max(MAX_WORDS) })
const heldForm = z.object({
  attendance: z.union([z.literal(''), z.coerce.number().int().min(0).max(99_999)]),
  note: z.string().trim().max(MAX_NOTE).default(''),
})

/** The month's activities, each with its own page. */
export function programmePages(): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>()
  app.use('/programmes/*', roleGuard('staff'))
  app.get('/programmes', (c) => {
    const view = c.get('view')
    const month = monthOf(c)
    return c.req.query('format') ? download(c, sheet(view, month)) : c.html(monthPage(view, month))
  })
  app.get('/programmes/:id{[0-9]+}', (c) => c.html(occurrencePage(c.get('view'), found(c), EMPTY)))

  app.post('/programmes/:id{[0-9]+}/move', async (c) => {
    const [view, of] = [c.get('view'), found(c)]
    const form = await readForm(c, moveForm)
    if (!form.ok) return c.html(occurrencePage(view, of, form.filled), 422)
    const { date, time, venue, reason } = form.value
    const change = {
      date,
      time,
      ...(venue && { venue }),
      ...(reason && { reason }),
    }
    const result = view.work((work) => reschedule(work, { id: view.who.id }, of.row.id, change))
    return result.ok
      ? c.redirect(`/console/programmes/${of.row.id}?done=1`, 303)
      : c.html(occurrencePage(view, of, refused(form.filled, result.error, 'date')), 422)
  })
  app.post('/programmes/:id{[0-9]+}/cancel', async (c) => {
    const [view, of] = [c.get('view'), found(c)]
    const form = await readForm(c, cancelForm)
    if (!form.ok) return c.html(occurrencePage(view, of, form.filled), 422)
    const result = view.work((work) => cancel(work, { id: view.who.id }, of.row.id, form.value.why))
    return result.ok
      ? c.redirect(`/console/programmes/${of.row.id}?done=1`, 303)
      : c.html(occurrencePage(view, of, refused(form.filled, result.error, 'why')), 422)
  })
  app.post('/programmes/:id{[0-9]+}/held', async (c) => {
    const [view, of] = [c.get('view'), found(c)]
    const form = await readForm(c, heldForm)
    if (!form.ok) return c.html(occurrencePage(view, of, form.filled), 422)
    const { attendance, note } = form.value
    const seen = { attendance: attendance === '' ? undefined : attendance, note }
    const result = view.work((work) => markHeld(work, view.who.id, of.row.id, seen))
    return result.ok
      ? c.redirect(`/console/programmes/${of.row.id}?done=1`, 303)
      : c.html(occurrencePage(view, of, refused(form.filled, result.error, 'attendance')), 422)
  })
  app.post('/programmes/:id{[0-9]+}/missed', (c) => {
    const [view, of] = [c.get('view'), found(c)]
    const result = view.work((work) => markMissed(work, view.who.id, of.row.id))
    return result.ok
      ? c.redirect(`/console/programmes/${of.row.id}?done=1`, 303)
      : c.html(occurrencePage(view, of, refused(EMPTY, result.error)), 422)
  })
  return app
}

/** @throws Refused 404 for a number that no occurrence has */
export function found(c: Ctx): OccurrenceView {
  const of = occurrence(c.get('view').look, Number(c.req.param('id')) as OccurrenceId)
  if (of === undefined) throw new Refused(404, 'not_found', 'no such occurrence')
  return of
}

/** The first day of the month that `?month=2026-11` names; this month without it. */
function monthOf(c: Ctx): LocalDate {
  const asked = dayOf(`${c.req.query('month')}-01`)
  if (asked) return asked
  const view = c.get('view')
  const today = partsOf(dateIn(view.deps.env.zone, view.now))
  return dateOf({ ...today, day: 1 })
}

function lastOf(month: LocalDate): LocalDate {
  return addDays(addMonths(month, 1), -1)
}

function sheet(view: View, month: LocalDate) {
  const { t } = view
  const all = occurrences(view.look, month, lastOf(month))
  const counts = countsOf(
    view.look,
    all.map((o) => o.row.id),
  )
  return {
    name: `programmes-${month.slice(0, 7)}`,
    head: [
      t('console.programme.date'),
      t('console.programme.time'),
      t('console.programme.name'),
      t('console.programme.topic'),
      t('console.programme.venue'),
      t('console.group.state'),
      t('console.programme.attendance'),
      t('console.signups.seats'),
      t('console.signups.waiting'),
      t('console.signups.note'),
    ],
    rows: all.map((o) => [
      o.row.held_on,
      o.row.start_time,
      nameOf(view, o),
      topicText(view, o.topic),
      venueOf(view, o),
      t(`console.occurrence.${o.row.state}`),
      o.row.attendance,
      counts.get(o.row.id)?.seats ?? null,
      counts.get(o.row.id)?.waiting ?? null,
      o.row.note,
    ]),
  }
}

function monthPage(view: View, month: LocalDate) {
  const { t } = view
  const link = (to: LocalDate) => `/console/programmes?month=${to.slice(0, 7)}`
  const all = occurrences(view.look, month, lastOf(month))
  const counts = countsOf(
    view.look,
    all.map((o) => o.row.id),
  )
  const today = dateIn(view.deps.env.zone, view.now)
  return page(view, {
    title: `${t('console.nav.programmes')} · ${monthText(view, month)}`,
    children: (
      <>
        <nav class="pager" aria-label={t('console.pager')}>
          <a href={link(addMonths(month, -1))}>{t('console.programme.before')}</a>
          <a href={link(addMonths(month, 1))}>{t('console.programme.after')}</a>
          <a href="/console/lectures">{t('console.programme.lectures')}</a>
        </nav>
        <section class="scroll" tabindex={0} aria-label={t('console.programme.calendar')}>
          <table class="month">
            <caption>{t('console.programme.calendar')}</caption>
            <thead>
              <tr>
                {[...eachDay(mondayOf(month), addDays(mondayOf(month), 6))].map((day) => (
                  <th scope="col">{view.say(weekdayPhrase(day))}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {weeksOf(month).map((week) => (
                <tr>
                  {week.map((day) => (
                    <td class={day === today ? 'today' : undefined}>
                      {day.slice(0, 7) === month.slice(0, 7) && (
                        <>
                          <strong data-weekday={view.say(weekdayPhrase(day))}>
                            {partsOf(day).day}
                          </strong>
                          {all
                            .filter((o) => o.row.held_on === day)
                            .map((o) => (
                              <Entry view={view} of={o} counts={counts.get(o.row.id)} />
                            ))}
                        </>
                      )}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        {all.length === 0 && <p class="empty">{t('console.nothing')}</p>}
        <Exports view={view} path={link(month)} />
        <h2>{t('console.programme.targets', { year: partsOf(month).year })}</h2>
        <Table
          caption={t('console.programme.targets', { year: partsOf(month).year })}
          empty={t('console.nothing')}
          rows={targets(view.look, partsOf(month).year)}
          columns={[
            { head: t('console.programme.name'), cell: (x) => x.programme.name[view.lang] },
            { head: t('console.programme.held'), cell: (x) => x.held, numeric: true },
            { head: t('console.programme.target'), cell: (x) => x.target, numeric: true },
          ]}
        />
      </>
    ),
  })
}

function weeksOf(month: LocalDate): LocalDate[][] {
  const weeks: LocalDate[][] = []
  for (let day = mondayOf(month); day <= lastOf(month); day = addDays(day, 7)) {
    weeks.push([...eachDay(day, addDays(day, 6))])
  }
  return weeks
}

function Entry({
  view,
  of,
  counts,
}: {
  readonly view: View
  readonly of: OccurrenceView
  readonly counts: Counts | undefined
}) {
  const { row } = of
  const name = `${row.start_time} ${nameOf(view, of)}`
  return (
    <div>
      <a href={`/console/programmes/${row.id}`}>
        {row.state === 'cancelled' ? <s>{name}</s> : name}
      </a>
      {row.state === 'held' && ` ✓${row.attendance ?? ''}`}
      {row.state !== 'held' && counts !== undefined && counts.seats > 0 && (
        <> {view.t('console.signups.short', { n: counts.seats })}</>
      )}
    </div>
  )
}
