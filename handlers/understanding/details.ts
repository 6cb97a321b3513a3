import { findFirst, words } from './lexicon.ts'
import { ownWords, type Prepared } from './text.ts'

const EFFECT = words(
  `
    (?:[老小]人|孩子|娃|宝宝|我妈|我爸|全家|一家人|我们?|大家|居民)?[^,。!?\\s]{0,6}(?:睡不[着好成了]|没法睡|无法入睡|没睡好|睡不成|写不了作业|学不进去|听不[见清]|头疼|头痛|心慌|心脏[^,。!?\\s]{0,4}受不了|吵醒|惊醒|震醒|合不上眼|没合眼|神经衰弱|没法休息|无法休息|不敢开窗|过不去|没法走|绊[脚倒])
    影响[^,。!?\\s]{0,14}(?:休息|睡眠|学习|生活|上课|健康|出行) 差点砸[^,。!?\\s]{0,6}
  `,
)

const PRIOR = words(
  `
    (?:打过?了?|拨过?|找过?了?|跟|和|向|报过?了?|联系过?了?|反映过?|投诉过?|说过?了?|劝过?了?|敲门|去过)[^,。!?]{0,14}(?:12345|110|12369|119|城管|物业|居委会?|社区|派出所|警察|民警|保安|房东)[^,。!?]{0,12}
    (?:物业|社区|居委会|城管|警察|派出所)[^,。!?\\s]{0,6}(?:不管|没用|没人|不理|推|没来|来过|说过)
    (?:说|劝|投诉|反映|找)[了过][^,。!?\\s]{0,8}(?:没用|不听|不理|也不|没人|无果|次|遍|多次)
    说了也不听 敲门也?不理 投诉无门 多次(?:投诉|反映|协商|沟通|劝)[^,。!?\\s]{0,6}
  `,
)

const ANONYMOUS =
  /别[^,。!?]{0,4}(?:写|说|报|提|公开|透露|暴露)[^,。!?]{0,3}(?:我|名|姓|是谁)|匿名|不要(?:公开|写|透露|说)[^,。!?]{0,6}(?:我|名|姓|信息|出去|是谁)|不想(?:让|被)[^,。!?]{0,8}知道|保密|不(?:方便|想)(?:署名|留名|透露姓名)/

export interface Details {
  readonly effect: string | null
  readonly prior: string | null
  readonly anonymous: boolean
}

/** What it does to people, what was tried before, and whether the speaker wants to stay unnamed. */
export function findDetails(text: Prepared): Details {
  const first = (pattern: RegExp): string | null => {
    const found = findFirst(pattern, text.plain)
    return found ? ownWords(text, found) : null
  }
  return { effect: first(EFFECT), prior: first(PRIOR), anonymous: ANONYMOUS.test(text.plain) }
}
