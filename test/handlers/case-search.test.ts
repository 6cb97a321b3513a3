import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CaseId } from '../../db/schema-reports.ts'
import { merge } from '../../handlers/reports/combine.ts'
import { forgetReporter } from '../../handlers/reports/erase.ts'
import { addWords, withdraw } from '../../handlers/reports/filing.ts'
import { mediate } from '../../handlers/reports/ledger.ts'
import { lateOf } from '../../handlers/reports/lines.ts'
import { assignees, caseCount, caseQueue, type Wanted } from '../../handlers/reports/queue.ts'
import type { Actor } from '../../handlers/reports/rights.ts'
import { assign, close, pause, remark } from '../../handlers/reports/service.ts'
import { type CaseTown, caseTown, granted } from '../support/case-town.ts'

const ALL = { skip: 0, take: 1000 }
const find = (t: CaseTown, by: Actor, wanted: Wanted): CaseId[] =>
  caseQueue(t.look(), by, wanted, ALL).rows.map((row) => row.id)
const search = (t: CaseTown, text: string, by: Actor = t.staff) => find(t, by, { text })

/** The index as SQLite checks it against the texts that it is of. */
const check = (t: CaseTown) =>
  t.town.sql("INSERT INTO case_search (case_search, rank) VALUES ('integrity-check', 1)")

describe('the words of a case', () => {
  it('are found wherever they stand: report, addition, place, notes, ledger', () => {
    using t = caseTown()
    const id = t.file({ effect: '老人心脏不好' })
    t.file({
      category: 'waste',
      subtype: 'other',
      place: '28',
      placeWords: '垃圾房后面',
      words: '没人清运',
    })
    t.town.tx((w) => granted(addWords(w, t.anna, id, '今天又在切割瓷砖')))
    t.town.tx((w) =>
      granted(remark(w, t.staff, id, { note: '已约好施工队长', internal: '业主在外地出差' })),
    )
    t.town.tx((w) =>
      granted(
        mediate(w, t.staff, id, {
          kind: 'dissuasion',
          how: 'visit',
          party: 'source',
          outcome: 'promised',
          note: '答应错开午休',
        }),
      ),
    )
    for (const words of ['楼上501又', '心脏不好', '切割瓷砖', '施工队长', '外地出差', '错开午休']) {
      expect([words, search(t, words)]).toEqual([words, [id]])
    }
    expect(search(t, '垃圾房后面')).toEqual([id + 1])
    check(t)
  })

  it('of one or two characters are found too, and several must all be there', () => {
    using t = caseTown()
    const id = t.file()
    const other = t.file({ words: '半夜跳舞', place: '28', placeWords: '' })
    expect(search(t, '钻墙')).toEqual([id])
    expect(search(t, '舞')).toEqual([other])
    expect(search(t, '钻墙 睡不着')).toEqual([id])
    expect(search(t, '钻墙 跳舞')).toEqual([])
    expect(search(t, '钻墙 28街坊')).toEqual([])
  })

  it('may be the number, or the name of a place', () => {
    using t = caseTown()
    const id = t.file({ words: '很吵', placeWords: '' })
    const other = t.file({ place: '28', placeWords: '', words: '很吵' })
    expect(search(t, `#${id}`)).toEqual([id])
    expect(search(t, String(other))).toEqual([other])
    expect(search(t, '28街坊')).toEqual([other])
  })

  it('are only words: signs that mean something to the index or to SQL mean nothing', () => {
    using t = caseTown()
    const id = t.file({ words: `他说"'; drop table complaint; -- 100% a_b NEAR(x y) \\` })
    for (const text of [
      `'; drop`,
      '"\'; d',
      '100%',
      'a_b',
      'NEAR(x',
      '%',
      '_',
      '\\',
      '"',
      '""" OR',
      '*',
      'words:x',
    ]) {
      const expected = `他说"'; drop table complaint; -- 100% a_b NEAR(x y) \\`.includes(
        text.split(' ')[0] ?? '',
      )
      expect([text, search(t, text).length > 0]).toEqual([text, expected && text !== '""" OR'])
    }
    expect(search(t, `'; drop table`)).toEqual([id])
  })

  it('never break the search, whatever is typed', () => {
    using t = caseTown()
    const id = t.file()
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        const found = search(t, text)
        expect(found.every((each) => each === id)).toBe(true)
      }),
    )
  })

  it('that were typed as a part of what somebody said are found', () => {
    using t = caseTown()
    const words = '楼上501又在钻墙，我家孩子睡不着'
    const id = t.file({ words })
    fc.assert(
      fc.property(fc.nat(words.length - 1), fc.integer({ min: 1, max: 8 }), (from, length) => {
        expect(search(t, words.slice(from, from + length))).toEqual([id])
      }),
    )
  })

  it('move with a merge, and are forgotten with their reporter', () => {
    using t = caseTown()
    const a = t.file({ words: '装修声音大' }, t.bob)
    const b = t.file({ words: '墙都在抖动' }, t.anna)
    t.town.tx((w) => granted(addWords(w, t.anna, b, '连续三天了')))
    t.town.tx((w) => granted(merge(w, t.staff, b, a)))
    expect(search(t, '墙都在抖')).toEqual([a])
    expect(search(t, '连续三天')).toEqual([a])
    t.town.tx((w) => forgetReporter(w, t.anna.id))
    expect(search(t, '墙都在抖')).toEqual([])
    expect(search(t, '连续三天')).toEqual([])
    check(t)
  })
})

