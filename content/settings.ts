import { z } from 'zod'
import { type Localized, wallTime } from './fields.ts'
import { type Content, populationSchema, quietHoursSchema, roundTimes } from './schema.ts'
import { currentSurvey, type Questionnaire } from './survey-schema.ts'

/**
 * What a committee may set otherwise than its content files, one by one. A value is checked by the schema that checks
 * the file; everybody else sees only the content that comes out of it.
 */

export type SettingKind =
  | 'quiet'
  | 'digest'
  | 'approval'
  | 'automatic'
  | 'round'
  | 'target'
  | 'population'
  | 'area'
  | 'caseDigest'

/** One thing to fill in. */
export type SettingField =
  | { readonly name: string; readonly type: 'time' | 'switch' }
  | {
      readonly name: string
      readonly type: 'number'
      readonly min: number
      readonly max: number
      readonly optional?: true
    }
  | {
      readonly name: string
      readonly type: 'choice'
      readonly options: readonly { readonly value: string; readonly label: Localized }[]
    }

export type SettingValue = Readonly<Record<string, string | number | boolean | undefined>>

export interface Setting {
  /** Under which it is kept; it holds for the same thing as long as the content has it. */
  readonly name: string
  readonly kind: SettingKind
  /** Which survey it is about, for those that there are one of for each. */
  readonly survey?: Questionnaire
  /** The content file in which it stands. */
  readonly file: string
  readonly fields: readonly SettingField[]
  /** What the content says. */
  read(content: Content): SettingValue
  /** The content with the value in it; `undefined` when the value does not fit. */
  write(content: Content, value: unknown): Content | undefined
}

interface Spec<T extends SettingValue> extends Omit<Setting, 'read' | 'write'> {
  readonly schema: z.ZodType<T>
  readonly read: (content: Content) => T
  /** `undefined` where the value does not go with the rest of the content. */
  readonly put: (content: Content, value: T) => Content | undefined
}

/** Closes over the type of the value, so that settings of all kinds stand in one list. */
function setting<T extends SettingValue>({ schema, put, ...spec }: Spec<T>): Setting {
  return {
    ...spec,
    write: (content, value) => {
      const checked = schema.safeParse(value)
      return checked.success ? put(content, checked.data) : undefined
    },
  }
}

const isOn = z.strictObject({ on: z.boolean() })
const atTime = z.strictObject({ at: wallTime })

const ALWAYS: readonly Setting[] = [
  setting({
    name: 'chat.quiet',
    kind: 'quiet',
    file: 'rules/chat.yaml',
    fields: [
      { name: 'from', type: 'time' },
      { name: 'to', type: 'time' },
    ],
    schema: quietHoursSchema,
    read: (c) => c.chat.quietHours,
    put: (c, quietHours) => ({ ...c, chat: { ...c.chat, quietHours } }),
  }),
  setting({
    name: 'chat.digest',
    kind: 'digest',
    file: 'rules/chat.yaml',
    fields: [{ name: 'at', type: 'time' }],
    schema: atTime,
    read: (c) => ({ at: c.chat.digestAt }),
    put: (c, { at }) => ({ ...c, chat: { ...c.chat, digestAt: at } }),
  }),
  setting({
    name: 'announcements.approval',
    kind: 'approval',
    file: 'rules/announcements.yaml',
    fields: [{ name: 'on', type: 'switch' }],
    schema: isOn,
    read: (c) => ({ on: c.announcementRules.approval }),
    put: (c, { on }) => ({ ...c, announcementRules: { ...c.announcementRules, approval: on } }),
  }),
  setting({
    name: 'reports.digest',
    kind: 'caseDigest',
    file: 'rules/reports.yaml',
    fields: [{ name: 'at', type: 'time' }],
    schema: atTime,
    read: (c) => ({ at: c.reportRules.digestAt }),
    put: (c, { at }) => ({ ...c, reportRules: { ...c.reportRules, digestAt: at } }),
  }),
  setting({
    name: 'surveys.automatic',
    kind: 'automatic',
    file: 'rules/surveys.yaml',
    fields: [{ name: 'on', type: 'switch' }],
    schema: isOn,
    read: (c) => ({ on: c.surveyRules.automatic }),
    put: (c, { on }) => ({ ...c, surveyRules: { ...c.surveyRules, automatic: on } }),
  }),
  setting({
    name: 'surveys.population',
    kind: 'population',
    file: 'rules/surveys.yaml',
    fields: ['people', 'households'].map((name) => ({
      name,
      type: 'number' as const,
      min: 1,
      max: 1_000_000,
      optional: true as const,
    })),
    schema: populationSchema,
    read: (c) => c.surveyRules.population ?? {},
    put: (c, population) => ({ ...c, surveyRules: { ...c.surveyRules, population } }),
  }),
]

