import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { publicMessage } from '../../bot/sandbox/rules.ts'
import { openWorld, type SandboxWorld, type WorldEvent } from '../../bot/sandbox/world.ts'
import { fromMillis, plus, toInstant } from '../../content/time.ts'
import { NotAllowed, UnknownId } from '../../web/sandbox/port.ts'

const start = toInstant('2026-11-23T19:00:00+08:00')
const now = () => start

/** 王阿姨 p1 and 李叔 p2 in r1 with the bot; 赵姐 p3 in no room. */
function populate(world: SandboxWorld): SandboxWorld {
  for (const name of ['王阿姨', '李叔', '赵姐']) world.addPerson(name)
  world.addRoom('18街坊', [{ person: 'p1', alias: '18-86-301' }, { person: 'p2' }])
  return world
}

/** Everything there is to see of a network. */
function look(world: SandboxWorld) {
  return {
    people: world.people(),
    rooms: world.rooms(),
    messages: world.messages(),
    chats: world.people().map(({ id }) => world.messages({ person: id })),
    files: world.messages().map(({ id }) => world.file(id)?.bytes.toString()),
    bot: world.platformId('bot'),
    reading: world.lastReading,
  }
}

describe('the simulated network', () => {
  const world = () => populate(openWorld({ now }))
  const hello = { from: 'p1', room: 'r1', kind: 'text', text: '大家好' } as const

  it('numbers people, rooms and messages', () => {
    const net = world()
    expect(net.people().map(({ id }) => id)).toEqual(['p1', 'p2', 'p3'])
    expect(net.post(hello).id).toBe('m1')
    expect(net.post({ from: 'bot', to: 'p3', kind: 'text', text: '您好' }).id).toBe('m2')
  })

  it('puts the bot in every new room', () => {
    expect(world().room('r1')).toMatchObject({
      topic: '18街坊',
      members: [
        { person: 'p1', alias: '18-86-301' },
        { person: 'p2', alias: '' },
        { person: 'bot', alias: '' },
      ],
    })
  })

  it('keeps a room and each direct chat apart', () => {
    const net = world()
    net.post(hello)
    net.post({ from: 'p1', to: 'bot', kind: 'text', text: '报修' })
    net.post({ from: 'bot', to: 'p1', kind: 'text', text: '好的' })
    net.post({ from: 'p2', to: 'bot', kind: 'text', text: '在吗' })
    const texts = (where: Parameters<typeof net.messages>[0], since?: string) =>
      net.messages(where, since).map(({ text }) => text)
    expect(texts({ room: 'r1' })).toEqual(['大家好'])
    expect(texts({ person: 'p1' })).toEqual(['报修', '好的'])
    expect(texts({ person: 'p1' }, 'm2')).toEqual(['好的'])
  })

  it('shows of a recalled message only that it was there', () => {
    const net = world()
    net.post({ ...hello, file: { name: 'a.png', type: 'image/png', bytes: Buffer.from('png') } })
    expect(net.file('m1')).toMatchObject({ name: 'a.png', type: 'image/png' })
    net.recall('m1')
    expect(publicMessage(net.message('m1'))).toEqual({
      id: 'm1',
      at: start,
      from: 'p1',
      room: 'r1',
      kind: 'recall',
    })
    expect(net.file('m1')).toBeUndefined()
    expect(() => net.recall('m1')).toThrow(NotAllowed)
  })

  it('shows where the file of a message is', () => {
    const file = { name: 'a.png', type: 'image/png', bytes: Buffer.from('png') }
    const message = world().post({ from: 'p1', to: 'bot', kind: 'image', file })
    expect(publicMessage(message).file).toEqual({
      name: 'a.png',
      type: 'image/png',
      size: 3,
      url: '/sandbox/api/files/m1',
    })
  })

  it('lets members come, change their alias and go', () => {
    const net = world()
    net.addMember('r1', 'p3')
    net.addMember('r1', 'p3', { alias: '18-1-101' })
    net.addMember('r1', 'p3')
    expect(net.alias('r1', 'p3')).toBe('18-1-101')
    net.removeMember('r1', 'p3')
    expect(net.isMember('r1', 'p3')).toBe(false)
  })

  it('tells subscribers what happens until they leave', () => {
    const net = world()
    const heard: WorldEvent[] = []
    const leave = net.subscribe((event) => void heard.push(event))
    net.addMember('r1', 'p3')
    net.setTopic('r1', '十八街坊', 'p2')
    const message = net.post(hello)
    net.recall('m1')
    net.removeMember('r1', 'bot')
    net.saveReading(start)
    leave()
    net.post(hello)
    expect(heard).toEqual([
      { type: 'members', room: 'r1', joined: ['p3'], left: [], by: 'p1' },
      { type: 'topic', room: 'r1', topic: '十八街坊', before: '18街坊', by: 'p2' },
      { type: 'message', message },
      { type: 'recall', message: 'm1', recall: 'm2' },
      { type: 'members', room: 'r1', joined: [], left: ['bot'], by: 'p1' },
      { type: 'clock', now: start },
    ])
  })

  it('lets nobody speak where they are not, the bot included', () => {
    const net = world()
    net.removeMember('r1', 'bot')
    expect(() => net.post({ ...hello, from: 'bot' })).toThrow(NotAllowed)
    expect(() => net.post({ ...hello, from: 'p3' })).toThrow(NotAllowed)
    net.addMember('r1', 'bot')
    expect(net.post({ ...hello, from: 'bot' }).id).toBe('m1')
  })

  it('refuses what makes no sense', () => {
    const net = world()
    net.post({ from: 'p2', to: 'bot', kind: 'text', text: '在吗' })
    const refused: readonly (() => unknown)[] = [
      () => net.addPerson(' '),
      () => net.addRoom('', []),
      () => net.setTopic('r1', '', 'p1'),
      () => net.setTopic('r1', '新名', 'p3'),
      () => net.post({ ...hello, text: '' }),
      () => net.post({ ...hello, to: 'bot' }),
      () => net.post({ from: 'p1', kind: 'text', text: '?' }),
      () => net.post({ from: 'p1', to: 'p2', kind: 'text', text: '?' }),
      () => net.post({ from: 'bot', to: 'bot', kind: 'text', text: '?' }),
      () => net.post({ ...hello, quote: 'm1' }),
    ]
    for (const call of refused) expect(call).toThrow(NotAllowed)
  })

  it('names the id that it does not know', () => {
    const net = world()
    const unknown: readonly [() => unknown, string][] = [
      [() => net.addRoom('新群', [{ person: 'p9' }]), 'no person p9'],
      [() => net.addMember('r9', 'p1'), 'no room r9'],
      [() => net.addMember('r1', 'p9'), 'no person p9'],
      [() => net.removeMember('r1', 'p3'), 'no member p3'],
      [() => net.post({ ...hello, from: 'p9' }), 'no person p9'],
      [() => net.post({ ...hello, room: 'r9' }), 'no room r9'],
      [() => net.post({ ...hello, mentions: ['p9'] }), 'no person p9'],
      [() => net.post({ ...hello, quote: 'm9' }), 'no message m9'],
      [() => net.post({ from: 'bot', to: 'p9', kind: 'text', text: '?' }), 'no person p9'],
      [() => net.messages({ person: 'bot' }), 'no person bot'],
      [() => net.messages({ room: 'r1' }, 'm9'), 'no message m9'],
      [() => net.recall('m9'), 'no message m9'],
    ]
    for (const [call, message] of unknown) {
      expect(call).toThrow(UnknownId)
      expect(call).toThrow(message)
    }
    expect(look(net)).toEqual(look(world()))
  })

  it('gives everything a new platform id when asked', () => {
    const net = world()
    const old = ['p1', 'bot', 'r1'].map((id) => net.platformId(id))
    expect(old).toEqual(['@1-p1', '@1-bot', '@@1-r1'])
    expect(old.map((id) => net.publicId(id))).toEqual(['p1', 'bot', 'r1'])
    net.newEpoch()
    expect(old.map((id) => net.publicId(id))).toEqual([undefined, undefined, undefined])
    expect(net.platformId('r1')).toBe('@@2-r1')
    expect(net.publicId('@2-r1')).toBeUndefined()
  })

  it('remembers what the bot missed while it was away', () => {
    const net = world()
    net.goOnline()
    const seen = net.post(hello)
    net.goOffline()
    const missed = net.post(hello)
    net.recall(net.post(hello).id)
    net.recall(seen.id)
    net.removeMember('r1', 'bot')
    net.post(hello)
    expect(net.goOnline()).toEqual([missed.id, 'm5'])
    expect(net.recalledBy('m5')?.id).toBe(seen.id)
    net.goOffline()
    expect(net.goOnline()).toEqual([])
  })
})

