import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Content } from '../../content/schema.ts'
import { at, dateIn, type Instant, plus, timeIn, toWallTime } from '../../content/time.ts'
import { roomById, updateRoom } from '../../db/queries/room.ts'
import { planRoom } from '../../handlers/programmes/service.ts'
import { demoContent } from '../support/content.ts'
import { openTown, type Town } from '../support/town.ts'

/** What may happen to a community, in any order. */
type Step =
  | { readonly do: 'advance' | 'jump'; readonly hours: number }
  | { readonly do: 'restart' | 'online' | 'offline' | 'run' | 'relogin' | 'refusing' | 'sending' }
  | { readonly do: 'content'; readonly which: number }
  | { readonly do: 'room'; readonly on: boolean }
  | { readonly do: 'ask'; readonly words: string; readonly where: string }
  | { readonly do: 'move'; readonly pick: number; readonly days: number; readonly time: string }
  | { readonly do: 'cancel'; readonly pick: number }

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('advance' as const),
      hours: fc.integer({ min: 1, max: 30 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('jump' as const),
      hours: fc.integer({ min: 1, max: 60 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom('restart', 'online', 'offline', 'run', 'relogin') }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('ask' as const),
      words: fc.constantFrom('今天有什么活动', '明天有什么活动', '本周活动', '每周一课讲什么'),
      where: fc.constantFrom('一群', '二群', '三群', '工作群'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('move' as const),
      pick: fc.nat({ max: 12 }),
      days: fc.nat({ max: 3 }),
      time: fc.constantFrom('09:30', '14:00', '15:00', '17:30'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('content' as const), which: fc.nat({ max: 2 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('room' as const), on: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('cancel' as const), pick: fc.nat({ max: 12 }) }),
  },
)

const DEMO = demoContent()
const CONTENTS: readonly Content[] = [
  DEMO,
  {
    ...DEMO,
    programmes: DEMO.programmes.map((p) =>
      p.id === 'weekly-lesson' ? { ...p, starts: toWallTime('16:00') } : p,
    ),
  },
  { ...DEMO, programmes: DEMO.programmes.filter((p) => p.id !== 'daily-fun') },
]

async function live(town: Town, steps: readonly Step[]): Promise<void> {
  const zhang = town.staff('张主任', 'owner')
  const li = town.person('李阿姨')
  town.compare()
  for (const each of steps) {
    const upcoming = town
      .rows('occurrence')
      .filter((r) => String(r['starts_at']) > town.now() && r['state'] !== 'cancelled')
      .sort((a, b) => (String(a['starts_at']) < String(b['starts_at']) ? -1 : 1))
    switch (each.do) {
      case 'advance':
        await town.advance({ hours: each.hours })
        break
      case 'jump':
        town.jump(plus(town.now(), { hours: each.hours }))
        break
      case 'restart':
        await town.restart()
        break
      case 'relogin':
        await town.relogin(false)
        break
      case 'online':
      case 'offline':
        town.setOnline(each.do === 'online')
        await town.settle()
        break
      case 'refusing':
      case 'sending':
        town.trouble(each.do === 'refusing' ? () => new Error('no') : undefined)
        break
      case 'content':
        await town.restart(CONTENTS[each.which])
        break
      case 'room': {
        const id = town.rooms.二群
        const wasOff = town.tx(({ tx }) => roomById(tx, id)?.enabled === 0)
        town.tx((work) => {
          updateRoom(work.tx, id, {
            enabled: each.on ? 1 : 0,
            ...(each.on && wasOff ? { enabled_at: work.now } : {}),
          })
          const room = roomById(work.tx, id)
          if (each.on && room) planRoom(work, room)
        })
        break
      }
      case 'run':
        await town.settle()
        break
      case 'ask':
        await li.says(each.words, each.where)
        break
      case 'move': {
        const row = upcoming[each.pick]
        const day = dateIn(town.env.zone, plus(town.now(), { days: each.days }))
        if (row) await zhang.says(`改期 ${row['id']} ${day} ${each.time}`, '工作群')
        break
      }
      case 'cancel': {
        const row = upcoming[each.pick]
        if (row) await zhang.says(`取消活动 ${row['id']} 停电`, '工作群')
        break
      }
    }
  }
  town.setOnline(true)
  town.trouble(undefined)
  await town.settle()
  await town.goTo(
    at(dateIn(town.env.zone, plus(town.now(), { days: 1 })), toWallTime('12:30'), town.env.zone),
  )
  await town.settle()
}

/** Messages that Linli started by itself, as they stand in the outbox. */
function notices(town: Town) {
  return town.rows('outbox').filter((m) => m['priority'] === 'notice') as {
    id: number
    room_id: number | null
    dedupe_key: string
    state: string
    settled_at: Instant
    text: string
  }[]
}

function expectOrder(town: Town): void {
  const { quietHours } = demoContent().chat
  const sent = notices(town).filter((m) => m.state === 'sent')

  // Nothing by itself in the quiet hours, and never to the staff but for what staff asked.
  for (const message of sent) {
    const time = timeIn(town.env.zone, message.settled_at)
    expect(time >= quietHours.to && time < quietHours.from, `${time} ${message.text}`).toBe(true)
    const toStaff = message.room_id === town.rooms.工作群
    expect(toStaff && /^(remind|digest)/.test(message.dedupe_key)).toBe(false)
  }
  expect(sent.length).toBe(new Set(sent.map((m) => m.dedupe_key)).size)

  // Every due reminder is settled, and what counts as sent has really gone out, once.
  const states = new Map(town.rows('outbox').map((m) => [m['id'], m['state']]))
  for (const reminder of town.rows('reminder')) {
    if (String(reminder['due_at']) <= town.now()) expect(reminder['state']).not.toBe('planned')
    if (reminder['state'] === 'sent') expect(states.get(reminder['outbox_id'])).toBe('sent')
  }
  for (const digest of town.rows('digest')) {
    if (digest['state'] === 'sent') expect(states.get(digest['outbox_id'])).toBe('sent')
  }
  // One digest a group and a morning.
  const digests = sent.filter((m) => m.dedupe_key.startsWith('digest:'))
  const mornings = digests.map((m) => m.dedupe_key.split(':').slice(0, 3).join(':'))
  expect(mornings.length).toBe(new Set(mornings).size)

  expectTold(town)
}

/** Whoever heard of an occurrence heard last how it is now; of a cancelled one nobody hears but the cancellation. */
function expectTold(town: Town): void {
  const zone = town.env.zone
  const messages = new Map(town.rows('outbox').map((m) => [m['id'], m]))
  const told = town.rows('told').map((t) => ({
    occurrence: t['occurrence_id'],
    message: messages.get(t['outbox_id']) as Record<string, unknown>,
  }))
  for (const row of town.rows('occurrence')) {
    const about = told.filter(
      (t) => t.occurrence === row['id'] && t.message['state'] === 'sent' && t.message['room_id'],
    )
    const lastChange = town
      .rows('occurrence_change')
      .filter((c) => c['occurrence_id'] === row['id'])
      .at(-1)
    const rooms = new Set(about.map((t) => t.message['room_id']))
    const started = about.filter((t) => !String(t.message['dedupe_key']).startsWith('reply:'))
    for (const { message } of started) {
      // Nothing but the cancellation after it.
      const isNotice = String(message['dedupe_key']).startsWith('change:')
      if (row['state'] !== 'cancelled' || isNotice) continue
      expect(String(message['settled_at']) <= String(lastChange?.['at'])).toBe(true)
    }
    for (const room of rooms) {
      if (room === town.rooms.工作群) continue
      // As many reminders as the ledger says, at most.
      const reminded = started.filter(
        (t) =>
          t.message['room_id'] === room && String(t.message['dedupe_key']).startsWith('remind:'),
      )
      const sent = town
        .rows('reminder')
        .filter(
          (r) => r['occurrence_id'] === row['id'] && r['room_id'] === room && r['state'] === 'sent',
        )
      expect(reminded.length).toBe(new Set(sent.map((r) => r['outbox_id'])).size)
      const here = about
        .filter((t) => t.message['room_id'] === room)
        .sort((a, b) => Number(a.message['id']) - Number(b.message['id']))
      const notices = here.filter((t) => String(t.message['dedupe_key']).startsWith('change:'))
      expect(notices.length).toBe(new Set(notices.map((t) => t.message['dedupe_key'])).size)
      const last = here.at(-1)
      const over = lastChange !== undefined && String(row['starts_at']) <= town.now()
      if (lastChange === undefined || over) continue
      const text = String(last?.message['text'])
      if (row['state'] === 'cancelled') expect(text).toContain('取消')
      else expect(text, `${dateIn(zone, town.now())}`).toContain(String(row['start_time']))
    }
  }
}

describe('whatever happens', () => {
  it('nothing is said twice, at night, too late or of what is off, and nothing is left open', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
        using town = openTown({ now: '2026-11-24T12:00:00+08:00' })
        await live(town, steps)
        expectOrder(town)
      }),
      { numRuns: 60, seed: 7 },
    )
  }, 120_000)
})
