import { describe, expect, it } from 'vitest'
import { numberOf } from '../support/sign-up-town.ts'
import { expectOne, openTown, type Town } from '../support/town.ts'

const ASKED = '请确认一下'

function stateOf(town: Town, no: number): unknown {
  return town.rows('occurrence').find((r) => r['id'] === no)?.['state']
}

function asked(town: Town): string[] {
  return town
    .heard()
    .filter((m) => m.text.includes(ASKED))
    .map((m) => m.text)
}

describe('an occurrence that has passed', () => {
  it('is asked about once, on the morning of the next working day; what is on every day, once a week', async () => {
    using town = openTown({ now: '2026-11-25T12:00:00+08:00' })
    const no = numberOf(town)
    await town.goTo('2026-11-26T08:01:00+08:00')
    const [question, ...more] = asked(town)
    expect(more).toEqual([])
    expect(question).toContain(`#${no} 15:00 每周一课`)
    await town.goTo('2026-11-29T20:00:00+08:00')
    expect(asked(town)).toEqual([])
    await town.goTo('2026-11-30T08:01:00+08:00')
    const week = asked(town).join()
    expect(week).toMatch(/11月25日[\s\S]*每日一乐[\s\S]*11月27日[\s\S]*每月一评[\s\S]*11月29日/)
    expect(week).not.toContain(`#${no} `)
  })

  it('is not asked about when staff have said already that it was held', async () => {
    using town = openTown({ now: '2026-11-25T12:00:00+08:00' })
    const no = numberOf(town)
    const zhang = town.staff('张主任', 'owner')
    await town.goTo('2026-11-25T17:00:00+08:00')
    await zhang.says(`已办 ${no} 30人`)
    await town.goTo('2026-11-26T08:01:00+08:00')
    expect(asked(town).join()).not.toContain(`#${no} `)
  })

  it('was missed when staff say so, or nothing for two weeks, and held when they say that', async () => {
    using town = openTown({ now: '2026-11-25T12:00:00+08:00' })
    const [no, next] = [numberOf(town), numberOf(town, 'weekly-lesson', '2026-12-02')]
    const zhang = town.staff('张主任', 'owner')
    await zhang.says(`没办 ${no}`)
    expectOne(town, '张主任', '还没开始')
    await town.goTo('2026-12-03T12:00:00+08:00')
    town.heard()
    await zhang.says(`没办 ${next}`)
    expectOne(town, '张主任', '没有办')
    expect(stateOf(town, next)).toBe('missed')
    await town.goTo('2026-12-09T12:00:00+08:00')
    expect(stateOf(town, no)).toBe('planned')
    await town.goTo('2026-12-10T12:00:00+08:00')
    expect(stateOf(town, no)).toBe('missed')
    town.heard()
    await zhang.says(`已办 ${no} 20人`)
    expectOne(town, '张主任', '今年已办 1 次')
    expect(stateOf(town, no)).toBe('held')
  })
})
