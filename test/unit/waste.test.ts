import { describe, expect, it } from 'vitest'
import { render } from '../../content/i18n.ts'
import { LANGS } from '../../content/schema.ts'
import { wasteRulesSchema } from '../../content/waste-rules.ts'
import { normalise } from '../../handlers/core/text/normalise.ts'
import { answerRuleQuestion } from '../../handlers/rules/answer.ts'
import { readRuleQuestion } from '../../handlers/rules/question.ts'
import { findWaste } from '../../handlers/rules/waste.ts'
import { demoContent } from '../support/content.ts'
import { yamlOf } from '../support/yaml.ts'

const content = demoContent()
const { wasteRules, noiseRules } = content

const about = (text: string) => readRuleQuestion(normalise(text), wasteRules)?.about
const answer = (text: string, lang: (typeof LANGS)[number] = 'zh-CN') => {
  const say = answerRuleQuestion(text, content)
  return say && render(say, lang)
}

describe('what goes where', () => {
  it.each([
    ['电池', 'hazardous'],
    ['灯管', 'hazardous'],
    ['過期藥', 'hazardous'],
    ['油漆桶', 'hazardous'],
    ['大骨头', 'residual'],
    ['榴莲壳', 'residual'],
    ['奶茶杯', 'residual'],
    ['尿不湿', 'residual'],
    ['快递盒', 'recyclable'],
    ['旧手机', 'recyclable'],
    ['鱼骨头', 'kitchen'],
    ['沙发', 'bulky'],
    ['砖头', 'construction'],
    ['Batteries', 'hazardous'],
    ['湿垃圾', 'kitchen'],
  ])('%s is %s', (name, kind) => {
    expect(findWaste(wasteRules, name)?.kind.id).toBe(kind)
  })

  it('finds each thing by each of its names, in every language', () => {
    const lost = wasteRules.kinds.flatMap((kind) =>
      kind.objects.flatMap((object) =>
        [...LANGS.map((lang) => object.name[lang]), ...object.words].filter(
          (name) => findWaste(wasteRules, name)?.object !== object,
        ),
      ),
    )
    expect(lost).toEqual([])
  })

  it('does not guess from a part of a word', () => {
    for (const name of ['电池厂', '塑料', '骨头汤', '']) {
      expect(findWaste(wasteRules, name)).toBeUndefined()
    }
  })
})

describe('a question about the rules', () => {
  it.each([
    ...['大件垃圾怎么扔', '电池算什么垃圾', '旧沙发怎么处理', '灯管扔哪里', '過期藥怎麼丟'],
    ...['请问大骨头是什么垃圾？', '尿不湿属于干垃圾还是湿垃圾', '奶茶杯是可回收吗', '快递盒往哪扔'],
    ...['用完的电池扔到哪', '电池和灯管怎么扔', '你好，想问一下电池怎么扔，谢谢', '有害垃圾有哪些'],
    ...['装修垃圾放哪里', '鱼刺能扔厨余垃圾吗', 'How do I throw away an old sofa?'],
  ])('about things: %s', (text) => expect(about(text)).toBe('things'))

  it.each([
    ...['垃圾几点收', '什么时候可以扔垃圾', '垃圾房几点开门', '谁来收垃圾', '垃圾投放时间'],
    ...['垃圾车几点来', '厨余垃圾几点扔', 'When is the garbage collected?'],
  ])('about collection: %s', (text) => expect(about(text)).toBe('collection'))

  it.each([
    ...[
      '装修几点可以开始',
      '早上几点可以装修',
      '周末能不能装修',
      '中午可不可以装修',
      '几点以后不能装修',
    ],
    ...['装修时间有什么规定', '晚上装修到几点', '晚上十点以后能装修吗', '中午几点到几点不能装修'],
  ])('about renovation: %s', (text) => expect(about(text)).toBe('renovation'))

  it.each([
    ...['晚上几点以后不能吵', '夜间噪音标准是多少', '多少分贝算扰民', '广场舞晚上跳到几点'],
    ...['What are the quiet hours?'],
  ])('about the quiet of the night: %s', (text) => expect(about(text)).toBe('quiet'))

  it.each(['垃圾怎么分类', '垃圾分几类', '垃圾分类'])('about sorting: %s', (text) => {
    expect(about(text)).toBe('sorting')
  })

  it.each(['噪音扰民找谁', '乱扔垃圾怎么举报'])('about reporting: %s', (text) => {
    expect(about(text)).toBe('report')
  })
})

