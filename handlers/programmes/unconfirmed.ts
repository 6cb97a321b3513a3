import { phrase, type Say } from '../../content/i18n.ts'
import {
  addDays,
  at,
  dateIn,
  type Instant,
  type LocalDate,
  mondayOf,
  plus,
  toLocalDate,
} from '../../content/time.ts'
import { type OccurrenceRow, unsettled, updateOccurrence } from '../../db/queries/occurrence.ts'
import { enabledRooms } from '../../db/queries/room.ts'
import { putSetting, setting } from '../../db/queries/setting.ts'
import { audit } from '../../db/queries/trail.ts'
import type { Job, Look, Work } from '../core/feature.ts'
import { enqueue } from '../core/outbox.ts'
import { byDay, programmeOf } from './view.ts'

/** What has passed without anybody saying whether it was held: staff are asked once, and after a while it was missed. */

/** The working day on which staff were asked last. */
const ASKED_ON = 'programmes.asked_on'
/** A question that could not be sent for so long can be read on the console. */
const USEFUL_HOURS = 12
const SHOWN = 20

/** What staff still have to say. */
export function unconfirmed(look: Look): OccurrenceRow[] {
  const today = dateIn(look.env.zone, look.now)
  const { missedAfterDays } = look.env.content.signUpRules
  return unsettled(look.db, { from: addDays(today, -missedAfterDays), before: today })
}

/**
 * On the morning of a working day staff are asked about what was on since the last one; of what is on day after day they
 * are asked once a week.
 */
export const confirmJob: Job = {
  name: 'programmes.confirm',
  nextDueAt: (look) => morning(look, nextDay(look)),
  due: (look) => {
    const day = nextDay(look)
    return morning(look, day) <= look.now ? [day] : []
  },
  run: (work, unit) => {
    const last = setting(work.tx, ASKED_ON)
    const isNewWeek =
      last !== undefined && mondayOf(toLocalDate(last)) !== mondayOf(toLocalDate(unit))
    putSetting(work.tx, ASKED_ON, unit, work.now)
    ask(work, unit, isNewWeek)
  },
}

function morning({ env }: Look, day: LocalDate): Instant {
  return at(day, env.content.chat.digestAt, env.zone)
}

function nextDay(look: Look): LocalDate {
  const { zone, calendar } = look.env
  const today = dateIn(zone, look.now)
  const asked = setting(look.db, ASKED_ON) === today
  return calendar.nextWorkday(asked ? addDays(today, 1) : today)
}

function ask(work: Work, day: string, isNewWeek: boolean): void {
  const look: Look = { ...work, db: work.tx }
  const rooms = enabledRooms(work.tx, 'staff')
  const rows = unconfirmed(look).filter(
    (row) => row.asked_at === null && (isNewWeek || !isDaily(look, row)),
  )
  if (rooms.length === 0 || rows.length === 0) return
  for (const room of rooms) {
    enqueue(work, {
      to: { room: room.id },
      key: `confirm:${day}:${room.id}`,
      say: question(look, rows),
      priority: 'notice',
      expires: plus(work.now, { hours: USEFUL_HOURS }),
    })
  }
  for (const row of rows) updateOccurrence(work.tx, row.id, { asked_at: work.now })
}

function isDaily(look: Look, row: OccurrenceRow): boolean {
  const every = programmeOf(look, row.programme)?.recurrence.every
  return every === 'day' || every === 'workday' || every === 'schoolday'
}

function question(look: Look, rows: readonly OccurrenceRow[]): Say {
  const days = look.env.content.signUpRules.missedAfterDays
  return [
    phrase('programmes.confirm'),
    ...byDay(look, rows.slice(-SHOWN), 'numbers'),
    ...(rows.length > SHOWN ? [phrase('programmes.confirmMore', { n: rows.length - SHOWN })] : []),
    phrase('programmes.confirmHow', { no: rows.at(-1)?.id ?? 0, days }),
  ]
}

/** What nobody has confirmed for too long counts as missed; staff can still say that it was held. */
export function settleMissed(work: Work): void {
  const today = dateIn(work.env.zone, work.now)
  const before = addDays(today, -work.env.content.signUpRules.missedAfterDays)
  for (const { id } of unsettled(work.tx, { before })) {
    updateOccurrence(work.tx, id, { state: 'missed' })
    const subject = `occurrence ${id}`
    audit(work.tx, { at: work.now, by: undefined, action: 'occurrence.missed', subject })
  }
}
