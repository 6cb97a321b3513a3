import type { Content } from '../../content/schema.ts'
import {
  addDays,
  addMonths,
  dateOf,
  type LocalDate,
  mondayOf,
  partsOf,
} from '../../content/time.ts'
import { parseNumeral } from '../core/text/numerals.ts'
import { parseDay } from '../core/text/when.ts'
import { plain, type Reading, takeApart, vocabularyOf } from './ask-words.ts'

/** Days that somebody asks about, both included. */
export interface Period {
  readonly from: LocalDate
  readonly to: LocalDate
  readonly week?: 'this' | 'next'
}

/** What somebody wants to know about the programme. */
export type Ask =
  | { readonly about: 'days'; readonly period: Period }
  | { readonly about: 'programme'; readonly id: string; readonly period: Period | undefined }

const MAX_LENGTH = 60
/** The longest date that is written out: 二〇二六年十二月二十三日. */
const MAX_DATE_LENGTH = 20
/** As much of the future as somebody means who asks what is on, without a day. */
const SOON_DAYS = 6

/** Reads a question about the programme. `addressed` allows looser words than a group's talk does. */
export function readAsk(
  text: string,
  addressed: boolean,
  content: Content,
  today: LocalDate,
): Ask | undefined {
  if (text.length > 2 * MAX_LENGTH) return undefined
  const words = plain(text)
  if (words === '' || words.length > MAX_LENGTH) return undefined
  const open = /^(.+?)(?:没有|没|不)$/.exec(words)?.[1] ?? words
  const reading = read(open, content)
  if (reading.rest.length > MAX_DATE_LENGTH) return undefined
  const period = periodOf(reading, today)
  if (period === undefined && reading.rest !== '') return undefined
  const asked = { ...reading, isQuestion: open !== words || /\?\s*$/.test(text) }
  return readProgramme(asked, addressed, period) ?? readDays(asked, addressed, period, today)
}

/** What is left may be a word itself once the others are gone: 下周一课 holds 一课 and 下周. */
function read(text: string, content: Content): Reading {
  const vocabulary = vocabularyOf(content)
  const { tokens, rest } = takeApart(text, vocabulary)
  const left = takeApart(rest, vocabulary)
  return left.rest === '' ? { tokens: [...tokens, ...left.tokens], rest: '' } : { tokens, rest }
}

interface Asked extends Reading {
  /** It ends like a question. */
  readonly isQuestion: boolean
}

function has({ tokens }: Reading, ...kinds: string[]): boolean {
  return tokens.some((token) => kinds.some((kind) => token.kinds.has(kind)))
}

function readProgramme(
  asked: Asked,
  addressed: boolean,
  period: Period | undefined,
): Ask | undefined {
  const names = asked.tokens.filter((token) => token.programme !== undefined)
  const id = names[0]?.programme
  if (id === undefined || names.some((name) => name.programme !== id)) return undefined
  const proper = names.some((name) => name.common !== true)
  const isOneDay = period !== undefined && period.from === period.to
  if (!proper && (!addressed || isOneDay)) return undefined
  const isQuestion = asked.isQuestion || has(asked, 'what', 'whether', 'time', 'place', 'about')
  return addressed || isQuestion ? { about: 'programme', id, period } : undefined
}

function readDays(
  asked: Asked,
  addressed: boolean,
  period: Period | undefined,
  today: LocalDate,
): Ask | undefined {
  if (asked.tokens.some((t) => t.programme !== undefined && t.common !== true)) return undefined
  const activity =
    has(asked, 'activity') || (has(asked, 'lesson') && (addressed || has(asked, 'here')))
  const wanted = addressed ? isWanted(asked, activity, period) : isPlain(asked, activity, period)
  if (!wanted) return undefined
  const soon = { from: today, to: has(asked, 'part') ? today : addDays(today, SOON_DAYS) }
  return { about: 'days', period: period ?? soon }
}

/** Enough for somebody who speaks to Linli: an activity, or a day without a question that has another answer. */
function isWanted(asked: Asked, activity: boolean, period: Period | undefined): boolean {
  if (period === undefined)
    return has(asked, 'activity') || (activity && has(asked, 'what', 'whether'))
  return activity || !has(asked, 'time', 'place')
}

/** Enough to be answered unasked: who says so in a group wants to be told. */
function isPlain(asked: Asked, activity: boolean, period: Period | undefined): boolean {
  const here = has(asked, 'here')
  const vague = has(asked, 'soon', 'weekend', 'next-weekend', 'two-days')
  if (!activity || (!here && (period === undefined || vague))) return false
  if (asked.isQuestion || has(asked, 'what', 'whether')) return true
  const isLong = period !== undefined && period.from !== period.to
  return isLong && asked.tokens.every((t) => PLAIN_KINDS.some((kind) => t.kinds.has(kind)))
}

/** 本周活动 is a whole question. */
const PLAIN_KINDS = [
  'activity',
  'lesson',
  'here',
  'small',
  'this-week',
  'next-week',
  'this-month',
  'next-month',
]

function periodOf(reading: Reading, today: LocalDate): Period | undefined {
  const { rest } = reading
  if (rest !== '') {
    const day = parseDay(rest, today)
    if (day?.rest === '') return { from: day.date, to: day.date }
    return monthNamed(rest, today)
  }
  const monday = mondayOf(today)
  const first = dateOf({ ...partsOf(today), day: 1 })
  const month = (n: number) => ({
    from: addMonths(first, n),
    to: addDays(addMonths(first, n + 1), -1),
  })
  const days = (from: number, to: number) => ({
    from: addDays(monday, from),
    to: addDays(monday, to),
  })
  if (has(reading, 'this-week')) return { ...days(0, 6), week: 'this' }
  if (has(reading, 'next-week')) return { ...days(7, 13), week: 'next' }
  if (has(reading, 'next-weekend')) return days(12, 13)
  if (has(reading, 'weekend')) return days(5, 6)
  if (has(reading, 'two-days')) return { from: today, to: addDays(today, 1) }
  if (has(reading, 'soon')) return { from: today, to: addDays(today, SOON_DAYS) }
  if (has(reading, 'this-month')) return month(0)
  if (has(reading, 'next-month')) return month(1)
  return undefined
}

/** The whole of the next month of that number: 12月, 十二月份. */
function monthNamed(text: string, today: LocalDate): Period | undefined {
  const month = parseNumeral(/^(.{1,3})月份?$/.exec(text)?.[1] ?? '')
  if (month === undefined || month < 1 || month > 12) return undefined
  const now = partsOf(today)
  const from = dateOf({ year: month < now.month ? now.year + 1 : now.year, month, day: 1 })
  return { from, to: addDays(addMonths(from, 1), -1) }
}
