import { describe, expect, it } from 'vitest'
import { figures, roundOf, townWithRound } from '../support/survey-town.ts'
import type { Person, Town } from '../support/town.ts'

/** A round that has ended, with ten answers. */
async function ended() {
  const { town, staff } = await townWithRound('一次问完')
  const people = Array.from({ length: 10 }, (_, i) => town.person(`居民${i}`))
  for (const who of people) await who.says('54433544', '一群')
  await staff.says('调查 结束')
  await town.advance({ days: 2 })
  town.heard()
  return { town, staff }
}

async function told(town: Town, who: Person, words: string, where?: string): Promise<string> {
  town.heard()
  await who.says(words, where)
  const mine = town.heard().filter(({ to }) => to === (where ?? who.name))
  return mine.at(-1)?.text ?? ''
}

const codeIn = (text: string) => /确认 (\d{6})/.exec(text)?.[1] ?? ''

describe('results on their way to the residents', () => {
  it('are shown to staff first, as the groups will read them, and go out at the code', async () => {
    const { town, staff } = await ended()
    using _ = town
    const preview = await told(town, staff, '调查 发布 下月起每周检查垃圾房')
    expect(preview).toContain('还没有发出。将发到 3 个群')
    const shown = preview.split('——————')[1]?.trim() ?? ''
    expect(shown).toContain('我们会这样做：下月起每周检查垃圾房')
    expect(
      town.rows('outbox').filter((o) => String(o['text']).startsWith('【满意度调查】结果')),
    ).toEqual([])
    await staff.says(`确认 ${codeIn(preview)}`)
    const heard = town.heard()
    expect(heard.filter(({ text }) => text === shown).map(({ to }) => to)).toEqual([
      '一群',
      '二群',
      '三群',
    ])
    expect(roundOf(town)).toMatchObject({ state: 'published', measures: '下月起每周检查垃圾房' })
    expect(figures(town).answered).toBe(10)
  })

  it('say how the measures are added where staff give none', async () => {
    const { town, staff } = await ended()
    using _ = town
    const first = await told(town, staff, '调查 发布', '工作群')
    expect(first).toContain('还没写我们会怎么做')
    const second = await told(town, staff, '调查 发布 每周检查', '工作群')
    expect(second).not.toContain('还没写我们会怎么做')
    // The earlier preview is not what would go out any more.
    expect(await told(town, staff, `确认 ${codeIn(first)}`, '工作群')).toContain('确认码不对')
    expect(roundOf(town).state).toBe('closed')
    await staff.says(`调查 确认 ${codeIn(second)}`, '工作群')
    expect(roundOf(town)).toMatchObject({ state: 'published', measures: '每周检查' })
  })

  it('leave the main figure out where fewer than five stand behind it', async () => {
    const { town, staff } = await townWithRound('一次问完')
    using _ = town
    const people = Array.from({ length: 6 }, (_, i) => town.person(`居民${i}`))
    for (const [i, who] of people.entries()) await who.says(i < 4 ? '54433544' : '54433540', '一群')
    await staff.says('调查 结束')
    await town.advance({ days: 2 })
    const preview = await told(town, staff, '调查 发布 每周检查')
    expect(preview).toContain('6 位邻居参加')
    expect(preview).toContain('最好的是：')
    expect(preview).not.toContain('对社区总体满意')
  })

  it('go out once, in time, and only at the word of staff', async () => {
    const { town, staff } = await ended()
    using _ = town
    const code = codeIn(await told(town, staff, '调查 发布 每周检查'))
    await town.person('王阿姨').says(`确认 ${code}`)
    expect(roundOf(town).state).toBe('closed')
    await town.advance({ minutes: 31 })
    expect(await told(town, staff, `确认 ${code}`)).toContain('过时了')
    expect(roundOf(town).state).toBe('closed')
    const again = codeIn(await told(town, staff, '调查 发布 每周检查'))
    await staff.says(`确认 ${again}`)
    expect(await told(town, staff, `确认 ${again}`)).toContain('已经发布过了')
    expect(await told(town, staff, '调查 发布 再来')).toContain('已经发布过了')
    const copies = town.rows('outbox').filter((o) => String(o['text']).includes('结果出来了'))
    expect(copies.filter((o) => o['room_id'] === town.rooms.一群)).toHaveLength(1)
  })
})
