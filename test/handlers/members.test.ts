import { describe, expect, it } from 'vitest'
import { expectOne, expectSilence, openTown, type Town } from '../support/town.ts'

/** A town whose groups have been looked at once. */
function knownTown(now = '2026-11-24T12:00:00+08:00'): Town {
  const town = openTown({ now })
  town.person('王秀英', { 一群: '18-86-301 王秀英' })
  town.person('周德福', { 一群: '18街坊102门201周德福' })
  town.compare()
  return town
}

async function lookAgain(town: Town): Promise<void> {
  town.compare()
  await town.settle()
}

describe('newcomers', () => {
  it('are greeted once, with the privacy line', async () => {
    using town = knownTown()
    town.join('一群', '李强')
    await lookAgain(town)
    expectOne(town, '一群', '欢迎 李强', '不记录大家聊天')
    await lookAgain(town)
    expectSilence(town)
  })

  it('are greeted together in one line', async () => {
    using town = knownTown()
    town.join('一群', '李强')
    town.join('一群', '胡凤珍')
    await lookAgain(town)
    expectOne(town, '一群', '欢迎 李强、胡凤珍！')
  })

  it('are counted, not named, when there are many', async () => {
    using town = knownTown()
    for (let i = 0; i < 6; i++) town.join('一群', `邻居${'甲乙丙丁戊己'[i]}`)
    await lookAgain(town)
    expect(expectOne(town, '一群', '6 位邻居')).not.toContain('邻居甲')
  })

  it('are greeted in each group they join', async () => {
    using town = knownTown()
    town.join('一群', '李强')
    town.join('二群', '李强')
    await lookAgain(town)
    expect(town.heard().map((m) => m.to)).toEqual(['一群', '二群'])
  })

  it('are greeted in the group’s language', async () => {
    using town = knownTown()
    town.sql("UPDATE room SET lang = 'en' WHERE topic = '一群'")
    town.join('一群', 'Bob')
    await lookAgain(town)
    expect(expectOne(town, '一群', 'Bob')).not.toContain('欢迎')
  })

  it('are not greeted in the staff’s group', async () => {
    using town = knownTown()
    town.join('工作群', '刘志远')
    await lookAgain(town)
    expectSilence(town)
  })

  it('are not those who were there when the group was enabled', async () => {
    using town = knownTown()
    await town.settle()
    expectSilence(town)
  })

  it('are not those who left and came back', async () => {
    using town = knownTown()
    town.leave('一群', '周德福')
    await lookAgain(town)
    town.join('一群', '周德福', '18街坊102门201周德福')
    await lookAgain(town)
    expectSilence(town)
  })

  it('are not those who only changed their nickname', async () => {
    using town = knownTown()
    town.rename('一群', '王秀英', '86-301 秀英')
    await lookAgain(town)
    expectSilence(town)
    town.leave('一群', '王秀英')
    await lookAgain(town)
    town.join('一群', '王秀英', '86-301 秀英')
    await lookAgain(town)
    expectSilence(town)
  })

  it('are not all of them after a list that came back empty', async () => {
    using town = knownTown()
    const members = town.rows('membership').length
    town.leave('一群', '王秀英')
    town.leave('一群', '周德福')
    await lookAgain(town)
    town.join('一群', '王秀英', '18-86-301 王秀英')
    town.join('一群', '周德福', '18街坊102门201周德福')
    await lookAgain(town)
    expectSilence(town)
    expect(town.rows('membership').length).toBe(members + 2)
  })

  it('are not everybody after a login with new ids', async () => {
    using town = knownTown()
    await town.relogin()
    expectSilence(town)
    town.join('一群', '李强')
    await lookAgain(town)
    expectOne(town, '一群', '欢迎 李强')
  })

  it('who came while the account was away are greeted after the login', async () => {
    using town = knownTown()
    town.join('一群', '李强')
    await town.relogin()
    expectOne(town, '一群', '欢迎 李强')
  })

  it('are not greeted, nor kept, in a group that is not enabled', async () => {
    using town = knownTown()
    town.strangeRoom('广场舞群')
    await lookAgain(town)
    const before = town.counts()
    town.join('广场舞群', '李强')
    await lookAgain(town)
    expectSilence(town)
    expect(town.counts()).toEqual(before)
  })
})

describe('at night', () => {
  it('newcomers are greeted in the morning', async () => {
    using town = knownTown('2026-11-24T21:30:00+08:00')
    town.join('一群', '李强')
    await lookAgain(town)
    await town.goTo('2026-11-25T07:29:59+08:00')
    expectSilence(town)
    await town.goTo('2026-11-25T07:30:00+08:00')
    expectOne(town, '一群', '欢迎 李强')
  })

  it('all who came in the night are greeted in one line', async () => {
    using town = knownTown('2026-11-24T22:00:00+08:00')
    for (const [name, at] of [
      ['李强', '2026-11-24T23:00:00+08:00'],
      ['胡凤珍', '2026-11-25T01:00:00+08:00'],
      ['黄水生', '2026-11-25T07:00:00+08:00'],
    ] as const) {
      await town.goTo(at)
      town.join('一群', name)
      await lookAgain(town)
    }
    await town.goTo('2026-11-25T07:45:00+08:00')
    expectOne(town, '一群', '欢迎 李强、胡凤珍、黄水生！')
    await lookAgain(town)
    expectSilence(town)
  })

  it('a greeting that could not be sent for a day is dropped', async () => {
    using town = knownTown()
    town.setOnline(false)
    town.join('一群', '李强')
    await lookAgain(town)
    await town.advance({ hours: 25 })
    town.setOnline(true)
    await town.settle()
    expect(town.heard().filter((m) => m.text.includes('李强'))).toEqual([])
  })
})

describe('a greeting publishes no address', () => {
  it.each([
    ['18-86-301 李强', '欢迎 李强！'],
    ['18街坊86门301李强', '欢迎 李强！'],
    ['104门-402老孙', '欢迎 老孙！'],
    ['何美玲 24-3-601', '欢迎 何美玲！'],
    ['八十六门三零一 李强', '欢迎 李强！'],
    ['18-86-301', '1 位邻居'],
    ['3号楼2单元501', '1 位邻居'],
    ['301李强', '1 位邻居'],
    ['李强13812345678', '1 位邻居'],
    ['李强（86门301）', '欢迎 李强！'],
    ['李\n强', '欢迎 李 强！'],
    ['！！！', '1 位邻居'],
    [`广告${'加我'.repeat(40)}`, '1 位邻居'],
  ])('of %j', async (alias, greeting) => {
    using town = knownTown()
    town.join('一群', '新邻居', alias)
    await lookAgain(town)
    const text = expectOne(town, '一群', greeting)
    expect(text.replace('欢迎新来的 1 位', '')).not.toMatch(/\d/)
    expect(text.split('\n')).toHaveLength(2)
  })
})
