import { describe, expect, it } from 'vitest'
import { expectOne, expectSilence, openTown, type Person, type Town } from '../support/town.ts'

const GROUPS = ['一群', '二群', '三群']

/** What was said in the groups of residents since the last look. */
function told(town: Town): string[] {
  return town
    .heard()
    .filter((m) => m.to !== '工作群' && /^(\(\d\/\d\) |【)/.test(m.text))
    .map((m) => m.to)
}

/** Says it to Linli alone and gives the answer. */
async function ask(town: Town, who: Person, words: string): Promise<string> {
  town.heard()
  await who.says(words)
  return town.sent
    .filter((m) => m.to === who.name)
    .map((m) => m.text)
    .join('\n')
}

function codeIn(text: string): string {
  return /确认 (\d{4,6})/.exec(text)?.[1] ?? 'no code'
}

/** Drafts and confirms; gives the number. */
async function announce(town: Town, who: Person, words: string): Promise<string> {
  const preview = await ask(town, who, words)
  await ask(town, who, `确认 ${codeIn(preview)}`)
  return /#(\d+)/.exec(preview)?.[1] ?? ''
}

function openOffice(options: Parameters<typeof openTown>[0] = {}) {
  const town = openTown(options)
  return { town, chief: town.staff('张主任', 'owner'), chen: town.staff('陈晓雯', 'staff') }
}

