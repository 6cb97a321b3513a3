import { describe, expect, it } from 'vitest'
import { minutesBetween } from '../../content/time.ts'
import { outboxCounts } from '../../db/queries/outbox.ts'
import { demoContent } from '../support/content.ts'
import { type Desk, openDesk } from './outbox-support.ts'

const texts = (desk: Desk) => desk.delivered.map((m) => m.text)
const seconds = (desk: Desk) =>
  desk.tried.slice(1).map((m, i) => minutesBetween(desk.tried[i]?.at ?? m.at, m.at) * 60)

describe('the order of sending', () => {
  it('is urgent, then replies, then notices; each in the order of writing', async () => {
    using desk = openDesk()
    for (const priority of ['notice', 'reply', 'urgent', 'notice', 'reply', 'urgent'] as const) {
      desk.put({ priority, text: `${priority}${desk.inState('queued').length}` })
    }
    await desk.drain()
    expect(texts(desk)).toEqual(['urgent2', 'urgent5', 'reply1', 'reply4', 'notice0', 'notice3'])
  })

  it('lets what is urgent pass while others are on their way', async () => {
    using desk = openDesk()
    desk.put({ text: 'first' })
    desk.put({ text: 'second' })
    desk.network((_, text) => {
      if (text === 'first') desk.put({ text: 'fire', priority: 'urgent' })
      return 'ok'
    })
    await desk.drain()
    expect(texts(desk)).toEqual(['first', 'fire', 'second'])
  })

  it('keeps the parts of a text in order when the first one has to be tried again', async () => {
    using desk = openDesk()
    desk.put({ text: '1/2' })
    desk.put({ text: '2/2' })
    desk.network((_, text) => (desk.tried.length === 1 && text === '1/2' ? new Error('no') : 'ok'))
    await desk.run('2026-11-24T13:00:00+08:00')
    expect(texts(desk)).toEqual(['1/2', '2/2'])
  })

  it('does not let one room wait for the trouble of another', async () => {
    using desk = openDesk()
    const other = desk.room()
    const bad = desk.put()
    desk.put({ to: other, text: 'fine' })
    desk.network((row) => (row === bad ? new Error('no') : 'ok'))
    await desk.drain()
    expect(texts(desk)).toEqual(['fine'])
  })
})

describe('a key', () => {
  it('is used once', () => {
    using desk = openDesk()
    desk.put({ key: 'same' })
    expect(() => desk.put({ key: 'same' })).toThrow('used before')
  })
})

describe('a time', () => {
  it('is waited for', async () => {
    using desk = openDesk()
    desk.put({ notBefore: '2026-11-24T12:00:01+08:00' })
    await desk.drain()
    expect(desk.delivered).toEqual([])
    expect(desk.outbox.nextAt()).toBe('2026-11-24T04:00:01.000Z')
    desk.goTo('2026-11-24T12:00:01+08:00')
    await desk.drain()
    expect(desk.delivered).toHaveLength(1)
    expect(desk.outbox.nextAt()).toBeUndefined()
  })

  it('past which it is too late ends the waiting, at that very moment', async () => {
    using desk = openDesk()
    const late = desk.put({ expires: '2026-11-24T12:10:00+08:00' })
    const inTime = desk.put({ expires: '2026-11-24T12:10:00.001+08:00' })
    desk.goTo('2026-11-24T12:10:00+08:00')
    await desk.drain()
    expect(desk.row(late)).toMatchObject({
      state: 'expired',
      reason: 'late',
      settled_at: desk.now(),
    })
    expect(desk.row(inTime).state).toBe('sent')
  })

  it('that passes while another send hangs is too late as well', async () => {
    using desk = openDesk()
    desk.put()
    const late = desk.put({ expires: '2026-11-24T12:00:20+08:00' })
    desk.network((row) => (row === late ? 'ok' : 'late'))
    const { round } = await desk.hang()
    desk.pass({ seconds: 30 })
    await desk.timeout()
    await round
    await desk.drain()
    expect(desk.row(late).state).toBe('expired')
  })
})

