/**
 * The words that answers are made of. Normalised writing (simplified, lower case); `_` stands for a
 * space inside an English phrase. The longest word that fits is taken, so 不错 is never 不 + 错.
 */
export type WordKind = keyof typeof WORDS

export const WORDS = {
  /** Says nothing about the answer: pronouns, particles, hedges, politeness, acknowledgement. */
  fill:
    '我 俺 咱 我们 咱们 俺们 阿拉 伲 偶 本人 自己 我这边 我个人 觉得 感觉 感到 认为 我看 俺看 依我看 让我想想 我想想 想想 想一想 个人感觉 个人认为 觉着 寻思 ' +
    '来说 来讲 说实话 实话实说 讲真 老实说 老实讲 凭良心 凭良心讲 凭良心说 讲良心话 良心话 说心里话 说句实话 总体 总体上 整体 整体上 总的 总的来说 总体来说 总体来讲 大体 大体上 大致 ' +
    '不好说 一直 一直都 始终 仍 仍然 依然 依旧 简直 各位好 各位邻居好 邻居们好 介于 以这条为准 加油 继续加油 继续保持 保持 再接再厉 希望继续保持 希望保持 希望改进 望改进 请改进 希望改善 望改善 这题 本题 此题 这道题 这一题 ' +
    '大概 大约 应该 一般来说 一般来讲 肯定 肯定是 当然 当然是 必须 必须的 一定 一定是 属于 可能 也许 之间 左右 上下 才对 差不多 最多 顶多 只能 只能说 顶多算 估计 估摸 估摸着 好像 差不离 恐怕 或许 多半 约莫 大概其 八成 姑且 暂且 暂时 先 算 算是 算得上 ' +
    '其他 其它 其余 就 就是说 那就 那 那么 都 也 还是 是 而是 的 了 吧 啊 呀 嘛 呢 哦 哈 啦 呗 噻 撒 喽 哟 嘞 咧 哩 嗷 昂 哇 噢 喔 诶 欸 哎 唉 嗨 嘿 ' +
    '喂 嗯 嗯嗯 恩 恩恩 额 呃 滴 哒 咯 哉 耶 哎呀 哎哟 唔该 个人觉得 怎么说呢 这么说吧 嘅 啲 架 喇 呐 喎 嘎 捏 哈哈 哈哈哈 嘻嘻 嘿嘿 ' +
    '一下 谢谢 谢谢您 谢谢你 谢谢大家 谢谢社区 多谢 感谢 谢了 谢啦 辛苦 辛苦了 辛苦啦 你们辛苦了 辛苦大家了 辛苦你们了 您辛苦了 大家辛苦了 ' +
    '社区辛苦了 物业辛苦了 你好 您好 大家好 早上好 上午好 下午好 晚上好 老师好 麻烦 麻烦了 麻烦您 麻烦您了 麻烦你 麻烦你了 ' +
    '不好意思 对不起 抱歉 打扰了 拜托 拜托了 ok okay 收到 知道了 明白 没问题 可以可以 对 对的 是的 真的 确实 的确 反正 其实 以这个为准 以此为准 ' +
    '为准 我的 我的答案 的话 i i_am am is it_is the my answer think feel guess maybe probably please thanks thank_you thank ' +
    'you well hi hello yes yeah option number we are overall generally to sorry it i_would would just',
  /** As `fill`, but only before what is meant: 瞎说 is not 瞎. */
  lead: '说 讲 想 从 由 在 请 帮我 把 个人 老两口 我们老两口 俺家 俺们家 我家 我们家 满意度',
  /** Whom it is said to; set apart by punctuation, otherwise talked about. */
  name: '社区 老师 同志 主任 小邻 小邻里 师傅 物业',
  /** Acknowledges, unless a degree stands before (挺好的). */
  ack: '好的 好滴 好嘞 好吧 好哦 好咧 好呀 好啊 好的好的 好好好 成 行 行行 行吧 成吧',
  verb:
    '选 选择 选项 只选 只有 单选 投 投给 打 打个 给 给个 给到 给你们 给社区 给物业 给居委会 给保洁 填 答 答案 答案是 回答 回复 拨 拨打 评 评个 评价 评价是 打分 评分 勾 勾选 choose ' +
    'pick select give rate vote say level grade score',
  nth: '第',
  unit:
    '个 分 颗星 星 颗心 级 档 项 个选项 选项 号 号选项 条 种 等 那个 这个 那项 这项 那种 这种 那个选项 那一个 那一项 那一种 那条 一类 类 ' +
    'points point stars star',
  strong:
    '很 非常 非常非常 特别 十二分 极 极其 极度 极为 超 超级 超极 太 最 相当 实在 实在是 绝对 完全 百分百 百分之百 百分之一百 100% 贼 忒 ' +
    '交关 邪气 特 倍儿 倍 巨 无比 万分 格外 尤其 分外 灰常 hen 老鼻子 嘎嘎 血 好生 硬是 足 顶 妥妥 妥妥的 一百个 一万个 贼拉 贼啦 蛮蛮 真真 very really ' +
    'extremely super totally completely absolutely highly',
  /** Little or no degree: the level stays. */
  mild:
    '挺 蛮 比较 还 还算 还是比较 基本 基本上 较 较为 怪 真 真是 真心 确实是 有d 有啲 有点 有点儿 有些 有一点 有一些 稍微 稍 略 略微 多少 多少有点 ' +
    '够 尚 尚算 都蛮 都挺 quite pretty fairly somewhat rather mostly slightly a_bit a_little kind_of',
  /** A degree that stands behind. */
  after:
    '得很 的很 滴很 得狠 的狠 得来 极了 极啦 透了 透顶 死了 死啦 死咯 得不得了 的不得了 不得了 得板 惨了 惨咯 得要命 要命 要死 得要死 ' +
    '到家 到家了 爆了 到爆 到极 坏了 得没话说 得没得说 的没话说 得不行 的不行 扎咧 扎了 得呱呱叫 至极 之至 得凶 得太 煞 煞了 得紧 indeed',
  not:
    '不 没 没有 没得 未 未必 无 不是 并不 并不是 并没有 并没 并非 绝非 难以 无法 很难 谈不上 算不上 称不上 说不上 讲不上 不能说 不能算 ' +
    '不可能 谈何 何谈 哪来 没法 伐 伐是 毋 休想 欠 别 别选 不选 不要 不要选 唔 勿 弗 冇 唔系 不系 唔是 莫 不觉得 没觉得 不感到 没感到 不能 不算是 不敢说 不见得 没让 没能 难说 难言 没什么 没啥 没有什么 冇得 冇得好 不能令人 不能让人 没有让人 没有令人 没让人 不让人 不令人 无法让人 无法令人 难以令人 难以让人 很难让人 很难令人 ' +
    'not is_not are_not never_been no_longer',
  /** Denies the high degree: what is denied is simply not so. */
  hardly:
    '并不怎么 不太让人 不太令人 不昨 不太 不大 不怎么 不咋 不是很 不是太 不是特别 不是非常 不是十分 不是那么 不是多 不是怎么 不是挺 不是蛮 不是完全 不是最 不那么 没那么 ' +
    '没有那么 没多 没有多 没有很 没很 没有太 没太 没有特别 没特别 没有非常 不够 不甚 不算 不算太 不算很 不算特别 不很 不特别 不非常 不十分 不怎 ' +
    '唔系几 唔系好 唔系太 唔多 唔太 唔算 唔够 勿大 勿太 勿哪能 弗太 弗大 不老 不咋个 不咋么 不全 不完全 不尽 谈不上很 算不上很 ' +
    '称不上很 说不上很 也不太 也不怎么 也不是很 ' +
    'not_very not_really not_so not_too not_quite not_particularly not_that not_entirely not_fully not_exactly',
  never:
    '一点都不 一点也不 一点儿都不 一点儿也不 一点不 一点儿不 一点都没有 一点都没 一点也没 半点不 半点都不 半点也不 毫不 毫无 绝不 决不 ' +
    '绝对不 完全不 完全没有 完全没 根本不 根本没 根本没有 根本就不 压根不 压根儿不 压根就不 丝毫不 从来不 从来没 从不 一丁点都不 ' +
    '一点都唔 一点都勿 十分之不 not_at_all at_all_not',
  /** Whoever says these does not simply rate: irony, wishes, conditions, comparison, other people. */
  unclear:
    '都说 他说 她说 给我 差一点 差点 差点儿 差一点点 就差 部分 百分之 不满意不行 不可以 如果 要是 假如 假若 若是 除非 希望 但愿 只要 才能 才会 才 再 更 就好了 就行 ' +
    '怎样 如何 比以前 比之前 比原来 比去年 比上次 不如 越来越 就好 他 她 他们 她们 大家 别人 人家 邻居 听说 据说 有人 老公 老婆 孩子 儿子 女儿',
  /** Mocks what it stands beside. */
  irony:
    '呵呵 呵呵呵 才怪 个鬼 个屁 个头 个锤子 个球 个毛 个毛线 不信 才不信 鬼才信 骗人 骗鬼 行了吧 🙄 😏 😒 🤡 🤮 💩 [白眼] [翻白眼] [呵呵]',
  /** No preference: for several choices this could mean every one. */
  any: '无所谓 都可以 都行 都成 都一样 随便 随意 怎么都行 哪个都行 我都行 我都可以 whatever any anything',
  query:
    '多少分 吗 么 ? 谁 什么 啥 哪 哪个 哪里 哪能 怎么 咋 为啥 为什么 多少钱 是不是 有没有 能不能 好不好 行不行 可不可以 满意不满意 满不满意 满意不 ' +
    '满意没 好不 中不中 要不要 还是不 what who why how which',
  past: '以前 之前 从前 过去 原来 原先 早先 早前 先前 当初 那时候 那时 去年 前年 前几年 以往 往年 开始的时候',
  now: '现在 如今 目前 最近 今年 眼下 这会儿 这阵子 近来 这几年 这两年 后来 now',
  turn: '但 但是 不过 可是 就是 只是 然而 虽然 虽说 尽管 只不过 but',
  fix:
    '改主意了 改主意 改了主意 再想想 想了想 变 变成 变为 眼花 眼花了 老花眼了 看错题了 看错题 手快 手快了 发快了 要改成 要改 要改为 想改 想改成 打错字 打错个字 发的不算 选的不算 答的不算 填的不算 多打了一个 ' +
    '不对 不对不对 不是不是 错了 错啦 搞错 搞错了 弄错了 打错 打错了 打错字了 按错 按错了 点错 点错了 写错 写错了 发错 发错了 选错 选错了 ' +
    '说错 说错了 填错 填错了 输错了 看错了 看反了 弄反了 搞反了 记错了 点快了 按快了 手滑 手滑了 手抖 手抖了 手误 改成 改为 改到 更正为 改选 改 ' +
    '改改 改一下 改一改 我改 我改成 更正 更正一下 更改 更改为 纠正 纠正一下 修改 修改为 修正 换成 换 换个 重选 重新选 重新来 重来 重填 重新填 重新打 ' +
    '收回 撤回 撤销 那个不算 的不算 上个不算 这个不算 的那个不算 不算了 不算数 不作数 作废 错 哦不 啊不 噢不 喔不 不不 不不不 说反了 → -> => oops wrong change_to change i_mean actually',
  earlier: '刚才 刚刚 方才 刚 前面 上面 上一个 上一条 前头 前一个 前一条 上条 上个 上次 头先',
  join: '、 . / - ~ + & · 和 跟 与 及 以及 还有 加 同 and',
  or: '或 或者 或是 或者是 到 至 要么 or',
  /** Every option. */
  all:
    '全要 以上都要 全部都要 每个都选 每个都要 每项都选 都想要 全选 都选 全都要 全部 全部选 全都选 全部都选 全都是 全是 都是 都对 全对 都要 都有 以上都是 以上全是 以上都对 以上全选 以上都选 都选上 全选上 全勾 都勾 ' +
    '全部都是 全部都对 样样都是 all all_of_them all_of_the_above',
  except: '除了 除去 除开 除掉 除 以外 之外 外 除外 except',
} as const