describe('who finds what', () => {
  it('is no more than what they may read', () => {
    using t = caseTown()
    const mine = t.file({ words: '楼道里有人抽烟', place: '28', placeWords: '28街坊垃圾房' })
    const beat = t.file({ words: '楼道里堆着纸箱' })
    const other = t.file({ words: '楼道里停电动车', place: '29', placeWords: '' })
    t.town.tx((w) =>
      granted(
        assign(w, t.staff, mine, {
          assignee: t.partner.id,
          note: '请下午去',
          internal: '注意态度',
        }),
      ),
    )
    expect(search(t, '楼道里').sort()).toEqual([mine, beat, other])
    // A partner has neither the words of the report nor the notes of the staff.
    expect(find(t, t.partner, {})).toEqual([mine])
    for (const text of ['楼道里', '抽烟', '注意态度', String(beat), '29街坊']) {
      expect([text, search(t, text, t.partner)]).toEqual([text, []])
    }
    expect(search(t, '请下午去', t.partner)).toEqual([mine])
    expect(search(t, '街坊垃圾房', t.partner)).toEqual([mine])
    // A steward reads the reports of the own beat.
    expect(search(t, '楼道里', t.steward)).toEqual([beat])
    expect(search(t, '抽烟', t.anna)).toEqual([])
    expect(caseCount(t.look(), t.anna, {})).toBe(0)
  })
})

describe('the queue', () => {
  it('knows what is late, but not while it waits for the resident', async () => {
    using t = caseTown()
    const late = t.file()
    const waiting = t.file({}, t.bob)
    t.town.tx((w) => granted(pause(w, t.staff, waiting, '请告诉我们门牌')))
    expect(find(t, t.staff, { late: true })).toEqual([])
    t.town.jump('2026-12-20T12:00:00+08:00')
    expect(find(t, t.staff, { late: true })).toEqual([late])
    const rows = caseQueue(t.look(), t.staff, {}, ALL).rows
    expect(rows.map((row) => [row.id, lateOf(t.look(), row)])).toEqual([
      [late, 'resolve'],
      [waiting, undefined],
    ])
  })

  it('filters by state, kind, place, handler and time, and pages', () => {
    using t = caseTown()
    const a = t.file()
    const b = t.file({ category: 'waste', subtype: 'other', place: '28', placeWords: '' })
    t.town.tx((w) => granted(close(w, t.staff, b, { note: '已清运' })))
    t.town.tx((w) => granted(assign(w, t.staff, a, { assignee: t.partner.id })))
    expect(find(t, t.staff, { group: 'open' })).toEqual([a])
    expect(find(t, t.staff, { group: 'closed' })).toEqual([b])
    expect(find(t, t.staff, { state: 'assigned' })).toEqual([a])
    expect(find(t, t.staff, { category: 'waste' })).toEqual([b])
    expect(find(t, t.staff, { place: '18' })).toEqual([a])
    expect(find(t, t.staff, { assignee: t.partner.id })).toEqual([a])
    expect(find(t, t.staff, { assignee: 'nobody' })).toEqual([b])
    expect(find(t, t.staff, { from: t.town.now(), before: t.town.now() })).toEqual([])
    const page = caseQueue(t.look(), t.staff, {}, { skip: 1, take: 1 })
    expect([page.total, page.rows.map((row) => row.id)]).toEqual([2, [b]])
  })

  it('counts people whose reports stand and names who has the case', () => {
    using t = caseTown()
    const a = t.file({}, t.anna)
    const b = t.file({}, t.bob)
    t.town.tx((w) => granted(merge(w, t.staff, b, a)))
    t.town.tx((w) => granted(assign(w, t.staff, a, { assignee: t.partner.id })))
    const row = () => caseQueue(t.look(), t.staff, { group: 'open' }, ALL).rows[0]
    expect(row()).toMatchObject({ id: a, reporters: 2, assignee: '李师傅' })
    t.town.tx((w) => granted(withdraw(w, t.bob, a)))
    expect(row()).toMatchObject({ reporters: 1 })
  })

  it('offers those who are there for such a case first', () => {
    using t = caseTown()
    t.file()
    const [row] = caseQueue(t.look(), t.staff, {}, ALL).rows
    expect(assignees(t.look(), row).map((p) => p.name)).toEqual([
      '李师傅',
      '孙楼长',
      '管理员',
      '赵主任',
      '钱干事',
    ])
  })
})
