import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseNickname } from '../../content/places.ts'
import { demoContent } from '../support/content.ts'

const { community } = demoContent()

describe('reading a nickname', () => {
  it.each([
    ['18-86-301 王秀英', '18-86', '301', '王秀英'],
    ['18街坊86门301王秀英', '18-86', '301', '王秀英'],
    ['18街坊86门301室王秀英', '18-86', '301', '王秀英'],
    ['１８－８６－３０１　王秀英', '18-86', '301', '王秀英'],
    ['18 86 301 王秀英', '18-86', '301', '王秀英'],
    ['王秀英(18-86-301)', '18-86', '301', '王秀英'],
    ['王秀英【18—86—301】', '18-86', '301', '王秀英'],
    ['86門301 王秀英', '18-86', '301', '王秀英'],
    ['86-301王秀英', '18-86', '301', '王秀英'],
    ['十八街坊八十六门三零一 王秀英', '18-86', '301', '王秀英'],
    ['一百零二门201 周德福', '18-102', '201', '周德福'],
    ['3号楼2单元501 李强', '28-3-2', '501', '李强'],
    ['三号楼二单元五零一李强', '28-3-2', '501', '李强'],
    ['3號樓2單元501 李強', '28-3-2', '501', '李強'],
    ['3栋2门501 李强', '28-3-2', '501', '李强'],
    ['3-2-501-老王', '28-3-2', '501', '老王'],
    ['3#2-501 老王', '28-3-2', '501', '老王'],
    ['28-3-2-1501 老王', '28-3-2', '1501', '老王'],
    ['3-501 老王', '28-3', '501', '老王'],
    ['18-301 老王', '29-18', '301', '老王'],
    ['18-2-501 老王', '29-18-2', '501', '老王'],
    ['18-86-301', '18-86', '301', ''],
  ])('finds the flat in %s', (alias, place, room, name) => {
    expect(parseNickname(alias, community)).toEqual({ place, room, name })
  })

  it.each([
    ['5栋李婶', '28-5', '李婶'],
    ['18街坊网格员赵玉梅', '18', '网格员赵玉梅'],
    ['29街坊13号楼 老何', '29-13', '老何'],
    ['3-2 李强', '28-3-2', '李强'],
  ])('finds the building in %s', (alias, place, name) => {
    expect(parseNickname(alias, community)).toEqual({ place, name })
  })

  it.each([
    ['王秀英', '王秀英'],
    [' 老黄 ', '老黄'],
    ['王一百', '王一百'],
    ['3楼王阿姨', '3楼王阿姨'],
    ['7-11便利店', '7-11便利店'],
    ['A座老李', 'A座老李'],
    ['李强1958', '李强1958'],
    ['', ''],
  ])('finds no address in %s', (alias, name) => {
    expect(parseNickname(alias, community)).toEqual({ name })
  })

  it.each([
    ['99-2-501 老王', '老王'],
    ['99号楼501老王', '老王'],
    ['2单元501 老王', '老王'],
    ['18街坊501 老王', '老王'],
    ['老王 138-0013-8000', '老王'],
  ])('keeps an address that is not on the map out of the name %s', (alias, name) => {
    expect(parseNickname(alias, community)).toEqual({ name })
  })

  it('gives no place when the address fits two', () => {
    const twin = { ...community, places: [...community.places] }
    const name = { 'zh-CN': '旧3号楼', 'zh-TW': '舊3號樓', en: 'Old Building 3' }
    twin.places.push({ id: '29-3', kind: 'building', name, aliases: [], parent: '29' })
    expect(parseNickname('3号楼501 老王', twin)).toEqual({ name: '老王' })
    expect(parseNickname('29街坊3号楼501 老王', twin)).toMatchObject({ place: '29-3', room: '501' })
  })

  it('never throws and finds only places of the map', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 4 }),
      fc.constantFrom(
        '18',
        '86',
        '3',
        '501',
        '街坊',
        '号楼',
        '单元',
        '门',
        '-',
        ' ',
        '#',
        '三',
        '十',
      ),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const { place, room } = parseNickname(pieces.join(''), community)
        if (place !== undefined) expect(community.places.some((p) => p.id === place)).toBe(true)
        if (room !== undefined) expect(room).toMatch(/^\d{3,4}$/)
      }),
    )
  })

  it('reads a very long name in no time', () => {
    const started = performance.now()
    parseNickname(`老${'！'.repeat(200_000)}王`, community)
    parseNickname('1-'.repeat(200_000), community)
    expect(performance.now() - started).toBeLessThan(200)
  })
})
