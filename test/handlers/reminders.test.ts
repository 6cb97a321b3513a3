import { describe, expect, it } from 'vitest'
import { updateRoom } from '../../db/queries/room.ts'
import { demoContent } from '../support/content.ts'
import { numberOf } from '../support/sign-up-town.ts'
import { expectOne, expectSilence, openTown, type Town } from '../support/town.ts'

const GROUPS = ['一群', '二群', '三群']
const EVE = '提醒大家，明天（11月25日 周三）：'
const MORNING = '早上好！今天（11月25日 周三）的活动：'
const SOON = '马上就要开始了：'

/** What a group heard since the last look: the moment and the first line of each message. */
function firstLines(town: Town, group = '一群'): (readonly [string, string])[] {
  return town
    .heard()
    .filter((m) => m.to === group)
    .map((m) => [m.at, m.text.split('\n')[0] ?? ''] as const)
}

function lesson(town: Town, on = '2026-11-25') {
  const row = town
    .rows('occurrence')
    .find((r) => r['programme'] === 'weekly-lesson' && r['scheduled_on'] === on)
  if (row === undefined) throw new Error(`no lesson on ${on}`)
  return row as { id: number }
}

/** Offset, state and reason of a lesson's reminders in the first group. */
function ledger(town: Town, on?: string) {
  const { id } = lesson(town, on)
  return town
    .rows('reminder')
    .filter((r) => r['occurrence_id'] === id && r['room_id'] === town.rooms.一群)
    .map((r) => [r['offset'], r['state'], r['reason']])
}

describe('the day around a 每周一课', () => {
  it('reminds each group of residents in the evening, in the morning and half an hour before', async () => {
    using town = openTown({ now: '2026-11-24T12:00:00+08:00' })
    await town.advance({ days: 1, hours: 3 })
    const heard = town.heard()
    for (const group of GROUPS) {
      const texts = heard.filter((m) => m.to === group).map((m) => [m.at, m.text.split('\n')[0]])
      expect(texts).toEqual([
        ['2026-11-24T11:00:00.000Z', EVE],
        ['2026-11-25T00:00:00.000Z', MORNING],
        ['2026-11-25T06:30:00.000Z', SOON],
      ])
    }
    expect(heard.filter((m) => !GROUPS.includes(m.to))).toEqual([])
  })

  it('says what, where and by whom', async () => {
    using town = openTown({ now: '2026-11-24T18:59:00+08:00' })
    await town.goTo('2026-11-24T19:00:00+08:00')
    expect(town.heard()[0]?.text).toBe(
      '提醒大家，明天（11月25日 周三）：\n' +
        '15:00 每周一课《冬季养生》（王医生主讲），地点：居家养老服务中心二楼活动室\n' +
        `　要参加，回“报名 ${numberOf(town)}”（还有 60 个座位）\n` +
        '记得带上老花镜和水杯。',
    )
  })

  it('says nothing twice when the jobs run again, the process restarts or the account logs in anew', async () => {
    using town = openTown({ now: '2026-11-24T12:00:00+08:00' })
    town.person('李阿姨')
    town.compare()
    for (const at of ['2026-11-24T19:00', '2026-11-25T08:00', '2026-11-25T14:30']) {
      await town.goTo(`${at}:00+08:00`)
      expect(town.heard()).toHaveLength(3)
      await town.settle()
      await town.restart()
      await town.relogin()
      expectSilence(town)
    }
  })

  it('writes down what it did', async () => {
    using town = openTown({ now: '2026-11-24T12:00:00+08:00' })
    expect(ledger(town)).toEqual([
      ['1d19:00', 'planned', null],
      ['30m', 'planned', null],
    ])
    await town.advance({ days: 1, hours: 3 })
    expect(ledger(town)).toEqual([
      ['1d19:00', 'sent', null],
      ['30m', 'sent', null],
    ])
  })
})

