import { type Phrase, phrase, type Say } from '../../../content/i18n.ts'
import { addDays, dateIn } from '../../../content/time.ts'
import { type OccurrenceRow, occurrencesBetween } from '../../../db/queries/occurrence.ts'
import { roomById } from '../../../db/queries/room.ts'
import type { Ctx, Look } from '../../core/feature.ts'
import { err, ok, type Result } from '../../core/result.ts'
import { nameOf } from '../names.ts'
import { byDay } from '../view.ts'
import { isOpen, justTold, openAhead, openFor } from './open.ts'
import type { Which } from './words.ts'

/** Which occurrence somebody means. */

export function lookOf(ctx: Ctx): Look {
  return { db: ctx.tx, now: ctx.now, env: ctx.env }
}

/** The occurrence that can be signed up for, or what to answer instead: why not, or which there are. */
export function meant(ctx: Ctx, which: Which): Result<OccurrenceRow, Say> {
  const look = lookOf(ctx)
  if (which === 'latest') {
    const told = justTold(
      look,
      ctx.room === undefined ? { resident: ctx.who.id } : { room: ctx.room.id },
    )
    return told === undefined ? err(choices(ctx)) : ok(told)
  }
  if ('no' in which) return openFor(look, which.no)
  const rows = named(look, which.ask)
  const next = rows.find((row) => isOpen(look, row)) ?? rows[0]
  if (next !== undefined) return openFor(look, next.id)
  return err(phrase('programmes.noneAhead', { name: nameOf(look, which.ask.id) }))
}

/** How far ahead an activity is looked for by its name. */
const DAYS_AHEAD = 60

function named(look: Look, { id, period }: Exclude<Which, 'latest' | { no: unknown }>['ask']) {
  const today = dateIn(look.env.zone, look.now)
  const { from, to } = period ?? { from: today, to: addDays(today, DAYS_AHEAD) }
  return occurrencesBetween(look.db, from, to).filter((row) => row.programme === id)
}

/** What can be signed up for, each with the words for it. */
export function choices(ctx: Ctx): Say {
  const look = lookOf(ctx)
  const rows = openAhead(look, ctx.room && roomById(ctx.tx, ctx.room.id))
  if (rows.length === 0) return phrase('signups.nothingOpen')
  return [phrase('signups.choose'), ...byDay(look, rows)]
}

/** The refusal of words that name people by their number alone. */
export function whoElse(people: number): Phrase {
  return phrase('signups.error.whoElse', { n: people })
}
