import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalise, stripTail, toSimplified } from '../../handlers/core/text/normalise.ts'

/** Arbitrary strings with much of what real chats bring along. */
const chat = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 4 }),
      fc.string({ unit: 'grapheme', maxLength: 4 }),
      fc.constantFrom(
        ...[
          '小鄰',
          '@',
          '著',
          '①',
          '⑴',
          '1️⃣',
          '🔟',
          '\u2005',
          '\u200b',
          '　',
          '\r\n',
          ' \n ',
          '´',
          '…',
        ],
        ...[
          'Ｔ\u0308',
          'İ',
          'Σ',
          '\ud83d',
          '👨‍👩‍👧',
          '\u202e',
          '\0',
          '﹁',
          '︱',
          '：',
          '谢谢',
          '吗',
          '薴',
        ],
      ),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''))

describe('normalising what a resident typed', () => {
  it.each([
    ['ｈｅｌｌｏ　１２３', 'hello 123'],
    ['报名，３！', '报名,3!'],
    ['你好：在吗？', '你好:在吗?'],
    ['好；行（可以）', '好;行(可以)'],
    ['好。行、可以｡', '好。行、可以。'],
    ['“活动”‘一’「二」', '"活动"\'一\'"二"'],
    ['18—86–301', '18-86-301'],
    ['２０２６．１２．０３', '2026.12.03'],
    ['＃接龙', '#接龙'],
    ['＠小鄰\u2005今天', '@小邻 今天'],
    ['a\u00a0 \u3000\tb', 'a b'],
    ['零\u200b宽\ufeff字\u200d符', '零宽字符'],
    ['\u202e翻转\u202c\u2066x\u2069', '翻转x'],
    ['坏\0字\u0007符\u001b', '坏字符'],
    ['半个\ud83d表情', '半个表情'],
    ['一\r\n二\r三\u2028四', '一\n二\n三\n四'],
    ['一  \n\n  二', '一\n二'],
    ['  两头  ', '两头'],
    ['选1️⃣', '选1'],
    ['1️⃣2️⃣', '12'],
    ['#️⃣接龙', '#接龙'],
    ['①', '1'],
    ['⑫', '12'],
    ['⑴', '1'],
    ['❶', '1'],
    ['➌', '3'],
    ['⓵', '1'],
    ['⓪', '0'],
    ['🔟', '10'],
    ['选①③', '选1 3'],
    ['选②、④', '选2、4'],
    ['③3号楼', '3 3号楼'],
    ['⒈王阿姨', '1.王阿姨'],
    ['今天有什麼活動', '今天有什么活动'],
    ['報修 電梯異響', '报修 电梯异响'],
    ['著火了', '着火了'],
    ['他看著我', '他看着我'],
    ['著名的著作', '著名的著作'],
    ['乾淨', '干净'],
    ['每周一课', '每周一课'],
    ['Hello WORLD', 'hello world'],
    ['ＱＲ Code', 'qr code'],
    ['报名 3 谢谢！', '报名 3 谢谢!'],
    ['很好👍🏻', '很好👍🏻'],
    ['', ''],
    ['\u200b \n', ''],
  ])('%j becomes %j', (text, expected) => {
    expect(normalise(text)).toBe(expected)
  })

  it('is idempotent on any string', () => {
    fc.assert(
      fc.property(chat, (text) => {
        const once = normalise(text)
        expect(normalise(once)).toBe(once)
      }),
      { numRuns: 3000 },
    )
  })

  it('is idempotent on every code point', () => {
    const unstable: string[] = []
    for (let point = 0; point < 0x32000; point++) {
      const once = normalise(`a${String.fromCodePoint(point)}b`)
      if (normalise(once) !== once) unstable.push(point.toString(16))
    }
    expect(unstable).toEqual([])
  })

  it('leaves no control, zero-width or wide characters behind', () => {
    fc.assert(
      fc.property(chat, (text) => {
        expect(normalise(text)).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\uFF01-\uFF5E\u3000]/u)
      }),
      { numRuns: 1000 },
    )
  })

  it.each([
    ['spaces', ' '],
    ['line breaks', ' \n'],
    ['controls', '\0'],
    ['ringed digits', '①'],
    ['traditional characters', '鄰'],
    ['particles', '吗'],
    ['emoji', '👍'],
  ])('takes 10,000 %s in its stride', (_, unit) => {
    const text = `a${unit.repeat(10_000)}b`
    const started = performance.now()
    stripTail(normalise(text))
    stripTail(unit.repeat(10_000))
    expect(performance.now() - started).toBeLessThan(500)
  })
})

describe('converting to simplified characters', () => {
  it('leaves simplified text as it is', () => {
    const text = '今天晚上三号楼又在钻墙了,什么时候能好?后天干净。'
    expect(toSimplified(text)).toBe(text)
  })

  it('keeps case, width and punctuation', () => {
    expect(toSimplified('ＡB：鄰里「樓」')).toBe('ＡB：邻里「楼」')
  })
})

describe('taking off the tail of a request', () => {
  it.each([
    ['今天有什么活动?', '今天有什么活动'],
    ['今天有什么活动吗', '今天有什么活动'],
    ['今天有什么活动呢?谢谢!', '今天有什么活动'],
    ['报名 3 谢谢啦~', '报名 3'],
    ['报名 3,麻烦您了', '报名 3'],
    ['报名3[抱拳][玫瑰]', '报名3'],
    ['满意👍🏻', '满意'],
    ['满意吧', '满意'],
    ['还行哈哈哈', '还行'],
    ['help please', 'help'],
    ['本周活动,请问', '本周活动'],
    ['3。', '3'],
    ['怎么', '怎么'],
    ['处理了没', '处理了没'],
    ['楼下酒吧', '楼下酒吧'],
    ['我要报修的', '我要报修的'],
    ['急修 [3号楼]', '急修 [3号楼]'],
    ['报名(2)', '报名(2)'],
    ['grasspls', 'grasspls'],
    ['谢谢', '谢谢'],
    ['👍', '👍'],
    ['', ''],
  ])('%j becomes %j', (text, expected) => {
    expect(stripTail(text)).toBe(expected)
  })

  it('is total and idempotent', () => {
    fc.assert(
      fc.property(chat, (text) => {
        const once = stripTail(text)
        expect(text.startsWith(once)).toBe(true)
        expect(stripTail(once)).toBe(once)
      }),
      { numRuns: 2000 },
    )
  })
})
