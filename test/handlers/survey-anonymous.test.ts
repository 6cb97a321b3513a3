import { describe, expect, it } from 'vitest'
import type { ResidentId } from '../../db/schema.ts'
import { identify } from '../../handlers/core/hearing.ts'
import type { Incoming } from '../../handlers/core/ports.ts'
import { merge } from '../../handlers/staff/people.ts'
import { callOff, figures, firstCounts, roundOf, townWithRound } from '../support/survey-town.ts'
import type { Person, Town } from '../support/town.ts'

const ANSWER_TABLES = ['respondent', 'answer', 'answer_history'] as const
const NAMES = ['王甲', '李乙', '赵丙', '钱丁', '孙戊', '周己']
const WORDS = ['5', '4', '3', '2', '1', '54433544', '调查', '5或者1', '上一题', '不清楚']

interface Spoken {
  readonly who: Person
  readonly words: string
  readonly where: string | undefined
  readonly at: string
}

/** Six people answer in groups and directly, correct themselves and are asked again; gives what they said. */
async function answers(town: Town, extra: Partial<Incoming> = {}): Promise<Spoken[]> {
  const spoken: Spoken[] = []
  const say = async (who: Person, words: string, where?: string) => {
    spoken.push({ who, words, where, at: town.now() })
    await who.says(words, where, extra)
    await town.advance({ minutes: 3 })
  }
  const people = NAMES.map((name) => town.person(name))
  town.compare()
  for (const [i, who] of people.entries()) {
    if (i < 3) await say(who, String(5 - i), '一群')
    else for (const words of ['调查', '5或者1', '4', '上一题', '2']) await say(who, words)
    if (i === 0) await say(who, '54433544', '二群')
    if (i === 1) await say(who, '5或者1', '一群')
  }
  return spoken
}

async function toTheEnd(town: Town, staff: Person): Promise<void> {
  await staff.says('调查 结束')
  await town.advance({ days: 2 })
  expect(roundOf(town).state).toBe('closed')
}

function cells(rows: readonly Record<string, unknown>[]): unknown[] {
  return rows.flatMap((row) => Object.values(row)).filter((value) => value !== null)
}

function otherTables(town: Town): string[] {
  return Object.keys(town.counts()).filter((t) => !ANSWER_TABLES.some((a) => a === t))
}

