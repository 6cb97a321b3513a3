import { z } from 'zod'
import { type LocalDate, toLocalDate, toWallTime, type WallTime } from './time.ts'

/** The building blocks of the schemas of content. Parsed values are frozen; unknown keys are errors. */

export const LANGS = ['zh-CN', 'zh-TW', 'en'] as const
export type Lang = (typeof LANGS)[number]

export const strict = <S extends z.core.$ZodLooseShape>(shape: S) =>
  z.strictObject(shape).readonly()

/** A list without repeats. */
export const distinct = <T extends z.ZodType<string | number>>(item: T) =>
  z
    .array(item)
    .readonly()
    .refine((list) => new Set(list).size === list.length, 'expected no value twice')

export const some = <T extends z.ZodType<string | number>>(item: T) =>
  distinct(item).refine((list) => list.length > 0, 'expected at least one value')

/** Text that `read` understands; `read` throws RangeError for what it does not. */
export function readBy<T>(read: (text: string) => T, expected: string) {
  return z.string().transform((text, ctx): T => {
    try {
      return read(text)
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      ctx.addIssue({ code: 'custom', message: `expected ${expected}, found "${text}"` })
      return z.NEVER
    }
  })
}

export const words = z.string().trim().min(1, 'expected some text')
export const slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected small letters, digits and single hyphens')
export const localDate: z.ZodType<LocalDate, string> = readBy(
  toLocalDate,
  'a day such as 2026-09-01',
)
export const wallTime: z.ZodType<WallTime, string> = readBy(toWallTime, 'a time such as 09:00')
export const weekday = z.literal(
  [1, 2, 3, 4, 5, 6, 7],
  'expected a weekday, 1 (Monday) to 7 (Sunday)',
)

export const localizedSchema = strict({ 'zh-CN': words, 'zh-TW': words, en: words })
export type Localized = z.infer<typeof localizedSchema>
