import { phrase, type Say } from '../../content/i18n.ts'
import { addDays, dateIn, type LocalDate, mondayOf } from '../../content/time.ts'
import { nextOccurrence, noteTold, type OccurrenceRow } from '../../db/queries/occurrence.ts'
import { roomById } from '../../db/queries/room.ts'
import { dayPhrase } from '../core/dates.ts'
import { type Answer, type Command, type Ctx, command, type Look } from '../core/feature.ts'
import { reply } from '../core/reply.ts'
import { may } from '../core/roles.ts'
import { type Ask, readAsk } from './ask.ts'
import { byDay, happening, line, programmeOf, provisionalNote, takesPlace } from './view.ts'

const EVERYWHERE = ['room', 'staff-room', 'direct'] as const

function asks<About extends Ask['about']>(
  about: About,
  spec: { readonly help: Command['help'] },
  run: (ctx: Ctx, ask: Extract<Ask, { about: About }>) => Answer,
): Command {
  return command({
    name: `programmes.${about}`,
    role: 'resident',
    where: EVERYWHERE,
    bare: EVERYWHERE,
    ...(spec.help && { help: spec.help }),
    parse: (said, env, today) => {
      const ask = readAsk(said.text, said.addressed, env.content, today)
      return ask?.about === about ? (ask as Extract<Ask, { about: About }>) : undefined
    },
    run,
  })
}

/** Whoever is told here is told again when something changes. */
function telling(ctx: Ctx, say: Say, rows: readonly OccurrenceRow[]): undefined {
  const outbox = reply(ctx, say)
  if (outbox !== undefined)
    noteTold(
      ctx.tx,
      outbox,
      rows.map((row) => row.id),
    )
}

function lookOf(ctx: Ctx): Look {
  return { db: ctx.tx, now: ctx.now, env: ctx.env }
}

/** Staff see the numbers by which they change and cancel, except where residents read along. */
function showsNumbers(ctx: Ctx): boolean {
  return may(ctx.who.role, 'staff') && ctx.room?.kind !== 'residents'
}

function between(ctx: Ctx, from: LocalDate, to: LocalDate): OccurrenceRow[] {
  return happening(lookOf(ctx), ctx.room && roomById(ctx.tx, ctx.room.id), from, to)
}

const day = asks(
  'day',
  { help: { what: 'programmes.help.day', example: 'programmes.example.day' } },
  (ctx, { date }) => {
    const today = dateIn(ctx.env.zone, ctx.now)
    const rows = between(ctx, date, date)
    if (rows.length === 0) {
      return phrase('programmes.nothing', { day: dayPhrase(date, today) })
    }
    telling(
      ctx,
      [...byDay(lookOf(ctx), rows, showsNumbers(ctx)), ...provisionalNote(rows)],
      rows.filter(takesPlace),
    )
    return undefined
  },
)

/** The programmes of every single day would bury the others: a week's list names them once. */
const week = asks(
  'week',
  { help: { what: 'programmes.help.week', example: 'programmes.example.week' } },
  (ctx, { weeks }) => {
    const today = dateIn(ctx.env.zone, ctx.now)
    const monday = addDays(mondayOf(today), 7 * weeks)
    const from = weeks === 0 ? today : monday
    const rows = between(ctx, from, addDays(monday, 6))
    const special = rows.filter((row) => !isDaily(ctx, row))
    const daily = [...new Set(rows.filter((row) => isDaily(ctx, row)).map((r) => r.programme))]
    if (rows.length === 0) return phrase('programmes.nothingWeek')
    telling(
      ctx,
      [
        phrase(weeks === 0 ? 'programmes.thisWeek' : 'programmes.nextWeek'),
        ...byDay(lookOf(ctx), special, showsNumbers(ctx)),
        ...daily.map((id) => everyDayLine(ctx, id)),
        ...provisionalNote(rows),
      ],
      rows.filter(takesPlace),
    )
    return undefined
  },
)

function isDaily(ctx: Ctx, row: OccurrenceRow): boolean {
  const every = programmeOf(ctx, row.programme)?.recurrence.every
  const ordinary = row.sequence === 0 && takesPlace(row)
  return ordinary && (every === 'day' || every === 'workday' || every === 'schoolday')
}

function everyDayLine(ctx: Ctx, id: string): Say {
  const programme = programmeOf(ctx, id)
  const vars = {
    name: programme?.name ?? id,
    time: programme?.starts ?? '',
    venue: programme?.venue ?? '',
  }
  switch (programme?.recurrence.every) {
    case 'schoolday':
      return phrase('programmes.onSchooldays', vars)
    case 'workday':
      return phrase('programmes.onWorkdays', vars)
    default:
      return phrase('programmes.everyDay', vars)
  }
}

const one = asks(
  'programme',
  { help: { what: 'programmes.help.programme', example: 'programmes.example.programme' } },
  (ctx, { id, weeks }) => {
    const today = dateIn(ctx.env.zone, ctx.now)
    const name = programmeOf(ctx, id)?.name ?? id
    const rows = weeks === undefined ? [] : ofWeek(ctx, id, weeks)
    const next = weeks === undefined ? nextOccurrence(ctx.tx, id, ctx.now) : rows[0]
    if (next === undefined) return phrase('programmes.noneAhead', { name })
    const topicMissing = isWithoutTopic(ctx, next)
    telling(
      ctx,
      [
        phrase('programmes.day', { day: dayPhrase(next.held_on, today) }),
        line(lookOf(ctx), next, showsNumbers(ctx)),
        ...(topicMissing ? [phrase('programmes.topicOpen')] : []),
        ...provisionalNote([next]),
      ],
      [next].filter(takesPlace),
    )
    return undefined
  },
)

function ofWeek(ctx: Ctx, id: string, weeks: number): OccurrenceRow[] {
  const monday = addDays(mondayOf(dateIn(ctx.env.zone, ctx.now)), 7 * weeks)
  return between(ctx, monday, addDays(monday, 6)).filter((row) => row.programme === id)
}

function isWithoutTopic(ctx: Ctx, row: OccurrenceRow): boolean {
  const programme = programmeOf(ctx, row.programme)
  return programme?.lectures === true && line(lookOf(ctx), row).vars['topic'] === ''
}

export const residentCommands: readonly Command[] = [day, week, one]
