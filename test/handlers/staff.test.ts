import { describe, expect, it } from 'vitest'
import type { ResidentId } from '../../db/schema.ts'
import { hashPin } from '../../handlers/core/secrets.ts'
import { addStaff } from '../../handlers/staff/people.ts'
import { roomCode } from '../../handlers/staff/rooms.ts'
import { expectOne, expectSilence, openTown, type Town } from '../support/town.ts'

const PIN = '1357'

function pinFor(town: Town, id: ResidentId): void {
  town.sql(`UPDATE resident SET pin_hash = '${hashPin(PIN, 'salt')}' WHERE id = ${id}`)
}

function codeHeard(town: Town): string {
  return /绑定码 (\d{6})/.exec(town.heard().at(-1)?.text ?? '')?.[1] ?? 'no code'
}

/** A town with a group that is not enabled yet, and a staff member. */
function townWithStranger() {
  const town = openTown()
  town.strangeRoom('新群')
  return { town, zhang: town.staff('张主任', 'staff'), wang: town.person('王秀英') }
}

describe('enabling a group with a code', () => {
  it('works for whoever says it there, and the group is served from then on', async () => {
    const { town, zhang, wang } = townWithStranger()
    using _ = town
    await zhang.says('群绑定码 28街坊')
    const code = codeHeard(town)
    await wang.says(`绑定本群 ${code}`, '新群')
    expectOne(town, '新群', '大家好，我是小邻', '不记录大家聊天')
    expect(town.rows('room').at(-1)).toMatchObject({
      topic: '新群',
      kind: 'residents',
      place: '28',
    })
    await wang.says('小邻 帮助', '新群')
    expectOne(town, '新群', '我是小邻')
  })

  it.each(['小邻 绑定本群 %', '@小邻 绑定本群 %', '綁定本群　%', '绑定本群：%', '绑定本群%'])(
    'understands %s',
    async (words) => {
      const { town, zhang } = townWithStranger()
      using _ = town
      await zhang.says('群绑定码')
      const code = codeHeard(town)
      await zhang.says(words.replace('%', code), '新群')
      expectOne(town, '新群', '大家好')
    },
  )

  it('plans the reminders of the new group', async () => {
    const { town, zhang } = townWithStranger()
    using _ = town
    await zhang.says('群绑定码 28街坊')
    await zhang.says(`绑定本群 ${codeHeard(town)}`, '新群')
    town.heard()
    await town.goTo('2026-11-24T19:00:00+08:00')
    expect(town.heard().map((m) => m.to)).toContain('新群')
  })

  it('can make a group of staff', async () => {
    const { town, zhang } = townWithStranger()
    using _ = town
    await zhang.says('群绑定码 工作人员')
    await zhang.says(`绑定本群 ${codeHeard(town)}`, '新群')
    expectOne(town, '新群', '工作人员群')
    await zhang.says('群列表', '新群')
    expectOne(town, '新群', '已启用 5 个群')
  })

  it('keeps no code as it is said', async () => {
    const { town, zhang } = townWithStranger()
    using _ = town
    await zhang.says('群绑定码 28街坊')
    const code = codeHeard(town)
    const kept = ['code', 'audit', 'setting', 'processed_message', 'attempt'] as const
    expect(JSON.stringify(kept.map((table) => town.rows(table)))).not.toContain(code)
  })

  it('tells the speaker alone that a code is wrong, and enables nothing', async () => {
    const { town, wang } = townWithStranger()
    using _ = town
    await wang.says('绑定本群 000000', '新群')
    expectOne(town, '王秀英', '绑定码不对')
    expect(town.rows('room')).toHaveLength(4)
    await wang.says('小邻 帮助', '新群')
    expectSilence(town)
  })

  it('takes a code once', async () => {
    const { town, zhang, wang } = townWithStranger()
    using _ = town
    town.strangeRoom('又一个群')
    await zhang.says('群绑定码 28街坊')
    const code = codeHeard(town)
    await zhang.says(`绑定本群 ${code}`, '新群')
    town.heard()
    await wang.says(`绑定本群 ${code}`, '又一个群')
    expectOne(town, '王秀英', '已经用过')
    expect(town.rows('room')).toHaveLength(5)
  })

  it('takes no code after a day', async () => {
    const { town, zhang } = townWithStranger()
    using _ = town
    await zhang.says('群绑定码 28街坊')
    const code = codeHeard(town)
    town.jump('2026-11-25T12:00:00+08:00')
    await zhang.says(`绑定本群 ${code}`, '新群')
    expect(town.heard().filter((m) => m.to === '新群')).toEqual([])
    expect(town.rows('room')).toHaveLength(4)
  })

  it('takes no code that was made to bind a person', async () => {
    const { town, wang } = townWithStranger()
    using _ = town
    const { code } = town.tx((work) => addStaff(work, undefined, { name: '陈晓雯', role: 'staff' }))
    await wang.says(`绑定本群 ${code}`, '新群')
    expectOne(town, '王秀英', '绑定码不对')
  })

  it('locks whoever guesses', async () => {
    const { town, zhang, wang } = townWithStranger()
    using _ = town
    for (let i = 0; i < 5; i++) await wang.says(`绑定本群 00000${i}`, '新群')
    town.heard()
    await zhang.says('群绑定码 28街坊')
    const code = codeHeard(town)
    await wang.says(`绑定本群 ${code}`, '新群')
    expectOne(town, '王秀英', '分钟后再试')
    await zhang.says(`绑定本群 ${code}`, '新群')
    expectOne(town, '新群', '大家好')
  })

  it('leaves an enabled group what it was with a plain code', async () => {
    using town = openTown()
    const zhang = town.staff('张主任', 'staff')
    for (const [topic, facts] of [
      ['一群', { kind: 'residents', place: '18', enabled: 1 }],
      ['工作群', { kind: 'staff', place: null, enabled: 1 }],
    ] as const) {
      await zhang.says('群绑定码')
      await zhang.says(`绑定本群 ${codeHeard(town)}`, topic)
      expect(town.rows('room').find((r) => r['topic'] === topic)).toMatchObject(facts)
    }
    expect(town.rows('room')).toHaveLength(4)
  })

  it('names the place it does not know', async () => {
    using town = openTown()
    const zhang = town.staff('张主任', 'staff')
    await zhang.says('群绑定码 99街坊')
    expectOne(town, '张主任', '没找到“99街坊”')
    await zhang.says('群绑定码 群99')
    expectOne(town, '张主任', '没找到“群99”')
  })
})

