import { phrase, type Say } from '../../content/i18n.ts'
import { addDays, dateIn, daysBetween, type LocalDate, mondayOf } from '../../content/time.ts'
import { nextOccurrence, noteTold } from '../../db/queries/occurrence.ts'
import { type RoomRow, roomById } from '../../db/queries/room.ts'
import { dayPhrase } from '../core/dates.ts'
import { type Answer, type Command, type Ctx, command, type Look } from '../core/feature.ts'
import { reply } from '../core/reply.ts'
import { may } from '../core/roles.ts'
import { type Ask, type Period, readAsk } from './ask.ts'
import { foreseen, foreseenNext } from './foresight.ts'
import { nameOf } from './names.ts'
import {
  byDay,
  happening,
  programmeOf,
  provisionalNote,
  type Sight,
  takesPlace,
  topicOf,
} from './view.ts'

const EVERYWHERE = ['room', 'staff-room', 'direct'] as const

/** In a list of more days than these, the programmes of every single day would bury the others. */
const DETAILED_DAYS = 2
/** How to sign up is said of what is near. */
const LONG_DAYS = 8

type Kind = 'day' | 'days' | 'programme'

function kindOf(ask: Ask | undefined): Kind | undefined {
  if (ask?.about !== 'days') return ask?.about
  const { from, to } = ask.period
  return daysBetween(from, to) < DETAILED_DAYS ? 'day' : 'days'
}

const read = new WeakMap<object, Ask | undefined>()

function asks<About extends Ask['about']>(
  kind: Kind,
  spec: Pick<Command, 'name'> & { readonly help: Command['help'] },
  run: (ctx: Ctx, ask: Extract<Ask, { about: About }>) => Answer,
): Command {
  return command({
    name: spec.name,
    role: 'resident',
    where: EVERYWHERE,
    bare: EVERYWHERE,
    ...(spec.help && { help: spec.help }),
    parse: (said, env, today) => {
      if (!read.has(said)) read.set(said, readAsk(said.text, said.addressed, env.content, today))
      const ask = read.get(said)
      return kindOf(ask) === kind ? (ask as Extract<Ask, { about: About }>) : undefined
    },
    run,
  })
}

/** Whoever is told here is told again when something changes. */
function telling(ctx: Ctx, say: Say, rows: readonly Sight[]): undefined {
  const outbox = reply(ctx, say)
  const told = rows.flatMap(({ id }) => id ?? [])
  if (outbox !== undefined) noteTold(ctx.tx, outbox, told)
}

function lookOf(ctx: Ctx): Look {
  return { db: ctx.tx, now: ctx.now, env: ctx.env }
}

/** Staff see the numbers by which they change and cancel, except where residents read along. */
function detailFor(ctx: Ctx): 'numbers' | 'hints' {
  return may(ctx.who.role, 'staff') && ctx.room?.kind !== 'residents' ? 'numbers' : 'hints'
}

function between(ctx: Ctx, from: LocalDate, to: LocalDate): Sight[] {
  const look = lookOf(ctx)
  const room: RoomRow | undefined = ctx.room && roomById(ctx.tx, ctx.room.id)
  return [...happening(look, room, from, to), ...foreseen(look, room, from, to)]
}

const day = asks<'days'>(
  'day',
  {
    name: 'programmes.day',
    help: { what: 'programmes.help.day', example: 'programmes.example.day' },
  },
  (ctx, { period }) => {
    const { from, to } = period
    const rows = between(ctx, from, to).filter(
      (row) => period.week !== 'this' || row.ends_at > ctx.now,
    )
    if (rows.length === 0) {
      return phrase('programmes.nothing', { day: dayPhrase(from, dateIn(ctx.env.zone, ctx.now)) })
    }
    const say = [...byDay(lookOf(ctx), rows, detailFor(ctx)), ...provisionalNote(rows)]
    return telling(ctx, say, rows)
  },
)

