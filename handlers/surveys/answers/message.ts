import { type Choosing, readPlaces } from './choose.ts'
import { type Clause, clauses } from './clauses.ts'
import { type Reading, readRating, settle } from './rate.ts'
import type { Token, TokenKind } from './tokens.ts'

const UNCLEAR: Reading = { kind: 'unclear' }
const TALK: Reading = { kind: 'talk' }

const has = (tokens: readonly Token[], ...kinds: readonly TokenKind[]) =>
  tokens.some(({ kind }) => kinds.includes(kind))

const IDLE = new Set<TokenKind>(['irony', 'fill', 'mark', 'gap', 'join', 'verb', 'earlier'])

function readClause(clause: Clause, choosing: Choosing): Reading {
  if (has(clause, 'number', 'option')) return readPlaces(clause, choosing)
  if (has(clause, 'rating')) return readRating(clause, choosing.where)
  if (has(clause, 'all', 'except')) return readPlaces(clause, choosing)
  const rest = clause.filter(({ kind }) => !IDLE.has(kind))
  if (rest.length === 0) return { kind: 'nothing' }
  return choosing.many && rest.every(({ kind }) => kind === 'any') ? UNCLEAR : TALK
}

/** Numbers and words must fit: 5 with 挺好的 is 5, with 满意 (`own`) it must be asked. */
function agree(chosen: Reading, level: Reading, own: boolean): Reading {
  if (chosen.kind !== 'places' || level.kind !== 'places') return UNCLEAR
  const [place = 0] = chosen.places
  const [rated = 0] = level.places
  return place === rated || (!own && Math.abs(place - rated) === 1) ? chosen : UNCLEAR
}

function union(readings: readonly Reading[], { many }: Choosing): Reading {
  const all = readings.flatMap((each) => (each.kind === 'places' ? each.places : []))
  const distinct = [...new Set(all)].sort((a, b) => a - b)
  // Twice the same is an answer when words repeat the number, not in 5,5.
  const bare = readings.filter((each) => each.kind === 'places' && !each.worded)
  const twice = bare.flatMap((each) => (each.kind === 'places' ? each.places : []))
  if (new Set(twice).size < twice.length) return UNCLEAR
  if (many || distinct.length === 1) return { kind: 'places', places: distinct }
  const [a = 0, b = 0] = distinct
  if (distinct.length === 2 && b - a === 1 && a > 0 && all.length === 2) {
    return { kind: 'between', places: distinct }
  }
  return UNCLEAR
}

/** What clauses say together, once those that do not count are gone. */
function together(readings: readonly Reading[], choosing: Choosing): Reading {
  if (readings.some(({ kind }) => kind === 'unclear')) return UNCLEAR
  const between = readings.find(({ kind }) => kind === 'between')
  if (between) return readings.length === 1 ? between : UNCLEAR
  const ratings = readings.flatMap((each) => (each.kind === 'rated' ? each.ratings : []))
  const chosen = readings.filter(({ kind }) => kind === 'places')
  if (ratings.length === 0) return union(chosen, choosing)
  const level = settle(ratings)
  if (chosen.length === 0) return level
  const own = ratings.some((rating) => rating.own)
  return agree(union(chosen, choosing), level, own)
}

/** 以前满意现在不满意: only what holds now counts, and only what held once says nothing. */
function present(list: readonly Clause[]): readonly Clause[] | undefined {
  const past = list.filter((clause) => has(clause, 'past'))
  if (past.length === 0) return list
  const rest = list.filter((clause) => !has(clause, 'past'))
  return rest.some((clause) => has(clause, 'rating', 'number')) ? rest : undefined
}

interface Said {
  readonly clause: Clause
  readonly reading: Reading
}

/** 不是3 beside 是4. A bare 不 before a number may as well be a correction. */
function denies({ clause }: Said): boolean {
  const denial = clause.some(({ kind, text }) => kind === 'not' && text !== '不')
  return denial && has(clause, 'number', 'option')
}

/** A remark beside a number takes nothing from it, nor a comparison from a rating: 比以前好,满意. */
function remarks({ clause, reading }: Said, placed: boolean): boolean {
  const compares = clause.some(({ text }) => /^(?:比|越来越)/.test(text))
  return reading.kind === 'unclear' && has(clause, 'rating') && (placed || compares)
}

