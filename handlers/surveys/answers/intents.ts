import type { Where } from './rate.ts'

/** What residents say instead of an answer. */
export type Intent = 'stop' | 'skip' | 'unsure'

const BEFORE =
  '(?:我们?|俺|咱|阿拉|侬|偶|可|呢个|呢题|呢条|这个|这题|这道题?|这一题|这个问题|这方面|真的?|也|实在|确实|还|都|就|那|嗯|哦|额|呃|唉|哎|好像|可能|应该|先|请|以后|今后|往后|题目?太多了?|太多了|太麻烦了?|麻烦|你们?|您|算了|不好意思|谢谢|对不起|抱歉|说实话|其实|选|是|给我|觉得|老实说|平时|目前|现在|烦死了?|烦人|烦|哎呀|嗨|哈哈|姑娘|师傅|同志|老师|你们)*'
const AFTER =
  '(?:的|了|啦|啊|呀|哦|哟|吧|呢|嘛|耶|诶|哎|嘞|咧|哈|噢|喔|哇|谢谢您?你?|好吗|可以吗|好不好|行吗|行不行|不好意思|抱歉|选|哈哈|这个|这题|这道题|这方面|这些|这|呗|撒|噻|喽|咯|嗯|额|辛苦)*'

const whole = (cores: readonly string[]) => new RegExp(`^${BEFORE}(?:${cores.join('|')})${AFTER}$`)

const SURVEY = '(?:这个|这种|这|你们的?|什么|啥|社区)*(?:调查|问卷|测评|满意度调查|满意度|评价)?'
const NOT_ASK = '别|莫要|甭再|表|冇|不兴|不要|不用|甭|莫|勿|唔好|不必|能不能别|可不可以别|可以不'
const REFUSE =
  '不想|不愿意?|懒得|不要|没兴趣|不高兴|拒绝|不会|不打算|坚决不|以后不|不再|不乐意|没心思|没功夫|没空|没时间'
const AGAIN = '(?:再|老|总|一直|天天|继续)*'
/** Surveys such as this one. */
const THESE =
  '(?:以后|今后|往后|下次)?(?:再有)?(?:像)?(?:这种|这些|这类|你们的?|类似的?|搞)*(?:调查|问卷|测评|题目?|问题)(?:什么的|啥的|之类的?|这种事)?'
