import { phrase, type Say } from '../../content/i18n.ts'
import type { QuietWindow } from '../../content/noise-rules.ts'
import type { Localized } from '../../content/schema.ts'
import type { Basis } from '../../content/sources.ts'

/** A window in words: 每天 12:00–14:00. */
export function windowSay({ on, hours }: QuietWindow): Say {
  return phrase(`reports.quiet.${on}`, { span: spanSay(hours) })
}

/** From when to when, the next day where it goes over midnight. */
export function spanSay(hours: QuietWindow['hours']): Say {
  if (hours === undefined) return phrase('reports.quiet.allDay')
  return phrase(hours.from < hours.to ? 'reports.quiet.span' : 'reports.quiet.spanOver', hours)
}

/** Where a rule is written: 依据：《噪声污染防治法》第66条. */
export function basisSay({ source, articles }: Basis): Say {
  const { title } = source
  if (articles.length === 0) return phrase('reports.basis', { title })
  return phrase('reports.basisArticles', { title, list: listed(articles) })
}

/** Several, as each language sets them apart. */
export function listed(items: readonly (string | number)[]): Localized {
  return { 'zh-CN': items.join('、'), 'zh-TW': items.join('、'), en: items.join(', ') }
}
