import { afterEach, describe, expect, it, vi } from 'vitest'
import { createSupervisor, type Signals } from '../../bot/wechaty/supervisor.ts'
import { watch } from '../../bot/wechaty/watch.ts'
import { createTown, manualTimers, openTown } from './wechaty-support.ts'

function supervised(fails: (attempt: number) => boolean = () => false) {
  const timers = manualTimers()
  const waits: number[] = []
  const signals: Signals[] = []
  let open = 0
  let most = 0
  const supervisor = createSupervisor({
    schedule: timers.schedule,
    async open(given) {
      signals.push(given)
      if (fails(signals.length)) throw new Error('no network')
      most = Math.max(most, ++open)
      return {
        close: async () => {
          await Promise.resolve()
          open--
        },
      }
    },
    onLost: (_reason, wait) => void waits.push(wait),
  })
  /** Lets the next attempt begin, and end. */
  async function retry(): Promise<void> {
    const tried = signals.length
    const wait = waits.at(-1) ?? 0
    await timers.until(wait)
    timers.fire(wait)
    for (let turns = 0; signals.length === tried && turns < 50; turns++) await Promise.resolve()
    for (let turns = 0; turns < 10; turns++) await Promise.resolve()
  }
  return {
    supervisor,
    timers,
    waits,
    signals,
    retry,
    open: () => open,
    most: () => most,
  }
}

describe('a supervisor', () => {
  it('waits twice as long after each failure, up to a minute', async () => {
    const it = supervised(() => true)
    await it.supervisor.start()
    for (let n = 0; n < 7; n++) await it.retry()
    expect(it.waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60].map((s) => s * 1_000))
    await it.supervisor.stop()
  })

  it('waits shortly again once a login has come', async () => {
    const it = supervised((attempt) => attempt < 4)
    await it.supervisor.start()
    for (let n = 0; n < 3; n++) await it.retry()
    it.signals.at(-1)?.loggedIn()
    it.signals.at(-1)?.lost('gone')
    expect(it.waits).toEqual([1_000, 2_000, 4_000, 1_000])
    await it.supervisor.stop()
  })

  it('never has two connections, and hears no more of one that is lost', async () => {
    const it = supervised()
    await it.supervisor.start()
    const [first] = it.signals
    first?.lost('gone')
    first?.lost('gone again')
    expect(it.waits).toEqual([1_000])
    await it.retry()
    first?.lost('long gone')
    expect(it.waits).toEqual([1_000])
    expect([it.open(), it.most()]).toEqual([1, 1])
    await it.supervisor.stop()
    expect(it.open()).toBe(0)
  })

  it('once stopped opens nothing', async () => {
    const it = supervised()
    await it.supervisor.start()
    it.signals[0]?.lost('gone')
    await it.supervisor.stop()
    expect(it.timers.pending()).toEqual([])
    it.signals[0]?.lost('gone')
    expect([it.open(), it.signals.length]).toEqual([0, 1])
  })

  it('stopped while it opens closes what it has opened', async () => {
    const it = supervised()
    const started = it.supervisor.start()
    await it.supervisor.stop()
    await started
    expect(it.open()).toBe(0)
  })
})

describe('a watch', () => {
  it('gives up when no login comes', () => {
    const timers = manualTimers()
    const reasons: string[] = []
    const watcher = watch(timers.schedule, (reason) => reasons.push(reason))
    watcher.expectLogin()
    watcher.loginCame()
    expect(timers.pending()).toEqual([])
    watcher.expectLogin()
    timers.fire(60_000)
    expect(reasons).toEqual(['no login'])
  })

  it('gives up when the heartbeat stays away, not before it has begun', () => {
    const timers = manualTimers()
    const reasons: string[] = []
    const watcher = watch(timers.schedule, (reason) => reasons.push(reason))
    expect(timers.pending()).toEqual([])
    watcher.beat()
    for (let n = 0; n < 3; n++) timers.fire(15_000)
    watcher.beat()
    for (let n = 0; n < 3; n++) timers.fire(15_000)
    expect(reasons).toEqual([])
    timers.fire(15_000)
    expect(reasons).toEqual(['no heartbeat'])
    watcher.beat()
    watcher.expectLogin()
    expect(timers.pending()).toEqual([])
  })
})

describe('a lost connection', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  it('is replaced by a fresh puppet, told as offline meanwhile, and messages go on', async () => {
    const timers = manualTimers()
    await using town = await openTown({ schedule: timers.schedule })
    await town.say('p1', 'r1', '一')
    const [first] = town.puppets
    first?.emit('error', new Error('14 UNAVAILABLE: token secret'))
    expect(town.network.chat.online).toBe(false)
    expect(town.network.health()).toMatchObject({ state: 'offline', reason: 'UNAVAILABLE' })
    await timers.until(1_000)
    timers.fire(1_000)
    await town.record.until(/^health online/, 2)
    expect(town.puppets).toHaveLength(2)
    expect(first?.isLoggedIn).toBe(false)
    expect((await town.say('p1', 'r1', '二')).session).toBe(2)
    expect(town.incoming.map(({ text }) => text)).toEqual(['一', '二'])
  })

  it('is one whose logout no login follows', async () => {
    const timers = manualTimers()
    await using town = await openTown({ schedule: timers.schedule })
    await town.puppets[0]?.logout('手机上退出')
    expect(town.network.health()).toMatchObject({ state: 'offline', reason: '手机上退出' })
    expect(town.network.chat.online).toBe(false)
    timers.fire(60_000)
    await timers.until(1_000)
    timers.fire(1_000)
    await town.record.until(/^health online/, 2)
    expect(town.puppets).toHaveLength(2)
  })

  it('is one that did not start', async () => {
    const timers = manualTimers()
    await using town = createTown({ schedule: timers.schedule, startFails: 1 })
    // A puppet that fails to start waits five seconds for itself before it says so.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const started = town.network.start()
    await vi.advanceTimersByTimeAsync(5_000)
    await started
    vi.useRealTimers()
    expect(town.network.health()).toMatchObject({ state: 'offline', reason: 'no chat server' })
    await timers.until(1_000)
    timers.fire(1_000)
    await town.record.until(/^health online/)
    expect(town.puppets).toHaveLength(2)
  })

  it('is not one that waits for a phone', async () => {
    const timers = manualTimers()
    await using town = await openTown({ schedule: timers.schedule })
    const [puppet] = town.puppets
    await puppet?.logout('expired')
    puppet?.emit('scan', { qrcode: 'https://login.example/1', status: 2 })
    expect(town.network.health()).toMatchObject({ state: 'scan', qr: 'https://login.example/1' })
    expect(timers.pending()).not.toContain(60_000)
    puppet?.emit('scan', { qrcode: 'https://login.example/1', status: 3 })
    expect(town.network.health()).not.toHaveProperty('qr')
  })

  it('of a puppet that keeps stale contacts is replaced at once', async () => {
    const timers = manualTimers()
    await using town = await openTown({
      schedule: timers.schedule,
      puppetName: 'wechaty-puppet-wechat4u',
    })
    await town.puppets[0]?.logout('1101')
    await timers.until(1_000)
    timers.fire(1_000)
    await town.record.until(/^health online/, 2)
    expect(town.puppets).toHaveLength(2)
  })
})