const STOP = [
  `(?:${NOT_ASK})${AGAIN}(?:来|跟我|向我|对我)?(?:问|调查)(?:来问去|这个|这些)?(?:我们?|了)*${SURVEY}`,
  `(?:${NOT_ASK})${AGAIN}给我们?(?:发|推送?|问)(?:来发去|这个|这些)?了?${SURVEY}`,
  `(?:${NOT_ASK})${AGAIN}(?:发|推送?|搞|做)了?(?:这个|这种|这些|什么)?(?:调查|问卷|测评)`,
  `(?:${NOT_ASK})${AGAIN}(?:烦|打扰|骚扰|找)我们?了?`,
  `(?:${NOT_ASK})再(?:发|推送?|调查)了?${SURVEY}`,
  `(?:${REFUSE})(?:再|继续)*(?:参加|参与|填|接受|配合)(?:下去|写)?(?:了|这个|这种)?${SURVEY}`,
  `(?:${REFUSE})(?:再|继续)*(?:回?答|评|选)(?:下去)?了${SURVEY}`,
  `(?:不|唔|勿|弗)再?(?:参加|参与|填)(?:下去)?了?${SURVEY}`,
  `(?:不|唔|勿|弗)再?(?:回?答|评|配合|接受)(?:下去)?了${SURVEY}`,
  '(?:我要|我)?(?:退出|退订)(?:订阅|推送|参加|参与)?(?:这个|这种|你们的?)?(?:调查|问卷)?',
  `(?:以后|今后)?(?:这种|这些|你们的?|类似的?)?(?:调查|问卷)+(?:也|就|都)?(?:${NOT_ASK})再?(?:找|叫|发给?|推给?|艾特|@)我们?`,
  `(?:以后|今后)(?:也|就|都)*(?:${NOT_ASK})再?(?:发|推|问)?给?我?们?`,
  '(?:我要|我)?取消(?:订阅|推送)',
  // 这种调查别算上我, 不要再给我发这种题了, 调查什么的不用问我
  `${THESE}(?:也|就|都|请|你们)*(?:${NOT_ASK})再?(?:算上?|找|叫|问|喊|发给?|推给?|艾特|@|通知|拉|烦)(?:我们?|俺|人)(?:做|填|答|参加|参与)?了?`,
  `(?:${NOT_ASK})${AGAIN}(?:给|跟|向|对)?(?:我们?|俺)?(?:发|推送?|问|找|艾特|@)(?:给?(?:我们?|俺))?(?:做|填|答)?(?:这种|这些|这类|此类|什么)(?:题目?|问题|东西|消息|调查|问卷)`,
  `(?:${NOT_ASK})${AGAIN}(?:发给|推给|艾特|找)(?:我们?|俺)(?:做|填|答|参加)?了?`,
  '(?:把)?我(?:要|就)?(?:退了|退出了)|把我(?:删|去|移|划|踢)(?:掉|了|除|出去)+|(?:名单|调查)里(?:把我)?(?:删|去|划)(?:掉|了|我)+',
  '(?:我要|我)?(?:停止|取消)(?:订阅|推送|参加|参与)?(?:这个|这种|你们的?)?(?:调查|问卷)',
  '拒绝(?:参加|参与|调查|受访)?|td|stop|quit|unsubscribe|exit',
]
/** What may be about a game or an advert in a group. */
const STOP_DIRECT = [
  `(?:不|唔|勿)(?:想|愿意?|再|要|高兴)?(?:玩|做|搞|弄|来|接受|配合)(?:下去)?了?${SURVEY}`,
  `(?:${REFUSE})(?:再|继续)*(?:做|搞|玩|弄|收到?|理)(?:下去)?了?${SURVEY}`,
  `(?:${NOT_ASK})${AGAIN}(?:发|推送?|烦|打扰|骚扰|搞|弄|吵|来)(?:这个|这些)?(?:人|我们?|了)*${SURVEY}`,
  '停|停止|取消|到此为止|不感兴趣|(?<!都)没兴趣|t|cancel|leave me alone|no more',
]
const SKIP = [
  '跳|(?:跳过)+|过(?!了)|略过?|pass|skip|next|下一(?:题|条|道|问)|下题|换一?题|直接下一题|n/?a|skip it|next one|skip this(?: one)?|next question|no comment',
  `(?:${REFUSE}|不|唔想|勿想|不方便)(?:回答|答|评价?)(?:这个?(?:题|问题)?|此题|这道题?|一?题|问题)?`,
  '(?:没法|无法)(?:回答|答|选)(?:这个?(?:题|问题)?|此题|这道题?|一?题|问题)?',
  '(?:不|没法|无法|唔|懒得|不想|不愿意?)(?:回答|答|评价?|选)(?:这|此)(?:一|道|个)?(?:题|问题|个)?',
  '(?:这|此|本|该)(?:一|道|个)?(?:题|问题)?(?:我)?(?:先)?(?:跳过|略过|不答|不想答|不回答|不选|不评|算了|过)',
  '(?:这|这个|这题|此题)(?:我)?不(?:想|愿意?)(?:说|讲|回?答|选|评|填)|不想选|不选|都不想选|唔拣',
  '(?:这|此|呢)(?:一|道|个)?题?(?:算了|免了|放一放|放着|先放|空着)|(?:往下|接着|继续)(?:问|来|走|答)?(?:下一?题|下面)?|问下一?[个题]|没得(?:讲|说|评)|冇得(?:讲|说)|(?:不|没)想?好答|唔答',
  '拒答|弃权|空着|留空|(?:跳过|略过)(?:此|这|本)(?:一|道|个)?(?:题|问题)?|不便(?:回?答|评价)',
]
const SKIP_DIRECT = [
  '先?跳过去|过了|越过|下一?个|不(?:方便|便)(?:说|透露|讲)?|(?:不|不想|不愿意?|唔想)(?:说|讲|透露)|保密|隐私|prefer not to say',
]
/** 不做评价 is about this item, although 不做 alone is about all. */
const NO_OPINION = [
  '不(?:做|作|予|给)(?:任何)?评价',
  '(?:这|此|本)(?:一|道|个)?(?:题|问题)我?就?不想?(?:回?答|选|评)了',
]
const KNOW = '清楚|清爽|知道|晓得|了解|好说|好讲|好回答|好评价?'
/** What is not known. */
const WHICH =
  '(?:有?(?:啥|什么)活动|找谁|谁|哪一?(?:个|种|类|天|条|项|边|里|儿)?(?:桶|电话|号码|日|天)?|几[点号月]|边个|边度|边种|乜|啥|什么(?:垃圾|桶|时候)?|(?:怎么|咋个?|点样?|如何)(?:处理|扔|弄|办|搞|分|丢|选|打|答)?)'
