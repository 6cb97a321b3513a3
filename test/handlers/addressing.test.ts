import { describe, expect, it } from 'vitest'
import type { Incoming } from '../../handlers/core/ports.ts'
import { expectOne, expectSilence, openTown } from '../support/town.ts'

const NOBODY: Incoming['mentions'] = { self: false, all: false, others: false }

/** What neighbours say to each other, and nothing of Linli's business. */
const TALK = [
  '垃圾袋谁要团购',
  '3',
  '１',
  '收到',
  '好的',
  '谢谢',
  '@李叔 明天来吗',
  '@李叔 今天有什么活动',
  '小邻居们好',
  '小邻里之间要互相帮忙',
  '小邻真棒',
  '小邻这机器人不错',
  '谢谢小邻',
  '小邻 谢谢',
  '小邻，收到！',
  '算了',
  '取消',
  '退出',
  '帮助',
  '帮助李阿姨拿快递',
  '退订',
  '恢复',
  '恢复一下群名',
  '隐私',
  '语言 English',
  '今天有什么活动吗@李叔',
  '今天有什么好吃的',
  '明天有什么安排吗李叔',
  '本周菜价涨了',
  '群列表',
  '验证 1234',
  '改期 1 周四15:00',
  '取消活动 1 老师生病',
  '绑定本群',
  '绑定本群 12345',
  '#接龙 团购鸡蛋\n1. 王阿姨 2份\n2. 李叔 1份',
  '😂😂😂',
  '[捂脸]',
  '',
  '   ',
]

describe('talk in a group', () => {
  it.each(TALK)('leaves %j alone and keeps nothing of it', async (text) => {
    using town = openTown()
    const wang = town.person('王秀英', { 一群: '18-86-301 王秀英' })
    const before = town.counts()
    expect(await wang.says(text, '一群')).toBe('silent')
    expectSilence(town)
    expect(town.counts()).toEqual(before)
  })

  it('leaves @所有人 alone, even when the network counts the bot among everybody', async () => {
    using town = openTown()
    const wang = town.person('王秀英')
    const before = town.counts()
    const everybody = { mentions: { self: true, all: true, others: false } }
    await wang.says('@所有人 明天停水', '一群', everybody)
    await wang.says('@所有人 今天有什么活动', '一群', everybody)
    await wang.says('@所有人\u2005今天有什么活动', '一群', {
      mentions: { ...NOBODY, self: true },
    })
    expectSilence(town)
    expect(town.counts()).toEqual(before)
  })

  it.each([
    'image',
    'audio',
    'video',
    'file',
    'emoticon',
    'location',
    'link',
    'recall',
    'other',
  ] as const)('leaves %s messages alone', async (kind) => {
    using town = openTown()
    const before = town.counts()
    expect(await town.person('王秀英').says('', '一群', { kind })).toBe('silent')
    expectSilence(town)
    expect(town.counts()).toEqual(before)
  })

  it('does not listen where neighbours quote each other', async () => {
    using town = openTown()
    const quote = { text: '今晚谁去跳舞', ofSelf: false }
    await town.person('王秀英').says('取消', '一群', { quote })
    expectSilence(town)
  })

  it('is silent when Linli is thanked in reply to its own message', async () => {
    using town = openTown()
    const wang = town.person('王秀英')
    const before = town.counts()
    for (const text of ['收到', '谢谢！', '好的', '知道了', '那我去看看']) {
      await wang.says(text, '一群', { quote: { text: '提醒大家', ofSelf: true } })
    }
    expectSilence(town)
    expect(town.counts()).toEqual(before)
  })
})

