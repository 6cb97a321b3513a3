import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { contentRoot, loadContent } from '../../content/load.ts'
import { checksum } from '../../content/survey-files.ts'
import { currentSurvey, questionText } from '../../content/survey-schema.ts'
import { contentWith, HEAD, problemsWith, scale } from './survey-content-support.ts'

describe('the files of questionnaires', () => {
  const read = (name: string) => readFileSync(join(contentRoot(), 'surveys', name), 'utf8')
  const SATISFACTION = 'surveys/satisfaction.v1.yaml'
  const published = JSON.parse(read('published.json')) as Record<string, string>

  it('are named after id and version', () => {
    const file = [...HEAD, 'items:', `  - ${scale('s')}`].join('\n')
    expect(problemsWith({ 'surveys/tea.v2.yaml': file })).toEqual([
      {
        file: 'surveys/tea.v2.yaml',
        line: 1,
        path: 'id',
        message: 'expected to stand in surveys/tea.v1.yaml',
      },
    ])
  })

  it('give every version, the highest last', () => {
    const version = (n: number) =>
      [...HEAD.with(1, `version: ${n}`), 'items:', `  - ${scale('s')}`].join('\n')
    const dir = contentWith({
      'surveys/tea.v2.yaml': version(2),
      'surveys/tea.v10.yaml': version(10),
      'surveys/tea.v1.yaml': version(1),
    })
    expect(loadContent(dir).surveys.map((q) => `${q.id} ${q.version}`)).toEqual([
      'awareness 1',
      'satisfaction 1',
      'tea 1',
      'tea 2',
      'tea 10',
    ])
    expect(currentSurvey(loadContent(dir).surveys, 'tea')?.version).toBe(10)
    expect(currentSurvey(loadContent(dir).surveys, 'coffee')).toBeUndefined()
  })

  it('stay as they were published', () => {
    const { surveys } = loadContent(contentRoot())
    const sums = surveys.map((q) => [`${q.id}.v${q.version}`, checksum(q)])
    expect(Object.fromEntries(sums)).toEqual(published)
  })

  it('may be laid out anew, but not reworded, once published', () => {
    const now = read('satisfaction.v1.yaml')
    const [id = '', version = '', ...rest] = now.split('\n')
    const anew = ['# A note.', version, id, ...rest].join('\n')
    expect(problemsWith({ [SATISFACTION]: anew })).toEqual([])
    const reworded = now.replace('您满意吗？', '您是不是很满意？')
    expect(problemsWith({ [SATISFACTION]: reworded })).toMatchObject([
      {
        file: SATISFACTION,
        line: 1,
        message: expect.stringMatching(/^expected the published wording, checksum 9b39/),
      },
    ])
  })

  it.each([
    ['rate: 0.70', 'rate: 0.71'],
    ['id: noise', 'id: noises'],
    ['en: Satisfaction Survey', 'en: Satisfaction survey'],
  ])('count a change from %s to %s', (from, to) => {
    const changed = read('satisfaction.v1.yaml').replace(from, to)
    expect(problemsWith({ [SATISFACTION]: changed })).toHaveLength(1)
  })

  it('must stay in place once published', () => {
    expect(problemsWith({ [SATISFACTION]: undefined })).toMatchObject([
      {
        file: 'surveys/published.json',
        line: 3,
        path: '["satisfaction.v1"]',
        message: `expected ${SATISFACTION}, it is published`,
      },
      { file: 'rules/surveys.yaml', path: 'rounds[0].survey' },
    ])
  })

  it('come with a list of those that are published, in which each has a checksum', () => {
    expect(problemsWith({ 'surveys/published.json': undefined })).toMatchObject([
      { file: 'surveys/published.json', message: 'expected this file, there is none' },
    ])
    const wrong = { ...published, 'satisfaction.v1': 'abc' }
    expect(problemsWith({ 'surveys/published.json': JSON.stringify(wrong) })).toMatchObject([
      { file: 'surveys/published.json', message: 'expected 64 hexadecimal digits' },
    ])
  })

  it('are missed where a monthly round asks them', () => {
    expect(problemsWith({ surveys: undefined })).toMatchObject([
      { file: 'rules/surveys.yaml', path: 'rounds[0].survey' },
      { file: 'rules/surveys.yaml', path: 'rounds[1].survey' },
    ])
  })
})

describe('the questionnaires that come along', () => {
  const { surveys } = loadContent(contentRoot())

  it('measure satisfaction by the overall item and awareness by ten', () => {
    expect(surveys.map((q) => [q.id, q.items.length, q.target])).toEqual([
      ['awareness', 10, { measure: 'awareness', rate: 0.9 }],
      ['satisfaction', 8, { measure: 'satisfaction', item: 'overall', rate: 0.7 }],
    ])
  })

  it('put a question with a digit before each choice, 0 for 不清楚', () => {
    const overall = currentSurvey(surveys, 'satisfaction')?.items.at(-1)
    expect(overall && questionText(overall, 'zh-CN')).toBe(
      '总的来说，住在我们小区，您满意吗？\n1 很不满意\n2 不满意\n3 一般\n4 满意\n5 很满意\n0 不清楚',
    )
  })

  it('have these right answers', () => {
    const right = currentSurvey(surveys, 'awareness')?.items.map((item) =>
      item.type === 'knowledge'
        ? item.options.filter((o) => o.correct).map((o) => o.text['zh-CN'])
        : [],
    )
    expect(right).toEqual([
      ['有害垃圾'],
      ['有害垃圾'],
      ['其他垃圾（干垃圾）'],
      ['厨余垃圾（湿垃圾）'],
      ['可回收物'],
      ['装好袋，送到指定地点或约人清运'],
      ['晚上10点到早上6点'],
      ['12345政务热线', '110报警', '12369环保举报'],
      ['走路或骑自行车'],
      ['6月5日'],
    ])
  })
})
