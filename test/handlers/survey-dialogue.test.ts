import { describe, expect, it } from 'vitest'
import { callOff, firstCounts, townWithRound } from '../support/survey-town.ts'
import type { Town } from '../support/town.ts'

/** The last thing that was said to `name`. */
function told(town: Town, name: string): string {
  return (
    town
      .heard()
      .filter((m) => m.to === name)
      .at(-1)?.text ?? ''
  )
}

function given(town: Town): unknown[] {
  return town.rows('answer' as 'outbox').map((a) => [a['item'], a['kind'], a['value']])
}

describe('a round in a direct chat', () => {
  it('goes from question to question, back, past one, and to the thanks', async () => {
    const { town } = await townWithRound()
    using _ = town
    const who = town.person('王阿姨')
    await who.says('调查')
    expect(told(town, '王阿姨')).toContain('第 1 题，共 8 题')
    await who.says('5')
    expect(told(town, '王阿姨')).toContain('第 2 题，共 8 题')
    await who.says('上一题')
    expect(told(town, '王阿姨')).toContain('第 1 题，共 8 题')
    await who.says('4')
    expect(told(town, '王阿姨')).toContain('第 2 题，共 8 题')
    await who.says('跳过')
    expect(told(town, '王阿姨')).toContain('第 3 题，共 8 题')
    await who.says('不清楚')
    for (const words of ['五', '很满意', '不太满意', '③']) await who.says(words)
    expect(told(town, '王阿姨')).toContain('第 8 题，共 8 题')
    await who.says('1')
    expect(told(town, '王阿姨')).toContain('您的意见我们记下了')
    expect(given(town)).toEqual([
      [0, 'answer', '4'],
      [1, 'skip', ''],
      [2, 'unsure', ''],
      [3, 'answer', '5'],
      [4, 'answer', '5'],
      [5, 'answer', '2'],
      [6, 'answer', '3'],
      [7, 'answer', '1'],
    ])
    expect(town.rows('dialogue')).toEqual([])
    await who.says('调查')
    expect(told(town, '王阿姨')).toContain('已经答完')
  })

  it('takes all answers at once', async () => {
    const { town } = await townWithRound()
    using _ = town
    const who = town.person('王阿姨')
    await who.says('调查')
    await who.says('54433544')
    expect(told(town, '王阿姨')).toContain('您的意见我们记下了')
    expect(given(town)).toHaveLength(8)
  })

  it('is left and goes on later, also after a restart', async () => {
    const { town } = await townWithRound()
    using _ = town
    const who = town.person('王阿姨')
    await who.says('调查')
    await who.says('5')
    await who.says('取消')
    expect(town.rows('dialogue')).toEqual([])
    await town.advance({ days: 2 })
    await who.says('调查')
    expect(told(town, '王阿姨')).toContain('第 2 题，共 8 题')
    await town.restart()
    await who.says('4')
    expect(told(town, '王阿姨')).toContain('第 3 题，共 8 题')
  })

  it('asks again twice, never guesses, and stops', async () => {
    const { town } = await townWithRound()
    using _ = town
    const who = town.person('王阿姨')
    await who.says('调查')
    await who.says('四五吧')
    expect(told(town, '王阿姨')).toContain('第 1 题，共 8 题')
    await who.says('9')
    expect(told(town, '王阿姨')).toContain('第 1 题，共 8 题')
    await who.says('绿豆汤')
    expect(told(town, '王阿姨')).not.toContain('第 1 题，共 8 题')
    expect(given(town)).toEqual([])
  })

  it('takes a no for a no', async () => {
    const { town } = await townWithRound()
    using _ = town
    const who = town.person('王阿姨')
    await who.says('调查')
    await who.says('不想答了')
    expect(told(town, '王阿姨')).toContain('这次不再问您了')
    expect(town.rows('respondent' as 'outbox').map((r) => r['state'])).toEqual(['refused'])
    expect(town.rows('dialogue')).toEqual([])
  })

  it.each(['退订', '退订 调查'])('lets %s outrank the question', async (words) => {
    const { town } = await townWithRound()
    using _ = town
    const who = town.person('王阿姨')
    await who.says('调查')
    await who.says(words)
    expect(town.rows('opt_out')).toHaveLength(1)
    expect(given(town)).toEqual([])
    expect(told(town, '王阿姨')).not.toContain('第 1 题，共 8 题')
  })

  it('says politely that it is over', async () => {
    const { town, staff } = await townWithRound()
    using _ = town
    const who = town.person('王阿姨')
    await who.says('调查')
    await callOff(town, staff)
    await who.says('5')
    expect(told(town, '王阿姨')).toContain('已经结束')
    expect(given(town)).toEqual([])
    await who.says('调查')
    expect(told(town, '王阿姨')).toContain('没有正在进行的调查')
  })

  it('lets who has started finish after the closing, and nobody begin', async () => {
    const { town, staff } = await townWithRound()
    using _ = town
    const who = town.person('王阿姨')
    await who.says('5', '一群')
    await staff.says('调查 结束')
    await who.says('调查')
    await who.says('4')
    expect(given(town)).toHaveLength(2)
    await town.person('迟到').says('调查')
    expect(told(town, '迟到')).toContain('已经结束')
    await town.advance({ days: 2 })
    await who.says('3')
    expect(given(town)).toHaveLength(2)
    expect(firstCounts(town)).toEqual({ 5: 1 })
  })
})

describe('reminders of a round', () => {
  /** How many reminders the first group hears up to the closing when `name` is the one who has not answered. */
  async function reminders(act: (town: Town) => Promise<void>): Promise<number> {
    const { town } = await townWithRound('一次问完')
    using _ = town
    town.person('王阿姨')
    town.compare()
    await act(town)
    await town.advance({ days: 9, hours: 12 })
    return town.heard().filter((m) => m.to === '一群' && m.text.includes('快结束了')).length
  }

  it('are two where somebody is missing', async () => {
    expect(await reminders(async () => {})).toBe(2)
  })

  it.each([
    ['who answered everything', '54433544'],
    ['who refused', '不想答了'],
    ['who wants to hear nothing', '退订'],
  ])('leave a group alone whose only missing one is one %s', async (_name, words) => {
    const count = await reminders(async (town) => {
      const who = town.person('李叔')
      town.leave('一群', '王阿姨')
      town.compare()
      await who.says('调查')
      await who.says(words)
    })
    expect(count).toBe(0)
  })
})