describe('a send that fails', () => {
  it('is tried again after 5, 15, 60 and 300 seconds, and then it has failed', async () => {
    using desk = openDesk()
    const id = desk.put()
    desk.network(new Error('no'))
    await desk.run('2026-11-24T18:00:00+08:00')
    expect(seconds(desk)).toEqual([5, 15, 60, 300])
    expect(desk.row(id)).toMatchObject({ state: 'failed', reason: 'gave_up', attempts: 5 })
    expect(desk.row(id).settled_at).toBe(desk.now())
  })

  it('is sent once when it works at last', async () => {
    using desk = openDesk()
    const id = desk.put()
    desk.network(() => (desk.tried.length < 3 ? new Error('no') : 'ok'))
    await desk.run('2026-11-24T18:00:00+08:00')
    expect(desk.delivered).toHaveLength(1)
    expect(desk.row(id)).toMatchObject({ state: 'sent', reason: null, platform_message_id: 'm1' })
  })

  it('leaves no words in the log or in the row', async () => {
    using desk = openDesk()
    const id = desk.put({ text: '王秀英 13800138000' })
    desk.network(new Error('cannot send 王秀英 13800138000'))
    await desk.run('2026-11-24T18:00:00+08:00')
    expect(JSON.stringify(desk.logs)).not.toMatch(/王秀英|13800138000/)
    expect(desk.row(id).reason).toBe('gave_up')
  })

  it.each([
    "AssertionError: '1205' == 0",
    "AssertionError: '1204' == 0",
    '操作过于频繁，请稍后再试',
  ])('because of too many gives the account a rest: %s', async (message) => {
    using desk = openDesk()
    const other = desk.room()
    desk.put()
    desk.put({ to: other, priority: 'urgent', notBefore: '2026-11-24T12:00:01+08:00' })
    desk.network(() => (desk.tried.length === 1 ? new Error(message) : 'ok'))
    await desk.drain()
    expect(desk.outbox.nextAt()).toBe('2026-11-24T04:10:00.000Z')
    desk.goTo('2026-11-24T12:09:59.999+08:00')
    await desk.drain()
    expect(desk.delivered).toEqual([])
    desk.goTo('2026-11-24T12:10:00+08:00')
    await desk.drain()
    expect(desk.delivered).toHaveLength(2)
  })
})

describe('a send without an answer', () => {
  it('is unknown after 30 seconds and never sent again', async () => {
    using desk = openDesk()
    const id = desk.put()
    desk.network('late')
    const { round } = await desk.hang()
    expect(desk.limits()).toEqual([30_000])
    expect(desk.row(id).state).toBe('sending')
    await desk.timeout()
    await round
    expect(desk.row(id)).toMatchObject({ state: 'unknown', reason: 'timeout' })
    desk.network('ok')
    await desk.run('2026-11-30T12:00:00+08:00')
    await desk.crash()
    await desk.run('2026-11-30T12:00:00+08:00')
    expect(desk.tried).toHaveLength(1)
    expect(desk.row(id).state).toBe('unknown')
  })

  it('lets the others go on', async () => {
    using desk = openDesk()
    const bad = desk.put()
    desk.put({ text: 'fine' })
    desk.network((row) => (row === bad ? 'lost' : 'ok'))
    const { round } = await desk.hang()
    await desk.timeout()
    await round
    expect(texts(desk)).toEqual(['fine'])
  })

  it('is not taken for what a crash left behind when the account logs in meanwhile', async () => {
    using desk = openDesk({ history: true })
    const id = desk.put()
    desk.network('lost')
    const { round } = await desk.hang()
    await desk.outbox.recover()
    expect(desk.row(id).state).toBe('sending')
    await desk.timeout()
    await round
    expect(desk.row(id).state).toBe('unknown')
    expect(desk.tried).toHaveLength(1)
  })
})

