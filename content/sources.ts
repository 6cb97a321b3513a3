import { z } from 'zod'
import { localDate, localizedSchema, slug, strict } from './fields.ts'

/** Where a rule comes from. What nobody has a source for is not written down as a norm. */
const sourceSchema = strict({
  id: slug,
  title: localizedSchema,
  /** The day from which the text is in force, or that it carries. */
  date: localDate,
  /** `read`: in the text itself. `secondary`: on a page about it; to be compared with the text before it is shown to an inspector. */
  evidence: z.enum(['read', 'secondary']),
})
export type Source = z.infer<typeof sourceSchema>

export const sourcesSchema = z.array(sourceSchema).readonly()

/** A place in a source, as the file has it: the source by its id. */
export const citationSchema = strict({
  source: slug,
  articles: z.array(z.int().min(1)).readonly().default([]),
  /** What it says there, in short and in plain words. */
  says: localizedSchema.optional(),
})
export type Citation = z.infer<typeof citationSchema>

/** A citation with its source. */
export interface Basis {
  readonly source: Source
  readonly articles: readonly number[]
  readonly says?: Citation['says']
}

type Path = readonly (string | number)[]

/** Finds the sources of a file by their ids; what is not there becomes an issue at its path. */
export function sourceFinder(sources: readonly Source[], ctx: z.RefinementCtx) {
  const known = new Map<string, Source>()
  for (const [i, source] of sources.entries()) {
    if (known.has(source.id)) report(ctx, ['sources', i, 'id'], taken(source.id))
    known.set(source.id, source)
  }
  return (citation: Citation, path: Path): readonly Basis[] => {
    const source = known.get(citation.source)
    if (source !== undefined) return [{ ...citation, source }]
    report(
      ctx,
      [...path, 'source'],
      `expected a source of this file, there is no "${citation.source}"`,
    )
    return []
  }
}

export function report(ctx: z.RefinementCtx, path: Path, message: string): void {
  ctx.addIssue({ code: 'custom', path: [...path], message })
}

export function taken(id: string): string {
  return `expected an id of its own, "${id}" is taken`
}
