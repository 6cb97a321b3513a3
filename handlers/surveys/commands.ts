import { phrase, type Say } from '../../content/i18n.ts'
import { dateIn, timeIn } from '../../content/time.ts'
import {
  lastEnded,
  latestRounds,
  type RoundRow,
  roundById,
  roundRooms,
  roundsIn,
} from '../../db/queries/round.ts'
import type { RoundId } from '../../db/schema-surveys.ts'
import { datePhrase } from '../core/dates.ts'
import { type Command, type Ctx, command } from '../core/feature.ts'
import { askCode, CODE_MINUTES } from './confirm.ts'
import { takesPlace } from './jobs.ts'
import { groupCounts, isSecret, MAX_DAYS } from './manage.ts'
import { previewPublication } from './publish.ts'
import { questionnaireOf } from './record.ts'
import { roundFigures } from './report.ts'
import { closeRound, openRound } from './rounds.ts'
import { resultLines, turnout } from './words.ts'

const PRIVATE = ['staff-room', 'direct'] as const

/** What a command is called: two words of two characters. */
const NAME = /^\s*..\s*..[\s:：,，]*/u

function staffCommand<Argument>(
  name: 'start' | 'progress' | 'end' | 'list' | 'results' | 'publish' | 'cancel',
  grammar: RegExp,
  /** Reads what follows the name, as it was written; or all the words, made alike for matching. */
  read: (rest: string, text: string) => Argument | undefined,
  run: (ctx: Ctx, argument: Argument) => Say,
): Command {
  return command({
    name: `surveys.${name}`,
    role: 'staff',
    where: PRIVATE,
    bare: PRIVATE,
    help: { what: `surveys.help.${name}`, example: `surveys.example.${name}` },
    parse: (said) => {
      const found = grammar.exec(said.text)
      return found === null ? undefined : read(said.words.replace(NAME, ''), said.text)
    },
    run,
  })
}

/** `调查 开始 满意度 匿名 每户 一次问完 7天` */
const start = staffCommand(
  'start',
  /^(?:调查|问卷)\s*(?:开始|启动)(?!.*[吗么没?]$)/s,
  (_, text) => text,
  (ctx, text) => {
    const { surveys, words } = ctx.env.content
    const ids = [...new Set(surveys.map((s) => s.id))]
    const survey = ids.find((id) => (words[`survey.${id}`] ?? []).some((w) => text.includes(w)))
    if (survey === undefined) {
      return [
        phrase('surveys.error.which'),
        ...ids.map((id) => phrase('surveys.choice', { word: words[`survey.${id}`]?.[0] ?? id })),
      ]
    }
    const rule = ctx.env.content.surveyRules.rounds.find((r) => r.survey === survey)
    const days = Number(/(\d{1,3})\s*天/.exec(text)?.[1] ?? rule?.days ?? 10)
    if (days < 1 || days > MAX_DAYS) return phrase('surveys.error.days', { max: MAX_DAYS })
    const instead = takesPlace({ ...ctx, db: ctx.tx }, survey)
    const result = openRound(ctx, ctx.who.id, {
      survey,
      period: `${dateIn(ctx.env.zone, ctx.now)} ${timeIn(ctx.env.zone, ctx.now)}`,
      mode: /一次|全部/.test(text) ? 'all' : (rule?.mode ?? 'daily'),
      unit: /每户|按户/.test(text) ? 'household' : (rule?.unit ?? 'person'),
      anonymous: /匿名/.test(text) || (rule?.anonymous ?? false),
      days,
    })
    if (!result.ok) return result.error
    const round = result.value
    return [
      phrase('surveys.opened', {
        title: questionnaireOf(round).title,
        groups: roundRooms(ctx.tx, round.id).length,
        invited: round.invited,
        day: datePhrase(dateIn(ctx.env.zone, round.closes_at)),
        time: timeIn(ctx.env.zone, round.closes_at),
      }),
      ...(round.anonymous === 1 ? [phrase('surveys.openedAnonymous')] : []),
      ...(instead ? [phrase('surveys.takesPlace')] : []),
    ]
  },
)

function running(ctx: Ctx): RoundRow | undefined {
  return roundsIn(ctx.tx, ['open', 'closing']).at(-1)
}

const progress = staffCommand(
  'progress',
  /^(?:调查|问卷)\s*进度$/,
  () => true,
  (ctx) => {
    const rounds = roundsIn(ctx.tx, ['open', 'closing'])
    if (rounds.length === 0) return phrase('surveys.noneOpen')
    return rounds.map((round) => progressOf(ctx, round))
  },
)

