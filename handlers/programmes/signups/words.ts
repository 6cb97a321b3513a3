import type { LocalDate } from '../../../content/time.ts'
import type { OccurrenceId } from '../../../db/schema.ts'
import type { Env, Said } from '../../core/feature.ts'
import { normalise, stripTail } from '../../core/text/normalise.ts'
import { parseNumeral } from '../../core/text/numerals.ts'
import { type Ask, readAsk } from '../ask.ts'

/** How people say that they, or others, come: 报名 3, 替我妈报名 3, 报名 3 带李叔, 每周一课报名. Pure. */

/** Which activity is meant: its number, its name with a day perhaps, or the one that was just spoken of. */
export type Which =
  | { readonly no: OccurrenceId }
  | { readonly ask: Extract<Ask, { about: 'programme' }> }
  | 'latest'

export interface Wish {
  readonly which: Which
  /** The speaker, and those whom the speaker names. */
  readonly self: boolean
  readonly names: readonly string[]
  /** How many come, where only that was said. */
  readonly people?: number
}

/** What to read with: the words of the verb, and what is needed to know a programme by its name. */
export interface Reader {
  readonly env: Env
  readonly today: LocalDate
  readonly verbs: readonly string[]
}

const FOR = /^(?:请|麻烦)?(?:替|给|帮|为|代|for )\s*/u
const WITH = /^(?:带上?|和|跟|与|同|还有|加上?|替|给|帮|for |with )\s*/u
/** 每周一课 带我妈: the activity's name, and who comes along. */
const THEN_WITH = /^(.+?)[\s,，、]*((?:带上?|和|跟|与|同|还有|加上?|with ).+)$/u
const SELF = /^(?:我(?:自己|本人)?(?:要|想|也|来)?|本人|i )\s*(?:和|跟|与|带|加)?\s*/u
const NUMBER =
  /^(?:#|第|活动|编号|no\.?)?\s*(\d{1,9}|[一二三四五六七八九十百]{1,5})\s*(?:号活动|号|场)?(?=$|[^\d])/u
const PEOPLE = /^(\d{1,2}|[一二两三四五六七八九十])\s*(?:个人|人|位|个)/u
const AND = /(?:、|,|，|和|跟|还有|以及|\s+and\s+|\s+)/u
const TAIL = /(?:一起|一块儿?|也|都|来|去|参加|们?两个|俩)+$/u
const NAME = /^[\p{Script=Han}a-z·.' ]{1,10}$/iu
/** No name, but talk that goes on. */
const NO_NAME =
  /^(?:怎么|如何|什么|哪|谁|多少|几|的|了|没|不|要|吗|呢|人|表|费|处|截止|时间|地点|链接|方式|成功|满)/u

/** Reads a wish to come, or not to come; `undefined` when the words are none. */
export function readWish(said: Said, reader: Reader): Wish | undefined {
  const text = stripTail(said.text)
  for (const verb of reader.verbs) {
    const at = text.indexOf(verb)
    if (at < 0) continue
    const wish = around(said, text.slice(0, at).trim(), text.slice(at + verb.length), reader)
    if (wish !== undefined) return wish
  }
  return undefined
}

/** The verb stands between who and which, or after both. */
function around(said: Said, before: string, after: string, reader: Reader): Wish | undefined {
  const tail = readTail(said, after.trim(), reader)
  if (tail === undefined) return undefined
  if (before === '' || SELF.test(before)) {
    const rest = before.replace(SELF, '').trim()
    if (rest === '') return tail
    const names = namesIn(said, rest)
    return names && { ...tail, self: true, names: [...names, ...tail.names] }
  }
  if (FOR.test(before)) {
    const others = before.replace(FOR, '').trim()
    if (others === '我') return tail
    const names = namesIn(said, others)
    return names && { ...tail, self: false, names: [...names, ...tail.names] }
  }
  const which = tail.which === 'latest' ? whichIn(before, reader) : undefined
  return which && { ...tail, which }
}

/** What follows the verb: which activity, and who comes along. */
function readTail(said: Said, text: string, reader: Reader): Wish | undefined {
  const people = PEOPLE.exec(text)
  const self = { self: true, names: [] }
  if (people?.[0] === text && people[1] !== undefined) {
    return { which: 'latest', ...self, people: parseNumeral(people[1]) ?? 1 }
  }
  const number = people === null ? NUMBER.exec(text) : null
  const no = number?.[1] === undefined ? undefined : parseNumeral(number[1])
  if (number !== null && no !== undefined) {
    const which = { no: no as OccurrenceId }
    return withOthers(said, which, text.slice(number[0].length).trim())
  }
  if (text === '') return { which: 'latest', ...self }
  if (WITH.test(text)) return withOthers(said, 'latest', text)
  const named = text.replace(/^(?:参加|上)/u, '')
  const which = whichIn(named, reader)
  if (which !== undefined) return { which, ...self }
  const [, first = '', rest = ''] = THEN_WITH.exec(named) ?? []
  const then = first === '' ? undefined : whichIn(first, reader)
  return then && withOthers(said, then, rest)
}

function withOthers(said: Said, which: Which, rest: string): Wish | undefined {
  const text = rest.replace(/^[,，、。:]+/u, '').trim()
  if (text === '') return { which, self: true, names: [] }
  const people = PEOPLE.exec(text)
  if (people?.[0] === text && people[1] !== undefined) {
    return { which, self: true, names: [], people: parseNumeral(people[1]) ?? 1 }
  }
  // A name alone is whoever comes: many write their own behind the word.
  const along = WITH.test(text) && !FOR.test(text)
  const names = namesIn(said, text.replace(WITH, ''))
  return names && { which, self: along, names }
}

function whichIn(text: string, { env, today }: Reader): Which | undefined {
  const number = NUMBER.exec(text)
  if (number !== null && number[0].length === text.length && number[1] !== undefined) {
    return { no: parseNumeral(number[1]) as OccurrenceId }
  }
  const ask = readAsk(text, true, env.content, today)
  return ask?.about === 'programme' ? { ask } : undefined
}

/** One name or several, as they were written; `undefined` when something among them is no name. */
function namesIn(said: Said, text: string): string[] | undefined {
  const parts = text
    .replace(TAIL, '')
    .split(AND)
    .map((part) => part.replace(TAIL, '').trim())
    .filter((part) => part !== '')
  if (parts.length === 0 || parts.some((part) => !isName(part))) return undefined
  return parts.map((part) => asWritten(said, part))
}

export function isName(text: string): boolean {
  return NAME.test(text) && !NO_NAME.test(text)
}

/** The part of what was said that reads as `part` once it is made alike: a name keeps its own characters. */
export function asWritten({ words }: Said, part: string): string {
  for (let i = 0; i + part.length <= words.length; i++) {
    const same = words.slice(i, i + part.length)
    if (normalise(same) === part) return same
  }
  return part
}
