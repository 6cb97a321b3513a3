import { describe, expect, it } from 'vitest'
import { updateRoom } from '../../db/queries/room.ts'
import { demoContent } from '../support/content.ts'
import { numberOf } from '../support/sign-up-town.ts'
import { expectOne, expectSilence, openTown } from '../support/town.ts'

const ROOM = '居家养老服务中心二楼活动室'

describe('an answer about a day', () => {
  it('lists it in the order of time', async () => {
    using town = openTown({ now: '2026-11-25T07:00:00+08:00' })
    await town.person('李阿姨').says('今天有什么活动', '一群')
    expect(expectOne(town, '一群')).toBe(
      '今天（11月25日 周三）：\n' +
        `09:00 每日一乐·舞蹈，地点：${ROOM}\n` +
        `15:00 每周一课《冬季养生》（王医生主讲），地点：${ROOM}\n` +
        `　要参加，回“报名 ${numberOf(town)}”（还有 60 个座位）\n` +
        '16:30 四点半学校，地点：青少年教育活动基地',
    )
  })

  it('gives staff the numbers, but not where residents read along', async () => {
    using town = openTown({ now: '2026-11-25T07:00:00+08:00' })
    const zhang = town.staff('张主任', 'owner')
    await zhang.says('今天有什么活动', '工作群')
    expect(expectOne(town, '工作群')).toMatch(/\n#\d+ 09:00 每日一乐/)
    await zhang.says('今天有什么活动', '一群')
    expect(expectOne(town, '一群')).not.toContain('#')
  })

  it('says so when nothing is on', async () => {
    const content = demoContent()
    const programmes = content.programmes.filter((p) => p.id === 'weekly-lesson')
    using town = openTown({ content: { ...content, programmes } })
    await town.person('李阿姨').says('今天有什么活动', '一群')
    expectOne(town, '一群', '今天（11月24日 周二）没有安排活动')
  })

  it('reaches further ahead than the plan, and says that the holidays are not official', async () => {
    using town = openTown({ now: '2026-11-23T12:00:00+08:00' })
    const li = town.person('李阿姨')
    for (const date of ['2027年1月13日', '2027年1月27日', '2027年5月12日']) {
      await li.says(`${date}有什么活动`)
      expectOne(town, '李阿姨', '15:00 每周一课', '2027年放假安排还没公布')
    }
    await li.says('12月23日有什么活动')
    expect(expectOne(town, '李阿姨', '每周一课')).not.toContain('还没公布')
  })

  it('leaves out what is for other groups', async () => {
    const content = demoContent()
    const programmes = content.programmes.map((p) =>
      p.id === 'four-thirty' ? { ...p, audience: { places: ['29'] } } : p,
    )
    using town = openTown({ content: { ...content, programmes } })
    const li = town.person('李阿姨')
    await li.says('今天有什么活动', '一群')
    expect(expectOne(town, '一群')).not.toContain('四点半学校')
    await li.says('2027年3月10日有什么活动', '一群')
    expect(expectOne(town, '一群')).not.toContain('四点半学校')
    await li.says('今天有什么活动', '三群')
    expectOne(town, '三群', '四点半学校')
  })

  it('stays silent to talk', async () => {
    using town = openTown()
    await town.person('李阿姨').says('今天有什么活动打折吗', '一群')
    expectSilence(town)
  })

  it('comes in the language of the group', async () => {
    using town = openTown({ now: '2026-11-25T07:00:00+08:00' })
    town.tx(({ tx }) => updateRoom(tx, town.rooms.一群, { lang: 'en' }))
    await town.person('Ann').says("what's on today", '一群')
    expectOne(town, '一群', '15:00 Weekly Lesson', 'Half-past-four School')
  })
})

describe('an answer about several days', () => {
  it('names what is on every day once', async () => {
    using town = openTown({ now: '2026-11-25T07:00:00+08:00' })
    await town.person('李阿姨').says('本周活动', '一群')
    expect(expectOne(town, '一群')).toBe(
      '本周接下来的活动\n' +
        '今天（11月25日 周三）：\n' +
        `15:00 每周一课《冬季养生》（王医生主讲），地点：${ROOM}\n` +
        `　要参加，回“报名 ${numberOf(town)}”（还有 60 个座位）\n` +
        '后天（11月27日 周五）：\n' +
        '14:30 每月一评，地点：居家养老服务中心一楼大厅\n' +
        `每天 09:00 每日一乐，地点：${ROOM}\n` +
        '上学日 16:30 四点半学校，地点：青少年教育活动基地',
    )
  })

  it('shows what is different on one of the days', async () => {
    using town = openTown({ now: '2026-11-25T07:00:00+08:00' })
    const zhang = town.staff('张主任', 'owner')
    const row = town
      .rows('occurrence')
      .find((r) => r['programme'] === 'daily-fun' && r['held_on'] === '2026-11-28')
    await zhang.says(`改期 ${row?.['id']} 10:00`)
    town.heard()
    await town.person('李阿姨').says('本周活动', '一群')
    expectOne(town, '一群', '11月28日（周六）：\n10:00 每日一乐', '每天 09:00 每日一乐')
  })

  it.each([
    ['下周活动', ['下周的活动', '12月2日（周三）', '12月5日（周六）：\n10:00 每季一展']],
    ['周末有什么活动', ['11月28日（周六）：\n09:00', '11月29日（周日）：\n09:00']],
    ['下个月有什么活动', ['12月2日（周三）', '12月25日（周五）：\n14:30 每月一评']],
    ['一月有什么活动', ['1月6日（周三）', '2027年放假安排还没公布']],
    ['有什么活动', ['11月27日（周五）', '每天 09:00']],
  ])('%s', async (words, parts) => {
    using town = openTown({ now: '2026-11-24T07:00:00+08:00' })
    await town.person('李阿姨').says(words)
    expectOne(town, '李阿姨', ...parts)
  })
})

describe('an answer about a programme', () => {
  it('gives the next time with topic, speaker and place', async () => {
    using town = openTown()
    await town.person('李阿姨').says('每周一课讲什么', '一群')
    expect(expectOne(town, '一群')).toBe(
      `明天（11月25日 周三）：\n15:00 每周一课《冬季养生》（王医生主讲），地点：${ROOM}\n` +
        `　要参加，回“报名 ${numberOf(town)}”（还有 60 个座位）`,
    )
  })

  it('speaks of the one that is going on', async () => {
    using town = openTown({ now: '2026-11-25T15:30:00+08:00' })
    await town.person('李阿姨').says('每周一课讲什么', '一群')
    expectOne(town, '一群', '今天（11月25日 周三）：\n15:00 每周一课')
  })

  it('says that this week it pauses, and when it goes on', async () => {
    using town = openTown({ now: '2026-10-05T12:00:00+08:00' })
    const li = town.person('李阿姨')
    for (const words of ['每周一课讲什么', '本周的每周一课讲什么', '每周一课后天有吗']) {
      await li.says(words, '一群')
      const text = expectOne(town, '一群', '10月14日（周三）：\n15:00 每周一课《冬季养生》')
      expect(text).toMatch(/后天（10月7日 周三）：\n15:00 每周一课.*（放假暂停）/)
    }
    await town.goTo('2026-10-09T12:00:00+08:00')
    town.heard()
    await li.says('每周一课讲什么', '一群')
    expectOne(town, '一群', '10月7日（周三）', '放假暂停', '10月14日（周三）')
  })

  it('says what there was this week, and what comes next', async () => {
    using town = openTown()
    await town.goTo('2026-11-26T12:00:00+08:00')
    town.heard()
    await town.person('李阿姨').says('这周的每周一课讲什么', '一群')
    expectOne(
      town,
      '一群',
      '11月25日（周三）：\n15:00 每周一课',
      '12月2日（周三）：\n15:00 每周一课',
    )
  })

  it('says that it was called off', async () => {
    using town = openTown()
    const zhang = town.staff('张主任', 'owner')
    const row = town.rows('occurrence').find((r) => r['programme'] === 'weekly-lesson')
    await zhang.says(`取消活动 ${row?.['id']} 老师生病`)
    town.heard()
    await town.person('李阿姨').says('每周一课还上吗', '一群')
    expectOne(town, '一群', '（已取消）', '12月2日（周三）：\n15:00 每周一课')
  })

  it.each([
    ['2026-09-01T12:00:00+08:00', '重阳节什么时候', '10月18日（周日）：\n09:30 重阳节敬老演出'],
    ['2026-07-01T12:00:00+08:00', '重阳节什么时候', '10月18日（周日）：\n09:30 重阳节敬老演出'],
    ['2026-12-10T12:00:00+08:00', '下次季展什么时候', '3月6日（周六）：\n10:00 每季一展'],
    ['2026-11-23T12:00:00+08:00', '环保讲座什么时候', '3月12日（周五）：\n15:00 环保科普讲座'],
    [
      '2026-11-28T12:00:00+08:00',
      '四点半学校今天有吗',
      '后天（11月30日 周一）：\n16:30 四点半学校',
    ],
    ['2026-11-25T12:00:00+08:00', '下周每周一课讲什么', '12月2日（周三）：\n15:00 每周一课'],
    ['2026-11-27T12:00:00+08:00', '这周的四点半学校', '今天（11月27日 周五）：\n16:30 四点半学校'],
  ])('%s: %s', async (now, words, part) => {
    using town = openTown({ now })
    await town.person('李阿姨').says(words)
    expectOne(town, '李阿姨', part)
  })

  it('admits that topic and speaker are open', async () => {
    using town = openTown({ now: '2026-11-24T08:30:00+08:00', lectures: false })
    await town.person('李阿姨').says('每周一课讲什么', '一群')
    expectOne(town, '一群', '15:00 每周一课，', '题目和老师还没定')
  })

  it('admits that nothing is planned', async () => {
    const content = demoContent()
    const programmes = content.programmes.map((p) =>
      p.id === 'law' ? { ...p, until: p.from ?? ('2026-01-01' as NonNullable<typeof p.until>) } : p,
    )
    using town = openTown({ content: { ...content, programmes } })
    await town.person('李阿姨').says('法律咨询什么时候')
    expectOne(town, '李阿姨', '法律进社区近期还没有安排')
  })
})
