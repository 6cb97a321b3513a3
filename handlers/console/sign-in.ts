import { type Phrase, phrase } from '../../content/i18n.ts'
import { type Instant, plus } from '../../content/time.ts'
import { type ResidentRow, residentById, staffList } from '../../db/queries/resident.ts'
import { audit } from '../../db/queries/trail.ts'
import {
  deleteExpiredSignIns,
  deleteWebSession,
  deleteWebSessionsOf,
  insertWebSession,
  useSignInCode,
  webSession,
} from '../../db/queries/web-session.ts'
import type { ResidentId, Role } from '../../db/schema.ts'
import type { Work } from '../core/feature.ts'
import { enqueue } from '../core/outbox.ts'
import { err, ok, type Result } from '../core/result.ts'
import {
  countFailure,
  forgetFailures,
  hashPin,
  lockedMinutes,
  pinMatches,
} from '../core/secrets.ts'
import { normalise } from '../core/text/normalise.ts'
import {
  type DoorLook,
  type DoorWork,
  hash,
  hashCode,
  keepCode,
  printedSubject,
  staffNamed,
} from './codes.ts'

/** Signing in to the console: the PIN proves what somebody knows, the code who reads their chat. */

const CODE_MINUTES = 10
const SESSION_HOURS = 12
/** Wrong names and PINs of everybody together, without a right one between them, until nobody is let in for a while. */
const TRIES_OF_ALL = 100
const ALL = 'console-all'

export interface SignedIn {
  readonly id: ResidentId
  readonly name: string
  readonly role: Exclude<Role, 'resident'>
  readonly beat: string | undefined
  readonly lang: ResidentRow['lang']
  readonly csrf: string
}

export interface SignInStep {
  /** For the browser's cookie; only its hash is kept. */
  readonly token: string
}

/** A PIN that nobody has: checking it takes as long as checking a real one. */
const NOBODY = hashPin('', 'nobody')

/**
 * The first step: name and PIN. A right pair sends a code to the person's chat.
 * Names that do not exist are refused in the same words, after the same time, and lock alike.
 */
export function beginSignIn(
  work: DoorWork,
  given: { readonly name: string; readonly pin: string },
): Result<SignInStep, Phrase> {
  const { tx, real } = work
  const door = { ...work, now: real }
  deleteExpiredSignIns(tx, real)
  const subject = `console:${hash(normalise(given.name).trim()).slice(0, 32)}`
  const locked = Math.max(lockedMinutes(door, subject), lockedMinutes(door, ALL))
  if (locked > 0) return err(phrase('console.signIn.locked', { minutes: locked }))
  const named = staffNamed(work, given.name)
  const who = whosePin(named, given.pin)
  if (who === undefined) {
    const left = countFailure(door, subject)
    const leftOfAll = countFailure(door, ALL, TRIES_OF_ALL)
    if (left === 0 || leftOfAll === 0) tellOwners(work, named[0])
    return err(phrase('console.signIn.wrong'))
  }
  for (const each of [subject, ALL]) forgetFailures(door, each)
  const codeLocked = lockedMinutes(door, codeSubject(who.id))
  if (codeLocked > 0) return err(phrase('console.signIn.locked', { minutes: codeLocked }))
  const expires = plus(real, { minutes: CODE_MINUTES })
  const code = keepCode(work, who.id, expires)
  const token = openWebSession(work, who.id, 'code', expires)
  enqueue(work, {
    to: { resident: who.id },
    key: `sign-in:${hash(token)}`,
    say: phrase('console.signIn.code', { code, minutes: CODE_MINUTES }),
    priority: 'reply',
    expires: plus(work.now, { minutes: CODE_MINUTES }),
  })
  return ok({ token })
}

/** The one whose PIN it is. Every try looks at a PIN, so that its time does not tell who there is and who has none. */
function whosePin(named: readonly ResidentRow[], pin: string): ResidentRow | undefined {
  const able = named.filter((s) => s.pin_hash !== null)
  if (able.length === 0) pinMatches(pin, NOBODY)
  return able.find((s) => s.pin_hash !== null && pinMatches(pin, s.pin_hash))
}

