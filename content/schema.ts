import { z } from 'zod'
import type { AnnouncementRules } from './announcement-rules.ts'
import {
  distinct,
  localDate,
  localizedSchema,
  readBy,
  slug,
  some,
  strict,
  wallTime,
  weekday,
  words,
} from './fields.ts'
import { placesSchema } from './map.ts'
import type { NoiseRules } from './noise-rules.ts'
import type { ReportRules } from './report-rules.ts'
import type { SignUpRules } from './sign-up-rules.ts'
import type { Questionnaire } from './survey-schema.ts'
import { type LocalDate, toLocalDate, toWallTime, type Weekday } from './time.ts'
import type { WasteRules } from './waste-rules.ts'

export { LANGS, type Lang, type Localized } from './fields.ts'

/** What content files may say. */

/** A day of any year; 02-29 is one. */
const yearDay = readBy((text) => {
  toLocalDate(`2024-${text}`)
  return text
}, 'a day of the year such as 06-05')
const lunarDay = z
  .string()
  .regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|30)$/, 'expected a lunar month and day such as 09-09')

/** The 15th; or the second Thursday, with -1 the last one. */
export type DayOfMonth =
  | { readonly day: number }
  | { readonly nth: 1 | 2 | 3 | 4 | 5 | -1; readonly weekday: Weekday }

const dayOfMonth = {
  day: z.int().min(1).max(31).optional(),
  nth: z.literal([1, 2, 3, 4, 5, -1], 'expected 1 to 5, or -1 for the last').optional(),
  weekday: weekday.optional(),
}
const dayOfMonthSchema = z.object(dayOfMonth)

function oneDay(rule: z.infer<typeof dayOfMonthSchema>, ctx: z.RefinementCtx): DayOfMonth {
  const { day, nth, weekday } = rule
  if (day !== undefined && nth === undefined && weekday === undefined) return { day }
  if (day === undefined && nth !== undefined && weekday !== undefined) return { nth, weekday }
  ctx.addIssue({ code: 'custom', message: 'expected either "day", or "nth" and "weekday"' })
  return z.NEVER
}

const quarterMonth = z.literal([1, 2, 3], 'expected the month of the quarter, 1 to 3')

const EVERY =
  'expected "every" to be day, workday, schoolday, week, month, quarter, year, lunar or once'

/**
 * `day` past the end of a month means its last day, and 02-29 means 02-28 in a common year; a fifth weekday
 * is left out in a month without one; a lunar day 30 means 29 in a short month, and leap months never count.
 * A week's `interval` counts from the Monday of the week of the programme's `from`.
 */
const recurrenceSchema = z.discriminatedUnion(
  'every',
  [
    strict({ every: z.literal('day') }),
    strict({ every: z.literal('workday') }),
    strict({ every: z.literal('schoolday') }),
    strict({
      every: z.literal('week'),
      on: some(weekday),
      interval: z.int().min(1).max(52).default(1),
    }),
    strict({ every: z.literal('month'), ...dayOfMonth }).transform((rule, ctx) => ({
      every: rule.every,
      ...oneDay(rule, ctx),
    })),
    strict({ every: z.literal('quarter'), month: quarterMonth, ...dayOfMonth }).transform(
      (rule, ctx) => ({ every: rule.every, month: rule.month, ...oneDay(rule, ctx) }),
    ),
    strict({ every: z.literal('year'), dates: some(yearDay) }),
    strict({ every: z.literal('lunar'), dates: some(lunarDay) }),
    strict({ every: z.literal('once'), dates: some(localDate) }),
  ],
  { error: EVERY },
)
export type Recurrence = z.infer<typeof recurrenceSchema>

const reminderSchema = z.union([
  strict({ daysBefore: z.int().min(0).max(60), at: wallTime }),
  strict({ minutesBefore: z.int().min(1).max(1440) }),
])
export type ReminderOffset = z.infer<typeof reminderSchema>

/** Evening before at 19:00, and half an hour before the start. */
const USUAL_REMINDERS: readonly ReminderOffset[] = [
  { daysBefore: 1, at: toWallTime('19:00') },
  { minutesBefore: 30 },
]

const audienceSchema = strict({
  places: some(slug).optional(),
  tags: some(words).optional(),
}).refine((a) => a.places !== undefined || a.tags !== undefined, 'expected places or tags')

