import type { RoundRow } from '../../db/queries/round.ts'
import type { Work } from '../core/feature.ts'
import { understandAnswer } from './answers/understand.ts'
import { paperKey } from './keys.ts'
import { type Given, questionnaireOf, record } from './record.ts'

export interface PaperForm {
  /** The number written on the form; the same number again replaces its answers. */
  readonly number: string
  readonly given: readonly Given[]
}

/**
 * Reads paper forms from a table: the form's number, then a column for each question in its order. An empty cell is a
 * question left out, 0 or 不清楚 is no opinion. Every cell that is not understood is reported with its line.
 */
export function paperAnswers(
  round: RoundRow,
  table: readonly (readonly string[])[],
): {
  readonly forms: readonly PaperForm[]
  readonly problems: readonly { readonly line: number; readonly message: string }[]
} {
  const { items } = questionnaireOf(round)
  const forms: PaperForm[] = []
  const problems: { line: number; message: string }[] = []
  const seen = new Set<string>()
  for (const [i, [number = '', ...cells]] of table.entries()) {
    const line = i + 1
    if (i === 0 && !/\d/.test(number)) continue
    if (number === '' && cells.every((cell) => cell === '')) continue
    if (number === '' || seen.has(number)) {
      problems.push({ line, message: 'expected a form number of its own in the first column' })
      continue
    }
    seen.add(number)
    if (cells.length > items.length) {
      problems.push({ line, message: `expected ${items.length} answers, found ${cells.length}` })
    }
    const given: Given[] = []
    for (const [index, item] of items.entries()) {
      const cell = cells[index] ?? ''
      if (cell === '') {
        given.push({ item: index, kind: 'skip' })
        continue
      }
      const heard =
        cell === '0' ? ({ kind: 'unsure' } as const) : understandAnswer(item, cell, 'direct')
      if (heard.kind === 'answer') given.push({ item: index, kind: 'answer', value: heard.value })
      else if (heard.kind === 'unsure' || heard.kind === 'skip')
        given.push({ item: index, kind: heard.kind })
      else problems.push({ line, message: `question ${index + 1}: "${cell}" is no answer to it` })
    }
    forms.push({ number, given })
  }
  return { forms, problems }
}

/** Records paper forms, until the round is final. Gives false when it is. */
export function recordPaper(work: Work, round: RoundRow, forms: readonly PaperForm[]): boolean {
  if (round.state !== 'open' && round.state !== 'closing') return false
  for (const form of forms) {
    record(work, round, { key: paperKey(form.number), channel: 'paper' }, form.given)
  }
  return true
}
