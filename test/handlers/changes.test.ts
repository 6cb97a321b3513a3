import { describe, expect, it } from 'vitest'
import type { Content, Programme } from '../../content/schema.ts'
import { toLocalDate } from '../../content/time.ts'
import { updateRoom } from '../../db/queries/room.ts'
import { demoContent } from '../support/content.ts'
import { expectOne, expectSilence, openTown, type Town } from '../support/town.ts'

function rowOf(town: Town, programme: string, on: string) {
  const row = town
    .rows('occurrence')
    .find((r) => r['programme'] === programme && r['scheduled_on'] === on)
  if (row === undefined) throw new Error(`no ${programme} on ${on}`)
  return row as Record<string, unknown> & { id: number }
}

const lesson = (town: Town, on = '2026-11-25') => rowOf(town, 'weekly-lesson', on)

/** A town on Tuesday noon with the owner, and the number of Wednesday's lesson. */
function tuesday(now = '2026-11-24T12:00:00+08:00') {
  const town = openTown({ now })
  const zhang = town.staff('张主任', 'owner')
  return { town, zhang, no: lesson(town).id }
}

function to(town: Town, group: string): string[] {
  return town
    .heard()
    .filter((m) => m.to === group)
    .map((m) => m.text)
}

describe('staff move an occurrence', () => {
  it.each([
    ['改期 {no} 周四15:00 二楼活动室', '2026-11-26', '15:00', '二楼活动室'],
    ['改期 {no} 16:30', '2026-11-25', '16:30', null],
    ['改期 {no} 下午四点半', '2026-11-25', '16:30', null],
    ['改期 {no} 一楼大厅', '2026-11-25', '15:00', '一楼大厅'],
    ['改地点 {no} 到一楼大厅', '2026-11-25', '15:00', '一楼大厅'],
    ['改期 {no} 周五', '2026-11-27', '15:00', null],
    ['改时间 {no} 明天上午10点', '2026-11-25', '10:00', null],
    ['改期#{no} 12月3日', '2026-12-03', '15:00', null],
    ['改期 #{no}，周四 15：00，二楼活动室', '2026-11-26', '15:00', '二楼活动室'],
    ['改期{no}周四15:00', '2026-11-26', '15:00', null],
    ['改期 {no}号活动 周四15:00', '2026-11-26', '15:00', null],
    ['改期 {no} 改到周四15:00 二楼活动室', '2026-11-26', '15:00', '二楼活动室'],
    ['改期 {no} 推迟到周五', '2026-11-27', '15:00', null],
    ['改期 {no} 提前到14:00，地点一楼大厅', '2026-11-25', '14:00', '一楼大厅'],
    ['改期 {no} 周四15:00 因为下雨', '2026-11-26', '15:00', null],
    ['改期 {no} Dec 3 4pm', '2026-12-03', '16:00', null],
    ['改期 {no} 3号楼前', '2026-11-25', '15:00', '3号楼前'],
  ])('%s', async (words, on, time, venue) => {
    const { town, zhang, no } = tuesday()
    using _ = town
    await zhang.says(words.replace('{no}', String(no)), '工作群')
    expect(lesson(town)).toMatchObject({
      held_on: on,
      start_time: time,
      venue,
      state: 'changed',
      by_staff: 1,
      sequence: 1,
    })
  })

  it('with the reason, which residents are told', async () => {
    const { town, zhang, no } = tuesday('2026-11-24T20:00:00+08:00')
    using _ = town
    await town.person('李阿姨').says('每周一课讲什么', '一群')
    town.heard()
    await zhang.says(`改期 ${no} 周四16:00，因为老师出差`)
    expect(to(town, '一群')[0]).toMatch(/\n16:00 每周一课.*\n原因：老师出差$/)
  })

  it('in full-width writing', async () => {
    const { town, zhang, no } = tuesday()
    using _ = town
    const wide = String(no).replace(/\d/g, (d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0))
    await zhang.says(`改期　＃${wide}　周四１６：００　二楼活动室`)
    expect(lesson(town)).toMatchObject({ held_on: '2026-11-26', start_time: '16:00' })
  })

  it('and see the new time and how many are told again', async () => {
    const { town, zhang, no } = tuesday()
    using _ = town
    await zhang.says(`改期 ${no} 周四16:00`, '工作群')
    expectOne(
      town,
      '工作群',
      '已改到后天（11月26日 周四）',
      `#${no} 16:00 每周一课`,
      '之前还没有通知过居民',
    )
    await town.goTo('2026-11-25T19:00:00+08:00')
    town.heard()
    await zhang.says(`改期 ${no} 周四17:00`, '工作群')
    const heard = town.heard()
    expect(heard.find((m) => m.to === '工作群')?.text).toContain('通知过的 3 处')
    expect(heard.filter((m) => m.to !== '工作群').map((m) => m.to)).toEqual([
      '一群',
      '二群',
      '三群',
    ])
  })

  it.each([
    ['改期 {no} 今天10点', '已经过去'],
    ['改期 {no} 2026年11月1日', '已经过去'],
    ['改期 9999 周四15:00', '没有编号 9999'],
    ['改期 {no} 15:00', '没有变动'],
    ['改期 {no} 11月25日 15:00', '没有变动'],
    ['改期 {no} 居家养老服务中心二楼活动室', '没有变动'],
    ['改期 {no}', '请写上新的时间或地点'],
    ['改期 {no} 因为下雨', '请写上新的时间或地点'],
    ['改期 {no} 下周', '请写上新的时间或地点'],
    ['改期 {no} 后天下午', '请写上新的时间或地点'],
    ['改期 {no} 周四晚上12点', '请写上新的时间或地点'],
    [`改期 {no} ${'楼'.repeat(101)}`, '太长'],
    [`取消活动 {no} ${'病'.repeat(101)}`, '太长'],
    ['取消活动 9999 老师生病', '没有编号 9999'],
    ['取消活动 9999', '没有编号 9999'],
  ])('but are refused: %s', async (words, why) => {
    const { town, zhang, no } = tuesday()
    using _ = town
    const before = [town.rows('occurrence'), town.rows('reminder')]
    await zhang.says(words.replace('{no}', String(no)), '工作群')
    expectOne(town, '工作群', why)
    expect([town.rows('occurrence'), town.rows('reminder')]).toEqual(before)
  })

  it.each(['改期 {no} 周四15:00', '取消活动 {no} 老师生病', '取消活动 {no}'])(
    'but not one that was cancelled or has begun: %s',
    async (words) => {
      const { town, zhang, no } = tuesday()
      using _ = town
      const school = rowOf(town, 'four-thirty', '2026-11-24').id
      await zhang.says(`取消活动 ${no} 老师生病`)
      await town.goTo('2026-11-24T16:30:00+08:00')
      town.heard()
      await zhang.says(words.replace('{no}', String(no)), '工作群')
      expectOne(town, '工作群', '已经取消了')
      await zhang.says(words.replace('{no}', String(school)), '工作群')
      expectOne(town, '工作群', '已经开始或结束')
    },
  )
})

