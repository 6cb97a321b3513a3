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
  // A A A
  [/^([a-e])(?:[ ,]\1){2,}$/, '$1'],
  [/我(?:要|选|想选|说|打|给)的(?:就)?是(?=[\da-e一二三四五])/g, '是'],
  [/[一1]分都?嫌[多高],?(?=.*[选打给])/g, ''],
  [/(?<=[分星])[就也]?[好行得成](?:了|啦|嘞)(?=$|[,。!])/g, ''],
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
  [/^我?也?不是(?:说?很|太|特别|非常|不)?满意[啊哦吧呀哈嘛]?,?(?:我|而|只)?就?是(?=.)/g, ''],
  // 最不满意的就是这个
  [/最(不?满意)的(?:就|也)?(?:是|数)(?:这儿?|它)[个点块条项]?/g, '非常$1'],
  [/[点选打按写填发]成了?[^,。]{1,4}了?[,。 ]/g, '打错了,'],
  [/不是一般的?(满意|好|差|烂|不满意)/g, '非常$1'],
]

/** What is only played with before the answer itself is said. */
const PLAYED: readonly RegExp[] = [
  // 你问我满不满意?不满意; 说满意是假的,不满意; 满意?呵呵,很不满意
  /^你?们?问我?(?:是不是)?(?:满不满意|满意不满意|满意)(?:吗|嘛|么)?[,?!。 ]*(?=.*(?:满意|\d))/,
  /^(?:你们?|要)?说(?:我|是)?满意,?那?(?:[是就](?:骗人|假)的|才怪)[,?!。 ]*(?=.*(?:满意|\d))/,
  /^(?:满不满意|满意)(?:吗|嘛|么)?\?[,!。 ]*(?:呵呵|哼|切|哪有|才不)*[,!。 ]*(?=.*(?:不.{0,2}满意|\d))/,
  // 满意个锤子,1
  /(?:满意|好)个(?:锤子|屁|头|鬼|球|毛线?)[,!。 ]*(?=\D{0,3}[1-5一二三四五](?:分|星)?$)/,
  // 真"满意"啊,满意得我想搬家,1分
  /^[太真可好]?"?满意"?[啊呀哦]?[,!。 ]*满意得我?(?:想|要|都).{1,6}[,!。 ](?=[选打给]?[1-5一二三四五](?:分|星)?$)/,
  // 不能说很差但我不满意; 不算顶好,但也满意
  /^(?:也|虽然)?(?:不能说|不敢说|不算|谈不上|说不上|称不上)(?:很|太|顶|最|特别|非常|多么?)+(?:好|差|满意|坏|糟),?(?:但是?|不过|可是?)(?:我|也|还是|还算)*(?=.*(?:满意|\d))/,
  // 满意,不过离很满意还差口气
  /,?(?:但是?|不过|可是?|就是)?离(?:很|非常|特别)满意还?(?:差|有|早).*$/,
]

/** A tag that asks for leave: 我就选4行不行, 打个四中不中. */
const LEAVE =
  /(?<=[选打给]个?[\da-e一二三四五]分?|[选打给说就].{0,3}满意),?(?:行不行?|行吗|中不中?|成不成?|可以[吧吗不]|好[伐吗]|得不得)\??$/

/** One writing for what is often mistyped or comes out of voice input. */
export function mend(text: string): string {
  const plain = normalise(text)
  const spelt = /^\p{Script=Han}(?: \p{Script=Han})+$/u.test(plain)
    ? plain.replaceAll(' ', '')
    : plain
  const right = [...MISSPELT, ...BUILT].reduce((rest, [from, to]) => rest.replace(from, to), spelt)
  return PLAYED.reduce((rest, play) => rest.replace(play, ''), right)
    .replace(LEAVE, '')
    .replace(/n't\b/g, ' not')
    .replace(
      /'(s|m|re|d)\b/g,
      (_, end: string) => ({ s: ' is', m: ' am', re: ' are' })[end] ?? ' would',
    )
}

const COUNTED = /(?!一点(?!到|至|钟))[零〇一二两三四五六七八九十]+(?=[点月日号时])/g
const PART_OF_DAY =
  /(?:(?:到|至)?(?:第二天|次日|隔天|转天)的?)?(?:晚上|夜里|夜间|半夜|深夜|凌晨|清晨|天亮|天没?不?亮|一早|大清早|大早上|早起|夜头|早上|早晨|上午|晚|早)?的?(\d{1,2})(?:点钟?|时|:00)/g
const CLOCK = /\d{1,2}(?:点|时|:00)/g
/** Everyday words for the same thing. */
const SAME: readonly (readonly [words: RegExp, word: string])[] = [
  [/单车|脚踏车|共享单车|小黄车|小蓝车/g, '自行车'],
  [/[踩蹬](?=自行车)/g, '骑'],
  [/[找叫]警察/g, '报警'],
  [/的士/g, '出租车'],
  [/(?:规定|指定)的?(?:地方|位置|地点|点)/g, '指定地点'],
  [
    /(?:两条腿|迈开?腿|靠(?:两条)?腿|用脚|甩火腿|甩腿|开?11路(?:公交)?车?|十一路)(?:走着?|去)*/g,
    '走路',
  ],
  [/腿儿?着|走着/g, '走路'],
  [/(?:拉|运|拖|清)走/g, '清运'],
  [/[找叫喊约雇请](?:人|车|师傅|工人)(?:来|上门)?(?:拉|运|收|清运)/g, '约人清运'],
  [/(?:打电话)?[叫让请喊找给](?:物业|居委会?|保洁)(?:让他们|来|帮忙)?(?=.{0,4}清运)/g, ''],
  [/[呗吧啊呀]?,?(?:还能|那还|要不|不然)(?:咋|怎么|怎样|哪|啥|呢).{0,3}$/g, ''],
  [/(?<=\d)或者?(?=\d{3,}都)/g, '和'],
  // 除了急救,其他三个都可以; 先打110再打12345
  [
    /(除了?[^,]{1,14}),?(?:其他|其余|剩下|别)的?[两三四2-4]?[个项种]?[都全](?:行|可以|能|是|对|要|成)[打用选]?/g,
    '$1都是',
  ],
  [/(?<=[\d线警救报])[都全也](?:行|可以|能|成)[打用选]?/g, '都是'],
  [/先(?=[打拨]\d)/g, ''],
  [/,?(?:再|然后|还有|也可以)[打拨](?=\d)/g, '和'],
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
