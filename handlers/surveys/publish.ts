import { type Phrase, phrase, type Say } from '../../content/i18n.ts'
import { plus } from '../../content/time.ts'
import {
  moveRound,
  type RoundRow,
  roundById,
  roundByPublishCode,
  roundRooms,
} from '../../db/queries/round.ts'
import { audit } from '../../db/queries/trail.ts'
import type { ResidentId } from '../../db/schema.ts'
import type { RoundId } from '../../db/schema-surveys.ts'
import type { Look, Work } from '../core/feature.ts'
import { enqueue } from '../core/outbox.ts'
import { err, ok, type Result } from '../core/result.ts'
import { digits } from '../core/secrets.ts'
import { roundFigures } from './report.ts'
import { mustBe } from './rounds.ts'
import { publicLines } from './words.ts'

/** The results to the residents: what they said, and what is done about it. In chat it is looked at first. */

export const MAX_MEASURES = 200

/** A preview may be confirmed for so long. */
export const PREVIEW_MINUTES = 30

/** Longer than the codes of announcements, with which it is said in the same words. */
const CODE_DIGITS = 6

export interface Publication {
  readonly code: string
  readonly groups: number
  /** What the groups are to read. */
  readonly text: readonly Say[]
}

/** Shows what would go out, with a code that confirms it; a later preview takes the place of an earlier one. */
export function previewPublication(
  work: Work,
  id: RoundId,
  measures: string,
): Result<Publication, Phrase> {
  const refusal = refusalOf(work, id, measures)
  if (refusal !== undefined) return err(refusal)
  const code = digits(work.env.random, CODE_DIGITS)
  moveRound(work.tx, id, 'closed', {
    measures: measures === '' ? null : measures,
    publish_code: code,
    publish_until_at: plus(work.now, { minutes: PREVIEW_MINUTES }),
  })
  const text = publicText({ ...work, db: work.tx }, mustBe(work, id))
  return ok({ code, groups: roundRooms(work.tx, id).length, text })
}

/** Publishes what the code was shown for, to so many groups; `undefined` when it is no code of a publication. */
export function confirmPublication(
  work: Work,
  by: ResidentId,
  code: string,
): Result<number, Phrase> | undefined {
  const row = roundByPublishCode(work.tx, code)
  if (row === undefined) return undefined
  const late = row.publish_until_at === null || row.publish_until_at <= work.now
  if (late && row.state === 'closed') return err(phrase('surveys.error.codeLate'))
  return publishRound(work, by, row.id, row.measures ?? '')
}

/** What the groups read, or would read. */
export function publicText(look: Look, row: RoundRow): Say[] {
  return publicLines(look, row, row.measures ?? '')
}

/** Tells the groups that were asked, once. Gives how many those are. */
export function publishRound(
  work: Work,
  by: ResidentId,
  id: RoundId,
  measures: string,
): Result<number, Phrase> {
  const refusal = refusalOf(work, id, measures)
  if (refusal !== undefined) return err(refusal)
  moveRound(work.tx, id, 'closed', {
    state: 'published',
    published_at: work.now,
    measures: measures === '' ? null : measures,
  })
  audit(work.tx, { at: work.now, by, action: 'round.publish', subject: `round ${id}` })
  const rooms = roundRooms(work.tx, id)
  const say = publicText({ ...work, db: work.tx }, mustBe(work, id))
  for (const { room_id: room } of rooms) {
    enqueue(work, { to: { room }, key: `publish:${id}:${room}`, say, priority: 'notice' })
  }
  return ok(rooms.length)
}

function refusalOf(work: Work, id: RoundId, measures: string): Phrase | undefined {
  const row = roundById(work.tx, id)
  if (row?.state !== 'closed') return phrase('surveys.error.published')
  if (measures.length > MAX_MEASURES) return phrase('surveys.error.long', { max: MAX_MEASURES })
  const { answered } = roundFigures(work.tx, work.env, row)
  return answered === 0 ? phrase('surveys.error.nobody') : undefined
}
