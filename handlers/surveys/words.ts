import { type Phrase, phrase, type Say } from '../../content/i18n.ts'
import type { Localized } from '../../content/schema.ts'
import type { RoundRow } from '../../db/queries/round.ts'
import type { Look, Work } from '../core/feature.ts'
import { type Assessment, percent, type Verdict } from './figures.ts'
import { questionnaireOf } from './record.ts'
import { countsMiddle, heldMeasure, type RoundFigures, roundFigures, trend } from './report.ts'
import { LEAST_CELL } from './suppress.ts'

const VERDICTS = {
  met: 'surveys.verdict.met',
  met_small: 'surveys.verdict.metSmall',
  not_met_close: 'surveys.verdict.notMetClose',
  not_met: 'surveys.verdict.notMet',
} as const satisfies Record<Verdict, string>

/** The results of a round as a short table for staff. */
export function resultLines(work: Work, round: RoundRow): Say[] {
  const survey = questionnaireOf(round)
  const figures = roundFigures(work.tx, work.env, round)
  const target = survey.target?.rate
  return [
    ...turnout('surveys.counts', figures, survey.title),
    ...mainLines(figures, target),
    ...figures.items.map((item, i) =>
      phrase('surveys.itemResult', {
        no: i + 1,
        text: survey.items[i]?.text ?? blank,
        rate: percentOf(item.share?.rate),
        n: item.share?.n ?? item.valid,
        unsure: item.unsure,
      }),
    ),
    ...earlier(work, round),
    phrase('surveys.sample'),
  ]
}

/** How many of those invited took part, and how many beside them. */
export function turnout(
  key: 'surveys.counts' | 'surveys.progress',
  { response, completed, refused, beside }: RoundFigures,
  title: Localized,
): Say[] {
  const counts = { answered: response.successes, invited: response.n, completed, refused }
  return [
    phrase(key, { title, ...counts, rate: percentOf(response.rate) }),
    ...(beside > 0 ? [phrase('surveys.beside', { n: beside })] : []),
  ]
}

/** So many earlier rounds stand under the results. */
const EARLIER = 3

/** The same measure in the rounds before this one. */
function earlier(work: Work, round: RoundRow): Say[] {
  const options = { countMiddle: countsMiddle(work.env, round), before: round.opens_at }
  const points = trend(work.tx, round.survey, EARLIER, options)
  if (points.length === 0) return []
  return [
    phrase('surveys.earlier'),
    ...points.map(({ period, rate, n }) =>
      phrase('surveys.earlierRound', { period, rate: percentOf(rate), n }),
    ),
  ]
}

const blank: Localized = { 'zh-CN': '', 'zh-TW': '', en: '' }

function mainLines(figures: RoundFigures, target: number | undefined): Say[] {
  const { satisfaction, awareness } = figures
  if (satisfaction) {
    const { strict, withMiddle, held } = satisfaction
    const beside = held === 'strict' ? withMiddle : strict
    return [
      assessed(
        held === 'strict' ? 'surveys.satisfaction' : 'surveys.satisfactionMiddle',
        satisfaction[held],
        target,
      ),
      phrase(held === 'strict' ? 'surveys.besideMiddle' : 'surveys.besideStrict', {
        rate: percentOf(beside.rate),
        successes: beside.successes,
        n: beside.n,
      }),
    ]
  }
  if (awareness) {
    return [
      assessed('surveys.awareness', awareness.pool, target),
      assessed('surveys.awarePeople', awareness.people, target),
    ]
  }
  return []
}

function assessed(
  key:
    | 'surveys.satisfaction'
    | 'surveys.satisfactionMiddle'
    | 'surveys.awareness'
    | 'surveys.awarePeople',
  of: Assessment,
  target: number | undefined,
): Phrase {
  return phrase(key, {
    rate: percentOf(of.rate),
    successes: of.successes,
    n: of.n,
    low: percentOf(of.interval?.low),
    high: percentOf(of.interval?.high),
    target: percentOf(target),
    verdict:
      of.verdict === undefined ? phrase('surveys.verdict.none') : phrase(VERDICTS[of.verdict]),
  })
}

function percentOf(rate: number | undefined): string {
  return rate === undefined ? '—' : percent(rate)
}

function publicKey({ satisfaction }: RoundFigures) {
  if (satisfaction === undefined) return 'surveys.publicAware'
  return satisfaction.held === 'strict'
    ? 'surveys.publicSatisfied'
    : 'surveys.publicNotDissatisfied'
}

/** How many people stand behind the main figure. */
function behind({ satisfaction, awareness }: RoundFigures): number {
  return satisfaction?.[satisfaction.held].n ?? awareness?.people.n ?? 0
}

/** What residents are told: how many took part, the main figure, the best and the worst item, and what is done about it. */
export function publicLines({ db, env }: Look, round: RoundRow, measures: string): Say[] {
  const survey = questionnaireOf(round)
  const figures = roundFigures(db, env, round)
  const main = heldMeasure(figures)
  const ranked = figures.items
    .filter((item) => (item.share?.n ?? 0) >= LEAST_CELL)
    .sort((a, b) => (b.share?.rate ?? 0) - (a.share?.rate ?? 0))
  const [best, worst] = [ranked.at(0), ranked.at(-1)]
  const text = (index: number | undefined) => survey.items[index ?? -1]?.text ?? blank
  return [
    phrase('surveys.published', { title: survey.title, n: figures.answered }),
    ...(main !== undefined && behind(figures) >= LEAST_CELL
      ? [phrase(publicKey(figures), { rate: percentOf(main.rate) })]
      : []),
    ...(best && worst && best !== worst
      ? [
          phrase('surveys.publicBest', {
            text: text(best.index),
            rate: percentOf(best.share?.rate),
          }),
          phrase('surveys.publicWorst', {
            text: text(worst.index),
            rate: percentOf(worst.share?.rate),
          }),
        ]
      : []),
    ...(measures === '' ? [] : [phrase('surveys.publicMeasures', { measures })]),
    phrase('surveys.sampleShort'),
  ]
}
