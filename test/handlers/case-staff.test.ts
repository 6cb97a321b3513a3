import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { insertResident } from '../../db/queries/resident.ts'
import type { CaseId } from '../../db/schema-reports.ts'
import { type CaseChat, caseChat } from '../support/case-chat.ts'
import type { Person } from '../support/town.ts'

let t: CaseChat
let id: CaseId

beforeEach(async () => {
  t = await caseChat()
  id = await t.report()
})
afterEach(() => t[Symbol.dispose]())

/** What Linli answers to `words`. */
async function asked(who: Person, words: string, where?: string): Promise<string> {
  t.town.heard()
  await who.says(words.replaceAll('%', `${id}`), where)
  return t.told(where ?? who.name)
}

describe('a case from 受理 to 归档 in chat', () => {
  it('goes its way, each step one line', async () => {
    expect(await asked(t.zhao, '受理 %', '工作群')).toContain(`#${id} 现在是“已受理”`)
    expect(await asked(t.zhao, '派单 % 李师傅', '工作群')).toContain('已派给李师傅')
    expect(t.told('李师傅')).toMatch(/派给您一件：#1001 噪音·装修，18街坊86门.*前办结/)
    expect(await asked(t.li, '接单 %')).toContain('办理中')
    expect(await asked(t.li, '联系了 % 约好明天上门')).toContain('已记为联系过反映人')
    expect(await asked(t.li, '办结 % 已劝阻，改到白天施工')).toMatch(/已办结[\s\S]*3 分钟内/)
    expect(await asked(t.zhao, '回访 % 已解决 基本满意', '工作群')).toContain('谢谢')
    expect(await asked(t.zhao, '归档 %')).toContain('已归档')
    expect(t.row(id)).toMatchObject({
      state: 'archived',
      revisit_result: 'solved',
      rating: 'basically',
    })
    expect(t.town.rows('case_event').map((e) => e['kind'])).toEqual(
      'file accept assign start respond close revisit archive'.split(' '),
    )
  })

  it.each([
    '受理 1001',
    '受理#1001',
    '受理：１００１',
    '受理 一〇〇一',
    '受理 ＃１００１ 号',
    '1001 受理',
    '受理1001，谢谢',
    '小邻 受理 1001',
  ])('understands %s', async (words) => {
    expect(await asked(t.zhao, words, '工作群')).toContain('已受理')
  })

  it('keeps reasons as they were written', async () => {
    await t.zhao.says('不予受理 1001 Ａ区不归我们管，請找城管')
    expect(t.town.rows('case_event').at(-1)).toMatchObject({
      kind: 'reject',
      public_note: 'Ａ区不归我们管，請找城管',
    })
  })

  it('can be refused, handed back, extended, paused, transferred', async () => {
    await t.zhao.says(`派单 ${id} 李师傅`)
    expect(await asked(t.li, '退回 %')).toContain('请写明原因')
    expect(await asked(t.li, '退回 % 这是装修公司的事')).toContain('已退回')
    expect(await asked(t.zhao, '延期 % 等配件')).toContain('1 到 30 个工作日')
    expect(await asked(t.zhao, '延期 % 3天')).toContain('请写明原因')
    expect(await asked(t.zhao, '延期 % 三个工作日，等配件')).toContain('12月4日')
    expect(await asked(t.zhao, '暂停 % 请告诉我们几点开始')).toContain('暂停计时')
    expect(await asked(t.zhao, '恢复 %')).toContain('恢复计时')
    expect(await asked(t.zhao, '转12345 %')).toContain('已移送')
    expect(t.row(id)).toMatchObject({
      state: 'transferred',
      transferred_to: '12345',
      extension_days: 3,
    })
  })

  it('can be merged into another, and split again', async () => {
    const other = await t.report('举报 18街坊87门刚才装修噪音很大', t.zhang)
    expect(await asked(t.zhao, `合并 % ${other}`)).toContain(`已并入 #${other}，现在共 2 位反映人`)
    expect(await asked(t.zhao, '受理 %')).toContain(`已经合并到 #${other}`)
    expect(await asked(t.zhao, '工单 %')).toContain(`已经合并到 #${other}`)
    expect(await asked(t.zhao, '拆分 %')).toContain('待确认')
    expect(await asked(t.zhao, '合并 % 9999')).toContain('没有编号 #9999')
    expect(await asked(t.zhao, '合并 %')).toContain('另一个编号')
  })

  it('is not mistaken for merging residents', async () => {
    expect(await asked(t.zhao, '合并居民 901 902')).toContain('编号')
    expect(await asked(t.zhao, '合并居民')).toContain('合并居民 15 12')
    expect(await asked(t.zhao, '合并')).toContain('合并 1042 1040')
    expect(t.row(id)).toMatchObject({ state: 'pending' })
  })
})

describe('whoever may not, or too late', () => {
  it('is told so in plain words', async () => {
    expect(await asked(t.zhao, '受理 4711')).toContain('没有编号 #4711')
    expect(await asked(t.li, '办结 % 好了')).toContain('不在您的权限内')
    expect(await asked(t.li, '工单 %')).toContain('不在您的权限内')
    expect(await asked(t.wang, '受理 %')).not.toContain('已受理')
    expect(await asked(t.zhao, '归档 %')).toMatch(/不能归档。可以：受理、不予受理/)
    expect(await asked(t.zhao, '办结 %')).toContain('请写一句处理情况')
    expect(t.row(id)).toMatchObject({ state: 'pending' })
  })

  it('is the second of two who close at once', async () => {
    await t.zhao.says(`办结 ${id} 已劝阻`)
    expect(await asked(t.qian, '办结 % 我也处理了')).toContain('已经是“已办结，待回访”了')
    expect(t.town.rows('case_event').filter((e) => e['kind'] === 'close')).toHaveLength(1)
  })

  it('a steward has the beat, and nothing outside of it', async () => {
    const far = await t.report('举报 28街坊3号楼门口垃圾没人收', t.zhang)
    expect(await asked(t.sun, '工单')).toMatch(/工单 1 件[\s\S]*#1001/)
    expect(await asked(t.sun, '受理 %')).toContain('已受理')
    expect(await asked(t.sun, `受理 ${far}`)).toContain('不在您的权限内')
    expect(await asked(t.sun, '督办 %')).not.toContain('已列入督办')
  })

  it('a resident hears nothing of the staff’s commands in the group', async () => {
    t.town.heard()
    await t.zhang.says('受理 1001', '一群')
    await t.zhang.says('工单', '一群')
    expect(t.town.heard()).toEqual([])
  })
})

describe('whom a case is given to', () => {
  it.each([
    ['李师傅', '李师傅'],
    ['李', '李师傅'],
    ['给李师傅', '李师傅'],
    ['赵书记', '赵主任'],
    ['小钱', '钱干事'],
    ['楼长', '孙楼长'],
  ])('%s is %s', async (words, name) => {
    expect(await asked(t.zhao, `派单 % ${words}`)).toMatch(new RegExp(`${name}|由您来办`))
  })

  it('is oneself, or who has that number', async () => {
    expect(await asked(t.zhao, '派单 % 我')).toContain('由您来办')
    expect(await asked(t.zhao, `派单 % #${t.li.id}`)).toContain('已派给李师傅')
  })

  it('is asked where several could be meant, or nobody', async () => {
    t.town.staff('李师傅', 'partner')
    expect(await asked(t.zhao, '派单 % 李师傅')).toMatch(/请用编号派：李师傅 #\d+、李师傅 #\d+/)
    expect(await asked(t.zhao, '派单 % 欧阳')).toMatch(/没有找到“欧阳”。可以派给：.*孙楼长/)
    expect(await asked(t.zhao, '派单 %')).toContain('派给谁')
    expect(t.row(id)).toMatchObject({ assignee_id: null })
  })

  it('is told to staff when the one has no account', async () => {
    const { tx } = t.town
    tx(({ tx: db, now }) =>
      insertResident(db, { name: '周师傅', role: 'partner', created_at: now }),
    )
    expect(await asked(t.zhao, '派单 % 周师傅')).toContain('还没有绑定聊天账号')
  })
})

describe('the list of cases', () => {
  beforeEach(async () => {
    await t.report('举报 28街坊3号楼门口垃圾没人收', t.zhang)
  })

  it('shows what is open, and what was asked for', async () => {
    expect(await asked(t.zhao, '工单', '工作群')).toMatch(/工单 2 件，逾期 0 件/)
    expect(await asked(t.zhao, '工单 噪声')).toMatch(/工单 1 件[\s\S]*#1001 噪音/)
    expect(await asked(t.zhao, '工单 28街坊')).toMatch(/工单 1 件[\s\S]*#1002 垃圾/)
    expect(await asked(t.zhao, '工单 28街坊 噪音')).toContain('没有这样的工单')
    expect(await asked(t.zhao, '工单 我的')).toContain('没有这样的工单')
    expect(await asked(t.zhao, '工单 紫色')).toContain('可以这样查')
    expect(await asked(t.li, '工单')).toContain('没有这样的工单')
  })

  it('has late ones first', async () => {
    await t.zhao.says('联系了 1001')
    t.town.jump('2026-11-26T12:00:00+08:00')
    const list = await asked(t.zhao, '工单')
    expect(list).toMatch(/逾期 1 件/)
    expect(list.indexOf('#1002')).toBeLessThan(list.indexOf('#1001'))
    expect(await asked(t.zhao, '工单 逾期')).toMatch(/工单 1 件[\s\S]*#1002.*【逾期】/)
  })

  it('has nothing late that waits for its reporter', async () => {
    await t.zhao.says('联系了 1001')
    await t.zhao.says('受理 1002')
    await t.zhao.says('暂停 1002 请告诉我们几号梯')
    t.town.jump('2026-11-26T12:00:00+08:00')
    expect(await asked(t.zhao, '工单')).toMatch(/逾期 0 件/)
    expect(await asked(t.zhao, '工单 1002')).not.toContain('逾期')
  })

  it('has closed ones when all are asked for, and ten at most', async () => {
    await t.zhao.says('不予受理 1002 重复')
    expect(await asked(t.zhao, '工单')).toContain('工单 1 件')
    expect(await asked(t.zhao, '工单 全部')).toContain('工单 2 件')
    for (let n = 87; n <= 98; n++) await t.report(`举报 18街坊${n}门刚才装修噪音很大`, t.zhang)
    const text = await asked(t.zhao, '工单', '工作群')
    expect(text.match(/^#\d+/gmu)).toHaveLength(10)
    expect(text).toContain('还有 3 件')
    expect(text.length).toBeLessThanOrEqual(600)
  })
})

describe('one case in full', () => {
  it('has the words for staff alone, and never the reporter', async () => {
    await t.zhao.says(`派单 ${id} 李师傅`)
    const card = await asked(t.zhao, '工单 %')
    expect(card).toMatch(/#1001 噪音·装修，18街坊86门/)
    expect(card).toMatch(/已派单 李师傅；发生时间：.*22:00.*1 人反映/)
    expect(card).toContain('反映内容：18街坊86门昨晚十点装修电钻太吵')
    expect(card).toMatch(/可以：.*办结/)
    const inGroup = await asked(t.zhao, '工单 %', '工作群')
    expect(inGroup).toContain('反映原话请私聊我看')
    const partner = await asked(t.li, '工单 %')
    expect(partner).not.toMatch(/反映内容|原话/)
    for (const text of [card, inGroup, partner]) expect(text).not.toContain('王秀英')
  })

  it('tells who reported it for a reason, to staff alone, and writes it down', async () => {
    expect(await asked(t.zhao, '反映人 %')).toContain('请写明原因')
    expect(await asked(t.sun, '反映人 % 想知道')).not.toContain('王秀英')
    expect(await asked(t.zhao, '反映人 % 要上门核实', '工作群')).not.toContain('王秀英')
    expect(t.town.rows('audit').filter((a) => a['action'] === 'report.reveal')).toEqual([])
    expect(await asked(t.zhao, '反映人 % 要上门核实')).toMatch(/王秀英[\s\S]*不要转发/)
    expect(t.town.rows('audit').filter((a) => a['action'] === 'report.reveal')).toHaveLength(1)
  })

  it('says where to ask who reported it, when staff ask in their group', async () => {
    expect(await asked(t.zhao, '反映人 % 要上门核实', '工作群')).toBe('这件事请私聊我办。')
    expect(await asked(t.zhao, '反映人 %', '工作群')).toBe('这件事请私聊我办。')
    expect(t.town.rows('audit').filter((a) => a['action'] === 'report.reveal')).toEqual([])
    expect(await asked(t.wang, '反映人 % 是谁', '一群')).toBe('')
  })

  it('has to whom it was given, and what came of the revisit', async () => {
    await t.zhao.says(`派单 ${id} 李师傅`)
    await t.li.says(`办结 ${id} 已清运`)
    await t.zhao.says(`回访 ${id} 未解决`)
    const reopened = await asked(t.zhao, '工单 %')
    expect(reopened).toContain('派单给李师傅（赵主任）')
    expect(reopened).toContain('回访，未解决')
    await t.li.says(`办结 ${id} 又清了一次`)
    await t.wang.says(`已解决 ${id} 基本满意`)
    expect(await asked(t.zhao, '工单 %')).toContain('回访，已解决，基本满意')
  })

  it('shows inside notes to nobody but those who lead, and only alone', async () => {
    await t.zhao.says(`派单 ${id} 李师傅`)
    await t.zhao.says(`备注 ${id} 户主姓周`)
    expect(await asked(t.zhao, '工单 %')).toContain('户主姓周')
    expect(await asked(t.zhao, '工单 %', '工作群')).not.toContain('户主姓周')
    expect(await asked(t.li, '工单 %')).not.toContain('户主姓周')
  })
})

describe('the evidence', () => {
  it('is a dissuasion with how, whom and what came of it', async () => {
    expect(await asked(t.zhao, '劝阻 % 上门 已停工')).toContain('劝阻，上门，被反映的一方，已停止')
    expect(await asked(t.zhao, '调解 % 前天开会 双方 达成一致')).toContain('时间要在')
    expect(await asked(t.zhao, '调解 % 电话 双方 不同意')).toContain('调解，电话，双方，不听劝')
    expect(await asked(t.zhao, '劝阻 % 去过了')).toContain('请写结果')
    expect(
      t.town.rows('mediation').map((m) => [m['kind'], m['how'], m['party'], m['outcome']]),
    ).toEqual([
      ['dissuasion', 'visit', 'source', 'stopped'],
      ['mediation', 'phone', 'both', 'refused'],
    ])
    expect(await asked(t.zhao, '工单 %')).toMatch(/劝阻：上门，被反映的一方，已停止（赵主任）/)
  })

  it('is a measurement beside its limit; a phone only indicates', async () => {
    expect(await asked(t.zhao, '测量 % 63 夜间 手机 5分钟')).toMatch(
      /63 分贝，夜间限值 50 分贝，超出 13[\s\S]*仅供参考/,
    )
    expect(await asked(t.zhao, '测量 % 48.5分贝 白天 声级计 十分钟')).toMatch(/没有超出/)
    expect(await asked(t.zhao, '测量 % 很吵')).toContain('请写分贝数')
    expect(await asked(t.zhao, '测量 % 500')).toContain('20 到 150')
    expect(
      t.town
        .rows('measurement')
        .map((m) => [m['level'], m['period'], m['instrument'], m['minutes'], m['exceeded']]),
    ).toEqual([
      [630, 'night', 'phone', 5, 1],
      [485, 'day', 'meter', 10, 0],
    ])
  })
})
