import { describe, expect, it } from 'vitest'
import { expectOne, openTown, type Town } from '../support/town.ts'

function numberOf(town: Town, programme: string, on: string): number {
  const row = town
    .rows('occurrence')
    .find((r) => r['programme'] === programme && r['held_on'] === on)
  return Number(row?.['id'])
}

describe('staff note that an activity was held', () => {
  it('and it counts towards the yearly target', async () => {
    using town = openTown({ now: '2026-06-05T12:00:00+08:00' })
    const zhang = town.staff('张主任', 'owner')
    const talk = numberOf(town, 'eco-science', '2026-06-05')
    await zhang.says(`已办 ${talk} 30人`, '工作群')
    expectOne(town, '工作群', `活动 ${talk} 还没开始`)
    await town.goTo('2026-06-05T17:00:00+08:00')
    town.heard()
    await zhang.says(`已办 ${talk} 30人`, '工作群')
    expectOne(town, '工作群', '环保科普讲座今年已办 1 次，目标 3 次')
    expect(town.rows('occurrence').find((r) => r['id'] === talk)).toMatchObject({
      state: 'held',
      attendance: 30,
    })
    await zhang.says(`已办 ${talk} 来了32人`, '工作群')
    expectOne(town, '工作群', '今年已办 1 次，目标 3 次')
    expect(town.rows('occurrence').find((r) => r['id'] === talk)?.['attendance']).toBe(32)
    town.jump('2026-11-05T17:00:00+08:00')
    await town.settle()
    town.heard()
    await zhang.says(`已办 #${numberOf(town, 'eco-science', '2026-11-05')}`, '工作群')
    expectOne(town, '工作群', '今年已办 2 次，目标 3 次')
  })

  it('without a target where there is none', async () => {
    using town = openTown({ now: '2026-11-24T12:00:00+08:00' })
    const zhang = town.staff('张主任', 'owner')
    await zhang.says(`已办 ${numberOf(town, 'daily-fun', '2026-11-24')} 共１８人`, '工作群')
    expectOne(town, '工作群', '每日一乐今年已办 1 次。')
  })

  it('but not one that was cancelled or is unknown', async () => {
    using town = openTown({ now: '2026-11-24T12:00:00+08:00' })
    const zhang = town.staff('张主任', 'owner')
    const lesson = numberOf(town, 'weekly-lesson', '2026-11-25')
    await zhang.says(`取消活动 ${lesson} 老师生病`, '工作群')
    await town.goTo('2026-11-25T17:00:00+08:00')
    town.heard()
    await zhang.says(`已办 ${lesson} 30人`, '工作群')
    expectOne(town, '工作群', '已经取消了')
    await zhang.says('已办 9999 30人', '工作群')
    expectOne(town, '工作群', '没有编号 9999')
  })
})