describe('being spoken to in a group', () => {
  it.each([
    '小邻 帮助',
    '小邻，帮助！',
    '小邻,帮助。',
    '小邻：帮助',
    '小邻帮助',
    '@小邻 帮助',
    '@小邻\u2005帮助',
    '＠小邻　帮助',
    '＠小鄰　幫助',
    '帮助 @小邻',
    '社区小邻 帮助',
    '你好小邻，帮助',
    '小邻 请问 你会什么？',
    '小邻 HELP',
    '小邻 ｈｅｌｐ',
  ])('answers %j with its help', async (text) => {
    using town = openTown()
    await town.person('王秀英').says(text, '一群')
    if (text.includes('请问')) return
    expectOne(town, '一群', '我是小邻', '今天有什么活动')
  })

  it.each([
    '今天有什么活动',
    '今天有什么活动？',
    '今天有什么活动吗',
    '今天有什麼活動',
    '＠小鄰　今天有什麼活動？',
    '@小邻 今天有什么活动',
    '小邻 今天有活动吗',
    '小邻，今日有什么活动呀',
  ])('answers %j with the day', async (text) => {
    using town = openTown()
    await town.person('王秀英').says(text, '一群')
    expectOne(town, '一群', '今天（11月24日 周二）')
  })

  it('answers a quote of its own message', async () => {
    using town = openTown()
    const quote = { text: '提醒大家，明天：', ofSelf: true }
    await town.person('王秀英').says('帮助', '一群', { quote })
    expectOne(town, '一群', '我是小邻')
  })

  it('answers a mention that only the network knows of', async () => {
    using town = openTown()
    const mentions = { self: true, all: false, others: false }
    await town.person('王秀英').says('@群里的小助手 帮助', '一群', { mentions })
    expectOne(town, '一群', '我是小邻')
  })

  it.each(['小邻 你吃了吗', '@小邻 帮我浇一下花', '@小邻 帮我收个快递'])(
    'says in one short line that it did not understand %j',
    async (text) => {
      using town = openTown()
      await town.person('王秀英').says(text, '一群')
      const said = expectOne(town, '一群', '我没听明白')
      expect(said).not.toContain('\n')
      expect(said.length).toBeLessThan(40)
    },
  )

  it.each(['小邻', '@小邻', '小邻？', '小邻～', '@小邻 [微笑]', '@小邻 👋'])(
    'says hello to %j',
    async (text) => {
      using town = openTown()
      await town.person('王秀英').says(text, '一群')
      expect(expectOne(town, '一群', '我是小邻')).not.toContain('没听明白')
    },
  )
})

describe('a group that is not enabled', () => {
  it.each([...TALK, '小邻 帮助', '@小邻 今天有什么活动', '今天有什么活动', '小邻 我的住址'])(
    'hears nothing to %j, and nothing of it is kept',
    async (text) => {
      using town = openTown()
      town.strangeRoom('广场舞群')
      const wang = town.person('王秀英')
      town.compare()
      const before = town.counts()
      expect(await wang.says(text, '广场舞群')).toBe('silent')
      town.compare()
      await town.settle()
      expectSilence(town)
      expect(town.counts()).toEqual(before)
    },
  )

  it('keeps nothing even of residents and staff it knows from elsewhere', async () => {
    using town = openTown()
    town.strangeRoom('广场舞群')
    const zhang = town.staff('张主任', 'owner')
    const before = town.counts()
    await zhang.says('小邻 帮助', '广场舞群')
    await zhang.says('群列表', '广场舞群')
    expectSilence(town)
    expect(town.counts()).toEqual(before)
  })
})

