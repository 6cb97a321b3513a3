import { describe, expect, it } from 'vitest'
import type { Look } from '../../handlers/core/feature.ts'
import { surveys } from '../../handlers/surveys/index.ts'
import { demoContent } from '../support/content.ts'
import {
  callOff,
  figures,
  firstCounts,
  publish,
  roundOf,
  townWithRound,
} from '../support/survey-town.ts'
import { openTown, type Person, type Town } from '../support/town.ts'

async function answer(town: Town, who: Person, words: string, where = '一群'): Promise<void> {
  await who.says(words, where)
  await town.settle()
}

/** Says something to Linli and gives what came back to the speaker. */
async function ask(town: Town, who: Person, words: string): Promise<string> {
  town.heard()
  await who.says(words)
  return (
    town
      .heard()
      .filter((m) => m.to === who.name)
      .at(-1)?.text ?? ''
  )
}

describe('staff and a round', () => {
  it.each(['调查 开始 满意度', '调查 进度', '调查 结束', '调查 结果', '调查 发布 好', '调查 取消'])(
    'keeps %s for staff',
    async (words) => {
      const { town } = await townWithRound()
      using _ = town
      const who = town.person('王阿姨')
      const before = town.rows('round')
      await ask(town, who, words)
      await who.says(`邻里，${words}`, '一群')
      expect(town.rows('round')).toEqual(before)
    },
  )

  it('hides the results while it runs', async () => {
    const { town, staff } = await townWithRound()
    using _ = town
    await answer(town, town.person('王阿姨'), '5')
    const progress = await ask(town, staff, '调查 进度')
    expect(progress).toContain('另有 1 人')
    expect(progress).not.toContain('满意率')
    expect(await ask(town, staff, '调查 结果')).toContain('要等调查结束')
    expect(await ask(town, staff, '调查 发布 好')).toContain('要等调查结束')
  })

  it('starts no second one meanwhile, and says which one runs and until when', async () => {
    const { town, staff } = await townWithRound()
    using _ = town
    const until = '【满意度调查】还在进行，到12月4日（周五）12:00为止'
    expect(await ask(town, staff, '调查 开始 环保')).toContain(until)
    expect(await ask(town, staff, '调查 开始 满意度')).toContain(until)
    // The same questionnaire is not opened beside itself, although a group would be free.
    town.addRoom('四群')
    expect(await ask(town, staff, '调查 开始 满意度')).toContain(until)
    await staff.says('调查 结束')
    expect(await ask(town, staff, '调查 开始 满意度')).toContain('到11月25日（周三）12:00为止')
    expect(town.rows('round')).toHaveLength(1)
  })

  it('does not start where no group of residents is served', async () => {
    using town = openTown({ rounds: true, lectures: false })
    const staff = town.staff('小李', 'staff')
    town.sql("UPDATE room SET enabled = 0 WHERE kind = 'residents'")
    expect(await ask(town, staff, '调查 开始 满意度')).toContain('还没有启用的居民群')
  })

  it('is not cancelled by a code that is late, nor by one that is left over at the end', async () => {
    const { town, staff } = await townWithRound()
    using _ = town
    const codeNow = async () =>
      /确认 (\d{6})/.exec(await ask(town, staff, '调查 取消'))?.[1] ?? 'none'
    const late = await codeNow()
    await town.advance({ minutes: 31 })
    expect(await ask(town, staff, `确认 ${late}`)).toContain('过时了，请再发一次“调查 取消”')
    await staff.says('调查 结束')
    await town.advance({ hours: 23, minutes: 45 })
    const over = await codeNow()
    await town.advance({ minutes: 20 })
    expect(roundOf(town).state).toBe('closed')
    // It must not publish what it was not shown for.
    expect(await ask(town, staff, `确认 ${over}`)).toContain('确认码不对')
    expect(roundOf(town).state).toBe('closed')
  })

  it('is cancelled for good', async () => {
    const { town, staff } = await townWithRound()
    using _ = town
    const who = town.person('王阿姨')
    await answer(town, who, '5')
    const question = await ask(town, staff, '调查 取消')
    expect(question).toContain('要取消【满意度调查】吗？已有 1 人参加')
    expect(roundOf(town).state).toBe('open')
    const code = /确认 (\d{6})/.exec(question)?.[1]
    await who.says(`确认 ${code}`)
    expect(roundOf(town).state).toBe('open')
    expect(await ask(town, staff, `确认取消 ${code}`)).toContain('已取消')
    expect(await ask(town, staff, `确认 ${code}`)).toContain('已取消')
    expect(await who.says('4', '一群')).toBe('silent')
    town.heard()
    await town.advance({ days: 5 })
    expect(town.heard().filter((m) => m.text.includes('【满意度调查】每日'))).toEqual([])
    expect(await ask(town, staff, '调查 结果')).toContain('还没有做过调查')
  })

  it.each(['调查开始满意度', '问卷 启动 滿意度', '调查 开始：满意度'])(
    'starts at %s',
    async (words) => {
      using town = openTown({ now: '2026-11-24T12:00:00+08:00', rounds: true, lectures: false })
      const staff = town.staff('小李', 'staff')
      town.compare()
      await ask(town, staff, words)
      expect(town.rows('round')).toHaveLength(1)
    },
  )

  it('does not start, nor publish, because staff ask about it', async () => {
    const { town, staff } = await townWithRound()
    using _ = town
    await staff.says('调查 结束')
    await town.advance({ days: 2 })
    await ask(town, staff, '调查发布了吗')
    await ask(town, staff, '调查开始满意度了吗？')
    expect(roundOf(town).state).toBe('closed')
    expect(town.rows('round')).toHaveLength(1)
  })

  it('has no results once it is cancelled, and nothing to publish when nobody answered', async () => {
    const { town, staff } = await townWithRound()
    using _ = town
    await answer(town, town.person('王阿姨'), '5')
    await callOff(town, staff)
    expect(await ask(town, staff, '调查 结果 1')).toContain('已取消')
    await town.advance({ hours: 1 })
    await staff.says('调查 开始 满意度')
    await staff.says('调查 结束')
    await town.advance({ hours: 25 })
    expect(await ask(town, staff, '调查 发布 每周检查')).toContain('没有人回答')
    expect(town.rows('round').map((r) => r['state'])).toEqual(['cancelled', 'closed'])
  })

  it('publishes the measures whole, however the command is written', async () => {
    const { town, staff } = await townWithRound()
    using _ = town
    await answer(town, town.person('王阿姨'), '5')
    await staff.says('调查 结束')
    await town.advance({ days: 2 })
    await ask(town, staff, '调查发布 每周检查 垃圾房')
    expect(roundOf(town).measures).toBe('每周检查 垃圾房')
  })

  it('keeps the questions of the opening when the content changes', async () => {
    const { town } = await townWithRound()
    using _ = town
    const who = town.person('王阿姨')
    const content = demoContent()
    const surveys = content.surveys.map((s) =>
      s.id === 'satisfaction' ? { ...s, version: 2, items: s.items.slice(0, 1) } : s,
    )
    await town.restart({ ...content, surveys })
    await answer(town, who, '54433544')
    expect(figures(town)).toMatchObject({ version: 1, completed: 1 })
    expect(figures(town).items).toHaveLength(8)
  })

  it.each([
    [49, '达标'],
    [48, '达标，但人数太少，还不能肯定'],
    [36, '未达标，但在误差以内'],
    [20, '未达标'],
  ])('says of %i of 60 satisfied: %s', async (good, verdict) => {
    const content = demoContent()
    const { population: _population, ...surveyRules } = content.surveyRules
    const { town, staff } = await townWithRound('', {
      content: { ...content, surveyRules: surveyRules as typeof content.surveyRules },
    })
    using _ = town
    for (let i = 0; i < 60; i++) {
      const who = town.person(`居民${i}`)
      await who.says(i < good ? '44444444'.replace(/4$/, '5') : '33333332', '一群')
    }
    await staff.says('调查 结束')
    await town.advance({ days: 2 })
    expect(await ask(town, staff, '调查 结果')).toMatch(new RegExp(`目标 70.0%：${verdict}$`, 'm'))
  })

  it('shows a building where at least five answered', async () => {
    const { town } = await townWithRound()
    using _ = town
    for (let i = 0; i < 12; i++) {
      const who = town.person(`居民${i}`)
      await who.says('调查')
      const home = i < 5 ? '18' : i < 10 ? '28' : '29'
      town.sql(`UPDATE resident SET home = '${home}' WHERE name = '居民${i}'`)
      await answer(town, who, '54433544')
    }
    // 29 has two people; as they could be had by subtraction, the smallest other building hides with them.
    expect(figures(town).buildings.map((b) => [b.building, b.n])).toEqual([['28', 5]])
  })

  it('counts people in its report', async () => {
    const { town } = await townWithRound()
    using _ = town
    const [a, b, c] = ['甲甲', '乙乙', '丙丙'].map((name) => town.person(name))
    await a?.says('54433544', '一群')
    await b?.says('5', '一群')
    await c?.says('调查')
    await c?.says('不想答了')
    expect(figures(town)).toMatchObject({ answered: 2, completed: 1, refused: 1 })
    expect(firstCounts(town)).toEqual({ 5: 2 })
  })
})