const UNSURE = [
  `(?:不|弗|勿|唔|没|冇|并不|一点(?:儿|也|都|儿都)?不|完全不|根本不|真不|还真不)(?:是)?(?:太|大|很|甚|怎么|咋|特别|多|敢)?(?:${KNOW})`,
  '(?:没|没有|冇|未|从来没|从没|没怎么|没太|没咋|平时没|倒没|还没)(?:有|太|怎么|啥|什么|咋|特别)?(?:注意|留意|关注|关心|了解|留心|参加过|在意)(?:过|到)?',
  '说唔清楚?|讲唔清楚?|说不(?:好|清楚?|准|上来?|来|出来?|太?清)|讲不(?:好|清楚?|来|准)|搞不清楚?|弄不清楚?|吃不准|拿不准|看不准|吃勿准|分不清楚?',
  `(?:不知道?|不晓得|不懂|搞不懂|弄不懂|唔知|分不清|记不清)(?:应?该|要)?(?:打|选|是|算|属于|扔|丢|放|归)*(?:到|在|去)?${WHICH}`,
  '这?题?(?:太难了?|真难|好难|难住我?|把我(?:难|考|问)(?:住|倒)|难倒我?|问倒我)了?|(?:猜|蒙)不(?:出来?|着|到)|不会(?:做|答|选)?|考住我了?|被?难住了?',
  '没想好|没想过|我?哪(?:里|个)?(?:知道|晓得)',
  '(?:忘|记不得|记不清|不记得|想不起来?)了?(?:是)?(?:哪天|几号|几点|哪个)?了?|弄[勿弗]清[爽楚]|讲[勿弗不]清[爽楚]|没数过|没算过',
  '不知|唔知道?|唔知丫|母鸡|木鸡|母知|唔晓得|晓不得|知不道|晓不到|无法评价|没法评价|不好评价|无法判断|不造|不清(?:处|初)?|布吉岛|(?:从来|平时)?不(?:怎么)?关注|不了解情况|冇印象|没印象|没(?:啥|什么)印象',
  '(?:i )?(?:am )?(?:really |honestly )?(?:do not know|dont know|not sure|unsure|no idea|not certain|have no idea|can not say|cannot say|ca not say|not aware)|dk|idk|hard to say|no opinion',
]
/** Talk of its own in a group. */
const UNSURE_DIRECT = [
  '忘(?:了|记)?(?:掉)?|没(?:啥|什么)?(?:感觉|感受|概念|研究)|谁知道|难说|难讲|鬼(?:才)?(?:知道|晓得)|天(?:才)?(?:知道|晓得)|没法说|心里没数|没数',
  '(?:不|弗|勿|唔)(?:是)?(?:太|大|很|怎么)?(?:懂|明白|记得|确定|熟悉?|认得|肯定)|搞不(?:懂|明白)|弄不(?:懂|明白)|记不(?:清楚?|得|住)|想不起来?',
  '(?:没|没有|冇|未|从来没|从没|没怎么)(?:有|太|怎么|啥|什么)?(?:听说|听过|想过|接触|用过|去过|参加|参加过活动|找过(?:他们|你们|社区|物业)?|体验|见过|看过|研究|分过|打过|找过|去过|听说过|听说)(?:过|到)?(?:这个?(?:日子|节日|热线|电话)?)?',
]