/** Every setting that the content has, in the order in which they are shown. */
export function settingsOf(content: Content): readonly Setting[] {
  return [
    ...ALWAYS,
    ...content.surveyRules.rounds.flatMap(({ survey }) => {
      const asked = currentSurvey(content.surveys, survey)
      return asked === undefined ? [] : [roundSetting(asked), ...targetSetting(asked)]
    }),
    areaSetting(content),
  ]
}

/** On which day of the month a round opens, when, and for how many days. */
function roundSetting(survey: Questionnaire): Setting {
  const find = (c: Content) => c.surveyRules.rounds.find((r) => r.survey === survey.id)
  return setting<SettingValue>({
    name: `surveys.round.${survey.id}`,
    kind: 'round',
    survey,
    file: 'rules/surveys.yaml',
    fields: [
      { name: 'day', type: 'number', min: 1, max: 31 },
      { name: 'at', type: 'time' },
      { name: 'days', type: 'number', min: 1, max: 28 },
    ],
    schema: z.strictObject(roundTimes),
    read: (c) => {
      const { day, at, days } = find(c) ?? {}
      return { day, at, days }
    },
    put: (c, value) => {
      const rounds = c.surveyRules.rounds.map((r) =>
        r.survey === survey.id ? { ...r, ...value } : r,
      )
      const changed = { ...c, surveyRules: { ...c.surveyRules, rounds } }
      return askingFits(survey, find(changed)) ? changed : undefined
    },
  })
}

/** A round that asks one question a day has a day for each. */
export function askingFits(
  survey: Questionnaire,
  rule: { readonly mode: 'daily' | 'all'; readonly days: number } | undefined,
): boolean {
  return rule?.mode !== 'daily' || rule.days >= survey.items.length
}

/** Of rounds that are opened from then on: a round keeps the target that it was opened with. */
function targetSetting(survey: Questionnaire): Setting[] {
  if (survey.target === undefined) return []
  const find = (c: Content) => currentSurvey(c.surveys, survey.id)?.target
  return [
    setting({
      name: `surveys.target.${survey.id}`,
      kind: 'target',
      survey,
      file: `surveys/${survey.id}.v${survey.version}.yaml`,
      fields: [{ name: 'percent', type: 'number', min: 1, max: 100 }],
      schema: z.strictObject({ percent: z.int().min(1).max(100) }),
      read: (c) => ({ percent: Math.round(100 * (find(c)?.rate ?? 0)) }),
      put: (c, { percent }) => ({
        ...c,
        surveys: c.surveys.map((each) =>
          each.id === survey.id && each.target !== undefined
            ? { ...each, target: { ...each.target, rate: percent / 100 } }
            : each,
        ),
      }),
    }),
  ]
}

/** The class of the area in the city's noise map, which decides the limits. */
function areaSetting({ noiseRules }: Content): Setting {
  return setting({
    name: 'noise.area',
    kind: 'area',
    file: 'rules/noise.yaml',
    fields: [
      {
        name: 'area',
        type: 'choice',
        options: noiseRules.areas.map(({ id, name }) => ({ value: id, label: name })),
      },
    ],
    schema: z.strictObject({ area: z.string() }),
    read: (c) => ({ area: c.noiseRules.area.id }),
    put: (c, value) => {
      const area = c.noiseRules.areas.find(({ id }) => id === value.area)
      return area && { ...c, noiseRules: { ...c.noiseRules, area } }
    },
  })
}

export interface Effective {
  readonly content: Content
  /** Names of changed settings that do not go with the files any more: the files hold. */
  readonly unfit: readonly string[]
}

/** The content of the files with the changed settings in it, by their names. */
export function effectiveContent(files: Content, changed: ReadonlyMap<string, unknown>): Effective {
  const unfit: string[] = []
  let content = files
  for (const [name, value] of changed) {
    const written = settingsOf(files)
      .find((s) => s.name === name)
      ?.write(content, value)
    if (written === undefined) unfit.push(name)
    content = written ?? content
  }
  return { content, unfit }
}
