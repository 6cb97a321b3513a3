import { parseNumeral } from '../../core/text/numerals.ts'

const LABELLED =
  /(?:第 ?|q|题|\()?(\d{1,2}|[一二三四五六七八九十]{1,3}) ?(?:题|、|\.|:|\)|-|=|选|问)[题选是:,.、 ]*(不清楚|不知道|很不满意|不满意|很满意|满意|一般|[0-9?x×a-i]|[一二三四五])(?![\d\p{Script=Han}.:])/uy

/** 1.5 2.4, 第1题5 第2题4: each answer of a normalised text with the number of its item. */
export function labelled(text: string): readonly (readonly [number, string])[] | undefined {
  const pairs: (readonly [number, string])[] = []
  for (let at = 0; at < text.length; ) {
    LABELLED.lastIndex = at
    const found = LABELLED.exec(text)
    const label = parseNumeral(found?.[1] ?? '')
    if (!found || label === undefined) return undefined
    pairs.push([label, found[2] ?? ''])
    at = LABELLED.lastIndex
    while (at < text.length && /[\s,;、。.]/.test(text.charAt(at))) at++
  }
  return pairs.length > 0 ? pairs : undefined
}
