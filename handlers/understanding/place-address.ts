import type { PlaceId } from '../../content/map.ts'
import { parseNickname } from '../../content/places.ts'
import type { Community } from '../../content/schema.ts'
import { parseNumeral } from '../core/text/numerals.ts'
import { mayFit } from './needed.ts'
import type { Atom, Taken } from './place-atom.ts'

type Groups = Readonly<Record<string, string | undefined>>

const CN = '零〇一二两三四五六七八九十百幺'
const N = `(?:\\d{1,4}|[${CN}]{1,4})`
const GAP = '[-\\s,.、的]?'
/** What makes a row of digits an amount or a time instead of a flat. */
const NO_FLAT =
  '(?!\\d|\\s?(?:年|元|块|米|个|人|户|分|点|天(?!天)|日|月|万|千|平|号楼|栋|幢|次|多|[:%#]|db|小时|层|斤|度))'
const FLAT = `(?:\\d{3,4}|[零〇一二三四五六七八九幺]{3,4})${NO_FLAT}(?:号?[室房]|号|家)?`
const UNIT_WORD = '(?:单[元圆员园]|门栋?|梯|号门)'
const FLOOR = `(?:(?:第|负)?${N}(?:楼|层)(?!道|梯|盘|主|栋))`

const BUILDING =
  `(?<list>(?<![\\d.])(?:\\d{1,3}(?:号楼?|栋|#)?[、,和跟与及/到至~-])+)?(?:(?<block>${N})号?街坊${GAP})?` +
  `(?<![\\d.第${CN}])(?<building>${N}|[a-z]\\d{0,2})(?:(?:号|好)[楼搂](?!梯)|[栋幢](?!大楼)(?:楼(?![上下顶道底]))?|座(?!谈|位|椅|机)|#(?:楼(?![上下顶道底]))?|号(?=${N}单元))`
