import { describe, expect, it } from 'vitest'
import { findPlace, isWithin, parseNickname, placeName } from '../../content/places.ts'
import { LANGS } from '../../content/schema.ts'
import { demoContent } from '../support/content.ts'

const { community, demo, programmes, chat } = demoContent()

describe('the community that comes along', () => {
  it('has the places of the year plan', () => {
    for (const id of ['18', '18-80', '18-86', '18-102', '18-104', '28', '28-1', '28-12', '29-24']) {
      expect(findPlace(community, id)?.id).toBe(id)
    }
    expect(findPlace(community, '18-79')).toBeUndefined()
    expect(findPlace(community, '28-13')).toBeUndefined()
  })

  it('has one building for each number', () => {
    const named = community.places.filter((p) => p.name['zh-CN'] === '3号楼')
    expect(named.map((p) => p.id)).toEqual(['28-3'])
  })

  it('names places in every language', () => {
    expect(LANGS.map((lang) => placeName(community, '18-86', lang))).toEqual([
      '18街坊86门',
      '18街坊86門',
      'Block 18, Entrance 86',
    ])
    expect(placeName(community, '28-3-2', 'zh-CN')).toBe('3号楼2单元')
    for (const place of community.places) {
      for (const lang of LANGS) expect(place.name[lang]).not.toMatch(/[{}]/)
    }
  })

  it('keeps an unknown place id as its name', () => {
    expect(placeName(community, 'gone', 'en')).toBe('gone')
  })

  it('knows what lies in what', () => {
    expect(isWithin(community, '28-3-2', '28')).toBe(true)
    expect(isWithin(community, '28', '28')).toBe(true)
    expect(isWithin(community, '28', '28-3')).toBe(false)
    expect(isWithin(community, 'gone', '28')).toBe(false)
  })

  it('starts with one owner, a staff group and three groups of residents', () => {
    expect(demo.people.filter((p) => p.role === 'owner').map((p) => p.name)).toEqual(['张主任'])
    expect(demo.rooms.map((r) => [r.topic, r.kind, r.place])).toEqual([
      ['光明社区18街坊居民群', 'residents', '18'],
      ['光明社区28街坊居民群', 'residents', '28'],
      ['光明社区29街坊居民群', 'residents', '29'],
      ['光明社区工作人员', 'staff', undefined],
    ])
    const roles = Object.groupBy(demo.people, (p) => p.role)
    expect([roles.resident?.length, roles.staff?.length, roles.steward?.length]).toEqual([12, 2, 1])
    expect(roles.partner?.map((p) => p.name)).toEqual(['李师傅'])
  })

  it('reads each address in a nickname as one in the group it is used in', () => {
    const read = demo.people.flatMap((person) =>
      person.rooms.flatMap(({ topic, alias = '' }) => {
        const { place } = parseNickname(alias, community)
        const around = demo.rooms.find((room) => room.topic === topic)?.place
        return place && around ? [isWithin(community, place, around)] : []
      }),
    )
    expect(read.length).toBeGreaterThanOrEqual(8)
    expect(read).not.toContain(false)
  })
})

describe('the programmes that come along', () => {
  it('are those of the year plan', () => {
    expect(programmes.map((p) => [p.id, p.name['zh-CN']])).toEqual([
      ['daily-fun', '每日一乐'],
      ['double-ninth', '重阳节敬老演出'],
      ['eco-science', '环保科普讲座'],
      ['four-thirty', '四点半学校'],
      ['law', '法律进社区'],
      ['monthly-review', '每月一评'],
      ['quarterly-show', '每季一展'],
      ['weekly-lesson', '每周一课'],
    ])
  })

  it('never start or remind in the quiet hours', () => {
    const loud = (time: string) => time >= chat.quietHours.to && time < chat.quietHours.from
    for (const { starts, reminders } of programmes) {
      expect(loud(starts)).toBe(true)
      for (const r of reminders) if ('at' in r) expect(loud(r.at)).toBe(true)
    }
  })
})
