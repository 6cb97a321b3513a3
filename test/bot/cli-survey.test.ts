import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Instant, toInstant, type Zone } from '../../content/time.ts'
import { databasePath } from '../../db/files.ts'
import { openDb } from '../../db/open.ts'
import { insertResident, residentById } from '../../db/queries/resident.ts'
import { insertRoom } from '../../db/queries/room.ts'
import type { RoundRow } from '../../db/queries/round.ts'
import type { RoundId } from '../../db/schema-surveys.ts'
import { q } from '../../db/store.ts'
import type { Work } from '../../handlers/core/feature.ts'
import { createEnv } from '../../handlers/core/settings.ts'
import { type Given, record, residentWho } from '../../handlers/surveys/record.ts'
import { closeRound, finishRound, mustBe, openRound } from '../../handlers/surveys/rounds.ts'
import { demoContent } from '../support/content.ts'
import { dataFolder, runCli } from '../support/program.ts'
import { testRandom } from '../support/town.ts'

let folder: ReturnType<typeof dataFolder>
beforeEach(() => {
  folder = dataFolder()
})
afterEach(() => folder[Symbol.dispose]())

const OPENED = toInstant('2026-11-05T09:30:00+08:00')
const OPEN_TEXT = {
  id: 'wish',
  type: 'text',
  text: { 'zh-CN': '您还有什么建议？', 'zh-TW': '您還有什麼建議？', en: 'What else?' },
  optional: true,
  skip: [],
  unknown: false,
  maxLength: 100,
} as const

const content = (() => {
  const demo = demoContent()
  const surveys = demo.surveys.map((s) =>
    s.id === 'satisfaction' ? { ...s, items: [...s.items, OPEN_TEXT] } : s,
  )
  return { ...demo, surveys }
})()

/** One piece of work on the database of the folder, as the bot would do it. */
function work<T>(use: (work: Work) => T, now: Instant = OPENED): T {
  const env = createEnv({
    files: content,
    zone: 'Asia/Shanghai' as Zone,
    random: testRandom(),
    commands: [],
  })
  using db = openDb(folder.path)
  return db.tx((tx) => use({ tx, now, env }))
}

function open(anonymous = false): RoundRow {
  return work((w) => {
    insertRoom(w.tx, {
      topic: '一群',
      kind: 'residents',
      place: '18',
      tags: '[]',
      lang: 'zh-CN',
      enabled: 1,
      enabled_at: OPENED,
      created_at: OPENED,
    })
    const plan = { survey: 'satisfaction', period: '2026-11', days: 10, anonymous } as const
    const result = openRound(w, undefined, { ...plan, mode: 'daily', unit: 'person' })
    if (!result.ok) throw new Error('no round')
    return result.value
  })
}

/** Somebody at home answers every item with `level`, and the last one in words. */
function answer(round: RoundRow, name: string, level: number, wish: string): void {
  work((w) => {
    const id = insertResident(w.tx, { name, role: 'resident', home: '18-86', created_at: OPENED })
    const resident = residentById(w.tx, id)
    if (resident === undefined) throw new Error('no resident')
    const given: Given[] = Array.from({ length: 8 }, (_, item) => ({
      item,
      kind: 'answer',
      value: level,
    }))
    record(w, round, residentWho(w.tx, round, resident, 'group'), [
      ...given,
      { item: 8, kind: 'answer', value: wish },
    ])
  }, toInstant('2026-11-06T01:02:03.004Z'))
}

function finish(round: RoundRow): void {
  work((w) => {
    closeRound(w, undefined, mustBe(w, round.id))
    finishRound(w, undefined, mustBe(w, round.id))
  })
}

function cli(...args: string[]) {
  return runCli(['survey', ...args], { LINLI_DATA: folder.path, PATH: '' })
}

function forms(name: string, lines: readonly string[]): string {
  const path = join(folder.path, name)
  writeFileSync(path, lines.join('\n'))
  return path
}

function answers(round: RoundId) {
  using db = openDb(folder.path)
  return db.all(
    q
      .selectFrom('answer as a')
      .innerJoin('respondent as r', 'r.id', 'a.respondent_id')
      .select(['r.key', 'a.item', 'a.kind', 'a.value', 'a.channel'])
      .where('a.round_id', '=', round)
      .orderBy('r.id')
      .orderBy('a.item'),
  )
}