/** A town with a round that has ended: 6 satisfied, 2 find it so-so, 2 are not satisfied. */
async function endedTown(countMiddle = false) {
  const content = demoContent()
  const { town, staff } = await townWithRound('一次问完', {
    content: { ...content, surveyRules: { ...content.surveyRules, countMiddle } },
  })
  await answerAs(town, '甲', [5, 5, 5, 4, 4, 4, 3, 3, 2, 1])
  await staff.says('调查 结束')
  await town.advance({ days: 2 })
  return { town, staff }
}

async function answerAs(town: Town, name: string, levels: readonly number[]): Promise<void> {
  for (const [i, level] of levels.entries()) {
    await town.person(`${name}${i}`).says(`5443354${level}`, '一群')
  }
}

describe('the results', () => {
  it('hold the strict rate against the target, and show the other beside it', async () => {
    const { town, staff } = await endedTown()
    using _ = town
    const text = await ask(town, staff, '调查 结果')
    expect(text).toContain('满意率 60.0%（6/10，很满意+满意）')
    expect(text).toContain('把“一般”也算上是 80.0%（8/10）')
    const published = await publish(town, staff)
    expect(published.find((m) => m.to === '一群')?.text).toContain('总体满意的占 60.0%')
  })

  it('count 一般 where the settings say so, and show the strict rate beside it', async () => {
    const { town, staff } = await endedTown(true)
    using _ = town
    const text = await ask(town, staff, '调查 结果')
    expect(text).toMatch(/满意率 80\.0%（8\/10，含“一般”）.*：达标，但人数太少/)
    expect(text).toContain('只算很满意和满意是 60.0%（6/10）')
    const published = await publish(town, staff)
    expect(published.find((m) => m.to === '一群')?.text).toContain('满意或觉得一般的占 80.0%')
  })

  it('stand with those of earlier rounds, of this survey alone', async () => {
    const { town, staff } = await endedTown()
    using _ = town
    expect(await ask(town, staff, '调查 结果')).not.toContain('以前几轮')
    await staff.says('调查 开始 环保 2天')
    await town.advance({ days: 4 })
    await staff.says('调查 开始 满意度 一次问完 2天')
    await town.settle()
    await answerAs(town, '乙', [5, 4, 4, 2])
    await town.advance({ days: 4 })
    const text = await ask(town, staff, '调查 结果')
    expect(text).toContain('满意率 75.0%（3/4')
    expect(text).toContain('以前几轮同一个数\n· 2026-11-24 12:00　60.0%（n=10）\n说明')
    expect(await ask(town, staff, '调查结果1')).toContain('满意率 60.0%')
    expect(await ask(town, staff, '调查 结果 #2')).toContain('知晓')
    expect(await ask(town, staff, '调查 结果 9')).toContain('没有第 9 轮')
  })

  it('are found by the numbers of the list, and not before the end', async () => {
    const { town, staff } = await endedTown()
    using _ = town
    await staff.says('调查 开始 环保 2天')
    const text = await ask(town, staff, '调查 列表')
    expect(text.split('\n').slice(1)).toEqual([
      '2　环保知晓调查　2026-11-26 12:00　进行中　0/0 人',
      '1　满意度调查　2026-11-24 12:00　已结束　0/0 人',
    ])
    expect(await ask(town, staff, '调查 结果 2')).toContain('要等调查结束')
    const who = town.person('王阿姨')
    expect(await ask(town, who, '调查 列表')).not.toContain('环保知晓')
  })
})

