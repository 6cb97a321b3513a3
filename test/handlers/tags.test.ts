import { describe, expect, it } from 'vitest'
import { demoContent } from '../support/content.ts'
import { expectOne, expectSilence, openTown } from '../support/town.ts'

/** Every programme is for groups with the tag 老年 alone. */
function forTheOld() {
  const content = demoContent()
  return {
    ...content,
    programmes: content.programmes.map((p) => ({ ...p, audience: { tags: ['老年'] } })),
  }
}

describe('the tags of a group', () => {
  it('decide which activities it hears of, from the moment staff set them', async () => {
    using town = openTown({ content: forTheOld() })
    const chief = town.staff('张主任', 'owner')
    await chief.says(`群标签 ${town.rooms.二群} 老年、健步`, '工作群')
    expectOne(town, '工作群', '二群 的标签：老年、健步')
    await town.advance({ days: 1 })
    expect(new Set(town.heard().map((m) => m.to))).toEqual(new Set(['二群']))
  })

  it('are for groups that there are, and for staff', async () => {
    using town = openTown()
    await town.staff('张主任', 'owner').says('群标签 99 老年')
    expectOne(town, '张主任', '没有编号 99 的群')
    await town.person('王秀英').says('群标签 1 老年')
    expectOne(town, '王秀英', '这件事要社区工作人员来办')
  })
})

describe('a name as voice input writes it', () => {
  it('is heard before a plain command', async () => {
    using town = openTown()
    const wang = town.person('王秀英')
    await wang.says('小林，明天', '一群')
    expectOne(town, '一群', '明天（11月25日 周三）')
  })

  it('is a neighbour’s name in all other talk', async () => {
    using town = openTown()
    const wang = town.person('王秀英')
    for (const text of ['小林 你好', '小林 帮我带点菜', '@小林 明天', '小林，在吗']) {
      expect(await wang.says(text, '一群'), text).toBe('silent')
    }
    expectSilence(town)
  })
})
