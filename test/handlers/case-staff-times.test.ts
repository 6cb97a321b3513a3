import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CaseId } from '../../db/schema-reports.ts'
import { type CaseChat, caseChat } from '../support/case-chat.ts'

/** When a talk or a measurement was, as staff say it or leave it out. */

let t: CaseChat
let id: CaseId

beforeEach(async () => {
  t = await caseChat()
  id = await t.report()
})
afterEach(() => t[Symbol.dispose]())

const dated = (table: 'mediation' | 'measurement') => t.town.rows(table).map((row) => row['at'])

describe('白天 and 夜间', () => {
  it.each([
    ['2026-11-25T08:31:00+08:00', '2026-11-25T00:31:00.000Z'],
    ['2026-11-25T20:00:00+08:00', '2026-11-25T12:00:00.000Z'],
    ['2026-11-26T01:10:00+08:00', '2026-11-25T17:10:00.000Z'],
  ])('name the period of a measurement, not its time: at %s', async (now, at) => {
    t.town.jump(now)
    await t.zhao.says(`测量 ${id} 63 夜间 手机 5分钟`)
    await t.zhao.says(`测量 ${id} 48.5分贝 白天 声级计 十分钟`)
    await t.zhao.says(`测量 ${id} 61分贝 晚上`)
    expect(t.town.rows('measurement').map((m) => [m['at'], m['period']])).toEqual([
      [at, 'night'],
      [at, 'day'],
      [at, 'night'],
    ])
  })

  it.each([
    '上门 答应白天再干',
    '上门，答应以后夜间不再施工',
    '答应明天开始不敲',
    '电话 同意改到上午九点以后',
    '上门 保证晚上十点后不唱',
  ])('are what was promised, not when it was: %s', async (words) => {
    t.town.jump('2026-11-25T08:31:00+08:00')
    await t.zhao.says(`劝阻 ${id} ${words}`)
    expect(dated('mediation')).toEqual(['2026-11-25T00:31:00.000Z'])
  })
})

describe('a time that is said', () => {
  it.each([
    ['昨晚十点 上门 已停工', '2026-11-25T14:00:00.000Z'],
    ['昨晚十点上门，答应白天再干', '2026-11-25T14:00:00.000Z'],
    ['答应整改，昨晚十点上门', '2026-11-25T14:00:00.000Z'],
    ['今早8:10 电话 没人接', '2026-11-26T00:10:00.000Z'],
    ['11月25日 上午9点 上门 不听', '2026-11-25T01:00:00.000Z'],
  ])('is when it was: %s', async (words, at) => {
    t.town.jump('2026-11-26T08:31:00+08:00')
    await t.zhao.says(`劝阻 ${id} ${words}`)
    expect(dated('mediation')).toEqual([at])
  })

  it('may be that of a measurement, too', async () => {
    t.town.jump('2026-11-26T08:31:00+08:00')
    await t.zhao.says(`测量 ${id} 61分贝 昨晚十点 手机 5分钟`)
    expect(t.town.rows('measurement')).toMatchObject([
      { at: '2026-11-25T14:00:00.000Z', period: 'night', minutes: 5, level: 610 },
    ])
  })

  it('is refused where it lies ahead', async () => {
    t.town.heard()
    await t.zhao.says(`劝阻 ${id} 明天上午 上门 已停工`)
    expect(t.told('赵主任')).toContain('时间要在')
    expect(dated('mediation')).toEqual([])
  })
})
