import { Converter } from 'opencc-js/t2cn'

const convert: (text: string) => string = Converter({ from: 't', to: 'cn' })

/** 著 stands for 着 in traditional writing, except in the words about writing and renown. */
const ZHE = /(?<![名原编专遗论巨土显昭卓合译拙])著(?![名作书称者述录])/g

/** Traditional characters to simplified ones; everything else stays. */
export function toSimplified(text: string): string {
  if (!/[\u3400-\uFAFF\uD840-\uD88F]/.test(text)) return text
  let simple = convert(text)
  // A second pass, because a few characters have two steps to go (薴 → 苧 → 苎).
  if (simple !== text) simple = convert(simple)
  return simple.includes('著') ? simple.replace(ZHE, '着') : simple
}

const RINGED: readonly (readonly [first: string, from: number, count: number])[] = [
  ['①', 1, 20],
  ['⑴', 1, 20],
  ['❶', 1, 10],
  ['⓫', 11, 10],
  ['⓵', 1, 10],
  ['➀', 1, 10],
  ['➊', 1, 10],
  ['⓪', 0, 1],
  ['⓿', 0, 1],
  ['🔟', 10, 1],
]

const RINGED_VALUE: ReadonlyMap<string, number> = new Map(
  RINGED.flatMap(([first, from, count]) =>
    Array.from({ length: count }, (_, i): [string, number] => [
      String.fromCodePoint((first.codePointAt(0) ?? 0) + i),
      from + i,
    ]),
  ),
)

const ANY_RINGED = /[①-⒇⓪-⓿❶-➓🔟]/gu
const DIGIT_LIKE = /^[0-9①-⒇⓪-⓿❶-➓🔟]/u

/** Ringed digits side by side are several choices (①③ is "1 3"), so they are kept apart. */
function plainDigits(text: string): string {
  return text
    .replace(/([0-9#*])\uFE0F?\u20E3/g, '$1')
    .replace(ANY_RINGED, (mark, at: number, whole: string) => {
      const next = whole.slice(at + mark.length, at + mark.length + 2)
      const value = `${RINGED_VALUE.get(mark) ?? mark}`
      const before = /[0-9]/.test(whole.charAt(at - 1)) ? ' ' : ''
      return before + value + (DIGIT_LIKE.test(next) ? ' ' : '')
    })
}

const VARIANTS: readonly (readonly [sign: string, variants: string])[] = [
  [':', '∶꞉'],
  [',', '‚'],
  ["'", '‘’‛´`'],
  ['"', '“”„‟〝〞「」『』'],
  ['-', '‐‑‒–—―−'],
  ['~', '〜∼'],
  ['·', '•‧・'],
]

const CANONICAL: ReadonlyMap<string, string> = new Map(
  VARIANTS.flatMap(([sign, variants]) => [...variants].map((v): [string, string] => [v, sign])),
)
const VARIANT = new RegExp(`[${[...CANONICAL.keys()].join('')}]`, 'g')

function canonical(text: string): string {
  return text.replace(VARIANT, (sign) => CANONICAL.get(sign) ?? sign)
}

/**
 * The text as commands and patterns are matched against it; never shown to anybody.
 *
 * Half-width, simplified, lower case. Punctuation comes down to `, 。 ! ? : ; 、 . ( ) " ' - ~ ·` (so
 * ，and ： are ASCII, the Chinese full stop and 、 keep their own signs). Emoji and ringed digits become
 * ASCII digits. Control, zero-width and direction marks and halves of surrogate pairs go. Every space is
 * one plain space, none at a line's border; line breaks are one `\n`. Idempotent.
 */
export function normalise(text: string): string {
  const marks = plainDigits(text)
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n')
    .replaceAll('\t', ' ')
    .replace(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Variation_Selector}]/gu, '')
  // Before NFKC, which would take ´ apart. Lower case can make a letter and its accent composable,
  // hence the second composition.
  const narrow = canonical(marks).normalize('NFKC').toLowerCase().normalize('NFKC')
  return toSimplified(canonical(narrow))
    .replace(/\p{Zs}+/gu, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .trim()
}

/** The chat network's own emoji, which arrive as words in brackets. */
const EMOTES: ReadonlySet<string> = new Set(
  (
    '微笑 撇嘴 色 发呆 得意 流泪 害羞 闭嘴 睡 大哭 尴尬 发怒 调皮 呲牙 惊讶 难过 囧 抓狂 吐 偷笑 愉快 白眼 ' +
    '傲慢 困 惊恐 流汗 憨笑 悠闲 奋斗 疑问 嘘 晕 衰 敲打 再见 擦汗 抠鼻 鼓掌 坏笑 哈欠 鄙视 委屈 快哭了 阴险 ' +
    '亲亲 可怜 咖啡 玫瑰 凋谢 嘴唇 爱心 心碎 蛋糕 月亮 太阳 拥抱 强 弱 握手 胜利 抱拳 勾引 拳头 ok 捂脸 奸笑 ' +
    '机智 皱眉 耶 吃瓜 加油 汗 天啊 emm 旺柴 好的 哇 翻白眼 叹气 苦涩 裂开 嘿哈 合十 庆祝 礼物 红包 发 福 ' +
    '烟花 爆竹 笑脸 生病 破涕为笑 脸红 失望 无语'
  ).split(' '),
)

/** Longer ones first: the first that fits is taken off. */
const COURTESIES = [
  ...['麻烦您了', '麻烦你了', '辛苦您了', '辛苦你了', 'thank you', '谢谢您', '谢谢你', '谢谢了'],
  ...[
    '行不行',
    '好不好',
    '可以吗',
    '麻烦了',
    '辛苦了',
    '拜托了',
    'thanks',
    'please',
    '谢谢',
    '多谢',
  ],
  ...['感谢', '谢了', '拜托', '请问', '好吗', '行吗', 'thx', 'pls'],
  ...[
    '吗',
    '呢',
    '啊',
    '呀',
    '哦',
    '哈',
    '吧',
    '啦',
    '嘛',
    '哇',
    '噢',
    '喔',
    '哟',
    '呗',
    '咯',
    '哒',
  ],
]

const TAIL_MARK =
  /^[\s,。.!?;:、~…·\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}]$/u
/** 吧 that is part of a place's name. */
const BAR = /[酒网书茶水氧陶]吧$/

/** Length of what may go from the end of the text; 0 when nothing may. */
function tailLength(text: string): number {
  const last = [...text.slice(-2)].at(-1) ?? ''
  if (TAIL_MARK.test(last)) return last.length
  const emote = last === ']' ? /\[([^[\]]{1,4})\]$/.exec(text.slice(-6)) : null
  if (emote?.[1] !== undefined && EMOTES.has(emote[1])) return emote[0].length
  if (last === '吧' && BAR.test(text.slice(-2))) return 0
  const courtesy = COURTESIES.find((word) => text.endsWith(word))
  if (courtesy === undefined) return 0
  const before = text.charAt(text.length - courtesy.length - 1)
  return /[a-z]/.test(courtesy.charAt(0)) && /[a-z]/.test(before) ? 0 : courtesy.length
}

/**
 * A normalised text without what people add at the end of a request: punctuation, emoji, particles
 * (吗呢啊吧…) and thanks. Only closed lists, so 了, 的, 么, 没 and any other word stay; a text that
 * would vanish altogether (谢谢, 👍) comes back unchanged.
 */
export function stripTail(text: string): string {
  let end = text.length
  for (let cut = tailLength(text); cut > 0; cut = tailLength(text.slice(0, end))) end -= cut
  return end > 0 ? text.slice(0, end) : text
}
