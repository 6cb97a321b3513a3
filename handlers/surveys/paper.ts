import { choices, type Item } from '../../content/survey-schema.ts'
import { respondentByKey } from '../../db/queries/answer.ts'
import type { RoundRow } from '../../db/queries/round.ts'
import type { RoundId } from '../../db/schema-surveys.ts'
import type { Look, Work } from '../core/feature.ts'
import { understandAnswer } from './answers/understand.ts'
import { paperKey } from './keys.ts'
import { type Given, questionnaireOf, record } from './record.ts'

export interface PaperForm {
  /** The number written on the form; the same number again replaces its answers. */
  readonly number: string
  readonly given: readonly Given[]
}

/** What is wrong with a table, and what to do about it. Column 1 is that of the forms' numbers. */
export interface PaperProblem {
  readonly line: number
  readonly column: number
  readonly message: string
}

type Cells = readonly string[]

/**
 * Reads paper forms from a table: the form's number, then a column for each question in its order. An empty cell is a
 * question left out, 0 or 不清楚 is no opinion. A table that does not fit the questionnaire column by column, or has a
 * line without any answer, may have slipped: every such place is a problem, and nothing of the table is to be saved.
 */
export function paperAnswers(
  round: RoundRow,
  table: readonly Cells[],
): { readonly forms: readonly PaperForm[]; readonly problems: readonly PaperProblem[] } {
  const { items } = questionnaireOf(round)
  const forms: PaperForm[] = []
  const problems: PaperProblem[] = []
  const seen = new Map<string, number>()
  for (const [i, row] of table.entries()) {
    const [number = '', ...cells] = row
    const line = i + 1
    const add = (column: number, message: string) => problems.push({ line, column, message })
    if (row.every((cell) => cell === '')) continue
    const slipped = misfit(items, row, table[0]?.length ?? 0)
    if (slipped !== undefined) add(slipped.column, slipped.message)
    else if (i === 0 && !/\d/.test(number)) checkHeading(cells, add)
    else if (number === '') add(1, 'expected the number of the form')
    else if (seen.has(number)) add(1, `form "${number}" stands in line ${seen.get(number)} already`)
    else {
      seen.set(number, line)
      const { given, wrong } = readForm(items, cells)
      for (const at of wrong) add(at + 2, noAnswer(items, at, cells[at] ?? ''))
      if (given.every(({ kind }) => kind === 'skip') && wrong.length === 0) {
        add(2, `form "${number}" has no answer: take the line out, or see whether it slipped`)
      }
      forms.push({ number, given })
    }
  }
  return { forms, problems }
}

/** The answers of one form, a cell each, and the places of those that are no answers. */
export function readForm(
  items: readonly Item[],
  cells: Cells,
): { readonly given: readonly Given[]; readonly wrong: readonly number[] } {
  const given: Given[] = []
  const wrong: number[] = []
  for (const [index, item] of items.entries()) {
    const cell = cells[index] ?? ''
    const heard = heardIn(item, cell)
    if (heard === undefined) wrong.push(index)
    else given.push({ item: index, ...heard })
  }
  return { given, wrong }
}

function heardIn(item: Item, cell: string): Omit<Given, 'item'> | undefined {
  if (cell === '') return { kind: 'skip' }
  if (cell === '0' && item.type !== 'number' && item.type !== 'text') return { kind: 'unsure' }
  const heard = understandAnswer(item, cell, 'direct')
  if (heard.kind === 'answer') return { kind: 'answer', value: heard.value }
  return heard.kind === 'unsure' || heard.kind === 'skip' ? { kind: heard.kind } : undefined
}

/** A line with fewer or more columns than the questionnaire, or more than the first line, even if they are empty. */
function misfit(
  items: readonly Item[],
  row: Cells,
  first: number,
): { readonly column: number; readonly message: string } | undefined {
  const columns = items.length + 1
  const expected = `expected ${columns} columns: the form's number and ${items.length} answers`
  if (row.length < columns) {
    const hint =
      row.length === 1
        ? 'Part the cells with commas, or save the table as XLSX.'
        : 'Leave the cell of a question without an answer empty, with its comma.'
    return { column: row.length + 1, message: `${expected}, found ${row.length}. ${hint}` }
  }
  const beyond = row.findIndex((cell, i) => i >= columns && cell !== '')
  if (beyond < 0 && row.length > Math.max(first, columns)) {
    return { column: row.length, message: `${expected}, found ${row.length}` }
  }
  if (beyond < 0) return undefined
  return { column: beyond + 1, message: `${expected}, found "${row[beyond]}" after them` }
}

/** Numbers in a heading are those of the questions: others show that columns are missing or in another order. */
function checkHeading(cells: Cells, add: (column: number, message: string) => void): void {
  for (const [i, cell] of cells.entries()) {
    const no = /^\D{0,3}(\d{1,2})\D{0,2}$/.exec(cell)?.[1]
    if (no !== undefined && Number(no) !== i + 1) {
      add(i + 2, `the heading says "${cell}" where question ${i + 1} belongs`)
    }
  }
}

function noAnswer(items: readonly Item[], index: number, cell: string): string {
  const item = items[index]
  const digits = item === undefined ? [] : choices(item).map(({ digit }) => digit)
  const offered = digits.length === 0 ? '' : `; write one of ${digits.join(', ')}`
  return `question ${index + 1}: "${cell}" is no answer to it${offered}`
}

/** Whether a form of that number was entered already. */
export function isEntered(look: Look, round: RoundId, number: string): boolean {
  return respondentByKey(look.db, round, paperKey(number)) !== undefined
}

/** Records paper forms, until the round is final. Gives false when it is. */
export function recordPaper(work: Work, round: RoundRow, forms: readonly PaperForm[]): boolean {
  if (round.state !== 'open' && round.state !== 'closing') return false
  for (const form of forms) {
    record(work, round, { key: paperKey(form.number), channel: 'paper' }, form.given)
  }
  return true
}