/** How many, and where; never what was answered while the round runs. */
function progressOf(ctx: Ctx, round: RoundRow): Say {
  const figures = roundFigures(ctx.tx, ctx.env, round)
  const groups = groupCounts({ ...ctx, db: ctx.tx }, round.id)
  const direct = groups.reduce((left, { answered }) => left - answered, figures.response.successes)
  return [
    ...turnout('surveys.progress', figures, questionnaireOf(round).title),
    ...groups.map(({ topic, answered: n, invited }) =>
      phrase('surveys.progressRoom', { topic, n, invited }),
    ),
    ...(direct > 0 ? [phrase('surveys.progressDirect', { n: direct })] : []),
    phrase('surveys.hidden'),
  ]
}

const end = staffCommand(
  'end',
  /^(?:调查|问卷)\s*(?:结束|关闭|截止)$/,
  () => true,
  (ctx) => {
    const round = roundsIn(ctx.tx, ['open']).at(-1)
    if (round === undefined || !closeRound(ctx, ctx.who.id, round))
      return phrase('surveys.noneOpen')
    const { graceHours } = ctx.env.content.surveyRules
    return phrase('surveys.closing', { title: questionnaireOf(round).title, hours: graceHours })
  },
)

/** So many rounds are listed. */
const LISTED = 10

/** The latest rounds with their numbers, by which 调查 结果 and the command line know them. */
const list = staffCommand(
  'list',
  /^(?:调查|问卷)\s*(?:列表|清单|记录)$/,
  () => true,
  (ctx) => {
    const rounds = latestRounds(ctx.tx, LISTED)
    if (rounds.length === 0) return phrase('surveys.noneYet')
    return [
      phrase('surveys.list'),
      ...rounds.map((round) => {
        const { response } = roundFigures(ctx.tx, ctx.env, round)
        const state = phrase(`surveys.state.${round.state}`)
        const { title } = questionnaireOf(round)
        return phrase('surveys.listed', {
          no: round.id,
          title,
          period: round.period,
          state,
          answered: response.successes,
          invited: response.n,
        })
      }),
    ]
  },
)

/** `调查 结果` of the round that ended last, `调查 结果 3` of the one with that number. */
const results = staffCommand(
  'results',
  /^(?:调查|问卷)\s*结果\s*(?:#?\d{1,9})?$/,
  (_, text) => text,
  (ctx, text) => {
    const no = /\d+$/.exec(text)?.[0]
    const round = no === undefined ? lastEnded(ctx.tx) : roundById(ctx.tx, Number(no) as RoundId)
    if (no !== undefined && round === undefined) return phrase('surveys.error.number', { no })
    if (round !== undefined && isSecret(round)) return phrase('surveys.hidden')
    if (round === undefined) return phrase(running(ctx) ? 'surveys.hidden' : 'surveys.noneYet')
    const title = questionnaireOf(round).title
    if (round.state === 'cancelled') return phrase('surveys.cancelled', { title })
    return [phrase('surveys.final', { title, period: round.period }), ...resultLines(ctx, round)]
  },
)

/** `调查 发布 我们会…`: shows what residents would read, what they said and what is done about it, and asks for a code. */
const publish = staffCommand(
  'publish',
  /^(?:调查|问卷)\s*发布(?:$|[\s:,])/,
  (rest) => rest,
  (ctx, measures) => {
    const round = lastEnded(ctx.tx)
    if (round === undefined) return phrase(running(ctx) ? 'surveys.hidden' : 'surveys.noneYet')
    const preview = previewPublication(ctx, round.id, measures)
    if (!preview.ok) return preview.error
    const { groups, text } = preview.value
    return [
      phrase('surveys.preview', { n: groups }),
      phrase('surveys.previewText', { text }),
      ...(measures === '' ? [phrase('surveys.noMeasures')] : []),
      phrase('surveys.confirmHow', { code: askCode(ctx, round), minutes: CODE_MINUTES }),
    ]
  },
)

const cancel = staffCommand(
  'cancel',
  /^(?:调查|问卷)\s*取消$/,
  () => true,
  (ctx) => {
    const round = running(ctx)
    if (round === undefined) return phrase('surveys.noneOpen')
    return phrase('surveys.cancelAsk', {
      title: questionnaireOf(round).title,
      n: roundFigures(ctx.tx, ctx.env, round).answered,
      code: askCode(ctx, round),
      minutes: CODE_MINUTES,
    })
  },
)

export const surveyCommands: readonly Command[] = [
  start,
  progress,
  end,
  list,
  results,
  publish,
  cancel,
]
