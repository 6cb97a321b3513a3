import type { OccurrenceView } from '../../../handlers/programmes/manage.ts'
import type { Filled } from '../form.ts'
import { page } from '../layout.tsx'
import { Act, Field, Form } from '../parts.tsx'
import { dayText, topicText, whenText } from '../shown.ts'
import type { View } from '../view.ts'
import { SignUps } from './sign-up-list.tsx'

export const MAX_WORDS = 100
export const MAX_NOTE = 500

export function nameOf(view: View, { programme, row }: OccurrenceView): string {
  return programme?.name[view.lang] ?? row.programme
}

export function venueOf(view: View, { row, programme }: OccurrenceView): string {
  return row.venue ?? programme?.venue[view.lang] ?? ''
}

/** One occurrence: what it is, who comes, and what can be done with it. */
export function occurrencePage(view: View, of: OccurrenceView, filled: Filled) {
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
          {row.note !== '' && (
            <>
              <dt>{t('console.signups.note')}</dt>
              <dd>{row.note}</dd>
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
              <Field
                view={view}
                name="note"
                rows={3}
                label={t('console.signups.note')}
                hint={t('console.signups.noteHint')}
                filled={filled}
                value={row.note}
                max={MAX_NOTE}
              />
              <button type="submit">{t('console.programme.markHeld')}</button>
            </Form>
            {row.state !== 'missed' && (
              <Act
                view={view}
                action={`${path}/missed`}
                label={t('console.programme.markMissed')}
              />
            )}
          </>
        )}
        <SignUps view={view} of={of} filled={filled} />
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
