import type { Item } from '../../../content/survey-schema.ts'
import { normalise } from '../../core/text/normalise.ts'
import type { Where } from './rate.ts'

/**
 * Residents say why: 2,楼上天天拖椅子. Such a remark is known by what it is about; what is about anything
 * else (shopping, other people, times to meet) makes the whole message talk.
 */

/** What belongs to a question that names one of the words before it. */
const FIELDS: readonly (readonly [asked: RegExp, subject: string, about: string])[] = [
  [
    /垃圾|卫生|环境|清运/,
    '环境|卫生|垃圾分类|垃圾清运|清运',
    '垃圾|桶|飞虫|牛皮癣|垃|烟|痰|灰|尘|落叶|拖地|擦|亮堂|利索|清爽|厨余|收得|混装|混运|大件|味道|异味|桶|清运|没人?收|没人扫|没人?清|分类|烟头|狗屎|狗尿|臭|苍蝇|蟑螂|老鼠|脏|干净|整洁|扫|保洁|小广告|楼道|积水',
  ],
  [
    /安静|噪|吵/,
    '噪音|噪声|安静程度',
    '蹦|跺|脚步|走路|跑来跑去|电钻|喇叭|鸣笛|音乐|动静|声音|消停|静|凌晨|麻将|搓麻|打鼾|狗|吵|噪|安静|清静|音响|喇叭|广场舞|跳舞|装修|施工|工地|钻墙|砸墙|敲|拖椅子|烧烤|狗叫|打麻将|唱歌|KTV|睡不[着好]|睡得|半夜|闹|楼上|隔壁|汽车',
  ],
  [
    /花草|绿化|树/,
    '绿化|花草|树木|花草树木',
    '花|树|草|叶|枝|荫|鸟|绿|浇|种|秃|桂|砍了|缺点花|开得|树都|树太|树少|树多|种了|种树|种花|花草|花坛|绿化|草坪|草地|杂草|修剪|浇水|枯|虫子|蚊子|绿油油|光秃',
  ],
  [
    /活动/,
    '活动|文体活动',
    '舞|唱|下棋|书法|剪纸|腰鼓|锻炼|排练|老人|腿脚|去不了|没空去|白天|周末|时间|场地|热心|活动|讲座|合唱|跳舞|太极|办得|组织|参加|热闹|老年人|年轻人|上班|丰富|花样|没意思|有意思|节目',
  ],
  [
    /物业/,
    '物业|物业服务|服务',
    '费|大门|围墙|管道|水管|灯|报修|经理|保修|热心|客气|电话|叫不动|喊不动|慢|推脱|电梯|保安|保洁|门卫|门禁|门岗|修了|修得|才修|没修|没人修|停车|物业|维修|漏水|收费|收钱|管家|路灯|师傅',
  ],
  [
    /工作人员|回应/,
    '回应|态度|社区工作人员|工作人员',
    '没人接|接电话|打.{0,3}电话|电话|热心|客气|帮|小.{1,2}(?:人|很|蛮|挺|真|交关|老)|主任|书记|社工|网格员|来得快|来得慢|上门|拖|等了|没人理|没人管|不理人|不管事|随叫随到|有求必应|热情|态度|耐心|推来推去|踢皮球|跑腿|打电话|没回音|没下文|回复|回应|处理|解决|办事|负责|尽心|上心|跑了|说了多少|反映',
  ],
]
/** The question for everything, and what belongs to it besides all of the rest. */
const OVERALL = /总的来说|总体|整体|住在/
const LIVING = '住|搬|舍不得|邻里|老房子|生活|方便|物业费|房价|便利|老小区|熟人|出门'

/** How somebody comes to answer, which nothing but an answer goes with. */
const MANNER =
  '不解释|眼睛|眼神|看不清|老花|不会打字|打字慢|不识字|不认字|眼花|手抖|耳朵|腿脚|不会弄|不会用|不会写|不会按|岁数|年纪|[打写]的字|[帮代替]我?[打填写答选发按点]|语音'
