import type { Understanding } from '../../handlers/understanding/types.ts'

export const LABELS = ['noise', 'waste', 'other_complaint', 'not_complaint'] as const
export type Label = (typeof LABELS)[number]

/** A labelled line; `also` are labels that are as right, `location` and `when` are words of the text. */
export interface Example {
  readonly id: string
  readonly text: string
  readonly label: Label
  readonly also?: string | readonly string[]
  readonly subtype?: string
  readonly location?: string
  readonly when?: string
  readonly db?: number
  readonly emergency?: string
}

export interface Judged {
  readonly example: Example
  readonly said: Label
  readonly right: boolean
  readonly result: Understanding
}

export function labelOf({ intent, category }: Understanding): Label {
  if (intent !== 'report') return 'not_complaint'
  return category === 'noise' || category === 'waste' ? category : 'other_complaint'
}

/** The result beside its label. A second label that is none of ours (odour, parking) stands for another complaint. */
export function judged(example: Example, result: Understanding): Judged {
  const said = labelOf(result)
  const also = [example.also ?? []].flat()
  const known: readonly string[] = LABELS
  const accepted = also.map((label) => (known.includes(label) ? label : 'other_complaint'))
  return { example, said, right: said === example.label || accepted.includes(said), result }
}

export interface Figures {
  readonly precision: number
  readonly recall: number
  readonly f1: number
  readonly count: number
}

/** A label's precision, recall and F1; what is right by its second label counts for that. */
export function figures(all: readonly Judged[], label: Label): Figures {
  const truth = ({ example, said, right }: Judged) => (right ? said : example.label)
  const hits = all.filter((one) => one.said === label && one.right).length
  const said = all.filter((one) => one.said === label).length
  const count = all.filter((one) => truth(one) === label).length
  const precision = said === 0 ? 1 : hits / said
  const recall = count === 0 ? 1 : hits / count
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall)
  return { precision, recall, f1, count }
}

/** How many of those marked have words in common with what was found. */
export function overlap(
  all: readonly Judged[],
  marked: (example: Example) => string | undefined,
  found: (result: Understanding) => string | undefined,
): { readonly hits: number; readonly count: number } {
  const asked = all.filter(({ example }) => marked(example) !== undefined)
  const hits = asked.filter(({ example, result }) => {
    const words = found(result)
    return words !== undefined && shares(example.text, marked(example) ?? '', words)
  })
  return { hits: hits.length, count: asked.length }
}

/** Whether two pieces of a text overlap where they stand, or one is part of the other. */
function shares(text: string, one: string, other: string): boolean {
  if (one.includes(other) || other.includes(one)) return true
  const a = text.indexOf(one)
  const b = text.indexOf(other)
  return a >= 0 && b >= 0 && a < b + other.length && b < a + one.length
}