/** 3号楼2单元5楼501, 3栋2-501, 3#501, 28街坊3号楼. */
const NUMBERED = new RegExp(
  `${BUILDING}(?:${GAP}(?:(?<unit>${N})${UNIT_WORD}(?!口课|卫)|(?<unit2>\\d{1,2})-(?=\\d{3,4})))?(?:${GAP}${FLOOR})?(?:${GAP}${FLAT})?`,
  'g',
)
/** 18街坊, 18街坊86门301. */
const BLOCK = new RegExp(
  `(?<![\\d.第${CN}])(?<block>${N})号?街坊(?:${GAP}(?<door>${N})(?:门(?!口?卫|禁)栋?|号(?!楼))(?:${GAP}${FLAT})?)?`,
  'g',
)
/** 86门301. */
const DOOR = new RegExp(
  `(?<![\\d.第:-])(?<door>\\d{1,3})门栋?(?!课|卫|禁|票|诊)(?:${GAP}${FLAT})?`,
  'g',
)
/** 3-2-501, 3-2单元, 3-501. */
const JOINED =
  /(?<![\w.\-/:#年月])(?<block>\d{1,3}-(?=\d{1,3}-\d{1,3}-))?(?<a>\d{1,3})-(?:(?<b>\d{1,3})(?:-(?<room>\d{3,4})|单元)|(?<room2>\d{3,4}))(?![\w\-.:/]|\s?[年月点元块米天人个分日次%])(?:室|号)?/g
/** 669弄14号1102室. */
const LANE = new RegExp(
  `(?<![\\d.])(?<lane>${N})弄(?:${GAP}${N}号楼?(?:${GAP}${FLAT})?)?(?!堂|得|好|了|成|坏|到|脏|来|走|清|干)`,
  'g',
)
/** 二单元, 304房: which building is not said. */
const PART = new RegExp(
  `(?<![\\d.第${CN}])${N}单[元圆员园](?:${GAP}${FLOOR})?(?:${GAP}${FLAT})?|(?<![\\d.#])\\d{3,4}(?:[室房](?!租|价|子|东)|(?=(?:业主|住户|那家|家的?(?:人|狗|孩子)))(?<!12345|110))`,
  'g',
)

/** The numbered places of a folded text, with the id where the map has exactly that one. */
export function addressesIn(text: string, community: Community, taken: Taken): Atom[] {
  if (!/[\d零〇一二两三四五六七八九十a-z#]/.test(text)) return []
  return PATTERNS.filter(({ pattern }) => mayFit(pattern, text)).flatMap(
    ({ pattern, canonical, onlyKnown }) =>
      [...text.matchAll(pattern)].flatMap((match) => {
        const groups = match.groups ?? {}
        if (isCounted(match[0], text, match.index)) return []
        const key = canonical?.(groups)
        const id = key === undefined ? undefined : idOf(key, community)
        if (id === undefined && onlyKnown?.(groups)) return []
        const range = {
          start: match.index,
          end: match.index + match[0].replace(TRAILING, '').length,
        }
        return taken.take(range) ? [{ kind: 'address', ...range, ...(id && { id }) } as const] : []
      }),
  )
}

const TRAILING = /[-\s,.、的]+$/

interface Pattern {
  readonly pattern: RegExp
  /** The address as nicknames write it, without the flat. */
  readonly canonical?: (groups: Groups) => string | undefined
  /** Words that are a place only where the map has it. */
  readonly onlyKnown?: (groups: Groups) => boolean
}

const PATTERNS: readonly Pattern[] = [
  { pattern: NUMBERED, canonical: numberedKey },
  { pattern: BLOCK, canonical: blockKey },
  {
    pattern: JOINED,
    canonical: ({ block = '', a, b, room, room2 }) =>
      block + [a, b, room ?? room2].filter(Boolean).join('-'),
    onlyKnown: ({ room2, b }) => room2 !== undefined || b === undefined,
  },
  { pattern: DOOR, canonical: ({ door }) => `${door}门`, onlyKnown: () => true },
  { pattern: LANE },
  { pattern: PART },
]

/** 一栋楼 and 两座 count; 5月3号楼上 is a day and a relative place. */
function isCounted(words: string, text: string, start: number): boolean {
  if (/^[一两]?[栋幢座](?:楼)?$|^[一两十百][栋幢座]楼?$/.test(words)) return true
  const next = text.slice(start + words.length, start + words.length + 1)
  return /号楼$/.test(words) && /[上下]/.test(next) && /月\s?$/.test(text.slice(0, start))
}

function numberedKey({ list, block, building, unit, unit2 }: Groups): string | undefined {
  const [b, u] = [digits(building), digits(unit ?? unit2)]
  if (b === undefined || (u === undefined && (unit ?? unit2) !== undefined)) return undefined
  // 28-3号楼 is a building of 28街坊 where the map has it; 3-5号楼 and 3、5号楼 are several.
  const listed = list === undefined ? '' : /^\d+-$/.test(list) ? list : undefined
  if (listed === undefined) return undefined
  const around = block === undefined ? listed : `${digits(block)}街坊`
  return `${around}${b}号楼${u === undefined ? '' : `${u}单元`}`
}

function blockKey({ block, door }: Groups): string | undefined {
  const [b, d] = [digits(block), digits(door)]
  if (b === undefined) return undefined
  return `${b}街坊${d === undefined ? '' : `${d}门`}`
}

function digits(said: string | undefined): number | undefined {
  return said === undefined ? undefined : parseNumeral(said)
}

const known = new WeakMap<Community, Map<string, PlaceId | undefined>>()

function idOf(address: string, community: Community): PlaceId | undefined {
  const ids = known.get(community) ?? new Map<string, PlaceId | undefined>()
  known.set(community, ids)
  if (!ids.has(address)) {
    if (ids.size > 5000) ids.clear()
    ids.set(address, parseNickname(address, community).place)
  }
  return ids.get(address)
}