describe('linli survey export', () => {
  it('writes a table that spreadsheets read, without names, formulas or UTC', async () => {
    const round = open()
    answer(round, '王秀英', 5, '=1+1')
    answer(round, '李强', 4, '-1，"很吵", 晚上')
    answer(round, '马长林', 3, '+86')
    answer(round, '赵玉梅', 2, '＝1+1')
    finish(round)
    const { code, out, err } = await cli('export', '1', '--format', 'csv')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out.startsWith('\uFEFFno,channel,building,state,time,')).toBe(true)
    expect(out.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    const [, first, second, third, fourth] = out.split('\r\n')
    expect(first).toBe(
      `1,group,18-86,completed,2026-11-06T09:02:03+08:00,${'很满意,'.repeat(8)}'=1+1`,
    )
    expect(second).toContain(`"'-1，""很吵"", 晚上"`)
    expect(third?.endsWith(",'+86")).toBe(true)
    expect(fourth?.endsWith(",'＝1+1")).toBe(true)
    expect(out).not.toMatch(/王秀英|李强|马长林|赵玉梅/)
  })

  it('gives days and no buildings for an anonymous round', async () => {
    const round = open(true)
    answer(round, '王秀英', 5, '好')
    finish(round)
    const { out } = await cli('export', '1', '--format', 'csv')
    expect(out.split('\r\n')[1]).toMatch(/^1,group,,completed,2026-11-06,/)
  })

  it('gives the figures as JSON, without what people wrote', async () => {
    const round = open()
    for (const level of [5, 5, 4, 4, 4, 4, 4, 2, 2, 1]) answer(round, '某人', level, '很吵')
    finish(round)
    const { code, out } = await cli('export', '1')
    const figures = JSON.parse(out)
    expect(code).toBe(0)
    expect(figures).toMatchObject({
      id: 1,
      answered: 10,
      completed: 10,
      satisfaction: { strict: { successes: 7, n: 10, rate: 0.7, verdict: 'met_small' } },
      nonProbability: true,
    })
    expect(figures.items[8]).toMatchObject({ id: 'wish', counts: {}, valid: 10 })
    expect(out).not.toContain('很吵')
    expect(figures.trend).toEqual([{ no: 1, period: round.period, rate: 0.7, n: 10 }])
    const table = await cli('export', '1', '--format', 'trend')
    expect(table.out.split('\r\n')).toEqual([
      '\uFEFFno,period,n,rate',
      `1,${round.period},10,70.0`,
      '',
    ])
  })

  it('leaves no key of an anonymous round in the database once it has ended', () => {
    const round = open(true)
    answer(round, '某人', 5, '很吵')
    const held = (key: string) => readFileSync(databasePath(folder.path)).includes(key)
    const key = round.hash_key ?? ''
    expect([key.length, held(key)]).toEqual([32, true])
    finish(round)
    expect(held(key)).toBe(false)
  })

  it('writes a file that only its owner reads', async () => {
    finish(open())
    const file = join(folder.path, 'round.json')
    const { code, out } = await cli('export', '1', '--out', file)
    expect({ code, out }).toEqual({ code: 0, out: `Written: ${file}\n` })
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ id: 1, answered: 0 })
  })

  it('works while the bot runs, and shows nothing of a round that runs', async () => {
    const round = open()
    answer(round, '王秀英', 5, '好')
    {
      using _running = openDb(folder.path)
      const refused = await cli('export', '1')
      expect(refused).toMatchObject({ code: 1, out: '' })
      expect(refused.err).toContain('Round 1 is still running')
    }
    work((w) => closeRound(w, undefined, mustBe(w, round.id)))
    expect(await cli('export', '1', '--format', 'csv')).toMatchObject({ code: 1, out: '' })
    finish(round)
    using _running = openDb(folder.path)
    expect(await cli('export', '1')).toMatchObject({ code: 0, err: '' })
  })

  it('says what is wrong', async () => {
    expect((await cli('export', '1')).err).toContain('There is no database yet')
    finish(open())
    expect(await cli('export', '7')).toMatchObject({
      code: 1,
      err: 'There is no survey round 7.\n',
    })
    expect(await cli('export', 'x')).toMatchObject({
      code: 1,
      err: 'There is no survey round x.\n',
    })
    expect(await cli('export', '1', '--format', 'xls')).toMatchObject({
      code: 1,
      err: '--format must be json, csv or trend, not "xls".\n',
    })
  })
})

