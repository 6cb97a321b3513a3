import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { EMERGENCIES } from '../../handlers/understanding/types.ts'

/** Invented messages with what they mean, by which the understanding of reports is measured. */
interface Example {
  readonly id: string
  readonly text: string
  readonly label: string
  readonly subtype: string
  readonly location?: string
  readonly when?: string
  readonly db?: number
  readonly emergency?: string
  readonly note?: string
}

const FOLDER = new URL('../support/reports/', import.meta.url).pathname
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.jsonl'))

const SUBTYPES: Readonly<Record<string, readonly string[]>> = {
  noise:
    'renovation construction square-dance upstairs pets instruments aircon equipment shop vehicles crowd handling other'.split(
      ' ',
    ),
  waste:
    'dumping mixed mixed-collection overflow construction-waste bulky falling corridor burning pet-waste odour pests bin other'.split(
      ' ',
    ),
  other_complaint: 'fumes greenery animals lights parking facility safety other'.split(' '),
}
const FIELDS = 'id text label also subtype location when db emergency note'.split(' ')

function read(file: string): readonly Example[] {
  const lines = readFileSync(join(FOLDER, file), 'utf8').trimEnd().split('\n')
  return lines.map((line) => JSON.parse(line) as Example)
}

describe('the labelled examples of reports', () => {
  const all = FILES.flatMap(read)
  const chat = FILES.filter((name) => name.startsWith('chat-')).flatMap(read)
  const share = (examples: readonly Example[], label: string) =>
    examples.filter((example) => example.label === label).length / examples.length

  it('are many, and two in five of the chat are no complaint', () => {
    expect(chat.length).toBeGreaterThanOrEqual(600)
    expect(share(chat, 'not_complaint')).toBeGreaterThan(0.38)
  })

  it('have each id and each text once', () => {
    expect(new Set(all.map((example) => example.id)).size).toBe(all.length)
    expect(new Set(all.map((example) => example.text)).size).toBe(all.length)
  })

  it.each(FILES)('%s has known fields, labels and subtypes', (file) => {
    for (const example of read(file)) {
      expect(FIELDS, example.id).toEqual(expect.arrayContaining(Object.keys(example)))
      const known = SUBTYPES[example.label]
      if (example.label === 'not_complaint')
        expect(example.subtype, example.id).toMatch(/^[a-z-]+$/)
      else expect(known, example.id).toContain(example.subtype)
    }
  })

  it.each(FILES)('%s marks places and times in the words themselves', (file) => {
    for (const { id, text, location, when } of read(file)) {
      expect(text, id).toContain(location ?? '')
      expect(text, id).toContain(when ?? '')
    }
  })

  it('use every subtype, and every emergency as a complaint', () => {
    for (const [label, subtypes] of Object.entries(SUBTYPES)) {
      const used = new Set(all.filter((example) => example.label === label).map((x) => x.subtype))
      expect([...used].sort(), label).toEqual([...subtypes].sort())
    }
    const urgent = all.filter((example) => example.emergency !== undefined)
    expect([...new Set(urgent.map((example) => example.emergency))].sort()).toEqual(
      [...EMERGENCIES].sort(),
    )
    expect(urgent.filter((example) => example.label === 'not_complaint')).toEqual([])
  })
})
