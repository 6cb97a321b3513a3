import { describe, expect, it } from 'vitest'
import { callOff, figures, firstCounts, townWithRound } from '../support/survey-town.ts'
import type { Town } from '../support/town.ts'

const drafts = (town: Town) =>
  town.rows('dialogue').filter((d) => d['kind'] === 'reports.draft').length

async function told(town: Town, words: string, where?: string, name = '王阿姨'): Promise<string> {
  town.heard()
  await town.person(name).says(words, where)
  return town.heard().at(-1)?.text ?? ''
}

describe('what residents ask about a survey that runs', () => {
  it.each([
    ['这个调查要多久', '一共 8 题，大约 2 分钟'],
    ['怎么回答', '看着题回一个数字就行'],
    ['是不是匿名的', '不是匿名的'],
    ['能改吗', '能改'],
    ['什么时候结束？', '12月4日'],
    ['必须参加吗', '不是必须的'],
    ['一共几题', '8 题'],
  ])('%s is answered in the direct chat and when Linli is spoken to', async (words, reply) => {
    const { town } = await townWithRound()
    using _ = town
    expect(await told(town, words)).toContain(reply)
    expect(await told(town, `小邻，${words}`, '一群')).toContain(reply)
    expect(await told(town, words, '一群')).toBe('')
  })

  it('is true of an anonymous round', async () => {
    const { town } = await townWithRound('匿名')
    using _ = town
    expect(await told(town, '是匿名的吗')).toContain('这次调查不记名')
  })

  it('uses up no question of the dialogue', async () => {
    const { town } = await townWithRound()
    using _ = town
    const who = town.person('王阿姨')
    await who.says('调查')
    for (const words of ['要多久', '怎么回答', '是不是匿名的', '能改吗', '要多久']) {
      town.heard()
      await who.says(words)
      expect(town.heard().at(-1)?.text).toContain('第 1 题，共 8 题')
    }
    await who.says('4')
    expect(firstCounts(town)).toEqual({ 4: 1 })
  })
})

describe('digits in a direct chat', () => {
  it('show the question that is next, and count nothing', async () => {
    const { town } = await townWithRound()
    using _ = town
    const who = town.person('王阿姨')
    town.heard()
    await who.says('5')
    expect(town.heard().at(-1)?.text).toMatch(/您还没答完.*第 1 题，共 8 题/s)
    expect(figures(town).answered).toBe(0)
    await who.says('4')
    expect(firstCounts(town)).toEqual({ 4: 1 })
  })

  it('are the whole of the answers where there are as many as questions', async () => {
    const { town } = await townWithRound()
    using _ = town
    expect(await told(town, '54433544')).toContain('您的意见我们记下了')
    expect(figures(town)).toMatchObject({ answered: 1, completed: 1 })
  })

  it.each(['退订 调查', '54433544'])('lead nowhere after %s', async (words) => {
    const { town } = await townWithRound()
    using _ = town
    const who = town.person('王阿姨')
    await who.says(words)
    town.heard()
    await who.says('3')
    expect(town.heard().at(-1)?.text).toContain('我没听明白')
  })

  it('are nothing to take up while no survey runs', async () => {
    const { town, staff } = await townWithRound()
    using _ = town
    await callOff(town, staff)
    expect(await told(town, '5')).not.toContain('题')
  })
})

describe('reports while a survey runs', () => {
  it('are opened by a real one, in the dialogue, to Linli and in the group', async () => {
    const { town } = await townWithRound()
    using _ = town
    const who = town.person('王阿姨')
    await who.says('调查')
    await who.says('3号楼半夜还在钻墙，吵得睡不着')
    expect(drafts(town)).toBe(1)
    await town.person('李叔').says('小邻，18街坊86号门口的垃圾堆了三天没人清', '一群')
    expect(drafts(town)).toBe(2)
    expect(figures(town).answered).toBe(0)
  })

  it.each(['噪音太大了', '3', '太吵了', '很不满意', '一般吧'])(
    'are not opened by %s, said in answer to a question',
    async (words) => {
      const { town } = await townWithRound()
      using _ = town
      const who = town.person('王阿姨')
      await who.says('调查')
      await who.says(words)
      await town.person('李叔').says(`小邻，${words}`, '一群')
      expect(drafts(town)).toBe(0)
    },
  )
})

describe('staff', () => {
  it('are not asked in the direct chat either', async () => {
    const { town, staff } = await townWithRound()
    using _ = town
    town.heard()
    await staff.says('调查')
    expect(town.heard().at(-1)?.text).toContain('只问居民')
  })
})
