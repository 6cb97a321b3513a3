import { describe, expect, it } from 'vitest'
import { phrase } from '../../content/i18n.ts'
import { readLectureTable } from '../../handlers/programmes/lecture-table.ts'

const HEAD = ['日期', '题目', '老师']
const WINTER = { date: '2026-12-02', topic: '冬季养生', speaker: '王医生' }

describe('a lecture table', () => {
  it('is read by the names of its columns, in any order, with others between', () => {
    for (const table of [
      [HEAD, ['2026-12-02', '冬季养生', '王医生']],
      [
        ['序号', '老师', '备注', '日期', '题目'],
        ['1', '王医生', '带投影', '2026-12-02', '冬季养生'],
      ],
      [
        ['Topic', 'Date', 'SPEAKER'],
        ['冬季养生', '2026-12-02', '王医生'],
      ],
      [
        ['\uFEFF日期', ' 主题 ', '主讲'],
        [' 2026-12-02 ', ' 冬季养生 ', '王医生'],
      ],
      [
        ['时间', '课题', '主讲人'],
        ['2026-12-02', '冬季养生', '王医生'],
      ],
    ]) {
      expect(readLectureTable(table)).toEqual({ rows: [WINTER], problems: [] })
    }
  })

  it.each(['2026-12-02', '2026/12/2', '2026.12.2', '2026年12月2日', '2026年12月2', '2026-12-2'])(
    'may write its dates as %s',
    (date) => {
      const { rows } = readLectureTable([HEAD, [date, '冬季养生', '王医生']])
      expect(rows).toEqual([WINTER])
    },
  )

  it('may leave the speaker open, and lines empty', () => {
    expect(
      readLectureTable([
        HEAD,
        ['', '', ''],
        ['2026-12-02', '冬季养生'],
        [],
        ['2026-12-09', '防诈骗', '李警官'],
      ]),
    ).toEqual({
      rows: [
        { ...WINTER, speaker: '' },
        { date: '2026-12-09', topic: '防诈骗', speaker: '李警官' },
      ],
      problems: [],
    })
  })

  it('is told everything that is wrong with it, with the line', () => {
    const { rows, problems } = readLectureTable([
      HEAD,
      ['2026-02-30', '冬季养生', '王医生'],
      ['下周三', '冬季养生', '王医生'],
      ['', '冬季养生', '王医生'],
      ['2026-12-02', '', '王医生'],
      ['2026-12-09', '养'.repeat(101), '王医生'],
      ['2026-12-16', '防诈骗', '李警官'],
      ['2026-12-16', '冬季养生', '王医生'],
      ['2026-12-18', '消防', '赵队长'],
    ])
    expect(rows).toEqual([{ date: '2026-12-16', topic: '防诈骗', speaker: '李警官' }])
    expect(problems.map((p) => p.line)).toEqual([2, 3, 4, 5, 6, 8, 9])
    expect(problems.at(-1)?.message.vars).toEqual({ date: '2026-12-18', line: 7 })
  })

  it.each([
    [[]],
    [[['日期', '题目']]],
    [
      [
        ['a', 'b', 'c'],
        ['2026-12-02', '冬季养生', '王医生'],
      ],
    ],
  ])('is refused without its columns', (table) => {
    const { rows, problems } = readLectureTable(table)
    expect(rows).toEqual([])
    expect(problems).toEqual([{ line: 1, message: phrase('programmes.table.columns') }])
  })
})
