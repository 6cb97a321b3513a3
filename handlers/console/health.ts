import { phrase } from '../../content/i18n.ts'
import { dateIn } from '../../content/time.ts'
import { outboxCounts } from '../../db/queries/outbox.ts'
import { staffList } from '../../db/queries/resident.ts'
import type { Look, Work } from '../core/feature.ts'
import { enqueue } from '../core/outbox.ts'

/** How many messages are in each state. */
export function outboxSummary(look: Look): ReturnType<typeof outboxCounts> {
  return outboxCounts(look.db)
}

/** The owners hear in chat that no backup could be made, once a day. */
export function tellBackupFailed(work: Work): void {
  for (const owner of staffList(work.tx).filter((s) => s.role === 'owner')) {
    enqueue(work, {
      to: { resident: owner.id },
      key: `backup-failed:${owner.id}:${dateIn(work.env.zone, work.now)}`,
      say: phrase('health.backup.failedNotice'),
      priority: 'notice',
    })
  }
}
