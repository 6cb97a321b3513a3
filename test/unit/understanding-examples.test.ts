import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { toInstant, toZone } from '../../content/time.ts'
import { understand } from '../../handlers/understanding/service.ts'
import { type Example, figures, type Judged, judged } from '../eval/score.ts'
import { demoContent } from '../support/content.ts'

const FOLDER = join(import.meta.dirname, '../support/reports')
const about = {
  now: toInstant('2026-11-24T10:00:00+08:00'),
  zone: toZone('Asia/Shanghai'),
  content: demoContent(),
}

function judgedFile(name: string): Judged[] {
  const lines = readFileSync(join(FOLDER, name), 'utf8').split('\n').filter(Boolean)
  return lines.map((line) => {
    const example = JSON.parse(line) as Example
    return judged(example, understand(example.text, about))
  })
}

describe.each(['chat-a.jsonl', 'chat-b.jsonl', 'letters.jsonl'])('the examples of %s', (name) => {
  const all = judgedFile(name)
  const talk = all.filter(({ example }) => example.label === 'not_complaint')

  it('are told apart: noise and waste', () => {
    expect(figures(all, 'noise').f1).toBeGreaterThan(0.92)
    expect(figures(all, 'waste').f1).toBeGreaterThan(0.9)
  })

  it('open hardly a report where nothing is reported, and never an alarm', () => {
    const opened = talk.filter(({ said }) => said !== 'not_complaint')
    expect(opened.length / talk.length).toBeLessThan(0.04)
    expect(talk.filter(({ result }) => result.emergency !== null)).toEqual([])
  })
})

describe('the emergencies among ordinary talk', () => {
  const all = judgedFile('emergencies.jsonl')

  it('are heard, each of its kind', () => {
    const cries = all.filter(({ example }) => example.emergency !== undefined)
    expect(cries.length).toBeGreaterThanOrEqual(150)
    expect(
      cries
        .filter(({ example, result }) => result.emergency !== example.emergency)
        .map(({ example, result }) => [example.text, result.emergency]),
    ).toEqual([])
  })

  it('are not heard in what only sounds like them', () => {
    const talk = all.filter(({ example }) => example.emergency === undefined)
    expect(talk.length).toBeGreaterThanOrEqual(150)
    expect(
      talk
        .filter(({ result }) => result.emergency !== null)
        .map(({ example, result }) => [example.text, result.emergency]),
    ).toEqual([])
  })
})
