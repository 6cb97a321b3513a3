import type { Calendar } from '../../content/calendar.ts'
import type { Content } from '../../content/schema.ts'
import type { Instant, Zone } from '../../content/time.ts'
import type { Range } from '../core/text/fold.ts'
import { findDecibels } from './decibels.ts'
import { findDetails } from './details.ts'
import { findEmergency } from './emergencies.ts'
import { ENOUGH, judge, type Verdict } from './judge.ts'
import { findPlaces } from './place.ts'
import { ownWords, type Prepared, prepare } from './text.ts'
import type { Understanding } from './types.ts'
import { findWhen } from './when.ts'

export { findPlaces } from './place.ts'
export type {
  Category,
  Emergency,
  PlaceFound,
  Repeats,
  Understanding,
  WhenFound,
} from './types.ts'
export { findWhen } from './when.ts'

/** In a group Linli speaks up by itself from this confidence on; below it, only when spoken to. */
export const SPEAK_UP = 0.8

export interface Circumstances {
  readonly now: Instant
  readonly zone: Zone
  readonly content: Content
  /** Knows the holidays: 国庆后, 放假. */
  readonly calendar?: Calendar
  /** Said to Linli alone: then less is enough, because nothing is said in front of others. */
  readonly where?: 'group' | 'direct'
}

/** What a message in plain words reports, if anything. Pure: the same words at the same moment mean the same. */
export function understand(text: string, about: Circumstances): Understanding {
  const prepared = prepare(text)
  const emergency = findEmergency(prepared)
  const verdict = judge(prepared)
  const points = (verdict?.points ?? 0) + (about.where === 'direct' ? 0.5 : 0)
  const reported = verdict !== undefined && points >= ENOUGH ? verdict : undefined
  const because = [...(emergency ? [emergency] : []), ...(reported ? decisive(reported) : [])]
  const isReport = emergency !== undefined || reported !== undefined
  return {
    intent: isReport ? 'report' : 'other',
    category: reported?.category ?? (emergency ? 'safety' : null),
    subtype: reported?.subtype ?? (emergency ? 'other' : null),
    place: findPlaces(text, about.content.community)[0] ?? null,
    when: findWhen(text, about.now, about.zone, about.calendar),
    db: findDecibels(text),
    emergency: emergency?.kind ?? null,
    confidence: emergency ? SURE : likelihood(points),
    because: inOwnWords(prepared, because),
    ...findDetails(prepared),
  }
}

const SURE = 0.97

/** Points as a likelihood: `ENOUGH` is even, each point more makes it about two and a half times as likely. */
function likelihood(points: number): number {
  return Math.round(1000 / (1 + Math.exp(-0.9 * (points - ENOUGH)))) / 1000
}

/** The best word of each group, in the order of the text. */
function decisive(verdict: Verdict): Range[] {
  const best = new Map<string, Verdict['hits'][number]>()
  for (const hit of verdict.hits) {
    const other = best.get(hit.sign.group)
    if (!other || hit.sign.points > other.sign.points) best.set(hit.sign.group, hit)
  }
  return [...best.values()]
}

function inOwnWords(text: Prepared, ranges: readonly Range[]): string[] {
  const inOrder = [...ranges].sort((a, b) => a.start - b.start || b.end - a.end)
  const kept = inOrder.filter(
    (range, i) => !inOrder.slice(0, i).some((earlier) => earlier.end >= range.end),
  )
  return kept.map((range) => ownWords(text, range)).filter((words) => words !== '')
}
