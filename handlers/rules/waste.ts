import type { WasteKind, WasteObject, WasteRules } from '../../content/waste-rules.ts'
import { normalise } from '../core/text/normalise.ts'

/** A thing and where it goes; without `object` it is the kind of waste itself. */
export interface WasteFound {
  readonly kind: WasteKind
  readonly object?: WasteObject
}

const indexes = new WeakMap<WasteRules, ReadonlyMap<string, WasteFound>>()

/** What goes by that name, in any of the languages, and by no other word around it. */
export function findWaste(rules: WasteRules, name: string): WasteFound | undefined {
  return indexOf(rules).get(plain(name))
}

function indexOf(rules: WasteRules): ReadonlyMap<string, WasteFound> {
  const known = indexes.get(rules)
  if (known !== undefined) return known
  const index = new Map<string, WasteFound>()
  for (const kind of rules.kinds) {
    for (const name of [...Object.values(kind.name), ...kind.words])
      index.set(plain(name), { kind })
    for (const object of kind.objects) {
      for (const name of [...Object.values(object.name), ...object.words]) {
        index.set(plain(name), { kind, object })
      }
    }
  }
  indexes.set(rules, index)
  return index
}

function plain(name: string): string {
  return normalise(name).replace(/[\p{P}\p{S}\s]/gu, '')
}
