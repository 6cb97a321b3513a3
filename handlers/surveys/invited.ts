import { boundResident } from '../../db/queries/resident.ts'
import { latestMembers } from '../../db/queries/room.ts'
import type { RoomId } from '../../db/schema.ts'
import type { Work } from '../core/feature.ts'

/** The people of a group who are asked, everybody but the staff; merged accounts are one person. */
export function invitedIn(work: Work, room: RoomId): string[] {
  return latestMembers(work.tx, room).flatMap((m) => {
    const known = boundResident(work.tx, m.session_id, m.platform_id)
    if (known === undefined) return [m.platform_id]
    return known.role === 'resident' ? [`resident ${known.id}`] : []
  })
}
