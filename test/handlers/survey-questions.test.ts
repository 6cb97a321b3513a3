import { describe, expect, it } from 'vitest'
import type { Content } from '../../content/schema.ts'
import { LANGS } from '../../content/schema.ts'
import { choices } from '../../content/survey-schema.ts'
import { understandAll } from '../../handlers/surveys/compact.ts'
import { exampleFor } from '../../handlers/surveys/question.ts'
import { demoContent } from '../support/content.ts'
import { figures } from '../support/survey-town.ts'
import { openTown, type Person, type Town } from '../support/town.ts'

const NOW = '2026-11-24T12:00:00+08:00'

async function asked(words: string, content: Content = demoContent()) {
  const town = openTown({ now: NOW, rounds: true, lectures: false, content })
  const staff = town.staff('小李', 'staff')
  town.compare()
  await staff.says(`调查 开始 ${words}`)
  const question = town
    .heard()
    .filter(({ to }) => to === '一群')
    .map(({ text }) => text)
  return { town, staff, question }
}

function answers(town: Town): unknown[] {
  return town.rows('answer').map((a) => [a['item'], a['kind'], a['value']])
}

describe('all questions at once', () => {
  it('show the options of each question, in parts that a group can read', async () => {
    const { town, question } = await asked('环保 一次问完')
    using _ = town
    const survey = demoContent().surveys.find(({ id }) => id === 'awareness')
    const lines = question.join('\n').split('\n')
    for (const [i, item] of survey?.items.entries() ?? []) {
      const options = choices(item).map(({ digit, text }) => `${digit} ${text['zh-CN']}`)
      const line = `${i + 1}. ${item.text['zh-CN']}　${options.join('　')}`
      expect(lines.map((each) => each.replace(/^\(\d\/\d\) /, ''))).toContain(line)
    }
    expect(question.every((part) => [...part].length <= 600)).toBe(true)
  })

  it.each(['环保', '满意度'])('show an example for %s that is an answer', async (name) => {
    const { town, question } = await asked(`${name} 一次问完`)
    using _ = town
    const example = /例如：(\d+)/.exec(question.join('\n'))?.[1] ?? ''
    await town.person('王阿姨').says(example, '一群')
    expect(figures(town)).toMatchObject({ answered: 1, completed: 1 })
    expect(
      answers(town)
        .map((a) => (a as unknown[])[2])
        .join(''),
    ).toBe(example)
  })

  it('show the levels once where every question has them', async () => {
    const { town, question } = await asked('满意度 一次问完')
    using _ = town
    expect(question.join('\n').match(/很满意/g)).toHaveLength(1)
  })

  it('ask nobody for digits where a digit is no answer', async () => {
    const content = demoContent()
    const wish = {
      id: 'wish',
      type: 'text',
      text: { 'zh-CN': '您还有什么建议？', 'zh-TW': '您還有什麼建議？', en: 'What else?' },
      optional: true,
      skip: [],
      unknown: false,
      maxLength: 100,
    } as const
    const surveys = content.surveys.map((s) => ({ ...s, items: [...s.items, wish] }))
    const { town, question } = await asked('满意度 一次问完', { ...content, surveys })
    using _ = town
    expect(question.join('\n')).toContain('请私聊小邻，发“调查”')
    expect(question.join('\n')).not.toContain('个数字连着发')
  })

  it('have an example that every version and length of a questionnaire would take', () => {
    for (const { items } of demoContent().surveys) {
      for (let n = 2; n <= items.length; n++) {
        const some = items.slice(0, n)
        expect([n, understandAll(some, exampleFor(some), 'group')?.kind]).toEqual([n, 'answers'])
      }
    }
  })
})

describe('an answer to a question that is quoted', () => {
  async function third(): Promise<{ town: Town; who: Person; questions: string[] }> {
    const { town, question } = await asked('满意度')
    const questions = [...question]
    for (let day = 0; day < 2; day++) {
      await town.advance({ days: 1 })
      questions.push(
        ...town
          .heard()
          .flatMap(({ to, text }) => (to === '一群' && text.includes('每日一题') ? [text] : [])),
      )
    }
    expect(questions.map((text) => /（(\d)\/8）/.exec(text)?.[1])).toEqual(['1', '2', '3'])
    return { town, who: town.person('王阿姨'), questions }
  }
  const quote = (text = '') => ({ quote: { text, ofSelf: true } })

  it('is an answer to that question, and not to the one of today', async () => {
    const { town, who, questions } = await third()
    using _ = town
    await who.says('2', '一群', quote(questions[0]))
    await who.says('4', '一群', quote(questions[1]?.replaceAll('\n', ' ').slice(0, 40)))
    await who.says('5', '一群')
    expect(answers(town)).toEqual([
      [0, 'answer', '2'],
      [1, 'answer', '4'],
      [2, 'answer', '5'],
    ])
  })

  it('is none where something else of Linli is quoted', async () => {
    const { town, who } = await third()
    using _ = town
    await town.advance({ hours: 4 })
    await who.says('5', '一群', quote('欢迎 王阿姨！我是小邻，社区的群管家。'))
    await who.says('5', '一群', quote('【满意度调查】快结束了，还没答的邻居请抽空答一下'))
    await who.says('5', '一群', quote('【环保知晓调查】每日一题（1/8）\n别的题'))
    expect(answers(town)).toEqual([])
  })

  it('is an answer to that question in a direct chat too', async () => {
    const { town } = await asked('满意度')
    using _ = town
    const who = town.person('王阿姨')
    await who.says('调查')
    const first = town.heard().at(-1)?.text ?? ''
    for (const words of ['5', '4', '3']) await who.says(words)
    town.heard()
    await who.says('1', undefined, quote(first))
    expect(town.heard().at(-1)?.text).toContain('第 4 题，共 8 题')
    expect(answers(town)).toEqual([
      [0, 'answer', '1'],
      [1, 'answer', '4'],
      [2, 'answer', '3'],
    ])
    await who.says('2', undefined, quote('欢迎！我是小邻'))
    expect(answers(town)).toHaveLength(3)
  })

  it('is found in whatever language the group is told', async () => {
    for (const lang of LANGS) {
      const { town } = await asked('满意度')
      using _ = town
      town.sql(`UPDATE room SET lang = '${lang}'`)
      await town.advance({ days: 2 })
      const second = town.heard().find(({ to, text }) => to === '二群' && /2\/8/.test(text))
      await town.person('王阿姨').says('4', '二群', quote(second?.text))
      expect([lang, answers(town)]).toEqual([lang, [[1, 'answer', '4']]])
    }
  })
})
