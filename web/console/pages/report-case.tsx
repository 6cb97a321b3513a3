import type { ComplaintId } from '../../../db/schema-reports.ts'
import { may } from '../../../handlers/core/roles.ts'
import { leads } from '../../../handlers/reports/desk.ts'
import { lateOf, nameOf } from '../../../handlers/reports/lines.ts'
import { ACTIONS, type Action } from '../../../handlers/reports/transitions.ts'
import type { CaseView, Identity, ReportView } from '../../../handlers/reports/view.ts'
import { EMPTY } from '../form.ts'
import { page } from '../layout.tsx'
import { Field, Form } from '../parts.tsx'
import { placeText, whenText } from '../shown.ts'
import type { View } from '../view.ts'
import { caseKind } from './case-words.ts'
import { Ledger } from './report-evidence.tsx'
import { caseFacts, Due, FactList } from './report-facts.tsx'
import { nameIn } from './report-fields.ts'
import { type Refusal, StepForms } from './report-forms.tsx'

type EventRow = CaseView['events'][number]

export interface CasePage {
  readonly refusal?: Refusal
  /** Who made which report, shown this once. */
  readonly identities?: ReadonlyMap<ComplaintId, Identity>
}

/** A case with all that the reader may know of it, and what the reader may do. */
export function casePage(view: View, of: CaseView, { refusal, identities }: CasePage = {}) {
  const { t } = view
  const { case: row } = of
  const whole = refusal?.filled.errors['']
  return page(view, {
    title: `#${row.id} ${caseKind(view, row)}`,
    children: (
      <>
        {refusal && (
          <p class="error" role="alert">
            {whole ? view.say(whole) : t('console.report.notDone')}{' '}
            <a href={`#step-${refusal.form}`}>{t('console.report.backToForm')}</a>
          </p>
        )}
        <div class="columns">
          <section>
            <Facts view={view} of={of} />
            {leads(of) && <Reports view={view} of={of} identities={identities} refusal={refusal} />}
            <Photos view={view} of={of} />
          </section>
          <section class="screen">
            <h2>{t('console.report.steps')}</h2>
            <StepForms view={view} of={of} refusal={refusal} />
          </section>
        </div>
        <h2>{t('console.report.ledger')}</h2>
        <Ledger view={view} of={of} />
        <p class="screen">
          <a href={`/console/reports/${row.id}/evidence`}>{t('console.report.evidence')}</a>
        </p>
        <h2>{t('console.report.timeline')}</h2>
        <ol class="timeline">
          {of.events.map((event) => (
            <Event view={view} of={of} event={event} />
          ))}
        </ol>
      </>
    ),
  })
}

function Facts({ view, of }: { readonly view: View; readonly of: CaseView }) {
  const { t } = view
  const { case: row } = of
  const late = lateOf(view.look, row)
  const open = row.closed_at === null && row.merged_into === null
  const result =
    row.revisit_result &&
    [
      t(`console.report.result.${row.revisit_result}`),
      row.rating && t(`console.report.rating.${row.rating}`),
    ]
      .filter(Boolean)
      .join(' · ')
  return (
    <FactList
      view={view}
      facts={[
        ...caseFacts(view, of),
        ['console.report.assignee', nameOf(view.look.db, row.assignee_id) ?? t('console.none')],
        [
          'console.report.dueRespond',
          open && row.responded_at === null ? (
            <Due view={view} at={row.due_respond_at} late={late === 'respond'} />
          ) : (
            ''
          ),
        ],
        ['console.report.responded', whenText(view, row.responded_at)],
        [
          'console.today.due',
          open ? <Due view={view} at={row.due_resolve_at} late={late === 'resolve'} /> : '',
        ],
        ['console.report.extended', row.extension_days > 0 ? row.extension_days : ''],
        ['console.report.closed', whenText(view, row.closed_at)],
        ['console.report.transferredTo', row.transferred_to ?? ''],
        ['console.report.revisited', result ?? ''],
        [
          'console.report.mergedInto',
          row.merged_into && <a href={`/console/reports/${row.merged_into}`}>#{row.merged_into}</a>,
        ],
        ['console.report.public', row.public === 1 ? t('console.yes') : ''],
      ]}
    />
  )
}

