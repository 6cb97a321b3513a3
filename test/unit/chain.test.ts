import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { namesOf, readChain } from '../../handlers/programmes/signups/chain.ts'
import { changeOf, namesAfter } from '../../handlers/programmes/signups/chain-versions.ts'
import { CHAIN_CASES } from '../support/chain-cases.ts'

describe('a 接龙 list', () => {
  it.each(CHAIN_CASES)('%j holds %s', (text, names) => {
    const chain = readChain(text)
    expect(chain === undefined ? '-' : namesOf(chain).join(' ')).toBe(names)
  })

  it('is read as it was written, whoever is in it and however it is set out', () => {
    const name = fc.constantFrom('王阿姨', '李叔', '张三', '周德福', '吴桂兰', '孙建国')
    const mark = fc.constantFrom('. ', '.', '、', ') ', ' ', '')
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1 }), mark, (names, dot) => {
        const lines = names.map((n, i) => `${i + 1}${dot}${n}`)
        const chain = readChain(['#接龙', ...lines].join('\n'))
        expect(chain && namesOf(chain)).toEqual(names)
      }),
    )
  })

  it('never throws, and is read in no time', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        readChain(`#接龙\n1. ${text}`)
        readChain(text)
      }),
    )
    const started = process.cpuUsage().user
    readChain(`#接龙 ${'1. 1. 18-'.repeat(390)}`)
    readChain(`#接龙\n${'1 '.repeat(1900)}`)
    expect(process.cpuUsage().user - started).toBeLessThan(1_000_000)
  })
})

const POSTER = { min: 1, max: 9 }

describe('the versions of a list', () => {
  const by = (who: number, ...names: string[]) => ({ by: who, names })

  it('grow, however often each is repeated', () => {
    const versions = [by(1, 'A'), by(2, 'A', 'B'), by(3, 'A', 'B'), by(3, 'A', 'B', 'C')]
    expect(namesAfter(versions)).toEqual(['A', 'B', 'C'])
  })

  it('keep both of two who copied the same one', () => {
    expect(namesAfter([by(1, 'A'), by(2, 'A', 'B'), by(3, 'A', 'C')])).toEqual(['A', 'B', 'C'])
  })

  it('lose a name that is struck out, and do not get it back from an old copy', () => {
    const versions = [by(1, 'A'), by(2, 'A', 'B'), by(3, 'A', 'B', 'C'), by(4, 'A', 'C')]
    expect(namesAfter(versions)).toEqual(['A', 'C'])
    expect(namesAfter([...versions, by(5, 'A', 'B', 'C', 'D')])).toEqual(['A', 'C', 'D'])
  })

  it('lose the last name only by who put it there', () => {
    const versions = [by(1, 'A'), by(2, 'A', 'B')]
    expect(changeOf(versions, by(3, 'A'))).toEqual({ add: [], remove: [] })
    expect(changeOf(versions, by(2, 'A'))).toEqual({ add: [], remove: ['B'] })
    expect(changeOf(versions, by(2, 'A', 'BB'))).toEqual({ add: ['BB'], remove: ['B'] })
  })

  const steps = fc.uniqueArray(fc.constantFrom(...'ABCDEFGH'), { minLength: 1 })

  it('of people who each add one name to any earlier state hold all of them', () => {
    fc.assert(
      fc.property(steps, fc.array(fc.nat(), { minLength: 8, maxLength: 8 }), (names, picks) => {
        const versions: { by: number; names: string[] }[] = []
        for (const [i, name] of names.entries()) {
          const of = versions[(picks[i] ?? 0) % (versions.length + 1)]
          const base =
            of === undefined ? [] : namesAfter(versions.slice(0, versions.indexOf(of) + 1))
          versions.push(by(i, ...base, name))
        }
        expect(namesAfter(versions).toSorted()).toEqual(names.toSorted())
      }),
    )
  })

  it('say the same again when the last one is repeated by anybody', () => {
    const version = fc.record({
      by: fc.integer(POSTER),
      names: fc.uniqueArray(fc.constantFrom(...'ABCDE'), { minLength: 1 }),
    })
    fc.assert(
      fc.property(fc.array(version, { maxLength: 6 }), fc.integer(POSTER), (versions, who) => {
        const now = namesAfter(versions)
        expect(changeOf(versions, { by: who, names: now })).toEqual({ add: [], remove: [] })
      }),
    )
  })
})
