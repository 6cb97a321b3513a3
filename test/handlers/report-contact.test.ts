import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CaseId } from '../../db/schema-reports.ts'
import type { Picture } from '../../handlers/core/ports.ts'
import { err, ok } from '../../handlers/core/result.ts'
import { type CaseChat, caseChat } from '../support/case-chat.ts'

let t: CaseChat
let id: CaseId

beforeEach(async () => {
  t = await caseChat()
  id = await t.report()
})
afterEach(() => t[Symbol.dispose]())

const events = () => t.town.rows('case_event').map((event) => event['kind'])

describe('a case that waits for its reporter', () => {
  beforeEach(async () => {
    await t.zhao.says(`暂停 ${id} 请告诉我们几号梯`, '工作群')
    t.town.heard()
  })

  it('goes on with a plain answer', async () => {
    await t.town.advance({ days: 2 })
    await t.wang.says('是二号梯')
    expect(t.told('王秀英')).toContain(`#${id} 的情况收到了`)
    expect(events()).toEqual(expect.arrayContaining(['pause', 'add', 'resume']))
    expect(t.town.rows('complaint_addition')[0]).toMatchObject({ words: '是二号梯' })
  })

  it('goes on with a picture alone, and says what is wrong with one that is none', async () => {
    const image = (picture: Picture) => ({ kind: 'image', image: picture }) as const
    await t.wang.says('', undefined, image(err('notAPhoto')))
    expect(events().at(-1)).toBe('pause')
    t.town.heard()
    const photo = { mime: 'image/jpeg', width: 8, height: 6, bytes: 99 } as const
    await t.wang.says('', undefined, image(ok({ ...photo, hash: 'a'.repeat(64) })))
    expect(t.told('王秀英')).toContain(`#${id} 的情况收到了`)
    expect(events().at(-1)).toBe('resume')
    expect(t.town.rows('case_photo')).toHaveLength(1)
  })

  it('goes on with a floor alone', async () => {
    await t.wang.says('三楼')
    expect(t.told('王秀英')).toContain(`#${id} 的情况收到了`)
  })

  it('does not take thanks or another problem for one', async () => {
    await t.wang.says('谢谢')
    await t.wang.says('5号楼垃圾好几天没人收了，臭死了')
    expect(events().at(-1)).toBe('pause')
    expect(t.told('王秀英')).toContain('1 确认')
  })

  it('asks which one, where several wait', async () => {
    await t.wang.says('取消')
    const other = await t.report('举报 5号楼垃圾好几天没人收了')
    await t.zhao.says(`暂停 ${other} 哪个垃圾桶`, '工作群')
    t.town.heard()
    await t.wang.says('东边那个')
    expect(t.told('王秀英')).toMatch(new RegExp(`#${other}.*\n#${id}`, 's'))
    expect(events().at(-1)).toBe('pause')
  })
})

describe('a case that is called done', () => {
  it('is opened again by 还在吵 of its reporter in the direct chat', async () => {
    await t.zhao.says(`办结 ${id} 已劝停`, '工作群')
    t.town.heard()
    await t.wang.says('还在吵')
    expect(t.told('王秀英')).toContain(`#${id} 已经重新办理`)
    expect(t.row(id)['state']).toBe('reopened')
    expect(t.town.rows('complaint_addition')[0]).toMatchObject({ words: '还在吵' })
  })
})

describe('what the group may hear', () => {
  it('is asked of the reporter once, at 受理, and told after they agreed', async () => {
    const told = await reportInGroup()
    await t.zhao.says(`受理 ${told}`, '工作群')
    await t.zhao.says(`派单 ${told} 李师傅`, '工作群')
    expect(t.told('王秀英').match(/公开 \d+/g)).toEqual([`公开 ${told}`])
    await t.wang.says(`公开 ${told}`)
    t.town.heard()
    await t.zhao.says(`办结 ${told} 已劝停`, '工作群')
    expect(t.told('二群')).toContain('已劝停')
    expect(t.told('二群')).not.toContain('王秀英')
  })

  it('is told at once where it is done already, and not after 不公开', async () => {
    const told = await reportInGroup()
    await t.zhao.says(`办结 ${told} 已劝停`, '工作群')
    expect(t.told('二群')).toBe('')
    await t.wang.says(`公开 ${told}`)
    expect(t.told('二群')).toContain('已劝停')
    t.town.heard()
    await t.wang.says(`不公开 ${told}`)
    await t.zhao.says(`公开 ${told}`, '工作群')
    expect(t.told('工作群')).toContain('没有同意公开')
    expect(t.told('二群')).toBe('')
  })

  it('is decided by the reporters alone', async () => {
    await t.zhang.says(`公开 ${id}`)
    expect(t.told('张建国')).toContain('没有您的反映')
  })
})