describe('a disk that fails', () => {
  it('after the message went out does not send it again', async () => {
    using desk = openDesk()
    const id = desk.put()
    desk.failDisk(2)
    await expect(desk.drain()).rejects.toThrow('disk is full')
    expect(desk.row(id).state).toBe('sending')
    await desk.drain()
    expect(desk.row(id)).toMatchObject({ state: 'sent', platform_message_id: 'm1' })
    expect(desk.tried).toHaveLength(1)
  })
})

describe('what a crash left in sending', () => {
  async function crashed(desk: Desk, fate: 'lost' | 'late', text = 'text') {
    const id = desk.put({ text })
    desk.network((row) => (row === id ? fate : 'ok'))
    await desk.hang()
    desk.pass({ minutes: 1 })
    await desk.crash()
    desk.network('ok')
    return id
  }

  it('is unknown where the network keeps no history', async () => {
    using desk = openDesk()
    const id = await crashed(desk, 'late')
    expect(desk.row(id)).toMatchObject({ state: 'unknown', reason: 'restart' })
    await desk.run('2026-11-30T12:00:00+08:00')
    expect(desk.tried).toHaveLength(1)
  })

  it('is settled by the history: it went out', async () => {
    using desk = openDesk({ history: true })
    const id = await crashed(desk, 'late')
    expect(desk.row(id).state).toBe('sent')
  })

  it('is settled by the history: it did not, so it goes out now', async () => {
    using desk = openDesk({ history: true })
    const id = await crashed(desk, 'lost')
    expect(desk.row(id).state).toBe('queued')
    await desk.drain()
    expect(desk.row(id).state).toBe('sent')
    expect(desk.delivered.map((m) => m.row)).toEqual([id])
  })

  it('is not mixed up with the same words that went out before', async () => {
    using desk = openDesk({ history: true })
    desk.put({ text: 'same' })
    await desk.drain()
    const id = await crashed(desk, 'lost', 'same')
    expect(desk.row(id).state).toBe('queued')
  })

  it('is not mixed up with the same words that went out in the same second', async () => {
    using desk = openDesk({ history: true, now: '2026-11-24T12:00:00.100+08:00' })
    desk.put({ text: 'same' })
    await desk.drain()
    desk.pass({ milliseconds: 300 })
    expect(desk.row(await crashed(desk, 'lost', 'same')).state).toBe('queued')
    desk.pass({ milliseconds: 300 })
    await desk.drain()
    desk.pass({ milliseconds: 300 })
    expect(desk.row(await crashed(desk, 'late', 'same')).state).toBe('sent')
  })

  it('is unknown where the history cannot tell which of two it was', async () => {
    using desk = openDesk({ history: true })
    const first = desk.put({ text: 'same' })
    desk.network('late')
    await desk.hang()
    await desk.crash(false)
    const second = await crashed(desk, 'lost', 'same')
    expect([desk.row(first).state, desk.row(second).state]).toEqual(['unknown', 'unknown'])
  })

  it('is unknown when the history cannot be read, and nothing else is held up', async () => {
    using desk = openDesk({ history: true })
    desk.historyFails(true)
    const id = await crashed(desk, 'late')
    expect(desk.row(id).state).toBe('unknown')
    desk.put({ text: 'next' })
    await desk.drain()
    expect(texts(desk)).toContain('next')
  })

  it('is settled in a later round when the disk fails', async () => {
    using desk = openDesk()
    const id = desk.put()
    desk.network('late')
    await desk.hang()
    desk.failDisk(0)
    await desk.crash()
    expect(desk.row(id).state).toBe('sending')
    desk.put({ text: 'next' })
    desk.network('ok')
    await desk.drain()
    expect(desk.row(id).state).toBe('unknown')
    expect(texts(desk)).toContain('next')
  })

  it('is unknown when its room is not found again', async () => {
    using desk = openDesk({ history: true })
    const id = desk.put()
    desk.network('late')
    await desk.hang()
    desk.unbind(desk.first)
    await desk.crash()
    expect(desk.row(id).state).toBe('unknown')
  })
})