describe('disabling a group', () => {
  async function disabled() {
    const town = openTown()
    const zhang = town.staff('张主任', 'staff')
    pinFor(town, zhang.id)
    await zhang.says('停用群 1')
    expectOne(town, '张主任', '密码')
    await zhang.says(PIN)
    expectOne(town, '张主任', '已停用：一群')
    return { town, zhang, wang: town.person('王秀英') }
  }

  it('makes it silent at once, and nothing of it is kept', async () => {
    const { town, zhang, wang } = await disabled()
    using _ = town
    town.compare()
    const before = town.counts()
    await wang.says('小邻 帮助', '一群')
    await zhang.says('取消活动 1 停电', '一群')
    town.join('一群', '李强')
    town.compare()
    await town.settle()
    expectSilence(town)
    expect(town.counts()).toEqual(before)
  })

  it('sends it no reminders any more', async () => {
    const { town } = await disabled()
    using _ = town
    await town.advance({ days: 2 })
    expect(town.heard().filter((m) => m.to === '一群')).toEqual([])
  })

  it.each(['群绑定码', '群绑定码 群1'])('is undone with “%s”', async (words) => {
    const { town, zhang, wang } = await disabled()
    using _ = town
    await zhang.says(words)
    await zhang.says(`绑定本群 ${codeHeard(town)}`, '一群')
    expectOne(town, '一群', '大家好')
    expect(town.rows('room').find((r) => r['id'] === 1)).toMatchObject({ place: '18', enabled: 1 })
    await wang.says('小邻 帮助', '一群')
    expectOne(town, '一群', '我是小邻')
  })

  it('is in the audit', async () => {
    const { town } = await disabled()
    using _ = town
    expect(town.rows('audit').at(-1)).toMatchObject({ action: 'room.disable', subject: 'room 1' })
  })
})

describe('binding a staff member', () => {
  function newStaff(town: Town) {
    return town.tx((work) => addStaff(work, undefined, { name: '陈晓雯', role: 'staff' })).code
  }

  it('gives the role to the account that says the code, and answers it', async () => {
    using town = openTown()
    const chen = town.person('晓雯')
    await chen.says(`绑定身份 ${newStaff(town)}`)
    expectOne(town, '晓雯', '陈晓雯，您好', '工作人员', '设一个密码')
    await chen.says('群列表')
    expectOne(town, '晓雯', '已启用 4 个群')
  })

  it('works for somebody who was a resident before, and counts as one', async () => {
    using town = openTown()
    const chen = town.person('晓雯')
    await chen.says('退订')
    await chen.says(`绑定 ${newStaff(town)}`)
    expect(town.heard().at(-1)?.text).toContain('陈晓雯，您好')
    expect(town.rows('resident').map((r) => [r['name'], r['merged_into']])).toEqual([
      ['晓雯', 2],
      ['陈晓雯', null],
    ])
  })

  it('takes a code once, and locks whoever guesses', async () => {
    using town = openTown()
    const code = newStaff(town)
    await town.person('晓雯').says(`绑定身份 ${code}`)
    const wang = town.person('王秀英')
    await wang.says(`绑定身份 ${code}`)
    town.heard()
    await wang.says('群列表')
    expectOne(town, '王秀英', '要社区工作人员来办')
    for (let i = 0; i < 4; i++) await wang.says(`绑定身份 00000${i}`)
    town.heard()
    await wang.says(`绑定身份 ${newStaff(town)}`)
    expectOne(town, '王秀英', '分钟后再试')
  })

  it('takes the role from the account that had it before', async () => {
    using town = openTown()
    const phone = town.person('晓雯')
    const newPhone = town.person('晓雯新号')
    await phone.says(`绑定身份 ${newStaff(town)}`)
    await newPhone.says(`绑定身份 ${newStaff(town)}`)
    town.heard()
    await newPhone.says('群列表')
    expectOne(town, '晓雯新号', '已启用')
    await phone.says('群列表')
    expectOne(town, '晓雯', '要社区工作人员来办')
  })

  it('is done in a direct chat alone', async () => {
    using town = openTown()
    const chen = town.person('晓雯')
    const code = newStaff(town)
    await chen.says(`绑定身份 ${code}`, '一群')
    expectSilence(town)
    await chen.says(`小邻 绑定身份 ${code}`, '一群')
    town.heard()
    await chen.says('群列表')
    expectOne(town, '晓雯', '要社区工作人员来办')
  })

  it('does not take a code that was made for a group', async () => {
    using town = openTown()
    const code = town.tx((work) => roomCode(work, undefined, { kind: 'staff' }))
    const wang = town.person('王秀英')
    await wang.says(`绑定身份 ${code}`)
    expectOne(town, '王秀英', '绑定码不对')
  })
})

