import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findDecibels } from '../../handlers/understanding/decibels.ts'

describe('finding a measured level', () => {
  it.each([
    ['72分贝', 72],
    ['72dB', 72],
    ['72 db(A)', 72],
    ['７２分贝', 72],
    ['72分貝', 72],
    ['72.5分贝', 72.5],
    ['70个分贝', 70],
    ['七十二分贝', 72],
    ['一百多分贝', 100],
    ['八十几分贝', 80],
    ['五六十分贝', 60],
    ['声音有70多分贝', 70],
    ['测了72', 72],
    ['手机测的72', 72],
    ['我测了一下有68', 68],
    ['测出来78', 78],
    ['测得72.4', 72.4],
    ['手机APP测的有七十五', 75],
    ['噪音检测仪显示75', 75],
    ['分贝仪测出来是66', 66],
    ['噪音值65', 65],
    ['分贝都到80了', 80],
    ['最高85分贝', 85],
    ['将近80分贝', 80],
    ['超过60分贝了', 60],
    ['现在62dB昨晚70dB', 70],
    ['夜间不得超过50分贝,我测了65分贝', 65],
    ['检测结果58分贝,超出标准8分贝', 58],
  ])('reads %s', (words, level) => {
    expect(findDecibels(words)).toBe(level)
  })

  it.each([
    ['60-70分贝', 70],
    ['60到70分贝', 70],
    ['测了65到70', 70],
    ['到了80、90分贝', 90],
  ])('takes the highest of %s', (words, level) => {
    expect(findDecibels(words)).toBe(level)
  })

  it.each([
    '国家标准50分贝',
    '不超过50分贝',
    '限值55dB',
    '低于50分贝才行',
    '超标8分贝',
    '测了3天',
    '测了两次',
    '高分贝的施工',
    '分贝太高',
    '500分贝',
    '72',
    '3号楼72室',
    '声音很大,3号楼501',
    '',
  ])('finds none in %s', (words) => {
    expect(findDecibels(words)).toBeNull()
  })

  it('reads any level that can be heard, and none that cannot', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 999 }), (level) => {
        const heard = level >= 20 && level <= 140
        expect(findDecibels(`楼上电钻${level}分贝`)).toBe(heard ? level : null)
      }),
    )
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => findDecibels(text) !== undefined),
    )
  })
})
