import type { WasteRules } from '../../content/waste-rules.ts'
import { findWaste, type WasteFound } from './waste.ts'

/** What somebody wants to know about the rules of the community. */
export type RuleQuestion =
  | { readonly about: 'things'; readonly things: readonly Thing[] }
  | { readonly about: 'sorting' | 'collection' | 'renovation' | 'quiet' | 'report' }

export interface Thing {
  /** As it was called, normalised. */
  readonly name: string
  /** Missing when the content does not know it. */
  readonly found: WasteFound | undefined
}

const MAX_LENGTH = 50

/** Reads a question about the rules. Every word of it must fit: anything more, and it is talk or a report. */
export function readRuleQuestion(text: string, waste: WasteRules): RuleQuestion | undefined {
  if (text.length > MAX_LENGTH) return undefined
  if (!/\p{Script=Han}/u.test(text)) return readEnglish(text, waste)
  const said = bare(text)
  const asked =
    /[?？吗么嘛呢]|什么|啥|几|哪|谁|怎|如何|咋|多少|能不能|可不可以|是不是|何时|还是/.test(text)
  for (const [about, pattern] of RULES) {
    if (pattern.test(said)) return { about }
  }
  return asked ? readThings(said, waste) : undefined
}

const HEAD =
  /^(?:请问一下|请问|我?想?问一下|我?想?问下|我?想问问?|麻烦问一?下?|打听一?下|咨询一?下|请教一?下|你好|您好|大家好|各位邻居|各位|谁知道|有谁知道|有人知道|告诉我|我?想知道|我不知道|不知道|小区里?的?|社区里?的?|我们小区的?|咱们小区的?|、)+/
const TAIL = /(?:呢|啊|呀|吗|嘛|么|哦|哈|吧|啦|了|谢谢你|谢谢您|谢谢|谢了|多谢|、)+$/

/** Without signs, courtesy and particles; what is listed keeps one sign between its parts. */
function bare(text: string): string {
  const said = text.replace(/\s+/g, '').replace(/[,;/、]/g, '、')
  const plain = said.replace(/(?!、)[\p{P}\p{S}]/gu, '')
  return plain
    .replace(HEAD, '')
    .replace(/(?<=什)么$/, '么 ')
    .replace(TAIL, '')
    .trim()
}

const WHEN =
  '(?:几点钟?(?:到|至)几点钟?|几点钟?|什么时候|啥时候|什么时间|啥时间|何时|哪个时间段?|哪些时间|什么时段|哪个时段|多早|多晚)'
const PART =
  '(?:早上|上午|中午|下午|晚上|夜里|夜间|半夜|白天|周末|双休日|节假日|工作日|平时|每天|星期[一二三四五六日天]|周[一二三四五六日天]|礼拜[一二三四五六日天]|今天|明天|现在|一般|最早|最晚)'
const AFTER = '(?:以后|之后|过后|后|以前|之前|前|开始|起)'
const MAY =
  '(?:才|就|还)?(?:可以|能够|能|不能|不可以|不准|不许|不让|不得|禁止|允许|准许|准|让|要|应该|得|该)'
const WORK = '(?:装修|装潢|钻墙|打墙|敲墙|砸墙|打孔|用电钻|钻孔|电钻施工)'
const START = '(?:开始|开工|动工|干活|施工|动|弄|敲|钻|停|停止|停工|结束|收工|完工|休息|进行|做)'
const LOUD =
  '(?:吵|吵闹|吵人|吵到人|吵到邻居|大声|大声说话|喧哗|出声|有声音|有噪音|有噪声|制造噪音|发出噪音|发出声音|唱歌|唱k|放音乐|放音响|跳舞|跳广场舞|弹琴|练琴|拉琴|闹|安静|保持安静|静音)'
const WASTE = '(?:生活)?垃圾(?:房|站|桶|箱房|投放点|分类点|车|亭)?'

const SORTED = `(?:厨余|其他|其它|干|湿|可回收|有害)?${WASTE}`

const rule = (...alternatives: string[]) => new RegExp(`^(?:${alternatives.join('|')})$`)

