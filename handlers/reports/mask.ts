/** Takes out of words for others what leads to a person or a household. Pure. */

const HIDDEN = '××'

const NUMERAL = '[0-9０-９零〇一二三四五六七八九]'
/** What a flat's number comes after: 2单元501, 86门301, 12号1102. */
const STAIRS = '(?:单元|單元|梯|[门門]|号楼|號樓|[栋棟幢座号號])'
const FLOOR = String.raw`(?:\d{1,2}|[一二三四五六七八九十]{1,3})[楼樓层層]`
const BEFORE_FLAT = new RegExp(
  String.raw`(?<=${STAIRS})[\s\-—]*(?:${FLOOR})?[\s\-—]*${NUMERAL}{3,4}(?!${NUMERAL})(?:[室房户戶家]|住户|住戶)?`,
  'gu',
)
const FLOOR_OF_STAIRS = new RegExp(String.raw`(?<=${STAIRS})[\s\-—]*${FLOOR}`, 'gu')
/** 3-2-501, 18-86-301: the last number is the flat. */
const HYPHENED = /(?<![\d-])(\d{1,3}(?:[-—]\d{1,3})?)[-—]\d{3,4}(?![\d-])/gu
/** 501室, 三零一家; but not 300户居民, 100家商户. */
const FLAT = new RegExp(
  String.raw`(?<!${NUMERAL})${NUMERAL}{3,4}\s*(?:室|房(?!屋)|住户|住戶|业主|業主|[户戶家](?!居民|家庭|人家|商|企|店|单位|單位))`,
  'gu',
)
/** 家住301; but not 住300人, 住了三百户. */
const HOME = new RegExp(
  String.raw`(?<=(?:家住|住在|家在|住|家是)\s*)${NUMERAL}{3,4}(?!${NUMERAL}|\s*(?:[人位个個名年天元块塊米平多余餘号號弄街幢栋棟户戶家]))(?:室|房)?`,
  'gu',
)
const PHONE = /(?<!\d)(?:1[3-9]\d[-\s]?\d{4}[-\s]?\d{4}|0\d{2,3}[-\s]?\d{7,8})(?!\d)/gu
const IDENTITY = /(?<!\d)\d{17}[\dXx](?!\d)/gu

/** The place in words, without the flat and the floor: 3号楼2单元501 is 3号楼2单元. */
export function publicPlace(words: string): string {
  return hideNumbers(words, '').trim()
}

/** The numbers in a place's words that lead to one household: those that others do not get to see. */
export function flatsIn(words: string): string[] {
  const shown = new Set(numbersIn(publicPlace(words)))
  return numbersIn(words).filter((number) => !shown.has(number))
}

function numbersIn(words: string): string[] {
  return words.match(/(?<!\d)\d{3,4}(?!\d)/gu) ?? []
}

/** A note that others may read: numbers of flats and people, and the names and flats given, are made unreadable. */
export function publicWords(note: string, secrets: readonly string[]): string {
  let text = hideNumbers(note, HIDDEN)
  for (const secret of secrets) {
    if (/^\d+$/u.test(secret)) {
      text = text.replace(new RegExp(String.raw`(?<!\d)${secret}(?!\d)`, 'gu'), HIDDEN)
    } else if ([...secret].length >= 2) text = text.replaceAll(secret, HIDDEN)
  }
  return text
}

function hideNumbers(words: string, instead: string): string {
  return words
    .replace(IDENTITY, instead)
    .replace(PHONE, instead)
    .replace(HYPHENED, instead === '' ? '$1' : `$1${instead}`)
    .replace(BEFORE_FLAT, instead)
    .replace(FLAT, instead)
    .replace(HOME, instead)
    .replace(FLOOR_OF_STAIRS, instead)
}
