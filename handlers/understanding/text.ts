import { fold, type Range } from '../core/text/fold.ts'

/** A message as the lexicons are matched against it, and the way back to the sender's own words. */
export interface Prepared {
  readonly original: string
  /** Half-width, simplified, lower case, homophones mended, emoji and needless spaces gone. */
  readonly plain: string
  /** Where each sign of `plain` stands in `original`; one entry more for the end. */
  readonly at: readonly number[]
  /** What stands between two marks or spaces, as ranges of `plain`. */
  readonly clauses: readonly Range[]
}

/** What voice input and hurried fingers write; both sides are equally long, so that offsets stay. */
const HOMOPHONES: readonly (readonly [wrong: RegExp, right: string])[] = [
  [/装秀|装休|装绣|妆修/g, '装修'],
  [/(?<![制打编创改铸])造音(?!乐)|躁音|燥音|嘈音|噪因|早音(?=[太好很大吵])/g, '噪音'],
  [/躁声|燥声|噪生/g, '噪声'],
  [/拉圾|垃级|垃极|拉极|拉级|垃鸡|拉机(?=[堆满桶没])/g, '垃圾'],
  [/单圆|单员|单园|丹元/g, '单元'],
  [/扰名|绕民|扰明/g, '扰民'],
  [/施功|师工|失工/g, '施工'],
  [/广场五|广场午|广场武/g, '广场舞'],
  [/电转(?=[声又响还一])|店钻/g, '电钻'],
  [/堆基|堆机/g, '堆积'],
  [/异昧|意味(?=熏|刺鼻|好大)/g, '异味'],
  [/瞓唔着|睡唔着|困勿着|睏勿着|困不着|睏不着/g, '睡不着'],
]

/** Signs of the wrong sides, so that most texts need not be searched one by one. */
const MAY_BE_WRONG = /[秀休绣妆造躁燥嘈因早生拉垃圆员园丹绕扰功失师五午武转店基机昧意瞓唔困睏勿]/

const EMOTE = /\[[^[\]\n]{1,6}\]/g
const SPACED_OUT = /^(?:\S ){4}/
const DROPPED = /\p{Extended_Pictographic}|\uFE0F|\u200D|\p{Emoji_Modifier}/gu

/** The message made ready for the lexicons. */
export function prepare(original: string): Prepared {
  const folded = mend(fold(original))
  const blank = (mark: string) => ' '.repeat(mark.length)
  const text = folded.replace(EMOTE, blank).replace(DROPPED, blank)
  const joined = SPACED_OUT.test(text.trimStart())
  const signs: string[] = []
  const at: number[] = []
  for (let i = 0; i < text.length; i++) {
    const sign = text.charAt(i)
    const needless = sign === ' ' && (joined || signs.length === 0 || signs.at(-1) === ' ')
    if (needless) continue
    signs.push(sign)
    at.push(i)
  }
  at.push(original.length)
  const plain = signs.join('')
  return { original, plain, at, clauses: clausesOf(plain) }
}

/** The sender's own words for a range of the plain text. */
export function ownWords(text: Prepared, { start, end }: Range): string {
  return text.original.slice(text.at[start] ?? 0, (text.at[end - 1] ?? 0) + 1).trim()
}

function mend(text: string): string {
  if (!MAY_BE_WRONG.test(text)) return text
  return HOMOPHONES.reduce((mended, [wrong, right]) => mended.replace(wrong, right), text)
}

const CLAUSE = /[^,，。.!！?？;；…~～\s]+(?:(?<=\d)\.(?=\d)[^,，。.!！?？;；…~～\s]+)*/g

function clausesOf(plain: string): Range[] {
  return [...plain.matchAll(CLAUSE)].map((m) => ({ start: m.index, end: m.index + m[0].length }))
}
