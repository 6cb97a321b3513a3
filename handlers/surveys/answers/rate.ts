import { CHEERS, CRIES } from './lexicon.ts'
import type { Token } from './tokens.ts'

/** A group may hold any talk; in a direct chat the question is what both have in mind. */
export type Where = 'group' | 'direct'

/** A level that was said; `own` when in the words of the scale itself (…满意). */
export interface Rating {
  readonly level: number
  readonly own: boolean
}

/**
 * What a part of a message says about an item. `talk` is not about it (or cannot be known to be),
 * `unclear` is, but must be asked about. Places are those of the options, or levels.
 */
export type Reading =
  | { readonly kind: 'nothing' | 'talk' | 'unclear' }
  | { readonly kind: 'between'; readonly places: readonly number[] }
  /** `worded` when said in an option's words. */
  | { readonly kind: 'places'; readonly places: readonly number[]; readonly worded?: boolean }
  | { readonly kind: 'rated'; readonly ratings: readonly Rating[] }

/** What stands before a rating, as far as it bears on it. */
interface Before {
  denials: number
  /** A high degree outside of the denial: 很不满意, but not 不很满意. */
  strong: boolean
  degrees: string[]
}

const nothingBefore = (): Before => ({ denials: 0, strong: false, degrees: [] })

function note(before: Before, { kind, text }: Token): void {
  if (kind === 'not' || kind === 'hardly' || kind === 'never') {
    before.denials++
    if (kind === 'never') before.strong = true
  } else if (kind === 'strong' && before.denials === 0) before.strong = true
  if (kind === 'strong' || kind === 'mild') before.degrees.push(text)
}

function levelOf(rating: Token, before: Before, after: boolean): number | undefined {
  const level = rating.level ?? 3
  const strong = before.strong || after
  if (before.denials > 1) return undefined
  // What denies a poor or a middling rating (不差劲, 不一般) says nothing certain.
  if (before.denials === 1) return level === 4 ? (strong ? 1 : 2) : undefined
  if (!strong || level === 3) return level
  return level > 3 ? 5 : 1
}

/** 好 and 可以 in a group agree with anything; 太好了 and 真棒 cheer anything. */
function isCheer(rating: Token, before: Before, after: boolean): boolean {
  if ((rating.level ?? 3) > 3 && /满意|satisfied/.test(rating.text)) return false
  const bare = before.degrees.length === 0 && before.denials === 0 && !after
  const cry = before.degrees.some((degree) => CRIES.has(degree))
  const cheer = CHEERS.has(rating.text)
  return (cry && (cheer || (rating.level ?? 3) > 3)) || (bare && cheer)
}

/** What may stand beside a rating. */
const BESIDE: ReadonlySet<string> = new Set([
  ...['fill', 'mark', 'gap', 'join', 'verb', 'after', 'all'],
])
/** As 现在, but nobody taunts with these: 现在满意了吧. */
const AT_PRESENT: ReadonlySet<string> = new Set(['目前', '如今', '眼下'])

/** Kinds of words that turn a rating into something else than the speaker's own. */
const OTHERWISE = new Set(['unclear', 'query', 'any'])

/**
 * Reads `degree* denial? degree* rating` as a level, once or more. In a group nothing else may stand in
 * the clause; in a direct chat other words may lead up to it, but not follow it (满意的人不多).
 */
export function readRating(clause: readonly Token[], where: Where): Reading {
  const ratings: Rating[] = []
  let before = nothingBefore()
  let unclear = false
  let cheered = false
  for (const [i, token] of clause.entries()) {
    const { kind, text } = token
    if (kind === 'rating') {
      const after = clause.slice(i + 1).find((each) => each.kind !== 'fill' && each.kind !== 'gap')
      const raised = after?.kind === 'after'
      const marked =
        clause.some(({ kind: each, text: verb }) => each === 'verb' && /^[打给]/.test(verb)) &&
        /[满高]分/.test(text)
      const cheer = where === 'group' && !marked && isCheer(token, before, raised)
      const level = levelOf(token, before, raised)
      if (cheer) cheered = true
      else if (level === undefined) unclear = true
      else ratings.push({ level, own: /满意|satisfied/.test(text) })
      before = nothingBefore()
    } else if (kind === 'or' && where === 'group' && ratings.length > 0) {
      unclear = true
    } else if (OTHERWISE.has(kind)) {
      if (where === 'group') return { kind: 'talk' }
      unclear = true
    } else if (['not', 'hardly', 'never', 'strong', 'mild'].includes(kind)) note(before, token)
    else if (/^(?:个|[那这]个|那项)$/.test(text) && clause[i - 1]?.kind === 'rating') continue
    else if (!BESIDE.has(kind) && !AT_PRESENT.has(text)) {
      if (where === 'group') return { kind: 'talk' }
      if (ratings.length > 0 || unclear) return { kind: 'unclear' }
      if (before.denials > 0) unclear = true
      before.degrees = []
      before.strong = false
    }
  }
  if (unclear) return { kind: 'unclear' }
  if (cheered && ratings.length === 0) return { kind: 'nothing' }
  const dangling = before.denials > 0 || before.degrees.length > 0
  return dangling ? { kind: where === 'group' ? 'talk' : 'unclear' } : { kind: 'rated', ratings }
}

/**
 * The one level that ratings agree on. On the same side the scale's own words win, then the stronger
 * (满意,非常满意); between sides nobody can tell.
 */
export function settle(ratings: readonly Rating[]): Reading {
  const levels = [...new Set(ratings.map(({ level }) => level))].sort((a, b) => a - b)
  if (new Set(levels.map((level) => Math.sign(level - 3))).size > 1) {
    const near = levels.length === 2 && (levels[1] ?? 0) - (levels[0] ?? 0) === 1
    return near ? { kind: 'between', places: levels } : { kind: 'unclear' }
  }
  const own = ratings.filter((rating) => rating.own)
  const telling = (own.length > 0 ? own : ratings).map(({ level }) => level)
  const strongest = Math.max(...telling) > 3 ? Math.max(...telling) : Math.min(...telling)
  return { kind: 'places', places: [strongest] }
}
