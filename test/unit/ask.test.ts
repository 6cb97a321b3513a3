import { describe, expect, it } from 'vitest'
import { toLocalDate } from '../../content/time.ts'
import { normalise } from '../../handlers/core/text/normalise.ts'
import { readAsk } from '../../handlers/programmes/ask.ts'
import { demoContent } from '../support/content.ts'

/** A Tuesday. */
const TODAY = toLocalDate('2026-11-24')

/** What was read, in short: `11-25`, `11-24/11-29`, `weekly-lesson`, `weekly-lesson 11-25`, or `-`. */
function read(text: string, addressed: boolean): string {
  const ask = readAsk(normalise(text), addressed, demoContent(), TODAY)
  if (ask === undefined) return '-'
  const days = (p: { from: string; to: string } | undefined) => {
    if (p === undefined) return ''
    const short = (day: string) => (day.startsWith('2026-') ? day.slice(5) : day)
    return p.from === p.to ? short(p.from) : `${short(p.from)}/${short(p.to)}`
  }
  if (ask.about === 'days') return days(ask.period)
  return `${ask.id} ${days(ask.period)}`.trim()
}

const WEEK = '11-23/11-29'
const NEXT = '11-30/12-06'
const SOON = '11-24/11-30'

describe('a question to Linli', () => {
  it.each([
    // the day
    ['今天有什么活动', '11-24'],
    ['今儿有啥活动啊', '11-24'],
    ['今日有何活动', '11-24'],
    ['今天有哪些活动？', '11-24'],
    ['今天都有什么活动呀', '11-24'],
    ['今天社区有什么活动吗', '11-24'],
    ['咱们社区今天搞什么活动', '11-24'],
    ['今天有活动吗', '11-24'],
    ['今天有活动没有', '11-24'],
    ['今天有没有活动', '11-24'],
    ['今天有活动没', '11-24'],
    ['今天下午有活动吗', '11-24'],
    ['今晚有什么活动', '11-24'],
    ['今天晚上有什么节目', '11-24'],
    ['请问今天有什么活动？谢谢', '11-24'],
    ['麻烦问一下，今天有什么活动呀', '11-24'],
    ['我想知道今天有什么活动', '11-24'],
    ['今天有什么好玩的', '11-24'],
    ['今天有啥可以参加的', '11-24'],
    ['今天的活动几点开始', '11-24'],
    ['今天活动在哪儿', '11-24'],
    ['今天', '11-24'],
    ['今天有什么安排', '11-24'],
    ['明天有没有课', '11-25'],
    ['明儿有课吗', '11-25'],
    ['明天上午有什么讲座', '11-25'],
    ['明天呢', '11-25'],
    ['后天有什么活动', '11-26'],
    ['大后天有活动吗', '11-27'],
    ['周三讲什么', '11-25'],
    ['周三有什么课', '11-25'],
    ['礼拜三有什么活动', '11-25'],
    ['星期天有啥活动', '11-29'],
    ['这周五有什么活动', '11-27'],
    ['下周三有什么活动', '12-02'],
    ['下个礼拜三有什么活动', '12-02'],
    ['下周三讲什么', '12-02'],
    ['12月2号有什么活动', '12-02'],
    ['12月2日', '12-02'],
    ['十二月二号有课吗', '12-02'],
    ['12.2有活动吗', '12-02'],
    ['二号有什么活动', '12-02'],
    ['元月十五号有什么活动', '-'],
    ['1月15日有什么活动', '2027-01-15'],
    // some days
    ['这两天有什么活动', '11-24/11-25'],
    ['这礼拜有什么', WEEK],
    ['这周有什么活动', WEEK],
    ['这个星期有哪些活动', WEEK],
    ['本周活动', WEEK],
    ['本周活动安排', WEEK],
    ['一周活动安排', WEEK],
    ['这周的活动', WEEK],
    ['下周活动', NEXT],
    ['下周有活动吗', NEXT],
    ['下个礼拜有什么活动', NEXT],
    ['下星期有啥安排', NEXT],
    ['周末有什么活动', '11-28/11-29'],
    ['这个周末有活动吗', '11-28/11-29'],
    ['下周末有什么活动', '12-05/12-06'],
    ['最近有什么活动', SOON],
    ['最近社区有啥活动', SOON],
    ['这几天有活动吗', SOON],
    ['有什么活动', SOON],
    ['都有啥活动呀', SOON],
    ['活动安排', SOON],
    ['晚上有什么活动', '11-24'],
    ['这个月有什么活动', '11-01/11-30'],
    ['下个月活动', '12-01/12-31'],
    ['12月有什么活动', '12-01/12-31'],
    ['一月份有什么活动', '2027-01-01/2027-01-31'],
    // a programme
    ['每周一课讲什么', 'weekly-lesson'],
    ['每周一课几点开始', 'weekly-lesson'],
    ['每周一课', 'weekly-lesson'],
    ['每周一课在哪上', 'weekly-lesson'],
    ['每周一课谁讲', 'weekly-lesson'],
    ['这周的每周一课讲什么', `weekly-lesson ${WEEK}`],
    ['下周每周一课讲啥', `weekly-lesson ${NEXT}`],
    ['下周一课讲什么', `weekly-lesson ${NEXT}`],
    ['明天的每周一课几点', 'weekly-lesson 11-25'],
    ['每周一课明天有吗', 'weekly-lesson 11-25'],
    ['每周一课取消了吗', 'weekly-lesson'],
    ['健康讲座在哪儿', 'weekly-lesson'],
    ['健康讲座是什么时候', 'weekly-lesson'],
    ['下次讲座讲什么', 'weekly-lesson'],
    ['下周讲座讲什么', `weekly-lesson ${NEXT}`],
    ['讲座几点', 'weekly-lesson'],
    ['下次季展什么时候', 'quarterly-show'],
    ['每季一展什么时候', 'quarterly-show'],
    ['摄影展在哪里看', 'quarterly-show'],
    ['展览什么时候开始', 'quarterly-show'],
    ['每月一评是哪天', 'monthly-review'],
    ['座谈会几号开', 'monthly-review'],
    ['每日一乐几点', 'daily-fun'],
    ['棋牌几点开始', 'daily-fun'],
    ['四点半学校今天有吗', 'four-thirty 11-24'],
    ['4点半学校几点开门', 'four-thirty'],
    ['四点半学校放学几点', '-'],
    ['法律咨询是哪天', 'law'],
    ['环保讲座什么时候', 'eco-science'],
    ['重阳节什么时候', 'double-ninth'],
    ['重阳节有什么活动', 'double-ninth'],
    // other writing
    ['今天有什麼活動', '11-24'],
    ['這禮拜有什麼活動', WEEK],
    ['每週一課講什麼', 'weekly-lesson'],
    ["what's on today", '11-24'],
    ['What is on this week?', WEEK],
    ["what's on this week", WEEK],
    ['any events tomorrow?', '11-25'],
    ['Dec 2', '12-02'],
    ["what's on on Dec 2nd?", '12-02'],
    ['what is on 2 December', '12-02'],
    ['any events on Sept. 5?', '2027-09-05'],
    ['any events at market 5', '-'],
    ['is there anything on next Wednesday', '12-02'],
    ["what's happening this weekend", '11-28/11-29'],
    ['activities next week', NEXT],
    ['when is the weekly lesson', 'weekly-lesson'],
    ['Where is the weekly lesson held?', 'weekly-lesson'],
    ["what is this week's lesson about", `weekly-lesson ${WEEK}`],
    ['when is the next exhibition please', 'quarterly-show'],
    ['weekly lesson', 'weekly-lesson'],
    ['this week', WEEK],
    ['today', '11-24'],
    // something else
    ['今天几号', '-'],
    ['今天星期几', '-'],
    ['你好', '-'],
    ['谢谢', '-'],
    ['有吗', '-'],
    ['几点开始', '-'],
    ['今天天气怎么样', '-'],
    ['明天停水吗', '-'],
    ['报名每周一课', '-'],
    ['活动室能打牌吗', '-'],
    ['今天没什么活动', '-'],
    ['每周一课和每季一展什么时候', '-'],
  ])('%s', (text, meaning) => {
    expect(read(text, true)).toBe(meaning)
  })
})