describe('an anonymous round', () => {
  it('keeps who answered out of the tables of answers', async () => {
    const { town, staff } = await townWithRound('匿名')
    using _ = town
    await answers(town)
    await toTheEnd(town, staff)
    const kept = ANSWER_TABLES.flatMap((table) => cells(town.rows(table as 'outbox')))
    const ids = town.rows('resident_binding').map((b) => b['platform_id'])
    for (const trace of [...NAMES, ...ids]) {
      expect(kept.filter((value) => String(value).includes(String(trace)))).toEqual([])
    }
    const respondents = town.rows('respondent' as 'outbox')
    expect(respondents).toHaveLength(6)
    expect(respondents.map((r) => [r['resident_id'], r['building']])).toEqual(
      respondents.map(() => [null, '']),
    )
    // Ids in turn would tell who answered after whom.
    expect(respondents.map((r) => r['id'])).not.toEqual([1, 2, 3, 4, 5, 6])
  })

  it('shares the key of a respondent with any other table', async () => {
    const { town, staff } = await townWithRound('匿名')
    using _ = town
    await answers(town)
    const keys = town.rows('respondent' as 'outbox').map((r) => r['key'])
    await toTheEnd(town, staff)
    for (const table of otherTables(town)) {
      const values = cells(town.rows(table as 'outbox')).map(String)
      for (const key of keys) {
        expect([table, values.filter((v) => v.includes(String(key)))]).toEqual([table, []])
      }
    }
  })

  it('keeps the day of an answer and not the time', async () => {
    const { town, staff } = await townWithRound('匿名')
    using _ = town
    await answers(town)
    await toTheEnd(town, staff)
    const times = ANSWER_TABLES.flatMap((table) => cells(town.rows(table as 'outbox'))).filter(
      (value) => /^\d{4}-\d\d-\d\dT/.test(String(value)),
    )
    expect([...new Set(times)]).toEqual(['2026-11-23T16:00:00.000Z'])
  })

  it.each([
    ['with ids of messages', {}],
    ['without ids of messages', { messageId: undefined } as unknown as Partial<Incoming>],
  ])('keeps no hash from which the words come out by trying, %s', async (_name, extra) => {
    const { town, staff } = await townWithRound('匿名')
    using _ = town
    const spoken = await answers(town, extra)
    await toTheEnd(town, staff)
    const kept = new Set(
      otherTables(town).flatMap((t) => cells(town.rows(t as 'outbox')).map(String)),
    )
    for (const { who, where, at, words } of spoken.filter((s) => s.words !== '调查')) {
      for (const text of new Set([...WORDS, words])) {
        const { hash } = identify({
          session: town.session(),
          ...(where === undefined ? {} : { room: { platformId: '', topic: where } }),
          sender: { platformId: '', name: who.name },
          kind: 'text',
          text,
          mentions: { self: false, all: false, others: false },
          at,
        } as Incoming)
        expect([...kept].filter((value) => value.includes(hash))).toEqual([])
      }
    }
  })

  it('keeps one answer of one person while it is open', async () => {
    const { town } = await townWithRound('匿名')
    using _ = town
    await answers(town)
    expect(town.rows('respondent' as 'outbox')).toHaveLength(6)
    expect(firstCounts(town)).toEqual({ 5: 1, 4: 1, 3: 1, 2: 3 })
  })

  it.each(['调查 结束', '调查 取消'])('has no key any more after %s', async (ending) => {
    const { town, staff } = await townWithRound('匿名')
    using _ = town
    await answers(town)
    expect(roundOf(town).hash_key).not.toBeNull()
    if (ending === '调查 取消') await callOff(town, staff)
    else await staff.says(ending)
    await town.advance({ days: 2 })
    expect(roundOf(town).hash_key).toBeNull()
    expect(figures(town).answered).toBe(6)
  })

  it('cannot be made a round with names, nor be asked other questions', async () => {
    const { town } = await townWithRound('匿名')
    using _ = town
    expect(() => town.sql('UPDATE round SET hash_key = NULL, anonymous = 0')).toThrow(/frozen/)
    expect(() => town.sql("UPDATE round SET questionnaire = '{}'")).toThrow(/frozen/)
  })

  it('lets nobody keep the key of a round that has ended', async () => {
    const { town, staff } = await townWithRound('匿名')
    using _ = town
    await toTheEnd(town, staff)
    expect(() => town.sql("UPDATE round SET hash_key = 'again'")).toThrow(/CHECK/)
  })

  it.each([
    ['the account that is kept answered on a later day', ['甲甲', '乙乙'], { 2: 1 }],
    ['the other one answered on a later day', ['乙乙', '甲甲'], { 5: 1 }],
    ['only the other one answered', ['甲甲'], { 5: 1 }],
  ])('counts two accounts of one person once where %s', async (_name, order, counts) => {
    const { town, staff } = await townWithRound('匿名 一次问完')
    using _ = town
    const people = new Map(['甲甲', '乙乙'].map((name) => [name, town.person(name)]))
    for (const who of people.values()) await who.says('我的住址')
    for (const name of order) {
      await people.get(name)?.says(name === '甲甲' ? '54433544' : '24433544', '一群')
      await town.advance({ days: 1 })
    }
    const id = (name: string) => town.rows('resident').find((r) => r['name'] === name)?.['id']
    const [from, into] = ['甲甲', '乙乙'].map(id) as ResidentId[]
    if (from === undefined || into === undefined) throw new Error('nobody')
    expect(town.tx((work) => merge(work, staff.id, from, into)).ok).toBe(true)
    expect(firstCounts(town)).toEqual(counts)
    // Nothing is left apart that would tell whose it was.
    expect(town.rows('respondent' as 'outbox').map((r) => r['counted'])).toEqual([1])
    for (const who of people.values()) await who.says('34433544', '一群')
    expect(town.rows('respondent' as 'outbox')).toHaveLength(1)
    expect(firstCounts(town)).toEqual({ 3: 1 })
  })
})
