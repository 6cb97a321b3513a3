import { describe, expect, it } from 'vitest'
import { toInstant } from '../../content/time.ts'
import { plan, planJob } from '../../handlers/programmes/planning.ts'
import { expectOne, openTown, type Town } from '../support/town.ts'

function dates(town: Town, programme: string, state?: string): unknown[] {
  return town
    .rows('occurrence')
    .filter((r) => r['programme'] === programme && (state === undefined || r['state'] === state))
    .map((r) => r['held_on'])
    .sort()
}

describe('the plan of sixty days', () => {
  it('has a row for each date of each programme, once', async () => {
    using town = openTown({ now: '2026-11-23T12:00:00+08:00' })
    expect(dates(town, 'daily-fun')).toHaveLength(61)
    expect(dates(town, 'daily-fun').at(-1)).toBe('2027-01-22')
    expect(dates(town, 'weekly-lesson').slice(0, 3)).toEqual([
      '2026-11-25',
      '2026-12-02',
      '2026-12-09',
    ])
    expect(dates(town, 'monthly-review')).toEqual(['2026-11-27', '2026-12-25'])
    expect(dates(town, 'law')).toEqual(['2026-12-10', '2027-01-14'])
    const before = town.rows('occurrence')
    town.tx((work) => plan(work))
    expect(town.rows('occurrence')).toEqual(before)
  })

  it('grows by a day after each midnight, also where the process was down', async () => {
    using town = openTown({ now: '2026-11-23T12:00:00+08:00' })
    await town.goTo('2026-11-24T00:06:00+08:00')
    expect(dates(town, 'daily-fun').at(-1)).toBe('2027-01-23')
    town.jump('2027-03-01T12:00:00+08:00')
    await town.restart()
    expect(dates(town, 'daily-fun')).toHaveLength(98 + 61)
    expect(dates(town, 'weekly-lesson')).toContain('2027-02-24')
  })

  it('does not shrink when the clock goes back', async () => {
    using town = openTown({ now: '2026-11-23T12:00:00+08:00' })
    await town.goTo('2026-11-26T12:00:00+08:00')
    town.jump('2026-11-23T12:00:00+08:00')
    town.tx((work) => plan(work))
    expect(dates(town, 'daily-fun', 'cancelled')).toEqual([])
    expect(dates(town, 'daily-fun').at(-1)).toBe('2027-01-25')
  })

  it('leaves the school out in the holidays, and pauses the lesson', async () => {
    using town = openTown({ now: '2026-09-25T12:00:00+08:00' })
    const school = dates(town, 'four-thirty', 'planned').filter(
      (d) => String(d) >= '2026-09-28' && String(d) <= '2026-10-12',
    )
    expect(school).toEqual([
      '2026-09-28',
      '2026-09-29',
      '2026-09-30',
      '2026-10-08',
      '2026-10-09',
      '2026-10-10',
      '2026-10-12',
    ])
    expect(dates(town, 'weekly-lesson', 'cancelled')).toEqual(['2026-10-07'])
    const li = town.person('李阿姨')
    await li.says('10月1日有什么活动')
    expect(expectOne(town, '李阿姨', '每日一乐')).not.toContain('四点半学校')
    await li.says('10月7日有什么活动')
    expect(expectOne(town, '李阿姨', '15:00 每周一课')).toMatch(/每周一课.*（放假暂停）/)
    await li.says('10月10日有什么活动')
    expectOne(town, '李阿姨', '16:30 四点半学校')
  })

  it('is made in less than 300 ms', () => {
    using town = openTown({ now: '2026-11-23T12:00:00+08:00', lectures: false })
    const empty = openTown({ now: '2026-11-23T12:00:00+08:00', features: [] })
    using _ = empty
    const begin = performance.now()
    empty.tx((work) => plan(work))
    const spent = performance.now() - begin
    expect(empty.rows('reminder')).toHaveLength(town.rows('reminder').length)
    expect(spent).toBeLessThan(300)
  })
})

describe('the clock', () => {
  it('never stands still and never passes over what is due', async () => {
    using town = openTown({ now: '2026-11-23T12:00:00+08:00' })
    const end = toInstant('2026-12-07T12:00:00+08:00')
    let steps = 0
    for (let at = town.scheduler.nextDueAt(); at !== undefined && at <= end; steps++) {
      expect(at > town.now()).toBe(true)
      town.jump(at)
      await town.settle()
      at = town.scheduler.nextDueAt()
    }
    const due = town.rows('reminder').filter((r) => String(r['due_at']) <= town.now())
    expect(due.length).toBeGreaterThan(50)
    expect(due.filter((r) => r['state'] === 'planned' || r['reason'] === 'late')).toEqual([])
    expect(steps).toBeLessThan(120)
    expect(town.logs.filter((l) => l.level === 'error')).toEqual([])
  })

  it('is next wanted after midnight for the plan', () => {
    using town = openTown({ now: '2026-11-23T12:00:00+08:00' })
    expect(planJob.nextDueAt({ db: town.db, now: town.now(), env: town.env })).toBe(
      toInstant('2026-11-24T00:05:00+08:00'),
    )
  })
})
