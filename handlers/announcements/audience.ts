import type { PlaceId } from '../../content/map.ts'
import { isWithin } from '../../content/places.ts'
import type { Community } from '../../content/schema.ts'
import { disabledRooms, enabledRooms, type RoomRow } from '../../db/queries/room.ts'
import type { RoomId } from '../../db/schema.ts'
import type { Reader } from '../../db/store.ts'

/** Whom an announcement is for: every group of residents, or those that one of the lists names. */
export type Audience =
  | { readonly kind: 'all' }
  | {
      readonly kind: 'some'
      readonly rooms: readonly RoomId[]
      /** With the places within. */
      readonly places: readonly PlaceId[]
      readonly tags: readonly string[]
    }

export const EVERYBODY: Audience = { kind: 'all' }

/** The groups of an audience: those that are served, and those that would belong to it but are switched off. */
export interface Reached {
  readonly rooms: readonly RoomRow[]
  readonly off: readonly RoomRow[]
}

function belongs(room: RoomRow, audience: Audience, community: Community): boolean {
  if (audience.kind === 'all') return room.kind === 'residents'
  if (audience.rooms.includes(room.id)) return true
  if (room.kind !== 'residents') return false
  const tags = JSON.parse(room.tags) as string[]
  if (audience.tags.some((tag) => tags.includes(tag))) return true
  const { place } = room
  return place !== null && audience.places.some((around) => isWithin(community, place, around))
}

/** The groups that an audience means now. Who is switched off is worth a word only where it was named. */
export function reached(db: Reader, audience: Audience, community: Community): Reached {
  const off = audience.kind === 'all' ? [] : disabledRooms(db)
  return {
    rooms: enabledRooms(db).filter((room) => belongs(room, audience, community)),
    off: off.filter((room) => belongs(room, audience, community)),
  }
}

/** The groups of the places around those that an audience names: 28街坊 for 3号楼. */
export function around(db: Reader, audience: Audience, community: Community): readonly RoomRow[] {
  if (audience.kind === 'all') return []
  return enabledRooms(db, 'residents').filter(
    ({ place }) => place !== null && audience.places.some((id) => isWithin(community, id, place)),
  )
}
