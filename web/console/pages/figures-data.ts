import type { Questionnaire } from '../../../content/survey-schema.ts'
import { dateIn, dateOf, partsOf } from '../../../content/time.ts'
import { heldMonths, type TargetCount, targets } from '../../../handlers/programmes/manage.ts'
import { type CaseFigures, caseFigures, type Rate } from '../../../handlers/reports/figures.ts'
import { type PeriodKind, periodAt } from '../../../handlers/reports/periods.ts'
import type { Assessment } from '../../../handlers/surveys/figures.ts'
import {
  figuresOf,
  isSecret,
  questionnaires,
  type RoundView,
  rounds,
} from '../../../handlers/surveys/manage.ts'
import { heldMeasure } from '../../../handlers/surveys/report.ts'
import type { View } from '../view.ts'

/** The numbers of the figures page: the same for the page, its charts and its file. */

/** As many rounds are looked through for the latest one of each survey. */
const ROUNDS = 200
const MONTHS = 12

export interface SurveyFigure {
  readonly survey: Questionnaire
  /** The latest round that is over; missing before there is one. */
  readonly latest: { readonly of: RoundView; readonly main: Assessment | undefined } | undefined
}

/** The surveys that have a target, each with its latest result. */
export function surveyFigures(view: View): SurveyFigure[] {
  const over = rounds(view.look, ROUNDS).filter(
    ({ row }) => !isSecret(row) && row.state !== 'cancelled',
  )
  return questionnaires(view.look)
    .filter((survey) => survey.target !== undefined)
    .map((survey) => {
      const of = over.find((each) => each.survey.id === survey.id)
      const latest = of && { of, main: heldMeasure(figuresOf(view.look, of.row)) }
      return { survey, latest }
    })
}

export const MEASURES = ['responded', 'solved', 'satisfied'] as const
export type Measure = (typeof MEASURES)[number]

/** The handling of reports in the month, quarter or year that runs. */
export function casesIn(view: View, kind: PeriodKind) {
  return caseFigures(view.look, periodAt(view.deps.env.zone, view.now, kind))
}

export interface MonthFigures {
  /** 2026-11. */
  readonly month: string
  readonly figures: CaseFigures
}

/** The last twelve months, the oldest first. */
export function caseMonths(view: View): MonthFigures[] {
  return Array.from({ length: MONTHS }, (_, i) => {
    const period = periodAt(view.deps.env.zone, view.now, 'month', MONTHS - 1 - i)
    return { month: period.day.slice(0, 7), figures: caseFigures(view.look, period) }
  })
}

export interface ProgrammeFigure extends TargetCount {
  /** How often it was held in each month of the year. */
  readonly months: readonly number[]
}

export function yearOf(view: View): number {
  return partsOf(dateIn(view.deps.env.zone, view.now)).year
}

/** Programmes with a yearly target, and what was held of them month by month. */
export function programmeFigures(view: View): ProgrammeFigure[] {
  const year = yearOf(view)
  const held = heldMonths(view.look, year)
  return targets(view.look, year).map((target) => ({
    ...target,
    months: Array.from({ length: 12 }, (_, i) => {
      const month = dateOf({ year, month: i + 1, day: 1 }).slice(0, 7)
      const of = held.find((h) => h.programme === target.programme.id && h.month === month)
      return of?.n ?? 0
    }),
  }))
}

/** 8/10, for a table. */
export function ofText({ n, of }: Rate): string {
  return `${n}/${of}`
}
