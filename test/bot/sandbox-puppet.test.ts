import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FileBox } from 'file-box'
import { afterEach, describe, expect, it } from 'vitest'
import { type Contact, type Message, type Room, type Wechaty, WechatyBuilder } from 'wechaty'
import { Puppet, types } from 'wechaty-puppet'
import { createFaults } from '../../bot/sandbox/faults.ts'
import { SandboxPuppet } from '../../bot/sandbox/puppet.ts'
import { openWorld, type SandboxWorld } from '../../bot/sandbox/world.ts'
import { toInstant } from '../../content/time.ts'
import type { Faults } from '../../web/sandbox/port.ts'

/** Everything that the base class leaves to a puppet, from its documentation, not from ours. */
const ABSTRACT = `onStart onStop ding
  contactSelfName contactSelfQRCode contactSelfSignature contactAlias contactAvatar contactPhone
  contactCorporationRemark contactDescription contactList contactRawPayload contactRawPayloadParser
  messageContact messageFile messageImage messageMiniProgram messageUrl messageLocation messageRawPayload
  messageRawPayloadParser conversationReadMark
  messageForward messageSendContact messageSendFile messageSendLocation messageSendMiniProgram
  messageSendPost messageSendText messageSendUrl messageRecall
  roomAdd roomAvatar roomCreate roomDel roomList roomQRCode roomQuit roomTopic roomRawPayload roomRawPayloadParser
  roomAnnounce roomMemberList roomMemberRawPayload roomMemberRawPayloadParser
  roomInvitationAccept roomInvitationRawPayload roomInvitationRawPayloadParser
  friendshipAccept friendshipAdd friendshipSearchPhone friendshipSearchHandle friendshipRawPayload
  friendshipRawPayloadParser
  tagContactAdd tagContactDelete tagContactList tagContactRemove postRawPayload postRawPayloadParser
  postPublish postSearch tap tapSearch`.split(/\s+/)

const start = toInstant('2026-11-23T19:00:00+08:00')
const now = () => start
const hello = { from: 'p1', room: 'r1', kind: 'text', text: '大家好' } as const
const PNG = Buffer.from('iVBORw0KGgo=', 'base64')

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

function populate(world: SandboxWorld): SandboxWorld {
  for (const name of ['王秀英', '李叔', '赵姐']) world.addPerson(name)
  world.addRoom('18街坊', [{ person: 'p1', alias: '18-86-301 王秀英' }, { person: 'p2' }])
  return world
}

interface Booting {
  readonly world?: SandboxWorld
  readonly offline?: 'replay' | 'lose'
  readonly faults?: Partial<Faults>
}

/** A whole Wechaty on the network, logged in; stopped when the test ends. */
async function boot({ world = populate(openWorld({ now })), offline = 'lose', ...rest }: Booting) {
  const faults = createFaults({ int: () => 0 })
  faults.set(rest.faults ?? {})
  const puppet = new SandboxPuppet(world, { name: '小邻', faults, offline })
  const bot = WechatyBuilder.build({ puppet })
  const errors: unknown[] = []
  bot.on('error', (error) => void errors.push(error))
  const inbox = listen(bot)
  const order: string[] = []
  bot.on('login', () => void order.push('login')).on('ready', () => void order.push('ready'))
  let stopped = false
  const stop = async () => {
    if (!stopped) await bot.stop()
    stopped = true
  }
  closers.push(stop)
  await bot.start()
  await bot.ready()
  return { world, bot, puppet, faults, errors, order, stop, ...inbox }
}

/** What the bot is told, each piece waited for. */
function listen(bot: Wechaty) {
  const come: Message[] = []
  const waiting: ((message: Message) => void)[] = []
  bot.on('message', (message) => {
    const first = waiting.shift()
    if (first) first(message)
    else come.push(message)
  })
  const next = (): Promise<Message> => {
    const first = come.shift()
    return first ? Promise.resolve(first) : new Promise((resolve) => waiting.push(resolve))
  }
  return { next, come }
}

async function room(bot: Wechaty, world: SandboxWorld, id = 'r1'): Promise<Room> {
  const found = await bot.Room.find({ id: world.platformId(id) })
  if (!found) throw new Error(`no room ${id}`)
  return found
}

