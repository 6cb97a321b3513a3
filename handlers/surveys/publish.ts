import { type Phrase, phrase, type Say } from '../../content/i18n.ts'
import { moveRound, type RoundRow, roundById, roundRooms } from '../../db/queries/round.ts'
import { audit } from '../../db/queries/trail.ts'
import type { ResidentId } from '../../db/schema.ts'
import type { RoundId } from '../../db/schema-surveys.ts'
import type { Look, Work } from '../core/feature.ts'
import { enqueue } from '../core/outbox.ts'
import { err, ok, type Result } from '../core/result.ts'
import { roundFigures } from './report.ts'
import { mustBe } from './rounds.ts'
import { publicLines } from './words.ts'

/** The results to the residents: what they said, and what is done about it. In chat it is looked at first. */

export const MAX_MEASURES = 200

export interface Publication {
  readonly groups: number
  /** What the groups are to read. */
  readonly text: readonly Say[]
}

/** Keeps the measures and shows what would go out. */
export function previewPublication(
  work: Work,
  id: RoundId,
  measures: string,
): Result<Publication, Phrase> {
  const refusal = refusalOf(work, id, measures)
  if (refusal !== undefined) return err(refusal)
  moveRound(work.tx, id, 'closed', { measures: measures === '' ? null : measures })
  const text = publicText({ ...work, db: work.tx }, mustBe(work, id))
  return ok({ groups: roundRooms(work.tx, id).length, text })
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
