import { describe, expect, it } from 'vitest'
import type { ResidentId } from '../../db/schema.ts'
import { merge, unmerge } from '../../handlers/staff/people.ts'
import { figures, firstCounts, townWithRound } from '../support/survey-town.ts'
import { openTown, type Town } from '../support/town.ts'

function residentCalled(town: Town, name: string): ResidentId {
  return town.rows('resident').find((r) => r['name'] === name)?.['id'] as ResidentId
}

describe('one person, one answer', () => {
  it('counts the later answer and keeps the earlier one', async () => {
    const { town } = await townWithRound()
    using _ = town
    const who = town.person('王阿姨')
    await who.says('5', '一群')
    await who.says('不太满意', '一群')
    await who.says('3', '一群')
    expect(firstCounts(town)).toEqual({ 3: 1 })
    expect(town.rows('answer_history').map((h) => h['value'])).toEqual(['5', '2'])
  })

  it('counts a person in two groups and in a direct chat once', async () => {
    const { town } = await townWithRound()
    using _ = town
    const who = town.person('王阿姨')
    town.compare()
    await who.says('5', '一群')
    await who.says('4', '二群')
    await who.says('调查')
    await who.says('上一题')
    await who.says('2')
    expect(town.rows('respondent')).toHaveLength(1)
    expect(firstCounts(town)).toEqual({ 2: 1 })
    expect(figures(town).answered).toBe(1)
  })

  it('invites and reaches each person once, whatever the groups', async () => {
    const town = openTown({ now: '2026-11-24T12:00:00+08:00', rounds: true, lectures: false })
    using _ = town
    const staff = town.staff('小李', 'staff')
    for (const name of ['甲', '乙', '丙']) town.person(name)
    town.leave('二群', '甲')
    town.compare()
    await staff.says('调查 开始 满意度')
    expect(figures(town)).toMatchObject({ invited: 3, reached: 3 })
  })

  it('has no respondent without a key', async () => {
    const { town } = await townWithRound()
    using _ = town
    await town.person('王阿姨').says('5', '一群')
    expect(() => town.sql('UPDATE respondent SET key = NULL')).toThrow(/NOT NULL/)
  })

  it('counts merged residents once, whoever answered later, and both again when they are divided', async () => {
    const { town, staff } = await townWithRound()
    using _ = town
    const [a, b, c] = [town.person('甲甲'), town.person('乙乙'), town.person('丙丙')]
    await b.says('1', '一群')
    await town.advance({ minutes: 1 })
    await c.says('2', '一群')
    await town.advance({ minutes: 1 })
    await a.says('5', '一群')
    const [ida, idb, idc] = ['甲甲', '乙乙', '丙丙'].map((n) => residentCalled(town, n))
    if (ida === undefined || idb === undefined || idc === undefined) throw new Error('nobody')
    expect(town.tx((work) => merge(work, staff.id, ida, idb)).ok).toBe(true)
    expect(firstCounts(town)).toEqual({ 2: 1, 5: 1 })
    town.tx((work) => merge(work, staff.id, idc, idb))
    expect(firstCounts(town)).toEqual({ 5: 1 })

    await town.advance({ minutes: 1 })
    expect(await b.says('4', '一群')).toBe('handled')
    expect(firstCounts(town)).toEqual({ 4: 1 })

    town.tx((work) => unmerge(work, staff.id, idc))
    expect(firstCounts(town)).toEqual({ 2: 1, 4: 1 })
    town.tx((work) => unmerge(work, staff.id, ida))
    expect(firstCounts(town)).toEqual({ 1: 1, 2: 1, 4: 1 })
    expect(figures(town).answered).toBe(3)
  })

  it('counts residents once who are merged before both answer', async () => {
    const { town, staff } = await townWithRound()
    using _ = town
    const [a, b] = [town.person('甲甲'), town.person('乙乙')]
    await a.says('调查')
    await b.says('调查')
    const [ida, idb] = ['甲甲', '乙乙'].map((n) => residentCalled(town, n))
    if (ida === undefined || idb === undefined) throw new Error('nobody')
    town.tx((work) => merge(work, staff.id, ida, idb))
    await a.says('5', '一群')
    await b.says('3', '一群')
    expect(firstCounts(town)).toEqual({ 3: 1 })
  })

  it('goes on where an account stopped that was merged meanwhile', async () => {
    const { town, staff } = await townWithRound()
    using _ = town
    const [a, b] = [town.person('甲甲'), town.person('乙乙')]
    await a.says('54433544', '一群')
    await b.says('调查')
    const [ida, idb] = ['甲甲', '乙乙'].map((n) => residentCalled(town, n))
    if (ida === undefined || idb === undefined) throw new Error('nobody')
    town.tx((work) => merge(work, staff.id, ida, idb))
    town.heard()
    await b.says('调查')
    expect(town.heard().at(-1)?.text).toContain('已经答完')
  })

  it('counts a household once where the round is by household', async () => {
    const { town } = await townWithRound('每户')
    using _ = town
    const [a, b, c] = [town.person('甲甲'), town.person('乙乙'), town.person('丙丙')]
    for (const p of [a, b, c]) await p.says('调查')
    town.sql(
      "UPDATE resident SET home = '18-1', home_room = '301', home_confirmed_at = created_at WHERE name IN ('甲甲', '乙乙')",
    )
    await a.says('5', '一群')
    await b.says('2', '一群')
    await c.says('4', '一群')
    expect(firstCounts(town)).toEqual({ 2: 1, 4: 1 })
  })

  it('neither loses nor doubles one of 200 answers at once', async () => {
    const { town } = await townWithRound()
    using _ = town
    const people = Array.from({ length: 200 }, (_, i) => town.person(`居民${i}`))
    await Promise.all(people.map((p, i) => p.says(String((i % 5) + 1), '一群')))
    expect(firstCounts(town)).toEqual({ 1: 40, 2: 40, 3: 40, 4: 40, 5: 40 })
    expect(figures(town).answered).toBe(200)
  })

  it('neither loses nor doubles an answer when everybody has new ids after a login', async () => {
    const { town } = await townWithRound()
    using _ = town
    const people = Array.from({ length: 12 }, (_, i) => town.person(`18号10${i}王${i}`))
    town.compare()
    for (const p of people) await p.says('5', '一群')
    await town.relogin()
    for (const p of people.slice(0, 6)) await p.says('1', '一群')
    expect(firstCounts(town)).toEqual({ 1: 6, 5: 6 })
    expect(town.rows('respondent')).toHaveLength(12)
  })
})
