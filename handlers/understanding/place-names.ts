import type { PlaceId } from '../../content/map.ts'
import type { Community } from '../../content/schema.ts'
import { fold } from '../core/text/fold.ts'
import { mayFit } from './needed.ts'
import { type Atom, atomsOf, type Taken } from './place-atom.ts'
import { partsIn } from './place-parts.ts'
import {
  ELSEWHERE,
  HOME,
  LANE_NAMES,
  NEAR,
  OWN,
  QUARTER,
  RELATIVE,
  SLIGHT_SPOTS,
  SPOTS,
  STOP,
  STRONG,
  WEAK,
} from './place-words.ts'

const ELSEWHERE_WORDS = new RegExp(ELSEWHERE, 'g')
const OWN_WORDS = new RegExp(OWN, 'g')
const RELATIVE_WORDS = new RegExp(RELATIVE, 'g')
const HOME_WORDS = new RegExp(HOME, 'g')
const SPOT_WORDS = new RegExp(SPOTS, 'g')
const SLIGHT_WORDS = new RegExp(SLIGHT_SPOTS, 'g')
const LANES = new RegExp(LANE_NAMES, 'g')
const NEAR_WORDS = new RegExp(NEAR, 'g')
const STOP_WORD = new RegExp(STOP, 'u')
const STOP_WORDS = new RegExp(STOP, 'gu')
const QUARTER_WORDS = new RegExp(QUARTER, 'g')
/** A3区, M6州, 西二环, 135号院: nothing need stand before them. */
const WHOLE =
  /(?<![a-z\d])[a-z]\d{0,2}(?:市|区|县市?|州|省)|[东南西北]?[一二三四五]环路?|(?<=[路街道巷])\d{1,4}号院?/g
const ENDINGS = new RegExp(`(?<strong>${STRONG})|(?<weak>${WEAK})`, 'g')
/** What ends like a place and is none. */
const NO_NAME =
  /(?:^[\d零一二两三四五六七八九十]+楼|[一两这那几整哪各每]?[栋幢座]楼|城市|上市|股市|走路|马路|一路|铁路局|思路|网路|电路|线路|道路|公路|半路|修路|回路|让路|同路|上楼|下楼|[整全满][栋幢层座]?楼|层楼|[炸扫满骂沿]街|[满整全]院|[压沿跑条到]路|^过桥|[大小]?侠站|文明城|卡路|[多两三]元店|商店|开店|小店|老店|法院|住院|出院|医院里|车站|网站|电站|全区|地区|城区|片区|灾区|学区|市区|辖区|管区|农村|乡村|全市|本市|全村|本村|全县|各[区县市]|逛街|上街|一条街|大楼|高楼|全城|政府|全国际)$/

/** The community's own name and the spots of its map in a folded text. */
export function spotsIn(text: string, community: Community, taken: Taken): Atom[] {
  const spots = spotsOf(community)
  return [...atomsOf('home', spots.home, text, taken), ...knownSpots(text, spots, taken)]
}

/** Places with and without a name that are on no map, and words of position. */
export function namesIn(text: string, taken: Taken): Atom[] {
  return [
    ...atomsOf('elsewhere', ELSEWHERE_WORDS, text, taken),
    ...ownPlaces(text, taken),
    ...atomsOf('name', LANES, text, taken),
    ...atomsOf('spot', SPOT_WORDS, text, taken),
    ...slightSpots(text, taken),
    ...partsIn(text, taken),
    ...relativePlaces(text, taken),
    ...properNames(text, taken),
    ...atomsOf('home', HOME_WORDS, text, taken),
    ...atomsOf('name', QUARTER_WORDS, text, taken),
    ...atomsOf('near', NEAR_WORDS, text, taken),
  ]
}

/** 我家 and 我这 say less than the place where it happens. */
function ownPlaces(text: string, taken: Taken): Atom[] {
  return atomsOf('relative', OWN_WORDS, text, taken).map((atom) =>
    /^(?:我|自己)家里?$|^我这$/.test(text.slice(atom.start, atom.end))
      ? { ...atom, weight: -1 }
      : atom,
  )
}

/** 邻居 is a person first. */
function relativePlaces(text: string, taken: Taken): Atom[] {
  return atomsOf('relative', RELATIVE_WORDS, text, taken).map((atom) =>
    text.startsWith('邻居', atom.start) ? { ...atom, weight: -1 } : atom,
  )
}

function slightSpots(text: string, taken: Taken): Atom[] {
  return atomsOf('spot', SLIGHT_WORDS, text, taken).map((atom) => ({ ...atom, weight: -1.5 }))
}

interface Spots {
  readonly pattern: RegExp
  readonly ids: ReadonlyMap<string, PlaceId>
  /** The community by its own name. */
  readonly home: RegExp
}

const spotsByCommunity = new WeakMap<Community, Spots>()

/** The spots of the map by every name they have. */
function spotsOf(community: Community): Spots {
  const known = spotsByCommunity.get(community)
  if (known) return known
  const ids = new Map<string, PlaceId>()
  for (const { id, kind, name, aliases } of community.places) {
    if (kind !== 'spot') continue
    for (const word of [name['zh-CN'], name['zh-TW'], ...aliases]) ids.set(fold(word), id)
  }
  const own = [community.name['zh-CN'], community.name['zh-TW']].map(fold)
  const spots = { pattern: anyOf([...ids.keys()]), ids, home: anyOf(own) }
  spotsByCommunity.set(community, spots)
  return spots
}

/** The longer word first where one begins like another. */
function anyOf(words: readonly string[]): RegExp {
  const escaped = [...words]
    .filter((word) => word !== '')
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  return new RegExp(escaped.length > 0 ? escaped.join('|') : '(?!)', 'g')
}

function knownSpots(text: string, { pattern, ids }: Spots, taken: Taken): Atom[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const id = ids.get(match[0])
    const range = { start: match.index, end: match.index + match[0].length }
    return id !== undefined && taken.take(range) ? [{ kind: 'spot', ...range, id } as const] : []
  })
}

/** Names by their endings, from the last word that cannot belong to them. */
function properNames(text: string, taken: Taken): Atom[] {
  const atoms = atomsOf('name', WHOLE, text, taken)
  const endings = mayFit(ENDINGS, text) ? [...text.matchAll(ENDINGS)] : []
  if (endings.length === 0) return atoms
  const stops = [...text.matchAll(STOP_WORDS)].map((match) => match.index + match[0].length)
  for (const match of endings) {
    const end = match.index + match[0].length
    const stop = Math.max(0, ...stops.filter((at) => at <= match.index))
    const start = Math.max(stop, taken.endBefore(match.index), match.index - MAX_NAME)
    const core = text.slice(start, match.index)
    const least = match.groups?.['weak'] === undefined ? 0 : 1
    if (core.length < least || (least > 0 && NO_NAME.test(core + match[0]))) continue
    if (/^(?:小区|社区)$/.test(match[0]) && core.length < 2) continue
    // 对面的超市 has no name of its own.
    const kind = start === match.index ? 'spot' : 'name'
    if (taken.take({ start, end })) atoms.push({ kind, start, end })
  }
  return atoms
}

const MAX_NAME = 10

/** Whether a word in it cannot belong to a name. */
export function hasStop(text: string): boolean {
  return STOP_WORD.test(text)
}
