import { z } from 'zod'
import {
  distinct,
  type Lang,
  type Localized,
  localizedSchema,
  slug,
  strict,
  words,
} from './fields.ts'

/** The id of a place on the community's map, such as `18`, `18-86` or `east-gate`. */
export type PlaceId = string

const PLACE_KINDS = ['block', 'building', 'entrance', 'unit', 'spot'] as const
/** 街坊 · 号楼 · 门 (a staircase with its own number) · 单元 (a staircase of a building) · anything else. */
export type PlaceKind = (typeof PLACE_KINDS)[number]

export interface Place {
  readonly id: PlaceId
  readonly kind: PlaceKind
  /** The name it goes by outside its parent too: 18街坊86门, 3号楼2单元. */
  readonly name: Localized
  readonly aliases: readonly string[]
  readonly parent?: PlaceId
}

/** A place as the file has it, or with `range` a run of them. `{n}` and `{parent}` in names are filled in. */
interface PlaceNode {
  readonly id?: string | undefined
  readonly range?: readonly [number, number] | undefined
  readonly kind: PlaceKind
  readonly name: Localized
  readonly aliases: readonly string[]
  readonly parts: readonly PlaceNode[]
}

const placeNode: z.ZodType<PlaceNode> = z.lazy(() =>
  strict({
    id: slug.optional(),
    /** First and last number; the ids are the parent's id, a hyphen and the number. */
    range: z
      .tuple([z.int().min(1), z.int().max(9999)])
      .refine(([from, to]) => from <= to, 'expected the smaller number first')
      .readonly()
      .optional(),
    kind: z.enum(PLACE_KINDS),
    name: localizedSchema,
    aliases: distinct(words).default([]),
    parts: z.array(placeNode).readonly().default([]),
  }).refine((n) => (n.id === undefined) !== (n.range === undefined), 'expected an id or a range'),
)

type NodePath = readonly (string | number)[]

/** The places of a list of nodes, parents before their parts, each with the path of its node. */
function* expand(
  nodes: readonly PlaceNode[],
  path: NodePath = [],
  parent?: Place,
): Generator<{ place: Place; path: NodePath }> {
  for (const [i, node] of nodes.entries()) {
    const here = [...path, i]
    const [first, last] = node.range ?? [0, 0]
    for (let n = first; n <= last; n++) {
      const id = node.id ?? (parent ? `${parent.id}-${n}` : String(n))
      const fill = (text: string, lang: Lang) =>
        text.replaceAll('{n}', String(n)).replaceAll('{parent}', parent?.name[lang] ?? '')
      const name = {
        'zh-CN': fill(node.name['zh-CN'], 'zh-CN'),
        'zh-TW': fill(node.name['zh-TW'], 'zh-TW'),
        en: fill(node.name.en, 'en'),
      }
      const aliases = node.aliases.map((alias) => fill(alias, 'zh-CN'))
      const place: Place = {
        id,
        kind: node.kind,
        name,
        aliases,
        ...(parent && { parent: parent.id }),
      }
      yield { place, path: here }
      yield* expand(node.parts, [...here, 'parts'], place)
    }
  }
}

/** A word names one place: ids, Chinese names and aliases are each unique in the community. */
export const placesSchema = z.array(placeNode).transform((nodes, ctx): readonly Place[] => {
  const places: Place[] = []
  const owner = new Map<string, PlaceId>()
  for (const { place, path } of expand(nodes)) {
    const names = new Set([place.name['zh-CN'], place.name['zh-TW'], ...place.aliases])
    for (const name of [`id ${place.id}`, ...names]) {
      const other = owner.get(name)
      if (other !== undefined) {
        const message = `expected each place once, "${name}" is both ${other} and ${place.id}`
        ctx.addIssue({ code: 'custom', path: [...path], message })
      }
      owner.set(name, place.id)
    }
    places.push(place)
  }
  return places
})
