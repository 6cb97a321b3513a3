import type { Item } from '../../../content/survey-schema.ts'
import { normalise } from '../../core/text/normalise.ts'
import type { Where } from './rate.ts'
import { ANY, FIELDS, FOREIGN, HERE, LIVING, MANNER, OVERALL, RATES, WHY } from './remark-words.ts'
import type { Heard } from './understand.ts'

/**
 * Residents say why: 2,楼上天天拖椅子. Such a remark is known by what it is about; what is about anything
 * else (shopping, other people, times to meet) makes the whole message talk.
 */

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
  // 纸箱可回收, but not 电池回收.
  const joint = item.type === 'scale' ? `(?:${CONNECTS})?` : `(?:${CONNECTS}|(?=.{3}))`
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
  /静|拖|砸|蹦|住|太|很|好|蛮|挺|比|还|又|都|总|老是?|天天|经常|从来|到处|没|不|少|多|差|脏|臭|吵|乱|坏|旧|慢|干净|满地|死|光/

const TELLS_WHY = new RegExp(`${WHY}|${MANNER}|住了|住得|舍不得|搬来`)

/** Where an option is somebody to call, naming it tells what is being done: 110,打架了. */
const CALLED = /电话/
/** Beside an option in its own words anything goes but what happens to such things: 厨余垃圾,桶满了. */
const SAYS_MORE = /^(?!.*(?:满了|坏了|倒了|来了|走了|送人|门口了|废品|旧|斤|毛|要的|自取)).+|废品站/

/** Nothing more than that it is unknown why. */
const REASON =
  /^(?:我|俺|家里|俺家|我家)(?:也|都)?(?:不|没|才|刚)|^才(?:搬|来)|^我?(?:不懂|搞不懂|分不清|弄不清)(?:这些|这个|那些|垃圾)?(?:分类|东西|名堂)?$|^(?:我|俺|平时|也|从来|一直|又|都)*(?:没|不)(?:有|怎么|太|跟)?.{0,6}(?:找|参加|联系|用|住|打|办过|打过交道|装修|接触|关注|注意|遇|出门|在家|学过|管|倒|处理|扔)|没.{1,6}过$|刚搬|新搬|租房/

/** A message as its parts: 物业?选1 and 五分孙子打的字 have two. */
function partsOf(text: string, narrow: RegExp): readonly string[] {
  return text
    .replace(
      /^((?:我|给|打|选)*[\d一二三四五][分星])(?=我?(?:孙|闺女|儿子|女儿|孩子|老伴|住|腿|眼))/,
      '$1,',
    )
    .replace(/^(\p{Script=Han}{2,5})\?(?=.)/u, (asked, topic: string) =>
      narrow.test(topic) && !RATES.test(topic) ? `${topic},` : asked,
    )
    .split(/[,。!;~\n ]+/)
    .filter((part) => part !== '')
}

/**
 * The part of a message that answers, when all the rest remarks on what was asked; nothing otherwise.
 * @param answers what a part of the message answers by itself, if it does
 * @param names whether a part names something that can be chosen
 */
export function withoutRemarks(
  item: Item,
  text: string,
  where: Where,
  answers: (part: string) => Heard | undefined,
  names: (part: string) => boolean,
): string | undefined {
  const { narrow, wide } = topicsOf(item)
  const parts = partsOf(text, narrow)
  if (parts.length < 2 || parts.length > 6) return undefined
  const here = parts.join(',').replace(HERE, '')
  const strange = FOREIGN[where].test(here)
  if (strange && (FOREIGN.direct.test(here) || !parts.some((part) => REASON.test(part)))) {
    return undefined
  }
  const heard = parts.map(answers)
  const told = parts.filter((_, i) => heard[i] !== undefined)
  const same = new Set(heard.flatMap((each) => (each ? [JSON.stringify(each)] : []))).size === 1
  // 四分,…,给四分 says it twice.
  const kept = (same && told.at(-1)) || told.join(',')
  const rest = parts.filter((_, i) => heard[i] === undefined)
  const said = kept === '' ? undefined : answers(kept)?.kind
  if (where === 'group' && item.type === 'scale' && PRAISE.test(kept)) return undefined
  if (said === undefined || (strange && said === 'answer')) return undefined
  // 5,5 is a slip or a score.
  if (rest.length === 0 && told.every((part) => BARE.test(part))) return undefined
  const named = names(kept) && !/^.$|\d/.test(kept) && !CALLED.test(item.text['zh-CN'])
  const wanted = named ? SAYS_MORE : wide
  const about = said === 'unsure' ? REASON : BARE.test(kept) ? narrow : wanted
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