describe('staff who speak of something else', () => {
  it.each([
    '改期 {no}月3日的讲座',
    '取消活动 {no}楼活动室',
    '取消活动 {no}月3日',
    '已办 {no} 张老年卡',
    '已办{no}户',
    '改期{no}.5',
  ])('change nothing: %s', async (words) => {
    const { town, zhang, no } = tuesday('2026-11-25T15:30:00+08:00')
    using _ = town
    const before = town.rows('occurrence')
    await zhang.says(words.replace('{no}', String(no)), '一群')
    expectSilence(town)
    await zhang.says(words.replace('{no}', String(no)), '工作群')
    expect(town.rows('occurrence')).toEqual(before)
  })
})

describe('a resident', () => {
  it.each(['改期 {no} 周四15:00', '取消活动 {no} 老师生病', '已办 {no} 30人'])(
    'who says a staff command is refused when Linli is addressed, and not heard otherwise: %s',
    async (words) => {
      const { town, no } = tuesday()
      using _ = town
      const li = town.person('李阿姨')
      const said = words.replace('{no}', String(no))
      await li.says(said, '一群')
      expectSilence(town)
      await li.says(`小邻 ${said}`, '一群')
      expectOne(town, '一群', '要社区工作人员来办')
      expect(lesson(town)).toMatchObject({ state: 'planned', sequence: 0 })
    },
  )
})

