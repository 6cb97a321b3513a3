import { describe, expect, it } from 'vitest'
import { toInstant } from '../../content/time.ts'
import {
  conversations,
  firstSpeaker,
  keyOf,
  type Model,
  memberChanges,
  mentionable,
  nameOf,
  note,
  receive,
  replace,
} from '../../web/client/state.ts'
import { createCalendar, isPause } from '../../web/client/time.ts'
import type { SandboxMessage } from '../../web/sandbox/port.ts'
import { createFakeSandbox } from '../support/fake-sandbox.ts'

function model(me = 'p1'): Model {
  const network = createFakeSandbox().state()
  const clock = { now: network.now, zone: 'Asia/Shanghai', morning: network.now }
  return { network, clock, me, open: undefined, entries: new Map(), unread: new Map() }
}

function message(some: Partial<SandboxMessage> = {}): SandboxMessage {
  const at = toInstant('2026-11-23T15:00:00+08:00')
  return { id: 'm1', at, from: 'p2', room: 'r1', kind: 'text', text: '早', ...some }
}

describe('conversations', () => {
  it('puts the direct chat first and the rooms without me last', () => {
    const shown = conversations(model()).map(({ title, mine }) => [title, mine])
    expect(shown).toEqual([
      ['小邻', true],
      ['18街坊', true],
      ['棋友会', true],
      ['光明社区工作人员', false],
    ])
  })

  it('finds where a message belongs', () => {
    const direct = { from: 'p1', to: 'bot' }
    const answer = { from: 'bot', to: 'p1' }
    const { room: _, ...rest } = message()
    expect(keyOf(message(), 'bot')).toBe('room:r1')
    expect(keyOf({ ...rest, ...direct }, 'bot')).toBe('person:p1')
    expect(keyOf({ ...rest, ...answer }, 'bot')).toBe('person:p1')
  })
})

describe('receiving a message', () => {
  it('counts what nobody saw, and shows it as the last', () => {
    const now = model()
    receive(now, message(), false)
    receive(now, message({ id: 'm2', text: '好' }), false)
    expect(conversations(now)[1]).toMatchObject({ unread: 2, last: { text: '好' } })
  })

  it('counts neither what is seen nor what I say', () => {
    const now = model()
    receive(now, message(), true)
    receive(now, message({ id: 'm2', from: 'p1' }), false)
    expect(conversations(now)[1]?.unread).toBe(0)
  })

  it('ignores one that is there already', () => {
    const now = model()
    receive(now, message(), false)
    receive(now, message(), false)
    expect(conversations(now)[1]?.unread).toBe(1)
    expect(now.entries.get('room:r1')).toHaveLength(1)
  })
})

describe('fetching a conversation again', () => {
  const first = message()
  const second = message({ id: 'm2', text: '好' })

  it('counts what came meanwhile, but nothing at first', () => {
    const now = model()
    replace(now, 'room:r1', [first], false)
    expect(conversations(now)[1]?.unread).toBe(0)
    replace(now, 'room:r1', [first, second], false)
    expect(conversations(now)[1]).toMatchObject({ unread: 1, last: { text: '好' } })
  })

  it('counts nothing where somebody looks on', () => {
    const now = model()
    replace(now, 'room:r1', [first], true)
    replace(now, 'room:r1', [first, second], true)
    expect(conversations(now)[1]?.unread).toBe(0)
  })

  it('leaves the notes where they were', () => {
    const now = model()
    note(now, 'room:r1', '一')
    receive(now, first, true)
    note(now, 'room:r1', '二')
    replace(now, 'room:r1', [first, second], true)
    const entries = now.entries.get('room:r1') ?? []
    const lines = entries.map((e) => (e.kind === 'note' ? e.text : e.message.id))
    expect(lines).toEqual(['一', 'm1', '二', 'm2'])
  })
})

describe('names', () => {
  it('uses the room nickname in that room only', () => {
    expect(nameOf(model(), 'p1', 'r1')).toBe('18-86-301 王秀英')
    expect(nameOf(model(), 'p1', 'r3')).toBe('王秀英')
    expect(nameOf(model(), 'bot', 'r1')).toBe('小邻')
    expect(nameOf(model(), 'gone')).toBe('gone')
  })

  it('offers everybody in the room but me, the bot first', () => {
    const names = mentionable(model('p2'), 'room:r1').map(({ name }) => name)
    expect(names).toEqual(['小邻', '18-86-301 王秀英'])
    expect(mentionable(model(), 'person:p1')).toEqual([])
  })
})

describe('who speaks', () => {
  it('stays the same, else is the first member of a served room', () => {
    expect(firstSpeaker(model('p3'))).toBe('p3')
    expect(firstSpeaker(model('gone'))).toBe('p1')
  })

  it('is a resident at first: somebody who is in one group alone', async () => {
    const sandbox = createFakeSandbox()
    await sandbox.addMember('r2', 'p1')
    expect(firstSpeaker({ ...model(''), network: sandbox.state() })).toBe('p2')
  })
})

describe('membership', () => {
  it('tells who came and who left', async () => {
    const sandbox = createFakeSandbox()
    const before = sandbox.state()
    await sandbox.addMember('r1', 'p3')
    await sandbox.removeMember('r1', 'p2')
    expect(memberChanges(before, sandbox.state())).toEqual([
      { room: 'r1', joined: ['p3'], left: ['p2'] },
    ])
    expect(memberChanges(before, before)).toEqual([])
  })
})

describe('times', () => {
  const { full, stamp, field } = createCalendar('Asia/Shanghai')
  const now = '2026-11-23T16:10:00.000Z'

  it('shows them as read in the zone', () => {
    expect(full(now)).toBe('11月24日 周二 00:10')
    expect(field(now)).toBe('2026-11-24T00:10')
  })

  it('stamps today, yesterday and other days differently', () => {
    expect(stamp('2026-11-23T16:05:00.000Z', now)).toBe('00:05')
    expect(stamp('2026-11-23T15:59:00.000Z', now)).toBe('昨天 23:59')
    expect(stamp('2026-11-22T11:00:00.000Z', now)).toBe('11月22日 周日 19:00')
  })

  it('takes more than five minutes for a pause', () => {
    expect(isPause('2026-11-23T16:00:00.000Z', '2026-11-23T16:05:00.000Z')).toBe(false)
    expect(isPause('2026-11-23T16:00:00.000Z', '2026-11-23T16:05:01.000Z')).toBe(true)
  })
})
