import { choices, LEVEL_TEXTS, LEVELS, type Questionnaire } from '../../../content/survey-schema.ts'
import { type Assessment, percent } from '../../../handlers/surveys/figures.ts'
import {
  figuresOf,
  groupCounts,
  isSecret,
  type RoundView,
  trendOf,
} from '../../../handlers/surveys/manage.ts'
import { MAX_MEASURES, publicText } from '../../../handlers/surveys/publish.ts'
import type { ItemFigures, RoundFigures } from '../../../handlers/surveys/report.ts'
import type { Filled } from '../form.ts'
import { page } from '../layout.tsx'
import { Act, Exports, Field, Form, Table } from '../parts.tsx'
import { placeText, whenText } from '../shown.ts'
import type { View } from '../view.ts'

const TREND = 12
/** The box that lets a paper form take the place of the one with its number. */
export const AGAIN = 'again'

/** A rate as the number of percent with one decimal; null where there is none. */
export function percentOf(rate: number | undefined): number | null {
  return rate === undefined ? null : Number(percent(rate))
}

/** A rate as it is written; a dash where there is none. */
export function rateText(rate: number | undefined): string {
  return rate === undefined ? '—' : `${percent(rate)} %`
}

/** How many percent chose each level, from the best down, for items of satisfaction. */
export function levelSeries(view: View, items: readonly ItemFigures[]) {
  return [...LEVELS].reverse().map((level) => ({
    name: LEVEL_TEXTS[level][view.lang],
    values: items.map((item) =>
      item.valid === 0 ? null : percentOf((item.counts[level] ?? 0) / item.valid),
    ),
  }))
}

/** One round: who takes part while it runs, the results when it is over. */
export function roundPage(view: View, of: RoundView, filled: Filled) {
  const { t, lang } = view
  const { row, survey } = of
  const path = `/console/surveys/${row.id}`
  const figures = figuresOf(view.look, row)
  const running = row.state === 'open' || row.state === 'closing'
  return page(view, {
    title: `${survey.title[lang]} · ${row.period}`,
    children: (
      <>
        {filled.errors[''] && (
          <p class="error" role="alert">
            {view.say(filled.errors[''])}
          </p>
        )}
        <dl class="facts">
          <dt>{t('console.group.state')}</dt>
          <dd>{t(`console.round.${row.state}`)}</dd>
          <dt>{t('console.survey.opens')}</dt>
          <dd>{whenText(view, row.opens_at)}</dd>
          <dt>{t('console.survey.closes')}</dt>
          <dd>{whenText(view, row.closes_at)}</dd>
          <dt>{t('console.survey.method')}</dt>
          <dd>
            {t(row.mode === 'daily' ? 'console.survey.daily' : 'console.survey.all')} ·{' '}
            {t(row.unit === 'person' ? 'console.survey.person' : 'console.survey.household')}
            {row.anonymous === 1 ? ` · ${t('console.survey.isAnonymous')}` : ''}
          </dd>
        </dl>
        <section id="live" {...(running ? live(path) : {})}>
          <Turnout view={view} figures={figures} of={of} />
        </section>
        {isSecret(row) ? (
          <p>
            {row.state === 'closing'
              ? t('console.survey.closing', { when: whenText(view, row.final_at) })
              : t('console.survey.secret')}
          </p>
        ) : row.state === 'cancelled' ? null : (
          <Results view={view} of={of} figures={figures} path={path} />
        )}
        {running && <PaperForm view={view} of={of} path={path} filled={filled} />}
        <Steps view={view} of={of} path={path} filled={filled} />
      </>
    ),
  })
}

/** The part that renews itself while people answer. */
function live(path: string) {
  return {
    'hx-get': path,
    'hx-select': '#live',
    'hx-swap': 'outerHTML',
    'hx-trigger': 'every 10s',
  }
}

