import type { Instant } from '../../content/time.ts'

/** What Linli makes of a resident's plain words about a problem. */

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

/** What kind of help must be called at once. */
export const EMERGENCIES = [
  'fire',
  'gas',
  'fight',
  'crime',
  'collapse',
  'injury',
  'building',
  'trapped',
  'shock',
  'water',
  'missing',
  'jump',
  'despair',
  'help',
] as const
export type Emergency = (typeof EMERGENCIES)[number]

export interface PlaceFound {
  /** The words that name the place, as they were written. */
  readonly text: string
  /** The place on the community's map, where the words name exactly one. */
  readonly id?: string
  /** 楼上, 隔壁, 我们楼: it needs the speaker's own home. */
  readonly relative?: true
  /** It is somewhere else: 我妈那个小区, 单位旁边. */
  readonly elsewhere?: true
}

export type Repeats = 'daily' | 'weekdays' | 'weekends' | 'weekly'

export interface WhenFound {
  /** The words that tell the time, as they were written. */
  readonly text: string
  /** The latest such interval, from ≤ to; for what goes on now, `to` is the moment of speaking or later. */
  readonly from: Instant
  readonly to: Instant
  readonly repeats: Repeats | null
  /** `exact` with a clock time, `window` for a civil window such as 晚上, `vague` for 最近, 好几天. */
  readonly certainty: 'exact' | 'window' | 'vague'
}

export interface Understanding {
  readonly intent: 'report' | 'other'
  readonly category: Category | null
  /** An id of the category's subtypes in content/rules/reports.yaml. */
  readonly subtype: string | null
  readonly place: PlaceFound | null
  readonly when: WhenFound | null
  /** Decibels that were measured, A-weighted. */
  readonly db: number | null
  readonly emergency: Emergency | null
  /** How sure it is that this is a report, 0 to 1, calibrated on our own examples. */
  readonly confidence: number
  /** The words that decided, as they were written. */
  readonly because: readonly string[]
  /** What it does to people: 睡不着, 孩子写不了作业. */
  readonly effect: string | null
  /** What was tried before: 打过12345没用. */
  readonly prior: string | null
  /** The speaker asks not to be named: 别写我名字. */
  readonly anonymous: boolean
}
