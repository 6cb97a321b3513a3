import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CaseId } from '../../db/schema-reports.ts'
import { type CaseChat, caseChat } from '../support/case-chat.ts'
import type { Sent } from '../support/town.ts'

let t: CaseChat
let id: CaseId

beforeEach(async () => {
  t = await caseChat()
  id = await t.report()
})
afterEach(() => t[Symbol.dispose]())

const lines = (sent: readonly Sent[]) =>
  sent.map((m) => `${m.at.slice(5, 16)} ${m.to}: ${m.text.split('\n')[0]}`)

describe('a week in which nobody does anything', () => {
  const week = [
    '11-24T09:30 工作群: 请在11月25日（周三）前联系反映人：#1001（噪音·装修，18街坊86门），联系后发“联系了 1001”。',
    '11-25T00:30 工作群: 早上好，在办工单 1 件，逾期 0 件，今天到期 0 件。',
    '11-25T09:30 工作群: 【督办】#1001（噪音·装修，18街坊86门）该联系反映人了还没联系，经办：还没派单。请马上联系，再发“联系了 1001”。',
    '11-26T00:30 工作群: 早上好，在办工单 1 件，逾期 1 件，今天到期 0 件。',
    '11-26T09:30 高书记: 【逾期上报】#1001（噪音·装修，18街坊86门）督办后仍没联系反映人，经办：还没派单。请您过问。',
    '11-27T00:30 工作群: 早上好，在办工单 1 件，逾期 1 件，今天到期 0 件。',
    '11-30T00:30 工作群: 早上好，在办工单 1 件，逾期 1 件，今天到期 0 件。',
    '11-30T09:30 工作群: 快到期了：#1001（噪音·装修，18街坊86门），12月1日（周二）前办结。',
    '12-01T00:30 工作群: 早上好，在办工单 1 件，逾期 1 件，今天到期 0 件。',
    '12-01T09:30 工作群: 【督办】#1001（噪音·装修，18街坊86门）到期了，经办：还没派单。请马上处理，或者写明原因延期。',
    '12-02T00:30 工作群: 早上好，在办工单 1 件，逾期 1 件，今天到期 0 件。',
    '12-02T09:30 高书记: 【逾期上报】#1001（噪音·装修，18街坊86门）督办后仍没办好，经办：还没派单。请您过问。',
  ]
  const ours = () => t.town.heard().filter((m) => /#1001|工单/.test(m.text))

  it('raises each deadline once, to staff and then to the owner', async () => {
    await t.town.goTo('2026-12-02T20:00:00+08:00')
    expect(lines(ours())).toEqual(week)
  })

  it('is the same when the process dies before and after every step', async () => {
    for (let hour = 0; hour < 8 * 24 + 8; hour++) {
      await t.town.advance({ hours: 1 })
      await t.town.restart()
      await t.town.settle()
    }
    expect(lines(ours())).toEqual(week)
  })

  it('is said once though the clock jumps back and forth', async () => {
    await t.town.goTo('2026-11-25T18:00:00+08:00')
    t.town.heard()
    t.town.jump('2026-11-25T08:00:00+08:00')
    await t.town.goTo('2026-11-25T19:00:00+08:00')
    t.town.jump('2026-11-24T08:00:00+08:00')
    await t.town.goTo('2026-11-25T19:00:00+08:00')
    expect(ours().filter((m) => m.text.includes('【督办】#'))).toEqual([])
  })
})

describe('the staff’s list of the day', () => {
  const digests = () => t.town.heard().filter((m) => m.text.includes('早上好，在办'))

  it('comes on working days alone, and not where there is nothing', async () => {
    await t.town.goTo('2026-11-30T12:00:00+08:00')
    // 28 and 29 November are a weekend.
    expect(digests().map((m) => m.at.slice(5, 16))).toEqual([
      '11-25T00:30',
      '11-26T00:30',
      '11-27T00:30',
      '11-30T00:30',
    ])
    await t.zhao.says(`不予受理 ${id} 重复`)
    await t.town.goTo('2026-12-02T12:00:00+08:00')
    expect(digests()).toEqual([])
  })

  it('is not sent twice by a restart, nor late in the day', async () => {
    await t.town.goTo('2026-11-25T08:30:00+08:00')
    await t.town.restart()
    await t.town.goTo('2026-11-25T12:00:00+08:00')
    expect(digests()).toHaveLength(1)
    t.town.jump('2026-11-26T15:00:00+08:00')
    await t.town.settle()
    expect(digests()).toEqual([])
  })
})

describe('the revisit', () => {
  beforeEach(async () => {
    await t.zhao.says(`办结 ${id} 已劝阻，改到白天`)
    await t.town.goTo('2026-11-26T09:59:00+08:00')
    t.town.heard()
  })

  async function answers(words: string): Promise<string> {
    t.town.heard()
    await t.wang.says(words)
    return t.told('王秀英')
  }

  it('is asked two days later at ten: solved, and how satisfied', async () => {
    await t.town.goTo('2026-11-26T10:00:00+08:00')
    expect(t.told('王秀英')).toMatch(/#1001.*真解决了吗[\s\S]*1 已解决　2 未解决/)
    expect(await answers('1')).toMatch(/记为已解决[\s\S]*1 满意　2 基本满意/)
    expect(t.row(id)).toMatchObject({ state: 'revisited', revisit_result: 'solved', rating: null })
    expect(await answers('2')).toContain('谢谢')
    expect(t.row(id)).toMatchObject({ state: 'revisited', rating: 'basically' })
    await t.town.goTo('2026-12-09T12:00:00+08:00')
    expect(t.row(id)).toMatchObject({ state: 'revisited' })
    await t.town.goTo('2026-12-10T12:00:00+08:00')
    expect(t.row(id)).toMatchObject({ state: 'archived' })
  })

  it('says how to answer it later', async () => {
    await t.town.goTo('2026-11-26T10:00:00+08:00')
    expect(t.told('王秀英')).toContain(`“已解决 ${id}”或“未解决 ${id}”`)
  })

  describe('answered when the question is more than a day old', () => {
    beforeEach(async () => {
      await t.town.goTo('2026-11-27T18:00:00+08:00')
    })

    it.each(['1', '好了谢谢', '好了，谢谢！', '已解决', '解决了 满意'])(
      '%s is solved',
      async (words) => {
        expect(await answers(words)).toMatch(/#1001 (?:记为已解决|记下了)|谢谢您的评价/)
        expect(t.row(id)).toMatchObject({ state: 'revisited', revisit_result: 'solved' })
      },
    )

    it('goes on to how satisfied they are', async () => {
      expect(await answers('1')).toMatch(/记为已解决[\s\S]*1 满意　2 基本满意/)
      expect(await answers('2')).toContain('谢谢')
      expect(t.row(id)).toMatchObject({ rating: 'basically' })
    })

    it.each(['2', '没解决', '还没好，昨晚又钻了', '没解决，昨晚又钻了'])(
      '%s is not',
      async (words) => {
        expect(await answers(words)).toContain('重新办理')
        expect(t.row(id)).toMatchObject({ state: 'reopened' })
      },
    )

    it.each(['1 单元的灯坏了', '好了，我想问明天有什么活动', '没有，我家水管也漏了', '谢谢', '3'])(
      '%s is something else',
      async (words) => {
        expect(await answers(words)).not.toMatch(/#1001|重新办理/)
        expect(t.row(id)).toMatchObject({ state: 'done' })
      },
    )

    it('is asked which one, where it may be about several', async () => {
      const other = await t.report('举报 28街坊3号楼门口垃圾没人收')
      await t.zhao.says(`办结 ${other} 已清运`)
      // Not asked about yet, so it is not meant.
      await t.town.goTo('2026-11-28T09:00:00+08:00')
      t.town.heard()
      await t.town.goTo('2026-11-30T18:00:00+08:00')
      const list = await answers('1')
      expect(list).toMatch(
        /哪一件[\s\S]*“已解决 1001”[\s\S]*“已解决 1002”|哪一件[\s\S]*1002[\s\S]*1001/,
      )
      expect([t.row(id), t.row(other)]).toMatchObject([{ state: 'done' }, { state: 'done' }])
      expect(await answers(`未解决 ${other}`)).toContain('重新办理')
      expect(await answers('1')).toContain(`#${id} 记为已解决`)
    })

    it('is nobody else’s answer', async () => {
      t.town.heard()
      await t.zhang.says('1')
      expect(t.told('张建国')).not.toContain('#1001')
      expect(t.row(id)).toMatchObject({ state: 'done' })
    })
  })

  it('that was not asked yet is no answer to a bare 1', async () => {
    expect(await answers('1')).not.toContain('#1001')
    expect(t.row(id)).toMatchObject({ state: 'done' })
  })

  it('opens the case again when it is not solved, and staff hear of it', async () => {
    await t.town.goTo('2026-11-26T10:00:00+08:00')
    expect(await answers('没解决，昨晚又钻了')).toMatch(/重新办理，工作人员会再联系您/)
    expect(t.told('工作群')).toMatch(/#1001.*没有解决，重新办理/)
    expect(t.row(id)).toMatchObject({ state: 'reopened', closed_at: null })
    expect(t.town.rows('complaint_addition')).toMatchObject([{ words: '昨晚又钻了' }])
  })

  it.each(['好了', '已解决', '解决了', '1'])('understands %s', async (words) => {
    await t.town.goTo('2026-11-26T10:00:00+08:00')
    expect(await answers(words)).toContain('记为已解决')
  })

  it.each(['还在吵', '又来了', '2', '未解决', '没有'])('understands %s, or asks', async (words) => {
    await t.town.goTo('2026-11-26T10:00:00+08:00')
    const answer = await answers(words)
    expect(answer).toMatch(/重新办理|1 已解决　2 未解决/)
    expect(answer).not.toContain('记为已解决')
  })

  it('is asked once more, and then it counts as 未联系上, never as satisfied', async () => {
    await t.town.goTo('2026-12-02T12:00:00+08:00')
    const asked = t.town.heard().filter((m) => m.to === '王秀英')
    expect(asked.map((m) => m.at.slice(5, 16))).toEqual(['11-26T02:00', '11-28T02:00'])
    expect(t.row(id)).toMatchObject({
      state: 'revisited',
      revisit_result: 'unreached',
      rating: null,
    })
    expect(t.town.rows('case_revisit')).toMatchObject([{ result: 'unreached', by_reporter: 0 }])
    // Whoever answers later is heard all the same.
    expect(await answers('未解决 1001')).toContain('重新办理')
  })

  it('survives restarts between all steps', async () => {
    for (let hour = 0; hour < 6 * 24 + 3; hour++) {
      await t.town.restart()
      await t.town.advance({ hours: 1 })
    }
    expect(t.town.heard().filter((m) => m.to === '王秀英')).toHaveLength(2)
    expect(t.row(id)).toMatchObject({ revisit_result: 'unreached' })
  })

  it('does not cut in on a conversation', async () => {
    t.town.jump('2026-11-26T09:59:30+08:00')
    await t.wang.says('我的住址')
    t.town.heard()
    await t.town.goTo('2026-11-26T10:00:00+08:00')
    expect(t.told('王秀英')).toContain(`请回“已解决 ${id}”`)
    expect(await answers('18街坊90门301')).not.toContain('已解决')
    await answers('确认')
    expect(await answers(`已解决 ${id} 满意`)).toContain('谢谢')
  })

  it('asks nobody who wants no messages; staff call instead', async () => {
    await t.wang.says('退订')
    t.town.heard()
    await t.town.goTo('2026-11-26T10:00:00+08:00')
    expect(t.told('王秀英')).toBe('')
    expect(t.told('工作群')).toContain('请打电话回访')
    await t.zhao.says(`回访 ${id} 未联系上`, '工作群')
    expect(t.row(id)).toMatchObject({ revisit_result: 'unreached' })
  })

  it('is answered before it is asked, and then not asked any more', async () => {
    expect(await answers(`回访 ${id}`)).toContain('真解决了吗')
    expect(await answers('1')).toContain('记为已解决')
    await answers('1')
    t.town.heard()
    await t.town.goTo('2026-12-02T12:00:00+08:00')
    expect(t.town.heard().filter((m) => m.to === '王秀英')).toEqual([])
  })

  it('that fell due while nothing ran waits for the morning, and can be answered then', async () => {
    t.town.jump('2026-11-26T23:00:00+08:00')
    await t.town.settle()
    expect(t.town.rows('dialogue')).toEqual([])
    await t.town.goTo('2026-11-27T07:30:00+08:00')
    expect(t.told('王秀英')).toContain('真解决了吗')
    await t.town.goTo('2026-11-28T07:00:00+08:00')
    expect(await answers('1')).toContain('记为已解决')
  })

  it('of somebody else’s case is refused', async () => {
    t.town.heard()
    await t.zhang.says(`已解决 ${id}`)
    expect(t.told('张建国')).toContain('不在您的权限内')
    await t.zhang.says('已解决 4711')
    expect(t.told('张建国')).toContain('没有编号 #4711')
  })
})
