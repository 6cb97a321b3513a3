import { describe, expect, it } from 'vitest'
import { createScheduler } from '../../bot/scheduler.ts'
import { earliest, type Instant, plus, toInstant, type Zone } from '../../content/time.ts'
import { putSetting, setting } from '../../db/queries/setting.ts'
import type { Job, Look } from '../../handlers/core/feature.ts'
import type { Logger } from '../../handlers/core/ports.ts'
import { createEnv } from '../../handlers/core/settings.ts'
import { rows } from '../db/support.ts'
import { demoContent } from '../support/content.ts'
import { openTown, testDb, testRandom } from '../support/town.ts'

const START = '2026-11-24T12:00:00+08:00'

/** Units that are done once: each is a name and when it falls due. */
function ledger(name: string, plan: Record<string, string>, run?: (unit: string) => void): Job {
  const done = (look: Look, unit: string) => setting(look.db, `${name} ${unit}`) !== undefined
  const open = (look: Look) =>
    Object.entries(plan)
      .map(([unit, due]) => ({ unit, due: toInstant(due) }))
      .filter(({ unit }) => !done(look, unit))
  return {
    name,
    nextDueAt: (look) => earliest(...open(look).map(({ due }) => due)),
    due: (look) =>
      open(look)
        .filter(({ due }) => due <= look.now)
        .map(({ unit }) => unit),
    run: (work, unit) => {
      putSetting(work.tx, `${name} ${unit}`, work.now, work.now)
      run?.(unit)
    },
  }
}

function openShop(...jobs: Job[]) {
  const db = testDb()
  let now: Instant = toInstant(START)
  const logs: { event: string; fields: object | undefined }[] = []
  const log = (event: string, fields?: object) => {
    logs.push({ event, fields })
  }
  const logger: Logger = { info: log, warn: log, error: log }
  const content = demoContent()
  const scheduler = createScheduler({
    store: db,
    env: createEnv({
      files: content,
      zone: 'Asia/Shanghai' as Zone,
      random: testRandom(),
      commands: [],
    }),
    clock: { now: () => now },
    jobs,
    logger,
  })
  return {
    db,
    logs,
    scheduler,
    goTo: (text: string) => {
      now = toInstant(text)
    },
    pass: (minutes: number) => {
      now = plus(now, { minutes })
    },
    done: () =>
      rows(db, 'SELECT name FROM setting ORDER BY rowid').map((row) => String(row['name'])),
    incidents: () => rows(db, 'SELECT origin, error FROM incident'),
    [Symbol.dispose]: () => db.close(),
  }
}

describe('what is due', () => {
  it('is done once, in the order of the jobs and of their units', () => {
    using shop = openShop(ledger('b', { 1: START, 2: START }), ledger('a', { 1: START }))
    shop.scheduler.runDue()
    shop.scheduler.runDue()
    expect(shop.done()).toEqual(['b 1', 'b 2', 'a 1'])
  })

  it('is not done before its time', () => {
    using shop = openShop(ledger('a', { 1: '2026-11-24T12:00:00.001+08:00' }))
    shop.scheduler.runDue()
    expect(shop.done()).toEqual([])
    expect(shop.scheduler.nextDueAt()).toBe('2026-11-24T04:00:00.001Z')
  })

  it('is done late after a stop', () => {
    using shop = openShop(
      ledger('a', { 1: '2026-11-24T12:10:00+08:00', 2: '2026-11-26T12:00:00+08:00' }),
    )
    shop.goTo('2026-11-25T12:00:00+08:00')
    shop.scheduler.runDue()
    expect(shop.done()).toEqual(['a 1'])
    expect(shop.scheduler.nextDueAt()).toBe('2026-11-26T04:00:00.000Z')
  })

  it('may bring other work that is due at once', () => {
    const later: Record<string, string> = {}
    const first = ledger('first', { 1: START }, () => {
      later['1'] = START
    })
    using shop = openShop(ledger('second', later), first)
    shop.scheduler.runDue()
    expect(shop.done()).toEqual(['first 1', 'second 1'])
  })
})

