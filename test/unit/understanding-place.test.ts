import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findPlaces } from '../../handlers/understanding/place.ts'
import { demoContent } from '../support/content.ts'
import {
  ELSEWHERE_PLACES,
  KNOWN_PLACES,
  OTHER_PLACES,
  RELATIVE_PLACES,
} from '../support/place-cases.ts'

const { community } = demoContent()

function first(message: string) {
  return findPlaces(message, community)[0]
}

describe('finding the place in plain words', () => {
  it.each(KNOWN_PLACES)('knows the place in %s', (message, text, id) => {
    expect(first(message)).toEqual({ text, id })
  })

  it.each(OTHER_PLACES)('names no place of the map for %s', (message, text) => {
    expect(first(message)).toEqual({ text })
  })

  it.each(RELATIVE_PLACES)('needs the speaker’s home for %s', (message, text) => {
    expect(first(message)).toEqual({ text, relative: true })
  })

  it.each(ELSEWHERE_PLACES)('takes %s for somewhere else', (message, text) => {
    expect(first(message)).toEqual({ text, elsewhere: true })
  })

  it.each([
    '3号',
    '3号下午开会',
    '堆了三层油',
    '一个人做两层楼的事',
    '110来过两回',
    '2024 年终总结',
    '电话 501 12345',
    '卡路里消耗了多少',
    '跟飞机场似的',
    '满街跑',
    '服务平台打不开',
    '上了3排课',
    '打过12345没用',
    '110来了也没用',
    '119',
    '501元',
    '3-2',
    '12号线',
    '在3号桌',
    '一栋楼都停水了',
    '跳广场舞的',
    '谁家在装修',
    '垃圾物业',
    '垃圾桶满了',
    '接龙 1.张阿姨 2.李叔',
    '早上好',
    '',
  ])('finds none in %s', (message) => {
    expect(findPlaces(message, community)).toEqual([])
  })

  it('puts the numbered place before the relative one', () => {
    expect(findPlaces('楼上太吵了,我在3号楼2单元', community).map(({ text }) => text)).toEqual([
      '3号楼2单元',
      '楼上',
    ])
  })

  it('does not take 5月3号楼上 for a building', () => {
    expect(findPlaces('5月3号楼上装修', community)).toEqual([{ text: '楼上', relative: true }])
  })
})

describe('any place of the map', () => {
  const places = fc.constantFrom(...community.places)

  it('is found by its name', () => {
    fc.assert(
      fc.property(places, ({ id, name }) => {
        expect(first(`${name['zh-CN']}太吵了`)?.id).toBe(id)
        expect(first(`${name['zh-TW']}太吵了`)?.id).toBe(id)
      }),
    )
  })

  it('is found by its other names', () => {
    const aliases = fc.constantFrom(
      ...community.places.flatMap(({ id, aliases }) => aliases.map((alias) => ({ id, alias }))),
    )
    fc.assert(
      fc.property(aliases, ({ id, alias }) => {
        expect(first(`${alias}太吵了`)?.id).toBe(id)
      }),
    )
  })
})

describe('any words', () => {
  const signs = fc.constantFrom(
    ...'3 2 - 5 0 1 号 楼 栋 单 元 门 室 街 坊 弄 # 东 南 小 区 路 旁 边 和 的 三 二 上 下 我 妈 家 园 市 A 、 垃 圾 房'.split(
      ' ',
    ),
  )
  const soup = fc.array(signs, { maxLength: 25 }).map((list) => list.join(''))

  it('never throw, and give places in words of the message', () => {
    fc.assert(
      fc.property(fc.oneof(soup, fc.string({ unit: 'binary' })), (message) => {
        const ids = new Set(community.places.map(({ id }) => id))
        return findPlaces(message, community).every(
          ({ text, id }) =>
            text !== '' && message.includes(text) && (id === undefined || ids.has(id)),
        )
      }),
      { numRuns: 2000 },
    )
  })

  it('stay fast when they are many', () => {
    const started = performance.now()
    for (const sign of ['3号楼', '小区', '楼', '路', '3-', '的', '在', '我家']) {
      findPlaces(sign.repeat(700), community)
    }
    expect(performance.now() - started).toBeLessThan(2000)
  })
})
