import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Address, address, splitQuote } from '../../handlers/core/text/address.ts'

const NAMES = ['小邻', '邻里']

function heard(text: string, more: Partial<Address> = {}) {
  const mentions = { self: false, all: false, others: false }
  return address({ text, mentions, quoteOfSelf: false, direct: false, ...more }, NAMES)
}
const self = { mentions: { self: true, all: false, others: false } }
const others = { mentions: { self: false, all: false, others: true } }
const all = { mentions: { self: true, all: true, others: true } }

describe('being spoken to by name in a group', () => {
  it.each([
    ['@小邻 今天有什么活动', 'mention', '今天有什么活动'],
    ['@小邻\u2005今天有什么活动', 'mention', '今天有什么活动'],
    ['@小邻今天有什么活动', 'mention', '今天有什么活动'],
    ['@小邻报修', 'mention', '报修'],
    ['＠小鄰　今天有什麼活動', 'mention', '今天有什么活动'],
    ['@ 小邻 报名3', 'mention', '报名3'],
    ['@小邻：报名３', 'mention', '报名3'],
    ['\u200e@小邻 报名', 'mention', '报名'],
    ['@小邻', 'mention', ''],
    ['@小邻 @小邻 在吗', 'mention', '在吗'],
    ['你好 @小邻 报名', 'mention', '报名'],
    ['今天有什么活动 @小邻', 'mention', '今天有什么活动'],
    ['今天有什么活动,@小邻', 'mention', '今天有什么活动'],
    ['小邻 今天有什么活动', 'name', '今天有什么活动'],
    ['小邻，今天有什么活动', 'name', '今天有什么活动'],
    ['小邻:今天有什么活动', 'name', '今天有什么活动'],
    ['小邻!!报修', 'name', '报修'],
    ['小鄰\n报修\n三号楼', 'name', '报修\n三号楼'],
    ['小邻小邻 今天有什么活动', 'name', '今天有什么活动'],
    ['小邻，小邻，今天有什么活动', 'name', '今天有什么活动'],
    ['小邻 邻里纠纷怎么办', 'name', '邻里纠纷怎么办'],
    ['邻里 本周活动', 'name', '本周活动'],
    ['请问小邻 今天有活动吗', 'name', '今天有活动吗'],
    ['你好,小邻', 'name', ''],
    ['小邻👋报名', 'name', '👋报名'],
    ['小邻', 'name', ''],
    ['小邻?', 'name', ''],
  ])('%j is a %s saying %j', (text, how, body) => {
    expect(heard(text)).toMatchObject({ how, body, glued: false, othersMentioned: false })
  })

  it.each([
    ['小邻今天有什么活动', '今天有什么活动'],
    ['小邻真棒', '真棒'],
    ['小邻小邻你好', '你好'],
    ['请问小邻今天有活动吗', '今天有活动吗'],
  ])('%j runs the name into what follows', (text, body) => {
    expect(heard(text)).toMatchObject({ how: 'name', glued: true, body })
  })

  it.each([
    ...[
      '小邻居们好',
      '小邻居',
      '@小邻居 明天来吗',
      '邻里之间要和睦',
      '邻里关系',
      '@小邻家超市 有米吗',
    ],
    ...['我问过小邻了', '今天天气真好', '', '大家好', '@', '@ ', 'mail a@小邻', '谁是小邻'],
    ...['@所有人 今天停水', '@所有人 小邻今天维护', '@all 明天开会', '＠所有人　通知'],
  ])('%j is not for the bot', (text) => {
    expect(heard(text).how).toBe('none')
  })

  it('keeps the words as they were typed', () => {
    const { words, body } = heard('@小鄰 改到 Ｂ座二樓 Room A')
    expect(words).toBe('改到 Ｂ座二樓 Room A')
    expect(body).toBe('改到 b座二楼 room a')
  })
})

describe('what the network flags', () => {
  it('finds the mention anywhere in the text', () => {
    expect(heard('今天有什么活动 @小邻', self)).toMatchObject({
      how: 'mention',
      body: '今天有什么活动',
    })
    expect(heard('请@小邻帮我报修', self)).toMatchObject({ how: 'mention', body: '请帮我报修' })
  })

  it('trusts it for a nickname that the bot was not told of', () => {
    expect(heard('@光明管家\u2005今天有什么活动', self)).toMatchObject({
      how: 'mention',
      body: '今天有什么活动',
      othersMentioned: false,
    })
  })

  it('counts a mention without any @ in the text', () => {
    expect(heard('报修', self)).toMatchObject({ how: 'mention', body: '报修' })
  })

  it('never takes a call to everybody for an address', () => {
    expect(heard('@所有人 今天停水', all).how).toBe('none')
    expect(heard('今天停水', all).how).toBe('none')
    expect(heard('@所有人 今天停水', self).how).toBe('none')
    expect(heard('@所有人 收到请回复', { ...all, quoteOfSelf: true }).how).toBe('none')
  })

  it('still answers when the text names the bot at its start', () => {
    expect(heard('@小邻 @所有人 今天有什么活动', all).how).toBe('mention')
    expect(heard('小邻 今天有什么活动 @所有人', all).how).toBe('name')
  })

  it('sees that somebody else is meant', () => {
    expect(heard('@李叔 明天来吗', others)).toMatchObject({ how: 'none', othersMentioned: true })
    expect(heard('@李叔 明天来吗')).toMatchObject({ how: 'none', othersMentioned: true })
    expect(heard('明天@李叔')).toMatchObject({ how: 'none', othersMentioned: true })
    expect(heard('@小邻铺老板 有米吗', others)).toMatchObject({
      how: 'none',
      othersMentioned: true,
    })
    expect(heard('@李叔 小邻真棒').how).toBe('none')
  })

  it('hears the bot among others', () => {
    expect(heard('@李叔 @小邻 帮他报名', { mentions: { ...self.mentions, others: true } })).toEqual(
      {
        how: 'mention',
        glued: false,
        body: '@李叔 帮他报名',
        words: '@李叔 帮他报名',
        othersMentioned: true,
      },
    )
    expect(heard('@小邻 @李叔 也去')).toMatchObject({ how: 'mention', othersMentioned: true })
  })

  it('does not take an e-mail address for a mention', () => {
    expect(heard('发到 wang@example.com')).toMatchObject({ how: 'none', othersMentioned: false })
  })
})

