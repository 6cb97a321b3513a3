import { describe, expect, it } from 'vitest'
import { expectOne, openTown } from '../support/town.ts'

describe('a message of which nobody knows whether it went out', () => {
  it('is told to the staff once, and sent again when they say so', async () => {
    using town = openTown({ now: '2026-11-24T18:59:00+08:00' })
    const chief = town.staff('张主任', 'owner')
    town.trouble((text) => (text.startsWith('提醒大家') ? 'hang' : undefined))
    const evening = town.goTo('2026-11-24T19:00:00+08:00')
    for (let i = 0; i < 20; i++) await new Promise((next) => setImmediate(next))
    for (let i = 0; i < 3; i++) {
      town.timeout()
      for (let k = 0; k < 20; k++) await new Promise((next) => setImmediate(next))
    }
    await evening
    town.trouble(undefined)
    await town.settle()
    const told = town.heard().filter((m) => m.to === '工作群')
    expect(told).toHaveLength(3)
    await town.advance({ minutes: 30 })
    expect(town.heard()).toEqual([])

    const unknown = town.rows('outbox').filter((row) => row['state'] === 'unknown')
    expect(unknown).toHaveLength(3)
    const [first, second] = unknown.map((row) => row['id'])
    await chief.says('未确认消息', '工作群')
    expectOne(town, '工作群', '有 3 条消息', `#${first} 一群`, '不知道发没发出去 提醒大家')
    await chief.says(`重发 ${first}`, '工作群')
    expect(
      town
        .heard()
        .map((m) => m.to)
        .sort(),
    ).toEqual(['一群', '工作群'].sort())
    await chief.says(`不用重发 ${second}`, '工作群')
    expectOne(town, '工作群', `#${second} 不再发`)
    await chief.says(`重发 ${first}`, '工作群')
    expectOne(town, '工作群', `没有编号 ${first} 的待处理消息`)
  })

  it('is not for residents to decide', async () => {
    using town = openTown()
    await town.person('王秀英').says('未确认消息')
    expectOne(town, '王秀英', '这件事要社区工作人员来办')
  })
})

describe('adding staff while the bot runs', () => {
  it('gives the owner a code with which the new colleague binds their account', async () => {
    using town = openTown()
    await town.staff('张主任', 'owner').says('添加人员 李敏 楼栋长 18街坊')
    const code = /绑定身份 (\d{6})/.exec(expectOne(town, '张主任', '李敏已登记为楼栋长'))?.[1]
    await town.person('敏敏').says(`绑定身份 ${code}`)
    expectOne(town, '敏敏', '李敏，您好！您已绑定为楼栋长')
    expect(town.rows('resident').find((r) => r['name'] === '李敏')).toMatchObject({
      role: 'steward',
      beat: '18',
    })
  })

  it('asks for what is missing, and is for owners only', async () => {
    using town = openTown()
    await town.staff('张主任', 'owner').says('添加人员 李敏')
    expectOne(town, '张主任', '请写上名字和身份')
    await town.staff('陈晓雯', 'staff').says('添加人员 李敏 工作人员')
    expectOne(town, '陈晓雯', '这件事要社区工作人员来办')
  })
})
