import { Hono } from 'hono'
import { z } from 'zod'
import { phrase } from '../../../content/i18n.ts'
import { choices } from '../../../content/survey-schema.ts'
import type { RoundId } from '../../../db/schema-surveys.ts'
import { answerTable } from '../../../handlers/surveys/export.ts'
import {
  callOff,
  endRound,
  enterPaper,
  figuresOf,
  isSecret,
  MAX_DAYS,
  questionnaires,
  type RoundView,
  round,
  rounds,
  startRound,
  trendOf,
} from '../../../handlers/surveys/manage.ts'
import { isEntered, readForm as readPaperForm } from '../../../handlers/surveys/paper.ts'
import { publishRound } from '../../../handlers/surveys/publish.ts'
import { Refused } from '../../http.ts'
import { chartResponse, drawBars, drawTrend } from '../chart.ts'
import { download } from '../export.ts'
import { EMPTY, type Filled, readForm, refused } from '../form.ts'
import { roleGuard } from '../guard.ts'
import { page } from '../layout.tsx'
import { Exports, Field, Form, Select, Table } from '../parts.tsx'
import { stampText, whenText } from '../shown.ts'
import type { ConsoleEnv, Ctx, View } from '../view.ts'
import { AGAIN, levelSeries, percentOf, roundPage } from './survey-round.tsx'

const SHOWN = 60
const TREND = 12

const startForm = z.object({
  survey: z.string().min(1),
  mode: z.enum(['daily', 'all']),
  unit: z.enum(['person', 'household']),
  anonymous: z.enum(['yes']).optional(),
  days: z.coerce.number().int().min(1).max(MAX_DAYS),
})
const publishForm = z.object({ measures: z.string().trim().max(200) })

/** Rounds of surveys: opening, watching, entering paper, results, publishing. */
export function surveyPages(): Hono<ConsoleEnv> {
  const app = new Hono<ConsoleEnv>()
  app.use('/surveys/*', roleGuard('staff'))
  app.get('/surveys', (c) => {
    if (c.req.query('format')) return download(c, roundsSheet(c.get('view')))
    return c.html(listPage(c.get('view'), EMPTY))
  })
  app.post('/surveys', async (c) => {
    const view = c.get('view')
    const form = await readForm(c, startForm)
    if (!form.ok) return c.html(listPage(view, form.filled), 422)
    const { anonymous, ...plan } = form.value
    const result = view.work((work) =>
      startRound(work, view.who.id, { ...plan, anonymous: anonymous === 'yes' }),
    )
    return result.ok
      ? c.redirect(`/console/surveys/${result.value.id}?done=1`, 303)
      : c.html(listPage(view, refused(form.filled, result.error)), 422)
  })
  app.get('/surveys/trend/:survey/chart.svg', (c) => trendChart(c))
  app.get('/surveys/:id', (c) => {
    const view = c.get('view')
    const of = roundOf(c)
    if (c.req.query('format') === undefined) return c.html(roundPage(view, of, EMPTY))
    if (isSecret(of.row)) throw new Refused(403, 'not_allowed', 'the round is still running')
    const [head = [], ...rows] = answerTable(view.deps.store, view.deps.env, of.row, view.lang)
    return download(c, { name: `survey-${of.row.id}`, head, rows })
  })
  app.get('/surveys/:id/chart.svg', async (c) => {
    const view = c.get('view')
    const of = roundOf(c)
    if (isSecret(of.row)) throw new Refused(403, 'not_allowed', 'the round is still running')
    return chartResponse(c, await drawBars(itemBars(view, of)))
  })
  app.post('/surveys/:id/publish', async (c) => {
    const [view, of] = [c.get('view'), roundOf(c)]
    const form = await readForm(c, publishForm)
    if (!form.ok) return c.html(roundPage(view, of, form.filled), 422)
    const result = view.work((work) =>
      publishRound(work, view.who.id, of.row.id, form.value.measures),
    )
    return result.ok
      ? c.redirect(`/console/surveys/${of.row.id}?done=1`, 303)
      : c.html(roundPage(view, roundOf(c), refused(form.filled, result.error)), 422)
  })
  for (const [name, act] of [
    ['end', endRound],
    ['cancel', callOff],
  ] as const) {
    app.post(`/surveys/:id/${name}`, (c) => {
      const [view, of] = [c.get('view'), roundOf(c)]
      const result = view.work((work) => act(work, view.who.id, of.row.id))
      return result.ok
        ? c.redirect(`/console/surveys/${of.row.id}?done=1`, 303)
        : c.html(roundPage(view, roundOf(c), refused(EMPTY, result.error)), 422)
    })
  }
  app.post('/surveys/:id/paper', (c) => enter(c))
  return app
}

