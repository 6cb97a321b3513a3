import type { Range } from '../core/text/fold.ts'
import { parseNumeral } from '../core/text/numerals.ts'
import type { Repeats } from './types.ts'
import type { Wall } from './when-wall.ts'

/** A part of the day: its civil window in minutes of the day (past 1440 is the next morning). */
export interface Part {
  readonly from: number
  readonly to: number
  /** How a bare hour is read in it: 八点 of the evening is 20:00, of the deep night it stays near midnight. */
  readonly kind: 'dawn' | 'deep' | 'morning' | 'noon' | 'afternoon' | 'evening' | 'night' | 'day'
}

export interface DayToken extends Range {
  readonly kind: 'day'
  readonly from: Wall
  readonly to: Wall
  /** 昨天, 前天, 周六: their 半夜 is the night that follows; a date's 半夜 is its own. */
  readonly nightFollows?: true
  /** A bare 三号: behind 五月一号至 it belongs to that month. */
  readonly dayOfMonth?: number
}

export interface PartToken extends Range {
  readonly kind: 'part'
  readonly part: Part
}

export interface ClockToken extends Range {
  readonly kind: 'clock'
  readonly hour: number
  readonly minute: number
  /** 22:30, 零点, 08:00: nothing to choose. */
  readonly exact: boolean
  /** Written with a colon; such clocks are seldom meant twelve hours later. */
  readonly colon: boolean
  /** How long the words leave open: an hour for 十点多 and 四五点. */
  readonly width: number
  readonly bound?: 'after' | 'before'
  /** 快十二点, 差五分八点: it may be a little ahead. */
  readonly soon: boolean
}

export interface RepeatsToken extends Range {
  readonly kind: 'repeats'
  /** Null for habits without a pattern of their own, such as 隔三差五. */
  readonly repeats: Repeats | null
  readonly weekdays?: readonly number[]
}

export interface SpanToken extends Range {
  readonly kind: 'span'
  readonly from: Wall
  readonly to: Wall
  readonly weight: number
}

export interface MomentToken extends Range {
  readonly kind: 'moment'
  /** How far back it reaches, in minutes: 0 for 现在, 30 for 刚才. */
  readonly back: number
}

export type Token = DayToken | PartToken | ClockToken | RepeatsToken | SpanToken | MomentToken

/** What every rule may look at. */
export interface Scene {
  readonly now: Wall
  readonly today: Wall
}

type Unplaced<T> = T extends Token ? Omit<T, 'start' | 'end'> : never
/** A token before its place in the text is known. */
export type Reading = Unplaced<Token>

export type Groups = Readonly<Record<string, string | undefined>>

export interface Rule {
  readonly pattern: RegExp
  /** `undefined` when the words turn out to tell no time. */
  read(groups: Groups, scene: Scene, words: string): Reading | undefined
}

/** Signs of small Chinese numbers, for patterns. */
export const CN = '〇零一二两三四五六七八九十廿'
export const NUMBER = `(?:\\d{1,3}|[${CN}]{1,3})`

export function numberIn(groups: Groups, name: string): number | undefined {
  const said = groups[name]
  return said === undefined ? undefined : parseNumeral(said)
}
