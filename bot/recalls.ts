import { recallsAsked, settleRecall } from '../db/queries/announcement-delivery.ts'
import type { OutboxRow } from '../db/queries/outbox.ts'
import type { Store } from '../db/store.ts'
import type { Chat, Clock, Logger } from '../handlers/core/ports.ts'
import { type Schedule, within } from './wechaty/timers.ts'

export interface RecallsDeps {
  readonly store: Store
  readonly clock: Clock
  readonly chat: Chat
  readonly logger: Logger
  /** Real time, also where the clock is a simulated one. */
  readonly schedule: Schedule
}

export interface Recalls {
  /** Takes back what staff asked for. Calls made meanwhile wait for the same round. */
  drain(): Promise<void>
}

const RECALL_TIMEOUT_MS = 30_000

/** Taking a message back twice does no harm, so what a crash left undone is simply done again. */
export function createRecalls({ store, clock, chat, logger, schedule }: RecallsDeps): Recalls {
  let round: Promise<void> | undefined

  async function takenBack({ id, platform_message_id: message }: OutboxRow): Promise<boolean> {
    if (message === null || !chat.capabilities.recall) return false
    try {
      return await within(schedule, RECALL_TIMEOUT_MS, chat.recall(message))
    } catch (err) {
      logger.warn('recall failed', { outbox: id, err: err instanceof Error ? err.name : '' })
      return false
    }
  }

  async function work(): Promise<void> {
    for (const row of recallsAsked(store)) {
      if (!chat.online) return
      const state = (await takenBack(row)) ? 'recalled' : 'failed'
      store.tx((tx) => settleRecall(tx, row.id, state, clock.now()))
    }
  }

  return {
    drain: () => {
      round ??= work().finally(() => {
        round = undefined
      })
      return round
    },
  }
}
