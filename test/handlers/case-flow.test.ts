import { describe, expect, it } from 'vitest'
import type { CaseId } from '../../db/schema-reports.ts'
import { resume } from '../../handlers/reports/cases.ts'
import {
  addWords,
  correct,
  findDuplicate,
  joinCase,
  withdraw,
} from '../../handlers/reports/filing.ts'
import {
  accept,
  archive,
  assign,
  close,
  extend,
  giveBack,
  pause,
  reject,
  remark,
  reopen,
  respond,
  revisit,
  start,
  supervise,
  transfer,
  unreached,
  urge,
} from '../../handlers/reports/service.ts'
import { caseRow, caseTown, granted, refused } from '../support/case-town.ts'

const NOTE = { note: '已劝阻，装修改到白天' }
const PHOTO = { hash: 'ab', mime: 'image/jpeg', width: 8, height: 6, bytes: 99 }

describe('a case', () => {
  it('is numbered from 1001 on, and knows when it must be answered and dealt with', () => {
    using t = caseTown()
    expect(t.file()).toBe(1001)
    expect(t.file()).toBe(1002)
    expect(caseRow(t.town, 1001 as CaseId)).toMatchObject({
      state: 'pending',
      category: 'noise',
      subtype: 'renovation',
      place_id: '18-86',
      place_text: '18街坊86门',
      due_respond_at: '2026-11-25T09:30:00.000Z',
      due_resolve_at: '2026-12-01T09:30:00.000Z',
      closed_at: null,
      public: 0,
    })
  })

  it('goes from filing to the archive, every step written down', () => {
    using t = caseTown()
    const id = t.file()
    const { town, staff, partner, anna } = t
    town.tx((w) => granted(accept(w, staff, id)))
    town.tx((w) => granted(assign(w, staff, id, { assignee: partner.id })))
    town.tx((w) => granted(start(w, partner, id)))
    town.tx((w) => granted(close(w, partner, id, { ...NOTE, photos: [PHOTO, PHOTO] })))
    expect(caseRow(town, id)).toMatchObject({ state: 'done', revisit_result: null, rating: null })
    town.tx((w) => granted(revisit(w, anna, id, { result: 'solved', rating: 'basically' })))
    town.tx((w) => granted(archive(w, undefined, id)))
    expect(caseRow(town, id)).toMatchObject({
      state: 'archived',
      revisit_result: 'solved',
      rating: 'basically',
      alarm_at: null,
      version: 7,
    })
    const events = town.rows('case_event')
    expect(
      events.map((e) => [e['kind'], e['from_state'], e['to_state'], e['acting'], e['resident_id']]),
    ).toEqual([
      ['file', null, 'pending', 'reporter', null],
      ['accept', 'pending', 'accepted', 'staff', staff.id],
      ['assign', 'accepted', 'assigned', 'staff', staff.id],
      ['start', 'assigned', 'working', 'handler', partner.id],
      ['close', 'working', 'done', 'handler', partner.id],
      ['revisit', 'done', 'revisited', 'reporter', null],
      ['archive', 'revisited', 'archived', 'system', null],
    ])
    expect(town.rows('case_photo')).toHaveLength(1)
    expect(refused(town.tx((w) => reopen(w, staff, id, '再看看')))).toContain('已归档')
    town.tx((w) => granted(remark(w, staff, id, { internal: '检查组看过' })))
  })

  it('has one winner when two close it at once', () => {
    using t = caseTown()
    const id = t.file()
    t.town.tx((w) => granted(close(w, t.staff, id, NOTE)))
    const words = refused(t.town.tx((w) => close(w, t.other, id, { note: '我也处理了' })))
    expect(words).toContain('#1001 已经是“已办结，待回访”')
    expect(t.town.rows('case_event')).toHaveLength(2)
  })

  it('refuses what was decided on an older view', () => {
    using t = caseTown()
    const id = t.file()
    t.town.tx((w) => granted(assign(w, t.staff, id, { assignee: t.partner.id, seen: 1 })))
    const late = t.town.tx((w) => assign(w, t.other, id, { assignee: t.steward.id, seen: 1 }))
    expect(refused(late)).toContain('刚才被别人改过了')
    expect(caseRow(t.town, id)['assignee_id']).toBe(t.partner.id)
  })

  it('says what is possible, when something is not', () => {
    using t = caseTown()
    const id = t.file()
    t.town.tx((w) => granted(close(w, t.staff, id, NOTE)))
    const words = refused(t.town.tx((w) => extend(w, t.staff, id, { days: 3, reason: '等配件' })))
    expect(words).toBe('#1001 现在是“已办结，待回访”，不能延期。可以：回访、记未联系上、重新办理。')
    expect(refused(t.town.tx((w) => accept(w, t.staff, 4711 as CaseId)))).toContain(
      '没有编号 #4711',
    )
  })

  it('asks for what is missing, and changes nothing', () => {
    using t = caseTown()
    const id = t.file()
    const { town, staff } = t
    const before = town.counts()
    expect(refused(town.tx((w) => close(w, staff, id, { note: ' ' })))).toContain('处理情况')
    expect(refused(town.tx((w) => reject(w, staff, id, { reason: '' })))).toContain('原因')
    expect(refused(town.tx((w) => assign(w, staff, id, { assignee: undefined })))).toContain(
      '派给谁',
    )
    expect(refused(town.tx((w) => assign(w, staff, id, { assignee: t.bob.id })))).toBe(
      '张建国不是工作人员，不能派单。',
    )
    expect(refused(town.tx((w) => transfer(w, staff, id, { where: '' })))).toContain('移送到哪里')
    for (const days of [0, -1, 1.5, 31, Number.NaN]) {
      expect(refused(town.tx((w) => extend(w, staff, id, { days, reason: '等配件' })))).toContain(
        '1 到 30',
      )
    }
    expect(town.counts()).toEqual(before)
    expect(caseRow(town, id)).toMatchObject({ state: 'pending', version: 1 })
  })
})