const PROGRAMME_KINDS = [
  'entertainment',
  'lecture',
  'review',
  'exhibition',
  'science',
  'school',
  'legal',
  'team',
] as const

export const programmeSchema = strict({
  id: slug,
  name: localizedSchema,
  kind: z.enum(PROGRAMME_KINDS),
  recurrence: recurrenceSchema,
  starts: wallTime,
  minutes: z.int().min(1).max(720),
  venue: localizedSchema,
  host: localizedSchema.optional(),
  /** Take turns, a day each. */
  topics: z.array(localizedSchema).min(1).readonly().optional(),
  /** Its topics come from the lecture plan. */
  lectures: z.boolean().default(false),
  /** Left out: every group of residents. A group belongs when its place lies in one of `places` or it has one of `tags`. */
  audience: audienceSchema.optional(),
  capacity: z.int().min(1).optional(),
  signUp: z.boolean().default(false),
  /** Left out: the usual ones. */
  reminders: z.array(reminderSchema).readonly().default(USUAL_REMINDERS),
  /** A line for residents. */
  note: localizedSchema.optional(),
  onHoliday: z.enum(['hold', 'skip', 'move']),
  yearlyTarget: z.int().min(1).optional(),
  from: localDate.optional(),
  until: localDate.optional(),
}).superRefine((programme, ctx) => {
  for (const [path, message] of contradictions(programme)) {
    ctx.addIssue({ code: 'custom', path, message })
  }
})
export type Programme = z.infer<typeof programmeSchema>

type ProgrammeFacts = Pick<
  Programme,
  'recurrence' | 'starts' | 'topics' | 'lectures' | 'capacity' | 'signUp' | 'reminders'
> & { readonly from?: LocalDate | undefined; readonly until?: LocalDate | undefined }

function* contradictions(p: ProgrammeFacts): Generator<[path: (string | number)[], why: string]> {
  if (p.from !== undefined && p.until !== undefined && p.until < p.from) {
    yield [['until'], 'expected a day on or after "from"']
  }
  if (p.recurrence.every === 'week' && p.recurrence.interval > 1 && p.from === undefined) {
    yield [['recurrence', 'interval'], 'expected "from" as well, the week to count from']
  }
  if (p.capacity !== undefined && !p.signUp) {
    yield [['capacity'], 'expected "signUp: true" as well, seats are given by sign-up']
  }
  if (p.topics && p.lectures) {
    yield [['topics'], 'expected no topics here, "lectures: true" takes them from the lecture plan']
  }
  if (p.topics && !['day', 'workday', 'schoolday'].includes(p.recurrence.every)) {
    yield [['topics'], 'expected topics only with every day, workday or schoolday']
  }
  const seen = new Set<string>()
  for (const [i, reminder] of p.reminders.entries()) {
    const key = JSON.stringify(reminder)
    if (seen.has(key)) yield [['reminders', i], 'expected no reminder twice']
    seen.add(key)
    if ('at' in reminder && reminder.daysBefore === 0 && reminder.at >= p.starts) {
      yield [['reminders', i, 'at'], `expected a time before the start at ${p.starts}`]
    }
  }
}

/** `places` is the map as a list, every place after its parent. */
export const communitySchema = strict({
  name: localizedSchema,
  botName: words,
  botNicknames: distinct(words).default([]),
  /** What voice input makes of the name; a person may be called so, hence only plain commands are answered. */
  botSoundsLike: distinct(words).default([]),
  /** The topic of the staff's group. */
  staffRoom: words,
  places: placesSchema,
})
export type Community = z.infer<typeof communitySchema>

/** The groups and people that the sandbox starts with. */
export const demoSchema = strict({
  rooms: z
    .array(
      strict({
        topic: words,
        kind: z.enum(['residents', 'staff']),
        place: slug.optional(),
        tags: distinct(words).default([]),
      }),
    )
    .readonly(),
  people: z
    .array(
      strict({
        name: words,
        role: z.enum(['resident', 'partner', 'steward', 'staff', 'owner']),
        /** A steward's beat. */
        beat: slug.optional(),
        /** The groups the person is in, with the name used there. */
        rooms: z.array(strict({ topic: words, alias: words.optional() })).readonly(),
      }),
    )
    .readonly(),
  /** Topics of the lecture plan, a week each, over and over. */
  lectures: z
    .array(strict({ topic: words, speaker: words }))
    .readonly()
    .default([]),
})
export type Demo = z.infer<typeof demoSchema>

