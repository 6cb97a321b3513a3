import type { Item } from '../../content/survey-schema.ts'
import type { Heard, Where } from './answers.ts'

type One = Extract<Heard, { kind: 'answer' | 'unsure' | 'skip' }> & { readonly item: number }
export function understandAll(
  items: readonly Item[],
  text: string,
  _where: Where,
): readonly One[] | { readonly kind: 'ask'; readonly reason: string } | undefined {
  const digits = text.replace(/[\s,，、-]/g, '')
  if (!/^[0-5]+$/.test(digits) || digits.length !== items.length || items.length < 2)
    return undefined
  return [...digits].map((d, item) =>
    d === '0'
      ? { item, kind: 'unsure' as const }
      : { item, kind: 'answer' as const, value: Number(d) },
  )
}
