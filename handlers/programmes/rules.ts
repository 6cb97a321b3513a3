import { isWithin } from '../../content/places.ts'
import type { Community, Programme, ReminderOffset } from '../../content/schema.ts'
import { addDays, at, type Instant, plus, type Zone } from '../../content/time.ts'
import type { OccurrenceRow } from '../../db/queries/occurrence.ts'
import type { RoomRow } from '../../db/queries/room.ts'

type Slot = Pick<OccurrenceRow, 'held_on' | 'starts_at'>

/** The name of a reminder in the ledger: `1d19:00`, `0d08:00`, `30m`. */
export function offsetName(offset: ReminderOffset): string {
  return 'at' in offset ? `${offset.daysBefore}d${offset.at}` : `${offset.minutesBefore}m`
}

/** Whether a reminder comes some minutes before the start, not at an hour of a day. */
export function isByMinutes(name: string): boolean {
  return name.endsWith('m')
}

export function dueAt(offset: ReminderOffset, slot: Slot, zone: Zone): Instant {
  return 'at' in offset
    ? at(addDays(slot.held_on, -offset.daysBefore), offset.at, zone)
    : plus(slot.starts_at, { minutes: -offset.minutesBefore })
}

/** The last half hour belongs to the reminders by minutes. */
const LAST_MINUTES = 30

/** A reminder is of use until the occurrence starts; one of an earlier day until half an hour before. */
export function usefulUntil(offset: ReminderOffset, slot: Slot): Instant {
  return 'at' in offset && offset.daysBefore > 0
    ? plus(slot.starts_at, { minutes: -LAST_MINUTES })
    : slot.starts_at
}

/** Whether a programme is for the people of a group: one of its places lies around the group's, or a tag agrees. */
export function concerns(programme: Programme, room: RoomRow, community: Community): boolean {
  if (room.kind !== 'residents') return false
  const { audience } = programme
  if (audience === undefined) return true
  const tags = JSON.parse(room.tags) as string[]
  if (audience.tags?.some((tag) => tags.includes(tag))) return true
  return (
    audience.places?.some(
      (place) => room.place !== null && isWithin(community, room.place, place),
    ) ?? false
  )
}