/** Wrong codes are counted for the person: a new PIN entry gives no new tries. */
const codeSubject = (id: ResidentId) => `console-code:${id}`

function openWebSession(
  work: DoorWork,
  id: ResidentId,
  stage: 'code' | 'in',
  expires: Instant,
): string {
  const token = work.env.random.token()
  insertWebSession(work.tx, {
    token_hash: hash(token),
    resident_id: id,
    stage,
    csrf: work.env.random.token(),
    created_at: work.real,
    expires_at: expires,
  })
  return token
}

/** Whoever guesses at the console's door is told to those who answer for it, once an hour for each name. */
function tellOwners(work: Work, at: ResidentRow | undefined): void {
  const hour = work.now.slice(0, 'YYYY-MM-DDTHH'.length)
  audit(work.tx, {
    at: work.now,
    by: undefined,
    action: 'console.locked',
    subject: at === undefined ? 'unknown name' : `resident ${at.id}`,
  })
  for (const owner of staffList(work.tx).filter((s) => s.role === 'owner')) {
    enqueue(work, {
      to: { resident: owner.id },
      key: `console-locked:${owner.id}:${at?.id ?? 0}:${hour}`,
      say: phrase('console.signIn.lockedNotice', { name: at?.name ?? '?' }),
      priority: 'notice',
    })
  }
}

/** Whether `token` belongs to somebody whose code is awaited. */
export function awaitsCode(look: DoorLook, token: string): boolean {
  return webSession(look.db, hash(token), look.real)?.stage === 'code'
}

/** The second step: the code. Too many wrong ones lead back to the PIN. Gives the token of the session itself. */
export function finishSignIn(
  work: DoorWork,
  token: string,
  code: string,
): Result<SignInStep, Phrase> {
  const { tx, now, real } = work
  const row = webSession(tx, hash(token), real)
  if (row?.stage !== 'code') return err(phrase('console.signIn.again'))
  const door = { ...work, now: real }
  const subject = codeSubject(row.resident_id)
  const locked = lockedMinutes(door, subject)
  if (locked > 0) return err(phrase('console.signIn.locked', { minutes: locked }))
  if (!useSignInCode(tx, hashCode(row.resident_id, normalise(code).replace(/\s/g, '')), real)) {
    const left = countFailure(door, subject)
    if (left > 0) return err(phrase('console.signIn.wrongCode', { left }))
    deleteWebSession(tx, row.token_hash)
    tellOwners(work, residentById(tx, row.resident_id))
    return err(phrase('console.signIn.again'))
  }
  for (const each of [subject, printedSubject(row.resident_id)]) forgetFailures(door, each)
  deleteWebSession(tx, row.token_hash)
  audit(tx, {
    at: now,
    by: row.resident_id,
    action: 'console.sign-in',
    subject: `resident ${row.resident_id}`,
  })
  return ok({
    token: openWebSession(work, row.resident_id, 'in', plus(real, { hours: SESSION_HOURS })),
  })
}

/** Who is signed in with `token`; nobody once the session is over or the role was taken away. */
export function signedIn(look: DoorLook, token: string): SignedIn | undefined {
  const row = webSession(look.db, hash(token), look.real)
  if (row?.stage !== 'in') return undefined
  const who = residentById(look.db, row.resident_id)
  if (who === undefined || who.role === 'resident' || who.merged_into !== null) return undefined
  const { id, name, role, lang } = who
  return { id, name, role, beat: who.beat ?? undefined, lang, csrf: row.csrf }
}

export function signOut(work: Work, token: string): void {
  deleteWebSession(work.tx, hash(token))
}

/** Ends every session of the person, on every machine. Gives how many there were. */
export function signOutEverywhere(work: Work, id: ResidentId): number {
  audit(work.tx, {
    at: work.now,
    by: id,
    action: 'console.sign-out-everywhere',
    subject: `resident ${id}`,
  })
  return deleteWebSessionsOf(work.tx, id)
}
