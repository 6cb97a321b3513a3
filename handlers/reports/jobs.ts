import { phrase } from '../../content/i18n.ts'
import { addDays, at, dateIn, earliest, type Instant, plus } from '../../content/time.ts'
import { type CaseRow, casesWaiting } from '../../db/queries/case.ts'
import { insertCaseEvent } from '../../db/queries/case-event.ts'
import { enabledRooms } from '../../db/queries/room.ts'
import type { CaseId } from '../../db/schema-reports.ts'
import type { Job, Look, Work } from '../core/feature.ts'
import { enqueue } from '../core/outbox.ts'
import { quietUntil } from '../core/quiet.ts'
import { alarmsDue, nextAlarm, raiseAlarms } from './alarms.ts'
import { mustBeCase } from './cases.ts'
import { digestJob } from './digest.ts'
import { aboutCase } from './lines.ts'
import { askedAt, askedOnce, askRevisit } from './revisit.ts'
import { archive, unreached } from './service.ts'
import { reportersOf } from './view.ts'

/** What falls due of cases: deadlines, the revisit, the archive. Each step is a row in the case's history: done once. */

/** 催办, 督办 and escalation. */
const alarmJob: Job = {
  name: 'reports.alarms',
  nextDueAt: nextAlarm,
  due: (look) => alarmsDue(look).map(String),
  run: (work, unit) => void raiseAlarms(work, Number(unit) as CaseId),
}

interface Step {
  readonly id: CaseId
  readonly at: Instant
  readonly what: 'ask' | 'again' | 'unreached'
}

/** What comes next for a case that was closed: the question, the same once more, and giving up. */
function stepOf(look: Look, row: CaseRow): Step {
  const { revisit } = look.env.content.reportRules
  const asked = [1, 2].map((nth) => askedAt(look.db, row, nth))
  const [first, second] = asked
  const step = (what: Step['what'], after: Instant, days: number): Step => ({
    id: row.id,
    what,
    at: onDay(look, after, days),
  })
  if (first === undefined) return step('ask', row.closed_at ?? look.now, revisit.askDays)
  if (second === undefined) return step('again', first, revisit.againDays)
  return step('unreached', second, revisit.giveUpDays)
}

function onDay({ env }: Look, after: Instant, days: number): Instant {
  const { zone, content } = env
  const due = at(addDays(dateIn(zone, after), days), content.reportRules.revisit.at, zone)
  return quietUntil(due, content.chat.quietHours, zone) ?? due
}

function steps(look: Look): Step[] {
  return casesWaiting(look.db, 'done', look.now).map((row) => stepOf(look, row))
}

function isQuiet({ now, env }: Look): boolean {
  return quietUntil(now, env.content.chat.quietHours, env.zone) !== undefined
}

const revisitJob: Job = {
  name: 'reports.revisit',
  nextDueAt: (look) => {
    const next = earliest(...steps(look).map((step) => step.at))
    if (next === undefined || next > look.now) return next
    return quietUntil(look.now, look.env.content.chat.quietHours, look.env.zone) ?? next
  },
  due: (look) =>
    isQuiet(look)
      ? []
      : steps(look)
          .filter((step) => step.at <= look.now)
          .map((step) => `${step.id}`),
  run: (work, unit) => {
    const row = mustBeCase(work.tx, Number(unit) as CaseId)
    const step = row.state === 'done' ? stepOf({ ...work, db: work.tx }, row) : undefined
    if (step === undefined || step.at > work.now) return
    if (step.what === 'unreached') unreached(work, undefined, row.id)
    else ask(work, row, step.what === 'ask' ? 1 : 2)
  },
}

/** Asks everybody who reported it; where nobody can be asked in chat, staff are asked to call. */
function ask(work: Work, row: CaseRow, nth: 1 | 2): void {
  const { tx, now, env } = work
  insertCaseEvent(tx, {
    case_id: row.id,
    at: now,
    acting: 'system',
    resident_id: null,
    kind: `ask${nth}`,
    from_state: row.state,
    to_state: row.state,
    public_note: null,
    internal_note: null,
    detail: '{}',
    once: askedOnce(row, nth),
  })
  const people = reportersOf({ db: tx, now, env }, row.id)
  const asked = people.filter((resident) => askRevisit(work, row.id, resident, nth))
  if (asked.length > 0 || nth === 2) return
  for (const room of enabledRooms(tx, 'staff')) {
    enqueue(work, {
      to: { room: room.id },
      key: `revisit:${row.id}:${row.reopened}:call:${room.id}`,
      say: phrase('cases.revisit.call', { no: row.id, about: aboutCase(env, row) }),
      priority: 'notice',
      expires: plus(now, { days: 3 }),
    })
  }
}

const archiveJob: Job = {
  name: 'reports.archive',
  silent: true,
  nextDueAt: (look) => {
    const [first] = casesWaiting(look.db, 'revisited', look.now)
    return first?.revisited_at ? archiveAt(look, first.revisited_at) : undefined
  },
  due: (look) =>
    casesWaiting(look.db, 'revisited', look.now)
      .filter((row) => row.revisited_at !== null && archiveAt(look, row.revisited_at) <= look.now)
      .map((row) => String(row.id)),
  run: (work, unit) => void archive(work, undefined, Number(unit) as CaseId),
}

function archiveAt({ env }: Look, revisited: Instant): Instant {
  return plus(revisited, { days: env.content.reportRules.revisit.archiveDays })
}

export const caseJobs: readonly Job[] = [alarmJob, revisitJob, archiveJob, digestJob]