function Turnout(props: {
  readonly view: View
  readonly figures: RoundFigures
  readonly of: RoundView
}) {
  const { view, figures, of } = props
  const { t } = view
  return (
    <>
      <h2>{t('console.survey.turnout')}</h2>
      <dl class="facts">
        <dt>{t('console.survey.invited')}</dt>
        <dd>{figures.invited}</dd>
        <dt>{t('console.survey.reached')}</dt>
        <dd>{figures.reached}</dd>
        <dt>{t('console.survey.answered')}</dt>
        <dd>{figures.response.successes}</dd>
        <dt>{t('console.survey.beside')}</dt>
        <dd>{figures.beside}</dd>
        <dt>{t('console.survey.completed')}</dt>
        <dd>{figures.completed}</dd>
        <dt>{t('console.survey.refused')}</dt>
        <dd>{figures.refused}</dd>
        <dt>{t('console.survey.response')}</dt>
        <dd>{rateText(figures.response.rate)}</dd>
      </dl>
      <Table
        caption={t('console.survey.byGroup')}
        empty={t('console.nothing')}
        rows={groupCounts(view.look, of.row.id)}
        columns={[
          { head: t('console.group.topic'), cell: (g) => g.topic },
          { head: t('console.survey.invited'), cell: (g) => g.invited, numeric: true },
          { head: t('console.survey.answered'), cell: (g) => g.answered, numeric: true },
        ]}
      />
    </>
  )
}

function Results(props: {
  readonly view: View
  readonly of: RoundView
  readonly figures: RoundFigures
  readonly path: string
}) {
  const { view, of, figures, path } = props
  const { t, lang } = view
  const { survey, row } = of
  return (
    <>
      <h2>{t('console.survey.results')}</h2>
      <MainFigures view={view} figures={figures} survey={survey} />
      <p class="hint">{t('console.survey.sample')}</p>
      <img class="chart" src={`${path}/chart.svg`} alt={t('console.survey.chartAlt')} />
      <Table
        caption={t('console.survey.byItem')}
        empty={t('console.nothing')}
        rows={figures.items}
        columns={[
          { head: '#', cell: (i) => i.index + 1, numeric: true },
          { head: t('console.survey.question'), cell: (i) => survey.items[i.index]?.text[lang] },
          { head: t('console.survey.rate'), cell: (i) => rateText(i.share?.rate), numeric: true },
          { head: t('console.survey.valid'), cell: (i) => i.valid, numeric: true },
          { head: t('console.survey.unsure'), cell: (i) => i.unsure, numeric: true },
          { head: t('console.survey.distribution'), cell: (i) => spread(view, survey, i) },
        ]}
      />
      {figures.buildings.length > 0 && (
        <Table
          caption={t('console.survey.byBuilding')}
          empty=""
          rows={figures.buildings}
          columns={[
            {
              head: t('console.group.place'),
              cell: (b) => placeText(view, b.building) || t('console.unknown'),
            },
            { head: t('console.survey.rate'), cell: (b) => rateText(b.share.rate), numeric: true },
            { head: 'n', cell: (b) => b.n, numeric: true },
          ]}
        />
      )}
      <h3>{t('console.survey.trend')}</h3>
      <img
        class="chart"
        src={`/console/surveys/trend/${row.survey}/chart.svg`}
        alt={t('console.survey.trendAlt')}
      />
      <Table
        caption={t('console.survey.trend')}
        empty={t('console.nothing')}
        rows={trendOf(view.look, row.survey, TREND)}
        columns={[
          { head: t('console.survey.period'), cell: (p) => p.period },
          { head: t('console.survey.rate'), cell: (p) => rateText(p.rate), numeric: true },
          { head: 'n', cell: (p) => p.n, numeric: true },
        ]}
      />
      <Exports view={view} path={path} />
    </>
  )
}

function spread(view: View, survey: Questionnaire, item: ItemFigures): string {
  const of = survey.items[item.index]
  if (of === undefined) return ''
  return choices(of)
    .filter((choice) => (item.counts[choice.digit] ?? 0) > 0)
    .map((choice) => `${choice.text[view.lang]} ${item.counts[choice.digit]}`)
    .join('，')
}

