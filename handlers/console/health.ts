import { outboxCounts } from '../../db/queries/outbox.ts'
import type { Look } from '../core/feature.ts'

/** How many messages are in each state. */
export function outboxSummary(look: Look): ReturnType<typeof outboxCounts> {
  return outboxCounts(look.db)
}