describe('a question nobody is asked in a group', () => {
  it.each([
    ['今天有什么活动', '11-24'],
    ['今儿有啥活动啊', '11-24'],
    ['请问今天有什么活动？', '11-24'],
    ['谁知道明天有什么活动', '11-25'],
    ['今天下午有活动吗', '11-24'],
    ['今天有活动？', '11-24'],
    ['明天有没有讲座', '11-25'],
    ['今天社区有什么安排', '11-24'],
    ['咱社区这周有什么活动', WEEK],
    ['社区最近有什么活动', SOON],
    ['本周活动', WEEK],
    ['下周活动安排', NEXT],
    ['这周有什么活动', WEEK],
    ['12月有什么活动', '12-01/12-31'],
    ['下周三有什么活动', '12-02'],
    ['每周一课讲什么', 'weekly-lesson'],
    ['每周一课几点开始', 'weekly-lesson'],
    ['下周每周一课讲啥', `weekly-lesson ${NEXT}`],
    ['健康讲座在哪儿', 'weekly-lesson'],
    ['每周一课还上吗', 'weekly-lesson'],
    ['每季一展什么时候', 'quarterly-show'],
    ['摄影展在哪里', 'quarterly-show'],
    ['重阳节什么时候', 'double-ninth'],
    ["what's on today", '11-24'],
    ['when is the weekly lesson', 'weekly-lesson'],
  ])('is answered when it is unmistakable: %s', (text, meaning) => {
    expect(read(text, false)).toBe(meaning)
  })

  it.each([
    '今天有什么活动打折吗',
    '明天谁去买菜',
    '本周活动超市',
    '今天有什么好吃的',
    '今天有什么安排',
    '明天有什么安排吗',
    '明天有没有课',
    '明天有课吗',
    '周末有什么活动',
    '最近有什么活动',
    '有什么活动',
    '有活动吗',
    '今天活动',
    '今天有活动',
    '今天社区有活动，大家来',
    '今天没活动',
    '今天没什么活动',
    '今天',
    '明天呢',
    '周三',
    '这周有什么',
    '这礼拜有什么',
    '周三讲什么',
    '今天谁讲',
    '几点开始',
    '讲座几点',
    '展览什么时候',
    '棋牌几点',
    '每周一课',
    '每周一课真好',
    '每周一课我去了',
    '明天的每周一课我去不了',
    '每周一课改到周四了',
    '每周一课取消了',
    '健康讲座都是卖保健品的',
    '四点半接孩子',
    '四点半学校的老师真好',
    '今天活动几点集合',
    '今天谁去参加活动',
    '超市今天有什么活动',
    '京东今天有什么活动',
    '今天有什么活动价吗',
    '明天社区停电吗',
    '社区活动室今天开吗',
    '下周有活动我叫你',
    '今天的活动很热闹',
    '本周菜价涨了',
    '这周活动好多呀，累死了',
    '孩子今天有什么课',
    '你们今天有什么节目',
    '12月2日',
    '今天几号',
    '重阳节快乐',
    'today',
    'see you this week',
  ])('is left alone when it may be talk: %s', (text) => {
    expect(read(text, false)).toBe('-')
  })
})

describe('the words of questions', () => {
  it('are read fast enough for all the talk of a group', () => {
    const talk = [
      '今天有什么好吃的，谁家做红烧肉了给我留一口',
      '明天谁去买菜帮我带点葱',
      '好的收到',
    ]
    const begin = performance.now()
    for (let i = 0; i < 3_000; i++) read(talk[i % talk.length] ?? '', false)
    expect(performance.now() - begin).toBeLessThan(1_500)
  })
})
