import { describe, expect, it } from 'vitest'
import { contentRoot, loadContent } from '../../content/load.ts'
import type { Problem } from '../../content/yaml.ts'
import { choice, HEAD, option, problemsWith, scale, text } from './survey-content-support.ts'

/** The problems of a questionnaire with these items, and these lines of the head replaced or added. */
function teaWith(items: readonly string[], ...lines: string[]): readonly Problem[] {
  const head = HEAD.map((line) => lines.find((l) => keyOf(l) === keyOf(line)) ?? line)
  const added = lines.filter((l) => !HEAD.some((line) => keyOf(l) === keyOf(line)))
  const file = [...head, ...added, 'items:', ...items.map((item) => `  - ${item}`)].join('\n')
  return problemsWith({ 'surveys/tea.v1.yaml': file })
}

const keyOf = (line: string) => line.slice(0, line.indexOf(':'))

/** The item's line in the file, from 0. */
const line = (item: number) => HEAD.length + 2 + item

describe('a questionnaire', () => {
  it('takes every kind of item', () => {
    const items = [
      scale('s'),
      choice('c', 'unknown: true, optional: true'),
      `{ id: m, type: multiple, text: ${text('m')}, options: [${option('a')}, ${option('b')}] }`,
      `{ id: k, type: knowledge, choose: many, text: ${text('k')}, options: [${option('a', 'a', 'correct: true')}, ${option('b')}] }`,
      `{ id: n, type: number, text: ${text('n')}, min: 0, max: 9.5, integer: false, unit: ${text('杯')} }`,
      `{ id: t, type: text, text: ${text('t')}, maxLength: 200, optional: true }`,
    ]
    expect(teaWith(items)).toEqual([])
  })

  it('offers 不清楚 and asks for one choice where it says nothing else', () => {
    const { surveys } = loadContent(contentRoot())
    const items = surveys.flatMap((q) => q.items)
    expect(items.every((item) => item.unknown && !item.optional)).toBe(true)
    expect(items.every((item) => item.type !== 'knowledge' || item.choose === 'one')).toBe(true)
  })

  it.each<[what: string, item: string, path: string, message: RegExp]>([
    ['an unknown type', `{ id: s, type: star, text: ${text('s')} }`, 'type', /scale, single/],
    ['a type left out', `{ id: s, text: ${text('s')} }`, 'type', /scale, single/],
    ['a missing translation', '{ id: s, type: scale, text: { zh-CN: 好 } }', 'text', /nothing/],
    ['an unknown key', scale('s', 'colour: red'), 'colour', /unknown key/],
    ['an id of capitals', scale('S'), 'id', /small letters/],
    ['the id "end"', scale('end'), 'id', /another id/],
    ['a scale without 不清楚', scale('s', 'unknown: false'), 'unknown', /不清楚 is always/],
    [
      'one option',
      `{ id: c, type: single, text: ${text('c')}, options: [${option('a')}] }`,
      'options',
      /2 to 9/,
    ],
    [
      'ten options',
      `{ id: c, type: single, text: ${text('c')}, options: [${'abcdefghij'.replace(/./g, (id) => `${option(id)},`)}] }`,
      'options',
      /2 to 9/,
    ],
    [
      'an option twice',
      `{ id: c, type: single, text: ${text('c')}, options: [${option('a')}, ${option('a', 'b')}] }`,
      'options[1].id',
      /"a" is taken/,
    ],
    [
      'two options with one text',
      `{ id: c, type: single, text: ${text('c')}, options: [${option('a', '茶')}, ${option('b', '茶')}] }`,
      'options[1].text',
      /"茶" is what option 1/,
    ],
    [
      'a word that leads to two options, however it is written',
      `{ id: c, type: single, text: ${text('c')}, options: [${option('a', 'tea')}, ${option('b', 'milk', 'words: [ＴＥＡ]')}] }`,
      'options[1].words[0]',
      /"ＴＥＡ" is what option 1/,
    ],
    [
      'an option called 不清楚 beside the offered one',
      `{ id: c, type: single, unknown: true, text: ${text('c')}, options: [${option('a')}, ${option('b', 'b', 'words: [不清楚]')}] }`,
      'options[1].words[0]',
      /what 不清楚 is called/,
    ],
    [
      'knowledge without a right answer',
      `{ id: k, type: knowledge, text: ${text('k')}, options: [${option('a')}, ${option('b')}] }`,
      'options',
      /"correct: true"/,
    ],
    [
      'knowledge with nothing but right answers',
      `{ id: k, type: knowledge, text: ${text('k')}, options: [${option('a', 'a', 'correct: true')}, ${option('b', 'b', 'correct: true')}] }`,
      'options',
      /not correct/,
    ],
    [
      'a right answer where none is asked for',
      `{ id: c, type: single, text: ${text('c')}, options: [${option('a', 'a', 'correct: true')}, ${option('b')}] }`,
      'options[0].correct',
      /unknown key/,
    ],
    [
      'bounds the wrong way round',
      `{ id: n, type: number, text: ${text('n')}, min: 5, max: 5 }`,
      'max',
      /more than "min"/,
    ],
    [
      'a broken bound of whole numbers',
      `{ id: n, type: number, text: ${text('n')}, min: 0.5, max: 5 }`,
      'integer',
      /integer: false/,
    ],
    [
      'text without a limit',
      `{ id: t, type: text, text: ${text('t')} }`,
      'maxLength',
      /found nothing/,
    ],
    [
      'a question that is too long',
      scale('s', '').replace('s, zh-TW', `${'长'.repeat(461)}, zh-TW`),
      'text["zh-CN"]',
      /at most 480 characters with all options, found 49\d/,
    ],
  ])('refuses %s', (_what, item, path, message) => {
    const problems = teaWith([choice('first'), item])
    expect(problems.length).toBeGreaterThan(0)
    for (const problem of problems) {
      expect(problem).toMatchObject({ file: 'surveys/tea.v1.yaml', line: line(1) })
      expect(problem.path.startsWith(`items[1].${path}`)).toBe(true)
      expect(problem.message).toMatch(message)
    }
  })

  it.each<[line: string, path: string, message: RegExp]>([
    ['version: 0', 'version', />=1/],
    ['version: 1.5', 'version', /whole number/],
    ['kind: census', 'kind', /satisfaction/],
    ['kind: satisfaction', 'items', /"scale" item/],
    ['kind: awareness', 'items', /"knowledge" item/],
    [`title: ${text('长'.repeat(41))}`, 'title["zh-CN"]', /at most 40 characters, found 41/],
    [`thanks: ${text('长'.repeat(301))}`, 'thanks["zh-CN"]', /at most 300/],
    ['target: { measure: fame, rate: 0.7 }', 'target.measure', /satisfaction or awareness/],
    ['target: { measure: awareness, rate: 0.9 }', 'target.measure', /none to measure/],
    [
      'target: { measure: satisfaction, item: first, rate: 0.7 }',
      'target.item',
      /"scale" item, found "first"/,
    ],
    ['target: { measure: satisfaction, rate: 0.7 }', 'target.item', /found nothing/],
    ['target: { measure: awareness, rate: 90 }', 'target.rate', /<=1/],
  ])('refuses %s', (head, path, message) => {
    const [problem] = teaWith([choice('first')], head)
    expect(problem).toMatchObject({ file: 'surveys/tea.v1.yaml', path })
    expect(problem?.message).toMatch(message)
  })

  it('refuses an empty list of items, and an id twice', () => {
    expect(teaWith(['x']).length).toBeGreaterThan(0)
    expect(teaWith([scale('a'), scale('b'), scale('a')])).toMatchObject([
      { path: 'items[2].id', line: line(2), message: 'expected an id of its own, "a" is taken' },
    ])
  })
})