async function person(bot: Wechaty, world: SandboxWorld, id: string): Promise<Contact> {
  const found = await bot.Contact.find({ id: world.platformId(id) })
  if (!found) throw new Error(`no person ${id}`)
  return found
}

const texts = (world: SandboxWorld) => world.messages({ room: 'r1' }).map(({ text }) => text)

describe('the surface of the sandbox puppet', () => {
  it.each(ABSTRACT)('has %s', (name) => {
    const method: unknown = Reflect.get(SandboxPuppet.prototype, name)
    expect(method).toBeTypeOf('function')
    expect(method).not.toBe(Reflect.get(Puppet.prototype, name))
  })

  it('is counted in full', () => {
    expect(new Set(ABSTRACT).size).toBe(65)
  })

  it('says what it does not support', async () => {
    const { puppet } = await boot({})
    await expect(puppet.contactPhone('@1-p1', [])).rejects.toThrow(
      'the sandbox does not support contactPhone',
    )
  })
})

describe('what reaches the bot', () => {
  it('logs in before it is ready, under the name given', async () => {
    const { bot, order, errors } = await boot({})
    expect(order).toEqual(['login', 'ready'])
    expect(bot.currentUser.name()).toBe('小邻')
    expect(errors).toEqual([])
  })

  it('is a text with its sender, room, alias and time', async () => {
    const { bot, world, next } = await boot({})
    world.post(hello)
    const message = await next()
    expect(message).toMatchObject({ id: 'm1' })
    expect(message.text()).toBe('大家好')
    expect(message.self()).toBe(false)
    expect(message.talker().name()).toBe('王秀英')
    expect(message.talker().type()).toBe(types.Contact.Individual)
    expect(await message.room()?.topic()).toBe('18街坊')
    expect(await message.room()?.alias(message.talker())).toBe('18-86-301 王秀英')
    expect(await message.room()?.alias(await person(bot, world, 'p2'))).toBeUndefined()
    expect(message.date().toISOString()).toBe(start)
  })

  it('is a direct message, answered in the same chat', async () => {
    const { world, next } = await boot({})
    world.post({ from: 'p3', to: 'bot', kind: 'text', text: '在吗' })
    const message = await next()
    expect(message.room()).toBeUndefined()
    await message.say('在的')
    expect(world.messages({ person: 'p3' }).map(({ text }) => text)).toEqual(['在吗', '在的'])
  })

  it('has mentions written into the text, once', async () => {
    const { world, next } = await boot({})
    world.post({ ...hello, text: '报修', mentions: ['bot'] })
    const bare = await next()
    expect(bare.text()).toBe('@小邻\u2005报修')
    expect(await bare.mentionSelf()).toBe(true)
    expect(await bare.mentionText()).toBe('报修')
    world.post({ ...hello, text: '@小邻 报修', mentions: ['bot'] })
    expect((await next()).text()).toBe('@小邻 报修')
    world.post({ ...hello, from: 'p2', text: '您好', mentions: ['p1'] })
    const other = await next()
    expect(other.text()).toBe('@18-86-301 王秀英\u2005您好')
    expect(await other.mentionSelf()).toBe(false)
  })

  it('has a quote flattened into the text, the network keeping it apart', async () => {
    const { bot, world, next } = await boot({})
    await (await room(bot, world)).say('已登记')
    await next()
    const reply = world.post({ ...hello, text: '谢谢', quote: 'm1' })
    const message = await next()
    expect(message.text()).toBe('「小邻：已登记」\n- - - - - - - - - - - - - - -\n谢谢')
    expect(world.message(reply.id)).toMatchObject({ text: '谢谢', quote: 'm1' })
  })

  it('is a picture with its bytes', async () => {
    const { world, next } = await boot({})
    const file = { name: '漏水.png', type: 'image/png', bytes: PNG }
    world.post({ from: 'p1', room: 'r1', kind: 'image', file })
    const message = await next()
    expect(message.type()).toBe(types.Message.Image)
    const box = await message.toFileBox()
    expect(box.name).toBe('漏水.png')
    expect((await box.toBuffer()).equals(PNG)).toBe(true)
    expect((await (await message.toImage().artwork()).toBuffer()).equals(PNG)).toBe(true)
  })

  it('is a recall that names the message', async () => {
    const { world, next } = await boot({})
    world.post(hello)
    await next()
    world.recall('m1')
    const recall = await next()
    expect(recall.type()).toBe(types.Message.Recalled)
    expect(recall.id).not.toBe('m1')
    expect(recall.text()).toBe('m1')
    expect((await recall.toRecalled())?.text()).toBe('大家好')
  })

  it('is nothing from a room that the bot is not in', async () => {
    const { bot, world, next } = await boot({})
    world.removeMember('r1', 'bot')
    world.post({ ...hello, text: '背着小邻说' })
    world.post({ from: 'p1', to: 'bot', kind: 'text', text: '在吗' })
    expect((await next()).text()).toBe('在吗')
    expect(await bot.Room.findAll()).toEqual([])
    expect(await bot.Message.findAll({ roomId: world.platformId('r1') })).toEqual([])
  })
})

