import type { Token, TokenKind } from './answers-tokens.ts'

export type Clause = readonly Token[]

const CHOICE: ReadonlySet<TokenKind> = new Set(['number', 'option'] as const)
const BEFORE_CHOICE: ReadonlySet<TokenKind> = new Set(['number', 'verb', 'nth'] as const)
/** What may follow a number within its clause. */
const AFTER_NUMBER: ReadonlySet<TokenKind> = new Set([
  ...([
    'unit',
    'join',
    'or',
    'number',
    'option',
    'nth',
    'all',
    'fill',
    'query',
    'mark',
    'fix',
  ] as const),
])

function startsAnew(token: Token, clause: Clause, gap: boolean, next: Token | undefined): boolean {
  const { kind, text } = token
  if (kind === 'past' || kind === 'now') return true
  const last = clause.findLast((each) => each.kind !== 'gap' && each.kind !== 'join')
  const before = clause.some((each) => each.kind === 'rating')
  if (before && BEFORE_CHOICE.has(kind)) return true
  if (!last) return false
  const joined = clause.at(-1)?.kind === 'join'
  const counted =
    last.kind === 'number' || (last.kind === 'unit' && clause.some((t) => t.kind === 'number'))
  if (counted && !AFTER_NUMBER.has(kind)) {
    return gap || joined || ['strong', 'mild', 'not', 'hardly', 'never', 'rating'].includes(kind)
  }
  // 不是3是4: the second half stands for itself.
  const denied = clause.some((each) => each.kind === 'not') && CHOICE.has(last.kind)
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
  for (const [i, token] of tokens.entries()) {
    const { kind } = token
    if (kind === 'break' || kind === 'turn') close()
    else {
      if (startsAnew(token, clause, tokens[i - 1]?.kind === 'gap', tokens[i + 1])) close()
      clause.push(token)
    }
  }
  close()
  return found
}
