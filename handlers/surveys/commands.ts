import { phrase, type Say } from '../../content/i18n.ts'
import { dateIn, timeIn } from '../../content/time.ts'
import { participantsFrom } from '../../db/queries/answer.ts'
import { roomById } from '../../db/queries/room.ts'
import {
  lastEnded,
  moveRound,
  type RoundRow,
  roundRooms,
  roundsIn,
} from '../../db/queries/round.ts'
import { audit } from '../../db/queries/trail.ts'
import { datePhrase } from '../core/dates.ts'
import { type Command, type Ctx, command } from '../core/feature.ts'
import { enqueue } from '../core/outbox.ts'
import { percent } from './figures.ts'
import { questionnaireOf } from './record.ts'
import { roundFigures } from './report.ts'
import { cancelRound, closeRound, mustBe, openRound } from './rounds.ts'
import { publicLines, resultLines } from './words.ts'

const PRIVATE = ['staff-room', 'direct'] as const
const MAX_DAYS = 60
const MAX_MEASURES = 200

/** What a command is called: two words of two characters. */
const NAME = /^\s*..\s*..[\s:：,，]*/u

function staffCommand<Argument>(
  name: 'start' | 'progress' | 'end' | 'results' | 'publish' | 'cancel',
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
  return [
    phrase('surveys.progress', {
      title: questionnaireOf(round).title,
      answered: figures.answered,
      invited: figures.invited,
      rate: figures.response.rate === undefined ? '—' : percent(figures.response.rate),
      completed: figures.completed,
      refused: figures.refused,
    }),
    ...roundRooms(ctx.tx, round.id).map((room) =>
      phrase('surveys.progressRoom', {
        topic: roomById(ctx.tx, room.room_id)?.topic ?? '',
        n: participantsFrom(ctx.tx, round.id, room.room_id),
        invited: room.invited,
      }),
    ),
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

const results = staffCommand(
  'results',
  /^(?:调查|问卷)\s*结果$/,
  () => true,
  (ctx) => {
    const round = lastEnded(ctx.tx)
    if (round === undefined) return phrase(running(ctx) ? 'surveys.hidden' : 'surveys.noneYet')
    const title = questionnaireOf(round).title
    return [phrase('surveys.final', { title, period: round.period }), ...resultLines(ctx, round)]
  },
)

/** `调查 发布 我们会…`: what residents said, and what is done about it, to the groups that were asked. */
const publish = staffCommand(
  'publish',
  /^(?:调查|问卷)\s*发布(?:$|[\s:,])/,
  (rest) => rest,
  (ctx, measures) => {
    const round = lastEnded(ctx.tx)
    if (round === undefined) return phrase(running(ctx) ? 'surveys.hidden' : 'surveys.noneYet')
    if (round.state === 'published') return phrase('surveys.error.published')
    if (measures.length > MAX_MEASURES) return phrase('surveys.error.long', { max: MAX_MEASURES })
    const change = {
      state: 'published' as const,
      published_at: ctx.now,
      measures: measures === '' ? null : measures,
    }
    if (!moveRound(ctx.tx, round.id, 'closed', change)) return phrase('surveys.error.published')
    audit(ctx.tx, {
      at: ctx.now,
      by: ctx.who.id,
      action: 'round.publish',
      subject: `round ${round.id}`,
    })
    const rooms = roundRooms(ctx.tx, round.id)
    const say = publicLines(ctx, mustBe(ctx, round.id))
    for (const { room_id: room } of rooms) {
      enqueue(ctx, { to: { room }, key: `publish:${round.id}:${room}`, say, priority: 'notice' })
    }
    return phrase('surveys.publishing', { n: rooms.length })
  },
)

const cancel = staffCommand(
  'cancel',
  /^(?:调查|问卷)\s*取消$/,
  () => true,
  (ctx) => {
    const round = running(ctx)
    if (round === undefined || !cancelRound(ctx, ctx.who.id, round))
      return phrase('surveys.noneOpen')
    return phrase('surveys.cancelled', { title: questionnaireOf(round).title })
  },
)

export const surveyCommands: readonly Command[] = [start, progress, end, results, publish, cancel]
