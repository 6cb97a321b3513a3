import type { PlaceId } from '../../content/map.ts'
import { findPlace } from '../../content/places.ts'
import { type Item, LEVELS, type Questionnaire } from '../../content/survey-schema.ts'
import type { Instant } from '../../content/time.ts'
import { type Attendance, attendance, type Cell, distribution } from '../../db/queries/answer.ts'
import { endedRounds, type RoundRow } from '../../db/queries/round.ts'
import { valuesOf } from '../../db/queries/trend.ts'
import type { Reader } from '../../db/store.ts'
import type { Env } from '../core/feature.ts'
import { awareness } from './awareness.ts'
import {
  type Assessment,
  assess,
  type Distribution,
  responseRate,
  type Share,
  satisfactionRate,
  share,
} from './figures.ts'
import { questionnaireOf } from './record.ts'
import { shown } from './suppress.ts'

export interface ItemFigures {
  readonly id: string
  readonly index: number
  readonly type: Item['type']
  /** How often each value was given: levels, option numbers, numbers; never open text. */
  readonly counts: Readonly<Record<string, number>>
  /** Answers with an opinion or a choice. */
  readonly valid: number
  readonly unsure: number
  readonly skipped: number
  /** Satisfaction for scale items, right answers for knowledge items. */
  readonly share: Share | undefined
}

export interface BuildingFigures {
  /** Place id; `''` where the building is not known. */
  readonly building: PlaceId
  readonly n: number
  readonly share: Share
}

export interface RoundFigures {
  readonly id: number
  readonly survey: string
  readonly version: number
  readonly period: string
  readonly state: RoundRow['state']
  readonly invited: number
  /** People of the groups in which the round was really put, each once. */
  readonly reached: number
  /** People with at least one answer. */
  readonly answered: number
  /** People who went through to the end. */
  readonly completed: number
  readonly refused: number
  /** Of those, people who were not invited at the opening: they came later, or answered on paper. */
  readonly beside: number
  /** Invited people with an answer over people invited. */
  readonly response: Share
  readonly items: readonly ItemFigures[]
  /** 满意率 of the target's item, strict and with 一般; the settings say which is held against the target. */
  readonly satisfaction:
    | {
        readonly strict: Assessment
        readonly withMiddle: Assessment
        readonly held: 'strict' | 'withMiddle'
      }
    | undefined
  readonly awareness: { readonly pool: Assessment; readonly people: Assessment } | undefined
  /** Only buildings that are large enough to be shown. */
  readonly buildings: readonly BuildingFigures[]
  /** Answers from chat groups are a convenience sample. */
  readonly nonProbability: true
}

/**
 * All figures of a round, for chat, exports and pages alike. They come from two queries: the distribution of
 * the counted answers, and the attendance of the counted respondents.
 */
export function roundFigures(db: Reader, env: Env, round: RoundRow): RoundFigures {
  const survey = questionnaireOf(round)
  const cells = distribution(db, round.id)
  const people = attendance(db, round.id)
  const sum = (rows: readonly { n: number }[]) => rows.reduce((total, row) => total + row.n, 0)
  const answered = sum(people.filter((p) => p.answered > 0))
  const beside = besideOf(round, people)
  const items = survey.items.map((item, index) => itemFigures(item, index, cells))
  const basis = {
    population: round.population ?? undefined,
    target: survey.target?.rate,
  }
  return {
    id: round.id,
    survey: round.survey,
    version: round.version,
    period: round.period,
    state: round.state,
    invited: round.invited,
    reached: round.reached,
    answered,
    beside,
    completed: sum(people.filter((p) => p.state === 'completed')),
    refused: sum(people.filter((p) => p.state === 'refused')),
    response: responseRate({ invited: round.invited, valid: answered - beside }),
    items,
    satisfaction: satisfactionOf(survey, items, {
      ...basis,
      countMiddle: countsMiddle(env, round),
    }),
    awareness: awarenessOf(survey, people, basis),
    buildings: buildingFigures(survey, cells, env),
    nonProbability: true,
  }
}

/** How many answered a round without having been invited. */
export function besideIn(db: Reader, round: RoundRow): number {
  return besideOf(round, attendance(db, round.id))
}

/** Households that split up meanwhile could make more answers than invitations: what exceeds them stands beside too. */
function besideOf(round: RoundRow, people: readonly Attendance[]): number {
  const took = people.filter((p) => p.answered > 0)
  const count = (rows: readonly Attendance[]) => rows.reduce((total, { n }) => total + n, 0)
  const uninvited = round.beside ?? count(took.filter((p) => p.invited === 0))
  return Math.max(uninvited, count(took) - round.invited)
}

/** Whether 一般 counts as satisfied in a round: as it was at its opening. */
export function countsMiddle(env: Env, round: RoundRow): boolean {
  return round.count_middle === null
    ? env.content.surveyRules.countMiddle
    : round.count_middle === 1
}

interface Basis {
  readonly population: number | undefined
  readonly target: number | undefined
}

function itemFigures(item: Item, index: number, cells: readonly Cell[]): ItemFigures {
  const own = cells.filter((c) => c.item === index)
  const total = (kind: Cell['kind']) =>
    own.filter((c) => c.kind === kind).reduce((n, c) => n + c.n, 0)
  const counts: Record<string, number> = {}
  if (item.type !== 'text') {
    for (const cell of own.filter((c) => c.kind === 'answer')) {
      for (const value of [JSON.parse(cell.value) as number | number[]].flat()) {
        counts[value] = (counts[value] ?? 0) + cell.n
      }
    }
  }
  return {
    id: item.id,
    index,
    type: item.type,
    counts,
    valid: total('answer'),
    unsure: total('unsure'),
    skipped: total('skip'),
    share: shareOf(item, own),
  }
}

