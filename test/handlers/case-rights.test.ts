import { describe, expect, it } from 'vitest'
import { addWords, correct, joinCase, withdraw } from '../../handlers/reports/filing.ts'
import { measure, mediate } from '../../handlers/reports/ledger.ts'
import {
  accept,
  assign,
  close,
  extend,
  publish,
  reject,
  remark,
  reopen,
  revisit,
  start,
  transfer,
  urge,
} from '../../handlers/reports/service.ts'
import { caseList, caseView, ownReports, reportersOf, reveal } from '../../handlers/reports/view.ts'
import { caseTown, granted, NOISE, refused } from '../support/case-town.ts'

const NOTE = { note: '已处理' }

describe('rights over a case', () => {
  it('are the staff’s and the owner’s for all cases', () => {
    using t = caseTown()
    const id = t.file({ place: undefined, placeWords: undefined })
    t.town.tx((w) => granted(accept(w, t.owner, id)))
    t.town.tx((w) => granted(close(w, t.staff, id, NOTE)))
  })

  it('are a steward’s within the beat alone', () => {
    using t = caseTown()
    const mine = t.file({ place: '18-86' })
    const others = t.file({ place: '28' })
    const nowhere = t.file({ place: undefined })
    t.town.tx((w) => granted(accept(w, t.steward, mine)))
    for (const id of [others, nowhere]) {
      expect(refused(t.town.tx((w) => accept(w, t.steward, id)))).toContain('权限')
    }
    expect(refused(t.town.tx((w) => transfer(w, t.steward, mine, { where: '12345' })))).toContain(
      '权限',
    )
    expect(caseList(t.look(), t.steward).map((row) => row.id)).toEqual([mine])
  })

  it('are a partner’s while a case is assigned to them', () => {
    using t = caseTown()
    const id = t.file()
    expect(refused(t.town.tx((w) => start(w, t.partner, id)))).toContain('权限')
    expect(caseList(t.look(), t.partner)).toEqual([])
    t.town.tx((w) => granted(assign(w, t.staff, id, { assignee: t.partner.id })))
    expect(caseList(t.look(), t.partner).map((row) => row.id)).toEqual([id])
    t.town.tx((w) => granted(start(w, t.partner, id)))
    expect(
      refused(t.town.tx((w) => extend(w, t.partner, id, { days: 1, reason: '忙' }))),
    ).toContain('权限')
    t.town.tx((w) => granted(assign(w, t.staff, id, { assignee: t.steward.id })))
    expect(refused(t.town.tx((w) => close(w, t.partner, id, NOTE)))).toContain('权限')
  })

  it('are not there for a role that is not confirmed', () => {
    using t = caseTown()
    const id = t.file()
    t.town.tx((w) => granted(assign(w, t.staff, id, { assignee: t.partner.id })))
    const unknown = { id: t.partner.id, role: 'resident' } as const
    expect(refused(t.town.tx((w) => start(w, unknown, id)))).toContain('权限')
  })

  it('let residents do with their own reports what they may, and nothing with others’', () => {
    using t = caseTown()
    const id = t.file()
    const { town, bob } = t
    const tries = [
      town.tx((w) => accept(w, t.anna, id)),
      town.tx((w) => reject(w, t.anna, id, { reason: '不要了' })),
      town.tx((w) => close(w, t.anna, id, NOTE)),
      town.tx((w) => publish(w, t.anna, id, true)),
      town.tx((w) => withdraw(w, bob, id)),
      town.tx((w) => correct(w, bob, id, { place: '28' })),
      town.tx((w) => addWords(w, bob, id, '我也说一句')),
      town.tx((w) => urge(w, bob, id)),
      town.tx((w) => revisit(w, bob, id, { result: 'unsolved' })),
      town.tx((w) => reopen(w, bob, id, '没解决')),
      caseView(t.look(), bob, id),
    ]
    for (const each of tries) refused(each)
    expect(town.rows('case_event')).toHaveLength(1)
    expect(town.rows('complaint')).toHaveLength(1)
  })
})

