import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const OVERALL = 'content/surveys/satisfaction.v1.yaml#overall'

function understand(lines: readonly unknown[], question = OVERALL, where = 'group') {
  const input = lines.map((l) => (typeof l === 'string' ? l : JSON.stringify(l))).join('\n')
  const args = ['dist/bot/cli.js', 'understand', '--question', question, '--where', where]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: ROOT,
    input,
    encoding: 'utf8',
    env: {},
  })
  const said = stdout.split('\n').filter((line) => line !== '')
  return { code: status, out: said.map((line) => JSON.parse(line) as unknown), err: stderr }
}

describe('linli understand', () => {
  it('says what each reply means, in order', () => {
    const { code, out, err } = understand([
      { id: 1, text: '5' },
      { id: 'b', text: '不太满意', open: true },
      { id: 3, text: '不清楚' },
      { id: 4, text: '3号楼的快递到了' },
      { id: 5, text: '跳过' },
    ])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toEqual([
      { id: 1, kind: 'answer', value: 5 },
      { id: 'b', kind: 'answer', value: 2 },
      { id: 3, kind: 'unsure', value: null },
      { id: 4, kind: 'ignore', value: null },
      { id: 5, kind: 'skip', value: null },
    ])
  })

  it('ignores everything in a group where no question is open', () => {
    const lines = [
      { id: 1, text: '5', open: false },
      { id: 2, text: '很满意', open: false },
      { id: 3, text: '5', open: true },
    ]
    expect(understand(lines).out).toEqual([
      { id: 1, kind: 'ignore', value: null },
      { id: 2, kind: 'ignore', value: null },
      { id: 3, kind: 'answer', value: 5 },
    ])
  })

  it('asks in a direct chat where a group is left alone', () => {
    const many = understand([{ id: 1, text: '你好呀' }], OVERALL, 'direct')
    expect(many.out).toEqual([{ id: 1, kind: 'ask', value: null }])
  })

  const RULE = '- - - - - - - - - - - - - - -'

  it('takes off the name and the header of a quote, as the chat does', () => {
    const texts = [
      '@小邻 5',
      '小邻，很满意',
      '@小邻\u2005不太满意',
      `「小邻：【满意度调查】每日一题（8/8）」\n${RULE}\n4`,
      `「小邻：总的来说，您满意吗？\n5 很满意」\n${RULE}\n@小邻 一般`,
    ]
    const lines = texts.map((text, id) => ({ id, text }))
    const answers = (where: string) =>
      understand(lines, OVERALL, where).out.map((line) => (line as { value: unknown }).value)
    expect(answers('group')).toEqual([5, 5, 2, 4, 3])
    expect(answers('direct')).toEqual([5, 5, 2, 4, 3])
  })

  it('leaves alone in a group what is said to others or under their words', () => {
    const texts = [
      '@王阿姨 5',
      '5 @王阿姨',
      `「王阿姨：5」\n${RULE}\n好的`,
      `「王阿姨：还剩几个？」\n${RULE}\n5`,
      `「王阿姨：很满意」\n${RULE}\n很满意`,
      '@所有人 5点开会',
    ]
    const { out } = understand(texts.map((text, id) => ({ id, text })))
    expect(out).toEqual(texts.map((_, id) => ({ id, kind: 'ignore', value: null })))
  })

  it('takes CRLF, blank lines, a byte order mark and no last line break', () => {
    const { code, out } = understand(['\uFEFF{"id":1,"text":"5"}\r', '', '{"id":2,"text":"4"}\r'])
    expect(code).toBe(0)
    expect(out).toHaveLength(2)
    expect(understand([])).toEqual({ code: 0, out: [], err: '' })
  })

  it.each([
    ['{"id":2', 'no JSON'],
    ['{"id":2}', 'no text'],
    ['{"text":"5"}', 'no id'],
    ['{"id":2,"text":5}', 'a text that is none'],
    ['{"id":2,"text":"5","open":"no"}', 'an open that is neither'],
    ['null', 'null'],
  ])('refuses %s (%s) with its line', (line) => {
    const { code, err } = understand([{ id: 1, text: '5' }, '', line])
    expect(code).toBe(1)
    expect(err).toMatch(/^Line 3 is not a JSON object/)
    expect(err).not.toContain('    at ')
  })

  it.each([
    ['content/surveys/satisfaction.v1.yaml#nobody', 'has no item "nobody". It has: environment'],
    ['content/surveys/satisfaction.v1.yaml', '--question names a file and an item'],
    ['content/surveys/none.yaml#overall', 'none.yaml'],
    ['content/rules/chat.yaml#overall', 'chat.yaml'],
  ])('refuses --question %s', (question, said) => {
    const { code, err } = understand([], question)
    expect(code).toBe(1)
    expect(err).toContain(said)
  })

  it('refuses a place that is none', () => {
    expect(understand([], OVERALL, 'square')).toMatchObject({
      code: 1,
      err: '--where must be group or direct, not "square".\n',
    })
  })
})
