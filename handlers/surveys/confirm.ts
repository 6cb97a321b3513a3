import { type Phrase, phrase } from '../../content/i18n.ts'
import { plus } from '../../content/time.ts'
import { moveRound, type RoundRow, roundByCode } from '../../db/queries/round.ts'
import type { ResidentId } from '../../db/schema.ts'
import type { Work } from '../core/feature.ts'
import { err, ok, type Result } from '../core/result.ts'
import { digits } from '../core/secrets.ts'
import { publishRound } from './publish.ts'
import { questionnaireOf } from './record.ts'
import { cancelRound } from './rounds.ts'

/** What cannot be taken back is asked about first: a code confirms it. */

/** A code is good for so long. */
export const CODE_MINUTES = 30

/** Longer than the codes of announcements, with which it is said in the same words. */
const CODE_DIGITS = 6

/** Gives a round the code that confirms what its state allows; a later code takes the place of an earlier one. */
export function askCode(work: Work, round: RoundRow): string {
  const code = digits(work.env.random, CODE_DIGITS)
  moveRound(work.tx, round.id, round.state, {
    confirm_code: code,
    confirm_until_at: plus(work.now, { minutes: CODE_MINUTES }),
  })
  return code
}

/** Does what a code was shown for and gives what to say about it; `undefined` when it is no code of a round. */
export function confirmRound(
  work: Work,
  by: ResidentId,
  code: string,
): Result<Phrase, Phrase> | undefined {
  const round = roundByCode(work.tx, code)
  if (round === undefined) return undefined
  const late = round.confirm_until_at === null || round.confirm_until_at <= work.now
  switch (round.state) {
    case 'open':
    case 'closing':
      if (late) return err(phrase('surveys.error.codeLate', { command: '调查 取消' }))
      cancelRound(work, by, round)
      return ok(cancelled(round))
    case 'cancelled':
      return ok(cancelled(round))
    default: {
      if (late && round.state === 'closed')
        return err(phrase('surveys.error.codeLate', { command: '调查 发布' }))
      const groups = publishRound(work, by, round.id, round.measures ?? '')
      return groups.ok ? ok(phrase('surveys.publishing', { n: groups.value })) : groups
    }
  }
}

function cancelled(round: RoundRow): Phrase {
  return phrase('surveys.cancelled', { title: questionnaireOf(round).title })
}