describe('what the bot sends', () => {
  it('appears on the network and comes back as its own', async () => {
    const { bot, world, next } = await boot({})
    const sent = await (await room(bot, world)).say('收到', await person(bot, world, 'p1'))
    const own = await next()
    expect(own.self()).toBe(true)
    expect(sent).toMatchObject({ id: 'm1' })
    expect(world.message('m1')).toMatchObject({
      from: 'bot',
      room: 'r1',
      text: '@18-86-301 王秀英 收到',
      mentions: ['p1'],
    })
  })

  it('may be a picture', async () => {
    const { bot, world } = await boot({})
    await (await room(bot, world)).say(FileBox.fromBuffer(PNG, '图.png'))
    expect(world.message('m1')).toMatchObject({ kind: 'image', file: { type: 'image/png' } })
    expect(Buffer.from(world.file('m1')?.bytes ?? []).equals(PNG)).toBe(true)
  })

  it('can be taken back, other people’s messages not', async () => {
    const { bot, world, next } = await boot({})
    const sent = await (await room(bot, world)).say('发错了')
    expect(await sent?.recall()).toBe(true)
    expect(world.message('m1').recalled).toBe(2)
    expect(await sent?.recall()).toBe(false)
    await next()
    await next()
    world.post(hello)
    expect(await (await next()).recall()).toBe(false)
  })

  it('may be forwarded, an announcement or a new topic', async () => {
    const { bot, world, next } = await boot({})
    world.post(hello)
    await (await next()).forward(await person(bot, world, 'p3'))
    expect(world.messages({ person: 'p3' })).toMatchObject([{ from: 'bot', text: '大家好' }])
    const group = await room(bot, world)
    await group.announce('周六停水')
    expect(await group.announce()).toBe('周六停水')
    expect(texts(world)).toContain('@所有人\n周六停水')
    await group.topic('十八街坊')
    expect(world.room('r1')?.topic).toBe('十八街坊')
  })

  it('is refused where the bot is not', async () => {
    const { bot, world } = await boot({})
    const group = await room(bot, world)
    await group.quit()
    await expect(group.say('有人吗')).rejects.toThrow('bot is not in r1')
    expect(texts(world)).toEqual([])
  })

  it('is found in the history by room, person and kind, also after a crash', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-puppet-'))
    closers.push(() => rmSync(folder, { recursive: true }))
    const before = populate(openWorld({ folder, now }))
    const first = await boot({ world: before })
    await (await room(first.bot, before)).say('第一条')
    await (await person(first.bot, before, 'p2')).say('私聊')
    before.post(hello)

    // Nothing is closed: the process is gone.
    const world = openWorld({ folder, now })
    const { bot } = await boot({ world })
    const find = async (query: Parameters<typeof bot.Message.findAll>[0]) =>
      (await bot.Message.findAll(query)).map((message) => message.text())
    expect(await find({ roomId: world.platformId('r1') })).toEqual(['第一条', '大家好'])
    const fromId = world.platformId('bot')
    expect(await find({ roomId: world.platformId('r1'), fromId })).toEqual(['第一条'])
    expect(await find({ toId: world.platformId('p2') })).toEqual(['私聊'])
    expect(await find({ text: /^第/ })).toEqual(['第一条'])
    expect(await find({ type: types.Message.Image })).toEqual([])
    expect(await find({ roomId: '@@9-r1' })).toEqual([])
    world.close()
    before.close()
  })
})

