import type { Role } from '../../db/schema.ts'

/** What each role may do besides its own: a steward is no staff member, a partner no steward. */
const COVERS: Readonly<Record<Role, readonly Role[]>> = {
  resident: ['resident'],
  partner: ['resident', 'partner'],
  steward: ['resident', 'steward'],
  staff: ['resident', 'partner', 'steward', 'staff'],
  owner: ['resident', 'partner', 'steward', 'staff', 'owner'],
}

/** Whether somebody with the role `actual` may do what `needed` may do. */
export function may(actual: Role, needed: Role): boolean {
  return COVERS[actual].includes(needed)
}
