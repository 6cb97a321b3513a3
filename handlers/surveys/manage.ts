import { type Phrase, phrase } from '../../content/i18n.ts'
import { currentSurvey, type Questionnaire } from '../../content/survey-schema.ts'
import { dateIn, timeIn } from '../../content/time.ts'
import { participantsFrom } from '../../db/queries/answer.ts'
import { roomById } from '../../db/queries/room.ts'
import {
  endedRounds,
  latestRounds,
  type RoundRow,
  roundById,
  roundRooms,
} from '../../db/queries/round.ts'
import { audit } from '../../db/queries/trail.ts'
import type { ResidentId } from '../../db/schema.ts'
import type { RoundId } from '../../db/schema-surveys.ts'
import type { Look, Work } from '../core/feature.ts'
import { err, ok, type Result } from '../core/result.ts'
import { type PaperForm, recordPaper } from './paper.ts'
import { questionnaireOf } from './record.ts'
import { countsMiddle, type RoundFigures, roundFigures, type TrendPoint, trend } from './report.ts'
import { cancelRound, closeRound, mustBe, openRound, type RoundPlan } from './rounds.ts'

/** What staff do with rounds, from chat and from the console alike. */

export const MAX_DAYS = 60

export interface RoundView {
  readonly row: RoundRow
  readonly survey: Questionnaire
}

function viewOf(row: RoundRow): RoundView {
  return { row, survey: questionnaireOf(row) }
}

/** The latest rounds, newest first. */
export function rounds(look: Look, limit: number): RoundView[] {
  return latestRounds(look.db, limit).map(viewOf)
}

export function round(look: Look, id: RoundId): RoundView | undefined {
  const row = roundById(look.db, id)
  return row && viewOf(row)
}

/** The questionnaires that a new round can use. */
export function questionnaires(look: Look): Questionnaire[] {
  const { surveys } = look.env.content
  const ids = [...new Set(surveys.map((s) => s.id))]
  return ids.flatMap((id) => currentSurvey(surveys, id) ?? [])
}

/** How many of those invited took part from each group that was asked. */
export function groupCounts(
  look: Look,
  id: RoundId,
): { readonly topic: string; readonly invited: number; readonly answered: number }[] {
  return roundRooms(look.db, id).map(({ room_id: room, invited, answered }) => ({
    topic: roomById(look.db, room)?.topic ?? '',
    invited,
    answered: answered ?? participantsFrom(look.db, id, room).invited,
  }))
}

/** What was answered is not shown to anybody while people still answer. */
export function isSecret({ state }: RoundRow): boolean {
  return state === 'planned' || state === 'open' || state === 'closing'
}

export function figuresOf(look: Look, row: RoundRow): RoundFigures {
  return roundFigures(look.db, look.env, row)
}

/** The measured rate of the latest rounds, all counted as the newest of them is. */
export function trendOf(look: Look, survey: string, count: number): TrendPoint[] {
  const [newest] = endedRounds(look.db, survey, 1)
  const countMiddle = newest !== undefined && countsMiddle(look.env, newest)
  return trend(look.db, survey, count, { countMiddle })
}

/** Opens a round that staff start; its period is the minute in which they did. */
export function startRound(
  work: Work,
  by: ResidentId,
  plan: Omit<RoundPlan, 'period'>,
): Result<RoundRow, Phrase> {
  const { zone } = work.env
  if (plan.days < 1 || plan.days > MAX_DAYS) {
    return err(phrase('surveys.error.days', { max: MAX_DAYS }))
  }
  return openRound(work, by, {
    ...plan,
    period: `${dateIn(zone, work.now)} ${timeIn(zone, work.now)}`,
  })
}

export function endRound(work: Work, by: ResidentId, id: RoundId): Result<true, Phrase> {
  return closeRound(work, by, mustBe(work, id)) ? ok(true) : err(phrase('surveys.noneOpen'))
}

export function callOff(work: Work, by: ResidentId, id: RoundId): Result<true, Phrase> {
  return cancelRound(work, by, mustBe(work, id)) ? ok(true) : err(phrase('surveys.noneOpen'))
}

/** Enters forms from paper; the number on a form tells it apart, the same number again replaces it. */
export function enterPaper(
  work: Work,
  by: ResidentId,
  id: RoundId,
  forms: readonly PaperForm[],
): Result<number, Phrase> {
  if (!recordPaper(work, mustBe(work, id), forms)) return err(phrase('surveys.noneOpen'))
  audit(work.tx, {
    at: work.now,
    by,
    action: 'round.paper',
    subject: `round ${id}`,
    details: { forms: forms.length },
  })
  return ok(forms.length)
}
