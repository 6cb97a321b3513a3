import { phrase } from '../../content/i18n.ts'
import type { Instant } from '../../content/time.ts'
import { type AnnouncementRow, draftsOf } from '../../db/queries/announcement.ts'
import type { Reader } from '../../db/store.ts'
import type { PhotoTaker, Sender } from '../core/feature.ts'
import { may } from '../core/roles.ts'
import { attach } from './service.ts'
import { previewSay, refused } from './words.ts'

/** The draft that the sender is at, where it was asked for. */
function draftHere(
  db: Reader,
  now: Instant,
  { who, where, room }: Sender,
): AnnouncementRow | undefined {
  if ((where !== 'direct' && where !== 'staff-room') || !may(who.role, 'staff')) return undefined
  return draftsOf(db, who.id)
    .filter((row) => row.code_expires_at > now && row.origin_room_id === (room?.id ?? null))
    .at(-1)
}

/** A picture that staff send while a draft of theirs waits to be confirmed goes out with it. */
export const draftPictures: PhotoTaker = {
  wants: ({ db, now }, from) => draftHere(db, now, from) !== undefined,
  take: (ctx, image) => {
    const row = draftHere(ctx.tx, ctx.now, ctx)
    if (row === undefined) return undefined
    if (!image.ok) return phrase('announcements.error.picture')
    const asking = { by: ctx.who.id, origin: ctx.room?.id, session: ctx.session }
    const result = attach(ctx, asking, row.id, image.value.hash)
    return result.ok ? previewSay(ctx, ctx.tx, result.value) : refused(result.error)
  },
}
