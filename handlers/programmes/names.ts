import type { Localized } from '../../content/schema.ts'
import { putSetting, setting } from '../../db/queries/setting.ts'
import type { Reader } from '../../db/store.ts'
import type { Env, Work } from '../core/feature.ts'

const NAMES = 'programmes.names'

/** Keeps the programmes' names, for occurrences that outlive their programme. */
export function rememberNames(work: Work): void {
  const names = { ...remembered(work.tx) }
  for (const { id, name } of work.env.content.programmes) names[id] = name
  putSetting(work.tx, NAMES, JSON.stringify(names), work.now)
}

/** What a programme is called, or was called while there was one; its id when nobody knows. */
export function nameOf(look: { readonly db: Reader; readonly env: Env }, id: string) {
  const programme = look.env.content.programmes.find((p) => p.id === id)
  return programme?.name ?? remembered(look.db)[id] ?? id
}

function remembered(db: Reader): Readonly<Record<string, Localized>> {
  return JSON.parse(setting(db, NAMES) ?? '{}') as Record<string, Localized>
}
