import { phrase, type Say } from '../../content/i18n.ts'
import { plus } from '../../content/time.ts'
import { residentById, updateResident } from '../../db/queries/resident.ts'
import type { OutboxId } from '../../db/schema.ts'
import type { Ctx } from './feature.ts'
import { enqueue } from './outbox.ts'

/** An answer that could not be sent for so long answers nothing any more. */
const USEFUL_MINUTES = 30

/** Answers the message in hand where it was said; the first answer in a direct chat brings the privacy notice. */
export function reply(ctx: Ctx, say: Say): OutboxId | undefined {
  const key = `reply:${ctx.key}`
  const expires = plus(ctx.now, { minutes: USEFUL_MINUTES })
  if (ctx.room !== undefined) {
    return enqueue(ctx, { to: { room: ctx.room.id }, key, say, priority: 'reply', expires })
  }
  const unnoticed = residentById(ctx.tx, ctx.who.id)?.noticed_at === null
  if (unnoticed) updateResident(ctx.tx, ctx.who.id, { noticed_at: ctx.now })
  const notice = phrase('privacy.notice', { bot: ctx.env.content.community.botName })
  return enqueue(ctx, {
    to: { resident: ctx.who.id },
    key,
    say: unnoticed ? [say, phrase('privacy.firstNotice', { notice })] : say,
    priority: 'reply',
    expires,
  })
}
