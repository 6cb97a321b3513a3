import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CaseId } from '../../db/schema-reports.ts'
import { familyOf, merge, rootOf, unmerge } from '../../handlers/reports/combine.ts'
import { addWords, joinCase, withdraw } from '../../handlers/reports/filing.ts'
import { mediate } from '../../handlers/reports/ledger.ts'
import { accept, assign, close, revisit } from '../../handlers/reports/service.ts'
import { caseView, ownReports } from '../../handlers/reports/view.ts'
import { caseRow, caseTown, granted, refused } from '../support/case-town.ts'

describe('merging', () => {
  it('moves the reports, and the reporter finds them there', () => {
    using t = caseTown()
    const a = t.file({}, t.anna)
    const b = t.file({}, t.bob)
    t.town.tx((w) => granted(merge(w, t.staff, b, a)))
    expect(caseRow(t.town, b)).toMatchObject({ state: 'merged', merged_into: a, alarm_at: null })
    expect(granted(caseView(t.look(), t.staff, a)).reporters).toBe(2)
    expect(ownReports(t.look(), t.bob.id)).toMatchObject([{ number: b, case: { id: a } }])
    t.town.tx((w) => granted(close(w, t.staff, a, { note: '已处理' })))
    t.town.tx((w) => granted(revisit(w, t.bob, b, { result: 'solved' })))
    expect(caseRow(t.town, a)).toMatchObject({ state: 'revisited', revisit_result: 'solved' })
  })

  it('is taken back with the reports that came with it', () => {
    using t = caseTown()
    const a = t.file({}, t.anna)
    const b = t.file({}, t.bob)
    t.town.tx((w) => granted(accept(w, t.staff, b)))
    t.town.tx((w) => granted(assign(w, t.staff, b, { assignee: t.partner.id })))
    t.town.tx((w) => granted(merge(w, t.staff, b, a)))
    const late = t.make('后来的', 'resident')
    t.town.tx((w) => granted(joinCase(w, late, late.id, a, { words: '+1', channel: 'group' })))
    t.town.tx((w) => granted(unmerge(w, t.staff, b)))
    expect(caseRow(t.town, b)).toMatchObject({
      state: 'assigned',
      merged_into: null,
      assignee_id: t.partner.id,
    })
    expect(caseRow(t.town, b)['alarm_at']).not.toBeNull()
    const where = t.town.rows('complaint').map((c) => [c['resident_id'], c['case_id']])
    expect(where).toEqual([
      [t.anna.id, a],
      [t.bob.id, b],
      [late.id, a],
    ])
  })

  it('counts somebody who reported both once', () => {
    using t = caseTown()
    const a = t.file({}, t.anna)
    const b = t.file({}, t.anna)
    t.town.tx((w) => granted(merge(w, t.staff, b, a)))
    expect(granted(caseView(t.look(), t.staff, a)).reporters).toBe(1)
    t.town.tx((w) => granted(unmerge(w, t.staff, b)))
    expect(granted(caseView(t.look(), t.staff, b)).reporters).toBe(1)
  })

  it('keeps the evidence of all in view', () => {
    using t = caseTown()
    const [a, b, c] = [t.file(), t.file(), t.file()]
    const talk = { kind: 'mediation', how: 'phone', party: 'both', outcome: 'agreed' } as const
    t.town.tx((w) => granted(mediate(w, t.staff, c, talk)))
    t.town.tx((w) => granted(merge(w, t.staff, c, b)))
    t.town.tx((w) => granted(merge(w, t.staff, b, a)))
    expect(granted(caseView(t.look(), t.staff, a)).mediations).toHaveLength(1)
    expect(familyOf(t.town.db, a).sort()).toEqual([a, b, c])
  })

  it('is refused with itself, with what is over, with nothing, and with what was merged', () => {
    using t = caseTown()
    const [a, b, c] = [t.file(), t.file(), t.file()]
    const before = t.town.rows('case_event').length
    expect(refused(t.town.tx((w) => merge(w, t.staff, a, a)))).toContain('自己')
    expect(refused(t.town.tx((w) => merge(w, t.staff, a, undefined)))).toContain('另一个编号')
    expect(refused(t.town.tx((w) => merge(w, t.staff, a, 9 as CaseId)))).toContain('#9')
    expect(refused(t.town.tx((w) => merge(w, t.steward, a, b)))).toContain('权限')
    expect(t.town.rows('case_event')).toHaveLength(before)
    t.town.tx((w) => granted(merge(w, t.staff, b, c)))
    expect(refused(t.town.tx((w) => merge(w, t.staff, a, b)))).toBe('#1002 已经合并到 #1003 了。')
    t.town.tx((w) => granted(close(w, t.staff, c, { note: '已处理' })))
    expect(refused(t.town.tx((w) => merge(w, t.staff, a, c)))).toContain('不能并入')
    expect(caseRow(t.town, a)).toMatchObject({ state: 'pending', version: 1 })
  })
})

describe('the number that somebody was given', () => {
  it('leads to the case that stands for it', () => {
    using t = caseTown()
    const [a, b] = [t.file({}, t.anna), t.file({}, t.bob)]
    t.town.tx((w) => granted(merge(w, t.staff, b, a)))
    t.town.tx((w) => granted(addWords(w, t.bob, b, '还在响')))
    const late = t.make('后来的', 'resident')
    const said = { words: '+1', channel: 'group' } as const
    expect(granted(t.town.tx((w) => joinCase(w, late, late.id, b, said))).reporters).toBe(3)
    t.town.tx((w) => granted(withdraw(w, t.bob, b)))
    expect(granted(caseView(t.look(), t.staff, a)).reporters).toBe(2)
    expect(refused(t.town.tx((w) => close(w, t.staff, b, { note: '好了' })))).toBe(
      '#1002 已经合并到 #1001 了。',
    )
  })
})

describe('any merges, taken back or not', () => {
  it('lose no report, and never make a circle', () => {
    const step = fc.record({
      take: fc.boolean(),
      from: fc.integer({ min: 0, max: 4 }),
      to: fc.integer({ min: 0, max: 4 }),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 14 }), (steps) => {
        using t = caseTown()
        const people = [t.anna, t.bob, t.staff, t.anna, t.partner]
        const ids = people.map((who) => t.file({}, who))
        for (const { take, from, to } of steps) {
          const [a, b] = [ids[from], ids[to]]
          if (a === undefined || b === undefined) continue
          t.town.tx((w) => (take ? merge(w, t.staff, a, b) : unmerge(w, t.staff, a)))
        }
        const complaints = t.town.rows('complaint')
        expect(complaints).toHaveLength(ids.length)
        for (const id of ids) expect(granted(rootOf(t.town.db, id)).merged_into).toBeNull()
        for (const { original_case_id, resident_id } of complaints) {
          const root = granted(rootOf(t.town.db, original_case_id as CaseId)).id
          const there = complaints.filter((c) => c['case_id'] === root)
          expect(there.map((c) => c['resident_id'])).toContain(resident_id)
        }
      }),
      { numRuns: 25 },
    )
  })
})
