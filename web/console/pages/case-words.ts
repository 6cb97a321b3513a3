import { reportKind } from '../../../content/report-rules.ts'
import type { CaseView } from '../../../handlers/reports/view.ts'
import type { View } from '../view.ts'

/** What kind of problem a case is: 噪音 · 装修. */
export function caseKind(view: View, row: Pick<CaseView['case'], 'category' | 'subtype'>): string {
  const rules = view.deps.env.content.reportRules
  const category = rules.categories.find((c) => c.id === row.category)?.name[view.lang]
  const kind = reportKind(rules, row.category, row.subtype)
  return kind.subtype === 'other' ? (category ?? '') : `${category} · ${kind.name[view.lang]}`
}
