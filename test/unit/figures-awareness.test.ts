import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { KnowledgeItem } from '../../content/survey-schema.ts'
import { awareness, isRight } from '../../handlers/surveys/awareness.ts'
import { assess } from '../../handlers/surveys/figures.ts'
import { wilson } from '../../handlers/surveys/wilson.ts'
import { demoContent } from '../support/content.ts'

const ITEMS = ['a', 'b', 'c', 'd', 'e']

describe('awareness', () => {
  it('counts the pool, the people and each item', () => {
    const result = awareness(ITEMS, [ITEMS, ['a', 'b', 'c', 'd'], ['a', 'b', 'c'], []])
    expect(result.pool).toEqual({ successes: 12, n: 20, rate: 0.6 })
    expect(result.people).toEqual({ successes: 2, n: 4, rate: 0.5 })
    expect([...result.items].map(([id, s]) => [id, s.successes, s.n])).toEqual([
      ['a', 3, 4],
      ['b', 3, 4],
      ['c', 3, 4],
      ['d', 2, 4],
      ['e', 1, 4],
    ])
  })

  it('takes 8 of 10 and 12 of 15 as enough, 7 of 10 not', () => {
    const knows = (right: number, of: number) => {
      const ids = Array.from({ length: of }, (_, i) => `q${i}`)
      return awareness(ids, [ids.slice(0, right)]).people.successes
    }
    expect([knows(8, 10), knows(12, 15), knows(7, 10), knows(0, 10)]).toEqual([1, 1, 0, 0])
  })

  it('has no rate without people or without items', () => {
    expect(awareness(ITEMS, []).pool.rate).toBeUndefined()
    expect(awareness(ITEMS, []).people.rate).toBeUndefined()
    expect(awareness([], [[]]).pool.rate).toBeUndefined()
    expect(awareness([], [[]]).people.rate).toBe(0)
  })

  it('counts an item once for a person, and only items of the questionnaire', () => {
    expect(awareness(ITEMS, [['a', 'a', 'x']]).pool.successes).toBe(1)
  })

  it('agrees with itself: the pool is the sum of its items', () => {
    fc.assert(
      fc.property(fc.array(fc.subarray(ITEMS), { maxLength: 30 }), (right) => {
        const { pool, people, items } = awareness(ITEMS, right)
        const sum = [...items.values()].reduce((n, s) => n + s.successes, 0)
        expect(pool.successes).toBe(sum)
        expect(people.n * ITEMS.length).toBe(pool.n)
      }),
    )
  })

  it('is held against its target with people as the sample', () => {
    const right = Array.from({ length: 60 }, () => ['a', 'b', 'c', 'd', 'e'])
    const { pool, people } = awareness(ITEMS, [...right.slice(1), ['a', 'b', 'c', 'd']])
    const found = assess(pool, { people: people.n, target: 0.9 })
    expect(found.rate).toBe(299 / 300)
    expect(found.verdict).toBe('met')
    expect(found.interval).toEqual(wilson({ successes: (299 * 60) / 300, n: 60 }))
  })
})

describe('a right answer', () => {
  const survey = demoContent().surveys.find((q) => q.id === 'awareness')
  const item = (id: string): KnowledgeItem => {
    const found = survey?.items.find((each) => each.id === id)
    if (found?.type !== 'knowledge') throw new Error(`no knowledge item ${id}`)
    return found
  }

  it('is any correct option where one is to be chosen', () => {
    const phone = item('noise-line')
    expect(isRight(phone, ['government'])).toBe(true)
    expect(isRight(phone, ['police'])).toBe(true)
    expect(isRight(phone, ['fire'])).toBe(false)
    expect(isRight(phone, ['government', 'police'])).toBe(false)
  })

  it('is every correct option and no other where many are', () => {
    const phone: KnowledgeItem = { ...item('noise-line'), choose: 'many' }
    expect(isRight(phone, ['police', 'environment', 'government'])).toBe(true)
    expect(isRight(phone, ['police', 'government'])).toBe(false)
    expect(isRight(phone, ['police', 'environment', 'government', 'fire'])).toBe(false)
  })

  it('is neither nothing nor something else', () => {
    expect(isRight(item('medicine'), [])).toBe(false)
    expect(isRight(item('medicine'), ['unknown'])).toBe(false)
    expect(isRight(item('medicine'), ['hazardous', 'gone'])).toBe(false)
  })
})