/** Words that rate, by level. With a high degree 4 becomes 5 and 2 becomes 1. */
export const RATINGS: Readonly<Record<1 | 2 | 3 | 4 | 5, string>> = {
  5:
    '要得很 好的很 好滴很 没话说 没话讲 没得说 没的说 没得讲 没得挑 冇得讲 冇得弹 冇得说 无可挑剔 挑不出毛病 顶呱呱 呱呱叫 杠杠 杠杠的 刚刚滴 一级棒 一流 没说的 满分 五星好评 好评 完美 ' +
    '盖了帽 盖了帽了 嫽扎咧 嫽扎 嫽咋咧 美得很 美滴很 美得太 冇得顶 巴适得板 心满意足 倍儿棒 excellent perfect great awesome wonderful amazing fantastic',
  4:
    '冇得问题 没得问题 莫得问题 没啥问题 没什么问题 得劲儿 钟意 欢喜 掂 好嘢 没麻达 阔以 阔以的 好着呢 好着哩 好着咧 好着嘞 嗲 崭 靓 伐错 中上 中等偏上 得成 没啥意见 没什么意见 莫得意见 没得意见 ' +
    '满意 好 不错 可以 可以的 可以滴 中 中咧 中嘞 要得 得行 巴适 安逸 灵 灵光 得劲 嫽 攒劲 韵味 舒服 舒心 放心 称心 如意 喜欢 到位 周到 认可 赞 棒 给力 ' +
    '优秀 优 良好 良 不赖 不孬 不差 不坏 不丑 唔错 勿错 弗错 几好 几满意 几唔错 袂歹 没毛病 没意见 没有意见 冇意见 呒没意见 无意见 点赞 满足 还闹热 闹热 正 ' +
    '厉害 犀利 理想 合心意 很可以 挺可以 蛮可以 中意 satisfied good nice fine happy pleased not_bad',
  3:
    '不好也不坏 不好也不差 不算好也不算坏 不咋好也不咋坏 不咋好也不咋差 说好不好说坏不坏 好坏参半 有好有坏 有好有差 时好时坏 有时好有时坏 有时好有时差 五五开 一般水平 中等水平 还阔以 仲可以 仲得 中溜 中不溜儿 就那样儿 尚可 凑和 凑合着 凑合过 对付 还能对付 一般 一般般 一般性 一般化 还行 还可以 还好 还成 还凑合 还过得去 还中 凑合 凑活 凑乎 凑凑合合 将就 将将就就 马马虎虎 马虎 过得去 说得过去 就那样 就那么回事 ' +
    '也就那样 就这样 普通 普普通通 平平 平平常常 平常 中等 中不溜 中不溜秋 中规中矩 不好不坏 不上不下 麻麻地 麻麻哋 麻麻 麻麻啦 差强人意 勉强 勉勉强强 ' +
    '勉强可以 勉强还行 勉强及格 勉强合格 一半一半 马马乎乎 合格 及格 中评 中立 吗吗虎虎 不功不过 也还行 也还可以 也行 so-so soso so_so average neutral it_is_ok ' +
    'it_is_okay just_ok just_okay neither_satisfied_nor_dissatisfied',
  2:
    '磕碜 没满意过 没有满意过 满意不起来 满意不了 好不起来 好不到哪去 好不到哪里去 不爽 不开心 不高兴 不痛快 闹心 糟心 要不得 推板 不合格 不及格 中等偏下 中下 差火 差把火 ' +
    '不满意 不满 不好 不中 不行 不得行 不灵 不尽如人意 不尽人意 不如人意 不怎地 不怎滴 不怎的 差 差劲 差点意思 差点劲 不咋地 不咋滴 不咋的 不咋样 不怎么样 不怎样 不如意 不理想 不到位 不给力 ' +
    '不敢恭维 欠佳 糟 糟糕 孬 撇 瞎 烂 失望 恼火 有待提高 有待改进 有待加强 有待改善 需要改进 需要改善 还需改进 需改进 要改进 拉胯 拉垮 歹 埋汰 赖 ' +
    '有意见 勿灵 勿好 弗好 唔好 唔得 勿来三 勿满意 唔满意 弗满意 冇满意 bad poor dissatisfied unsatisfied unhappy disappointed ' +
    'disappointing unsatisfactory',
  1:
    '毫无满意可言 差得一塌糊涂 从来没满意过 从没满意过 就没满意过 差球得很 太次 极差 差评 最差 糟透 垃圾得很 一塌糊涂 乱七八糟 不像话 太不像话 离谱 忍无可忍 没法忍 受不了 意见很大 意见大 意见大得很 烂透 差到家 差到极点 terrible ' +
    'awful horrible worst',
}

