import { describe, expect, it } from 'vitest'
import { CASE_STATES, type CaseState, OPEN_STATES } from '../../db/schema-reports.ts'
import {
  ACTIONS,
  type Action,
  decide,
  type Need,
  possibleActions,
  type Relation,
  TRANSITIONS,
  type Transition,
} from '../../handlers/reports/transitions.ts'

const EVERYTHING = new Set<Need>(['note', 'reason', 'assignee', 'days', 'target', 'where'])

function tried(action: Action, state: CaseState, as: Relation, paused = false) {
  return decide(action, { state, paused, relations: new Set([as]) }, EVERYTHING)
}

/** The steps of a case for somebody, without what leaves it where it is. */
function steps(as: Relation): string[] {
  return CASE_STATES.flatMap((state) =>
    ACTIONS.flatMap((action) => {
      const decided = tried(action, state, as)
      if (!decided.ok || decided.value.to === state) return []
      return [`${state} ${action} ${decided.value.to}`]
    }),
  )
}

describe('the way of a case', () => {
  it('goes from 待确认 to 已归档', () => {
    const way: readonly [Action, CaseState, Relation][] = [
      ['accept', 'accepted', 'staff'],
      ['assign', 'assigned', 'steward'],
      ['start', 'working', 'handler'],
      ['close', 'done', 'handler'],
      ['revisit', 'revisited', 'reporter'],
      ['archive', 'archived', 'system'],
    ]
    let state: CaseState = 'pending'
    for (const [action, to, as] of way) {
      expect(tried(action, state, as)).toEqual({ ok: true, value: { to, acting: as } })
      state = to
    }
  })

  it('lets whoever it is assigned to begin, hand back and close, and no more', () => {
    expect(steps('handler').sort()).toEqual(
      [
        ...['pending', 'accepted', 'assigned', 'returned', 'reopened'].map(
          (s) => `${s} start working`,
        ),
        ...OPEN_STATES.map((s) => `${s} close done`),
        'assigned giveBack returned',
        'working giveBack returned',
      ].sort(),
    )
  })

  it('lets a reporter answer the revisit, have it opened again and take it back', () => {
    expect(steps('reporter').sort()).toEqual(
      [
        'done revisit revisited',
        ...['done', 'revisited', 'rejected', 'transferred'].map((s) => `${s} reopen reopened`),
        ...OPEN_STATES.map((s) => `${s} withdraw withdrawn`),
      ].sort(),
    )
  })

  it('lets neighbours and Linli itself decide nothing', () => {
    expect(steps('neighbour')).toEqual([])
    expect(steps('system')).toEqual(['done unreached revisited', 'revisited archive archived'])
  })

  it('ends where it says that it ends', () => {
    const leaving = (state: CaseState) =>
      steps('staff').filter((step) => step.startsWith(`${state} `))
    expect(leaving('archived')).toEqual([])
    expect(leaving('withdrawn')).toEqual([])
    expect(leaving('merged')).toEqual(['merged unmerge before'])
  })

  it('can reach every state', () => {
    const reached = new Set(Object.values(TRANSITIONS).map((rule: Transition) => rule.to))
    expect(CASE_STATES.filter((s) => s !== 'pending' && !reached.has(s))).toEqual([])
  })
})

describe('a step that is not possible', () => {
  it('says what is possible instead', () => {
    const refused = tried('assign', 'done', 'staff')
    expect(refused).toMatchObject({
      ok: false,
      error: { why: 'state', possible: expect.arrayContaining(['revisit', 'reopen']) },
    })
    for (const state of CASE_STATES) {
      for (const paused of [false, true]) {
        const relations = new Set<Relation>(['staff'])
        for (const action of possibleActions({ state, paused, relations })) {
          expect(decide(action, { state, paused, relations }, EVERYTHING).ok).toBe(true)
        }
      }
    }
  })

  it('says so when somebody was faster', () => {
    expect(tried('close', 'done', 'handler')).toEqual({ ok: false, error: { why: 'already' } })
  })

  it('asks for what is missing', () => {
    const relations = new Set<Relation>(['staff'])
    for (const action of ACTIONS) {
      const rule: Transition = TRANSITIONS[action]
      const [state = 'pending'] = rule.from
      const [need] = rule.needs ?? []
      if (!rule.roles.includes('staff') || need === undefined) continue
      expect(decide(action, { state, paused: false, relations }, new Set())).toEqual({
        ok: false,
        error: { why: 'missing', need },
      })
    }
  })

  it('stops a clock once, and starts only one that stands', () => {
    expect(tried('pause', 'working', 'staff', true).ok).toBe(false)
    expect(tried('resume', 'working', 'staff', false).ok).toBe(false)
    expect(tried('resume', 'working', 'reporter', true).ok).toBe(true)
  })
})
