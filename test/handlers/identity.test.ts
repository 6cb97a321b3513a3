import { describe, expect, it } from 'vitest'
import type { ResidentId } from '../../db/schema.ts'
import { hashPin } from '../../handlers/core/secrets.ts'
import { expectOne, expectSilence, openTown, type Person, type Town } from '../support/town.ts'

const PIN = '1357'

function givePin(town: Town, id: ResidentId): void {
  town.sql(`UPDATE resident SET pin_hash = '${hashPin(PIN, 'salt')}' WHERE id = ${id}`)
}

/** A staff member with a PIN, seen in the staff's group. */
function staffWithPin(town: Town, name = '张主任') {
  const who = town.staff(name, 'staff')
  givePin(town, who.id)
  town.compare()
  return who
}

function residents(town: Town): unknown[] {
  return town.rows('resident').filter((r) => r['role'] === 'resident')
}

async function optsOut(town: Town, ...people: Person[]): Promise<void> {
  for (const each of people) await each.says('退订 提醒')
  town.heard()
}

describe('a login with new ids', () => {
  it('finds the groups by their topics and members', async () => {
    using town = openTown()
    const wang = town.person('王秀英')
    town.compare()
    expect(await town.relogin()).toEqual([])
    await wang.says('小邻 帮助', '二群')
    expectOne(town, '二群', '我是小邻')
    expect(town.rows('room')).toHaveLength(4)
  })

  it('finds a resident by the room nickname', async () => {
    using town = openTown()
    const wang = town.person('王秀英', { 一群: '18-86-301 王秀英' })
    town.compare()
    await optsOut(town, wang)
    await town.relogin()
    await wang.says('恢复 提醒')
    expect(residents(town)).toHaveLength(1)
    expect(town.rows('opt_out')).toEqual([])
  })

  it('finds a resident again and again', async () => {
    using town = openTown()
    const wang = town.person('王秀英', { 一群: '18-86-301 王秀英' })
    town.compare()
    await optsOut(town, wang)
    for (let i = 0; i < 4; i++) await town.relogin()
    await wang.says('恢复 提醒')
    expect(residents(town)).toHaveLength(1)
  })

  it('mixes up nobody when a nickname is there twice', async () => {
    using town = openTown()
    const one = town.person('阿英', { 一群: '王秀英', 二群: '王秀英', 三群: '王秀英' })
    const other = town.person('秀英', { 一群: '王秀英', 二群: '王秀英', 三群: '王秀英' })
    town.sql('DELETE FROM room_binding WHERE room_id > 3')
    town.compare()
    await optsOut(town, one)
    await town.relogin()
    await one.says('帮助')
    await other.says('帮助')
    expect(residents(town)).toHaveLength(3)
  })

  it('mixes up nobody when somebody else took the nickname of one who left', async () => {
    using town = openTown()
    const wang = town.person('王秀英')
    town.compare()
    await optsOut(town, wang)
    town.join('一群', '王秀英')
    await town.relogin()
    await wang.says('隐私')
    const bound = town.rows('resident_binding').filter((b) => b['session_id'] === town.session())
    expect(bound.map((b) => b['resident_id'])).toEqual([1])
    expect(bound[0]?.['platform_id']).toBe('2-p1')
  })

  it('takes no second account for a resident who is found already', async () => {
    using town = openTown()
    const wang = town.person('王秀英')
    town.compare()
    await optsOut(town, wang)
    town.leave('二群', '王秀英')
    town.join('二群', '王秀英')
    await town.relogin()
    const bound = town.rows('resident_binding').filter((b) => b['session_id'] === town.session())
    expect(bound.map((b) => b['platform_id'])).toEqual(['2-p1'])
  })

  it('reaches the resident under the new id', async () => {
    using town = openTown()
    const wang = town.person('王秀英', { 一群: '18-86-301 王秀英' })
    town.compare()
    await wang.says('帮助')
    town.heard()
    town.setOnline(false)
    await wang.says('隐私')
    town.setOnline(true)
    await town.relogin()
    expectOne(town, '王秀英', '隐私说明')
  })

  it('keeps everything when the own id is the same', async () => {
    using town = openTown()
    const wang = town.person('王秀英')
    const zhang = staffWithPin(town)
    await optsOut(town, wang)
    const session = town.session()
    const before = town.counts()
    expect(await town.relogin(false)).toEqual([])
    expect(town.session()).toBe(session)
    expect(town.counts()).toEqual(before)
    await zhang.says('群列表')
    expectOne(town, '张主任', '已启用 4 个群')
  })

  it('finds the groups even when the login before it died before it saw them', async () => {
    using town = openTown()
    const wang = town.person('王秀英', { 一群: '18-86-301 王秀英' })
    town.compare()
    await optsOut(town, wang)
    town.sql("INSERT INTO login_session VALUES (99, 'test', 'died', '2026-11-24T04:00:00.000Z')")
    expect(await town.relogin()).toEqual([])
    await wang.says('恢复 提醒')
    expect(residents(town)).toHaveLength(1)
  })

  it('takes no other group of the same name for ours', async () => {
    using town = openTown()
    for (let i = 0; i < 4; i++) town.person(`邻居${i}`)
    town.compare()
    town.strangeRoom('别的群')
    town.retitle('一群', '散了')
    town.retitle('别的群', '一群')
    expect(await town.relogin()).toEqual(['一群'])
  })

  it('takes neither of two groups that could both be ours', async () => {
    using town = openTown()
    town.strangeRoom('冒充的群')
    town.person('王秀英')
    town.person('李强')
    town.compare()
    town.retitle('冒充的群', '一群')
    expect(await town.relogin()).toEqual(['一群'])
  })
})

