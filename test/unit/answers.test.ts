import { performance } from 'node:perf_hooks'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Heard,
  understandAnswer,
  type Where,
} from '../../handlers/surveys/answers/understand.ts'
import { CASES, ITEMS, item } from '../support/answer-cases.ts'
import type { Case, Meaning } from '../support/answer-words.ts'
import { demoContent } from '../support/content.ts'

/** The part of an answer that a case speaks of. */
function meaningOf(heard: Heard, wanted: Meaning): unknown {
  if (heard.kind === 'answer') return heard.value
  if (heard.kind === 'ask' && heard.between && typeof wanted === 'object' && 'between' in wanted) {
    return { between: heard.between }
  }
  return { kind: heard.kind }
}

const told = ({ item: id, where, text }: Case) => `${id}, ${where}: ${JSON.stringify(text)}`
const topics = ['plain', 'dialect', 'negation', 'correction', 'lookalike'] as const

describe.each(topics)('understanding answers: %s', (topic) => {
  it('reads every case of the table', () => {
    const cases = CASES.filter((each) => each.topic === topic)
    const read = cases.map((each) => {
      const heard = understandAnswer(item(each.item), each.text, each.where)
      return [told(each), meaningOf(heard, each.meaning)]
    })
    expect(read).toEqual(cases.map((each) => [told(each), each.meaning]))
  })
})

describe('the awareness questions, in a group', () => {
  const { items } = demoContent().surveys.find(({ id }) => id === 'awareness') ?? { items: [] }
  it.each([
    [
      'quiet-hours',
      2,
      '晚上十点到第二天早上六点|22:00到6:00|晚上10点到早上6点|10点到6点|晚上十点到早上六点|22:00-6:00|晚10点到早6点|第二个',
    ],
    [
      'quiet-hours',
      'ignore',
      '10点|8点|22:00停电|今晚10点到早上6点停水通知|早上6点集合|几点到几点',
    ],
    ['environment-day', 3, '六月五|6月5日|六月五日|6月5号|六月五号|3|C'],
    ['environment-day', 'ignore', '6月|6月6日|6月5日开会|10月1日放假|六月五号去旅游'],
    ['noise-line', 4, '110|打110|报警|D'],
    [
      'noise-line',
      'ignore',
      '110，打架了|12345，打了没用|打110，有人偷东西|已经报警了|刚打了110|110来了|打12345没用|120来了吗|13912345678',
    ],
    ['renovation', 2, '装袋送到指定地点|约人来拉走|放指定的地方|预约清运'],
    ['renovation', 'ignore', '楼道堆了好多东西|找物业修灯|约人来修|垃圾桶满了，扔哪'],
    ['low-carbon', 3, '骑单车|走路|骑车|走路或骑自行车|步行'],
    ['low-carbon', 'ignore', '我骑车去|开车来的|打车去吗|骑车的让一让|出租车到了'],
  ])('%s: %s', (id, meaning, texts) => {
    const asked = items.find((each) => each.id === id)
    if (asked === undefined) throw new Error('no such item')
    const heard = texts.split('|').map((text) => {
      const found = understandAnswer(asked, text, 'group')
      return [text, found.kind === 'answer' ? found.value : found.kind]
    })
    expect(heard).toEqual(texts.split('|').map((text) => [text, meaning]))
  })
})

describe('the table of cases', () => {
  it('is broad enough and has no case twice', () => {
    const count = (topic: Case['topic']) =>
      new Set(CASES.filter((each) => each.topic === topic).map(({ text }) => text)).size
    expect(new Set(CASES.map(told)).size).toBe(CASES.length)
    expect(CASES.length).toBeGreaterThanOrEqual(320)
    expect(count('lookalike')).toBeGreaterThanOrEqual(100)
    expect(count('dialect')).toBeGreaterThanOrEqual(40)
    expect(count('correction')).toBeGreaterThanOrEqual(25)
    expect(count('negation')).toBeGreaterThanOrEqual(30)
  })
})