describe('an announcement', () => {
  it('is shown before anything goes out, and goes out once the code is said', async () => {
    const { town, chief } = openOffice()
    using _ = town
    const preview = await ask(town, chief, '公告 明天上午停水，请提前储水')
    expect(preview).toContain('发给 3 个群：一群、二群、三群')
    expect(preview).toContain('确认后马上发')
    expect(preview).toContain('【社区公告】\n明天上午停水，请提前储水')
    expect(told(town)).toEqual([])
    const started = await ask(town, chief, `确认 ${codeIn(preview)}`)
    expect(started).toContain('0/3 已发')
    expect(told(town).sort()).toEqual([...GROUPS].sort())
    expect(await ask(town, chief, '公告 进度')).toContain('3/3 已发')
  })

  it('for a day that this year has over, says how far the day of the next is', async () => {
    const { town, chief } = openOffice()
    using _ = town
    expect(await ask(town, chief, '公告 11月1日9点 停水')).toContain('离现在还有 342 天')
    expect(await ask(town, chief, '公告 明天9点 停水')).not.toContain('离现在')
  })

  it('goes out once, however often the code is said', async () => {
    const { town, chief } = openOffice()
    using _ = town
    const code = codeIn(await ask(town, chief, '公告 明天停水'))
    await chief.says(`确认 ${code}`)
    await chief.says(`确认${code}。`)
    await town.settle()
    const heard = town.heard()
    expect(heard.filter((m) => m.text.startsWith('【社区公告】'))).toHaveLength(3)
    expect(heard.map((m) => m.text).join('\n')).toContain('已经确认过了，不会发两遍')
  })

  it('is confirmed by who wrote it, not by a colleague, and not by residents', async () => {
    const { town, chief, chen } = openOffice()
    using _ = town
    const code = codeIn(await ask(town, chief, '公告 明天停水'))
    expect(await ask(town, chen, `确认 ${code}`)).toContain('是别的同事写的')
    expect(await ask(town, town.person('王秀英'), `确认 ${code}`)).toContain('工作人员来办')
    expect(told(town)).toEqual([])
    await chief.says(`确认 ${code}`)
    expect(told(town)).toHaveLength(3)
  })

  it('waits for a colleague where two have to agree', async () => {
    const { town, chief, chen } = openOffice()
    using _ = town
    expect(await ask(town, chen, '公告 审批 开')).toContain('工作人员来办')
    expect(await ask(town, chief, '公告 审批 开')).toContain('另一位同事确认')
    const first = codeIn(await ask(town, chief, '公告 明天停水'))
    await chief.says(`确认 ${first}`)
    const asked = town.heard().find((m) => m.to === '工作群')?.text ?? ''
    expect(asked).toContain('张主任 要发公告')
    const second = codeIn(asked)
    expect(await ask(town, chief, `确认 ${second}`)).toContain('要另一位同事来确认')
    expect(told(town)).toEqual([])
    await chen.says(`同意 ${second}`, '工作群')
    expect(told(town)).toHaveLength(3)
    await town.settle()
    expect(town.rows('announcement')[0]).toMatchObject({
      state: 'done',
      confirmed_by: chief.id,
      approved_by: chen.id,
    })
  })

  it('is void when no colleague agrees in time, and its author hears of it', async () => {
    const { town, chief, chen } = openOffice()
    using _ = town
    await chief.says('公告 审批 开')
    await chief.says(`确认 ${codeIn(await ask(town, chief, '公告 明天停水'))}`)
    const code = codeIn(town.heard().find((m) => m.to === '工作群')?.text ?? '')
    await town.advance({ hours: 24 })
    const heard = town.heard().filter((m) => m.to === '张主任')
    expect(heard.map((m) => m.text)).toEqual([
      '公告 #1“明天停水”没有人确认，作废了。要发请重新写。',
    ])
    expect(await ask(town, chen, `确认 ${code}`)).toContain('确认码过期了')
  })

  it('lapses when nobody confirms it in time', async () => {
    const { town, chief } = openOffice()
    using _ = town
    const code = codeIn(await ask(town, chief, '公告 明天停水'))
    await town.advance({ minutes: 31 })
    expect(await ask(town, chief, `确认 ${code}`)).toContain('确认码过期了')
    expect(town.rows('announcement')[0]?.['state']).toBe('expired')
    expect(told(town)).toEqual([])
  })

  it('can be changed before it is confirmed; the earlier code is worth nothing then', async () => {
    const { town, chief } = openOffice()
    using _ = town
    const first = await ask(town, chief, '公告 明天停水')
    const no = /#(\d+)/.exec(first)?.[1]
    const second = await ask(town, chief, `公告 修改 ${no} 后天停电`)
    expect(second).toContain('【社区公告】\n后天停电')
    if (codeIn(first) !== codeIn(second)) {
      expect(await ask(town, chief, `确认 ${codeIn(first)}`)).toContain('确认码不对')
    }
    await ask(town, chief, `确认 ${codeIn(second)}`)
    expect(town.sent.filter((m) => m.text === '【社区公告】\n后天停电')).toHaveLength(3)
    expect(await ask(town, chief, `公告 修改 ${no} 不停了`)).toContain('改不了了')
  })

  it('replaces the draft before it', async () => {
    const { town, chief } = openOffice()
    using _ = town
    const first = codeIn(await ask(town, chief, '公告 明天停水'))
    expect(await ask(town, chief, '公告 后天停水')).toContain('草稿 #1 作废了')
    expect(await ask(town, chief, `确认 ${first}`)).toContain('已经作废了')
  })

  it('in the staff group needs no name, and the outcome is told there', async () => {
    const { town, chief } = openOffice()
    using _ = town
    await chief.says('公告 明天停水', '工作群')
    await chief.says(`确认 ${codeIn(expectOne(town, '工作群', '发给 3 个群'))}`, '工作群')
    await town.settle()
    const last = town.heard().at(-1)
    expect(last?.to).toBe('工作群')
    expect(last?.text).toContain('发完了：3/3 已发')
  })

  it.each(['公告栏该换玻璃了', '公告发了', '刚看到公告 明天停水', '通知 三点开会'])(
    'is not what colleagues say among themselves: %s',
    async (words) => {
      const { town, chief } = openOffice()
      using _ = town
      expect(await chief.says(words, '工作群')).toBe('silent')
      expectSilence(town)
    },
  )

  it.each([
    '{{n}} $t(help.intro)',
    '价格是 $1 & $$',
    '《垃圾分类》<b>',
    '１．请关窗　２．请关灯',
    '😀👨‍👩‍👧',
  ])('goes out as it was written: %s', async (text) => {
    const { town, chief } = openOffice()
    using _ = town
    await announce(town, chief, `公告 给一群 ${text}`)
    expect(town.sent.find((m) => m.to === '一群')?.text).toBe(`【社区公告】\n${text}`)
  })

  it('says how long it takes where the groups are many', async () => {
    const { town, chief } = openOffice()
    using _ = town
    for (let i = 0; i < 57; i++) town.addRoom(`第${i}群`)
    const preview = await ask(town, chief, '公告 明天停水')
    expect(preview).toContain(
      '发给 60 个群：一群、二群、三群、第0群、第1群、第2群、第3群、第4群 等 60 个',
    )
    expect(preview).toContain('大约要 3 分钟')
    expect(preview).not.toContain('等到明天')
    for (let i = 0; i < 500; i++) town.addRoom(`大${i}群`)
    expect(await ask(town, chief, '公告 明天停电')).toContain('有的群可能要等到明天')
  })

  it('goes out in parts where it is long, as one delivery', async () => {
    const { town, chief } = openOffice()
    using _ = town
    const long = Array.from({ length: 45 }, (_, i) => `第${i + 1}条：请大家把垃圾分好类再投放。`)
    const no = await announce(town, chief, `公告 ${long.join('\n')}`)
    expect(told(town)).toHaveLength(6)
    expect(await ask(town, chief, `公告 进度 ${no}`)).toContain('3/3 已发')
  })
})

