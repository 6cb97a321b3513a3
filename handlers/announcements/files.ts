import { type Phrase, type PlainKey, phrase } from '../../content/i18n.ts'
import type { Instant } from '../../content/time.ts'
import { type AnnouncementRow, draftsOf } from '../../db/queries/announcement.ts'
import type { Reader } from '../../db/store.ts'
import type { Answer, Ctx, Env, PhotoTaker, Sender } from '../core/feature.ts'
import type { FileProblem, KeptFile } from '../core/ports.ts'
import { may } from '../core/roles.ts'
import { attach } from './drafts.ts'
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

/** A picture or document that staff send while a draft of theirs waits to be confirmed goes out with it. */
export const draftFiles: PhotoTaker = {
  wants: ({ db, now }, from) => draftHere(db, now, from) !== undefined,
  take: join,
  takeFile: join,
}

function join(ctx: Ctx, file: KeptFile): Answer {
  const row = draftHere(ctx.tx, ctx.now, ctx)
  if (row === undefined) return undefined
  if (!file.ok) return fileProblem(ctx.env, file.error)
  const asking = { by: ctx.who.id, origin: ctx.room?.id, session: ctx.session }
  const result = attach(ctx, asking, row.id, file.value)
  return result.ok ? previewSay(ctx, ctx.tx, result.value) : refused(result.error)
}

const PROBLEMS = {
  notAPhoto: 'announcements.error.file.unknownType',
  unknownType: 'announcements.error.file.unknownType',
  heic: 'announcements.error.file.heic',
  damaged: 'announcements.error.file.damaged',
  tooMany: 'announcements.error.file.tooMany',
  unavailable: 'announcements.error.file.unavailable',
} as const satisfies Record<Exclude<FileProblem, 'tooLarge'>, PlainKey>

/** Why a file cannot go out, and what to do. */
export function fileProblem(env: Env, problem: FileProblem): Phrase {
  return problem === 'tooLarge'
    ? phrase('announcements.error.file.tooLarge', {
        max: env.content.announcementRules.maxFileMegabytes,
      })
    : phrase(PROBLEMS[problem])
}