describe('a PIN', () => {
  it.each(['1111', '1234', '4321', '567890', '0000000'])('may not be %s', async (pin) => {
    using town = openTown()
    const zhang = town.staff('张主任', 'staff')
    await zhang.says(`设密码 ${pin}`)
    expectOne(town, '张主任', '太好猜')
  })

  it('is kept as a salted hash', async () => {
    using town = openTown()
    const zhang = town.staff('张主任', 'staff')
    await zhang.says('设密码 2468')
    expectOne(town, '张主任', '密码设好了')
    expect(JSON.stringify(town.rows('resident'))).not.toContain('2468')
    expect(town.rows('resident')[0]?.['pin_hash']).toMatch(/^[0-9a-f]{32}:[0-9a-f]{64}$/)
  })

  it('is asked for before what cannot be undone, and 取消 leaves it at that', async () => {
    using town = openTown()
    const zhang = town.staff('张主任', 'staff')
    pinFor(town, zhang.id)
    await zhang.says('停用群 1')
    await zhang.says('取消')
    town.heard()
    await zhang.says(PIN)
    expectOne(town, '张主任', '没听明白')
    expect(town.rows('room').map((r) => r['enabled'])).toEqual([1, 1, 1, 1])
  })

  it('locked by wrong ones, does nothing more', async () => {
    using town = openTown()
    const zhang = town.staff('张主任', 'staff')
    pinFor(town, zhang.id)
    await zhang.says('停用群 1')
    for (let i = 0; i < 5; i++) await zhang.says('9999')
    town.heard()
    await zhang.says(PIN)
    expectOne(town, '张主任', '分钟后再试')
    expect(town.rows('room').map((r) => r['enabled'])).toEqual([1, 1, 1, 1])
  })

  it('is needed to be set first', async () => {
    using town = openTown()
    const zhang = town.staff('张主任', 'staff')
    await zhang.says('停用群 1')
    town.heard()
    await zhang.says('9999')
    expectOne(town, '张主任', '还没有设密码')
  })
})

describe('what staff may', () => {
  const COMMANDS = [
    '群绑定码 28街坊',
    '群列表',
    '查居民 王',
    '合并居民 1 2',
    '拆分居民 1',
    '停用群 1',
  ]

  it.each(COMMANDS)('no resident may: %s', async (text) => {
    using town = openTown()
    const wang = town.person('王秀英')
    await wang.says(text)
    expectOne(town, '王秀英', '要社区工作人员来办')
    await wang.says(text, '一群')
    expectSilence(town)
    expect(town.rows('code')).toEqual([])
    expect(town.rows('dialogue')).toEqual([])
  })

  it.each(['steward', 'partner'] as const)('no %s may', async (role) => {
    using town = openTown()
    const li = town.staff('李师傅', role)
    for (const text of COMMANDS) {
      await li.says(text)
      expectOne(town, '李师傅', '要社区工作人员来办')
    }
  })

  it('is not said in groups of residents', async () => {
    using town = openTown()
    const zhang = town.staff('张主任', 'owner')
    for (const text of COMMANDS) await zhang.says(text, '一群')
    expectSilence(town)
    await zhang.says('小邻 群绑定码', '一群')
    expectOne(town, '一群', '没听明白')
  })

  it('is noted when they look up a resident', async () => {
    using town = openTown()
    const zhang = town.staff('张主任', 'staff')
    await zhang.says('查居民 王秀英')
    expectOne(town, '张主任', '没有找到')
    expect(town.rows('audit').at(-1)).toMatchObject({ resident_id: 1, action: 'resident.search' })
  })
})
