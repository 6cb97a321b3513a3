import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createTown, manualTimers, openTown } from './wechaty-support.ts'

/** A promise that is kept by hand. */
function gate(): { readonly opened: Promise<void>; open(): void } {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { opened: promise, open: resolve }
}

describe('a login', () => {
  it('tells the account, then the rooms with members and aliases, then goes online', async () => {
    await using town = await openTown()
    expect(town.record.entries.slice(0, 4)).toEqual([
      'health starting ',
      'login 小邻',
      'rooms 1: 18街坊 28街坊',
      'health online ',
    ])
    expect(town.network.chat.online).toBe(true)
    expect(town.views[0]?.members.map(({ name, alias }) => [name, alias])).toEqual([
      ['张三', '3-502 张'],
      ['李四', undefined],
      ['王五', undefined],
      ['小邻', undefined],
    ])
  })

  it('holds back messages until the rooms are told', async () => {
    const { opened, open } = gate()
    await using town = createTown({ slowRooms: opened })
    await town.network.start()
    await town.record.until(/^login/)
    const handled = town.say('p1', 'r1', '早')
    await town.told()
    expect(town.network.chat.online).toBe(false)
    open()
    await handled
    expect(town.record.entries).toEqual([
      'health starting ',
      'login 小邻',
      'rooms 1: 18街坊 28街坊',
      'health online ',
      'message 1: 张三 早',
    ])
  })

  it('goes on without the rooms that take too long, and tells them later', async () => {
    const { opened, open } = gate()
    const timers = manualTimers()
    await using town = createTown({ slowRooms: opened, schedule: timers.schedule })
    await town.network.start()
    await town.record.until(/^login/)
    await timers.until(30_000)
    timers.fire(30_000)
    await town.record.until(/^health online/)
    expect(town.record.entries).toContain('rooms 1: ')
    open()
    await town.record.until(/^room 1: 28街坊/)
  })

  it('with new ids is another one: account, rooms, messages', async () => {
    await using town = await openTown()
    await town.say('p1', 'r1', '一')
    await town.puppets[0]?.relogin(true)
    await town.record.until(/^health online/, 2)
    const second = await town.say('p1', 'r1', '二')
    expect(new Set(town.selves).size).toBe(2)
    expect(second.session).toBe(2)
    expect(second.sender.platformId).not.toBe(town.incoming[0]?.sender.platformId)
    const from = town.record.entries.indexOf('message 1: 张三 一')
    expect(town.record.entries.slice(from).filter((each) => !each.startsWith('room '))).toEqual([
      'message 1: 张三 一',
      'health offline relogin',
      'login 小邻',
      'rooms 2: 18街坊 28街坊',
      'health online ',
      'message 2: 张三 二',
    ])
  })

  it('may come before the puppet says that it has started', async () => {
    const { opened, open } = gate()
    await using town = createTown({ slowStart: opened })
    const started = town.network.start()
    await town.record.until(/^health online/)
    expect(town.network.chat.online).toBe(true)
    expect((await town.say('p1', 'r1', '早')).text).toBe('早')
    open()
    await started
  })

  it('that another follows while its rooms are read is not told further', async () => {
    const { opened, open } = gate()
    await using town = createTown({ slowRooms: opened })
    await town.network.start()
    await town.record.until(/^login/)
    await town.told()
    await town.puppets[0]?.relogin(true)
    await town.record.until(/^login/, 2)
    open()
    await town.record.until(/^health online/)
    await town.settled()
    expect(town.record.entries.filter((each) => each.startsWith('rooms'))).toEqual([
      'rooms 2: 18街坊 28街坊',
    ])
  })

  it('that another follows while its name is looked up is not told at all', async () => {
    const { opened, open } = gate()
    await using town = await openTown()
    const [puppet] = town.puppets
    if (!puppet) throw new Error('no puppet')
    const first = puppet.currentUserId
    const contact = puppet.contactRawPayload.bind(puppet)
    puppet.contactRawPayload = async (id) => {
      if (id === first) await opened
      return contact(id)
    }
    await town.told()
    puppet.emit('login', { contactId: first })
    await puppet.relogin(true)
    await town.record.until(/^health online/, 2)
    open()
    await new Promise(setImmediate)
    expect(town.selves).toEqual([first, puppet.currentUserId])
  })

  it('looks names up afresh', async () => {
    await using town = await openTown()
    const [puppet] = town.puppets
    if (!puppet) throw new Error('no puppet')
    const contact = puppet.contactRawPayload.bind(puppet)
    puppet.contactRawPayload = async (id) => ({ ...(await contact(id)), name: '小邻二号' })
    puppet.emit('login', { contactId: puppet.currentUserId })
    await town.record.until(/^login 小邻二号/)
  })

  it('whose account cannot be told is given up and tried again', async () => {
    const timers = manualTimers()
    await using town = createTown({ schedule: timers.schedule, loginFails: 1 })
    await town.network.start()
    await timers.until(1_000)
    expect(town.network.health()).toMatchObject({ state: 'offline', reason: 'login failed' })
    timers.fire(1_000)
    await town.record.until(/^health online/)
    expect(town.puppets).toHaveLength(2)
  })
})

