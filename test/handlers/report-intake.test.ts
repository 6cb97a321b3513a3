import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { expectSilence, openTown, type Person, type Town } from '../support/town.ts'

let town: Town
let li: Person

beforeEach(async () => {
  town = openTown({ now: '2026-11-24T20:35:00+08:00' })
  await town.settle()
  town.heard()
  li = town.person('李阿姨', { 一群: '18-86-301 李秀英' })
})
afterEach(() => town[Symbol.dispose]())

const cases = () => town.rows('report_case')
/** Exactly one message in the group since the last look; staff hear theirs. */
function one(room: string, ...parts: string[]): string {
  const [first, ...more] = heardIn(room)
  expect(more).toEqual([])
  for (const part of parts) expect(first?.text).toContain(part)
  return first?.text ?? ''
}
const heardIn = (room: string) => town.heard().filter((m) => m.to === room)

describe('a report in plain words', () => {
  it('is confirmed once, filed with its number, and tells the limit and the forbidden window', async () => {
    town.jump('2026-11-24T23:35:00+08:00')
    await li.says('3号楼又在钻墙了，都十一点半了还在敲', '二群')
    const asked = one('二群', '噪音·装修', '3号楼', '确认')
    expect(asked).toContain('夜间限值 50 分贝')
    expect(asked).toContain('20:00–次日 08:00')
    expect(cases()).toEqual([])
    await li.says('确认', '二群')
    const filed = heardIn('二群')[0]?.text ?? ''
    expect(filed).toMatch(/编号 #1001/)
    expect(filed).toMatch(/前联系您.*前办完/)
    expect(filed).toContain('进度 1001')
    expect(cases()[0]).toMatchObject({
      category: 'noise',
      subtype: 'renovation',
      place_id: '28-3',
      state: 'pending',
      happened_from_at: '2026-11-24T15:30:00.000Z',
    })
  })

  it('asks for the place, and nothing twice', async () => {
    await li.says('楼道里堆满了垃圾，臭死了，好几天没人收', '二群')
    one('二群', '是在哪里')
    await li.says('五号楼二单元', '二群')
    one('二群', '5号楼2单元', '1 确认')
    await li.says('1', '二群')
    expect(heardIn('二群')[0]?.text).toContain('#1001')
    expect(cases()[0]).toMatchObject({ category: 'waste', place_id: '28-5-2' })
  })

  it('never shows the flat or the name in the group', async () => {
    await li.says('18街坊86门301室天天半夜打麻将吵死了', '一群')
    await li.says('确认', '一群')
    const texts = town
      .heard()
      .map((m) => m.text)
      .join('\n')
    expect(texts).toContain('#1001')
    expect(texts).not.toMatch(/301|李秀英|李阿姨/)
    expect(JSON.stringify(cases())).not.toMatch(/301|李/)
  })

  it('takes 楼上 for the speaker’s own house without naming it', async () => {
    await li.says('楼上天天半夜拖椅子，吵得睡不着', '一群')
    const asked = one('一群', '您住的那栋楼')
    expect(asked).not.toMatch(/86|301/)
    await li.says('对', '一群')
    expect(cases()[0]).toMatchObject({ place_id: '18-86', subtype: 'upstairs' })
  })

  it('is corrected before and after it is filed', async () => {
    await li.says('3号楼又在钻墙了', '二群')
    town.heard()
    await li.says('不是3号楼，是4号楼', '二群')
    one('二群', '4号楼')
    await li.says('确认', '二群')
    town.heard()
    await li.says('发错楼了，是5号楼', '二群')
    one('二群', '#1001', '5号楼')
    expect(cases()[0]).toMatchObject({ place_id: '28-5' })
    await li.says('搞错了，是今天下午三点', '二群')
    one('二群', '#1001', '15:00')
    await li.says('其实是6号楼的快递', '二群')
    expectSilence(town)
    expect(cases()[0]).toMatchObject({ place_id: '28-5' })
  })

  it('takes no talk about another house for the answer to where, or for a change', async () => {
    await li.says('楼道里堆满了垃圾，臭死了', '二群')
    town.heard()
    await li.says('3号楼的快递到了', '二群')
    expectSilence(town)
    await li.says('我们5号楼', '二群')
    one('二群', '5号楼')
    await li.says('2', '二群')
    town.heard()
    await li.says('3号楼的快递到了', '二群')
    expectSilence(town)
    await li.says('是4号楼', '二群')
    one('二群', '4号楼')
  })

  it('is confirmed by a nod that follows at once, not by one of later', async () => {
    await li.says('3号楼又在钻墙了', '二群')
    await town.advance({ minutes: 5 })
    await li.says('好的', '二群')
    expect(cases()).toEqual([])
    await li.says('取消', '二群')
    await li.says('3号楼又在钻墙了', '二群')
    await li.says('好的', '二群')
    expect(cases()).toHaveLength(1)
    town.heard()
    await li.says('进度 1001', '二群')
    expect(heardIn('二群')[0]?.text).toContain('#1001')
  })

  it('is dropped without a trace when the answer is no, or 取消', async () => {
    await li.says('3号楼又在钻墙了', '二群')
    await li.says('不用了', '二群')
    await li.says('3号楼又在钻墙了', '二群')
    await li.says('取消', '二群')
    expect(cases()).toEqual([])
    expect(town.rows('dialogue')).toEqual([])
  })

  it('waits for 确认 while neighbours talk, and survives a restart', async () => {
    const wang = town.person('王叔')
    await li.says('3号楼又在钻墙了', '二群')
    town.heard()
    await wang.says('确认一下明天几点开会', '二群')
    await li.says('哎呀真是的', '二群')
    await wang.says('1', '二群')
    expectSilence(town)
    await town.restart()
    await li.says('确认', '二群')
    expect(cases()).toHaveLength(1)
  })

  it('needs no command in a direct chat', async () => {
    await li.says('我们楼下垃圾房三天没人收了 臭得不敢开窗')
    const text = town.heard()[0]?.text ?? ''
    expect(text).toContain('垃圾')
    await li.says('嗯')
    expect(cases()).toHaveLength(1)
  })

  it('is filed at once with 举报 and all it needs', async () => {
    await li.says('举报 3号楼现在还在装修', '二群')
    expect(heardIn('二群')[0]?.text).toContain('#1001')
    await li.says('小邻 举报', '二群')
    one('二群', '请说一下')
    await li.says('举报 🤮', '二群')
    one('二群', '请说一下')
  })
})

describe('the same problem', () => {
  beforeEach(async () => {
    await li.says('3号楼又在钻墙了', '二群')
    await li.says('确认', '二群')
    town.heard()
  })

  it('is joined by a neighbour with 我家也是', async () => {
    const wang = town.person('王叔')
    await wang.says('我家也是', '二群')
    one('二群', '#1001', '2 位邻居')
    await wang.says('我家也是', '二群')
    expect(town.heard()[0]?.text).toContain('已经反映过')
    expect(cases()).toHaveLength(1)
    expect(town.rows('complaint')).toHaveLength(2)
  })

  it('is joined by +1 after a restart only with its number, since nobody knows what was said', async () => {
    await town.person('王叔').says('周六去公园，报名的回复+1', '二群')
    await town.restart()
    await town.person('赵姐').says('+1', '二群')
    expect(town.rows('complaint')).toHaveLength(1)
    await town.person('赵姐').says('+1 #1001', '二群')
    expect(town.rows('complaint')).toHaveLength(2)
  })

  it('is joined by +1 only while it is fresh', async () => {
    const wang = town.person('王叔')
    await town.advance({ hours: 2 })
    town.heard()
    await wang.says('+1', '二群')
    expectSilence(town)
  })

  it.each([
    ['a list', '#接龙 团购鸡蛋\n1. 张阿姨 2箱'],
    ['a sign-up', '周六去公园，报名的回复+1'],
    ['another trouble', '我家停水了'],
    ['a question', '有没有人要拼车去机场'],
  ])('is not joined by an agreement to %s', async (_, words) => {
    await town.person('王叔').says(words, '二群')
    for (const agreed of ['+1', '我家也是']) await town.person('赵姐').says(agreed, '二群')
    expect(town.rows('complaint')).toHaveLength(1)
  })

  it('is joined by 我家也是 after a word or two, by +1 only at once', async () => {
    const chats = town.person('王叔')
    await chats.says('真的假的', '二群')
    await town.person('钱姨').says('+1', '二群')
    await chats.says('今天晚饭吃得有点早了', '二群')
    await town.person('赵姐').says('+1', '二群')
    await town.person('孙哥').says('我家也是', '二群')
    expect(town.rows('complaint')).toHaveLength(3)
    await chats.says('明天要降温了大家多穿', '二群')
    await chats.says('晚上的球赛几点开始啊', '二群')
    await chats.says('好像是八点半那场', '二群')
    await town.person('李伯').says('我家也是', '二群')
    expect(town.rows('complaint')).toHaveLength(3)
    await town.person('李伯').says('#1001 我家也是', '二群')
    expect(town.rows('complaint')).toHaveLength(4)
  })

  it('is offered instead of a new case', async () => {
    const wang = town.person('王叔')
    await wang.says('三号楼装修吵死人了', '二群')
    one('二群', '#1001', '是同一件事吗')
    await wang.says('1', '二群')
    expect(cases()).toHaveLength(1)
    expect(town.rows('complaint')).toHaveLength(2)
  })

  it('is offered to 举报 too', async () => {
    const wang = town.person('王叔')
    await wang.says('举报 3号楼现在还在装修', '二群')
    one('二群', '#1001', '是同一件事吗')
    expect(cases()).toHaveLength(1)
  })

  it('is a new case when the resident says it is another', async () => {
    const wang = town.person('王叔')
    await wang.says('三号楼装修吵死人了', '二群')
    await wang.says('2', '二群')
    await wang.says('确认', '二群')
    expect(cases()).toHaveLength(2)
  })
})

describe('afterwards', () => {
  beforeEach(async () => {
    await li.says('3号楼又在钻墙了', '二群')
    await li.says('确认', '二群')
    town.heard()
  })

  it('the reporter sees how it stands; in the group only the state', async () => {
    await li.says('小邻 进度 1001', '二群')
    const inGroup = one('二群', '#1001', '待确认')
    expect(inGroup).not.toContain('3号楼')
    await li.says('我的反映')
    expect(town.heard()[0]?.text).toContain('#1001 噪音·装修，3号楼：待确认')
  })

  it('others see nothing of it', async () => {
    const wang = town.person('王叔')
    await wang.says('进度 1001')
    expect(town.heard()[0]?.text).toContain('不在您的权限内')
    await wang.says('进度 9999')
    expect(town.heard()[0]?.text).toContain('没有编号')
    await wang.says('撤回 1001')
    expect(town.heard()[0]?.text).toContain('没有您的反映')
  })

  it('is withdrawn by its reporter alone', async () => {
    await li.says('小邻 撤回 1001', '二群')
    one('二群', '#1001', '已撤回')
    expect(cases()[0]).toMatchObject({ state: 'withdrawn' })
  })
})

describe('an emergency', () => {
  it('is answered at once with the number to call, past quiet hours, and staff are told', async () => {
    town.jump('2026-11-24T23:35:00+08:00')
    await li.says('着火了！3号楼楼道着火了', '二群')
    const heard = town.heard()
    expect(heard.find((m) => m.to === '二群')?.text).toContain('119')
    expect(heard.find((m) => m.to === '工作群')?.text).toMatch(/紧急.*二群.*着火.*3号楼/)
    expect(cases()).toEqual([])
    await town.person('王叔').says('着火了快跑', '二群')
    expect(heardIn('二群')).toEqual([])
  })
})

describe('a call for help', () => {
  it('outranks an open question, and each place reaches staff', async () => {
    await li.says('楼道里全是垃圾袋，臭死了', '二群')
    town.heard()
    await li.says('5号楼着火了', '二群')
    await town.person('王叔').says('12号楼也着火了', '二群')
    const heard = town.heard()
    expect(heard.filter((m) => m.to === '二群').map((m) => m.text)).toEqual([
      expect.stringContaining('119'),
    ])
    const staff = heard.filter((m) => m.to === '工作群').map((m) => m.text)
    expect(staff).toEqual([expect.stringContaining('5号楼'), expect.stringContaining('12号楼')])
  })

  it('from upstairs is heard, and from a flat leads staff to the house', async () => {
    await li.says('楼上着火了', '一群')
    expect(heardIn('一群')[0]?.text).toContain('119')
    await town.advance({ minutes: 20 })
    await li.says('我家着火了')
    const alert = town.heard().findLast((m) => m.to === '工作群')?.text
    expect(alert).toMatch(/李秀英的私聊.*着火/)
  })

  it('from somebody who does not want to live is answered with care, and staff hear of whom', async () => {
    await li.says('我不想活了')
    const heard = town.heard()
    expect(heard.find((m) => m.to === '李阿姨')?.text).toMatch(/不是一个人.*12356.*120/)
    expect(heard.find((m) => m.to === '工作群')?.text).toMatch(/李阿姨的私聊.*不想活了/)
  })

  it.each([
    ['电梯困人了', '别扒门'],
    ['有人抢劫', '110'],
    ['孩子走丢了', '110'],
    ['救命啊', '110'],
  ])('%s is told what to do', async (words, advice) => {
    await li.says(words, '二群')
    expect(heardIn('二群')[0]?.text).toContain(advice)
    expect(cases()).toEqual([])
  })
})

describe('ordinary talk', () => {
  it.each([
    '垃圾物业，天天收钱不干活',
    '听说3号楼有人投诉装修了',
    '装修几点可以开始？',
    '大件垃圾怎么扔',
    '保洁辛苦了，垃圾房好干净',
    '#接龙 1. 张阿姨 2. 李叔',
    '我妈那个小区天天跳广场舞',
    '要是晚上装修怎么办',
    '别吵了，都少说两句',
    '今天楼上挺安静',
    '出二手沙发，几乎全新',
    '晚饭炒菜好香',
  ])('opens nothing: %s', async (words) => {
    await li.says(words, '二群')
    expectSilence(town)
    expect(town.rows('dialogue')).toEqual([])
    expect(town.rows('processed_message')).toEqual([])
  })
})
