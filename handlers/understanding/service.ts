import type { Calendar } from '../../content/calendar.ts'
import type { Content } from '../../content/schema.ts'
import type { Instant, Zone } from '../../content/time.ts'
import type { Range } from '../core/text/fold.ts'
import { findDecibels } from './decibels.ts'
import { type Decision, decide } from './decide.ts'
import { findDetails } from './details.ts'
import { findEmergency } from './emergencies.ts'
import { judge, type Verdict } from './judge.ts'
import { kindOfProblem } from './kinds.ts'
import { findPlaces } from './place.ts'
import { ownWords, type Prepared, prepare } from './text.ts'
import type { Category, PlaceFound, Understanding } from './types.ts'
import { findWhen } from './when.ts'
import { classOf, telling } from './wording.ts'

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
export const SPEAK_UP = 0.6

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
export function understand(words: string, about: Circumstances): Understanding {
  const text = words.slice(0, LONGEST)
  const prepared = prepare(text)
  const emergency = findEmergency(prepared)
  const verdict = judge(prepared)
  const decision = decide(prepared, verdict, about.where === 'direct')
  const kind = kindOf(prepared, decision, verdict)
  const deciding = kind === undefined ? [] : reasons(prepared, decision, kind)
  const because = [...(emergency ? [emergency] : []), ...deciding]
  return {
    intent: emergency || kind ? 'report' : 'other',
    category: kind?.category ?? (emergency ? 'safety' : null),
    subtype: kind?.subtype ?? (emergency ? 'other' : null),
    place: placeOfIt(prepared, findPlaces(text, about.content.community), deciding),
    when: findWhen(text, about.now, about.zone, about.calendar),
    db: findDecibels(text),
    emergency: emergency?.kind ?? null,
    confidence: emergency ? SURE : confidenceOf(decision),
    because: inOwnWords(prepared, because),
    ...findDetails(prepared),
  }
}

/** Whether the words are a report with a place of its own, and not just how somebody finds what they were asked about. */
export function isPlainReport(words: string, about: Omit<Circumstances, 'where'>): boolean {
  const { intent, confidence, place } = understand(words, { ...about, where: 'group' })
  return intent === 'report' && confidence >= SPEAK_UP && place !== null && !place.elsewhere
}

/** 5号楼垃圾没人清，7号楼半夜唱歌: of several places on the map, the one in the clause with most of what decided. */
function placeOfIt(
  text: Prepared,
  places: readonly PlaceFound[],
  deciding: readonly Range[],
): PlaceFound | null {
  const [first, ...others] = places
  if (first?.id === undefined || others.length === 0) return first ?? null
  const weight = ({ text: words }: PlaceFound) => {
    const start = text.original.indexOf(words)
    const clause = text.clauses.find(({ end }) => start < (text.at[end] ?? 0))
    return deciding.filter(({ start: at }) => clause && clause.start <= at && at < clause.end)
      .length
  }
  const known = others.filter(({ id }) => id !== undefined)
  return known.reduce((best, place) => (weight(place) > weight(best) ? place : best), first)
}

/** Whether the words call for help at once; much cheaper than understanding all of them. */
export function callsForHelp(text: string): boolean {
  return text.length <= LONGEST_CRY && findEmergency(prepare(text)) !== undefined
}

const LONGEST_CRY = 300
/** What a message is about stands in its first thousand signs. */
const LONGEST = 1000
const SURE = 0.97

interface Kind {
  readonly category: Category
  readonly subtype: string
  /** The lists' own verdict, where it is of this class. */
  readonly verdict: Verdict | undefined
}

/** What is reported, with what the lists know of it. */
function kindOf(
  text: Prepared,
  { class: found }: Decision,
  verdict: Verdict | undefined,
): Kind | undefined {
  if (found === 'none') return undefined
  const same = verdict !== undefined && classOf(verdict.category) === found
  return { ...kindOfProblem(text, found, verdict), verdict: same ? verdict : undefined }
}

/** How sure it is that this is a report, to the thousandth. */
function confidenceOf({ class: found, probability }: Decision): number {
  const sure = found === 'none' ? 1 - probability : probability
  return Math.round(1000 * sure) / 1000
}

/** So many words show what a message is like. */
const TELLING = 3

function reasons(text: Prepared, { class: found }: Decision, { verdict }: Kind): Range[] {
  if (verdict !== undefined) return decisive(verdict)
  return telling(text, found, TELLING)
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