describe('closed, solved and content', () => {
  it('are three facts: 未解决 opens the case again, with its time to resolve anew', () => {
    using t = caseTown()
    const id = t.file()
    t.town.tx((w) => granted(close(w, t.staff, id, NOTE)))
    t.town.jump('2026-12-07T10:00:00+08:00')
    t.town.tx((w) =>
      granted(revisit(w, t.anna, id, { result: 'unsolved', rating: 'dissatisfied' })),
    )
    expect(caseRow(t.town, id)).toMatchObject({
      state: 'reopened',
      reopened: 1,
      closed_at: null,
      revisit_result: null,
      rating: null,
      due_respond_at: '2026-11-25T09:30:00.000Z',
      due_resolve_at: '2026-12-14T09:30:00.000Z',
    })
    expect(t.town.rows('case_revisit')).toMatchObject([
      { result: 'unsolved', rating: 'dissatisfied', by_reporter: 1 },
    ])
  })

  it('can be answered after nobody was reached', () => {
    using t = caseTown()
    const id = t.file()
    t.town.tx((w) => granted(close(w, t.staff, id, NOTE)))
    t.town.tx((w) => granted(unreached(w, undefined, id)))
    expect(caseRow(t.town, id)).toMatchObject({ revisit_result: 'unreached', rating: null })
    t.town.tx((w) => granted(revisit(w, t.anna, id, { result: 'solved', rating: 'satisfied' })))
    expect(caseRow(t.town, id)).toMatchObject({ state: 'revisited', revisit_result: 'solved' })
  })
})

