import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Where } from '../../handlers/surveys/answers/understand.ts'
import { understandAll } from '../../handlers/surveys/compact.ts'
import { item } from '../support/answer-cases.ts'

const scales = (count: number) => Array.from({ length: count }, () => item('scale'))

/** The answers as signs (`u` for 不清楚), the reason of a refusal, or nothing. */
function heard(text: string, where: Where, items = scales(5)): string | undefined {
  const all = understandAll(items, text, where)
  if (!all) return undefined
  return all.kind === 'ask'
    ? all.reason
    : all.answers.map(({ value }) => `${value}`.charAt(0)).join('')
}

const BOTH = ['group', 'direct'] as const

describe.each(BOTH)('all answers at once, %s', (where) => {
  it.each([
    ...[
      '54433',
      '5 4 4 3 3',
      '5,4,4,3,3',
      '5，4，4，3，3',
      '5、4、4、3、3',
      '5-4-4-3-3',
      '５４４３３',
    ],
    ...['5.4.4.3.3', '5\n4\n4\n3\n3', '五四四三三', '五 四 四 三 三', 'E D D C C', '5️⃣4️⃣4️⃣3️⃣3️⃣'],
    ...[
      '1.5 2.4 3.4 4.3 5.3',
      '1、5 2、4 3、4 4、3 5、3',
      '1:5,2:4,3:4,4:3,5:3',
      '1=5 2=4 3=4 4=3 5=3',
    ],
    ...['①5②4③4④3⑤3', '(1)5 (2)4 (3)4 (4)3 (5)3', '第1题5 第2题4 第3题4 第4题3 第5题3'],
    ...[
      '我选54433',
      '答案：54433',
      '54433 谢谢',
      '很满意 满意 满意 一般 一般',
      '很满意，满意，4，一般，3',
    ],
  ])('%s is 54433', (text) => {
    expect(heard(text, where)).toBe('54433')
  })

  it.each([
    ['54403', '544u3'],
    ['544?3', '544u3'],
    ['544x3', '544u3'],
    ['5 4 不清楚 3 3', '54u33'],
    ['都是5', '55555'],
    ['全部满意', '44444'],
    ['44444', '44444'],
  ])('%s is %s', (text, expected) => {
    expect(heard(text, where)).toBe(expected)
  })

  it.each([
    ['5443', 'too_few'],
    ['5 4 4 3', 'too_few'],
    ['544333', 'too_many'],
    ['5 4 4 3 3 3', 'too_many'],
    ['54437', 'out_of_range'],
    ['5 4 4 3 7', 'out_of_range'],
    ['1.5 2.4 3.9', 'out_of_range'],
    ['00000', 'unclear'],
  ])('refuses %s: %s', (text, reason) => {
    expect(heard(text, where)).toBe(reason)
  })

  it('takes labelled answers to some of the items', () => {
    const items = scales(8)
    const all = understandAll(items, '第1题5 第3题2', where)
    expect(all).toEqual({
      kind: 'answers',
      answers: [
        { item: items[0], value: 5 },
        { item: items[2], value: 2 },
      ],
    })
  })

  it('takes options of a single choice and refuses items that want more than a digit', () => {
    expect(heard('5 4 2', where, [item('scale'), item('single'), item('battery')])).toBe('542')
    expect(heard('5 5 2', where, [item('scale'), item('single'), item('battery')])).toBe(
      'out_of_range',
    )
    expect(heard('5 4 2', where, [item('scale'), item('multiple'), item('battery')])).toBe(
      'unsuitable',
    )
  })

  it.each([
    '13812345678',
    '2026',
    '20261123',
    '3-201',
    '1.5元',
    '5:30',
    '1.张阿姨 2.李叔',
    '都来了',
    '都可以',
    '',
  ])('finds no list in %j', (text) => {
    expect(heard(text, where)).toBeUndefined()
  })
})

describe('digits in a group', () => {
  it.each(['12345', '110', '201', '3.5', '666', '99831', '3栋2单元', '满意,谢谢'])(
    'leaves %s alone',
    (text) => {
      expect(heard(text, 'group')).toBeUndefined()
    },
  )

  it('asks whether 55555 is crying, but not over eight items', () => {
    expect(heard('55555', 'group')).toBe('unclear')
    expect(heard('55555', 'direct')).toBe('55555')
    expect(heard('55555555', 'group', scales(8))).toBe('55555555')
  })
})

describe('any list', () => {
  it('gives each item its digit, whatever stands between', () => {
    const digits = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 3, maxLength: 9 })
    fc.assert(
      fc.property(digits, fc.constantFrom(' ', ',', '，', '、', '\n', '; '), (levels, sign) => {
        const items = scales(levels.length)
        expect(heard(levels.join(sign), 'group', items)).toBe(levels.join(''))
      }),
    )
  })

  it('is answered for every item or refused', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[0-9 ,.x?-]{1,14}$/),
        fc.constantFrom(...BOTH),
        (text, where) => {
          const items = scales(5)
          const all = understandAll(items, text, where)
          if (all?.kind !== 'answers') return
          const values = all.answers.map(({ value }) => value)
          expect(values.every((value) => value === 'unsure' || (value >= 1 && value <= 5))).toBe(
            true,
          )
          expect(values.length).toBeLessThanOrEqual(5)
        },
      ),
    )
  })
})
