import { normalise } from '../../core/text/normalise.ts'
import { parseNumeral } from '../../core/text/numerals.ts'

/** Reads 接龙 lists: `#接龙 每周一课 1. 王阿姨 2. 李叔 2人`. Pure. */

export interface Entry {
  readonly name: string
  /** The person, and whom they bring without a name. */
  readonly people: number
}

export interface Chain {
  /** What stands above the names. */
  readonly header: string
  readonly entries: readonly Entry[]
}

const TITLE = /接龙/u
const LONGEST = 4000
const MOST_PEOPLE = 5

/** What is no sign-up: things to buy, lists for doctors, petitions. */
const OTHER =
  /团购|拼团|拼单|团长|开团|下单|代购|核酸|疫苗|抗原|体温|物资|快递|鸡蛋|蔬菜|水果|牛奶|粽子|月饼|订(?:菜|奶|餐|货)|捐|募|投票|签名|联名|请愿|退款|缴费|收费|红包|健康码|打卡|报备|房屋|租房|二手/u
const GOODS =
  /\d\s*(?:份|斤|公斤|kg|箱|盒|袋|瓶|只|筐|提|桶|元|块|件|套|包)|[一二两三四五六七八九十]\s*(?:份|斤|箱|盒|袋|瓶|只|筐|桶)/u
const EXAMPLE = /^(?:例|示例|例如|格式|范例|样例)/u

/** The list, or `undefined` when the text is none or is about something else. */
export function readChain(text: string): Chain | undefined {
  if (text.length > LONGEST) return undefined
  const lines = normalise(text)
    .split('\n')
    .filter((line) => !EXAMPLE.test(line))
  const [first = ''] = lines
  if (!TITLE.test(lines.slice(0, 3).join('\n'))) return undefined
  const start = lines.findIndex((line, i) => i > 0 && MARK.test(line))
  const inline = start < 0 || lines.slice(0, start).some((line) => INLINE.test(line))
  const [header, items] = inline
    ? inOneLine(lines.join('\n'))
    : [lines.slice(0, start).join('\n'), lines.slice(start).flatMap(itemsOf)]
  if (!TITLE.test(`${first}\n${header}`) || OTHER.test(header)) return undefined
  const entries = entriesOf(items)
  return entries && { header: header.trim(), entries }
}

/** A number at the beginning of a line, which is none of a house, a time or an amount. */
const UNIT = `(?:人|位|号|楼|个|份|大|小|栋|幢|单元|室|街坊|月|日|点|时|年|元|块|斤|岁)`
const MARK = new RegExp(
  String.raw`^\s*(\d{1,3})(?:\s*[.、):,]\s*(?!\d)|\s+(?!\d)|(?!${UNIT})(?=\p{Script=Han}))`,
  'u',
)
const INLINE = /接龙.*?(?:^|\D)1\s*(?:[.、):]|(?=\p{Script=Han}))/u
const NEXT = new RegExp(String.raw`(\d{1,3})(?:\s*[.、):]\s*|(?!${UNIT})(?=\p{Script=Han}))`, 'gu')

/** Everything in one line: the numbers count from 1. */
function inOneLine(text: string): [header: string, items: string[]] {
  const marks = counted(text, 1)
  const [first] = marks
  if (first === undefined) return [text, []]
  return [text.slice(0, first.from), cut(text, marks)]
}

/** A line of the list may hold several: `1. 王阿姨 2. 李叔`. */
function itemsOf(line: string): string[] {
  const mark = MARK.exec(line)
  if (mark === null) return []
  const rest = line.slice(mark[0].length)
  const marks = counted(rest, Number(mark[1]) + 1)
  return [rest.slice(0, marks[0]?.from ?? rest.length), ...cut(rest, marks)]
}

interface Mark {
  readonly from: number
  readonly to: number
}

function counted(text: string, first: number): Mark[] {
  const marks: Mark[] = []
  let wanted = first
  for (const found of text.matchAll(NEXT)) {
    if (Number(found[1]) !== wanted) continue
    marks.push({ from: found.index, to: found.index + found[0].length })
    wanted += 1
  }
  return marks
}

function cut(text: string, marks: readonly Mark[]): string[] {
  return marks.map(({ to }, i) => text.slice(to, marks[i + 1]?.from ?? text.length))
}

/** `undefined` when the items are not people. */
function entriesOf(items: readonly string[]): Entry[] | undefined {
  const filled = items.map((item) => item.trim()).filter((item) => !/^[\s\p{P}\p{S}]*$/u.test(item))
  if (filled.length === 0 || filled.some((item) => GOODS.test(item))) return undefined
  const read = filled.map(readItem)
  const people = read.filter((item) => item !== undefined)
  if (people.length * 2 <= filled.length) return undefined
  const byName = new Map<string, Entry>()
  for (const item of people) {
    if (item !== 'gone' && !byName.has(item.name)) byName.set(item.name, item)
  }
  return [...byName.values()]
}

const GONE = /取消|不去|不来|来不了|去不了|不参加|退出|划掉|删|作废|[❌✗✘×]|~~/u
const PLACE =
  /(?:\d{1,4}(?:街坊|号楼|栋|幢|座|楼|单元|门|室|号|弄|层)\s*)+\d{0,4}|\d{1,4}(?:[-—–~/]\d{1,4})+(?:室)?|1\d{10}|\d{3,4}(?:室)?(?=\s|$)/gu
const COUNT = /(\d{1,2}|[一二两三四五六七八九十])\s*(?:个人|个大人|大人|人|位|口)|\+\s*(\d)/u
const PAIR =
  /夫妻|夫妇|两口子?|老两口|俩|(?:和|带|跟|与|携)(?:老伴|老公|老婆|爱人|先生|太太|妈妈?|爸爸?|母亲|父亲|孙子|孙女|孩子|儿子|女儿|朋友|家属|邻居)/u
const NAME = /^[\p{Script=Han}a-z·.]{1,8}$/u
/** Talk, not a name. */
const TALK =
  /[吗呢吧的了是有在去来]|什么|怎么|大家|活动|通知|时间|地点|今天|明天|讨论|希望|建议|因为|所以|可以|需要|注意|自带|集合/u

function readItem(item: string): Entry | 'gone' | undefined {
  if (GONE.test(item)) return 'gone'
  const people = peopleIn(item)
  const [name = ''] = item
    .replace(/[(（].*?[)）]/gu, ' ')
    .replace(PLACE, ' ')
    .replace(COUNT, ' ')
    .replace(PAIR, ' ')
    .replace(/[^\p{Script=Han}a-z·.\s,、/:;]/gu, ' ')
    .trim()
    .split(/[\s,、/:;]+/u)
  const plain = name
    .replace(/(?:报名|参加|一个|一起|本人|去|来|也|共)+$/u, '')
    .replace(/^\.+|\.+$/gu, '')
  if (!NAME.test(plain) || TALK.test(plain)) return undefined
  return { name: plain, people }
}

function peopleIn(item: string): number {
  const [, count, more] = COUNT.exec(item) ?? []
  const said = more === undefined ? parseNumeral(count ?? '') : Number(more) + 1
  return Math.min(MOST_PEOPLE, Math.max(1, said ?? (PAIR.test(item) ? 2 : 1)))
}

/** The names, one for each person: who comes along without a name is counted behind the one who brings them. */
export function namesOf({ entries }: Chain): string[] {
  return entries.flatMap(({ name, people }) =>
    Array.from({ length: people }, (_, i) => (i === 0 ? name : `${name}+${i}`)),
  )
}
