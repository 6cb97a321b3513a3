import { describe, expect, it } from 'vitest'
import { phrase } from '../../content/i18n.ts'
import type { ResidentId } from '../../db/schema.ts'
import { enqueue } from '../../handlers/core/outbox.ts'
import { expectOne, expectSilence, openTown, type Town } from '../support/town.ts'

const NOTICE = phrase('programmes.nothingWeek')

/** Something that Linli starts by itself and that reaches the first resident personally. */
async function writeTo(town: Town, topic: 'reminders' | 'surveys', key: string): Promise<void> {
  const to = { resident: 1 as ResidentId }
  town.tx((work) => enqueue(work, { to, key, say: NOTICE, priority: 'notice', topic }))
  await town.settle()
}

describe('退订', () => {
  it.each([
    ['退订', 'all', '全部'],
    ['退订！', 'all', '全部'],
    ['退訂', 'all', '全部'],
    ['退订吧', 'all', '全部'],
    ['退订谢谢', 'all', '全部'],
    ['不要再发了', 'all', '全部'],
    ['別再發了', 'all', '全部'],
    ['STOP', 'all', '全部'],
    ['退订 提醒', 'reminders', '提醒'],
    ['退订：活动提醒', 'reminders', '提醒'],
    ['退订调查', 'surveys', '调查'],
    ['退订 问卷。', 'surveys', '调查'],
    ['退订 全部', 'all', '全部'],
    ['unsubscribe reminders', 'reminders', '提醒'],
  ])('understands %s', async (text, topic, name) => {
    using town = openTown()
    await town.person('王秀英').says(text)
    expectOne(town, '王秀英', '不再给您私信', name)
    expect(town.rows('opt_out').map((r) => r['topic'])).toEqual([topic])
  })

  it.each(['退订牛奶怎么弄', '恢复一下群名', '退订了吗你们'])(
    'is not heard in %s',
    async (text) => {
      using town = openTown()
      await town.person('王秀英').says(text)
      expectOne(town, '王秀英', '没听明白')
      expect(town.rows('opt_out')).toEqual([])
    },
  )

  it('stops what reaches the resident personally, by topic, and no reply', async () => {
    using town = openTown()
    const wang = town.person('王秀英')
    await wang.says('退订 提醒')
    town.heard()
    await writeTo(town, 'reminders', 'a')
    expectSilence(town)
    await writeTo(town, 'surveys', 'b')
    expectOne(town, '王秀英')
    await wang.says('退订')
    town.heard()
    await writeTo(town, 'surveys', 'c')
    expectSilence(town)
    await wang.says('今天有什么活动')
    expectOne(town, '王秀英', '今天')
  })

  it('is taken back by topic, or altogether', async () => {
    using town = openTown()
    const wang = town.person('王秀英')
    for (const text of ['退订 提醒', '退订 调查', '恢复 提醒']) await wang.says(text)
    expect(town.rows('opt_out').map((r) => r['topic'])).toEqual(['surveys'])
    await wang.says('退订')
    await wang.says('恢复')
    expect(town.heard().at(-1)?.text).toContain('已恢复：全部')
    expect(town.rows('opt_out')).toEqual([])
  })

  it('of everything, taken back for one topic, leaves the others out', async () => {
    using town = openTown()
    const wang = town.person('王秀英')
    await wang.says('退订')
    await wang.says('恢复 提醒')
    town.heard()
    await writeTo(town, 'reminders', 'a')
    expectOne(town, '王秀英')
    await writeTo(town, 'surveys', 'b')
    expectSilence(town)
  })

  it('may be said twice', async () => {
    using town = openTown()
    const wang = town.person('王秀英')
    await wang.says('退订')
    await wang.says('退订')
    expect(town.heard()).toHaveLength(2)
    expect(town.rows('opt_out')).toHaveLength(1)
  })

  it('concerns the speaker alone', async () => {
    using town = openTown()
    await town.person('王秀英').says('帮助')
    await town.person('李强').says('小邻 退订', '一群')
    town.heard()
    await writeTo(town, 'reminders', 'a')
    expectOne(town, '王秀英')
  })
})