function roundOf(c: Ctx): RoundView {
  const found = round(c.get('view').look, Number(c.req.param('id')) as RoundId)
  if (found === undefined) throw new Refused(404, 'not_found', 'no such round')
  return found
}

/** One paper form: its number, and a field for each question. */
async function enter(c: Ctx): Promise<Response> {
  const [view, of] = [c.get('view'), roundOf(c)]
  const items = of.survey.items.map((item) => [item.id, z.string().max(500).default('')] as const)
  const schema = z.object({
    number: z.string().trim().min(1).max(20),
    [AGAIN]: z.enum(['yes']).optional(),
    ...Object.fromEntries(items),
  })
  const form = await readForm(c, schema)
  if (!form.ok) return c.html(roundPage(view, of, form.filled), 422)
  const { number, ...answers } = form.value as Record<string, string> & { number: string }
  const cells = of.survey.items.map((item) => answers[item.id]?.trim() ?? '')
  const { given, wrong } = readPaperForm(of.survey.items, cells)
  const blank = given.every(({ kind }) => kind === 'skip')
  if (wrong.length > 0 || blank) {
    const filled = wrong.reduce(
      (all, i) => refused(all, phrase('console.survey.noAnswer'), of.survey.items[i]?.id),
      wrong.length > 0 ? form.filled : refused(form.filled, phrase('console.survey.blankForm')),
    )
    return c.html(roundPage(view, of, filled), 422)
  }
  if (answers[AGAIN] !== 'yes' && isEntered(view.look, of.row.id, number)) {
    const known = refused(form.filled, phrase('console.survey.paperKnown', { number }), AGAIN)
    return c.html(roundPage(view, of, known), 422)
  }
  const paper = [{ number, given }]
  const result = view.work((work) => enterPaper(work, view.who.id, of.row.id, paper))
  return result.ok
    ? c.redirect(`/console/surveys/${of.row.id}?done=1#paper`, 303)
    : c.html(roundPage(view, roundOf(c), refused(form.filled, result.error)), 422)
}

function itemBars(view: View, { row, survey }: RoundView) {
  const { items } = figuresOf(view.look, row)
  const scale = items.filter((item) => item.type === 'scale')
  const text = (index: number) => survey.items[index]?.text[view.lang] ?? ''
  const title = survey.title[view.lang]
  if (scale.length > 0) {
    return {
      title,
      labels: scale.map((item) => text(item.index)),
      series: levelSeries(view, scale),
      sideways: true,
      percent: true,
      stacked: true,
    }
  }
  const rated = items.filter((item) => item.share?.rate !== undefined)
  return {
    title,
    labels: rated.map((item) => text(item.index)),
    series: [
      {
        name: view.t('console.survey.right'),
        values: rated.map((item) => percentOf(item.share?.rate)),
      },
    ],
    sideways: true,
    percent: true,
  }
}

async function trendChart(c: Ctx): Promise<Response> {
  const view = c.get('view')
  const survey = questionnaires(view.look).find((s) => s.id === c.req.param('survey'))
  if (survey === undefined) throw new Refused(404, 'not_found', 'no such survey')
  const points = trendOf(view.look, survey.id, TREND)
  const name = view.t(
    survey.target?.measure === 'awareness' ? 'console.survey.aware' : 'console.survey.satisfied',
  )
  const target = survey.target && {
    name: view.t('console.survey.target', { rate: survey.target.rate * 100 }),
    value: survey.target.rate * 100,
  }
  const svg = await drawTrend({
    title: survey.title[view.lang],
    name,
    labels: points.map((p) => p.period),
    points: points.map((p) => ({ value: percentOf(p.rate) })),
    ...(target && { target }),
  })
  return chartResponse(c, svg)
}