describe('a unit that throws', () => {
  const failing = (until: { times: number }) =>
    ledger('bad', { 1: START, 2: START }, (unit) => {
      if (unit === '1' && until.times-- > 0) throw new RangeError('王秀英 said 13800138000')
    })

  it('takes back what it did and does not stop the others', () => {
    using shop = openShop(failing({ times: 1 }), ledger('good', { 1: START }))
    shop.scheduler.runDue()
    expect(shop.done()).toEqual(['bad 2', 'good 1'])
  })

  it('is tried again a minute later, until it works', () => {
    using shop = openShop(failing({ times: 2 }))
    shop.scheduler.runDue()
    expect(shop.scheduler.nextDueAt()).toBe('2026-11-24T04:01:00.000Z')
    shop.goTo('2026-11-24T12:00:59.999+08:00')
    shop.scheduler.runDue()
    expect(shop.incidents()).toHaveLength(1)
    shop.goTo('2026-11-24T12:01:00+08:00')
    shop.scheduler.runDue()
    expect(shop.incidents()).toHaveLength(2)
    shop.pass(1)
    shop.scheduler.runDue()
    expect(shop.done()).toEqual(['bad 2', 'bad 1'])
    expect(shop.scheduler.nextDueAt()).toBeUndefined()
  })

  it('leaves an incident without words', () => {
    using shop = openShop(failing({ times: 1 }))
    shop.scheduler.runDue()
    expect(shop.incidents()).toEqual([{ origin: 'job bad', error: 'RangeError' }])
    expect(shop.logs.map((l) => l.event)).toEqual(['job failed'])
  })

  it('is tried again at once when the clock was set back', () => {
    using shop = openShop(failing({ times: 1 }))
    shop.goTo('2026-11-24T20:00:00+08:00')
    shop.scheduler.runDue()
    shop.goTo(START)
    shop.scheduler.runDue()
    expect(shop.done()).toEqual(['bad 2', 'bad 1'])
  })

  it('does not stop the others when not even the incident can be written', () => {
    using shop = openShop(failing({ times: 1 }), ledger('good', { 1: START }))
    const { tx } = shop.db
    let calls = 0
    Object.assign(shop.db, {
      tx: ((work) => {
        calls += 1
        if (calls === 2) throw new Error('disk is full')
        return tx(work)
      }) as typeof tx,
    })
    shop.scheduler.runDue()
    expect(shop.done()).toEqual(['bad 2', 'good 1'])
    expect(shop.incidents()).toEqual([])
  })
})

describe('a job that cannot say what is due', () => {
  const lost: Job = {
    name: 'lost',
    nextDueAt: () => {
      throw new Error('no idea')
    },
    due: () => {
      throw new Error('no idea')
    },
    run: () => {},
  }

  it('does not stop the others, and is asked again a minute later', () => {
    using shop = openShop(lost, ledger('good', { 1: START, 2: '2026-11-24T15:00:00+08:00' }))
    shop.scheduler.runDue()
    expect(shop.done()).toEqual(['good 1'])
    expect(shop.incidents()).toEqual([{ origin: 'job lost', error: 'Error' }])
    expect(shop.scheduler.nextDueAt()).toBe('2026-11-24T04:01:00.000Z')
    shop.scheduler.runDue()
    expect(shop.incidents()).toHaveLength(1)
  })
})

describe('work that is never done', () => {
  it('is done a few times a minute, not for ever', () => {
    let runs = 0
    const endless: Job = {
      name: 'endless',
      nextDueAt: ({ now }) => now,
      due: () => ['again'],
      run: () => {
        runs += 1
      },
    }
    using shop = openShop(endless, ledger('good', { 1: START }))
    shop.scheduler.runDue()
    shop.scheduler.runDue()
    expect(runs).toBe(5)
    expect(shop.done()).toEqual(['good 1'])
    expect(shop.logs.map((l) => l.event)).toEqual(['job is never done'])
    expect(shop.scheduler.nextDueAt()).toBe('2026-11-24T04:01:00.000Z')
    shop.pass(1)
    shop.scheduler.runDue()
    expect(runs).toBe(10)
  })

  it('comes to an end also when it makes ever new work', () => {
    let n = 0
    const growing: Job = {
      name: 'growing',
      nextDueAt: ({ now }) => now,
      due: () => [`unit ${n}`],
      run: () => {
        n += 1
      },
    }
    using shop = openShop(growing)
    shop.scheduler.runDue()
    expect(n).toBeLessThan(10_000)
    expect(shop.logs.at(-1)?.event).toBe('jobs do not come to an end')
  })
})

describe('the moment when something falls due next', () => {
  it('is never now or past, through a week of the real jobs and a long stop', () => {
    using town = openTown()
    for (const day of ['2026-11-24', '2026-11-25', '2026-11-26', '2026-11-30', '2026-12-15']) {
      for (const time of ['00:00', '07:30', '08:00', '12:34:56.789', '19:00', '23:59:59.999']) {
        const moment = toInstant(`${day}T${time.length === 5 ? `${time}:00` : time}+08:00`)
        if (moment < town.now()) continue
        town.jump(moment)
        town.scheduler.runDue()
        const next = town.scheduler.nextDueAt()
        expect(next !== undefined && next > moment, `${moment} ${next}`).toBe(true)
      }
    }
    expect(town.rows('incident')).toEqual([])
    expect(town.logs.filter((l) => l.level === 'error')).toEqual([])
  })
})
