import { describe, expect, it } from 'vitest'
import { listed, numberOf, openSignUpTown } from '../support/sign-up-town.ts'
import { expectOne, expectSilence } from '../support/town.ts'

describe('signing up', () => {
  it('in a direct chat gives a seat, and again changes nothing', async () => {
    using town = openSignUpTown(2)
    const no = numberOf(town)
    const wang = town.person('王秀英')
    await wang.says(`报名 ${no}`)
    expectOne(town, '王秀英', '报上名了（您）', '每周一课', `取消报名 ${no}`)
    await wang.says(`报名${no}谢谢`)
    expectOne(town, '王秀英', '已经报过名了（您）')
    expect(listed(town)).toEqual(['王秀英 taken'])
  })

  it('by the name of the activity, before or after the word', async () => {
    using town = openSignUpTown(5)
    await town.person('王秀英').says('报名 每周一课')
    expectOne(town, '王秀英', '报上名了')
    await town.person('周德福').says('小邻 每周一课报名', '一群')
    expectOne(town, '一群', '报上名了')
    await town.person('吴桂兰').says('报名每周一课，带我妈')
    expectOne(town, '吴桂兰', '报上名了（您和我妈）')
    expect(listed(town)).toEqual(['王秀英 taken', '周德福 taken', '吴桂兰 taken', '我妈 taken'])
  })

  it('for others by their names, each on a seat of their own', async () => {
    using town = openSignUpTown(3)
    const no = numberOf(town)
    const wang = town.person('王秀英')
    await wang.says(`替我妈报名 ${no}`)
    expectOne(town, '王秀英', '报上名了（我妈）')
    await wang.says(`给我妈妈报名 ${no}`)
    expectOne(town, '王秀英', '已经报过名了（我妈妈）')
    await wang.says(`报名 ${no} 带李叔`)
    expectOne(town, '王秀英', '报上名了（您和李叔）')
    expect(listed(town)).toEqual(['我妈 taken', '王秀英 taken', '李叔 taken'])
    await town.person('周德福').says(`帮我报名 ${no}`)
    expectOne(town, '周德福', '3 个座位都报满了', '候补第 1 位')
  })

  it('asks for names when only a number of people is said, and brings four at most', async () => {
    using town = openSignUpTown(60)
    const no = numberOf(town)
    const wang = town.person('王秀英')
    await wang.says(`报名 ${no} 3人`)
    expectOne(town, '王秀英', '您那边有 3 位', '带我妈')
    await wang.says(`报名 ${no} 带甲、乙、丙、丁、戊`)
    expectOne(town, '王秀英', '最多再带 4 位')
    expect(listed(town)).toEqual([])
  })

  it('says which activities there are when it does not know which one is meant', async () => {
    using town = openSignUpTown(60)
    await town.person('王秀英').says('报名')
    expectOne(town, '王秀英', '现在可以报名的', `报名 ${numberOf(town)}”（还有 60 个座位）`)
    await town.person('王秀英').says('怎么报名')
    expectOne(town, '王秀英', '现在可以报名的')
  })

  it('after a reminder needs no number, even when Linli is not spoken to', async () => {
    using town = openSignUpTown(60)
    const wang = town.person('王秀英')
    await wang.says('报名', '一群')
    expectSilence(town)
    await town.goTo('2026-11-24T19:30:00+08:00')
    const reminder = town.heard().find((m) => m.to === '一群')?.text
    expect(reminder).toContain(`要参加，回“报名 ${numberOf(town)}”（还有 60 个座位）`)
    await wang.says('我要报名', '一群')
    expectOne(town, '一群', '报上名了', '每周一课')
    await wang.says(`取消报名 ${numberOf(town)}`, '一群')
    expectOne(town, '一群', '已经取消报名')
  })

  it('leaves talk among neighbours alone', async () => {
    using town = openSignUpTown(60)
    const wang = town.person('王秀英')
    await town.goTo('2026-11-24T19:30:00+08:00')
    town.heard()
    for (const text of [
      '报名了吗',
      '报名人数已满',
      '怎么报名啊',
      '给孩子报名',
      '今天去学校给孩子报名',
      '报名费多少',
      '报名 99999',
      '我报名老年大学了',
      '报名截止到几号',
      '3人报名',
      '有3人报名了',
    ]) {
      await wang.says(text, '一群')
      expect(town.heard(), text).toEqual([])
    }
    expect(listed(town)).toEqual([])
  })

  it('is refused in clear words where there is nothing to sign up for', async () => {
    using town = openSignUpTown(60)
    const no = numberOf(town)
    const wang = town.person('王秀英')
    await wang.says(`报名 ${numberOf(town, 'daily-fun', '2026-11-25')}`)
    expectOne(town, '王秀英', '不用报名，直接来')
    await wang.says('报名 99999')
    expectOne(town, '王秀英', '没有编号 99999')
    await town.staff('张主任', 'owner').says(`取消活动 ${no} 老师生病`, '工作群')
    town.heard()
    await wang.says(`报名 ${no}`)
    expectOne(town, '王秀英', '已经取消了')
    await town.goTo('2026-12-02T15:01:00+08:00')
    town.heard()
    await wang.says(`报名 ${numberOf(town, 'weekly-lesson', '2026-12-02')}`)
    expectOne(town, '王秀英', '已经开始或结束')
  })

  it('gives no seat twice to two hundred who ask at once', async () => {
    using town = openSignUpTown(40)
    const no = numberOf(town)
    const people = Array.from({ length: 200 }, (_, i) => town.person(`居民${i}`))
    await Promise.all(people.map((p) => p.says(`报名 ${no}`)))
    const rows = town.rows('sign_up')
    const seats = rows.map((r) => Number(r['seat'])).filter((seat) => seat > 0)
    expect(seats.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1))
    expect(rows.filter((r) => r['state'] === 'waiting')).toHaveLength(160)
    expect(() => town.sql('UPDATE sign_up SET seat = 1 WHERE seat = 2')).toThrow(/UNIQUE/)
  })
})