describe('quotes and direct chats', () => {
  it('takes a quote of its own message as speaking to it', () => {
    expect(heard('２', { quoteOfSelf: true })).toMatchObject({
      how: 'quote',
      body: '2',
      words: '２',
    })
    expect(heard('小邻真棒', { quoteOfSelf: true })).toMatchObject({
      how: 'quote',
      body: '小邻真棒',
    })
    expect(heard('@小邻 2', { quoteOfSelf: true })).toMatchObject({ how: 'mention', body: '2' })
  })

  it('always listens in a direct chat, with or without its name', () => {
    const direct = { direct: true }
    expect(heard('报修', direct)).toMatchObject({ how: 'direct', body: '报修', glued: false })
    expect(heard('小邻，报修', direct)).toMatchObject({ how: 'direct', body: '报修' })
    expect(heard('小邻报修', direct)).toMatchObject({ how: 'direct', body: '报修', glued: false })
    expect(heard('邻里关系不好', direct)).toMatchObject({ how: 'direct', body: '邻里关系不好' })
  })
})

describe('any text at all', () => {
  const piece = fc.constantFrom(
    '@',
    '小邻',
    '小鄰',
    '邻里',
    '居',
    ' ',
    ',',
    '所有人',
    '李叔',
    '活动',
    '\0',
    '👋',
  )
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(piece).map((p) => p.join('')),
  )

  it('is read without throwing, and nothing but the name is lost', () => {
    fc.assert(
      fc.property(text, fc.boolean(), fc.boolean(), (said, me, quoteOfSelf) => {
        const heardIt = heard(said, {
          quoteOfSelf,
          mentions: { self: me, all: false, others: false },
        })
        if (said.includes('活动') && !said.includes('@')) expect(heardIt.body).toContain('活动')
        if (heardIt.how === 'none') expect(heardIt.words).toBe(said)
      }),
      { numRuns: 2000 },
    )
  })

  it.each(['@', '小邻', '@小邻', ' ', ',', '「', '」\n', '@ 李'])('is linear in %j', (unit) => {
    const started = performance.now()
    heard(unit.repeat(10_000), self)
    splitQuote(`「a：${unit.repeat(10_000)}`)
    expect(performance.now() - started).toBeLessThan(500)
  })
})

describe('a quote flattened into the text', () => {
  const RULE = '- - - - - - - - - - - - - - -'

  it('comes apart into who, what and the reply', () => {
    expect(splitQuote(`「小邻：请回复 1 或 2」\n${RULE}\n2`)).toEqual({
      quote: { name: '小邻', text: '请回复 1 或 2' },
      reply: '2',
    })
  })

  it('may have many lines on both sides', () => {
    expect(splitQuote(`「王阿姨：一\n二：三」\n${RULE}\n四\n五`)).toEqual({
      quote: { name: '王阿姨', text: '一\n二：三' },
      reply: '四\n五',
    })
  })

  it.each([
    ['brackets in the content', `「李叔：看「通知」了」\n${RULE}\n好`, '看「通知」了', '好'],
    ['an unbalanced bracket', `「李叔：看「通知了」\n${RULE}\n好`, '看「通知了', '好'],
    [
      'a quote in the quote',
      `「李叔：「王：早」\n${RULE}\n早」\n${RULE}\n好`,
      `「王：早」\n${RULE}\n早`,
      '好',
    ],
    [
      'a quote in the reply',
      `「李叔：早」\n${RULE}\n「王：早」\n${RULE}\n好`,
      '早',
      `「王：早」\n${RULE}\n好`,
    ],
    ['CRLF', `「李叔：早」\r\n${RULE}\r\n好`, '早', '好'],
    ['an ASCII colon', `「李叔:早」\n${RULE}\n好`, '早', '好'],
    ['an empty reply', `「李叔：早」\n${RULE}\n`, '早', ''],
  ])('copes with %s', (_, text, quoted, reply) => {
    expect(splitQuote(text)).toEqual({ quote: { name: '李叔', text: quoted }, reply })
  })

  it.each([
    ...[
      '',
      '你好',
      '「通知」今天停水',
      '「王：早」',
      '「王：早」\n好',
      `早\n${RULE}\n好`,
      `「早」\n${RULE}\n好`,
    ],
    ...['「'.repeat(50), `前面「王：早」\n${RULE}\n好`],
  ])('leaves %j alone', (text) => {
    expect(splitQuote(text)).toEqual({ reply: text })
  })

  it('gives back any name, content and reply', () => {
    const line = fc.string({ unit: 'grapheme' }).filter((s) => !/[：:「」\n\r]/.test(s))
    fc.assert(
      fc.property(line, line, line, (name, text, reply) => {
        expect(splitQuote(`「${name}：${text}」\n${RULE}\n${reply}`)).toEqual({
          quote: { name, text },
          reply,
        })
      }),
    )
  })
})
