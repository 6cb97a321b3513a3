import type { Place, PlaceId } from '../../content/map.ts'
import type { Community } from '../../content/schema.ts'
import { disabledRooms, enabledRooms } from '../../db/queries/room.ts'
import type { RoomId } from '../../db/schema.ts'
import type { Reader } from '../../db/store.ts'
import { fold } from '../core/text/fold.ts'
import type { Audience } from './audience.ts'

/** One name in a list of those to be told. */
type Named =
  | { readonly room: RoomId }
  | { readonly place: PlaceId }
  | { readonly tag: string }
  | { readonly all: true }

/** What groups, places and tags are called, as it is written in a folded text. */
export interface Names {
  /** The longest first. */
  readonly known: readonly (readonly [name: string, what: Named])[]
  /** A 街坊 is called by its number alone where more of a list follows: 18、28街坊. */
  readonly blocks: ReadonlySet<string>
  readonly rooms: ReadonlySet<number>
}

export function namesOf(db: Reader, community: Community): Names {
  const rooms = [...enabledRooms(db), ...disabledRooms(db)]
  const known = new Map<string, Named>()
  const add = (name: string, what: Named) => {
    const key = fold(name).trim()
    if (key !== '' && !known.has(key)) known.set(key, what)
  }
  for (const room of rooms) add(room.topic, { room: room.id })
  for (const place of community.places) {
    for (const name of placeNames(place)) add(name, { place: place.id })
  }
  for (const room of rooms) {
    for (const tag of JSON.parse(room.tags) as string[]) add(tag, { tag })
  }
  return {
    known: [...known].sort(([a], [b]) => b.length - a.length),
    blocks: new Set(community.places.filter((p) => p.kind === 'block').map((p) => p.id)),
    rooms: new Set(rooms.map((room) => room.id)),
  }
}

function placeNames({ name, aliases }: Place): readonly string[] {
  return [name['zh-CN'], name['zh-TW'], ...aliases]
}

const EVERYBODY =
  /^(?:所有(?:人|群|居民)|全部(?:群|居民)?|全体(?:居民|群)?|各个?群|每个群|大家|全社区)(?=[\s,:、。!;]|$)/
/** What follows a name: 18街坊(的)(居民)(群). */
const KIND = /^的?(?:居民|业主|住户|邻居|人)?们?(?:微信)?(?:群里?)?/
const LISTED = /^\s*(?:[、,]|和|及|跟|与)\s*@?\s*/

function one(folded: string, names: Names): { what: Named; length: number } | undefined {
  const all = EVERYBODY.exec(folded)?.[0]
  if (all !== undefined) return { what: { all: true }, length: all.length }
  const prefix = /^(?:标签|#)\s*/.exec(folded)?.[0].length ?? 0
  const rest = folded.slice(prefix)
  const known = names.known.find(([name]) => rest.startsWith(name))
  const number = /^(?:群\s*(\d{1,6})|(\d{1,6})号群)/.exec(rest)
  const block = /^\d{1,4}(?=\s*(?:[、,]|和|及|跟|与)|群|\s|$)/.exec(rest)?.[0]
  if (known !== undefined) {
    const kind = KIND.exec(rest.slice(known[0].length))?.[0].length ?? 0
    return { what: known[1], length: prefix + known[0].length + kind }
  }
  const room = Number(number?.[1] ?? number?.[2])
  if (number !== null && names.rooms.has(room)) {
    return { what: { room: room as RoomId }, length: prefix + number[0].length }
  }
  if (block === undefined || !names.blocks.has(block)) return undefined
  const kind = KIND.exec(rest.slice(block.length))?.[0].length ?? 0
  return { what: { place: block }, length: prefix + block.length + kind }
}

/** Whom a folded text names at its beginning, and how much of it that takes. */
export type Addressees =
  | { readonly audience: Audience; readonly length: number }
  | { readonly unknown: string }

/** Reads a list such as 18街坊、28街坊居民群 和 老年. `undefined` when the text does not begin with one. */
export function readNames(folded: string, names: Names): Addressees | undefined {
  const found: Named[] = []
  let at = 0
  for (;;) {
    const next = one(folded.slice(at), names)
    if (next === undefined) break
    found.push(next.what)
    at += next.length
    const more = LISTED.exec(folded.slice(at))?.[0].length
    if (more === undefined) break
    const follows = one(folded.slice(at + more), names)
    const token = wordAt(folded.slice(at + more))
    if (follows === undefined) {
      // 给18街坊，停水: a comma ends the list; 给18街坊和36街坊 停水 names one that is not there.
      if (/[、和及跟与]/.test(folded.slice(at, at + more)) && token !== undefined) {
        return { unknown: token }
      }
      break
    }
    at += more
  }
  if (found.length === 0) {
    const unknown = wordAt(folded)
    return unknown === undefined ? undefined : { unknown }
  }
  return { audience: audienceOf(found), length: at }
}

/** A short word that ends before the text does: somebody's name, not the text itself. */
function wordAt(folded: string): string | undefined {
  const word = /^[^\s,:、。!;]{2,16}/.exec(folded)?.[0]
  if (word === undefined) return undefined
  const rest = folded.slice(word.length)
  return /^[\s,:]+\S/.test(rest) ? word : undefined
}

function audienceOf(found: readonly Named[]): Audience {
  if (found.some((each) => 'all' in each)) return { kind: 'all' }
  return {
    kind: 'some',
    rooms: [...new Set(found.flatMap((each) => ('room' in each ? [each.room] : [])))],
    places: [...new Set(found.flatMap((each) => ('place' in each ? [each.place] : [])))],
    tags: [...new Set(found.flatMap((each) => ('tag' in each ? [each.tag] : [])))],
  }
}
