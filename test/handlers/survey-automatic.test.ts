import { describe, expect, it } from 'vitest'
import { minutesBetween } from '../../content/time.ts'
import { surveys } from '../../handlers/surveys/index.ts'
import { demoContent } from '../support/content.ts'
import { callOff } from '../support/survey-town.ts'
import { openTown, type Sent, type Town } from '../support/town.ts'

const BEFORE = '2026-12-04T12:00:00+08:00'
/** The 5th of December 2026 is a Saturday: the round opens on the Monday after. */
const OPENING = '2026-12-07T09:30:00+08:00'

const about = (sent: readonly Sent[]) => sent.filter(({ text }) => /调查/.test(text))
const rounds = (town: Town) => town.rows('round').map((r) => [r['survey'], r['opens_at']])

describe('the rounds of a month', () => {
  it('open by themselves where the content says so, and only there', async () => {
    for (const [automatic, expected] of [
      [true, [['satisfaction', '2026-12-07T01:30:00.000Z']]],
      [false, []],
    ] as const) {
      using town = openTown({ now: BEFORE, rounds: automatic, lectures: false })
      await town.goTo('2026-12-16T12:00:00+08:00')
      expect(rounds(town)).toEqual(expected)
    }
  })

  it.each([
    ['an hour', '2026-12-07T10:30:00+08:00'],
    ['a second', '2026-12-07T09:30:01+08:00'],
    ['days', '2026-12-11T12:00:00+08:00'],
  ])('do not begin in a community that is younger by %s', async (_, now) => {
    using town = openTown({ now, rounds: true })
    town.person('王阿姨')
    town.compare()
    await town.restart()
    await town.goTo('2026-12-17T09:29:00+08:00')
    expect(about(town.heard())).toEqual([])
    expect(rounds(town)).toEqual([])
    await town.goTo('2026-12-17T09:31:00+08:00')
    expect(rounds(town)).toEqual([['awareness', '2026-12-17T01:30:00.000Z']])
  })

  it('begin in a community of that very moment', async () => {
    using town = openTown({ now: OPENING, rounds: true, lectures: false })
    expect(rounds(town)).toHaveLength(1)
  })

  it('begin although the groups were enabled anew, as after a login', async () => {
    using town = openTown({ now: BEFORE, rounds: true, lectures: false })
    town.jump('2026-12-08T12:00:00+08:00')
    town.sql("UPDATE room SET enabled_at = '2026-12-08T03:00:00.000Z'")
    await town.restart()
    expect(rounds(town)).toHaveLength(1)
  })

  it('leave their month to the round of the same questionnaire that staff open in it', async () => {
    using town = openTown({ now: BEFORE, rounds: true, lectures: false })
    const staff = town.staff('小李', 'staff')
    await staff.says('调查 开始 满意度 2天')
    const told = town.heard().find(({ to }) => to === '小李')
    expect(told?.text).toContain('不再自动开同样的调查')
    await town.goTo('2027-01-06T12:00:00+08:00')
    expect(rounds(town)).toEqual([
      ['satisfaction', '2026-12-04T04:00:00.000Z'],
      ['awareness', '2026-12-17T01:30:00.000Z'],
      ['satisfaction', '2027-01-05T01:30:00.000Z'],
    ])
  })

  it('keep their month where staff called theirs off, or opened another questionnaire', async () => {
    using town = openTown({ now: BEFORE, rounds: true, lectures: false })
    const staff = town.staff('小李', 'staff')
    await staff.says('调查 开始 满意度')
    await callOff(town, staff)
    await staff.says('调查 开始 环保 1天')
    await town.goTo('2026-12-20T12:00:00+08:00')
    expect(rounds(town).map(([survey]) => survey)).toEqual([
      'satisfaction',
      'awareness',
      'satisfaction',
    ])
  })

  it('open in the month after where that is when they can', async () => {
    const content = demoContent()
    const surveyRules = {
      ...content.surveyRules,
      rounds: content.surveyRules.rounds.slice(0, 1).map((rule) => ({ ...rule, day: 28 })),
    }
    using town = openTown({
      now: '2026-11-27T12:00:00+08:00',
      rounds: true,
      lectures: false,
      content: { ...content, surveyRules },
    })
    await town.staff('小李', 'staff').says('调查 开始 环保 5天')
    await town.goTo('2026-12-20T12:00:00+08:00')
    expect(town.rows('round').map((r) => [r['survey'], r['period']])).toEqual([
      ['awareness', '2026-11-27 12:00'],
      ['satisfaction', '2026-11'],
    ])
  })

  it('wait for a group of residents', async () => {
    using town = openTown({ now: BEFORE, rounds: true, features: [surveys] })
    town.sql("UPDATE room SET enabled = 0 WHERE kind = 'residents'")
    await town.goTo('2026-12-08T12:00:00+08:00')
    expect(rounds(town)).toEqual([])
    expect(town.scheduler.nextDueAt()).toBeUndefined()
  })

  it('follow each other when the days pass at one go', async () => {
    using town = openTown({ now: BEFORE, rounds: true, lectures: false })
    town.person('王阿姨')
    town.compare()
    await town.goTo('2026-12-20T12:00:00+08:00')
    // The second waits for the end of the first.
    expect(rounds(town)).toEqual([
      ['satisfaction', '2026-12-07T01:30:00.000Z'],
      ['awareness', '2026-12-18T01:30:00.000Z'],
    ])
    const times = about(town.heard()).flatMap(({ to, at }) => (to === '一群' ? [at] : []))
    const gaps = times.slice(1).map((at, i) => minutesBetween(times[i] ?? at, at))
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(20 * 60)
  })

  it('leave the reminders of a lecture as they are, one by one', async () => {
    using town = openTown({ now: BEFORE, rounds: true, pacing: true })
    town.person('王阿姨')
    town.compare()
    await town.goTo('2026-12-08T18:00:00+08:00')
    town.heard()
    await town.goTo('2026-12-09T18:00:00+08:00')
    const heard = town.heard().filter(({ to }) => to === '二群')
    const of = (what: RegExp) => heard.filter(({ text }) => what.test(text)).map(({ at }) => at)
    const minute = (times: readonly string[]) => times.map((at) => at.slice(0, 16))
    expect(minute(of(/^提醒大家，明天（12月9日.*每周一课/s))).toEqual(['2026-12-08T11:00'])
    expect(minute(of(/^早上好！今天（12月9日.*每周一课/s))).toEqual(['2026-12-09T00:00'])
    expect(minute(of(/^马上就要开始了：.*每周一课/s))).toEqual(['2026-12-09T06:30'])
    expect(minute(of(/每日一题（3\/8）/))).toEqual(['2026-12-09T01:30'])
  })
})
