import { z } from 'zod'
import {
  type Localized,
  localDate,
  localizedSchema,
  slug,
  some,
  strict,
  wallTime,
} from './fields.ts'
import {
  type Basis,
  type Citation,
  citationSchema,
  report,
  sourceFinder,
  sourcesSchema,
  taken,
} from './sources.ts'
import type { LocalDate, WallTime } from './time.ts'

/** How loud it may be, and when certain work is not allowed: content/rules/noise.yaml. */

export const AREAS = ['0', '1', '2', '3', '4a', '4b'] as const
/** The class of an area in the city's noise map. */
export type Area = (typeof AREAS)[number]

const DAYS = ['every', 'workday', 'restday', 'exam'] as const

/** A time in which some kinds of noise are not allowed. */
export interface QuietWindow {
  /** Subtypes of noise. */
  readonly kinds: readonly string[]
  readonly on: (typeof DAYS)[number]
  /** Missing when it is the whole day; `from` may be later than `to`, then it holds on both ends of the day. */
  readonly hours?: { readonly from: WallTime; readonly to: WallTime }
  /** Missing for what is an agreement among neighbours only. */
  readonly basis?: Basis
}

export interface AreaLimits {
  readonly id: Area
  readonly name: Localized
  /** LAeq in dB(A). */
  readonly day: number
  readonly night: number
  readonly basis: Basis
}

export interface NoiseRules {
  readonly city: { readonly id: string; readonly name: Localized }
  /** The class that holds here. */
  readonly area: AreaLimits
  readonly areas: readonly AreaLimits[]
  readonly day: { readonly from: WallTime; readonly to: WallTime }
  readonly nightBasis: Basis
  readonly examDays: readonly { readonly from: LocalDate; readonly to: LocalDate }[]
  /** Those of the whole country and of the city. */
  readonly windows: readonly QuietWindow[]
}

const decibels = z.number().min(20).max(120)

const windowSchema = strict({
  kinds: some(slug),
  on: z.enum(DAYS),
  from: wallTime.optional(),
  to: wallTime.optional(),
  basis: citationSchema.optional(),
}).refine(
  (w) => (w.from === undefined) === (w.to === undefined) && (w.from ?? '') !== (w.to ?? '-'),
  'expected two different times "from" and "to", or neither for the whole day',
)
type WindowEntry = z.infer<typeof windowSchema>

const fileSchema = strict({
  city: slug,
  area: z.enum(AREAS),
  day: strict({ from: wallTime, to: wallTime }).refine(
    ({ from, to }) => minutes(to) - minutes(from) === 16 * 60,
    'expected sixteen hours, the night has eight',
  ),
  examDays: z
    .array(
      strict({ from: localDate, to: localDate }).refine(
        (days) => days.from <= days.to,
        'expected the first day before the last',
      ),
    )
    .readonly(),
  sources: sourcesSchema,
  nightBasis: citationSchema,
  areas: z
    .array(
      strict({
        id: z.enum(AREAS),
        name: localizedSchema,
        day: decibels,
        night: decibels,
        basis: citationSchema,
      }).refine((a) => a.night <= a.day, 'expected no more at night than by day'),
    )
    .readonly(),
  everywhere: z.array(windowSchema).readonly(),
  cities: z
    .array(
      strict({ id: slug, name: localizedSchema, windows: z.array(windowSchema).min(1).readonly() }),
    )
    .readonly(),
})

export const noiseRulesSchema = fileSchema.transform((file, ctx): NoiseRules => {
  const find = sourceFinder(file.sources, ctx)
  uniqueIds(file.areas, 'areas', ctx)
  uniqueIds(file.cities, 'cities', ctx)
  const windowsAt = (list: readonly WindowEntry[], path: Path) =>
    list.map((w, i) => quietWindow(w, [...path, i], find))
  const areas = file.areas.flatMap((a, i) => {
    const [basis] = find(a.basis, ['areas', i, 'basis'])
    return basis ? [{ ...a, basis }] : []
  })
  const windows = file.cities.map((c, i) => windowsAt(c.windows, ['cities', i, 'windows']))
  const everywhere = windowsAt(file.everywhere, ['everywhere'])
  const [nightBasis] = find(file.nightBasis, ['nightBasis'])
  const area = areas.find((a) => a.id === file.area)
  const here = file.cities.findIndex((c) => c.id === file.city)
  const city = file.cities[here]
  if (!file.areas.some((a) => a.id === file.area)) {
    report(ctx, ['area'], `expected a class listed under "areas", found "${file.area}"`)
  }
  if (!city) report(ctx, ['city'], `expected a city listed under "cities", found "${file.city}"`)
  if (!nightBasis || !area || !city) return z.NEVER
  return {
    city: { id: city.id, name: city.name },
    area,
    areas,
    day: file.day,
    nightBasis,
    examDays: file.examDays,
    windows: [...everywhere, ...(windows[here] ?? [])],
  }
})

type Path = readonly (string | number)[]

function quietWindow(
  { kinds, on, from, to, basis }: WindowEntry,
  path: Path,
  find: (citation: Citation, path: Path) => readonly Basis[],
): QuietWindow {
  const [found] = basis ? find(basis, [...path, 'basis']) : []
  return {
    kinds,
    on,
    ...(from !== undefined && to !== undefined && { hours: { from, to } }),
    ...(found && { basis: found }),
  }
}

function uniqueIds(
  list: readonly { readonly id: string }[],
  name: string,
  ctx: z.RefinementCtx,
): void {
  for (const [i, { id }] of list.entries()) {
    if (list.findIndex((other) => other.id === id) < i) report(ctx, [name, i, 'id'], taken(id))
  }
}

function minutes(time: WallTime): number {
  const [hours = 0, rest = 0] = time.split(':').map(Number)
  return 60 * hours + rest
}
