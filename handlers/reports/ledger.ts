import { type Phrase, phrase } from '../../content/i18n.ts'
import type { Instant } from '../../content/time.ts'
import { insertMeasurement, insertMediation } from '../../db/queries/case-evidence.ts'
import type { CaseId, MeasurementTable, MediationTable } from '../../db/schema-reports.ts'
import type { Work } from '../core/feature.ts'
import { err } from '../core/result.ts'
import { type Changed, consider, perform } from './cases.ts'
import { publicPlace } from './mask.ts'
import type { Actor } from './rights.ts'

/** The evidence of a case: 劝阻, 调解 and measurements, each dated and signed by whoever did it. */

export interface Mediation extends Pick<MediationTable, 'kind' | 'how' | 'party' | 'outcome'> {
  /** When it was, now or earlier. */
  readonly at?: Instant | undefined
  /** For those who handle the case. */
  readonly note?: string | undefined
}

/** Records 劝阻 or 调解. Parties are kinds of people, never names. */
export function mediate(work: Work, by: Actor, id: CaseId, mediation: Mediation): Changed {
  const { kind, how, party, outcome } = mediation
  const at = mediation.at ?? work.now
  const wrong = timeRefusal(work, by, id, { action: 'mediate', at })
  if (wrong !== undefined) return err(wrong)
  const detail = { kind, how, party, outcome }
  const changed = perform(work, by, id, { action: 'mediate', detail })
  if (!changed.ok) return changed
  insertMediation(work.tx, {
    case_id: id,
    at,
    kind,
    resident_id: by.id,
    how,
    party,
    outcome,
    note: mediation.note?.trim() || null,
    recorded_at: work.now,
  })
  return changed
}

export interface Measurement extends Pick<MeasurementTable, 'instrument' | 'period'> {
  readonly at?: Instant | undefined
  /** A-weighted, in decibels. */
  readonly level: number
  readonly minutes?: number | undefined
  /** Where it was taken. */
  readonly point: string
  /** What holds then and there, in decibels: see `noiseLimit`. */
  readonly limit: number
}

const LEAST_LEVEL = 20
const MOST_LEVEL = 150
const MOST_MINUTES = 24 * 60

/** Records a measured level beside the limit that holds. */
export function measure(work: Work, by: Actor, id: CaseId, measurement: Measurement): Changed {
  const { level, minutes, instrument, period, limit } = measurement
  const at = measurement.at ?? work.now
  const wrong = timeRefusal(work, by, id, { action: 'measure', at })
  if (wrong !== undefined) return err(wrong)
  const timed = minutes === undefined || (minutes > 0 && minutes <= MOST_MINUTES)
  if (!(level >= LEAST_LEVEL && level <= MOST_LEVEL && timed)) {
    return err(phrase('reports.refuse.level'))
  }
  const tenths = Math.round(level * 10)
  const exceeded = tenths > Math.round(limit * 10) ? 1 : 0
  const changed = perform(work, by, id, {
    action: 'measure',
    detail: { level, limit, instrument, period, exceeded },
  })
  if (!changed.ok) return changed
  insertMeasurement(work.tx, {
    case_id: id,
    at,
    level: tenths,
    instrument,
    minutes: minutes === undefined ? null : Math.round(minutes),
    point: publicPlace(measurement.point),
    period,
    limit_level: Math.round(limit * 10),
    exceeded,
    resident_id: by.id,
    recorded_at: work.now,
  })
  return changed
}

/** Evidence is of a time after the report, and not of the future. */
function timeRefusal(
  work: Work,
  by: Actor,
  id: CaseId,
  { action, at }: { readonly action: 'mediate' | 'measure'; readonly at: Instant },
): Phrase | undefined {
  const considered = consider(work, by, id, { action })
  if (!considered.ok) return considered.error
  const { before } = considered.value
  const since = before.happened_from_at ?? before.created_at
  const earliest = since < before.created_at ? since : before.created_at
  return at < earliest || at > work.now ? phrase('reports.refuse.notNow', { no: id }) : undefined
}
