import { describe, expect, it } from 'vitest'
import { expectOne, expectSilence, openTown } from '../support/town.ts'

describe('改期 with words that are no time', () => {
  it.each(['2月30日 15:00', '11月31日15:00', '14：00-16：00', '不改了', '下下周三的晚上'])(
    'asks again instead of telling residents a place called %s',
    async (words) => {
      using town = openTown()
      const chief = town.staff('张主任', 'owner')
      const before = town.rows('occurrence')
      await chief.says(`改期 110 ${words}`, '工作群')
      const text = town
        .heard()
        .map((m) => m.text)
        .join()
      const venues = town.rows('occurrence').map((row) => row['venue'])
      expect(venues, text).toEqual(before.map((row) => row['venue']))
    },
  )
})

describe('an occurrence moved to another day after its reminder', () => {
  it('is reminded of again on the eve of the new day', async () => {
    using town = openTown({ now: '2026-11-24T18:00:00+08:00' })
    const chief = town.staff('张主任', 'owner')
    await town.goTo('2026-11-24T20:00:00+08:00')
    const lesson = town
      .rows('occurrence')
      .find((r) => r['held_on'] === '2026-11-25' && r['programme'] === 'weekly-lesson')
    await chief.says(`改期 ${lesson?.['id']} 12月4日 15:00`, '工作群')
    town.heard()
    await town.goTo('2026-12-03T18:59:00+08:00')
    town.heard()
    await town.goTo('2026-12-03T19:01:00+08:00')
    const heard = town.heard().filter((m) => m.text.includes('每周一课'))
    expect(heard.map((m) => m.to)).toEqual(['一群', '二群', '三群'])
  })
})

describe('a code said in a group that is enabled already', () => {
  it('is not used up, and changes nothing, when a resident says it', async () => {
    using town = openTown()
    await town.staff('张主任', 'owner').says('群绑定码 工作人员')
    const code = /绑定本群 (\d{6})/.exec(expectOne(town, '张主任'))?.[1]
    await town.person('王秀英').says(`绑定本群 ${code}`, '一群')
    expectOne(town, '王秀英', '这个群已经启用了')
    expect(town.rows('room').find((r) => r['topic'] === '一群')).toMatchObject({
      kind: 'residents',
    })
  })
})

describe('characters set apart', () => {
  it('are read together', async () => {
    using town = openTown()
    await town.person('王秀英').says('小邻 今 天 有 什 么 活 动', '一群')
    expectOne(town, '一群', '今天（11月24日 周二）')
  })
})

describe('somebody else named beside Linli', () => {
  it('does not hide the question', async () => {
    using town = openTown()
    await town.person('李强').says('@小邻 @王秀英 今天有什么活动', '一群')
    expectOne(town, '一群', '今天（11月24日 周二）')
  })
})

describe('a command that staff do not finish', () => {
  it('is shown in full when it was said to Linli', async () => {
    using town = openTown()
    const chief = town.staff('张主任', 'owner')
    await chief.says('小邻 已办', '工作群')
    expectOne(town, '工作群', '已办 12 30人')
    await chief.says('小邻 停用群', '工作群')
    expectOne(town, '工作群', '请私聊我办')
    await chief.says('已办', '工作群')
    expectSilence(town)
  })
})

describe('a day of another year', () => {
  it('has its year', async () => {
    using town = openTown()
    await town.person('王秀英').says('2027年1月6日有什么活动')
    expectOne(town, '王秀英', '2027年1月6日（周三）')
  })
})
