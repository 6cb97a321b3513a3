import { type PlainKey, phrase } from '../../content/i18n.ts'
import type { CaseId } from '../../db/schema-reports.ts'
import {
  type Answer,
  type Command,
  type Ctx,
  command,
  type Needed,
  type Said,
} from '../core/feature.ts'
import { normalise } from '../core/text/normalise.ts'
import { parseNumeral } from '../core/text/numerals.ts'

/** How a command about one case is said: `派单 1042 李师傅`, `派单#1042李师傅`, `1042 派单 李师傅`, `派单 一〇四二`. */

export const PRIVATE = ['staff-room', 'direct'] as const

const NUMBER = String.raw`#?\s*(\d{1,9}|[零〇○一二两三四五六七八九十百千万]{2,9}(?=$|[\s,:、。]))号?(?!\d)`
const GAP = String.raw`[\s,:、。]*`

export interface Told {
  readonly id: CaseId
  /** What follows the number, made alike for matching. */
  readonly text: string
  /** The same, as it was written. */
  readonly words: string
}

/** Reads the number of a case after, or before, one of `verbs` (a regular expression of alternatives). */
export function aboutOne(verbs: string): (said: Said) => Told | undefined {
  const after = new RegExp(`^(?:${verbs})了?${GAP}${NUMBER}${GAP}(.*)$`, 's')
  const before = new RegExp(
    String.raw`^#?\s*(\d{3,9})号?\s+(?:${verbs})了?(?:$|[\s,:、。]+)(.*)$`,
    's',
  )
  return (said) => {
    const [, number = '', rest = ''] = after.exec(said.text) ?? before.exec(said.text) ?? []
    const id = parseNumeral(number)
    if (id === undefined) return undefined
    return { id: id as CaseId, text: rest, words: asWritten(said, rest) }
  }
}

/** Of longer words the original is not looked for. */
const LONGEST = 800

/** The end of what was said that reads as `rest` once it is made alike. */
export function asWritten(said: Said, rest: string): string {
  const { words } = said
  if (words.length > LONGEST) return rest
  for (let from = 0; from < words.length; from++) {
    const end = words.slice(from)
    if (end.trim() !== '' && normalise(end) === rest) return end.trim()
  }
  return rest
}

interface CaseCommand {
  readonly name: string
  readonly role: Needed
  readonly verbs: string
  readonly where?: Command['where']
  /** What follows may be the number of another case. */
  readonly twoCases?: true
  run(ctx: Ctx, told: Told): Answer
}

/** `办结 1042 1043 已清运`: a second number where words should be. 12345 is a telephone. */
const SECOND = /^(?:[和与跟及,、\s]|还有)*#?(?!12345(?!\d))(\d{4,8})号?(?=$|[\s,:、。和与及])/u

type Helped = { [K in PlainKey]: K extends `cases.help.${infer Name}` ? Name : never }[PlainKey]

/** A command about one case, for those who handle it; understood in the staff's group without Linli's name. */
export function caseCommand(spec: CaseCommand & { readonly name: Helped }): Command {
  const { name, role, verbs, where = PRIVATE, twoCases, run } = spec
  return command({
    name: `cases.${name}`,
    role,
    where,
    bare: where,
    help: { what: `cases.help.${name}`, example: `cases.example.${name}` },
    parse: aboutOne(verbs),
    run: (ctx, told) => {
      const other = twoCases ? undefined : SECOND.exec(told.text)?.[1]
      if (other === undefined) return run(ctx, told)
      return phrase('cases.oneAtATime', { first: told.id, second: Number(other) })
    },
  })
}