describe('the language', () => {
  it.each([
    ['语言 繁体', '好的，以後說繁體中文'],
    ['語言 繁體', '好的，以後說繁體中文'],
    ['语言 English', 'English'],
    ['language english', 'English'],
    ['换语言：英文', 'English'],
    ['语言 简体', '好的，以后说简体中文'],
  ])('is changed with %s', async (text, answer) => {
    using town = openTown()
    const wang = town.person('王秀英')
    await wang.says('隐私')
    town.heard()
    await wang.says(text)
    expectOne(town, '王秀英', answer)
  })

  it('holds for all replies in the direct chat, and for nobody else', async () => {
    using town = openTown()
    const wang = town.person('王秀英')
    await wang.says('语言 English')
    town.heard()
    for (const text of ['嗯呐呐', 'thank you', 'privacy', '语言', 'hello']) {
      await wang.says(text)
      expect(expectOne(town, '王秀英'), text).toMatch(/^[^\p{Script=Han}]*[a-z]{3}/u)
    }
    await wang.says('小邻 隐私', '一群')
    expectOne(town, '一群', '隐私说明')
    await town.person('李强').says('隐私')
    expectOne(town, '李强', '隐私说明')
  })

  it('survives a login with new ids', async () => {
    using town = openTown()
    const wang = town.person('王秀英', { 一群: '18-86-301 王秀英' })
    town.compare()
    await wang.says('语言 繁体')
    await town.relogin()
    town.heard()
    await wang.says('隐私')
    expectOne(town, '王秀英', '隱私說明')
  })

  it('of a group is set by staff', async () => {
    using town = openTown()
    const wang = town.person('王秀英')
    await wang.says('小邻 语言 English', '一群')
    expectOne(town, '一群', '要社区工作人员来办')
    const zhang = town.staff('张主任', 'staff')
    await zhang.says('小邻 语言 English', '一群')
    expectOne(town, '一群', 'English')
    await wang.says('小邻 privacy', '一群')
    expect(expectOne(town, '一群')).not.toContain('隐私')
    await wang.says('小邻 隐私', '二群')
    expectOne(town, '二群', '隐私说明')
  })

  it('of a group is also that of its reminders', async () => {
    using town = openTown()
    await town.staff('张主任', 'staff').says('小邻 语言 繁体', '一群')
    town.heard()
    await town.goTo('2026-11-24T19:00:00+08:00')
    const heard = town.heard()
    expect(heard.find((m) => m.to === '一群')?.text).toContain('週三')
    expect(heard.find((m) => m.to === '二群')?.text).toContain('周三')
  })
})

