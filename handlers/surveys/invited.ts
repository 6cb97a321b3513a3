import { peopleIn, settledAmong } from '../../db/queries/invitation.ts'
import type { RoundRow } from '../../db/queries/round.ts'
import type { ResidentId, RoomId } from '../../db/schema.ts'
import type { Work } from '../core/feature.ts'
import { respondentKey, unitKey } from './keys.ts'

/**
 * Who of a group is asked, everybody but the staff: merged accounts are one person, and by household all who have
 * confirmed the same home are one.
 */
export function invitedIn(work: Work, room: RoomId, unit: RoundRow['unit']): string[] {
  return peopleIn(work.tx, room).flatMap(({ platform_id, person }) => {
    if (person === undefined) return [platform_id]
    return person.role === 'resident' ? [unitKey(unit, person)] : []
  })
}

/** Whether somebody in the group has neither finished nor refused, nor wants to hear nothing of surveys. */
export function anybodyMissing(work: Work, round: RoundRow, room: RoomId): boolean {
  const asked = peopleIn(work.tx, room).filter(
    ({ person, opted_out }) => person === undefined || (person.role === 'resident' && !opted_out),
  )
  const people = new Map<string, ResidentId>()
  for (const { person } of asked) {
    if (person === undefined) return true
    people.set(respondentKey(work.tx, round, person), person.id)
  }
  return settledAmong(work.tx, round.id, people).size < people.size
}
