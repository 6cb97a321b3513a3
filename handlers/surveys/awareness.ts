import type { KnowledgeItem } from '../../content/survey-schema.ts'
import { type Share, share } from './figures.ts'

/** Who has at least this part of the items right knows the matter. */
const ENOUGH = 0.8

/** Whether the chosen options are right; 不清楚 chooses none and is not. */
export function isRight(item: KnowledgeItem, chosen: readonly string[]): boolean {
  const ids = new Set(chosen)
  const picked = item.options.filter((option) => ids.has(option.id))
  if (picked.length !== ids.size || picked.length === 0) return false
  if (item.choose === 'one') return picked.length === 1 && picked.every((option) => option.correct)
  return item.options.every((option) => option.correct === ids.has(option.id))
}

export interface Awareness {
  /** Right answers over people × items: the community's 知晓率. */
  readonly pool: Share
  /** People with at least 80 % of the items right. */
  readonly people: Share
  /** People who have the item right, by its id. */
  readonly items: ReadonlyMap<string, Share>
}

/**
 * 知晓率 in the three ways that health surveys report it: by the pool of items, by person, by item.
 * `right` lists, for each person with a valid answer sheet, the items that person has right. Everything else,
 * 不清楚 and blanks among it, counts as not known and stays in the whole.
 */
export function awareness(items: readonly string[], right: Iterable<readonly string[]>): Awareness {
  const byItem = new Map(items.map((id) => [id, 0]))
  let people = 0
  let knowing = 0
  let answers = 0
  for (const ids of right) {
    people++
    let own = 0
    for (const id of new Set(ids)) {
      const before = byItem.get(id)
      if (before === undefined) continue
      byItem.set(id, before + 1)
      own++
    }
    answers += own
    if (items.length > 0 && own / items.length >= ENOUGH) knowing++
  }
  return {
    pool: share(answers, people * items.length),
    people: share(knowing, people),
    items: new Map([...byItem].map(([id, count]) => [id, share(count, people)])),
  }
}
