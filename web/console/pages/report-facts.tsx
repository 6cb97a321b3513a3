import type { Child } from 'hono/jsx'
import type { PlainKey } from '../../../content/i18n.ts'
import type { Instant } from '../../../content/time.ts'
import { normSay, whenSay } from '../../../handlers/reports/draft.ts'
import type { CaseView } from '../../../handlers/reports/view.ts'
import { placeText, sayText, whenText } from '../shown.ts'
import type { View } from '../view.ts'
import { caseKind } from './case-words.ts'

export type Fact = readonly [label: PlainKey, value: Child | undefined]

/** Facts as a list; those that there are not are left out. */
export function FactList({
  view,
  facts,
}: {
  readonly view: View
  readonly facts: readonly Fact[]
}) {
  const known = facts.filter(([, value]) => value !== undefined && value !== '' && value !== null)
  return (
    <dl class="facts">
      {known.map(([label, value]) => (
        <>
          <dt>{view.t(label)}</dt>
          <dd>{value}</dd>
        </>
      ))}
    </dl>
  )
}

/** A deadline, and whether it was missed. */
export function Due(props: { readonly view: View; readonly at: Instant; readonly late: boolean }) {
  const { view, at, late } = props
  return (
    <>
      {whenText(view, at)} {late && <strong class="error">{view.t('console.report.late')}</strong>}
    </>
  )
}

/** What the case is about, without who reported it. */
export function caseFacts(view: View, { case: row, paused, reporters }: CaseView): Fact[] {
  const { t } = view
  const env = view.deps.env
  const [from, to] = [row.happened_from_at ?? undefined, row.happened_to_at ?? undefined]
  const kind = { category: row.category, subtype: row.subtype }
  const marks = [
    paused && t('console.report.paused'),
    row.urgent === 1 && t('console.report.urgent'),
    row.supervised_at !== null && t('console.report.supervised'),
    row.reopened > 0 && t('console.report.reopened', { n: row.reopened }),
  ].filter(Boolean)
  return [
    ['console.group.state', [t(`reports.state.${row.state}`), ...marks].join(' · ')],
    ['console.report.kind', caseKind(view, row)],
    ['console.group.place', placeLine(view, row)],
    [
      'console.report.when',
      sayText(view, whenSay(env, view.now, { from, to, repeats: row.repeats })),
    ],
    ['console.report.rule', from && to ? view.say(normSay(env, { ...kind, from, to })) : ''],
    ['console.report.reporters', reporters],
    ['console.report.filed', whenText(view, row.created_at)],
  ]
}

/** The place on the map and in words, where these say more. */
function placeLine(view: View, row: CaseView['case']): string {
  const name = placeText(view, row.place_id)
  return [name, row.place_text === name ? '' : row.place_text].filter(Boolean).join(' · ')
}
