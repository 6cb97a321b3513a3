import type { DialogueRow } from '../../db/queries/dialogue.ts'
import { boundRoom, type RoomRow } from '../../db/queries/room.ts'
import { dialogueWith } from './dialogues.ts'
import type { Ctx, Place, Where, Work } from './feature.ts'
import { meet, speakerOf } from './identity.ts'
import { residentLanguage } from './outbox.ts'
import type { Incoming } from './ports.ts'

/** Who speaks, and where. */
export interface Scene extends Pick<Ctx, 'where' | 'lang'> {
  readonly speaker: Ctx['who'] | undefined
  /** Missing in a direct chat. */
  readonly room: Place | undefined
  /** For a command: whoever is not known yet is met only when there is something to do for them. */
  ctx(): Ctx
  dialogue(): DialogueRow | undefined
}

/** The scene of a message that is known by `key`; what the message calls for is told by the two functions. */
export function sceneOf(
  work: Work,
  message: Incoming,
  { key, forget, opensTopic }: Pick<Ctx, 'key' | 'forget' | 'opensTopic'>,
): Scene {
  const { tx, now } = work
  const row = message.room && boundRoom(tx, message.session, message.room.platformId)
  const where = whereOf(message, row)
  const speaker = speakerOf(work, message)
  const lang = row?.lang ?? (speaker ? residentLanguage(tx, speaker.id) : 'zh-CN')
  const room = row && { id: row.id, kind: row.kind, place: row.place ?? undefined }
  let ctx: Ctx | undefined
  return {
    where,
    lang,
    speaker,
    room,
    ctx: () => {
      const { session } = message
      ctx ??= {
        ...work,
        session,
        who: speaker ?? meet(work, message),
        where,
        room,
        lang,
        message,
        key,
        forget,
        opensTopic,
      }
      return ctx
    },
    dialogue: () => speaker && dialogueWith(tx, speaker.id, room?.id, now),
  }
}

function whereOf(message: Incoming, room: RoomRow | undefined): Where {
  if (message.room === undefined) return 'direct'
  if (room?.enabled !== 1) return 'unknown-room'
  return room.kind === 'staff' ? 'staff-room' : 'room'
}
