import type { Token, TokenKind } from './tokens.ts'

export type Clause = readonly Token[]

const kinds = (...list: readonly TokenKind[]): ReadonlySet<TokenKind> => new Set(list)

const CHOICE = kinds('number', 'option')
const BEFORE_CHOICE = kinds('number', 'verb', 'nth')
const GRADES = kinds('strong', 'mild', 'hardly', 'never', 'rating')
/** What may follow a number within its clause. */
const AFTER_NUMBER = kinds(
  ...(['unit', 'join', 'or', 'number', 'option', 'nth', 'all', 'except', 'fill'] as const),
  ...(['query', 'mark', 'fix'] as const),
)

const has = (clause: Clause, kind: TokenKind) => clause.some((token) => token.kind === kind)

/** Whether a new clause begins with the token at `at`, after the tokens of the clause so far. */
function startsAnew(tokens: readonly Token[], at: number, clause: Clause): boolean {
  const { kind, text } = tokens[at] ?? { kind: 'gap', text: ' ' }
  const next = tokens[at + 1]
  if (kind === 'past' || kind === 'now') return true
  if (has(clause, 'rating') && BEFORE_CHOICE.has(kind)) return true
  const last = clause.findLast(({ kind: each }) => !['gap', 'join', 'fill'].includes(each))
  if (!last) return false
  const counted = last.kind === 'number' || (last.kind === 'unit' && has(clause, 'number'))
  if (counted && kind === 'not') {
    return has(tokens, 'rating') || (/^不[是选]$/.test(text) && next?.kind === 'number')
  }
  if (counted && !AFTER_NUMBER.has(kind)) {
    const parted = tokens[at - 1]?.kind === 'gap' || clause.at(-1)?.kind === 'join'
    return parted || GRADES.has(kind)
  }
  // 不是3是4: the second half stands for itself.
  const denied = has(clause, 'not') && CHOICE.has(last.kind)
  const turns = kind === 'verb' || /^(?:是|而是|应该)$/.test(text)
  return denied && turns && next !== undefined && next.kind !== 'break'
}

/**
 * Tokens as clauses: at punctuation and at 但是, before 以前 and 现在, between a number and words of
 * another kind (5 很满意), before the second half of 不是3是4.
 */
export function clauses(tokens: readonly Token[]): readonly Clause[] {
  const found: Token[][] = []
  let clause: Token[] = []
  const close = () => {
    if (clause.some(({ kind }) => kind !== 'gap')) found.push(clause)
    clause = []
  }
  for (const [at, token] of tokens.entries()) {
    const parts = token.kind === 'break' || token.kind === 'turn'
    if (parts || startsAnew(tokens, at, clause)) close()
    if (!parts) clause.push(token)
  }
  close()
  return found
}