/** Whole questions; each is tried on the words without courtesy. */
const RULES: readonly (readonly [Exclude<RuleQuestion['about'], 'things'>, RegExp])[] = [
  [
    'sorting',
    rule(
      `${WASTE}(?:应该|该|要|到底)?(?:怎么|如何|怎样|咋)(?:分类|分|扔|丢|投放|投)`,
      `${WASTE}(?:分类?)(?:成|为)?(?:几|哪几|哪些|多少)(?:类|种|个类)`,
      `${WASTE}有(?:几|哪几|哪些)(?:类|种)`,
      `垃圾分类(?:标准|规则|方法|表|指南|怎么分|怎么弄|怎么做|分几类|有哪几类|有哪些|是什么)?`,
    ),
  ],
  [
    'collection',
    rule(
      `${SORTED}${PART}*(?:一般|是|每天|都)?${WHEN}(?:来)?${MAY}?(?:收|收走|收运|清运|拉|拉走|运|运走|开|开门|开放|关|关门|投放|扔|倒|丢)?`,
      `${WASTE}${PART}*${MAY}?(?:扔|倒|丢|投放)?(?:到|在)(?:几点|哪里|哪儿|哪|什么地方)(?:扔|倒|丢|投放|收|关门)?`,
      `${WASTE}(?:要|该|应该|得)?(?:往)?(?:扔|倒|丢|放|投)(?:到|在)?(?:哪里|哪儿|哪|什么地方)`,
      `${PART}*${WHEN}${AFTER}?(?:来)?${MAY}?(?:来|去)?(?:扔|倒|丢|投放|收|清运)${WASTE}`,
      `${PART}*(?:到)?(?:哪里|哪儿|哪|什么地方)${MAY}?(?:扔|倒|丢|投放)${WASTE}`,
      `${WASTE}(?:是)?(?:由)?(?:谁|哪个单位|哪家公司)(?:来)?(?:收|清运|负责|管|运)`,
      `谁(?:来|负责)?(?:收|清运|运)${WASTE}`,
      `(?:扔|倒|丢)?${WASTE}(?:的)?(?:投放|收集|清运|收运|回收|开放|收)?(?:的)?时间(?:表|段)?(?:是)?(?:${WHEN}|多少|怎么定的?)?`,
      `(?:扔|倒|丢)垃圾(?:的)?时间(?:段)?(?:是)?${WHEN}?`,
    ),
  ],
  [
    'renovation',
    rule(
      `${WORK}(?:的)?(?:噪音|噪声|施工)?${PART}*(?:是|从|到)?${WHEN}${AFTER}?${MAY}?${START}?`,
      `${PART}*(?:从|到)?${WHEN}${AFTER}?${MAY}?(?:开始|进行|搞|再)?${WORK}(?:施工)?`,
      `${WORK}(?:的)?(?:施工)?时间(?:段)?(?:有)?(?:什么|啥|哪些)?(?:规定|要求|限制)?(?:是)?(?:${WHEN}|多少|什么|怎么规定的?)?`,
      `${WORK}(?:有没有|有|对)?(?:时间|时段)(?:上)?(?:有)?(?:什么|没有|啥|哪些)?(?:规定|要求|限制)(?:没有)?`,
      `${PART}+${WORK}${MAY}?(?:到|从)${WHEN}${START}?`,
      `${PART}*(?:[0-9]{1,2}|[一二三四五六七八九十两]{1,3})点半?${AFTER}?(?:能|可以|能不能|可不可以|让|准)${WORK}`,
      `${PART}+(?:能不能|可不可以|可以不可以|让不让|准不准|允不允许)(?:搞)?${WORK}`,
      `${WORK}${PART}+(?:能不能|可不可以|让不让|准不准)${START}?`,
    ),
  ],
  [
    'quiet',
    rule(
      `${PART}*(?:到)?${WHEN}${AFTER}?${MAY}(?:再)?(?:保持)?${LOUD}`,
      `${PART}*${WHEN}${AFTER}(?:就)?(?:算|属于)(?:扰民|噪音扰民|夜间)`,
      `(?:夜间|晚上|小区)?安静时间(?:段)?(?:是)?(?:${WHEN}|多少)?`,
      `${PART}*(?:的)?(?:国家|居民区|住宅区|小区)?(?:的)?(?:噪音|噪声|分贝)(?:的)?(?:国家)?(?:标准|限值|上限|规定)(?:是|有)?(?:多少|什么|几)?(?:分贝)?`,
      `(?:噪音|噪声|声音)?(?:超过|达到|到)?(?:多少|几)(?:个)?(?:分贝|db)(?:以上)?(?:才|就)?(?:算|是|属于|叫)(?:超标|扰民|噪音|噪声|噪音扰民|吵)`,
      `${PART}*(?:噪音|噪声|声音)?(?:不能|不得|不许|可以|最多)(?:超过|有|到)?(?:多少|几)(?:个)?分贝`,
      `${PART}*(?:跳)?广场舞${PART}*(?:${MAY})?(?:跳)?(?:到)?${WHEN}(?:${MAY})?(?:结束|停|停止|散)?`,
    ),
  ],
  [
    'report',
    rule(
      `(?:发现|看到|遇到|碰到|有人|别人|邻居|家里)*(?:的)?(?:乱扔垃圾|乱倒垃圾|乱丢垃圾|垃圾没人收|噪音扰民|噪声扰民|扰民|噪音|噪声|装修噪音|装修扰民|广场舞扰民|楼上扰民|高空抛物|楼道堆物|环境问题)(?:的)?(?:问题|情况|事)?(?:应该|该|要|可以)?(?:找|向|跟|去|到|往|打)?(?:谁|哪里|哪儿|哪个部门|什么部门|什么电话|哪个电话|怎么|如何|怎样)(?:反映|反应|投诉|举报|说|管|报告|上报)?`,
      `(?:怎么|如何|去哪里|到哪里|在哪里|向谁|找谁)(?:反映|投诉|举报|上报)(?:乱扔垃圾|噪音扰民|噪声扰民|噪音|噪声|扰民|高空抛物|环境问题|垃圾问题|噪音问题)`,
    ),
  ],
]

