import { BARE_CRY, CALLS, MEANWHILE, NEVER, NOT_NOW } from './emergency-frames.ts'
import { MAYBE } from './emergency-hints.ts'
import { DANGERS, type Danger } from './emergency-words.ts'
import { findFirst } from './lexicon.ts'
import { mayFit } from './needed.ts'
import type { Prepared } from './text.ts'
import type { Emergency } from './types.ts'

/** Who writes more than this is telling a story, not calling for help. */
const LONGEST = 120

interface Alarm {
  readonly kind: Emergency
  readonly start: number
  readonly end: number
}

/**
 * The kind of help to call, with the words that say so; only where there is hardly a doubt. What sounds harmless by
 * itself, 车棚烧了, is danger where somebody is called or warned: 快拿灭火器来.
 */
export function findEmergency({ plain }: Prepared): Alarm | undefined {
  if (plain.length > LONGEST) return undefined
  if (BARE_CRY.test(plain)) return { kind: 'help', start: 0, end: plain.length }
  const found = dangerIn(plain, DANGERS) ?? dangerIn(plain, MAYBE)
  return found && atHand(plain) ? found : undefined
}

function dangerIn(plain: string, dangers: readonly Danger[]): Alarm | undefined {
  for (const { kind, says, beside = [], not } of dangers) {
    const found = mayFit(says, plain) ? findFirst(says, plain) : undefined
    const meant = found && beside.every((other) => other.test(plain)) && !not?.test(plain)
    if (meant) return { kind, ...found }
  }
  return undefined
}

/** Whether it is about here and now, and in earnest. */
function atHand(plain: string): boolean {
  const told = plain.replace(MEANWHILE, '')
  return told.search(NEVER) < 0 && (CALLS.test(plain) || told.search(NOT_NOW) < 0)
}
