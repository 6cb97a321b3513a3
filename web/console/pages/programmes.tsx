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
  toLocalDate,
  toWallTime,
} from '../../../content/time.ts'
import type { OccurrenceId } from '../../../db/schema.ts'
import { weekdayPhrase } from '../../../handlers/core/dates.ts'
import {
  type OccurrenceView,
  occurrence,
  occurrences,
  targets,
} from '../../../handlers/programmes/manage.ts'
import { cancel, markHeld, reschedule } from '../../../handlers/programmes/service.ts'
import { Refused } from '../../http.ts'
import { download } from '../export.ts'
import { EMPTY, type Filled, readForm, refused } from '../form.ts'
import { roleGuard } from '../guard.ts'
import { page } from '../layout.tsx'
import { Exports, Field, Form, Table } from '../parts.tsx'
import { dayText, monthText, topicText, whenText } from '../shown.ts'
import type { ConsoleEnv, Ctx, View } from '../view.ts'

const MAX_WORDS = 100

const date = z.string().regex(/^\d{4}-\d\d-\d\d$/)
const time = z.string().regex(/^\d\d:\d\d$/)
const moveForm = z.object({
  date,
  time,
  venue: z.string().trim().max(MAX_WORDS),
  reason: z.string().trim().max(MAX_WORDS),
})
const cancelForm = z.object({ why: z.string().trim().min(1).max(MAX_WORDS) })
const heldForm = z.object({
  attendance: z.union([z.literal(''), z.coerce.number().int().min(0).max(99_999)]),
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
    const { venue, reason } = form.value
    const change = {
      date: toLocalDate(form.value.date),
      time: toWallTime(form.value.time),
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
    const { attendance } = form.value
    const result = view.work((work) =>
      markHeld(work, view.who.id, of.row.id, attendance === '' ? undefined : attendance),
    )
    return result.ok
      ? c.redirect(`/console/programmes/${of.row.id}?done=1`, 303)
      : c.html(occurrencePage(view, of, refused(form.filled, result.error, 'attendance')), 422)
  })
  return app
}

function found(c: Ctx): OccurrenceView {
  const of = occurrence(c.get('view').look, Number(c.req.param('id')) as OccurrenceId)
  if (of === undefined) throw new Refused(404, 'not_found', 'no such occurrence')
  return of
}

/** The first day of the month that `?month=2026-11` names; this month without it. */
function monthOf(c: Ctx): LocalDate {
  const [, year, month] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(c.req.query('month') ?? '') ?? []
  if (year && month) return toLocalDate(`${year}-${month}-01`)
  const view = c.get('view')
  const today = partsOf(dateIn(view.deps.env.zone, view.now))
  return dateOf({ ...today, day: 1 })
}

function lastOf(month: LocalDate): LocalDate {
  return addDays(addMonths(month, 1), -1)
}

function nameOf(view: View, { programme, row }: OccurrenceView): string {
  return programme?.name[view.lang] ?? row.programme
}

function sheet(view: View, month: LocalDate) {
  const { t } = view
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
    ],
    rows: occurrences(view.look, month, lastOf(month)).map((o) => [
      o.row.held_on,
      o.row.start_time,
      nameOf(view, o),
      topicText(view, o.topic),
      venueOf(view, o),
      t(`console.occurrence.${o.row.state}`),
      o.row.attendance,
    ]),
  }
}

function venueOf(view: View, { row, programme }: OccurrenceView): string {
  return row.venue ?? programme?.venue[view.lang] ?? ''
}

function monthPage(view: View, month: LocalDate) {
  const { t } = view
  const link = (to: LocalDate) => `/console/programmes?month=${to.slice(0, 7)}`
  const all = occurrences(view.look, month, lastOf(month))
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
                              <Entry view={view} of={o} />
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

function Entry({ view, of }: { readonly view: View; readonly of: OccurrenceView }) {
  const { row } = of
  const name = `${row.start_time} ${nameOf(view, of)}`
  return (
    <div>
      <a href={`/console/programmes/${row.id}`}>
        {row.state === 'cancelled' ? <s>{name}</s> : name}
      </a>
      {row.state === 'held' && ` ✓${row.attendance ?? ''}`}
    </div>
  )
}

function occurrencePage(view: View, of: OccurrenceView, filled: Filled) {
  const { t } = view
  const { row } = of
  const path = `/console/programmes/${row.id}`
  const isOver = row.starts_at <= view.now
  return page(view, {
    title: `${nameOf(view, of)} · ${dayText(view, row.held_on)}`,
    children: (
      <>
        <dl class="facts">
          <dt>{t('console.programme.time')}</dt>
          <dd>{whenText(view, row.starts_at)}</dd>
          <dt>{t('console.programme.topic')}</dt>
          <dd>{topicText(view, of.topic) || t('console.unknown')}</dd>
          <dt>{t('console.programme.venue')}</dt>
          <dd>{venueOf(view, of)}</dd>
          <dt>{t('console.group.state')}</dt>
          <dd>{t(`console.occurrence.${row.state}`)}</dd>
          {row.reason && row.state === 'cancelled' && (
            <>
              <dt>{t('console.programme.reason')}</dt>
              <dd>{row.reason === 'holiday' ? t('console.programme.holiday') : row.reason}</dd>
            </>
          )}
          {row.attendance !== null && (
            <>
              <dt>{t('console.programme.attendance')}</dt>
              <dd>{row.attendance}</dd>
            </>
          )}
        </dl>
        {isOver && row.state !== 'cancelled' && (
          <>
            <h2>{t('console.programme.markHeld')}</h2>
            <Form view={view} action={`${path}/held`} filled={filled}>
              <Field
                view={view}
                name="attendance"
                type="number"
                label={t('console.programme.attendance')}
                hint={t('console.programme.attendanceHint')}
                filled={filled}
                value={row.attendance === null ? '' : String(row.attendance)}
              />
              <button type="submit">{t('console.programme.markHeld')}</button>
            </Form>
          </>
        )}
        {!isOver && row.state !== 'cancelled' && (
          <div class="columns">
            <section>
              <h2>{t('console.programme.move')}</h2>
              <p class="hint">{t('console.programme.moveHint')}</p>
              <Form view={view} action={`${path}/move`} filled={filled}>
                <Field
                  view={view}
                  name="date"
                  type="date"
                  label={t('console.programme.date')}
                  filled={filled}
                  value={row.held_on}
                  required
                />
                <Field
                  view={view}
                  name="time"
                  type="time"
                  label={t('console.programme.time')}
                  filled={filled}
                  value={row.start_time}
                  required
                />
                <Field
                  view={view}
                  name="venue"
                  label={t('console.programme.venue')}
                  filled={filled}
                  value={venueOf(view, of)}
                  max={MAX_WORDS}
                />
                <Field
                  view={view}
                  name="reason"
                  label={t('console.programme.reason')}
                  filled={filled}
                  max={MAX_WORDS}
                />
                <button type="submit">{t('console.programme.move')}</button>
              </Form>
            </section>
            <section>
              <h2>{t('console.programme.cancel')}</h2>
              <p class="hint">{t('console.programme.moveHint')}</p>
              <Form view={view} action={`${path}/cancel`} filled={filled}>
                <Field
                  view={view}
                  name="why"
                  label={t('console.programme.reason')}
                  filled={filled}
                  required
                  max={MAX_WORDS}
                />
                <button type="submit" class="danger">
                  {t('console.programme.cancel')}
                </button>
              </Form>
            </section>
          </div>
        )}
      </>
    ),
  })
}
