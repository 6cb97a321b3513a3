import { nameOf } from '../../../handlers/reports/lines.ts'
import type { CaseView } from '../../../handlers/reports/view.ts'
import type { Sheet } from '../export.ts'
import { page } from '../layout.tsx'
import { Exports, Table } from '../parts.tsx'
import { stampText } from '../shown.ts'
import type { View } from '../view.ts'
import { caseFacts, FactList } from './report-facts.tsx'

/** The evidence of one case: who spoke to whom and when, how it ended, and what was measured. */

type Mediation = CaseView['mediations'][number]
type Measurement = CaseView['measurements'][number]

/** 劝阻, 调解 and 测量 in two tables. */
export function Ledger({ view, of }: { readonly view: View; readonly of: CaseView }) {
  const { t } = view
  return (
    <>
      <Table
        caption={t('console.report.mediations')}
        empty={t('console.report.noMediations')}
        rows={of.mediations}
        columns={[
          { head: t('console.report.at'), cell: (m) => stampText(view, m.at) },
          {
            head: t('console.report.mediation'),
            cell: (m) => t(`cases.mediation.kind.${m.kind}`),
          },
          { head: t('console.report.by'), cell: (m) => m.by_name },
          { head: t('console.report.how'), cell: (m) => t(`cases.mediation.how.${m.how}`) },
          { head: t('console.report.party'), cell: (m) => t(`cases.mediation.party.${m.party}`) },
          {
            head: t('console.report.outcome'),
            cell: (m) => t(`cases.mediation.outcome.${m.outcome}`),
          },
          { head: t('console.report.remark'), cell: (m) => m.note ?? '' },
        ]}
      />
      {(of.case.category === 'noise' || of.measurements.length > 0) && (
        <Table
          caption={t('console.report.measurements')}
          empty={t('console.report.noMeasurements')}
          rows={of.measurements}
          columns={[
            { head: t('console.report.at'), cell: (m) => stampText(view, m.at) },
            { head: t('console.report.level'), cell: (m) => m.level / 10, numeric: true },
            { head: t('console.report.limit'), cell: (m) => limitText(view, m), numeric: true },
            {
              head: t('console.report.exceeded'),
              cell: (m) => t(m.exceeded === 1 ? 'console.yes' : 'console.no'),
            },
            {
              head: t('console.report.instrument'),
              cell: (m) => t(`reports.noise.${m.instrument}`),
            },
            { head: t('console.report.minutes'), cell: (m) => m.minutes ?? '', numeric: true },
            { head: t('console.report.point'), cell: (m) => m.point },
            { head: t('console.report.by'), cell: (m) => byText(view, m) },
          ]}
        />
      )}
      {of.measurements.some((m) => m.instrument === 'phone') && (
        <p class="hint">{t('reports.noise.indicative')}</p>
      )}
    </>
  )
}

function limitText({ t }: View, m: Measurement): string {
  return `${t(`reports.noise.${m.period}`)} ${m.limit_level / 10}`
}

function byText(view: View, m: Measurement): string {
  return nameOf(view.look.db, m.resident_id) ?? ''
}

/** A page to be printed or saved, with nothing else on it. */
export function evidencePage(view: View, of: CaseView) {
  const { t } = view
  const path = `/console/reports/${of.case.id}`
  return page(view, {
    title: t('console.report.evidenceTitle', { no: of.case.id }),
    children: (
      <>
        <FactList view={view} facts={caseFacts(view, of)} />
        <Ledger view={view} of={of} />
        <p class="hint">{t('console.report.evidenceHint', { at: stampText(view, view.now) })}</p>
        <Exports view={view} path={`${path}/evidence`} />
        <p class="exports">
          <a href={path}>{t('console.report.back')}</a>
        </p>
      </>
    ),
  })
}

/** The same as one table by time. */
export function evidenceSheet(view: View, of: CaseView): Sheet {
  const { t } = view
  const talk = (m: Mediation) => [
    stampText(view, m.at),
    t(`cases.mediation.kind.${m.kind}`),
    m.by_name,
    t(`cases.mediation.how.${m.how}`),
    t(`cases.mediation.party.${m.party}`),
    t(`cases.mediation.outcome.${m.outcome}`),
    null,
    null,
    null,
    m.note,
    stampText(view, m.recorded_at),
  ]
  const reading = (m: Measurement) => [
    stampText(view, m.at),
    t('console.report.measurement'),
    byText(view, m),
    [
      t(`reports.noise.${m.instrument}`),
      m.minutes && t('console.report.nMinutes', { n: m.minutes }),
    ]
      .filter(Boolean)
      .join(' '),
    m.point,
    t(m.exceeded === 1 ? 'console.report.over' : 'console.report.within'),
    m.level / 10,
    m.limit_level / 10,
    t(`reports.noise.${m.period}`),
    m.instrument === 'phone' ? t('reports.noise.indicative') : null,
    stampText(view, m.recorded_at),
  ]
  return {
    name: `evidence-${of.case.id}`,
    head: [
      t('console.report.at'),
      t('console.report.evidenceKind'),
      t('console.report.by'),
      t('console.report.how'),
      t('console.report.partyOrPoint'),
      t('console.report.outcome'),
      t('console.report.level'),
      t('console.report.limit'),
      t('console.report.period'),
      t('console.report.remark'),
      t('console.report.recorded'),
    ],
    rows: [...of.mediations.map(talk), ...of.measurements.map(reading)].sort((a, b) =>
      String(a[0]) < String(b[0]) ? -1 : 1,
    ),
  }
}