function MainFigures(props: {
  readonly view: View
  readonly figures: RoundFigures
  readonly survey: Questionnaire
}) {
  const { view, figures, survey } = props
  const { t } = view
  const { satisfaction, awareness } = figures
  const rows: { name: string; of: Assessment }[] = [
    ...(satisfaction
      ? [
          { name: t('console.survey.strict'), of: satisfaction.strict },
          { name: t('console.survey.withMiddle'), of: satisfaction.withMiddle },
        ]
      : []),
    ...(awareness
      ? [
          { name: t('console.survey.pool'), of: awareness.pool },
          { name: t('console.survey.people'), of: awareness.people },
        ]
      : []),
  ]
  const target = survey.target?.rate
  return (
    <Table
      caption={t('console.survey.main')}
      empty={t('console.survey.noTarget')}
      rows={rows}
      columns={[
        { head: t('console.survey.measure'), cell: (r) => r.name },
        { head: t('console.survey.rate'), cell: (r) => rateText(r.of.rate), numeric: true },
        { head: 'n', cell: (r) => r.of.n, numeric: true },
        {
          head: t('console.survey.interval'),
          cell: (r) =>
            r.of.interval
              ? `${rateText(r.of.interval.low)} – ${rateText(r.of.interval.high)}`
              : '—',
        },
        { head: t('console.survey.goal'), cell: () => rateText(target), numeric: true },
        {
          head: t('console.survey.verdict'),
          cell: (r) => t(`console.verdict.${r.of.verdict ?? 'none'}`),
        },
      ]}
    />
  )
}

function PaperForm(props: {
  readonly view: View
  readonly of: RoundView
  readonly path: string
  readonly filled: Filled
}) {
  const { view, of, path, filled } = props
  const { t, lang } = view
  return (
    <>
      <h2 id="paper">{t('console.survey.paper')}</h2>
      <p>{t('console.survey.paperHint')}</p>
      <Form view={view} action={`${path}/paper`} filled={{ ...filled, errors: without(filled) }}>
        <Field
          view={view}
          name="number"
          label={t('console.survey.paperNumber')}
          filled={filled}
          required
          max={20}
        />
        {filled.errors[AGAIN] && (
          <div class="warning" role="alert">
            <p>{view.say(filled.errors[AGAIN])}</p>
            <label class="choice">
              <input type="checkbox" name={AGAIN} value="yes" />
              {t('console.survey.paperAgain')}
            </label>
          </div>
        )}
        {of.survey.items.map((item, i) => (
          <Field
            view={view}
            name={item.id}
            label={`${i + 1}. ${item.text[lang]}`}
            hint={choices(item)
              .map((choice) => `${choice.digit} ${choice.text[lang]}`)
              .join('　')}
            filled={filled}
            max={500}
          />
        ))}
        <button type="submit">{t('console.save')}</button>
      </Form>
    </>
  )
}

/** What is wrong as a whole already stands at the top of the page. */
function without({ errors }: Filled): Filled['errors'] {
  return Object.fromEntries(Object.entries(errors).filter(([name]) => name !== ''))
}

/** What can be done with the round next. */
function Steps(props: {
  readonly view: View
  readonly of: RoundView
  readonly path: string
  readonly filled: Filled
}) {
  const { view, of, path, filled } = props
  const { t } = view
  const { state } = of.row
  if (state === 'closed') {
    return (
      <>
        <h2>{t('console.survey.publish')}</h2>
        <p>{t('console.survey.publishHint')}</p>
        <p class="message">{view.say(publicText(view.look, of.row))}</p>
        <Form view={view} action={`${path}/publish`}>
          <Field
            view={view}
            name="measures"
            label={t('console.survey.measures')}
            filled={filled}
            rows={3}
            max={MAX_MEASURES}
          />
          <button type="submit">{t('console.survey.publish')}</button>
        </Form>
      </>
    )
  }
  if (state !== 'open' && state !== 'closing') return null
  return (
    <>
      <h2>{t('console.survey.finish')}</h2>
      {state === 'open' && (
        <Act view={view} action={`${path}/end`} label={t('console.survey.end')} />
      )}
      <details>
        <summary>{t('console.survey.cancel')}</summary>
        <p>{t('console.survey.cancelHint')}</p>
        <Act
          view={view}
          action={`${path}/cancel`}
          label={t('console.survey.cancel')}
          class="danger"
        />
      </details>
    </>
  )
}