describe('whoever was told of an occurrence', () => {
  const NOTICE = '通知：每周一课有变动（原定11月25日（周三）15:00），请以这个为准：'

  it('by the evening reminder is told of the change, once', async () => {
    const { town, zhang, no } = tuesday()
    using _ = town
    await town.goTo('2026-11-24T19:30:00+08:00')
    town.heard()
    await zhang.says(`改期 ${no} 周四16:00 一楼大厅`)
    expect(to(town, '一群')).toEqual([
      `${NOTICE}\n11月26日（周四）\n16:00 每周一课《冬季养生》（王医生主讲），地点：一楼大厅`,
    ])
    await town.restart()
    await town.advance({ minutes: 10 })
    expectSilence(town)
  })

  it('by the digest is told of the change, once, and reminded at the new time', async () => {
    const { town, zhang, no } = tuesday('2026-11-24T20:00:00+08:00')
    using _ = town
    await town.goTo('2026-11-25T09:00:00+08:00')
    town.heard()
    await zhang.says(`改期 ${no} 16:00`)
    expect(to(town, '二群')[0]).toContain(NOTICE)
    await town.goTo('2026-11-25T16:00:00+08:00')
    const heard = town.heard().filter((m) => m.to === '二群')
    expect(heard.map((m) => m.at)).toEqual(['2026-11-25T07:30:00.000Z'])
  })

  it('by an answer in the group is told there alone', async () => {
    const { town, zhang, no } = tuesday()
    using _ = town
    await town.person('李阿姨').says('明天有什么活动', '三群')
    town.heard()
    await zhang.says(`改期 ${no} 16:00`)
    const heard = town.heard().filter((m) => m.to !== '张主任')
    expect(heard.map((m) => m.to)).toEqual(['三群'])
    expect(heard[0]?.text).toContain(NOTICE)
  })

  it("by a week's list is told of an everyday activity too", async () => {
    const { town, zhang } = tuesday()
    using _ = town
    await town.person('李阿姨').says('本周活动', '三群')
    town.heard()
    await zhang.says(`取消活动 ${rowOf(town, 'daily-fun', '2026-11-27').id} 停电`)
    expect(to(town, '三群')[0]).toContain('11月27日（周五）09:00的每日一乐取消了')
  })

  it('in a direct chat is told there, unless opted out', async () => {
    const { town, zhang, no } = tuesday()
    using _ = town
    const [li, wang] = [town.person('李阿姨'), town.person('王阿姨')]
    await li.says('每周一课讲什么')
    await wang.says('每周一课讲什么')
    await wang.says('退订 提醒')
    town.heard()
    await zhang.says(`改期 ${no} 16:00`)
    const heard = town.heard()
    expect(heard.map((m) => m.to).sort()).toEqual(['张主任', '李阿姨'].sort())
    expect(heard.find((m) => m.to === '张主任')?.text).toContain('1 处')
  })

  it('is not told twice where the change itself is answered', async () => {
    const { town, zhang, no } = tuesday()
    using _ = town
    await zhang.says('明天有什么活动', '工作群')
    town.heard()
    await zhang.says(`改期 ${no} 16:00`, '工作群')
    expectOne(town, '工作群', '已改到明天', '之前还没有通知过居民')
  })

  it('is not told again in a group that was switched off', async () => {
    const { town, zhang, no } = tuesday()
    using _ = town
    await town.goTo('2026-11-24T19:30:00+08:00')
    town.tx(({ tx }) => updateRoom(tx, town.rooms.二群, { enabled: 0 }))
    town.heard()
    await zhang.says(`改期 ${no} 16:00`)
    expect(town.heard().map((m) => m.to)).toEqual(expect.not.arrayContaining(['二群']))
  })

  it('at night is told in the morning, with the day in full', async () => {
    const { town, zhang, no } = tuesday()
    using _ = town
    await town.goTo('2026-11-24T22:00:00+08:00')
    town.heard()
    await zhang.says(`改期 ${no} 16:00`)
    expect(to(town, '一群')).toEqual([])
    await town.goTo('2026-11-25T07:30:00+08:00')
    const [text] = to(town, '一群')
    expect(text).toContain('11月25日（周三）\n16:00')
    expect(text).not.toMatch(/今天|明天/)
  })
})

