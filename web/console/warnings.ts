import { dateIn, partsOf, plus } from '../../content/time.ts'
import type { View } from './view.ts'

/** A backup that is older is worth a warning. */
const BACKUP_DAYS = 2
/** With less a backup may not fit, and soon nothing is kept any more. */
const LEAST_FREE_MB = 500
/** The table of the next year is published in November. */
const TABLE_MONTH = 11

/** What somebody should see to, each a line. */
export function warnings(view: View): string[] {
  return [
    ...chatWarnings(view),
    ...backupWarnings(view),
    ...diskWarnings(view),
    ...calendarWarnings(view),
    ...settingWarnings(view),
  ]
}

/** Settings that a change of the content files has made void. */
function settingWarnings({ t, deps }: View): string[] {
  return deps.env.unfit.map((name) => t('settings.unfit', { name }))
}

function chatWarnings({ t, deps }: View): string[] {
  const { chat } = deps.condition()
  if (chat === 'offline') return [t('health.offline')]
  return chat === 'scan' ? [t('health.scan')] : []
}

function backupWarnings({ t, deps }: View): string[] {
  const { last, failed, scheduled } = deps.condition().backup
  if (failed !== undefined) {
    const { zone } = deps.env
    return [t('health.backup.failed', { when: dateIn(zone, failed.at), why: failed.why })]
  }
  if (!scheduled && last === undefined) return [t('health.backup.off')]
  const late = last !== undefined && plus(last.at, { days: BACKUP_DAYS }) < deps.real.now()
  return late ? [t('health.backup.late')] : []
}

function diskWarnings({ t, deps }: View): string[] {
  const { freeMb } = deps.condition()
  return freeMb < LEAST_FREE_MB ? [t('health.diskLow', { mb: freeMb })] : []
}

function calendarWarnings({ t, deps, now }: View): string[] {
  const { calendar, zone } = deps.env
  const { year, month } = partsOf(dateIn(zone, now))
  const wanted = month >= TABLE_MONTH ? [year, year + 1] : [year]
  return wanted
    .filter((each) => !calendar.isOfficial(each))
    .map((each) => t('console.health.noCalendar', { year: each }))
}