describe('staff after a login with new ids', () => {
  it.each(['群列表', '群绑定码 28街坊', '查居民 王', '停用群 1'])(
    'get a hint instead of “%s”, until they have given the PIN',
    async (text) => {
      using town = openTown()
      const zhang = staffWithPin(town)
      await town.relogin()
      await zhang.says('帮助')
      town.heard()
      const before = town.counts()
      await zhang.says(text)
      expectOne(town, '张主任', '验证')
      const { outbox = 0, processed_message = 0, ...rest } = town.counts()
      expect({ ...rest, outbox: outbox - 1, processed_message: processed_message - 1 }).toEqual(
        before,
      )
      await zhang.says(`验证 ${PIN}`)
      expectOne(town, '张主任', '确认好了')
      await zhang.says(text)
      expect(expectOne(town, '张主任')).not.toContain('验证')
    },
  )

  it('get the hint in the staff’s group and in groups of residents, and nothing changes', async () => {
    using town = openTown()
    const zhang = staffWithPin(town)
    await town.relogin()
    for (const [text, where] of [
      ['取消活动 1 老师生病', '一群'],
      ['改期 1 周四15:00', '工作群'],
      ['小邻 语言 English', '一群'],
    ] as const) {
      await zhang.says(text, where)
      expectOne(town, where, '验证')
    }
    expect(town.rows('occurrence_change')).toEqual([])
    expect(town.rows('room').map((r) => r['lang'])).toEqual(['zh-CN', 'zh-CN', 'zh-CN', 'zh-CN'])
  })

  it('need no PIN after a login with the same id', async () => {
    using town = openTown()
    const zhang = staffWithPin(town)
    await town.relogin(false)
    await zhang.says('群列表')
    expectOne(town, '张主任', '已启用')
  })

  it('lock the PIN for a quarter of an hour with the fifth wrong one', async () => {
    using town = openTown()
    const zhang = staffWithPin(town)
    await town.relogin()
    for (let i = 0; i < 5; i++) {
      await zhang.says('验证 9999')
      expectOne(town, '张主任', '密码不对')
    }
    await zhang.says(`验证 ${PIN}`)
    expectOne(town, '张主任', '15 分钟后再试')
    town.jump('2026-11-24T12:14:30+08:00')
    await zhang.says(`验证 ${PIN}`)
    expectOne(town, '张主任', '1 分钟后再试')
    town.jump('2026-11-24T12:15:00+08:00')
    await zhang.says('验证 9999')
    expectOne(town, '张主任', '密码不对')
    await zhang.says(`验证 ${PIN}`)
    expectOne(town, '张主任', '15 分钟后再试')
    town.jump('2026-11-24T12:30:00+08:00')
    await zhang.says(`验证 ${PIN}`)
    expectOne(town, '张主任', '确认好了')
  })

  it('forget wrong PINs with the right one', async () => {
    using town = openTown()
    const zhang = staffWithPin(town)
    await town.relogin()
    for (let i = 0; i < 4; i++) await zhang.says('验证 9999')
    await zhang.says(`验证 ${PIN}`)
    for (let i = 0; i < 4; i++) await zhang.says('验证 9999')
    town.heard()
    await zhang.says(`验证 ${PIN}`)
    expectOne(town, '张主任', '确认好了')
  })

  it('cannot be played by a resident who knows the PIN', async () => {
    using town = openTown()
    staffWithPin(town)
    const wang = town.person('王秀英')
    await wang.says(`验证 ${PIN}`)
    expectOne(town, '王秀英', '要社区工作人员来办')
    await wang.says(`设密码 2468`)
    expectOne(town, '王秀英', '要社区工作人员来办')
  })

  it('are not found by a nickname that two people have', async () => {
    using town = openTown()
    const zhang = staffWithPin(town)
    await town.relogin()
    for (const room of ['一群', '二群', '三群', '工作群']) town.join(room, '张主任')
    await town.relogin()
    await zhang.says(`验证 ${PIN}`)
    expectOne(town, '张主任', '要社区工作人员来办')
  })
})