describe('whoever was not told', () => {
  it('gets the reminders alone, with the new time', async () => {
    const { town, zhang, no } = tuesday()
    using _ = town
    await zhang.says(`改期 ${no} 周五16:00`)
    town.heard()
    await town.goTo('2026-11-25T18:00:00+08:00')
    expect(to(town, '一群').filter((text) => text.includes('每周一课'))).toEqual([])
    await town.goTo('2026-11-27T16:00:00+08:00')
    const texts = town.heard().filter((m) => m.to === '一群' && m.text.includes('每周一课'))
    expect(texts.map((m) => m.at)).toEqual([
      '2026-11-26T11:00:00.000Z',
      '2026-11-27T00:00:00.000Z',
      '2026-11-27T07:30:00.000Z',
    ])
  })

  it('is reminded at once when the evening before has passed by the change', async () => {
    const { town, zhang } = tuesday('2026-11-24T20:00:00+08:00')
    using _ = town
    await zhang.says(`改期 ${lesson(town, '2026-12-02').id} 明天16:00`)
    const texts = to(town, '一群')
    expect(texts).toHaveLength(1)
    expect(texts[0]).toContain('提醒大家，明天')
  })

  it('but was told of another day is not reminded on top of the notice', async () => {
    const { town, zhang } = tuesday('2026-11-24T20:00:00+08:00')
    using _ = town
    await town.person('李阿姨').says('12月2日有什么活动', '一群')
    town.heard()
    await zhang.says(`改期 ${lesson(town, '2026-12-02').id} 明天16:00`)
    const texts = to(town, '一群')
    expect(texts).toHaveLength(1)
    expect(texts[0]).toContain('通知')
  })

  it('is reminded of one whose evening had passed before it was moved ahead', async () => {
    const { town, zhang, no } = tuesday('2026-11-24T20:00:00+08:00')
    using _ = town
    await zhang.says(`改期 ${no} 11月28日16:00`)
    town.heard()
    await town.goTo('2026-11-27T19:00:00+08:00')
    expect(to(town, '一群').at(-1)).toContain('提醒大家，明天（11月28日 周六）')
  })
})

describe('while the chat is offline', () => {
  it('a reminder with the old time never goes out, and one with the new time does, once', async () => {
    const { town, zhang, no } = tuesday()
    using _ = town
    town.setOnline(false)
    await town.goTo('2026-11-24T19:05:00+08:00')
    await zhang.says(`改期 ${no} 16:00`)
    town.setOnline(true)
    await town.advance({ hours: 1 })
    const texts = to(town, '一群')
    expect(texts).toHaveLength(1)
    expect(texts[0]).toContain('提醒大家，明天（11月25日 周三）：\n16:00')
  })

  it('a digest with the old time never goes out either', async () => {
    const { town, zhang, no } = tuesday('2026-11-24T20:00:00+08:00')
    using _ = town
    town.setOnline(false)
    await town.goTo('2026-11-25T08:05:00+08:00')
    await zhang.says(`改期 ${no} 16:00`)
    town.setOnline(true)
    await town.advance({ hours: 1 })
    const texts = to(town, '一群')
    expect(texts).toHaveLength(1)
    expect(texts[0]).toMatch(/^早上好/)
    expect(texts[0]).toContain('16:00 每周一课')
  })

  it('two changes are one notice of the last state, against what was known', async () => {
    const { town, zhang, no } = tuesday()
    using _ = town
    await town.goTo('2026-11-24T19:30:00+08:00')
    town.heard()
    town.setOnline(false)
    await zhang.says(`改期 ${no} 16:00`)
    await zhang.says(`改期 ${no} 17:00`)
    town.setOnline(true)
    await town.advance({ minutes: 5 })
    const texts = to(town, '一群')
    expect(texts).toHaveLength(1)
    expect(texts[0]).toContain('原定11月25日（周三）15:00')
    expect(texts[0]).toContain('\n17:00 每周一课')
  })

  it('a change that is undone needs no notice', async () => {
    const { town, zhang, no } = tuesday()
    using _ = town
    await town.goTo('2026-11-24T19:30:00+08:00')
    town.heard()
    town.setOnline(false)
    await zhang.says(`改期 ${no} 16:00`)
    await zhang.says(`改期 ${no} 15:00`)
    town.setOnline(true)
    await town.advance({ minutes: 5 })
    expect(to(town, '一群')).toEqual([])
  })

  it('a change and a cancellation are one notice of the cancellation', async () => {
    const { town, zhang, no } = tuesday()
    using _ = town
    await town.goTo('2026-11-24T19:30:00+08:00')
    town.heard()
    town.setOnline(false)
    await zhang.says(`改期 ${no} 16:00`)
    await zhang.says(`取消活动 ${no} 老师生病`)
    town.setOnline(true)
    await town.advance({ minutes: 5 })
    expect(to(town, '一群')).toEqual([
      '通知：11月25日（周三）15:00的每周一课取消了，请大家互相转告。\n原因：老师生病',
    ])
  })

  it('a digest taken back gives its activities back to their own reminders', async () => {
    const { town, zhang } = tuesday('2026-11-25T20:00:00+08:00')
    using _ = town
    town.setOnline(false)
    await town.goTo('2026-11-26T08:05:00+08:00')
    await zhang.says(`取消活动 ${rowOf(town, 'four-thirty', '2026-11-26').id} 停电`)
    town.setOnline(true)
    await town.advance({ minutes: 5 })
    const texts = to(town, '一群')
    expect(texts).toHaveLength(1)
    expect(texts[0]).toContain('提醒大家，今天（11月26日 周四）：\n09:00 每日一乐')
  })
})