/** What people said. Who they are is asked for with a reason, and that is written down. */
function Reports(props: {
  readonly view: View
  readonly of: CaseView
  readonly identities: CasePage['identities']
  readonly refusal: Refusal | undefined
}) {
  const { view, of, identities, refusal } = props
  const { t } = view
  const filled = refusal?.form === 'reveal' ? refusal.filled : EMPTY
  const standing = of.reports.some((report) => report.withdrawn_at === null)
  return (
    <>
      <h2>{t('console.report.reports')}</h2>
      {of.reports.length === 0 && <p class="empty">{t('console.nothing')}</p>}
      {of.reports.map((report) => (
        <Report view={view} report={report} identity={identities?.get(report.id)} />
      ))}
      {standing && may(view.who.role, 'staff') && identities === undefined && (
        <details id="step-reveal" open={refusal?.form === 'reveal'}>
          <summary>{t('console.report.reveal')}</summary>
          <Form view={view} action={`/console/reports/${of.case.id}/reveal`} filled={filled}>
            <Field
              view={view}
              name={nameIn('reveal', 'reason')}
              label={t('console.report.revealWhy')}
              hint={t('console.report.revealHint')}
              filled={filled}
              required
              max={100}
            />
            <button type="submit">{t('console.report.reveal')}</button>
          </Form>
        </details>
      )}
    </>
  )
}

function Report(props: {
  readonly view: View
  readonly report: ReportView
  readonly identity: Identity | undefined
}) {
  const { view, report, identity } = props
  const { t } = view
  const home = identity && [placeText(view, identity.home), identity.room].filter(Boolean).join(' ')
  return (
    <article>
      <p>
        {whenText(view, report.created_at)} · {t(`console.report.channel.${report.channel}`)}
        {report.withdrawn_at !== null && ` · ${t('reports.state.withdrawn')}`}
        {report.consent === 1 && ` · ${t('console.report.consent')}`}
      </p>
      {identity && (
        <p class="warning">
          {identity.name === undefined
            ? t('cases.reveal.unknown')
            : `${identity.name} ${home || t('console.report.noHome')}`}{' '}
          {t('cases.reveal.end')}
        </p>
      )}
      <p class="message">{report.words || t('console.report.erased')}</p>
      <FactList
        view={view}
        facts={[
          ['console.report.placeWords', report.placeWords ?? ''],
          ['console.report.effect', report.effect ?? ''],
          ['console.report.prior', report.prior ?? ''],
          ['console.report.level', report.level],
        ]}
      />
      {report.additions.map((addition) => (
        <p class="message">
          {whenText(view, addition.at)} {t('reports.action.add')}
          {'\n'}
          {addition.words}
        </p>
      ))}
    </article>
  )
}

function Photos({ view, of }: { readonly view: View; readonly of: CaseView }) {
  const { t } = view
  if (of.photos.length === 0) return null
  return (
    <>
      <h2>{t('console.report.photos')}</h2>
      <div class="photos">
        {of.photos.map((photo) => (
          <a href={`/console/photos/${photo.hash}`}>
            <img
              src={`/console/photos/${photo.hash}`}
              alt={t(
                photo.stage === 'closing'
                  ? 'console.report.photoOfResult'
                  : 'console.report.photoOfReport',
                { at: whenText(view, photo.at) },
              )}
              width={photo.width}
              height={photo.height}
              loading="lazy"
            />
          </a>
        ))}
      </div>
    </>
  )
}

function Event(props: { readonly view: View; readonly of: CaseView; readonly event: EventRow }) {
  const { view, of, event } = props
  const { t } = view
  const name = nameOf(view.look.db, event.resident_id)
  const moved = event.from_state !== null && event.from_state !== event.to_state
  return (
    <li>
      <strong>{eventName(view, event.kind)}</strong> {detailText(view, event)}
      {moved && ` → ${t(`reports.state.${event.to_state}`)}`}
      <br />
      <small>
        {whenText(view, event.at)} · {name ?? t(`console.report.acting.${event.acting}`)}
      </small>
      {event.public_note && (
        <p class="message">
          <small>{t('console.report.noteToReporter')}</small> {event.public_note}
        </p>
      )}
      {event.internal_note && leads(of) && (
        <p class="message">
          <small>{t('console.report.noteInside')}</small> {event.internal_note}
        </p>
      )}
    </li>
  )
}

function eventName({ t }: View, kind: string): string {
  if ((ACTIONS as readonly string[]).includes(kind)) return t(`reports.action.${kind as Action}`)
  return t(kind === 'file' ? 'cases.card.filed' : 'console.report.asked')
}

/** The facts of an event: numbers and names, no words of residents. */
function detailText(view: View, { detail }: EventRow): string {
  const { t } = view
  const facts = JSON.parse(detail) as Readonly<Record<string, string | number | null>>
  const { assignee, days, into, where, case: other, result, rating } = facts
  const texts = [
    typeof assignee === 'number' && nameOf(view.look.db, assignee as EventRow['resident_id']),
    typeof days === 'number' && t('console.report.daysMore', { n: days }),
    typeof (into ?? other) === 'number' && `#${into ?? other}`,
    typeof where === 'string' && where,
    typeof result === 'string' && t(`console.report.result.${result as 'solved'}`),
    typeof rating === 'string' && t(`console.report.rating.${rating as 'satisfied'}`),
  ]
  return texts.filter(Boolean).join(' · ')
}
