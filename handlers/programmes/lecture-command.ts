import { phrase } from '../../content/i18n.ts'
import { addDays, dateIn, type LocalDate, mondayOf } from '../../content/time.ts'
import { dayPhrase } from '../core/dates.ts'
import { command, type Env, type Said } from '../core/feature.ts'
import { fold } from '../core/text/fold.ts'
import { parseDay } from '../core/text/when.ts'
import { readAsk } from './ask.ts'
import { datesInFigures } from './ask-words.ts'
import { planLecture } from './service.ts'

const MAX_WORDS = 100

interface LectureWords {
  readonly date: LocalDate
  readonly topic: string
  readonly speaker: string
}

const LECTURE = /^\s*(?:讲座安排|講座安排|安排讲座|安排講座|排课|排課)[\s:：,，]*/u

/** A day or a week that the words name, and the rest of them. */
function dayOrWeek(words: string, env: Env, today: LocalDate) {
  const day = parseDay(datesInFigures(words), today)
  if (day !== undefined) return { ...day, isDay: true }
  for (const [list, days] of [
    ['ask.this-week', 0],
    ['ask.next-week', 7],
  ] as const) {
    const named = env.content.words[list]?.filter((word) => fold(words).startsWith(word)) ?? []
    const length = Math.max(0, ...named.map((word) => word.length))
    const date = addDays(mondayOf(today), days)
    if (length > 0) return { date, rest: words.slice(length), isDay: false }
  }
  return undefined
}

/** `12月2日 冬季养生 王医生`: a day or a week, the topic, and what is left is the speaker. */
function lectureWords(said: Said, env: Env, today: LocalDate): LectureWords | 'how' | undefined {
  const found = dayOrWeek(said.words.replace(LECTURE, ''), env, today)
  const [topic = '', ...speaker] = (found?.rest ?? '').split(/[\s,，、;；]+/u).filter(Boolean)
  if (found === undefined || topic === '') {
    // 讲座安排 and 讲座安排 下周 are what people ask.
    const isQuestion = readAsk(said.text, true, env.content, today) !== undefined
    return isQuestion && !found?.isDay ? undefined : 'how'
  }
  return { date: found.date, topic: topic.replace(/^《|》$/gu, ''), speaker: speaker.join(' ') }
}

export const lecture = command({
  name: 'programmes.lecture',
  role: 'staff',
  where: ['staff-room', 'direct'],
  bare: ['staff-room', 'direct'],
  help: { what: 'programmes.help.lecture', example: 'programmes.example.lecture' },
  parse: (said, env, today) =>
    LECTURE.test(said.words) ? lectureWords(said, env, today) : undefined,
  run: (ctx, words) => {
    const programme = ctx.env.content.programmes.find((p) => p.lectures)
    if (programme === undefined) return phrase('programmes.error.noLectures')
    if (words === 'how') return phrase('programmes.error.lectureHow')
    if (words.topic.length + words.speaker.length > MAX_WORDS) {
      return phrase('programmes.error.tooLong', { max: MAX_WORDS })
    }
    planLecture(ctx, ctx.who.id, { programme: programme.id, ...words })
    return phrase('programmes.lecturePlanned', {
      day: dayPhrase(words.date, dateIn(ctx.env.zone, ctx.now)),
      name: programme.name,
      topic: words.topic,
      speaker: words.speaker,
    })
  },
})
