import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { CATEGORIES, reportKind, reportRulesSchema } from '../../content/report-rules.ts'
import { type Problem, readContentFile } from '../../content/yaml.ts'
import { CATEGORIES as UNDERSTOOD } from '../../handlers/understanding/types.ts'
import { demoContent } from '../support/content.ts'
import { yamlOf } from '../support/yaml.ts'

const rules = demoContent().reportRules
const file = yamlOf('rules/reports.yaml') as { categories: { id: string; subtypes: object[] }[] }

function problemsOf(change: (copy: typeof file) => void): string[] {
  const copy = structuredClone(file)
  change(copy)
  const { error } = reportRulesSchema.safeParse(copy)
  return error?.issues.map((i) => `${i.path.join('.')}: ${i.message}`) ?? []
}

function first<T>(list: readonly T[]): T {
  const [item] = list
  if (item === undefined) throw new Error('an empty list')
  return item
}

describe('the kinds of problems', () => {
  it('are those that plain words are understood as', () => {
    expect(CATEGORIES).toEqual(UNDERSTOOD)
    expect(rules.categories.map((c) => c.id)).toEqual([...UNDERSTOOD])
  })

  it('of noise and waste have the agreed subtypes', () => {
    const ids = (id: string) =>
      rules.categories
        .find((c) => c.id === id)
        ?.subtypes.map((s) => s.subtype)
        .join(' ')
    expect(ids('noise')).toBe(
      'renovation construction square-dance upstairs pets instruments aircon equipment shop vehicles crowd handling other',
    )
    expect(ids('waste')).toBe(
      'dumping mixed mixed-collection overflow construction-waste bulky falling corridor burning pet-waste odour pests bin other',
    )
  })

  it('take from their category what they leave out', () => {
    const upstairs = reportKind(rules, 'noise', 'upstairs')
    expect(upstairs.handler).toBe('steward')
    expect(upstairs.resolve).toEqual(reportKind(rules, 'noise', 'other').resolve)
    expect(upstairs.basis.map((b) => [b.source.id, b.articles])).toEqual([
      ['noise-law', [70]],
      ['public-order-law', [88]],
    ])
  })

  it.each(['falling', 'corridor', 'burning'])('%s is urgent and counts hours', (subtype) => {
    const kind = reportKind(rules, 'waste', subtype)
    expect(kind.urgent).toBe(true)
    expect(kind.respond).toHaveProperty('hours')
    expect(kind.basis.length).toBeGreaterThan(0)
  })

  it('that nobody knows count as other', () => {
    expect(reportKind(rules, 'waste', 'unheard-of').subtype).toBe('other')
    expect(reportKind(rules, 'lights', null).subtype).toBe('other')
  })

  it('rest on dated sources', () => {
    const bases = rules.categories.flatMap((c) => c.subtypes.flatMap((s) => s.basis))
    for (const { source } of bases) expect(source.date).toMatch(/^\d{4}-\d\d-\d\d$/)
  })
})

describe('the file', () => {
  it('needs every category, and an other in each', () => {
    expect(problemsOf((f) => f.categories.shift())).toEqual([
      'categories: expected the category "noise" as well',
    ])
    expect(problemsOf((f) => first(f.categories).subtypes.pop())).toEqual([
      'categories.0.subtypes: expected a subtype "other" as well',
    ])
  })

  it('has each id once', () => {
    expect(problemsOf((f) => f.categories.push(first(f.categories)))).toEqual([
      'categories.10.id: expected an id of its own, "noise" is taken',
    ])
    const twice = problemsOf(({ categories: [noise] }) =>
      noise?.subtypes.push(first(noise.subtypes)),
    )
    expect(twice).toEqual([
      'categories.0.subtypes.13.id: expected an id of its own, "renovation" is taken',
    ])
  })

  it('cites only sources that it names', () => {
    const basis = [{ source: 'hearsay' }]
    expect(problemsOf((f) => Object.assign(first(f.categories), { basis }))).toEqual([
      'categories.0.basis.0.source: expected a source of this file, there is no "hearsay"',
    ])
  })

  it('gives no more time to respond than to resolve', () => {
    const respond = { workdays: 9 }
    expect(
      problemsOf((f) => Object.assign(first(first(f.categories).subtypes), { respond })),
    ).toEqual(['categories.0.subtypes.0: expected no more time to respond than to resolve'])
  })

  it('says where a mistake is', () => {
    const dir = mkdtempSync(join(tmpdir(), 'linli-rules-'))
    mkdirSync(join(dir, 'rules'))
    const text = stringify(file).replace('urgent: false', 'urgent: perhaps')
    writeFileSync(join(dir, 'rules/reports.yaml'), text)
    const problems: Problem[] = []
    readContentFile(dir, 'rules/reports.yaml', reportRulesSchema, problems)
    rmSync(dir, { recursive: true })
    const line = text.split('\n').findIndex((l) => l.includes('urgent: perhaps')) + 1
    const message = 'expected true or false, found "perhaps"'
    const path = 'categories[0].urgent'
    expect(problems).toEqual([{ file: 'rules/reports.yaml', line, path, message }])
  })
})
