import { describe, expect, it } from 'vitest'
import { flatsIn, publicPlace, publicWords } from '../../handlers/reports/mask.ts'

describe('a place for others', () => {
  it.each([
    ['3号楼2单元501', '3号楼2单元'],
    ['3-2-501', '3-2'],
    ['18-86-301', '18-86'],
    ['86门301室', '86门'],
    ['12号1102', '12号'],
    ['669弄14号1102室', '669弄14号'],
    ['3号楼三零一', '3号楼'],
    ['3号楼2单元5楼', '3号楼2单元'],
    ['3号楼五层501室', '3号楼'],
    ['五零二室门口', '门口'],
  ])('is not a flat: %s', (words, place) => {
    expect(publicPlace(words)).toBe(place)
  })

  it.each([
    '3号楼',
    '18街坊86门',
    '28号楼楼下',
    '东门垃圾房',
    '2楼活动室',
    '小区东门口',
    '1单元和2单元之间',
  ])('stays as it is: %s', (words) => {
    expect(publicPlace(words)).toBe(words)
  })
})

describe('a note for others', () => {
  it('does not name the flats that are known from elsewhere, bare numbers either', () => {
    expect(flatsIn('669弄14号1102')).toEqual(['1102'])
    expect(flatsIn('18-86-501')).toEqual(['501'])
    expect(publicWords('1102答应了，110没有来，共11020元', ['1102'])).toBe(
      '××答应了，110没有来，共11020元',
    )
  })

  it.each([
    ['已和501住户沟通，答应晚上不再装修', '已和××沟通，答应晚上不再装修'],
    ['电话13812345678，下午再联系', '电话××，下午再联系'],
    ['联系物业 021-62345678', '联系物业 ××'],
    ['已劝阻3号楼2单元602的王秀英', '已劝阻3号楼2单元××的××'],
    ['已上门，家住301的答应晚上不弹', '已上门，家住××的答应晚上不弹'],
    ['反映人住 1102，已回访', '反映人住 ××，已回访'],
    ['身份证 310101196001011234', '身份证 ××'],
  ])('names nobody: %s', (note, shown) => {
    expect(publicWords(note, ['王秀英'])).toBe(shown)
  })

  it.each([
    '已清运，三天内复查',
    '已报12345，编号以后告诉大家',
    '为300户居民更换了垃圾桶',
    '巡查了100家商户',
    '家住301号的小店已关门，工地住300人',
    '2026年11月24日现场测量 62 分贝',
    '晚上22:00以后不能施工',
  ])('keeps what leads to nobody: %s', (note) => {
    expect(publicWords(note, ['李'])).toBe(note)
  })
})