/** 炖烂的算厨余,没烂的算其他: another option with words of its own. */
function rivals({ clause, reading }: Said, all: readonly Said[]): boolean {
  const chosen = all.flatMap((each) => (each.reading.kind === 'places' ? each.reading.places : []))
  const other = clause.some(
    ({ option }) => option && option.share >= 0.5 && !chosen.includes(option.place),
  )
  return reading.kind === 'talk' && chosen.length > 0 && other
}

function combine(all: readonly Clause[], choosing: Choosing): Reading {
  const list = present(all)
  if (!list) return choosing.where === 'group' ? TALK : UNCLEAR
  const read = list.map((clause): Said => ({ clause, reading: readClause(clause, choosing) }))
  const talks = read.some(({ reading }) => reading.kind === 'talk')
  if (choosing.where === 'group' && talks) return TALK
  if (read.some((each) => rivals(each, read))) return UNCLEAR
  const said = read.filter(({ reading }) => reading.kind !== 'nothing' && reading.kind !== 'talk')
  const placed = said.some(({ reading }) => reading.kind === 'places')
  const rates = said.some(({ reading }) => reading.kind === 'rated')
  const beside = placed || rates ? said.filter((each) => !remarks(each, placed)) : said
  const plain = beside.filter((each) => !denies(each))
  const kept = plain.length > 0 ? plain : beside
  if (kept.length === 0) return { kind: talks ? 'talk' : 'nothing' }
  // 不选1,其他都选 leaves out what is denied.
  const partial = kept.length < beside.length && kept.some(({ clause }) => has(clause, 'all'))
  if (choosing.many && partial) return UNCLEAR
  const readings = kept.map(({ reading }) => reading)
  return together(readings, choosing)
}

/** 3, 不, 4: a 不 by itself takes back what was said. */
function takesBack(clause: Clause): boolean {
  const told = clause.filter(({ kind }) => kind !== 'gap' && kind !== 'mark' && kind !== 'fill')
  return has(clause, 'fix') || (told.length === 1 && told[0]?.kind === 'not')
}

const CONTENT = ['number', 'option', 'rating'] as const

/** What was corrected: what follows the correction, or what precedes 刚才发错了. */
function corrected(list: readonly Clause[], at: number, choosing: Choosing): Reading {
  const clause = list[at] ?? []
  const cut = clause.findLastIndex(({ kind }) => kind === 'fix')
  const head = clause.slice(0, Math.max(cut, 0))
  const tail = cut < 0 ? [] : clause.slice(cut + 1)
  const before = [...list.slice(0, at), head]
  if (choosing.where === 'group' && before.some((each) => has(each, 'word', 'query', 'unclear'))) {
    return TALK
  }
  const after = combine([...clauses(tail), ...list.slice(at + 1)], choosing)
  if (after.kind !== 'nothing') return after
  const flat = before.flatMap((each) => [...each, { kind: 'break', text: ',' } as const])
  const earlier = flat.findIndex(({ kind, text }) => kind === 'earlier' || text === '之前')
  if (earlier > 0) {
    const first = combine(clauses(flat.slice(0, earlier)), choosing)
    if (first.kind !== 'nothing') return first
  }
  const wrong = list.flat().some(({ kind, text }) => kind === 'fix' && /[错反误抖滑]/.test(text))
  return wrong && flat.some(({ kind }) => CONTENT.some((each) => each === kind)) ? UNCLEAR : TALK
}

/** What a whole message says about an item, one that is chosen from or rated. */
export function readMessage(tokens: readonly Token[], choosing: Choosing): Reading {
  // A number is a number even with a laugh.
  if (has(tokens, 'irony') && !has(tokens, 'number')) {
    return choosing.where === 'group' ? TALK : UNCLEAR
  }
  if (choosing.where === 'group' && has(tokens, 'turn')) return TALK
  const list = clauses(tokens)
  const last = list.findLastIndex(takesBack)
  return last < 0 ? combine(list, choosing) : corrected(list, last, choosing)
}
