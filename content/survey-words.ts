import type { Localized } from './fields.ts'

/** What the choices are called that questionnaires do not write themselves. */

/** Satisfaction, 1 the worst and 5 the best. */
export const LEVELS = [1, 2, 3, 4, 5] as const
export type Level = (typeof LEVELS)[number]

export const LEVEL_TEXTS: Readonly<Record<Level, Localized>> = {
  1: { 'zh-CN': '很不满意', 'zh-TW': '很不滿意', en: 'Very dissatisfied' },
  2: { 'zh-CN': '不满意', 'zh-TW': '不滿意', en: 'Dissatisfied' },
  3: { 'zh-CN': '一般', 'zh-TW': '一般', en: 'So-so' },
  4: { 'zh-CN': '满意', 'zh-TW': '滿意', en: 'Satisfied' },
  5: { 'zh-CN': '很满意', 'zh-TW': '很滿意', en: 'Very satisfied' },
}

/** The choice that is offered where an item says `unknown`; its digit is 0. */
export const UNKNOWN_TEXT: Localized = {
  'zh-CN': '不清楚',
  'zh-TW': '不清楚',
  en: 'I don’t know',
}

/** Characters as people count them, one for each code point. */
export function lengthOf(text: string): number {
  return [...text].length
}

/** One spelling for what looks the same: width, case and spaces do not count. */
export function sameAs(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, '')
}