const CLASSES =
  '(?:可回收物?|可回收垃圾|有害垃圾|有毒垃圾|厨余垃圾|厨余|湿垃圾|干垃圾|其他垃圾|其它垃圾|大件垃圾|建筑垃圾)'
const BIN = `(?:(?:${CLASSES}|蓝|绿|红|灰|黑|蓝色|绿色|红色|灰色|黑色|垃圾)?(?:的)?(?:桶|箱)?(?:里|里面)?)`

/** What is asked of a thing. `name` comes before; whether it must be known is said by the second half. */
const OPEN = new RegExp(
  `^(.+?)(?:到底|究竟|应该|应|该|要|都|得|可以)*(?:${[
    `(?:是|算是?|属于?|归|归于|归为|叫)(?:什么|啥|哪种|哪类|哪一类|哪一种|哪个|何种|什么样的?)(?:种类的?|类型的?|类别?的?)?(?:垃圾|分类|种类|类|桶)`,
    `(?:扔|丢|放|投|投放|倒)(?:到|在|进|去)?(?:哪里|哪儿|哪|什么地方|(?:哪个|什么|哪种|哪一个|什么颜色的?|啥)(?:垃圾)?(?:桶|箱))(?:里面?|去|好|合适)?`,
    `往(?:哪里|哪儿|哪|哪个桶|什么桶)(?:里)?(?:扔|丢|放|倒|投)`,
    `(?:怎么|怎样|如何|咋|咋个)(?:扔|丢|投放|投|分类|分)(?:掉|好|合适)?`,
    `(?:是不是|是|算|算不算|属于|属不属于|归)${CLASSES}(?:还是(?:算|属于)?${CLASSES})?`,
    `(?:能不能|可不可以|能|可以)(?:扔|丢|放|投|投放|倒)(?:到|在|进|入|去)?${BIN}`,
  ].join('|')})$`,
)
const CLOSED = new RegExp(
  `^(.+?)(?:应该|应|该|要|都|得|可以)*(?:${[
    `(?:怎么|怎样|如何|咋)(?:处理|处置|回收|收|清理|清运|预约|弄走|搬走)(?:掉|好)?`,
    `(?:找谁|谁来|谁|找哪里|哪里)(?:收|回收|处理|清运|拉走|运走|管|来收|来拉)`,
    `${WHEN}(?:来)?(?:收|清运|拉走|运走)`,
    `(?:包括|有|是指|指|指的是|是)(?:什么|哪些|啥)(?:东西)?`,
    `(?:可以|能|能不能|可不可以)(?:不可以|不能)?(?:卖|回收)`,
    `(?:堆|放|堆放|搬)(?:到|在|去)?(?:哪里|哪儿|哪|什么地方)`,
  ].join('|')})$`,
)

