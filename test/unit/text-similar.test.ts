import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nearest } from '../../handlers/core/text/similar.ts'

const COMMANDS = ['今天有什么活动', '本周活动', '报名', '取消报名', '签到', '报修', '进度', '退订']

describe('suggesting the nearest commands', () => {
  it.each<[string, string[]]>([
    ['今天有啥活动', ['今天有什么活动', '本周活动']],
    ['怎么报名啊', ['报名', '取消报名']],
    ['這周活動', ['本周活动']],
    ['取消报各', ['取消报名']],
    ['您好', []],
    ['', []],
    ['？？？', []],
  ])('%j suggests %j', (text, expected) => {
    expect(nearest(text, COMMANDS, 2)).toEqual(expected)
  })

  it('keeps the given order among equals', () => {
    expect(nearest('报名', ['乙报名', '甲报名', '报名'], 3)).toEqual(['报名', '乙报名', '甲报名'])
  })

  it('gives at most as many as asked for, each from the list, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(5), (text, count) => {
        const found = nearest(text, COMMANDS, count)
        expect(found.length).toBeLessThanOrEqual(count)
        expect(COMMANDS).toEqual(expect.arrayContaining(found))
      }),
    )
    expect(nearest('活'.repeat(10_000), COMMANDS, 3)).toEqual([])
  })
})