describe('quiet hours', () => {
  const states = (desk: Desk) => desk.inState('sent').map((row) => row.priority)

  it.each([
    ['21:29:59.999', true],
    ['21:30:00', false],
    ['23:59:59', false],
    ['00:00:00', false],
    ['07:29:59.999', false],
    ['07:30:00', true],
  ])('at %s a notice goes out: %s', async (time, goes) => {
    using desk = openDesk({ now: `2026-11-24T${time}+08:00` })
    desk.put({ priority: 'notice' })
    await desk.drain()
    expect(states(desk)).toEqual(goes ? ['notice'] : [])
  })

  it('hold a notice until the morning', async () => {
    using desk = openDesk({ now: '2026-11-24T21:30:00+08:00' })
    desk.put({ priority: 'notice' })
    expect(desk.outbox.nextAt()).toBe('2026-11-24T23:30:00.000Z')
    await desk.run('2026-11-25T12:00:00+08:00')
    expect(desk.delivered.map((m) => m.at)).toEqual(['2026-11-24T23:30:00.000Z'])
  })

  it('drop a notice that is too late in the morning', async () => {
    using desk = openDesk({ now: '2026-11-24T22:00:00+08:00' })
    const id = desk.put({ priority: 'notice', expires: '2026-11-25T07:30:00+08:00' })
    await desk.run('2026-11-25T12:00:00+08:00')
    expect(desk.row(id)).toMatchObject({ state: 'expired', reason: 'late' })
  })

  it('let replies and what is urgent pass', async () => {
    using desk = openDesk({ now: '2026-11-24T23:00:00+08:00' })
    for (const priority of ['notice', 'reply', 'urgent'] as const) desk.put({ priority })
    await desk.drain()
    expect(states(desk).sort()).toEqual(['reply', 'urgent'])
  })

  it('hold the retry of a notice that failed just before', async () => {
    using desk = openDesk({ now: '2026-11-24T21:29:58+08:00' })
    desk.put({ priority: 'notice' })
    desk.network(() => (desk.tried.length === 1 ? new Error('no') : 'ok'))
    await desk.run('2026-11-25T12:00:00+08:00')
    expect(desk.delivered.map((m) => m.at)).toEqual(['2026-11-24T23:30:00.000Z'])
  })
})

