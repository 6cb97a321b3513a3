import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openTown, type Town } from '../support/town.ts'

const LONG = 10_000

/** What nobody types and somebody sends. */
const ODD: readonly (readonly [what: string, text: string])[] = [
  ['ten thousand signs', '活'.repeat(LONG)],
  ['ten thousand digits', '1'.repeat(LONG)],
  ['ten thousand spaces', ' '.repeat(LONG)],
  ['ten thousand wide spaces', '　'.repeat(LONG)],
  ['ten thousand line breaks', '\n'.repeat(LONG)],
  ['ten thousand @', '@'.repeat(LONG)],
  ['ten thousand @ with spaces', '@ '.repeat(LONG / 2)],
  ['ten thousand @小邻', '@小邻'.repeat(LONG / 3)],
  ['ten thousand 小邻', '小邻，'.repeat(LONG / 3)],
  ['ten thousand commas', '，'.repeat(LONG)],
  ['ten thousand 谢谢', '谢谢'.repeat(LONG / 2)],
  ['ten thousand emotes', '[微笑]'.repeat(LONG / 4)],
  ['ten thousand brackets', '['.repeat(LONG)],
  ['ten thousand emoji', '👨‍👩‍👧‍👦'.repeat(LONG / 11)],
  ['ten thousand ringed digits', '①'.repeat(LONG)],
  ['ten thousand numerals', '十'.repeat(LONG)],
  ['ten thousand dashes', '18-'.repeat(LONG / 3)],
  ['ten thousand spaces in a command', `改期${' '.repeat(LONG)}①`],
  ['ten thousand spaces before an end', `退订${' '.repeat(LONG)}x`],
  ['ten thousand signs after a command', `取消活动 1 ${'啊'.repeat(LONG)}`],
  ['ten thousand days', `${'今天'.repeat(LONG / 2)}有什么活动`],
  ['ten thousand signs in a question', `今天有${'什么'.repeat(LONG / 2)}活动`],
  ['ten thousand topics', `讲座安排 12月2日 ${'冬 '.repeat(LONG / 2)}`],
  ['a quote of quotes', `${'「'.repeat(LONG)}：\n- - - - - - -\n`],
  ['control characters', '\u0000\u0001\u0007\u001b[31m\u007f\u0085'],
  ['direction marks', '\u202e小邻\u202d 帮助\u2066\u2069'],
  ['zero-width marks', '小\u200b邻\u200d \ufeff帮助'],
  ['a lone high surrogate', '小邻 \ud800'],
  ['a lone low surrogate', '\udc00今天有什么活动'],
  ['surrogates the wrong way round', '小邻 \udc00\ud800 帮助'],
  ['emoji alone', '😂👍🏻❤️🏳️‍🌈'],
  ['a letter with a thousand accents', `e${'\u0301'.repeat(1000)}`],
  ['a ligature that grows', '\ufdfa'.repeat(1000)],
  ['nothing', ''],
  ['SQL', `'); DROP TABLE resident; --`],
  ['a template', '{{name}} {{no}} $t(core.error)'],
  ['a pattern', '(a+)+$ [\\d]+ ^小邻'],
]

function oddTown() {
  const town = openTown({ lectures: false })
  return { town, zhang: town.staff('张主任', 'owner'), wang: town.person('王秀英') }
}

/** Milliseconds that this process has worked, whatever else the machine does. */
function busyMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

function expectSound(town: Town): void {
  expect(town.rows('incident')).toEqual([])
  expect(town.logs.filter((line) => line.level === 'error')).toEqual([])
  for (const { text } of town.heard()) {
    expect(text.isWellFormed()).toBe(true)
    expect(text.length).toBeLessThanOrEqual(600)
  }
}

describe('an odd message', () => {
  it.each(ODD)('of %s is answered or left alone, at once', async (_, text) => {
    const { town, zhang, wang } = oddTown()
    using _town = town
    for (const words of [text, `小邻 ${text}`]) {
      for (const [who, where] of [
        [wang, '一群'],
        [wang, undefined],
        [zhang, '工作群'],
        [zhang, undefined],
      ] as const) {
        const before = busyMs()
        const outcome = await who.says(words, where)
        expect(busyMs() - before).toBeLessThan(200)
        expect(['silent', 'handled']).toContain(outcome)
      }
    }
    expectSound(town)
  })

  it.each(ODD)('of %s is no answer that breaks a dialogue', async (_, text) => {
    const { town, zhang, wang } = oddTown()
    using _town = town
    await wang.says('我的住址')
    await zhang.says('停用群 1')
    for (const who of [wang, zhang]) {
      const before = busyMs()
      await who.says(text)
      expect(busyMs() - before).toBeLessThan(200)
    }
    expectSound(town)
    expect(town.rows('room').map((r) => r['enabled'])).toEqual([1, 1, 1, 1])
  })

  it.each(ODD)('of %s may be somebody’s name', async (_, name) => {
    const { town } = oddTown()
    using _town = town
    town.compare()
    const odd = town.person(name, { 一群: name })
    town.compare()
    await town.settle()
    await odd.says('小邻 帮助', '一群')
    await odd.says('我的住址')
    expectSound(town)
  })
})

describe('any message at all', () => {
  const WORDS = [
    '小邻',
    '@',
    '取消',
    '退订',
    '活动',
    '今天',
    '改期',
    '12',
    ' ',
    '\n',
    '「',
    '：',
    '验证',
  ]
  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ maxLength: 60 }).map((s) => `小邻 ${s}`),
    fc
      .array(
        fc.oneof(fc.constantFrom(...WORDS), fc.string({ unit: 'binary-ascii', maxLength: 3 })),
        {
          maxLength: 12,
        },
      )
      .map((parts) => parts.join('')),
  )

  it('never throws, and a direct chat is never left without an answer', async () => {
    const { town, zhang } = oddTown()
    using _town = town
    let n = 0
    await fc.assert(
      fc.asyncProperty(anything, fc.boolean(), async (text, direct) => {
        const who = direct ? town.person(`居民${++n}`) : zhang
        expect(await who.says(text, direct ? undefined : '一群')).not.toBe('failed')
        if (direct) expect(town.heard().length).toBeGreaterThan(0)
      }),
      { numRuns: 150 },
    )
    expectSound(town)
  })
})