describe('the reporter', () => {
  it('is nowhere in the case, its history or its public notes', () => {
    using t = caseTown()
    const id = t.file({ consent: true })
    const { town } = t
    t.home(t.anna, '18-86', '401')
    town.tx((w) => granted(addWords(w, t.anna, id, '昨晚又来了')))
    town.tx((w) =>
      granted(joinCase(w, t.bob, t.bob.id, id, { words: '张建国也听到', channel: 'group' })),
    )
    const note = '王秀英反映的18街坊86门501已劝阻，401电话13812345678'
    town.tx((w) => granted(close(w, t.staff, id, { note })))
    town.tx((w) => granted(revisit(w, t.anna, id, { result: 'solved' })))
    const outward = JSON.stringify([
      town.rows('report_case'),
      town.rows('case_event').map(({ internal_note: _, ...event }) => event),
      granted(caseView(t.look(), t.anna, id)),
    ])
    for (const secret of ['王秀英', '张建国', '501', '401', '138', '钻墙', '睡不着', '又来了']) {
      expect(outward).not.toContain(secret)
    }
    const residents = town.rows('case_event').map((e) => e['resident_id'])
    expect(residents).toEqual([null, null, null, t.staff.id, null])
    expect(town.rows('case_event')[3]).toMatchObject({
      public_note: expect.stringContaining('已劝阻'),
      internal_note: note,
    })
  })

  it('is seen by staff with a reason, and every look is in the audit trail', () => {
    using t = caseTown()
    const id = t.file()
    t.home(t.anna, '18-86', '401')
    const view = granted(caseView(t.look(), t.staff, id))
    const [report] = view.reports
    if (report === undefined) throw new Error('no report')
    expect(report.words).toBe(NOISE.words)
    expect(JSON.stringify(report)).not.toContain('王秀英')
    const see = (by: typeof t.staff, reason: string) =>
      t.town.tx((w) => reveal(w, by, report.id, reason))
    expect(refused(see(t.staff, ' '))).toContain('原因')
    for (const by of [t.steward, t.partner, t.bob]) refused(see(by, '想知道'))
    expect(t.town.rows('audit')).toEqual([])
    expect(granted(see(t.staff, '电话回访'))).toEqual({
      resident: t.anna.id,
      name: '王秀英',
      home: '18-86',
      room: '401',
    })
    expect(t.town.rows('audit')).toMatchObject([
      {
        resident_id: t.staff.id,
        action: 'report.reveal',
        subject: 'case 1001',
        details: JSON.stringify({ complaint: report.id, reason: '电话回访' }),
      },
    ])
  })

  it('is not told to whom a case is assigned: that person sees no words of a report', () => {
    using t = caseTown()
    const id = t.file()
    t.town.tx((w) => granted(assign(w, t.staff, id, { assignee: t.partner.id })))
    const view = granted(caseView(t.look(), t.partner, id))
    expect(view.reports).toEqual([])
    expect(view.possible).toEqual(expect.arrayContaining(['start', 'close', 'giveBack', 'mediate']))
  })

  it('finds the own reports, and is told what became of them', () => {
    using t = caseTown()
    const first = t.file()
    const second = t.file({ category: 'waste', subtype: 'overflow' })
    t.town.tx((w) => granted(withdraw(w, t.anna, first)))
    expect(ownReports(t.look(), t.anna.id)).toMatchObject([
      { number: second, withdrawn: false },
      { number: first, withdrawn: true },
    ])
    expect(ownReports(t.look(), t.bob.id)).toEqual([])
    expect(reportersOf(t.look(), second)).toEqual([t.anna.id])
    expect(reportersOf(t.look(), first)).toEqual([])
  })

  it('decides whether a summary is shown', () => {
    using t = caseTown()
    const closed = t.file()
    expect(refused(t.town.tx((w) => publish(w, t.staff, closed, true)))).toContain('没有同意公开')
    const open = t.file({ consent: true })
    t.town.tx((w) => granted(publish(w, t.staff, open, false)))
    t.town.tx((w) => granted(publish(w, t.staff, open, true)))
    expect(t.town.rows('report_case').map((row) => row['public'])).toEqual([0, 1])
  })
})

describe('evidence', () => {
  const dissuasion = {
    kind: 'dissuasion',
    how: 'visit',
    party: 'source',
    outcome: 'promised',
  } as const
  const level = {
    level: 62.46,
    instrument: 'phone',
    period: 'night',
    limit: 50,
    point: '3号楼2单元501门口',
  } as const

  it('is dated, signed, and of no time before the report or after now', async () => {
    using t = caseTown()
    const id = t.file()
    const filed = t.town.now()
    await t.town.advance({ hours: 30 })
    t.town.tx((w) =>
      granted(mediate(w, t.steward, id, { ...dissuasion, at: filed, note: '501答应了' })),
    )
    const early = '2026-11-20T00:00:00.000Z' as typeof filed
    const late = '2027-01-01T00:00:00.000Z' as typeof filed
    for (const at of [early, late]) {
      expect(refused(t.town.tx((w) => mediate(w, t.staff, id, { ...dissuasion, at })))).toContain(
        '时间',
      )
    }
    const view = granted(caseView(t.look(), t.staff, id))
    expect(view.mediations).toMatchObject([
      { at: filed, recorded_at: t.town.now(), by_name: '孙楼长', outcome: 'promised' },
    ])
  })

  it('says whether a level exceeds the limit, to a tenth of a decibel', () => {
    using t = caseTown()
    const id = t.file()
    t.town.tx((w) => granted(measure(w, t.staff, id, level)))
    t.town.tx((w) =>
      granted(
        measure(w, t.staff, id, { ...level, level: 50.04, instrument: 'meter', minutes: 20 }),
      ),
    )
    expect(t.town.rows('measurement')).toMatchObject([
      { level: 625, limit_level: 500, exceeded: 1, minutes: null, point: '3号楼2单元门口' },
      { level: 500, exceeded: 0, minutes: 20 },
    ])
    for (const wrong of [{ level: 5 }, { level: 500 }, { level: Number.NaN }, { minutes: 0 }]) {
      expect(refused(t.town.tx((w) => measure(w, t.staff, id, { ...level, ...wrong })))).toContain(
        '分贝',
      )
    }
    expect(t.town.rows('measurement')).toHaveLength(2)
  })

  it('can be added when the case is over, and cannot be taken out of its history', () => {
    using t = caseTown()
    const id = t.file()
    t.town.tx((w) => granted(close(w, t.staff, id, NOTE)))
    t.town.tx((w) => granted(mediate(w, t.staff, id, dissuasion)))
    t.town.tx((w) => granted(remark(w, t.staff, id, { internal: '复查过' })))
    expect(() => t.town.sql('DELETE FROM case_event')).toThrow('events stay')
    expect(() => t.town.sql("UPDATE case_event SET at = '2026-01-01T00:00:00.000Z'")).toThrow(
      'stay',
    )
  })
})
