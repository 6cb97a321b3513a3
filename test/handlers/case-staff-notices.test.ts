import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CaseId } from '../../db/schema-reports.ts'
import { ok } from '../../handlers/core/result.ts'
import { joinCase } from '../../handlers/reports/filing.ts'
import { assign } from '../../handlers/reports/service.ts'
import { type CaseChat, caseChat } from '../support/case-chat.ts'
import type { Person } from '../support/town.ts'

let t: CaseChat

beforeEach(async () => {
  t = await caseChat()
})
afterEach(() => t[Symbol.dispose]())

/** What everybody was told since the last look: who, and the first line. */
const told = () => t.town.heard().map((m) => [m.to, m.text.split('\n')[0]])

describe('a new case', () => {
  it('goes to the staff’s group with whom to give it to, and not with who reported it', async () => {
    await t.wang.says('举报 18街坊86门昨晚十点装修电钻太吵')
    const text = t.told('工作群')
    expect(text).toMatch(/【新反映】#1001 噪音·装修，18街坊86门，.*22:00/)
    expect(text).toContain('可以派给：李师傅、孙楼长')
    expect(text).toContain('回“派单 1001 李师傅”')
    expect(text).not.toContain('王秀英')
    expect(t.told('一群')).toBe('')
    // The hint works as it is.
    await t.zhao.says('派单 1001 李师傅', '工作群')
    expect(t.told('工作群')).toContain('#1001 已派给李师傅')
  })

  it('waits for the morning, unless it is urgent, and that is written down', async () => {
    t.town.jump('2026-11-24T23:00:00+08:00')
    await t.wang.says('举报 18街坊86门昨晚十点装修电钻太吵')
    expect(t.told('工作群')).toBe('')
    await t.zhang.says('举报 28街坊3号楼现在有人高空抛物扔垃圾')
    expect(t.row(1002 as CaseId)).toMatchObject({ urgent: 1 })
    expect(t.told('工作群')).toMatch(/^【新反映·紧急】#1002/)
    const urgent = t.town.rows('audit').filter((a) => a['action'] === 'report.urgent')
    expect(urgent.map((a) => a['subject'])).toEqual(['case 1002'])
    await t.town.goTo('2026-11-25T07:31:00+08:00')
    expect(t.told('工作群')).toContain('【新反映】#1001')
  })
})

describe('the day in a notice that waited', () => {
  it.each([
    ['昨晚十点', '11月23日（周一） 22:00'],
    ['刚才', '11月24日（周二） 23:'],
    ['现在', '11月24日（周二） 23:30'],
    ['今天下午三点', '11月24日（周二） 15:00'],
    ['每天晚上十点', '每天 22:00'],
  ])('is that of the calendar: %s', async (when, said) => {
    t.town.jump('2026-11-24T23:30:00+08:00')
    await t.report(`举报 18街坊86门${when}装修电钻太吵`)
    await t.town.goTo('2026-11-25T07:31:00+08:00')
    const notice = t.told('工作群')
    expect(notice).toContain('【新反映】#1001')
    expect(notice).toContain(said)
    expect(notice).not.toMatch(/今天|昨天|现在/)
  })
})

describe('督办 by hand', () => {
  it.each([
    ['2026-11-24T12:00:00+08:00', 'before'],
    ['2026-12-02T20:00:00+08:00', 'after'],
  ])('at %s says until when, and does not call the case due: %s', async (now) => {
    const id = await t.report()
    t.town.jump(now)
    await t.zhao.says(`督办 ${id}`)
    const [notice] = t.town.heard().filter((m) => m.text.startsWith('【督办】'))
    expect(notice?.text).toContain('应在12月1日（周二）前办结，经办：还没派单')
    expect(notice?.text).not.toContain('到期了')
  })
})

describe('what becomes of a case', () => {
  let id: CaseId
  beforeEach(async () => {
    id = await t.report()
  })

  it('is told to the reporter alone, and not to the group', async () => {
    await t.zhao.says(`受理 ${id}`, '工作群')
    await t.zhao.says(`派单 ${id} 李师傅`, '工作群')
    await t.zhao.says(`延期 ${id} 2天 等配件`, '工作群')
    await t.zhao.says(`告知 ${id} 明天上午去看`, '工作群')
    await t.li.says(`办结 ${id} 已劝阻，301室答应白天再装`)
    const private_ = t.told('王秀英')
    expect(private_).toMatch(
      /#1001（噪音·装修，18街坊86门）已受理。物业去核实.*12月1日（周二）前办完/,
    )
    expect(private_).toMatch(/要晚一些，原因：等配件。改在12月3日（周四）前办完/)
    expect(private_).toContain('明天上午去看')
    expect(private_).toMatch(/办好了：已劝阻，××答应白天再装[\s\S]*“未解决 1001”/)
    expect(t.town.sent.filter((m) => m.to === '一群')).toEqual([])
    expect(t.told('工作群')).not.toContain('王秀英')
  })

  it('is told to everybody who joined, once', async () => {
    await t.zhang.says('18街坊86门现在装修电钻太吵')
    await t.zhang.says('1')
    t.town.heard()
    expect(t.town.rows('complaint').filter((c) => c['case_id'] === id)).toHaveLength(2)
    await t.zhao.says(`不予受理 ${id} 有夜间施工证明`)
    const heard = told().filter(([to]) => to === '王秀英' || to === '张建国')
    expect(heard.map(([to]) => to).sort()).toEqual(['张建国', '王秀英'])
    for (const [, text] of heard) expect(text).toContain('没有受理，原因：有夜间施工证明')
  })

  it('is told to who has it now, and to who had it', async () => {
    await t.zhao.says(`派单 ${id} 李师傅`)
    t.town.heard()
    await t.zhao.says(`派单 ${id} 孙楼长`)
    expect(t.told('李师傅')).toContain('改派给别人了')
    expect(t.told('孙楼长')).toContain('派给您一件')
    t.town.heard()
    await t.wang.says(`催办 ${id}`)
    expect(t.told('孙楼长')).toContain('反映人在催')
    t.town.heard()
    await t.wang.says(`撤回 ${id}`)
    expect(t.told('孙楼长')).toContain('不用再办了')
  })

  it('is told in the group only when every reporter agreed, without names and flats', async () => {
    expect((await said('公开')).join()).toContain('没有同意公开')
    t.town.sql(`UPDATE complaint SET consent = 1, room_id = ${t.town.rooms['一群']}`)
    await said('公开')
    expect(await said('办结', '已劝阻，86门301室改到白天')).toContain(
      '邻居反映的噪音·装修，18街坊86门，已经办结：已劝阻，86门××改到白天',
    )
  })

  it('is told in no group once somebody joined who did not agree', async () => {
    t.town.sql(`UPDATE complaint SET consent = 1, room_id = ${t.town.rooms['一群']}`)
    await said('公开')
    t.town.tx((work) =>
      joinCase(work, { id: t.qian.id, role: 'resident' }, t.qian.id, id, {
        words: '我家也是',
        channel: 'direct',
      }),
    )
    t.town.heard()
    await t.zhao.says(`办结 ${id} 已劝阻`)
    expect(t.told('钱干事')).toContain('办好了')
    expect(t.told('一群')).toBe('')
  })

  async function said(verb: string, rest = ''): Promise<string[]> {
    t.town.heard()
    await t.zhao.says(`${verb} ${id} ${rest}`)
    return t.town.heard().map((m) => m.text)
  }

  it('is rolled back with the step when anything fails', () => {
    const before = t.town.counts()
    expect(() =>
      t.town.tx((work) => {
        assign(work, { id: t.zhao.id, role: 'staff' }, id, { assignee: t.li.id })
        throw new Error('power cut')
      }),
    ).toThrow('power cut')
    expect(t.town.counts()).toEqual(before)
  })

  it('does not reach the reporter in the quiet hours', async () => {
    t.town.jump('2026-11-24T22:00:00+08:00')
    await t.zhao.says(`办结 ${id} 已劝阻`)
    expect(t.told('王秀英')).toBe('')
    await t.town.goTo('2026-11-25T07:31:00+08:00')
    expect(t.told('王秀英')).toContain('办好了：已劝阻')
  })
})

describe('a picture of what was done', () => {
  const photo = (hash: string) =>
    ok({ hash: hash.repeat(64), mime: 'image/jpeg', width: 8, height: 6, bytes: 99 } as const)
  const sends = (who: Person, hash: string) =>
    who.says('', undefined, { kind: 'image', image: photo(hash) })

  it('sent within three minutes of 办结 belongs to the case', async () => {
    const id = await t.report()
    t.town.tx((work) => assign(work, { id: t.zhao.id, role: 'staff' }, id, { assignee: t.li.id }))
    await t.li.says(`办结 ${id} 已清运`)
    await sends(t.li, 'a')
    await sends(t.li, 'b')
    await sends(t.zhang, 'c')
    await t.town.advance({ minutes: 4 })
    await sends(t.li, 'd')
    expect(t.town.rows('case_photo').map((p) => [p['stage'], String(p['hash']).charAt(0)])).toEqual(
      [
        ['closing', 'a'],
        ['closing', 'b'],
      ],
    )
    await t.zhao.says(`工单 ${id}`)
    expect(t.told('赵主任')).toContain('照片 2 张')
  })
})