describe('rounds by the clock', () => {
  it('catch up after a stop over the opening, in the day', async () => {
    using town = openTown({ now: '2026-12-04T12:00:00+08:00', rounds: true, lectures: false })
    town.person('王阿姨')
    town.compare()
    town.jump('2026-12-08T23:00:00+08:00')
    await town.restart()
    expect(town.rows('round')).toEqual([])
    await town.goTo('2026-12-09T08:00:00+08:00')
    expect(town.rows('round').map((r) => r['opens_at'])).toEqual(['2026-12-08T23:30:00.000Z'])
  })

  it('leave a month out that is long past', async () => {
    using town = openTown({ now: '2026-12-04T12:00:00+08:00', rounds: true, lectures: false })
    town.jump('2026-12-16T12:00:00+08:00')
    await town.restart()
    expect(town.rows('round')).toEqual([])
  })

  it('ask one question, not all, after a stop of days', async () => {
    const { town } = await townWithRound()
    using _ = town
    town.jump('2026-11-27T12:30:00+08:00')
    await town.restart()
    await town.advance({ hours: 6 })
    expect(town.heard().filter((m) => m.to === '一群' && m.text.includes('每日一题'))).toHaveLength(
      1,
    )
  })

  it('close after a stop over the closing, without a late question', async () => {
    const { town } = await townWithRound()
    using _ = town
    await town.person('王阿姨').says('54433544', '一群')
    town.jump('2026-12-20T12:30:00+08:00')
    town.heard()
    await town.restart()
    const heard = town.heard()
    expect(heard.filter((m) => m.text.includes('结果：')).map((m) => m.to)).toEqual(['工作群'])
    expect(roundOf(town).state).toBe('closed')
    expect(heard.filter((m) => m.text.includes('满意度') && m.to !== '工作群')).toEqual([])
  })

  it('open each month once and go on without a stop for 60 days', async () => {
    let looks = 0
    const jobs = surveys.jobs.map((job) => ({
      ...job,
      nextDueAt: (look: Look) => {
        looks += 1
        return job.nextDueAt(look)
      },
    }))
    using town = openTown({
      now: '2026-12-01T12:00:00+08:00',
      rounds: true,
      lectures: false,
      features: [{ ...surveys, jobs }],
    })
    town.person('王阿姨')
    town.compare()
    await town.advance({ days: 60 })
    // Four jobs look once a step; 4 rounds of at most 10 questions, 2 reminders and 3 changes of state.
    expect(looks).toBeLessThan(4 * 80)
    await town.restart()
    expect(town.rows('round').map((r) => [r['survey'], r['period']])).toEqual([
      ['satisfaction', '2026-12'],
      ['awareness', '2026-12'],
      ['satisfaction', '2027-01'],
      ['awareness', '2027-01'],
    ])
    expect(town.logs.filter((l) => l.level === 'error')).toEqual([])
  })
})
