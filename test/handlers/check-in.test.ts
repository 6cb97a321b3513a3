import { describe, expect, it } from 'vitest'
import { codeOf, numberOf, openSignUpTown } from '../support/sign-up-town.ts'
import { expectOne, type Town } from '../support/town.ts'

function arrived(town: Town): string[] {
  return town
    .rows('sign_up')
    .filter((r) => r['arrived_at'] !== null)
    .map((r) => String(r['name']))
}

describe('checking in', () => {
  it('takes the code from half an hour before the start until the end', async () => {
    using town = openSignUpTown(60)
    const [no, code] = [numberOf(town), codeOf(town)]
    const wang = town.person('王秀英')
    await wang.says(`报名 ${no}`)
    await town.goTo('2026-11-25T14:29:00+08:00')
    town.heard()
    await wang.says(`签到 ${no} ${code}`)
    expectOne(town, '王秀英', '从 14:30 开始签到')
    await town.goTo('2026-11-25T14:31:00+08:00')
    town.heard()
    await wang.says(`签到 ${no}`)
    expectOne(town, '王秀英', `签到 ${no}”再加签到码`)
    await wang.says(`签到 ${no} ${code === '0000' ? '0001' : '0000'}`)
    expectOne(town, '王秀英', '签到码不对')
    await wang.says(`签到 ${no} ${code}`)
    expectOne(town, '王秀英', '签到好了（您）')
    await wang.says(`签到 ${code}`)
    expectOne(town, '王秀英', '签到好了（您）')
    expect(arrived(town)).toEqual(['王秀英'])
    await town.goTo('2026-11-25T16:31:00+08:00')
    town.heard()
    await wang.says(`签到 ${no} ${code}`)
    expectOne(town, '王秀英', '签到关了')
  })

  it('has another code for each occurrence, and locks after five wrong ones', async () => {
    using town = openSignUpTown(60)
    const codes = new Set(town.rows('occurrence').map((r) => r['code']))
    expect(codes.size).toBeGreaterThan(50)
    const no = numberOf(town)
    const wang = town.person('王秀英')
    await town.goTo('2026-11-25T14:45:00+08:00')
    const wrong = codeOf(town) === '9999' ? '9998' : '9999'
    for (let i = 0; i < 5; i++) await wang.says(`签到 ${no} ${wrong}`)
    town.heard()
    await wang.says(`签到 ${no} ${codeOf(town)}`)
    expectOne(town, '王秀英', '分钟')
    expect(arrived(town)).toEqual([])
  })

  it('counts guests by name, and whoever comes without having signed up', async () => {
    using town = openSignUpTown(1)
    const [no, code] = [numberOf(town), codeOf(town)]
    const wang = town.person('王秀英')
    await wang.says(`替我妈报名 ${no}`)
    await town.goTo('2026-11-25T14:45:00+08:00')
    town.heard()
    await wang.says(`替我妈签到 ${no} ${code}`)
    expectOne(town, '王秀英', '签到好了（我妈）')
    await town.person('周德福').says(`签到 ${code}`)
    expectOne(town, '周德福', '签到好了（您）')
    expect(arrived(town)).toEqual(['我妈', '周德福'])
    expect(town.rows('sign_up').map((r) => r['seat'])).toEqual([1, 2])
  })

  it('by staff goes by name, on the list or not, and gives the code', async () => {
    using town = openSignUpTown(60)
    const no = numberOf(town)
    const zhang = town.staff('张主任', 'owner')
    await town.person('王秀英').says(`报名 ${no} 带李叔`)
    await town.person('李强').says(`报名 ${no}`)
    await town.goTo('2026-11-25T14:45:00+08:00')
    town.heard()
    await zhang.says(`签到 ${no}`, '工作群')
    expectOne(town, '工作群', codeOf(town), '到了 0 人，报名 3 人')
    await zhang.says(`签到 ${no} 王秀英`, '工作群')
    expectOne(town, '工作群', '现在到了 1 人')
    await zhang.says(`签到 ${no} 李`, '工作群')
    expectOne(town, '工作群', '叫“李”的有 2 位')
    await zhang.says(`签到 ${no} 孙奶奶`, '工作群')
    expectOne(town, '工作群', '名单上没有的，按现场来的记下了', '现在到了 2 人')
    expect(arrived(town)).toEqual(['王秀英', '孙奶奶'])
  })

  it('is what the attendance is made of, unless staff counted; who stayed away is named as a number', async () => {
    using town = openSignUpTown(60)
    const [no, code] = [numberOf(town), codeOf(town)]
    const zhang = town.staff('张主任', 'owner')
    for (const name of ['王秀英', '周德福', '吴桂兰']) {
      await town.person(name).says(`报名 ${no}`)
    }
    const wang = town.person('孙建国')
    await wang.says(`报名 ${no}`)
    await town.goTo('2026-11-25T14:45:00+08:00')
    await wang.says(`签到 ${code}`)
    town.heard()
    await town.goTo('2026-11-25T16:45:00+08:00')
    town.heard()
    await zhang.says(`已办 ${no}`, '工作群')
    expectOne(town, '工作群', '每周一课今年已办 1 次', '报名 4 人，签到 1 人，没来 3 人')
    const held = () => town.rows('occurrence').find((r) => r['id'] === no)
    expect(held()).toMatchObject({ state: 'held', attendance: 1 })
    await zhang.says(`到场 ${no} 25人 大家都说讲得好`, '工作群')
    town.heard()
    expect(held()).toMatchObject({ state: 'held', attendance: 25, note: '大家都说讲得好' })
  })
})
