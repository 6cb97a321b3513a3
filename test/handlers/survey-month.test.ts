import { describe, expect, it } from 'vitest'
import type { RoundRow } from '../../db/queries/round.ts'
import { roundFigures } from '../../handlers/surveys/report.ts'
import { publish } from '../support/survey-town.ts'
import { openTown, type Person, type Sent, type Town } from '../support/town.ts'

const GROUPS = ['一群', '二群', '三群'] as const

/** How one person each says the same thing every day. */
const STYLES = [
  '5',
  '５',
  '五',
  '⑤',
  '5️⃣',
  '选5',
  '5分',
  '很满意',
  '挺好的',
  '不太满意',
  '一般',
  '我选4',
] as const

const CHAT = ['3号楼的快递到了', '今天有5个人来跳舞', '谁家的车挡着门了？', '明天降温，多穿点']

function groupOf(k: number): string {
  return GROUPS[k < 14 ? 0 : k < 28 ? 1 : 2] ?? ''
}

/** Forty residents, each in one group: 14 in the first, 14 in the second, 12 in the third. */
function settleIn(town: Town): Person[] {
  const people = Array.from({ length: 40 }, (_, k) => town.person(`居民${k + 1}`))
  people.forEach((person, k) => {
    for (const topic of ['工作群', ...GROUPS])
      if (topic !== groupOf(k)) town.leave(topic, person.name)
  })
  town.compare()
  return people
}

function about(sent: readonly Sent[], part: string): Sent[] {
  return sent.filter((m) => m.text.includes(part))
}

function round(town: Town): RoundRow {
  const row = town.rows('round').at(0)
  if (row === undefined) throw new Error('no round')
  return row as unknown as RoundRow
}

describe('a month with an automatic round', () => {
  it('opens, asks, hears, reminds, closes, reports and publishes by itself', async () => {
    using town = openTown({ now: '2026-12-04T12:00:00+08:00', rounds: true, lectures: false })
    const staff = town.staff('小李', 'staff')
    const people = settleIn(town)

    await town.goTo('2026-12-07T09:29:00+08:00')
    expect(town.rows('round')).toEqual([])
    town.heard()
    await town.goTo('2026-12-07T09:31:00+08:00')
    const opening = about(town.heard(), '每日一题')
    expect(opening.map((m) => m.to)).toEqual([...GROUPS])
    expect(opening[0]?.at).toBe('2026-12-07T01:30:00.000Z')
    expect(round(town)).toMatchObject({ period: '2026-12', invited: 40 })

    const sent: Sent[] = []
    for (let day = 0; day < 8; day++) {
      await town.goTo(`2026-12-${String(7 + day).padStart(2, '0')}T10:00:00+08:00`)
      sent.push(...town.heard())
      for (const [k, person] of people.entries()) {
        const chat = CHAT[(k + day) % CHAT.length] ?? ''
        expect(await person.says(chat, groupOf(k))).toBe('silent')
        if (k < 30) {
          const outcome = await person.says(STYLES[k % 12] ?? '', groupOf(k))
          expect([STYLES[k % 12], outcome]).toEqual([STYLES[k % 12], 'handled'])
        } else if (day === 0 && k < 35) await person.says('54433544', groupOf(k))
        else if (day === 0 && k < 39)
          await person.says('1.5 2.4 3.4 4.3 5.3 6.5 7.4 8.4', groupOf(k))
        else if (day === 0) {
          await person.says('5', groupOf(k))
          await person.says('2', groupOf(k))
        }
      }
      expect(town.heard()).toEqual([])
    }

    await town.goTo('2026-12-16T20:00:00+08:00')
    sent.push(...town.heard())
    const hidden = about(sent, '%')
    expect(hidden).toEqual([])
    expect(about(sent, '每日一题').map((m) => m.to)).toEqual(
      Array.from({ length: 7 }, () => [...GROUPS]).flat(),
    )
    const tallies = about(sent, '位邻居参加')
    expect(tallies.map((m) => [m.to, m.text, m.at])).toEqual([
      ['一群', '【满意度调查】本群已有 14 位邻居参加，谢谢大家。', '2026-12-07T05:30:00.000Z'],
      ['二群', '【满意度调查】本群已有 14 位邻居参加，谢谢大家。', '2026-12-07T05:30:00.000Z'],
      ['三群', '【满意度调查】本群已有 12 位邻居参加，谢谢大家。', '2026-12-07T05:30:00.000Z'],
    ])

    await town.goTo('2026-12-17T10:00:00+08:00')
    sent.push(...town.heard())
    const reminders = about(sent, '快结束了')
    expect(reminders.map((m) => [m.to, m.at])).toEqual([
      ['三群', '2026-12-14T23:30:00.000Z'],
      ['三群', '2026-12-16T23:30:00.000Z'],
    ])

    expect(round(town).state).toBe('closing')
    town.join('三群', '迟到')
    const late = town.person('新来的')
    await late.says('5', '三群')
    await people[39]?.says('调查')
    for (let i = 0; i < 7; i++) await people[39]?.says('1')
    town.heard()
    await staff.says('调查 结果')
    expect(town.heard().at(-1)?.text).toContain('要等调查结束')

    await town.goTo('2026-12-18T10:00:00+08:00')
    const final = about(town.heard(), '满意度调查')
    expect(final.map((m) => m.to)).toEqual(['工作群'])
    expect(final[0]?.text).toContain('满意率 87.5%（35/40')
    expect(final[0]?.text).toContain('目标 70.0%：达标')

    const figures = roundFigures(town.db, town.env, round(town))
    expect(figures).toMatchObject({
      invited: 40,
      reached: 40,
      answered: 40,
      completed: 40,
      refused: 0,
      response: { successes: 40, n: 40 },
    })
    // 22 × 5 and 2 × 4, 3, 2 and 4 from the styles; the compact answers are 9 times 5 4 4 3 3 5 4 4; the last one 2, then 1.
    expect(figures.items.map((item) => item.counts)).toEqual([
      { 2: 3, 3: 2, 4: 4, 5: 31 },
      { 1: 1, 2: 2, 3: 2, 4: 13, 5: 22 },
      { 1: 1, 2: 2, 3: 2, 4: 13, 5: 22 },
      { 1: 1, 2: 2, 3: 11, 4: 4, 5: 22 },
      { 1: 1, 2: 2, 3: 11, 4: 4, 5: 22 },
      { 1: 1, 2: 2, 3: 2, 4: 4, 5: 31 },
      { 1: 1, 2: 2, 3: 2, 4: 13, 5: 22 },
      { 1: 1, 2: 2, 3: 2, 4: 13, 5: 22 },
    ])
    expect(figures.satisfaction?.withMiddle).toMatchObject({ successes: 37, n: 40 })
    expect(figures.satisfaction?.strict.verdict).toBe('met')

    await staff.says('调查 结果')
    expect(town.heard().at(-1)?.text).toContain('满意率 87.5%（35/40')
    const published = about(await publish(town, staff, '下月起每周检查垃圾房'), '结果出来了')
    expect(published.map((m) => m.to)).toEqual([...GROUPS])
    expect(published[0]?.text).toContain('40 位邻居参加')
    expect(published[0]?.text).toContain('我们会这样做：下月起每周检查垃圾房')
    await staff.says('调查 发布 再来一次')
    const again = town.heard()
    expect(again.map((m) => m.to)).toEqual(['小李'])
    expect(again[0]?.text).toContain('已经发布过了')
  })
})
