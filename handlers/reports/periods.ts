import {
  addMonths,
  at,
  dateIn,
  dateOf,
  type Instant,
  type LocalDate,
  partsOf,
  toWallTime,
  type Zone,
} from '../../content/time.ts'

/** The months, quarters and years for which figures are given. Pure. */

export const PERIODS = ['month', 'quarter', 'year'] as const
export type PeriodKind = (typeof PERIODS)[number]

const MONTHS = { month: 1, quarter: 3, year: 12 } as const
const MIDNIGHT = toWallTime('00:00')

export interface FigurePeriod {
  readonly from: Instant
  readonly before: Instant
  /** The first day. */
  readonly day: LocalDate
}

/** The month, quarter or year in which `now` lies; `back` of them earlier, where that is given. */
export function periodAt(zone: Zone, now: Instant, kind: PeriodKind, back = 0): FigurePeriod {
  const { year, month } = partsOf(dateIn(zone, now))
  const length = MONTHS[kind]
  const first = dateOf({ year, month: month - ((month - 1) % length), day: 1 })
  const day = addMonths(first, -back * length)
  return {
    day,
    from: at(day, MIDNIGHT, zone),
    before: at(addMonths(day, length), MIDNIGHT, zone),
  }
}