describe('a group that was not found again', () => {
  async function lost(town: Town) {
    const zhang = staffWithPin(town)
    const wang = town.person('王秀英', { 一群: '18-86-301 王秀英' })
    town.compare()
    await optsOut(town, wang)
    town.retitle('一群', '快乐一家人')
    expect(await town.relogin()).toEqual(['一群'])
    await zhang.says(`验证 ${PIN}`)
    await zhang.says(`群绑定码 群${town.rooms.一群}`)
    const code = /绑定码 (\d{6})/.exec(town.heard().at(-1)?.text ?? '')?.[1] ?? ''
    return { zhang, wang, code }
  }

  it('is silent until it is bound again', async () => {
    using town = openTown()
    const { wang } = await lost(town)
    await wang.says('小邻 帮助', '一群')
    expectSilence(town)
  })

  it('is the same group again with its code', async () => {
    using town = openTown()
    const { zhang, wang, code } = await lost(town)
    await zhang.says(`绑定本群 ${code}`, '一群')
    expectOne(town, '一群', '大家好')
    expect(town.rows('room').map((r) => [r['id'], r['place'], r['enabled']])).toEqual([
      [1, '18', 1],
      [2, '28', 1],
      [3, '29', 1],
      [4, null, 1],
    ])
    await wang.says('小邻 帮助', '一群')
    expectOne(town, '一群', '我是小邻')
  })

  it('brings back its residents', async () => {
    using town = openTown()
    town.sql('DELETE FROM room_binding WHERE room_id IN (2, 3)')
    town.sql('UPDATE room SET enabled = 0 WHERE id IN (2, 3)')
    const { zhang, wang, code } = await lost(town)
    await zhang.says(`绑定本群 ${code}`, '一群')
    town.compare()
    await wang.says('恢复 提醒')
    expect(residents(town)).toHaveLength(1)
    expect(town.rows('opt_out')).toEqual([])
  })

  it('takes its place back from a group that was made for it meanwhile', async () => {
    using town = openTown()
    const { zhang, code } = await lost(town)
    await zhang.says('群绑定码 18街坊')
    const other = /绑定码 (\d{6})/.exec(town.heard().at(-1)?.text ?? '')?.[1] ?? ''
    await zhang.says(`绑定本群 ${other}`, '一群')
    await zhang.says(`绑定本群 ${code}`, '一群')
    town.heard()
    await zhang.says('群列表')
    expectOne(town, '张主任', '已启用 4 个群', '1. 一群')
  })
})

