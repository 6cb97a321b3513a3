import { DANGERS } from './emergency-words.ts'
import { findFirst, words } from './lexicon.ts'
import type { Prepared } from './text.ts'
import type { Emergency } from './types.ts'

/** Played, rehearsed, taught, sold or laughed about: no cry among it is one. */
const NEVER = words(
  `
    演习 演练 模拟 讲座 讲课 知识 培训 课程 教程 招生 (?<!快来[^,。!?]{0,3})报名 电视剧 电影 影院 剧里 这集 追的?剧 这剧 片子 那部 小说 动画 绘本 的画 一首 歌词
    游戏 王者 吃鸡 开黑 副本 扮演 密室 鬼屋 剧本杀 狼人杀 小品 相声 警匪 [《》] 主角 男主 女主 国足 巴萨 球迷 红牌 比分
    温馨提示 友情提示 (?:社区|民警|物业|消防)提醒 (?<!快|快点)通知 公告 宣传 预防 谨防 防止 注意防 严防 请各位 请大家(?!别|快|赶紧|不要开) 牢记 记住 考考你?们? 小心火烛
    团购 甩卖 大促 促销 抢购 跳楼价 [一二三四五六七八九]折 便宜卖 免费安装 家家必备 随叫随到 都能赔 保险 换锁
    哈哈 笑死 笑得 笑到 笑晕 笑哭 嘿嘿 嘻嘻 hhh 开个?玩笑 闹着玩 段子 谁懂 绝了 太(?:好|可爱|美|帅|香|甜|萌)[^,。!?]{0,3}了 好(?:看|吃|喝|香|听|美|帅|笑|可爱)
    又要?加班 红包 抢票 首歌 爆单 冲鸭 安利 种草
  `,
)

/** Not at hand: told of others, feared, supposed, long past or over. A plain call for help outranks it. */
const NOT_NOW = words(
  `
    \\d{4}年 担心 一旦 生怕 唯恐 昨晚 昨天 昨夜 前天 上周 梦[见到] (?:隔壁|别的|其他|对面|旁边|人家)(?:那个)?小区 似的 (?:同事|同学|朋友|亲戚)(?:他们|她们|家)?的?小区 老家
    (?<!会|会做|谁懂)心肺复苏 新闻 视频 抖音 网上 热搜 看到?一?个?视频 那边(?:爆炸|着火|地震) 日本 美国 国外
    听说 据说 上次 去年 前年 以前 从前 小时候 当年 [几两三四五六七八九十\\d]年前 上个月 前几天 前阵子 前段时间 如果 万一
    要是 假如 假设 哪天 怎么预防 小心[^,。!?]{0,4}(?:着火|火灾|漏) 隐患 比赛 直播 股[票市] 基金
    容易(?:着火|起火|引发|引起|发生) 会(?:着火|起火|引发|引起|发生|砸) 怕(?:着火|起火|砸) 差点
    差一点 险些 辟谣 谣言 别传谣 假的 安检 年检 入户 灭火器(?!在哪|$) 虚惊 没事了 扑灭 火灭了 灭掉了 大家放心 找到了 抓到了 出院 后来 赔了?多少 怎么扶 该不该 先断 应该先 坐牢
  `,
)

const CALLS =
  /快[打叫报来跑]|救命|(?:打|拨|叫|报)(?:了|个|一下)?(?:110|119|120|救护车|急救|消防)|有没有(?:医生|护士)|谁会急救|谁有灭火器|现在(?:更|又|还在|还没|越来越)|正在|还在[冒烧着漏打流]/

/** Who writes more than this is telling a story, not calling for help. */
const LONGEST = 120

/** The kind of help to call, with the words that say so; only where there is hardly a doubt. */
export function findEmergency(
  text: Prepared,
): { kind: Emergency; start: number; end: number } | undefined {
  const { plain } = text
  if (plain.length > LONGEST || plain.search(NEVER) >= 0) return undefined
  if (!CALLS.test(plain) && plain.search(NOT_NOW) >= 0) return undefined
  for (const { kind, says, not } of DANGERS) {
    const found = findFirst(says, plain)
    if (found && !not?.test(plain)) return { kind, ...found }
  }
  return undefined
}