/** When Linli starts nothing by itself; may cross midnight. */
export const quietHoursSchema = strict({ from: wallTime, to: wallTime }).refine(
  (window) => window.from !== window.to,
  'expected two different times',
)

export const chatRulesSchema = strict({
  quietHours: quietHoursSchema,
  /** When the morning digest goes out. */
  digestAt: wallTime,
  pacing: strict({
    /** Between two messages to one room, plus up to the jitter. */
    roomSeconds: z.number().min(0).max(3600),
    roomJitterSeconds: z.number().min(0).max(3600),
    /** Of the whole account. */
    perMinute: z.int().min(1),
    perDay: z.int().min(1),
  }),
  /** Characters in one message. */
  maxTextLength: z.int().min(50).max(5000),
  /** A message that is older when it arrives is history, not a request. */
  staleMinutes: z.int().min(1),
  dialogueHours: z.int().min(1),
  codeHours: z.int().min(1),
})
export type ChatRules = z.infer<typeof chatRulesSchema>

/** Lists of words by name: what triggers a command, what to suggest. No list has a word twice. */
export const wordsSchema = z.record(words, some(words))
export type Words = Readonly<z.infer<typeof wordsSchema>>

export const calendarRulesSchema = strict({
  /** Days that differ from the published table, or that a year without a table needs. */
  corrections: z
    .array(strict({ on: localDate, work: z.boolean(), name: localizedSchema }))
    .readonly()
    .refine((list) => new Set(list.map((c) => c.on)).size === list.length, 'expected no day twice'),
  /** Years whose whole official table is written out in `corrections`. */
  completeYears: distinct(z.int().min(2000).max(2100)).default([]),
  /** First and last day of each term. */
  schoolTerms: z
    .array(
      strict({ from: localDate, to: localDate }).refine(
        (term) => term.from <= term.to,
        'expected the first day before the last',
      ),
    )
    .readonly(),
})
export type CalendarRules = z.infer<typeof calendarRulesSchema>

/** When the month's round of a survey opens, and for how long. */
export const roundTimes = {
  /** Of the month; one past its end means its last day. */
  day: z.int().min(1).max(31),
  at: wallTime,
  days: z.int().min(1).max(28),
}

export const populationSchema = strict({
  people: z.int().min(1).optional(),
  households: z.int().min(1).optional(),
})

export const surveyRulesSchema = strict({
  /** Whether the rounds open by themselves; otherwise staff open them. */
  automatic: z.boolean(),
  /** The rounds of a month. */
  rounds: z
    .array(
      strict({
        survey: slug,
        ...roundTimes,
        mode: z.enum(['daily', 'all']),
        unit: z.enum(['person', 'household']),
        anonymous: z.boolean(),
        onHoliday: z.enum(['hold', 'move']),
      }),
    )
    .readonly()
    .refine(
      (list) => new Set(list.map((r) => r.survey)).size === list.length,
      'expected each survey once',
    ),
  /** Who has started may finish so long after the closing. */
  graceHours: z.int().min(0).max(168),
  population: populationSchema.optional(),
  /** Before the closing, the earlier reminder first. */
  remindHoursBefore: z
    .array(z.int().min(1))
    .max(2, 'expected two reminders at most')
    .readonly()
    .refine(
      (hours) => hours.every((h, i) => i === 0 || (hours[i - 1] ?? 0) - h >= 48),
      'expected reminders at least 48 hours apart, the earlier one first',
    ),
  quietGapHours: z.int().min(1),
  tallyMinutes: z.int().min(30, 'expected at least 30 minutes'),
  countMiddle: z.boolean(),
})
export type SurveyRules = z.infer<typeof surveyRulesSchema>

/** What the community says: everything in the content folder that is not a catalogue of texts. */
export interface Content {
  readonly community: Community
  readonly demo: Demo
  /** In the order of their ids. */
  readonly programmes: readonly Programme[]
  /** Every version, in the order of id and version. */
  readonly surveys: readonly Questionnaire[]
  readonly surveyRules: SurveyRules
  readonly reportRules: ReportRules
  readonly noiseRules: NoiseRules
  readonly wasteRules: WasteRules
  readonly announcementRules: AnnouncementRules
  readonly signUpRules: SignUpRules
  readonly chat: ChatRules
  readonly words: Words
  readonly calendarRules: CalendarRules
}
