import { type ACTING, type CaseState, OPEN_STATES } from '../../db/schema-reports.ts'
import { err, ok, type Result } from '../core/result.ts'

/** What may be done with a case, by whom, and where it leads. The one table of it; pure. */

export const ACTIONS = [
  'accept',
  'reject',
  'assign',
  'start',
  'respond',
  'giveBack',
  'close',
  'revisit',
  'unreached',
  'reopen',
  'archive',
  'extend',
  'pause',
  'resume',
  'urge',
  'supervise',
  'remind',
  'escalate',
  'merge',
  'absorb',
  'unmerge',
  'transfer',
  'withdraw',
  'join',
  'add',
  'correct',
  'publish',
  'mediate',
  'measure',
  'note',
] as const
export type Action = (typeof ACTIONS)[number]

/**
 * What somebody is to a case: `steward` where it lies in their beat, `handler` while it is assigned to them,
 * `reporter` while a report of theirs stands, `neighbour` otherwise, `system` for Linli itself.
 */
export type Relation = (typeof ACTING)[number]

/** What must be given with an action. */
export type Need = 'note' | 'reason' | 'assignee' | 'days' | 'target' | 'where'

export interface Transition {
  readonly from: readonly CaseState[]
  /** `same`: it stays where it is; `before`: where it was before it was merged. */
  readonly to: CaseState | 'same' | 'before'
  readonly roles: readonly Relation[]
  readonly needs?: readonly Need[]
  /** Only while deadlines run, or only while they stand still. */
  readonly clock?: 'running' | 'paused'
}

const OPEN = OPEN_STATES
const CLOSED = ['done', 'revisited'] as const
const FINAL = ['archived', 'rejected', 'withdrawn', 'transferred'] as const
const HANDLING = ['staff', 'steward', 'handler'] as const
const LEADING = ['staff', 'steward'] as const

export const TRANSITIONS = {
  accept: { from: ['pending'], to: 'accepted', roles: LEADING },
  reject: {
    from: ['pending', 'accepted', 'returned'],
    to: 'rejected',
    roles: ['staff'],
    needs: ['reason'],
  },
  assign: { from: OPEN, to: 'assigned', roles: LEADING, needs: ['assignee'] },
  start: {
    from: ['pending', 'accepted', 'assigned', 'returned', 'reopened'],
    to: 'working',
    roles: HANDLING,
  },
  respond: { from: OPEN, to: 'same', roles: HANDLING },
  giveBack: { from: ['assigned', 'working'], to: 'returned', roles: HANDLING, needs: ['reason'] },
  close: { from: OPEN, to: 'done', roles: HANDLING, needs: ['note'] },
  revisit: { from: CLOSED, to: 'revisited', roles: ['reporter', 'staff'] },
  unreached: { from: ['done'], to: 'revisited', roles: ['staff', 'system'] },
  reopen: {
    from: [...CLOSED, 'rejected', 'transferred'],
    to: 'reopened',
    roles: ['reporter', 'staff'],
    needs: ['reason'],
  },
  archive: { from: ['revisited'], to: 'archived', roles: ['staff', 'system'] },
  extend: { from: OPEN, to: 'same', roles: LEADING, needs: ['days', 'reason'] },
  pause: { from: OPEN, to: 'same', roles: LEADING, needs: ['reason'], clock: 'running' },
  resume: { from: OPEN, to: 'same', roles: ['reporter', ...LEADING], clock: 'paused' },
  urge: { from: OPEN, to: 'same', roles: ['reporter', ...LEADING] },
  supervise: { from: OPEN, to: 'same', roles: ['staff', 'system'] },
  remind: { from: OPEN, to: 'same', roles: ['system'] },
  escalate: { from: OPEN, to: 'same', roles: ['system'] },
  merge: { from: OPEN, to: 'merged', roles: ['staff'], needs: ['target'] },
  absorb: { from: OPEN, to: 'same', roles: ['staff'] },
  unmerge: { from: ['merged'], to: 'before', roles: ['staff'] },
  transfer: { from: OPEN, to: 'transferred', roles: ['staff'], needs: ['where'] },
  withdraw: { from: OPEN, to: 'withdrawn', roles: ['reporter', 'staff'] },
  join: { from: OPEN, to: 'same', roles: ['neighbour', 'staff'] },
  add: { from: [...OPEN, ...CLOSED], to: 'same', roles: ['reporter'] },
  correct: { from: OPEN, to: 'same', roles: [...LEADING, 'reporter'] },
  publish: { from: [...OPEN, ...CLOSED, ...FINAL], to: 'same', roles: ['staff', 'reporter'] },
  mediate: { from: [...OPEN, ...CLOSED, ...FINAL], to: 'same', roles: HANDLING },
  measure: { from: [...OPEN, ...CLOSED, ...FINAL], to: 'same', roles: HANDLING },
  note: { from: [...OPEN, ...CLOSED, ...FINAL], to: 'same', roles: HANDLING, needs: ['note'] },
} as const satisfies Readonly<Record<Action, Transition>>

/** What decides whether an action is possible. */
export interface Situation {
  readonly state: CaseState
  readonly paused: boolean
  readonly relations: ReadonlySet<Relation>
}

export type Denial =
  | { readonly why: 'role' }
  /** It is so already: somebody else was faster. */
  | { readonly why: 'already' }
  | { readonly why: 'state'; readonly possible: readonly Action[] }
  | { readonly why: 'missing'; readonly need: Need }

export interface Move {
  readonly to: CaseState | 'before'
  /** As what it is done. */
  readonly acting: Relation
}

/** Where `action` leads, or why it is not possible and what is. */
export function decide(
  action: Action,
  situation: Situation,
  given: ReadonlySet<Need>,
): Result<Move, Denial> {
  const rule: Transition = TRANSITIONS[action]
  const acting = rule.roles.find((role) => situation.relations.has(role))
  if (acting === undefined) return err({ why: 'role' })
  if (!fits(rule, situation)) {
    if (rule.to === situation.state) return err({ why: 'already' })
    return err({ why: 'state', possible: possibleActions(situation) })
  }
  const need = rule.needs?.find((each) => !given.has(each))
  if (need !== undefined) return err({ why: 'missing', need })
  return ok({ to: rule.to === 'same' ? situation.state : rule.to, acting })
}

/** What the people of `situation` may do now, in the order of the table. */
export function possibleActions(situation: Situation): Action[] {
  return ACTIONS.filter((action) => {
    const rule: Transition = TRANSITIONS[action]
    return isOpenTo(rule, situation) && fits(rule, situation)
  })
}

function isOpenTo(rule: Transition, { relations }: Situation): boolean {
  return rule.roles.some((role) => relations.has(role))
}

function fits(rule: Transition, { state, paused }: Situation): boolean {
  if (rule.clock !== undefined && (rule.clock === 'paused') !== paused) return false
  return rule.from.includes(state)
}

/** Whether there is still something to do in `state`. */
export function isOpen(state: CaseState): boolean {
  return (OPEN_STATES as readonly CaseState[]).includes(state)
}
