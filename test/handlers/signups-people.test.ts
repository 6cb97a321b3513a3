import { describe, expect, it } from 'vitest'
import type { ResidentId } from '../../db/schema.ts'
import { forgetSignUps } from '../../handlers/programmes/service.ts'
import { merge, unmerge } from '../../handlers/staff/people.ts'
import { listed, numberOf, openSignUpTown } from '../support/sign-up-town.ts'
import { expectOne, type Town } from '../support/town.ts'

function idOf(town: Town, name: string): ResidentId {
  return Number(town.rows('resident').find((r) => r['name'] === name)?.['id']) as ResidentId
}

describe('two accounts of one person', () => {
  it('hold one seat once they are joined, and the other goes to who waits', async () => {
    using town = openSignUpTown(2, { now: '2026-11-23T09:00:00+08:00' })
    const no = numberOf(town)
    const zhang = town.staff('张主任', 'owner')
    for (const name of ['王秀英', '秀英新号', '周德福']) await town.person(name).says(`报名 ${no}`)
    town.heard()
    const [old, fresh] = [idOf(town, '王秀英'), idOf(town, '秀英新号')]
    town.tx((work) => merge(work, zhang.id, old, fresh))
    await town.settle()
    expect(town.heard().map((m) => m.to)).toEqual(['周德福'])
    expect(listed(town)).toEqual(['王秀英 cancelled', '秀英新号 taken', '周德福 offered'])
  })

  it('keep the better of two rows, and cancel what either wrote', async () => {
    using town = openSignUpTown(1)
    const no = numberOf(town)
    const zhang = town.staff('张主任', 'owner')
    const wang = town.person('王秀英')
    await wang.says(`报名 ${no}`)
    const other = town.person('秀英新号')
    await other.says(`报名 ${no}`)
    town.tx((work) => merge(work, zhang.id, idOf(town, '王秀英'), idOf(town, '秀英新号')))
    expect(listed(town)).toEqual(['王秀英 taken', '秀英新号 cancelled'])
    town.heard()
    await other.says(`报名 ${no}`)
    expectOne(town, '秀英新号', '已经报过名了（您）')
    await other.says(`取消报名 ${no}`)
    expectOne(town, '秀英新号', '已经取消报名（您）')
    expect(listed(town)).toEqual(['王秀英 cancelled', '秀英新号 cancelled'])
  })

  it('are two people again when that is taken back: on a seat while there is one, else waiting', async () => {
    using town = openSignUpTown(2, { now: '2026-11-23T09:00:00+08:00' })
    const no = numberOf(town)
    const zhang = town.staff('张主任', 'owner')
    for (const name of ['王秀英', '李强']) await town.person(name).says(`报名 ${no}`)
    const [wang, li] = [idOf(town, '王秀英'), idOf(town, '李强')]
    town.tx((work) => merge(work, zhang.id, wang, li))
    town.tx((work) => unmerge(work, zhang.id, wang))
    expect(listed(town)).toEqual(['王秀英 taken', '李强 taken'])
    town.tx((work) => merge(work, zhang.id, wang, li))
    await town.person('周德福').says(`报名 ${no}`)
    town.tx((work) => unmerge(work, zhang.id, wang))
    expect(listed(town)).toEqual(['王秀英 waiting', '李强 taken', '周德福 taken'])
  })
})

describe('somebody who wants to be forgotten', () => {
  it('leaves the lists, and no name behind', async () => {
    using town = openSignUpTown(60)
    const no = numberOf(town)
    const wang = town.person('王秀英')
    await wang.says(`报名 ${no} 带李叔`)
    await wang.says('#接龙 12月2日每周一课 1. 王阿姨', '一群')
    town.tx((work) => forgetSignUps(work, idOf(town, '王秀英')))
    expect(town.rows('sign_up').map((r) => [r['name'], r['resident_id'], r['state']])).toEqual([
      ['', null, 'cancelled'],
      ['', null, 'cancelled'],
      ['', null, 'cancelled'],
    ])
    expect(town.rows('chain')).toEqual([])
  })
})