function shareOf(item: Item, cells: readonly Cell[]): Share | undefined {
  if (item.type === 'scale') return satisfactionRate(levels(cells))
  if (item.type !== 'knowledge') return undefined
  const asked = cells.filter((c) => c.kind !== 'skip')
  const right = asked.filter((c) => c.kind === 'answer' && c.right === 1)
  const sum = (rows: readonly Cell[]) => rows.reduce((n, c) => n + c.n, 0)
  return share(sum(right), sum(asked))
}

function levels(cells: readonly Pick<Cell, 'kind' | 'value' | 'n'>[]): Distribution {
  const counts = { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 }
  for (const cell of cells) {
    const level = LEVELS.find((l) => cell.kind === 'answer' && cell.value === String(l))
    if (level !== undefined) counts[level] += cell.n
  }
  return counts
}

function satisfactionOf(
  survey: Questionnaire,
  items: readonly ItemFigures[],
  basis: Basis & { readonly countMiddle: boolean },
): RoundFigures['satisfaction'] {
  const { target } = survey
  if (target?.measure !== 'satisfaction') return undefined
  const item = items.find((i) => i.id === target.item)
  if (item === undefined) return undefined
  const counts = LEVELS.map((l) => [l, item.counts[l] ?? 0])
  const distribution = Object.fromEntries(counts) as Distribution
  return {
    strict: assess(satisfactionRate(distribution), basis),
    withMiddle: assess(satisfactionRate(distribution, { countMiddle: true }), basis),
    held: basis.countMiddle ? 'withMiddle' : 'strict',
  }
}

/** By the pool of items and by person, over people who went through to the end. */
function awarenessOf(
  survey: Questionnaire,
  people: readonly { state: string; rights: number; n: number }[],
  basis: Basis,
): RoundFigures['awareness'] {
  const knowledge = survey.items.filter((i) => i.type === 'knowledge').length
  if (survey.target?.measure !== 'awareness' || knowledge === 0) return undefined
  const { pool, people: knowing } = awareness(
    knowledge,
    people.filter((p) => p.state === 'completed'),
  )
  const persons = knowing.n
  return { pool: assess(pool, { ...basis, people: persons }), people: assess(knowing, basis) }
}

/** The target's item by building; what could point at single people is left out. */
function buildingFigures(
  survey: Questionnaire,
  cells: readonly Cell[],
  env: Env,
): BuildingFigures[] {
  const { target } = survey
  const index =
    target?.measure === 'satisfaction' ? survey.items.findIndex((i) => i.id === target.item) : -1
  if (index < 0) return []
  const byBuilding = new Map<string, Cell[]>()
  for (const cell of cells.filter((c) => c.item === index && c.kind === 'answer')) {
    const building = buildingOf(cell.building, env)
    byBuilding.set(building, [...(byBuilding.get(building) ?? []), cell])
  }
  const rows = [...byBuilding].map(([building, own]) => {
    const of = satisfactionRate(levels(own))
    return { building, n: of.n, share: of }
  })
  const visible = shown(rows.map((r) => r.n))
  return rows.filter((_, i) => visible.has(i)).sort((a, b) => (a.building < b.building ? -1 : 1))
}

/** The building or entrance that a home lies in; a unit alone would be too small a place. */
function buildingOf(home: string, env: Env): PlaceId {
  const place = findPlace(env.content.community, home)
  return place?.kind === 'unit' ? (place.parent ?? home) : home
}

export interface TrendPoint {
  readonly no: number
  readonly period: string
  readonly rate: number | undefined
  readonly n: number
}

export interface TrendOptions {
  /** Whether 一般 counts, as the settings say. */
  readonly countMiddle?: boolean
  /** Only rounds that were opened before. */
  readonly before?: Instant
}

/** The measured rate over the latest rounds of a survey, the oldest first; counts nothing but that rate. */
export function trend(
  db: Reader,
  survey: string,
  rounds: number,
  options: TrendOptions = {},
): TrendPoint[] {
  return endedRounds(db, survey, rounds, options.before)
    .map((round) => {
      const main = mainShare(db, round, options)
      return { no: round.id, period: round.period, rate: main?.rate, n: main?.n ?? 0 }
    })
    .reverse()
}

/** The measure that a round is held against its target by. */
export function heldMeasure({ satisfaction, awareness }: RoundFigures): Assessment | undefined {
  return satisfaction?.[satisfaction.held] ?? awareness?.pool
}

function mainShare(
  db: Reader,
  round: RoundRow,
  { countMiddle = false }: TrendOptions,
): Share | undefined {
  const { items, target } = questionnaireOf(round)
  if (target?.measure === 'satisfaction') {
    const index = items.findIndex((item) => item.id === target.item)
    return satisfactionRate(levels(valuesOf(db, round.id, index)), { countMiddle })
  }
  const knowledge = items.filter((item) => item.type === 'knowledge').length
  if (target?.measure !== 'awareness' || knowledge === 0) return undefined
  const completed = attendance(db, round.id).filter((p) => p.state === 'completed')
  return awareness(knowledge, completed).pool
}
