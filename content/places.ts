import type { Lang } from './fields.ts'
import type { Place, PlaceId, PlaceKind } from './map.ts'
import type { Community } from './schema.ts'

/** What a room nickname such as `18-86-301 王秀英` says. */
export interface Nickname {
  readonly place?: PlaceId
  /** The flat's number, as typed. */
  readonly room?: string
  /** The alias without its address; empty when there is nothing else. */
  readonly name: string
}

export function findPlace(community: Community, id: PlaceId): Place | undefined {
  return community.places.find((place) => place.id === id)
}

/** The name of a place; the id itself when the map no longer has it. */
export function placeName(community: Community, id: PlaceId, lang: Lang): string {
  return findPlace(community, id)?.name[lang] ?? id
}

/** Whether `id` is `around` or lies in it. */
export function isWithin(community: Community, id: PlaceId, around: PlaceId): boolean {
  for (let at: PlaceId | undefined = id; at !== undefined; at = findPlace(community, at)?.parent) {
    if (at === around) return true
  }
  return false
}

/**
 * Reads the address out of a nickname: numbers with 街坊, 号楼 (栋, 幢, 座, #), 单元, 门, 室, or joined by hyphens
 * or spaces. An address that is not on the map, or fits two places, gives no place. Never throws.
 */
export function parseNickname(alias: string, community: Community): Nickname {
  const text = arabic(alias.slice(0, MAX_LENGTH).normalize('NFKC')).trim()
  for (const match of text.matchAll(ADDRESS)) {
    const steps = stepsOf(match[0])
    const found = locate(steps, community)
    if (!found && !looksLikeAddress(steps)) continue
    const rest = `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`
    return { ...found, name: rest.replace(EDGES, '').replace(/\s+/g, ' ') }
  }
  return { name: text.replace(EDGES, '') }
}

/** Longer than any nickname a chat network allows. */
const MAX_LENGTH = 200

const UNITS: readonly (readonly [pattern: string, kinds: readonly PlaceKind[]])[] = [
  ['[号號]?街坊', ['block']],
  ['[号號][楼樓]|[栋棟幢座]|#[楼樓]?', ['building']],
  ['[单單]元|梯', ['unit']],
  ['[门門][栋棟]?', ['entrance', 'unit']],
  ['[号號]?室|房', []],
]
const UNIT = UNITS.map(([pattern]) => pattern).join('|')
const GAP = String.raw`[-‐‑–—−_~./·,、\s]*`
const ADDRESS = new RegExp(
  String.raw`(?<!\d)\d{1,4}(?!\d)(?:${UNIT})?(?:${GAP}\d{1,4}(?!\d)(?:${UNIT})?)*`,
  'g',
)
const STEP = new RegExp(String.raw`(\d+)(${UNIT})?`, 'g')
/** Brackets and punctuation left around a name once the address is taken out. */
const EDGES = /^[\s\p{P}]+|[\s\p{P}]+$|[([{【（]\s*[)\]}】）]/gu

interface Step {
  readonly digits: string
  /** What the word behind the number allows; undefined without a word, empty for a flat. */
  readonly kinds?: readonly PlaceKind[]
}

function stepsOf(address: string): Step[] {
  return [...address.matchAll(STEP)].map(([, digits = '', unit]) => {
    const kinds = unit && UNITS.find(([pattern]) => new RegExp(`^(?:${pattern})$`).test(unit))?.[1]
    return kinds ? { digits, kinds } : { digits }
  })
}

/** Private even where it is not on the map: a word for a building, or a row of numbers with a flat's (or a phone) in it. */
function looksLikeAddress(steps: readonly Step[]): boolean {
  return (
    steps.some((step) => step.kinds) || (steps.length > 1 && steps.some((s) => s.digits.length > 2))
  )
}

/** Follows the numbers down the map; the last may be a flat. No answer where two ways fit. */
function locate(
  steps: readonly Step[],
  community: Community,
): { place: PlaceId; room?: string } | undefined {
  const [first, ...others] = steps
  if (!first || (others.length === 0 && !first.kinds)) return undefined
  const starts = community.places.filter((place) => place.kind !== 'unit' && fits(place, first))
  const found = starts.flatMap((place) => descend(place, others, community) ?? [])
  return found.length === 1 ? found[0] : undefined
}

function descend(
  start: Place,
  steps: readonly Step[],
  community: Community,
): { place: PlaceId; room?: string } | undefined {
  let place = start
  for (const [i, step] of steps.entries()) {
    const part = community.places.find((p) => p.parent === place.id && fits(p, step))
    if (part) {
      place = part
      continue
    }
    const isLast = i === steps.length - 1
    const isRoom = /^\d{3,4}$/.test(step.digits) && (step.kinds ?? []).length === 0
    return isLast && isRoom && place.kind !== 'block'
      ? { place: place.id, room: step.digits }
      : undefined
  }
  return { place: place.id }
}

/** A place's number is the last part of its id. */
function fits(place: Place, step: Step): boolean {
  if (step.kinds && !step.kinds.includes(place.kind)) return false
  return place.id.slice(place.id.lastIndexOf('-') + 1) === String(Number(step.digits))
}

const HAN = '零〇一二三四五六七八九十百'
const HAN_BEFORE_UNIT = new RegExp(`[${HAN}]+(?=${UNIT})`, 'g')
const HAN_FLAT = /(?<=[楼樓栋棟幢座元梯门門])[零〇一二三四五六七八九]{3,4}/g

/** Chinese numerals of addresses as digits; those of names stay. */
function arabic(text: string): string {
  return text
    .replace(HAN_BEFORE_UNIT, (numeral) => String(hanNumber(numeral)))
    .replace(HAN_FLAT, (numeral) => [...numeral].map(hanDigit).join(''))
}

function hanDigit(char: string): number {
  return char === '〇' ? 0 : HAN.replace('〇', '').indexOf(char)
}

/** 八十六, 一百零二, 三零一 (digit by digit). */
function hanNumber(numeral: string): number {
  if (!/[十百]/.test(numeral)) return Number([...numeral].map(hanDigit).join(''))
  let total = 0
  let digit = 0
  for (const char of numeral) {
    if (char === '百' || char === '十') {
      total += (digit || 1) * (char === '百' ? 100 : 10)
      digit = 0
    } else digit = hanDigit(char)
  }
  return total + digit
}
