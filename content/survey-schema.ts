import { z } from 'zod'
import {
  distinct,
  type Lang,
  type Localized,
  localizedSchema,
  slug,
  some,
  strict,
  words,
} from './fields.ts'
import { itemProblems, questionnaireProblems } from './survey-rules.ts'
import { LEVEL_TEXTS, LEVELS, lengthOf, UNKNOWN_TEXT } from './survey-words.ts'

export { LEVEL_TEXTS, LEVELS, type Level, UNKNOWN_TEXT } from './survey-words.ts'

/** What a questionnaire may say. */

/** At most this long, in characters and in every language. */
const TITLE = 40
const FRAME_TEXT = 300

const level = z.literal(LEVELS, 'expected a level, 1 to 5')

/** When an answer sends a person on: one of the options was chosen, one of the levels, or 不清楚. */
const whenSchema = z.union(
  [
    strict({ options: some(slug) }),
    strict({ levels: some(level) }),
    strict({ unknown: z.literal(true) }),
  ],
  'expected "options", "levels" or "unknown: true"',
)
export type SkipCondition = z.infer<typeof whenSchema>

/** `to` is the id of a later item, or `end`. The first rule that fits an answer counts. */
const skipSchema = strict({ when: whenSchema, to: slug })
export type SkipRule = z.infer<typeof skipSchema>

const option = {
  id: slug,
  text: localizedSchema,
  /** Further ways to say it, in any language. */
  words: distinct(words).default([]),
}
const optionSchema = strict(option)
const knowledgeOptionSchema = strict({ ...option, correct: z.boolean().default(false) })
export type Option = z.infer<typeof optionSchema>
export type KnowledgeOption = z.infer<typeof knowledgeOptionSchema>

const few = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .min(2, 'expected 2 to 9 options')
    .max(9, 'expected 2 to 9 options, each has a digit')
    .readonly()

const common = {
  id: slug,
  text: localizedSchema,
  /** May be left out by who answers. */
  optional: z.boolean().default(false),
  skip: z.array(skipSchema).readonly().default([]),
}
const mayBeUnknown = z.boolean().default(false)
const alwaysUnknown = z.literal(true, 'expected true, 不清楚 is always offered here').default(true)

/** One level out of five. */
const scaleItem = strict({ ...common, type: z.literal('scale'), unknown: alwaysUnknown })
const singleItem = strict({
  ...common,
  type: z.literal('single'),
  unknown: mayBeUnknown,
  options: few(optionSchema),
})
const multipleItem = strict({
  ...common,
  type: z.literal('multiple'),
  unknown: mayBeUnknown,
  options: few(optionSchema),
})
/** With `choose: one`, any correct option is right, and so are several; with `many`, all correct ones and no other. */
const knowledgeItem = strict({
  ...common,
  type: z.literal('knowledge'),
  unknown: alwaysUnknown,
  choose: z.enum(['one', 'many']).default('one'),
  options: few(knowledgeOptionSchema),
})
/** Bounds are included. */
const numberItem = strict({
  ...common,
  type: z.literal('number'),
  unknown: mayBeUnknown,
  min: z.number(),
  max: z.number(),
  integer: z.boolean().default(true),
  unit: localizedSchema.optional(),
})
const textItem = strict({
  ...common,
  type: z.literal('text'),
  unknown: mayBeUnknown,
  /** Characters of an answer. */
  maxLength: z.int().min(1).max(500),
})

export type ScaleItem = z.infer<typeof scaleItem>
export type SingleItem = z.infer<typeof singleItem>
export type MultipleItem = z.infer<typeof multipleItem>
export type KnowledgeItem = z.infer<typeof knowledgeItem>
export type NumberItem = z.infer<typeof numberItem>
export type TextItem = z.infer<typeof textItem>
export type Item = ScaleItem | SingleItem | MultipleItem | KnowledgeItem | NumberItem | TextItem

const itemSchema = z
  .discriminatedUnion(
    'type',
    [scaleItem, singleItem, multipleItem, knowledgeItem, numberItem, textItem],
    { error: 'expected "type" to be scale, single, multiple, knowledge, number or text' },
  )
  .superRefine((item, ctx) => {
    for (const [path, message] of itemProblems(item)) {
      ctx.addIssue({ code: 'custom', path: [...path], message })
    }
  })

const rate = z.number().min(0).max(1)
/** What a round is held against. Satisfaction is that of one `item`; awareness is that of all knowledge items. */
const targetSchema = z.discriminatedUnion(
  'measure',
  [
    strict({ measure: z.literal('satisfaction'), item: slug, rate }),
    strict({ measure: z.literal('awareness'), rate }),
  ],
  { error: 'expected "measure" to be satisfaction or awareness' },
)
export type Target = z.infer<typeof targetSchema>

const brief = (most: number) =>
  localizedSchema.superRefine((text, ctx) => {
    for (const [lang, each] of Object.entries(text)) {
      const length = lengthOf(each)
      const message = `expected at most ${most} characters, found ${length}`
      if (length > most) ctx.addIssue({ code: 'custom', path: [lang], message })
    }
  })

export const questionnaireSchema = strict({
  id: slug,
  /** A published version never changes; a change is a new version. */
  version: z.int().min(1),
  kind: z.enum(['satisfaction', 'awareness', 'other']),
  title: brief(TITLE),
  intro: brief(FRAME_TEXT),
  thanks: brief(FRAME_TEXT),
  target: targetSchema.optional(),
  items: z.array(itemSchema).min(1, 'expected at least one item').readonly(),
}).superRefine((questionnaire, ctx) => {
  for (const [path, message] of questionnaireProblems(questionnaire)) {
    ctx.addIssue({ code: 'custom', path: [...path], message })
  }
})
export type Questionnaire = z.infer<typeof questionnaireSchema>

export interface Choice {
  /** What a person may type for it: the place in the list, a level, or 0 for 不清楚. */
  readonly digit: number
  /** An option's id, a level as text, or `unknown`. */
  readonly id: string
  readonly text: Localized
}

/** What can be chosen, in the order it is shown; nothing where a number or words are asked. */
export function choices(item: Item): readonly Choice[] {
  if (item.type === 'number' || item.type === 'text') return []
  const own: Choice[] =
    item.type === 'scale'
      ? LEVELS.map((digit) => ({ digit, id: String(digit), text: LEVEL_TEXTS[digit] }))
      : item.options.map(({ id, text }, i) => ({ digit: i + 1, id, text }))
  return item.unknown ? [...own, { digit: 0, id: 'unknown', text: UNKNOWN_TEXT }] : own
}

/** The question with its choices, a line each. */
export function questionText(item: Item, lang: Lang): string {
  const lines = choices(item).map(({ digit, text }) => `${digit} ${text[lang]}`)
  return [item.text[lang], ...lines].join('\n')
}

/** The highest version of the questionnaire `id`, the one that new rounds use. */
export function currentSurvey(
  surveys: readonly Questionnaire[],
  id: string,
): Questionnaire | undefined {
  return surveys
    .filter((q) => q.id === id)
    .reduce<Questionnaire | undefined>(
      (best, q) => (best && best.version > q.version ? best : q),
      undefined,
    )
}
