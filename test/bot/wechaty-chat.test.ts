import { describe, expect, it } from 'vitest'
import { puppetInfo } from '../../bot/wechaty/puppets.ts'
import { plus } from '../../content/time.ts'
import { createTown, NOW, openTown, type Town } from './wechaty-support.ts'

function ids(town: Town) {
  const [view] = town.views
  if (!view) throw new Error('no room')
  return { room: view.platformId, person: view.members[0]?.platformId ?? '' }
}

describe('sending', () => {
  it('reaches a room and a person, and gives the id of the message', async () => {
    await using town = await openTown()
    const { room, person } = ids(town)
    const inRoom = await town.network.chat.send({ room }, '大家好')
    const direct = await town.network.chat.send({ person }, '您好')
    expect(town.world.messages().map((m) => [m.id, m.room ?? m.to, m.text])).toEqual([
      [inRoom.id, 'r1', '大家好'],
      [direct.id, 'p1', '您好'],
    ])
  })

  it('gives no id where the network gives none', async () => {
    await using town = await openTown()
    town.faults.set({ loseMessageIds: true })
    expect(await town.network.chat.send({ room: ids(town).room }, '大家好')).toEqual({})
    expect(town.world.messages()).toHaveLength(1)
  })

  it('rejects with what the network says', async () => {
    await using town = await openTown()
    town.faults.set({ throwOnSend: 1 })
    await expect(town.network.chat.send({ room: ids(town).room }, '大家好')).rejects.toThrow(
      'the network failed',
    )
    expect(town.world.messages()).toEqual([])
  })

  it('rejects at once while offline', async () => {
    await using town = createTown()
    expect(town.network.chat.online).toBe(false)
    await expect(town.network.chat.send({ room: 'r' }, '大家好')).rejects.toThrow('not logged in')
    await expect(town.network.chat.rooms()).rejects.toThrow('not logged in')
  })

  it('rejects for the ids of an earlier login', async () => {
    await using town = await openTown()
    const { room } = ids(town)
    await town.puppets[0]?.relogin(true)
    await town.record.until(/^health online/, 2)
    await expect(town.network.chat.send({ room }, '大家好')).rejects.toThrow()
    expect(town.world.messages()).toEqual([])
  })
})

describe('what the account sent', () => {
  it('is found by conversation and time, also after a new login', async () => {
    await using town = await openTown()
    const { chat } = town.network
    const first = ids(town)
    await chat.send({ room: first.room }, '一')
    await chat.send({ person: first.person }, '私')
    await town.say('p1', 'r1', '别人说的')
    await town.puppets[0]?.relogin(true)
    await town.record.until(/^health online/, 2)
    const room = (await chat.rooms())[0]?.platformId ?? ''
    const person = (await chat.room(room))?.members[0]?.platformId ?? ''
    await chat.send({ room }, '二')
    expect(await chat.sentSince({ room }, NOW)).toEqual(['一', '二'])
    expect(await chat.sentSince({ person }, NOW)).toEqual(['私'])
    expect(await chat.sentSince({ room }, plus(NOW, { minutes: 1 }))).toEqual([])
    const at = town.world.messages({ room: 'r1' }).at(-1)?.at ?? NOW
    expect(await chat.sentSince({ room }, at)).toEqual(['二'])
  })

  it('is not asked of a network without history', async () => {
    const capabilities = { ...puppetInfo('sandbox').capabilities, history: false }
    await using town = await openTown({ capabilities })
    await expect(town.network.chat.sentSince({ room: ids(town).room }, NOW)).rejects.toThrow(
      'no history',
    )
  })
})

describe('a room', () => {
  it('is read afresh', async () => {
    await using town = await openTown()
    const { room } = ids(town)
    town.world.addMember('r1', 'p2', { alias: '2-101' })
    const view = await town.network.chat.room(room)
    expect(view?.members.map(({ alias }) => alias)).toEqual([
      '3-502 张',
      '2-101',
      undefined,
      undefined,
    ])
  })

  it('that the account is not in is undefined', async () => {
    await using town = await openTown()
    expect(await town.network.chat.room('nowhere')).toBeUndefined()
  })
})
