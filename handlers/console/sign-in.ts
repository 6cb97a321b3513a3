import { createHash } from 'node:crypto'
import { type Phrase, phrase } from '../../content/i18n.ts'
import { type Instant, plus } from '../../content/time.ts'
import { type ResidentRow, residentById, staffList } from '../../db/queries/resident.ts'
import { audit } from '../../db/queries/trail.ts'
import {
  anySignIn,
  deleteExpiredSignIns,
  deleteWebSession,
  deleteWebSessionsOf,
  insertSignInCode,
  insertWebSession,
  updateWebSession,
  useSignInCode,
  webSession,
} from '../../db/queries/web-session.ts'
import type { ResidentId, Role } from '../../db/schema.ts'
import type { Look, Work } from '../core/feature.ts'
import { enqueue } from '../core/outbox.ts'
import { err, ok, type Result } from '../core/result.ts'
import {
  countFailure,
  digits,
  forgetFailures,
  hashPin,
  lockedMinutes,
  pinMatches,
} from '../core/secrets.ts'
import { normalise } from '../core/text/normalise.ts'

/** Signing in to the console: the PIN proves what somebody knows, the code who reads their chat. */

const CODE_MINUTES = 10
/** A printed code is typed by somebody who first looks for the page. */
const PRINTED_CODE_HOURS = 24
const SESSION_HOURS = 12
/** Wrong codes until the PIN is asked again. */
const CODE_TRIES = 5

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

function hash(text: string): string {
  return createHash('sha256').update(`linli console ${text}`).digest('hex')
}

function hashCode(id: ResidentId, code: string): string {
  return hash(`code ${id} ${code}`)
}

function keepCode(work: Work, id: ResidentId, expires: Instant): string {
  const code = digits(work.env.random, 6)
  insertSignInCode(work.tx, {
    hash: hashCode(id, code),
    resident_id: id,
    created_at: work.now,
    expires_at: expires,
  })
  return code
}

/** A code for the terminal, where nobody can be reached by chat: at the first start, and `linli staff sign-in`. */
export function printedCode(work: Work, id: ResidentId): string {
  return keepCode(work, id, plus(work.now, { hours: PRINTED_CODE_HOURS }))
}

/** While nobody has ever signed in: a code for the owner, to be printed at the start. */
export function firstSignIn(work: Work): { name: string; code: string } | undefined {
  if (anySignIn(work.tx)) return undefined
  const owner = staffList(work.tx).find((s) => s.role === 'owner')
  return owner && { name: owner.name, code: printedCode(work, owner.id) }
}

/** A PIN that nobody has: checking it takes as long as checking a real one. */
const NOBODY = hashPin('', 'nobody')

/**
 * The first step: name and PIN. A right pair sends a code to the person's chat.
 * Names that do not exist are refused in the same words, after the same time, and lock alike.
 */
export function beginSignIn(
  work: Work,
  given: { readonly name: string; readonly pin: string },
): Result<SignInStep, Phrase> {
  const { tx, now } = work
  deleteExpiredSignIns(tx, now)
  const name = normalise(given.name).trim()
  const subject = `console:${hash(name).slice(0, 32)}`
  const locked = lockedMinutes(work, subject)
  if (locked > 0) return err(phrase('console.signIn.locked', { minutes: locked }))
  const named = staffList(tx).filter((s) => normalise(s.name).trim() === name)
  if (named.length === 0) pinMatches(given.pin, NOBODY)
  const who = named.find((s) => s.pin_hash !== null && pinMatches(given.pin, s.pin_hash))
  if (who === undefined) {
    countFailure(work, subject)
    if (lockedMinutes(work, subject) > 0) tellOwners(work, named[0])
    return err(phrase('console.signIn.wrong'))
  }
  forgetFailures(work, subject)
  const code = keepCode(work, who.id, plus(now, { minutes: CODE_MINUTES }))
  const token = openWebSession(work, who.id, 'code', plus(now, { minutes: CODE_MINUTES }))
  enqueue(work, {
    to: { resident: who.id },
    key: `sign-in:${hash(token)}`,
    say: phrase('console.signIn.code', { code, minutes: CODE_MINUTES }),
    priority: 'reply',
    expires: plus(now, { minutes: CODE_MINUTES }),
  })
  return ok({ token })
}

function openWebSession(
  work: Work,
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
    failures: 0,
    created_at: work.now,
    expires_at: expires,
  })
  return token
}

/** Whoever guesses at the console's door is told to those who answer for it. */
function tellOwners(work: Work, at: ResidentRow | undefined): void {
  audit(work.tx, {
    at: work.now,
    by: undefined,
    action: 'console.locked',
    subject: at === undefined ? 'unknown name' : `resident ${at.id}`,
  })
  for (const owner of staffList(work.tx).filter((s) => s.role === 'owner')) {
    enqueue(work, {
      to: { resident: owner.id },
      key: `console-locked:${owner.id}:${at?.id ?? 0}:${work.now}`,
      say: phrase('console.signIn.lockedNotice', { name: at?.name ?? '?' }),
      priority: 'notice',
    })
  }
}

/** Whether `token` belongs to somebody whose code is awaited. */
export function awaitsCode(look: Look, token: string): boolean {
  return webSession(look.db, hash(token), look.now)?.stage === 'code'
}

/** The second step: the code. Too many wrong ones lead back to the PIN. Gives the token of the session itself. */
export function finishSignIn(work: Work, token: string, code: string): Result<SignInStep, Phrase> {
  const { tx, now } = work
  const row = webSession(tx, hash(token), now)
  if (row?.stage !== 'code') return err(phrase('console.signIn.again'))
  if (!useSignInCode(tx, hashCode(row.resident_id, normalise(code).replace(/\s/g, '')), now)) {
    const failures = row.failures + 1
    if (failures >= CODE_TRIES) {
      deleteWebSession(tx, row.token_hash)
      tellOwners(work, residentById(tx, row.resident_id))
      return err(phrase('console.signIn.again'))
    }
    updateWebSession(tx, row.token_hash, { failures })
    return err(phrase('console.signIn.wrongCode', { left: CODE_TRIES - failures }))
  }
  deleteWebSession(tx, row.token_hash)
  audit(tx, {
    at: now,
    by: row.resident_id,
    action: 'console.sign-in',
    subject: `resident ${row.resident_id}`,
  })
  return ok({
    token: openWebSession(work, row.resident_id, 'in', plus(now, { hours: SESSION_HOURS })),
  })
}

/** Who is signed in with `token`; nobody once the session is over or the role was taken away. */
export function signedIn(look: Look, token: string): SignedIn | undefined {
  const row = webSession(look.db, hash(token), look.now)
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
