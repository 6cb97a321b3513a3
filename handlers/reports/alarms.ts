import type { Instant } from '../../content/time.ts'
import { casesToRaise, nextCaseAlarm } from '../../db/queries/case.ts'
import type { CaseId } from '../../db/schema-reports.ts'
import type { Look, Work } from '../core/feature.ts'
import { type CaseChange, mustBeCase, openAlarms, perform, settleAlarm } from './cases.ts'
import { type Alarm, dueAlarms, heaviestOf } from './deadlines.ts'

/** 催办, 督办 and escalation, as deadlines come near and pass. */

/** When the next deadline of any case must be raised. */
export function nextAlarm(look: Look): Instant | undefined {
  return nextCaseAlarm(look.db)
}

/** The cases with something to raise now, the oldest first. */
export function alarmsDue(look: Look): CaseId[] {
  return casesToRaise(look.db, look.now)
}

export interface Raised {
  readonly alarm: Alarm
  readonly change: CaseChange
}

/**
 * Raises what is due of a case, each deadline and level once, whatever happens in between; where several levels fell
 * due during a stop, the heaviest. Of two deadlines at one moment only the graver is told. From the deadline on the
 * case is supervised.
 */
export function raiseAlarms(work: Work, id: CaseId): Raised[] {
  const due = dueAlarms(openAlarms(work, mustBeCase(work.tx, id)), work.now)
  if (due.length === 0) settleAlarm(work, id)
  const heaviest = heaviestOf(due)
  return due.flatMap((alarm) => {
    const { level, which, once } = alarm
    const beside = alarm === heaviest ? {} : { beside: heaviest?.which ?? null }
    const changed = perform(
      work,
      undefined,
      id,
      { action: level, once, detail: { which, ...beside } },
      (row) => (level === 'remind' ? {} : { supervised_at: row.supervised_at ?? work.now }),
    )
    return changed.ok ? [{ alarm, change: changed.value }] : []
  })
}
