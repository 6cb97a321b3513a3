import type { Community } from '../../content/schema.ts'
import { fold } from '../core/text/fold.ts'
import { addressesIn } from './place-address.ts'
import { type Atom, nothingTaken } from './place-atom.ts'
import { hasStop, namesIn, spotsIn } from './place-names.ts'
import type { PlaceFound } from './types.ts'

/**
 * The places that a resident's words name, the most telling first: numbered ones (三号楼二单元五零一, 3-2-501, 18街坊86门),
 * spots (垃圾房, 东门), named ones (锦绣家园小区三期附近), relative ones (楼上) and those outside (我妈那个小区). Words that
 * belong together are one place: `3号楼和4号楼中间`. The id is that of the unit or building, never of a flat, and only
 * where the words name one place of the map. 2楼 and 602 are relative; a bare 3号 is no place. Never throws.
 */
export function findPlaces(text: string, community: Community): readonly PlaceFound[] {
  const folded = fold(text.slice(0, MAX_LENGTH))
  const taken = nothingTaken(folded.length)
  const atoms = [
    ...spotsIn(folded, community, taken),
    ...addressesIn(folded, community, taken),
    ...namesIn(folded, taken),
  ]
  atoms.sort((a, b) => a.start - b.start)
  return chains(folded, atoms.filter(isPlaced))
    .filter((chain) => chain.some(({ kind }) => kind !== 'near'))
    .map((chain) => ({ chain, score: scoreOf(chain) }))
    .sort((a, b) => b.score - a.score || startOf(a.chain) - startOf(b.chain))
    .map(({ chain }) => placeOf(text, folded, chain, isBehindName(chain, atoms, folded)))
}

/** 上 and 里 only right behind another word of place. */
function isPlaced(atom: Atom, i: number, atoms: readonly Atom[]): boolean {
  return atom.kind !== 'near' || atom.end - atom.start > 1 || atoms[i - 1]?.end === atom.start
}

const MAX_LENGTH = 2000

type Chain = readonly Atom[]

/** Signs of a name without an ending of its own: 恒大御景|半岛|三期. */
const NAME_ONLY = /^[\u4e00-\u9fff\w]{1,8}$/
const JOINED = /^(?:的|之|业主|住户|居民|村民|、|,|和|与|跟|及|到|至|靠|\s|["“”()（）·-])?$/
/** 楼下新开的酒吧. */
const A_SHOP = /^(?:的?(?:那|这|有)[家间个]|(?:那家)?新?开的)$/
const AND = /和|与|跟|及|到|至|、|,/

/** Atoms side by side, or with 的 or 和 between them, are one place. */
function chains(text: string, atoms: readonly Atom[]): readonly Chain[] {
  const found: Atom[][] = []
  for (const atom of atoms) {
    const chain = found.at(-1)
    const last = chain?.at(-1)
    if (chain && last && joins(last, atom, text.slice(last.end, atom.start))) chain.push(atom)
    else found.push([atom])
  }
  return found
}

function joins(last: Atom, next: Atom, gap: string): boolean {
  if (last.kind === 'name' && /name|address|spot/.test(next.kind) && isName(gap)) return true
  if (last.kind === 'relative' && /name|spot/.test(next.kind) && A_SHOP.test(gap)) return true
  if (!JOINED.test(gap)) return false
  if (next.kind === 'relative') return gap === ''
  if (gap === '') return true
  if (next.kind === 'near') return !AND.test(gap)
  if (/[,、]/.test(gap)) return last.kind === next.kind && next.kind === 'address'
  if (next.kind === 'name' && next.end - next.start > 6) return !gap.includes('的')
  return next.kind !== 'home'
}

function isName(gap: string): boolean {
  return NAME_ONLY.test(gap) && !hasStop(gap)
}

function startOf(chain: Chain): number {
  return chain[0]?.start ?? 0
}

const SCORE: Readonly<Record<Atom['kind'], number>> = {
  ...{ address: 8, name: 6, spot: 5, relative: 4, home: 2, near: 0, elsewhere: 9 },
}

function scoreOf(chain: Chain): number {
  const best = Math.max(
    ...chain.map(({ kind, id, weight = 0 }) => SCORE[kind] + weight + (id === undefined ? 0 : 2)),
  )
  const length = (chain.at(-1)?.end ?? 0) - startOf(chain)
  return best + Math.min(length, 20) / 100 + weightOfName(chain, length)
}

/** A long name is somewhere else for sure; A3区 alone says little. */
function weightOfName(chain: Chain, length: number): number {
  if (!chain.some(({ kind }) => kind === 'name')) return 0
  if (length > 5) return 1.5
  return length > 3 ? 0 : -0.5
}

/** 锦绣和城12栋: the building belongs to a name that was only half understood. */
function isBehindName(chain: Chain, atoms: readonly Atom[], text: string): boolean {
  const start = startOf(chain)
  return atoms.some(
    ({ kind, end }) => kind === 'name' && end < start && NAME_ONLY.test(text.slice(end, start)),
  )
}

function placeOf(text: string, folded: string, chain: Chain, isForeign: boolean): PlaceFound {
  const [start, end] = [startOf(chain), chain.at(-1)?.end ?? 0]
  const id = idOf(chain, folded)
  const isElsewhere = chain.some(({ kind }) => kind === 'elsewhere')
  const isRelative =
    chain.every(({ kind }) => /relative|near|home/.test(kind)) &&
    chain.some(({ kind }) => kind === 'relative')
  return {
    text: text.slice(start, end).trim(),
    ...(id !== undefined && !isElsewhere && !isForeign && { id }),
    ...(isRelative && { relative: true }),
    ...(isElsewhere && { elsewhere: true }),
  }
}

/** 3号楼楼道 is the building, 3号楼旁边的垃圾房 the waste station, 锦绣家园3号楼 somebody else's. */
function idOf(chain: Chain, text: string): string | undefined {
  if (chain.some(({ kind }) => kind === 'name')) return undefined
  const known = chain.filter(({ id }) => id !== undefined)
  if (known.length < 2)
    return chain.some(({ kind, id }) => kind === 'address' && id === undefined)
      ? undefined
      : known[0]?.id
  const [first, second] = known
  const between = text.slice(first?.end, second?.start)
  if (known.length > 2 || AND.test(between)) return undefined
  if (first?.kind === second?.kind) return undefined
  return between === '' || between === '的' ? first?.id : second?.id
}
