import { describe, expect, it } from 'vitest'
import type { ResidentId } from '../../db/schema.ts'
import { merge } from '../../handlers/staff/people.ts'
import { figures, firstCounts, townWithRound } from '../support/survey-town.ts'
import { expectSilence, openTown, type Town } from '../support/town.ts'

describe('answers in a group', () => {
  it('are asked about once when unclear, and never guessed', async () => {
    const { town } = await townWithRound()
    using _ = town
    const who = town.person('王阿姨')
    await who.says('选4或者5', '一群')
    expect(town.heard().map((m) => [m.to, m.text])).toEqual([
      ['一群', '没看清您选的是哪个，请只回一个数字。'],
    ])
    await who.says('选4或者5', '一群')
    await who.says('选2或者3', '一群')
    expectSilence(town)
    expect(town.rows('answer' as 'outbox')).toEqual([])
    await who.says('4', '一群')
    expect(firstCounts(town)).toEqual({ 4: 1 })
  })

  it.each(['6', '9', '55555', '12345678', '3号楼的快递到了', '5点开会', '+1', '0.5'])(
    'count nothing for %s',
    async (words) => {
      const { town } = await townWithRound()
      using _ = town
      await town.person('王阿姨').says(words, '一群')
      expect(town.rows('answer' as 'outbox')).toEqual([])
    },
  )

  it('are words: pictures, voices and links are none', async () => {
    const { town } = await townWithRound()
    using _ = town
    const who = town.person('王阿姨')
    for (const kind of ['image', 'voice', 'link', 'file', 'emoticon', 'other'] as const) {
      await who.says('5', '一群', { kind: kind as 'image' })
    }
    expectSilence(town)
    expect(town.rows('answer' as 'outbox')).toEqual([])
  })

  it('are not for staff to give, nor meant when said to somebody else', async () => {
    const { town, staff } = await townWithRound()
    using _ = town
    await staff.says('5', '一群')
    const who = town.person('王阿姨')
    await who.says('5', '一群', { mentions: { self: false, all: false, others: true } })
    await who.says('5', '一群', { quote: { text: '几号楼？', ofSelf: false } as never })
    await who.says('5', '工作群')
    expectSilence(town)
    expect(town.rows('respondent' as 'outbox')).toEqual([])
  })

  it('are for a group in which a question is open', async () => {
    const town = openTown({ now: '2026-11-24T12:00:00+08:00', rounds: true, lectures: false })
    using _ = town
    const staff = town.staff('小李', 'staff')
    town.compare()
    town.sql("UPDATE room SET enabled = 0 WHERE topic = '三群'")
    await staff.says('调查 开始 满意度')
    town.sql("UPDATE room SET enabled = 1 WHERE topic = '三群'")
    town.heard()
    const who = town.person('王阿姨')
    const before = town.counts()
    expect(await who.says('5', '三群')).toBe('silent')
    expect(town.counts()).toEqual(before)
    expect(await who.says('5', '一群')).toBe('handled')
  })

  it('are silence that stores nothing while no question is open', async () => {
    using town = openTown({ rounds: true })
    const who = town.person('王阿姨')
    const before = town.counts()
    for (const words of ['5', '很满意', '54433544']) {
      expect(await who.says(words, '一群')).toBe('silent')
    }
    expect(town.counts()).toEqual(before)
    expectSilence(town)
  })

  it('come too late after the closing, and are silence after the end', async () => {
    const { town, staff } = await townWithRound()
    using _ = town
    await staff.says('调查 结束')
    town.heard()
    const who = town.person('王阿姨')
    await who.says('5', '一群')
    expectSilence(town)
    await town.advance({ days: 2 })
    town.heard()
    expect(await who.says('5', '一群')).toBe('silent')
    expect(figures(town).answered).toBe(0)
  })

  it('are all at once where all is asked at once', async () => {
    const { town } = await townWithRound('一次问完')
    using _ = town
    const [a, b, c] = ['甲甲', '乙乙', '丙丙'].map((name) => town.person(name))
    await a?.says('54433544', '一群')
    await b?.says('5 4 4 3 3 5 4 4', '二群')
    expectSilence(town)
    expect(figures(town)).toMatchObject({ answered: 2, completed: 2 })
    await c?.says('5443354', '一群')
    expect(town.heard().map((m) => m.text)).toEqual([
      '没看清您的回答，请把 8 个数字连着发，不清楚的写 0。',
    ])
    await c?.says('544335441', '一群')
    await c?.says('5', '一群')
    expectSilence(town)
    expect(figures(town).answered).toBe(2)
  })
})

describe('a reminder', () => {
  const reminded = (town: Town) =>
    town.heard().flatMap(({ to, text }) => (text.includes('快结束了') ? [to] : []))

  it.each(['', '匿名'])('is for groups in which somebody is missing (%s)', async (extra) => {
    const { town } = await townWithRound(`一次问完 ${extra}`)
    using _ = town
    const [a, b, c, d] = ['甲甲', '乙乙', '丙丙', '丁丁'].map((name) => town.person(name))
    for (const name of ['甲甲', '乙乙', '丙丙']) town.leave('二群', name)
    for (const name of ['甲甲', '乙乙', '丙丙', '丁丁']) town.leave('三群', name)
    town.leave('一群', '丁丁')
    town.compare()
    await a?.says('54433544', '一群')
    await b?.says('不参加了', '一群')
    await c?.says('退订 调查')
    await d?.says('5443', '二群')
    town.heard()
    await town.advance({ days: 11 })
    expect(reminded(town)).toEqual(['二群', '二群'])
  })

  it('is not for somebody who answered with another account of the same person', async () => {
    const { town, staff } = await townWithRound('一次问完')
    using _ = town
    const [a, b] = ['甲甲', '乙乙'].map((name) => town.person(name))
    for (const name of ['甲甲', '乙乙'])
      for (const group of ['二群', '三群']) town.leave(group, name)
    town.compare()
    await a?.says('54433544', '一群')
    await b?.says('我的住址')
    const id = (name: string) => town.rows('resident').find((r) => r['name'] === name)?.['id']
    town.tx((work) => merge(work, staff.id, id('甲甲') as ResidentId, id('乙乙') as ResidentId))
    town.heard()
    await town.advance({ days: 11 })
    expect(reminded(town)).toEqual([])
  })
})