describe('who is there', () => {
  it('is told of people who come and go, without errors', async () => {
    const { bot, world, errors } = await boot({})
    const group = await room(bot, world)
    const joined = new Promise<string[]>((resolve) => {
      bot.once('room-join', (_, invitees, inviter) => {
        resolve([...invitees, inviter].map((contact) => contact.name()))
      })
    })
    world.addMember('r1', 'p3', { alias: '18-1-101' })
    expect(await joined).toEqual(['赵姐', '王秀英'])
    expect(await group.alias(await person(bot, world, 'p3'))).toBe('18-1-101')
    expect(await group.memberAll()).toHaveLength(4)

    const left = new Promise<string[]>((resolve) => {
      bot.once('room-leave', (_, leavers) => resolve(leavers.map((contact) => contact.name())))
    })
    world.removeMember('r1', 'p2')
    expect(await left).toEqual(['李叔'])
    expect((await group.memberAll()).map((contact) => contact.name())).not.toContain('李叔')
    expect(errors).toEqual([])
  })

  it('learns that the bot itself was thrown out and asked in again', async () => {
    const { bot, world, errors } = await boot({})
    await room(bot, world)
    const left = new Promise<Contact[]>((resolve) => {
      bot.once('room-leave', (_, leavers) => resolve(leavers))
    })
    world.removeMember('r1', 'bot')
    expect((await left)[0]?.self()).toBe(true)
    const joined = new Promise<Contact[]>((resolve) => {
      bot.once('room-join', (_, invitees) => resolve(invitees))
    })
    world.addMember('r1', 'bot')
    expect((await joined)[0]?.self()).toBe(true)
    expect(errors).toEqual([])
  })

  it('learns a new topic and a new alias', async () => {
    const { bot, world, errors } = await boot({})
    const group = await room(bot, world)
    const topic = new Promise<string[]>((resolve) => {
      bot.once('room-topic', (_, after, before, changer) => {
        resolve([after, before, changer.name()])
      })
    })
    world.setTopic('r1', '十八街坊', 'p2')
    expect(await topic).toEqual(['十八街坊', '18街坊', '李叔'])
    expect(await group.topic()).toBe('十八街坊')
    const li = await person(bot, world, 'p2')
    world.addMember('r1', 'p2', { alias: '18-2-202' })
    expect(await group.alias(li)).toBe('18-2-202')
    expect((await group.memberAll('18-2-202')).map(({ id }) => id)).toEqual([li.id])
    expect(errors).toEqual([])
  })

  it('is asked for anew as soon as it changes', async () => {
    const { bot, puppet, world } = await boot({})
    const { id } = await room(bot, world)
    world.setTopic('r1', '十八街坊', 'p2')
    world.addMember('r1', 'p3')
    const { topic, memberIdList } = await puppet.roomPayload(id)
    expect(topic).toBe('十八街坊')
    expect(memberIdList).toContain('@1-p3')
  })

  it('lets the bot make a room, ask people in and out', async () => {
    const { bot, world } = await boot({})
    const people = [await person(bot, world, 'p1'), await person(bot, world, 'p2')]
    const made = await bot.Room.create(people, '值班群')
    const zhao = await person(bot, world, 'p3')
    await made.add(zhao)
    await made.remove(people[0] ?? zhao)
    expect(world.room('r2')).toMatchObject({ topic: '值班群' })
    expect(world.room('r2')?.members.map((m) => m.person)).toEqual(['p2', 'bot', 'p3'])
  })
})

