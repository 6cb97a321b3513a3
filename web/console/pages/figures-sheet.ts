import type { PlainKey } from '../../../content/i18n.ts'
import type { PeriodKind } from '../../../handlers/reports/periods.ts'
import type { Sheet } from '../export.ts'
import type { View } from '../view.ts'
import {
  casesIn,
  MEASURES,
  type Measure,
  programmeFigures,
  type SurveyFigure,
  surveyFigures,
  yearOf,
} from './figures-data.ts'
import { percentOf } from './survey-round.tsx'

/** What the rates of the handling of reports are called. */
export const NAMES = {
  responded: 'console.figure.responded',
  solved: 'console.figure.solved',
  satisfied: 'console.figure.satisfied',
} as const satisfies Record<Measure, PlainKey>

/** What a survey's target is about. */
export function measureName({ t }: View, { survey }: SurveyFigure): string {
  return t(
    survey.target?.measure === 'awareness' ? 'console.survey.aware' : 'console.survey.satisfied',
  )
}

/** All figures in one table: what, of when, how many of how many, and the target. */
export function figuresSheet(view: View, kind: PeriodKind): Sheet {
  const { t, lang } = view
  const { categories } = view.deps.env.content.reportRules
  const cases = casesIn(view, kind)
  const groups = [
    [t('console.figure.all'), cases] as const,
    ...[...cases.categories].map(
      ([id, of]) => [categories.find((c) => c.id === id)?.name[lang] ?? id, of] as const,
    ),
  ]
  return {
    name: 'figures',
    head: [
      t('console.figure.section'),
      t('console.survey.measure'),
      t('console.figure.part'),
      t('console.figure.period'),
      t('console.figure.count'),
      t('console.figure.of'),
      t('console.survey.rate'),
      t('console.figure.low'),
      t('console.figure.high'),
      t('console.survey.goal'),
      t('console.survey.verdict'),
    ],
    rows: [
      ...surveyFigures(view).map((r) => [
        t('console.figure.surveys'),
        measureName(view, r),
        r.survey.title[lang],
        r.latest?.of.row.period ?? '',
        r.latest?.main?.successes ?? null,
        r.latest?.main?.n ?? null,
        percentOf(r.latest?.main?.rate),
        percentOf(r.latest?.main?.interval?.low),
        percentOf(r.latest?.main?.interval?.high),
        percentOf(r.survey.target?.rate),
        t(`console.verdict.${r.latest?.main?.verdict ?? 'none'}`),
      ]),
      ...groups.flatMap(([name, of]) =>
        MEASURES.map((measure) => [
          t('console.figure.cases'),
          t(NAMES[measure]),
          name,
          t(`console.figure.${kind}`),
          of[measure].n,
          of[measure].of,
          percentOf(of[measure].rate),
          null,
          null,
          null,
          t('console.figure.noTarget'),
        ]),
      ),
      ...programmeFigures(view).map((r) => [
        t('console.programme.targets', { year: yearOf(view) }),
        t('console.programme.held'),
        r.programme.name[lang],
        String(yearOf(view)),
        r.held,
        r.target,
        percentOf(r.held / r.target),
        null,
        null,
        100,
        r.held >= r.target ? t('console.verdict.met') : '',
      ]),
    ],
  }
}
