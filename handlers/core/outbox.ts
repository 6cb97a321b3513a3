import { render, type Say } from '../../content/i18n.ts'
import type { Lang } from '../../content/schema.ts'
import type { Instant } from '../../content/time.ts'
import { optedOut } from '../../db/queries/opt-out.ts'
import { insertOutbox } from '../../db/queries/outbox.ts'
import { residentById } from '../../db/queries/resident.ts'
import { roomById } from '../../db/queries/room.ts'
import type { OutboxId, OutboxTable, ResidentId, Topic } from '../../db/schema.ts'
import type { Reader } from '../../db/store.ts'
import type { Recipient, Work } from './feature.ts'
import { clean, splitText } from './text/split.ts'

export interface Outgoing {
  readonly to: Recipient
  /** Unique for what is said and to whom: the same key never goes out twice. */
  readonly key: string
  readonly say: Say
  readonly priority: OutboxTable['priority']
  /** Not before this moment; at once when missing. */
  readonly notBefore?: Instant
  /** Too late from this moment on. */
  readonly expires?: Instant
  /** What a resident can opt out of; only for what Linli starts by itself. */
  readonly topic?: Exclude<Topic, 'all'>
}

/**
 * Puts a message into the outbox, worded in the recipient's language and split into parts.
 * Gives the row of the first part, or `undefined` when the resident has opted out or the key was used before.
 */
export function enqueue(work: Work, out: Outgoing): OutboxId | undefined {
  return enqueueParts(work, out)[0]
}

/** The same for who keeps account of every part: gives the row of each, `undefined` for those whose key was used. */
export function enqueueParts(work: Work, out: Outgoing): readonly (OutboxId | undefined)[] {
  const { tx, now, env } = work
  const resident = out.to.resident
  if (resident !== undefined && out.topic !== undefined && optedOut(tx, resident, out.topic)) {
    return []
  }
  const text = clean(render(out.say, languageOf(tx, out.to)))
  return splitText(text, env.content.chat.maxTextLength).map((part, i) =>
    insertOutbox(tx, {
      dedupe_key: i === 0 ? out.key : `${out.key}#${i + 1}`,
      room_id: out.to.room ?? null,
      resident_id: out.to.resident ?? null,
      priority: out.priority,
      text: part,
      state: 'queued',
      not_before_at: out.notBefore ?? now,
      expires_at: out.expires ?? null,
      attempts: 0,
      claimed_at: null,
      settled_at: null,
      reason: null,
      platform_message_id: null,
      created_at: now,
    }),
  )
}

function languageOf(db: Reader, to: Recipient): Lang {
  if (to.room !== undefined) return roomById(db, to.room)?.lang ?? 'zh-CN'
  return residentLanguage(db, to.resident)
}

/** What the resident chose, on whichever account. */
export function residentLanguage(db: Reader, id: ResidentId): Lang {
  const row = residentById(db, id)
  const kept = row?.merged_into ? residentById(db, row.merged_into) : row
  return kept?.lang ?? 'zh-CN'
}