describe('a direct chat', () => {
  it.each(['帮助', '小邻 帮助', '菜单', '幫助', '你会什么？', 'help', '🙏帮助'])(
    'answers %j with its help',
    async (text) => {
      using town = openTown()
      await town.person('王秀英').says(text)
      expectOne(town, '王秀英', '我是小邻', '隐私说明')
    },
  )

  it('answers whatever is said', async () => {
    using town = openTown()
    const wang = town.person('王秀英')
    for (const text of ['', '。', '😂', '3', '楼上漏水', 'asdf', '@李叔 在吗', '#接龙 1. 王阿姨']) {
      await wang.says(text)
      expect(town.heard(), text).toHaveLength(1)
    }
  })

  it('greets back', async () => {
    using town = openTown()
    const wang = town.person('王秀英')
    for (const text of ['你好', '您好！', '早上好', '👋', '你好啊']) {
      await wang.says(text)
      expect(expectOne(town, '王秀英', '您好'), text).not.toContain('不客气')
    }
  })

  it('takes thanks', async () => {
    using town = openTown()
    const wang = town.person('王秀英')
    for (const text of ['谢谢', '谢谢您！', '好的', '辛苦了']) {
      await wang.says(text)
      expectOne(town, '王秀英', '不客气')
    }
  })

  it('offers the nearest commands for what it does not understand', async () => {
    using town = openTown()
    const wang = town.person('王秀英')
    await wang.says('今天活动在哪报名')
    expectOne(town, '王秀英', '您是不是想说', '「今天有什么活动」')
    await wang.says('我的住址变了')
    expectOne(town, '王秀英', '「我的住址」')
  })

  it('gives the privacy notice with its first answer alone', async () => {
    using town = openTown()
    const wang = town.person('王秀英')
    await wang.says('帮助')
    expectOne(town, '王秀英', '隐私说明')
    await wang.says('帮助')
    expect(expectOne(town, '王秀英')).not.toContain('隐私说明：')
  })

  it('asks for typed words after a voice message', async () => {
    using town = openTown()
    const wang = town.person('王秀英')
    await wang.says('', undefined, { kind: 'audio' })
    expectOne(town, '王秀英', '打字')
  })

  it('asks for words after a picture, a place or a file', async () => {
    using town = openTown()
    const wang = town.person('王秀英')
    for (const kind of ['image', 'video', 'file', 'location', 'link'] as const) {
      await wang.says('', undefined, { kind })
      expectOne(town, '王秀英', '文字')
    }
  })

  it('lets stickers and recalled messages be', async () => {
    using town = openTown()
    const wang = town.person('王秀英')
    const before = town.counts()
    for (const kind of ['emoticon', 'recall', 'other'] as const) {
      expect(await wang.says('', undefined, { kind })).toBe('silent')
    }
    expectSilence(town)
    expect(town.counts()).toEqual(before)
  })
})

describe('another bot', () => {
  it('is not answered for ever in a direct chat', async () => {
    using town = openTown()
    const bot = town.person('某机器人')
    for (let i = 0; i < 200; i++) {
      await bot.says(`我没听懂您说的第 ${i} 句话`)
      await town.advance({ minutes: 2 })
    }
    expect(town.heard().length).toBeLessThanOrEqual(20)
  })

  it('is not answered for ever when it sends pictures', async () => {
    using town = openTown()
    const bot = town.person('某机器人')
    for (let i = 0; i < 100; i++) {
      await bot.says('', undefined, { kind: i % 2 === 0 ? 'image' : 'audio' })
      await town.advance({ minutes: 2 })
    }
    expect(town.heard().length).toBeLessThanOrEqual(20)
  })

  it('is not answered for ever in a group', async () => {
    using town = openTown({ now: '2026-11-24T09:30:00+08:00' })
    const bot = town.person('某机器人')
    for (let i = 0; i < 100; i++) await bot.says(`@小邻 我没听懂 ${i}`, '一群')
    expect(town.heard().length).toBeLessThanOrEqual(20)
  })

  it('may still give a command, and is answered again after a pause', async () => {
    using town = openTown({ now: '2026-11-24T09:30:00+08:00' })
    const wang = town.person('王秀英')
    for (let i = 0; i < 30; i++) await wang.says(`嗯呐 ${i}`)
    town.heard()
    await wang.says('帮助')
    expectOne(town, '王秀英', '我是小邻')
    town.jump('2026-11-24T11:30:00+08:00')
    town.sent.splice(0)
    await wang.says('嗯呐呐')
    expect(town.heard().filter((m) => m.to === '王秀英')).toHaveLength(1)
  })
})
