import { phrase, type Say } from '../../content/i18n.ts'
import { addDays, at, dateIn, type Instant, type LocalDate, plus } from '../../content/time.ts'
import { type CaseRow, casesWith } from '../../db/queries/case.ts'
import { enabledRooms } from '../../db/queries/room.ts'
import { putSetting, setting } from '../../db/queries/setting.ts'
import { OPEN_STATES } from '../../db/schema-reports.ts'
import type { Job, Look } from '../core/feature.ts'
import { enqueue } from '../core/outbox.ts'
import { caseLine, isLate } from './lines.ts'

/** The staff's list for the day, on working days: what is late and what is due. Nothing where there is nothing. */

/** A list that comes later than so many hours after its time says nothing new. */
const USEFUL_HOURS = 4
const SHOWN = 5

/** The day whose list was written last; by it, a restart or a clock that jumps writes none twice. */
const WRITTEN = 'reports.digest'

export const digestJob: Job = {
  name: 'reports.digest',
  nextDueAt: (look) => digestAt(look, nextDay(look)),
  due: (look) => {
    const day = nextDay(look)
    return digestAt(look, day) <= look.now ? [day] : []
  },
  run: (work, unit) => {
    putSetting(work.tx, WRITTEN, unit, work.now)
    const say = digestSay({ ...work, db: work.tx })
    if (say === undefined) return
    for (const room of enabledRooms(work.tx, 'staff')) {
      enqueue(work, {
        to: { room: room.id },
        key: `cases:digest:${unit}:${room.id}`,
        say,
        priority: 'notice',
        expires: plus(work.now, { hours: USEFUL_HOURS }),
      })
    }
  },
}

/** The next working day whose list is not written, and can still be of use. */
function nextDay(look: Look): LocalDate {
  const { zone, calendar } = look.env
  const today = dateIn(zone, look.now)
  const isOver =
    setting(look.db, WRITTEN) === today ||
    look.now >= plus(digestAt(look, today), { hours: USEFUL_HOURS })
  return calendar.nextWorkday(isOver ? addDays(today, 1) : today)
}

function digestAt({ env }: Look, day: LocalDate): Instant {
  return at(day, env.content.reportRules.digestAt, env.zone)
}

function digestSay(look: Look): Say | undefined {
  const open = casesWith(look.db, { states: OPEN_STATES })
  if (open.length === 0) return undefined
  const { zone } = look.env
  const today = dateIn(zone, look.now)
  const late = open.filter((row) => isLate(look, row))
  const due = open.filter(
    (row) => !late.includes(row) && dateIn(zone, row.due_resolve_at) === today,
  )
  const fresh = open.filter(
    (row) => row.state === 'pending' && !late.includes(row) && !due.includes(row),
  )
  return [
    phrase('cases.digest.title', { open: open.length, late: late.length, due: due.length }),
    ...part(look, 'cases.digest.late', late),
    ...part(look, 'cases.digest.due', due),
    ...part(look, 'cases.digest.fresh', fresh),
    phrase('cases.digest.how'),
  ]
}

function part(
  look: Look,
  title: 'cases.digest.late' | 'cases.digest.due' | 'cases.digest.fresh',
  rows: readonly CaseRow[],
): Say[] {
  if (rows.length === 0) return []
  return [phrase(title), ...rows.slice(0, SHOWN).map((row) => caseLine(look, row))]
}