/** Said on their own in a group these agree with something or cheer somebody: no rating. */
export const CHEERS = new Set(
  (
    '冇得问题 没得问题 莫得问题 没啥问题 没什么问题 满分 失望 糟 糟糕 烂 瞎 恼火 离谱 不像话 受不了 乱七八糟 一塌糊涂 忍无可忍 不高兴 不开心 不爽 不痛快 闹心 糟心 舒服 不舒服 舒心 安逸 热闹 闹热 嗲 靓 垃圾得很 ' +
    '阔以 好嘢 掂 没麻达 得成 没啥意见 没什么意见 莫得意见 没得意见 冇意见 呒没意见 好 不错 可以 没意见 没有意见 无意见 棒 赞 点赞 厉害 给力 优秀 完美 犀利 喜欢 放心 正 好评 优 理想 就这样 不行 也行 合格 及格 普通 平常 fine ' +
    'nice good great awesome perfect happy amazing wonderful excellent fantastic'
  ).split(' '),
)

/** With one of these before it, praise is a cry (太好了, 真棒), at least in a group. */
export const CRIES = new Set(['太', '真', '超', '好', '真是', '真心', '实在', 'really', 'super'])

/** A degree when it touches what rates (老好, 十分满意), else another word. */
export const DEGREES: Readonly<Record<string, 'strong' | 'mild'>> = {
  好: 'strong',
  老: 'strong',
  可: 'strong',
  十分: 'strong',
  满: 'mild',
  几: 'mild',
}

/** Faces by level; other emoji decorate. */
export const FACES: ReadonlyMap<string, number> = new Map(
  Object.entries({
    5: '😍 🥰 🤩 💯',
    4: '👍 😊 😀 😃 😄 ☺ 😁 [强] [愉快] [赞]',
    3: '😐',
    2: '👎 🙁 ☹ 😞 😟 [弱]',
    1: '😡 😠 🤬 [发怒]',
  }).flatMap(([level, faces]) =>
    faces.split(' ').map((face): [string, number] => [face, Number(level)]),
  ),
)
