import type { Range } from '../core/text/fold.ts'
import { ASK_SIGNS } from './asks.ts'
import { GUARDS, NOT_NOISE, NOT_WASTE, UNREAL, unrealParts, WEATHER } from './guards.ts'
import { findSigns, type Hit, lexiconOf, outside, type Sign } from './lexicon.ts'
import { NOISE_BURDENS, NOISE_SIGNS } from './noise.ts'
import { COMPLAINT_FORM, OTHER_CATEGORIES } from './other-categories.ts'
import type { Prepared } from './text.ts'
import type { Category } from './types.ts'
import { WASTE_STATES } from './waste.ts'
import { WASTE_SIGNS } from './waste-things.ts'

/** What a message may be about, and how much speaks for it; `ENOUGH` points make a report. */
export interface Verdict {
  readonly category: Category
  readonly subtype: string
  readonly points: number
  readonly hits: readonly Hit[]
}

/** So many points and a message is as likely a report as not. */
export const ENOUGH = 3

/** Short messages are one thought; in long ones what belongs together stands in neighbouring clauses. */
const ONE_THOUGHT = 60
const NEIGHBOURS = 3

const LEXICON = lexiconOf({
  unreal: UNREAL,
  asks: ASK_SIGNS,
  noise: NOISE_SIGNS,
  noiseBurdens: NOISE_BURDENS,
  notNoise: NOT_NOISE,
  waste: WASTE_SIGNS,
  wasteStates: WASTE_STATES,
  notWaste: NOT_WASTE,
  others: OTHER_CATEGORIES.flatMap(({ signs }) => signs),
  form: COMPLAINT_FORM,
  guards: GUARDS,
  weather: WEATHER,
})

/** The likeliest reading as a problem, with the points that guards take off already taken. */
export function judge(text: Prepared): Verdict | undefined {
  const signs = findSigns(LEXICON, text.plain)
  const masked = unrealParts(text, signs.unreal)
  const real = (hits: readonly Hit[]) => outside(hits, masked)
  const asks = real(signs.asks)
  const noise = real(signs.noise)
  const waste = real(signs.waste)
  const noisy = noise.length > 0 ? [...noise, ...real(signs.noiseBurdens), ...asks] : []
  const wasted = waste.length > 0 ? [...waste, ...real(signs.wasteStates), ...asks] : []
  const parts = windows(text)
  const found = [
    ...parts.map((part) => judgeNoise(within(noisy, part), signs.notNoise)),
    ...parts.map((part) => judgeWaste(within(wasted, part), signs.notWaste)),
    ...judgeOthers(real(signs.others), real(signs.form), asks),
  ].filter((verdict) => verdict !== undefined)
  const best = found.reduce<Verdict | undefined>(
    (top, verdict) => (top && top.points >= verdict.points ? top : verdict),
    undefined,
  )
  if (!best || best.points < ENOUGH) return best
  const guards = best.category === 'noise' ? [...signs.guards, ...signs.weather] : signs.guards
  return { ...best, points: best.points - sum(groups([...signs.unreal, ...guards])) }
}

function windows(text: Prepared): Range[] {
  const { clauses, plain } = text
  if (plain.length <= ONE_THOUGHT) return [{ start: 0, end: plain.length }]
  return clauses.map(({ start }, i) => {
    const last = clauses[Math.min(i + NEIGHBOURS, clauses.length) - 1]
    return { start, end: last?.end ?? plain.length }
  })
}

function within(hits: readonly Hit[], { start, end }: Range): Hit[] {
  return hits.filter((hit) => hit.start >= start && hit.end <= end)
}

/** The points of each group's best word. */
function groups(hits: readonly Hit[]): Map<string, number> {
  const points = new Map<string, number>()
  for (const { sign } of hits) {
    points.set(sign.group, Math.max(points.get(sign.group) ?? 0, sign.points))
  }
  return points
}

function sum(points: ReadonlyMap<string, number>): number {
  return [...points.values()].reduce((total, value) => total + value, 0)
}

function judgeNoise(hits: readonly Hit[], against: readonly Hit[]): Verdict | undefined {
  const points = groups(hits)
  const has = (...names: string[]) => names.some((name) => points.has(name))
  const source = points.get('source') ?? 0
  const sounds =
    has('noise', 'noise-bad', 'loud', 'sound', 'act', 'level', 'quiet') ||
    source >= 1.5 ||
    (source > 1.2 && has('where', 'hour'))
  const burdens = has(
    ...['noise-bad', 'loud', 'again', 'hour', 'rest', 'harm', 'quiet', 'ask', 'irony', 'where'],
  )
  const named = (has('noise') && source > 0) || (has('sound') && source >= 1.5)
  if (!(burdens || named) || !(sounds || (source > 0 && has('rest')))) return undefined
  const off = has('noise', 'loud', 'level') ? 0 : sum(groups(against))
  return { category: 'noise', subtype: subtypeOf(hits), points: sum(points) - off, hits }
}

function judgeWaste(hits: readonly Hit[], against: readonly Hit[]): Verdict | undefined {
  const points = groups(hits)
  const has = (...names: string[]) => names.some((name) => points.has(name))
  const alone =
    has('falling', 'pet-waste', 'burning', 'mixed-collection', 'mixed', 'pests') ||
    (points.get('dirty') ?? 0) > 2
  const state = has(
    ...['left', 'mixed', 'mixed-collection', 'pile', 'uncollected', 'overflow', 'smell', 'pests'],
    ...['dirty', 'bin', 'corridor', 'effect', 'ask'],
  )
  const blocked = has('corridor') && has('pile')
  if (!alone && !blocked && !(has('thing', 'place') && state)) return undefined
  const off = sum(groups(against))
  return { category: 'waste', subtype: subtypeOf(hits), points: sum(points) - off, hits }
}

function* judgeOthers(hits: readonly Hit[], form: readonly Hit[], asks: readonly Hit[]) {
  for (const { category, signs } of OTHER_CATEGORIES) {
    const own = hits.filter(({ sign }) => signs.includes(sign))
    if (own.length > 0) yield otherVerdict(category, [...own, ...asks])
  }
  if (form.length > 0) yield { ...otherVerdict('other', form), points: ENOUGH }
}

function otherVerdict(category: Category, hits: readonly Hit[]): Verdict {
  return { category, subtype: 'other', points: sum(groups(hits)), hits }
}

/** The kind that its best word names; of equals the one that stands first in the lexicon. */
function subtypeOf(hits: readonly Hit[]): string {
  let best: Sign | undefined
  for (const { sign } of hits) {
    if (sign.subtype !== undefined && (!best || sign.rank > best.rank)) best = sign
  }
  return best?.subtype ?? 'other'
}
