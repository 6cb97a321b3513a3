import { fold } from '../core/text/fold.ts'
import { parseNumeral } from '../core/text/numerals.ts'

const N = '\\d{2,3}(?:\\.\\d{1,2})?|[一二三四五六七八九十百零两几]{2,6}'
const UNIT =
  '多?\\s?个?多?\\s?(?:分贝|d\\s?b(?:\\s?\\(?a\\)?)?(?![a-z])|贝(?!壳|克|利|尔|贝|勒|母|类))'
const JOIN = '\\s?(?:-|~|到|至|、|,|或者?|和)\\s?'
/** After a number they make it something else than a level. */
const OTHER_UNIT =
  '(?!\\s?(?:[\\d:.]|[点分秒米天次个楼号栋月年元块%时平户人家度岁斤]|小时|[一二三四五六七八九十百]))'

const WITH_UNIT = new RegExp(`(?<![\\d.])(?:(?:${N})(?:${UNIT})?${JOIN})*(?:${N})${UNIT}`, 'g')
const MEASURED = new RegExp(
  '(?:测|分贝|噪[音声](?:仪|计|值|数)?|音量|声音)(?:了|得|的|出来?|试|量|过|一下|下来?|结果|大概|显示|高?达|有|是|到|大到|为|值|仪|计|都|已经|:|\\s)*' +
    `(?<levels>(?:(?:${N})${JOIN})*(?:${N}))${OTHER_UNIT}`,
  'g',
)
const NUMBERS = new RegExp(N, 'g')

const DIFFERENCE = /(?:超标|超出|超了|高出|高了|多出)(?:了|标准|国家标准|规定|限值|大?约)*\s?$/
const LIMIT =
  /(?:标准|限值|规定|不得|不能|不可|不应|不许|不要|不准|不超过?|未超过?|低于|要求|限制|控制在|(?:不得|不能|不|没|未)(?:超过|高于|大于|超))(?:是|为|了|在|值|国家|的|规定|超过|高于|大于|超出|白天|夜间|晚上|:)*\s?$/

/**
 * The level that a resident says was measured, in decibels: 72分贝, 72dB, 七十二分贝, 测了72. Of a range or of several
 * the highest; none where the number is only a limit (不超过50分贝, 标准50分贝) or an excess (超标8分贝).
 */
export function findDecibels(text: string): number | null {
  const folded = fold(text.slice(0, MAX_LENGTH))
  if (!/分贝|d\s?b|贝|测|噪[音声]|音量|声音/.test(folded)) return null
  const levels = [...folded.matchAll(WITH_UNIT)]
    .filter(({ index }) => !isNoLevel(folded.slice(Math.max(0, index - 12), index)))
    .flatMap(([words]) => levelsIn(words))
  if (levels.length > 0) return Math.max(...levels)
  const bare = [...folded.matchAll(MEASURED)].flatMap(({ groups }) =>
    levelsIn(groups?.['levels'] ?? ''),
  )
  return bare.length > 0 ? Math.max(...bare) : null
}

const MAX_LENGTH = 2000

/** Quieter than a whisper or louder than a jet is a slip of the finger. */
function levelsIn(words: string): number[] {
  return [...words.matchAll(NUMBERS)].flatMap(([said]) => {
    const level = levelOf(said)
    return level !== undefined && level >= 20 && level <= 140 ? [level] : []
  })
}

/** 七十二, 八十几 (80), 六七十 (70). */
function levelOf(said: string): number | undefined {
  if (/^\d/.test(said)) return Number(said)
  const plain = said.replace(/几$/, '')
  const pair = /^[一二三四五六七八两]([二三四五六七八九]十)$/.exec(plain)
  return parseNumeral(pair?.[1] ?? plain)
}

function isNoLevel(before: string): boolean {
  return DIFFERENCE.test(before) || LIMIT.test(before)
}