/** Said about any question: the speaker, the mark, how it was and should be. */
const ANY =
  '^我是.{1,4}$|^多?谢|^感谢|辛苦|不多不少|人无完人|小区|社区|居委|物业|保洁|保安|工作人员|水压|邻里|邻居们|邻居都?[说讲]|安全|治安|路面|设施|充电|车位|停车|楼道|电梯|住了|住着|住得|住在|搬来|\\d+[栋幢]的?$|\\d+号楼的?$|老年人|年纪|老太|老头|老伴|嫌|不能再多|不能再少|不能更多|给多|给高|扣[一1]?分|进步|进了一步|改进|改善|改观|改进|加强|继续努力|再接再厉|有待|(?:比|跟)(?:以前|之前|去年|前几年|原来|过去|从前|前两年)|好多了|强多了|没用|多少次|意见|没什么.{0,2}好?说'
/** Why it is this option. */
const WHY =
  '药店|回收[箱点站处桶]|专门|里面有|含有|有毒|汞|太硬|粉碎|打不[碎动烂]|腐烂|烂不|卖钱|值钱|攒|送分|常识|宣传|讲座|学过|教过|背过|贴着|写着|[红蓝绿灰黑棕]桶|污染|以前(?:我)?以为|环保|低碳|锻炼身体|排放|法律|规定|婆婆|天天'

