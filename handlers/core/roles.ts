import { type Phrase, phrase } from '../../content/i18n.ts'
import type { Role } from '../../db/schema.ts'
import type { Needed, Speaker } from './feature.ts'

/** What each role may do besides its own: a steward is no staff member, a partner no steward. */
const COVERS: Readonly<Record<Role, readonly Needed[]>> = {
  resident: ['resident'],
  partner: ['resident', 'handler', 'partner'],
  steward: ['resident', 'handler', 'steward'],
  staff: ['resident', 'handler', 'partner', 'steward', 'staff'],
  owner: ['resident', 'handler', 'partner', 'steward', 'staff', 'owner'],
}

/** Whether somebody with the role `actual` may do what `needed` may do. */
export function may(actual: Role, needed: Needed): boolean {
  return COVERS[actual].includes(needed)
}

/** Why the speaker may not do what `needed` may do: not at all, or not before the PIN; `undefined` for who may. */
export function refusal(who: Speaker, needed: Needed): Phrase | undefined {
  if (may(who.role, needed)) return undefined
  return phrase(may(who.record, needed) ? 'staff.confirmFirst' : 'core.notAllowed')
}
