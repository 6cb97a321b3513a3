import { enabledRooms } from '../../db/queries/room.ts'
import type { Work } from '../core/feature.ts'
import { enqueue } from '../core/outbox.ts'
import type { Draft } from './drafts.ts'
import { approvalSay } from './words.ts'

/** Shows staff what a colleague has to agree to, in their groups. Gives how many groups there are. */
export function tellColleagues(work: Work, draft: Draft, author: string): number {
  const rooms = enabledRooms(work.tx, 'staff')
  const say = approvalSay(work, work.tx, draft, author)
  for (const { id: room } of rooms) {
    const key = `approve:${draft.row.id}:${draft.row.code}:${room}`
    enqueue(work, { to: { room }, key, say, priority: 'reply' })
  }
  return rooms.length
}
