import type { z } from 'zod'
import { type PlainKey, phrase, type Say } from '../../content/i18n.ts'
import { ONCE } from './once.ts'
import type { Ctx } from './view.ts'

/** What somebody typed, field by field, and what is wrong with it. */
export interface Filled {
  readonly values: Readonly<Record<string, string>>
  readonly errors: Readonly<Record<string, Say>>
}

export const EMPTY: Filled = { values: {}, errors: {} }

export type Read<T> =
  | { readonly ok: true; readonly value: T; readonly filled: Filled }
  | { readonly ok: false; readonly filled: Filled }

/**
 * The posted form as `schema` wants it, or what was typed with an error beside each field.
 * A field with several values (checkboxes of one name) reaches the schema as a list under `name[]`.
 */
export async function readForm<T>(c: Ctx, schema: z.ZodType<T>): Promise<Read<T>> {
  const body = await c.req.parseBody({ all: true })
  const fields: Record<string, unknown> = {}
  const values: Record<string, string> = {}
  for (const [name, value] of Object.entries(body)) {
    if (name === 'csrf' || name === ONCE) continue
    const all = [value].flat()
    fields[name] = name.endsWith('[]') ? all : all[0]
    values[name] = all.filter((v) => typeof v === 'string').join(',')
  }
  const checked = schema.safeParse(fields)
  if (checked.success) {
    return { ok: true, value: checked.data, filled: { values, errors: {} } }
  }
  const errors: Record<string, Say> = {}
  for (const issue of checked.error.issues) {
    errors[String(issue.path[0] ?? '')] ??= worded(issue)
  }
  return { ok: false, filled: { values, errors } }
}

/** The same form with a refusal of the service beside `field`; without one it stands above the form. */
export function refused(filled: Filled, error: Say, field = ''): Filled {
  return { ...filled, errors: { ...filled.errors, [field]: error } }
}

type Issue = z.core.$ZodIssue

function worded(issue: Issue): Say {
  if (issue.code === 'too_small') {
    return issue.origin === 'string' && issue.minimum === 1
      ? phrase('console.field.required')
      : phrase('console.field.tooSmall', { min: String(issue.minimum) })
  }
  if (issue.code === 'too_big') {
    return phrase(issue.origin === 'string' ? 'console.field.tooLong' : 'console.field.tooBig', {
      max: String(issue.maximum),
    })
  }
  const plain: Partial<Record<Issue['code'], PlainKey>> = {
    invalid_type: 'console.field.required',
    invalid_value: 'console.field.choose',
  }
  return phrase(plain[issue.code] ?? 'console.field.wrong')
}