async function reportInGroup(): Promise<CaseId> {
  await t.wang.says('3号楼又在钻墙了，吵死了', '二群')
  await t.wang.says('确认', '二群')
  t.town.heard()
  return t.town.rows('report_case').at(-1)?.['id'] as CaseId
}

describe('转人工', () => {
  it('tells staff who wants to be called, and the resident when; once an hour', async () => {
    await t.wang.says('转人工')
    expect(t.told('王秀英')).toContain('11月24日（周二）会有人联系您')
    expect(t.told('工作群')).toMatch(/王秀英想找工作人员.*11月24日/)
    expect(t.town.rows('audit').at(-1)).toMatchObject({ action: 'report.call' })
    t.town.heard()
    await t.wang.says('我要找工作人员')
    expect(t.told('王秀英')).toContain('已经转告')
    expect(t.told('工作群')).toBe('')
    await t.town.advance({ hours: 5 })
    t.town.heard()
    await t.wang.says('小邻 找社区', '一群')
    expect(t.told('工作群')).toMatch(/一群.*11月25日/)
  })

  it('is not heard in advice to a neighbour', async () => {
    await t.wang.says('找社区', '一群')
    expect(t.town.heard()).toEqual([])
  })
})

describe('the commands of staff', () => {
  it('take one case at a time', async () => {
    const other = await t.report('举报 5号楼垃圾好几天没人收了')
    for (const words of [`办结 ${id} ${other} 已清运`, `受理 ${id}、${other}`]) {
      await t.zhao.says(words, '工作群')
      expect(t.told('工作群')).toContain(`先发 #${id} 的，再发 #${other} 的`)
      t.town.heard()
    }
    expect(t.row(id)['state']).toBe('pending')
    await t.zhao.says(`移送 ${id} 12345`, '工作群')
    expect(t.row(id)['state']).toBe('transferred')
  })

  it('show the date that is late', async () => {
    await t.town.goTo('2026-11-26T10:00:00+08:00')
    t.town.heard()
    await t.zhao.says('工单', '工作群')
    expect(t.told('工作群')).toMatch(/11月25日（周三）前联系反映人【逾期】/)
    await t.zhao.says(`工单 ${id}`)
    expect(t.told('赵主任')).toContain('联系反映人已经逾期')
    t.town.heard()
    await t.zhao.says(`联系了 ${id}`, '工作群')
    t.town.heard()
    await t.zhao.says('工单', '工作群')
    expect(t.told('工作群')).not.toContain('逾期】')
  })
})

it('tells of one case once at a moment, though two deadlines meet', async () => {
  const urgent = await t.report('举报 18街坊86门楼道堆满杂物，消防通道都堵了')
  t.town.sql(`UPDATE report_case SET due_respond_at = due_resolve_at WHERE id = ${urgent}`)
  const due = String(t.row(urgent)['due_resolve_at'])
  t.town.sql(`UPDATE report_case SET alarm_at = '${due}' WHERE id = ${urgent}`)
  t.town.jump(due)
  t.town.heard()
  await t.town.settle()
  const told = t.town
    .heard()
    .filter(
      ({ text }) => /^【(?:督办|快到期了|逾期上报)】/u.test(text) && text.includes(`#${urgent}`),
    )
  expect(told.map(({ to }) => to)).toEqual(['工作群'])
  const raised = t.town.rows('case_event').filter((event) => event['case_id'] === urgent)
  expect(raised.filter((event) => event['kind'] === 'supervise')).toHaveLength(2)
})
