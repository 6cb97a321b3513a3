import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { contentRoot, loadContent } from '../../content/load.ts'
import { checksum } from '../../content/survey-files.ts'
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
    expect(problemsWith({ [SATISFACTION]: undefined })).toEqual([
      {
        file: 'surveys/published.json',
        line: 3,
        path: '["satisfaction.v1"]',
        message: `expected ${SATISFACTION}, it is published`,
      },
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

  it('may be missing altogether', () => {
    expect(loadContent(contentWith({ surveys: undefined })).surveys).toEqual([])
  })
})
