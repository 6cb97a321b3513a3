import { describe, expect, it } from 'vitest'
import { openTown } from '../support/town.ts'

describe('a round of 满意度调查', () => {
  it('opens on its day, asks a question a day, hears digits, closes and reports', async () => {
    using town = openTown({ now: '2026-12-01T12:00:00+08:00' })
    const people = ['王秀英', '周德福', '李强', '何美玲', '马长林', '孙建国'].map((n) => town.person(n))
    town.compare()
    const chief = town.staff('张主任', 'owner')
    await town.goTo('2026-12-07T10:00:00+08:00')
    console.error(town.heard().slice(-4))
    for (const [i, p] of people.entries()) expect(await p.says(String(1 + (i % 5)), '一群')).toBe('handled')
    expect(await people[0]?.says('3号楼的快递到了', '一群')).toBe('silent')
    await people[1]?.says('54433544', '一群')
    console.error(town.heard())
    await chief.says('调查 进度', '工作群')
    console.error(town.heard())
    await people[2]?.says('调查')
    await people[2]?.says('不太满意')
    await people[2]?.says('4')
    console.error(town.heard())
    await town.goTo('2026-12-20T10:00:00+08:00')
    console.error(town.heard().filter((m) => /调查|结果|还没答|每日一题/.test(m.text)).map((m) => m.to + m.at + m.text.slice(0, 150)))
    await chief.says('调查 结果', '工作群')
    await chief.says('调查 发布 每周检查垃圾房', '工作群')
    console.error(town.heard())
    console.error(town.logs)
  })
})