describe('several activities', () => {
  it('on one eve are one message', async () => {
    using town = openTown({ now: '2026-12-09T18:00:00+08:00' })
    const zhang = town.staff('张主任', 'owner')
    await zhang.says(`改期 ${lesson(town, '2026-12-23').id} 明天15:00`)
    await zhang.says(`改期 ${lesson(town, '2026-12-16').id} 明天16:00`)
    town.heard()
    await town.goTo('2026-12-09T19:00:00+08:00')
    const toFirst = town.heard().filter((m) => m.to === '一群')
    expect(toFirst).toHaveLength(1)
    for (const part of ['10:00 法律进社区', '15:00 每周一课', '16:00 每周一课']) {
      expect(toFirst[0]?.text).toContain(part)
    }
  })

  it('in one morning are one digest, and the morning reminders give way to it', async () => {
    using town = openTown({ now: '2026-11-26T07:00:00+08:00' })
    await town.goTo('2026-11-26T09:00:00+08:00')
    const toFirst = town.heard().filter((m) => m.to === '一群')
    expect(toFirst.map((m) => m.text)).toEqual([
      '早上好！今天（11月26日 周四）的活动：\n' +
        '09:00 每日一乐·文娱，地点：居家养老服务中心二楼活动室\n' +
        '16:30 四点半学校，地点：青少年教育活动基地',
    ])
    const skipped = town.rows('reminder').filter((r) => r['reason'] === 'in_digest')
    expect(skipped).toHaveLength(3)
  })

  it('but one activity on a day has its own reminder and no digest', async () => {
    using town = openTown({ now: '2026-11-29T07:00:00+08:00' })
    await town.goTo('2026-11-29T09:00:00+08:00')
    expect(firstLines(town)).toEqual([
      ['2026-11-29T00:00:00.000Z', '提醒大家，今天（11月29日 周日）：'],
    ])
    expect(town.rows('digest').map((d) => d['reason'])).toEqual(['nothing', 'nothing', 'nothing'])
  })

  it('count as one when the others are called off before the morning', async () => {
    using town = openTown({ now: '2026-11-25T20:00:00+08:00' })
    const zhang = town.staff('张主任', 'owner')
    const school = town
      .rows('occurrence')
      .find((r) => r['programme'] === 'four-thirty' && r['held_on'] === '2026-11-26')
    await zhang.says(`取消活动 ${school?.['id']} 停电`)
    town.heard()
    await town.goTo('2026-11-26T09:00:00+08:00')
    expect(firstLines(town)).toEqual([
      ['2026-11-26T00:00:00.000Z', '提醒大家，今天（11月26日 周四）：'],
    ])
  })
})

describe('after a stop', () => {
  it('sends the evening reminder late, worded for the day it goes out', async () => {
    using town = openTown({ now: '2026-11-24T12:00:00+08:00' })
    town.jump('2026-11-24T20:30:00+08:00')
    await town.restart()
    expect(firstLines(town)).toEqual([['2026-11-24T12:30:00.000Z', EVE]])
  })

  it('leaves the evening reminder to the digest of the morning', async () => {
    using town = openTown({ now: '2026-11-24T12:00:00+08:00' })
    town.jump('2026-11-25T07:40:00+08:00')
    await town.restart()
    expectSilence(town)
    await town.goTo('2026-11-25T08:00:00+08:00')
    expect(firstLines(town)).toEqual([['2026-11-25T00:00:00.000Z', MORNING]])
    expect(ledger(town)[0]).toEqual(['1d19:00', 'skipped', 'in_digest'])
  })

  it('sends the evening reminder after all when nothing is left for a digest', async () => {
    using town = openTown({ now: '2026-11-24T12:00:00+08:00' })
    const zhang = town.staff('张主任', 'owner')
    town.jump('2026-11-25T07:40:00+08:00')
    await town.restart()
    for (const row of town.rows('occurrence')) {
      if (row['held_on'] === '2026-11-25' && row['programme'] !== 'weekly-lesson') {
        await zhang.says(`取消活动 ${row['id']} 停电`)
      }
    }
    town.heard()
    await town.goTo('2026-11-25T08:10:00+08:00')
    expect(firstLines(town)).toEqual([
      ['2026-11-25T00:00:00.000Z', '提醒大家，今天（11月25日 周三）：'],
    ])
  })

  it('sends a late digest of what is still to come', async () => {
    using town = openTown({ now: '2026-11-24T20:00:00+08:00' })
    town.jump('2026-11-25T11:00:00+08:00')
    await town.restart()
    const texts = town.heard().filter((m) => m.to === '一群')
    expect(texts).toHaveLength(1)
    expect(texts[0]?.text).toContain('15:00 每周一课')
    expect(texts[0]?.text).not.toContain('每日一乐')
  })

  it('skips a digest that says nothing new any more, and reminds of what is still to come', async () => {
    using town = openTown({ now: '2026-11-24T12:00:00+08:00' })
    town.jump('2026-11-25T13:00:00+08:00')
    await town.restart()
    expect(firstLines(town)).toEqual([
      ['2026-11-25T05:00:00.000Z', '提醒大家，今天（11月25日 周三）：'],
    ])
    expect(town.rows('digest').map((d) => [d['on_date'], d['reason']])).toContainEqual([
      '2026-11-25',
      'late',
    ])
  })

  it('sends the last reminder late until the start, and notes what came too late', async () => {
    using town = openTown({ now: '2026-11-24T12:00:00+08:00' })
    town.jump('2026-11-25T14:50:00+08:00')
    await town.restart()
    expect(firstLines(town)).toEqual([['2026-11-25T06:50:00.000Z', SOON]])
    expect(ledger(town)).toEqual([
      ['1d19:00', 'skipped', 'late'],
      ['30m', 'sent', null],
    ])
  })

  it('says nothing of what has begun, and notes it', async () => {
    using town = openTown({ now: '2026-11-24T12:00:00+08:00' })
    town.jump('2026-11-25T15:00:00+08:00')
    await town.restart()
    expectSilence(town)
    expect(ledger(town)).toEqual([
      ['1d19:00', 'skipped', 'late'],
      ['30m', 'skipped', 'late'],
    ])
  })

  it('waits for the end of the quiet hours', async () => {
    using town = openTown({ now: '2026-11-24T12:00:00+08:00' })
    town.jump('2026-11-24T21:30:00+08:00')
    await town.restart()
    expectSilence(town)
    await town.goTo('2026-11-25T08:00:00+08:00')
    expect(firstLines(town)).toEqual([['2026-11-25T00:00:00.000Z', MORNING]])
  })

  it('has a row for every occurrence and reminder of a stop of months', async () => {
    using town = openTown({ now: '2026-11-24T12:00:00+08:00' })
    town.jump('2027-03-02T20:00:00+08:00')
    await town.restart()
    expect(firstLines(town)).toEqual([
      ['2027-03-02T12:00:00.000Z', '提醒大家，明天（3月3日 周三）：'],
    ])
    expect(ledger(town, '2027-02-24')).toEqual([
      ['1d19:00', 'skipped', 'late'],
      ['30m', 'skipped', 'late'],
    ])
    expect(
      town
        .rows('reminder')
        .filter((r) => r['state'] === 'planned' && String(r['due_at']) <= town.now()),
    ).toEqual([])
  })
})