describe('logging out and in', () => {
  it('gives everything another id when asked, and only then', async () => {
    const { bot, puppet, world, next, errors } = await boot({})
    const before = [bot.currentUser.id, (await room(bot, world)).id]
    world.post(hello)
    await next()
    await puppet.relogin(false)
    expect([bot.currentUser.id, (await room(bot, world)).id]).toEqual(before)
    await puppet.relogin(true)
    world.post(hello)
    const message = await next()
    const after = [bot.currentUser.id, message.room()?.id]
    expect(after).toEqual(['@2-bot', '@@2-r1'])
    expect(before).toEqual(['@1-bot', '@@1-r1'])
    expect(message.talker().name()).toBe('王秀英')
    const old = await bot.Message.find({ id: 'm1' })
    expect(old?.talker().id).toBe('@2-p1')
    await expect(puppet.messageSendText('@@1-r1', '在吗')).rejects.toThrow('no platform id')
    expect(errors).toEqual([])
  })

  it('is announced to the bot', async () => {
    const { bot, puppet } = await boot({})
    const seen: string[] = []
    bot.on('logout', () => void seen.push('logout'))
    bot.on('login', () => void seen.push('login'))
    bot.on('ready', () => void seen.push('ready'))
    await puppet.relogin(true)
    expect(seen).toEqual(['logout', 'login', 'ready'])
  })

  it.each([
    ['lose', ['在线']],
    ['replay', ['离线一', '离线二', '在线']],
  ] as const)('can %s what was said meanwhile, also across a crash', async (offline, expected) => {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-puppet-'))
    closers.push(() => rmSync(folder, { recursive: true }))
    const first = populate(openWorld({ folder, now }))
    const old = await boot({ world: first, offline })
    first.post({ ...hello, text: '早先' })
    await old.next()
    await old.stop()
    first.post({ ...hello, text: '离线一' })
    first.close()

    const world = openWorld({ folder, now })
    closers.push(() => world.close())
    world.post({ ...hello, text: '离线二' })
    const { next } = await boot({ world, offline })
    world.post({ ...hello, text: '在线' })
    for (const text of expected) expect((await next()).text()).toBe(text)
  })

  it('waits until what was said before has arrived', async () => {
    const { puppet, world, come } = await boot({})
    world.post(hello)
    world.post(hello)
    await puppet.logout()
    expect(come.map(({ id }) => id)).toEqual(['m1', 'm2'])
  })

  it('sends nothing while logged out', async () => {
    const { puppet, world } = await boot({})
    await puppet.logout()
    await expect(puppet.messageSendText('@@1-r1', '在吗')).rejects.toThrow('logged out')
    expect(texts(world)).toEqual([])
  })
})

describe('the faults of the network, through Wechaty', () => {
  it('drops a message that it has taken', async () => {
    const { bot, puppet, world } = await boot({ faults: { dropSends: 1 } })
    expect(await puppet.messageSendText('@@1-r1', '没了')).toMatch(/^lost-/)
    await (await room(bot, world)).say('也没了')
    expect(texts(world)).toEqual([])
  })

  it('throws and sends nothing', async () => {
    const { bot, world } = await boot({ faults: { throwOnSend: 1 } })
    await expect((await room(bot, world)).say('喂')).rejects.toThrow('the network failed')
    expect(texts(world)).toEqual([])
  })

  it('keeps the id of what was sent to itself', async () => {
    const { bot, world } = await boot({ faults: { loseMessageIds: true } })
    expect(await (await room(bot, world)).say('收到')).toBeUndefined()
    expect(texts(world)).toEqual(['收到'])
  })

  it('tells of a message twice', async () => {
    const { world, next } = await boot({ faults: { duplicateEvents: 1 } })
    world.post(hello)
    expect([(await next()).id, (await next()).id]).toEqual(['m1', 'm1'])
  })

  it('cuts a room text off, the raw payload keeping it whole', async () => {
    const { puppet, world, next } = await boot({ faults: { truncateAtColonNewline: true } })
    const text = '报修:\n3-502 漏水'
    world.post({ ...hello, text })
    expect((await next()).text()).toBe('报修')
    expect(await puppet.messageRawPayload('m1')).toMatchObject({ Content: `@1-p1:\n${text}` })
    expect(texts(world)).toEqual([text])
    world.post({ from: 'p1', to: 'bot', kind: 'text', text })
    expect((await next()).text()).toBe(text)
  })

  it('leaves of a mention its text only', async () => {
    const { world, next } = await boot({ faults: { textMentionsOnly: true } })
    world.post({ ...hello, text: '报修', mentions: ['bot'] })
    const message = await next()
    expect(message.text()).toBe('@小邻\u2005报修')
    expect(await message.mentionSelf()).toBe(false)
  })
})