const PATTERNS: Readonly<Record<Where, readonly (readonly [Intent, RegExp])[]>> = {
  group: [
    ['skip', whole(NO_OPINION)],
    ['stop', whole(STOP)],
    ['skip', whole(SKIP)],
    ['unsure', whole(UNSURE)],
  ],
  direct: [
    ['skip', whole(NO_OPINION)],
    ['stop', whole([...STOP, ...STOP_DIRECT])],
    ['skip', whole([...SKIP, ...SKIP_DIRECT])],
    ['unsure', whole([...UNSURE, ...UNSURE_DIRECT])],
    // The end of a sentence that leads up to it: 物业那边我还真不清楚.
    ['unsure', new RegExp(`^[^不没满]{1,12}(?:${UNSURE.slice(0, 3).join('|')})${AFTER}$`)],
  ],
}

/** What may be an answer of its own. */
const TELLS = /[\da-z一二三四五六七八九十满好差行般错意]/

/** Goes with a refusal. */
const GRUMBLE = /^ ?(?:真|好|太)?(?:烦|烦人|烦死|没空|忙|没意思|浪费时间)[了啊人]*$/

/** At most this long; longer messages say more than that. */
const LONGEST = 24

function only(text: string, where: Where): Intent | undefined {
  const bare = text
    .replace(/@(?=我)/g, '艾特')
    .replace(/[\p{P}\p{S}\p{Extended_Pictographic}]+/gu, ' ')
    .trim()
  const plain = bare.replace(/ +/g, ' ').replace(/(?<![a-z]) | (?![a-z])/g, '')
  if (plain === '' || plain.length > LONGEST) return undefined
  return PATTERNS[where].find(([, pattern]) => pattern.test(plain))?.[0]
}

/**
 * What a normalised message says instead of an answer, if it says nothing else. In a direct chat a
 * refusal counts beside other words: 烦死了,别问了.
 */
export function intentOf(text: string, where: Where): Intent | undefined {
  const all = only(text, where)
  if (all) return all
  const split = (signs: RegExp) => text.split(signs).filter((part) => part.trim() !== '')
  // A space parts where every part says so: 跳过吧 没得讲.
  const spaced = split(/[,。!;\n ]/)
  const each = spaced.every((part) => only(part, 'direct')) ? spaced : split(/[,。!;\n]/)
  if (each.length < 2 || each.length > 4) return undefined
  const strict = each.map((part) => only(part, where))
  // Beside a clear one, what is talk by itself is meant so as well: 这个不想答,下一个.
  const clear = strict.some((intent) => intent !== undefined)
  const found = clear ? each.map((part, i) => strict[i] ?? only(part, 'direct')) : strict
  if (where === 'direct' && found.includes('stop')) return 'stop'
  const rest = each.filter((part, i) => found[i] === undefined && !GRUMBLE.test(part))
  // 我刚搬来,不清楚: the rest says why.
  const reasons = rest.length > 0 && !rest.some((part) => TELLS.test(part))
  if (where === 'direct' && found.includes('unsure') && reasons) return 'unsure'
  if (rest.length > 0) return undefined
  return (['stop', 'skip', 'unsure'] as const).find((intent) => found.includes(intent))
}
