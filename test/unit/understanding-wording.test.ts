import { describe, expect, it } from 'vitest'
import {
  type Features,
  featuresOf,
  KINDS,
  nameOf,
  SAYS,
  SCALE,
} from '../../handlers/understanding/features.ts'
import { judge } from '../../handlers/understanding/judge.ts'
import kinds from '../../handlers/understanding/kinds.json' with { type: 'json' }
import { KINDS_OF, kindListed, kindOfProblem } from '../../handlers/understanding/kinds.ts'
import { type Learnt, modelOf } from '../../handlers/understanding/model.ts'
import { prepare } from '../../handlers/understanding/text.ts'
import { namedIn, WORD_CLASSES } from '../../handlers/understanding/vocabulary.ts'
import weights from '../../handlers/understanding/wording.json' with { type: 'json' }
import { likeness, listsSay, telling } from '../../handlers/understanding/wording.ts'
import { exampleFiles, fingerprint, learnKinds, learnWording, readExamples } from '../eval/train.ts'

const examples = exampleFiles().flatMap(readExamples)
/** Those of one author, and those of all others. */
const theirs = exampleFiles()
  .filter((file) => file.endsWith('chat-k.jsonl'))
  .flatMap(readExamples)
const others = examples.filter((example) => !theirs.some(({ id }) => id === example.id))

function heard(text: string): number[] {
  const prepared = prepare(text)
  return likeness(prepared, judge(prepared))
}

/** The score of each class by the book: each known feature's weight, by what its kind says. */
function scoresOf(features: Features, learnt: Learnt): number[] {
  return learnt.bias.map((bias, c) => {
    const sums = KINDS.map((kind) => {
      const known = features[kind]
        .map((feature) => learnt[kind][nameOf(kind, feature)])
        .filter((weight) => weight !== undefined)
      const sum = known.reduce((all, weight) => all + (weight[c] ?? 0), 0)
      return (sum * SAYS[kind]) / Math.sqrt(Math.max(1, known.length))
    })
    return (sums.reduce((all, one) => all + one, 0) + bias) / SCALE
  })
}

function likeliest(scores: readonly number[]): number {
  return scores.indexOf(Math.max(...scores))
}

describe('the weights', () => {
  it('are those of the examples: npm run train after changing them', () => {
    expect(weights.examples).toBe(fingerprint(examples))
    expect(kinds.examples).toBe(fingerprint(examples))
  })

  it('come out the same each time', () => {
    const some = examples.slice(0, 80)
    expect(learnWording(some)).toEqual(learnWording(some))
  })

  it('tell problems of an author of whom nothing was learnt', () => {
    const model = modelOf(learnWording(others))
    const labels = ['noise', 'waste', 'other_complaint', 'not_complaint']
    const right = theirs.filter(({ text, label }) => {
      const prepared = prepare(text)
      const features = featuresOf(prepared, listsSay(judge(prepared)))
      return labels[likeliest(model.likeness(features))] === label
    })
    expect(right.length / theirs.length).toBeGreaterThan(0.83)
  })

  it('tell their kinds', () => {
    for (const problem of ['noise', 'waste'] as const) {
      const model = modelOf(learnKinds(others, problem))
      const lines = theirs.filter(({ label }) => label === problem)
      const right = lines.filter(({ text, subtype }) => {
        const prepared = prepare(text)
        const scores = model.likeness(featuresOf(prepared, kindListed(problem, judge(prepared))))
        return KINDS_OF[problem][likeliest(scores)] === subtype
      })
      expect(right.length / lines.length).toBeGreaterThan(0.6)
    }
  })
})

describe('the kind of a problem', () => {
  it.each([
    ['noise', '楼上几点了还在剁排骨', 'upstairs'],
    ['noise', '对面葫芦丝吹到十一点', 'instruments'],
    ['noise', '挖机半夜还在刨路', 'construction'],
    ['waste', '十几楼掉下来一个花盆，差点砸到我妈', 'falling'],
    ['waste', '消防通道被旧柜子堵死了', 'corridor'],
    ['waste', '草坪上全是狗屎', 'pet-waste'],
    ['other', '三单元的声控灯又不亮了', 'lights'],
    ['other', '谁的车堵着单元门', 'parking'],
  ] as const)('%s: %s is %s', (problem, text, kind) => {
    const prepared = prepare(text)
    const { category, subtype } = kindOfProblem(prepared, problem, judge(prepared))
    expect(problem === 'other' ? category : subtype).toBe(kind)
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
      const prepared = prepare(text)
      const scores = scoresOf(featuresOf(prepared, listsSay(judge(prepared))), weights)
      const found = heard(text)
      const shift = (scores[0] ?? 0) - (found[0] ?? 0)
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
