import { ASK, type Case, cases, IGNORE, SKIP, STOP, UNSURE } from './answer-words.ts'

/** Answers that are played with, given up, taken back or told at length, and talk built like them. */
export const VOICES: readonly Case[] = [
  ...cases('negation', 'scale', 'both', [
    [1, '满意个鬼，选1|最不满意的就是这个'],
    [
      2,
      '问我满不满意？不满意|说满意那是骗人的，不满意|满意？哼，不满意|不敢说很差，但我不满意|满意吗？不太满意',
    ],
    [4, '没有不满意|不是不满意嘛，就是满意|谈不上特别好，但还算满意|满意，不过离非常满意还有点远'],
    [5, '最满意的就是这块'],
  ]),
  ...cases('plain', 'scale', 'both', [
    [4, '四分好了|我选4行不行|就说满意行吗'],
    [5, '五分我孙子代打的|5分，女儿帮我写的字'],
    [SKIP, '这题免了，下一题|跳|没得说，跳过|接着问下一题'],
    [
      STOP,
      '以后这类调查不用喊我|别再给我发这些问卷|往后测评啥的甭叫我|莫再找我填了|不想填，别发给我了',
    ],
    [UNSURE, '不知|难住我了，不会|没接触过 不清楚|猜不到'],
  ]),
  ...cases('plain', 'scale', 'group', [
    [2, '不咋满意，保洁一周来一回|不太满意，楼下桶总是满的'],
    [IGNORE, '7|6|9|10|你说满意就满意吧|不太满意，那家的装修手艺'],
  ]),
  ...cases('plain', 'scale', 'direct', [
    [ASK, '7|6|9|看情况'],
    [3, '不是5，我选的是3'],
  ]),
  ...cases('correction', 'battery', 'both', [[2, '1 不对，电池是有害垃圾，2']]),
  ...cases('plain', 'battery', 'both', [
    [2, '有害吧，药店门口就有回收箱|有害垃圾呗还能咋|B B B'],
    [UNSURE, '不知道扔哪个桶|不晓得该放哪类|搞不懂什么垃圾|唔知点处理'],
  ]),
  ...cases('plain', 'battery', 'direct', [
    [ASK, '新的算可回收，旧的算有害'],
    [ASK, '5|6'],
  ]),
  ...cases('plain', 'battery', 'group', [
    [3, '厨余，楼下桶上写着'],
    [IGNORE, '5|6|厨余垃圾满了|有害垃圾桶搬走了'],
  ]),
  ...cases('plain', 'single', 'group', [[IGNORE, '5']]),
  ...cases('plain', 'phone', 'both', [
    [[2, 4], '先打110再打12345|12345、110都可以打|除了急救和火警，其他两个都行|110还有12345'],
  ]),
  ...cases('plain', 'words', 'group', [[IGNORE, '你会干啥|今天有什么活动']]),
  ...cases('plain', 'words', 'direct', [
    [ASK, '你会干啥|今天有什么活动|在吗|你好|你是谁|明天几点开始|怎么报名'],
    ['能不能多装几盏路灯？', '能不能多装几盏路灯？'],
    ['建议晚上不要跳广场舞', '建议晚上不要跳广场舞'],
  ]),
]
