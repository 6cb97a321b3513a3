import { describe, expect, it } from 'vitest'
import type { Instant } from '../../content/time.ts'
import { toInstant } from '../../content/time.ts'
import type { CaseId, Rating } from '../../db/schema-reports.ts'
import { merge } from '../../handlers/reports/combine.ts'
import { caseFigures } from '../../handlers/reports/figures.ts'
import { withdraw } from '../../handlers/reports/filing.ts'
import {
  close,
  pause,
  reopen,
  respond,
  revisit,
  unreached,
} from '../../handlers/reports/service.ts'
import { type CaseTown, caseTown, granted } from '../support/case-town.ts'

const month = (from: string, before: string): { from: Instant; before: Instant } => ({
  from: toInstant(`${from}-01T00:00:00+08:00`),
  before: toInstant(`${before}-01T00:00:00+08:00`),
})
const NOVEMBER = month('2026-11', '2026-12')
const DECEMBER = month('2026-12', '2027-01')
const YEAR = month('2026-01', '2027-01')

function answer(t: CaseTown, id: CaseId, result: 'solved' | 'unsolved', rating?: Rating): void {
  t.town.tx((w) => granted(close(w, t.staff, id, { note: '已处理' })))
  t.town.tx((w) => granted(revisit(w, t.staff, id, { result, rating })))
}

describe('响应率', () => {
  it('is of the cases whose time to respond is over: 3 of 5, by hand', async () => {
    using t = caseTown()
    const ids = Array.from({ length: 6 }, () => t.file())
    const [a, b, c, , e, f] = ids as [CaseId, CaseId, CaseId, CaseId, CaseId, CaseId]
    const waste = t.file({ category: 'waste', subtype: 'overflow' })
    const taken = t.file()
    // Due on 11-25 at 17:30: a and the waste in time, b too late, c never; d goes into c, e is taken back, f waits.
    t.town.tx((w) => granted(respond(w, t.staff, a)))
    t.town.tx((w) => granted(respond(w, t.staff, waste)))
    t.town.tx((w) => granted(merge(w, t.staff, ids[3] as CaseId, c)))
    t.town.tx((w) => granted(withdraw(w, t.anna, e)))
    t.town.tx((w) => granted(pause(w, t.staff, f, '等回复')))
    expect(caseFigures(t.look(), NOVEMBER).responded).toEqual({ n: 0, of: 0, rate: undefined })
    await t.town.goTo('2026-11-25T17:30:00+08:00')
    t.town.tx((w) => granted(close(w, t.staff, taken, { note: '当场解决' })))
    await t.town.goTo('2026-11-25T17:31:00+08:00')
    t.town.tx((w) => granted(respond(w, t.staff, b)))
    const figures = caseFigures(t.look(), NOVEMBER)
    expect(figures.responded).toEqual({ n: 3, of: 5, rate: 0.6 })
    expect(figures.categories.get('waste')?.responded).toEqual({ n: 1, of: 1, rate: 1 })
    expect(figures.categories.get('noise')?.responded).toEqual({ n: 2, of: 4, rate: 0.5 })
    expect(caseFigures(t.look(), DECEMBER).responded.of).toBe(0)
  })
})

describe('解决率 and 满意率', () => {
  it('are of valid answers and ratings; 未联系上 stands beside: 2 of 3, 2 of 3, 1', () => {
    using t = caseTown()
    answer(t, t.file(), 'solved', 'satisfied')
    answer(t, t.file(), 'solved', 'basically')
    answer(t, t.file({ category: 'waste' }), 'unsolved', 'dissatisfied')
    const nobody = t.file()
    t.town.tx((w) => granted(close(w, t.staff, nobody, { note: '已处理' })))
    t.town.tx((w) => granted(unreached(w, t.staff, nobody)))
    const waiting = t.file()
    t.town.tx((w) => granted(close(w, t.staff, waiting, { note: '已处理' })))
    const figures = caseFigures(t.look(), NOVEMBER)
    expect(figures).toMatchObject({
      solved: { n: 2, of: 3, rate: 2 / 3 },
      satisfied: { n: 2, of: 3, rate: 2 / 3 },
      unreached: 1,
      ratings: { satisfied: 1, basically: 1, dissatisfied: 1 },
    })
    expect([...figures.categories.keys()]).toEqual(['noise', 'waste'])
    expect(figures.categories.get('noise')).toMatchObject({
      solved: { n: 2, of: 2 },
      unreached: 1,
    })
  })

  it('count an answer without a rating as an answer only', () => {
    using t = caseTown()
    answer(t, t.file(), 'solved')
    expect(caseFigures(t.look(), NOVEMBER)).toMatchObject({
      solved: { n: 1, of: 1, rate: 1 },
      satisfied: { n: 0, of: 0, rate: undefined },
    })
  })

  it('keep the answer of each month, and count a case once in the year, by its last answer', async () => {
    using t = caseTown()
    const id = t.file()
    answer(t, id, 'unsolved', 'dissatisfied')
    await t.town.goTo('2026-12-04T12:00:00+08:00')
    answer(t, id, 'solved', 'satisfied')
    const of = (period: typeof YEAR) => {
      const { solved, satisfied } = caseFigures(t.look(), period)
      return [solved.n, solved.of, satisfied.n, satisfied.of]
    }
    expect(of(NOVEMBER)).toEqual([0, 1, 0, 1])
    expect(of(DECEMBER)).toEqual([1, 1, 1, 1])
    expect(of(YEAR)).toEqual([1, 1, 1, 1])
  })

  it('count merged cases once: the one that stands for them', async () => {
    using t = caseTown()
    const [a, b] = [t.file({}, t.anna), t.file({}, t.bob)]
    answer(t, b, 'solved', 'satisfied')
    t.town.tx((w) => granted(reopen(w, t.bob, b, '又开始了')))
    t.town.tx((w) => granted(merge(w, t.staff, b, a)))
    answer(t, a, 'solved', 'basically')
    expect(caseFigures(t.look(), NOVEMBER)).toMatchObject({
      solved: { n: 1, of: 1 },
      ratings: { satisfied: 0, basically: 1 },
    })
  })
})
