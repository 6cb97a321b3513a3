import { describe, expect, it } from 'vitest'
import { prepare } from '../../handlers/understanding/text.ts'
import weights from '../../handlers/understanding/wording.json' with { type: 'json' }
import {
  CLASSES,
  likeness,
  runsOf,
  telling,
  valueOfRun,
} from '../../handlers/understanding/wording.ts'
import { exampleFiles, fingerprint, learn, readExamples } from '../eval/train.ts'

const examples = exampleFiles().flatMap(readExamples)

describe('the weights of wordings', () => {
  it('are those of the examples: npm run train after changing them', () => {
    expect(weights.examples).toBe(fingerprint(examples))
  })

  it('come out the same each time', () => {
    const some = examples.slice(0, 80)
    expect(learn(some)).toEqual(learn(some))
  })

  it('tell what they have not seen, learnt from the other examples', () => {
    const learnt = learn(examples.filter((_, i) => i % 5 !== 0))
    const unseen = examples.filter((_, i) => i % 5 === 0)
    const right = unseen.filter(({ text, label }) => {
      const runs = [...runsOf(prepare(text))].filter((run) => run in learnt.runs)
      const value = valueOfRun(runs.length)
      const scores = CLASSES.map((_, c) =>
        runs.reduce((sum, run) => sum + (learnt.runs[run]?.[c] ?? 0) * value, learnt.bias[c] ?? 0),
      )
      const found = CLASSES[scores.indexOf(Math.max(...scores))]
      return (
        found ===
        { noise: 'noise', waste: 'waste', other_complaint: 'other', not_complaint: 'none' }[label]
      )
    })
    expect(right.length / unseen.length).toBeGreaterThan(0.75)
  })
})

describe('how a wording sounds', () => {
  it('is a likelihood: the four together are one', () => {
    for (const text of ['', '3号楼又在钻墙了', '今天天气不错', '🙂'.repeat(500)]) {
      const sum = likeness(prepare(text)).reduce((all, log) => all + Math.exp(log), 0)
      expect(sum).toBeCloseTo(1, 9)
    }
  })

  it('is told by its own runs of signs', () => {
    const text = prepare('楼上半夜拖椅子吵得睡不着')
    const runs = telling(text, 'noise', 3)
    expect(runs).toHaveLength(3)
    for (const run of runs) expect(text.plain).toContain(run)
  })
})