describe('no question about the rules', () => {
  it.each([
    ...[
      '电池没电了',
      '旧电池转让',
      '垃圾游戏',
      '你是什么垃圾',
      '这是什么垃圾游戏',
      '物业是什么垃圾',
    ],
    ...[
      '垃圾物业',
      '旧沙发有人要吗',
      '收旧家电',
      '哪里有卖电池',
      '电池多少钱',
      '水果怎么卖',
      '手机怎么开机',
    ],
    ...[
      '谁把沙发扔在楼道里',
      '楼道里的沙发怎么还不收',
      '他怎么扔垃圾的',
      '我买的电池怎么还没到',
      '纸箱谁要',
    ],
    ...[
      '3号楼又在钻墙了',
      '3号楼装修几点能停',
      '垃圾堆成山没人收',
      '垃圾几天没收了',
      '几点了还在吵',
    ],
    ...['都几点了还在装修', '晚上吵死了', '楼上装修怎么办', '要是晚上装修怎么办', '装修公司找哪家'],
    ...[
      '装修多少钱',
      '垃圾分类讲座几点',
      '今天有什么活动',
      '晚上几点开会',
      '这个怎么扔',
      '老鼠怎么处理',
    ],
    ...[
      '邻居吵架怎么处理',
      '狗屎怎么没人管',
      '空调怎么还不来修',
      '垃圾桶坏了怎么办',
      '谁来收一下快递',
    ],
  ])('%s', (text) => expect(about(text)).toBeUndefined())
})

describe('the answer', () => {
  it('says where it goes, what to mind, and on what it rests', () => {
    expect(answer('旧电池算什么垃圾')?.split('\n')).toEqual([
      '电池：有害垃圾。投有害垃圾桶，轻轻放。',
      '充电电池、纽扣电池、电瓶都是；普通干电池，有的城市算其他垃圾。',
      '分类投放是规定（固体废物污染环境防治法第 49 条），各地分法略有不同，以投放点的牌子为准。',
    ])
  })

  it('calls a thing as it was called', () => {
    expect(answer('席梦思怎么扔')).toMatch(/^席梦思（同床垫）：大件垃圾。/)
  })

  it('takes several things at once', () => {
    expect(answer('电池、大骨头和塑料花怎么扔')?.split('\n')).toEqual([
      '· 电池：有害垃圾',
      '· 大骨头：其他垃圾（干垃圾）',
      '· 塑料花：拿不准',
      '不清楚的，请问垃圾房的值守人员或社区居委会。',
    ])
  })

  it('says whom to ask where nothing is known', () => {
    expect(answer('塑料花是什么垃圾')).toBe(
      '塑料花该放哪一类，我拿不准，请问垃圾房的值守人员或社区居委会。',
    )
    expect(answer('大件垃圾怎么扔')).toMatch(/先跟物业约时间[\s\S]*不清楚的，请问/)
  })

  it('has the times of collection and the place', () => {
    expect(answer('垃圾几点收')).toContain('06:30–09:00、17:30–20:30，地点：垃圾房')
  })

  it('calls an agreement an agreement, and a norm by its name', () => {
    expect(answer('装修几点可以开始')).toMatch(/每天 20:00–次日 08:00\n这是社区约定的时间/)
    expect(answer('装修几点可以开始')).not.toContain('依据')
    const basis = noiseRules.nightBasis
    const windows = noiseRules.windows.map((window) => ({ ...window, basis }))
    const other = { ...content, noiseRules: { ...noiseRules, windows } }
    const say = answerRuleQuestion('装修几点可以开始', other)
    expect(say && render(say, 'zh-CN')).toContain('依据：噪声污染防治法第 88 条。')
  })

  it('has the limits that hold here', () => {
    expect(answer('晚上几点以后不能吵')).toMatch(
      /22:00–次日 06:00[\s\S]*白天 60 分贝，夜间 50 分贝[\s\S]*第 88 条[\s\S]*GB 3096-2008/,
    )
  })

  it('is in the reader’s language', () => {
    expect(answer('電池算什麼垃圾', 'zh-TW')).toMatch(/^電池：有害垃圾。投有害垃圾桶，輕輕放。/)
    expect(answer('What kind of waste are batteries?', 'en')).toMatch(
      /^Batteries: Hazardous waste\./,
    )
    for (const lang of LANGS) {
      for (const text of ['垃圾分类', '垃圾几点收', '装修时间', '噪音标准', '沙发怎么扔']) {
        expect(answer(text, lang)).not.toMatch(/\{\{|undefined/)
      }
    }
  })

  it('fits into one message', () => {
    for (const text of ['垃圾分类', '晚上几点以后不能吵', '装修时间', '电池怎么扔']) {
      expect(answer(text, 'zh-CN')?.length).toBeLessThan(300)
    }
  })
})

describe('the file', () => {
  const file = yamlOf('rules/waste.yaml') as { kinds: { words: string[] }[]; collection: object }
  const problemsOf = (change: (copy: typeof file) => void) => {
    const copy = structuredClone(file)
    change(copy)
    return wasteRulesSchema.safeParse(copy).error?.issues.map((i) => i.message) ?? []
  }

  it('lets a word mean one thing only', () => {
    expect(problemsOf((f) => f.kinds[0]?.words.push('电池'))).toEqual([
      expect.stringMatching(/expected words of its own, "电池" is/),
    ])
  })

  it('needs all kinds, each once', () => {
    expect(problemsOf((f) => f.kinds.pop())).toEqual(['expected "construction" as well'])
  })

  it('has collection times that make sense', () => {
    const times = [{ from: '20:00', to: '08:00' }]
    expect(problemsOf((f) => Object.assign(f.collection, { times }))).toEqual([
      'expected the earlier time first',
    ])
  })
})
