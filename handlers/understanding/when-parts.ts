import type { Part, Rule } from './when-token.ts'
import { HOUR } from './when-wall.ts'

function part(kind: Part['kind'], from: number, to: number): Part {
  return { kind, from: from * HOUR, to: to * HOUR }
}

const DAWN = part('dawn', 0, 6)
const DEEP = part('deep', 0, 5)
const MORNING = part('morning', 6, 9)
const FORENOON = part('morning', 6, 12)
const NOON = part('noon', 11, 13)
const AFTERNOON = part('afternoon', 12, 18)
const DUSK = part('afternoon', 17, 19)
/** When school is out. */
const AFTER_SCHOOL = part('afternoon', 15, 18)
const LATE = part('evening', 21, 24)
const DAYBREAK = part('morning', 5, 7)
const OFFICE = part('day', 9, 17)
const LIGHT = part('day', 6, 18)
/** Night as the noise law has it. */
const NIGHT = part('night', 22, 30)
export const EVENING = part('evening', 18, 24)

/** The words of each part of the day, longer words before those they contain. */
const WORDS: readonly (readonly [part: Part, words: string])[] = [
  [EVENING, '[前上]半夜'],
  [DEEP, '深更半夜|三更半夜|半夜三更|大半夜|后半夜|下半夜|半夜里?|夜半|午夜'],
  [NIGHT, '(?<=[到至]了?)天(?:大?亮|光)'],
  [
    DAWN,
    '凌晨|天(?:还|都)?(?:没|不|未|冇)见?[亮光明]|天?(?:蒙蒙|麻麻|刚刚?|才)亮|天亮(?:之|以)?前|拂晓',
  ],
  [DAYBREAK, '天一?亮(?!堂)'],
  [
    MORNING,
    '早晚?高峰(?:期|时段)?|早自习(?:时间|的点)?|朝头?早|一早(?![就已]?知|就说)|一?大清?早上?|一清早|大早起|清晨|清早|早晨|早上(?!好(?![吵多大几些响臭]))|早间|晨间|早起(?!床)',
  ],
  [OFFICE, '[朝早]九晚[五六]'],
  [FORENOON, '上午(?!休(?:时|的)|睡)|一?上半[日天]|午前|头晌|上昼'],
  [
    NOON,
    '大?中午头?|正午|晌午|午间|午休(?![室椅床区])(?:时间|时候|时段|的点)?|饭点|吃[完过了](?:中|午)饭|午饭(?:时间|点)|(?:睡)?午[睡觉](?:时间|的时候)?',
  ],
  [AFTERNOON, '大?下午|午后|后晌|下昼'],
  [AFTER_SCHOOL, '放学(?:以|之)?(?:后|时间?|那会儿?|那阵|的时候|的点)'],
  [LATE, '晚自习(?:以|之)?(?:后|下课后?)?'],
  [DUSK, '晚高峰(?:期|时段)?|(?<=到)天?黑|傍晚|天?黄昏|擦黑|天刚黑|天快黑'],
  [
    NIGHT,
    '夜里[头向厢]?|夜到头?|[一整半成]个?宿|成[晚夜]|全晚|夜间|深夜|大?黑夜|(?:一?整|通|彻|一)(?:夜|宵)|一?整(?:个)?晚上?|通宵达旦',
  ],
  [
    EVENING,
    '一个?晚上?(?![点些])|晚黑|天黑|吃[完过了](?:晚|夜)饭|夜饭后?|大?晚上(?!好(?![吵多大几些响臭]))|晚间|夜晚|入夜|天黑(?:了)?(?:以|之)?后|晚饭后|晚饭(?:时间|点)|下了?班(?:以|之)?后',
  ],
  [
    EVENING,
    '(?<=[昨今前当明每])[晚夜]|(?<=晚)晚|(?<=夜)夜|(?<=天)晚(?![了点睡])|晚(?=\\s?(?:\\d|[一二两三四五六七八九十]{1,3}点))',
  ],
  [
    MORNING,
    '(?<=[昨今明每])[早晨]|(?<=天)早(?![点些日期知已])|早(?=\\s?(?:\\d|[五六七八九十]{1,3}点))',
  ],
  [LIGHT, '大?白天'],
]

/** 凌晨, 半夜, 早上 … 晚上, 通宵. */
export const PART_RULES: readonly Rule[] = WORDS.map(([found, words]) => ({
  pattern: new RegExp(words, 'g'),
  read: () => ({ kind: 'part', part: found }),
}))
