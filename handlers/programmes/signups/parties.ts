import type { SignUpRow } from '../../../db/queries/sign-up.ts'
import type { ResidentId } from '../../../db/schema.ts'
import type { SignUpState } from '../../../db/schema-signups.ts'
import { normalise } from '../../core/text/normalise.ts'

/** Who somebody on a list is: a resident, somebody a resident brings, or a name alone. */

/** States in which somebody still means to come. */
const HOPEFUL: ReadonlySet<SignUpState> = new Set(['taken', 'offered', 'waiting'])

export function isHopeful({ state }: Pick<SignUpRow, 'state'>): boolean {
  return HOPEFUL.has(state)
}

/** By what a name is known again: 我妈, 我妈妈 and 妈 are one person to whoever says so. */
export function nameKey(name: string): string {
  return normalise(name)
    .replace(/[\s·.。,，、]/gu, '')
    .replace(/^(?:我们|咱们|我|咱|俺)家?的?(?=.)/u, '')
    .replace(/^(爸|妈|爷|奶|公|婆|哥|姐|弟|妹|叔|伯)\1$/u, '$1')
}

/** A resident, or the guest of that name whom the resident brings. */
export function partyOf(resident: ResidentId, guest?: string): string {
  return guest === undefined ? `r${resident}` : `r${resident}/${nameKey(guest)}`
}

/** A name that no account stands behind. */
export function nameParty(name: string): string {
  return `n/${nameKey(name)}`
}

/** The key of the guest's name; empty for the resident's own row. */
export function guestOf({ party }: Pick<SignUpRow, 'party'>): string {
  const slash = party.indexOf('/')
  return slash < 0 ? '' : party.slice(slash + 1)
}
