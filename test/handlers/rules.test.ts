import { describe, expect, it } from 'vitest'
import { expectOne, expectSilence, openTown } from '../support/town.ts'

describe('asking about the rules', () => {
  it('is answered in a direct chat', async () => {
    using town = openTown()
    const wang = town.person('王秀英')
    await wang.says('你好')
    town.heard()
    await wang.says('电池算什么垃圾？')
    expectOne(town, '王秀英', '电池：有害垃圾', '固体废物污染环境防治法')
    await wang.says('装修几点可以开始')
    expectOne(town, '王秀英', '每天 12:00–14:00', '社区约定')
  })

  it('is answered in a group only when it is said to Linli', async () => {
    using town = openTown()
    const wang = town.person('王秀英')
    await wang.says('大件垃圾怎么扔', '一群')
    expectSilence(town)
    await wang.says('小邻 大件垃圾怎么扔', '一群')
    expectOne(town, '一群', '大件垃圾', '先跟物业约时间')
  })

  it('keeps nothing of what a group says among itself', async () => {
    using town = openTown()
    const wang = town.person('王秀英')
    const before = town.counts()
    for (const text of ['垃圾几点收', '晚上几点以后不能吵', '电池没电了']) {
      expect(await wang.says(text, '一群')).toBe('silent')
    }
    expect(town.counts()).toEqual(before)
  })

  it.each(['小邻 旧电池转让', '小邻 你是什么垃圾', '小邻 垃圾游戏'])(
    'is not what this is: %s',
    async (text) => {
      using town = openTown()
      await town.person('王秀英').says(text, '一群')
      for (const { text: said } of town.heard()) expect(said).not.toMatch(/垃圾桶|哪一类/)
    },
  )

  it('is answered in the speaker’s language', async () => {
    using town = openTown()
    const wang = town.person('王秀英')
    await wang.says('语言 English')
    town.heard()
    await wang.says('What are the quiet hours?')
    expectOne(town, '王秀英', '22:00–06:00', '50 dB by night')
  })

  it('leaves questions about the programme to the programme', async () => {
    using town = openTown()
    await town.person('王秀英').says('小邻 每周一课几点', '一群')
    expectOne(town, '一群', '每周一课')
  })
})
