import { describe, expect, it } from 'vitest'
import { features } from '../../bot/features.ts'
import { phrase } from '../../content/i18n.ts'
import { startDialogue } from '../../handlers/core/dialogues.ts'
import { command, type DialogueKind, type Feature } from '../../handlers/core/feature.ts'
import { expectOne, expectSilence, openTown, type Person, type Town } from '../support/town.ts'

/** Asks for a whole flat, `86-301`, which people send in pieces; 满意 is an answer in plain words. */
const flat: DialogueKind = {
  name: 'flat',
  question: () => phrase('privacy.homeTell'),
  take: (_, state, said) => {
    const number = /(\d{2})[^\d]*(\d{3})$/.exec(said.text)
    if (number === null) return undefined
    const told = `${number[1]}-${number[2]}`
    return (state as { again: boolean }).again
      ? { answer: phrase('staff.pinSet') }
      : { answer: phrase('staff.nobody', { name: told }), next: { again: true } }
  },
}

const asking: Feature = {
  name: 'asking',
  commands: [
    command({
      name: 'ask',
      role: 'resident',
      where: ['room', 'direct'],
      parse: (said) => (said.text === '问我' ? true : undefined),
      run: (ctx) => startDialogue(ctx, flat, { again: false }),
    }),
  ],
  dialogues: [flat],
  jobs: [],
}

const ASKED = '您住在哪一栋'

function askingTown(): Town {
  return openTown({ features: [...features, asking] })
}

async function asked(town: Town, who: Person, where?: string): Promise<void> {
  await who.says(where === undefined ? '问我' : '小邻 问我', where)
  expect(town.heard().at(-1)?.text).toContain(ASKED)
}

/** The last thing said to `to`, whatever groups were told meanwhile. */
function heardBy(town: Town, to: string): string | undefined {
  return town
    .heard()
    .filter((m) => m.to === to)
    .at(-1)?.text
}

describe('a dialogue', () => {
  it('goes on where it stood', async () => {
    using town = askingTown()
    const wang = town.person('王秀英')
    await asked(town, wang)
    await wang.says('86门301')
    expectOne(town, '王秀英', '86-301')
    await wang.says('86门301')
    expectOne(town, '王秀英', '密码设好了')
    expect(town.rows('dialogue')).toEqual([])
  })

  it('is a row, so it outlives the process and a new login', async () => {
    using town = askingTown()
    const wang = town.person('王秀英', { 一群: '18-86-301 王秀英' })
    town.compare()
    await asked(town, wang)
    expect(town.rows('dialogue')).toHaveLength(1)
    await town.relogin()
    await wang.says('86门301')
    expectOne(town, '王秀英', '86-301')
  })

  it('expires after a day', async () => {
    using town = askingTown()
    const wang = town.person('王秀英')
    await asked(town, wang)
    town.jump('2026-11-25T11:59:59+08:00')
    await wang.says('86门301')
    expect(heardBy(town, '王秀英')).toContain('86-301')
    await asked(town, wang)
    town.jump('2026-11-26T12:00:00+08:00')
    await wang.says('86门301')
    expect(heardBy(town, '王秀英')).toContain('没听明白')
  })

  it.each(['取消', '算了', '取消吧', '不办了！', 'CANCEL'])('is left with %s', async (text) => {
    using town = askingTown()
    const wang = town.person('王秀英')
    await asked(town, wang)
    await wang.says(text)
    expectOne(town, '王秀英', '已经取消')
    expect(town.rows('dialogue')).toEqual([])
    await wang.says(text)
    expectOne(town, '王秀英', '现在没有正在办的事')
  })

  it('asks again twice, then stops politely', async () => {
    using town = askingTown()
    const wang = town.person('王秀英')
    await asked(town, wang)
    await wang.says('不知道')
    expectOne(town, '王秀英', '没看懂', ASKED)
    await wang.says('还是不知道')
    expectOne(town, '王秀英', '没看懂', ASKED)
    await wang.says('真不知道')
    expect(expectOne(town, '王秀英', '先到这里')).not.toContain(ASKED)
    expect(town.rows('dialogue')).toEqual([])
  })

  it('counts anew for the next question', async () => {
    using town = askingTown()
    const wang = town.person('王秀英')
    await asked(town, wang)
    await wang.says('不知道')
    await wang.says('86门301')
    town.heard()
    await wang.says('不知道')
    expectOne(town, '王秀英', ASKED)
    await wang.says('不知道')
    expectOne(town, '王秀英', ASKED)
  })

  it('puts together an answer that comes in pieces', async () => {
    using town = askingTown()
    const wang = town.person('王秀英')
    await asked(town, wang)
    await wang.says('我住')
    await wang.says('86门')
    await wang.says('301')
    expect(town.heard().at(-1)?.text).toContain('86-301')
  })

  it('begins anew when the question is asked for again', async () => {
    using town = askingTown()
    const wang = town.person('王秀英')
    await asked(town, wang)
    await wang.says('86门301')
    town.heard()
    await asked(town, wang)
    expect(town.rows('dialogue')).toHaveLength(1)
    await wang.says('86门301')
    expectOne(town, '王秀英', '86-301')
  })

  it('stays open while a command is answered in between', async () => {
    using town = askingTown()
    const wang = town.person('王秀英')
    await asked(town, wang)
    for (const [text, answer] of [
      ['今天有什么活动', '今天（11月24日'],
      ['帮助', '我是小邻'],
      ['隐私', '隐私说明'],
      ['恢复', '已恢复'],
      ['今天有活动吗', '今天（11月24日'],
    ] as const) {
      await wang.says(text)
      expectOne(town, '王秀英', answer)
    }
    await wang.says('86门301')
    expectOne(town, '王秀英', '86-301')
  })

  it('gives way to 退订', async () => {
    using town = askingTown()
    const wang = town.person('王秀英')
    await asked(town, wang)
    await wang.says('退订')
    expectOne(town, '王秀英', '不再给您私信')
    expect(town.rows('opt_out')).toHaveLength(1)
  })

  it('is forgotten with the feature it belonged to', async () => {
    using town = askingTown()
    const wang = town.person('王秀英')
    await asked(town, wang)
    town.sql("UPDATE dialogue SET kind = 'gone'")
    await wang.says('86门301')
    expectOne(town, '王秀英', '没听明白')
    await wang.says('帮助')
    expectOne(town, '王秀英', '我是小邻')
  })
})

