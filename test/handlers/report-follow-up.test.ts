import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type CaseChat, caseChat } from '../support/case-chat.ts'

/** What elders say of their own report the day after, and just after. */

let t: CaseChat

beforeEach(async () => {
  t = await caseChat()
  await t.wang.says('3号楼又在钻墙了，吵死了', '二群')
  await t.wang.says('确认', '二群')
  t.town.heard()
})
afterEach(() => t[Symbol.dispose]())

const PROGRESS = '#1001：待确认'
const URGED = '催 #1001'
const WITHDRAWN = '#1001 已撤回'
const ADDED = '已补充到 #1001'
const OVER = '告诉办理 #1001 的人'
const UNNAMED = '姓名和门牌不会在群里出现'

describe('a reporter says of their case', () => {
  it.each([
    ['处理的怎么样了', PROGRESS],
    ['我那个事怎么样了', PROGRESS],
    ['我反映的事办得咋样了', PROGRESS],
    ['有没有人管啊', PROGRESS],
    ['1001', PROGRESS],
    ['1001怎么样了', PROGRESS],
    ['怎么还没人来', URGED],
    ['帮我催催', URGED],
    ['能不能快点', URGED],
    ['把我那个撤了吧', WITHDRAWN],
    ['不想反映了', WITHDRAWN],
    ['还在吵', ADDED],
    ['今天又敲了一上午', ADDED],
    ['补充一下，是二单元', ADDED],
    ['已经好了谢谢', OVER],
    ['不吵了，谢谢你们', OVER],
    ['可别让人家知道是我说的', UNNAMED],
    ['要保密啊', UNNAMED],
  ])('%s', async (words, answer) => {
    await t.town.advance({ hours: 20 })
    t.town.heard()
    await t.wang.says(words)
    expect(t.told('王秀英')).toContain(answer)
    t.town.heard()
    await t.wang.says(`小邻 ${words}`, '二群')
    expect(t.told('二群')).not.toContain('没听明白')
  })

  it.each(['饭好了', '今天又下雨了', '天气怎么样了', '老师什么时候来'])(
    'nothing of it with: %s',
    async (words) => {
      await t.wang.says(words)
      expect(t.told('王秀英')).not.toContain('1001')
    },
  )

  it('that it goes on, and opens no second case, in the group too', async () => {
    await t.town.advance({ hours: 20 })
    t.town.heard()
    await t.wang.says('现在还在敲', '二群')
    expect(t.told('二群')).toContain(ADDED)
    expect(t.town.rows('report_case')).toHaveLength(1)
    t.town.heard()
    await t.wang.says('5号楼也在钻墙，还没完没了了', '二群')
    expect(t.told('二群')).toContain('5号楼')
  })

  it('算了不报了 in the group at once, but not where it may mean something else', async () => {
    await t.zhang.says('算了不报了', '二群')
    expect(t.town.heard()).toEqual([])
    await t.town.advance({ hours: 1 })
    t.town.heard()
    await t.wang.says('算了不报了', '二群')
    expect(t.town.heard()).toEqual([])
    await t.wang.says('5号楼垃圾好几天没人收了', '二群')
    await t.wang.says('确认', '二群')
    t.town.heard()
    await t.wang.says('算了不报了', '二群')
    expect(t.told('二群')).toContain('#1002 已撤回')
  })
})

describe('what cannot be done', () => {
  it.each([
    ['进度 4711', '没有编号 #4711'],
    ['撤回 4711', '没有编号 #4711'],
    ['举报 😡😡😡', '请说一下'],
  ])('%s is answered in plain words', async (words, answer) => {
    await t.wang.says(words)
    expect(t.told('王秀英')).toContain(answer)
    expect(t.town.rows('report_case')).toHaveLength(1)
  })

  it('tells a stranger nothing of a case', async () => {
    for (const words of ['进度 1001', '1001', '撤回 1001', '催办 1001']) {
      await t.zhang.says(words)
      expect(t.told('张建国')).not.toMatch(/3号楼|装修|待确认/)
    }
    await t.li.says('办结 1001 已清运')
    expect(t.told('李师傅')).not.toMatch(/3号楼|装修/)
    expect(t.row(1001 as never)['state']).toBe('pending')
  })
})