describe('staff cancel an occurrence', () => {
  it('with the reason: whoever was told hears it, and nothing reminds of it any more', async () => {
    const { town, zhang, no } = tuesday()
    using _ = town
    await town.goTo('2026-11-24T19:30:00+08:00')
    town.heard()
    await zhang.says(`取消活动 ${no} 老师生病`, '工作群')
    const heard = town.heard()
    expect(heard.find((m) => m.to === '工作群')?.text).toContain(`活动 ${no} 已取消`)
    expect(heard.find((m) => m.to === '一群')?.text).toBe(
      '通知：11月25日（周三）15:00的每周一课取消了，请大家互相转告。\n原因：老师生病',
    )
    await town.goTo('2026-11-25T16:00:00+08:00')
    expect(to(town, '一群').join('\n')).not.toContain('每周一课')
    const left = town.rows('reminder').filter((r) => r['occurrence_id'] === no)
    expect(left.map((r) => `${r['state']} ${r['reason'] ?? ''}`).sort()).toEqual([
      'sent ',
      'sent ',
      'sent ',
      'skipped cancelled',
      'skipped cancelled',
      'skipped cancelled',
    ])
  })

  it('and it shows as cancelled', async () => {
    const { town, zhang, no } = tuesday()
    using _ = town
    await zhang.says(`取消活动 ${no} 老师生病`)
    town.heard()
    await town.person('李阿姨').says('明天有什么活动', '一群')
    expectOne(town, '一群', '15:00 每周一课《冬季养生》（王医生主讲）（已取消）')
  })

  it('are asked for the reason', async () => {
    const { town, zhang, no } = tuesday()
    using _ = town
    await zhang.says(`取消活动 ${no}`, '工作群')
    expectOne(town, '工作群', `取消活动 ${no} 的原因是什么`)
    expect(lesson(town)['state']).toBe('planned')
    await zhang.says('老师生病', '工作群')
    expectOne(town, '工作群', `活动 ${no} 已取消`)
    expect(lesson(town)).toMatchObject({ state: 'cancelled', reason: '老师生病' })
  })

  it('are asked again when the reason is too long', async () => {
    const { town, zhang, no } = tuesday()
    using _ = town
    await zhang.says(`取消活动 ${no}`, '工作群')
    await zhang.says('病'.repeat(101), '工作群')
    expect(town.heard().at(-1)?.text).toContain('太长')
    await zhang.says('老师生病', '工作群')
    expect(lesson(town)['state']).toBe('cancelled')
  })

  it('may leave it at that', async () => {
    const { town, zhang, no } = tuesday()
    using _ = town
    await zhang.says(`取消活动 ${no}`, '工作群')
    await zhang.says('取消', '工作群')
    await zhang.says('老师生病', '工作群')
    expect(lesson(town)['state']).toBe('planned')
  })

  it('may ask something else in between', async () => {
    const { town, zhang, no } = tuesday()
    using _ = town
    await zhang.says(`取消活动 ${no}`, '工作群')
    town.heard()
    await zhang.says('本周活动', '工作群')
    expectOne(town, '工作群', '本周接下来的活动')
    expect(lesson(town)['state']).toBe('planned')
    await zhang.says('停电', '工作群')
    expect(lesson(town)['state']).toBe('cancelled')
  })

  it('do not give the reason by ordinary talk among residents', async () => {
    const { town, zhang, no } = tuesday()
    using _ = town
    await zhang.says(`小邻 取消活动 ${no}`, '一群')
    town.heard()
    await zhang.says('大家好，楼道里的纸箱请收一收', '一群')
    expectSilence(town)
    expect(lesson(town)['state']).toBe('planned')
    await zhang.says('小邻 老师生病', '一群')
    expect(lesson(town)['state']).toBe('cancelled')
  })
})

