import fc from 'fast-check'
import { expect, it } from 'vitest'
import { plus, timeIn, type Zone } from '../../content/time.ts'
import type { OutboxId, OutboxState, RoomId } from '../../db/schema.ts'
import { type Desk, type Fate, openDesk } from './outbox-support.ts'

/** Whatever happens in whatever order: nobody gets a message twice, none is lost, none comes at night. */

const EDGES: readonly `${OutboxState} ${OutboxState}`[] = [
  'queued sending',
  'queued expired',
  'sending sent',
  'sending queued',
  'sending unknown',
  'sending failed',
]

type PutStep =
  | { readonly do: 'put'; room: number; priority: 'urgent' | 'reply' | 'notice'; text: number }
  | { readonly do: 'put late'; room: number; minutes: number; lives: number }
type Step =
  | PutStep
  | { readonly do: 'network'; how: 'ok' | 'refuse' | 'too fast' | 'lost' | 'late' }
  | { readonly do: 'pass'; seconds: number }
  | { readonly do: 'drain' | 'time out' | 'die' | 'log in' | 'offline' | 'online' | 'disk fails' }

const room = fc.nat(3)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('put' as const),
      room,
      priority: fc.constantFrom('urgent' as const, 'reply' as const, 'notice' as const),
      text: fc.nat(2),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('put late' as const),
      room,
      minutes: fc.nat(300),
      lives: fc.integer({ min: 1, max: 900 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('network' as const),
      how: fc.constantFrom(
        'ok' as const,
        'refuse' as const,
        'too fast' as const,
        'lost' as const,
        'late' as const,
      ),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('pass' as const),
      seconds: fc.oneof(fc.nat(10), fc.nat(7200), fc.integer({ min: -600, max: 0 })),
    }),
  },
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'drain' as const,
        'drain' as const,
        'time out' as const,
        'die' as const,
        'log in' as const,
        'offline' as const,
        'online' as const,
        'disk fails' as const,
      ),
    }),
  },
)

const FATES: Record<'ok' | 'refuse' | 'too fast' | 'lost' | 'late', () => Fate> = {
  ok: () => 'ok',
  refuse: () => new Error('no'),
  'too fast': () => new Error('1205'),
  lost: () => 'lost',
  late: () => 'late',
}

/** Gives nothing when the disk failed: what was not written was not promised. */
function putStep(desk: Desk, step: PutStep, to: RoomId): OutboxId | undefined {
  try {
    if (step.do === 'put') {
      return desk.put({ to, priority: step.priority, text: `text${step.text}` })
    }
    const notBefore = plus(desk.now(), { minutes: step.minutes })
    const expires = plus(notBefore, { minutes: step.lives })
    return desk.put({ to, priority: 'notice', text: 'late', notBefore, expires })
  } catch {
    return undefined
  }
}

async function play(desk: Desk, steps: readonly Step[]): Promise<OutboxId[]> {
  const places = [desk.first, desk.room(), desk.room(), desk.room(false)]
  const put: OutboxId[] = []
  const rounds: Promise<unknown>[] = []
  const tick = () => new Promise((resolve) => setImmediate(resolve))
  for (const each of steps) {
    if (each.do === 'put' || each.do === 'put late') {
      const id = putStep(desk, each, places[each.room] ?? desk.first)
      if (id !== undefined) put.push(id)
    } else if (each.do === 'network') desk.network(FATES[each.how])
    else if (each.do === 'pass') desk.pass({ seconds: each.seconds })
    else if (each.do === 'drain') rounds.push(desk.drain().catch(() => {}))
    else if (each.do === 'time out') await desk.timeout()
    else if (each.do === 'die') await desk.crash()
    else if (each.do === 'log in') await desk.outbox.recover()
    else if (each.do === 'offline' || each.do === 'online') desk.setOnline(each.do === 'online')
    else desk.failDisk(2)
    await tick()
  }
  desk.failDisk(-1)
  desk.setOnline(true)
  await desk.crash()
  desk.network('ok')
  await desk.run('2026-12-24T12:00:00+08:00')
  return put
}

function check(desk: Desk, put: readonly OutboxId[]): void {
  expect(desk.edges().filter((edge) => !(EDGES as readonly string[]).includes(edge))).toEqual([])
  const arrived = new Map<OutboxId, number>()
  for (const { row } of desk.delivered) arrived.set(row, (arrived.get(row) ?? 0) + 1)
  for (const [row, times] of arrived) expect([row, times]).toEqual([row, 1])
  for (const id of put) {
    const row = desk.row(id)
    const unbound = !desk.bound(row.room_id)
    if (row.state === 'sent') expect([id, arrived.get(id)]).toEqual([id, 1])
    if (row.state === 'queued') expect([id, unbound]).toEqual([id, true])
    if (row.state === 'failed' || row.state === 'expired') {
      expect([id, arrived.get(id)]).toEqual([id, undefined])
    }
    expect(row.state).not.toBe('sending')
  }
  for (const { row, at } of desk.tried) {
    if (desk.row(row).priority !== 'notice') continue
    const time = timeIn('Asia/Shanghai' as Zone, at)
    expect(time >= '07:30' && time < '21:30', `a notice at ${time}`).toBe(true)
  }
}

it.each([
  [false, false],
  [true, false],
  [false, true],
  [true, true],
])(
  'holds with pacing %s and history %s',
  async (pacing, history) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 5, maxLength: 40 }),
        fc.nat(1439),
        async (steps, minute) => {
          using desk = openDesk({ pacing, history, now: '2026-11-24T00:00:00+08:00' })
          desk.pass({ minutes: minute })
          check(desk, await play(desk, steps))
        },
      ),
      { numRuns: 150 },
    )
  },
  60_000,
)