describe('what staff type loosely', () => {
  it.each([
    ['紧急公告 停水', '【紧急通知】\n停水'],
    ['紧急通知：停水', '【紧急通知】\n停水'],
    ['发个公告 给老年人 停水', '【社区公告】\n停水'],
    ['帮我发公告：停水', '【社区公告】\n停水'],
    ['公告 定时 明天9点 停水', '时间：明天（11月25日 周三） 09:00'],
    ['公告 明天上午9点发给18街坊 停水', '发给 1 个群：一群\n时间：明天'],
    ['公告 怎么发', '这样写'],
    ['公告 审批', '公告 审批 开'],
    ['公告紧急停水', '“紧急”后面请空一格'],
    ['公告 18街坊 停水', '只想发给18街坊的话'],
    ['公告 给28街坊3号楼 停水', '可以发给它所在的群：二群'],
  ])('%s', async (words, answer) => {
    const { town, chief } = openOffice()
    using _ = town
    town.sql(`UPDATE room SET tags = '["老年"]' WHERE id = 3`)
    expect(await ask(town, chief, words)).toContain(answer)
  })

  it.each([
    ['公告1进度', '3/3 已发'],
    ['公告 第1号 到哪了？', '3/3 已发'],
    ['公告 都发完了吗', '3/3 已发'],
    ['取消公告 1', '已经发完，取消不了'],
    ['撤回公告 1', '3 条消息'],
    ['公告 修改 1', '改不了了'],
    ['公告 清单', '#1“停水”：3/3 已发'],
  ])('after it went out: %s', async (words, answer) => {
    const { town, chief } = openOffice()
    using _ = town
    await announce(town, chief, '公告 停水')
    await town.settle()
    expect(await ask(town, chief, words)).toContain(answer)
  })
})

