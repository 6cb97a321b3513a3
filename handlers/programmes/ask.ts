import type { Content, Programme } from '../../content/schema.ts'
import type { LocalDate } from '../../content/time.ts'
import { normalise, stripTail } from '../core/text/normalise.ts'
import { parseDay } from '../core/text/when.ts'

/** What somebody wants to know about the programme. */
export type Ask =
  | { readonly about: 'day'; readonly date: LocalDate }
  /** 0 is this week, 1 the next. */
  | { readonly about: 'week'; readonly weeks: 0 | 1 }
  | { readonly about: 'programme'; readonly id: string; readonly weeks: 0 | 1 | undefined }

const ACTIVITY = '(?:活动|节目|安排|讲座|课程|课|events?|activities|programme?|schedule|on)'
const WHAT = '(?:什么|啥|哪些|些什么|些啥|几个|what)'
const US = '(?:咱们?|我们|社区|小区|这边|这儿|这里|里|中心|the|is|are|in|on)*'
const POLITE =
  /^(?:请问|想问一?下|问一?下|打听一?下|麻烦问一?下|我想知道|告诉我|看看|查一?下|你好|您好|please|tell me|what'?s|what is|what are)[\s,]*/
/** As a whole question that needs no address: who says so in a group wants to be told. */
const PLAIN = new RegExp(
  `^${US}(?:都|又)?(?:有|搞|办|是)${WHAT}${ACTIVITY}$|^${US}(?:的)?${WHAT}${ACTIVITY}$`,
)
/** In other words, once it is clear that Linli is asked. */
const LOOSE = new RegExp(
  `^${US}(?:的|都|还)?(?:有没有|有|搞|办|开|能参加|参加|玩)?(?:点)?${WHAT}?(?:好玩的|的)?(?:社区)?${ACTIVITY}?(?:可以|能)?(?:参加|玩|看|听)?(?:的)?$`,
)
const WEEK =
  /^(?<which>本周|这周|这一周|这星期|这个星期|本星期|下周|下星期|下个星期|下礼拜|这礼拜|this week'?s?|next week'?s?)/
const NEXT_WEEK = /^(?:下|next)/
const PROGRAMME_QUESTION =
  /^(?:的)?(?:是|在|都|要|会|来|去)?(?:什么时候|啥时候|哪天|几号|几点|什么时间|啥时间|哪里|哪儿|什么地方|啥地方|谁讲|谁来讲|讲什么|讲啥|讲的?什么|什么内容|什么主题|什么题目|什么|啥|when|where|what|topic)?(?:钟)?(?:开始|举行|举办|办|上|开|开课|讲)?(?:的)?$/
const WHICH_TIME =
  /^(?:下一?次|这一?次|最近一?次|今年|本次|下一?场|下一?节|(?:the )?next)(?:的)?\s*/

/** Reads a question about the programme. `addressed` allows looser words than a group's talk does. */
export function readAsk(
  text: string,
  addressed: boolean,
  content: Content,
  today: LocalDate,
): Ask | undefined {
  const asked = stripTail(text).replace(POLITE, '').trim()
  if (asked === '' || asked.length > 40) return undefined
  return (
    readProgramme(asked, addressed, content) ??
    readWeek(asked, addressed) ??
    readDay(asked, addressed, today)
  )
}

function fits(rest: string, addressed: boolean): boolean {
  const bare = rest.replace(/[\s,]/g, '')
  return PLAIN.test(bare) || (addressed && LOOSE.test(bare))
}

function readDay(asked: string, addressed: boolean, today: LocalDate): Ask | undefined {
  const day = parseDay(asked, today)
  if (day === undefined || !fits(day.rest, addressed)) return undefined
  return { about: 'day', date: day.date }
}

function readWeek(asked: string, addressed: boolean): Ask | undefined {
  const which = WEEK.exec(asked)?.[0]
  if (which === undefined) return undefined
  const rest = asked.slice(which.length).replace(/[\s,]/g, '')
  if (!(fits(rest, addressed) || /^的?(?:活动|安排|节目)(?:安排)?$/.test(rest))) return undefined
  return { about: 'week', weeks: NEXT_WEEK.test(which) ? 1 : 0 }
}

function readProgramme(asked: string, addressed: boolean, content: Content): Ask | undefined {
  const week = WEEK.exec(asked)?.[0]
  const start = asked
    .slice(week?.length ?? 0)
    .replace(/^的/, '')
    .replace(WHICH_TIME, '')
    .trim()
  for (const programme of content.programmes) {
    const name = namesOf(programme, content).find((n) => start.startsWith(n))
    if (name === undefined) continue
    const rest = start.slice(name.length).replace(/[\s,]/g, '')
    if (!PROGRAMME_QUESTION.test(rest) || (rest === '' && !addressed)) continue
    const weeks = week === undefined ? undefined : NEXT_WEEK.test(week) ? 1 : 0
    return { about: 'programme', id: programme.id, weeks }
  }
  return undefined
}

function namesOf(programme: Programme, content: Content): string[] {
  const aliases = content.words[`programme.${programme.id}`] ?? []
  return [...Object.values(programme.name), ...aliases].map(normalise)
}