describe('conversations', () => {
  it('are handled side by side, each in the order of arrival', async () => {
    await using town = await openTown()
    const { opened, open } = gate()
    town.onMessage = async ({ text }) => {
      if (text === '一') await opened
    }
    const first = town.say('p1', 'r1', '一')
    const second = town.say('p2', 'r1', '二')
    await town.say('p1', 'r2', '别处')
    expect(town.incoming.map(({ text }) => text)).toEqual(['一', '别处'])
    open()
    await Promise.all([first, second])
    expect(town.incoming.map(({ text }) => text)).toEqual(['一', '别处', '二'])
  })

  it('keep their order when the first message takes longer to look up', async () => {
    await using town = await openTown()
    const { opened, open } = gate()
    const [puppet] = town.puppets
    if (!puppet) throw new Error('no puppet')
    const look = puppet.messageRawPayload.bind(puppet)
    puppet.messageRawPayload = async (id) => {
      const raw = await look(id)
      if (raw.text === '一') await opened
      else setImmediate(open)
      return raw
    }
    await Promise.all([town.say('p1', 'r1', '一'), town.say('p2', 'r1', '二')])
    expect(town.incoming.map(({ text }) => text)).toEqual(['一', '二'])
  })

  it('go on after a handler that throws or rejects', async () => {
    await using town = await openTown()
    town.onMessage = ({ text }) => {
      if (text === '一') throw new Error('sync')
      return text === '二' ? Promise.reject(new Error('async')) : undefined
    }
    await town.say('p1', 'r1', '一')
    await town.say('p1', 'r1', '二')
    await town.say('p1', 'r1', '三')
    expect(town.record.entries.filter((each) => each.startsWith('error'))).toEqual([
      'error message failed sync',
      'error message failed async',
    ])
    expect(town.incoming.map(({ text }) => text)).toEqual(['一', '二', '三'])
  })

  it('go on after a message that cannot be looked up', async () => {
    await using town = await openTown()
    town.puppets[0]?.emit('message', { messageId: 'nothing' })
    await town.network.handled('nothing')
    await town.say('p1', 'r1', '在吗')
    expect(town.record.entries).toContain('error message lost no message nothing')
  })

  it('pass on an event that comes twice', async () => {
    await using town = await openTown()
    town.faults.set({ duplicateEvents: 1 })
    await town.say('p1', 'r1', '报修')
    await town.settled()
    const [first, second] = town.incoming
    expect(town.incoming).toHaveLength(2)
    expect(first).toEqual(second)
  })
})

describe('members', () => {
  it('are told afresh when somebody joins, leaves or renames the room', async () => {
    await using town = await openTown()
    await town.settled()
    town.views.length = 0
    town.world.addMember('r2', 'p3', { alias: '2-101' })
    await town.settled()
    town.world.removeMember('r2', 'p2')
    await town.settled()
    town.world.setTopic('r2', '28街坊居民', 'p1')
    await town.settled()
    expect(town.views.map(({ topic, members }) => [topic, members.map((m) => m.name)])).toEqual([
      ['28街坊', ['张三', '李四', '小邻', '王五']],
      ['28街坊', ['张三', '小邻', '王五']],
      ['28街坊居民', ['张三', '小邻', '王五']],
    ])
    expect(town.views[0]?.members[3]?.alias).toBe('2-101')
  })

  it('are told without the bot when it is thrown out', async () => {
    await using town = await openTown()
    await town.settled()
    town.world.removeMember('r2', 'bot')
    await town.settled()
    expect(town.views.at(-1)?.members.map((m) => m.name)).toEqual(['张三', '李四'])
    expect(await town.network.chat.rooms()).toHaveLength(1)
  })

  it('are told without the bot when the network shows the room no more', async () => {
    await using town = await openTown()
    await town.settled()
    const [puppet] = town.puppets
    if (!puppet) throw new Error('no puppet')
    puppet.roomMemberList = () => Promise.reject(new Error('not a member'))
    town.world.removeMember('r2', 'bot')
    await town.settled()
    expect(town.record.entries.at(-1)).toBe('room 1: 28街坊 张三 李四')
  })

  it('are all told again on request', async () => {
    await using town = await openTown()
    await town.settled()
    town.views.length = 0
    await town.network.refreshRooms()
    expect(town.views.map(({ topic }) => topic)).toEqual(['18街坊', '28街坊'])
  })

  it('whose joining was lost are told before what they say', async () => {
    await using town = await openTown()
    await town.settled()
    const [puppet] = town.puppets
    if (!puppet) throw new Error('no puppet')
    const emit = puppet.emit.bind(puppet)
    puppet.emit = (name: unknown, ...rest: unknown[]) => name === 'room-join' || emit(name, ...rest)
    town.world.addMember('r2', 'p3')
    await town.say('p3', 'r2', '新来的')
    expect(town.record.entries.slice(-2)).toEqual([
      'room 1: 28街坊 张三 李四 小邻 王五',
      'message 1: 王五 新来的',
    ])
  })
})

describe('the memory card', () => {
  it('can be read by its owner alone, and is kept', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'linli-card-'))
    const memory = join(folder, 'login')
    const card = `${memory}.memory-card.json`
    try {
      await (await openTown({ memory }))[Symbol.asyncDispose]()
      expect((await stat(card)).mode & 0o777).toBe(0o600)
      await writeFile(card, '{"cookie":1}')
      await (await openTown({ memory }))[Symbol.asyncDispose]()
      expect(await readFile(card, 'utf8')).toBe('{"cookie":1}')
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})

describe('waiting for a message', () => {
  it('ends at once while the account is offline', async () => {
    await using town = createTown()
    await town.network.handled('m1')
  })

  it('ends when the network stops before it arrives', async () => {
    const town = await openTown()
    const handled = town.network.handled('never')
    await town[Symbol.asyncDispose]()
    await handled
    expect(town.healths.slice(1).map(({ state, reason }) => [state, reason])).toEqual([
      ['online', undefined],
      ['offline', 'stopped'],
    ])
  })
})