describe('what cannot go out is said plainly', () => {
  it.each([
    ['公告', '这样写'],
    ['公告：', '这样写'],
    ['公告 紧急', '内容是空的'],
    [`公告 ${'长'.repeat(1801)}`, '太长了，有 1801 个字'],
    ['公告 给36街坊 停水', '没有叫“36街坊”的'],
    ['公告 给18街坊和36街坊 停水', '没有叫“36街坊”的'],
    ['公告 给南门 停水', '没有这样的群'],
    ['公告 今天8点 停水', '已经过了'],
    ['公告 有效到今天8点 停水', '过期'],
    ['公告 明天9点 有效到今天18点 停水', '过期'],
    ['公告 取消', '没有等着发的'],
    ['公告 取消 99', '没有编号 99'],
    ['公告 进度 99', '没有编号 99'],
    ['公告 进度', '还没有公告'],
    ['公告 列表', '还没有公告'],
    ['公告 重试 99', '没有编号 99'],
    ['公告 撤回', '请写上编号'],
    ['公告 撤回 99', '没有编号 99'],
    ['公告 修改 99 停水', '没有编号 99'],
    ['确认 0000', '确认码不对'],
  ])('%.20s', async (words, answer) => {
    const { town, chief } = openOffice()
    using _ = town
    expect(await ask(town, chief, words)).toContain(answer)
    expect(town.rows('announcement')).toEqual([])
  })

  it('and guessing codes is slowed down', async () => {
    const { town, chief } = openOffice()
    using _ = town
    for (let i = 0; i < 5; i++) await chief.says(`确认 000${i}`)
    expect(await ask(town, chief, '确认 0009')).toContain('试错太多次')
  })

  it('when no group can be reached', async () => {
    const { town, chief } = openOffice()
    using _ = town
    town.sql('DELETE FROM room_binding WHERE room_id = 1')
    expect(await ask(town, chief, '公告 给一群 停水')).toContain('一群 现在连不上，发不出去')
    expect(await ask(town, chief, '公告 停水')).toContain('注意：一群 现在连不上')
  })

  it('when the group is switched off', async () => {
    const { town, chief } = openOffice()
    using _ = town
    town.sql('UPDATE room SET enabled = 0 WHERE id = 1')
    expect(await ask(town, chief, '公告 给18街坊 停水')).toContain('一群 没有启用')
    expect(await ask(town, chief, '公告 停水')).toContain('发给 2 个群：二群、三群')
  })
})

describe('whom an announcement is for', () => {
  it.each([
    ['公告 给18街坊 停水', ['一群']],
    ['公告 给 18街坊、28街坊居民群 停水', ['一群', '二群']],
    ['公告 给18、29街坊：停水', ['一群', '三群']],
    ['公告 发给三群，停水', ['三群']],
    ['公告 给群2 停水', ['二群']],
    ['公告 @老年 停水', ['三群']],
    ['公告 给老年和一群 停水', ['一群', '三群']],
    ['公告 给大家 停水', GROUPS],
    ['公告 给18街坊停水', ['一群']],
    ['公告 給18街坊 停水', ['一群']],
    ['公告 给１８街坊　停水', ['一群']],
  ])('%s', async (words, groups) => {
    const { town, chief } = openOffice()
    using _ = town
    town.sql(`UPDATE room SET tags = '["老年"]' WHERE id = 3`)
    await announce(town, chief, words)
    const heard = town.sent.filter((m) => m.text === '【社区公告】\n停水')
    expect(heard.map((m) => m.to).sort()).toEqual([...groups].sort())
  })

  it('counts the groups of places within', async () => {
    const { town, chief } = openOffice()
    using _ = town
    town.sql(`UPDATE room SET place = '28-3' WHERE id = 2`)
    await announce(town, chief, '公告 给28街坊 停水')
    expect(told(town)).toEqual(['二群'])
  })
})

