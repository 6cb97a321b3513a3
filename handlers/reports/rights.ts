import { isWithin } from '../../content/places.ts'
import type { CaseRow } from '../../db/queries/case.ts'
import { complaintOn } from '../../db/queries/complaint.ts'
import { residentById } from '../../db/queries/resident.ts'
import type { ResidentId, Role } from '../../db/schema.ts'
import type { Reader } from '../../db/store.ts'
import type { Env } from '../core/feature.ts'
import { may } from '../core/roles.ts'
import type { Relation } from './transitions.ts'

/** Somebody who wants something of a case; a `Speaker` is one. */
export interface Actor {
  readonly id: ResidentId
  /** What they may do now: a role that is not confirmed counts as `resident`. */
  readonly role: Role
}

/** What somebody is to a case; `undefined` is Linli itself. */
export function relationsOf(
  db: Reader,
  env: Env,
  by: Actor | undefined,
  row: CaseRow,
): ReadonlySet<Relation> {
  if (by === undefined) return new Set<Relation>(['system'])
  const own = complaintOn(db, row.id, by.id)
  const standing = own !== undefined && own.withdrawn_at === null
  const relations = new Set<Relation>([standing ? 'reporter' : 'neighbour'])
  if (may(by.role, 'staff')) relations.add('staff')
  if (by.role === 'steward' && isInBeat(db, env, by.id, row.place_id)) relations.add('steward')
  if (by.role !== 'resident' && row.assignee_id === by.id) relations.add('handler')
  return relations
}

function isInBeat(db: Reader, env: Env, steward: ResidentId, place: string | null): boolean {
  const beat = residentById(db, steward)?.beat ?? null
  return beat !== null && place !== null && isWithin(env.content.community, place, beat)
}
