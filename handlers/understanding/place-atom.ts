import type { PlaceId } from '../../content/map.ts'
import type { Range } from '../core/text/fold.ts'
import { mayFit } from './needed.ts'

/**
 * A word or two about a place. `address` is numbered (3号楼2单元), `spot` a spot of the map or of any community (垃圾房,
 * 楼道), `name` something with a name of its own (锦绣家园小区, 人民路), `home` the community itself (我们小区), `near` where
 * from there (附近, 门口), `relative` from the speaker's own home (楼上), `elsewhere` outside the community (我妈那个小区).
 */
export interface Atom extends Range {
  readonly kind: 'address' | 'spot' | 'name' | 'home' | 'near' | 'relative' | 'elsewhere'
  readonly id?: PlaceId
  /** Tells more, or less, than its kind does: 三楼, 我家. */
  readonly weight?: number
}

/** The matches of a pattern as atoms of one kind, those over words already taken left out. */
export function atomsOf(kind: Atom['kind'], pattern: RegExp, text: string, taken: Taken): Atom[] {
  const atoms: Atom[] = []
  if (!mayFit(pattern, text)) return atoms
  pattern.lastIndex = 0
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const range = { start: match.index, end: match.index + match[0].length }
    if (taken.take(range)) atoms.push({ kind, ...range })
    // 楼顶 in 3号楼顶楼 is not free, but the 顶楼 that overlaps it is.
    else pattern.lastIndex = match.index + 1
  }
  return atoms
}

/** Which signs of a text have been read already. */
export interface Taken {
  /** False, and nothing is taken, where a part of the range was taken before. */
  take(range: Range): boolean
  /** The end of the last range taken before `index`. */
  endBefore(index: number): number
}

export function nothingTaken(length: number): Taken {
  const signs = new Uint8Array(length)
  return {
    take({ start, end }) {
      if (start >= end || signs.subarray(start, end).includes(1)) return false
      signs.fill(1, start, end)
      return true
    },
    endBefore(index) {
      let end = index
      while (end > 0 && signs[end - 1] === 0) end--
      return end
    },
  }
}