/** A question, somebody else, trade, an appointment, a request: not a remark on the neighbourhood. */
const FOREIGN = {
  group:
    /[?@"#]|垃圾袋|[\d一二两三四五六七八九十][个份只](?:$|[,。! ])|[吗么伐](?:$|[,。!~ ])|谁|哪|什么时候|几[点号楼个家位块钱]|(?<![不没])怎么(?!样)|(?<![不没])咋(?![样地滴])|为啥|为什么|多少(?![次回年遍])|(?<!其)[他她您]|你(?!们)|人家|别人|大家|邻居|群[主里]|听说|据说|转发|通知|报名|接龙|团购|拼[单车团]|成团|快递|取件|自提|外卖|下单|退[货款掉了]|发货|收货|[买卖](?!钱)|出租|转让|多少钱|块钱|[\d一二三四五六七八九十][块元毛斤袋箱盒瓶份件张]|便宜|好吃|好看[吗不]|店|餐|菜|(?<!唱)歌|电影|比赛|考[试了]|孩子(?:数|语|考|作)|[借帮请求](?!我们)|记得|注意|小心|明[天早晚]|今[晚早]|后天|一会儿|等[我下会]|集合|到了|来了|见$|可以(?:找|去|搬|投诉)|就(?:找|去|搬|投诉|换|别|退)|^不[满]意[,。! ]*(?:找|去|搬|打)|如果|要是|的话|呵呵|才怪|才有鬼|推荐|家政|介绍|收到|整改|直接扔|乱扔|手艺|好评|避雷|发的|给的|送(?!分)|领|投票|难道|假的|瞎|骗|做梦|逗|球|[比决]赛|绝杀|险胜|手机|衣服|质量|颜色|码|味道(?:好|不错|一般)|辣|甜|香/,
  direct:
    /[?"]|吗(?:$|[,。!~ ])|谁|呵呵|才怪|才有鬼|如果|要是|的话|假的|瞎|骗|做梦|逗|玩笑|[行得]了吧|比如|听说/,
} as const

/** Sounds like the foreign, and belongs to the question or to how it is answered. */
const HERE =
  /回收[箱点站处桶]|药店|我(?:还)?记得|花香|香了一路|没人接|买菜|菜[叶场]|剩菜|店里|找过?(?:他|她)们|(?:孙|闺女|儿子|女儿|孩子|老伴|媳妇).{0,3}[帮代替](?:我|忙)?(?:打|填|写|答|选|发|按|点)的?字?/g

/** Marks and words that rate may not be hidden in a remark. */
const RATES =
  /满意|[打按选点填写搞弄]错|错了|改成|改为|^\d[、.:]|不一定|(?<!扣)[\d一二三四五]分|选|第.个/

/** What was thought once, or is not to be done. */
const ONCE = /以前|以为|原来|不是|不能|不要|别/

const NO_WORDS =
  /[您我你的是和、,。?!()"'不了们在]|满意|怎么样|吗|多|属于|哪种|哪个|哪一天|哪|什么|应该|可以|处理|有事|有人|总的来说|来说|住|家里|每年|一直|好好|打|反映|一般|说|几点|这段|时间|格外|去|最|回应得|他/

interface Topics {
  /** The question's own subject at the beginning of what is said of it. */
  readonly subject: RegExp
  /** What remarks on this question are about, whoever makes them. */
  readonly narrow: RegExp
  /** The same with what is said of any question; enough beside a firm answer. */
  readonly wide: RegExp
  /** The signs of the question. */
  readonly signs: ReadonlySet<string>
}

/** Every part of two signs and more of the words a question is asked in. */
function wordsOf(item: Item): readonly string[] {
  const runs = normalise(item.text['zh-CN'])
    .split(NO_WORDS)
    .flatMap((run) => run.match(/\p{Script=Han}{2,}/gu) ?? [])
  return runs.flatMap((run) => {
    const signs = [...run]
    return signs.flatMap((_, from) =>
      signs.slice(from + 1).map((__, more) => signs.slice(from, from + more + 2).join('')),
    )
  })
}

const CONNECTS =
  '(?:是|属于|算|算是|应该是?|肯定是?|当然是?|可能是?|好像是?|嘛|吧|呢|啊|我?觉得|打|给|这块儿?|这方面|方面|,| )+'

function subjectOf(item: Item, own: readonly string[]): RegExp {
  const joint = item.type === 'scale' ? `(?:${CONNECTS})?` : CONNECTS
  return new RegExp(
    `^(?:对于?|我|我们|我觉得|觉得|咱|咱们|俺们|这|小区|的)*(?:${own.join('|')})的?${joint}`,
  )
}

const known = new WeakMap<Item, Topics>()

/** What an item's question is about; kept as long as the item. */
function topicsOf(item: Item): Topics {
  const ready = known.get(item)
  if (ready) return ready
  const asked = item.text['zh-CN']
  const own = [...wordsOf(item)].sort((a, b) => b.length - a.length)
  const fields = FIELDS.filter(([field]) => field.test(asked) || OVERALL.test(asked))
  const narrow = [MANNER, ...own, ...fields.map(([, , about]) => about)]
  if (item.type === 'knowledge') narrow.push(WHY)
  if (OVERALL.test(asked)) narrow.push(LIVING)
  const named = FIELDS.flatMap(([field, subject]) => (field.test(asked) ? subject.split('|') : []))
  const subjects = [...own, ...named].sort((a, b) => b.length - a.length)
  const never = '(?!)'
  const topics = {
    subject: subjects.length > 0 ? subjectOf(item, subjects) : new RegExp(never),
    narrow: new RegExp(narrow.join('|') || never),
    wide: new RegExp(item.type === 'knowledge' ? narrow.join('|') : [...narrow, ANY].join('|')),
    signs: new Set(own.join('')),
  }
  known.set(item, topics)
  return topics
}

/** A bare sign: a number or a letter, as many things besides answers begin with. */
const BARE = /^(?!.*[分星选])\D{0,2}[\da-e一二三四五]\D?$/

/** Praise without 满意 or a mark is talk in a group, whatever it is about: 今天没人装修,挺好. */
const PRAISE = /^(?!.*(?:满意|[\d一二三四五])).*(?:好|不错|可以|棒|赞|灵|巴适|安逸|要得|得行)/

/** A remark says how it is; who only names a thing or a place may number a list: 2,楼道灯. */
const SAYS_HOW =
  /太|很|好|蛮|挺|比|还|又|都|总|老是?|天天|经常|从来|到处|没|不|少|多|差|脏|臭|吵|乱|坏|旧|慢|干净|满地|死|光/

const TELLS_WHY = new RegExp(`${WHY}|${MANNER}|住了|住得|舍不得|搬来`)

/** Nothing more than that it is unknown why. */
const REASON =
  /^(?:我|俺|平时|也|从来|一直|又|都)*(?:没|不)(?:有|怎么|太|跟)?.{0,6}(?:找|参加|用|住|打过交道|装修|接触|关注|注意|遇|出门|在家|学过|管|倒|处理|扔)|没.{1,6}过$|刚搬|新搬|租房/

/**
 * The part of a message that answers, when all the rest remarks on what was asked; nothing otherwise.
 * @param answers whether a part of the message is an answer by itself
 * @param names whether a part names something that can be chosen
 */
export function withoutRemarks(
  item: Item,
  text: string,
  where: Where,
  answers: (part: string) => 'answer' | 'unsure' | undefined,
  names: (part: string) => boolean,
): string | undefined {
  const { narrow, wide } = topicsOf(item)
  // 物业?选1
  const parted = text.replace(
    /^((?:我|给|打|选)*[\d一二三四五][分星])(?=我?(?:孙|闺女|儿子|女儿|孩子|老伴|住|腿|眼))/,
    '$1,',
  )
  const words = parted.replace(/^(\p{Script=Han}{2,5})\?(?=.)/u, (asked, topic: string) =>
    narrow.test(topic) && !RATES.test(topic) ? `${topic},` : asked,
  )
  const parts = words.split(/[,。!;~\n ]+/).filter((part) => part !== '')
  if (parts.length < 2 || parts.length > 6) return undefined
  const here = words.replace(HERE, '')
  const strange = FOREIGN[where].test(here)
  if (strange && (FOREIGN.direct.test(here) || !parts.some((part) => REASON.test(part)))) {
    return undefined
  }
  const heard = parts.map(answers)
  const told = parts.filter((_, i) => heard[i] !== undefined)
  // 四分,…,给四分
  const kept = told
    .filter((part, i) => !told.slice(i + 1).some((later) => later.endsWith(part)))
    .join(',')
  const rest = parts.filter((_, i) => heard[i] === undefined)
  const said = kept === '' ? undefined : answers(kept)
  if (where === 'group' && item.type === 'scale' && PRAISE.test(kept)) return undefined
  if (said === undefined || rest.length === 0 || (strange && said === 'answer')) return undefined
  const about = said === 'unsure' ? REASON : BARE.test(kept) ? narrow : wide
  const bare = said === 'answer' && BARE.test(kept)
  const says = (part: string) =>
    REASON.test(part) ||
    (about.test(part) && (!bare || SAYS_HOW.test(part) || TELLS_WHY.test(part)))
  const remark = (part: string) => where === 'direct' || says(part) || isSubject(item, part)
  const other = (part: string) =>
    RATES.test(part) || (names(part.replace(HERE, '')) && !ONCE.test(part))
  return rest.every((part) => remark(part) && !other(part)) ? kept : undefined
}

/** 骨头嘛: most of its signs are in the question. */
function isSubject(item: Item, part: string): boolean {
  const subject = /^(\p{Script=Han}{1,5}?)(?:嘛|么|呀|啊)$/u.exec(part)?.[1]
  return subject !== undefined && isAsked(item, subject)
}

function isAsked(item: Item, subject: string): boolean {
  const { signs } = topicsOf(item)
  const shared = [...subject].filter((sign) => signs.has(sign)).length
  return shared * 2 >= subject.length && item.type === 'knowledge'
}

/** What is said of the question's own subject: 环境一般般, 电池是有害的. */
export function ofTopic(item: Item, text: string): string | undefined {
  const [, about = '', answer] = /^(\p{Script=Han}{1,5}?)(?:是|属于|算是?)(.+)$/u.exec(text) ?? []
  if (answer !== undefined && isAsked(item, about)) return answer
  const { subject, signs, narrow } = topicsOf(item)
  // 六五环境日嘛
  const [, named, asked = ''] =
    /^([^,。! ]{2,12}?)(\p{Script=Han}{2,4}?)[嘛呀啊吧啦呗]*$/u.exec(text) ?? []
  const own = item.type === 'knowledge' && [...asked].every((sign) => signs.has(sign))
  if (named !== undefined && own && narrow.test(asked)) return named
  const found = subject.exec(text)?.[0]
  return found === undefined || text.length < found.length + 2
    ? undefined
    : text.slice(found.length)
}