function roundsSheet(view: View) {
  const { t } = view
  return {
    name: 'rounds',
    head: [
      '#',
      t('console.survey.title'),
      t('console.survey.period'),
      t('console.group.state'),
      t('console.survey.invited'),
      t('console.survey.answered'),
      t('console.survey.opens'),
      t('console.survey.closes'),
    ],
    rows: rounds(view.look, 10_000).map(({ row, survey }) => [
      row.id,
      survey.title[view.lang],
      row.period,
      t(`console.round.${row.state}`),
      row.invited,
      figuresOf(view.look, row).response.successes,
      stampText(view, row.opens_at),
      stampText(view, row.closed_at ?? row.closes_at),
    ]),
  }
}

function listPage(view: View, filled: Filled) {
  const { t, lang } = view
  const known = questionnaires(view.look)
  return page(view, {
    title: t('console.nav.surveys'),
    children: (
      <>
        <Table
          caption={t('console.survey.rounds')}
          empty={t('console.survey.none')}
          rows={rounds(view.look, SHOWN)}
          columns={[
            { head: '#', cell: ({ row }) => row.id, numeric: true },
            {
              head: t('console.survey.title'),
              cell: ({ row, survey }) => (
                <a href={`/console/surveys/${row.id}`}>{survey.title[lang]}</a>
              ),
            },
            { head: t('console.survey.period'), cell: ({ row }) => row.period },
            { head: t('console.group.state'), cell: ({ row }) => t(`console.round.${row.state}`) },
            { head: t('console.survey.invited'), cell: ({ row }) => row.invited, numeric: true },
            {
              head: t('console.survey.closes'),
              cell: ({ row }) => whenText(view, row.closed_at ?? row.closes_at),
            },
          ]}
        />
        <Exports view={view} path="/console/surveys" />
        <h2>{t('console.survey.start')}</h2>
        <Form view={view} action="/console/surveys" filled={filled}>
          <Select
            view={view}
            name="survey"
            label={t('console.survey.title')}
            filled={filled}
            options={known.map((s) => ({ value: s.id, label: s.title[lang] }))}
          />
          <Select
            view={view}
            name="mode"
            label={t('console.survey.mode')}
            filled={filled}
            options={[
              { value: 'daily', label: t('console.survey.daily') },
              { value: 'all', label: t('console.survey.all') },
            ]}
          />
          <Select
            view={view}
            name="unit"
            label={t('console.survey.unit')}
            filled={filled}
            options={[
              { value: 'person', label: t('console.survey.person') },
              { value: 'household', label: t('console.survey.household') },
            ]}
          />
          <Field
            view={view}
            name="days"
            type="number"
            label={t('console.survey.days')}
            filled={filled}
            value="10"
            required
          />
          <label class="choice">
            <input
              type="checkbox"
              name="anonymous"
              value="yes"
              checked={filled.values['anonymous'] === 'yes'}
            />
            {t('console.survey.anonymous')}
          </label>
          <p class="hint">{t('console.survey.startHint')}</p>
          <button type="submit">{t('console.survey.start')}</button>
        </Form>
        <h2>{t('console.survey.questions')}</h2>
        {known.map((s) => (
          <details>
            <summary>{s.title[lang]}</summary>
            <ol>
              {s.items.map((item) => (
                <li>
                  {item.text[lang]}
                  <br />
                  <small>
                    {choices(item)
                      .map((choice) => `${choice.digit} ${choice.text[lang]}`)
                      .join('　')}
                  </small>
                </li>
              ))}
            </ol>
          </details>
        ))}
      </>
    ),
  })
}