describe('deadlines of a case', () => {
  it('stand still while it waits for the resident, and run on when the resident answers', async () => {
    using t = caseTown()
    const id = t.file()
    t.town.tx((w) => granted(pause(w, t.staff, id, '请告诉我们是哪一家')))
    expect(caseRow(t.town, id)['alarm_at']).toBeNull()
    expect(refused(t.town.tx((w) => pause(w, t.staff, id, '再等等')))).toContain('不能暂停计时')
    await t.town.goTo('2026-11-27T10:00:00+08:00')
    t.town.tx((w) => granted(addWords(w, t.anna, id, '是六楼那家')))
    expect(caseRow(t.town, id)).toMatchObject({
      due_respond_at: '2026-11-27T09:30:00.000Z',
      due_resolve_at: '2026-12-03T09:30:00.000Z',
    })
    expect(refused(t.town.tx((w) => resume(w, t.staff, id)))).toContain('不能恢复计时')
  })

  it('end their pause with the case', async () => {
    using t = caseTown()
    const id = t.file()
    t.town.tx((w) => granted(pause(w, t.staff, id, '等回复')))
    await t.town.advance({ hours: 1 })
    t.town.tx((w) => granted(close(w, t.staff, id, NOTE)))
    expect(t.town.rows('case_pause')).toMatchObject([{ to_at: t.town.now() }])
  })

  it('are extended with a reason, and keep what was promised at the filing', () => {
    using t = caseTown()
    const id = t.file()
    t.town.tx((w) => granted(extend(w, t.staff, id, { days: 3, reason: '等配件' })))
    t.town.tx((w) => granted(extend(w, t.staff, id, { days: 2, reason: '还在等' })))
    expect(caseRow(t.town, id)).toMatchObject({
      due_resolve_at: '2026-12-08T09:30:00.000Z',
      due_respond_at: '2026-11-25T09:30:00.000Z',
    })
  })

  it('change with the kind, and with nothing else', () => {
    using t = caseTown()
    const id = t.file()
    t.town.tx((w) => granted(correct(w, t.staff, id, { place: '28' })))
    expect(caseRow(t.town, id)['due_resolve_at']).toBe('2026-12-01T09:30:00.000Z')
    t.town.tx((w) => granted(correct(w, t.staff, id, { category: 'waste', subtype: 'falling' })))
    expect(caseRow(t.town, id)).toMatchObject({ category: 'waste', urgent: 1, place_id: '28' })
    expect(String(caseRow(t.town, id)['due_resolve_at']) < '2026-12-01').toBe(true)
    expect(refused(t.town.tx((w) => correct(w, t.staff, id, { place: 'moon' })))).toContain('地图')
  })
})

describe('the first contact', () => {
  it('is the first time that somebody got in touch, or told the result', async () => {
    using t = caseTown()
    const [a, b] = [t.file(), t.file()]
    t.town.tx((w) => granted(respond(w, t.staff, a)))
    const at = t.town.now()
    await t.town.advance({ hours: 1 })
    t.town.tx((w) => granted(respond(w, t.staff, a)))
    expect(caseRow(t.town, a)).toMatchObject({ responded_at: at, state: 'pending' })
    t.town.tx((w) => granted(accept(w, t.staff, b)))
    expect(caseRow(t.town, b)['responded_at']).toBeNull()
    t.town.tx((w) => granted(reject(w, t.staff, b, { reason: '不归社区管' })))
    expect(caseRow(t.town, b)['responded_at']).toBe(t.town.now())
  })
})