describe('linli survey import', () => {
  const HEAD = '编号,1,2,3,4,5,6,7,8,9'

  it('enters paper forms, marked as paper, and replaces a form that comes again', async () => {
    const { id } = open()
    const first = forms('first.csv', [HEAD, 'A1,5,4,3,2,1,0,,很满意,灯坏了', 'A2,4,4,4,4,4,4,4,4,'])
    expect(await cli('import', '1', first)).toMatchObject({
      code: 0,
      out: '2 paper forms saved.\n',
    })
    const second = forms('second.csv', [HEAD, 'A1,1,1,1,1,1,1,1,1,'])
    expect(await cli('import', '1', second)).toMatchObject({ code: 0 })
    const rows = answers(id)
    expect(new Set(rows.map((r) => r.channel))).toEqual(new Set(['paper']))
    expect(new Set(rows.map((r) => r.key)).size).toBe(2)
    expect(rows.slice(0, 9).map((r) => r.value)).toEqual([...Array(8).fill('1'), ''])
    using db = openDb(folder.path)
    const old = db.all(q.selectFrom('answer_history').select(['kind', 'value']).orderBy('item'))
    expect(old.map((o) => (o.kind === 'answer' ? o.value : o.kind))).toEqual([
      '5',
      '4',
      '3',
      '2',
      '1',
      'unsure',
      'skip',
      '5',
      '"灯坏了"',
    ])
  })

  it('reports every bad cell with its line and saves nothing', async () => {
    const { id } = open()
    const file = forms('bad.csv', [
      HEAD,
      '1,5,5,5,5,5,5,5,5,',
      '2,9,5,5,5,5,5,5,好吃,',
      ',5,5,5,5,5,5,5,5,',
      '1,5,5,5,5,5,5,5,5,',
      '4,5,5,5,5,5,5,5,5,好,多,了',
    ])
    const { code, out, err } = await cli('import', '1', file)
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err.split('\n').map((line) => /line (\d+)/.exec(line)?.[1])).toEqual([
      undefined,
      '3',
      '3',
      '4',
      '5',
      '6',
      undefined,
    ])
    expect(err).toContain('question 1: "9" is no answer to it')
    expect(err).toContain('question 8: "好吃" is no answer to it')
    expect(answers(id)).toEqual([])
  })

  it.each([
    [
      'columns that slipped to the right',
      ['A1,,5,5,5,5,5,5,5,5,'],
      'line 2, column 11:',
      '10 columns',
    ],
    ['a column that is missing', ['A1,5,5,5,5,5,5,5'], 'line 2, column 9:', 'found 8'],
    ['no column of numbers', ['5,5,5,5,5,5,5,5,'], 'line 2, column 10:', 'found 9'],
    ['a line without answers', ['A1,,,,,,,,,'], 'line 2, column 2:', 'has no answer'],
    ['semicolons beside commas', ['A1;5;5;5;5;5;5;5;5;好'], 'line 2, column 2:', 'with commas'],
    [
      'a number of two lines',
      ['A1,5,5,5,5,5,5,5,5,', 'A1,4,4,4,4,4,4,4,4,'],
      'line 3',
      'in line 2',
    ],
  ])('refuses %s and saves nothing', async (_, lines, where, why) => {
    const { id } = open()
    const { code, out, err } = await cli('import', '1', forms('x.csv', [HEAD, ...lines]))
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toContain('nothing is saved')
    expect(err).toContain(where)
    expect(err).toContain(why)
    expect(answers(id)).toEqual([])
  })

  it.each([
    ['编号,1,2,4,3,5,6,7,8,9', 'line 1, column 4: the heading says "4" where question 3 belongs'],
    ['甲,5,4,4,3,5,5,4,5,', 'line 1, column 2: the heading says "5" where question 1 belongs'],
    ['编号,1,2,3', 'line 1, column 5: expected 10 columns'],
  ])('refuses the heading %s', async (head, why) => {
    const { id } = open()
    const { err } = await cli('import', '1', forms('x.csv', [head, 'A1,5,5,5,5,5,5,5,5,']))
    expect(err).toContain(why)
    expect(answers(id)).toEqual([])
  })

  it.each([';', '\t'])('reads cells that are parted with %j throughout', async (sign) => {
    const { id } = open()
    const lines = [HEAD, 'A1,5,4,3,2,1,0,,很满意,灯坏了'].map((line) => line.replaceAll(',', sign))
    expect(await cli('import', '1', forms('x.csv', lines))).toMatchObject({ code: 0, err: '' })
    expect(answers(id).map((a) => a.value)).toEqual([
      '5',
      '4',
      '3',
      '2',
      '1',
      '',
      '',
      '5',
      '"灯坏了"',
    ])
  })

  it('reads what spreadsheet programs in China save', async () => {
    const { id } = open()
    const file = join(folder.path, 'gbk.csv')
    const satisfied = Buffer.from([0xc2, 0xfa, 0xd2, 0xe2])
    const comma = Buffer.from(',')
    writeFileSync(
      file,
      Buffer.concat([
        Buffer.from('1,'),
        ...Array(8)
          .fill([satisfied, comma])
          .flat()
          .map((b: Buffer) => b),
      ]),
    )
    expect(await cli('import', '1', file)).toMatchObject({ code: 0, err: '' })
    expect(answers(id).map((a) => a.value)).toEqual([...Array(8).fill('4'), ''])
  })

  it('asks to stop a bot that runs', async () => {
    open()
    const file = forms('a.csv', ['1,5,5,5,5,5,5,5,5,'])
    using _running = openDb(folder.path)
    const { code, err } = await cli('import', '1', file)
    expect(code).toBe(1)
    expect(err).toContain('Stop it first')
  })

  it('is refused for what is no round, over, no file, or no table', async () => {
    const round = open()
    const file = forms('a.csv', ['1,5,5,5,5,5,5,5,5,'])
    expect((await cli('import', '9', file)).err).toBe('There is no survey round 9.\n')
    expect((await cli('import', '1', join(folder.path, 'none.csv'))).err).toContain(
      'cannot be read',
    )
    expect((await cli('import', '1', forms('b.csv', ['1,"5']))).err).toContain('neither a CSV')
    finish(round)
    expect(await cli('import', '1', file)).toMatchObject({
      code: 1,
      err: 'Round 1 takes no answers any more.\n',
    })
  })
})
