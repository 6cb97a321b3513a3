import { type Key, type Phrase, phrase } from '../../content/i18n.ts'
import type { CaseRow } from '../../db/queries/case.ts'
import type { CaseState } from '../../db/schema-reports.ts'
import type { Action, Denial, Need } from './transitions.ts'

/** The most working days of one extension. */
export const MOST_DAYS = 30

/** The name of a state: 已办结，待回访. */
export function statePhrase(state: CaseState): Phrase {
  return phrase(`reports.state.${state}`)
}

/** The name of an action: 办结. */
export function actionPhrase(action: Action): Phrase {
  return phrase(`reports.action.${action}`)
}

/** No steps of the case itself, and not offered in its place. */
export const BESIDE: ReadonlySet<Action> = new Set([
  'join',
  'absorb',
  'add',
  'note',
  'publish',
  'mediate',
  'measure',
])

/** Why something was not done, and what can be done. */
export function denialPhrase(
  row: Pick<CaseRow, 'id' | 'state' | 'merged_into'>,
  action: Action,
  denial: Denial,
): Phrase {
  const { id: no, state, merged_into: into } = row
  switch (denial.why) {
    case 'role':
      return phrase('reports.refuse.role', { no })
    case 'already':
      return phrase('reports.refuse.already', { no, state: statePhrase(state) })
    case 'missing':
      return needPhrase(denial.need)
    case 'state': {
      if (into !== null) return phrase('reports.refuse.mergedInto', { no, into })
      const vars = { no, state: statePhrase(state), action: actionPhrase(action) }
      const possible = denial.possible.filter((each) => !BESIDE.has(each))
      const listed = listing(possible.map(actionPhrase))
      if (listed === undefined) return phrase('reports.refuse.final', vars)
      return phrase('reports.refuse.state', { ...vars, possible: listed })
    }
  }
}

/** Several in one: 受理、派单. */
export function listing(items: readonly Phrase[]): Phrase | undefined {
  return items.reduceRight<Phrase | undefined>(
    (rest, first) => (rest === undefined ? first : phrase('reports.listing', { first, rest })),
    undefined,
  )
}

const NEEDS = {
  note: 'reports.refuse.note',
  reason: 'reports.refuse.reason',
  assignee: 'reports.refuse.assignee',
  target: 'reports.refuse.target',
  where: 'reports.refuse.where',
} as const satisfies Partial<Record<Need, Key>>

function needPhrase(need: Need): Phrase {
  if (need === 'days') return phrase('reports.refuse.days', { most: MOST_DAYS })
  return phrase(NEEDS[need])
}
