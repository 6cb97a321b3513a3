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
const LIGHT = part('day', 6, 18)
/** Night as the noise law has it. */
const NIGHT = part('night', 22, 30)
export const EVENING = part('evening', 18, 24)

/** The words of each part of the day, longer words before those they contain. */
const WORDS: readonly (readonly [part: Part, words: string])[] = [
  [DEEP, '深更半夜|三更半夜|半夜三更|大半夜|后半夜|下半夜|半夜里?|午夜'],
  [DAWN, '凌晨|天还?(?:没|不|未)亮|天亮(?:之|以)?前|拂晓'],
  [
    MORNING,
    '一?大清?早上?|一清早|大早起|清晨|清早|早晨|早上(?!好(?![吵多大几些响臭]))|早间|晨间|早起(?!床)',
  ],
  [FORENOON, '上午|午前|头晌|上昼'],
  [
    NOON,
    '大?中午头?|正午|晌午|午间|午休(?:时间|时候|时段)?|午饭(?:时间|点)|(?:睡)?午[睡觉](?:时间|的时候)?',
  ],
  [AFTERNOON, '大?下午|午后|后晌|下昼'],
  [DUSK, '傍晚|黄昏|擦黑|天刚黑|天快黑'],
  [NIGHT, '夜里头?|夜间|深夜|大?黑夜|(?:一?整|通|彻|一)(?:夜|宵)|一?整(?:个)?晚上?|通宵达旦'],
  [
    EVENING,
    '一个?晚上|大?晚上(?!好(?![吵多大几些响臭]))|晚间|夜晚|入夜|天黑(?:了)?(?:以|之)?后|晚饭后|晚饭(?:时间|点)|下了?班(?:以|之)?后',
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
