import type { Lang } from '../../content/schema.ts'
import { choices, type Item } from '../../content/survey-schema.ts'
import { dateIn, withOffset } from '../../content/time.ts'
import { exportRows } from '../../db/queries/answer.ts'
import type { RoundRow } from '../../db/queries/round.ts'
import type { Reader } from '../../db/store.ts'
import type { Env } from '../core/feature.ts'
import { percent } from './figures.ts'
import { questionnaireOf } from './record.ts'
import type { TrendPoint } from './report.ts'

/** A table of text: the first row names the columns. */
export type Table = readonly (readonly string[])[]

/**
 * One row a respondent: number, channel, building, state, time, then a column for each item with the answer in words.
 * Names are never in it; in an anonymous round neither are buildings, and times are days.
 */
export function answerTable(db: Reader, env: Env, round: RoundRow, lang: Lang): Table {
  const { items } = questionnaireOf(round)
  const head = [
    'no',
    'channel',
    'building',
    'state',
    'time',
    ...items.map((item) => item.text[lang]),
  ]
  const rows = new Map<number, string[]>()
  for (const row of exportRows(db, round.id)) {
    let line = rows.get(row.id)
    if (line === undefined) {
      const time =
        round.anonymous === 1
          ? dateIn(env.zone, row.updated_at)
          : withOffset(env.zone, row.updated_at)
      line = [String(rows.size + 1), row.channel, row.building, row.state, time]
      line.push(...items.map(() => ''))
      rows.set(row.id, line)
    }
    const item = row.item === null ? undefined : items[row.item]
    if (item && row.item !== null)
      line[5 + row.item] = wordsOf(item, row.kind, row.value ?? '', lang)
  }
  return [head, ...rows.values()]
}

function wordsOf(item: Item, kind: string | null, value: string, lang: Lang): string {
  const offered = choices(item)
  if (kind === 'unsure') return offered.find((c) => c.digit === 0)?.text[lang] ?? '?'
  if (kind !== 'answer') return ''
  const values = [JSON.parse(value) as number | string | number[]].flat()
  return values.map((v) => offered.find((c) => c.digit === v)?.text[lang] ?? String(v)).join('、')
}

/** One row a round that has ended: the measured rate, the oldest round first. */
export function trendTable(points: readonly TrendPoint[]): Table {
  return [
    ['no', 'period', 'n', 'rate'],
    ...points.map(({ no, period, n, rate }) => [
      String(no),
      period,
      String(n),
      rate === undefined ? '' : percent(rate),
    ]),
  ]
}

/** Begins a formula in spreadsheet programs; the full-width ones do in Chinese and Japanese ones. */
const FORMULA = /^[=+\-@＝＋－＠\t\r\n]/

/** CSV (RFC 4180) with a byte order mark, so that spreadsheet programs read Chinese; no cell can be a formula. */
export function toCsv(table: Table): string {
  const cell = (text: string) => {
    const safe = FORMULA.test(text) ? `'${text}` : text
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
  }
  return `\uFEFF${table.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}
