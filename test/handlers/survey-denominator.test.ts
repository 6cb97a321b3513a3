import { describe, expect, it } from 'vitest'
import { toInstant } from '../../content/time.ts'
import { groupCounts } from '../../handlers/surveys/manage.ts'
import { demoContent } from '../support/content.ts'
import { figures, firstCounts, roundOf, townWithRound } from '../support/survey-town.ts'
import { openTown, type Person, type Town } from '../support/town.ts'

const NOW = '2026-11-24T12:00:00+08:00'

/** A round in which `n` people of the first group were invited. */
async function invited(n: number, extra = '') {
  const town = openTown({ now: NOW, rounds: true, lectures: false })
  const staff = town.staff('小李', 'staff')
  const people = Array.from({ length: n }, (_, i) => town.person(`居民${i + 1}`))
  town.compare()
  await staff.says(`调查 开始 满意度 一次问完 ${extra}`)
  town.heard()
  return { town, staff, people }
}

function newcomer(town: Town, name: string): Person {
  const who = town.person(name)
  town.compare()
  return who
}

async function told(town: Town, who: Person, words: string): Promise<string> {
  town.heard()
  await who.says(words)
  return town.heard().at(-1)?.text ?? ''
}

describe.each(['', '匿名'])('the people invited at the opening (%s)', (extra) => {
  it('are the whole of the response rate; who came later stands beside them', async () => {
    const { town, staff, people } = await invited(12, extra)
    using _ = town
    for (const who of people) await who.says('54433544', '一群')
    await town.advance({ hours: 1 })
    await newcomer(town, '新来的').says('14433544', '一群')
    const counts = { invited: 12, answered: 13, beside: 1, response: { successes: 12, n: 12 } }
    expect(figures(town)).toMatchObject(counts)
    // The newcomer's opinion is an opinion.
    expect(firstCounts(town)).toEqual({ 5: 12, 1: 1 })
    const progress = await told(town, staff, '调查 进度')
    expect(progress).toContain('12 人中 12 人参加（100.0%）')
    expect(progress).toContain('另有 1 人不在受邀之内')
    expect(progress).toContain('· 一群：12/12')
    expect(progress).not.toContain('· 私聊')
    expect(await told(town, staff, '调查 列表')).toContain('12/12 人')
    await staff.says('调查 结束')
    await town.advance({ days: 2 })
    expect(figures(town)).toMatchObject(counts)
    expect(await told(town, staff, '调查 结果')).toContain('邀请 12 人，参加 12 人（100.0%）')
  })

  it('are known again after a login with new ids', async () => {
    const { town, people } = await invited(4, extra)
    using _ = town
    await people[0]?.says('54433544', '一群')
    await town.advance({ hours: 1 })
    await town.relogin()
    for (const who of people.slice(0, 3)) await who.says('54433544', '一群')
    await newcomer(town, '新来的').says('54433544', '一群')
    expect(figures(town)).toMatchObject({ answered: 4, beside: 1 })
    expect(figures(town).response).toMatchObject({ successes: 3, n: 4, rate: 0.75 })
  })
})

describe('the progress of a round', () => {
  it('adds up: who answers in the direct chat stands under the groups', async () => {
    const { town, staff, people } = await invited(3)
    using _ = town
    await people[0]?.says('54433544', '一群')
    await people[1]?.says('54433544')
    const progress = await told(town, staff, '调查 进度')
    expect(progress).toContain('3 人中 2 人参加')
    expect(progress).toContain('· 一群：1/3\n· 二群：0/3\n· 三群：0/3\n· 私聊：1\n')
  })
})

describe('somebody who left the groups', () => {
  const GROUPS = ['一群', '二群', '三群', '工作群']

  it.each([
    ['before the opening and comes back', true, true, 1],
    ['before the opening and answers in the direct chat', true, false, 1],
    ['after the opening and comes back', false, true, 0],
    ['after the opening and answers in the direct chat', false, false, 0],
  ])('%s stands beside those invited, or among them', async (_name, before, back, beside) => {
    const town = openTown({ now: NOW, rounds: true, lectures: false })
    using _ = town
    const staff = town.staff('小李', 'staff')
    const people = ['甲甲', '乙乙', '丙丙'].map((name) => town.person(name))
    town.compare()
    const leave = async () => {
      await town.advance({ hours: 1 })
      for (const group of GROUPS) town.leave(group, '丙丙')
      town.compare()
      await town.advance({ hours: 1 })
    }
    if (before) await leave()
    await staff.says('调查 开始 满意度 一次问完')
    if (!before) await leave()
    await town.advance({ hours: 1 })
    if (back) for (const group of GROUPS) town.comeBack(group, '丙丙')
    town.compare()
    if (back) await people[2]?.says('54433544', '一群')
    else await people[2]?.says('54433544')
    expect(figures(town)).toMatchObject({ invited: before ? 2 : 3, answered: 1, beside })
  })
})

describe('an anonymous round that has ended', () => {
  it('does not say which answer is that of the newcomer', async () => {
    const { town, staff, people } = await invited(3, '匿名')
    using _ = town
    for (const who of people) await who.says('54433544', '一群')
    await town.advance({ hours: 1 })
    await newcomer(town, '新来的').says('14433544', '一群')
    await staff.says('调查 结束')
    await town.advance({ days: 2 })
    expect(town.rows('respondent').map((r) => r['invited'])).toEqual([1, 1, 1, 1])
    expect(figures(town)).toMatchObject({ beside: 1, response: { successes: 3, n: 3 } })
    const look = { db: town.db, now: toInstant(NOW), env: town.env }
    expect(groupCounts(look, roundOf(town).id)).toEqual([
      { topic: '一群', invited: 3, answered: 3 },
      { topic: '二群', invited: 3, answered: 0 },
      { topic: '三群', invited: 3, answered: 0 },
    ])
  })
})