describe('the network on disk', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sandbox-world-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))
  const open = () => openWorld({ folder, now })
  const journal = () => join(folder, 'sandbox.jsonl')
  const picture = { name: '漏水.png', type: 'image/png', bytes: Buffer.from('png') }

  it('is there again after the process dies', () => {
    const before = populate(open())
    before.goOnline()
    before.post({ from: 'p1', room: 'r1', kind: 'image', file: picture })
    before.newEpoch()
    before.saveReading(plus(start, { hours: 2 }))
    before.noteHandled()
    const seen = look(before)

    using after = open()
    expect(look(after)).toEqual(seen)
    expect(after.online).toBe(false)
    expect(after.post({ from: 'p1', to: 'bot', kind: 'text', text: '在吗' }).id).toBe('m2')
    expect(after.goOnline()).toEqual(['m2'])
    before.close()
  })

  it('knows what the process was not done with when it died', () => {
    const before = populate(open())
    before.goOnline()
    const said = { from: 'p1', room: 'r1', kind: 'text', text: '大家好' } as const
    before.post(said)
    before.noteHandled()
    const { id } = before.post(said)

    using after = open()
    expect(after.goOnline()).toEqual([id])
    before.close()
  })

  it('can be read by its owner only', () => {
    using world = populate(open())
    world.post({ from: 'p1', to: 'bot', kind: 'image', file: picture })
    const mode = (path: string) => statSync(join(folder, path)).mode & 0o777
    expect(mode('sandbox.jsonl')).toBe(0o600)
    expect(mode('sandbox-files/m1')).toBe(0o600)
  })

  it('loses nothing but the line that a crash tore', () => {
    const before = populate(open())
    const seen = look(before)
    before.close()
    appendFileSync(journal(), '{"type":"person","id":"p4","na')

    const after = open()
    expect(look(after)).toEqual(seen)
    expect(after.addPerson('孙爷爷')).toEqual({ id: 'p4' })
    after.close()
    using again = open()
    expect(again.personName('p4')).toBe('孙爷爷')
  })

  it.each([
    ['is no JSON', '{"type":"pers'],
    ['is no change', '{"type":"person","id":"p9"}'],
    ['speaks of what is not there', '{"type":"topic","room":"r9","topic":"?"}'],
  ])('names the file and the line that %s', (_, line) => {
    populate(open()).close()
    const lines = readFileSync(journal(), 'utf8').split('\n')
    lines[2] = line
    writeFileSync(journal(), lines.join('\n'))
    expect(open).toThrow(`${journal()}, line 3: `)
  })

  it('is the same again after whatever happens', () => {
    const id = (letter: string) => fc.integer({ min: 1, max: 3 }).map((n) => `${letter}${n}`)
    const anybody = fc.oneof(id('p'), fc.constant('bot'))
    const step = fc.oneof(
      fc.tuple(fc.constant('addPerson' as const), fc.string({ unit: 'binary' })),
      fc.tuple(fc.constant('addRoom' as const), fc.string(), fc.array(anybody, { maxLength: 3 })),
      fc.tuple(fc.constant('addMember' as const), id('r'), anybody, fc.string()),
      fc.tuple(fc.constant('removeMember' as const), id('r'), anybody),
      fc.tuple(fc.constant('setTopic' as const), id('r'), fc.string(), anybody),
      fc.tuple(fc.constant('say' as const), anybody, id('r'), fc.string({ unit: 'binary' })),
      fc.tuple(fc.constant('send' as const), id('p'), fc.uint8Array({ maxLength: 8 })),
      fc.tuple(fc.constant('recall' as const), id('m')),
      fc.tuple(fc.constant('newEpoch' as const)),
      fc.tuple(fc.constant('clock' as const), fc.integer({ min: 0, max: 1e6 })),
      fc.tuple(fc.constant('reopen' as const)),
    )
    type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

    function take(world: SandboxWorld, [what, ...args]: Step): void {
      const [a, b, c] = args as [string, string, string]
      if (what === 'addPerson') world.addPerson(a)
      if (what === 'addRoom') {
        const members = (args[1] as string[]).map((person) => ({ person }))
        world.addRoom(a, members)
      }
      if (what === 'addMember') world.addMember(a, b, { alias: c })
      if (what === 'removeMember') world.removeMember(a, b)
      if (what === 'setTopic') world.setTopic(a, b, c)
      if (what === 'say') world.post({ from: a, room: b, kind: 'text', text: c, mentions: ['bot'] })
      if (what === 'send') {
        const file = { name: 'x', type: 'image/png', bytes: args[1] as Uint8Array }
        world.post({ from: a, to: 'bot', kind: 'image', file })
      }
      if (what === 'recall') world.recall(a)
      if (what === 'newEpoch') world.newEpoch()
      if (what === 'clock') world.saveReading(plus(fromMillis(0), { seconds: args[0] as number }))
    }

    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        rmSync(folder, { recursive: true })
        let world = populate(open())
        for (const each of steps) {
          if (each[0] === 'reopen') {
            const seen = look(world)
            world.close()
            world = open()
            expect(look(world)).toEqual(seen)
            continue
          }
          try {
            take(world, each)
          } catch (error) {
            if (!(error instanceof NotAllowed || error instanceof UnknownId)) throw error
          }
        }
        const seen = look(world)
        world.close()
        using again = open()
        expect(look(again)).toEqual(seen)
      }),
      { numRuns: 60 },
    )
  })
})
