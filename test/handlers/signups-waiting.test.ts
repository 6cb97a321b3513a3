import { describe, expect, it } from 'vitest'
import { listed, numberOf, openSignUpTown, withSeats } from '../support/sign-up-town.ts'
import { expectOne, expectSilence } from '../support/town.ts'

const SEAT_FREE = '有空位了'

describe('the waiting list', () => {
  it('gets a freed seat in its order, kept for twelve hours, and lost to the next after that', async () => {
    using town = openSignUpTown(1, { now: '2026-11-23T09:00:00+08:00' })
    const no = numberOf(town)
    const [wang, zhou, wu, sun] = ['王秀英', '周德福', '吴桂兰', '孙建国'].map((name) =>
      town.person(name),
    )
    await wang?.says(`报名 ${no}`)
    await zhou?.says(`报名 ${no}`)
    await wu?.says(`候补 ${no}`)
    town.heard()
    await wu?.says(`候补 ${no}`)
    expectOne(town, '吴桂兰', '候补第 2 位')
    await wang?.says(`取消报名 ${no}`)
    expect(town.heard().map((m) => m.to)).toEqual(['王秀英', '周德福'])
    await sun?.says(`报名 ${no}`)
    expectOne(town, '孙建国', '都报满了', '候补第 2 位')
    await town.goTo('2026-11-23T20:59:00+08:00')
    town.heard()
    await town.goTo('2026-11-23T21:01:00+08:00')
    const told = town.heard()
    expect(told.find((m) => m.to === '周德福')?.text).toContain('让给下一位了')
    expect(told.find((m) => m.to === '吴桂兰')?.text).toContain(SEAT_FREE)
    await wu?.says(`报名 ${no}`)
    expectOne(town, '吴桂兰', '报上名了（您）')
    await zhou?.says(`报名 ${no}`)
    expectOne(town, '周德福', '候补第 2 位')
    expect(listed(town)).toEqual([
      '王秀英 cancelled',
      '吴桂兰 taken',
      '孙建国 waiting',
      '周德福 waiting',
    ])
  })

  it('says until when the seat is kept, and passes it on at a no', async () => {
    using town = openSignUpTown(1, { now: '2026-11-23T09:00:00+08:00' })
    const no = numberOf(town)
    const [wang, zhou, wu] = ['王秀英', '周德福', '吴桂兰'].map((name) => town.person(name))
    for (const who of [wang, zhou, wu]) await who?.says(`报名 ${no}`)
    town.heard()
    await wang?.says(`取消报名 ${no}`)
    const offer = town.heard().find((m) => m.to === '周德福')
    expect(offer?.text).toContain('给您留到11月23日（周一）21:00')
    await zhou?.says(`取消报名 ${no}`)
    expect(town.heard().find((m) => m.to === '吴桂兰')?.text).toContain(SEAT_FREE)
  })

  it('is not asked any more from two hours before the start: then whoever asks first gets the seat', async () => {
    using town = openSignUpTown(1)
    const no = numberOf(town)
    const [wang, zhou, wu] = ['王秀英', '周德福', '吴桂兰'].map((name) => town.person(name))
    for (const who of [wang, zhou, wu]) await who?.says(`报名 ${no}`)
    await town.goTo('2026-11-25T13:30:00+08:00')
    town.heard()
    await wang?.says(`取消报名 ${no}`)
    expectOne(town, '王秀英', '已经取消报名')
    await wu?.says(`报名 ${no}`)
    expectOne(town, '吴桂兰', '报上名了（您）')
    expect(listed(town)).toEqual(['王秀英 cancelled', '周德福 waiting', '吴桂兰 taken'])
  })

  it('passes over who wants no private messages at all, but a 退订 of reminders does not matter', async () => {
    using town = openSignUpTown(1, { now: '2026-11-23T09:00:00+08:00' })
    const no = numberOf(town)
    const [wang, zhou, wu] = ['王秀英', '周德福', '吴桂兰'].map((name) => town.person(name))
    for (const who of [wang, zhou, wu]) await who?.says(`报名 ${no}`)
    await zhou?.says('退订 全部')
    await wu?.says('退订 提醒')
    town.heard()
    await wang?.says(`取消报名 ${no}`)
    expect(town.heard().map((m) => m.to)).toEqual(['王秀英', '吴桂兰'])
    expect(listed(town)).toEqual(['王秀英 cancelled', '周德福 waiting', '吴桂兰 offered'])
  })

  it('is offered the seats that the content adds', async () => {
    using town = openSignUpTown(1, { now: '2026-11-23T09:00:00+08:00' })
    const no = numberOf(town)
    await town.person('王秀英').says(`报名 ${no}`)
    await town.person('周德福').says(`报名 ${no} 带我妈`)
    town.heard()
    await town.restart(withSeats(3))
    const offers = town.heard()
    expect(offers.map((m) => m.to)).toEqual(['周德福', '周德福'])
    expect(offers.map((m) => m.text).join()).toContain('给我妈留到')
  })
})