describe('while the chat is offline', () => {
  it('words the evening reminder anew when it goes out the next day', async () => {
    using town = openTown({ now: '2026-11-28T12:00:00+08:00' })
    const zhang = town.staff('张主任', 'owner')
    await zhang.says(`改期 ${lesson(town, '2026-12-02').id} 11月29日15:00`)
    await zhang.says(
      `取消活动 ${town.rows('occurrence').find((r) => r['held_on'] === '2026-11-29' && r['programme'] === 'daily-fun')?.['id']} 停电`,
    )
    town.heard()
    town.setOnline(false)
    await town.goTo('2026-11-29T10:00:00+08:00')
    town.setOnline(true)
    await town.settle()
    expect(firstLines(town)).toEqual([
      ['2026-11-29T02:00:00.000Z', '提醒大家，今天（11月29日 周日）：'],
    ])
    expect(ledger(town, '2026-12-02')[0]).toEqual(['1d19:00', 'sent', null])
  })

  it('writes down that a reminder never went out', async () => {
    using town = openTown({ now: '2026-11-24T12:00:00+08:00' })
    town.setOnline(false)
    await town.goTo('2026-11-25T15:00:00+08:00')
    town.setOnline(true)
    await town.advance({ minutes: 1 })
    expectSilence(town)
    expect(ledger(town)).toEqual([
      ['1d19:00', 'skipped', 'late'],
      ['30m', 'skipped', 'late'],
    ])
    expect(town.rows('digest').map((d) => [d['on_date'], d['state'], d['reason']])).toContainEqual([
      '2026-11-25',
      'skipped',
      'late',
    ])
  })

  it('reminds after all of what a digest was to tell that never went out', async () => {
    using town = openTown({ now: '2026-11-24T18:00:00+08:00' })
    town.setOnline(false)
    await town.goTo('2026-11-25T12:30:00+08:00')
    town.setOnline(true)
    await town.settle()
    expect(firstLines(town)).toEqual([
      ['2026-11-25T04:30:00.000Z', '提醒大家，今天（11月25日 周三）：'],
    ])
  })

  it('sends what is still of use', async () => {
    using town = openTown({ now: '2026-11-24T12:00:00+08:00' })
    town.setOnline(false)
    await town.goTo('2026-11-24T20:00:00+08:00')
    town.setOnline(true)
    await town.settle()
    expect(firstLines(town)).toEqual([['2026-11-24T12:00:00.000Z', EVE]])
  })
})