describe('pacing', () => {
  const content = (pacing: object) => {
    const real = demoContent()
    return { ...real, chat: { ...real.chat, pacing: { ...real.chat.pacing, ...pacing } } }
  }

  it('leaves three to five seconds between two messages to a room', async () => {
    using desk = openDesk({ pacing: true })
    for (let n = 0; n < 10; n++) desk.put()
    await desk.run('2026-11-24T13:00:00+08:00')
    expect(desk.delivered).toHaveLength(10)
    for (const gap of seconds(desk)) {
      expect(gap).toBeGreaterThanOrEqual(3)
      expect(gap).toBeLessThanOrEqual(5)
    }
    expect(new Set(seconds(desk)).size).toBeGreaterThan(3)
  })

  it('does not make one room wait for another', async () => {
    using desk = openDesk({ pacing: true })
    for (let n = 0; n < 5; n++) desk.put({ to: desk.room() })
    await desk.drain()
    expect(desk.delivered).toHaveLength(5)
  })

  it('sends no more than 20 in any minute', async () => {
    using desk = openDesk({ pacing: true })
    for (let n = 0; n < 70; n++) desk.put({ to: desk.room() })
    await desk.run('2026-11-24T13:00:00+08:00')
    expect(desk.delivered).toHaveLength(70)
    for (const [i, { at }] of desk.delivered.entries()) {
      const later = desk.delivered[i + 20]
      if (later) expect(minutesBetween(at, later.at)).toBeGreaterThanOrEqual(1)
    }
  })

  it('keeps to a limit of one a minute', async () => {
    using desk = openDesk({ pacing: true, content: content({ perMinute: 1 }) })
    for (let n = 0; n < 4; n++) desk.put({ to: desk.room() })
    await desk.run('2026-11-24T13:00:00+08:00')
    expect(seconds(desk)).toEqual([60, 60, 60])
  })

  it('sends no more than so many a day; the rest goes out the day after', async () => {
    using desk = openDesk({ pacing: true, content: content({ perDay: 3 }) })
    for (let n = 0; n < 5; n++) desk.put({ to: desk.room(), priority: 'notice' })
    desk.put({ to: desk.room(), notBefore: '2026-11-24T12:30:00+08:00' })
    await desk.run('2026-11-25T12:00:00+08:00')
    expect(desk.delivered.map((m) => m.at.slice(0, 16))).toEqual([
      '2026-11-24T04:00',
      '2026-11-24T04:00',
      '2026-11-24T04:00',
      '2026-11-24T16:00',
      '2026-11-24T23:30',
      '2026-11-24T23:30',
    ])
  })

  it('counts what may have gone out for the day', async () => {
    using desk = openDesk({ pacing: true, content: content({ perDay: 1 }) })
    desk.put()
    desk.network('late')
    const { round } = await desk.hang()
    await desk.timeout()
    await round
    desk.network('ok')
    desk.put({ to: desk.room() })
    await desk.run('2026-11-24T23:00:00+08:00')
    expect(desk.tried).toHaveLength(1)
  })

  it('is jumped by what is urgent: room, minute and day', async () => {
    using desk = openDesk({ pacing: true, content: content({ perMinute: 2, perDay: 2 }) })
    desk.put()
    desk.put({ to: desk.room() })
    await desk.drain()
    desk.put({ text: 'fire', priority: 'urgent' })
    desk.put({ text: 'later' })
    await desk.drain()
    expect(texts(desk)).toEqual(['text1', 'text2', 'fire'])
  })

  it('goes on at once when the clock was set back', async () => {
    using desk = openDesk({ pacing: true, now: '2026-11-24T20:00:00+08:00' })
    for (let n = 0; n < 21; n++) desk.put({ to: desk.room() })
    await desk.drain()
    desk.goTo('2026-11-24T12:00:00+08:00')
    desk.put({ notBefore: '2026-11-24T12:00:00+08:00', text: 'now' })
    await desk.drain()
    expect(texts(desk)).toContain('now')
  })
})

describe('a room that is not bound in this session', () => {
  it('waits and does not hold up the others, however much waits for it', async () => {
    using desk = openDesk()
    const unbound = desk.room(false)
    for (let n = 0; n < 150; n++) desk.put({ to: unbound, priority: 'urgent' })
    desk.put({ text: 'fine', priority: 'notice' })
    await desk.drain()
    expect(texts(desk)).toEqual(['fine'])
    expect(desk.outbox.nextAt()).toBeUndefined()
    expect(outboxCounts(desk.db)).toEqual([
      { state: 'queued', n: 150 },
      { state: 'sent', n: 1 },
    ])
  })
})

describe('while the account is offline', () => {
  it('everything waits, and goes out afterwards', async () => {
    using desk = openDesk()
    const person = desk.person()
    desk.setOnline(false)
    desk.put()
    desk.put({ person: true, to: person })
    await desk.drain()
    expect(desk.tried).toEqual([])
    expect(desk.outbox.nextAt()).toBeUndefined()
    desk.pass({ hours: 3 })
    desk.setOnline(true)
    await desk.drain()
    expect(desk.delivered.map((m) => m.to)).toEqual([`room${desk.first}`, `person${person}`])
  })

  it('what is too late by then is not sent', async () => {
    using desk = openDesk()
    desk.setOnline(false)
    const id = desk.put({ expires: '2026-11-24T13:00:00+08:00' })
    desk.pass({ hours: 3 })
    desk.setOnline(true)
    await desk.drain()
    expect(desk.row(id).state).toBe('expired')
  })
})

describe('rounds', () => {
  it('asked for meanwhile are one more round', async () => {
    using desk = openDesk()
    desk.put({ text: 'a' })
    const all = [desk.drain(), desk.drain()]
    desk.put({ text: 'b' })
    all.push(desk.drain())
    await Promise.all(all)
    expect(texts(desk)).toEqual(['a', 'b'])
  })
})
