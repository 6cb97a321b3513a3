import type { KnowledgeItem } from '../../content/survey-schema.ts'
import { type Share, share } from './figures.ts'

/** Who has at least this part of the items right knows the matter. */
const ENOUGH = 0.8

/** Whether the chosen options are right; 不清楚 chooses none and is not. */
export function isRight(item: KnowledgeItem, chosen: readonly string[]): boolean {
  const ids = new Set(chosen)
  const picked = item.options.filter((option) => ids.has(option.id))
  if (picked.length !== ids.size || picked.length === 0) return false
  if (item.choose === 'one') return picked.every((option) => option.correct)
  return item.options.every((option) => option.correct === ids.has(option.id))
}

/** `n` people who have `rights` knowledge items right. */
export interface Sheets {
  readonly rights: number
  readonly n: number
}

export interface Awareness {
  /** Right answers over people × items: the community's 知晓率. */
  readonly pool: Share
  /** People with at least 80 % of the items right. */
  readonly people: Share
}

/**
 * 知晓率 as health surveys report it, by the pool of items and by person; the third way, by item, is a
 * plain `share` of people. `items` is how many knowledge items there are. All that is not right, 不清楚 and
 * blanks among it, counts as not known and stays in the whole.
 * @throws RangeError where somebody has more right than there are items
 */
export function awareness(items: number, sheets: Iterable<Sheets>): Awareness {
  let people = 0
  let answers = 0
  let knowing = 0
  for (const { rights, n } of sheets) {
    if (rights > items) throw new RangeError(`not a sheet: ${rights} right of ${items}`)
    people += n
    answers += rights * n
    if (items > 0 && rights / items >= ENOUGH) knowing += n
  }
  return { pool: share(answers, people * items), people: share(knowing, people) }
}