describe('other content at a later start', () => {
  function withProgramme(change: (p: Programme) => Programme | undefined): Content {
    const content = demoContent()
    return { ...content, programmes: content.programmes.flatMap((p) => change(p) ?? []) }
  }
  const laterLesson = withProgramme((p) =>
    p.id === 'weekly-lesson' ? { ...p, starts: '16:00' as Programme['starts'] } : p,
  )
  const noLesson = withProgramme((p) => (p.id === 'weekly-lesson' ? undefined : p))

  it('moves what is to come, and tells those who were told', async () => {
    const { town } = tuesday()
    using _ = town
    await town.goTo('2026-11-24T19:30:00+08:00')
    town.heard()
    await town.restart(laterLesson)
    expect(to(town, '一群')).toEqual([
      '通知：每周一课有变动（原定11月25日（周三）15:00），请以这个为准：\n11月25日（周三）\n' +
        '16:00 每周一课《冬季养生》（王医生主讲），地点：居家养老服务中心二楼活动室',
    ])
    await town.goTo('2026-11-25T16:00:00+08:00')
    expect(town.heard().map((m) => m.at)).toContain('2026-11-25T07:30:00.000Z')
  })

  it('leaves alone what staff changed', async () => {
    const { town, zhang, no } = tuesday()
    using _ = town
    await zhang.says(`改期 ${no} 14:00`)
    await town.restart(laterLesson)
    expect(lesson(town)['start_time']).toBe('14:00')
    expect(lesson(town, '2026-12-02')['start_time']).toBe('16:00')
  })

  it('takes a programme away, by its name', async () => {
    const { town } = tuesday()
    using _ = town
    await town.goTo('2026-11-24T19:30:00+08:00')
    town.heard()
    await town.restart(noLesson)
    expect(to(town, '一群')).toEqual([
      '通知：11月25日（周三）15:00的每周一课取消了，请大家互相转告。',
    ])
    await town.goTo('2026-12-10T12:00:00+08:00')
    expect(to(town, '一群').join('\n')).not.toContain('每周一课')
  })

  it('brings it back, with its reminders', async () => {
    const { town } = tuesday()
    using _ = town
    await town.goTo('2026-11-24T19:30:00+08:00')
    await town.restart(noLesson)
    town.heard()
    await town.restart(demoContent())
    expect(to(town, '一群')[0]).toContain('通知：每周一课照常举行：\n11月25日（周三）\n15:00')
    await town.goTo('2026-12-02T16:00:00+08:00')
    const said = town.heard().filter((m) => m.to === '一群' && m.text.includes('15:00 每周一课'))
    expect(said.map((m) => m.at)).toEqual([
      '2026-11-25T00:00:00.000Z',
      '2026-11-25T06:30:00.000Z',
      '2026-12-01T11:00:00.000Z',
      '2026-12-02T00:00:00.000Z',
      '2026-12-02T06:30:00.000Z',
    ])
  })

  it('keeps a holiday that was added', async () => {
    const { town } = tuesday()
    using _ = town
    await town.goTo('2026-11-24T19:30:00+08:00')
    town.heard()
    const content = demoContent()
    const off = {
      on: toLocalDate('2026-11-25'),
      work: false,
      name: { 'zh-CN': '社区换届选举', 'zh-TW': '社區換屆選舉', en: 'Committee election' },
    }
    const rules = { ...content.calendarRules, corrections: [off] }
    await town.restart({ ...content, calendarRules: rules })
    expect(to(town, '一群')).toEqual([
      '通知：11月25日（周三）15:00的每周一课取消了，请大家互相转告。\n放假暂停',
    ])
    expect(lesson(town)).toMatchObject({ state: 'cancelled', reason: 'holiday' })
  })

  it('drops reminders that are no longer wanted, and adds new ones', async () => {
    const { town } = tuesday()
    using _ = town
    const content = withProgramme((p) =>
      p.id === 'weekly-lesson' ? { ...p, reminders: [{ minutesBefore: 60 }] } : p,
    )
    await town.restart(content)
    await town.goTo('2026-11-25T16:00:00+08:00')
    const said = town.heard().filter((m) => m.to === '一群' && m.text.includes('每周一课'))
    expect(said.map((m) => m.at)).toEqual(['2026-11-25T00:00:00.000Z', '2026-11-25T06:00:00.000Z'])
  })

  it('says nothing when nothing changed', async () => {
    const { town } = tuesday()
    using _ = town
    await town.goTo('2026-11-24T19:30:00+08:00')
    town.heard()
    const before = [town.rows('occurrence'), town.rows('reminder')]
    await town.restart(structuredClone(demoContent()))
    expectSilence(town)
    expect([town.rows('occurrence'), town.rows('reminder')]).toEqual(before)
  })
})