describe('taking a sign-up back', () => {
  it('frees the seat; all of one’s own, or whom one names', async () => {
    using town = openSignUpTown(60)
    const no = numberOf(town)
    const wang = town.person('王秀英')
    await wang.says(`报名 ${no} 带我妈、李叔`)
    town.heard()
    await wang.says(`替李叔取消报名 ${no}`)
    expectOne(town, '王秀英', '已经取消报名（李叔）')
    await wang.says('我的报名')
    const text = expectOne(town, '王秀英', `#${no}`, '已报名（您）', '已报名（我妈）')
    expect(text).not.toContain('李叔')
    await wang.says('取消报名')
    expectOne(town, '王秀英', '已经取消报名（您和我妈）')
    await wang.says(`取消报名 ${no}`)
    expectOne(town, '王秀英', '没有您，不用取消')
    await wang.says('我的报名')
    expectOne(town, '王秀英', '现在没有报名的活动')
    await wang.says(`报名 ${no}`)
    expectOne(town, '王秀英', '报上名了（您）')
  })

  it('keeps what somebody signed up for among those two', async () => {
    using town = openSignUpTown(60)
    const wang = town.person('王秀英')
    await wang.says('我的报名', '一群')
    expectSilence(town)
    await wang.says('小邻 我的报名', '一群')
    expectOne(town, '一群', '请私聊我')
  })
})

describe('the list for staff', () => {
  it('shows names, the waiting list and the code, and never to a group of residents', async () => {
    using town = openSignUpTown(2)
    const no = numberOf(town)
    const zhang = town.staff('张主任', 'owner')
    await town.person('王秀英').says(`报名 ${no} 带我妈`)
    await town.person('周德福').says(`候补 ${no}`)
    town.heard()
    await zhang.says(`报名名单 ${no}`, '工作群')
    expectOne(
      town,
      '工作群',
      '报名 2 人，候补 1 人，已到 0 人。签到码',
      '1. 王秀英',
      '2. 我妈（王秀英报）',
      '3. 周德福 候补',
    )
    await zhang.says(`小邻 报名名单 ${no}`, '一群')
    const said = town.heard()
    expect(said.map((m) => m.text).join()).not.toContain('周德福')
    await town.person('吴桂兰').says(`报名名单 ${no}`)
    expectOne(town, '吴桂兰', '社区工作人员来办')
  })

  it('takes people down by name who called', async () => {
    using town = openSignUpTown(60)
    const no = numberOf(town)
    await town.staff('张主任', 'owner').says(`替孙奶奶报名 ${no}`)
    expectOne(town, '张主任', '报上名了（孙奶奶）')
    expect(town.rows('sign_up')[0]).toMatchObject({ resident_id: null, via: 'phone' })
  })
})