describe('a start in the middle of a day', () => {
  it('does not fire what was due before, and fires what is due now', async () => {
    using town = openTown({ now: '2026-11-25T14:30:00+08:00' })
    await town.settle()
    expect(firstLines(town)).toEqual([['2026-11-25T06:30:00.000Z', SOON]])
    expect(ledger(town)).toEqual([
      ['1d19:00', 'skipped', 'late'],
      ['30m', 'sent', null],
    ])
    expect(town.rows('digest')).toEqual([])
  })

  it('does not fire an evening reminder whose time had passed', async () => {
    using town = openTown({ now: '2026-11-24T19:01:00+08:00' })
    await town.settle()
    expectSilence(town)
  })

  it('plans for a group from the moment it is enabled', async () => {
    using town = openTown({ now: '2026-11-24T12:00:00+08:00' })
    const zhang = town.staff('张主任', 'owner')
    await town.goTo('2026-11-24T20:00:00+08:00')
    town.strangeRoom('四群')
    await zhang.says('群绑定码 28街坊')
    const code = /[0-9A-Z]{6,}/.exec(town.heard().at(-1)?.text ?? '')?.[0] ?? ''
    await zhang.says(`绑定本群 ${code}`, '四群')
    town.heard()
    await town.goTo('2026-11-25T15:00:00+08:00')
    expect(firstLines(town, '四群').map(([, text]) => text)).toEqual([MORNING, SOON])
  })

  it('says nothing to a group that was switched off', async () => {
    using town = openTown({ now: '2026-11-24T12:00:00+08:00' })
    town.tx(({ tx }) => updateRoom(tx, town.rooms.一群, { enabled: 0 }))
    await town.goTo('2026-11-25T15:00:00+08:00')
    expect(firstLines(town)).toEqual([])
    expect(ledger(town)).toEqual([
      ['1d19:00', 'skipped', 'room_off'],
      ['30m', 'skipped', 'room_off'],
    ])
  })
})

describe('wording', () => {
  it('names the day in a reminder by minutes that is a day early', async () => {
    const content = demoContent()
    const programmes = content.programmes.map((p) =>
      p.id === 'weekly-lesson' ? { ...p, reminders: [{ minutesBefore: 1440 }] } : p,
    )
    using town = openTown({
      now: '2026-11-24T14:00:00+08:00',
      content: { ...content, programmes },
    })
    await town.goTo('2026-11-24T15:00:00+08:00')
    expect(firstLines(town)).toEqual([['2026-11-24T07:00:00.000Z', EVE]])
  })

  it('keeps to the clock on the wall when the clocks change', async () => {
    const content = demoContent()
    const programmes = content.programmes.map((p) =>
      p.id === 'weekly-lesson'
        ? { ...p, recurrence: { every: 'week', on: [7], interval: 1 } as const }
        : p,
    )
    using town = openTown({
      now: '2026-10-31T12:00:00-04:00',
      zone: 'America/New_York',
      content: { ...content, programmes },
    })
    await town.goTo('2026-11-01T16:00:00-05:00')
    expect(firstLines(town)).toEqual([
      ['2026-10-31T23:00:00.000Z', '提醒大家，明天（11月1日 周日）：'],
      ['2026-11-01T13:00:00.000Z', '早上好！今天（11月1日 周日）的活动：'],
      ['2026-11-01T19:30:00.000Z', SOON],
    ])
  })

  it('speaks the language of each group', async () => {
    using town = openTown({ now: '2026-11-24T12:00:00+08:00' })
    town.tx(({ tx }) => updateRoom(tx, town.rooms.二群, { lang: 'en' }))
    await town.goTo('2026-11-24T19:00:00+08:00')
    const english = town.heard().find((m) => m.to === '二群')?.text
    expect(english).toContain('Weekly Lesson')
    expect(english).toContain('Home Care Centre')
  })
})

describe('a reminder of one activity', () => {
  it('is not repeated by what the group asks', async () => {
    using town = openTown({ now: '2026-11-24T18:00:00+08:00' })
    const li = town.person('李阿姨')
    await li.says('每周一课讲什么', '一群')
    expectOne(town, '一群', '每周一课')
    await town.goTo('2026-11-24T19:00:00+08:00')
    expect(firstLines(town)).toHaveLength(1)
  })
})
