import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toInstant, toZone } from '../../content/time.ts'
import { SPEAK_UP, understand } from '../../handlers/understanding/service.ts'
import { demoContent } from '../support/content.ts'

const about = {
  now: toInstant('2026-11-23T23:35:00+08:00'),
  zone: toZone('Asia/Shanghai'),
  content: demoContent(),
}

function heard(text: string, where: 'group' | 'direct' = 'group') {
  return understand(text, { ...about, where })
}

describe('a resident reports noise', () => {
  it.each([
    ['5号楼又在钻墙了，都十一点了还不停', 'renovation'],
    ['三单圆楼上装秀，造音太大了', 'renovation'],
    ['對面工地打樁打到凌晨，吵死了', 'construction'],
    ['电 钻 又 响 了 5号楼', 'renovation'],
    ['小广场跳舞的大喇叭能不能关小，孩子写不了作业', 'square-dance'],
    ['楼上半夜拖椅子', 'upstairs'],
    ['隔壁的狗从早叫到晚', 'pets'],
    ['有人练琴练到十点多，娃睡不着', 'instruments'],
    ['饭店的空调外机一晚上嗡嗡响', 'aircon'],
    ['水泵房夜里轰轰的，心慌', 'equipment'],
    ['门口水果店喇叭循环叫卖，烦死了', 'shop'],
    ['炸街的摩托半夜又来了', 'vehicles'],
    ['一群人在楼下喝酒划拳到两点，吵得睡不着', 'crowd'],
    ['凌晨三点超市卸货，哐当哐当', 'handling'],
    ['吵死了', 'other'],
    ['某某区某某路施工队夜间施工噪音扰民', 'construction'],
  ])('%s', (text, subtype) => {
    expect(heard(text)).toMatchObject({ intent: 'report', category: 'noise', subtype })
  })
})

describe('a resident reports waste', () => {
  it.each([
    ['谁往花坛里倒剩饭啊', 'dumping'],
    ['厨余桶里全是塑料袋', 'mixed'],
    ['我们分好的垃圾又被混装运走', 'mixed-collection'],
    ['垃圾桶满了三天没人收', 'overflow'],
    ['装修垃圾堆在门口两个星期了', 'construction-waste'],
    ['旧沙发扔在楼下没人管', 'bulky'],
    ['有人从楼上往下扔酒瓶，差点砸到人', 'falling'],
    ['楼道堆满杂物，走都走不过去', 'corridor'],
    ['有人烧垃圾，呛死了', 'burning'],
    ['电梯里有狗屎', 'pet-waste'],
    ['垃圾房臭气熏天', 'odour'],
    ['垃圾点老鼠成群', 'pests'],
    ['垃圾桶盖子坏了', 'bin'],
  ])('%s', (text, subtype) => {
    expect(heard(text)).toMatchObject({ intent: 'report', category: 'waste', subtype })
  })
})

describe('a resident reports something else', () => {
  it.each([
    ['楼下饭馆油烟全飘进我家', 'fumes'],
    ['一楼把公共绿地圈起来种菜', 'greenery'],
    ['有人遛狗不牵绳，追着孩子跑', 'animals'],
    ['三单元楼道灯坏了一个礼拜', 'lights'],
    ['有车堵在消防通道口，谁的车挪一下', 'parking'],
    ['电梯又坏了，老人下不了楼', 'facility'],
    ['车棚的电瓶又被偷了', 'safety'],
    ['投诉物业乱收费', 'other'],
  ])('%s', (text, category) => {
    expect(heard(text)).toMatchObject({ intent: 'report', category, emergency: null })
  })
})

describe('ordinary talk opens no report', () => {
  it.each([
    ['insult', '垃圾物业，什么都不管'],
    ['insult', '这游戏真垃圾'],
    ['quarrel', '别吵了，都是邻居'],
    ['rule question', '装修几点可以开始？'],
    ['rule question', '大件垃圾怎么扔'],
    ['rule question', '电池算什么垃圾'],
    ['hearsay', '听说3号楼有人投诉装修噪音'],
    ['advert', '高价回收旧家电，上门服务'],
    ['advert', '隔音窗定制，告别噪音，免费测量'],
    ['praise', '保洁辛苦了，垃圾房好干净'],
    ['jielong', '#接龙 每周一课 1. 张阿姨 2. 李叔'],
    ['elsewhere', '我妈那个小区天天跳广场舞，吵死了'],
    ['elsewhere', '老家那边垃圾堆得到处都是'],
    ['hypothetical', '要是半夜有人装修怎么办'],
    ['notice', '【通知】关于高考期间加强噪声管理的通知'],
    ['negation', '今天挺安静的，没听到装修声'],
    ['resolved', '不吵了不吵了，谢谢'],
    ['resolved', '楼下的垃圾已经清走了'],
    ['own home', '我家空调外机响，要找谁修'],
    ['apology', '不好意思，昨晚我家装修吵到大家了'],
    ['event', '今晚七点小广场广场舞队招新'],
    ['weather', '打雷好响，吓我一跳'],
    ['chat', '我去倒垃圾，马上回来'],
    ['chat', '早上好'],
    ['number', '3'],
    ['nothing', ''],
    ['faces', '[捂脸][捂脸]'],
  ])('%s: %s', (_, text) => {
    expect(heard(text)).toMatchObject({
      intent: 'other',
      category: null,
      subtype: null,
      emergency: null,
      because: [],
    })
  })
})

