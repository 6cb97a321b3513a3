import { fold } from '../core/text/fold.ts'
import { parseNumeral } from '../core/text/numerals.ts'

const N = '\\d{2,3}(?:\\.\\d{1,2})?|[一二三四五六七八九十百零两]{2,6}'
const UNIT =
  '(?:个)?(?:多)?\\s?(?:个)?(?:分贝|d\\s?b(?:\\s?\\(?a\\)?)?(?![a-z])|贝(?!壳|克|利|尔|贝|勒|母|类))'
const JOIN = '\\s?(?:-|~|到|至|、|,|或者?|和)\\s?'
const LIMIT = '(?:标准|超过|超出|限值|规定|不得|不能|不超|低于|以下|要求|应|限制)'

const WITH_UNIT = new RegExp(`(?<![\\d.])(?:(?:${N})${UNIT}?${JOIN})*(?<n>${N})${UNIT}`, 'g')
const MEASURED = new RegExp(
  `(?:测(?:了|量|得|出来?|到|试|的|噪音|了一?下)*|(?:噪音|分贝|声音|音量)(?:仪|计|值|数)?(?:显示|达到?|有|是|到)?了?(?:是|有|到|显示|为|:)*)\\s?(?<n>${N})(?!\\s?(?:[\\d:.点分秒米天次个楼号栋月年元块%时平户人家度岁]|小时))`,
  'g',
)
const DIFFERENCE = /(?:超标?|超过|超出|超了|高出?|多出?)(?:了|标准|国家标准|规定|限值)*\s?$/

/**
 * The level that a resident says was measured, in decibels: 72分贝, 72dB, 七十二分贝, 测了72. Of a range or of several
 * the highest; none where the number is only a limit (不超过50分贝, 标准50分贝) or an excess (超标8分贝).
 */
export function findDecibels(text: string): number | null {
  const folded = fold(text.slice(0, 2000))
  if (!/分贝|d\s?b|贝|测|噪音|音量|声音/.test(folded)) return null
  const levels: number[] = []
  for (const match of folded.matchAll(WITH_UNIT)) {
    if (isNoLevel(folded.slice(Math.max(0, match.index - 8), match.index))) continue
    for (const [said] of match[0].matchAll(new RegExp(N, 'g'))) add(levels, said)
  }
  if (levels.length === 0) {
    for (const match of folded.matchAll(MEASURED)) add(levels, match.groups?.['n'] ?? '')
  }
  return levels.length > 0 ? Math.max(...levels) : null
}

/** Quieter than a whisper or louder than a jet is a slip of the finger. */
function add(levels: number[], said: string): void {
  const level = /^\d+\.\d+$/.test(said) ? Number(said) : parseNumeral(said)
  if (level !== undefined && level >= 20 && level <= 140) levels.push(level)
}

function isNoLevel(before: string): boolean {
  if (DIFFERENCE.test(before) && !/超过了?$/.test(before)) return true
  return (
    new RegExp(`${LIMIT}(?:是|为|了|在|值|国家|的|规定)*\\s?$`).test(before) &&
    !/(?<!不)(?<!不得)(?<!不能)超过了?$/.test(before)
  )
}
