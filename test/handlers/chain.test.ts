import { describe, expect, it } from 'vitest'
import { listed, numberOf, openSignUpTown } from '../support/sign-up-town.ts'
import { expectOne, expectSilence } from '../support/town.ts'

describe('a 接龙 list in a group', () => {
  it('signs its people up, once, while neighbours add to it', async () => {
    using town = openSignUpTown(60)
    const [wang, li, zhou] = ['王秀英', '李强', '周德福'].map((name) => town.person(name))
    await wang?.says('#接龙\n每周一课\n1. 王阿姨', '一群')
    expectOne(town, '一群', '接龙看到了', '每周一课', '现在报名 1 人')
    await li?.says('#接龙\n每周一课\n1. 王阿姨\n2. 李叔', '一群')
    await zhou?.says('#接龙\n每周一课\n1. 王阿姨\n2. 老周 2人', '一群')
    await zhou?.says('#接龙\n每周一课\n1. 王阿姨\n2. 老周 2人', '一群')
    expectSilence(town)
    expect(listed(town)).toEqual(['王阿姨 taken', '李叔 taken', '老周 taken', '老周+1 taken'])
  })

  it('takes off who is struck out, and gives the seat to who waits', async () => {
    using town = openSignUpTown(2)
    const no = numberOf(town)
    const [wang, li, zhou] = ['王秀英', '李强', '周德福'].map((name) => town.person(name))
    await wang?.says('#接龙 每周一课 1. 王阿姨', '一群')
    await li?.says('#接龙 每周一课 1. 王阿姨 2. 李叔', '一群')
    town.heard()
    await zhou?.says('#接龙 每周一课 1. 王阿姨 2. 李叔 3. 老周 4. 老吴', '一群')
    expectOne(town, '一群', '座位满了', '2 位排候补')
    await li?.says('#接龙 每周一课 1. 王阿姨 2. 李叔（不去了） 3. 老周 4. 老吴', '一群')
    expectOne(town, '一群', '老周补上座位了')
    expect(listed(town, no)).toEqual([
      '王阿姨 taken',
      '李叔 cancelled',
      '老周 taken',
      '老吴 waiting',
    ])
  })

  it('and 报名 by the same person give one seat', async () => {
    using town = openSignUpTown(60)
    const no = numberOf(town)
    const [wang, li] = ['王秀英', '李强'].map((name) => town.person(name))
    await wang?.says(`报名 ${no}`)
    town.heard()
    await li?.says('#接龙 每周一课 1. 王秀英 2. 李叔 3. 老周', '一群')
    town.heard()
    await li?.says(`报名 ${no}`)
    town.heard()
    expect(listed(town)).toEqual(['王秀英 taken', '李叔 taken', '老周 taken', '李强 taken'])
    const wu = town.person('吴桂兰')
    await wu.says('#接龙 每周一课 1. 王秀英 2. 李叔 3. 老周 4. 吴阿姨', '一群')
    await wu.says(`报名 ${no}`)
    expectOne(town, '吴桂兰', '已经报过名了（您）')
    await wu.says(`取消报名 ${no}`)
    expectOne(town, '吴桂兰', '已经取消报名（您）')
  })

  it('without a name counts for what Linli spoke of last, and for nothing otherwise', async () => {
    using town = openSignUpTown(60)
    const wang = town.person('王秀英')
    await wang.says('#接龙\n1. 王阿姨\n2. 李叔', '一群')
    expectSilence(town)
    await town.goTo('2026-11-24T19:30:00+08:00')
    town.heard()
    await wang.says('#接龙\n团建聚餐\n1. 王阿姨\n2. 李叔', '一群')
    expectSilence(town)
    await wang.says('#接龙\n报名\n1. 王阿姨\n2. 李叔', '一群')
    expectOne(town, '一群', '现在报名 2 人')
  })

  it('about something else is left alone, and nothing of it is kept', async () => {
    using town = openSignUpTown(60)
    const wang = town.person('王秀英')
    await town.goTo('2026-11-24T19:30:00+08:00')
    town.heard()
    const before = town.counts()
    for (const text of [
      '#接龙\n每周一课后团购鸡蛋\n1. 王阿姨\n2. 李叔',
      '#接龙\n核酸检测\n1. 王阿姨',
      '#接龙\n每日一乐\n1. 王阿姨',
      '#接龙\n健步走\n1. 王阿姨',
      '#接龙\n每周一课\n1. 王阿姨 2份',
    ]) {
      await wang.says(text, '一群')
      expect(town.heard(), text).toEqual([])
    }
    expect(town.counts()).toEqual(before)
  })

  it('is read for the day that it names', async () => {
    using town = openSignUpTown(60)
    await town.person('王秀英').says('#接龙\n12月2日每周一课\n1. 王阿姨', '一群')
    expect(listed(town, numberOf(town, 'weekly-lesson', '2026-12-02'))).toEqual(['王阿姨 taken'])
  })
})
