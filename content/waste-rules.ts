import { z } from 'zod'
import { type Localized, localizedSchema, slug, strict, wallTime, words } from './fields.ts'
import {
  type Basis,
  citationSchema,
  report,
  sourceFinder,
  sourcesSchema,
  taken,
} from './sources.ts'
import { sameAs } from './survey-words.ts'
import type { WallTime } from './time.ts'

/** What goes where, and when it is collected: content/rules/waste.yaml. */

export const WASTE_KINDS = [
  'recyclable',
  'hazardous',
  'kitchen',
  'residual',
  'bulky',
  'construction',
] as const
/** The four classes of household waste, and what no bin takes. */
export type WasteKindId = (typeof WASTE_KINDS)[number]

const objectSchema = strict({
  name: localizedSchema,
  /** Other names of it, and things that are treated alike. */
  words: z.array(words).readonly().default([]),
  note: localizedSchema.optional(),
})
export type WasteObject = z.infer<typeof objectSchema>

export interface WasteKind {
  readonly id: WasteKindId
  readonly name: Localized
  readonly words: readonly string[]
  /** What to do with it. */
  readonly how: Localized
  /** Missing where no source is known. */
  readonly basis?: Basis
  readonly objects: readonly WasteObject[]
}

export interface WasteRules {
  /** Who knows more. */
  readonly ask: Localized
  readonly collection: {
    readonly times: readonly { readonly from: WallTime; readonly to: WallTime }[]
    /** A place of the map. */
    readonly place: string
    readonly by: Localized
  }
  readonly kinds: readonly WasteKind[]
}

const fileSchema = strict({
  sources: sourcesSchema,
  ask: localizedSchema,
  collection: strict({
    times: z
      .array(
        strict({ from: wallTime, to: wallTime }).refine(
          (time) => time.from < time.to,
          'expected the earlier time first',
        ),
      )
      .min(1)
      .readonly(),
    place: slug,
    by: localizedSchema,
  }),
  kinds: z
    .array(
      strict({
        id: z.enum(WASTE_KINDS),
        name: localizedSchema,
        words: z.array(words).readonly().default([]),
        how: localizedSchema,
        basis: citationSchema.optional(),
        objects: z.array(objectSchema).readonly(),
      }),
    )
    .readonly(),
})
type File = z.infer<typeof fileSchema>

export const wasteRulesSchema = fileSchema.transform((file, ctx): WasteRules => {
  const { sources, ask, collection } = file
  const find = sourceFinder(sources, ctx)
  ids(file, ctx)
  names(file, ctx)
  const kinds = file.kinds.map(({ basis, ...kind }, i): WasteKind => {
    const [found] = basis ? find(basis, ['kinds', i, 'basis']) : []
    return { ...kind, ...(found && { basis: found }) }
  })
  return { ask, collection, kinds }
})

function ids({ kinds }: File, ctx: z.RefinementCtx): void {
  for (const [i, { id }] of kinds.entries()) {
    if (kinds.findIndex((k) => k.id === id) < i) report(ctx, ['kinds', i, 'id'], taken(id))
  }
  for (const id of WASTE_KINDS) {
    if (!kinds.some((k) => k.id === id)) report(ctx, ['kinds'], `expected "${id}" as well`)
  }
}

/** A word leads to one thing only. */
function names({ kinds }: File, ctx: z.RefinementCtx): void {
  const owners = new Map<string, string>()
  const claim = (name: string, owner: Localized, path: readonly (string | number)[]) => {
    const key = sameAs(name)
    const other = owners.get(key)
    if (other !== undefined && other !== owner['zh-CN']) {
      report(ctx, path, `expected words of its own, "${name}" is "${other}" already`)
    }
    owners.set(key, owner['zh-CN'])
  }
  for (const [i, kind] of kinds.entries()) {
    for (const name of Object.values(kind.name)) claim(name, kind.name, ['kinds', i, 'name'])
    for (const [j, word] of kind.words.entries()) claim(word, kind.name, ['kinds', i, 'words', j])
    for (const [j, object] of kind.objects.entries()) {
      const path = ['kinds', i, 'objects', j]
      for (const name of Object.values(object.name)) claim(name, object.name, [...path, 'name'])
      for (const [k, word] of object.words.entries()) {
        claim(word, object.name, [...path, 'words', k])
      }
    }
  }
}