describe('handing over', () => {
  it('goes back when whoever has it cannot do it, and to somebody else', () => {
    using t = caseTown()
    const id = t.file()
    t.town.tx((w) => granted(assign(w, t.staff, id, { assignee: t.partner.id })))
    t.town.tx((w) => granted(giveBack(w, t.partner, id, '不是物业的事')))
    expect(caseRow(t.town, id)).toMatchObject({ state: 'returned', assignee_id: null })
    t.town.tx((w) => granted(assign(w, t.staff, id, { assignee: t.steward.id })))
    t.town.tx((w) => granted(urge(w, t.anna, id)))
    t.town.tx((w) => granted(supervise(w, t.staff, id)))
    expect(caseRow(t.town, id)).toMatchObject({ state: 'assigned', supervised_at: t.town.now() })
    t.town.tx((w) => granted(transfer(w, t.staff, id, { where: '12345' })))
    expect(caseRow(t.town, id)).toMatchObject({ state: 'transferred', transferred_to: '12345' })
  })

  it('leaves it with whoever begins what nobody has', () => {
    using t = caseTown()
    const id = t.file()
    t.town.tx((w) => granted(start(w, t.steward, id)))
    expect(caseRow(t.town, id)).toMatchObject({ state: 'working', assignee_id: t.steward.id })
  })
})

describe('several who report the same', () => {
  it('finds the open case of the same kind and place in the last fortnight', async () => {
    using t = caseTown()
    const id = t.file()
    const found = (more: object) =>
      findDuplicate(t.look(), {
        category: 'noise',
        subtype: 'renovation',
        place: '18-86',
        ...more,
      }).map((row) => row.id)
    expect(found({})).toEqual([id])
    expect(found({ place: '18' })).toEqual([id])
    expect(found({ subtype: undefined })).toEqual([id])
    expect(found({ place: '28' })).toEqual([])
    expect(found({ place: undefined })).toEqual([])
    expect(found({ subtype: 'pets' })).toEqual([])
    expect(found({ category: 'waste', subtype: 'other' })).toEqual([])
    const near = t.file({ place: '18' }, t.bob)
    expect(found({})).toEqual([id, near])
    expect(found({ place: '18' })).toEqual([near, id])
    t.town.tx((w) => granted(close(w, t.staff, near, NOTE)))
    expect(found({})).toEqual([id])
    await t.town.advance({ days: 15 })
    expect(found({})).toEqual([])
  })

  it('counts each of them once', () => {
    using t = caseTown()
    const id = t.file()
    const plus1 = { words: '我家也是', channel: 'group' } as const
    expect(granted(t.town.tx((w) => joinCase(w, t.bob, t.bob.id, id, plus1))).reporters).toBe(2)
    expect(refused(t.town.tx((w) => joinCase(w, t.bob, t.bob.id, id, plus1)))).toContain(
      '已经反映过',
    )
    expect(refused(t.town.tx((w) => joinCase(w, t.anna, t.anna.id, id, plus1)))).toContain(
      '已经反映过',
    )
  })

  it('ends with the last one who takes the report back', () => {
    using t = caseTown()
    const id = t.file()
    const plus1 = { words: '我家也是', channel: 'group' } as const
    t.town.tx((w) => granted(joinCase(w, t.bob, t.bob.id, id, plus1)))
    t.town.tx((w) => granted(withdraw(w, t.anna, id)))
    expect(caseRow(t.town, id)['state']).toBe('pending')
    expect(refused(t.town.tx((w) => withdraw(w, t.anna, id)))).toContain('没有您的反映')
    expect(granted(t.town.tx((w) => joinCase(w, t.anna, t.anna.id, id, plus1))).reporters).toBe(2)
    t.town.tx((w) => granted(withdraw(w, t.anna, id)))
    t.town.tx((w) => granted(withdraw(w, t.bob, id)))
    expect(caseRow(t.town, id)['state']).toBe('withdrawn')
  })

  it('may be put right by the reporter alone only while nobody else reports it', () => {
    using t = caseTown()
    const id = t.file()
    t.town.tx((w) => granted(correct(w, t.anna, id, { place: '18-88' })))
    expect(caseRow(t.town, id)['place_id']).toBe('18-88')
    t.town.tx((w) => granted(joinCase(w, t.bob, t.bob.id, id, { words: '+1', channel: 'group' })))
    const words = refused(t.town.tx((w) => correct(w, t.anna, id, { place: '28' })))
    expect(words).toContain('几位邻居')
  })
})