describe('skips', () => {
  it('lead ahead, to an item or the end', () => {
    const skip = 'skip: [{ when: { levels: [4, 5] }, to: c }, { when: { unknown: true }, to: end }]'
    expect(teaWith([scale('a', skip), scale('b'), scale('c')])).toEqual([])
  })

  it.each<[what: string, items: string[], path: string, message: RegExp]>([
    [
      'a target that is not there',
      [choice('a', 'skip: [{ when: { options: [no] }, to: z }]'), scale('b')],
      'items[0].skip[0].to',
      /found "z"/,
    ],
    [
      'a way back',
      [scale('a'), choice('b', 'skip: [{ when: { options: [no] }, to: a }]'), scale('c')],
      'items[1].skip[0].to',
      /further down/,
    ],
    [
      'a loop in place',
      [choice('a', 'skip: [{ when: { options: [no] }, to: a }]'), scale('c')],
      'items[0].skip[0].to',
      /further down/,
    ],
    [
      'an option that the item lacks',
      [choice('a', 'skip: [{ when: { options: [maybe] }, to: end }]')],
      'items[0].skip[0].when.options[0]',
      /found "maybe"/,
    ],
    [
      'levels of an item without levels',
      [choice('a', 'skip: [{ when: { levels: [1] }, to: end }]')],
      'items[0].skip[0].when.levels[0]',
      /found "1"/,
    ],
    [
      'a level out of range',
      [scale('a', 'skip: [{ when: { levels: [6] }, to: end }]')],
      'items[0].skip[0].when.levels[0]',
      /1 to 5/,
    ],
    [
      '不清楚 where it is not offered',
      [choice('a', 'skip: [{ when: { unknown: true }, to: end }]')],
      'items[0].skip[0].when.unknown',
      /found "unknown"/,
    ],
    [
      'two rules for one choice',
      [
        choice(
          'a',
          'skip: [{ when: { options: [no] }, to: c }, { when: { options: [no] }, to: end }]',
        ),
        scale('b'),
        scale('c'),
      ],
      'items[0].skip[1].when.options[0]',
      /one rule for "no"/,
    ],
    [
      'an item that nobody reaches',
      [choice('a', 'skip: [{ when: { options: [yes, no] }, to: c }]'), scale('b'), scale('c')],
      'items[1]',
      /a way to "b"/,
    ],
    [
      'an item below a scale that sends everybody on',
      [
        scale(
          'a',
          'skip: [{ when: { levels: [1, 2, 3, 4, 5] }, to: c }, { when: { unknown: true }, to: end }]',
        ),
        scale('b'),
        scale('c'),
      ],
      'items[1]',
      /a way to "b"/,
    ],
  ])('refuse %s', (_what, items, path, message) => {
    const problems = teaWith(items)
    expect(problems).toMatchObject([{ file: 'surveys/tea.v1.yaml', path }])
    expect(problems[0]?.message).toMatch(message)
  })

  it('leave a way on where the item may be left out or an answer has no rule', () => {
    const all = 'skip: [{ when: { options: [yes, no] }, to: c }]'
    const rest = [scale('b'), scale('c')]
    expect(teaWith([choice('a', `optional: true, ${all}`), ...rest])).toEqual([])
    expect(teaWith([choice('a', `unknown: true, ${all}`), ...rest])).toEqual([])
  })
})
