import { createHash, scryptSync, timingSafeEqual } from 'node:crypto'
import { type Instant, minutesBetween, plus } from '../../content/time.ts'
import {
  attemptsOf,
  clearAttempts,
  insertCode,
  saveAttempts,
  useCode,
} from '../../db/queries/trail.ts'
import type { CodeTable } from '../../db/schema.ts'
import type { Work } from './feature.ts'
import type { Random } from './ports.ts'

/** Codes have 6 digits, so that they can be read out on the telephone; guessing is slowed by `tries`. */
const CODE_DIGITS = 6

export function digits(random: Random, count: number): string {
  return Array.from({ length: count }, () => random.int(10)).join('')
}

function hashCode(code: string): string {
  return createHash('sha256').update(`linli code ${code}`).digest('hex')
}

/** Makes a one-time code that grants `grants`. Only its hash is kept, so it can be shown just now. */
export function makeCode(work: Work, purpose: CodeTable['purpose'], grants: unknown): string {
  const code = digits(work.env.random, CODE_DIGITS)
  insertCode(work.tx, {
    hash: hashCode(code),
    purpose,
    grants: JSON.stringify(grants),
    created_at: work.now,
    expires_at: plus(work.now, { hours: work.env.content.chat.codeHours }),
  })
  return code
}

/** Uses up a code: what it grants, or `undefined`. */
export function redeem(work: Work, purpose: CodeTable['purpose'], code: string): unknown {
  const grants = useCode(work.tx, hashCode(code), purpose, work.now)
  return grants === undefined ? undefined : JSON.parse(grants)
}

const FREE_TRIES = 5
const LOCK_MINUTES = 15

/** Minutes, rounded up, for which tries at `subject` are locked; 0 when they are not. */
export function lockedMinutes(work: Work, subject: string): number {
  const until = attemptsOf(work.tx, subject)?.locked_until_at
  return until === null || until === undefined || until <= work.now
    ? 0
    : Math.ceil(minutesBetween(work.now, until))
}

/**
 * Counts a wrong try; the fifth (or the last of `tries`) and every later one locks the subject for a quarter of an
 * hour. Gives how many are left until then.
 */
export function countFailure(work: Work, subject: string, tries = FREE_TRIES): number {
  const failures = (attemptsOf(work.tx, subject)?.failures ?? 0) + 1
  const lock: Instant | null = failures >= tries ? plus(work.now, { minutes: LOCK_MINUTES }) : null
  saveAttempts(work.tx, { subject, failures, locked_until_at: lock })
  return Math.max(0, tries - failures)
}

export function forgetFailures(work: Work, subject: string): void {
  clearAttempts(work.tx, subject)
}

/** A PIN as it is kept: salted scrypt. */
export function hashPin(pin: string, salt: string): string {
  return `${salt}:${scryptSync(pin, salt, 32).toString('hex')}`
}

export function pinMatches(pin: string, kept: string): boolean {
  const salt = kept.slice(0, kept.indexOf(':'))
  const expected = Buffer.from(kept)
  const actual = Buffer.from(hashPin(pin, salt))
  return expected.length === actual.length && timingSafeEqual(expected, actual)
}