describe('what is frozen at the opening', () => {
  it.each(['invited = 5', 'population = 5', 'count_middle = 1'])(
    'cannot become %s',
    async (set) => {
      const { town } = await townWithRound()
      using _ = town
      expect(() => town.sql(`UPDATE round SET ${set}`)).toThrow(/frozen/)
    },
  )

  it.each([
    [false, 'strict'],
    [true, 'withMiddle'],
  ] as const)('is whether 一般 counts (%s), whatever the settings say later', async (was, held) => {
    const content = demoContent()
    const set = (countMiddle: boolean) => ({
      ...content,
      surveyRules: { ...content.surveyRules, countMiddle },
    })
    const { town, staff } = await townWithRound('一次问完', { content: set(was) })
    using _ = town
    const people = Array.from({ length: 10 }, (_, i) => town.person(`居民${i}`))
    for (const [i, who] of people.entries()) await who.says(`5443354${i < 6 ? 4 : 3}`, '一群')
    await staff.says('调查 结束')
    await town.advance({ days: 2 })
    await town.restart(set(!was))
    expect(figures(town).satisfaction?.held).toBe(held)
    expect(roundOf(town).count_middle).toBe(was ? 1 : 0)
    const rate = was ? '满意率 100.0%（10/10，含“一般”）' : '满意率 60.0%（6/10，很满意+满意）'
    expect(await told(town, staff, '调查 结果')).toContain(rate)
  })
})

describe('a round by household', () => {
  /** 甲 and 乙 are thought to live together; only who says so does. */
  async function household(extra = '') {
    const town = openTown({ now: NOW, rounds: true, lectures: false })
    const staff = town.staff('小李', 'staff')
    const [a, b] = ['18-86-301 甲甲', '18-86-301 乙乙'].map((name) => town.person(name))
    if (a === undefined || b === undefined) throw new Error('nobody')
    town.compare()
    return { town, staff, a, b, open: () => staff.says(`调查 开始 满意度 每户 ${extra}`) }
  }
  const confirm = async (who: Person) => {
    await who.says('我的住址')
    await who.says('1')
  }

  it('counts people whose homes are only guessed each for themselves', async () => {
    const { town, a, b, open } = await household()
    using _ = town
    for (const who of [a, b]) await who.says('我的住址')
    town.sql("UPDATE resident SET home = '18-86', home_room = '301' WHERE role = 'resident'")
    await open()
    expect(roundOf(town).invited).toBe(2)
    await a.says('5', '一群')
    await b.says('2', '一群')
    expect(firstCounts(town)).toEqual({ 5: 1, 2: 1 })
  })

  it('invites and counts a confirmed home once', async () => {
    const { town, a, b, open } = await household()
    using _ = town
    for (const who of [a, b]) await confirm(who)
    await open()
    expect(roundOf(town)).toMatchObject({ invited: 1, reached: 1 })
    await a.says('5', '一群')
    await b.says('2', '一群')
    expect(firstCounts(town)).toEqual({ 2: 1 })
    expect(figures(town)).toMatchObject({ answered: 1, response: { successes: 1, n: 1 } })
  })

  it.each(['', '匿名'])(
    'becomes one answer when the home is confirmed meanwhile (%s)',
    async (x) => {
      const { town, a, b, open } = await household(x)
      using _ = town
      await confirm(a)
      await open()
      await a.says('5', '一群')
      await town.advance({ days: 1 })
      await b.says('4', '一群')
      expect(firstCounts(town)).toEqual({ 5: 1 })
      expect(figures(town).answered).toBe(2)
      await confirm(b)
      expect(figures(town).answered).toBe(1)
      await a.says('3', '一群')
      await b.says('2', '一群')
      expect(figures(town).answered).toBe(1)
      expect(figures(town).items[1]?.counts).toEqual({ 2: 1 })
      expect(figures(town).response.rate).toBeLessThanOrEqual(1)
    },
  )

  it.each(['', '匿名'])('hears who moves meanwhile for the home that was left (%s)', async (x) => {
    const { town, staff, a, b, open } = await household(x)
    using _ = town
    const c = town.person('28-6-401 丙丙')
    town.compare()
    for (const who of [a, b, c]) await confirm(who)
    await open()
    await a.says('5', '一群')
    await town.advance({ hours: 1 })
    for (const words of ['我的住址', '2', '28-6-401', '1']) await a.says(words)
    await a.says('3', '一群')
    await c.says('4', '一群')
    expect(firstCounts(town)).toEqual({ 3: 1, 4: 1 })
    // Who stays behind is of the same household in this round.
    await b.says('2', '一群')
    expect(firstCounts(town)).toEqual({ 2: 1, 4: 1 })
    expect(figures(town)).toMatchObject({ answered: 2, response: { successes: 2, n: 2 } })
    expect(town.counts()['round_home']).toBe(1)
    await staff.says('调查 结束')
    await town.advance({ days: 2 })
    expect(town.counts()['round_home']).toBe(0)
  })
})
