import { addDays, dateIn } from '../../content/time.ts'
import {
  digestLapsed,
  lapsedDigests,
  lapsedReminders,
  planAgain,
  reminderSkipped,
} from '../../db/queries/reminder.ts'
import type { Job, Look } from '../core/feature.ts'

/**
 * Corrects the ledger where a message was given up before it went out, as when the chat was offline: a reminder that
 * is still of use is planned again, to be worded for the day it goes out; the others are noted as late.
 */
export const lapseJob: Job = {
  name: 'programmes.lapsed',
  nextDueAt: () => undefined,
  due: (look) => {
    const { reminders, digests } = lapsed(look)
    return reminders.length + digests.length > 0 ? ['lapsed'] : []
  },
  run: ({ tx, now, env }) => {
    const { reminders, digests } = lapsed({ db: tx, now, env })
    for (const digest of digests) digestLapsed(tx, digest)
    for (const reminder of reminders) {
      const useful = reminder.useful_until_at > now && reminder.message === 'expired'
      if (useful) planAgain(tx, reminder.id)
      else reminderSkipped(tx, reminder.id, 'late', now)
    }
  },
}

function lapsed({ db, now, env }: Look) {
  const yesterday = addDays(dateIn(env.zone, now), -1)
  return { reminders: lapsedReminders(db), digests: lapsedDigests(db, yesterday) }
}
