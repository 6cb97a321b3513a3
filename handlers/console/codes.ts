import { createHash } from 'node:crypto'
import { type Instant, plus } from '../../content/time.ts'
import { type ResidentRow, staffList } from '../../db/queries/resident.ts'
import { audit } from '../../db/queries/trail.ts'
import { anySignIn, insertSignInCode, voidSignInCodes } from '../../db/queries/web-session.ts'
import type { ResidentId } from '../../db/schema.ts'
import type { Look, Work } from '../core/feature.ts'
import { err, ok, type Result } from '../core/result.ts'
import { countFailure, digits, lockedMinutes } from '../core/secrets.ts'
import { normalise } from '../core/text/normalise.ts'

/**
 * The door goes by real time: a code or a session ends neither earlier nor later because somebody moves the sandbox's
 * clock. What is said and what is audited there keep the community's time.
 */
export type DoorWork = Work & { readonly real: Instant }
export type DoorLook = Look & { readonly real: Instant }

/** A printed code is typed by somebody who first looks for the page. */
const PRINTED_CODE_HOURS = 24

export function hash(text: string): string {
  return createHash('sha256').update(`linli console ${text}`).digest('hex')
}

/** Names the person as well: a code is of use to nobody else. */
export function hashCode(id: ResidentId, code: string): string {
  return hash(`code ${id} ${code}`)
}

/** A code that holds until `expires`. Codes that the person had and that end earlier are void: none can be collected. */
export function keepCode(work: DoorWork, id: ResidentId, expires: Instant): string {
  voidSignInCodes(work.tx, id, expires)
  const code = digits(work.env.random, 6)
  insertSignInCode(work.tx, {
    hash: hashCode(id, code),
    resident_id: id,
    created_at: work.real,
    expires_at: expires,
  })
  return code
}

export interface PrintedCode {
  readonly name: string
  readonly code: string
  readonly hours: number
}

function printedCode(work: DoorWork, { id, name }: ResidentRow): PrintedCode {
  const hours = PRINTED_CODE_HOURS
  return { name, code: keepCode(work, id, plus(work.real, { hours })), hours }
}

/** While nobody has ever signed in: a code for the owner, to be printed at the start. */
export function firstSignIn(work: DoorWork): PrintedCode | undefined {
  if (anySignIn(work.tx)) return undefined
  const owner = staffList(work.tx).find((s) => s.role === 'owner')
  return owner && printedCode(work, owner)
}

/** Those of staff who are called so. */
export function staffNamed(work: Work, given: string): readonly ResidentRow[] {
  const name = normalise(given).trim()
  return staffList(work.tx).filter((s) => normalise(s.name).trim() === name)
}

export type NoCode =
  | { readonly why: 'nobody' | 'several' | 'noPin' }
  | { readonly why: 'locked'; readonly minutes: number }

/** Printed codes count as tries until one is used: whoever needs many is not looking for the page. */
export const printedSubject = (id: ResidentId) => `console-printed:${id}`

/**
 * A code for somebody whom the chat does not reach, to be printed on the machine itself. It takes the place of the code
 * in the chat, not that of the PIN.
 */
export function codeAtMachine(work: DoorWork, name: string): Result<PrintedCode, NoCode> {
  const [who, ...others] = staffNamed(work, name)
  if (who === undefined) return err({ why: 'nobody' })
  if (others.length > 0) return err({ why: 'several' })
  if (who.pin_hash === null) return err({ why: 'noPin' })
  const door = { ...work, now: work.real }
  const minutes = lockedMinutes(door, printedSubject(who.id))
  if (minutes > 0) return err({ why: 'locked', minutes })
  countFailure(door, printedSubject(who.id))
  audit(work.tx, {
    at: work.now,
    by: undefined,
    action: 'console.printed-code',
    subject: `resident ${who.id}`,
  })
  return ok(printedCode(work, who))
}
