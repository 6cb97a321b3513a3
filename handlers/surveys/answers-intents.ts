import type { Where } from './answers-rate.ts'

/** What residents say instead of an answer. Matched against the whole message without its punctuation. */
export type Intent = 'stop' | 'skip' | 'unsure'

const BEFORE =
  '(?:我们?|俺|咱|阿拉|这个|这题|这道题?|这一题|这个问题|这方面|真的?|也|实在|确实|还|都|就|那|嗯+|哦|额|呃|唉|哎|好像|可能|应该|先|请|麻烦|你们?|您|算了|不好意思|谢谢|对不起|抱歉|说实话|其实|选|是|给我|觉得|老实说|平时|目前|现在)*'
const AFTER =
  '(?:的|了|啦|啊|呀|哦|哟|吧|呢|嘛|耶|诶|哎|嘞|咧|哈|噢|喔|哇|谢谢您?你?|好吗|可以吗|好不好|行吗|行不行|不好意思|抱歉|选|哈哈|这个|这题|这道题|这方面|这些|呗|撒|噻|喽|咯|嗯)*'

const whole = (core: string) => new RegExp(`^${BEFORE}(?:${core})${AFTER}$`)

const SURVEY = '(?:这个|这种|这|你们的?|什么|啥)?(?:调查|问卷|活动调查|测评|满意度|东西|评价)?'
const NOT_ASK = '别|不要|不用|甭|莫|勿|唔好|不必|能不能别|可不可以别|可以不'
const REFUSE =
  '不想|不愿意?|懒得|不要|没兴趣|不高兴|不参|拒绝|不会|不打算|坚决不|以后不|不再|不乐意|没心思|没功夫|没空|没时间'
const STOP = [
  `(?:${NOT_ASK})(?:再|老|总|一直|天天|继续)*(?:来|给我|跟我|向我|对我|找我)?(?:问|发|烦|打扰|骚扰|推送?|找|调查|搞|弄|吵)(?:来问去|这个|这些)?(?:我们?|给我|了)*${SURVEY}`,
  `(?:${REFUSE})(?:再|继续)*(?:参加|参与|填|做|搞|玩|弄|接受|配合|收到?|理|写)(?:下去|写)?(?:了|这个|这种)?${SURVEY}`,
  `(?:${REFUSE})(?:再|继续)*(?:回?答|评|选)(?:下去)?了${SURVEY}`,
  `(?:不|唔|勿|弗)再?(?:参加|参与|参同|填|做|搞|玩|弄)(?:下去)?了?${SURVEY}`,
  `(?:不|唔|勿|弗)再?(?:回?答|评|选|配合|接受)(?:下去)?了${SURVEY}`,
  `(?:不|唔|勿)(?:参加|参与|接受|配合)${SURVEY}`,
  `(?:我要|我)?(?:退出|退订|退群调查|停止|取消)(?:订阅|推送|参加|参与)?${SURVEY}`,
  '拒绝(?:参加|参与|调查|受访)?|到此为止|烦死了?别问|td|t|stop|quit|unsubscribe|exit|停|唔玩|不玩',
]
const SKIP = [
  '跳过|跳|过|略过?|pass|skip|next|下一(?:题|个|条|道|问)|下个|下题|换一?题|先?跳过去|直接下一题|越过|n/?a',
  `(?:${REFUSE}|不|唔想|勿想|不方便)(?:回答|答|说|评价?|选|讲|透露)(?:这个?(?:题|问题)?|此题|这道题?|一?题|问题)?`,
  '(?:不|没法|无法|唔|懒得|不想|不愿意?)(?:回答|答|评价?|选)(?:这|此)(?:一|道|个)?(?:题|问题|个)?',
  '(?:这|此|本|该)(?:一|道|个)?(?:题|问题)?(?:我)?(?:先)?(?:跳过|略过|不答|不想答|不回答|不选|不评|算了|过)',
  '不(?:方便|便)(?:说|回答|答|透露|讲)?|拒答|弃权|空着|留空|保密|隐私',
]
const KNOW = '清楚|知道|晓得|了解|懂|明白|记得|确定|熟悉?|认得|肯定|好说|好讲|好评价?|太好说|清白'
const UNSURE = [
  `(?:不|弗|勿|唔|没|冇|并不|一点(?:儿|也|都|儿都)?不|完全不|根本不|真不|还真不)(?:是)?(?:太|大|很|怎么|咋|特别|多|敢)?(?:${KNOW})`,
  '(?:没|没有|冇|未|从来没|从没|没怎么|没太|没咋|平时没|倒没|还没)(?:有|太|怎么|啥|什么|咋|特别)?(?:注意|留意|关注|关心|印象|听说|听过|想过|接触|用过|去过|参加|了解|概念|留心|体验|见过|看过|在意)(?:过|到)?',
  '说不(?:好|清楚?|准|上来?|来|出来?|太?清)|讲不(?:好|清楚?|来|准)|搞不(?:清楚?|懂|明白)|弄不(?:清楚?|懂)|记不(?:清楚?|得|住)|吃不准|拿不准|看不准|吃勿准|分不清楚?|想不起来?',
  '难说|难讲|唔知道?|唔晓得|晓不得|知不道|晓不到|鬼(?:才)?(?:知道|晓得)|天(?:才)?(?:知道|晓得)|无法评价|没法评价|不好评价|没法说|无法判断|没数|心里没数|两眼一抹黑|不造|不清(?:处|初)|布吉岛|没研究',
  'don t know|do not know|dont know|dk|idk|not sure|unsure|no idea|no opinion|i do not know|not certain|have no idea|i have no idea|can not say|cannot say|hard to say|不清',
]
/** Talk of its own in a group. */
const UNSURE_DIRECT = [
  '忘(?:了|记)?(?:掉)?',
  '没(?:啥|什么)?(?:感觉|感受)',
  '谁知道',
  '你猜',
  '看情况',
]

const PATTERNS: readonly (readonly [Intent, RegExp])[] = [
  ['stop', whole(STOP.join('|'))],
  ['skip', whole(SKIP.join('|'))],
  ['unsure', whole(UNSURE.join('|'))],
]
const DIRECT_UNSURE = whole(UNSURE_DIRECT.join('|'))
/** The end of a sentence that leads up to it: 物业那边我还真不清楚. */
const ENDS_UNSURE = new RegExp(
  `^[^不没满]{1,12}(?:${UNSURE[0]}|${UNSURE[1]}|${UNSURE[2]})${AFTER}$`,
)

/** At most this long; longer messages say more than that. */
const LONGEST = 24

/** What a normalised message says instead of an answer, if it says nothing else. */
export function intentOf(text: string, where: Where): Intent | undefined {
  const bare = text.replace(/[\p{P}\p{S}\p{Extended_Pictographic}]+/gu, ' ').trim()
  const plain = /[a-z]/.test(bare)
    ? bare.replace(/(?<![a-z]) | (?![a-z])/g, '')
    : bare.replaceAll(' ', '')
  if (plain === '' || plain.length > LONGEST) return undefined
  // A question is no answer, but 跳过好吗? asks for nothing else.
  for (const [intent, pattern] of PATTERNS) if (pattern.test(plain)) return intent
  if (where === 'group') return undefined
  return DIRECT_UNSURE.test(plain) || ENDS_UNSURE.test(plain) ? 'unsure' : undefined
}
