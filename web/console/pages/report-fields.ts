import { type PlainKey, phrase } from '../../../content/i18n.ts'
import type { StoredPhoto } from '../../../handlers/core/ports.ts'
import { photoProblem } from '../../../handlers/reports/photos.ts'
import type { CaseView } from '../../../handlers/reports/view.ts'
import { EMPTY, type Filled, refused } from '../form.ts'
import { instantOf, momentField } from '../moments.ts'
import type { Option } from '../parts.tsx'
import type { Ctx, View } from '../view.ts'

/** The fields of the forms of a case: one list for what is shown and for what is read. */

export interface FieldSpec {
  readonly name: string
  readonly label: PlainKey
  /** One line, several, a number, a choice, a moment that is over, or pictures. */
  readonly kind: 'line' | 'words' | 'number' | 'choice' | 'moment' | 'photos'
  readonly required?: boolean
  readonly hint?: PlainKey
  readonly options?: (view: View, of: CaseView | undefined) => readonly Option[]
  /** What stands there before anybody types. */
  readonly value?: (view: View, of: CaseView | undefined) => string
}

export const MAX_WORDS = 500
const MAX_PHOTOS = 9

/** What was given in a form, by the names of its fields. */
export interface Given {
  readonly words: Readonly<Record<string, string>>
  readonly photos: readonly StoredPhoto[]
  readonly seen: number
}

export type Reading =
  | { readonly ok: true; readonly given: Given; readonly filled: Filled }
  | { readonly ok: false; readonly filled: Filled }

/** The name of a field on a page with many forms. */
export function nameIn(form: string, field: string): string {
  return `${form}-${field}`
}

/** Reads what was posted; what is wrong stands beside its field. Pictures are kept once all else is right. */
export async function readFields(
  c: Ctx,
  form: string,
  specs: readonly FieldSpec[],
  of?: CaseView,
): Promise<Reading> {
  const body = await c.req.parseBody({ all: true })
  const text = (name: string) => {
    const value = [body[name]].flat()[0]
    return typeof value === 'string' ? value.trim() : ''
  }
  const typed = specs.filter((spec) => spec.kind !== 'photos')
  const words = Object.fromEntries(typed.map((s) => [s.name, text(nameIn(form, s.name))]))
  let filled: Filled = {
    ...EMPTY,
    values: Object.fromEntries(typed.map((s) => [nameIn(form, s.name), words[s.name] ?? ''])),
  }
  for (const spec of typed) {
    const wrong = problemOf(c.get('view'), spec, words[spec.name] ?? '', of)
    if (wrong !== undefined) filled = refused(filled, phrase(wrong), nameIn(form, spec.name))
  }
  const long = typed.find((spec) => (words[spec.name] ?? '').length > MAX_WORDS)
  if (long !== undefined) {
    const tooLong = phrase('console.field.tooLong', { max: String(MAX_WORDS) })
    filled = refused(filled, tooLong, nameIn(form, long.name))
  }
  if (Object.keys(filled.errors).length > 0) return { ok: false, filled }
  const photos = await picturesOf(c, form, specs, filled)
  if (!photos.ok) return photos
  return { ok: true, given: { words, photos: photos.value, seen: Number(text('seen')) }, filled }
}

function problemOf(
  view: View,
  spec: FieldSpec,
  value: string,
  of: CaseView | undefined,
): PlainKey | undefined {
  if (value === '') return spec.required ? 'console.field.required' : undefined
  const offered = spec.options?.(view, of)
  if (offered && !offered.some((o) => o.value === value)) return 'console.field.choose'
  if (spec.kind === 'number' && !Number.isFinite(Number(value))) return 'console.field.wrong'
  if (spec.kind !== 'moment') return undefined
  if (!momentField.safeParse(value).success) return 'console.field.wrong'
  return (instantOf(view, value) ?? view.now) > view.now ? 'console.report.future' : undefined
}

async function picturesOf(
  c: Ctx,
  form: string,
  specs: readonly FieldSpec[],
  filled: Filled,
): Promise<
  | { readonly ok: true; readonly value: readonly StoredPhoto[] }
  | { readonly ok: false; readonly filled: Filled }
> {
  const spec = specs.find((each) => each.kind === 'photos')
  if (spec === undefined) return { ok: true, value: [] }
  const name = nameIn(form, spec.name)
  const body = await c.req.parseBody({ all: true })
  const files = [body[name]].flat().filter((file) => file instanceof File && file.size > 0)
  const kept: StoredPhoto[] = []
  for (const file of files.slice(0, MAX_PHOTOS)) {
    const picture = await c
      .get('view')
      .deps.photos.keep(new Uint8Array(await (file as File).arrayBuffer()))
    if (!picture.ok)
      return { ok: false, filled: refused(filled, photoProblem(picture.error), name) }
    kept.push(picture.value)
  }
  return { ok: true, value: kept }
}
