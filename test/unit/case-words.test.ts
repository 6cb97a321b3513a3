import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Said } from '../../handlers/core/feature.ts'
import { normalise } from '../../handlers/core/text/normalise.ts'
import { measurementOf, mediationOf } from '../../handlers/reports/evidence-words.ts'
import { aboutOne, asWritten } from '../../handlers/reports/staff-grammar.ts'

function said(words: string): Said {
  return { words, text: normalise(words), addressed: true }
}

describe('the number of a case', () => {
  const read = aboutOne('派单|转派')

  it.each([
    ['派单 1042 李师傅', 1042, '李师傅'],
    ['派单#1042李师傅', 1042, '李师傅'],
    ['派單：１０４２，李師傅', 1042, '李師傅'],
    ['派单 一〇四二 李师傅', 1042, '李师傅'],
    ['派单 一千零四十二 李师傅', 1042, '李师傅'],
    ['转派 1042号 李师傅', 1042, '李师傅'],
    ['1042 派单 李师傅', 1042, '李师傅'],
    ['#1042 派单 李师傅', 1042, '李师傅'],
    ['派单了 1042', 1042, ''],
  ])('%s', (words, id, rest) => {
    expect(read(said(words))).toMatchObject({ id, words: rest })
  })

  it.each([
    '派单',
    '派单 李师傅',
    '今天派单 1042',
    '派单情况怎么样',
    '派单 1234567890',
    '1042',
    '派单居民 3',
  ])('is not in %s', (words) => {
    expect(read(said(words))).toBeUndefined()
  })

  it('is found with any rest, and the rest is kept as written', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 999_999_999 }),
        fc.string({ maxLength: 60 }),
        (id, rest) => {
          const words = `派单 ${id} 、${rest}`
          const told = read(said(words))
          expect(told?.id).toBe(id)
          expect(normalise(told?.words ?? '')).toBe(told?.text)
        },
      ),
    )
  })

  it('takes any words without fail', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 120 }),
        fc.string({ maxLength: 20 }),
        (words, rest) => {
          expect(typeof asWritten(said(words), rest)).toBe('string')
          read(said(words))
        },
      ),
    )
  })
})

describe('what came of a talk', () => {
  it.each([
    ['上门 已停工', 'visit', 'source', 'stopped'],
    ['电话，对方答应晚上不再施工', 'phone', 'source', 'promised'],
    ['双方 达成一致', 'visit', 'both', 'agreed'],
    ['在居委会开会，两家谈妥了', 'meeting', 'both', 'agreed'],
    ['上门，商户不同意', 'visit', 'business', 'refused'],
    ['敲门没人', 'visit', 'source', 'absent'],
    ['劝了还在跳', 'visit', 'source', 'refused'],
    ['微信 没有停', 'chat', 'source', 'refused'],
    ['贴条 物业 会改', 'letter', 'property', 'promised'],
  ])('%s', (words, how, party, outcome) => {
    expect(mediationOf(normalise(words))).toEqual({ how, party, outcome })
  })

  it.each(['', '去过了', '上门', '双方', '李师傅'])('is never guessed: %s', (words) => {
    expect(mediationOf(words)).toBeUndefined()
  })
})

describe('a measurement', () => {
  it.each([
    ['63 夜间 手机 5分钟', { level: 63, period: 'night', instrument: 'phone', minutes: 5 }],
    ['5分钟 63分贝 白天', { level: 63, period: 'day', instrument: 'phone', minutes: 5 }],
    ['58.5db 声级计 半小时', { level: 58.5, instrument: 'meter', minutes: 30 }],
    ['71', { level: 71, instrument: 'phone' }],
    ['十分钟 66分贝', { level: 66, instrument: 'phone', minutes: 10 }],
  ])('%s', (words, read) => {
    expect(measurementOf(normalise(words))).toEqual(read)
  })

  it.each(['', '很吵', '夜间 手机', '3号楼', '10:30', '5分钟'])('is not in %s', (words) => {
    expect(measurementOf(words)).toBeUndefined()
  })
})
