import { describe, expect, it } from 'vitest'
import { repairText, sentAt } from '../../bot/wechaty/incoming.ts'
import { toInstant } from '../../content/time.ts'
import { NOW, openTown } from './wechaty-support.ts'

describe('a message in a room', () => {
  it('comes with its room, sender, alias, id and time', async () => {
    await using town = await openTown()
    const message = await town.say('p1', 'r1', '楼道灯坏了')
    expect(message).toEqual({
      session: 1,
      messageId: expect.stringMatching(/^m\d+$/),
      room: { platformId: town.views[0]?.platformId, topic: '18街坊' },
      sender: {
        platformId: town.views[0]?.members[0]?.platformId,
        name: '张三',
        alias: '3-502 张',
      },
      kind: 'text',
      text: '楼道灯坏了',
      mentions: { self: false, all: false, others: false },
      at: expect.stringMatching(/^2026-11-23T07:00:00/),
    })
  })

  it('comes with an alias that was changed without a word', async () => {
    await using town = await openTown()
    await town.say('p2', 'r1', '早')
    town.world.addMember('r1', 'p2', { alias: '2-101 李' })
    expect((await town.say('p2', 'r1', '晚')).sender.alias).toBe('2-101 李')
  })

  it('of a room that was made after the login comes after the room', async () => {
    await using town = await openTown()
    await town.settled()
    const { id } = town.world.addRoom('29街坊', [{ person: 'p3' }])
    const message = await town.say('p3', id, '大家好')
    expect(message.room?.topic).toBe('29街坊')
    expect(town.record.entries).toContain('room 1: 29街坊 王五 小邻')
  })

  it('that the bot said itself is nobody’s', async () => {
    await using town = await openTown()
    const { id } = town.world.post({ from: 'bot', room: 'r1', kind: 'text', text: '我是小邻' })
    await town.network.handled(id)
    expect(town.incoming).toEqual([])
  })
})

describe('a direct message', () => {
  it('has no room and mentions nobody', async () => {
    await using town = await openTown()
    const message = await town.say('p2', undefined, '@小邻 你好')
    expect(message.room).toBeUndefined()
    expect(message.sender.name).toBe('李四')
    expect(message.mentions).toEqual({ self: false, all: false, others: false })
  })

  it('of an official account is dropped', async () => {
    await using town = await openTown()
    const [puppet] = town.puppets
    if (!puppet) throw new Error('no puppet')
    const contact = puppet.contactRawPayload.bind(puppet)
    puppet.contactRawPayload = async (id) => ({ ...(await contact(id)), type: 2 })
    await expect(town.say('p2', undefined, '今日头条')).rejects.toThrow('not handed over')
    expect(town.record.entries.filter((each) => each.startsWith('error'))).toEqual([])
  })
})

describe('mentions', () => {
  const nobody = { self: false, all: false, others: false }

  it('come from the list of the network', async () => {
    await using town = await openTown()
    const say = async (text: string, ...mentions: string[]) =>
      (await town.say('p1', 'r1', text, { mentions })).mentions
    expect(await say('报修', 'bot')).toEqual({ ...nobody, self: true })
    expect(await say('报修', 'p2')).toEqual({ ...nobody, others: true })
    expect(await say('报修', 'bot', 'p2')).toEqual({ self: true, all: false, others: true })
  })

  it('of everybody are not of the bot, whether listed or written', async () => {
    await using town = await openTown()
    const say = async (text: string, ...mentions: string[]) =>
      (await town.say('p1', 'r1', text, { mentions })).mentions
    town.faults.set({ textMentionsOnly: true })
    expect(await say('@所有人 明天停水')).toEqual({ ...nobody, all: true })
    expect(await say('@All 明天停水')).toEqual({ ...nobody, all: true })
    expect(await say('@alley 你好')).toEqual({ ...nobody, others: true })
    town.faults.set({ textMentionsOnly: false })
    const [puppet] = town.puppets
    if (!puppet) throw new Error('no puppet')
    const parse = puppet.messageRawPayloadParser.bind(puppet)
    const everybody = town.views[0]?.members.map((each) => each.platformId) ?? []
    puppet.messageRawPayloadParser = async (raw) => ({
      ...(await parse(raw)),
      mentionIdList: everybody,
    })
    expect(await say('明天停水')).toEqual({ ...nobody, all: true })
  })

  it('come from the text where the network lists none', async () => {
    await using town = await openTown()
    town.faults.set({ textMentionsOnly: true })
    town.world.addMember('r1', 'bot', { alias: '楼管小助手' })
    await town.settled()
    const say = async (text: string) => (await town.say('p1', 'r1', text)).mentions
    expect(await say('@小邻\u2005报修')).toEqual({ ...nobody, self: true })
    expect(await say('请 @邻里，看一下')).toEqual({ ...nobody, self: true })
    expect(await say('＠小邻 报修')).toEqual({ ...nobody, self: true })
    expect(await say('@楼管小助手 报修')).toEqual({ ...nobody, self: true })
    expect(await say('@李四 在吗')).toEqual({ ...nobody, others: true })
    expect(await say('发到 li@example.com')).toEqual(nobody)
  })

  it('whose name runs on are left to whoever reads the words', async () => {
    await using town = await openTown()
    town.faults.set({ textMentionsOnly: true })
    expect((await town.say('p1', 'r1', '@小邻报修')).mentions).toEqual(nobody)
    expect((await town.say('p1', 'r1', '@小邻居 在吗')).mentions).toEqual(nobody)
  })
})

