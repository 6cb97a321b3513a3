import type { Option } from '../../../content/survey-schema.ts'
import { normalise } from '../../core/text/normalise.ts'
import { asOption } from './mend.ts'

/** One way to say an option: its place (1 is the first), and how much of its words this is (0 to 1). */
export interface Wording {
  readonly text: string
  readonly place: number
  readonly share: number
}

/** The words of an item's options, and their parts where only one option has them. */
export interface OptionIndex {
  /** The longest wording of an option that stands at `from` in a normalised text. */
  at(text: string, from: number): Wording | undefined
  /** The one option whose words a text shortens: 装袋送到指定地点; `alone`: by one sign too, 湿的. */
  shortened(text: string, alone: boolean): Wording | undefined
}

/** Whether a word stands at `from`: letters and digits do not run on into it or out of it. */
export function standsAt(text: string, word: string, from: number): boolean {
  if (!text.startsWith(word, from)) return false
  const runsOn = (a: string, b: string) =>
    (/[a-z]/.test(a) && /[a-z]/.test(b)) || (/\d/.test(a) && /\d/.test(b))
  const end = from + word.length
  return (
    !runsOn(text.charAt(from - 1), word.charAt(0)) &&
    !runsOn(word.charAt(word.length - 1), text.charAt(end))
  )
}

const DENIAL = /[不没无非未别勿]/
const JOINS = /[或和及与跟]/
const LONGEST_PART = 20

/** Words and numbers whole, Chinese sign by sign. */
function pieces(text: string): readonly string[] {
  return text.match(/[a-z]+|\d+|\s+|[^a-z\d\s]/gu) ?? []
}

/** Parts of at least two Chinese signs or a word of three letters; none that a denial stands before. */
function parts(text: string): readonly string[] {
  const units = pieces(text)
  const found: string[] = []
  for (let from = 0; from < units.length; from++) {
    if (from > 0 && DENIAL.test(units[from - 1] ?? '')) continue
    if (JOINS.test(units[from] ?? '')) continue
    for (let to = from + 1; to <= Math.min(units.length, from + LONGEST_PART); to++) {
      const part = units.slice(from, to).join('')
      const telling = part.match(/\p{Script=Han}/gu)?.length ?? 0
      const edges = /^[\p{L}\d].*[\p{L}\d]$/u.test(part)
      if (edges && (telling >= 2 || /[a-z]{3}/.test(part) || (telling > 0 && /\d/.test(part)))) {
        found.push(part)
      }
    }
  }
  return found
}

/** One wording as it may be typed: with its signs, without, and without what stands in brackets. */
function spellings(text: string): readonly string[] {
  const whole = asOption(normalise(text))
  const bare = whole.replace(/\([^()]*\)/g, '').trim()
  return [whole, bare, whole.replace(/[\s\p{P}]/gu, '')].filter((each) => each !== '')
}

function collect(options: readonly Option[]): readonly Wording[] {
  const whole = new Map<string, number | undefined>()
  const partly = new Map<string, Wording | undefined>()
  for (const [i, { text, words }] of options.entries()) {
    const place = i + 1
    for (const spelling of [...Object.values(text), ...words].flatMap(spellings)) {
      const other = whole.has(spelling) && whole.get(spelling) !== place
      whole.set(spelling, other ? undefined : place)
      for (const part of parts(spelling)) {
        const before = partly.get(part)
        const share = Math.max(part.length / spelling.length, before?.share ?? 0)
        const shared = partly.has(part) && before?.place !== place
        partly.set(part, shared ? undefined : { text: part, place, share })
      }
    }
  }
  const wordings = [...partly.values()].filter((each) => each && !whole.has(each.text))
  // A lone digit chooses by place, whatever the options are called.
  const full = [...whole].map(([text, place]) =>
    place === undefined || /^\d$/.test(text) ? undefined : { text, place, share: 1 },
  )
  return [...full, ...wordings].filter((each) => each !== undefined)
}

/** Whether all signs of `text` stand in `words` in the same order. */
function shortens(text: string, words: string): boolean {
  let at = 0
  for (const sign of text) {
    at = words.indexOf(sign, at) + 1
    if (at === 0) return false
  }
  return true
}

const LEAD = /^(?:[叫让请]物业|我|觉得|应该|肯定|当然|可能|要|得|就|是|选|那|嗯|把它?|都)+/
const TAIL = /(?:吧|呗|啊|呀|的|嘛|噻|咯|伐|哦|去|里|不就[得行好完]了?)+$/

function shortener(options: readonly Option[]): OptionIndex['shortened'] {
  const all = options.map(({ text, words }) =>
    [...Object.values(text), ...words]
      .flatMap(spellings)
      .map((each) => each.replace(/[丢]/g, '扔')),
  )
  return (text, alone) => {
    const bare = text
      .replace(/[,、 ]/g, '')
      .replace(LEAD, '')
      .replace(TAIL, '')
      .replace(/[来丢]/g, (s) => (s === '丢' ? '扔' : ''))
    const sign = alone && /^.的$/u.test(text.replace(LEAD, ''))
    const long = /^[\p{Script=Han}\d]{3,}$/u.test(bare)
    if (DENIAL.test(bare) || !(sign || long)) return undefined
    for (const form of [bare, bare.replaceAll('放', '')]) {
      const found = all.flatMap((spelt, i) =>
        spelt.some((each) => shortens(form, each)) ? [i] : [],
      )
      const [only] = found
      if (only !== undefined && found.length === 1 && (sign || form.length > 2)) {
        return { text, place: only + 1, share: 1 }
      }
    }
    return undefined
  }
}

const built = new WeakMap<readonly Option[], OptionIndex>()

/** The index of an item's options; kept as long as they are, because it is asked for every message. */
export function optionIndex(options: readonly Option[]): OptionIndex {
  const ready = built.get(options)
  if (ready) return ready
  const bySign = new Map<string, Wording[]>()
  for (const wording of collect(options)) {
    const first = wording.text.charAt(0)
    bySign.set(first, [...(bySign.get(first) ?? []), wording])
  }
  for (const list of bySign.values()) list.sort((a, b) => b.text.length - a.text.length)
  const index: OptionIndex = {
    shortened: shortener(options),
    at(text, from) {
      return bySign.get(text.charAt(from))?.find((each) => standsAt(text, each.text, from))
    },
  }
  built.set(options, index)
  return index
}
