import { normalise } from '../../core/text/normalise.ts'
import { parseNumeral } from '../../core/text/numerals.ts'

/** What is spelt wrong, or what voice input makes of it. */
const MISSPELT: readonly (readonly [wrong: RegExp, right: string])[] = [
  [/满[义易益]|[慢漫瞒][意义]/g, '满意'],
  [/(?<=[很挺蛮不太常较])满一(?=$|[的了吧啊,。! ])/g, '满意'],
  [/満/g, '满'],
  [/1般|一斑/g, '一般'],
  [/有[嗨海骇还]垃圾/g, '有害垃圾'],
  [/两(?=分(?![钟之半地])|颗?星)/g, '2'],
  [/㗎/g, '啊'],
  [/叭(?=$|[,。! ])/g, '吧'],
  [/\.{2,}/g, ','],
  // Voice input hesitates: 恩那个我选四.
  [/^(?:恩|嗯|呃|额|啊|唔)*那个,?(?=我|选|给|打)/g, ''],
  [/(?<=[分星]),?(?:我?都|还)?(?:嫌[多高]|不能再[多少]|不想给|给多|多)了?/g, ''],
  // 五分五分
  [/([\d一二三四五](?:分|颗?星))[,。! ]*\1/g, '$1'],
  [/^(退订|跳过|退出|不清楚|不知道)[,。! ]*\1$/g, '$1'],
]

/** Degrees that are built around what rates. */
const BUILT: readonly (readonly [pattern: RegExp, plain: string])[] = [
  [/(?:一百|100)分的?(?=满意|好)/g, '非常'],
  [/再(满意|好)(?:也)?(?:不过|没有)了?/g, '非常$1'],
  [/(?:不能|没法|无法|唔可以)(?:再|更)(满意|好|差|糟|烂|不满意)/g, '非常$1'],
  [/没有?(?:比这儿?(?:里|个)?)?(?:再|更)(满意|好|差)的/g, '非常$1'],
  [/(满意|好|差|糟)得不能(?:再|更)\1/g, '非常$1'],
  [/([谈说算称])不上满意,?也?\1不上不满意/g, '一般'],
  // 我不是不满意,我是满意的
  [/^我?也?不是(?:说?很|太|特别|非常|不)?满意[啊哦吧呀]?,?(?:我|而|只)?就?是(?=.)/g, ''],
  [/[点选打按写填发]成了?[^,。]{1,4}了?[,。 ]/g, '打错了,'],
  [/不是一般的?(满意|好|差|烂|不满意)/g, '非常$1'],
]

/** One writing for what is often mistyped or comes out of voice input. */
export function mend(text: string): string {
  const plain = normalise(text)
  const spelt = /^\p{Script=Han}(?: \p{Script=Han})+$/u.test(plain)
    ? plain.replaceAll(' ', '')
    : plain
  const right = [...MISSPELT, ...BUILT].reduce((rest, [from, to]) => rest.replace(from, to), spelt)
  return right
    .replace(/n't\b/g, ' not')
    .replace(
      /'(s|m|re|d)\b/g,
      (_, end: string) => ({ s: ' is', m: ' am', re: ' are' })[end] ?? ' would',
    )
}

const COUNTED = /(?!一点(?!到|至|钟))[零〇一二两三四五六七八九十]+(?=[点月日号时])/g
const PART_OF_DAY =
  /(?:(?:到|至)?(?:第二天|次日|隔天|转天)的?)?(?:晚上|夜里|夜间|半夜|深夜|凌晨|清晨|早上|早晨|上午|晚|早)?的?(\d{1,2})(?:点钟?|时|:00)/g
const CLOCK = /\d{1,2}(?:点|时|:00)/g
/** Everyday words for the same thing. */
const SAME: readonly (readonly [words: RegExp, word: string])[] = [
  [/单车|脚踏车|共享单车/g, '自行车'],
  [/[踩蹬](?=自行车)/g, '骑'],
  [/[找叫]警察/g, '报警'],
  [/的士/g, '出租车'],
  [/(?:规定|指定)的?(?:地方|位置|地点|点)/g, '指定地点'],
  [/腿儿?着|走着/g, '走路'],
  [/(?:拉|运|拖|清)走/g, '清运'],
  [/最(?:好|环保|低碳|健康|省事|合适|安全)[了啦]?$/g, ''],
  [/只要(?=[\da-e一二三四五])/g, '只选'],
  [/伐(?=$|[,。! ])/g, '吧'],
]

/** One writing of times, days and everyday words, for what an option says and for who names it. */
export function asOption(text: string): string {
  const figures = text.replace(COUNTED, (numeral) => `${parseNumeral(numeral) ?? numeral}`)
  const dated = figures
    .replace(
      /(?<=\d月)[一二三四五六七八九十]{1,3}(?![月点])/g,
      (day) => `${parseNumeral(day) ?? day}`,
    )
    .replace(/(\d{1,2})月(\d{1,2})[日号]?/g, '$1月$2日')
  const range = (dated.match(CLOCK)?.length ?? 0) === 2
  const clocked = range
    ? dated
        .replace(PART_OF_DAY, (found, hour: string) =>
          /^[到至]/.test(found) ? `到${hour}点` : `${hour}点`,
        )
        .replace(/(?<=点) ?[至~-]{1,2} ?(?=\d)/g, '到')
    : dated
  return SAME.reduce((rest, [words, word]) => rest.replace(words, word), clocked)
}

const FEW = '([两俩二三四五2-5])'
const FIRST = new RegExp(`(?:最?前|头)面?的?${FEW}[个项种样]`, 'g')
const LAST = new RegExp(`(?:最后|后|末)面?的?${FEW}[个项种样]`, 'g')

/** 前两个, 最后一个, 倒数第二个 as the places they stand for. */
export function byOrder(text: string, count: number): string {
  if (!/[前头后末倒间]/.test(text)) return text
  const places = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, i) => from + i).join('、')
  const few = (numeral: string) =>
    Math.min(count, numeral === '俩' ? 2 : (parseNumeral(numeral) ?? count))
  return text
    .replace(FIRST, (_, numeral: string) => places(1, few(numeral)))
    .replace(LAST, (_, numeral: string) => places(count - few(numeral) + 1, count))
    .replace(/(?:最?后面?那?|末尾?|倒数第)一[个项种样]/g, `第${count}个`)
    .replace(/倒数第二[个项种样]/g, `第${Math.max(count - 1, 1)}个`)
    .replace(/(?:最?前面?那?|头)一[个项种样]/g, '第1个')
    .replace(/最?中间(?:的|那|一|个|档|项)*/g, (found) =>
      count % 2 === 1 ? `第${(count + 1) / 2}个` : found,
    )
}