describe('one person with two accounts', () => {
  async function merged(town: Town) {
    const zhang = staffWithPin(town)
    const old = town.person('王秀英')
    const young = town.person('王秀英小号')
    await old.says('隐私')
    await young.says('隐私')
    await zhang.says('查居民 王秀英')
    expect(town.heard().at(-1)?.text).toContain('2. 王秀英（居民）\n3. 王秀英小号（居民）')
    await zhang.says('合并居民 3 2')
    expectOne(town, '张主任', '请发您的密码')
    await zhang.says(PIN)
    expectOne(town, '张主任', '已把居民 3 合并到 2')
    return { zhang, old, young }
  }

  it('counts as one once merged', async () => {
    using town = openTown()
    const { old, young } = await merged(town)
    await young.says('退订 提醒')
    await old.says('退订 提醒')
    expect(town.rows('opt_out').map((r) => r['resident_id'])).toEqual([2])
  })

  it('is answered where it speaks', async () => {
    using town = openTown()
    const { old, young } = await merged(town)
    await old.says('隐私')
    expectOne(town, '王秀英', '隐私说明')
    await young.says('隐私')
    expectOne(town, '王秀英小号', '隐私说明')
  })

  it('stays one after a login with new ids', async () => {
    using town = openTown()
    const { old, young } = await merged(town)
    town.compare()
    await town.relogin()
    await young.says('退订 提醒')
    await old.says('退订 提醒')
    expect(town.rows('opt_out').map((r) => r['resident_id'])).toEqual([2])
    expect(residents(town)).toHaveLength(2)
  })

  it('is two again once unmerged, and all of it is in the audit', async () => {
    using town = openTown()
    const { zhang, old, young } = await merged(town)
    await zhang.says('拆分居民 3')
    await zhang.says(PIN)
    expect(town.heard().at(-1)?.text).toContain('已把居民 3 分开')
    await young.says('退订 提醒')
    await old.says('退订 提醒')
    expect(town.rows('opt_out').map((r) => r['resident_id'])).toEqual([2, 3])
    const trail = town.rows('audit').filter((a) => String(a['action']).startsWith('resident.'))
    expect(trail.map((a) => [a['resident_id'], a['action'], a['subject']])).toEqual([
      [1, 'resident.search', 'resident'],
      [1, 'resident.merge', 'resident 3'],
      [1, 'resident.unmerge', 'resident 3'],
    ])
  })

  it('is not made a staff member by being merged into one', async () => {
    using town = openTown()
    const zhang = staffWithPin(town)
    const wang = town.person('王秀英')
    await wang.says('隐私')
    await zhang.says('合并居民 2 1')
    await zhang.says(PIN)
    town.heard()
    await wang.says('群列表')
    expect(expectOne(town, '王秀英')).not.toContain('已启用')
  })

  it.each([
    ['合并居民 2 2', '不能合并'],
    ['合并居民 1 2', '不能合并'],
    ['合并居民 2 77', '没有编号 77'],
    ['合并居民 77 2', '没有编号 77'],
    ['拆分居民 2', '没有合并过'],
    ['停用群 77', '没有编号 77'],
  ])('refuses %s before it asks for the PIN', async (text, why) => {
    using town = openTown()
    const zhang = staffWithPin(town)
    await town.person('王秀英').says('隐私')
    town.heard()
    await zhang.says(text)
    expectOne(town, '张主任', why)
  })

  it('is named before the PIN is asked for', async () => {
    using town = openTown()
    const zhang = staffWithPin(town)
    town.heard()
    await zhang.says(`停用群 ${town.rooms.三群}`)
    expectOne(town, '张主任', '停用“三群”', '请发您的密码确认')
  })

  it('is not merged with a wrong PIN', async () => {
    using town = openTown()
    const zhang = staffWithPin(town)
    await town.person('王秀英').says('隐私')
    await town.person('王秀英小号').says('隐私')
    await zhang.says('合并居民 3 2')
    town.heard()
    await zhang.says('2468')
    expectOne(town, '张主任', '密码不对')
    expect(town.rows('resident').map((r) => r['merged_into'])).toEqual([null, null, null])
    await zhang.says(PIN)
    expectOne(town, '张主任', '已把居民 3 合并到 2')
  })
})
