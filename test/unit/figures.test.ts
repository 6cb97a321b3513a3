import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  assess,
  percent,
  responseRate,
  satisfactionRate,
  share,
  verdict,
} from '../../handlers/surveys/figures.ts'
import { LEAST_CELL, shown } from '../../handlers/surveys/suppress.ts'
import { wilson } from '../../handlers/surveys/wilson.ts'

/** The bounds as they are printed. */
function printed(successes: number, n: number, population?: number): string {
  const { low, high } = wilson({ successes, n, population })
  return `${percent(low)}–${percent(high)}`
}

function low(successes: number, n: number): number {
  return wilson({ successes, n }).low
}

describe('the Wilson interval', () => {
  it.each([
    [70, 100, undefined, '60.4–78.1'],
    [70, 100, 800, '61.1–77.6'],
    [140, 200, undefined, '63.3–75.9'],
    [90, 100, undefined, '82.6–94.5'],
    [42, 60, undefined, '57.5–80.1'],
    [54, 60, undefined, '79.9–95.3'],
    [30, 30, undefined, '88.6–100.0'],
    [0, 30, undefined, '0.0–11.4'],
    [1, 1, undefined, '20.7–100.0'],
    [70, 100, 100, '70.0–70.0'],
    [70, 100, 60, '70.0–70.0'],
    [1, 1, 1, '100.0–100.0'],
    [0, 0, undefined, '0.0–100.0'],
    [0, 0, 0, '0.0–100.0'],
  ])('of %i in %i, population %s, is %s', (successes, n, population, text) => {
    expect(printed(successes, n, population)).toBe(text)
  })

  it.each([
    [0.7, 49, 60],
    [0.7, 79, 100],
    [0.7, 153, 200],
    [0.7, 226, 300],
    [0.7, 144, 187],
    [0.9, 59, 60],
    [0.9, 96, 100],
    [0.9, 143, 150],
    [0.9, 189, 200],
    [0.9, 281, 300],
    [0.9, 177, 187],
  ])('for the bar %d needs at least %i of %i', (bar, least, n) => {
    expect(low(least, n)).toBeGreaterThanOrEqual(bar)
    expect(low(least - 1, n)).toBeLessThan(bar)
  })

  it.each([
    [-1, 10],
    [11, 10],
    [1, 0],
    [Number.NaN, 10],
  ])('refuses %d of %d', (successes, n) => {
    expect(() => wilson({ successes, n })).toThrow(RangeError)
  })

  const sample = fc
    .tuple(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([n, part]) => ({ n, successes: Math.round(part * n) }))
  const width = (s: Parameters<typeof wilson>[0]) => wilson(s).high - wilson(s).low

  it('contains the point and stays within 0 and 1', () => {
    fc.assert(
      fc.property(sample, fc.option(fc.nat(10_000), { nil: undefined }), (s, population) => {
        const { low, high } = wilson({ ...s, population })
        const p = s.successes / s.n
        expect(0 <= low && low <= p && p <= high && high <= 1).toBe(true)
      }),
    )
  })

  it('narrows as more people answer alike', () => {
    fc.assert(
      fc.property(sample, fc.integer({ min: 2, max: 20 }), ({ successes, n }, times) => {
        expect(width({ successes: successes * times, n: n * times })).toBeLessThan(
          width({ successes, n }),
        )
      }),
    )
  })

  it('narrows as the population gets smaller', () => {
    fc.assert(
      fc.property(sample, fc.nat(5000), fc.integer({ min: 1, max: 5000 }), (s, rest, more) => {
        fc.pre(s.n > 1) // The correction leaves a single answer alone.
        const small = width({ ...s, population: s.n + rest })
        const large = width({ ...s, population: s.n + rest + more })
        expect(small).toBeLessThan(large)
        expect(large).toBeLessThan(width(s))
      }),
    )
  })

  it('mirrors for the other answer', () => {
    fc.assert(
      fc.property(sample, ({ successes, n }) => {
        const { low, high } = wilson({ successes, n })
        const other = wilson({ successes: n - successes, n })
        expect(other.low).toBeCloseTo(1 - high, 10)
        expect(other.high).toBeCloseTo(1 - low, 10)
      }),
    )
  })
})