describe('an emergency', () => {
  it.each([
    ['着火了，6号楼三楼冒黑烟', 'fire'],
    ['车棚里电瓶车冒烟了', 'fire'],
    ['楼道里好大的煤气味', 'gas'],
    ['东门有人打架，满脸血，快报警', 'fight'],
    ['有个奶奶晕倒在门口了', 'collapse'],
    ['楼顶有人坐在边上，像是要跳', 'jump'],
    ['外墙砖掉下来砸到人了', 'injury'],
    ['5栋电表箱在冒烟', 'fire'],
    ['天然气泄露，大家别开灯', 'gas'],
    ['隔壁男的在打老婆，一直喊救命', 'fight'],
    ['王大爷倒在花坛边上，叫不应', 'collapse'],
    ['七楼有人爬到阳台外面了', 'jump'],
    ['小孩从滑梯摔下来头破了，快叫120', 'injury'],
  ])('%s', (text, emergency) => {
    expect(heard(text)).toMatchObject({ intent: 'report', emergency })
    expect(heard(text).confidence).toBeGreaterThan(SPEAK_UP)
  })

  it.each([
    '这家火锅店火了',
    '气死我了',
    '我家娃学打架子鼓',
    '跳楼价甩卖，最后三天',
    '有人烧落叶，冒烟呛得慌',
    '抽油烟机冒烟味',
    '煤气灶打不着火',
    '周三消防演习，听到警报别慌',
    '昨天电视剧里有人跳楼了',
    '楼道堆满纸箱，万一着火怎么跑',
    '累晕了',
    '天然气什么时候缴费',
    '吵得我想跳楼',
    '两只狗打起来了',
    '我爸心梗住院一个月，刚出院',
    '昨天梦见着火了',
    '电动车上楼充电容易着火，请大家注意',
    '差点被花盆砸到',
    '每天六点被楼上的电镐叫醒',
    '回锅肉要大火炒',
    '股市跳楼，我的基金着火了',
    '布娃娃从窗口掉下去了，没砸到人吧，对不起',
    '装修师傅把瓷砖渣倒在坡道上',
    '有人把过期牛奶倒在花坛里',
  ])('is none: %s', (text) => {
    expect(heard(text).emergency).toBeNull()
  })
})

describe('rubbish at a door', () => {
  it.each([
    ['5号楼门口堆满垃圾', 'overflow'],
    ['单元门口堆了一堆垃圾没人收', 'overflow'],
    ['3号楼门口又堆了好多建筑垃圾', 'construction-waste'],
    ['楼道堆满杂物', 'corridor'],
    ['安全出口被杂物堵了', 'corridor'],
    ['单元门口被垃圾堵住了出不去', 'corridor'],
  ])('is no blocked stairway, unless nobody gets out: %s', (text, subtype) => {
    expect(heard(text)).toMatchObject({ category: 'waste', subtype })
  })
})

describe('what is taken out of the words', () => {
  it('has the place, the time, the level and the reasons in the resident’s own words', () => {
    const { place, when, db, because } = heard('28街坊５号楼　昨晚十二点　電鑽還在響　我測了72分貝')
    expect(place).toMatchObject({ id: '28-5' })
    expect(when?.from).toBe('2026-11-22T16:00:00.000Z')
    expect(db).toBe(72)
    expect(because).toContain('電鑽')
  })

  it('has the effect, what was tried and the wish to stay unnamed', () => {
    expect(heard('楼上天天跑跳，老人心脏受不了，打了12345没用，别写我名字')).toMatchObject({
      effect: '老人心脏受不了',
      prior: '打了12345没用',
      anonymous: true,
    })
  })

  it('is surer the more there is to go by', () => {
    const vague = heard('楼上有动静，又来了').confidence
    const plain = heard('楼上半夜拖椅子，吵得孩子睡不着').confidence
    expect(plain).toBeGreaterThan(vague)
    expect(plain).toBeGreaterThan(SPEAK_UP)
  })

  it('asks less of what is said to Linli alone', () => {
    const text = '楼上装修'
    expect(heard(text, 'direct').confidence).toBeGreaterThan(heard(text).confidence)
  })
})

describe('any text at all', () => {
  const signs = '楼上吵垃圾满了噪音3号装修又在响臭着火[]()"“”,。!?\n '.split('')
  const messy = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.array(fc.constantFrom(...signs), { maxLength: 60 }).map((list) => list.join('')),
  )

  it('gives a whole answer and never throws', () => {
    fc.assert(
      fc.property(messy, (text) => {
        const { intent, category, subtype, confidence, because, emergency } = heard(text)
        expect(confidence).toBeGreaterThanOrEqual(0)
        expect(confidence).toBeLessThanOrEqual(1)
        expect(category !== null).toBe(intent === 'report')
        expect(subtype !== null).toBe(intent === 'report')
        if (emergency !== null) expect(intent).toBe('report')
        for (const words of because) expect(text).toContain(words)
      }),
    )
  })
})