describe('when an announcement goes out', () => {
  it('waits for the end of the quiet hours, and says so first', async () => {
    const { town, chief } = openOffice({ now: '2026-11-24T22:00:00+08:00' })
    using _ = town
    const preview = await ask(town, chief, '公告 明天停水')
    expect(preview).toContain('安静时间，会等到 明天（11月25日 周三） 07:30 再发')
    expect(await ask(town, chief, `确认 ${codeIn(preview)}`)).toContain('07:30 发给 3 个群')
    await town.goTo('2026-11-25T07:29:00+08:00')
    expect(told(town)).toEqual([])
    await town.goTo('2026-11-25T07:31:00+08:00')
    expect(told(town)).toHaveLength(3)
  })

  it('passes the quiet hours when it is urgent, and that is written down', async () => {
    const { town, chief } = openOffice({ now: '2026-11-24T23:00:00+08:00' })
    using _ = town
    const preview = await ask(town, chief, '公告 紧急 3号楼燃气泄漏，请马上离开')
    expect(preview).toContain('紧急：不管安静时间')
    await chief.says(`确认 ${codeIn(preview)}`)
    await town.advance({ minutes: 1 })
    const urgent = town.heard().filter((m) => m.text.startsWith('【紧急通知】'))
    expect(urgent).toHaveLength(3)
    expect(town.rows('audit').map((row) => row['action'])).toContain('announcement.urgent')
  })

  it('goes out at its time, and can be stopped until then', async () => {
    const { town, chief } = openOffice()
    using _ = town
    const no = await announce(town, chief, '公告 明天9点 今天停水')
    expect(await ask(town, chief, '公告 列表')).toContain(`#${no}“今天停水”：明天`)
    const other = await announce(town, chief, '公告 明天10点 今天停电')
    expect(await ask(town, chief, `公告 取消 ${other}`)).toContain('不发了')
    town.heard()
    await town.goTo('2026-11-25T08:59:00+08:00')
    expect(told(town)).toEqual([])
    await town.goTo('2026-11-25T12:00:00+08:00')
    expect(told(town).sort()).toEqual([...GROUPS].sort())
  })

  it('repeats until its last day', async () => {
    const { town, chief } = openOffice({ now: '2026-11-23T12:00:00+08:00' })
    using _ = town
    const preview = await ask(town, chief, '公告 给一群 每周三9点到12月9日 今天收大件垃圾')
    expect(preview).toContain('每周三 09:00，11月25日（周三）起，到12月9日（周三）为止')
    await chief.says(`确认 ${codeIn(preview)}`)
    town.heard()
    await town.advance({ days: 30 })
    const heard = town.heard().filter((m) => m.text === '【社区公告】\n今天收大件垃圾')
    expect(heard.map((m) => m.at.slice(0, 16))).toEqual([
      '2026-11-25T01:00',
      '2026-12-02T01:00',
      '2026-12-09T01:00',
    ])
    expect(town.rows('announcement')[0]?.['state']).toBe('done')
  })

  it('is not sent when its time is long over, and staff hear of it', async () => {
    const { town, chief } = openOffice()
    using _ = town
    await announce(town, chief, '公告 明天9点 今天停水')
    town.heard()
    town.jump('2026-11-27T12:00:00+08:00')
    await town.restart()
    await town.settle()
    const heard = town.heard()
    expect(heard.filter((m) => m.text.startsWith('【'))).toEqual([])
    expect(heard.map((m) => m.text).join()).toContain('0/3 已发')
    expect(town.rows('announcement')[0]?.['state']).toBe('expired')
  })

  it('is sent late after a short stop', async () => {
    const { town, chief } = openOffice()
    using _ = town
    await announce(town, chief, '公告 明天9点 今天停水')
    town.heard()
    town.jump('2026-11-25T11:00:00+08:00')
    await town.restart()
    expect(told(town)).toHaveLength(3)
  })

  it('stays unsent once it is out of date', async () => {
    const { town, chief } = openOffice()
    using _ = town
    const code = codeIn(await ask(town, chief, '公告 有效到今天14点 停水到下午两点'))
    town.setOnline(false)
    await chief.says(`确认 ${code}`)
    await town.advance({ hours: 3 })
    town.setOnline(true)
    await town.settle()
    expect(told(town)).toEqual([])
    expect(await ask(town, chief, '公告 进度')).toContain('0/3 已发')
  })
})

describe('the same words again', () => {
  it('are asked about once more where a group had them not long ago', async () => {
    const { town, chief } = openOffice()
    using _ = town
    await announce(town, chief, '公告 给一群 明天停水，请储水！')
    const preview = await ask(town, chief, '公告 明天停水 请储水')
    expect(preview).toContain('和 #1 内容一样')
    const asked = await ask(town, chief, `确认 ${codeIn(preview)}`)
    expect(asked).toContain('真的要再发一遍')
    expect(told(town)).toEqual([])
    await chief.says(`确认 ${codeIn(asked)}`)
    expect(told(town)).toHaveLength(3)
  })

  it('are fine for other groups, and after half a day', async () => {
    const { town, chief } = openOffice()
    using _ = town
    await announce(town, chief, '公告 给一群 明天停水')
    await announce(town, chief, '公告 给二群 明天停水')
    expect(town.sent.filter((m) => m.text === '【社区公告】\n明天停水').map((m) => m.to)).toEqual([
      '二群',
    ])
    await town.advance({ hours: 20 })
    expect(await ask(town, chief, '公告 给一群 明天停水')).not.toContain('内容一样')
  })
})
