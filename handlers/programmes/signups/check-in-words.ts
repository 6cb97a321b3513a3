import type { OccurrenceId } from '../../../db/schema.ts'
import type { Said } from '../../core/feature.ts'
import { stripTail } from '../../core/text/normalise.ts'
import { asWritten, isName } from './words.ts'

/** How people check in: 签到 3 4821, 签到 4821, 替我妈签到 3 4821; how staff check others in: 签到 3 王秀英. Pure. */

export interface Told {
  readonly no?: OccurrenceId
  readonly code?: string
  readonly self: boolean
  readonly names: readonly string[]
}

const CODE = /^\d{4}$/

/** Reads words of checking in, with a code or, by staff, with a name; `undefined` when they are none. */
export function checkInWords(
  said: Said,
  verbs: readonly string[],
  by: 'code' | 'name',
): Told | undefined {
  const text = stripTail(said.text)
  const verb = verbs.find((word) => text.includes(word))
  if (verb === undefined) return undefined
  const at = text.indexOf(verb)
  const guest = /^(?:替|给|帮|for )\s*(.+)$/u.exec(text.slice(0, at).trim())?.[1]?.trim()
  if (at > 0 && (guest === undefined || !isName(guest))) return undefined
  const parts = text
    .slice(at + verb.length)
    .split(/[\s,，、:]+/u)
    .map((part) => part.replace(/^#|号(?:活动)?$/gu, ''))
    .filter((part) => part !== '')
  const names = guest === undefined ? [] : [asWritten(said, guest)]
  const rest = by === 'code' ? withCode(parts) : withName(said, parts)
  return rest && { ...rest, self: guest === undefined, names: [...names, ...rest.names] }
}

type Rest = Omit<Told, 'self'>

function withCode(parts: readonly string[]): Rest | undefined {
  const [first, second, ...more] = parts
  if (more.length > 0) return undefined
  if (first === undefined) return { names: [] }
  if (second === undefined) {
    if (CODE.test(first)) return { code: first, names: [] }
    return numbered(first)
  }
  const rest = numbered(first)
  return rest && /^\d{1,9}$/.test(second) ? { ...rest, code: second } : undefined
}

function withName(said: Said, parts: readonly string[]): Rest | undefined {
  const [first, ...others] = parts
  if (first === undefined) return undefined
  const glued = /^(\d{1,9})(\D.*)$/u.exec(first)
  const rest = numbered(glued?.[1] ?? first)
  const names = [...(glued?.[2] === undefined ? [] : [glued[2]]), ...others]
  if (rest === undefined || names.some((name) => !isName(name))) return undefined
  return { ...rest, names: names.map((name) => asWritten(said, name)) }
}

function numbered(text: string): Rest | undefined {
  return /^\d{1,9}$/.test(text) ? { no: Number(text) as OccurrenceId, names: [] } : undefined
}