describe('the verdict', () => {
  const of = (successes: number, n: number, target: number, population?: number) =>
    assess(share(successes, n), { target, population }).verdict

  it.each([
    [49, 60, 0.7, 'met'],
    [48, 60, 0.7, 'met_small'],
    [42, 60, 0.7, 'met_small'],
    [41, 60, 0.7, 'not_met_close'],
    [30, 60, 0.7, 'not_met'],
    [59, 60, 0.9, 'met'],
    [58, 60, 0.9, 'met_small'],
    [30, 30, 0.9, 'met_small'],
    [153, 200, 0.7, 'met'],
    [152, 200, 0.7, 'met_small'],
    [70, 100, 0.7, 'met_small'],
    [90, 100, 0.9, 'met_small'],
    [0, 0, 0.7, undefined],
  ])('on %i of %i against %d is %s', (successes, n, target, expected) => {
    expect(of(successes, n, target)).toBe(expected)
  })

  it('is certain once everybody answered', () => {
    expect(of(7, 10, 0.7, 10)).toBe('met')
    expect(of(6, 10, 0.7, 10)).toBe('not_met')
  })

  it('compares unrounded numbers', () => {
    const nearly = share(6997, 10_000)
    expect(percent(nearly.rate ?? 0)).toBe('70.0')
    expect(assess(nearly, { target: 0.7 }).verdict).toBe('not_met_close')
  })

  it('counts a bound that lies on the target as reached', () => {
    expect(verdict(0.8, { low: 0.7, high: 0.9 }, 0.7)).toBe('met')
    expect(verdict(0.6, { low: 0.5, high: 0.7 }, 0.7)).toBe('not_met_close')
  })

  it('is left out without a target', () => {
    expect(assess(share(7, 10), {})).toMatchObject({ rate: 0.7, verdict: undefined })
  })

  it('takes people, not answers, for the size of the sample', () => {
    const pool = share(900, 1000)
    expect(assess(pool, { target: 0.9, people: 100 }).interval).toEqual(
      wilson({ successes: 90, n: 100 }),
    )
  })
})

describe('the rates', () => {
  const votes = { 1: 5, 2: 5, 3: 10, 4: 40, 5: 30 }

  it('count the top two levels as satisfied, over all valid answers', () => {
    const rate = satisfactionRate(votes)
    expect(rate).toEqual({ successes: 70, n: 90, rate: 70 / 90 })
    expect(percent(rate.rate ?? 0)).toBe('77.8')
  })

  it('count the middle level only where that is asked for', () => {
    expect(satisfactionRate(votes, { countMiddle: true }).successes).toBe(80)
    expect(satisfactionRate(votes, { countMiddle: false }).successes).toBe(70)
  })

  it('have no value without answers', () => {
    expect(satisfactionRate({ 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 })).toEqual({
      successes: 0,
      n: 0,
      rate: undefined,
    })
  })

  it('put valid answers over invited people', () => {
    expect(responseRate({ invited: 800, valid: 100 }).rate).toBe(0.125)
    expect(() => responseRate({ invited: 10, valid: 11 })).toThrow(RangeError)
  })

  it.each([
    [0, '0.0'],
    [1, '100.0'],
    [0.7, '70.0'],
    [2 / 3, '66.7'],
    [0.2345, '23.5'],
    [0.0005, '0.1'],
    [0.99949, '99.9'],
  ])('print %d as %s', (rate, text) => {
    expect(percent(rate)).toBe(text)
  })
})

describe('what a table by building shows', () => {
  const hides = (counts: readonly number[]) =>
    counts.map((n, i) => (shown(counts).has(i) ? n : '-'))

  it.each<[readonly number[], readonly (number | string)[]]>([
    [
      [9, 5, 20],
      [9, 5, 20],
    ],
    [
      [9, 4, 20],
      ['-', '-', 20],
    ],
    [
      [4, 4, 20, 30],
      ['-', '-', 20, 30],
    ],
    [
      [1, 2, 20, 30],
      ['-', '-', '-', 30],
    ],
    [
      [0, 20, 30],
      ['-', 20, 30],
    ],
    [
      [0, 0, 20],
      ['-', '-', 20],
    ],
    [[3], ['-']],
    [
      [3, 40],
      ['-', '-'],
    ],
    [[], []],
  ])('of %j is %j', (counts, expected) => {
    expect(hides(counts)).toEqual(expected)
  })

  it('never lets a small cell be found by subtraction', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(12), { maxLength: 12 }), (counts) => {
        const visible = shown(counts)
        const hidden = counts.filter((_, i) => !visible.has(i))
        for (const i of visible) expect(counts[i]).toBeGreaterThanOrEqual(LEAST_CELL)
        const people = hidden.reduce((sum, n) => sum + n, 0)
        if (people > 0 && visible.size > 0) {
          expect(hidden.length).toBeGreaterThanOrEqual(2)
          expect(people).toBeGreaterThanOrEqual(LEAST_CELL)
        }
      }),
    )
  })
})
