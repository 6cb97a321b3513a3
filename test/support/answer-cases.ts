import { type Item, questionnaireSchema } from '../../content/survey-schema.ts'
import type { Where } from '../../handlers/surveys/answers.ts'

/** What residents write under a question, with what they mean by it. */

const same = (text: string) => ({ 'zh-CN': text, 'zh-TW': text, en: text })
const options = (
  texts: readonly string[],
  words: Readonly<Record<string, readonly string[]>> = {},
) => texts.map((text, i) => ({ id: `o${i + 1}`, text: same(text), words: words[text] ?? [] }))
const waste = options(['可回收物', '有害垃圾', '厨余垃圾（湿垃圾）', '其他垃圾（干垃圾）'], {
  '厨余垃圾（湿垃圾）': ['厨余', '湿垃圾'],
  '其他垃圾（干垃圾）': ['干垃圾'],
})

export const ITEMS = questionnaireSchema.parse({
  id: 'cases',
  version: 1,
  kind: 'other',
  title: same('题目'),
  intro: same('开头'),
  thanks: same('谢谢'),
  items: [
    { id: 'scale', type: 'scale', text: same('小区的环境卫生，您满意吗？') },
    {
      id: 'single',
      type: 'single',
      unknown: true,
      text: same('您最常参加哪种活动？'),
      options: options(['下棋打牌', '唱歌跳舞', '看书读报', '不参加']),
    },
    {
      id: 'multiple',
      type: 'multiple',
      unknown: true,
      text: same('您希望多办哪些活动？'),
      options: options(['健康讲座', '广场舞', '摄影展', '亲子活动']),
    },
    {
      id: 'battery',
      type: 'knowledge',
      text: same('旧电池属于哪种垃圾？'),
      options: waste.map((option, i) => ({ ...option, correct: i === 1 })),
    },
    {
      id: 'phone',
      type: 'knowledge',
      choose: 'many',
      text: same('有人一直吵闹，可以打哪些电话？'),
      options: options(['120急救', '12345政务热线', '119火警', '110报警'], {
        '12345政务热线': ['12345', '政务热线'],
        '110报警': ['110', '报警'],
      }).map((option, i) => ({ ...option, correct: i % 2 === 1 })),
    },
    {
      id: 'people',
      type: 'number',
      min: 0,
      max: 20,
      unit: same('人'),
      text: same('您家里住几口人？'),
    },
    { id: 'words', type: 'text', maxLength: 60, text: same('您还有什么建议？') },
  ],
}).items

export function item(id: string): Item {
  const found = ITEMS.find((each) => each.id === id)
  if (!found) throw new RangeError(`no item ${id}`)
  return found
}

export type Meaning =
  | number
  | string
  | readonly number[]
  | { readonly kind: 'unsure' | 'skip' | 'stop' | 'ask' | 'ignore' }
  | { readonly between: readonly number[] }

export interface Case {
  readonly topic: 'plain' | 'dialect' | 'negation' | 'correction' | 'lookalike'
  readonly item: string
  readonly where: Where
  readonly text: string
  readonly meaning: Meaning
}

const ASK = { kind: 'ask' } as const
const IGNORE = { kind: 'ignore' } as const
const UNSURE = { kind: 'unsure' } as const
const SKIP = { kind: 'skip' } as const
const STOP = { kind: 'stop' } as const

/** One case for each text; texts are parted by `|`. */
function cases(
  topic: Case['topic'],
  id: string,
  where: Where | 'both',
  rows: readonly (readonly [Meaning, string])[],
): readonly Case[] {
  const places: readonly Where[] = where === 'both' ? ['group', 'direct'] : [where]
  return rows.flatMap(([meaning, texts]) =>
    texts
      .split('|')
      .flatMap((text) => places.map((each) => ({ topic, item: id, where: each, text, meaning }))),
  )
}

