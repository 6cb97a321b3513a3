import type { Instant } from '../../content/time.ts'
import { expire } from '../../db/queries/outbox.ts'
import {
  digestLapsed,
  lapsedDigests,
  lapsedReminders,
  planAgain,
  reminderSkipped,
} from '../../db/queries/reminder.ts'
import type { Reader } from '../../db/store.ts'
import type { Job } from '../core/feature.ts'

/**
 * Corrects the ledger where a message was given up before it went out, as when the chat was offline: a reminder that
 * is still of use is planned again, to be worded for the day it goes out; the others are noted as late.
 */
export const lapseJob: Job = {
  name: 'programmes.lapsed',
  silent: true,
  nextDueAt: () => undefined,
  due: ({ db, now }) => {
    const { reminders, digests } = lapsed(db, now)
    return reminders.length + digests.length > 0 ? ['lapsed'] : []
  },
  run: ({ tx, now }) => {
    expire(tx, now)
    const { reminders, digests } = lapsed(tx, now)
    for (const digest of digests) digestLapsed(tx, digest)
    for (const reminder of reminders) {
      const useful = reminder.useful_until_at > now && reminder.message === 'expired'
      if (useful) planAgain(tx, reminder.id)
      else reminderSkipped(tx, reminder.id, 'late', now)
    }
  },
}

function lapsed(db: Reader, now: Instant) {
  return { reminders: lapsedReminders(db, now), digests: lapsedDigests(db, now) }
}