describe('an occurrence that changes', () => {
  it('tells those who signed up privately, each once, also who wants no reminders', async () => {
    using town = openSignUpTown(60)
    const no = numberOf(town)
    const zhang = town.staff('张主任', 'owner')
    const [wang, zhou] = ['王秀英', '周德福'].map((name) => town.person(name))
    await wang?.says(`报名 ${no}`)
    await wang?.says(`报名 ${no}`)
    await zhou?.says(`小邻 报名 ${no}`, '一群')
    await wang?.says('退订 提醒')
    town.heard()
    await zhang.says(`改期 ${no} 周四15:00`, '工作群')
    const told = town.heard().filter((m) => m.to !== '工作群')
    expect(told.map((m) => m.to).sort()).toEqual(['一群', '王秀英'])
    expect(told.map((m) => m.text).join()).not.toContain('周德福')
    expect(listed(town)).toEqual(['王秀英 taken', '周德福 taken'])
    await zhang.says(`取消活动 ${no} 老师生病`, '工作群')
    const off = town.heard().filter((m) => m.to !== '工作群')
    expect(off.map((m) => m.to).sort()).toEqual(['一群', '王秀英'])
    expect(off[0]?.text).toContain('取消了')
    await town.goTo('2026-11-27T12:00:00+08:00')
    expect(town.heard().filter((m) => m.to === '王秀英')).toEqual([])
  })

  it('shortens the offers when it comes earlier', async () => {
    using town = openSignUpTown(1, { now: '2026-11-23T09:00:00+08:00' })
    const no = numberOf(town)
    const [wang, zhou] = ['王秀英', '周德福'].map((name) => town.person(name))
    for (const who of [wang, zhou]) await who?.says(`报名 ${no}`)
    await wang?.says(`取消报名 ${no}`)
    await town.staff('张主任', 'owner').says(`改期 ${no} 11月23日 15:00`, '工作群')
    town.heard()
    await town.goTo('2026-11-23T13:01:00+08:00')
    expect(town.heard().find((m) => m.to === '周德福')?.text).toContain('让给下一位')
  })
})

describe('the reminder to a person', () => {
  it('comes once, to who signed up in the direct chat and did not opt out', async () => {
    using town = openSignUpTown(60)
    const no = numberOf(town)
    const [wang, zhou, wu] = ['王秀英', '周德福', '吴桂兰'].map((name) => town.person(name))
    await wang?.says(`报名 ${no} 带我妈`)
    await zhou?.says(`小邻 报名 ${no}`, '一群')
    await wu?.says(`报名 ${no}`)
    await wu?.says('退订 提醒')
    await town.goTo('2026-11-24T18:59:00+08:00')
    town.heard()
    await town.goTo('2026-11-24T19:05:00+08:00')
    const told = town.heard().filter((m) => !m.to.endsWith('群'))
    expect(told.map((m) => m.to)).toEqual(['王秀英'])
    expect(told[0]?.text).toContain('您报了名')
    await town.goTo('2026-11-25T15:30:00+08:00')
    expect(town.heard().filter((m) => m.to === '王秀英')).toEqual([])
    expect(listed(town)).toEqual(['王秀英 taken', '我妈 taken', '周德福 taken', '吴桂兰 taken'])
    await wang?.says(`取消报名 ${no}`)
    expectOne(town, '王秀英', '已经开始或结束')
    expectSilence(town)
  })
})