describe('我的住址', () => {
  it('is prefilled from the room nickname, confirmed, and kept', async () => {
    using town = openTown()
    const wang = town.person('王秀英', { 一群: '18-86-301 王秀英' })
    town.compare()
    await wang.says('我的住址')
    expectOne(town, '王秀英', '您住在18街坊86门301，对吗')
    await wang.says('对的')
    expectOne(town, '王秀英', '记下了')
    expect(town.rows('resident')[0]).toMatchObject({ home: '18-86', home_room: '301' })
  })

  it('is prefilled before the member lists were ever compared', async () => {
    using town = openTown()
    const wang = town.person('18-86-301 王秀英')
    await wang.says('我的住址')
    expectOne(town, '18-86-301 王秀英', '18街坊86门301')
  })

  it.each(['1', '是', '是的。', '对', '对啊', '没错', '嗯', '好的', 'Yes', '１', '①', '對'])(
    'is confirmed with %s',
    async (text) => {
      using town = openTown()
      const wang = town.person('18-86-301 王秀英')
      await wang.says('我的住址')
      await wang.says(text)
      expect(town.heard().at(-1)?.text).toContain('记下了')
    },
  )

  it.each(['2', '不对', '不是', '不是啊', '错了', 'no'])('is corrected after %s', async (text) => {
    using town = openTown()
    const wang = town.person('18-86-301 王秀英')
    await wang.says('我的住址')
    await wang.says(text)
    expect(town.heard().at(-1)?.text).toContain('您住在哪一栋')
    await wang.says('28街坊3号楼2单元501')
    expectOne(town, '18-86-301 王秀英', '3号楼2单元501', '对吗')
    expect(town.rows('resident')[0]).toMatchObject({ home: null })
    await wang.says('对')
    expect(town.rows('resident')[0]).toMatchObject({ home: '28-3-2', home_room: '501' })
  })

  it('is corrected at once with another address', async () => {
    using town = openTown()
    const wang = town.person('18-86-301 王秀英')
    await wang.says('我的住址')
    await wang.says('不是，搬到28街坊3号楼了')
    expect(town.heard().at(-1)?.text).toContain('3号楼')
    await wang.says('对')
    expect(town.rows('resident')[0]).toMatchObject({ home: '28-3', home_room: null })
  })

  it('is put together from pieces', async () => {
    using town = openTown()
    const wang = town.person('王秀英')
    await wang.says('我的住址')
    expect(town.heard().at(-1)?.text).toContain('您住在哪一栋')
    await wang.says('我住')
    await wang.says('18街坊86门')
    expect(town.heard().at(-1)?.text).toContain('18街坊86门')
    await wang.says('86门301')
    expect(town.heard().at(-1)?.text).toContain('18街坊86门301')
  })

  it('is shown again for a change once it is known', async () => {
    using town = openTown()
    const wang = town.person('18-86-301 王秀英')
    for (const text of ['我的住址', '对', '我的住址']) await wang.says(text)
    expect(town.heard().at(-1)?.text).toContain('您住在18街坊86门301，对吗')
  })

  it('is in the reader’s language', async () => {
    using town = openTown()
    const wang = town.person('18-86-301 王秀英')
    await wang.says('语言 English')
    await wang.says('my address')
    expect(town.heard().at(-1)?.text).toContain('Block 18, Entrance 86 301')
  })

  it('is never said in a group', async () => {
    using town = openTown()
    const wang = town.person('王秀英', { 一群: '18-86-301 王秀英' })
    town.compare()
    await wang.says('我的住址')
    await wang.says('对')
    town.heard()
    await wang.says('我的住址', '一群')
    expectSilence(town)
    await wang.says('小邻 我的住址', '一群')
    expect(expectOne(town, '一群')).not.toMatch(/86|301/)
    expect(town.rows('dialogue')).toEqual([])
  })
})

describe('what is kept', () => {
  it('is forgotten when it is of no more use', async () => {
    using town = openTown()
    const wang = town.person('王秀英')
    await wang.says('我的住址')
    await town.advance({ days: 2 })
    expect(town.rows('dialogue')).toEqual([])
    expect(town.rows('processed_message')).toHaveLength(1)
    await town.advance({ days: 30 })
    expect(town.rows('processed_message')).toEqual([])
  })

  it('has no words of residents but the outbox’s own', async () => {
    using town = openTown()
    const wang = town.person('王秀英')
    await wang.says('小邻 股票又跌了我受不了', '一群')
    await wang.says('股票又跌了我受不了')
    const tables = Object.keys(town.counts()).filter((t) => t !== 'migration')
    const all = JSON.stringify(tables.map((t) => town.rows(t as 'outbox')))
    expect(all).not.toContain('股票')
  })
})

describe('隐私', () => {
  it('said first of all has the notice once, and it does not come again', async () => {
    using town = openTown()
    const wang = town.person('王秀英')
    const notices = () => town.heard().filter((m) => m.text.includes('退订'))
    await wang.says('隐私')
    const [first, ...more] = notices()
    expect(more).toEqual([])
    expect(first?.text.match(/退订/gu)).toHaveLength(1)
    await wang.says('帮助')
    expect(notices().filter((m) => m.text.includes(first?.text ?? ''))).toEqual([])
  })

  it('said in a group leaves the notice to the first direct answer', async () => {
    using town = openTown()
    const wang = town.person('王秀英')
    await wang.says('小邻 隐私', '一群')
    town.heard()
    await wang.says('帮助')
    expect(
      town
        .heard()
        .map((m) => m.text)
        .join(),
    ).toContain('退订')
  })
})
