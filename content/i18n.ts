import i18next from 'i18next'
import { en } from './locales/en.ts'
import { zhCN } from './locales/zh-CN.ts'
import { zhTW } from './locales/zh-TW.ts'
import type { Lang, Localized } from './schema.ts'

type Catalogue = typeof zhCN
export type Key = keyof Catalogue

type Names<Text extends string> = Text extends `${string}{{${infer Name}}}${infer Rest}`
  ? Name | Names<Rest>
  : never

/** What a catalogue entry may be filled with. */
export type Value = string | number | Localized | Say

/** The entries that need no variables. */
export type PlainKey = {
  [K in Key]: [Names<Catalogue[K]>] extends [never] ? K : never
}[Key]

/** The variables that the entry `K` of the source catalogue needs. */
export type Vars<K extends Key> = { readonly [Name in Names<Catalogue[K]>]: Value }

/** A catalogue entry with its variables: a sentence not yet in any language. */
export interface Phrase {
  readonly key: Key
  readonly vars: Readonly<Record<string, Value>>
}

/** Something to be said: a phrase, or several, each on a line of its own. */
export type Say = Phrase | readonly Say[]

type VarsArgument<K extends Key> = [Names<Catalogue[K]>] extends [never] ? [] : [vars: Vars<K>]

/** The phrase `key`, which compiles only with exactly the variables that the source text names. */
export function phrase<K extends Key>(key: K, ...[vars]: VarsArgument<K>): Phrase {
  return { key, vars: vars ?? {} }
}

const engine = i18next.createInstance()
engine.init({
  resources: {
    'zh-CN': { translation: zhCN },
    'zh-TW': { translation: zhTW },
    en: { translation: en },
  },
  fallbackLng: 'zh-CN',
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false, skipOnVariables: true },
  initAsync: false,
})

/** Words `say` in the language `lang`. */
export function render(say: Say, lang: Lang): string {
  if (isLines(say)) return say.map((line) => render(line, lang)).join('\n')
  const vars: Record<string, string | number> = {}
  for (const [name, value] of Object.entries(say.vars)) vars[name] = renderValue(value, lang)
  return engine.t(say.key, { lng: lang, ...vars })
}

function renderValue(value: Value, lang: Lang): string | number {
  if (typeof value === 'string' || typeof value === 'number') return value
  if (isLines(value)) return render(value, lang)
  return 'key' in value ? render(value as Phrase, lang) : (value as Localized)[lang]
}

function isLines(value: Value): value is readonly Say[] {
  return Array.isArray(value)
}
