import { z } from 'zod'
import { type Localized, localizedSchema, slug, strict, wallTime } from './fields.ts'
import {
  type Basis,
  citationSchema,
  report,
  sourceFinder,
  sourcesSchema,
  taken,
} from './sources.ts'
import type { WallTime } from './time.ts'

/** What kinds of problems residents report, and what becomes of them: content/rules/reports.yaml. */

export const CATEGORIES = [
  'noise',
  'waste',
  'fumes',
  'greenery',
  'animals',
  'lights',
  'parking',
  'facility',
  'safety',
  'other',
] as const
export type Category = (typeof CATEGORIES)[number]

/** Working days, make-up Saturdays and Sundays included; or hours that run day and night. */
export type Limit = { readonly workdays: number } | { readonly hours: number }

const limitSchema: z.ZodType<Limit> = z.union([
  strict({ workdays: z.int().min(1).max(90) }),
  strict({ hours: z.int().min(1).max(720) }),
])

/** Who has a new case first. */
const HANDLERS = ['staff', 'steward', 'partner'] as const
export type HandlerRole = (typeof HANDLERS)[number]

const own = {
  name: localizedSchema,
  /** Until somebody has taken it up with the resident. */
  respond: limitSchema,
  /** Until it is dealt with. */
  resolve: limitSchema,
  urgent: z.boolean(),
  handler: z.enum(HANDLERS),
  basis: z.array(citationSchema).readonly(),
  /** What the resident is told will happen. */
  next: localizedSchema,
}

const subtypeSchema = strict({
  id: slug,
  name: localizedSchema,
  /** What is left out is as in the category. */
  respond: own.respond.optional(),
  resolve: own.resolve.optional(),
  urgent: own.urgent.optional(),
  handler: own.handler.optional(),
  basis: own.basis.optional(),
  next: own.next.optional(),
})
type SubtypeEntry = z.infer<typeof subtypeSchema>

const categorySchema = strict({
  id: z.enum(CATEGORIES),
  ...own,
  subtypes: z.array(subtypeSchema).min(1).readonly(),
})
type CategoryEntry = z.infer<typeof categorySchema>

/** What holds for a kind of problem, everything filled in. */
export interface ReportKind {
  readonly category: Category
  readonly subtype: string
  readonly name: Localized
  readonly respond: Limit
  readonly resolve: Limit
  readonly urgent: boolean
  readonly handler: HandlerRole
  /** Empty where no source is known. */
  readonly basis: readonly Basis[]
  readonly next: Localized
}

export interface CategoryRule {
  readonly id: Category
  readonly name: Localized
  /** In the order in which people choose from them; one of them is `other`. */
  readonly subtypes: readonly ReportKind[]
}

export interface ReportRules {
  /** When a working day is over, for deadlines in working days. */
  readonly workdayEnds: WallTime
  /** When staff get the day's list, on working days. */
  readonly digestAt: WallTime
  readonly revisit: RevisitRules
  /** Every category, in the order in which people choose from them. */
  readonly categories: readonly CategoryRule[]
}

/** When the reporters are asked whether it is solved. */
export interface RevisitRules {
  readonly at: WallTime
  /** Days after it was closed. */
  readonly askDays: number
  /** Days until they are asked once more. */
  readonly againDays: number
  /** Days from then on without an answer until it counts as 未联系上. */
  readonly giveUpDays: number
  /** Days until a case that was revisited is archived. */
  readonly archiveDays: number
}

/** What holds for a kind of problem; a subtype that the content does not have counts as `other`. */
export function reportKind(
  rules: ReportRules,
  category: Category,
  subtype: string | null | undefined,
): ReportKind {
  const subtypes = rules.categories.find((c) => c.id === category)?.subtypes ?? []
  const found =
    subtypes.find((s) => s.subtype === subtype) ?? subtypes.find((s) => s.subtype === 'other')
  if (found === undefined) throw new Error(`the content has no kinds of ${category}`)
  return found
}

const days = z.int().min(1).max(90)

export const reportRulesSchema = strict({
  workdayEnds: wallTime,
  digestAt: wallTime,
  revisit: strict({
    at: wallTime,
    askDays: days,
    againDays: days,
    giveUpDays: days,
    archiveDays: days,
  }),
  sources: sourcesSchema,
  categories: z.array(categorySchema).readonly(),
}).transform(({ sources, categories, ...rest }, ctx): ReportRules => {
  const find = sourceFinder(sources, ctx)
  const seen = new Set<string>()
  for (const [i, { id }] of categories.entries()) {
    if (seen.has(id)) report(ctx, ['categories', i, 'id'], taken(id))
    seen.add(id)
  }
  for (const id of CATEGORIES) {
    if (!seen.has(id)) report(ctx, ['categories'], `expected the category "${id}" as well`)
  }
  return { ...rest, categories: categories.map((c, i) => category(c, i, find, ctx)) }
})

type Find = ReturnType<typeof sourceFinder>

function category(entry: CategoryEntry, i: number, find: Find, ctx: z.RefinementCtx): CategoryRule {
  const path = ['categories', i]
  const common = entry.basis.flatMap((c, k) => find(c, [...path, 'basis', k]))
  const seen = new Set<string>()
  const subtypes = entry.subtypes.map((s, j): ReportKind => {
    const here = [...path, 'subtypes', j]
    if (seen.has(s.id)) report(ctx, [...here, 'id'], taken(s.id))
    seen.add(s.id)
    const basis = s.basis?.flatMap((c, k) => find(c, [...here, 'basis', k])) ?? common
    const kind = filledIn(entry, s, basis)
    if (hoursOf(kind.respond) > hoursOf(kind.resolve)) {
      report(ctx, here, 'expected no more time to respond than to resolve')
    }
    return kind
  })
  if (!seen.has('other')) report(ctx, [...path, 'subtypes'], 'expected a subtype "other" as well')
  return { id: entry.id, name: entry.name, subtypes }
}

function filledIn(entry: CategoryEntry, s: SubtypeEntry, basis: readonly Basis[]): ReportKind {
  return {
    category: entry.id,
    subtype: s.id,
    name: s.name,
    respond: s.respond ?? entry.respond,
    resolve: s.resolve ?? entry.resolve,
    urgent: s.urgent ?? entry.urgent,
    handler: s.handler ?? entry.handler,
    basis,
    next: s.next ?? entry.next,
  }
}

/** For comparing two limits only: a working day is at least a day. */
function hoursOf(limit: Limit): number {
  return 'hours' in limit ? limit.hours : limit.workdays * 24
}
