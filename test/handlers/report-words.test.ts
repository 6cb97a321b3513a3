import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { expectSilence, openTown, type Person, type Town } from '../support/town.ts'

let town: Town
let li: Person

beforeEach(async () => {
  town = openTown({ now: '2026-11-24T20:35:00+08:00' })
  await town.settle()
  town.heard()
  li = town.person('李阿姨')
})
afterEach(() => town[Symbol.dispose]())

const cases = () => town.rows('report_case')
/** What was said to a group or a person since the last look, in one piece. */
const heardBy = (to: string) =>
  town
    .heard()
    .filter((m) => m.to === to)
    .map((m) => m.text)
    .join('\n')

/** Says all of it and gives what is answered to the last. */
async function chat(who: Person, lines: readonly string[], where?: string): Promise<string> {
  for (const line of lines) {
    town.heard()
    await who.says(line, where)
  }
  return heardBy(where ?? who.name)
}

describe('+1', () => {
  beforeEach(async () => {
    await chat(li, ['3号楼垃圾好几天没人收，臭死了', '确认'], '二群')
    expect(cases()).toHaveLength(1)
  })

  it.each(['1', '１', '①', '一', '1。'])('is not a bare number: %s', async (words) => {
    await town.person('黄水生').says(words, '二群')
    expectSilence(town)
    expect(town.rows('complaint')).toHaveLength(1)
  })

  it.each(['+1', '＋1', '+１', '+1！', '➕1', '+ 1'])('is told by its sign: %s', async (words) => {
    await town.person('黄水生').says(words, '二群')
    expect(heardBy('二群')).toContain('2 位邻居')
  })

  it.each(['1', '+1', '同上', '一样'])(
    'joins nobody who is asked about a report of their own: %s',
    async (words) => {
      const huang = town.person('黄水生')
      expect(await chat(huang, ['7号楼弹钢琴太吵'], '二群')).toContain('什么时候')
      await huang.says(words, '二群')
      expectSilence(town)
      expect(town.rows('complaint')).toHaveLength(1)
      expect(await chat(huang, ['昨晚十点'], '二群')).toContain('7号楼')
    },
  )

  it('joins the case that the speaker was asked about', async () => {
    const huang = town.person('黄水生')
    expect(await chat(huang, ['三号楼垃圾没人清，臭死了'], '二群')).toContain('是同一件事吗')
    await huang.says('+1', '二群')
    expect(cases()).toHaveLength(1)
    expect(town.rows('complaint')).toHaveLength(2)
  })
})

describe('the place, when it is asked for', () => {
  beforeEach(async () => {
    expect(await chat(li, ['有人弹钢琴吵死了'])).toContain('是在哪里')
  })

  it.each(['2', '十二', '哈哈哈', '[呲牙]', '嗯嗯', '是的', '好的', '可以', '同上', '在哪里说？'])(
    'is asked for again after %s',
    async (words) => {
      expect(await chat(li, [words])).toContain('是在哪里')
      expect(await chat(li, ['2栋'])).toMatch(/2号楼|2栋/)
    },
  )

  it.each(['每天晚上十一点', '天天晚上11点左右', '就是每天晚上十一点'])(
    'is asked for once more after a time, which is kept: %s',
    async (words) => {
      expect(await chat(li, [words])).toContain('是在哪里')
      const confirm = await chat(li, ['4号楼'])
      expect(confirm).toContain('4号楼，每天 23:00')
      expect(confirm).toContain('1 确认')
    },
  )

  it.each(['2号楼', '2栋', '2号', '老食堂后头', '我家楼上'])('is told by %s', async (words) => {
    expect(await chat(li, [words])).toMatch(/1 确认/)
  })

  it('goes on after a wish to stay unnamed', async () => {
    const answer = await chat(li, ['能不能匿名啊'])
    expect(answer).toContain('不会在群里出现')
    expect(answer).toContain('是在哪里')
    expect(await chat(li, ['4号楼'])).toContain('4号楼')
  })
})

describe('a group that is not spoken to', () => {
  it.each(['2', '哈哈', '是的'])('stays quiet after %s', async (words) => {
    expect(await chat(li, ['有人弹钢琴吵死了'], '二群')).toContain('是在哪里')
    await li.says(words, '二群')
    expectSilence(town)
    expect(await chat(li, ['2栋'], '二群')).toContain('1 确认')
  })
})

describe('a direct chat', () => {
  it.each(['每天晚上十一点', '楼下天天晚上', '从昨天晚上开始', '4号楼', '东门'])(
    'opens no report for a bare place or time: %s',
    async (words) => {
      await li.says(words)
      expect(town.rows('dialogue')).toEqual([])
    },
  )

  it('takes a report that asks to stay unnamed', async () => {
    const wang = town.person('王叔', { 一群: '18-86-301 王叔' })
    const answer = await chat(wang, ['我家楼上天天弹钢琴，能不能匿名'])
    expect(answer).toContain('不会在群里出现')
    await chat(wang, ['86门'])
    await chat(wang, ['确认'])
    expect(cases()).toHaveLength(1)
    expect(town.rows('complaint')[0]).toMatchObject({ anonymous: 1 })
  })
})

describe('a draft that is wrong', () => {
  const REPORT = '4号楼有人在钻墙吵死了'
  beforeEach(async () => {
    expect(await chat(li, [REPORT])).toContain('1 确认')
  })

  it.each(['是昨晚', '昨晚', '应该是昨晚', '昨天晚上'])(
    'is put right after 2 改一下 with the time: %s',
    async (words) => {
      expect(await chat(li, ['2 改一下'])).toContain('哪里不对')
      const confirm = await chat(li, [words])
      expect(confirm).toContain('11月23日（周一） 18:00')
      expect(confirm).toContain('1 确认')
    },
  )

  it('is put right with the time alone, and with the place alone', async () => {
    expect(await chat(li, ['昨晚十点'])).toContain('4号楼，11月23日（周一） 22:00')
    expect(await chat(li, ['5号楼'])).toContain('5号楼，11月23日（周一） 22:00')
    await chat(li, ['1'])
    expect(cases()[0]).toMatchObject({
      place_id: '28-5',
      happened_from_at: '2026-11-23T14:00:00.000Z',
    })
  })

  it('is put right in the group without a call', async () => {
    await chat(li, [REPORT], '二群')
    expect(await chat(li, ['昨晚十点'], '二群')).toContain('22:00')
    expect(await chat(li, ['5号楼'], '二群')).toContain('5号楼')
    await li.says('昨晚我们家吃的饺子', '二群')
    expectSilence(town)
  })

  it('leaves other questions to be answered', async () => {
    expect(await chat(li, ['今天有什么活动'])).toContain('每日一乐')
    expect(await chat(li, ['明天'])).toContain('11月25日')
    expect(await chat(li, ['确认'])).toContain('#1001')
  })
})

describe('of several places', () => {
  it.each([
    ['5号楼垃圾没人清，7号楼半夜唱歌吵死人', '7号楼'],
    ['7号楼半夜唱歌吵死人，我是5号楼的', '7号楼'],
    ['我是5号楼的，7号楼半夜唱歌吵死人', '7号楼'],
  ])('the one beside what is reported counts: %s', async (words, place) => {
    expect(await chat(li, [words])).toContain(`${place}，`)
  })
})
