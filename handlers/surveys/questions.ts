import { type Phrase, phrase, type Say } from '../../content/i18n.ts'
import { dateIn, timeIn } from '../../content/time.ts'
import type { RoundRow } from '../../db/queries/round.ts'
import { datePhrase } from '../core/dates.ts'
import type { Ctx } from '../core/feature.ts'
import { questionnaireOf } from './record.ts'

/** What residents ask about a survey that runs, which is no answer to it. */
export type AboutSurvey = 'how' | 'long' | 'secret' | 'change' | 'until' | 'must' | 'results'

const IT = '(?:这个|这次|这|那个|你们的?|本次)?(?:调查|问卷|题目?|回答|答案)?'
const END = '(?:的|呢|啊|呀|吗|么|嘛|吧|哦|了|来着)*'

const QUESTIONS: readonly (readonly [AboutSurvey, RegExp])[] = [
  [
    'long',
    new RegExp(
      `^${IT}(?:大概|大约)?(?:要|需要|得|花)?(?:多久|多长时间|多少时间|几分钟|几道题|多少道?题|几题|有几(?:道|个)?题?)${END}$`,
    ),
  ],
  ['long', new RegExp(`^(?:一共|总共|共)?(?:有)?(?:几道?题|多少道?题)${END}$`)],
  [
    'how',
    new RegExp(
      `^${IT}(?:请问)?(?:要|该|应该|我)?(?:怎么|怎样|如何|咋)(?:回答|答|填|弄|参加|做|选|回)${IT}${END}$`,
    ),
  ],
  [
    'secret',
    new RegExp(`^${IT}(?:是不是|是否|算不算|是)?(?:匿名|不记名|实名|记名|保密)${END}(?:\\?)?$`),
  ],
  [
    'secret',
    /^(?:谁|别人|邻居|社区|你们)?(?:会不会|能不能|会|能)?(?:看得?到|看见|知道)(?:我)?(?:的)?(?:答案|回答|选的?什么|答的?什么|是谁答的)?[吗么呢]?$/,
  ],
  [
    'change',
    new RegExp(
      `^${IT}(?:答完|选错|答错|填错|选完)?了?(?:还)?(?:能不能|可不可以|可以|能)(?:改|修改|重答|重新答|重填|重新填|改答案)(?:一下)?${END}$`,
    ),
  ],
  [
    'until',
    new RegExp(`^${IT}(?:到)?(?:什么时候|几号|哪天|啥时候|何时)(?:结束|截止|为止|完)?${END}$`),
  ],
  [
    'must',
    new RegExp(`^${IT}(?:是不是|是否)?(?:必须|一定要|非要|强制)(?:参加|答|填|做|回答)?${END}$`),
  ],
  ['must', new RegExp(`^(?:可以|能|可不可以|能不能)(?:不(?:答|参加|填|做|回答))${IT}${END}$`)],
  [
    'results',
    new RegExp(
      `^${IT}(?:结果|数据)(?:什么时候|几时|啥时候|在哪(?:里|儿)?)?(?:出来?|公布|看|能看|有)?${END}$`,
    ),
  ],
]

/** What is asked about the survey by normalised words, if anything. */
export function askedAbout(text: string): AboutSurvey | undefined {
  const plain = text.replace(/[\s\p{P}]/gu, '').replace(/^(?:请问|问一下|那)/u, '')
  if (plain.length > LONGEST) return undefined
  return QUESTIONS.find(([, pattern]) => pattern.test(plain))?.[0]
}

const LONGEST = 20

/** Questions a minute, as people answer by the digit. */
const PER_MINUTE = 4

/** A short and true reply about the round that runs. */
export function aboutSurvey(ctx: Ctx, round: RoundRow, what: AboutSurvey): Say {
  const { items, title } = questionnaireOf(round)
  const { zone } = ctx.env
  const until = {
    day: datePhrase(dateIn(zone, round.closes_at)),
    time: timeIn(zone, round.closes_at),
  }
  const replies: Readonly<Record<AboutSurvey, Phrase>> = {
    how: phrase('surveys.about.how'),
    long: phrase('surveys.about.long', {
      n: items.length,
      minutes: Math.ceil(items.length / PER_MINUTE),
    }),
    secret: phrase(round.anonymous === 1 ? 'surveys.anonymous' : 'surveys.about.named'),
    change: phrase('surveys.about.change'),
    until: phrase('surveys.about.until', { title, ...until }),
    must: phrase('surveys.about.must'),
    results: phrase('surveys.about.results', until),
  }
  return replies[what]
}
