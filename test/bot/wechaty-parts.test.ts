import { describe, expect, it } from 'vitest'
import { createGuard } from '../../bot/wechaty/guard.ts'
import { createQueues, mapLimit } from '../../bot/wechaty/queue.ts'
import { within } from '../../bot/wechaty/timers.ts'
import { createTracker } from '../../bot/wechaty/tracker.ts'
import type { LogFields } from '../../handlers/core/ports.ts'
import { manualTimers } from './wechaty-support.ts'

describe('a guard', () => {
  function guarded() {
    const timers = manualTimers()
    const logged: (LogFields & { err?: unknown })[] = []
    const log = (event: string, fields: LogFields = {}) => void logged.push({ event, ...fields })
    return {
      timers,
      logged,
      guard: createGuard({ info: log, warn: log, error: log }, timers.schedule),
    }
  }

  it('logs an error at once, its repetitions as a count a minute later', () => {
    const { guard, timers, logged } = guarded()
    for (let n = 0; n < 15; n++) guard.report('network error', new Error('1101'))
    guard.report('network error', new Error('1102'))
    expect(logged).toHaveLength(2)
    timers.fire(60_000)
    expect(logged.at(-1)).toMatchObject({ event: 'network error', repeated: 14 })
    timers.fire(60_000)
    expect(logged).toHaveLength(3)
    guard.report('network error', new Error('1101'))
    expect(logged).toHaveLength(4)
  })

  it('lets nothing out', async () => {
    const { guard, logged } = guarded()
    await guard.run('task failed', () => {
      throw new Error('sync')
    })
    await guard.run('task failed', () => Promise.reject(new Error('async')))
    expect(logged).toHaveLength(2)
  })

  it('logs what it counted when it closes, and leaves no timer', () => {
    const { guard, timers, logged } = guarded()
    guard.report('a', 'x')
    guard.report('a', 'x')
    guard.close()
    expect(logged).toMatchObject([{ event: 'a' }, { event: 'a', repeated: 1 }])
    expect(timers.pending()).toEqual([])
  })
})

describe('queues', () => {
  it('forget a key whose tasks are done', async () => {
    const queues = createQueues()
    const done: string[] = []
    const task = (name: string) => async () => void done.push(name)
    const tasks = [queues.push('a', task('a1')), queues.push('a', task('a2'))]
    await queues.idle()
    expect(done).toEqual(['a1', 'a2'])
    await Promise.all(tasks)
    await queues.idle()
  })

  it('are idle only when what a task has pushed is done too', async () => {
    const queues = createQueues()
    const done: string[] = []
    void queues.push('a', async () => {
      void queues.push('b', async () => void done.push('b'))
    })
    await queues.idle()
    expect(done).toEqual(['b'])
  })
})

describe('mapLimit', () => {
  it('keeps the order and the limit', async () => {
    let running = 0
    let most = 0
    const results = await mapLimit([3, 1, 2, 5, 4], 2, async (n) => {
      most = Math.max(most, ++running)
      for (let turns = 0; turns < n; turns++) await Promise.resolve()
      running--
      return n * 10
    })
    expect(results).toEqual([30, 10, 20, 50, 40])
    expect(most).toBe(2)
  })
})

describe('within', () => {
  it('rejects what takes too long and leaves no timer after what does not', async () => {
    const timers = manualTimers()
    const late = within(timers.schedule, 100, new Promise(() => {}))
    timers.fire(100)
    await expect(late).rejects.toThrow('no answer within 100 ms')
    await expect(within(timers.schedule, 100, Promise.resolve(1))).resolves.toBe(1)
    expect(timers.pending()).toEqual([])
  })
})

describe('a tracker', () => {
  it('waits for every copy of a message', async () => {
    const tracker = createTracker()
    const order: string[] = []
    const waited = tracker.wait('m').then(() => order.push('waited'))
    tracker.arrived('m')
    tracker.arrived('m')
    tracker.done('m')
    await Promise.resolve()
    order.push('first copy')
    tracker.done('m')
    await waited
    expect(order).toEqual(['first copy', 'waited'])
    await tracker.wait('m')
  })

  it('forgets old messages', () => {
    const tracker = createTracker()
    for (let n = 0; n < 1_001; n++) {
      tracker.arrived(`m${n}`)
      tracker.done(`m${n}`)
    }
    expect(tracker.isUnderWay('m1000')).toBe(false)
  })

  it('lets go only those who wait for what has not come', async () => {
    const tracker = createTracker()
    const order: string[] = []
    tracker.arrived('here')
    const here = tracker.wait('here').then(() => order.push('here'))
    const never = tracker.wait('never').then(() => order.push('never'))
    tracker.release()
    await never
    tracker.done('here')
    await here
    expect(order).toEqual(['never', 'here'])
  })
})
