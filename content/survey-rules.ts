import { LANGS } from './fields.ts'
import type { Item, Option, Questionnaire, SkipCondition } from './survey-schema.ts'
import { LEVELS, sameAs, UNKNOWN_TEXT } from './survey-words.ts'

/** What a questionnaire may not say although each of its parts is well formed. */
type Finding = readonly [path: readonly (string | number)[], message: string]

/** What is wrong within one item; paths start at the item. */
export function* itemProblems(item: Item): Generator<Finding> {
  if (item.id === 'end') yield [['id'], 'expected another id, "end" is where skips may lead']
  if ('options' in item) yield* optionProblems(item.options, item.unknown)
  if (item.type === 'number') {
    if (item.max <= item.min) yield [['max'], 'expected more than "min"']
    if (item.integer && !(Number.isInteger(item.min) && Number.isInteger(item.max))) {
      yield [['integer'], 'expected "integer: false" where a bound is not a whole number']
    }
  }
  if (item.type === 'knowledge') {
    const right = item.options.filter((option) => option.correct).length
    if (right === 0) yield [['options'], 'expected "correct: true" at one option or more']
    if (right === item.options.length) yield [['options'], 'expected an option that is not correct']
  }
  yield* conditionProblems(item)
}

/** Ids are unique, and what an option is called leads to it alone. */
function* optionProblems(options: readonly Option[], unknown: boolean): Generator<Finding> {
  const ids = new Set(['unknown'])
  const owners = new Map<string, number>()
  if (unknown) for (const lang of LANGS) owners.set(sameAs(UNKNOWN_TEXT[lang]), -1)
  for (const [i, option] of options.entries()) {
    if (ids.has(option.id)) {
      yield [['options', i, 'id'], `expected an id of its own, "${option.id}" is taken`]
    }
    ids.add(option.id)
    const names = [
      ...LANGS.map((lang) => [['text', lang], option.text[lang]] as const),
      ...option.words.map((word, j) => [['words', j], word] as const),
    ]
    for (const [path, name] of names) {
      const owner = owners.get(sameAs(name)) ?? i
      if (owner !== i) {
        const other = owner < 0 ? 'what 不清楚 is called' : `what option ${owner + 1} is called`
        yield [['options', i, ...path], `expected words of its own, "${name}" is ${other}`]
      }
      owners.set(sameAs(name), owner)
    }
  }
}

/** Conditions speak of what the item offers, and no answer meets two of them by name. */
function* conditionProblems(item: Item): Generator<Finding> {
  const offered = new Set(offers(item))
  const taken = new Set<string>()
  for (const [i, { when }] of item.skip.entries()) {
    for (const [name, path] of named(when)) {
      const at = ['skip', i, 'when', ...path]
      if (!offered.has(name)) yield [at, `expected a choice of this item, found "${name}"`]
      else if (taken.has(name)) yield [at, `expected one rule for "${name}", there is one above`]
      taken.add(name)
    }
  }
}

/** What can be chosen: ids of options, levels as digits, and `unknown`. */
function offers(item: Item): string[] {
  const own = 'options' in item ? item.options.map((option) => option.id) : []
  const levels = item.type === 'scale' ? LEVELS.map(String) : []
  return [...own, ...levels, ...(item.unknown ? ['unknown'] : [])]
}

function named(when: SkipCondition): (readonly [name: string, path: (string | number)[]])[] {
  if ('options' in when) return when.options.map((id, i) => [id, ['options', i]])
  if ('levels' in when) return when.levels.map((n, i) => [String(n), ['levels', i]])
  return [['unknown', ['unknown']]]
}

/** What is wrong between the items. */
export function* questionnaireProblems(q: Questionnaire): Generator<Finding> {
  const places = new Map<string, number>()
  for (const [i, { id }] of q.items.entries()) {
    if (places.has(id)) yield [['items', i, 'id'], `expected an id of its own, "${id}" is taken`]
    else places.set(id, i)
  }
  const reached = new Set([0])
  for (const [i, item] of q.items.entries()) {
    if (!reached.has(i)) {
      yield [['items', i], `expected a way to "${item.id}", every answer above leads past it`]
    }
    if (mayGoOn(item)) reached.add(i + 1)
    for (const [j, { to }] of item.skip.entries()) {
      const target = to === 'end' ? q.items.length : places.get(to)
      const at = ['items', i, 'skip', j, 'to']
      if (target === undefined) yield [at, `expected the id of an item or "end", found "${to}"`]
      else if (target <= i) yield [at, `expected an item further down, "${to}" is not`]
      else reached.add(target)
    }
  }
  yield* targetProblems(q)
}

/** Whether some answer to the item, or none, leads to the item below. */
function mayGoOn(item: Item): boolean {
  if (item.optional || item.type === 'number' || item.type === 'text') return true
  const leaving = new Set(item.skip.flatMap(({ when }) => named(when).map(([name]) => name)))
  return offers(item).some((name) => !leaving.has(name))
}

function* targetProblems({ kind, target, items }: Questionnaire): Generator<Finding> {
  const has = (type: Item['type']) => items.some((item) => item.type === type)
  if (kind === 'satisfaction' && !has('scale')) yield [['items'], 'expected a "scale" item']
  if (kind === 'awareness' && !has('knowledge')) yield [['items'], 'expected a "knowledge" item']
  if (target?.measure === 'awareness' && !has('knowledge')) {
    yield [['target', 'measure'], 'expected "knowledge" items, there is none to measure']
  }
  if (target?.measure === 'satisfaction') {
    const item = items.find(({ id }) => id === target.item)
    if (item?.type !== 'scale') {
      yield [['target', 'item'], `expected the id of a "scale" item, found "${target.item}"`]
    }
  }
}