describe('a dialogue in a group', () => {
  it('hears the answer without Linli’s name', async () => {
    using town = askingTown()
    const wang = town.person('王秀英')
    await asked(town, wang, '一群')
    await wang.says('86门301', '一群')
    expectOne(town, '一群', '86-301')
  })

  it('takes no words of others', async () => {
    using town = askingTown()
    const wang = town.person('王秀英')
    const li = town.person('李强')
    await asked(town, wang, '一群')
    const before = town.counts()
    await li.says('86门301', '一群')
    await li.says('取消', '一群')
    expectSilence(town)
    expect(town.counts()).toEqual(before)
    await wang.says('86门301', '一群')
    expectOne(town, '一群', '86-301')
  })

  it('takes no words from another group or from the direct chat', async () => {
    using town = askingTown()
    const wang = town.person('王秀英')
    await asked(town, wang, '一群')
    await wang.says('86门301', '二群')
    expectSilence(town)
    await wang.says('86门301')
    expectOne(town, '王秀英', '没听明白')
  })

  it('leaves the speaker’s ordinary talk alone, however much there is', async () => {
    using town = askingTown()
    const wang = town.person('王秀英')
    await asked(town, wang, '一群')
    const before = town.counts()
    for (const text of [
      '垃圾袋谁要团购',
      '收到',
      '@李叔 明天来吗',
      '@李叔 我住86门301',
      '帮助李阿姨拿快递',
      '恢复',
      '帮助',
      '😂',
    ]) {
      await wang.says(text, '一群')
    }
    await wang.says('86门301', '一群', { quote: { text: '你住哪', ofSelf: false } })
    expectSilence(town)
    expect(town.counts()).toEqual(before)
    await wang.says('86门301', '一群')
    expectOne(town, '一群', '86-301')
  })

  it('asks again only when Linli was spoken to', async () => {
    using town = askingTown()
    const wang = town.person('王秀英')
    await asked(town, wang, '一群')
    await wang.says('小邻 我不知道', '一群')
    expectOne(town, '一群', '没看懂', ASKED)
  })

  it.each(['取消', '算了', '小邻 取消'])('is left with %s', async (text) => {
    using town = askingTown()
    const wang = town.person('王秀英')
    await asked(town, wang, '一群')
    await wang.says(text, '一群')
    expectOne(town, '一群', '已经取消')
    await wang.says('取消', '一群')
    expectSilence(town)
  })

  it('gives way to 退订 without Linli’s name', async () => {
    using town = askingTown()
    const wang = town.person('王秀英')
    await asked(town, wang, '一群')
    await wang.says('退订', '一群')
    expectOne(town, '一群', '不再给您私信')
  })

  it('hears nothing once the group is disabled', async () => {
    using town = askingTown()
    const wang = town.person('王秀英')
    await asked(town, wang, '一群')
    town.sql("UPDATE room SET enabled = 0 WHERE topic = '一群'")
    await wang.says('86门301', '一群')
    await wang.says('取消', '一群')
    expectSilence(town)
  })
})

describe('the reason for a cancelled activity', () => {
  const NUMBER = /#(\d+)/

  async function cancelling(town: Town, where: string | undefined) {
    const zhang = town.staff('张主任', 'staff')
    await zhang.says('明天有什么活动', '工作群')
    const no = NUMBER.exec(town.heard().at(-1)?.text ?? '')?.[1]
    await zhang.says(`取消活动 ${no}`, where)
    expectOne(town, where ?? '张主任', '原因是什么')
    return zhang
  }

  it('is taken from the staff’s own chat as it is said', async () => {
    using town = openTown()
    const zhang = await cancelling(town, '工作群')
    await zhang.says('老师生病了', '工作群')
    expect(town.heard()[0]?.text).toContain('已取消')
  })

  it('is not what staff say to others there', async () => {
    using town = openTown()
    const zhang = await cancelling(town, '工作群')
    await zhang.says('@李师傅 明天来修灯', '工作群')
    expectSilence(town)
  })
})