describe('a quote', () => {
  it('is taken off the text, and known when it is of the bot', async () => {
    await using town = await openTown()
    await town.network.chat.send({ room: town.views[0]?.platformId ?? '' }, '请问几号楼？')
    const [asked] = town.world.messages({ room: 'r1' })
    const answer = await town.say('p1', 'r1', '3号楼', { quote: asked?.id ?? '' })
    expect(answer.text).toBe('3号楼')
    expect(answer.quote).toEqual({ text: '请问几号楼？', ofSelf: true })
  })

  it('of somebody else is not of the bot', async () => {
    await using town = await openTown()
    const { messageId = '' } = await town.say('p2', 'r1', '灯坏了')
    const answer = await town.say('p1', 'r1', '我也看到了', { quote: messageId })
    expect(answer.quote).toEqual({ text: '灯坏了', ofSelf: false })
  })
})

describe('a text that was cut off', () => {
  it('is whole again', async () => {
    await using town = await openTown()
    town.faults.set({ truncateAtColonNewline: true })
    expect((await town.say('p1', 'r1', '报修:\n3-502 漏水:\n很急')).text).toBe(
      '报修:\n3-502 漏水:\n很急',
    )
    expect((await town.say('p1', 'r1', '早')).text).toBe('早')
  })

  it.each([
    ['报修', '@abc:\n报修:\n3-502', '报修:\n3-502'],
    ['报修', '老王:\n报修:\n3-502', '报修:\n3-502'],
    ['报修', '报修:\n3-502', '报修:\n3-502'],
    ['早', '早', '早'],
    ['早', '@abc:\n早', '早'],
    ['早', '<msg/>', '早'],
    ['', '', ''],
  ])('%j of %j is %j', (delivered, content, whole) => {
    expect(repairText(delivered, content)).toBe(whole)
  })
})

describe('other kinds', () => {
  it.each(['image', 'audio', 'video', 'file', 'emoticon', 'location', 'link', 'other'] as const)(
    '%s has no words',
    async (kind) => {
      await using town = await openTown()
      const file = { name: 'a.jpg', type: 'image/jpeg', bytes: new Uint8Array([1]) }
      const { id } = town.world.post({ from: 'p1', room: 'r1', kind, text: '「x」', file })
      await town.network.handled(id)
      expect(town.incoming).toMatchObject([{ kind, text: '', sender: { name: '张三' } }])
    },
  )

  it('a recall is told as one', async () => {
    await using town = await openTown()
    const { messageId = '' } = await town.say('p1', 'r1', '说错了')
    town.world.recall(messageId)
    await town.settled()
    expect(town.incoming.at(-1)).toMatchObject({ kind: 'recall', text: '' })
  })
})

describe('the time of sending', () => {
  it('is read from seconds and milliseconds, and is now when there is none', () => {
    const at = toInstant('2026-11-23T15:00:00+08:00')
    expect(sentAt(1_795_417_200, NOW)).toBe(at)
    expect(sentAt(1_795_417_200_000, NOW)).toBe(at)
    expect(sentAt(0, at)).toBe(at)
    expect(sentAt(Number.NaN, at)).toBe(at)
  })
})
