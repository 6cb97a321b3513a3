import { Hono } from 'hono'
import { toLocalDate } from '../../../content/time.ts'
import type { CaseFigures } from '../../../handlers/reports/figures.ts'
import { PERIODS, type PeriodKind } from '../../../handlers/reports/periods.ts'
import { trendOf } from '../../../handlers/surveys/manage.ts'
import { Refused } from '../../http.ts'
import { chartResponse, drawBars, drawTrend } from '../chart.ts'
import { download } from '../export.ts'
import { roleGuard } from '../guard.ts'
import { page } from '../layout.tsx'
import { type Column, Exports, Select, Table } from '../parts.tsx'
import { monthText } from '../shown.ts'
import type { ConsoleEnv, Ctx, View } from '../view.ts'
import {
  caseMonths,
  casesIn,
  MEASURES,
  ofText,
  programmeFigures,
  type SurveyFigure,
  surveyFigures,
  yearOf,
} from './figures-data.ts'
import { figuresSheet, measureName, NAMES } from './figures-sheet.ts'
import { percentOf, rateText } from './survey-round.tsx'

const TREND = 12

/** Figures: the targets at a glance, each with its numbers and how they came about. */
export function figurePages(): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>()
  app.use('/figures/*', roleGuard('staff'))
  app.get('/figures', (c) => {
    const view = c.get('view')
    const kind = PERIODS.find((p) => p === c.req.query('period')) ?? 'month'
    return c.req.query('format')
      ? download(c, figuresSheet(view, kind))
      : c.html(figuresPage(view, kind))
  })
  app.get('/figures/cases/:measure/chart.svg', (c) => caseChart(c))
  app.get('/figures/programmes/chart.svg', async (c) => {
    const { t, lang } = c.get('view')
    const rows = programmeFigures(c.get('view'))
    const svg = await drawBars({
      title: t('console.figure.programmes', { year: yearOf(c.get('view')) }),
      labels: rows.map((r) => r.programme.name[lang]),
      series: [
        { name: t('console.programme.held'), values: rows.map((r) => r.held) },
        { name: t('console.programme.target'), values: rows.map((r) => r.target) },
      ],
      sideways: true,
    })
    return chartResponse(c, svg)
  })
  app.get('/figures/programmes/months.svg', async (c) => {
    const { t } = c.get('view')
    const rows = programmeFigures(c.get('view'))
    const svg = await drawBars({
      title: t('console.figure.heldByMonth'),
      labels: MONTHS.map(String),
      series: [
        {
          name: t('console.programme.held'),
          values: MONTHS.map((m) => rows.reduce((sum, r) => sum + (r.months[m - 1] ?? 0), 0)),
        },
      ],
    })
    return chartResponse(c, svg)
  })
  return app
}

const MONTHS = Array.from({ length: 12 }, (_, i) => i + 1)

async function caseChart(c: Ctx): Promise<Response> {
  const view = c.get('view')
  const measure = MEASURES.find((m) => m === c.req.param('measure'))
  if (measure === undefined) throw new Refused(404, 'not_found', 'no such figure')
  const months = caseMonths(view)
  const name = view.t(NAMES[measure])
  const svg = await drawTrend({
    title: name,
    name,
    labels: months.map((m) => m.month),
    points: months.map((m) => ({ value: percentOf(m.figures[measure].rate) })),
  })
  return chartResponse(c, svg)
}

function figuresPage(view: View, kind: PeriodKind) {
  const { t } = view
  return page(view, {
    title: t('console.nav.figures'),
    children: (
      <>
        <h2>{t('console.figure.surveys')}</h2>
        <Surveys view={view} />
        <h2>{t('console.figure.cases')}</h2>
        <Cases view={view} kind={kind} />
        <h2>{t('console.figure.programmes', { year: yearOf(view) })}</h2>
        <Programmes view={view} />
        <Exports view={view} path={`/console/figures?period=${kind}`} />
      </>
    ),
  })
}

function intervalText({ latest }: SurveyFigure): string {
  const interval = latest?.main?.interval
  return interval ? `${rateText(interval.low)} – ${rateText(interval.high)}` : '—'
}

/** 满意率 and 知晓率 of the latest rounds against their targets, with the trend of each. */
function Surveys({ view }: { readonly view: View }) {
  const { t, lang } = view
  const rows = surveyFigures(view)
  return (
    <>
      <Table
        caption={t('console.survey.main')}
        empty={t('console.nothing')}
        rows={rows}
        columns={[
          { head: t('console.survey.measure'), cell: (r) => measureName(view, r) },
          { head: t('console.survey.title'), cell: (r) => r.survey.title[lang] },
          {
            head: t('console.figure.latest'),
            cell: (r) =>
              r.latest ? (
                <a href={`/console/surveys/${r.latest.of.row.id}`}>{r.latest.of.row.period}</a>
              ) : (
                t('console.figure.noRound')
              ),
          },
          {
            head: t('console.survey.rate'),
            cell: (r) => rateText(r.latest?.main?.rate),
            numeric: true,
          },
          { head: 'n', cell: (r) => r.latest?.main?.n ?? '—', numeric: true },
          { head: t('console.survey.interval'), cell: (r) => intervalText(r) },
          {
            head: t('console.survey.goal'),
            cell: (r) => rateText(r.survey.target?.rate),
            numeric: true,
          },
          {
            head: t('console.survey.verdict'),
            cell: (r) => t(`console.verdict.${r.latest?.main?.verdict ?? 'none'}`),
          },
        ]}
      />
      <p class="hint">{t('console.survey.sample')}</p>
      {rows
        .filter((r) => r.latest !== undefined)
        .map((r) => (
          <>
            <h3>
              {measureName(view, r)} · {t('console.survey.trend')}
            </h3>
            <img
              class="chart"
              src={`/console/surveys/trend/${r.survey.id}/chart.svg`}
              alt={t('console.survey.trendAlt')}
            />
            <Table
              caption={`${r.survey.title[lang]} · ${t('console.survey.trend')}`}
              empty={t('console.nothing')}
              rows={trendOf(view.look, r.survey.id, TREND)}
              columns={[
                { head: t('console.survey.period'), cell: (p) => p.period },
                { head: t('console.survey.rate'), cell: (p) => rateText(p.rate), numeric: true },
                { head: 'n', cell: (p) => p.n, numeric: true },
              ]}
            />
          </>
        ))}
    </>
  )
}