const days = asks<'days'>(
  'days',
  {
    name: 'programmes.days',
    help: { what: 'programmes.help.week', example: 'programmes.example.week' },
  },
  (ctx, { period }) => {
    const today = dateIn(ctx.env.zone, ctx.now)
    const rows = between(ctx, period.from < today ? today : period.from, period.to)
    if (rows.length === 0) return phrase('programmes.nothingWeek')
    const daily = [...new Set(rows.filter((row) => isDaily(ctx, row)).map((r) => r.programme))]
    const special = rows.filter((row) => !isDaily(ctx, row))
    const isLong = daysBetween(period.from, period.to) >= LONG_DAYS
    const say = [
      ...heading(period),
      ...byDay(
        lookOf(ctx),
        special,
        isLong && detailFor(ctx) === 'hints' ? 'plain' : detailFor(ctx),
      ),
      ...daily.map((id) => everyDayLine(ctx, id)),
      ...provisionalNote(rows),
    ]
    return telling(ctx, say, rows)
  },
)

function heading({ week }: Period): Say[] {
  if (week === undefined) return []
  return [phrase(week === 'this' ? 'programmes.thisWeek' : 'programmes.nextWeek')]
}

/** Held as on any other day, so that one line speaks for all of them. */
function isDaily(ctx: Ctx, row: Sight): boolean {
  const programme = programmeOf(ctx, row.programme)
  const every = programme?.recurrence.every
  const usual = row.state === 'planned' && row.start_time === programme?.starts
  return usual && (every === 'day' || every === 'workday' || every === 'schoolday')
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

const one = asks<'programme'>(
  'programme',
  {
    name: 'programmes.programme',
    help: { what: 'programmes.help.programme', example: 'programmes.example.programme' },
  },
  (ctx, { id, period }) => {
    const rows = timesOf(ctx, id, period)
    if (rows.length === 0) {
      return phrase('programmes.noneAhead', { name: nameOf(lookOf(ctx), id) })
    }
    const next = rows.findLast(takesPlace)
    const say = [
      ...byDay(lookOf(ctx), rows, detailFor(ctx)),
      ...(next && isWithoutTopic(ctx, next) ? [phrase('programmes.topicOpen')] : []),
      ...provisionalNote(rows),
    ]
    return telling(ctx, say, rows)
  },
)

/** The time that was asked for, or what became of it together with the next one. */
function timesOf(ctx: Ctx, id: string, period: Period | undefined): Sight[] {
  const monday = mondayOf(dateIn(ctx.env.zone, ctx.now))
  const { from, to } = period ?? { from: monday, to: addDays(monday, 6) }
  const look = lookOf(ctx)
  const within = [
    ...happening(look, undefined, from, to),
    ...foreseen(look, undefined, from, to),
  ].filter((row) => row.programme === id)
  const programme = programmeOf(ctx, id)
  const next = nextOccurrence(ctx.tx, id, ctx.now) ?? (programme && foreseenNext(look, programme))
  const ahead = within.find((row) => takesPlace(row) && row.ends_at > ctx.now)
  if (period !== undefined && ahead !== undefined) return [ahead]
  const instead = period === undefined ? missed(ctx, within, ahead) : within.at(-1)
  return [instead, next].filter((row) => row !== undefined)
}

/** The latest of this week that does not take place: still to come, or the last one of the week. */
function missed(ctx: Ctx, week: readonly Sight[], ahead: Sight | undefined): Sight | undefined {
  return week.findLast(
    (row) => !takesPlace(row) && (ahead === undefined || row.starts_at > ctx.now),
  )
}

function isWithoutTopic(ctx: Ctx, row: Sight): boolean {
  const programme = programmeOf(ctx, row.programme)
  return programme?.lectures === true && topicOf(ctx.tx, programme, row) === undefined
}

export const residentCommands: readonly Command[] = [day, days, one]