function readThings(said: string, waste: WasteRules): RuleQuestion | undefined {
  const open = OPEN.exec(said)?.[1]
  const name = open ?? CLOSED.exec(said)?.[1]
  if (name === undefined) return undefined
  const things = named(name, waste)
  if (things.every(({ found }) => found === undefined)) {
    if (open === undefined || things.length > 1 || !isThing(name)) return undefined
  }
  return { about: 'things', things }
}

const MOST = 6

function named(list: string, waste: WasteRules): Thing[] {
  const whole = lookUp(list, waste)
  if (whole.found !== undefined) return [whole]
  const names = list.split(/、|以及|还有|和|跟|与|或者|或/).filter((name) => name !== '')
  return names.slice(0, MOST).map((name) => lookUp(name, waste))
}

const WORN =
  /^(?:我家里?的?|家里的?|自家的?|我的|这个|那个|这种|那种|这些|一个|一些|几个|一堆|那|用过的?|用完的?|用剩的?|吃剩的?|吃完的?|喝完的?|喝剩的?|不要的?|没用的?|剩下的?|过期的?|旧的?|坏掉的?|坏了?的?|废旧的?|废弃的?|废的?|破的?|空的?|碎的?|脏的?|烂的?|换下来的?|大的?|小的?)/
const KIND_OF = /(?:之类的?|这类|这种|这些|这种东西|什么的|类)$/

/** The thing by its name, or by it without what is said of its state. */
function lookUp(name: string, waste: WasteRules): Thing {
  for (let rest = name.replace(KIND_OF, ''); rest !== ''; ) {
    const found = findWaste(waste, rest)
    if (found !== undefined) return { name: rest, found }
    const less = rest.replace(WORN, '')
    if (less === rest) break
    rest = less
  }
  return { name, found: undefined }
}

const NO_THING =
  /你|您|我|他|她|它|谁|什么|啥|这|那|哪|人$|们|物业|开发商|公司|社区|小区|居委会|街道|老板|领导|主任|邻居|楼上|楼下|隔壁|政府|群|机器人|小邻|软件|游戏|手游|球队|电影|电视剧|节目|服务|态度|东西|玩意|孩子|小孩|问题|事情|怎|办|不|没|了|的话/

/** A noun that could be a thing: worth saying that nobody has told Linli where it goes. */
function isThing(name: string): boolean {
  return /^[\p{Script=Han}a-z0-9]{2,8}$/u.test(name) && !NO_THING.test(name)
}

const ENGLISH_THING = [
  /^(?:what|which) (?:kind|type|sort|class) of (?:waste|rubbish|garbage|trash) (?:is|are) (.+)$/,
  /^(?:how|where) (?:do|can|should|must) (?:i|we|you) (?:throw away|throw|dispose of|put|recycle|get rid of) (.+)$/,
  /^where (?:does|do|should) (.+?) go$/,
]
const ENGLISH: readonly (readonly [Exclude<RuleQuestion['about'], 'things'>, RegExp])[] = [
  ['sorting', /^how (?:do|should) (?:i|we) sort (?:the |our )?(?:waste|rubbish|garbage|trash)$/],
  [
    'collection',
    /^(?:when|what time) is (?:the )?(?:waste|rubbish|garbage|trash) (?:collected|picked up)$/,
  ],
  [
    'renovation',
    /^(?:when|what time) (?:can|may|is) (?:the )?renovation(?: work)? (?:start|begin|be done|allowed)$/,
  ],
  ['quiet', /^(?:when|what) are (?:the )?quiet hours$|^what is the noise limit$/],
]

function readEnglish(text: string, waste: WasteRules): RuleQuestion | undefined {
  const said = text.replace(/(?!')[\p{P}\p{S}\s]+/gu, ' ').trim()
  for (const [about, pattern] of ENGLISH) if (pattern.test(said)) return { about }
  for (const pattern of ENGLISH_THING) {
    const name = pattern.exec(said)?.[1]?.replace(/^(?:(?:a|an|the|my|our|old|used|empty) )+/, '')
    const found = name === undefined ? undefined : findWaste(waste, name)
    if (name !== undefined && found !== undefined) {
      return { about: 'things', things: [{ name, found }] }
    }
  }
  return undefined
}
