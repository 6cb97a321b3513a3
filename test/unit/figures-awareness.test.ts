import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { KnowledgeItem } from '../../content/survey-schema.ts'
import { awareness, isRight } from '../../handlers/surveys/awareness.ts'
import { assess } from '../../handlers/surveys/figures.ts'
import { wilson } from '../../handlers/surveys/wilson.ts'
import { demoContent } from '../support/content.ts'

describe('awareness', () => {
  it('counts the pool and the people', () => {
    const sheets = [
      { rights: 5, n: 1 },
      { rights: 4, n: 2 },
      { rights: 3, n: 4 },
      { rights: 0, n: 1 },
    ]
    expect(awareness(5, sheets)).toEqual({
      pool: { successes: 25, n: 40, rate: 0.625 },
      people: { successes: 3, n: 8, rate: 0.375 },
    })
  })

  it.each([
    [8, 10, 1],
    [12, 15, 1],
    [4, 5, 1],
    [7, 10, 0],
    [11, 15, 0],
    [0, 10, 0],
  ])('holds %i of %i right for knowing: %i', (rights, items, knowing) => {
    expect(awareness(items, [{ rights, n: 1 }]).people.successes).toBe(knowing)
  })

  it('has no rate without people or without items', () => {
    expect(awareness(5, [])).toMatchObject({ pool: { rate: undefined }, people: { n: 0 } })
    expect(awareness(0, [{ rights: 0, n: 1 }])).toMatchObject({
      pool: { rate: undefined },
      people: { rate: 0 },
    })
  })

  it('refuses more right answers than items', () => {
    expect(() => awareness(5, [{ rights: 6, n: 1 }])).toThrow(RangeError)
  })

  it('does not depend on how people are grouped', () => {
    const sheet = fc.record({ rights: fc.nat(5), n: fc.integer({ min: 1, max: 9 }) })
    fc.assert(
      fc.property(fc.array(sheet), (sheets) => {
        const single = sheets.flatMap(({ rights, n }) => Array(n).fill({ rights, n: 1 }))
        expect(awareness(5, single)).toEqual(awareness(5, sheets))
      }),
    )
  })

  it('is held against its target with people as the sample', () => {
    const { pool, people } = awareness(5, [
      { rights: 5, n: 59 },
      { rights: 4, n: 1 },
    ])
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
    expect(isRight(phone, ['government', 'police'])).toBe(true)
    expect(isRight(phone, ['government', 'fire'])).toBe(false)
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
