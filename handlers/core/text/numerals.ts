const DIGIT: Readonly<Record<string, number>> = {
  零: 0,
  一: 1,
  二: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
}

const UNIT: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 }

/** Other ways to write the same signs: formal, traditional, and the 幺 of spoken room numbers. */
const VARIANTS: Readonly<Record<string, string>> = {
  〇: '零',
  '○': '零',
  幺: '一',
  壹: '一',
  贰: '二',
  貳: '二',
  兩: '两',
  叁: '三',
  參: '三',
  肆: '四',
  伍: '五',
  陆: '六',
  陸: '六',
  柒: '七',
  捌: '八',
  玖: '九',
  拾: '十',
  佰: '百',
  仟: '千',
  萬: '万',
  億: '亿',
  廿: '二十',
  卅: '三十',
}

/** Up to 千; `undefined` unless the units come in falling order. */
function section(text: string): number | undefined {
  let total = 0
  let unit = 10_000
  let digit: number | undefined
  let zero = false
  for (const sign of text) {
    const value = sign === '两' ? 2 : DIGIT[sign]
    const factor = UNIT[sign]
    if (value === 0 && digit === undefined && !zero) zero = true
    else if (value !== undefined && value > 0 && digit === undefined) digit = value
    else if (factor !== undefined && factor < unit) {
      if (digit === undefined && factor > 10) return undefined
      total += (digit ?? 1) * factor
      unit = factor
      digit = undefined
      zero = false
    } else return undefined
  }
  if (digit === undefined) return zero ? undefined : total
  // 一百二 is 120, 一百零二 is 102.
  const place = zero || total === 0 ? 1 : unit / 10
  return total + digit * place
}

/** `text` around its 万 or 亿, each side read by `part`. */
function split(
  text: string,
  [sign, factor]: readonly [string, number],
  part: (text: string) => number | undefined,
): number | undefined {
  const at = text.indexOf(sign)
  if (at < 0) return part(text)
  const high = part(text.slice(0, at))
  const low = text.slice(at + 1)
  if (!high) return undefined
  if (low === '') return high * factor
  const rest = low.length === 1 ? scaled(low, factor / 10) : part(low)
  return rest === undefined ? undefined : high * factor + rest
}

function scaled(sign: string, place: number): number | undefined {
  const value = DIGIT[sign]
  return value ? value * place : undefined
}

/**
 * A whole numeral as a number: ASCII or full-width digits (123), Chinese numerals (十二, 两百零五, 一万二,
 * 廿三, 叁拾) and digits said one by one (三〇一). `undefined` for anything else, for fractions (半)
 * and for what a number cannot hold exactly.
 */
export function parseNumeral(text: string): number | undefined {
  if (text.length > 64) return undefined
  const plain = text.trim().normalize('NFKC')
  if (/^\d{1,15}$/.test(plain)) return Number(plain)
  if (plain === '' || plain.length > 20) return undefined
  const signs = [...plain].map((sign) => VARIANTS[sign] ?? sign).join('')
  if (/^[零一二三四五六七八九]{1,15}$/.test(signs)) {
    return Number([...signs].map((sign) => DIGIT[sign]).join(''))
  }
  // 两 stands alone or before a unit from 百 upwards.
  if (/两(?![百千万亿]|$)|[一二三四五六七八九十百两]两|.两$/.test(signs)) return undefined
  const under100M = (part: string) => split(part, ['万', 10_000], section)
  return split(signs, ['亿', 100_000_000], under100M)
}