const WHERE = fc.constantFrom<Where>('group', 'direct')
const SCALE = item('scale')

/** Signs that answers are made of, so that random texts come near to them. */
const SIGNS = [
  ...['5', '3', '一', '十', '不', '很', '满意', '好', '的', '是', '改成', '没有', '1、', ' ', ','],
  ...[
    '嗯',
    '我',
    '还',
    '选',
    '第',
    '个',
    '号',
    '以前',
    '现在',
    '但是',
    '👍',
    '?',
    'a',
    '除了',
    '或',
  ],
]
const near = (minLength: number) =>
  fc
    .array(fc.constantFrom(...SIGNS), { minLength, maxLength: 40, size: 'max' })
    .map((parts) => parts.join(''))

describe('any text', () => {
  it('gets an answer that fits the item', () => {
    fc.assert(
      fc.property(
        fc.oneof(near(0), near(1), fc.string({ unit: 'binary' })),
        WHERE,
        (text, where) => {
          for (const each of ITEMS) {
            const heard = understandAnswer(each, text, where)
            if (where === 'direct') expect(heard.kind).not.toBe('ignore')
            if (heard.kind !== 'answer') continue
            if (each.type === 'scale') expect([1, 2, 3, 4, 5]).toContain(heard.value)
            if (each.type === 'single') expect([1, 2, 3, 4]).toContain(heard.value)
            if (each.type === 'multiple') {
              const value = heard.value as readonly number[]
              expect(value.length).toBeGreaterThan(0)
              expect(value).toEqual([...new Set(value)].sort((a, b) => a - b))
            }
          }
        },
      ),
      { numRuns: 400 },
    )
  })

  it('of ten thousand signs is read within 20 milliseconds', () => {
    const units = ['5', '不满意', '嗯', '1、', '第', '好', '👍', '改', '\n', '除了2', 'ok ', '這個']
    for (const unit of units) {
      for (const length of [24, 80, 399, 10_000]) {
        const text = unit.repeat(length).slice(0, length)
        for (const each of ITEMS) {
          const times = [1, 2, 3].map(() => {
            const start = performance.now()
            understandAnswer(each, text, 'direct')
            return performance.now() - start
          })
          // The quickest of three: the machine may be busy with something else.
          expect(Math.min(...times), `${each.id}: ${unit} × ${length}`).toBeLessThan(20)
        }
      }
    }
  })

  it('of more than 30 signs is talk in a group', () => {
    const choosing = ITEMS.filter(({ type }) => type !== 'text')
    fc.assert(
      fc.property(near(31), fc.constantFrom(...choosing), (text, each) => {
        expect(understandAnswer(each, text, 'group').kind).toBe('ignore')
      }),
      { numRuns: 200 },
    )
  })
})

describe('a digit in range', () => {
  const before = [
    '',
    '我选',
    '选',
    '嗯,',
    '您好,',
    '大概',
    '我觉得是',
    '应该是',
    '那就',
    '第',
    '打',
    '给个',
  ]
  const after = ['', '吧', '。', ' 谢谢', ',辛苦了', '!', '👍', '~', ' 哈哈', '呀']
  const unit = ['', '分']

  it('is that digit, however politely it is said', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.constantFrom(...before),
        fc.constantFrom(...unit),
        fc.constantFrom(...after),
        WHERE,
        (digit, lead, points, tail, where) => {
          const counted = lead === '第' ? '个' : points
          const text = `${lead}${digit}${counted}${tail}`
          expect(understandAnswer(SCALE, text, where)).toEqual({ kind: 'answer', value: digit })
        },
      ),
    )
  })

  it('is no answer in a group before a word that it counts', () => {
    const words = [
      '号楼',
      '楼',
      '块',
      '点',
      '度',
      '斤',
      '天',
      '路车',
      '单元',
      '月',
      '折',
      '个人',
      '箱',
    ]
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.constantFrom(...words), (digit, word) => {
        expect(understandAnswer(SCALE, `${digit}${word}`, 'group').kind).toBe('ignore')
      }),
    )
  })
})
