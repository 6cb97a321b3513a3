import { describe, expect, it } from 'vitest'
import { judge } from '../../handlers/understanding/judge.ts'
import { prepare } from '../../handlers/understanding/text.ts'
import { namedIn, WORD_CLASSES } from '../../handlers/understanding/vocabulary.ts'
import weights from '../../handlers/understanding/wording.json' with { type: 'json' }
import {
  CLASSES,
  featuresOf,
  KINDS,
  likeness,
  nameOf,
  SAYS,
  SCALE,
  telling,
} from '../../handlers/understanding/wording.ts'
import { exampleFiles, fingerprint, type Learnt, learn, readExamples } from '../eval/train.ts'

const examples = exampleFiles().flatMap(readExamples)

const heard = (text: string) => {
  const prepared = prepare(text)
  return likeness(prepared, judge(prepared))
}

/** The scores of a message by the book: each known feature's weight, by what its kind says. */
function scoresOf(text: string, learnt: Learnt): number[] {
  const prepared = prepare(text)
  const features = featuresOf(prepared, judge(prepared))
  return CLASSES.map((_, c) => {
    const kinds = KINDS.map((kind) => {
      const known = features[kind]
        .map((feature) => learnt[kind][nameOf(kind, feature)])
        .filter((weight) => weight !== undefined)
      const sum = known.reduce((all, weight) => all + (weight[c] ?? 0), 0)
      return (sum * SAYS[kind]) / Math.sqrt(Math.max(1, known.length))
    })
    return (kinds.reduce((all, one) => all + one, 0) + (learnt.bias[c] ?? 0)) / SCALE
  })
}

describe('the weights of wordings', () => {
  it('are those of the examples: npm run train after changing them', () => {
    expect(weights.examples).toBe(fingerprint(examples))
  })

  it('come out the same each time', () => {
    const some = examples.slice(0, 80)
    expect(learn(some)).toEqual(learn(some))
  })

  it('tell what they have not seen, learnt from other authors', () => {
    const unseen = exampleFiles().filter((file) => file.endsWith('chat-k.jsonl'))
    const others = exampleFiles().filter((file) => !unseen.includes(file))
    const learnt = learn(others.flatMap(readExamples))
    const lines = unseen.flatMap(readExamples)
    const right = lines.filter(({ text, label }) => {
      const scores = scoresOf(text, learnt)
      const found = CLASSES[scores.indexOf(Math.max(...scores))]
      return (
        found ===
        { noise: 'noise', waste: 'waste', other_complaint: 'other', not_complaint: 'none' }[label]
      )
    })
    expect(right.length / lines.length).toBeGreaterThan(0.85)
  })
})

describe('how a wording sounds', () => {
  it('is a likelihood: the four together are one', () => {
    for (const text of ['', '3号楼又在钻墙了', '今天天气不错', '🙂'.repeat(500)]) {
      const sum = heard(text).reduce((all, log) => all + Math.exp(log), 0)
      expect(sum).toBeCloseTo(1, 9)
    }
  })

  it('is the sum of the weights as they are written down', () => {
    for (const { text } of examples.slice(0, 200)) {
      const scores = scoresOf(text, weights)
      const found = heard(text)
      const shift = (scores[0] ?? 0) - found[0]
      for (const [c, score] of scores.entries())
        expect(score - (found[c] ?? 0)).toBeCloseTo(shift, 6)
    }
  })

  it('is told by its own words', () => {
    const text = prepare('楼上半夜拖椅子吵得睡不着')
    const words = telling(text, 'noise', 3).map(({ start, end }) => text.plain.slice(start, end))
    expect(['吵得', '楼上', '半夜', '拖椅子', '睡不着']).toEqual(expect.arrayContaining(words))
    expect(words).toHaveLength(3)
  })
})

describe('the words by meaning', () => {
  it('are read from left to right, the longest where several begin', () => {
    const plain = '葫芦丝吹到半夜'
    const named = namedIn(plain).map(({ start, end, classes }) => [
      plain.slice(start, end),
      classes.map((one) => WORD_CLASSES[one]),
    ])
    expect(named).toEqual([
      ['葫芦丝', ['instrument']],
      ['半夜', ['night']],
    ])
  })
})
