import { phrase, type Say } from '../../content/i18n.ts'
import { plus } from '../../content/time.ts'
import { boundResident, updateResident } from '../../db/queries/resident.ts'
import type { OutboxId } from '../../db/schema.ts'
import type { Ctx, Recipient } from './feature.ts'
import { enqueue } from './outbox.ts'

/** An answer that could not be sent for so long answers nothing any more. */
const USEFUL_MINUTES = 30

/** Answers the message in hand where it was said. */
export function reply(ctx: Ctx, say: Say): OutboxId | undefined {
  return ctx.room === undefined ? replyPrivately(ctx, say) : send(ctx, { room: ctx.room.id }, say)
}

/** Answers the speaker alone, on the account that spoke; the first such answer brings the privacy notice. */
export function replyPrivately(ctx: Ctx, say: Say): OutboxId | undefined {
  const { tx, session, message, env } = ctx
  const who = boundResident(tx, session, message.sender.platformId)
  if (who === undefined) throw new Error('nobody is bound to the account that spoke')
  const to = { resident: who.account }
  if (who.noticed_at !== null) return send(ctx, to, say)
  updateResident(tx, who.id, { noticed_at: ctx.now })
  const notice = phrase('privacy.notice', { bot: env.content.community.botName })
  return send(ctx, to, [say, phrase('privacy.firstNotice', { notice })])
}

function send(ctx: Ctx, to: Recipient, say: Say): OutboxId | undefined {
  const expires = plus(ctx.now, { minutes: USEFUL_MINUTES })
  return enqueue(ctx, { to, key: `reply:${ctx.key}`, say, priority: 'reply', expires })
}