/** 响应率, 解决率 and 满意率 in columns, each with the cases that it is of. */
function rateColumns<Row>(view: View, figures: (row: Row) => CaseFigures): Column<Row>[] {
  return [
    ...MEASURES.map((measure) => ({
      head: view.t(NAMES[measure]),
      cell: (row: Row) => {
        const rate = figures(row)[measure]
        return `${rateText(rate.rate)} (${ofText(rate)})`
      },
      numeric: true,
    })),
    {
      head: view.t('console.figure.unreached'),
      cell: (row) => figures(row).unreached,
      numeric: true,
    },
  ]
}

function Cases({ view, kind }: { readonly view: View; readonly kind: PeriodKind }) {
  const { t, lang } = view
  const { categories } = view.deps.env.content.reportRules
  const all = casesIn(view, kind)
  const months = caseMonths(view)
  const drawn = MEASURES.filter((measure) =>
    months.some((m) => percentOf(m.figures[measure].rate) !== null),
  )
  const rows = [
    { name: t('console.figure.all'), figures: all as CaseFigures },
    ...[...all.categories].map(([id, figures]) => ({
      name: categories.find((c) => c.id === id)?.name[lang] ?? id,
      figures,
    })),
  ]
  return (
    <>
      <form method="get" action="/console/figures" class="filters">
        <Select
          view={view}
          name="period"
          label={t('console.figure.period')}
          value={kind}
          options={PERIODS.map((p) => ({ value: p, label: t(`console.figure.${p}`) }))}
        />
        <button type="submit">{t('console.search')}</button>
      </form>
      <Table
        caption={`${t('console.figure.byCategory')} · ${t(`console.figure.${kind}`)}`}
        empty={t('console.figure.noCases')}
        rows={rows}
        columns={[
          { head: t('console.report.kind'), cell: (r) => r.name },
          ...rateColumns<(typeof rows)[number]>(view, (r) => r.figures),
        ]}
      />
      <p class="hint">{t('console.figure.caseHint')}</p>
      {drawn.map((measure) => (
        <img
          class="chart"
          src={`/console/figures/cases/${measure}/chart.svg`}
          alt={t('console.figure.chartAlt', { name: t(NAMES[measure]) })}
        />
      ))}
      <Table
        caption={t('console.figure.byMonth')}
        empty={t('console.figure.noCases')}
        rows={months}
        columns={[
          {
            head: t('console.figure.ofMonth'),
            cell: (m) => monthText(view, toLocalDate(`${m.month}-01`)),
          },
          ...rateColumns<ReturnType<typeof caseMonths>[number]>(view, (m) => m.figures),
        ]}
      />
    </>
  )
}

function Programmes({ view }: { readonly view: View }) {
  const { t, lang } = view
  const rows = programmeFigures(view)
  if (rows.length === 0) return <p class="empty">{t('console.figure.noTargets')}</p>
  return (
    <>
      <img
        class="chart"
        src="/console/figures/programmes/chart.svg"
        alt={t('console.figure.programmeAlt')}
      />
      <Table
        caption={t('console.programme.targets', { year: yearOf(view) })}
        empty={t('console.nothing')}
        rows={rows}
        columns={[
          { head: t('console.programme.name'), cell: (r) => r.programme.name[lang] },
          { head: t('console.programme.held'), cell: (r) => r.held, numeric: true },
          { head: t('console.programme.target'), cell: (r) => r.target, numeric: true },
          {
            head: t('console.figure.done'),
            cell: (r) => rateText(r.held / r.target),
            numeric: true,
          },
        ]}
      />
      <img
        class="chart"
        src="/console/figures/programmes/months.svg"
        alt={t('console.figure.heldAlt')}
      />
      <Table
        caption={t('console.figure.heldByMonth')}
        empty={t('console.nothing')}
        rows={rows}
        columns={[
          { head: t('console.programme.name'), cell: (r) => r.programme.name[lang] },
          ...MONTHS.map((m) => ({
            head: String(m),
            cell: (r: (typeof rows)[number]) => r.months[m - 1] ?? 0,
            numeric: true,
          })),
        ]}
      />
    </>
  )
}
