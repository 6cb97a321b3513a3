import { expect, it } from 'vitest'
import { q } from '../../db/store.ts'
import { dataFolder, startInProcess } from '../support/program.ts'

const GROUP = '28街坊'

/** An hour of a group: talk, with what only looks like a report, an emergency or a command in it. */
const TALK: readonly (readonly [who: string, text: string])[] = [
  ['李强', '早啊各位'],
  ['胡凤珍', '垃圾物业，天天就知道收钱'],
  ['黄水生', '听说对面小区昨晚施工到半夜，真惨'],
  ['杨丽华', '家里有旧家电的，高价上门回收 13800001111'],
  ['李强', '装修几点可以开始啊？'],
  ['胡凤珍', '保洁阿姨辛苦了，楼道真干净'],
  ['黄水生', '#接龙 周六包饺子\n1. 胡凤珍\n2. 李强'],
  ['杨丽华', '#接龙 周六包饺子\n1. 胡凤珍\n2. 李强\n3. 杨丽华 +1'],
  ['李强', '+1'],
  ['胡凤珍', '我妈那个小区天天跳广场舞'],
  ['黄水生', '“3号楼又在钻墙了” 这话谁昨天说的'],
  ['杨丽华', '笑死我了，救命，这猫太好笑了'],
  ['李强', '昨晚那电影里整栋楼都着火了'],
  ['胡凤珍', '明天上午消防演习，冒烟别慌'],
  ['黄水生', '要是有人半夜装修怎么办'],
  ['杨丽华', '大件垃圾怎么扔？'],
  ['李强', '电池算什么垃圾'],
  ['胡凤珍', '累死了，今天走了两万步'],
  ['黄水生', '去年那场火真吓人'],
  ['杨丽华', '想死你了老姐妹，啥时候回来'],
  ['李强', '国足又输了，气炸了'],
  ['胡凤珍', '我家明天开始装修，吵到大家先说声对不起'],
  ['黄水生', '楼上今天挺安静'],
  ['杨丽华', '3号楼的快递到了'],
  ['李强', '我家也是'],
  ['胡凤珍', '火锅冒烟了，开吃'],
  ['黄水生', '物业说电梯修好了，不响了'],
  ['杨丽华', '你们别吵了，群里少说两句'],
  ['李强', '已经解决了，谢谢社区'],
  ['胡凤珍', '转发：关于禁止高空抛物的通知'],
  ['黄水生', '小区门口新开了家火锅店，火得很'],
  ['杨丽华', '1'],
  ['李强', '确认一下明天几点开会'],
  ['胡凤珍', '好的'],
  ['黄水生', '进度条卡住了，这剧看不了'],
]

it('keeps quiet through an hour of ordinary talk', { timeout: 120_000 }, async () => {
  using folder = dataFolder()
  await using linli = await startInProcess(folder.path)
  const { api } = linli
  const answered: (readonly [string, string | undefined])[] = []
  for (const [i, [who, text]] of TALK.entries()) {
    if (i % 4 === 3) await api.advance('PT7M')
    for (const message of await api.say(who, text, GROUP)) answered.push([text, message.text])
  }
  expect(answered).toEqual([])
  for (const table of ['report_case', 'complaint', 'dialogue'] as const) {
    expect(linli.app.db.all(q.selectFrom(table).selectAll()), table).toEqual([])
  }
})

it('answers a question about the rules that is put to it, and opens no case', {
  timeout: 60_000,
}, async () => {
  using folder = dataFolder()
  await using linli = await startInProcess(folder.path)
  const { api } = linli
  const QUESTIONS: readonly (readonly [string, RegExp])[] = [
    ['大件垃圾怎么扔', /大件/],
    ['装修几点可以开始', /装修.*0?8:00|08:00/s],
    ['电池算什么垃圾', /有害垃圾|其他垃圾|干垃圾/],
  ]
  for (const [question, answer] of QUESTIONS) {
    for (const [words, where] of [
      [`小邻 ${question}`, GROUP],
      [question, undefined],
    ] as const) {
      const said = (await api.say('李强', words, where)).map(({ text }) => text).join('\n')
      expect(said, words).toMatch(answer)
    }
  }
  expect(linli.app.db.all(q.selectFrom('dialogue').selectAll())).toEqual([])
})