export const CASES: readonly Case[] = [
  ...cases('plain', 'scale', 'group', [
    [
      5,
      '5|５|五|⑤|5️⃣|选5|我选5|第五个|第5个|第5项|5分|5吧|E|e|(5)|（5）|5.|5。|5！|【5】|5、很满意|5.很满意|5 很满意|很满意 5|给个5|五分|打5分|我给5分|5分吧|5星|五颗星|⭐⭐⭐⭐⭐|选第五个|选五|答案是5|我的答案是5|5 谢谢|5，辛苦了|很满意|非常满意|特别满意|十分满意|满意得很|非常好|好得很|非常满意！|很满意👍|很 满 意',
    ],
    [
      4,
      '4|四|D|选4|打4分|我觉得4|应该是4吧|４分|满意|比较满意|基本满意|挺满意的|满意满意|总体满意|挺好的|蛮好|可以的|还不错|👍|👍🏻|我满意|满意。|滿意|大家好，4|您好 4|嗯，满意',
    ],
    [3, '3|三|大概3|一般|一般般|一般吧|还行|还可以|凑合|马马虎虎|中等|不好不坏|还好吧|C|c|3分吧'],
    [2, '2|二|不满意|不太满意|不怎么满意|不大满意|👎|不好|有点不满意|B'],
    [1, '1|一|很不满意|差得很|太差了|非常不满意|太不满意了|A|a|选一'],
    [
      UNSURE,
      '不清楚|不知道|没注意|说不好|0|０|不了解|不好说|说不清楚|真不清楚|不太清楚|不晓得|没关注过',
    ],
    [SKIP, '跳过|下一题|不想答这题|过|这题不答|不想回答|略|pass|拒答|跳过吧'],
    [
      STOP,
      '不参加了|别问了|退出|不填了|退订|别再问了|我不参加|不想参加了|不要再发了|别再给我发了|STOP|不答了|不想填了，别再发了吧',
    ],
    [ASK, '6|8|9|10|7分|4?'],
    [{ between: [4, 5] }, '4或5|4-5|四五分|4.5|4到5分吧'],
    [{ between: [3, 4] }, '3-4吧|三四分|3或者4|3、4'],
  ]),
  ...cases('plain', 'scale', 'direct', [
    [
      5,
      '给5颗星|环境很好，5分|5，环境不错|👍👍👍|💯|很好|very satisfied|Excellent|我对环境非常满意|卫生打5分',
    ],
    [
      4,
      '😊|我对环境还是比较满意的|物业的服务我觉得挺好的|环境卫生打4分|环境我给4分|good|satisfied|quite good|满意，就是有点吵|虽然有点吵但还是满意的|保洁天天来，挺满意|I am satisfied',
    ],
    [3, '环境嘛，还可以吧|卫生一般|so-so|so so|average|就那样吧|中不溜秋'],
    [
      2,
      '以前满意现在不满意|以前还行，现在不满意|环境嘛不太满意|卫生不怎么样|not satisfied|not very satisfied|dissatisfied',
    ],
    [1, '物业态度太差了|very dissatisfied|terrible|以前挺好，现在太差了'],
    [
      ASK,
      '55|555|5 5 5|12345|不满意的地方很多|好的|ok|嗯|满意吗|谁满意啊|都可以|随便|如果再干净点就满意了|邻居都说不满意|比以前好|今天去买菜|5 满意|1 很满意|以前满意|满意，但是不满意噪音|哈哈|?',
    ],
    [{ between: [3, 4] }, '一般般吧，也算满意|3，4之间'],
    [UNSURE, '物业那边我还真不清楚|忘了|not sure|I don’t know|谁知道'],
    [SKIP, 'skip|这道题我不想回答|不方便说|Next'],
    [STOP, '我不想参加你们的调查了|stop|unsubscribe|烦死了别问了|你们别再问我了'],
  ]),
  ...cases('dialect', 'scale', 'both', [
    [
      5,
      '交关好|老好额|老满意了|嫽扎咧|巴适得板|杠杠的|贼满意|没话说|冇得弹|倍儿满意|邪气好|蛮好蛮好，很满意|满意的很|满意极了|可满意了|安逸得很|得劲得很',
    ],
    [
      4,
      '中咧|中|得行|要得|巴适|还闹热|蛮灵|蛮灵额|几好|唔错|挺中|攒劲|得劲|弗错|怪好的|满好|蛮好滴|还算满意吧|基本上满意|应该算满意吧|个人觉得比较满意|不赖|挺得劲的',
    ],
    [3, '麻麻地|就那样|过得去|勉强还行吧|将就|凑合吧|也就那样|说得过去|还凑合|一般般啦|大概还行吧'],
    [2, '孬|不中|勿灵|唔好|不得劲|不咋地|不咋样|不咋滴|不怎么样|勿满意|撇'],
    [1, '孬得很|撇得很|差到家|差得来|太孬了|烂透|瞎得很'],
  ]),
  ...cases('dialect', 'scale', 'direct', [
    [4, '冇意见|没意见|估计4分吧|我看就4吧|可能是满意吧'],
    [UNSURE, '唔知|勿晓得|晓不得|知不道|吃不准|搞不清楚'],
    [3, '说实话一般|怎么说呢，一般吧|这个嘛，马马虎虎'],
  ]),
  ...cases('negation', 'scale', 'both', [
    [
      2,
      '不满意|不是很满意|不太满意|不怎么满意|不大满意|不够满意|没那么满意|不算满意|不是特别满意|并不满意|没有很满意|谈不上满意|不能说满意|比较不满意|有些不满意|我不满意|不太好|不怎么好|不很满意|唔系几满意',
    ],
    [
      1,
      '很不满意|非常不满意|一点都不满意|一点也不满意|完全不满意|根本不满意|十分不满意|相当不满意|特别不好|极不满意',
    ],
    [ASK, '没有不满意|不是不满意|不能说不满意|不是3'],
  ]),
  ...cases('negation', 'scale', 'direct', [
    [ASK, '没什么不满意的|说不上满意不满意|不觉得不满意|谈不上不满意|不一般'],
    [2, '我对物业不太满意|现在的环境我真的不是很满意|噪音这块不怎么满意'],
    [1, '我对物业一点都不满意'],
  ]),
  ...cases('negation', 'battery', 'both', [
    [ASK, '不是厨余|不是有害垃圾|不选2|不是2'],
    [2, '不是厨余，是有害|不是3，是2|不是3是2|选2不是3'],
  ]),
  ...cases('correction', 'scale', 'both', [
    [
      4,
      '不对，是4|3 打错了 4|3打错了，4|改成4|改4|我改一下，4|4，刚才发错了|4 刚才按错了|5，不，4|不是3，是4|不是3是4|3改4|从3改成4|更正：4|写错了，是4|5 哦不 4|选错了，应该是4|刚才那个不算，选4|手滑了，4|不对不对，选4|3 错了 4|重新选4|我改成满意',
    ],
    [3, '刚才按错了，选3|按错了 3|打错字了，3|上面的不作数，3|发错了，选3'],
    [2, '刚才点错了，是不满意|不对，不满意|按快了，2'],
  ]),
  ...cases('correction', 'scale', 'direct', [
    [ASK, '刚才按错了|打错了|4 打错了|改一下|3错了'],
    [5, '刚刚发错了，应该是5才对'],
  ]),
  ...cases('correction', 'multiple', 'both', [
    [[1, 4], '不对，是1和4|刚才发错了，选1、4'],
    [[2], '改成2|不是1，是2'],
  ]),
  ...cases('plain', 'multiple', 'both', [
    [
      [1, 3],
      '1、3|1 3|13|1，3|1,3|1和3|一三|AC|A、C|a c|①③|1️⃣3️⃣|选1和3|第一第三|第一个和第三个|13都选|1.3|健康讲座和摄影展|健康讲座、摄影展|1/3|选一和三|一、三',
    ],
    [[1, 2, 3, 4], '全选|都选|1234|全部都选|以上都是|1 2 3 4都选|ABCD|四个都选'],
    [[1, 3, 4], '除了2|除了2都选|除2以外都选|134|除了广场舞'],
    [[2], '2|选2|广场舞|第二个|只选2|B|2 广场舞'],
    [[1, 2, 3], '1到3|1至3|123'],
    [ASK, '都可以|15|1-3|1或3|1 1|随便'],
    [UNSURE, '不清楚|0'],
    [SKIP, '跳过'],
  ]),
  ...cases('plain', 'single', 'both', [
    [1, '下棋|下棋打牌|我选下棋|打牌|1 下棋打牌|1|A'],
    [2, '唱歌跳舞|选2|唱歌|跳舞吧|第二个'],
    [3, '看书|看书读报|读报|选看书的那个|3、看书读报'],
    [4, '不参加|4|四|选不参加'],
    [ASK, '5|1 唱歌跳舞|1、2、3'],
    [{ between: [1, 2] }, '1或2|1、2'],
  ]),
  ...cases('plain', 'battery', 'both', [
    [
      2,
      '有害垃圾|选有害的那个|有害|2|二|B|2、有害垃圾|有害垃圾吧|我觉得是有害垃圾|应该是有害垃圾|有害垃圾！|有害垃圾(2)|第二种',
    ],
    [1, '可回收物|可回收|选1|可回收的'],
    [3, '厨余|湿垃圾|厨余垃圾|厨余垃圾（湿垃圾）|厨余垃圾湿垃圾'],
    [4, '干垃圾|其他垃圾'],
    [ASK, '5|1 有害垃圾|除了2|有害垃圾还是厨余'],
    [UNSURE, '不知道|0|不清楚'],
  ]),
  ...cases('plain', 'battery', 'direct', [
    [2, '旧电池应该扔有害垃圾|电池肯定是有害垃圾'],
    [ASK, '垃圾|都是垃圾|这个怎么分|扔楼下'],
  ]),
  ...cases('plain', 'phone', 'both', [
    [[2, 4], '12345和110|2 4|24|110、12345|政务热线、110报警|BD|2、4'],
    [[4], '110|报警|4|打110'],
    [[2], '12345|12345政务热线'],
  ]),
  ...cases('plain', 'people', 'both', [
    [3, '3|三|3人|三人|大概3人|3个|选3|３'],
    [12, '12|十二|12人'],
    [{ between: [3, 4] }, '3-4人|三四人|3到4'],
    [ASK, '25|3.5'],
  ]),
  ...cases('plain', 'people', 'direct', [
    [3, '三口人|我家三口人|家里有3个人|不对，3个'],
    [0, '没有|0'],
    [ASK, '很多|-3|十几个'],
  ]),
  ...cases('plain', 'words', 'direct', [
    ['多种点花', '多种点花|  多种点花 |建议：多种点花'],
    [SKIP, '跳过|不想回答'],
    [STOP, '别再问了'],
    [ASK, `${'好'.repeat(61)}`],
  ]),
  ...cases('plain', 'words', 'group', [
    ['多种点花', '建议：多种点花|我的建议:多种点花'],
    [IGNORE, '多种点花|今天下雨了'],
  ]),
  ...cases('lookalike', 'scale', 'group', [
    [
      IGNORE,
      '3号楼的快递到了|5块钱|5点见|12345|收到|好的|好|1楼|3度|+1|1+|1.张阿姨 2.李叔|今天3度|三缺一|5555|555|666|88|2楼有人吗|13812345678|5:30|12.5|5.8元|不满意就换一家|这个菜不错|挺好的小伙子|满意不满意都这样了|谁满意啊',
    ],
    [
      IGNORE,
      '满意吗？|@王阿姨 5点见|@小王 满意|「李叔：3」\n- - - - - - - - - - - - - - -\n好的|https://example.com/5|4号线|第5次了|👍👍👍|👍🌹🎉|[强][强][强]|😊|😂😂|🌹|哈哈哈|嗯嗯|OK|行|可以|没问题|知道了|谢谢|早上好|5个|要5个|来3个|给我留3个|3个人|4缺1|五一快乐|三八节快乐',
    ],
    [
      IGNORE,
      '五楼的灯坏了|一家人|一会儿来|一起去|二手沙发转让|三单元停水|第一！|第一|1号|5号|5号下午|3月5日|2026|2026年|50|100分|3-2-501|3栋2单元|5折|扣1|1111|11|22|AA|ABC|K歌去吗|E家超市|a4纸有吗|d座|5G|5L油|3斤|2箱|4盒|5千米|一百|十五号',
    ],
    [
      IGNORE,
      '太好了|真棒|真不错|不错不错|好棒|好好好|赞|点赞|厉害|大家满意就好|他满意就行|你满意就好|如果满意就买|希望大家满意|都可以|随便|不行|不可以|没意见|差不多|这个还行|那家店一般|老师讲得很好|菜很好吃|天气不好|身体不好|孩子很好|你好|很好吃|一般人不行|一般几点开门|还行吗|挺好的呀，在哪买的|好得很，明天一起去',
    ],
    [
      IGNORE,
      '改天吧|改到5点|不对吧|发错群了|打错了|发错了|按错了|刚才发错了|3号楼错了，是4号楼|电梯改成4楼停|过年好|过来吧|过一会|跳广场舞的人呢|下一个是谁|别吵了|别闹了|退货|退群了|取消订单|停水通知|停电了|不去了|不要了|不来了|不知道几点开始|不清楚是哪家的|没注意看|谁知道呢|有人知道吗|6块|8点半|9号楼|5+3|5x3|3%|百分之五|五毛|三分钟|四点五十|五分钟|一分钱一分货|二维码在哪|三七怎么吃|五香豆腐干',
    ],
    [
      IGNORE,
      '关于满意度调查的通知|满意度调查开始了吗|调查结果什么时候出|我昨天选的5|她选了4|怎么选5|5是什么意思|选5有奖吗|不是很满意的话可以退|非常满意这次的团购|我很满意你的态度|您对我的服务满意吗|环境真的好|今天的课讲得非常好，受益匪浅，谢谢老师，下次还来听',
    ],
  ]),
  ...cases('lookalike', 'battery', 'group', [
    [
      IGNORE,
      '垃圾|垃圾车来了|有害垃圾桶满了|厨余垃圾几点收|可回收的有人要吗|3号楼垃圾没人收|今天2度|2箱苹果|2号|其他人呢|干垃圾桶坏了|挺好的',
    ],
  ]),
  ...cases('lookalike', 'multiple', 'group', [
    [
      IGNORE,
      '12345|110|13812345678|1.张阿姨 2.李叔 3.王伯|健康讲座几点|广场舞太吵了|亲子活动在哪报名|都有|1号和3号|1点到3点|3楼2单元|2026',
    ],
  ]),
  ...cases('lookalike', 'people', 'group', [
    [IGNORE, '3点|3号楼|5块|12345|3个苹果|有3人报名了|没有'],
  ]),
]
